"""One page, many forms: equal verdicts, and cleaning that gives back all else."""

import gzip
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastwarc.warc import ArchiveIterator

from tests import carriers
from tests.carriers import BLOCK, conversion, digest, html_carriers, info, response, text_carriers, unpacked
from tests.test_cli import StandIn, run, written
from unstuff import Filter

DATA = Path(__file__).parent / "data"
TEXT = (DATA / "town_news.txt").read_text("utf-8")
HTML = (DATA / "town_news.html").read_text("utf-8")
SHORT = f"新馆开放\r\n\n  {BLOCK} \r\n完\ud7ff"
NOISE = random.Random(0).randbytes(1000)
PAGE = f"<!DOCTYPE html><html><body><p>新馆开放</p><div>{BLOCK}</div><p>完</p></body></html>"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.cli.Filter", StandIn)


def verdicts(*arguments: str | Path, stdin: bytes | None = None) -> list[dict[str, Any]]:
    result = run("score", *arguments, stdin=stdin)
    assert result.exit_code == 0, result.stderr
    return [{**json.loads(line), "id": ""} for line in result.stdout.splitlines()]


@pytest.mark.parametrize("name", text_carriers(TEXT))
def test_a_text_gets_the_same_verdicts_in_every_form(tmp_path: Path, name: str) -> None:
    content = text_carriers(TEXT)[name]
    expected = Filter().score_text(TEXT)
    found = verdicts(written(tmp_path / name, content))
    assert [verdict["score"] for verdict in found] == [verdict.score for verdict in expected]
    assert found == verdicts(DATA / "town_news.txt")
    assert found == verdicts(stdin=content)
    assert found == verdicts(written(tmp_path / "no_suffix", content))


@pytest.mark.parametrize("name", html_carriers(HTML))
def test_a_page_of_html_gets_the_same_verdicts_in_every_form(tmp_path: Path, name: str) -> None:
    found = verdicts(written(tmp_path / name, html_carriers(HTML)[name]))
    assert found == verdicts(DATA / "town_news.html")
    assert [verdict["label"] for verdict in found][-1] == "keyword_block"


def texts_of(path: Path) -> Iterator[Any]:
    """The texts in a file of whatever form."""
    data = unpacked(path)
    if data.startswith(b"PAR1"):
        yield from (
            row
            for column in ("text", "html")
            if column in pq.read_schema(io.BytesIO(data)).names
            for row in pq.read_table(io.BytesIO(data)).column(column).to_pylist()
        )
    elif data.startswith(b"WARC"):
        yield from (record.reader.read() for record in list_records(data) if record.content_length > 20)
    elif path.stem.endswith(".jsonl") or path.suffix == ".jsonl":
        yield from (
            next(iter({"text", "html"} & record.keys())) and record.get("text", record.get("html"))
            for record in map(json.loads, data.splitlines())
        )
    else:
        yield data


def list_records(data: bytes) -> Iterator[Any]:
    yield from ArchiveIterator(io.BytesIO(data), parse_http=False)


def blocks(path: Path) -> list[bytes]:
    """The blocks of the records in a file."""
    return [bytes(record.reader.read()) for record in list_records(path.read_bytes())]


def as_bytes(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value)


@pytest.mark.parametrize("name", text_carriers(SHORT))
def test_kept_and_removed_are_the_text_in_every_form(tmp_path: Path, name: str, stand_in: None) -> None:
    path = written(tmp_path / "in" / name, text_carriers(SHORT)[name])
    result = run("clean", path, "-o", tmp_path / "out" / name, "--removed", tmp_path / "gone.jsonl")
    assert result.exit_code == 0, result.stderr
    (gone,) = map(json.loads, (tmp_path / "gone.jsonl").read_bytes().splitlines())
    (kept,) = texts_of(tmp_path / "out" / name)
    assert BLOCK.encode() not in as_bytes(kept)
    text = as_bytes(kept).decode()
    assert text[: gone["start"]] + gone["text"] + text[gone["start"] :] == SHORT
    assert gone["score"] == 0.9
    assert gone["reasons"][0]["name"] == "place_names"


@pytest.mark.parametrize("name", html_carriers(PAGE))
def test_html_loses_the_block_in_every_form(tmp_path: Path, name: str, stand_in: None) -> None:
    path = written(tmp_path / "in" / name, html_carriers(PAGE)[name])
    result = run("clean", path, "-o", tmp_path / "out" / name, "--removed", tmp_path / "gone.jsonl")
    assert result.exit_code == 0, result.stderr
    (kept,) = texts_of(tmp_path / "out" / name)
    assert as_bytes(kept).endswith(PAGE.replace(f"<div>{BLOCK}</div>", "").encode())
    text, markup = map(json.loads, (tmp_path / "gone.jsonl").read_bytes().splitlines())
    assert text["text"] == BLOCK
    assert markup["markup"] == [f"<div>{BLOCK}</div>"]


def test_changed_records_get_lengths_and_digests_and_others_stay(tmp_path: Path, stand_in: None) -> None:
    other = conversion("完\n", n=3)
    coded = carriers.html_carriers(PAGE)["coded.warc"].removeprefix(info())
    content = info() + other + response(PAGE.encode(), n=2) + coded + other
    path = written(tmp_path / "in.warc", content)
    assert run("clean", path, "-o", tmp_path / "out.warc").exit_code == 0
    data = (tmp_path / "out.warc").read_bytes()
    assert data.startswith(info() + other)
    assert data.endswith(other)
    for number, record in enumerate(list_records(data)):
        block = record.reader.read()
        assert len(block) == record.content_length
        assert record.headers["WARC-Block-Digest"].encode() == digest(block)
        if number in (2, 3):
            head, _, payload = block.partition(b"\r\n\r\n")
            assert BLOCK.encode() not in payload
            assert b"Content-Length: %d" % len(payload) in head
            assert b"-Encoding" not in head
            assert record.headers["WARC-Payload-Digest"].encode() == digest(payload)


HEAD = "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
PARAGRAPHS = PAGE.replace("<p>新", "<p>\n\n</p>\r\n\r\n<p>新")


@pytest.mark.parametrize("head", [
    HEAD, HEAD.replace("\r", ""), HEAD[:-4] + "\r\n\n", HEAD[:-4] + "\n\r\n", HEAD.replace("HTTP/1.1", "ICY"),
    "HTTP/1.1 100 Continue\r\n\r\n" + HEAD, "HTTP/1.1 103 Early Hints\nLink: </a>\n\n" + HEAD.replace("\r", ""),
    "\r\n" + HEAD, HEAD.partition("\n")[2], HEAD.replace("html; c", "html;\r\n\tc").replace("-Type:", "-type :"),
])  # fmt: skip
def test_a_response_is_cut_where_it_was_read(tmp_path: Path, stand_in: None, head: str) -> None:
    block = (head + PARAGRAPHS).encode()
    record = carriers.record("response", block, "application/http; msgtype=response")
    path = written(tmp_path / "in.warc", info() + record + conversion("完", n=2))
    assert BLOCK in [line["text"] for line in verdicts(path)]
    result = run("clean", path, "-o", tmp_path / "out.warc")
    assert result.exit_code == 0, result.stderr
    _, cleaned, _ = blocks(tmp_path / "out.warc")
    expected = PARAGRAPHS.replace(f"<div>{BLOCK}</div>", "").replace("\r", "")
    assert cleaned.decode().replace("\r", "") == head.replace("\r", "") + expected
    assert cleaned.decode().startswith(head)


@pytest.mark.parametrize(
    ("block", "error"),
    [
        (HEAD[:-2], "its HTTP head has no end"),
        (HEAD.replace("\r\n", "\r") + PAGE, "its HTTP head has no end"),
        (f"{PAGE}\n\n{BLOCK}", "it begins with no HTTP head"),
    ],
)
def test_a_response_whose_head_cannot_be_told_is_an_error_and_stays(
    tmp_path: Path, stand_in: None, block: str, error: str
) -> None:
    path = written(tmp_path / "in.warc", carriers.record("response", block.encode(), "application/http"))
    result = run("clean", path, "-o", tmp_path / "out.warc")
    assert result.exit_code == 2
    assert f"urn:uuid:1: cannot be read: {error}" in result.stderr
    assert (tmp_path / "out.warc").read_bytes() == path.read_bytes()


def test_coded_fields_go_with_the_lines_they_are_folded_onto(tmp_path: Path, stand_in: None) -> None:
    path = written(tmp_path / "in.warc", response(gzip.compress(PAGE.encode()), "Content-Encoding:\r\n gzip", "X: y"))
    assert run("clean", path, "-o", tmp_path / "out.warc").exit_code == 0
    (block,) = blocks(tmp_path / "out.warc")
    head, _, payload = block.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[2:] == [b"Content-Length: %d" % len(payload), b"X: y"]


@pytest.mark.parametrize("break_", ["\r\n", "\n"])
def test_converted_text_that_begins_as_a_response_is_text(tmp_path: Path, stand_in: None, break_: str) -> None:
    text = f"HTTP/2 is a protocol.\nContent-Length: 9\n\n{BLOCK}\n完\n"
    record = conversion(text).replace(b"\r\n", break_.encode())
    path = written(tmp_path / "in.wet", record)
    assert run("clean", path, "-o", tmp_path / "out.wet").exit_code == 0
    kept = text.replace(f"{BLOCK}\n", "")
    assert (tmp_path / "out.wet").read_bytes() == conversion(kept).replace(b"\r\n", break_.encode())


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("koi8-r", "Новости"), ("utf-16-le", "News"), ("shift_jis", "日本語"), ("iso-2022-jp", "日本語"),
        ("big5", "中文"), ("iso-8859-2", "kůň"), ("utf-8", "kůň"),
    ],
)  # fmt: skip
def test_text_is_read_in_the_charset_that_its_head_names(tmp_path: Path, stand_in: None, codec: str, text: str) -> None:
    body = f"{text}\na|b|c|\n".encode(codec)
    charset = "iso-8859-1" if codec == "utf-8" else codec
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode()
    path = written(tmp_path / "in.warc", carriers.record("response", head + body, "application/http"))
    assert [line["text"] for line in verdicts(path)] == [text, "a|b|c|"]
    assert run("clean", path, "-o", tmp_path / "out.warc").exit_code == 0
    assert blocks(tmp_path / "out.warc") == [head + f"{text}\n".encode(codec)]


@pytest.mark.parametrize("charset", ["utf-8", "nonsense", "undefined", "idna", "hex", "cp037", "unicode_escape"])
def test_a_response_is_read_whatever_charset_its_head_names(tmp_path: Path, stand_in: None, charset: str) -> None:
    path = written(tmp_path / "in.warc", response(PAGE.encode(), charset=charset))
    result = run("score", path, "--found-only")
    assert result.exit_code == 0, result.stderr
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [BLOCK]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (NOISE, "cannot be read: looks like a binary file ("),
        (gzip.compress(NOISE), "cannot be read: looks like a binary file ("),
        (gzip.compress(PAGE.encode())[:-9], "cannot be read: it ends in the middle of the packed data"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_an_error_in_its_place(tmp_path: Path, body: bytes, error: str) -> None:
    path = written(tmp_path / "in.warc", response(body, n=7) + response(PAGE.encode(), n=8))
    result = run("score", path)
    assert result.exit_code == 2
    lines = list(map(json.loads, result.stdout.splitlines()))
    assert lines[0]["id"] == "urn:uuid:7"
    assert lines[0]["error"].startswith(error)
    assert len([line for line in lines if line["id"] == "urn:uuid:8"]) == 3


@pytest.mark.parametrize(
    "body",
    ["{}\n" + PAGE, "<blink>" + chr(1) * 90 + f"</blink><div>{BLOCK}</div>"],
)
def test_what_a_head_calls_html_is_read_as_html(tmp_path: Path, stand_in: None, body: str) -> None:
    for n, codec in enumerate(("utf-8", "utf-16")):
        path = written(tmp_path / f"{n}.warc", response(body.encode(codec)))
        assert BLOCK in [line["text"] for line in verdicts(path)]


def test_control_characters_make_no_page_unread(tmp_path: Path, stand_in: None) -> None:
    comment = f"<!--{chr(1) * 40}-->"
    path = written(tmp_path / "in.warc", response(PAGE.replace("<body>", f"<body>{comment}").encode()))
    assert [line["text"] for line in verdicts(path)] == ["新馆开放", BLOCK, "完"]


def test_a_comment_never_becomes_text(tmp_path: Path, stand_in: None) -> None:
    page = PAGE.replace("<p>完", "<svg><text><!--[CDATA[甲县]]--></text></svg><p>完")
    assert run("clean", written(tmp_path / "page.html", page), "-o", tmp_path / "out.html").exit_code == 0
    assert "<![CDATA[" not in (tmp_path / "out.html").read_text("utf-8")


@pytest.mark.parametrize(
    "code",
    ["<svg><text><![CDATA[a]]></text></svg>", "<svg><style><![CDATA[a>b{}]]></style></svg>", "<p>&lt;%= a %&gt;</p>",
     "<?php if ($x) { echo 'b'; } ?>", "<script>'<%= a > b %>'</script>", "<?xml version='1.0'?>", "<p>what?&gt;</p>"],
)  # fmt: skip
def test_code_that_is_no_text_is_kept(tmp_path: Path, stand_in: None, code: str) -> None:
    page = PAGE.replace("<p>完", f"{code}<p>完")
    assert run("clean", written(tmp_path / "page.html", page), "-o", tmp_path / "out.html").exit_code == 0
    assert (tmp_path / "out.html").read_text("utf-8") == page.replace(f"<div>{BLOCK}</div>", "")


def test_other_columns_row_order_and_schema_are_kept(tmp_path: Path, stand_in: None) -> None:
    schema = pa.schema(
        [("n", pa.int16()), ("text", pa.string()), ("tags", pa.list_(pa.string())), ("raw", pa.binary())],
        metadata={"made": "here"},
    )
    rows = [
        {"n": i, "text": f"{i}\n{BLOCK}" if i % 3 else f"{i}", "tags": ["a", None], "raw": bytes([i])} for i in range(9)
    ]
    path = written(tmp_path / "in.parquet", carriers.parquet(rows, schema, row_group_size=4, compression="gzip"))
    assert run("clean", path, "-o", tmp_path / "out.parquet").exit_code == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema.equals(pq.read_schema(path), check_metadata=True)
    expected = [{**row, "text": f"{row['n']}\n" if int(str(row["n"])) % 3 else f"{row['n']}"} for row in rows]
    assert table.to_pylist() == expected
    assert pq.ParquetFile(tmp_path / "out.parquet").metadata.row_group(0).column(0).compression == "GZIP"


def test_verdicts_as_parquet_are_those_of_the_lines(tmp_path: Path, stand_in: None) -> None:
    path = written(tmp_path / "a.jsonl", f'{{"id": 7, "text": "x\\n{BLOCK}\\n\\ud800"}}\n{{"text"\n')
    result = run("score", "--format", "parquet", path, "-o", tmp_path / "out.parquet")
    assert result.exit_code == 2
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    lines = [json.loads(line) for line in run("score", path).stdout.splitlines()]
    assert [row["error"] for row in rows] == [line.get("error") for line in lines]
    for row, line in zip(rows[:2], lines[:2], strict=True):
        assert {**row, "id": 7} == {**line, "error": None}
    assert rows[2]["text"] == "\\ud800"
    stdout = run("score", "--format", "parquet", path).stdout_bytes
    assert pq.read_table(io.BytesIO(stdout)).to_pylist() == rows
    assert "--pages cannot be used with --format parquet" in run("score", "--format", "parquet", "--pages", path).stderr


@pytest.mark.parametrize("blank", ["", " \n", None])
@pytest.mark.parametrize("name", ["in.jsonl", "in.parquet"])
def test_html_beside_a_blank_text_is_read_and_cleaned(
    tmp_path: Path, stand_in: None, name: str, blank: str | None
) -> None:
    rows: list[dict[str, Any]] = [
        {"text": blank, "html": PAGE},
        {"text": "完", "html": PAGE},
        {"text": "", "html": None},
    ]
    forms = {"in.jsonl": "\n".join(map(json.dumps, rows)).encode(), "in.parquet": carriers.parquet(rows)}
    path = written(tmp_path / name, forms[name])
    texts = [json.loads(line)["text"] for line in run("score", path).stdout.splitlines()]
    assert texts == ["新馆开放", BLOCK, "完", "完"]
    assert run("clean", path, "-o", tmp_path / f"out.{name}").exit_code == 0
    assert len(list(verdicts(tmp_path / f"out.{name}"))) == 3


def test_ids_of_records_and_rows(tmp_path: Path, stand_in: None) -> None:
    wet = written(tmp_path / "a.wet", info() + conversion("x", n=5))
    rows = written(tmp_path / "a.parquet", carriers.parquet([{"text": "x"}, {"text": "y"}]))
    lines = run("score", wet, rows).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["urn:uuid:5", f"{rows}:1", f"{rows}:2"]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.wet", "a.parquet"])
def test_pages_that_are_mostly_blocks_are_dropped(tmp_path: Path, name: str, stand_in: None) -> None:
    contents = {
        "a.txt": BLOCK.encode(),
        "a.jsonl": json.dumps({"text": BLOCK}).encode() + b'\n{"text": "x"}\n',
        "a.wet": info() + conversion(BLOCK) + conversion("x" * 30),
        "a.parquet": carriers.parquet([{"text": BLOCK}, {"text": "x"}]),
    }
    path = written(tmp_path / "in" / name, contents[name])
    result = run("clean", "--drop-pages", "0.9", path, "-o", tmp_path / name, "--removed", tmp_path / "gone")
    assert result.exit_code == 0, result.stderr
    (gone,) = map(json.loads, (tmp_path / "gone").read_bytes().splitlines())
    assert gone["dropped"] == 1.0
    assert "甲县" in gone["document"] or "\\u7532" in gone["document"]
    if name == "a.txt":
        assert (tmp_path / name).read_bytes() == b""
    else:
        assert len(list(texts_of(tmp_path / name))) == 1
    assert run("clean", "--drop-pages", "0.9", written(tmp_path / "b", f"{BLOCK}\n{'x' * 30}")).stdout == "x" * 30


@pytest.mark.parametrize("name", ["page.wet.gz", "page.parquet", "escaped.jsonl.zst"])
def test_other_verbs_read_every_form_too(tmp_path: Path, name: str, stand_in: None) -> None:
    path = written(tmp_path / name, text_carriers(SHORT)[name])
    assert "1 of 3 paragraphs is a keyword block" in run("explain", path).stdout
    assert "documents 1, paragraphs 3" in run("compare", "default", "default", path).stdout

"""What users of the command line rely on: inputs told by content, documents given back byte for byte."""

import gzip
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstuff import InputError, sources
from unstuff.sources import Document, Html, JsonField, PlainText, Reading
from unstuff.sources.document import CHUNK_BYTES
from unstuff.sources.jsonl import Lines

CHINESE = "县图书馆新馆今天开放，市民可以免费借阅图书。\n门口排起了长队。\n"
JAPANESE = "市立図書館が新しく開館しました。\n市民は無料で本を借りられます。\n"
KOREAN = "오늘 도서관이 새로 문을 열었습니다.\n시민은 무료로 책을 빌릴 수 있습니다.\n"
RUSSIAN = "Сегодня открылась новая библиотека.\nКниги можно брать бесплатно.\n"
BLOCK = "甲县| 乙县| 丙县|"


def read(*inputs: Path | str, **reading: object) -> list[Document]:
    return list(sources.read(sources.find(map(str, inputs)), Reading(**reading)))  # type: ignore[arg-type]


def body_of(path: Path, **reading: object) -> object:
    (document,) = read(path, **reading)
    assert not document.error
    return document.body


def error_of(path: Path, **reading: object) -> str:
    (document,) = read(path, **reading)
    assert document.body is None
    return document.error


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("page.txt", "<!DOCTYPE html><p>x", Html),
        ("page.txt", " \n<!-- a --><!-- b -->\n<html><body>x", Html),
        ("page.txt", f"{BLOCK}\n<!doctype html>\n<html><head><title>x</title>", Html),
        ("page.html", "Hello <b>world</b>", Html),
        ("page.html", "no markup at all", PlainText),
        ("page.txt", "a < b and <html> is a word", PlainText),
        ("page.txt", "<3 you", PlainText),
        ("page.txt", '{"id": 1, "text": "x"}', JsonField),
        ("page.jsonl", '\ufeff{"text": "x"}', JsonField),
        ("page.txt", "{not JSON}", PlainText),
        ("page.txt", "", PlainText),
        ("page.txt", "<!---->" * 2000, PlainText),
        ("page.html", f"<!DOCTYPE html>\n<script type='application/ld+json'>\n{{}}\n</script>\n<p>{BLOCK}", Html),
        ("page.txt", f"{BLOCK}\n<html>\n<head>\n<script>\n{{}}\n</script>", Html),
        ("page.txt", "News of the club\n{}\nThe club met on Tuesday.", PlainText),
        ("page.txt", '{"@type": "Event"}\nNews of the club\nThe club met on Tuesday.', PlainText),
        ("page.html", '{"@type": "Event"}\n<!DOCTYPE html><html><body><p>x', Html),
        ("page.html", '{"@type": "Event"}\n<p>x\n' * 9, Html),
        ("page.html", '{"text": "x"}', JsonField),
        ("page.txt.gz", '{"text": "' + "x" * 99_999 + '"}', JsonField),
    ],
)
def test_the_form_is_told_by_content(tmp_path: Path, name: str, content: str, form: type) -> None:
    assert isinstance(body_of(written(tmp_path, name, content)), form)


@pytest.mark.parametrize("name", ["pages.json", "pages.json.gz", "page.txt", "page.html", "no_suffix"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("content", [
    '{\n  "text": "pretty-printed"\n}', '[{"html": "<html><head><title>"}]', f'["{BLOCK}"]',
    f' [\n{{"text": "{BLOCK}"}},\n{{"text": ""}}]\n', f'[[\n"{BLOCK}\\n"]\n]', '{\n"a": {"text": "x"}}\n{\n"a": {}}\n',
])  # fmt: skip
def test_json_that_is_no_document_a_line_is_refused(tmp_path: Path, name: str, codec: str, content: str) -> None:
    data = content.encode(codec)
    path = written(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    assert "is JSON, but not a document a line; make JSON Lines of it (jq -c '.[]'" in error_of(path)
    assert isinstance(body_of(path, form="text"), PlainText)


def test_json_that_is_cut_is_known_by_its_name(tmp_path: Path) -> None:
    assert "is JSON, but not" in error_of(written(tmp_path, "a.json", f'[\n{{"text": "{BLOCK}'))
    for text in ("[1] a note\n[2] another", '["Yes", she said.', "{{template}}", '{"a"} is a set {"b"}', "[x]", "[]"):
        assert isinstance(body_of(written(tmp_path, "a.txt", text)), PlainText)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz"])
@pytest.mark.parametrize("begin", ["\n", " \r\n\n", '{"text": broken\n', '\n\n{"id": 1, "te\n'])
def test_lines_that_begin_blank_or_broken_are_streamed(tmp_path: Path, name: str, begin: str) -> None:
    lines = (begin + '{"text": "good"}\n' * 3).encode()
    path = written(tmp_path, name, gzip.compress(lines) if name.endswith(".gz") else lines)
    chunks = [found.chunk for found in sources.placed(sources.find([str(path)]), Reading())]
    assert [type(chunk) for chunk in chunks] == [Lines]
    documents = list(chunks[0].documents(Reading()))
    assert [document.raw for document in documents] == lines.splitlines(keepends=True)
    assert [document.body is not None for document in documents[-3:]] == [True] * 3
    assert documents[-1].id == f"{path}:{len(documents)}"


def test_the_form_does_not_depend_on_how_a_pipe_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for content in ('Title\n{"a":1}\n{"b":2}\n' + "prose\n" * 12, "Head\n" + '{"text": "x"}\n' * 4):
        forms = set()
        for n_bytes in (1, 24, 1 << 16):
            raw = Dripping(content.encode(), n_bytes)
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(raw)))
            forms.add(tuple(type(document.body) for document in read()))
        assert len(forms) == 1


class Dripping(io.RawIOBase):
    """Gives a few bytes at a time."""

    def __init__(self, content: bytes, n_bytes: int) -> None:
        self._content, self._n_bytes = io.BytesIO(content), n_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._content.read(min(self._n_bytes, len(buffer)))
        buffer[: len(found)] = found
        return len(found)


def test_a_folder_that_may_not_be_entered_is_an_error_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "a.txt", "a")
    (tmp_path / "locked" / "sub").mkdir(parents=True)
    lstat = os.lstat

    def refuse(path: Any, **options: Any) -> os.stat_result:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return lstat(path, **options)

    monkeypatch.setattr(os, "lstat", refuse)
    assert [document.error for document in read(tmp_path)] == [""]


def test_a_blank_line_before_a_long_one_is_counted(tmp_path: Path) -> None:
    lines = ["\n", json.dumps({"text": "x" * CHUNK_BYTES}) + "\n", '{"text": "y"}\n']
    documents = read(written(tmp_path, "a.txt", "".join(lines)))
    assert [(document.id, document.raw.decode()) for document in documents[1:]] == [
        (f"{tmp_path / 'a.txt'}:{n}", line) for n, line in enumerate(lines[1:], 2)
    ]


def test_utf16_html_is_html(tmp_path: Path) -> None:
    assert isinstance(body_of(written(tmp_path, "a.bin", "<html><p>x".encode("utf-16"))), Html)


def test_a_form_asked_for_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path, "page.html", "<html><p>x")
    assert isinstance(body_of(path, form="text"), PlainText)
    assert isinstance(body_of(written(tmp_path, "x.txt", "words"), form="html"), Html)
    assert "is no JSON" in error_of(path, form="jsonl")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-32"),
        (JAPANESE, "shift_jis"),
        (JAPANESE.replace("市立", "①～市立"), "cp932"),
        (KOREAN, "euc-kr"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_encodings_are_detected_and_given_back(tmp_path: Path, text: str, codec: str) -> None:
    content = text.replace("\n", "\r\n").encode(codec)
    body = body_of(written(tmp_path, "a.txt", content))
    assert isinstance(body, PlainText)
    assert body.text == text.replace("\n", "\r\n")
    assert body.without([]) == content
    first = len(text.split("\n")[0])
    assert body.without([(0, first)]) == content.replace(body.text[: first + 2].encode(body.codec), b"", 1)


@given(
    st.binary(max_size=60)
    | st.text(st.characters(codec=None), max_size=30).map(lambda x: x.encode("utf-8", "surrogatepass"))
)
def test_any_text_file_is_given_back_or_refused(content: bytes) -> None:
    try:
        body = PlainText.decode(content)
        assert body.without([]) == content
    except InputError as error:
        assert re.search("is no utf-(16|32)-|cannot be written back byte|seems to be", str(error))


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_damaged_file_stays_in_its_encoding(tmp_path: Path, codec: str) -> None:
    content = CHINESE.encode(codec)[:-5] + b"\xff\n"
    body = body_of(written(tmp_path, "a.txt", content))
    assert isinstance(body, PlainText)
    assert (body.codec, body.text[:10]) == (codec, CHINESE[:10])
    assert body.without([]) == content


def test_an_encoding_that_python_lacks_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.sources.text.detect_encoding", lambda content, **_: "EUC-TW")
    with pytest.raises(InputError, match="seems to be euc-tw, which cannot be read here; convert it to UTF-8"):
        PlainText.decode(b"\xa4\xa4\xa4")


def test_an_encoding_given_is_taken_or_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "Größe".encode("cp850"))
    body = body_of(path, encoding="cp850")
    assert isinstance(body, PlainText)
    assert body.text == "Größe"
    assert error_of(path, encoding="utf-8").startswith("is no utf-8 (invalid start byte at byte 2); leave --encoding")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"%!PS-Adobe-3.0\n", "application/postscript"),
        (b"{\\rtf1\\ansi Chinese}", "application/rtf"),
        (b"PK\3\4\24\0", "application/zip"),
        (bytes(range(256)) * 4, "control characters"),
    ],
)
def test_binary_files_are_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    error = error_of(written(tmp_path, "a.txt", content))
    assert error.startswith("looks like a binary file (")
    assert kind in error


@pytest.mark.parametrize("begin", ["BM", "FORM ", "ID3 ", "RIFF ", "OggS ", "CWS ", "FWS ", "8BPS "])
def test_words_that_begin_like_pictures_and_sounds_are_text(tmp_path: Path, begin: str) -> None:
    text = f"{begin}W X5 repair in the town hall\n{CHINESE}"
    for codec in ("utf-8", "gb18030"):
        assert isinstance(body_of(written(tmp_path, "a.txt", text.encode(codec))), PlainText)
    assert error_of(written(tmp_path, "b.txt", f"{begin}\0\1".encode() + bytes(30))).startswith("looks like a binary")


def test_a_stray_nul_is_text(tmp_path: Path) -> None:
    assert isinstance(body_of(written(tmp_path, "a.txt", "one\0two\n")), PlainText)


def test_gzip_is_told_by_content_and_damage_is_named(tmp_path: Path) -> None:
    packed = gzip.compress(CHINESE.encode())
    body = body_of(written(tmp_path, "a.txt", packed))
    assert isinstance(body, PlainText)
    assert body.text == CHINESE
    assert error_of(written(tmp_path, "b.txt.gz", packed[:-6])).startswith("is damaged")


def test_folders_are_walked_in_order_for_known_suffixes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.HTML", "a/b.jsonl.gz", "a.png", "c.ndjson", "notes.doc"):
        written(tmp_path / "in", name, "")
    (tmp_path / "in" / "linked").symlink_to(tmp_path)
    said: list[str] = []
    found = sources.find([str(tmp_path / "in")], say=said.append)
    assert [source.target.as_posix() for source in found] == ["b.txt", "c.ndjson", "a/b.jsonl.gz", "a/z.HTML"]
    (told,) = said
    left_out = "3 files and linked folders left out by name (linked/, a.png, notes.doc)"
    assert told.startswith(f"{tmp_path / 'in'}: {left_out}")


def test_what_is_not_there_is_a_document_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing, empty = read(tmp_path / "missing.txt", tmp_path / "empty")
    assert (missing.id, missing.error) == (str(tmp_path / "missing.txt"), "no such file or folder")
    assert empty.error.startswith("holds no pages")


def test_a_folder_that_cannot_be_listed_is_an_error_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, "a.txt", "a")
    locked = tmp_path / "locked"
    locked.mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(locked))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    page, error = read(tmp_path)
    assert (page.error, error.id, error.error) == ("", str(locked), "Permission denied")


def test_nothing_named_is_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "a"}\n{"text": "b"}\n')))
    assert [document.id for document in read()] == ["-:1", "-:2"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"text": "x"', "is no JSON: "),
        ('["text"]', "is no JSON object but list"),
        ('{"body": "x"}', "has no field 'text' or 'html'"),
        ('{"text": 7}', "field 'text' is int, expected a string"),
        ('{"text": null}', "field 'text' is null, expected a string"),
        ('{"n": ' + "9" * 6000 + "}", "is no JSON: a number has too many digits"),
        (b'{"text": "\xff"}', "is no JSON: "),
        ("[" * 100_000, "is no JSON: "),
    ],
)
def test_a_broken_line_is_an_error_in_its_place(tmp_path: Path, line: str | bytes, error: str) -> None:
    broken = line if isinstance(line, bytes) else line.encode()
    path = written(tmp_path, "a.jsonl", b'{"text": "a"}\n' + broken + b'\n\n{"id": "c", "text": "c"}')
    documents = read(path)
    assert [document.id for document in documents] == [f"{path}:1", f"{path}:2", f"{path}:3", "c"]
    assert [bool(document.body) for document in documents] == [True, False, False, True]
    assert documents[1].error.startswith(error)
    assert b"".join(document.raw for document in documents) == path.read_bytes()


def test_a_first_line_that_is_broken_does_not_hide_the_form(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", '{"text": \n{"text": "b"}\n')
    assert [bool(document.error) for document in read(path)] == [True, False]


def test_fields_are_named_by_options(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", '{"docid": 7, "content": "a", "raw": "<p>a", "from": "http://a.example"}')
    (document,) = read(path, id_key="docid", text_key="content")
    assert document.id == 7
    assert isinstance(document.body, JsonField)
    assert not document.body.is_html
    (document,) = read(path, text_key="content", html_key="raw", url_key="from", html_first=True)
    assert isinstance(document.body, JsonField)
    assert (document.body.is_html, document.body.url) == (True, "http://a.example")


def cleaned(line: str, block: str) -> str:
    value = json.loads(line.removeprefix("\ufeff"))["text"]
    start = value.index(block)
    return JsonField(line.encode(), "text", value, False, None).without([(start, start + len(block))]).decode()


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        (
            '{"n": 1.50, "text":"kept\\nBLOCK\\nend", "x" : [1e3]}\r\n',
            '{"n": 1.50, "text":"kept\\nend", "x" : [1e3]}\r\n',
        ),
        ('{"text": "\\u53bf\\n\\ud83d\\ude00\\\\u\\nBLOCK"}', '{"text": "\\u53bf\\n\\ud83d\\ude00\\\\u\\n"}'),
        ('{"text": "\\ud800\\r\\nBLOCK\\r\\n\\"县\\""}', '{"text": "\\ud800\\r\\n\\"县\\""}'),
        (
            '{"text": "first", "a": {"text": "BLOCK"}, "text": "BLOCK"}',
            '{"text": "first", "a": {"text": "BLOCK"}, "text": ""}',
        ),
        ('\ufeff{ "te\\u0078t" : "BLOCK\\nNaN" , "x": NaN}', '\ufeff{ "te\\u0078t" : "NaN" , "x": NaN}'),
    ],
)
def test_only_the_block_leaves_a_line_of_json(line: str, rest: str) -> None:
    assert cleaned(line, "BLOCK") == rest


without_block = st.text(st.characters(codec=None)).filter(lambda text: "BLOCK" not in text)


@given(without_block, without_block, st.booleans())
def test_a_line_of_json_keeps_every_other_character(before: str, after: str, ascii_only: bool) -> None:
    text = f"{before}\nBLOCK\n{after}"
    record = {"a": 1, "text": text}
    line = json.dumps(record) if ascii_only else sources.dumps(record).decode()
    # As JSON is read: separate halves of a pair in the text become one character.
    text = json.loads(line)["text"]
    rest = cleaned(line, "BLOCK")
    start = text.index("\nBLOCK\n") + 1
    assert json.loads(rest)["text"] == text[:start] + text[start + 6 :]
    assert rest.isascii() or not ascii_only


def test_json_is_written_with_lone_surrogates_escaped() -> None:
    assert sources.dumps({"text": "县\ud800"}) == '{"text":"县\\ud800"}\n'.encode()
    assert sources.dumps({"text": "县"}) == '{"text":"县"}\n'.encode()

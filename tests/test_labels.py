"""The labelled formats: what is read, what is refused, and that writing and reading are inverse."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from unstuff.errors import InputError
from unstuff.labels import Labelled, as_json, read_labelled, text_page
from unstuff.page import Page

HTML = (
    "<html><head><title>Town news</title></head><body><p>The bridge is open.</p><p>shoes, bags, hats</p></body></html>"
)


def written(folder: Path, *rows: Any) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), "utf-8")
    return path


def test_a_paragraph_a_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"text": "casino| slots| poker|", "label": "keyword_block", "family": "gambling", "group": "a.example"},
        {"text": "The bridge is open.", "label": "content"},
    )
    spam, clean = read_labelled([path])
    assert (spam.labels, spam.family, spam.group) == ((True,), "gambling", "a.example")
    assert [paragraph.text for paragraph in spam.page.paragraphs] == ["casino| slots| poker|"]
    assert (clean.id, clean.labels, clean.family) == (f"{path}:2", (False,), "")
    assert clean.group == clean.id, "without a group a document is its own group"


def test_a_page_a_line_keeps_labels_beside_paragraphs(tmp_path: Path) -> None:
    parts = [("First.\r\nSecond half.", "content"), ("  a| b| c|  ", "keyword_block"), ("Last.", "content")]
    row = {"id": "p", "paragraphs": [{"text": text, "label": label} for text, label in parts], "group": "g"}
    (page,) = read_labelled([written(tmp_path, row)])
    assert [paragraph.text for paragraph in page.page.paragraphs] == ["First. Second half.", "a| b| c|", "Last."]
    assert page.labels == (False, True, False)
    assert page.page.text == "First. Second half.\na| b| c|\nLast."


def test_an_html_page_has_a_label_per_paragraph(tmp_path: Path) -> None:
    n = len(Page.from_html(HTML).paragraphs)
    labels = ["content"] * (n - 1) + ["keyword_block"]
    row = {"id": "h", "html": HTML, "url": "http://a.example/", "labels": labels}
    (page,) = read_labelled([written(tmp_path, row)])
    assert page.page.is_html
    assert page.page.url == "http://a.example/"
    assert page.page.paragraphs[page.labels.index(True)].text == "shoes, bags, hats"
    assert page.html == HTML


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2: not valid JSON"),
        ([1], "line 2: list found; JSON Lines are expected"),
        ({"text": "x", "label": "spam"}, "line 2: label 'spam' is not one of 'keyword_block', 'content'"),
        ({"text": "x", "label": True}, "line 2: label True is not one of"),
        ({"text": "x"}, "line 2: a paragraph without label; "),
        ({"text": 3, "label": "content"}, "line 2: text is 3, a string is expected"),
        ({"text": " \n ", "label": "content"}, "line 2: paragraph 0 is empty"),
        ({"id": "a"}, "line 2: one of text, paragraphs and html is expected, none of them found"),
        ({"text": "x", "html": "x"}, "text and html found"),
        ({"id": "a", "paragraphs": "x"}, "line 2: paragraphs is 'x', a list is expected"),
        ({"id": "a", "paragraphs": ["x"]}, "line 2: paragraph 'x' is not an object"),
        ({"id": "a", "html": HTML, "labels": ["content"]}, "line 2: 1 labels given, Page.from_html finds"),
        ({"id": "a", "html": None, "labels": []}, "line 2: html is None, a string is expected"),
        ({"text": "x", "label": "content", "group": 7}, "line 2: group is 7, a string is expected"),
    ],
)
def test_errors_name_file_line_and_what_is_wrong(tmp_path: Path, row: Any, message: str) -> None:
    path = written(tmp_path, {"text": "fine", "label": "content"}, row)
    with pytest.raises(InputError) as caught:
        list(read_labelled([path]))
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "texts",
    [["x y " * 600_000, "hello there"], ["x y " * 600_000], ["x"] * ((1 << 17) + 1)],
    ids=["long", "one", "many"],
)
def test_a_page_beyond_the_caps_is_refused_not_cut(tmp_path: Path, texts: list[str]) -> None:
    path = written(tmp_path, {"paragraphs": [{"text": text, "label": "content"} for text in texts]})
    with pytest.raises(InputError, match=r"line 1: \d+ paragraphs of \d+ characters are more than a document may have"):
        list(read_labelled([path]))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl.* cannot be read"):
        list(read_labelled([tmp_path / "none.jsonl"]))


def test_blank_lines_are_skipped_and_counted(tmp_path: Path) -> None:
    path = written(tmp_path, "", {"text": "a", "label": "content"}, "  ", {"text": "b", "label": "content"})
    assert [document.id for document in read_labelled([path])] == [f"{path}:2", f"{path}:4"]


@pytest.mark.parametrize("nothing", [None, ""])
def test_null_and_the_empty_string_are_as_missing(tmp_path: Path, nothing: str | None) -> None:
    names = ("id", "group", "family", "source", "kind", "lang", "url")
    row = {"text": "x", "label": "content", **dict.fromkeys(names, nothing)}
    n_paragraphs = len(Page.from_html(HTML).paragraphs)
    page = {**dict.fromkeys(names, nothing), "html": HTML, "labels": ["content"] * n_paragraphs}
    path = written(tmp_path, row, row, page)
    found = list(read_labelled([path]))
    assert [document.id for document in found] == [document.group for document in found]
    assert [document.id for document in found] == [f"{path}:{number}" for number in (1, 2, 3)]
    assert {(document.family, document.source, document.kind, document.page.url) for document in found} == {
        ("", "", "", None)
    }


def test_lines_of_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    paths = [written(folder, {"text": "x", "label": "content"}) for folder in folders]
    assert [document.group for document in read_labelled(paths)] == [f"{path}:1" for path in paths]


def test_packed_files_and_stdin_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b'{"text": "x", "label": "content"}\n' * 3
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(content))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert len(list(read_labelled([packed, "-"]))) == 6
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(packed.read_bytes())))
    assert len(list(read_labelled(["-"]))) == 3
    packed.write_bytes(gzip.compress(content)[:-9])
    with pytest.raises(InputError, match=r"a\.jsonl\.gz cannot be read: it ends in the middle of the packed"):
        list(read_labelled([packed]))
    monkeypatch.setattr("unstuff.labels._MAX_LINE_BYTES", 20)
    with pytest.raises(InputError, match=r"a\.jsonl\.gz has a line of more than"):
        list(read_labelled([packed]))


def test_files_packed_by_zstandard_are_read(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    packed = tmp_path / "a.jsonl.zst"
    packed.write_bytes(zstandard.compress(b'{"text": "x", "label": "content"}\n' * 3))
    assert len(list(read_labelled([packed]))) == 3
    packed.write_bytes(packed.read_bytes()[:-1])
    with pytest.raises(InputError, match=r"a\.jsonl\.zst cannot be read: it ends in the middle of the packed"):
        list(read_labelled([packed]))


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    page = Page.from_html(HTML, "http://a.example/")
    marked = Labelled("h", page, (True,) * len(page.paragraphs), "g", family="f", source="s", lang="en", html=HTML)
    text = Labelled("t", text_page(["one", "two"]), (False, True), "g", family="f", kind="page")
    path = written(tmp_path, as_json(marked), as_json(text))
    assert list(read_labelled([path])) == [marked, text]


def test_a_mark_of_byte_order_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"text": "x", "label": "content"}\n')
    assert [document.labels for document in read_labelled([path])] == [(False,)]

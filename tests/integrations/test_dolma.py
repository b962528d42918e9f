"""Attribute files, applied as the mixer's documentation says: spans [start, end, score] of a text are replaced."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unstuff import Filter, InputError, Verdict
from unstuff.integrations import dolma

DATA = Path(__file__).parents[1] / "data"
KEY = "unstuff__keyword_block"


def mixed(text: str, spans: list[Any], min_score: float = 0.0, replacement: str = "") -> str:
    """The text after the mixer's span replacement."""
    for start, end, score in sorted(spans, reverse=True):
        if score >= min_score:
            text = text[:start] + replacement + text[end:]
    return text


def verdict(text: str, start: int, end: int, spans: tuple[tuple[int, int], ...], score: float = 0.9) -> Verdict:
    return Verdict(0, start, end, spans, "text", False, "keyword_block", score, score, (), text[start:end])


@pytest.fixture(scope="module")
def scorer() -> Filter:
    return Filter()


@pytest.fixture(scope="module")
def town_news() -> str:
    return (DATA / "town_news.txt").read_text("utf-8")


def test_replacing_the_spans_leaves_what_clean_text_leaves(scorer: Filter, town_news: str) -> None:
    text = f"{town_news.splitlines()[-1]}\r\n😀 {town_news}\n"  # code points, not UTF-16 units or bytes
    line = dolma.attributes("a", text, scorer.score_text(text))
    assert len(line["attributes"][KEY]) == 2
    assert mixed(text, line["attributes"][KEY]) == scorer.clean_text(text)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_a_whole_line_takes_its_one_break(line_break: str) -> None:
    text = f"x{line_break} ab {line_break}{line_break}y"
    start = text.index("ab")
    line = dolma.attributes(1, text, [verdict(text, start, start + 2, ((start, start + 2),))])
    assert mixed(text, line["attributes"][KEY]) == f"x{line_break}{line_break}y"


def test_a_part_of_a_line_keeps_the_break() -> None:
    text = "good ab\ngood"
    line = dolma.attributes(1, text, [verdict(text, 0, 7, ((5, 7),), 0.75)])
    assert line == {"id": 1, "attributes": {KEY: [[5, 7, 0.75]]}}


def test_min_score_chooses_among_what_was_found() -> None:
    text = "ab\ncd\n"
    line = dolma.attributes(1, text, [verdict(text, 0, 2, ((0, 2),), 0.6), verdict(text, 3, 5, ((3, 5),), 0.9)])
    assert mixed(text, line["attributes"][KEY], min_score=0.8) == "ab\n"


@settings(max_examples=200)
@given(st.lists(st.tuples(st.text("a \t", min_size=1), st.sampled_from(["\n", "\r\n", "\u2028", ""]), st.booleans())))
def test_spans_are_ascending_disjoint_and_in_the_text(lines: list[tuple[str, str, bool]]) -> None:
    text, verdicts = "", []
    for line, line_break, found in lines:
        if line.strip() and found and (not text or text[-1] in "\n\r\u2028"):
            start = len(text) + len(line) - len(line.lstrip())
            end = start + len(line.strip())
            verdicts.append(verdict("", start, end, ((start, end),)))
        text += line + line_break
    spans = dolma.attributes("x", text, verdicts)["attributes"][KEY]
    edges = [edge for start, end, _ in spans for edge in (start, end)]
    assert edges == sorted(edges)
    assert len(spans) == len(verdicts)
    assert all(start < end <= len(text) for start, end, _ in spans)


def test_a_file_of_attributes_pairs_up_with_its_documents(tmp_path: Path, scorer: Filter, town_news: str) -> None:
    documents = tmp_path / "documents" / "part" / "0.jsonl.gz"
    documents.parent.mkdir(parents=True)
    rows = [{"id": "n", "text": town_news, "source": "s"}, {"id": 7, "text": "A plain line."}, {"id": "bad", "text": 3}]
    with gzip.open(documents, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    written = dolma.write(documents, scorer, "blocks")
    assert written == tmp_path / "attributes" / "blocks" / "part" / "0.jsonl.gz"
    with gzip.open(written, "rt", encoding="utf-8") as stream:
        lines = [json.loads(line) for line in stream]
    assert [line["id"] for line in lines] == ["n", 7, "bad"]
    assert mixed(town_news, lines[0]["attributes"][KEY]) == scorer.clean_text(town_news) != town_news
    assert lines[1]["attributes"] == {KEY: []}
    assert lines[2]["attributes"] == {}


def test_a_file_that_ends_early_gives_no_attributes(tmp_path: Path, scorer: Filter) -> None:
    documents = tmp_path / "documents" / "0.jsonl.gz"
    documents.parent.mkdir()
    documents.write_bytes(gzip.compress(b'{"id": 1, "text": "a"}\n' * 1000)[:-20])
    with pytest.raises(InputError, match="is damaged"):
        dolma.write(documents, scorer)
    assert not [*(tmp_path / "attributes").rglob("*.*")]


def test_documents_elsewhere_are_refused(tmp_path: Path, scorer: Filter) -> None:
    with pytest.raises(InputError, match="has no '/documents/' in it"):
        dolma.write(tmp_path / "elsewhere" / "0.jsonl.gz", scorer)
    with pytest.raises(InputError, match="attributes are packed by gzip"):
        dolma.write(tmp_path / "documents" / "0.jsonl.zst", scorer)


def test_of_several_files_none_is_written(tmp_path: Path, scorer: Filter) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.jsonl").write_text('{"id": 1, "text": "a"}\n')
    for documents in (folder, f"{folder}/", folder / "*.jsonl", folder / "missing.jsonl"):
        with pytest.raises(InputError, match="is no file that is there; give each file of a folder"):
            dolma.write(documents, scorer)
    assert not (tmp_path / "attributes").exists()

"""Common words alone, framed and listed: which are taken, and what is said of them."""

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training import common_words, trades
from training.common_words import (
    FORMS,
    Words,
    framed_rows,
    listed_rows,
    lone_lines,
    lone_rows,
    scores,
    words_of,
    written_rows,
)
from training.slots import CJK_SEPARATORS, LATIN_SEPARATORS
from unstuff import Filter
from unstuff.labels import Labelled, read_labelled, text_page

LONG = "The club met on Tuesday evening in the old hall and elected a new board, as every year."


def paragraph(text: str, lang: str = "en", kind: str = "paragraph") -> Labelled:
    return Labelled(text[:9], text_page([text]), (False,), "site", kind=kind, lang=lang)


def test_words_are_the_commonest_of_clean_paragraphs_of_a_language() -> None:
    documents = [
        *(paragraph(LONG) for _ in range(3)),
        paragraph("Once upon a time."),
        *(paragraph("Tag " * 30, kind="tag_list") for _ in range(3)),
        *(paragraph("Der Verein wählte am Dienstag einen neuen Vorstand, wie in jedem Jahr.", "de") for _ in range(3)),
        paragraph("Kort.", "nl"),
    ]
    found = words_of(documents)
    assert list(found) == ["en", "de"]
    assert found["en"].neighbours == (LONG, LONG)
    assert {"club", "tuesday", "the"} <= {*found["en"].words}
    assert not {"once", "tag"} & {*found["en"].words}


def test_each_word_has_the_score_of_its_line() -> None:
    scorer = Filter()
    words = Words(["casino", "tuesday"], (LONG, LONG))
    expected = [scorer.score_text(f"{LONG}\n{line}\n{LONG}")[1].score for line in ("Casino!", "Tuesday!")]
    assert scores(scorer, words, lone_lines(words, "{}!")) == expected
    assert (
        scores(scorer, words, lone_lines(words, "www.{}.com"))[0]
        == scorer.score_text(f"{LONG}\nwww.casino.com\n{LONG}")[1].score
    )


def test_a_row_names_the_words_that_are_flagged() -> None:
    model = Filter().model
    scorer = Filter(replace(model, points={**model.points, "precise": 1.0, "balanced": 0.0}))
    found = {"en": Words(["tuesday", "hall"], (LONG, LONG))}
    table = list(lone_rows(scorer, found))
    assert [row[:3] for row in table] == [("en", form.format("word"), "2") for form in FORMS]
    for row in table:
        assert row[3].startswith("0.0 % (0.0 % to ")
        assert row[4].startswith("100.0 % (")
        assert sorted(row[5].split()) == ["hall", "tuesday"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> dict[str, Words]:
    monkeypatch.setattr(common_words, "MIN_WORDS", 2)
    monkeypatch.setattr(common_words, "N_LISTS", 1)
    monkeypatch.setattr(common_words, "WORDS_A_LIST", 2)
    return {"en": Words(["tuesday", "hall"], (LONG, LONG)), "xx": Words(["one", "two"], (LONG, LONG))}


def test_frames_that_are_flagged_often_are_named(few: dict[str, Words]) -> None:
    model = Filter().model
    scorer = Filter(replace(model, points={**model.points, "precise": 1.0, "balanced": 0.0}))
    (row,) = framed_rows(scorer, few)
    n = len(trades.frames("en"))
    assert row[:3] == ("en", str(n), str(2 * n))
    assert row[3].startswith("0.0 % (")
    assert row[4].startswith("100.0 % (")
    assert row[5] == str(n)
    assert row[6].count("…") == common_words._N_SHOWN


def test_lists_are_told_by_separator(few: dict[str, Words]) -> None:
    found = list(listed_rows(Filter(), few))
    assert {row[0] for row in found} == {repr(mark) for mark in {*LATIN_SEPARATORS, *CJK_SEPARATORS} - {"\n", ""}}
    assert {row[1] for row in found} == {"2"}


@pytest.mark.parametrize("file", [common_words.LINES, common_words.LISTS], ids=["lines", "lists"])
def test_what_was_written_by_hand_is_told_by_kind(file: Path) -> None:
    documents = list(read_labelled([file]))
    assert len({document.id for document in documents}) == len(documents)
    assert not any(any(document.labels) for document in documents)
    model = Filter().model
    scorer = Filter(replace(model, points={"precise": 1.0, "balanced": 0.0, "sensitive": 0.0}))
    found = list(written_rows(scorer, documents[:40]))
    assert found[0][:2] == ("all", "40")
    assert sum(int(row[1]) for row in found[1:]) == 40
    assert found[0][2].startswith("0.0 % (")
    assert found[0][3].startswith("100.0 % (")


def test_a_frame_has_one_place_for_a_head() -> None:
    for language in {trade.language for trade in trades.TRADES}:
        for frame in trades.frames(language):
            assert frame.replace("{x}", "", 1) and "{" not in frame.replace("{x}", "")

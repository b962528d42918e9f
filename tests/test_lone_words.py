"""Single words as lines: which words are taken, and what is said of them."""

from dataclasses import replace

import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training.lone_words import FORMS, Words, rows, scores, words_of
from unstuff import Filter
from unstuff.labels import Labelled, text_page

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
    assert scores(scorer, words, "{}!") == expected
    assert scores(scorer, words, "www.{}.com")[0] == scorer.score_text(f"{LONG}\nwww.casino.com\n{LONG}")[1].score


def test_a_row_names_the_words_that_are_flagged() -> None:
    model = Filter().model
    scorer = Filter(replace(model, points={**model.points, "precise": 1.0, "balanced": 0.0}))
    found = {"en": Words(["tuesday", "hall"], (LONG, LONG))}
    table = list(rows(scorer, found))
    assert [row[:3] for row in table] == [("en", form.format("word"), "2") for form in FORMS]
    for row in table:
        assert row[3].startswith("0.0 % (0.0 % to ")
        assert row[4].startswith("100.0 % (")
        assert sorted(row[5].split()) == ["hall", "tuesday"]

"""Which content a second round of corrections gives along."""

from __future__ import annotations

import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training.protocols.rounds import MAX_PER_GROUP, halves, risen
from unstuff import artifact
from unstuff.fit import adapt
from unstuff.labels import Labelled, text_page

MODEL = artifact.read_adaptable(artifact.shipped())
MISSED = [f"zorgle {a}, zorgle {b}, quix" for a, b in ("ab", "cd")]
AFTER = adapt(MODEL, [Labelled(text, text_page([text]), (True,), text) for text in MISSED])
FLAGGED = "slot gacor | slot online | judi bola | situs slot | slot demo | bandar togel, zorgle zorgle quix"


def content(text: str, group: str) -> Labelled:
    return Labelled(text, text_page([text]), (False,), group)


def test_given_along_is_what_rose_highest_first_and_few_of_a_group() -> None:
    one_site = [content(f"zorgle {word}, zorgle quix", "site") for word in ("lamp", "rope", "milk", "tree", "door")]
    rest = [content("We sat in the garden and talked.", "a"), content(FLAGGED, "b"), content("a zorgle for lunch", "c")]
    crawl = [*one_site, *rest]
    found = risen(MODEL, AFTER.model, crawl, 10)
    assert [document.group for document in found].count("site") == MAX_PER_GROUP
    assert {document.group for document in found} == {"site", "c"}
    assert not any(label for document in found for label in document.labels)
    scores = [AFTER.model.score([document.page.paragraphs]).scores[0] for document in found]
    assert scores == sorted(scores, reverse=True)
    assert risen(MODEL, AFTER.model, crawl, 2) == found[:2]


def test_a_model_that_did_not_change_gives_nothing() -> None:
    assert risen(MODEL, MODEL, [content("zorgle quix zorgle", "a")], 5) == []


def test_halves_share_no_group_and_lose_nothing() -> None:
    documents = [content(f"text {i}", f"host {i % 7}") for i in range(30)]
    first, second = halves(documents)
    assert first and second
    assert not {d.group for d in first} & {d.group for d in second}
    assert sorted(d.id for d in (*first, *second)) == sorted(d.id for d in documents)

"""Reasons of many paragraphs at once, and the phrases they name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from unstuff import Filter, Page
from unstuff.features import edges, phrases
from unstuff.features.batch import Batch
from unstuff.features.ngrams import N_BUCKETS, edge_buckets, ngram_buckets, word_buckets
from unstuff.page import Paragraph
from unstuff.reasons import Explainer

DATA = Path(__file__).parent / "data"
MODEL = Filter().model


def batch_of(*texts: str) -> Batch:
    return MODEL.extractor.batch([Paragraph(text, 0, len(text)) for text in texts])


def weights_of(ngrams: Mapping[str, float], words: Mapping[str, float]) -> NDArray[np.float64]:
    """Weights of the last n-gram of each text, and of words."""
    weights = np.zeros(N_BUCKETS)
    for text, weight in ngrams.items():
        weights[ngram_buckets(batch_of(text).codes)[len(text) - 1, 0]] = weight
    for word, weight in words.items():
        weights[word_buckets(batch_of(word).word_hashes)] = weight
    return weights


def test_reasons_do_not_depend_on_what_they_are_asked_together_with() -> None:
    news = (DATA / "town_news.txt").read_text("utf-8")
    pages = [Page.from_text(text) for text in (news, news.strip().replace("| ", "\n"), "buy levitra, buy cialis\n" * 3)]
    scored = MODEL.score([page.paragraphs for page in pages])
    explainer = Explainer(MODEL, scored)
    rows = np.arange(len(scored.logits))
    together = explainer.reasons(rows[::-1])[::-1]
    assert together == [explainer.reasons(rows[i : i + 1])[0] for i in rows]
    assert explainer.reasons(rows[:0]) == []


def test_phrases_are_the_heaviest_of_each_paragraph_and_told_once() -> None:
    weights = weights_of({"精品": 2.0, "二区": 1.0, "品二": 9.0}, {})
    found = phrases.describe(batch_of("精品 二区 精品 二区", "", "二区"), weights)
    assert found == ["most typical: 精品, 二区", "no typical phrase", "most typical: 二区"]


def test_phrases_do_not_overlap() -> None:
    weights = weights_of({"一区": 1.0, "一区二区": 3.0, "二区": 2.0}, {})
    assert phrases.describe(batch_of("一区二区"), weights) == ["most typical: 一区二区"]
    assert phrases.describe(batch_of("一区二区三,二区"), weights) == ["most typical: 一区二区, 二区"]


def test_words_of_alphabets_are_told_whole() -> None:
    weights = weights_of({"levi": 1.0}, {"levitra": 1.0, "cheap": 0.5})
    assert phrases.describe(batch_of("cheap levitra for sale"), weights) == ["most typical: levitra, cheap"]


def test_phrases_hold_what_a_normal_form_holds() -> None:
    weights = weights_of({}, {"levitra": 1.0})
    assert phrases.describe(batch_of("ＬＥＶＩＴＲＡ"), weights) == ["most typical: levitra"]


@pytest.mark.parametrize(
    ("text", "edge", "told"),
    [("Essen movers, Bochum movers, 1", "movers", "movers"), ("海淀开锁 丰台开锁 通州", "开锁", "开锁")],
)
def test_edges_of_items_count_as_the_phrases_that_they_are(text: str, edge: str, told: str) -> None:
    batch = batch_of(text)
    found = edges.find(batch)
    spans = ["".join(map(chr, batch.codes[s:e])) for s, e in zip(found.starts, found.ends, strict=True)]
    weights = np.zeros(N_BUCKETS)
    weights[edge_buckets(found.hashes)[spans.index(edge)]] = 1.0
    assert phrases.describe(batch, weights) == [f"most typical: {told}"]


@pytest.mark.parametrize("text", ["", "\ud800\ud800\ud800", "\0\0", "  ", "😀" * 40])
def test_any_paragraph_has_an_answer(text: str) -> None:
    assert len(phrases.describe(batch_of(text), np.ones(N_BUCKETS))) == 1

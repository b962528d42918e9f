"""From the collected data to a fitted model; release and evaluation both begin here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from training import corpus, generate, tables, undelimited
from training.assemble import Material, Sizes, assemble
from unstuff import measure
from unstuff.evaluation import Scored, Threshold, bound_at, choose_threshold
from unstuff.features import Extractor
from unstuff.fit import Fitted, Settings, fit
from unstuff.labels import Labelled
from unstuff.measure import Result as Result
from unstuff.measure import join as join
from unstuff.model import Model

SEED = 20261123
_SENTENCE_END = re.compile(r"(?<=[a-z][.])\s+")
CLEAN_KINDS = ("paragraph", "comment", "html_page")
SPAM_KINDS = ("positive", "inserted", "page", "doubtful", "generated", "text_page")


class Prepared(NamedTuple):
    """Documents, split and folded, and what they are fitted with."""

    dev: list[Labelled]
    test: list[Labelled]
    fold: NDArray[np.int64]  # of the development documents
    vocabulary: generate.Vocabulary
    tables: dict[str, NDArray[Any]]
    extractor: Extractor


def prepare(data: Path, settings: Settings) -> Prepared:
    """Read the collected data, split it, fold the development side."""
    split = corpus.split(corpus.load(data))
    arrays = tables.build()
    fold = corpus.folds(split["dev"], settings.n_folds)
    # Spliced spam is prose with keywords in it: with few sentences to splice, the prose itself would look like spam.
    vocabulary = replace(generate.Vocabulary.read(data), sentences=tuple(english_sentences(split["dev"])))
    return Prepared(split["dev"], split["test"], fold, vocabulary, arrays, Extractor.from_tables(arrays))


def english_sentences(documents: Iterable[Labelled]) -> Iterator[str]:
    """Sentences of 6 to 30 words of clean English paragraphs, without their full stop."""
    for document in documents:
        if document.kind == "paragraph" and document.lang == "en":
            for sentence in _SENTENCE_END.split(document.page.text):
                if 6 <= len(sentence.split()) <= 30 and sentence[:1].isupper():
                    yield sentence.rstrip(".")


def test_blocks(prepared: Prepared) -> list[str]:
    """Texts of the keyword blocks of the test split; nothing generated may repeat them."""
    return [
        paragraph.text
        for document in prepared.test
        for paragraph, label in zip(document.page.paragraphs, document.labels, strict=True)
        if label
    ]


def material(prepared: Prepared, sizes: Sizes) -> Material:
    """What is fitted on."""
    made = assemble(prepared.dev, prepared.fold, prepared.vocabulary, SEED, sizes, test_blocks(prepared))
    glued, fold = undelimited.documents(prepared.dev, prepared.fold, prepared.vocabulary, SEED, test_blocks(prepared))
    # Both stages learn from them. Mean recall of ten sets of undelimited blocks at equal false positives, 2026-11: 0.70
    # without them, 0.79 in the first stage, 0.87 in the word stage, 0.91 in both.
    alone, alone_fold = [*made.alone, *glued], np.concatenate((made.alone_fold, fold))
    return Material(alone, alone_fold, made.paged, made.paged_fold, glued, fold)


def fit_all(prepared: Prepared, made: Material, settings: Settings, n_jobs: int) -> Fitted:
    """Fit both stages and every fold, one thread a fit: sums in another order would end in other numbers."""
    with threadpool_limits(limits=1):
        return fit(
            made.alone, made.alone_fold, made.paged, made.paged_fold, prepared.extractor, settings, n_jobs,
            made.undelimited, made.undelimited_fold,
        )  # fmt: skip


def model_of(fitted: Fitted, extractor: Extractor, name: str, points: Mapping[str, float]) -> Model:
    """The model that is released."""
    return Model(name, extractor, fitted.paragraph, fitted.page.weights, fitted.page.intercept, points)


def fold_model(fitted: Fitted, extractor: Extractor, k: int) -> Model:
    """The model that was fitted without fold k in either stage."""
    page = fitted.fold_pages[k]
    return Model(f"without fold {k}", extractor, fitted.folds[k].paragraph, page.weights, page.intercept, {})


# 95 % upper bounds on the share of clean development rows that each operating point may flag.
BOUNDS = {"precise": 1 / 20_000, "balanced": 1 / 5_000, "sensitive": 1 / 500}
# Shares of the hard negatives of development that it may flag beside that.
HARD_SHARES = {"precise": 0.001, "balanced": 0.003}


def choose_points(fitted: Fitted, prepared: Prepared) -> dict[str, Threshold]:
    """Thresholds from the clean development rows and hard negatives out of fold: the higher of the two.

    What a site prints on every page counts once: neither n nor what is flagged is padded with copies.
    """
    result = out_of_fold(fitted, prepared.extractor, prepared.dev, prepared.fold)
    distinct = distinct_rows(result, prepared.dev)
    clean = result.take(distinct[np.isin(result.scored.kind[distinct], CLEAN_KINDS)]).scored
    hard = np.sort(result.scored.score[hard_negative_rows(result)])
    return {name: _point(clean, hard, bound, HARD_SHARES.get(name, 1.0)) for name, bound in BOUNDS.items()}


def distinct_rows(result: Result, documents: Sequence[Labelled]) -> NDArray[np.int64]:
    """Of the rows with one text in one group, that with the highest score; ``documents`` are the result's."""
    firsts = dict(zip(*(column.tolist() for column in np.unique(result.document, return_index=True)), strict=True))
    rows: dict[tuple[str, str], int] = {}
    for row in np.argsort(-result.scored.score, kind="stable").tolist():
        document = documents[result.document[row]]
        paragraph = document.page.paragraphs[row - firsts[result.document[row]]]
        rows.setdefault((document.group, paragraph.text), row)
    return np.array(sorted(rows.values()), np.int64)


def hard_negative_rows(result: Result) -> NDArray[np.bool_]:
    """Which rows are hard negatives: genuine text of a kind of its own."""
    return ~np.isin(result.scored.kind, [*CLEAN_KINDS, *SPAM_KINDS])


def _point(clean: Scored, hard: NDArray[np.float64], bound: float, hard_share: float) -> Threshold:
    """``hard`` are the scores of hard negatives, ascending."""
    found = choose_threshold(clean.score, clean.group, bound)
    n_flagged = int(len(hard) * hard_share)
    if n_flagged >= len(hard) or hard[-n_flagged - 1] < found.threshold:
        return found
    threshold = float(np.nextafter(hard[-n_flagged - 1], 1.0))
    supported = bound_at(clean.score, clean.group, threshold)
    return Threshold(threshold, supported, found.n, int((clean.score >= threshold).sum()), supported <= bound)


def score(model: Model, documents: Sequence[Labelled]) -> Result:
    """Score every paragraph of the documents on its page."""
    return measure.read(model, documents)


def out_of_fold(fitted: Fitted, extractor: Extractor, documents: Sequence[Labelled], fold: NDArray[np.int64]) -> Result:
    """Every document scored by the model that was fitted without its fold; documents in order of folds."""
    parts = []
    for k in range(len(fitted.folds)):
        own = np.flatnonzero(fold == k)
        part = score(fold_model(fitted, extractor, k), [documents[i] for i in own.tolist()])
        parts.append(part._replace(document=own[part.document]))
    return join(parts)

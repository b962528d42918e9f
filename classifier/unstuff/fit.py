"""Fitting: labelled documents -> a model's numbers, with scikit-learn (imported here and nowhere else in the package).

Two logistic regressions: one over single paragraphs and merged runs, one over paragraphs on their pages, whose raw
log-odds come from folds that were not fitted on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from unstuff.features import FAMILIES, NAMES, Extractor, Features, context, ngrams, words
from unstuff.features.batch import IDEOGRAPHIC, Batch
from unstuff.features.context import PageBatch
from unstuff.features.ngrams import Grams
from unstuff.features.words import Words
from unstuff.labels import Labelled
from unstuff.model import ParagraphModel, WordStage, batches, read_pages
from unstuff.page import Paragraph

_BATCH_CHARS = 1 << 20
_FEW_WORDS_WIDTH = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """What is chosen before fitting; swept on out-of-fold scores of the development documents."""

    c_paragraph: float = 3.0
    c_context: float = 1.0
    dense_scale: float = 0.5  # dense columns are brought to this standard deviation; n-gram rows have norm 2
    # At 1e-3 the first stage stops after 90 iterations and finds up to 9 points less; 1e-5 gains no more (2026-11).
    tolerance: float = 1e-4
    max_iterations: int = 600
    n_folds: int = 5
    prevalence: float = 0.01  # share of keyword blocks that the scores are calibrated for
    without: str = ""  # left out, for an ablation: "ngrams", "words", "context", or a family of dense features
    # Raw log-odds between which undelimited Chinese is cut into words. Out of fold, 2026-11: from -6, -4, -3 and -2 up
    # to 7, 4.9, 2.0, 1.3 and 0.8 % of clean paragraphs are sent on, and the mean recall of ten sets of blocks without
    # separators is 0.94 at "balanced" with each (0.87 without the stage).
    band: tuple[float, float] = (-3.0, 7.0)
    c_words: float = 1.0


class Rows(NamedTuple):
    """Paragraphs to fit the first stage on."""

    paragraphs: list[Paragraph]
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]


class ContextRows(NamedTuple):
    """Rows to fit the second stage on, in the order of their documents."""

    rows: NDArray[np.float32]  # (n, len(context.NAMES))
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]
    raw_logits: NDArray[np.float64]
    document: NDArray[np.int64]  # (n,) number of the document


def paragraph_rows(documents: Iterable[Labelled], extractor: Extractor) -> Rows:
    """Every paragraph that can be judged by itself, and every run of short ones as one.

    The lines of an injected run, and lines of a few words in any injected block of several, are left out: "仁化县" or
    "Popular searches..." alone on a line says nothing, and as rows of their own such lines make honest ones suspect.
    """
    paragraphs: list[Paragraph] = []
    labels: list[bool] = []
    weights: list[float] = []
    for document in documents:
        own = document.page.paragraphs
        batch = extractor.batch(own)
        runs = context.find_runs(batch, np.zeros(len(own), np.int64))
        marked = np.array(document.labels, bool)
        skip = (_width(batch) <= _FEW_WORDS_WIDTH) & marked if marked.sum() > 1 else np.zeros(len(own), bool)
        for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True):
            skip[start:end] |= marked[start:end]
        pieces = _of_one_label(runs, marked)
        for merged, start in zip(context.merge_runs(own, pieces), pieces.starts.tolist(), strict=True):
            paragraphs.append(merged)
            labels.append(bool(marked[start]))
            weights.append(document.weight)
        for paragraph, label, left_out in zip(own, document.labels, skip.tolist(), strict=True):
            if not left_out:
                paragraphs.append(paragraph)
                labels.append(label)
                weights.append(document.weight)
    return Rows(paragraphs, np.array(labels, bool), np.array(weights))


def _width(batch: Batch) -> NDArray[np.int64]:
    """Columns that each paragraph fills: ideographs count double."""
    return np.asarray(batch.n_chars + batch.class_counts[:, list(IDEOGRAPHIC)].sum(axis=1))


def _of_one_label(runs: context.Runs, marked: NDArray[np.bool_]) -> context.Runs:
    """The runs cut where the label changes, without pieces too short to be judged."""
    bounds: list[tuple[int, int]] = []
    for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True):
        cuts = start + 1 + np.flatnonzero(marked[start + 1 : end] != marked[start : end - 1])
        edges = [start, *cuts.tolist(), end]
        bounds += [(a, b) for a, b in pairwise(edges) if b - a >= context.MIN_PIECE]
    pieces = np.array(bounds, np.int64).reshape(-1, 2)
    return context.Runs(pieces[:, 0], pieces[:, 1])


def design_matrix(features: Features, scale: NDArray[np.float64], without_grams: bool = False) -> sparse.csr_matrix:
    """Dense columns times their scale, then the n-gram buckets (n, len(NAMES) + N_BUCKETS), float32.

    The n-gram part holds what serving sums: occurrences times the value of an occurrence.
    """
    grams = features.grams
    parts = [_gram_rows(grams), _word_rows(grams)]
    counted = sparse.csr_matrix(parts[0] + parts[1])
    if without_grams:
        counted = sparse.csr_matrix(counted.shape, dtype=np.float32)
    dense = sparse.csr_matrix((features.dense * scale).astype(np.float32))
    return sparse.hstack((dense, counted), format="csr")


def _gram_rows(grams: Grams) -> sparse.csr_matrix:
    lengths = grams.ends - grams.starts
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    positions = np.repeat(grams.starts, lengths) + within
    return _counted(grams.buckets[:, positions].T.ravel(), lengths * ngrams.N_MAX, grams.occurrence_weight)


def _word_rows(grams: Grams) -> sparse.csr_matrix:
    return _counted(grams.words, np.diff(grams.word_bounds), grams.occurrence_weight * ngrams.WORD_VALUE)


def _counted(
    buckets: NDArray[np.uint32],
    lengths: NDArray[np.int64],
    value: NDArray[np.float64],
    n_buckets: int = ngrams.N_BUCKETS,
) -> sparse.csr_matrix:
    """Occurrences of each bucket in each row times the row's value of one."""
    values = np.repeat(value, lengths).astype(np.float32)
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    rows = sparse.csr_matrix((values, buckets.astype(np.int32), bounds), shape=(len(lengths), n_buckets))
    rows.sum_duplicates()
    return rows


def extract_in_batches(
    paragraphs: Sequence[Paragraph], extractor: Extractor, each: Callable[[Features], sparse.csr_matrix]
) -> list[sparse.csr_matrix]:
    """Features of many paragraphs, some at a time, each batch turned into what is kept of it."""
    together = batches(paragraphs, lambda paragraph: len(paragraph.text), _BATCH_CHARS)
    return [each(extractor.extract(extractor.batch(batch))) for batch in together]


def dense_scale(dense: NDArray[np.float32], target: float) -> NDArray[np.float64]:
    """Factor that brings each dense column to the target standard deviation; 0 for a constant column."""
    deviation = dense.astype(np.float64).std(axis=0)
    return np.where(deviation > 1e-6, target / np.maximum(deviation, 1e-6), 0.0).astype(np.float32).astype(np.float64)


def scale_of(dense: NDArray[np.float32], settings: Settings) -> NDArray[np.float64]:
    """Scale of the first stage's dense columns; 0 for a family that is left out."""
    scale = dense_scale(dense, settings.dense_scale)
    left_out = FAMILIES.get(settings.without, ())
    return np.where(np.isin(NAMES, left_out), 0.0, scale)


def fit_paragraphs(
    design: sparse.csr_matrix,
    labels: NDArray[np.bool_],
    weights: NDArray[np.float64],
    scale: NDArray[np.float64],
    settings: Settings,
) -> tuple[LogisticRegression, ParagraphModel]:
    """The first stage: the estimator, its weights rounded as they are stored, and the model that serves them."""
    estimator = LogisticRegression(
        C=settings.c_paragraph, solver="lbfgs", max_iter=settings.max_iterations, tol=settings.tolerance
    )
    estimator.fit(design, labels, sample_weight=weights)
    n_dense = len(NAMES)
    coefficients = estimator.coef_[0].astype(np.float64)
    dense = (coefficients[:n_dense] * scale).astype(np.float32).astype(np.float64)
    grams = coefficients[n_dense:].astype(np.float16).astype(np.float64)
    estimator.coef_ = np.concatenate((_unscaled(dense, scale), grams))[None, :]
    estimator.intercept_ = estimator.intercept_.astype(np.float64)
    return estimator, ParagraphModel(grams, dense, float(estimator.intercept_[0]))


def context_rows(documents: Sequence[Labelled], extractor: Extractor, paragraph: ParagraphModel) -> ContextRows:
    """Read documents with a first stage that was not fitted on them."""
    parts: list[tuple[NDArray[np.float32], NDArray[np.float64]]] = []
    for read_together in batches(documents, lambda document: len(document.page.text), _BATCH_CHARS):
        pages = [document.page.paragraphs for document in read_together]
        batch = extractor.batch([p for page in pages for p in page])
        read: PageBatch = read_pages(extractor, paragraph, pages, batch).pages
        parts.append((context.extract(read), read.raw_logits))
    sizes = [len(document.labels) for document in documents]
    return ContextRows(
        np.concatenate([rows for rows, _ in parts]),
        np.array([label for document in documents for label in document.labels], bool),
        np.concatenate([_row_weights(document) for document in documents]),
        np.concatenate([raw for _, raw in parts]),
        np.repeat(np.arange(len(documents)), sizes),
    )


def _row_weights(document: Labelled) -> NDArray[np.float64]:
    """A block on n lines counts as the root of n blocks.

    As n, lists of one item a line rule and honest menus are flagged; as one, such lists are missed. Measured out of
    fold, 2026-11: clean paragraphs flagged 0.042 % as n and 0.009 % as one; of 20 counties one a line none were found
    as one.
    """
    labels = np.array(document.labels, bool)
    return np.where(labels, document.weight / np.sqrt(max(int(labels.sum()), 1)), document.weight)


class PageStage(NamedTuple):
    """The second stage: the estimator over scaled rows, and the numbers that serve it."""

    estimator: LogisticRegression
    scale: NDArray[np.float64]  # (len(context.NAMES),)
    weights: NDArray[np.float64]  # (len(context.NAMES),) of unscaled rows
    intercept: float


def fit_context(rows: ContextRows, settings: Settings) -> PageStage:
    """Fit the second stage, calibrated for the stated prevalence; weights rounded as they are stored."""
    scale = dense_scale(rows.rows, 1.0)
    if settings.without == "context":
        scale[1:] = 0.0  # all but the raw log-odds
    positive = rows.weights[rows.labels].sum()
    negative = rows.weights[~rows.labels].sum()
    prior = np.where(rows.labels, settings.prevalence / positive, (1 - settings.prevalence) / negative)
    weights = rows.weights * prior * len(rows.labels)
    estimator = LogisticRegression(C=settings.c_context, solver="lbfgs", max_iter=1000)
    estimator.fit(rows.rows * scale, rows.labels, sample_weight=weights)
    stored = (estimator.coef_[0] * scale).astype(np.float32).astype(np.float64)
    estimator.coef_ = _unscaled(stored, scale)[None, :]
    return PageStage(estimator, scale, stored, float(estimator.intercept_[0]))


def _unscaled(weights: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(weights, scale, out=np.zeros_like(weights), where=scale > 0)


class WordRows(NamedTuple):
    """Undecided paragraphs, to fit the word stage on."""

    words: Words
    raw_logits: NDArray[np.float64]
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]


def word_rows(
    documents: Sequence[Labelled], extractor: Extractor, paragraph: ParagraphModel, settings: Settings
) -> WordRows:
    """The paragraphs that a first stage, not fitted on their documents, leaves undecided."""
    stage = blank_stage(settings)
    parts: list[WordRows] = []
    for read_together in batches(documents, lambda document: len(document.page.text), _BATCH_CHARS):
        batch = extractor.batch([p for document in read_together for p in document.page.paragraphs])
        raw = paragraph.logits(extractor.extract(batch))
        rows = stage.undecided(batch, raw)
        labels = np.array([label for document in read_together for label in document.labels], bool)
        weights = np.repeat([d.weight for d in read_together], [len(d.labels) for d in read_together])
        parts.append(WordRows(extractor.words(batch, rows), raw[rows], labels[rows], weights[rows]))
    return join_word_rows(parts)


def join_word_rows(parts: Sequence[WordRows]) -> WordRows:
    """Rows end to end."""
    counts = np.concatenate([np.diff(part.words.bounds) for part in parts])
    joined = Words(
        np.concatenate([part.words.dense for part in parts]),
        np.concatenate([part.words.buckets for part in parts]),
        np.concatenate(([0], np.cumsum(counts))),
    )
    raw, labels, weights = (np.concatenate([part[column] for part in parts]) for column in (1, 2, 3))
    return WordRows(joined, raw, labels, weights)


def blank_stage(settings: Settings) -> WordStage:
    """The band alone: a stage that adds nothing."""
    return WordStage(*settings.band, 1.0, np.zeros(len(words.NAMES)), np.zeros(words.N_WORD_BUCKETS), 0.0)


def fit_words(rows: WordRows, settings: Settings) -> WordStage | None:
    """Fit the word stage, weights rounded as they are stored; None without rows of both labels, or if left out."""
    if settings.without == "words" or len(np.unique(rows.labels)) < 2:
        return None
    dense = np.column_stack((rows.raw_logits, rows.words.dense)).astype(np.float32)
    scale = dense_scale(dense, 1.0)
    counted = _counted(
        rows.words.buckets, np.diff(rows.words.bounds), rows.words.occurrence_weight, words.N_WORD_BUCKETS
    )
    design = sparse.hstack((sparse.csr_matrix(dense * scale), counted), format="csr")
    estimator = LogisticRegression(C=settings.c_words, solver="lbfgs", max_iter=1000)
    estimator.fit(design, rows.labels, sample_weight=rows.weights)
    coefficients = estimator.coef_[0].astype(np.float64)
    stored = (coefficients[: len(scale)] * scale).astype(np.float32).astype(np.float64)
    buckets = coefficients[len(scale) :].astype(np.float16).astype(np.float64)
    return WordStage(*settings.band, float(stored[0]), stored[1:], buckets, float(estimator.intercept_[0]))


class Fold(NamedTuple):
    """One fold: the first stage fitted without it, and what that stage reads in its documents."""

    paragraph: ParagraphModel
    rows: ContextRows


class Fitted(NamedTuple):
    """A fit with its out-of-fold scores."""

    estimator: LogisticRegression
    paragraph: ParagraphModel
    scale: NDArray[np.float64]
    page: PageStage
    folds: list[Fold]
    fold_pages: list[PageStage]  # second stages fitted without each fold


def fit(
    alone: Sequence[Labelled],
    alone_fold: NDArray[np.int64],
    paged: Sequence[Labelled],
    paged_fold: NDArray[np.int64],
    extractor: Extractor,
    settings: Settings,
    n_jobs: int = 1,
    undelimited: Sequence[Labelled] = (),
    undelimited_fold: NDArray[np.int64] | None = None,
) -> Fitted:
    """Fit both stages, and the word stage between them.

    ``alone`` are the documents of the first stage, ``paged`` those of the second; ``*_fold`` gives the fold of each,
    -1 for generated documents that every fold may fit on. Documents of one group must share a fold. The word stage is
    fitted on the undecided paragraphs of ``paged`` and of ``undelimited``: lists without separators, alone and glued to
    prose, injected and honest.
    """
    rows_by_document = [paragraph_rows([document], extractor) for document in alone]
    sizes = [len(rows.labels) for rows in rows_by_document]
    fold = np.repeat(alone_fold, sizes)
    paragraphs = [p for rows in rows_by_document for p in rows.paragraphs]
    labels = np.concatenate([rows.labels for rows in rows_by_document])
    weights = np.concatenate([rows.weights for rows in rows_by_document])
    dense = np.concatenate(
        [part.toarray() for part in extract_in_batches(paragraphs, extractor, lambda f: sparse.csr_matrix(f.dense))]
    )
    scale = scale_of(dense, settings)
    bare = settings.without == "ngrams"
    parts = extract_in_batches(paragraphs, extractor, lambda features: design_matrix(features, scale, bare))
    design = sparse.vstack(parts, format="csr")

    def fit_without(k: int) -> tuple[LogisticRegression, ParagraphModel]:
        use = np.flatnonzero(fold != k)
        return fit_paragraphs(design[use], labels[use], weights[use], scale, settings)

    every = -2  # no document has this fold
    fitted = Parallel(n_jobs=n_jobs, prefer="threads")(
        delayed(fit_without)(k) for k in [every, *range(settings.n_folds)]
    )
    first_stages = [paragraph for _, paragraph in fitted[1:]]
    glued_fold = np.zeros(0, np.int64) if undelimited_fold is None else undelimited_fold
    undecided = [
        word_rows([*_of_fold(paged, paged_fold, k), *_of_fold(undelimited, glued_fold, k)], extractor, first, settings)
        for k, first in enumerate(first_stages)
    ]
    folds = []
    for k, first in enumerate(first_stages):
        others = join_word_rows([rows for j, rows in enumerate(undecided) if j != k])
        paragraph = first._replace(words=fit_words(others, settings))
        folds.append(Fold(paragraph, context_rows(_of_fold(paged, paged_fold, k), extractor, paragraph)))
    fold_pages = [
        fit_context(concatenate([other.rows for j, other in enumerate(folds) if j != k]), settings)
        for k in range(len(folds))
    ]
    page = fit_context(concatenate([each.rows for each in folds]), settings)
    estimator, first = fitted[0]
    paragraph = first._replace(words=fit_words(join_word_rows(undecided), settings))
    return Fitted(estimator, paragraph, scale, page, folds, fold_pages)


def _of_fold(documents: Sequence[Labelled], fold: NDArray[np.int64], k: int) -> list[Labelled]:
    return [document for document, of in zip(documents, fold.tolist(), strict=True) if of == k]


def concatenate(parts: Sequence[ContextRows]) -> ContextRows:
    """Rows of several folds, end to end; document numbers start anew in each and are not kept apart."""
    return ContextRows(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

"""Features -> the sparse matrices that scikit-learn fits, with the values that serving sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from unstuff.features import FAMILIES, NAMES, Extractor, Features, ngrams
from unstuff.features.batch import positions
from unstuff.features.ngrams import Grams
from unstuff.fit.rows import BATCH_CHARS
from unstuff.fit.settings import Settings
from unstuff.model import batches
from unstuff.page import Paragraph


def design_matrix(features: Features, scale: NDArray[np.float64], without: str = "") -> sparse.csr_matrix:
    """Dense columns times their scale, then the n-gram buckets (n, len(NAMES) + N_BUCKETS), float32.

    The n-gram part holds what serving sums: occurrences times the value of an occurrence. ``without`` "ngrams" it is
    empty, without "edges" their buckets are.
    """
    return design_of(features.dense, gram_matrix(features.grams, without), scale)


def design_of(dense: NDArray[np.float32], grams: sparse.csr_matrix, scale: NDArray[np.float64]) -> sparse.csr_matrix:
    """Dense columns times their scale, then the buckets."""
    return sparse.hstack((sparse.csr_matrix((dense * scale).astype(np.float32)), grams), format="csr")


def gram_matrix(grams: Grams, without: str = "") -> sparse.csr_matrix:
    """Buckets of n-grams, of words and of edges: (n, N_BUCKETS), float32."""
    if without == "ngrams":
        return sparse.csr_matrix((len(grams.starts), ngrams.N_BUCKETS), dtype=np.float32)
    rows = _gram_rows(grams) + _word_rows(grams)
    return sparse.csr_matrix(rows if without == "edges" else rows + _edge_rows(grams))


def _gram_rows(grams: Grams) -> sparse.csr_matrix:
    lengths = grams.ends - grams.starts
    at = positions(grams.starts, lengths)
    return counted(grams.buckets[:, at].T.ravel(), lengths * ngrams.N_MAX, grams.occurrence_weight)


def _word_rows(grams: Grams) -> sparse.csr_matrix:
    return counted(grams.words, np.diff(grams.word_bounds), grams.occurrence_weight * ngrams.WORD_VALUE)


def _edge_rows(grams: Grams) -> sparse.csr_matrix:
    values = (grams.occurrence_weight * ngrams.WORD_VALUE)[grams.edge_paragraph].astype(np.float32)
    cells = grams.edge_paragraph, grams.edges.astype(np.int64)
    return sparse.csr_matrix((values, cells), shape=(len(grams.starts), ngrams.N_BUCKETS))


def counted(
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
    together = batches(paragraphs, lambda paragraph: len(paragraph.text), BATCH_CHARS)
    return [each(extractor.extract(extractor.batch(batch))) for batch in together]


def dense_scale(
    dense: NDArray[np.float32], target: float, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Factor that brings each dense column to the target standard deviation; 0 for a constant column.

    With ``weights`` (n,) a row counts as so many.
    """
    values = dense.astype(np.float64)
    if weights is None:
        deviation = values.std(axis=0)
    else:
        mean = np.average(values, axis=0, weights=weights)
        deviation = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weights))
    return np.where(deviation > 1e-6, target / np.maximum(deviation, 1e-6), 0.0).astype(np.float32).astype(np.float64)


def scale_of(
    dense: NDArray[np.float32], settings: Settings, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Scale of the first stage's dense columns; 0 for a family that is left out."""
    scale = dense_scale(dense, settings.dense_scale, weights)
    left_out = FAMILIES.get(settings.without, ())
    return np.where(np.isin(NAMES, left_out), 0.0, scale)

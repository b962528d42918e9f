"""The first stage: labelled documents -> weights of single paragraphs, on every row and without each fold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from unstuff.features import NAMES, Extractor
from unstuff.fit.design import design_matrix, extract_in_batches, scale_of
from unstuff.fit.importance import importance_of
from unstuff.fit.rows import paragraph_rows
from unstuff.fit.settings import Settings
from unstuff.fit.stages import fit_paragraphs, passes_end_a_fit
from unstuff.fit.usable import check_folds
from unstuff.labels import Labelled
from unstuff.model import ParagraphModel

Say = Callable[[str], None]


def silent(line: str) -> None:
    """Say nothing."""


class ParagraphStages(NamedTuple):
    """First stages without their word stage."""

    every: ParagraphModel  # fitted on every row
    without: list[ParagraphModel]  # fitted without each fold
    importance: NDArray[np.uint8]  # (N_BUCKETS,) of the weights, as stored


class Design(NamedTuple):
    """Every row of the first stage."""

    matrix: sparse.csr_matrix
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]
    fold: NDArray[np.int64]
    scale: NDArray[np.float64]


def fit_paragraph_stages(
    documents: Sequence[Labelled],
    fold: NDArray[np.int64],
    extractor: Extractor,
    settings: Settings,
    n_jobs: int = 1,
    say: Say = silent,
) -> ParagraphStages:
    """The first stage on every row, then without each fold; -1 is the fold of what every fold may fit on.

    Each fit has one thread: sums in another order would end in other numbers.
    """
    design = design_of(documents, fold, extractor, settings, say)

    def fit_without(k: int) -> ParagraphModel:
        say("paragraph stage: all rows" if k < 0 else f"paragraph stage: fold {k + 1} of {settings.n_folds}")
        use = np.flatnonzero(design.fold != k)
        rows = design.matrix[use], design.labels[use], design.weights[use]
        return fit_paragraphs(*rows, design.scale, settings)[1]

    every = -2  # no document has this fold
    with threadpool_limits(limits=1), passes_end_a_fit():
        numbers = [every, *range(settings.n_folds)]
        first, *others = Parallel(n_jobs=n_jobs, prefer="threads")(delayed(fit_without)(k) for k in numbers)
    importance = importance_of(design.matrix, design.labels, design.weights)[len(NAMES) :]
    return ParagraphStages(first, others, importance)


def mean_of(fits: Sequence[ParagraphStages]) -> ParagraphStages:
    """The mean of fits to rows drawn anew, fold by fold: its raw log-odds are the mean of theirs, at the price of one.

    Source: Zinkevich et al., "Parallelized stochastic gradient descent" (NIPS 2010), who average linear models of
    shares of the rows. The importance is that of the first fit.
    """
    if len(fits) == 1:
        return fits[0]
    without = [_mean(list(models)) for models in zip(*(fit.without for fit in fits), strict=True)]
    return ParagraphStages(_mean([fit.every for fit in fits]), without, fits[0].importance)


def _mean(models: Sequence[ParagraphModel]) -> ParagraphModel:
    """Weights rounded as they are stored."""
    grams = np.mean([model.gram_weights for model in models], axis=0).astype(np.float16).astype(np.float64)
    dense = np.mean([model.dense_weights for model in models], axis=0).astype(np.float32).astype(np.float64)
    return ParagraphModel(grams, dense, float(np.mean([model.intercept for model in models])))


def design_of(
    documents: Sequence[Labelled], fold: NDArray[np.int64], extractor: Extractor, settings: Settings, say: Say = silent
) -> Design:
    """Paragraphs and merged runs of the documents as rows."""
    rows_by_document = [paragraph_rows([document], extractor) for document in documents]
    sizes = [len(rows.labels) for rows in rows_by_document]
    labels, fold_of_row = np.concatenate([rows.labels for rows in rows_by_document]), np.repeat(fold, sizes)
    check_folds(labels, fold_of_row, settings.n_folds)
    paragraphs = [p for rows in rows_by_document for p in rows.paragraphs]
    say(f"features of {len(paragraphs):,} paragraphs and runs")
    dense = np.concatenate(
        [part.toarray() for part in extract_in_batches(paragraphs, extractor, lambda f: sparse.csr_matrix(f.dense))]
    )
    scale = scale_of(dense, settings)
    parts = extract_in_batches(paragraphs, extractor, lambda features: design_matrix(features, scale, settings.without))
    return Design(
        sparse.vstack(parts, format="csr"),
        labels,
        np.concatenate([rows.weights for rows in rows_by_document]),
        fold_of_row,
        scale,
    )

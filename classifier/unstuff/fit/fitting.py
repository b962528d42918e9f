"""Every stage and every fold: labelled documents -> a model's numbers, with scores that no document was fitted on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from unstuff import measure
from unstuff.features import NAMES, Extractor
from unstuff.fit.design import design_matrix, extract_in_batches, scale_of
from unstuff.fit.importance import importance_of
from unstuff.fit.rows import ContextRows, concatenate, context_rows, join_word_rows, paragraph_rows, word_rows
from unstuff.fit.settings import Settings
from unstuff.fit.stages import PageStage, fit_context, fit_paragraphs, fit_words
from unstuff.labels import Labelled
from unstuff.model import Model, ParagraphModel

Say = Callable[[str], None]


def _silent(line: str) -> None:
    """Say nothing."""


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
    importance: NDArray[np.uint8]  # (N_BUCKETS,) of the weights, as stored


class _Design(NamedTuple):
    """Every row of the first stage."""

    matrix: sparse.csr_matrix
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]
    fold: NDArray[np.int64]
    scale: NDArray[np.float64]


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
    say: Say = _silent,
) -> Fitted:
    """Fit both stages, and the word stage between them.

    ``alone`` are the documents of the first stage, ``paged`` those of the second; ``*_fold`` gives the fold of each,
    -1 for generated documents that every fold may fit on. Documents of one group must share a fold. The word stage is
    fitted on the undecided paragraphs of ``paged`` and of ``undelimited``: lists without separators, alone and glued to
    prose, injected and honest. Each fit has one thread: sums in another order would end in other numbers.
    """
    with threadpool_limits(limits=1):
        design = _design(alone, alone_fold, extractor, settings, say)
        (estimator, first), *others = _first_stages(design, settings, n_jobs, say)
        first_stages = [paragraph for _, paragraph in others]
        glued_fold = np.zeros(0, np.int64) if undelimited_fold is None else undelimited_fold
        undecided = [
            word_rows(
                [*_of_fold(paged, paged_fold, k), *_of_fold(undelimited, glued_fold, k)], extractor, own, settings
            )
            for k, own in enumerate(first_stages)
        ]
        folds = []
        for k, own in enumerate(first_stages):
            say(f"page stage: fold {k + 1} of {len(first_stages)}")
            rest = join_word_rows([rows for j, rows in enumerate(undecided) if j != k])
            paragraph = own._replace(words=fit_words(rest, settings))
            folds.append(Fold(paragraph, context_rows(_of_fold(paged, paged_fold, k), extractor, paragraph)))
        fold_pages = [
            fit_context(concatenate([other.rows for j, other in enumerate(folds) if j != k]), settings)
            for k in range(len(folds))
        ]
        page = fit_context(concatenate([each.rows for each in folds]), settings)
        paragraph = first._replace(words=fit_words(join_word_rows(undecided), settings))
        importance = importance_of(design.matrix, design.labels, design.weights)[len(NAMES) :]
        return Fitted(estimator, paragraph, design.scale, page, folds, fold_pages, importance)


def _design(
    documents: Sequence[Labelled], fold: NDArray[np.int64], extractor: Extractor, settings: Settings, say: Say
) -> _Design:
    rows_by_document = [paragraph_rows([document], extractor) for document in documents]
    sizes = [len(rows.labels) for rows in rows_by_document]
    paragraphs = [p for rows in rows_by_document for p in rows.paragraphs]
    say(f"features of {len(paragraphs):,} paragraphs and runs")
    dense = np.concatenate(
        [part.toarray() for part in extract_in_batches(paragraphs, extractor, lambda f: sparse.csr_matrix(f.dense))]
    )
    scale = scale_of(dense, settings)
    bare = settings.without == "ngrams"
    parts = extract_in_batches(paragraphs, extractor, lambda features: design_matrix(features, scale, bare))
    return _Design(
        sparse.vstack(parts, format="csr"),
        np.concatenate([rows.labels for rows in rows_by_document]),
        np.concatenate([rows.weights for rows in rows_by_document]),
        np.repeat(fold, sizes),
        scale,
    )


def _first_stages(
    design: _Design, settings: Settings, n_jobs: int, say: Say
) -> list[tuple[LogisticRegression, ParagraphModel]]:
    """The first stage on every row, then without each fold."""

    def fit_without(k: int) -> tuple[LogisticRegression, ParagraphModel]:
        say("paragraph stage: all rows" if k < 0 else f"paragraph stage: fold {k + 1} of {settings.n_folds}")
        use = np.flatnonzero(design.fold != k)
        return fit_paragraphs(design.matrix[use], design.labels[use], design.weights[use], design.scale, settings)

    every = -2  # no document has this fold
    numbers = [every, *range(settings.n_folds)]
    return list(Parallel(n_jobs=n_jobs, prefer="threads")(delayed(fit_without)(k) for k in numbers))


def _of_fold(documents: Sequence[Labelled], fold: NDArray[np.int64], k: int) -> list[Labelled]:
    return [document for document, of in zip(documents, fold.tolist(), strict=True) if of == k]


def model_of(fitted: Fitted, extractor: Extractor, name: str, points: Mapping[str, float]) -> Model:
    """The model fitted on every document."""
    return Model(
        name, extractor, fitted.paragraph, fitted.page.weights, fitted.page.intercept, points,
        importance=fitted.importance,
    )  # fmt: skip


def fold_model(fitted: Fitted, extractor: Extractor, k: int) -> Model:
    """The model that was fitted without fold k in either stage."""
    page = fitted.fold_pages[k]
    return Model(f"without fold {k}", extractor, fitted.folds[k].paragraph, page.weights, page.intercept, {})


def out_of_fold(
    fitted: Fitted, extractor: Extractor, documents: Sequence[Labelled], fold: NDArray[np.int64]
) -> measure.Result:
    """Every document scored by the model that was fitted without its fold; documents in order of folds."""
    parts = []
    for k in range(len(fitted.folds)):
        own = np.flatnonzero(fold == k)
        part = measure.read(fold_model(fitted, extractor, k), [documents[i] for i in own.tolist()])
        parts.append(part._replace(document=own[part.document]))
    return measure.join(parts)

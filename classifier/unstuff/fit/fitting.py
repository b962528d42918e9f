"""Every stage and every fold: labelled documents -> a model's numbers, with scores that no document was fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from unstuff import measure
from unstuff.features import Extractor
from unstuff.fit.paragraph_stages import ParagraphStages, Say, fit_paragraph_stages, silent
from unstuff.fit.rows import ContextRows, concatenate, context_rows, join_word_rows, word_rows
from unstuff.fit.settings import Settings
from unstuff.fit.stages import PageStage, fit_context, fit_words
from unstuff.labels import Labelled
from unstuff.model import Model, ParagraphModel


class Fold(NamedTuple):
    """One fold: the first stage fitted without it, and what that stage reads in its documents."""

    paragraph: ParagraphModel
    rows: ContextRows


class Fitted(NamedTuple):
    """A fit with its out-of-fold scores."""

    paragraph: ParagraphModel
    page: PageStage
    folds: list[Fold]
    fold_pages: list[PageStage]  # second stages fitted without each fold
    importance: NDArray[np.uint8]  # (N_BUCKETS,) of the weights, as stored


def fit(
    alone: Sequence[Labelled],
    alone_fold: NDArray[np.int64],
    paged: Sequence[Labelled],
    paged_fold: NDArray[np.int64],
    extractor: Extractor,
    settings: Settings,
    n_jobs: int = 1,
    say: Say = silent,
) -> Fitted:
    """Fit both stages, and the word stage between them.

    ``alone`` are the documents of the first stage, ``paged`` those of the second; ``*_fold`` gives the fold of each,
    -1 for generated documents that every fold may fit on. Documents of one group must share a fold.
    """
    first = fit_paragraph_stages(alone, alone_fold, extractor, settings, n_jobs, say)
    return fit_upon(first, paged, paged_fold, extractor, settings, say=say)


def fit_upon(
    first: ParagraphStages,
    paged: Sequence[Labelled],
    paged_fold: NDArray[np.int64],
    extractor: Extractor,
    settings: Settings,
    undelimited: Sequence[Labelled] = (),
    undelimited_fold: NDArray[np.int64] | None = None,
    say: Say = silent,
) -> Fitted:
    """Fit the word stage and the page stage upon first stages.

    The word stage is fitted on the undecided paragraphs of ``paged`` and of ``undelimited``: lists without separators,
    alone and glued to prose, injected and honest. Each fit has one thread: sums in another order would end in other
    numbers.
    """
    with threadpool_limits(limits=1):
        glued_fold = np.zeros(0, np.int64) if undelimited_fold is None else undelimited_fold
        undecided = [
            word_rows(
                [*_of_fold(paged, paged_fold, k), *_of_fold(undelimited, glued_fold, k)], extractor, own, settings
            )
            for k, own in enumerate(first.without)
        ]
        folds = []
        for k, own in enumerate(first.without):
            say(f"page stage: fold {k + 1} of {len(first.without)}")
            rest = join_word_rows([rows for j, rows in enumerate(undecided) if j != k])
            paragraph = own._replace(words=fit_words(rest, settings))
            folds.append(Fold(paragraph, context_rows(_of_fold(paged, paged_fold, k), extractor, paragraph)))
        page, fold_pages = fit_pages([fold.rows for fold in folds], settings)
        paragraph = first.every._replace(words=fit_words(join_word_rows(undecided), settings))
        return Fitted(paragraph, page, folds, fold_pages, first.importance)


def fit_pages(rows: Sequence[ContextRows], settings: Settings) -> tuple[PageStage, list[PageStage]]:
    """The page stage on the rows of all folds, and those without each."""
    without = (concatenate([other for j, other in enumerate(rows) if j != k]) for k in range(len(rows)))
    return fit_context(concatenate(rows), settings), [fit_context(rest, settings) for rest in without]


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

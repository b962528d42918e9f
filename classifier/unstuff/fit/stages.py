"""The three logistic regressions, each with its weights rounded as they are stored."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from unstuff.features import NAMES, words
from unstuff.fit.design import counted, dense_scale
from unstuff.fit.rows import ContextRows, WordRows
from unstuff.fit.settings import Settings
from unstuff.model import ParagraphModel, WordStage
from unstuff.stages import logit


def fit_paragraphs(
    design: sparse.csr_matrix,
    labels: NDArray[np.bool_],
    weights: NDArray[np.float64],
    scale: NDArray[np.float64],
    settings: Settings,
) -> tuple[LogisticRegression, ParagraphModel]:
    """The first stage: the estimator, its weights rounded as they are stored, and the model that serves them."""
    estimator = _estimator(len(labels), settings)
    estimator.fit(design, labels, sample_weight=weights)
    n_dense = len(NAMES)
    coefficients = estimator.coef_[0].astype(np.float64)
    dense = (coefficients[:n_dense] * scale).astype(np.float32).astype(np.float64)
    grams = coefficients[n_dense:].astype(np.float16).astype(np.float64)
    estimator.coef_ = np.concatenate((_unscaled(dense, scale), grams))[None, :]
    estimator.intercept_ = estimator.intercept_.astype(np.float64)
    return estimator, ParagraphModel(grams, dense, float(estimator.intercept_[0]))


def _estimator(n_rows: int, settings: Settings) -> LogisticRegression:
    """Few rows are fitted to the tolerance; many by passes of dual coordinate descent, in a quarter of the time.

    Source of the descent: Yu, Huang and Lin, "Dual coordinate descent methods for logistic regression and maximum
    entropy models" (Machine Learning 85, 2011), as LIBLINEAR has it.
    """
    if n_rows < settings.many_rows:
        return LogisticRegression(
            C=settings.c_paragraph, solver="lbfgs", max_iter=settings.max_iterations, tol=settings.tolerance
        )
    # LIBLINEAR penalises the intercept as well, by its share of this scale; without tolerance it makes every pass.
    return LogisticRegression(
        C=settings.c_paragraph,
        solver="liblinear",
        dual=True,
        max_iter=settings.n_passes,
        tol=1e-12,
        intercept_scaling=10.0,
        random_state=0,
    )


@contextmanager
def passes_end_a_fit() -> Iterator[None]:
    """Say nothing of fits that end by their number of passes. Filters are those of all threads: none may enter it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Liblinear failed to converge", ConvergenceWarning)
        yield


class PageStage(NamedTuple):
    """The second stage: the estimator over scaled rows, and the numbers that serve it."""

    estimator: LogisticRegression
    scale: NDArray[np.float64]  # (len(context.NAMES),)
    weights: NDArray[np.float64]  # (len(context.NAMES),) of unscaled rows
    intercept: float


def fit_context(rows: ContextRows, settings: Settings) -> PageStage:
    """Fit the second stage, calibrated for the stated prevalence; weights rounded as they are stored.

    With ``fitted_prevalence`` it is fitted where blocks are not rare, and moved to the prevalence by the difference of
    the log-odds (King and Zeng, "Logistic Regression in Rare Events Data", Political Analysis 9, 2001): at 1 % the fit
    is all of content.
    """
    scale = dense_scale(rows.rows, 1.0)
    if settings.without == "context":
        scale[1:] = 0.0  # all but the raw log-odds
    positive = rows.weights[rows.labels].sum()
    negative = rows.weights[~rows.labels].sum()
    fitted = settings.fitted_prevalence or settings.prevalence
    prior = np.where(rows.labels, fitted / positive, (1 - fitted) / negative)
    weights = rows.weights * prior * len(rows.labels)
    # At 1e-4 it ends after some 20 of 60 iterations, with weights that differ from draw to draw.
    tolerance = 1e-7 if settings.fitted_prevalence else 1e-4
    estimator = LogisticRegression(C=settings.c_context, solver="lbfgs", max_iter=1000, tol=tolerance)
    estimator.fit(rows.rows * scale, rows.labels, sample_weight=weights)
    estimator.intercept_ += logit(settings.prevalence) - logit(fitted)
    stored = (estimator.coef_[0] * scale).astype(np.float32).astype(np.float64)
    estimator.coef_ = _unscaled(stored, scale)[None, :]
    return PageStage(estimator, scale, stored, float(estimator.intercept_[0]))


def _unscaled(weights: NDArray[np.float64], scale: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(weights, scale, out=np.zeros_like(weights), where=scale > 0)


def fit_words(rows: WordRows, settings: Settings) -> WordStage | None:
    """Fit the word stage, weights rounded as they are stored; None without rows of both labels, or if left out."""
    if settings.without == "words" or len(np.unique(rows.labels)) < 2:
        return None
    dense = np.column_stack((rows.raw_logits, rows.words.dense)).astype(np.float32)
    scale = dense_scale(dense, 1.0)
    words_of_runs = counted(
        rows.words.buckets, np.diff(rows.words.bounds), rows.words.occurrence_weight, words.N_WORD_BUCKETS
    )
    design = sparse.hstack((sparse.csr_matrix(dense * scale), words_of_runs), format="csr")
    estimator = LogisticRegression(C=settings.c_words, solver="lbfgs", max_iter=1000)
    estimator.fit(design, rows.labels, sample_weight=rows.weights)
    coefficients = estimator.coef_[0].astype(np.float64)
    stored = (coefficients[: len(scale)] * scale).astype(np.float32).astype(np.float64)
    buckets = coefficients[len(scale) :].astype(np.float16).astype(np.float64)
    return WordStage(*settings.band, float(stored[0]), stored[1:], buckets, float(estimator.intercept_[0]))

"""scikit-learn: figures of documents as features, in a ``Pipeline`` or a ``ColumnTransformer``."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from unstuff.errors import InputError
from unstuff.filter import Filter, several
from unstuff.integrations import scoring
from unstuff.integrations.scoring import Outcome

NAMES = ("n_paragraphs", "n_flagged", "flagged_share", "max_score", "mean_score")


class KeywordBlockFeatures(TransformerMixin, BaseEstimator):
    """Texts (n,) -> float64 (n, 5): ``NAMES``, of which ``flagged_share`` is of the non-space characters.

    Parameters
    ----------
    html
        Texts are HTML pages, str or bytes; their addresses are not known.
    model, point, threshold, gazetteer
        As in :class:`unstuff.Filter`.

    Nothing is learnt from the texts: ``fit`` loads the model into ``filter_``. A document that cannot be scored, None
    included, is a row of NaN; one without paragraphs has scores of 0. A
    warning says why where none could be.
    """

    def __init__(
        self,
        *,
        html: bool = False,
        model: str | None = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: str | None = None,
    ) -> None:
        self.html = html
        self.model = model
        self.point = point
        self.threshold = threshold
        self.gazetteer = gazetteer

    def fit(self, X: Any = None, y: Any = None) -> KeywordBlockFeatures:  # noqa: N803
        """Load the model. Raises :class:`InputError` and :class:`ModelError` as :class:`unstuff.Filter` does."""
        self.filter_ = Filter(self.model, self.point, self.threshold, self.gazetteer)
        return self

    def transform(self, X: Iterable[object]) -> NDArray[np.float64]:  # noqa: N803
        """Features of texts: a list, an array, a Series, or one column of an array or frame."""
        check_is_fitted(self)
        outcomes = scoring.score(self.filter_, _column(X), html=self.html)
        _warn_of_none(outcomes)
        return np.array([_row(outcome) for outcome in outcomes], np.float64).reshape(-1, len(NAMES))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """``NAMES``, whatever the texts' column is called."""
        return np.array(NAMES, object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.input_tags.allow_nan = True
        tags.requires_fit = True
        return tags


def _column(texts: Any) -> list[object]:
    shape: tuple[int, ...] = getattr(texts, "shape", ())
    if len(shape) > 2:
        raise InputError(f"an array of shape {shape} was given; give one column of texts")
    if len(shape) == 2:
        if shape[1] != 1:
            raise InputError(f"{shape[1]} columns were given; choose the one with texts")
        if hasattr(texts, "__array__"):
            texts = np.asarray(texts, object)[:, 0]
    return list(several(texts, "text"))


def _warn_of_none(outcomes: Sequence[Outcome]) -> None:
    """Say why where no document could be scored: the column is the wrong one rather than all of its rows."""
    errors = [outcome.error for outcome in outcomes if outcome.page is None and outcome.error != scoring.NULL]
    if errors and all(outcome.page is None for outcome in outcomes):
        advice = "give a list of str, with html=True also of bytes"
        warnings.warn(f"none of {len(outcomes)} texts could be scored: one {errors[0]}; {advice}", stacklevel=3)


def _row(outcome: Outcome) -> tuple[float, ...]:
    if outcome.page is None:
        return (np.nan,) * len(NAMES)
    scores = [verdict.score for verdict in outcome.verdicts] or [0.0]
    counts = len(outcome.verdicts), len(outcome.found)
    return *counts, outcome.flagged_share, max(scores), sum(scores) / len(scores)

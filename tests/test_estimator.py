"""The classifier is one of scikit-learn's, and serves what it fitted."""

from __future__ import annotations

from typing import Any

import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted, validate_data

from unstuff import Filter
from unstuff.fit import KeywordBlockClassifier

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
EXTRACTOR = Filter().model.extractor


class OfNumbers(KeywordBlockClassifier):
    """Reads a row of numbers as a text, so that scikit-learn's checks, which give numbers, have something to check."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> OfNumbers:  # noqa: N803
        super().fit(_texts(validate_data(self, X, ensure_min_samples=2)), y, sample_weight)
        return self

    def decision_function(self, X: Any) -> Any:  # noqa: N803
        check_is_fitted(self)
        return super().decision_function(_texts(validate_data(self, X, reset=False)))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array, tags.input_tags.two_d_array = False, True
        return tags


def _texts(rows: Any) -> list[str]:
    return [" ".join(f"{'abcdefghij'[i % 10]}{round(float(x))}" for i, x in enumerate(row)) for row in rows]


@parametrize_with_checks([OfNumbers(max_iter=20), KeywordBlockClassifier(max_iter=20)])
def test_it_is_an_estimator_as_others_are(estimator: Any, check: Any) -> None:
    check(estimator)

"""The first stage, and the sums of both: arrays -> log-odds.

Rows are summed one by one in float64 and never by BLAS: what a document gets does not depend on the batch it came in.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import Features


class ParagraphModel(NamedTuple):
    """The first stage: log-odds that a paragraph, seen alone, is a keyword block."""

    gram_weights: NDArray[np.float64]  # (N_BUCKETS,)
    dense_weights: NDArray[np.float64]  # (len(features.NAMES),)
    intercept: float

    def logits(self, features: Features) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,)."""
        dense = linear(features.dense, self.dense_weights, self.intercept)
        return dense + features.grams.weigh(self.gram_weights)


def linear(rows: NDArray[np.float32], weights: NDArray[np.float64], intercept: float) -> NDArray[np.float64]:
    """Rows times weights plus intercept, each row summed by itself."""
    return np.asarray(np.add.reduce(rows * weights, axis=1) + intercept, np.float64)


def sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of log-odds, without overflow."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)

"""The first stage, its look at words, and the sums of both stages: arrays -> log-odds.

Rows are summed one by one in float64 and never by BLAS: what a document gets does not depend on the batch it came in.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import Extractor, Features, words
from unstuff.features.batch import Batch

_EDGE = 1e-12  # log-odds of 0 and 1 have no end


class Allowance:
    """How many code points of one document may still be cut into words; ``exceeded`` says whether it was too few."""

    def __init__(self, n_chars: int) -> None:
        self.n_chars = n_chars
        self.exceeded = False

    def take(self, n_chars: NDArray[np.int64]) -> int:
        """How many of the paragraphs of these lengths fit, from the first on; what they take is gone."""
        taken = np.cumsum(n_chars)
        n = int(np.searchsorted(taken, self.n_chars, "right"))
        self.exceeded |= n < len(taken)
        self.n_chars -= int(taken[n - 1]) if n else 0
        return n


class WordStage(NamedTuple):
    """What segmentation adds to the raw log-odds of undelimited paragraphs between ``low`` and ``high``.

    It never takes away: a paragraph found without it stays found, and nothing falls off at the band's upper end.
    """

    low: float
    high: float
    raw_weight: float
    dense_weights: NDArray[np.float64]  # (len(words.NAMES),)
    bucket_weights: NDArray[np.float64]  # (words.N_WORD_BUCKETS,)
    intercept: float

    def undecided(self, batch: Batch, raw_logits: NDArray[np.float64]) -> NDArray[np.int64]:
        """Numbers of the paragraphs that are sent on."""
        in_band = (raw_logits >= self.low) & (raw_logits <= self.high)
        return np.flatnonzero(in_band & words.is_undelimited(batch)) if in_band.any() else np.zeros(0, np.int64)

    def logits(self, found: words.Words, raw_logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of the paragraphs sent on, (n,), by their words and their raw log-odds."""
        dense = linear(found.dense, self.dense_weights, self.intercept)
        return dense + found.weigh(self.bucket_weights) + self.raw_weight * raw_logits

    def correct(
        self,
        batch: Batch,
        raw_logits: NDArray[np.float64],
        extractor: Extractor,
        allowance: Allowance | None = None,
    ) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,), raised where the words of an undecided paragraph speak for a keyword block."""
        rows = self.undecided(batch, raw_logits)
        if allowance is not None:
            rows = rows[: allowance.take(batch.n_chars[rows])]
        if not len(rows):
            return raw_logits
        corrected = raw_logits.copy()
        corrected[rows] = np.maximum(self.logits(extractor.words(batch, rows), raw_logits[rows]), raw_logits[rows])
        return corrected


class ParagraphModel(NamedTuple):
    """The first stage: log-odds that a paragraph, seen alone, is a keyword block."""

    gram_weights: NDArray[np.float64]  # (N_BUCKETS,)
    dense_weights: NDArray[np.float64]  # (len(features.NAMES),)
    intercept: float
    words: WordStage | None = None  # reads the paragraphs that the n-grams leave undecided

    def logits(self, features: Features, of_grams: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,); ``of_grams`` is what the buckets weigh in them, where it is at hand."""
        dense = linear(features.dense, self.dense_weights, self.intercept)
        return dense + (features.grams.weigh(self.gram_weights) if of_grams is None else of_grams)

    def correct(
        self,
        batch: Batch,
        raw_logits: NDArray[np.float64],
        extractor: Extractor,
        allowance: Allowance | None = None,
    ) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,) after the word stage, if there is one."""
        return raw_logits if self.words is None else self.words.correct(batch, raw_logits, extractor, allowance)


def linear(rows: NDArray[np.float32], weights: NDArray[np.float64], intercept: float) -> NDArray[np.float64]:
    """Rows times weights plus intercept, each row summed by itself."""
    return np.asarray(np.add.reduce(rows * weights, axis=1) + intercept, np.float64)


def logit(probability: float) -> float:
    """Log-odds of a probability, finite also at 0 and 1."""
    bounded = min(max(probability, _EDGE), 1.0 - _EDGE)
    return math.log(bounded / (1.0 - bounded))


def sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of log-odds, without overflow."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)

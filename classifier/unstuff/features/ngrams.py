"""Hashed character n-grams of a whole batch, by the hashing trick over normalised code points.

Owns the bucket function and the weight of an occurrence; fitting takes the buckets as a sparse matrix, serving
gathers their weights. There is no vocabulary: any text of any script has buckets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features.batch import Batch

N_MAX = 4
BITS = 18
N_BUCKETS = 1 << BITS
_MULTIPLIER = np.uint32(0x9E3779B1)  # 2^32 over the golden ratio (Knuth, TAOCP 6.4), and prime
_MIX = np.uint32(0x85EBCA6B)  # from MurmurHash3's finaliser


class Grams(NamedTuple):
    """The 1- to 4-grams of a batch: bucket k of row n-1 is the n-gram that begins at code point k."""

    buckets: NDArray[np.uint32]  # (N_MAX, n_chars), values below N_BUCKETS
    starts: NDArray[np.int64]  # (n_paragraphs,)
    ends: NDArray[np.int64]  # (n_paragraphs,)

    @property
    def occurrence_weight(self) -> NDArray[np.float64]:
        """Value of one occurrence in each paragraph: one over the root of its code points, (n_paragraphs,).

        Between a sum, which lets long text be sure of anything, and a mean, which lets it be sure of nothing.
        """
        return np.asarray(1.0 / np.sqrt(np.maximum(self.ends - self.starts, 1)), np.float64)

    def weigh(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of each paragraph's bucket weights times the value of an occurrence, (n_paragraphs,)."""
        if not len(self.starts):
            return np.empty(0)
        per_char = weights[self.buckets[0]]
        for row in self.buckets[1:]:
            per_char += weights[row]
        return sum_between(per_char, self.starts, self.ends) * self.occurrence_weight


def extract(batch: Batch) -> Grams:
    """The n-grams of every paragraph. Those that reach past its end are closed by padding, as an end mark."""
    codes = batch.codes
    buckets = np.empty((N_MAX, len(codes)), np.uint32)
    rolling = np.zeros(len(codes), np.uint32)
    for n in range(N_MAX):
        rolling *= _MULTIPLIER
        rolling[: len(codes) - n] += codes[n:]
        mixed = (rolling ^ (rolling >> np.uint32(15))) * _MIX
        buckets[n] = mixed >> np.uint32(32 - BITS)
    return Grams(buckets, batch.starts, batch.ends)


def sum_between(values: NDArray[np.float64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum of values[start:end] for ascending, disjoint spans that leave padding between them; 0 where empty.

    ``reduceat`` sums each span by itself, so that a sum does not depend on what else is in the batch.
    """
    bounds = np.stack((starts, ends), axis=1).ravel()
    return np.where(ends > starts, np.add.reduceat(values, bounds)[::2], 0.0)

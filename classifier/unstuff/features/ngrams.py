"""Hashed character n-grams, words and edges of items of a whole batch: the hashing trick over code points.

Owns the bucket functions and the weight of an occurrence; fitting takes the buckets as a sparse matrix, serving
gathers their weights. There is no vocabulary: any text of any script has buckets.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import edges
from unstuff.features.batch import Batch

N_MAX = 4
BITS = 18
N_GRAM_BUCKETS = 1 << BITS
WORD_BITS = 17
EDGE_BITS = 17
# Buckets of n-grams, then buckets of words, then buckets of edges.
_FIRST_EDGE_BUCKET = N_GRAM_BUCKETS + (1 << WORD_BITS)
N_BUCKETS = _FIRST_EDGE_BUCKET + (1 << EDGE_BITS)
# A word or an edge counts as much as so many n-grams: it is one row of the table where its letters are dozens.
WORD_VALUE = 3.0
_MULTIPLIER = np.uint32(0x9E3779B1)  # 2^32 over the golden ratio (Knuth, TAOCP 6.4), and prime
_MIX = np.uint32(0x85EBCA6B)  # from MurmurHash3's finaliser
_PAIR = np.uint64(0x9E3779B97F4A7C15)


class Grams(NamedTuple):
    """The 1- to 4-grams of a batch, its words of alphabets, alone and in pairs, and the edges of its items.

    Bucket k of row n-1 is the n-gram that begins at code point k.
    """

    buckets: NDArray[np.uint32]  # (N_MAX, n_chars), values below N_GRAM_BUCKETS
    starts: NDArray[np.int64]  # (n_paragraphs,)
    ends: NDArray[np.int64]  # (n_paragraphs,)
    words: NDArray[np.uint32]  # (n_words,) buckets of words and pairs, in order, from N_GRAM_BUCKETS on
    word_bounds: NDArray[np.int64]  # (n_paragraphs + 1,) words[bounds[i]:bounds[i + 1]] are those of paragraph i
    edges: NDArray[np.uint32]  # (n_edges,) buckets, from the last of the words on
    edge_paragraph: NDArray[np.int64]  # (n_edges,)

    @property
    def occurrence_weight(self) -> NDArray[np.float64]:
        """Value of one occurrence in each paragraph: one over the root of its code points, (n_paragraphs,).

        Between a sum, which lets long text be sure of anything, and a mean, which lets it be sure of nothing.
        """
        return np.asarray(1.0 / np.sqrt(np.maximum(self.ends - self.starts, 1)), np.float64)

    def per_char(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the weights of the n-grams that begin at each code point, (n_chars,)."""
        sums: NDArray[np.float64] = weights.take(self.buckets[0], mode="clip")
        for row in self.buckets[1:]:
            sums += weights.take(row, mode="clip")
        return sums

    def weigh(self, weights: NDArray[np.float64], per_char: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Sum of each paragraph's bucket weights times the value of an occurrence, (n_paragraphs,).

        ``per_char`` is that of the same weights, where it is at hand.
        """
        if not len(self.starts):
            return np.empty(0)
        of_grams = sum_between(self.per_char(weights) if per_char is None else per_char, self.starts, self.ends)
        per_word = np.append(weights.take(self.words, mode="clip"), 0.0)
        of_words = sum_between(per_word, self.word_bounds[:-1], self.word_bounds[1:])
        # Adds up in the order of each paragraph's own edges, whatever the batch.
        of_edges = np.bincount(self.edge_paragraph, weights.take(self.edges, mode="clip"), len(self.starts))
        return np.asarray((of_grams + WORD_VALUE * (of_words + of_edges)) * self.occurrence_weight)


def extract(batch: Batch) -> Grams:
    """The n-grams of every paragraph. Those that reach past its end are closed by padding, as an end mark."""
    if not len(batch):
        none = np.empty(0, np.uint32)
        nowhere = np.empty(0, np.int64)
        return Grams(none.reshape(N_MAX, 0), batch.starts, batch.ends, none, np.zeros(1, np.int64), none, nowhere)
    found = edges.find(batch)
    own = edge_buckets(found.hashes), found.paragraph
    return Grams(ngram_buckets(batch.codes), batch.starts, batch.ends, *_words(batch), *own)


def ngram_buckets(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Buckets (N_MAX, n_chars) of the n-grams that begin at each code point."""
    buckets = np.empty((N_MAX, len(codes)), np.uint32)
    rolling = np.zeros(len(codes), np.uint32)
    for n in range(N_MAX):
        rolling *= _MULTIPLIER
        rolling[: len(codes) - n] += codes[n:]
        mixed = buckets[n]
        np.right_shift(rolling, np.uint32(15), out=mixed)
        mixed ^= rolling
        mixed *= _MIX
        mixed >>= np.uint32(32 - BITS)
    return buckets


def _words(batch: Batch) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Buckets of each word and of each pair of neighbours, and where those of each paragraph begin."""
    hashes, paragraph = batch.word_hashes, batch.words.paragraph
    paired = np.zeros(len(hashes), bool)
    paired[1:] = paragraph[1:] == paragraph[:-1]
    pairs = np.flatnonzero(paired)
    both = (hashes[pairs - 1] * _PAIR) ^ hashes[pairs]
    slots = np.arange(len(hashes)) + np.cumsum(paired)
    found = np.empty(len(hashes) + len(pairs), np.uint32)
    found[slots] = word_buckets(hashes)
    found[slots[pairs] - 1] = word_buckets(both)
    # Every word but a paragraph's first makes a pair with the one before it.
    n_words = batch.count(paragraph)
    counts = 2 * n_words - (n_words > 0)
    return found, np.concatenate(([0], np.cumsum(counts)))


def word_buckets(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Bucket of each word by its hash."""
    return _buckets(hashes, N_GRAM_BUCKETS, WORD_BITS)


def edge_buckets(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Bucket of each edge by its hash."""
    return _buckets(hashes, _FIRST_EDGE_BUCKET, EDGE_BITS)


def _buckets(hashes: NDArray[np.uint64], first: int, bits: int) -> NDArray[np.uint32]:
    return (np.uint64(first) + ((hashes * _PAIR) >> np.uint64(64 - bits))).astype(np.uint32)


def sum_between(values: NDArray[np.float64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum of values[start:end] for ascending, disjoint spans; 0 where empty. No span reaches the last value.

    ``reduceat`` sums each span by itself, so that a sum does not depend on what else is in the batch.
    """
    bounds = np.stack((starts, ends), axis=1).ravel()
    return np.where(ends > starts, np.add.reduceat(values, bounds)[::2], 0.0)

"""The phrases that speak loudest for a keyword block in a paragraph, for people to read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import edges
from unstuff.features.batch import ALPHABETIC, IDEOGRAPHIC, Batch, is_alphabetic
from unstuff.features.ngrams import (
    N_GRAM_BUCKETS,
    N_MAX,
    WORD_VALUE,
    edge_buckets,
    ngram_buckets,
    sum_between,
    word_buckets,
)
from unstuff.normalise import N_CLASSES, CharClass

# Words up to so many letters are told whole; of longer ones, as in Thai, which has no spaces, n-grams.
_MAX_WORD_CHARS = 16
_LENGTHS = range(2, N_MAX + 1)
_NONE = -np.inf
_IN_PHRASES = np.isin(np.arange(N_CLASSES), (*IDEOGRAPHIC, *ALPHABETIC, CharClass.DIGIT, CharClass.SYMBOL))


class _Phrases(NamedTuple):
    """Phrases by where they begin: a row for the n-grams of each length, then one for whole words."""

    weights: NDArray[np.float64]  # (N_MAX, n_chars), -inf where none begins that speaks for a keyword block
    buckets: NDArray[np.uint32]  # (N_MAX, n_chars)
    word_chars: NDArray[np.int64]  # (n_chars,)

    def n_chars(self, row: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Length of some phrases."""
        return np.where(row == len(_LENGTHS), self.word_chars[at], row + _LENGTHS.start)


def describe(batch: Batch, weights: NDArray[np.float64], n: int = 3) -> list[str]:
    """Evidence in words, one a paragraph: its n heaviest phrases, heaviest first, none overlapping."""
    if not len(batch):
        return []
    text = batch.codes.tobytes().decode("utf-32-le", "surrogatepass")
    phrases = _phrases(batch, weights)
    taken: list[list[str]] = [[] for _ in range(len(batch))]
    sizes = np.diff(np.append(batch.starts, len(batch.codes)))
    paragraph = np.repeat(np.arange(len(batch)), sizes)
    for _ in range(n):
        heaviest = phrases.weights.max(axis=0)
        most = np.maximum.reduceat(heaviest, batch.starts)
        rows = np.flatnonzero(most > _NONE)
        hits = np.flatnonzero((heaviest == most[paragraph]) & (heaviest > _NONE))
        at = hits[np.searchsorted(hits, batch.starts[rows])]
        # Of equals the longest.
        kind = N_MAX - 1 - phrases.weights[::-1, at].argmax(axis=0)
        n_chars = phrases.n_chars(kind, at)
        for row, start, stop in zip(rows.tolist(), at.tolist(), (at + n_chars).tolist(), strict=True):
            taken[row].append(text[start:stop])
        _strike(phrases, kind, at, paragraph)
    return [f"most typical: {', '.join(own)}" if own else "no typical phrase" for own in taken]


def _phrases(batch: Batch, weights: NDArray[np.float64]) -> _Phrases:
    n = len(batch.codes)
    buckets = ngram_buckets(batch.codes)
    of_ngrams = weights.take(buckets, mode="clip")
    words, whole = batch.words, batch.words.n_chars <= _MAX_WORD_CHARS
    starts, n_chars = words.starts[whole], words.n_chars[whole]
    hashes = batch.word_hashes[whole]
    found = np.full((N_MAX, n), _NONE)
    found[:-1] = of_ngrams[1:]
    found[:-1][~_told(batch, starts, n_chars)] = _NONE
    of_words = sum_between(of_ngrams.sum(axis=0), starts, starts + n_chars)
    own_buckets = word_buckets(hashes)
    found[-1, starts] = of_words + WORD_VALUE * weights[own_buckets]
    _add_edges(found, batch, weights)
    found[found <= 0.0] = _NONE
    word_at = np.zeros(n, np.uint32)
    word_at[starts] = own_buckets
    word_chars = np.zeros(n, np.int64)
    word_chars[starts] = n_chars
    return _Phrases(found, np.concatenate((buckets[1:], word_at[None])), word_chars)


def _add_edges(found: NDArray[np.float64], batch: Batch, weights: NDArray[np.float64]) -> None:
    """Count the edges of items to the phrases that they are: words, or n-grams of as many characters."""
    own = edges.find(batch)
    is_word = is_alphabetic(batch.classes[own.ends - 1])
    row = np.where(is_word, len(_LENGTHS), own.ends - own.starts - _LENGTHS.start)
    np.add.at(found, (row, own.starts), WORD_VALUE * weights[edge_buckets(own.hashes)])


def _told(batch: Batch, starts: NDArray[np.int64], n_chars: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which n-grams hold letters, digits and symbols alone, and no letter of a word that is told whole."""
    steps = np.zeros(len(batch.codes) + 1, np.int64)
    steps[starts] = 1
    steps[starts + n_chars] = -1
    solid = _IN_PHRASES[batch.classes]
    solid &= np.cumsum(steps)[:-1] == 0
    inside = np.zeros((len(_LENGTHS), len(solid)), bool)
    for row, length in enumerate(_LENGTHS):
        reached = solid.copy()
        for step in range(1, length):
            reached[:-step] &= solid[step:]
        inside[row] = reached
    return inside


def _strike(phrases: _Phrases, kind: NDArray[np.int64], at: NDArray[np.int64], paragraph: NDArray[np.int64]) -> None:
    """Take out what overlaps the chosen phrases, and what reads as they do in their paragraph."""
    weights, buckets, _ = phrases
    is_word = kind == len(_LENGTHS)
    chosen, lengths = at[~is_word], kind[~is_word] + _LENGTHS.start
    for row, size in enumerate(_LENGTHS):
        for before in range(1 - size, N_MAX):
            weights[row, np.maximum(chosen[before < lengths] + before, 0)] = _NONE
    for row in range(N_MAX):
        alike = np.full(paragraph[-1] + 1, N_GRAM_BUCKETS + len(buckets), np.uint32)
        own = at[kind == row]
        alike[paragraph[own]] = buckets[row, own]
        weights[row, buckets[row] == alike[paragraph]] = _NONE

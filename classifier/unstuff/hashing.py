"""Hashes of spans of code points, and the sets and indexes that hashes and code points are looked up in.

Everything works on whole arrays. ``take`` with a mode is what makes look-ups quick: it gathers without a second pass
that checks the bounds (0.7 ns an element against 1.8 for ``table[index]``, numpy 2.4).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Whole = TypeVar("Whole", np.int64, np.uint64)

# Odd, so that it has an inverse modulo 2^64.
_HASH_BASE = np.uint64(0x9E3779B97F4A7C15)
_HASH_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
# Powers of the base are kept for arrays up to this length, a batch of half a million code points with the padding of
# its paragraphs; longer ones, a few in a crawl, compute their own.
_KEPT_POWERS = 1 << 20
# A million random keys need 9 (2026-11).
_MAX_PROBES = 256


class SpanHasher:
    """64-bit polynomial hashes of any spans of a code-point array, each in constant time."""

    def __init__(self, codes: NDArray[np.uint32]) -> None:
        powers = _powers(len(codes))
        self._inverses = powers.inverse
        terms = codes.astype(np.uint64)
        terms += np.uint64(1)
        terms *= powers.base[: len(codes)]
        self._sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(terms, out=self._sums[1:])

    def __call__(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Hashes (n,) of the half-open spans; equal text gives equal hashes, wherever it stands."""
        hashes = self._sums.take(ends, mode="clip")
        hashes -= self._sums.take(starts, mode="clip")
        hashes *= self._inverses.take(starts, mode="clip")
        hashes ^= hashes >> np.uint64(29)
        return hashes


def hash_spans(codes: NDArray[np.uint32], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
    """64-bit hash of each span of code points; spans may overlap."""
    return SpanHasher(codes)(starts, ends)


def distinct(values: NDArray[Whole]) -> NDArray[Whole]:
    """The distinct values, ascending; np.unique hashes whole numbers first, and takes six times as long (numpy 2.4)."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


class _Powers(NamedTuple):
    """Ascending powers of the base and of its inverse, from the zeroth on; the second has one more."""

    base: NDArray[np.uint64]
    inverse: NDArray[np.uint64]


def _powers(n: int) -> _Powers:
    return _kept_powers() if n <= _KEPT_POWERS else _computed_powers(n)


@lru_cache(maxsize=1)
def _kept_powers() -> _Powers:
    return _computed_powers(_KEPT_POWERS)


def _computed_powers(n: int) -> _Powers:
    base = np.full(n, _HASH_BASE, np.uint64)
    inverse = np.full(n + 1, _HASH_INVERSE, np.uint64)
    base[:1] = inverse[:1] = 1
    return _Powers(np.cumprod(base), np.cumprod(inverse))


class HashIndex:
    """Finds the row of 64-bit hashes in an array of distinct ones, in constant time.

    An open-addressed table at most an eighth full. How far a look-up may probe is settled when it is built, so that
    no choice of values makes it slow. Raises ValueError for keys that collide as only chosen or equal ones do.
    """

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self.keys = keys
        bits = len(keys).bit_length() + 3
        self._shift = np.uint64(64 - bits)
        self._rows = np.full(1 << bits, -1, np.int32)
        self._n_probes = 0
        pending, slots = np.arange(len(keys), dtype=np.int32), self._home(keys)
        while len(pending):
            self._n_probes += 1
            if self._n_probes > _MAX_PROBES:
                raise ValueError("holds hashes that were chosen to collide")
            free = self._rows[slots] < 0
            self._rows[slots[free]] = pending[free]
            left = self._rows[slots] != pending
            pending, slots = pending[left], (slots[left] + 1) % len(self._rows)

    def __len__(self) -> int:
        return len(self.keys)

    def _home(self, values: NDArray[np.uint64]) -> NDArray[np.int64]:
        return ((values * _HASH_BASE) >> self._shift).astype(np.int64)

    def find(self, values: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Row of each value, -1 where it is none of the keys."""
        if not len(self.keys):
            return np.full(len(values), -1)
        slots = self._home(values)
        rows = self._rows.take(slots).astype(np.int64)
        # An empty slot reads the last key, which is never looked for there: it would have been put there.
        other = np.flatnonzero((self.keys.take(rows, mode="wrap") != values) & (rows >= 0))
        for probe in range(1, self._n_probes):
            if not len(other):
                break
            further = self._rows[(slots[other] + probe) % len(self._rows)]
            rows[other] = further
            other = other[(further >= 0) & (self.keys[further] != values[other])]
        rows[other] = -1
        return rows

    def has(self, values: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Whether each value is one of the keys."""
        return self.find(values) >= 0


class CodeSet:
    """A set of code points, looked up for a whole array at once."""

    def __init__(self, codes: NDArray[np.uint32]) -> None:
        # One place after the largest says no for all beyond it.
        self._table = np.zeros(int(codes.max(initial=0)) + 2, bool)
        self._table[codes] = True

    @classmethod
    def of(cls, chars: str) -> CodeSet:
        """The set of a string's characters."""
        return cls(np.array(sorted(map(ord, chars)), np.uint32))

    def has(self, codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Whether each code point is in the set."""
        return self._table.take(codes, mode="clip")

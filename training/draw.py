"""Random draws over plain Python sequences, all from one NumPy generator so that a seed fixes everything."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")
Rng = np.random.Generator


def pick(rng: Rng, options: Sequence[T]) -> T:
    """Return one option, all equally likely."""
    return options[int(rng.integers(len(options)))]


def some(rng: Rng, options: Sequence[T], n: int) -> list[T]:
    """Return n different options in random order, or all of them when there are fewer than n."""
    if len(options) > 20 * n > 0:
        chosen: dict[int, None] = {}
        while len(chosen) < n:
            chosen[int(rng.integers(len(options)))] = None
        return [options[index] for index in chosen]
    return [options[index] for index in rng.permutation(len(options))[:n].tolist()]


def shuffled(rng: Rng, options: Sequence[T]) -> list[T]:
    """Return all options in random order."""
    return [options[index] for index in rng.permutation(len(options)).tolist()]


def chance(rng: Rng, probability: float) -> bool:
    """Return True with this probability."""
    return bool(rng.random() < probability)


def between(rng: Rng, low: int, high: int) -> int:
    """Return an integer from low to high, both included."""
    return int(rng.integers(low, high + 1))


def size(rng: Rng, low: int, high: int, typical: int) -> int:
    """Return a list length in [low, high], log-normal around the typical one."""
    drawn = typical * float(np.exp(rng.normal(0.0, 0.7)))
    return int(min(high, max(low, round(drawn))))


def weighted(rng: Rng, options: Mapping[T, float]) -> T:
    """Return one key, drawn in proportion to its weight."""
    edges = list(accumulate(options.values()))
    return list(options)[bisect_right(edges, rng.random() * edges[-1])]


def letters(rng: Rng, low: int, high: int) -> str:
    """Return a random run of low..high lower-case letters."""
    return "".join(chr(97 + int(code)) for code in rng.integers(0, 26, between(rng, low, high)))


def digits(rng: Rng, low: int, high: int) -> str:
    """Return a random run of low..high digits."""
    return "".join(str(int(code)) for code in rng.integers(0, 10, between(rng, low, high)))

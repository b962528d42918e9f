"""Shares with n and a 95 % interval. Rows of one group are not independent: every interval over rows takes groups."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Z95 = 1.959963984540054
Interval = tuple[float, float]
NO_INTERVAL: Interval = (math.nan, math.nan)


class Share(NamedTuple):
    """A share with its n and interval; value and bounds are nan when n is 0."""

    value: float
    low: float
    high: float
    n: int
    n_groups: int

    def __str__(self) -> str:
        if not self.n:
            return "n=0"
        return f"{percent(self.value)} [{percent(self.low)}, {percent(self.high)}] n={self.n} groups={self.n_groups}"


def wilson(n_hits: float, n: float) -> tuple[float, float]:
    """95 % Wilson score interval of a share; (nan, nan) when n is 0.

    Source: Wilson (1927), JASA 22.
    """
    if n <= 0:
        return math.nan, math.nan
    share, z2 = n_hits / n, _Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    # At the ends the bound is exact; rounding would leave 1e-17.
    return (0.0 if n_hits <= 0 else max(0.0, centre - half)), (1.0 if n_hits >= n else min(1.0, centre + half))


def bootstrap(
    numerator: ArrayLike, denominator: ArrayLike, groups: ArrayLike, n_draws: int = 2000, seed: int = 0
) -> Interval:
    """95 % percentile interval of sum(numerator) / sum(denominator), groups drawn whole.

    Draws with a denominator of 0 are left out; (nan, nan) when nothing is left. With fewer than about ten groups, or
    all rows alike, the interval is too narrow: see :func:`share`, which falls back on Wilson's.
    """
    columns = np.column_stack([np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)])
    return bootstrap_sums(columns, groups, _ratio, n_draws, seed)


def bootstrap_sums(
    columns: NDArray[np.float64],
    groups: ArrayLike,
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    n_draws: int = 2000,
    seed: int = 0,
) -> Interval:
    """95 % percentile interval of a statistic of the sums of columns (n, k), groups drawn whole.

    ``statistic`` gets the sums (k, n_draws) and gives a value a draw; nan ones are left out.
    """
    number = numbers(groups)
    n_groups = int(number.max()) + 1 if len(number) else 0
    if not n_groups:
        return NO_INTERVAL
    by_group = [np.bincount(number, column, n_groups) for column in columns.T]
    rng = np.random.default_rng(seed)
    values: list[NDArray[np.float64]] = []
    # Draws are made in slices of about 2 million numbers, to bound the memory.
    size = max(1, 2_000_000 // n_groups)
    for done in range(0, n_draws, size):
        drawn = rng.integers(n_groups, size=(min(size, n_draws - done), n_groups))
        value = statistic(np.array([sums[drawn].sum(axis=1) for sums in by_group]))
        values.append(value[~np.isnan(value)])
    joined = np.concatenate(values)
    if not len(joined):
        return NO_INTERVAL
    low, high = np.quantile(joined, [0.025, 0.975])
    return float(low), float(high)


def _ratio(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    top, bottom = sums
    ratio = np.full(len(top), np.nan)
    np.divide(top, bottom, out=ratio, where=bottom > 0)
    return ratio


def share(flags: ArrayLike, groups: ArrayLike, seed: int = 0) -> Share:
    """Share of flags that are True, with the wider of two 95 % intervals.

    One is the cluster bootstrap, the other Wilson's on the effective n (n over the design effect): the bootstrap has
    width 0 where all rows are alike, and is narrow where groups are few.
    """
    hit = np.asarray(flags, bool)
    number = numbers(groups)
    n = len(hit)
    if not n:
        return Share(math.nan, math.nan, math.nan, 0, 0)
    value, effect = float(hit.mean()), design_effect(hit, number)
    # Where all rows are alike every draw gives the same share.
    drawn = (value, value) if value in (0.0, 1.0) else bootstrap(hit, np.ones(n), number, seed=seed)
    exact = wilson(value * n / effect, n / effect)
    return Share(value, min(drawn[0], exact[0]), max(drawn[1], exact[1]), n, int(number.max()) + 1)


def design_effect(flags: ArrayLike, groups: ArrayLike) -> float:
    """How many rows count as one: variance of the share by groups over its variance by rows, at least 1.

    Where all flags are alike no variance is seen; then every group counts as one row, for its size (Kish: effective n
    = n^2 / sum of squared group sizes). That is the most cautious reading.
    """
    hit = np.asarray(flags, np.float64)
    number = numbers(groups)
    n, value = len(hit), float(hit.mean()) if len(hit) else 0.0
    sizes = np.bincount(number).astype(np.float64)
    if not n or value in (0.0, 1.0) or len(sizes) == 1:
        return max(1.0, float((sizes**2).sum() / n)) if n else 1.0
    spread = np.bincount(number, hit) - value * sizes
    by_group = float((spread**2).sum()) * len(sizes) / (len(sizes) - 1)
    return max(1.0, float(by_group / (n * value * (1 - value))))


def percent(value: float) -> str:
    """A share in per cent with the digits that it bears; "" for nan."""
    if math.isnan(value):
        return ""
    digits = 1 if value >= 0.1 or value == 0 else 2 if value >= 0.001 else 4
    return f"{value * 100:.{digits}f} %"


def numbers(groups: ArrayLike) -> NDArray[np.int64]:
    """Groups as numbers from 0."""
    return np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64).reshape(-1)

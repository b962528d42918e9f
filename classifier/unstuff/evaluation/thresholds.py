"""Rare shares of clean rows: their upper bounds, and the threshold that keeps one."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from unstuff.errors import InputError
from unstuff.evaluation.intervals import numbers

_ALPHA = 0.05
# Clusters are told from at least so many flagged rows; with fewer, from the so many highest scores.
_MIN_FLAGGED = 20


class Threshold(NamedTuple):
    """A threshold (flag when score >= threshold) and the bound that the clean rows support for it."""

    threshold: float
    supported_bound: float  # 95 % upper bound on the flagged share of clean rows
    n: int  # clean rows
    n_flagged: int
    meets: bool  # whether supported_bound is at most the bound asked for


def upper_bound(n_flagged: float, n: float) -> float:
    """One-sided 95 % upper bound of a share (Clopper-Pearson); 3 / n for no event in many rows, 1 when n is 0.

    Both counts may be effective ones, not whole.
    """
    from scipy.special import betaincinv  # here, since verbs that need no bound load no SciPy

    return 1.0 if n_flagged >= n else float(betaincinv(n_flagged + 1, n - n_flagged, 1 - _ALPHA))


def bound_at(clean_scores: ArrayLike, groups: ArrayLike, threshold: float) -> float:
    """One-sided 95 % upper bound on the share of clean rows at or above a threshold, as :func:`choose_threshold`'s.

    1 without rows.
    """
    scores = np.asarray(clean_scores, np.float64)
    if not len(scores):
        return 1.0
    order = np.argsort(-scores, kind="stable")
    n_flagged = int((scores >= threshold).sum())
    effect = float(_effects_of_highest(numbers(groups)[order])[n_flagged])
    return upper_bound(n_flagged / effect, len(scores) / effect)


def supported_bound(clean_scores: ArrayLike, groups: ArrayLike, n_events: int = 0) -> float:
    """The smallest 95 % upper bound that clean rows support with so many events flagged; rows of a cluster are one.

    The clusters are told from the 20 highest scores, as :func:`choose_threshold` tells them. 1 without rows.
    """
    scores = np.asarray(clean_scores, np.float64)
    if not len(scores):
        return 1.0
    effect = float(_effects_of_highest(numbers(groups)[np.argsort(-scores, kind="stable")])[0])
    return upper_bound(n_events, len(scores) / effect)


def choose_threshold(clean_scores: ArrayLike, groups: ArrayLike, bound: float) -> Threshold:
    """The smallest threshold whose 95 % upper bound on the flagged share of clean rows is at most ``bound``.

    The bound is :func:`upper_bound` of counts divided by a design effect, the sum of squares of the flagged rows per
    group over their sum: k flagged rows of one group count as one event in n / k rows. While fewer than 20 rows are
    flagged, the effect is that of the 20 highest scores. The bound must hold for every higher threshold too. Where n
    cannot support it even with nothing flagged, the threshold just above the highest clean score comes back, with the
    bound that n supports and ``meets`` False. Raises :class:`InputError` without rows or for a bound outside (0, 1).
    """
    scores = np.asarray(clean_scores, np.float64)
    if not 0.0 < bound < 1.0:
        raise InputError(f"bound {bound!r} is not between 0 and 1")
    if not len(scores):
        raise InputError("no clean scores given; a threshold needs at least one")
    order = np.argsort(-scores, kind="stable")
    falling = scores[order]
    effects = _effects_of_highest(numbers(groups)[order]).tolist()
    n = len(scores)
    # Rows of one score are flagged together: candidates are the ends of runs of equal scores.
    ends = np.append(np.flatnonzero(falling[1:] != falling[:-1]) + 1, n)
    best, best_bound = 0, upper_bound(0, n / effects[0])
    if best_bound <= bound:
        for end in ends.tolist():
            if upper_bound(end / effects[end], n / effects[end]) > bound:
                break
            best = end
        best_bound = upper_bound(best / effects[best], n / effects[best])
    next_score = float(falling[best]) if best < n else -math.inf
    threshold = float(np.nextafter(next_score, math.inf)) if best < n else 0.0
    return Threshold(threshold, best_bound, n, best, best_bound <= bound)


def _effects_of_highest(groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Design effect (n + 1,) with the first 0, 1, … n rows flagged."""
    order = np.argsort(groups, kind="stable")
    own = groups[order]
    starts = np.flatnonzero(np.append(True, own[1:] != own[:-1]))
    before = np.empty(len(groups), np.int64)  # flagged rows of the same group before each row
    before[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))
    n_flagged = np.arange(1, len(groups) + 1)
    effects = np.concatenate(([1.0], np.cumsum(2 * before + 1) / n_flagged))
    few = min(_MIN_FLAGGED, len(groups))
    effects[: few + 1] = np.maximum(effects[: few + 1], effects[few])
    return effects

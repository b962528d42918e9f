"""Recall, false positives, spans and calibration of scored paragraphs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from unstuff.evaluation.intervals import NO_INTERVAL, Interval, Share, bootstrap_sums, share

Flags = NDArray[np.bool_]
FOUND_SHARE = 0.8  # of a block's non-space characters


class Scored(NamedTuple):
    """Scored paragraphs side by side."""

    score: NDArray[np.float64]  # (n,) in [0, 1]
    label: Flags  # (n,) True for a keyword block
    group: NDArray[Any]  # (n,) host or campaign
    family: NDArray[Any]  # (n,) spam family, "" for content
    kind: NDArray[Any]
    lang: NDArray[Any]
    source: NDArray[Any]

    def take(self, rows: NDArray[Any]) -> Scored:
        """The rows chosen by a mask or by numbers."""
        columns: list[Any] = [column[rows] for column in self]
        return Scored(*columns)


class Shares(NamedTuple):
    """A share of all rows, and of those with each value apart: a value may have any name."""

    all: Share
    each: dict[str, Share]  # those with most rows first


class Found(NamedTuple):
    """What was found of the blocks of labelled pages."""

    precision: Share  # of the flagged spans
    recall: Share  # of the labelled blocks
    f1: float
    f1_interval: Interval = NO_INTERVAL  # at least 95 %


class Bin(NamedTuple):
    """One bin of a reliability diagram."""

    low: float
    high: float
    n: int
    mean_score: float
    share: float
    interval: Interval = NO_INTERVAL  # of the share, where groups were given


class Calibration(NamedTuple):
    """How far scores are from shares; all in [0, 1], 0 is best."""

    ece: float
    brier: float
    n: int
    ece_interval: Interval = NO_INTERVAL  # groups drawn whole, where they were given
    brier_interval: Interval = NO_INTERVAL


def shares_by(flagged: Flags, rows: Flags, values: NDArray[Any], groups: NDArray[Any]) -> Shares:
    """Share of some rows flagged, all together and by ``values`` (n,)."""
    names, counts = np.unique(values[rows], return_counts=True)
    each: dict[str, Share] = {}
    for name in names[np.argsort(-counts, kind="stable")].tolist():
        own = rows & (values == name)
        each[str(name)] = share(flagged[own], groups[own])
    return Shares(share(flagged[rows], groups[rows]), each)


def is_found(text: str, block: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    """Whether at least 80 % of the block's non-space characters lie in flagged spans (half-open offsets into text)."""
    covered = _covered(text, block, spans)
    return covered is not None and covered >= FOUND_SHARE


def span_figures(
    pages: Iterable[tuple[str, Sequence[tuple[int, int]], Sequence[tuple[int, int]]]], groups: ArrayLike, seed: int = 0
) -> Found:
    """Precision of flagged spans, recall of labelled blocks, and F1, over pages of (text, blocks, flagged spans).

    A block is found, and a flagged span is right, when at least 80 % of its non-space characters lie in the spans of
    the other side. ``groups`` has one entry a page. F1 is nan without blocks and without spans.
    """
    hits: list[tuple[int, bool]] = []
    right: list[tuple[int, bool]] = []
    for number, (text, blocks, spans) in enumerate(pages):
        hits += [(number, is_found(text, block, spans)) for block in blocks]
        right += [(number, is_found(text, span, blocks)) for span in spans]
    group = np.asarray(groups)
    page, flag = np.array([*hits, *right], np.int64).reshape(-1, 2).T
    of_block = np.arange(len(page)) < len(hits)
    precision = share(flag[~of_block], group[page[~of_block]], seed)
    recall = share(flag[of_block], group[page[of_block]], seed)
    return Found(precision, recall, f1_score(precision.value, recall.value), _f1_interval(precision, recall))


def _f1_interval(precision: Share, recall: Share) -> Interval:
    """F1 of both lower and of both upper bounds, a side without n between 0 and 1: wider than 95 % asks for.

    The bootstrap has width 0 where all rows are alike, which is common for the few blocks of labelled pages.
    """
    if not precision.n and not recall.n:
        return NO_INTERVAL
    lows = (side.low if side.n else 0.0 for side in (precision, recall))
    highs = (side.high if side.n else 1.0 for side in (precision, recall))
    return f1_score(*lows), f1_score(*highs)


def f1_score(precision: float, recall: float) -> float:
    """Harmonic mean; a side without n (nan) counts as 0 when the other has one."""
    if math.isnan(precision) and math.isnan(recall):
        return math.nan
    p, r = (0.0 if math.isnan(value) else value for value in (precision, recall))
    return 2 * p * r / (p + r) if p + r else 0.0


def _covered(text: str, block: tuple[int, int], spans: Iterable[tuple[int, int]]) -> float | None:
    """Share of the block's non-space characters in the spans; None when it has none."""
    start, end = block
    solid = np.array([not char.isspace() for char in text[start:end]], bool)
    inside = np.zeros(len(solid), bool)
    for low, high in spans:
        inside[max(low - start, 0) : max(high - start, 0)] = True
    return float(inside[solid].mean()) if solid.any() else None


def reliability(
    scores: ArrayLike,
    labels: ArrayLike,
    n_bins: int = 10,
    groups: ArrayLike | None = None,
    prevalence: float | None = None,
) -> list[Bin]:
    """Mean score and share of keyword blocks in bins of equal width; empty bins are left out.

    With a ``prevalence`` rows are weighted so that keyword blocks are that share of them all; n stays the number of
    rows. Weights differ by label alone, so the bounds of a share are weighted as the share is.
    """
    score, label = np.asarray(scores, np.float64), np.asarray(labels, bool)
    number, weight = _bins(score, n_bins), _weights(label, prevalence)
    odds = _odds_factor(label, prevalence)
    found: list[Bin] = []
    for i in np.unique(number).tolist():
        own = number == i
        plain = NO_INTERVAL if groups is None else share(label[own], np.asarray(groups)[own])[1:3]
        mean = float(np.average(score[own], weights=weight[own]))
        row = Bin(i / n_bins, (i + 1) / n_bins, int(own.sum()), mean, _at_odds(float(label[own].mean()), odds))
        found.append(row._replace(interval=(_at_odds(plain[0], odds), _at_odds(plain[1], odds))))
    return found


def calibration(
    scores: ArrayLike,
    labels: ArrayLike,
    n_bins: int = 10,
    groups: ArrayLike | None = None,
    prevalence: float | None = None,
) -> Calibration:
    """Expected calibration error over bins of equal width, and the Brier score; nan when n is 0.

    With a ``prevalence`` rows are weighted so that keyword blocks are that share of them all. Intervals, given
    ``groups``, draw groups whole: with fewer than about ten they are too narrow. The calibration error of a sample is
    above that of the population, and its draws lie higher still.
    """
    score, label = np.asarray(scores, np.float64), np.asarray(labels, np.float64)
    n = len(score)
    if not n:
        return Calibration(math.nan, math.nan, 0)
    weight = _weights(label > 0, prevalence)
    squares = weight * (score - label) ** 2
    apart = np.where(_bins(score, n_bins)[:, None] == np.arange(n_bins), (weight * (score - label))[:, None], 0.0)
    error = float(np.abs(apart.sum(axis=0)).sum() / weight.sum())
    found = Calibration(error, float(squares.sum() / weight.sum()), n)
    if groups is None:
        return found
    ece = _interval(np.column_stack([apart, weight]), groups, lambda s: np.abs(s[:-1]).sum(axis=0) / s[-1])
    brier = _interval(np.column_stack([squares, weight]), groups, lambda s: s[0] / s[1])
    return found._replace(ece_interval=ece, brier_interval=brier)


def _weights(label: Flags, prevalence: float | None) -> NDArray[np.float64]:
    """Weights of rows (n,): 1, or such that keyword blocks have the prevalence where there are rows of both kinds."""
    n_blocks = int(label.sum())
    if prevalence is None or not 0 < n_blocks < len(label):
        return np.ones(len(label))
    return np.where(label, prevalence / n_blocks, (1 - prevalence) / (len(label) - n_blocks)) * len(label)


def _odds_factor(label: Flags, prevalence: float | None) -> float:
    """How many times a keyword block weighs as much as content."""
    weight = _weights(label, prevalence)
    return float(weight[label][0] / weight[~label][0]) if 0 < label.sum() < len(label) else 1.0


def _at_odds(value: float, factor: float) -> float:
    """The share whose odds are a factor of those of the given one."""
    return value * factor / (value * factor + 1 - value)


def _interval(
    columns: NDArray[np.float64],
    groups: ArrayLike,
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> Interval:
    """As :func:`bootstrap_sums`, but none where a single group would be drawn again and again."""
    return bootstrap_sums(columns, groups, statistic) if len(np.unique(groups)) > 1 else NO_INTERVAL


def _bins(scores: NDArray[np.float64], n_bins: int) -> NDArray[np.int64]:
    return np.minimum((scores * n_bins).astype(np.int64), n_bins - 1)

"""Figures: precision, recall, calibration and rare shares, each with n and a 95 % interval.

Owns the intervals and what counts as found. Functions on arrays: scores float64 (n,), labels and flags bool (n,),
groups (n,) of any values that compare (hosts, campaigns). Rows of one group are not independent; every interval over
rows takes groups. It never scores or reads documents.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from unstuff.errors import InputError

Flags = NDArray[np.bool_]
FOUND_SHARE = 0.8  # of a block's non-space characters
_Z95 = 1.959963984540054
_ALPHA = 0.05
# Clusters are told from at least so many flagged rows; with fewer, from the so many highest scores.
_MIN_FLAGGED = 20


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
        return f"{_percent(self.value)} [{_percent(self.low)}, {_percent(self.high)}] n={self.n} groups={self.n_groups}"


class Found(NamedTuple):
    """What was found of the blocks of labelled pages."""

    precision: Share  # of the flagged spans
    recall: Share  # of the labelled blocks
    f1: float


class Bin(NamedTuple):
    """One bin of a reliability diagram."""

    low: float
    high: float
    n: int
    mean_score: float
    share: float


class Calibration(NamedTuple):
    """How far scores are from shares; all in [0, 1], 0 is best."""

    ece: float
    brier: float
    n: int


class Threshold(NamedTuple):
    """A threshold (flag when score >= threshold) and the bound that the clean rows support for it."""

    threshold: float
    supported_bound: float  # 95 % upper bound on the flagged share of clean rows
    n: int  # clean rows
    n_flagged: int
    meets: bool  # whether supported_bound is at most the bound asked for


# --- intervals ---------------------------------------------------------------------------------------------------


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
) -> tuple[float, float]:
    """95 % percentile interval of sum(numerator) / sum(denominator), groups drawn whole.

    Draws with a denominator of 0 are left out; (nan, nan) when nothing is left. With fewer than about ten groups, or
    all rows alike, the interval is too narrow: see :func:`share`, which falls back on Wilson's.
    """
    number = _numbers(groups)
    n_groups = int(number.max()) + 1 if len(number) else 0
    if not n_groups:
        return math.nan, math.nan
    top = np.bincount(number, np.asarray(numerator, np.float64), n_groups)
    bottom = np.bincount(number, np.asarray(denominator, np.float64), n_groups)
    rng = np.random.default_rng(seed)
    ratios: list[NDArray[np.float64]] = []
    # Draws are made in slices of about 2 million numbers, to bound the memory.
    size = max(1, 2_000_000 // n_groups)
    for done in range(0, n_draws, size):
        drawn = rng.integers(n_groups, size=(min(size, n_draws - done), n_groups))
        below = bottom[drawn].sum(axis=1)
        ratios.append(top[drawn].sum(axis=1)[below > 0] / below[below > 0])
    joined = np.concatenate(ratios)
    if not len(joined):
        return math.nan, math.nan
    low, high = np.quantile(joined, [0.025, 0.975])
    return float(low), float(high)


def share(flags: ArrayLike, groups: ArrayLike, seed: int = 0) -> Share:
    """Share of flags that are True, with the wider of two 95 % intervals.

    One is the cluster bootstrap, the other Wilson's on the effective n (n over the design effect): the bootstrap has
    width 0 where all rows are alike, and is narrow where groups are few.
    """
    hit = np.asarray(flags, bool)
    number = _numbers(groups)
    n = len(hit)
    if not n:
        return Share(math.nan, math.nan, math.nan, 0, 0)
    value, effect = float(hit.mean()), design_effect(hit, number)
    drawn = bootstrap(hit, np.ones(n), number, seed=seed)
    exact = wilson(value * n / effect, n / effect)
    return Share(value, min(drawn[0], exact[0]), max(drawn[1], exact[1]), n, int(number.max()) + 1)


def design_effect(flags: ArrayLike, groups: ArrayLike) -> float:
    """How many rows count as one: variance of the share by groups over its variance by rows, at least 1.

    Where all flags are alike no variance is seen; then every group counts as one row, for its size (Kish: effective n
    = n^2 / sum of squared group sizes). That is the most cautious reading.
    """
    hit = np.asarray(flags, np.float64)
    number = _numbers(groups)
    n, value = len(hit), float(hit.mean()) if len(hit) else 0.0
    sizes = np.bincount(number).astype(np.float64)
    if not n or value in (0.0, 1.0) or len(sizes) == 1:
        return max(1.0, float((sizes**2).sum() / n)) if n else 1.0
    spread = np.bincount(number, hit) - value * sizes
    by_group = float((spread**2).sum()) * len(sizes) / (len(sizes) - 1)
    return max(1.0, float(by_group / (n * value * (1 - value))))


def upper_bound(n_flagged: float, n: float) -> float:
    """One-sided 95 % upper bound of a share (Clopper-Pearson); 3 / n for no event in many rows, 1 when n is 0.

    Both counts may be effective ones, not whole.
    """
    if n <= 0 or n_flagged >= n:
        return 1.0
    if n_flagged <= 0:
        return 1.0 - float(_ALPHA ** (1.0 / n))
    low, high = n_flagged / n, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if _meets(n_flagged, n, middle) else (middle, high)
    return high


def rare_share_bound(flags: ArrayLike, groups: ArrayLike, rows_a_group: float = 1.0) -> float:
    """One-sided 95 % upper bound on the share of a rare event, clustered by group.

    Clopper-Pearson on counts divided by a design effect: the sum of squares of the flagged rows per group over their
    sum, so that k flagged rows of one group count as one event in n / k rows. ``rows_a_group`` is the least design
    effect, needed where no or few rows are flagged and their clusters cannot be seen: with nothing flagged the bound
    is the rule of three, about 3 * rows_a_group / n.
    """
    hit = np.asarray(flags, bool)
    number = _numbers(groups)
    if not len(hit):
        return 1.0
    counts = np.bincount(number[hit]).astype(np.float64)
    effect = max(1.0, rows_a_group, float((counts**2).sum() / max(hit.sum(), 1)))
    return upper_bound(hit.sum() / effect, len(hit) / effect)


def choose_threshold(clean_scores: ArrayLike, groups: ArrayLike, bound: float) -> Threshold:
    """The smallest threshold whose 95 % upper bound on the flagged share of clean rows is at most ``bound``.

    The bound is :func:`rare_share_bound`'s; while fewer than 20 rows are flagged the clusters are told from the 20
    highest scores. It must hold for every higher threshold too. Where n cannot support the bound even with nothing
    flagged, the threshold just above the highest clean score comes back, with the bound that n supports and ``meets``
    False. Raises :class:`InputError` without rows or for a bound outside (0, 1).
    """
    scores = np.asarray(clean_scores, np.float64)
    if not 0.0 < bound < 1.0:
        raise InputError(f"bound {bound!r} is not between 0 and 1")
    if not len(scores):
        raise InputError("no clean scores given; a threshold needs at least one")
    order = np.argsort(-scores, kind="stable")
    falling = scores[order]
    effects = _effects_of_highest(_numbers(groups)[order]).tolist()
    n = len(scores)
    # Rows of one score are flagged together: candidates are the ends of runs of equal scores.
    ends = np.append(np.flatnonzero(falling[1:] != falling[:-1]) + 1, n)
    best, best_bound = 0, upper_bound(0, n / effects[0])
    if best_bound <= bound:
        for end in ends.tolist():
            if not _meets(end / effects[end], n / effects[end], bound):
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


def _meets(n_flagged: float, n: float, bound: float) -> bool:
    """Whether the one-sided 95 % upper bound is at most ``bound``: P(at most n_flagged | bound) <= 5 %."""
    if n_flagged >= n * bound:
        return False
    return 1.0 - _beta_share(n_flagged + 1, n - n_flagged, bound) <= _ALPHA


def _beta_share(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function I_x(a, b) (continued fraction; Numerical Recipes, 6.4)."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _beta_share(b, a, 1.0 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    c, d = 1.0, 1.0 / _not_zero(1.0 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1.0 / _not_zero(1.0 + step * d), _not_zero(1.0 + step / c)
            fraction *= d * c
        if abs(d * c - 1.0) < 1e-14:
            break
    return front * fraction / a


def _not_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300


# --- by family, kind, language, source ------------------------------------------------------------------------------


def recall_by_family(scored: Scored, threshold: float, total: str = "all") -> dict[str, Share]:
    """Share of keyword blocks flagged, all together and by family (largest first)."""
    return _by(scored.score >= threshold, scored.label, scored.family, scored.group, total)


def false_positives_by(
    scored: Scored, threshold: float, by: str | ArrayLike = "kind", total: str = "all"
) -> dict[str, Share]:
    """Share of content flagged, all together and by ``by``: "kind", "lang", "source", or one value a row."""
    if isinstance(by, str) and by not in ("kind", "lang", "source"):
        raise InputError(f"by is {by!r}; expected 'kind', 'lang', 'source' or an array")
    values = np.asarray(getattr(scored, by) if isinstance(by, str) else by)
    return _by(scored.score >= threshold, ~scored.label, values, scored.group, total)


def _by(flagged: Flags, rows: Flags, values: NDArray[Any], groups: NDArray[Any], total: str) -> dict[str, Share]:
    names, counts = np.unique(values[rows], return_counts=True)
    found = {total: share(flagged[rows], groups[rows])}
    for name in names[np.argsort(-counts, kind="stable")].tolist():
        own = rows & (values == name)
        found[str(name)] = share(flagged[own], groups[own])
    return found


# --- spans on pages -------------------------------------------------------------------------------------------------


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
    hits: list[bool] = []
    right: list[bool] = []
    hit_page: list[int] = []
    right_page: list[int] = []
    for number, (text, blocks, spans) in enumerate(pages):
        hits += [is_found(text, block, spans) for block in blocks]
        right += [is_found(text, span, blocks) for span in spans]
        hit_page += [number] * len(blocks)
        right_page += [number] * len(spans)
    group = np.asarray(groups)
    precision = share(right, group[np.array(right_page, np.int64)], seed)
    recall = share(hits, group[np.array(hit_page, np.int64)], seed)
    return Found(precision, recall, f1_score(precision.value, recall.value))


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


# --- calibration ----------------------------------------------------------------------------------------------------


def reliability(scores: ArrayLike, labels: ArrayLike, n_bins: int = 10) -> list[Bin]:
    """Mean score and share of keyword blocks in bins of equal width; empty bins are left out."""
    score, label = np.asarray(scores, np.float64), np.asarray(labels, np.float64)
    number = np.minimum((score * n_bins).astype(np.int64), n_bins - 1)
    n = np.bincount(number, minlength=n_bins)
    mean = np.bincount(number, score, n_bins) / np.maximum(n, 1)
    rate = np.bincount(number, label, n_bins) / np.maximum(n, 1)
    return [Bin(i / n_bins, (i + 1) / n_bins, int(n[i]), float(mean[i]), float(rate[i])) for i in range(n_bins) if n[i]]


def calibration(scores: ArrayLike, labels: ArrayLike, n_bins: int = 10) -> Calibration:
    """Expected calibration error over bins of equal width, and the Brier score; nan when n is 0."""
    score, label = np.asarray(scores, np.float64), np.asarray(labels, np.float64)
    n = len(score)
    if not n:
        return Calibration(math.nan, math.nan, 0)
    error = sum(row.n * abs(row.mean_score - row.share) for row in reliability(score, label, n_bins)) / n
    return Calibration(error, float(((score - label) ** 2).mean()), n)


# --- tables ---------------------------------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[str]], markdown: bool = False) -> str:
    """Rows under a head, as aligned plain text or as Markdown."""
    lines = [list(head), *map(list, rows)]
    if markdown:
        cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
        cells.insert(1, ["---"] * len(head))
        return "\n".join("| " + " | ".join(line) + " |" for line in cells)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def share_table(name: str, shares: Mapping[str, Share], what: str = "share", markdown: bool = False) -> str:
    """One line a share: name, share, 95 % interval, n, groups; where n is 0, n alone."""
    rows = []
    for key, found in shares.items():
        interval = f"{_percent(found.low)} to {_percent(found.high)}" if found.n else ""
        rows.append((key, _percent(found.value), interval, str(found.n), str(found.n_groups)))
    return table((name, what, "95 % interval", "n", "groups"), rows, markdown)


def _percent(value: float) -> str:
    if math.isnan(value):
        return ""
    digits = 1 if value >= 0.1 or value == 0 else 2 if value >= 0.001 else 4
    return f"{value * 100:.{digits}f} %"


def _numbers(groups: ArrayLike) -> NDArray[np.int64]:
    """Groups as numbers from 0."""
    return np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64).reshape(-1)

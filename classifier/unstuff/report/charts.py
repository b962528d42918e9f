"""Charts as inline SVG; colours come from the page's style, by class. Every figure stands beside them as text."""

from __future__ import annotations

import math
from collections.abc import Sequence

# As wide as a small phone, where letters then have their own size; wider places scale it up.
_WIDTH, _HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 352, 22, 150


def histogram(bins: Sequence[int], threshold: float) -> str:
    """Counts of scores from 0 to 1 in bins of equal width, on a logarithmic scale, with the threshold as a line."""
    top = math.log10(max(bins) + 1) or 1.0
    width = (_RIGHT - _LEFT) / len(bins)
    bars = "".join(_bar(i, n, len(bins), width, top) for i, n in enumerate(bins) if n)
    head = f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Histogram of scores, with its figures below">'
    return f"{head}{_scale(max(bins), top)}{bars}{_threshold(threshold)}</svg>"


def _height(n: float, top: float) -> float:
    return math.log10(n + 1) / top * (_BOTTOM - _TOP)


def _bar(i: int, n: int, n_bins: int, width: float, top: float) -> str:
    height = max(_height(n, top), 1.0)
    return (
        f'<rect class="bar" x="{_LEFT + i * width + 1:.1f}" y="{_BOTTOM - height:.1f}" width="{width - 2:.1f}" '
        f'height="{height:.1f}"><title>{i / n_bins:.2f} to {(i + 1) / n_bins:.2f}: {n:,}</title></rect>'
    )


def _scale(most: int, top: float) -> str:
    decades = [10**k for k in range(len(str(most))) if 10**k <= most]
    lines = "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{_LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{_short(n)}</text>'
        for n, y in ((n, _BOTTOM - _height(n, top)) for n in decades)
    )
    ticks = "".join(
        f'<text x="{_LEFT + share * (_RIGHT - _LEFT):.1f}" y="{_BOTTOM + 16}" text-anchor="middle">{share:g}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    axis = f'<line class="axis" x1="{_LEFT}" x2="{_RIGHT}" y1="{_BOTTOM}" y2="{_BOTTOM}"/>'
    name = f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_BOTTOM + 34}" text-anchor="middle">score</text>'
    return lines + ticks + axis + name


def _short(n: int) -> str:
    return f"{n // 1_000_000}M" if n >= 1_000_000 else f"{n // 1000}k" if n >= 1000 else str(n)


def _threshold(threshold: float) -> str:
    x = _LEFT + threshold * (_RIGHT - _LEFT)
    anchor = "end" if threshold > 0.5 else "start"
    return (
        f'<line class="threshold" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 6}" y2="{_BOTTOM}"/>'
        f'<text class="threshold" x="{x + (-4 if threshold > 0.5 else 4):.1f}" y="{_TOP - 8}" text-anchor="{anchor}">'
        f"flagged from {threshold:.4f} on</text>"
    )


def bar(share: float) -> str:
    """A horizontal bar as long as a share of its place; the figure stands beside it."""
    return (
        '<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar" width="{100 * share:.1f}" height="10"/></svg>'
    )

"""What one figure is, and how figures are written down."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from unstuff.evaluation import Share


class Figure(NamedTuple):
    """A share, or another number such as F1, with its n and 95 % interval; nan where there is none."""

    value: float
    low: float
    high: float
    n: int
    groups: int
    bound: float = math.nan  # of rare shares: the one-sided 95 % upper bound, clustered by group

    @property
    def share(self) -> Share:
        """The figure as tables take it."""
        return Share(*self[:5])


# By name: side, what was measured and its parts, joined by slashes, such as "test/hard/balanced/kind/county_list".
Figures = dict[str, Figure]


def under(prefix: str, figures: Mapping[str, Figure | Share]) -> Figures:
    """The figures with a prefix to their names."""
    return {f"{prefix}/{name}": Figure(*figure) for name, figure in figures.items()}


def below(prefix: str, figures: Mapping[str, Figure]) -> Figures:
    """The figures whose names have the prefix, without it."""
    return {name.removeprefix(f"{prefix}/"): own for name, own in figures.items() if name.startswith(f"{prefix}/")}


def as_json(figures: Mapping[str, Figure]) -> dict[str, dict[str, Any]]:
    """The figures as JSON holds them: null for nan, no bound where there is none, six digits that bear weight."""
    return {name: _plain(figure) for name, figure in figures.items()}


def from_json(rows: Mapping[str, Mapping[str, Any]]) -> Figures:
    """The figures again."""
    return {name: _figure({key: math.nan if v is None else v for key, v in row.items()}) for name, row in rows.items()}


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(**row)


def _plain(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in figure._asdict().items():
        if isinstance(value, float):
            row[key] = None if math.isnan(value) else float(f"{value:.6g}")
        else:
            row[key] = int(value)
    if row["bound"] is None:
        del row["bound"]
    return row

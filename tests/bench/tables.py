"""What a measurement gives: a table for people, the same rows as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.bench.rounds import number
from unstuff.evaluation import table

Cell = str | int | float | None
Row = Mapping[str, Cell]


class Table(NamedTuple):
    """Rows under one title; columns are those of all rows, in the order of their coming."""

    title: str
    note: str
    rows: Sequence[Row]


def columns(rows: Sequence[Row]) -> list[str]:
    """Every key of the rows, in the order of their coming."""
    return list(dict.fromkeys(key for row in rows for key in row))


def cell(value: Cell) -> str:
    """A figure as it is printed, "" for none."""
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value)
    return f"{value:,}" if isinstance(value, int) else value


def markdown(found: Table) -> str:
    """Title, note and table."""
    head = columns(found.rows)
    lines = [[cell(row.get(key)) for key in head] for row in found.rows]
    return f"### {found.title}\n\n{found.note}\n\n{table(head, lines, markdown=True)}\n"


def as_json(found: Sequence[Table]) -> list[dict[str, Any]]:
    """The same with figures as they are."""
    return [{"title": each.title, "note": each.note, "rows": [dict(row) for row in each.rows]} for each in found]

"""A comparison as Markdown, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from training.baselines.comparison import Pair, Recall, Row
from unstuff.evaluation import Share, table

HEAD = (
    "method", "clean flagged", "hard negatives flagged", "blocks found, alone", "blocks found, in pages",
    "unstuff at that clean share: alone", "in pages", "method at unstuff's clean share: alone", "in pages",
)  # fmt: skip
PAIR_HEAD = (
    "method",
    "clean share of",
    "blocks",
    "n",
    "unstuff less method",
    "only unstuff finds",
    "only method finds",
)


def markdown(side: str, signature: str, found: Sequence[Row], missing: Sequence[str]) -> str:
    """Both tables, what was measured with, and what was left out."""
    lines = [signature, "", f"### {side}: unstuff (first row, at balanced) and baselines", ""]
    lines += [table(HEAD, map(_cells, found), markdown=True), ""]
    lines += [f"### {side}: the same blocks, at the same share of clean paragraphs flagged", ""]
    lines += [table(PAIR_HEAD, (_pair_cells(row, pair) for row in found[1:] for pair in row.pairs), markdown=True), ""]
    lines += [f"Left out: {why}" for why in missing]
    return "\n".join(lines)


def _cells(row: Row) -> list[str]:
    own = [row.fp_clean, row.fp_hard, row.recall_alone, row.recall_in_pages]
    moved = ["", ""] if row.its_at_ours is None else list(map(str, row.its_at_ours))
    if row.fixed:
        moved = [f"cannot be moved: {row.fixed}"] * 2
    return [row.name, *map(str, own), *map(str, row.ours_at_its_fp), *moved]


def _pair_cells(row: Row, pair: Pair) -> list[str]:
    interval = f"{_points(pair.difference)} [{_points(pair.low)}, {_points(pair.high)}]"
    return [row.name, pair.at, pair.blocks, str(pair.ours.n), interval, str(pair.only_ours), str(pair.only_its)]


def _points(difference: float) -> str:
    return "" if math.isnan(difference) else f"{difference * 100:+.1f}"


def as_json(side: str, signature: str, found: Sequence[Row]) -> dict[str, Any]:
    """The figures by name of the method; a share is ``{value, low, high, n, n_groups}``, nan is null.

    ``ours_at_its_fp`` and ``its_at_ours`` hold a share for blocks ``alone`` and one for blocks ``in_pages``;
    ``its_at_ours`` is null where ``fixed`` says why the threshold cannot be moved.
    """
    return {"side": side, "signature": signature, "methods": {row.name: _plain(row) for row in found}}


def _plain(value: Any) -> Any:
    """Named tuples and dataclasses as dictionaries."""
    if isinstance(value, Share | Recall):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, Row | Pair):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return [_plain(part) for part in value] if isinstance(value, list) else value

"""Floors under the figures: what is pinned in ``floors.json``, whether a figure holds, and how floors move.

A floor names a figure and the limit it must keep; a mark is what the project asks for. A floor that misses its mark
is an exception and says why. Floors only tighten: one that no longer holds is loosened by hand, with a line in the
changelog.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import orjson

from training.evaluate import Figure, Figures
from unstuff.errors import InputError

FILE = Path(__file__).with_name("floors.json")
_DATA = ("*.jsonl", "*.jsonl.gz", "html/*.jsonl.gz", "vocabulary/*")
# What a new floor leaves between itself and the figure: one row, and so much of the scale (floors) or of the figure
# (ceilings). A refactoring moves no figure at all; another CPU or library moves few rows.
_SLACK, _RELATIVE_SLACK = 0.005, 0.05


@dataclass(frozen=True, slots=True)
class Floor:
    """A limit of one figure: a floor (``at_least``) or a ceiling (``at_most``); neither when nothing is pinned yet."""

    figure: str
    at_least: float | None = None
    at_most: float | None = None
    of: str = "value"  # or "bound"
    mark: float | None = None  # on the side of the limit
    done_when: str = ""  # the point of the task's "Done when" that the mark is from
    exception: str = ""  # why the limit misses the mark
    is_ceiling: bool = False

    @property
    def limit(self) -> float | None:
        """The limit, of either side."""
        return self.at_most if self.is_ceiling else self.at_least

    def with_limit(self, limit: float | None) -> Floor:
        """The floor with another limit."""
        return replace(self, at_most=limit) if self.is_ceiling else replace(self, at_least=limit)

    def keeps(self, value: float, limit: float | None) -> bool:
        """Whether a value is on the right side of a limit; nan never is."""
        if limit is None or math.isnan(value):
            return limit is None
        return value <= limit if self.is_ceiling else value >= limit

    @property
    def misses_mark(self) -> bool:
        """Whether the limit allows less than the mark asks for."""
        return self.mark is not None and (self.limit is None or not self.keeps(self.limit, self.mark))

    def value_of(self, figure: Figure) -> float:
        """The number of a figure that the limit is for."""
        return figure.bound if self.of == "bound" else figure.value

    def breach(self, figures: Figures) -> str:
        """What is wrong: "" when the floor holds."""
        if self.misses_mark and not self.exception:
            return "misses its mark without a reason"
        if self.limit is None:
            return ""
        if self.figure not in figures:
            return "not measured"
        return "" if self.keeps(self.value_of(figures[self.figure]), self.limit) else "breach"


@dataclass(frozen=True, slots=True)
class Floors:
    """The file: floors, the data and model they were pinned with, and what is measured elsewhere."""

    floors: tuple[Floor, ...]
    data: str  # checksum
    pinned_with: str  # signature
    elsewhere: Mapping[str, str]  # points of "Done when" that are no floors, and where they are measured
    provisional: bool = False  # pinned before there was a release: the next update may set any limit

    @classmethod
    def read(cls, path: Path = FILE) -> Floors:
        """Read the file; :class:`InputError` for a floor with no side, or both."""
        rows = orjson.loads(path.read_bytes())
        floors = tuple(map(_floor, rows["floors"]))
        return cls(floors, rows["data"], rows["pinned_with"], rows["elsewhere"], bool(rows.get("provisional", False)))

    def write(self, path: Path = FILE) -> None:
        """Write the file."""
        rows: dict[str, Any] = {"pinned_with": self.pinned_with, "data": self.data}
        rows |= {"provisional": True} if self.provisional else {}
        rows |= {"floors": [_row(floor) for floor in self.floors], "elsewhere": dict(self.elsewhere)}
        path.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")


def _floor(row: Mapping[str, Any]) -> Floor:
    if ("at_least" in row) == ("at_most" in row):
        raise InputError(f"floor of {row.get('figure')!r}: one of at_least and at_most is expected")
    if row.get("of", "value") not in ("value", "bound"):
        raise InputError(f"floor of {row['figure']!r}: of is {row['of']!r}, expected 'value' or 'bound'")
    return Floor(**row, is_ceiling="at_most" in row)


def _row(floor: Floor) -> dict[str, Any]:
    """The floor without what goes without saying."""
    side = "at_most" if floor.is_ceiling else "at_least"
    kept = {field.name: getattr(floor, field.name) for field in fields(floor) if field.name != "is_ceiling"}
    default = {"of": "value", "mark": None, "done_when": "", "exception": "", "at_least": None, "at_most": None}
    return {key: value for key, value in kept.items() if key == side or value != default.get(key, ...)}


def updated(floor: Floor, figures: Figures) -> Floor:
    """The floor pinned to what was found, and never looser than it is unless it does not hold any more."""
    if floor.figure not in figures or math.isnan(found := floor.value_of(figures[floor.figure])):
        return floor
    limit = _pinned(floor, found, figures[floor.figure].n)
    if floor.limit is not None and floor.keeps(found, floor.limit):
        limit = min(limit, floor.limit) if floor.is_ceiling else max(limit, floor.limit)
    new = floor.with_limit(limit)
    return new if new.misses_mark else replace(new, exception="")


def _pinned(floor: Floor, found: float, n: int) -> float:
    """The limit a little beyond what was found; at the mark where that much is reached."""
    row = 1 / n if n and floor.of == "value" else 0.0
    if floor.is_ceiling:
        limit = math.ceil((found + max(row, _RELATIVE_SLACK * found)) * 1e6) / 1e6
    else:
        limit = math.floor((found - max(row, _SLACK)) * 1e4) / 1e4
    return (
        floor.mark
        if floor.mark is not None and floor.keeps(found, floor.mark) and not floor.keeps(limit, floor.mark)
        else limit
    )


def loosened(old: Floors, new: Floors) -> Iterator[tuple[Floor, Floor]]:
    """Floors that allow more than they did."""
    for before, after in zip(old.floors, new.floors, strict=True):
        if before.limit is not None and (after.limit is None or not before.keeps(after.limit, before.limit)):
            yield before, after


def changelog_line(before: Floor, after: Floor) -> str:
    """What the changelog must say of a floor that was loosened; a reason may follow."""
    return f"{before.figure} ({before.of}) from {before.limit} to {after.limit}"


def data_checksum(data: Path) -> str:
    """One checksum over the files of the collection that are read, by name and content."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _DATA for path in data.glob(pattern)}):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(data).as_posix()} {content}\n".encode())
    return digest.hexdigest()

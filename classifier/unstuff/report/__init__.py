"""One self-contained HTML page about many documents: an overview, a table of them, each one's paragraphs.

Documents are added as they are scored. Their texts wait in a spool file, so that memory does not grow with them; the
page's script reads a document's text only when it is opened. Page text is hostile: it is made printable, embedded as
JSON without a ``<``, and shown as text only, under a policy that lets no other script run and nothing be loaded.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any, BinaryIO

import unstuff
from unstuff.filter import Filter
from unstuff.mirror import find_signs
from unstuff.report.assets import data
from unstuff.report.layout import head, tail
from unstuff.report.record import Limits, details, is_listed, row
from unstuff.report.tally import Tally
from unstuff.sources import Result

__all__ = ["Limits", "Made", "Report"]


@dataclass(frozen=True, slots=True)
class Made:
    """What the verdicts were made with: versions, model, its operating point (None: a threshold was given)."""

    unstuff: str
    model: str
    checksum: str
    point: str | None
    threshold: float

    @classmethod
    def by(cls, scorer: Filter) -> Made:
        """What a filter's verdicts are made with."""
        checksum = str(scorer.model.config.get("checksum", ""))[:12]
        return cls(unstuff.__version__, scorer.model.name, checksum, scorer.point, scorer.threshold)

    def __str__(self) -> str:
        point = f"operating point {self.point}" if self.point else "threshold given"
        return f"unstuff {self.unstuff}, model {self.model} ({self.checksum}), {point}, threshold {self.threshold:.6f}"


class Report:
    """A report in the making. ``spool`` is a file, open for reading and writing, that holds the texts until then."""

    def __init__(self, spool: BinaryIO, limits: Limits, made: Made) -> None:
        self._spool, self._limits, self._made = spool, limits, made
        self._rows: list[list[Any]] = []
        self._tally = Tally()

    def add(self, result: Result) -> None:
        """Count a document and keep of it what the limits let in; blank lines are no documents."""
        if not result.document.body and not result.document.error:
            return
        signs = find_signs(result.page.looked_at if result.page else "")
        self._tally.add(result, signs.found)
        if not is_listed(result, self._limits):
            return
        if len(self._rows) == self._limits.max_pages:
            self._tally.left_out.pages += 1
            self._tally.left_out.pages_found += any(verdict.found for verdict in result.verdicts)
            return
        place = len(self._rows)
        self._rows.append(row(result, signs))
        if result.page is not None:
            self._keep_text(f"page-{place}", result)

    def _keep_text(self, name: str, result: Result) -> None:
        found, left_out = details(result, self._limits)
        block = data(name, found)
        if self._spool.tell() + len(block) > self._limits.max_mb * 1_000_000:
            self._tally.left_out.texts += 1
            return
        self._spool.write(block)
        self._tally.left_out.paragraphs += left_out.paragraphs
        self._tally.left_out.content_chars += left_out.content_chars
        self._tally.left_out.block_chars += left_out.block_chars

    def write(self, out: BinaryIO) -> None:
        """Write the page: equal documents give equal bytes."""
        out.write(head(self._made, self._tally, self._limits, self._rows))
        self._spool.seek(0)
        shutil.copyfileobj(self._spool, out, 1 << 20)
        out.write(tail())

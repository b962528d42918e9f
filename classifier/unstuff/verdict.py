"""``Verdict``: what was decided of one paragraph."""

from __future__ import annotations

from typing import NamedTuple

from unstuff.page import Kind
from unstuff.reasons import Reason

Spans = tuple[tuple[int, int], ...]


class Verdict(NamedTuple):
    """What was decided of one paragraph, and from what.

    ``start``, ``end`` and ``spans`` are half-open code-point offsets into the text given (for HTML, into
    ``Page.text``). ``spans`` is what is injected: empty for content. ``score`` is the calibrated probability after
    context, ``raw_score`` that of the paragraph alone. ``reasons`` are given for flagged paragraphs, or on request.
    """

    paragraph: int
    start: int
    end: int
    spans: Spans
    kind: Kind
    hidden: bool
    label: str
    score: float
    raw_score: float
    reasons: tuple[Reason, ...]
    text: str

    @property
    def found(self) -> bool:
        """Whether the paragraph is a keyword block."""
        return self.label == "keyword_block"


def main_reason(verdict: Verdict) -> str:
    """Name of the reason that weighs most, or "no reason" where none was asked for."""
    return verdict.reasons[0].name if verdict.reasons else "no reason"

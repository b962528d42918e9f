"""A long document in windows of whole paragraphs, so that the memory of scoring does not grow with it.

Context is that of the window: where a paragraph stands in it, and what else it holds. A paragraph longer than a window
is judged piece by piece, and its verdict is put together from theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from unstuff import parts
from unstuff.page import Page, Paragraph
from unstuff.parts import Part, Proposal
from unstuff.verdict import Verdict

# Nearly four times the text of the longest of 646 real pages (70,147). Documents up to here are scored as a whole.
WINDOW_CHARS = 1 << 18


class Window(NamedTuple):
    """Neighbouring paragraphs of a document, or a piece of one; ``first`` is the number of the first of them."""

    first: int
    paragraphs: Sequence[Paragraph]


def is_long(page: Page) -> bool:
    """Whether a document is scored in windows."""
    return len(page.text) > WINDOW_CHARS


def windows(paragraphs: Sequence[Paragraph]) -> Iterator[Window]:
    """A document's paragraphs in windows, in order."""
    first = n_chars = 0
    for number, paragraph in enumerate(paragraphs):
        size = len(paragraph.text)
        if n_chars + size > WINDOW_CHARS and first < number:
            yield Window(first, paragraphs[first:number])
            first, n_chars = number, 0
        if size > WINDOW_CHARS:
            yield from (Window(number, [piece]) for piece in _pieces(paragraph))
            first = number + 1
        else:
            n_chars += size
    if first < len(paragraphs):
        yield Window(first, paragraphs[first:])


def _pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    size = len(paragraph.text)
    for start in range(0, size, WINDOW_CHARS):
        yield parts.piece([paragraph], Proposal(0, Part(start, min(start + WINDOW_CHARS, size))))


def put_together(paragraphs: Sequence[Paragraph], verdicts: Iterable[Verdict]) -> list[Verdict]:
    """One verdict a paragraph. That of pieces has the highest score among them, and the spans of all."""
    return [
        _whole(paragraphs[number], list(pieces)) for number, pieces in groupby(verdicts, key=attrgetter("paragraph"))
    ]


def _whole(paragraph: Paragraph, pieces: list[Verdict]) -> Verdict:
    likeliest = max(pieces, key=attrgetter("score"))
    if len(pieces) == 1:
        return likeliest
    spans: list[tuple[int, int]] = []
    for start, end in (span for piece in pieces for span in piece.spans):
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
    return likeliest._replace(start=paragraph.start, end=paragraph.end, text=paragraph.text, spans=tuple(spans))

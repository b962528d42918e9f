"""What every feature family reads: the code points, classes and list items of a batch of paragraphs.

Families get a ``Batch`` and return one row a paragraph; they never see each other. Everything here is a pass over
arrays; nothing loops over paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.hashing import SpanHasher
from unstuff.normalise import CLASS_MASK, N_CLASSES, PADDING, CharClass, CodePoints, Normaliser, edges_of
from unstuff.page import Paragraph

IDEOGRAPHIC = (CharClass.HAN, CharClass.KANA)
ALPHABETIC = (
    CharClass.HANGUL,
    CharClass.LATIN,
    CharClass.CYRILLIC,
    CharClass.THAI,
    CharClass.ARABIC,
    CharClass.OTHER_LETTER,
)
_PARTS_AT_DASH = np.isin(np.arange(N_CLASSES), [CharClass.HAN, CharClass.KANA, CharClass.SPACE, CharClass.PADDING])
_MIN_ITEMS = 3  # of a list
# A flag beside the class.
_BETWEEN_LINKS = np.uint8(0x10)
# Slots of the table that distinct values compete for: four times as many as values, and a bound on its memory.
_MAX_DISTINCT_BITS = 20
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Spans(NamedTuple):
    """Spans of the batch's code points, in order, each within one paragraph."""

    starts: NDArray[np.int64]  # (n_spans,)
    ends: NDArray[np.int64]  # (n_spans,) half-open
    paragraph: NDArray[np.int64]  # (n_spans,) index of the paragraph each lies in

    @property
    def n_chars(self) -> NDArray[np.int64]:
        """Length of each span in code points."""
        return self.ends - self.starts


@dataclass(frozen=True, eq=False)
class Batch:
    """A batch of paragraphs as arrays."""

    paragraphs: Sequence[Paragraph]
    codes: NDArray[np.uint32]  # (n_chars,) normalised, zeros between paragraphs
    flagged_classes: NDArray[np.uint8]  # (n_chars,) CharClass, and the flag of space between links
    starts: NDArray[np.int64]  # (n_paragraphs,)
    ends: NDArray[np.int64]  # (n_paragraphs,)

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph], normaliser: Normaliser) -> Batch:
        """Normalise the paragraphs and lay them end to end."""
        points = normaliser.normalise([paragraph.text for paragraph in paragraphs])
        _flag_between_links(paragraphs, points)
        return cls(paragraphs, points.codes, points.classes, points.starts, points.ends)

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, rows: NDArray[np.int64]) -> Batch:
        """Some of the paragraphs as a batch of their own, in the order given."""
        sizes = self._sizes[rows]
        at = positions(self.starts[rows], sizes)
        starts = np.cumsum(sizes) - sizes
        ends = starts + self.n_chars[rows]
        chosen = [self.paragraphs[i] for i in rows.tolist()]
        return Batch(chosen, self.codes[at], self.flagged_classes[at], starts, ends)

    @cached_property
    def classes(self) -> NDArray[np.uint8]:
        """Class of each code point, without the flags."""
        return self.flagged_classes & CLASS_MASK

    @cached_property
    def n_chars(self) -> NDArray[np.int64]:
        """Normalised code points of each paragraph."""
        return self.ends - self.starts

    @cached_property
    def paragraph_of_char(self) -> NDArray[np.int64]:
        """Paragraph of each code point; padding belongs to the paragraph before it."""
        return np.repeat(np.arange(len(self)), self._sizes)

    @cached_property
    def _sizes(self) -> NDArray[np.int64]:
        """Code points of each paragraph with the padding after it."""
        return np.diff(np.append(self.starts, len(self.codes)))

    @cached_property
    def class_counts(self) -> NDArray[np.int64]:
        """Code points of each class, (n_paragraphs, N_CLASSES); column 0 counts the padding."""
        cells = np.repeat(np.arange(0, len(self) * N_CLASSES, N_CLASSES), self._sizes)
        cells += self.classes
        return np.bincount(cells, minlength=len(self) * N_CLASSES).reshape(len(self), N_CLASSES)

    @cached_property
    def span_hash(self) -> SpanHasher:
        """Hashes of any spans of the batch."""
        return SpanHasher(self.codes)

    @cached_property
    def is_separator(self) -> NDArray[np.bool_]:
        """Whether each code point separates list items where it stands (padding does)."""
        classes = self.classes
        space = classes == CharClass.SPACE
        separator = (classes == CharClass.PADDING) | (classes == CharClass.SEPARATOR)
        separator[self._separating_marks()] = True
        # A space parts items beside Chinese and Japanese, beside a separator, and where it is doubled; between
        # the words of an alphabet it belongs to the item ("new york").
        near = space | separator
        near |= (classes == CharClass.HAN) | (classes == CharClass.KANA)
        space &= _beside(near)
        separator |= space
        separator |= self.flagged_classes & _BETWEEN_LINKS != 0
        return np.asarray(separator)

    def _separating_marks(self) -> NDArray[np.int64]:
        """Positions of the dashes and sentence marks that part items where they stand."""
        classes = self.classes
        dashes = np.flatnonzero(classes == CharClass.DASH)
        # Padding ends the batch; before its first code point stands the last.
        before, after = classes.take(dashes - 1, mode="wrap"), classes.take(dashes + 1, mode="clip")
        marks = np.flatnonzero(classes == CharClass.SENTENCE)
        codes, following = self.codes[marks], classes.take(marks + 1, mode="clip")
        # A full stop or an apostrophe separates at the end of a word.
        inner = ((codes == ord(".")) | (codes == ord("'"))) & (following != CharClass.SPACE)
        inner &= following != CharClass.PADDING
        return np.concatenate((dashes[_PARTS_AT_DASH[before] | _PARTS_AT_DASH[after]], marks[~inner]))

    @cached_property
    def is_list(self) -> NDArray[np.bool_]:
        """Which paragraphs list items: of fewer than three none is told from a clause or a title."""
        return np.asarray(self.count(self.items.paragraph) >= _MIN_ITEMS)

    @cached_property
    def items(self) -> Spans:
        """The items of each paragraph: what stands between separators and sentence marks."""
        return self.runs_of(~self.is_separator)

    @cached_property
    def item_hashes(self) -> NDArray[np.uint64]:
        """Hash of each item."""
        return self.span_hash(self.items.starts, self.items.ends)

    @cached_property
    def words(self) -> Spans:
        """Words of alphabets, between spaces, marks and ideographs."""
        return self.runs_of(is_alphabetic(self.classes))

    @cached_property
    def word_hashes(self) -> NDArray[np.uint64]:
        """Hash of each word."""
        return self.span_hash(self.words.starts, self.words.ends)

    def runs_of(self, flags: NDArray[np.bool_]) -> Spans:
        """Maximal runs of flagged code points; no flag may lie on padding."""
        edges = edges_of(flags)
        starts, ends = edges[::2], edges[1::2]
        return Spans(starts, ends, self.paragraph_of_char.take(starts, mode="clip"))

    def count(self, spans_paragraph: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many spans, or other things with a paragraph index, each paragraph has."""
        return np.bincount(spans_paragraph, minlength=len(self))

    def total(self, values: NDArray[np.int64], paragraph: NDArray[np.int64]) -> NDArray[np.int64]:
        """Exact sums by paragraph of whole numbers whose sums stay below 2^53."""
        return np.bincount(paragraph, values, minlength=len(self)).astype(np.int64)

    def count_flags(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many code points of each paragraph are flagged."""
        # Padding follows every paragraph, so that none of these sums is over nothing.
        return np.add.reduceat(flags.view(np.uint8), self.starts, dtype=np.int32).astype(np.int64)

    def longest(self, spans: Spans) -> NDArray[np.int64]:
        """Length of each paragraph's longest span, 0 without one."""
        longest = np.zeros(len(self), np.int64)
        if len(spans.starts):
            firsts = np.flatnonzero(np.diff(spans.paragraph, prepend=-1))
            longest[spans.paragraph[firsts]] = np.maximum.reduceat(spans.n_chars, firsts)
        return longest


def _flag_between_links(paragraphs: Sequence[Paragraph], points: CodePoints) -> None:
    """Flag the spaces between two links: what is linked by itself is an item."""
    spaces: list[int] = []
    start = 0
    for paragraph in paragraphs:
        if len(paragraph.links) > 1:
            spaces += [start + at for at in _between_links(paragraph)]
        start += len(paragraph.text) + PADDING
    if spaces:
        points.classes[points.places(np.array(spaces))] |= _BETWEEN_LINKS


def _between_links(paragraph: Paragraph) -> list[int]:
    """Offsets of the white space in a paragraph's text that alone stands between a link and the next."""
    text, from_start = paragraph.text, paragraph.start
    gaps = [(one.end - from_start, following.start - from_start) for one, following in pairwise(paragraph.links)]
    return [at for start, end in gaps if text[start:end].isspace() for at in range(start, end)]


def is_alphabetic(classes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which classes are those of an alphabet."""
    # They follow each other.
    return np.asarray((classes >= ALPHABETIC[0]) & (classes <= ALPHABETIC[-1]))


def positions(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every position in spans, span after span."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def _beside(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether either neighbour is flagged; padding is, and so is what lies beyond the batch's ends."""
    beside = np.ones(len(flags), bool)
    beside[1:-1] = flags[:-2]
    beside[1:-1] |= flags[2:]
    return beside


def table_of(columns: Mapping[str, NDArray[Any]], names: Sequence[str]) -> NDArray[np.float32]:
    """The named columns (n,) side by side, (n, len(names))."""
    rows = np.empty((len(columns[names[0]]), len(names)), np.float32)
    for i, name in enumerate(names):
        rows[:, i] = columns[name]
    return rows


def share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """Part of the whole in [0, 1], 0 where the whole is 0."""
    return part / np.maximum(whole, 1)


def count_distinct(values: NDArray[np.uint64], paragraph: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Distinct values of each of n paragraphs; values are taken for equal when they and their paragraphs hash alike.

    Each value claims a slot of a table; equal ones claim the same, and the last to come counts. What another value
    drove from its slot, some percent, is sorted.
    """
    keys = values + paragraph.astype(np.uint64) * _MIX
    keys *= _MIX
    bits = min(len(keys).bit_length() + 2, _MAX_DISTINCT_BITS)
    slots = (keys >> np.uint64(64 - bits)).astype(np.int64)
    numbers = np.arange(len(keys), dtype=np.int32)
    table = np.empty(1 << bits, np.int32)
    table[slots] = numbers
    winners = table.take(slots, mode="clip")
    driven = np.flatnonzero(keys.take(winners, mode="clip") != keys)
    firsts = np.unique(keys[driven], return_index=True)[1] if len(driven) else driven
    counted = np.concatenate((np.flatnonzero(winners == numbers), driven[firsts]))
    return np.bincount(paragraph[counted], minlength=n)

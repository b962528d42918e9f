"""The injected part of a mixed paragraph: a block glued to genuine text on the same line.

Where the n-gram weights of a long paragraph sum up over a stretch and the rest of it reads as content, the stretch is
judged in the paragraph's place. Owns where such a part begins and ends; offsets are those of the paragraph's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import Extractor
from unstuff.features.batch import Batch, positions
from unstuff.features.ngrams import N_MAX
from unstuff.hashing import CodeSet
from unstuff.normalise import RIGHT_TO_LEFT_OVERRIDE, CharClass
from unstuff.page import Paragraph

MIN_PARAGRAPH_CHARS = 60
_MIN_PART_CHARS = 16
# Less than this beside the part goes with it.
_MIN_REST_CHARS = 24
# A stretch counts only what its n-grams weigh above this, a code point: content comes near it by chance.
_PENALTY = 0.25
# So much above the penalty, in blocks of so many code points, sends a paragraph on to a closer look.
_MIN_EVIDENCE = 8.0
_BLOCK_CHARS = 8
# What the n-grams of a part weigh at least, as they count in its log-odds. Of 7,036 accepted parts of real blocks in
# genuine text 4 weigh less; of the likely stretches of 15,000 clean Chinese paragraphs 463 weigh so much.
_MIN_PART_WEIGHT = 2.0
_MIN_PART_LOGIT = 1.0
_MAX_REST_LOGIT = 0.0
_SENTENCE_ENDS = CodeSet.of(".!?。")
_QUANTUM = 1 << 20


class Part(NamedTuple):
    """Half-open offsets into a paragraph's text."""

    start: int
    end: int


class Proposal(NamedTuple):
    """A part of paragraph i of a batch that may be injected."""

    paragraph: int
    part: Part


class Rest(NamedTuple):
    """What stands beside parts, two for each."""

    logits: NDArray[np.float64]  # (2 n,) raw log-odds
    has_text: NDArray[np.bool_]  # (2 n,)


class Parts(NamedTuple):
    """Paragraphs of a batch of which only a part looks injected, and that part."""

    paragraph: NDArray[np.int64]  # (n_parts,) ascending
    spans: list[Part]
    proposal: NDArray[np.int64]  # (n_parts,) number of each among all proposals
    logits: NDArray[np.float64]  # (n_parts,) raw log-odds of the part alone

    def at(self, i: int) -> int | None:
        """Number of the part of paragraph i."""
        k = int(np.searchsorted(self.paragraph, i))
        return k if k < len(self.paragraph) and self.paragraph[k] == i else None

    def of(self, i: int) -> Part | None:
        """The part of paragraph i, None where it is judged as a whole."""
        k = self.at(i)
        return None if k is None else self.spans[k]


def piece(paragraphs: Sequence[Paragraph], proposal: Proposal) -> Paragraph:
    """The proposed part as a paragraph of its own."""
    return _slice(paragraphs[proposal.paragraph], *proposal.part)


def likely(logits: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers of the proposals that look injected by themselves; ``logits`` (n_proposals,) are those of the parts."""
    return np.flatnonzero(logits > _MIN_PART_LOGIT)


def rests(paragraphs: Sequence[Paragraph], proposals: Iterable[Proposal]) -> list[Paragraph]:
    """Two paragraphs for each proposal: what stands before the part, and what stands after it."""
    return [
        _slice(paragraphs[i], start, end)
        for i, part in proposals
        for start, end in ((0, part.start), (part.end, len(paragraphs[i].text)))
    ]


def accept(proposals: Sequence[Proposal], chosen: NDArray[np.int64], logits: NDArray[np.float64], rest: Rest) -> Parts:
    """Of the chosen proposals those whose rest reads as content; ``logits`` (n_proposals,) are those of the parts."""
    # An empty rest is no witness of content.
    content = ((rest.logits < _MAX_REST_LOGIT) | ~rest.has_text).reshape(-1, 2).all(axis=1)
    rows = _shortest_of_each(proposals, chosen[content])
    return Parts(
        np.array([proposals[k].paragraph for k in rows], np.int64),
        [proposals[k].part for k in rows],
        np.array(rows, np.int64),
        logits[rows],
    )


def propose(extractor: Extractor, batch: Batch, per_char: NDArray[np.float64]) -> list[Proposal]:
    """Where parts of long paragraphs may lie: the heaviest stretch of each, and what no sentence holds.

    ``per_char`` is what n-grams weigh by code point, (n_chars,).
    """
    rows = _long_and_heavy(batch, per_char)
    if not len(rows):
        return []
    lengths = batch.n_chars[rows]
    stretches = _Stretches(batch, rows, per_char)
    ranges = np.stack((*stretches.heaviest(), *_after_and_before_sentences(batch, rows)), axis=1)
    begin, stop = ranges[:, ::2], ranges[:, 1::2]
    begin = np.where(begin < _MIN_REST_CHARS, 0, begin)
    stop = np.where(lengths[:, None] - stop < _MIN_REST_CHARS, lengths[:, None], stop)
    n_chars = stop - begin
    inside = (n_chars >= _MIN_PART_CHARS) & (n_chars < lengths[:, None])
    # Of what is written backwards no part can be named: it is judged as a whole.
    inside[[RIGHT_TO_LEFT_OVERRIDE in batch.paragraphs[row].text for row in rows.tolist()]] = False
    heavy = inside & (stretches.weigh(begin, stop) >= _MIN_PART_WEIGHT * np.sqrt(np.maximum(n_chars, 1)))
    found: dict[Proposal, None] = {}
    for k in np.flatnonzero(heavy.any(axis=1)).tolist():
        # Normalising only deletes: a form as long as its text has every code point in its place.
        text = batch.paragraphs[int(rows[k])].text
        origins = range(len(text) + 1) if lengths[k] == len(text) else extractor.normaliser.origins(text)
        for at in np.flatnonzero(heavy[k]).tolist():
            part = Part(int(origins[begin[k, at]]), int(origins[stop[k, at]]))
            found[Proposal(int(rows[k]), part)] = None
    return list(found)


def _long_and_heavy(batch: Batch, per_char: NDArray[np.float64]) -> NDArray[np.int64]:
    """Long paragraphs with a stretch that weighs enough, as far as blocks of a few code points show it."""
    long = np.flatnonzero(batch.n_chars >= MIN_PARAGRAPH_CHARS)
    if not len(long):
        return long
    n_blocks = -(-batch.n_chars[long] // _BLOCK_CHARS)
    firsts = np.cumsum(n_blocks) - n_blocks
    starts = np.repeat(batch.starts[long] - _BLOCK_CHARS * firsts, n_blocks) + _BLOCK_CHARS * np.arange(n_blocks.sum())
    # Between two of these paragraphs others may lie: each one's end bounds its last block, and what follows is dropped.
    bounds = np.insert(starts, firsts + n_blocks, batch.ends[long])
    blocks = np.delete(np.add.reduceat(per_char, bounds), firsts + n_blocks + np.arange(len(long)))
    gain = np.maximum.reduceat(_gains(_whole(blocks - _PENALTY * _BLOCK_CHARS), firsts, n_blocks), firsts)
    return long[gain >= _MIN_EVIDENCE * _QUANTUM]


def _whole(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """In whole numbers: sums over a batch are exact, and a paragraph's do not depend on what stands before it."""
    return np.rint(weights * _QUANTUM).astype(np.int64)


def _gains(steps: NDArray[np.int64], firsts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Weight of the heaviest stretch that ends at each step, of rows laid end to end."""
    before = np.cumsum(steps) - steps
    # Each row is moved below all before it, so that its lowest sum so far is its own.
    before -= np.repeat(before[firsts] + int(np.abs(steps).max()) * firsts, lengths)
    return before + steps - np.minimum.accumulate(before)


class _Stretches:
    """What stretches of some paragraphs weigh above the penalty."""

    def __init__(self, batch: Batch, rows: NDArray[np.int64], per_char: NDArray[np.float64]) -> None:
        self._batch = batch
        self._starts, self._lengths = batch.starts[rows], batch.n_chars[rows]
        self._firsts = np.cumsum(self._lengths) - self._lengths
        self._steps = _whole(per_char[positions(self._starts, self._lengths)] - _PENALTY)
        self._sums = np.concatenate(([0], np.cumsum(self._steps)))

    def weigh(self, begin: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.float64]:
        """What stretches weigh without the penalty; (n_rows, n), counted from each row's start."""
        firsts = self._firsts[:, None]
        above = self._sums[firsts + stop] - self._sums[firsts + begin]
        return np.asarray(above / _QUANTUM + _PENALTY * (stop - begin))

    def heaviest(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Begin and end of each row's heaviest stretch, widened to whole items, counted from the row's start."""
        gain = _gains(self._steps, self._firsts, self._lengths)
        best = np.flatnonzero(gain == np.repeat(np.maximum.reduceat(gain, self._firsts), self._lengths))
        stop = best[np.searchsorted(best, self._firsts)] + 1
        # A stretch begins where a sum begins anew.
        anew = np.flatnonzero(gain == self._steps)
        begin = anew[np.searchsorted(anew, stop, "left") - 1] - self._firsts
        return self._widened(begin + self._starts, stop - self._firsts + self._starts)

    def _widened(
        self, begin: NDArray[np.int64], stop: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        # Padding is a break: one follows every row.
        breaks = np.flatnonzero(self._batch.is_separator | (self._batch.classes == CharClass.SENTENCE))
        # N-grams that reach into the block begin before it: a break so near is where it begins.
        before = np.append(-1, breaks)[np.searchsorted(breaks, begin + N_MAX, "left")] + 1
        after = breaks[np.searchsorted(breaks, stop - 1, "left")] + 1
        return np.clip(before - self._starts, 0, self._lengths), np.minimum(after - self._starts, self._lengths)


def _after_and_before_sentences(
    batch: Batch, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Begin and end of what follows each row's last sentence, and of its first sentence; whole rows without one."""
    starts, lengths = batch.starts[rows], batch.n_chars[rows]
    stops = np.flatnonzero(_SENTENCE_ENDS.has(batch.codes)) + 1
    first = np.searchsorted(stops, starts, "right")
    after = np.searchsorted(stops, batch.ends[rows], "right")
    ended = after > first
    bounded = np.append(stops, 0)
    zero = np.zeros(len(rows), np.int64)
    return (
        np.where(ended, bounded[after - 1] - starts, 0),
        lengths,
        zero,
        np.where(ended, bounded[first] - starts, lengths),
    )


def _shortest_of_each(proposals: Sequence[Proposal], rows: NDArray[np.int64]) -> list[int]:
    """The row of each paragraph's shortest part: where the rest is content, a longer one takes content along."""
    shortest: dict[int, int] = {}
    for row in rows.tolist():
        i, part = proposals[row]
        other = proposals[shortest.setdefault(i, row)].part
        if part.end - part.start < other.end - other.start:
            shortest[i] = row
    return list(shortest.values())


def _slice(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    low, high = paragraph.start + start, paragraph.start + end
    links = tuple(link for link in paragraph.links if link.start < high and link.end > low)
    return paragraph._replace(text=paragraph.text[start:end], start=low, end=high, links=links)

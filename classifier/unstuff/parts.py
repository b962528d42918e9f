"""The injected part of a mixed paragraph: a block glued to genuine text on the same line.

Where the n-gram weights of a long paragraph sum up over a stretch, or places are listed at one of its ends, and the
rest of it reads as content, the stretch is judged in the paragraph's place. Owns where such a part begins and ends;
offsets are those of the paragraph's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import NAMES, Extractor, Features
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
# Places that a paragraph names as items, and items that its list of them has. Of 2,000 lists of 6 to 40 counties glued
# to genuine Chinese the part is named of 59 %, and was of 20 % by n-grams alone (out of fold, 2026-11).
_MIN_PLACES = 5
# Of 163 real blocks glued to genuine text and named rightly, out of fold, 2.5 % have a rest above this; of lists of
# links and texts that are injected as a whole, 5 of 7 that were named in part have. Places tell themselves from what
# stands beside them: of 391 lists of them 8 have a rest above -1 (2026-11).
_MAX_REST_LOGIT = -2.5
_MAX_REST_LOGIT_OF_PLACES = -1.0
# Below this, what stands beside a part is content, and no clearer part is looked for.
_CLEAR_REST_LOGIT = -3.0
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
    is_places: bool = False  # a list of places


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


def piece(paragraphs: Sequence[Paragraph], proposal: Proposal) -> Paragraph:
    """The proposed part as a paragraph of its own."""
    return _slice(paragraphs[proposal.paragraph], *proposal.part)


def likely(logits: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers of the proposals that look injected by themselves; ``logits`` (n_proposals,) are those of the parts."""
    return np.flatnonzero(logits > _MIN_PART_LOGIT)


def rests(paragraphs: Sequence[Paragraph], proposals: Iterable[Proposal]) -> list[Paragraph]:
    """Two paragraphs for each proposal: what stands before the part, and what stands after it, blanks left out."""
    return [
        _slice(paragraphs[i], *_trimmed(paragraphs[i].text, start, end))
        for i, part, _ in proposals
        for start, end in ((0, part.start), (part.end, len(paragraphs[i].text)))
    ]


def accept(
    proposals: Sequence[Proposal],
    chosen: NDArray[np.int64],
    logits: NDArray[np.float64],
    rest: Rest,
    whole: NDArray[np.float64],
) -> Parts:
    """Of the chosen proposals those that read more injected than their paragraph does, and whose rest reads as content.

    ``logits`` (n_proposals,) are those of the parts, ``whole`` (n_paragraphs,) those of the paragraphs.
    """
    # An empty rest is no witness of content.
    beside = np.where(rest.has_text, rest.logits, -np.inf).reshape(-1, 2).max(axis=1)
    own = [proposals[k] for k in chosen.tolist()]
    is_places = np.array([proposal.is_places for proposal in own], bool)
    is_content = beside < np.where(is_places, _MAX_REST_LOGIT_OF_PLACES, _MAX_REST_LOGIT)
    # Content beside phrases makes the whole read less injected; what makes it read more is of the block.
    paragraph = np.array([proposal.paragraph for proposal in own], np.int64)
    content = np.flatnonzero(is_content & (is_places | (logits[chosen] > whole[paragraph])))
    contrast = logits[chosen] - np.maximum(beside, _CLEAR_REST_LOGIT)
    rows = _clearest_of_each(proposals, chosen[content], contrast[content])
    return Parts(
        np.array([proposals[k].paragraph for k in rows], np.int64),
        [proposals[k].part for k in rows],
        np.array(rows, np.int64),
        logits[rows],
    )


def propose(extractor: Extractor, batch: Batch, features: Features, per_char: NDArray[np.float64]) -> list[Proposal]:
    """Where parts of long paragraphs may lie: the heaviest stretch, what no sentence holds, places listed at an end.

    ``features`` are the batch's, ``per_char`` is what n-grams weigh by code point, (n_chars,).
    """
    heavy, listed = _heavy(batch, per_char), _listed(extractor, batch, features)
    row, begin, stop = (np.concatenate(column) for column in zip(heavy, listed, strict=True))
    found: dict[tuple[int, Part], bool] = {}
    origins: dict[int, Sequence[int] | NDArray[np.int64]] = {}
    for k in np.argsort(row, kind="stable").tolist():
        i = int(row[k])
        text = batch.paragraphs[i].text
        # Of what is written backwards no part can be named: it is judged as a whole.
        if RIGHT_TO_LEFT_OVERRIDE not in text:
            if i not in origins:
                # Normalising only deletes: a form as long as its text has every code point in its place.
                same = batch.n_chars[i] == len(text)
                origins[i] = range(len(text) + 1) if same else extractor.normaliser.origins(text)
            found[i, Part(int(origins[i][begin[k]]), int(origins[i][stop[k]]))] = k >= len(heavy.row)
    return [Proposal(*own, is_places) for own, is_places in found.items()]


class _Ranges(NamedTuple):
    """Stretches of a batch's paragraphs, as half-open code points counted from each paragraph's start."""

    row: NDArray[np.int64]
    begin: NDArray[np.int64]
    stop: NDArray[np.int64]

    def inside(self, batch: Batch) -> tuple[_Ranges, NDArray[np.bool_]]:
        """The ranges with what is too little to stand beside them, and which are parts."""
        lengths = batch.n_chars[self.row]
        begin = np.where(self.begin < _MIN_REST_CHARS, 0, self.begin)
        stop = np.where(lengths - self.stop < _MIN_REST_CHARS, lengths, self.stop)
        return _Ranges(self.row, begin, stop), (stop - begin >= _MIN_PART_CHARS) & (stop - begin < lengths)

    def take(self, chosen: NDArray[np.bool_]) -> _Ranges:
        return _Ranges(*(column[chosen] for column in self))


def _heavy(batch: Batch, per_char: NDArray[np.float64]) -> _Ranges:
    """The heaviest stretch of each paragraph, what follows its last sentence, its first: what weighs enough of them."""
    rows = _long_and_heavy(batch, per_char)
    if not len(rows):
        return _Ranges(rows, rows, rows)
    stretches = _Stretches(batch, rows, per_char)
    pairs = (stretches.heaviest(), *_after_and_before_sentences(batch, rows))
    number = np.tile(np.arange(len(rows)), len(pairs))
    begin, stop = (np.concatenate(column) for column in zip(*pairs, strict=True))
    ranges, are_parts = _Ranges(rows[number], begin, stop).inside(batch)
    n_chars = np.maximum(ranges.stop - ranges.begin, 1)
    weights = stretches.weigh(number, ranges.begin, ranges.stop)
    return ranges.take(are_parts & (weights >= _MIN_PART_WEIGHT * np.sqrt(n_chars)))


def _listed(extractor: Extractor, batch: Batch, features: Features) -> _Ranges:
    """The longest list of places of each long paragraph, if it stands at one of its ends."""
    n_places = features.dense[:, NAMES.index("log_place_items")]
    rows = np.flatnonzero((batch.n_chars >= MIN_PARAGRAPH_CHARS) & (n_places > np.log1p(_MIN_PLACES - 0.5)))
    if not len(rows):
        return _Ranges(rows, rows, rows)
    items = np.flatnonzero(np.isin(batch.items.paragraph, rows))
    starts, ends, paragraph = (column[items] for column in batch.items)
    firsts = np.searchsorted(paragraph, rows)
    is_place = extractor.gazetteer.find(batch.item_hashes[items]) >= 0
    first, last = _best_run(np.where(is_place, 1, -1), firsts, np.diff(np.append(firsts, len(items))))
    # The mark behind the list goes with it; padding is one.
    breaks = np.flatnonzero(batch.is_separator)
    stop = breaks[np.searchsorted(breaks, ends[last])] + 1
    begin, stop = starts[first] - batch.starts[rows], np.minimum(stop, batch.ends[rows]) - batch.starts[rows]
    ranges, are_parts = _Ranges(rows, begin, stop).inside(batch)
    at_end = (ranges.begin == 0) | (ranges.stop == batch.n_chars[rows])
    return ranges.take(are_parts & at_end & (last - first >= _MIN_PLACES - 1))


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


def _best_run(
    steps: NDArray[np.int64], firsts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last step of the run that sums up highest, of each of some rows laid end to end."""
    if not len(firsts):
        return firsts, firsts
    gain = _gains(steps, firsts, lengths)
    best = np.flatnonzero(gain == np.repeat(np.maximum.reduceat(gain, firsts), lengths))
    last = best[np.searchsorted(best, firsts)]
    # A run begins where a sum begins anew.
    anew = np.flatnonzero(gain == steps)
    return anew[np.searchsorted(anew, last, "right") - 1], last


class _Stretches:
    """What stretches of some paragraphs weigh above the penalty."""

    def __init__(self, batch: Batch, rows: NDArray[np.int64], per_char: NDArray[np.float64]) -> None:
        self._batch = batch
        self._starts, self._lengths = batch.starts[rows], batch.n_chars[rows]
        self._firsts = np.cumsum(self._lengths) - self._lengths
        self._steps = _whole(per_char[positions(self._starts, self._lengths)] - _PENALTY)
        self._sums = np.concatenate(([0], np.cumsum(self._steps)))

    def weigh(
        self, number: NDArray[np.int64], begin: NDArray[np.int64], stop: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """What stretches of rows, told by number, weigh without the penalty; counted from each row's start."""
        firsts = self._firsts[number]
        above = self._sums[firsts + stop] - self._sums[firsts + begin]
        return np.asarray(above / _QUANTUM + _PENALTY * (stop - begin))

    def heaviest(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Begin and end of each row's heaviest stretch, widened to whole items, counted from the row's start."""
        first, last = _best_run(self._steps, self._firsts, self._lengths)
        return self._widened(first - self._firsts + self._starts, last + 1 - self._firsts + self._starts)

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
) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Begin and end of what follows each row's last sentence, and of its first sentence; whole rows without one."""
    starts, lengths = batch.starts[rows], batch.n_chars[rows]
    stops = np.flatnonzero(_SENTENCE_ENDS.has(batch.codes)) + 1
    first = np.searchsorted(stops, starts, "right")
    after = np.searchsorted(stops, batch.ends[rows], "right")
    ended = after > first
    bounded = np.append(stops, 0)
    zero = np.zeros(len(rows), np.int64)
    return (
        (np.where(ended, bounded[after - 1] - starts, 0), lengths),
        (zero, np.where(ended, bounded[first] - starts, lengths)),
    )


def _clearest_of_each(
    proposals: Sequence[Proposal], rows: NDArray[np.int64], contrast: NDArray[np.float64]
) -> list[int]:
    """The row of each paragraph's part that differs most from what stands beside it; a list of places is not cut."""
    best: dict[int, tuple[float, int]] = {}
    for row, own in zip(rows.tolist(), contrast.tolist(), strict=True):
        i = proposals[row].paragraph
        if own > best.get(i, (-np.inf, 0))[0]:
            best[i] = own, row
    clearest = {i: row for i, (_, row) in best.items()}
    for row in rows.tolist():
        # The stretch that stands out most may lack a place at either end.
        i, part, is_places = proposals[row]
        inner = proposals[clearest[i]].part
        if is_places and part.start <= inner.start and inner.end <= part.end:
            clearest[i] = row
    return list(clearest.values())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without outer white space, as paragraphs are: a blank at the end alone moves log-odds by 3."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, start + len(text[start:end].rstrip())


def _slice(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    low, high = paragraph.start + start, paragraph.start + end
    links = tuple(link for link in paragraph.links if link.start < high and link.end > low)
    return paragraph._replace(text=paragraph.text[start:end], start=low, end=high, links=links)

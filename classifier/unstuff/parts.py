"""The injected part of a mixed paragraph: a block glued to genuine text on the same line.

Where the n-gram weights of a long paragraph sum up over a stretch and the rest of it reads as content, the stretch is
judged in the paragraph's place. Owns where such a part begins and ends; offsets are those of the paragraph's text.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import Extractor, Features
from unstuff.features.batch import Batch
from unstuff.features.ngrams import N_MAX
from unstuff.hashing import CodeSet
from unstuff.normalise import CharClass
from unstuff.page import Paragraph
from unstuff.stages import ParagraphModel

MIN_PARAGRAPH_CHARS = 60
_MIN_PART_CHARS = 16
# Less than this beside the part goes with it.
_MIN_REST_CHARS = 24
# A stretch counts only what its n-grams weigh above this, a code point: content comes near it by chance.
_PENALTY = 0.25
# So much above the penalty, in blocks of so many code points, sends a paragraph on to a closer look.
_MIN_EVIDENCE = 10.0
_BLOCK_CHARS = 8
# What the n-grams and words of a part weigh at least, as they count in its log-odds. Of 7,316 accepted parts of real
# blocks in genuine text 17 weigh less; of 918 likely stretches of 3,930 clean English paragraphs 54 weigh so much.
_MIN_PART_WEIGHT = 4.0
_MIN_PART_LOGIT = 1.0
# Of 10,530 likely parts of real blocks in genuine paragraphs 92 % leave a rest below it, of 31 in whole blocks 9 do.
_MAX_REST_LOGIT = -2.0
# A part so much less likely than its whole is a piece of a block.
_MAX_LOSS = 3.0
_SENTENCE_ENDS = CodeSet.of(".!?。")
_QUANTUM = 1 << 20


class Part(NamedTuple):
    """Half-open offsets into a paragraph's text."""

    start: int
    end: int


class Parts(NamedTuple):
    """Paragraphs of a batch of which only a part looks injected, and that part as a paragraph."""

    paragraph: NDArray[np.int64]  # (n_parts,) ascending
    spans: list[Part]
    batch: Batch
    features: Features
    logits: NDArray[np.float64]  # (n_parts,) raw log-odds of the part alone

    def at(self, i: int) -> int | None:
        """Number of the part of paragraph i."""
        k = int(np.searchsorted(self.paragraph, i))
        return k if k < len(self.paragraph) and self.paragraph[k] == i else None

    def of(self, i: int) -> Part | None:
        """The part of paragraph i, None where it is judged as a whole."""
        k = self.at(i)
        return None if k is None else self.spans[k]


def find_parts(
    extractor: Extractor,
    model: ParagraphModel,
    batch: Batch,
    per_char: NDArray[np.float64],
    raw_logits: NDArray[np.float64],
) -> Parts:
    """The injected parts of the batch's long paragraphs.

    ``per_char`` is what n-grams and words weigh by code point, (n_chars,); ``raw_logits`` (n_paragraphs,) are those of
    the whole paragraphs.
    """
    found: list[tuple[int, Part]] = []
    pieces: list[Paragraph] = []
    for i, part in _proposals(extractor, batch, per_char):
        found.append((i, part))
        pieces += _pieces(batch.paragraphs[i], part)
    piece_batch = extractor.batch(pieces)
    logits = model.corrected(piece_batch, extractor.extract(piece_batch), extractor).reshape(-1, 3)
    # An empty rest is no witness of content.
    rest_chars = np.array([len(piece.text) for piece in pieces], np.int64).reshape(-1, 3)[:, 1:]
    content = ((logits[:, 1:] < _MAX_REST_LOGIT) | (rest_chars == 0)).all(axis=1)
    least = np.maximum(raw_logits[[i for i, _ in found]] - _MAX_LOSS, _MIN_PART_LOGIT)
    accepted = _shortest_of_each(found, np.flatnonzero(content & (logits[:, 0] > least)))
    part_batch = extractor.batch([pieces[3 * k] for k in accepted])
    return Parts(
        np.array([found[k][0] for k in accepted], np.int64),
        [found[k][1] for k in accepted],
        part_batch,
        extractor.extract(part_batch),
        logits[accepted, 0],
    )


def _proposals(extractor: Extractor, batch: Batch, per_char: NDArray[np.float64]) -> list[tuple[int, Part]]:
    """Paragraphs and where a part of each may lie: its heaviest stretch, and what no sentence holds."""
    # In whole numbers, so that sums over the batch are exact and a paragraph's do not depend on what stands before it.
    steps = np.rint((per_char - _PENALTY) * _QUANTUM).astype(np.int64)
    rows = _long_and_heavy(batch, steps)
    if not len(rows):
        return []
    starts, lengths = batch.starts[rows], batch.n_chars[rows]
    ranges = np.stack((*_heaviest(batch, rows, steps), *_after_and_before_sentences(batch, rows)), axis=1)
    begin, stop = ranges[:, ::2], ranges[:, 1::2]
    begin = np.where(begin < _MIN_REST_CHARS, 0, begin)
    stop = np.where(lengths[:, None] - stop < _MIN_REST_CHARS, lengths[:, None], stop)
    n_chars = stop - begin
    sums = np.concatenate(([0], np.cumsum(steps)))
    weight = (sums[starts[:, None] + stop] - sums[starts[:, None] + begin]) / _QUANTUM + _PENALTY * n_chars
    inside = (n_chars >= _MIN_PART_CHARS) & (n_chars < lengths[:, None])
    likely = inside & (weight >= _MIN_PART_WEIGHT * np.sqrt(np.maximum(n_chars, 1)))
    found: dict[tuple[int, Part], None] = {}
    for k in np.flatnonzero(likely.any(axis=1)).tolist():
        i = int(rows[k])
        # Normalising only deletes: a form as long as its text has every code point in its place.
        text = batch.paragraphs[i].text
        origins = range(len(text) + 1) if lengths[k] == len(text) else extractor.normaliser.origins(text)
        for at in np.flatnonzero(likely[k]).tolist():
            found[i, Part(int(origins[begin[k, at]]), int(origins[stop[k, at]]))] = None
    return list(found)


def _long_and_heavy(batch: Batch, steps: NDArray[np.int64]) -> NDArray[np.int64]:
    """Long paragraphs with a stretch that weighs enough, as far as blocks of a few code points show it."""
    long = np.flatnonzero(batch.n_chars >= MIN_PARAGRAPH_CHARS)
    if not len(long):
        return long
    n_blocks = -(-batch.n_chars[long] // _BLOCK_CHARS)
    firsts = np.cumsum(n_blocks) - n_blocks
    starts = np.repeat(batch.starts[long] - _BLOCK_CHARS * firsts, n_blocks) + _BLOCK_CHARS * np.arange(n_blocks.sum())
    # Between two of these paragraphs others may lie: each one's end bounds its last block, and what follows is dropped.
    bounds = np.insert(starts, firsts + n_blocks, batch.ends[long])
    own = np.delete(np.add.reduceat(steps, bounds), firsts + n_blocks + np.arange(len(long)))
    gain = np.maximum.reduceat(_gains(own, firsts, n_blocks), firsts)
    return long[gain >= _MIN_EVIDENCE * _QUANTUM]


def _gains(steps: NDArray[np.int64], firsts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Weight of the heaviest stretch that ends at each step, of rows laid end to end."""
    before = np.cumsum(steps) - steps
    # Each row is moved below all before it, so that its lowest sum so far is its own.
    before -= np.repeat(before[firsts] + int(np.abs(steps).max()) * firsts, lengths)
    return before + steps - np.minimum.accumulate(before)


def _heaviest(
    batch: Batch, rows: NDArray[np.int64], steps: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The heaviest stretch of each row, widened to whole items: where it begins and ends, counted from the row's start."""
    starts, lengths = batch.starts[rows], batch.n_chars[rows]
    firsts = np.cumsum(lengths) - lengths
    own = steps[np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())]
    gain = _gains(own, firsts, lengths)
    best = np.flatnonzero(gain == np.repeat(np.maximum.reduceat(gain, firsts), lengths))
    stop = best[np.searchsorted(best, firsts)] + 1
    # A stretch begins where a sum begins anew.
    anew = np.flatnonzero(gain == own)
    begin = anew[np.searchsorted(anew, stop, "left") - 1] - firsts
    stop -= firsts
    # Padding is a break: one follows every row.
    breaks = np.flatnonzero(batch.is_separator | (batch.classes == CharClass.SENTENCE))
    # N-grams that reach into the block begin before it: a break so near is where it begins.
    near = np.searchsorted(breaks, starts + begin + N_MAX, "left")
    begin = np.maximum(np.append(-1, breaks)[near] + 1 - starts, 0)
    stop = np.minimum(breaks[np.searchsorted(breaks, starts + stop - 1, "left")] + 1 - starts, lengths)
    return begin, stop


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


def _shortest_of_each(found: list[tuple[int, Part]], rows: NDArray[np.int64]) -> list[int]:
    """The row of each paragraph's shortest part: where the rest is content, a longer one takes content along."""
    shortest: dict[int, int] = {}
    for row in rows.tolist():
        i, part = found[row]
        other = shortest.setdefault(i, row)
        if part.end - part.start < found[other][1].end - found[other][1].start:
            shortest[i] = row
    return list(shortest.values())


def _pieces(paragraph: Paragraph, part: Part) -> list[Paragraph]:
    """The part, what stands before it, and what stands after it."""
    return [
        _slice(paragraph, start, end)
        for start, end in ((part.start, part.end), (0, part.start), (part.end, len(paragraph.text)))
    ]


def _slice(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    low, high = paragraph.start + start, paragraph.start + end
    links = tuple(link for link in paragraph.links if link.start < high and link.end > low)
    return paragraph._replace(text=paragraph.text[start:end], start=low, end=high, links=links)

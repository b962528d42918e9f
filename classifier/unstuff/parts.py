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
from unstuff.features.ngrams import N_MAX, Grams
from unstuff.normalise import CharClass
from unstuff.page import Paragraph
from unstuff.stages import ParagraphModel

MIN_PARAGRAPH_CHARS = 60
_MIN_PART_CHARS = 16
# Less than this beside the part goes with it.
_MIN_REST_CHARS = 24
# A stretch counts only what its n-grams weigh above this, a code point: content comes near it by chance.
_PENALTY = 0.25
_MIN_EVIDENCE = 2.5
_MIN_PART_LOGIT = 1.0
_MAX_REST_LOGIT = 0.0
_SENTENCE_ENDS = np.array([ord(char) for char in ".!?。"], np.uint32)
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


def find_parts(extractor: Extractor, model: ParagraphModel, batch: Batch, grams: Grams) -> Parts:
    """The injected parts of the batch's long paragraphs."""
    per_char = grams.per_char(model.gram_weights) - _PENALTY
    found: list[tuple[int, Part]] = []
    pieces: list[Paragraph] = []
    for i in _candidates(batch, per_char).tolist():
        for part in _proposals(extractor, batch, i, per_char):
            found.append((i, part))
            pieces += _pieces(batch.paragraphs[i], part)
    piece_batch = extractor.batch(pieces)
    logits = model.corrected(piece_batch, extractor.extract(piece_batch), extractor).reshape(-1, 3)
    # An empty rest is no witness of content.
    rest_chars = np.array([len(piece.text) for piece in pieces], np.int64).reshape(-1, 3)[:, 1:]
    content = ((logits[:, 1:] < _MAX_REST_LOGIT) | (rest_chars == 0)).all(axis=1)
    accepted = _shortest_of_each(found, np.flatnonzero(content & (logits[:, 0] > _MIN_PART_LOGIT)))
    part_batch = extractor.batch([pieces[3 * k] for k in accepted])
    return Parts(
        np.array([found[k][0] for k in accepted], np.int64),
        [found[k][1] for k in accepted],
        part_batch,
        extractor.extract(part_batch),
        logits[accepted, 0],
    )


def _candidates(batch: Batch, per_char: NDArray[np.float64]) -> NDArray[np.int64]:
    """Long paragraphs with a stretch of any length that weighs enough."""
    long = np.flatnonzero(batch.n_chars >= MIN_PARAGRAPH_CHARS)
    if not len(long):
        return long
    # In whole numbers, so that sums over the batch are exact and a paragraph's do not depend on what stands before it.
    steps = np.rint(per_char * _QUANTUM).astype(np.int64)
    sums = np.cumsum(steps)
    before = sums - steps
    # Each paragraph is moved below all before it, so that its lowest sum so far is its own.
    base = before[batch.starts] + int(np.abs(steps).max()) * batch.starts
    level = before - base[batch.paragraph_of_char]
    lowest = np.minimum.accumulate(level)
    gain = level + steps - lowest
    best = np.maximum.reduceat(gain, np.stack((batch.starts[long], batch.ends[long]), axis=1).ravel())[::2]
    return np.asarray(long[best / _QUANTUM >= _MIN_EVIDENCE * np.sqrt(_MIN_PART_CHARS)])


def _shortest_of_each(found: list[tuple[int, Part]], rows: NDArray[np.int64]) -> list[int]:
    """The row of each paragraph's shortest part: where the rest is content, a longer one takes content along."""
    shortest: dict[int, int] = {}
    for row in rows.tolist():
        i, part = found[row]
        other = shortest.setdefault(i, row)
        if part.end - part.start < found[other][1].end - found[other][1].start:
            shortest[i] = row
    return list(shortest.values())


def _proposals(extractor: Extractor, batch: Batch, i: int, per_char: NDArray[np.float64]) -> list[Part]:
    """Where a part of paragraph i may lie, the heaviest stretch, and what no sentence holds."""
    start, end = int(batch.starts[i]), int(batch.ends[i])
    stops = np.flatnonzero(np.isin(batch.codes[start:end], _SENTENCE_ENDS)) + 1
    ranges = [_heaviest(batch, start, end, per_char)]
    ranges += [(int(stops[-1]), end - start), (0, int(stops[0]))] if len(stops) else []
    text = batch.paragraphs[i].text
    # Normalising only deletes: a form as long as its text has every code point in its place.
    origins = range(end - start + 1) if end - start == len(text) else extractor.normaliser.origins(text)
    found: list[Part] = []
    for begin, stop in ranges:
        begin = 0 if begin < _MIN_REST_CHARS else begin
        stop = end - start if end - start - stop < _MIN_REST_CHARS else stop
        part = Part(int(origins[begin]), int(origins[stop]))
        if _MIN_PART_CHARS <= stop - begin < end - start and part not in found:
            found.append(part)
    return found


def _heaviest(batch: Batch, start: int, end: int, per_char: NDArray[np.float64]) -> tuple[int, int]:
    """The heaviest stretch between two code points of the batch, widened to whole items, counted from the first."""
    sums = np.concatenate(([0.0], np.cumsum(per_char[start:end])))
    lowest = np.minimum.accumulate(sums)
    stop = int(np.argmax(sums - lowest))
    begin = int(np.flatnonzero(sums[: stop + 1] == lowest[stop])[-1])
    breaks = np.flatnonzero(batch.is_separator[start:end] | (batch.classes[start:end] == CharClass.SENTENCE))
    # N-grams that reach into the block begin before it: a break so near is where it begins.
    at = int(np.searchsorted(breaks, begin + N_MAX, "left"))
    begin = int(breaks[at - 1]) + 1 if at else 0
    at = int(np.searchsorted(breaks, stop - 1, "left"))
    return begin, int(breaks[at]) + 1 if at < len(breaks) else end - start


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

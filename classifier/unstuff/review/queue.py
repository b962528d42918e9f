"""The best candidates of a stream, mixed: in turn by reason, no site before the others, no near-copies.

Only a few times as many candidates are held as are asked about; which ones depends on the documents and their order
alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import NamedTuple

import numpy as np

from unstuff.features import Extractor
from unstuff.filter import Filter
from unstuff.hashing import hash_spans
from unstuff.review.interest import RARE, REASONS, Interest, interests
from unstuff.review.subject import Candidate, candidate, subjects
from unstuff.sources import Result

_N_RARE = 2  # so often a sort of keyword block is seen at most
_GRAM_CHARS = 5
_SKETCH_CHARS = 2_000
_SKETCH_SIZE = 8
_HELD = 4  # times as many candidates as are asked about


class _Held(NamedTuple):
    interest: Interest
    candidate: Candidate
    sketch: tuple[int, ...]


class Queue:
    """At most ``limit`` candidates of the results added; ``scorer`` is the filter whose verdicts are in question."""

    def __init__(self, limit: int, scorer: Filter) -> None:
        self._limit, self._scorer = limit, scorer
        self._held: list[_Held] = []
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._least = dict.fromkeys(REASONS, -np.inf)

    def add(self, result: Result) -> None:
        """Take what is worth a look of a scored document."""
        model, threshold = self._scorer.model, self._scorer.threshold
        found = interests(list(subjects(result, model.extractor, threshold)), threshold)
        self._counts.update(interest.sort for interest in found if interest.sort)
        for interest in found:
            why = self._why(interest)
            if why == RARE or interest.strength >= self._least[why]:
                made = candidate(result, interest.subject, model.name, threshold)
                # The document goes; only what is kept of it is held.
                self._held.append(_Held(interest, made, _sketch(made.text, model.extractor)))
        if len(self._held) > 2 * _HELD * self._limit:
            self._thin()

    def _why(self, interest: Interest) -> str:
        return RARE if interest.sort and self._counts[interest.sort] <= _N_RARE else interest.why

    def _thin(self) -> None:
        self._held = list(self._mixed(_HELD * self._limit))
        by_reason = defaultdict(list)
        for held in self._held:
            by_reason[self._why(held.interest)].append(held.interest.strength)
        self._least |= {why: min(found) for why, found in by_reason.items() if len(found) >= self._limit}

    def chosen(self) -> list[Candidate]:
        """The candidates to ask about, in order; each with its reason as all documents show it."""
        found = [(held.candidate, self._why(held.interest)) for held in self._mixed(self._limit)]
        return [one._replace(shown={**one.shown, "why": why}, row={**one.row, "why": why}) for one, why in found]

    def _mixed(self, n: int) -> Iterator[_Held]:
        by_reason: dict[str, list[_Held]] = {why: [] for why in REASONS}
        for held in self._held:
            by_reason[self._why(held.interest)].append(held)
        turns = zip_longest(*map(_by_site, by_reason.values()))
        return _first(n, _distinct(held for held in chain.from_iterable(turns) if held is not None))


def _by_site(found: list[_Held]) -> list[_Held]:
    """The strongest of every site, then the second of every site, and so on."""
    found = sorted(found, key=lambda held: -held.interest.strength)
    seen: Counter[str] = Counter()
    turn = []
    for held in found:
        turn.append(seen[held.candidate.site])
        seen[held.candidate.site] += 1
    return [found[i] for i in sorted(range(len(found)), key=turn.__getitem__)]


def _distinct(found: Iterable[_Held]) -> Iterator[_Held]:
    """Without near-copies of an earlier one: texts that share half of the least hashes of their n-grams."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, held in enumerate(found):
        shared = Counter(chain.from_iterable(holders[gram] for gram in held.sketch))
        if shared and 2 * max(shared.values()) >= len(held.sketch):
            continue
        for gram in held.sketch:
            holders[gram].append(number)
        yield held


def _first(n: int, found: Iterator[_Held]) -> Iterator[_Held]:
    for held, _ in zip(found, range(n), strict=False):
        yield held


def _sketch(text: str, extractor: Extractor) -> tuple[int, ...]:
    """The least hashes of a text's n-grams after normalisation, digits alike."""
    points = extractor.normaliser.normalise([text[:_SKETCH_CHARS]])
    codes = points.codes[points.starts[0] : points.ends[0]]
    codes = np.where((codes >= ord("0")) & (codes <= ord("9")), np.uint32(ord("0")), codes)
    n = max(len(codes) - _GRAM_CHARS + 1, 1)
    starts = np.arange(n)
    hashes = hash_spans(codes, starts, np.minimum(starts + _GRAM_CHARS, len(codes)))
    return tuple(np.unique(hashes)[:_SKETCH_SIZE].tolist())

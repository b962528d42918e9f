"""The best candidates of a stream, mixed: in turn by reason, no site before the others, no near-copies.

Only a few times as many candidates are held as are asked about; which ones depends on the documents and their order
alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

import numpy as np

from unstuff.features import Extractor
from unstuff.filter import Filter
from unstuff.hashing import hash_spans
from unstuff.review.interest import RARE, REASONS, Interest, interests
from unstuff.review.subject import Candidate, candidate, site_of, subjects, texts_of
from unstuff.sources import Result

_N_RARE = 2  # so often a sort of keyword block is seen at most
_GRAM_CHARS = 5
_SKETCH_CHARS = 2_000
_SKETCH_SIZE = 8
_N_HELD = 4  # times as many candidates as are asked about
_MAX_CHARS = 1 << 24  # of documents that wait until it is known which of their paragraphs are held


@dataclass(slots=True, eq=False)
class _Held:
    """A subject that may be asked about; its document is let go when a candidate is made of it."""

    interest: Interest
    site: str
    result: Result | None
    candidate: Candidate | None = None
    sketch: tuple[int, ...] = ()


class Queue:
    """At most ``limit`` candidates of the results added; ``scorer`` is the filter whose verdicts are in question."""

    def __init__(self, limit: int, scorer: Filter) -> None:
        self._limit, self._scorer = limit, scorer
        self._held: list[_Held] = []
        self._n_chars = 0
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._least = dict.fromkeys(REASONS, -np.inf)
        self._sites: set[tuple[str, str]] = set()

    def add(self, result: Result) -> None:
        """Take what is worth a look of a scored document."""
        if result.page is None:
            return
        threshold, site = self._scorer.threshold, site_of(result)
        found = interests(list(subjects(result, self._scorer.model.extractor, threshold)), threshold)
        self._counts.update(interest.sort for interest in found if interest.sort)
        self._held += [_Held(interest, site, result) for interest in self._entering(found, site)]
        self._n_chars += len(result.page.text)
        if len(self._held) > 2 * _N_HELD * self._limit or self._n_chars > _MAX_CHARS:
            self._thin()

    def _entering(self, found: Iterable[Interest], site: str) -> Iterator[Interest]:
        """What is rare, or as strong as what is held; of a site of which nothing is held yet the strongest."""
        by_reason: dict[str, list[Interest]] = defaultdict(list)
        for interest in found:
            by_reason[self._why(interest)].append(interest)
        for why, ranked in by_reason.items():
            ranked.sort(key=lambda interest: -interest.strength)
            n_free = len(ranked) if why == RARE else int((why, site) not in self._sites)
            yield from ranked[:n_free]
            yield from (interest for interest in ranked[n_free:] if interest.strength >= self._least[why])

    def _why(self, interest: Interest) -> str:
        return RARE if interest.sort and self._counts[interest.sort] <= _N_RARE else interest.why

    def _thin(self) -> None:
        self._held = [self._settled(held) for held in self._mixed(_N_HELD * self._limit)]
        self._n_chars = 0
        self._sites = {(self._why(held.interest), held.site) for held in self._held}
        by_reason = defaultdict(list)
        for held in self._held:
            by_reason[self._why(held.interest)].append(held.interest.strength)
        self._least |= {why: min(found[: self._limit]) for why, found in by_reason.items() if len(found) >= self._limit}

    def _settled(self, held: _Held) -> _Held:
        if held.result is not None:
            model, threshold = self._scorer.model, self._scorer.threshold
            held.candidate = candidate(held.result, held.interest.subject, model.name, threshold)
            held.result = None
        return held

    def chosen(self) -> list[Candidate]:
        """The candidates to ask about, in order, each with its reason."""
        found = [(self._settled(held).candidate, self._why(held.interest)) for held in self._mixed(self._limit)]
        return [
            one._replace(shown={**one.shown, "why": why}, row={**one.row, "why": why})
            for one, why in found
            if one is not None
        ]

    def _mixed(self, n: int) -> list[_Held]:
        """The first n in turn by reason, without near-copies."""
        by_reason: dict[str, list[_Held]] = {why: [] for why in REASONS}
        for held in self._held:
            by_reason[self._why(held.interest)].append(held)
        turns = chain.from_iterable(zip_longest(*map(_by_site, by_reason.values())))
        return list(islice(self._distinct(held for held in turns if held is not None), n))

    def _distinct(self, found: Iterable[_Held]) -> Iterator[_Held]:
        """Without near-copies of an earlier one: texts that share half of the least hashes of their n-grams."""
        holders: dict[int, list[int]] = defaultdict(list)
        for number, held in enumerate(found):
            if held.result is not None and not held.sketch:
                held.sketch = _sketch(texts_of(held.result, held.interest.subject), self._scorer.model.extractor)
            shared = Counter(chain.from_iterable(holders[gram] for gram in held.sketch))
            if shared and 2 * max(shared.values()) >= len(held.sketch):
                continue
            for gram in held.sketch:
                holders[gram].append(number)
            yield held


def _by_site(found: list[_Held]) -> list[_Held]:
    """The strongest of every site, then the second of every site, and so on."""
    found = sorted(found, key=lambda held: -held.interest.strength)
    seen: Counter[str] = Counter()
    turn = []
    for held in found:
        turn.append(seen[held.site])
        seen[held.site] += 1
    return [found[i] for i in sorted(range(len(found)), key=turn.__getitem__)]


def _sketch(texts: Sequence[str], extractor: Extractor) -> tuple[int, ...]:
    """The least hashes of the n-grams of texts after normalisation, digits alike."""
    points = extractor.normaliser.normalise(["\n".join(texts)[:_SKETCH_CHARS]])
    codes = points.codes[points.starts[0] : points.ends[0]]
    codes = np.where((codes >= ord("0")) & (codes <= ord("9")), np.uint32(ord("0")), codes)
    n = max(len(codes) - _GRAM_CHARS + 1, 1)
    starts = np.arange(n)
    hashes = hash_spans(codes, starts, np.minimum(starts + _GRAM_CHARS, len(codes)))
    return tuple(np.unique(hashes)[:_SKETCH_SIZE].tolist())

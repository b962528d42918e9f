"""Methods side by side on the same rows: at their own thresholds, and at equal shares of clean paragraphs flagged.

Owns what "equal" means. It never fits and never decides which methods are compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import pipeline
from training.baselines.method import Method
from training.corpus import is_native
from training.evaluate import documents_found
from training.evaluate.negatives import clean_paragraphs, hard_negatives, threshold_flagging
from training.evaluate.sides import COPIES, inserted
from training.pipeline import Result
from unstuff.evaluation import Share, bootstrap, share
from unstuff.labels import Labelled
from unstuff.model import Model

BLOCKS = ("alone", "in pages")


class Part(NamedTuple):
    """Documents that are scored by the same methods; blocks of the documents, inserted in clean pages of theirs."""

    documents: list[Labelled]
    pages: list[Labelled]
    methods: list[Method]  # unstuff first


class Reading(NamedTuple):
    """What a method says of documents and of pages with blocks inserted."""

    method: Method
    documents: list[Labelled]
    alone: Result
    pages: list[Labelled]
    in_pages: Result


class Recall(NamedTuple):
    """Share of injected blocks found, by themselves and in clean pages."""

    alone: Share
    in_pages: Share


@dataclass(frozen=True, slots=True)
class Pair:
    """Two methods on the same blocks, at the same share of clean paragraphs flagged."""

    at: str  # "its own threshold", or "unstuff's share"
    blocks: str  # "alone" or "in pages"
    ours: Share
    its: Share
    difference: float  # of recall, ours less its
    low: float
    high: float
    only_ours: int
    only_its: int


@dataclass(frozen=True, slots=True)
class Row:
    """One method."""

    name: str
    threshold: float
    fixed: str
    fp_clean: Share
    fp_hard: Share
    recall_alone: Share
    recall_in_pages: Share
    ours_at_its_fp: Recall
    its_at_ours: Recall | None  # None where the threshold cannot be moved
    pairs: list[Pair]


def part(documents: list[Labelled], seed: int, methods: list[Method]) -> Part:
    """Documents with their blocks inserted in clean pages, as training.evaluate inserts them."""
    return Part(documents, inserted(documents, seed), methods)


def unstuff_method(model: Model, threshold: float) -> Method:
    """The model as a method."""
    return Method("unstuff", threshold, lambda documents: pipeline.score(model, documents).scored.score)


def read(parts: Sequence[Part], model: Model) -> list[Reading]:
    """Score all parts by their methods; one reading a method, the parts end to end. The model lays out the rows."""
    documents = [document for own in parts for document in own.documents]
    pages = [page for own in parts for page in own.pages]
    base, spoilt = _whole(pipeline.score(model, documents)), _whole(pipeline.score(model, pages))
    spoilt = _with_langs(spoilt, [lang for own in parts for lang in _block_langs(own.documents)])
    readings = []
    for methods in zip(*(own.methods for own in parts), strict=True):
        alone = [method.score(own.documents) for method, own in zip(methods, parts, strict=True)]
        in_pages = [method.score(own.pages) for method, own in zip(methods, parts, strict=True)]
        readings.append(Reading(methods[0], documents, _scored(base, alone), pages, _scored(spoilt, in_pages)))
    return readings


def _whole(result: Result) -> Result:
    """Whole paragraphs as spans, since the methods compared name no parts; lengths are all that is read of them."""
    return result._replace(spans=np.stack((np.zeros_like(result.n_chars), result.n_chars), axis=1))


def _scored(base: Result, scores: Sequence[NDArray[np.float64]]) -> Result:
    return base._replace(scored=base.scored._replace(score=np.concatenate(scores)))


def _block_langs(documents: Iterable[Labelled]) -> list[str]:
    """Language of the block in each page that training.evaluate.inserted makes; the page's own may be another."""
    return [d.lang for d in documents if d.kind == "positive" for _ in range(COPIES)]


def _with_langs(result: Result, langs: Sequence[str]) -> Result:
    return result._replace(scored=result.scored._replace(lang=np.array(langs, dtype=object)[result.document]))


def rows(readings: Sequence[Reading]) -> list[Row]:
    """One row a reading; the first is unstuff's, which all are compared with on their own languages."""
    return [_row(_within(reading, reading.method), _within(readings[0], reading.method)) for reading in readings]


def _within(reading: Reading, method: Method) -> Reading:
    """The rows in the method's languages."""
    if not method.langs:
        return reading
    alone, in_pages = (
        result.take(np.isin(result.scored.lang, list(method.langs))) for result in (reading.alone, reading.in_pages)
    )
    return reading._replace(alone=alone, in_pages=in_pages)


def _row(its: Reading, ours: Reading) -> Row:
    method = its.method
    plain, hard = clean_paragraphs(its.alone), hard_negatives(its.alone)
    flagged = plain.score >= method.threshold
    our_plain = clean_paragraphs(ours.alone).score
    ours_there = threshold_flagging(our_plain, int(flagged.sum()))
    own = [_pair("its own threshold", its, method.threshold, ours, ours_there, blocks) for blocks in BLOCKS]
    moved: list[Pair] = []
    if not method.fixed:
        balanced = ours.method.threshold
        its_there = threshold_flagging(plain.score, int((our_plain >= balanced).sum()))
        moved = [_pair("unstuff's share", its, its_there, ours, balanced, blocks) for blocks in BLOCKS]
    return Row(
        name=method.name,
        threshold=method.threshold,
        fixed=method.fixed,
        fp_clean=share(flagged, plain.group),
        fp_hard=share(hard.score >= method.threshold, hard.group),
        recall_alone=own[0].its,
        recall_in_pages=own[1].its,
        ours_at_its_fp=Recall(own[0].ours, own[1].ours),
        its_at_ours=Recall(moved[0].its, moved[1].its) if moved else None,
        pairs=own + moved,
    )


def _pair(at: str, its: Reading, its_threshold: float, ours: Reading, our_threshold: float, blocks: str) -> Pair:
    its_hits, groups = _hits(its, blocks, its_threshold)
    our_hits, _ = _hits(ours, blocks, our_threshold)
    return paired(at, blocks, our_hits, its_hits, groups)


def _hits(reading: Reading, blocks: str, threshold: float) -> tuple[NDArray[np.bool_], list[str]]:
    """Whether each injected block is found, and its group; blocks of pages that are all spam are left out."""
    alone = blocks == "alone"
    documents = reading.documents if alone else reading.pages
    result = reading.alone.take(_of_positives(reading)) if alone else reading.in_pages
    hit = documents_found(result, len(documents), threshold)
    numbers = np.unique(result.document[result.scored.label]).tolist()
    kept = [number for number in numbers if not is_native(documents[number])]
    return hit[kept], [documents[number].group for number in kept]


def _of_positives(reading: Reading) -> NDArray[np.bool_]:
    """The rows of positives without a doubt noted."""
    numbers = [i for i, document in enumerate(reading.documents) if document.kind == "positive"]
    return np.isin(reading.alone.document, numbers)


def paired(at: str, blocks: str, ours: NDArray[np.bool_], its: NDArray[np.bool_], groups: Sequence[str]) -> Pair:
    """The difference in recall with the wider of two 95 % intervals: bootstrap over groups, and Newcombe's.

    Newcombe's (1998, Statist. Med. 17, method 10) treats the two recalls as independent; on the same blocks that is
    cautious.
    """
    mine, other = share(ours, groups), share(its, groups)
    difference = mine.value - other.value
    low, high = bootstrap(ours.astype(float) - its, np.ones(len(ours)), groups)
    low = min(low, difference - math.hypot(mine.value - mine.low, other.high - other.value))
    high = max(high, difference + math.hypot(mine.high - mine.value, other.value - other.low))
    only_ours, only_its = int((ours & ~its).sum()), int((its & ~ours).sum())
    return Pair(at, blocks, mine, other, difference, max(low, -1.0), min(high, 1.0), only_ours, only_its)

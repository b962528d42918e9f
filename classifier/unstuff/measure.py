"""Labelled documents through a Filter: what was found of their keyword blocks, what of their content was flagged.

Owns what a labelled block is: a maximal run of paragraphs labelled so in one document. It rests on verdicts and their
spans alone; the arithmetic is :mod:`unstuff.evaluation`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.evaluation import (
    FOUND_SHARE,
    Bin,
    Calibration,
    Flags,
    Found,
    Scored,
    Shares,
    calibration,
    is_found,
    reliability,
    shares_by,
    span_figures,
)
from unstuff.filter import Filter
from unstuff.labels import Labelled
from unstuff.model import Model, batches

Spans = Sequence[tuple[int, int]]
BY = ("kind", "lang", "source")
_BATCH_CHARS = 1 << 18


class Result(NamedTuple):
    """Scores of documents' paragraphs, in order."""

    scored: Scored
    raw_score: NDArray[np.float64]
    n_chars: NDArray[np.int64]
    document: NDArray[np.int64]  # number of each paragraph's document
    spans: NDArray[np.int64]  # (n, 2) what of each paragraph is injected if it is flagged, offsets into its page

    def take(self, rows: NDArray[Any]) -> Result:
        """The rows chosen by a mask or by numbers."""
        return Result(self.scored.take(rows), *(column[rows] for column in self[1:]))


class Block(NamedTuple):
    """A labelled keyword block: paragraphs ``first`` to before ``stop`` of a document, offsets into its text."""

    document: int
    first: int
    stop: int
    start: int
    end: int


class Measured(NamedTuple):
    """Labelled documents with everything that figures are made of."""

    documents: Sequence[Labelled]
    result: Result
    flagged: Flags  # (n_paragraphs,)
    spans: list[Spans]  # what was flagged, a list a document
    blocks: list[Block]
    found: Flags  # (n_blocks,)


class Mistake(NamedTuple):
    """Content with its score, or a labelled block with the score that 80 % of its characters reach."""

    id: str
    paragraph: int
    score: float
    right: bool
    what: str  # kind of content, family of a block
    text: str


class Figures(NamedTuple):
    """How well a model does on labelled documents."""

    recall: Shares  # of blocks, by family
    spans: Found
    false_positives: dict[str, Shares]  # of content paragraphs, by kind, lang and source
    calibration: Calibration
    bins: list[Bin]
    worst_content: list[Mistake]
    worst_blocks: list[Mistake]


def measure(scorer: Filter, documents: Sequence[Labelled]) -> Measured:
    """Verdicts on labelled documents, each on its page."""
    scores: list[float] = []
    raw_scores: list[float] = []
    flagged: list[bool] = []
    spans: list[Spans] = []
    for verdicts in scorer.score_pages(document.page for document in documents):
        scores += [verdict.score for verdict in verdicts]
        raw_scores += [verdict.raw_score for verdict in verdicts]
        flagged += [verdict.found for verdict in verdicts]
        spans.append([span for verdict in verdicts for span in verdict.spans])
    whole = [(p.start, p.end) for document in documents for p in document.page.paragraphs]
    result = _result(documents, np.array(scores, np.float64), np.array(raw_scores, np.float64), whole)
    blocks = [block for number, document in enumerate(documents) for block in blocks_of(document, number)]
    found = found_blocks(documents, blocks, dict(enumerate(spans)))
    return Measured(documents, result, np.array(flagged, bool), spans, blocks, found)


def at_threshold(documents: Sequence[Labelled], result: Result, threshold: float) -> Measured:
    """What a threshold makes of scores that are already there; ``result`` has rows of all documents, in any order."""
    ordered = result.take(np.argsort(result.document, kind="stable"))
    spans = flagged_spans(ordered, len(documents), threshold)
    blocks = [block for number, document in enumerate(documents) for block in blocks_of(document, number)]
    found = found_blocks(documents, blocks, dict(enumerate(spans)))
    return Measured(documents, ordered, ordered.scored.score >= threshold, spans, blocks, found)


def read(model: Model, documents: Sequence[Labelled]) -> Result:
    """What a model says of labelled documents, whatever the threshold."""
    scores, raw_scores = [np.empty(0)], [np.empty(0)]
    spans: list[tuple[int, int]] = []
    for batch in batches(documents, lambda document: len(document.page.text), _BATCH_CHARS):
        scored = model.score([document.page.paragraphs for document in batch])
        scores.append(scored.scores)
        raw_scores.append(scored.raw_scores)
        spans += scored.spans(np.arange(len(scored.logits)))
    return _result(documents, np.concatenate(scores), np.concatenate(raw_scores), spans)


def _result(
    documents: Sequence[Labelled],
    scores: NDArray[np.float64],
    raw_scores: NDArray[np.float64],
    spans: Sequence[tuple[int, int]],
) -> Result:
    sizes = [len(document.labels) for document in documents]

    def column(name: str) -> NDArray[Any]:
        return np.repeat(np.array([str(getattr(document, name)) for document in documents], dtype=object), sizes)

    labels = np.array([label for document in documents for label in document.labels], bool)
    return Result(
        Scored(scores, labels, *map(column, ("group", "family", "kind", "lang", "source"))),
        raw_scores,
        np.array([len(p.text) for document in documents for p in document.page.paragraphs], np.int64),
        np.repeat(np.arange(len(documents)), sizes),
        np.array(spans, np.int64).reshape(-1, 2),
    )


def join(parts: Sequence[Result]) -> Result:
    """Results end to end; document numbers are kept as they are."""
    return Result(
        Scored(*(np.concatenate(columns) for columns in zip(*(part.scored for part in parts), strict=True))),
        *(np.concatenate(columns) for columns in zip(*(part[1:] for part in parts), strict=True)),
    )


# --- blocks ---------------------------------------------------------------------------------------------------------


def blocks_of(document: Labelled, number: int = 0) -> Iterator[Block]:
    """The labelled blocks of a document, in order; ``number`` is the document's."""
    paragraphs = document.page.paragraphs
    for label, run in groupby(range(len(paragraphs)), lambda i: document.labels[i]):
        if label:
            first, *rest = run
            stop = (rest or [first])[-1] + 1
            yield Block(number, first, stop, paragraphs[first].start, paragraphs[stop - 1].end)


def found_blocks(documents: Sequence[Labelled], blocks: Iterable[Block], spans: Mapping[int, Spans]) -> Flags:
    """Which blocks have at least 80 % of their non-space characters in flagged spans; ``spans`` by document number."""
    return np.array(
        [is_found(documents[b.document].page.text, (b.start, b.end), spans.get(b.document, ())) for b in blocks], bool
    )


def flagged_spans(result: Result, n_documents: int, threshold: float) -> list[Spans]:
    """What is flagged at a threshold, a list a document."""
    spans: list[list[tuple[int, int]]] = [[] for _ in range(n_documents)]
    for row in np.flatnonzero(result.scored.score >= threshold).tolist():
        start, end = result.spans[row].tolist()
        spans[result.document[row]].append((start, end))
    return list(spans)


# --- figures --------------------------------------------------------------------------------------------------------


def figures(measured: Measured, n_worst: int = 0) -> Figures:
    """Every figure of what was measured, and the ``n_worst`` worst mistakes of either side."""
    scored = measured.result.scored
    content = ~scored.label
    return Figures(
        recall=block_recall(measured),
        spans=_span_figures(measured),
        false_positives={by: shares_by(measured.flagged, content, getattr(scored, by), scored.group) for by in BY},
        calibration=calibration(scored.score, scored.label, groups=scored.group),
        bins=reliability(scored.score, scored.label, groups=scored.group),
        worst_content=worst_content(measured, n_worst),
        worst_blocks=_worst_blocks(measured, n_worst),
    )


def block_recall(measured: Measured) -> Shares:
    """Share of labelled blocks found, all together and by family."""
    own = [measured.documents[block.document] for block in measured.blocks]
    family = np.array([document.family for document in own], object)
    group = np.array([document.group for document in own], object)
    return shares_by(measured.found, np.ones(len(own), bool), family, group)


def _span_figures(measured: Measured) -> Found:
    blocks: list[list[tuple[int, int]]] = [[] for _ in measured.documents]
    for block in measured.blocks:
        blocks[block.document].append((block.start, block.end))
    texts = [document.page.text for document in measured.documents]
    groups = [document.group for document in measured.documents]
    return span_figures(zip(texts, blocks, measured.spans, strict=True), groups)


def worst_content(measured: Measured, n_worst: int) -> list[Mistake]:
    """The content paragraphs with the highest scores, highest first."""
    result = measured.result
    content = np.flatnonzero(~result.scored.label)
    worst = content[np.argsort(-result.scored.score[content], kind="stable")[:n_worst]]
    firsts = _first_rows(measured)
    found: list[Mistake] = []
    for row in worst.tolist():
        number = int(result.document[row])
        document, paragraph = measured.documents[number], row - int(firsts[number])
        text, right = document.page.paragraphs[paragraph].text, not measured.flagged[row]
        found.append(Mistake(document.id, paragraph, float(result.scored.score[row]), right, document.kind, text))
    return found


def _worst_blocks(measured: Measured, n_worst: int) -> list[Mistake]:
    """The labelled blocks with the lowest scores, lowest first."""
    firsts = _first_rows(measured)
    found: list[Mistake] = []
    for block, right in zip(measured.blocks, measured.found.tolist(), strict=True):
        document = measured.documents[block.document]
        rows = slice(int(firsts[block.document]) + block.first, int(firsts[block.document]) + block.stop)
        score = _reached(measured.result.scored.score[rows], measured.result.n_chars[rows])
        text = document.page.text[block.start : block.end]
        found.append(Mistake(document.id, block.first, score, right, document.family, text))
    return sorted(found, key=lambda mistake: mistake.score)[:n_worst]


def _first_rows(measured: Measured) -> NDArray[np.int64]:
    """Number of the first row of each document."""
    sizes = [len(document.labels) for document in measured.documents]
    return np.cumsum(sizes, dtype=np.int64) - sizes


def _reached(scores: NDArray[np.float64], n_chars: NDArray[np.int64]) -> float:
    """The score that paragraphs with 80 % of the characters reach, blanks among them."""
    order = np.argsort(-scores, kind="stable")
    share = np.cumsum(n_chars[order]) / n_chars.sum()
    return float(scores[order][np.searchsorted(share, FOUND_SHARE - 1e-9)])

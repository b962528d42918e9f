"""Frozen arrays -> scores: the paragraph alone, then the paragraph on its page.

Both stages are linear in log-odds, so that a score is a sum of named terms. Rows are summed one by one in float64
and never by BLAS: what a document gets does not depend on the batch it came in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from unstuff import parts
from unstuff.features import Extractor, Features, context
from unstuff.features.batch import Batch
from unstuff.features.context import PageBatch
from unstuff.page import Paragraph
from unstuff.parts import Parts
from unstuff.stages import Allowance, ParagraphModel, WordStage, linear, sigmoid

__all__ = ["Model", "PageReading", "ParagraphModel", "Scored", "WordStage", "batches", "read_pages", "sigmoid"]

Item = TypeVar("Item")


class PageReading(NamedTuple):
    """A batch of pages as the first stage reads them: paragraphs, and what is judged in their place."""

    pages: PageBatch
    features: Features
    gram_logits: NDArray[np.float64]  # (n_paragraphs,) the part of n-grams, words and edges in the raw log-odds
    made: Batch  # the runs of short lines, each merged to one paragraph; then proposed parts of mixed paragraphs
    made_features: Features
    made_gram_logits: NDArray[np.float64]  # (n_made,) as those of the paragraphs
    parts: Parts

    def judged(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """What each paragraph is judged by, and its raw log-odds, (n_paragraphs,) each: itself, its part, or its run.

        Numbers are those of paragraphs and, from behind them on, of what was made of them: runs, then proposed parts.
        """
        n, n_runs = len(self.pages.batch), len(self.pages.run_logits)
        subject, logits = np.arange(n), self.pages.raw_logits.copy()
        run = context.judging_runs(self.pages)
        lines, with_part = np.flatnonzero(run >= 0), self.parts.paragraph
        subject[lines], logits[lines] = n + run[lines], self.pages.run_logits[run[lines]]
        subject[with_part], logits[with_part] = n + n_runs + self.parts.proposal, self.parts.logits
        return subject, logits


class Scored(NamedTuple):
    """A batch of pages with everything known of their paragraphs."""

    read: PageReading
    context: NDArray[np.float32]  # (n_paragraphs, len(context.NAMES))
    logits: NDArray[np.float64]  # (n_paragraphs,) calibrated log-odds after context

    @property
    def scores(self) -> NDArray[np.float64]:
        """Calibrated probabilities after context (n_paragraphs,)."""
        return sigmoid(self.logits)

    @property
    def raw_scores(self) -> NDArray[np.float64]:
        """Probabilities of the paragraphs alone (n_paragraphs,)."""
        return sigmoid(self.read.pages.raw_logits)

    def spans(self, rows: NDArray[np.int64]) -> list[tuple[int, int]]:
        """What of each paragraph is injected, if it is a keyword block: all of it, or a part; offsets into its page."""
        paragraphs, parts = self.read.pages.batch.paragraphs, self.read.parts
        part_of = dict(zip(parts.paragraph.tolist(), parts.spans, strict=True))
        spans = []
        for i in rows.tolist():
            _, start, end, *_ = paragraphs[i]
            part = part_of.get(i)
            spans.append((start, end) if part is None else (start + part.start, start + part.end))
        return spans


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A fitted model: tables, both stages, operating points, and what its folder says of it."""

    name: str
    extractor: Extractor
    paragraph: ParagraphModel
    context_weights: NDArray[np.float64]  # (len(context.NAMES),)
    context_intercept: float
    points: Mapping[str, float]  # threshold of each operating point
    config: Mapping[str, Any] = field(default_factory=dict)  # config.json as read
    # (N_BUCKETS,) what a change of each weight costs genuine text, as codes; scoring does without.
    importance: NDArray[np.uint8] | None = None

    def score(self, pages: Sequence[Sequence[Paragraph]], allowance: Allowance | None = None) -> Scored:
        """Score the paragraphs of whole pages; ``allowance`` bounds what of them is cut into words."""
        alone = self.extractor.batch([paragraph for page in pages for paragraph in page])
        read = read_pages(self.extractor, self.paragraph, pages, alone, allowance)
        rows = context.extract(read.pages)
        return Scored(read, rows, linear(rows, self.context_weights, self.context_intercept))


def read_pages(
    extractor: Extractor,
    paragraph: ParagraphModel,
    pages: Iterable[Sequence[Paragraph]],
    batch: Batch,
    allowance: Allowance | None = None,
) -> PageReading:
    """Raw log-odds of every paragraph, of every run of short ones merged, and of injected parts of long ones."""
    sizes = [len(page) for page in pages]
    page = np.repeat(np.arange(len(sizes)), sizes)
    features = extractor.extract(batch)
    per_char = features.grams.per_char(paragraph.gram_weights)
    gram_logits = features.grams.weigh(paragraph.gram_weights, per_char)
    raw = paragraph.correct(batch, paragraph.logits(features, gram_logits), extractor, allowance)
    runs = context.split_runs(context.find_runs(batch, page), raw)
    proposals = parts.propose(extractor, batch, features, per_char)
    # One batch for both: what a batch costs beside its paragraphs is paid once.
    merged = context.merge_runs(batch.paragraphs, runs)
    made = extractor.batch([*merged, *(parts.piece(batch.paragraphs, proposal) for proposal in proposals)])
    made_features = extractor.extract(made)
    n_runs = len(merged)
    made_gram_logits = made_features.grams.weigh(paragraph.gram_weights)
    logits = paragraph.logits(made_features, made_gram_logits)
    run_logits = logits[:n_runs].copy()
    # Words are cut in paragraphs and their parts; of a list one item a line the items are the words.
    logits[:n_runs] = -np.inf
    part_logits = paragraph.correct(made, logits, extractor, allowance)[n_runs:]
    likely = parts.likely(part_logits)
    rest = extractor.batch(parts.rests(batch.paragraphs, [proposals[k] for k in likely.tolist()]))
    rest_logits = paragraph.correct(rest, paragraph.logits(extractor.extract(rest)), extractor, allowance)
    found = parts.accept(proposals, likely, part_logits, parts.Rest(rest_logits, rest.n_chars > 0), raw)
    read = PageBatch(batch, features.grams, page, raw, runs, run_logits, found.paragraph, found.logits)
    return PageReading(read, features, gram_logits, made, made_features, made_gram_logits, found)


def batches(items: Iterable[Item], n_chars: Callable[[Item], int], limit: int) -> Iterator[list[Item]]:
    """Items in lists of about ``limit`` characters, in order; the last list may be short, none is empty.

    Where ``items`` raises, those that came before are given first.
    """
    batch: list[Item] = []
    size = 0
    try:
        for item in items:
            batch.append(item)
            size += n_chars(item) + 1
            if size >= limit:
                yield batch
                batch, size = [], 0
    except Exception:
        if batch:
            yield batch
        raise
    if batch:
        yield batch

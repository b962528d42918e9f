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

from unstuff.features import Extractor, Features, context, words
from unstuff.features.batch import Batch
from unstuff.features.context import PageBatch
from unstuff.page import Paragraph

Item = TypeVar("Item")


class WordStage(NamedTuple):
    """What segmentation adds to the raw log-odds of undelimited paragraphs between ``low`` and ``high``.

    It never takes away: a paragraph found without it stays found, and nothing falls off at the band's upper end.
    """

    low: float
    high: float
    raw_weight: float
    dense_weights: NDArray[np.float64]  # (len(words.NAMES),)
    bucket_weights: NDArray[np.float64]  # (words.N_WORD_BUCKETS,)
    intercept: float

    def undecided(self, batch: Batch, raw_logits: NDArray[np.float64]) -> NDArray[np.int64]:
        """Numbers of the paragraphs that are sent on."""
        in_band = (raw_logits >= self.low) & (raw_logits <= self.high)
        return np.flatnonzero(in_band & words.is_undelimited(batch)) if in_band.any() else np.zeros(0, np.int64)

    def logits(self, found: words.Words, raw_logits: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of the paragraphs sent on, (n,), by their words and their raw log-odds."""
        dense = linear(found.dense, self.dense_weights, self.intercept)
        return dense + found.weigh(self.bucket_weights) + self.raw_weight * raw_logits

    def correct(self, batch: Batch, raw_logits: NDArray[np.float64], extractor: Extractor) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,), raised where the words of an undecided paragraph speak for a keyword block."""
        rows = self.undecided(batch, raw_logits)
        if not len(rows):
            return raw_logits
        corrected = raw_logits.copy()
        corrected[rows] = np.maximum(self.logits(extractor.words(batch, rows), raw_logits[rows]), raw_logits[rows])
        return corrected


class ParagraphModel(NamedTuple):
    """The first stage: log-odds that a paragraph, seen alone, is a keyword block."""

    gram_weights: NDArray[np.float64]  # (N_BUCKETS,)
    dense_weights: NDArray[np.float64]  # (len(features.NAMES),)
    intercept: float
    words: WordStage | None = None  # reads the paragraphs that the n-grams leave undecided

    def logits(self, features: Features) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,)."""
        dense = linear(features.dense, self.dense_weights, self.intercept)
        return dense + features.grams.weigh(self.gram_weights)

    def corrected(self, batch: Batch, features: Features, extractor: Extractor) -> NDArray[np.float64]:
        """Raw log-odds (n_paragraphs,) after the word stage, if there is one."""
        raw = self.logits(features)
        return raw if self.words is None else self.words.correct(batch, raw, extractor)


class Scored(NamedTuple):
    """A batch of pages with everything known of their paragraphs."""

    pages: PageBatch
    features: Features
    run_features: Features  # of the runs, each merged to one paragraph
    run_batch: Batch
    context: NDArray[np.float32]  # (n_paragraphs, len(context.NAMES))
    logits: NDArray[np.float64]  # (n_paragraphs,) calibrated log-odds after context

    @property
    def scores(self) -> NDArray[np.float64]:
        """Calibrated probabilities after context (n_paragraphs,)."""
        return sigmoid(self.logits)

    @property
    def raw_scores(self) -> NDArray[np.float64]:
        """Probabilities of the paragraphs alone (n_paragraphs,)."""
        return sigmoid(self.pages.raw_logits)


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

    def score(self, pages: Sequence[Sequence[Paragraph]]) -> Scored:
        """Score the paragraphs of whole pages."""
        alone = self.extractor.batch([paragraph for page in pages for paragraph in page])
        read, features, run_batch, run_features = read_pages(self.extractor, self.paragraph, pages, alone)
        rows = context.extract(read)
        logits = linear(rows, self.context_weights, self.context_intercept)
        return Scored(read, features, run_features, run_batch, rows, logits)


def read_pages(
    extractor: Extractor, paragraph: ParagraphModel, pages: Iterable[Sequence[Paragraph]], batch: Batch
) -> tuple[PageBatch, Features, Batch, Features]:
    """Raw log-odds of every paragraph, and of every run of short ones merged."""
    sizes = [len(page) for page in pages]
    page = np.repeat(np.arange(len(sizes)), sizes)
    features = extractor.extract(batch)
    runs = context.find_runs(batch, page)
    run_batch = extractor.batch(context.merge_runs(batch.paragraphs, runs))
    run_features = extractor.extract(run_batch)
    raw, run = paragraph.corrected(batch, features, extractor), paragraph.logits(run_features)
    return PageBatch(batch, features.grams, page, raw, runs, run), features, run_batch, run_features


def batches(items: Iterable[Item], n_chars: Callable[[Item], int], limit: int) -> Iterator[list[Item]]:
    """Items in lists of about ``limit`` characters, in order; the last list may be short, none is empty."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += n_chars(item) + 1
        if size >= limit:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def linear(rows: NDArray[np.float32], weights: NDArray[np.float64], intercept: float) -> NDArray[np.float64]:
    """Rows times weights plus intercept, each row summed by itself."""
    return np.asarray(np.add.reduce(rows * weights, axis=1) + intercept, np.float64)


def sigmoid(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of log-odds, without overflow."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)

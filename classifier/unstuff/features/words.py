"""Segmented words of Chinese paragraphs that the first stage leaves undecided: lists without separators, blocks glued
to the end of prose.

Where nothing parts the items, the longest run of words without a function word or a mark stands for the list. Cutting
words costs several times what the rest of scoring does; the model chooses who comes here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import segmenter
from unstuff.features.batch import ALPHABETIC, IDEOGRAPHIC, Batch, Spans, count_distinct, positions, share, table_of
from unstuff.features.ngrams import N_GRAM_BUCKETS, WORD_BITS, sum_between, word_buckets
from unstuff.features.places import Gazetteer
from unstuff.hashing import CodeSet
from unstuff.normalise import N_CLASSES, CharClass

NAMES = (
    "unknown_word_share",
    "log_run_words",
    "run_word_share",
    "run_word_chars",
    "run_distinct_share",
    "log_run_places",
    "log_run_provinces",
    "log_province_changes",
)
N_WORD_BUCKETS = 1 << WORD_BITS
# A paragraph has an undelimited stretch when one of its items has so many code points. Out of fold, 2026-11: 16 sends
# twice as many clean paragraphs on for the same recall, 25 loses a third of the gain on adult lists glued to prose.
UNDELIMITED_CHARS = 20
MIN_HAN = 12
# A run's words count as much as so many standard deviations of a dense feature; swept 1, 2, 3, 4: gains end at 3.
_WORD_VALUE = 3.0
_IS_WORD = np.isin(np.arange(N_CLASSES), [*IDEOGRAPHIC, *ALPHABETIC, CharClass.DIGIT])


class Words(NamedTuple):
    """What segmentation shows of some paragraphs."""

    dense: NDArray[np.float32]  # (n, len(NAMES))
    buckets: NDArray[np.uint32]  # (n_words,) of the words of each paragraph's longest run, below N_WORD_BUCKETS
    bounds: NDArray[np.int64]  # (n + 1,) buckets[bounds[i]:bounds[i + 1]] are those of paragraph i

    @property
    def occurrence_weight(self) -> NDArray[np.float64]:
        """Value of one word of each paragraph's run, (n,)."""
        return _WORD_VALUE / np.sqrt(np.maximum(np.diff(self.bounds), 1))

    def weigh(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum of the bucket weights of each run's words times the value of one, (n,)."""
        per_word = np.append(weights[self.buckets], 0.0)
        return sum_between(per_word, self.bounds[:-1], self.bounds[1:]) * self.occurrence_weight


class Segmented(NamedTuple):
    """Words of some paragraphs of a batch, marks and spaces left out."""

    spans: Spans  # ``paragraph`` counts the chosen paragraphs
    hashes: NDArray[np.uint64]
    known: NDArray[np.bool_]  # in jieba's dictionary
    function: NDArray[np.bool_]  # made of function characters alone
    follows: NDArray[np.bool_]  # no mark or space between the word before and this one


class Runs(NamedTuple):
    """The longest run of each paragraph, as half-open ranges of words; the first of several, empty without words."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def is_undelimited(batch: Batch) -> NDArray[np.bool_]:
    """Which paragraphs have Chinese text and a long stretch that no mark parts."""
    return (batch.longest(batch.items) >= UNDELIMITED_CHARS) & (batch.class_counts[:, CharClass.HAN] >= MIN_HAN)


def extract(batch: Batch, rows: NDArray[np.int64], gazetteer: Gazetteer, function_chars: CodeSet) -> Words:
    """Features of the chosen paragraphs of a batch."""
    words = segment(batch, rows, function_chars)
    runs = longest_runs(words, len(rows))
    inside = _inside(runs, len(words.hashes))
    n_words = np.bincount(words.spans.paragraph, minlength=len(rows))
    of_run, hashes = words.spans.paragraph[inside], words.hashes[inside]
    n_run = runs.ends - runs.starts
    unknown = words.spans.paragraph[~words.known]
    n_chars = np.bincount(of_run, words.spans.n_chars[inside], len(rows))
    columns = {
        "unknown_word_share": share(np.bincount(unknown, minlength=len(rows)), n_words),
        "log_run_words": np.log1p(n_run),
        "run_word_share": share(n_run, n_words),
        "run_word_chars": n_chars / np.maximum(n_run, 1),
        "run_distinct_share": share(count_distinct(hashes, of_run, len(rows)), n_run),
        **_places(hashes, words.spans.n_chars[inside], of_run, len(rows), gazetteer),
    }
    dense = table_of(columns, NAMES)
    buckets = word_buckets(hashes) - np.uint32(N_GRAM_BUCKETS)
    return Words(dense, buckets, np.concatenate(([0], np.cumsum(n_run))))


def segment(batch: Batch, rows: NDArray[np.int64], function_chars: CodeSet) -> Segmented:
    """Cut the chosen paragraphs into words."""
    n_chars = batch.n_chars[rows] + 1  # and one of the padding, which ends the last word
    at = positions(batch.starts[rows], n_chars)
    cut = segmenter.cut_all(batch.codes[at])
    starts = at[cut.starts]
    is_word = _IS_WORD[batch.classes[starts]]
    paragraph = np.repeat(np.arange(len(rows)), n_chars)[cut.starts]
    spans = Spans(starts[is_word], (starts + cut.ends - cut.starts)[is_word], paragraph[is_word])
    return Segmented(
        spans,
        batch.span_hash(spans.starts, spans.ends),
        cut.known[is_word],
        _function_words(batch, spans, function_chars),
        np.append(False, spans.starts[1:] == spans.ends[:-1])[: len(spans.starts)],
    )


def _function_words(batch: Batch, spans: Spans, function_chars: CodeSet) -> NDArray[np.bool_]:
    """Which words consist of function characters alone."""
    before = np.cumsum(spans.n_chars) - spans.n_chars
    inside = positions(spans.starts, spans.n_chars)
    function = np.concatenate(([0], np.cumsum(function_chars.has(batch.codes[inside]))))
    return np.asarray(function[before + spans.n_chars] - function[before] == spans.n_chars)


def longest_runs(words: Segmented, n: int) -> Runs:
    """The longest run of words of each of n paragraphs in which no mark, space or function word stands."""
    content = np.flatnonzero(~words.function)
    first = np.ones(len(content), bool)
    first[1:] = (np.diff(content) > 1) | ~words.follows[content[1:]]
    heads = np.flatnonzero(first)
    lengths = np.diff(np.append(heads, len(content)))
    starts, paragraph = content[heads], words.spans.paragraph[content[heads]]
    order = np.lexsort((starts, -lengths, paragraph))
    best = order[np.unique(paragraph[order], return_index=True)[1]]
    runs = Runs(np.zeros(n, np.int64), np.zeros(n, np.int64))
    runs.starts[paragraph[best]] = starts[best]
    runs.ends[paragraph[best]] = starts[best] + lengths[best]
    return runs


def _inside(runs: Runs, n_words: int) -> NDArray[np.int64]:
    """Numbers of the words in runs, ascending."""
    edges = np.zeros(n_words + 1, np.int64)
    np.add.at(edges, runs.starts, 1)
    np.add.at(edges, runs.ends, -1)
    return np.flatnonzero(np.cumsum(edges)[:-1])


def _places(
    hashes: NDArray[np.uint64], n_chars: NDArray[np.int64], run: NDArray[np.int64], n: int, gazetteer: Gazetteer
) -> dict[str, NDArray[np.float64]]:
    """Place names among the words of each run, and how their provinces mix."""
    at = gazetteer.find(hashes)
    chosen = np.flatnonzero((at >= 0) & (n_chars > 1))
    region, run = gazetteer.region[at[chosen]], run[chosen]
    home = gazetteer.is_province[region]
    changes = run[1:][(np.diff(region) != 0) & (run[1:] == run[:-1])]
    return {
        "log_run_places": np.log1p(np.bincount(run, minlength=n)),
        "log_run_provinces": np.log1p(count_distinct(region[home].astype(np.uint64), run[home], n)),
        "log_province_changes": np.log1p(np.bincount(changes, minlength=n)),
    }


def describe(batch: Batch, gazetteer: Gazetteer, function_chars: CodeSet) -> list[str]:
    """Evidence in words, one a paragraph."""
    n = len(batch)
    words = segment(batch, np.arange(n), function_chars)
    runs = longest_runs(words, n)
    inside = _inside(runs, len(words.hashes))
    rows = gazetteer.find(words.hashes[inside])
    found = (rows >= 0) & (words.spans.n_chars[inside] > 1)
    paragraph, region = words.spans.paragraph[inside][found], gazetteer.region[rows[found]]
    n_regions = count_distinct(region.astype(np.uint64), paragraph, n)
    columns = (
        runs.ends - runs.starts,
        np.bincount(words.spans.paragraph, minlength=n),
        np.bincount(paragraph, minlength=n),
        n_regions,
    )
    return [_told(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _told(n_run: int, n_words: int, n_places: int, n_regions: int) -> str:
    told = f"{n_run} of {n_words} words in a row without a function word or a mark"
    if n_places:
        told += f", {n_places} of them place names of {n_regions} province{'s' * (n_regions > 1)}"
    return told

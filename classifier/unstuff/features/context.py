"""The paragraph against its page: position, neighbours, runs of short paragraphs, vocabulary shared with the page.

Works on raw scores that are already there. A page of one paragraph has no context, and every feature but ``alone``
is zero there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features.batch import Batch, share
from unstuff.features.ngrams import Grams
from unstuff.normalise import SIMPLIFIED, TRADITIONAL, CharClass
from unstuff.page import Link, Paragraph

NAMES = (
    "raw_logit",
    "alone",
    "log_paragraphs",
    "near_start",
    "near_end",
    "neighbour_logit",
    "page_spam_share",
    "foreign_vocabulary",
    "variant_mismatch",
    "follows_lead_in",
    "in_run",
    "run_logit",
    "raw_logit_in_run",
)

# A list that lost its markup stands as one item a line: no line can be judged alone, the run can.
RUN_ITEM_CHARS = 30
RUN_LENGTH = 4
# Vocabulary is compared for paragraphs that could still be flagged; the others keep 0.
CANDIDATE_LOGIT = -5.0
_LOGIT_CLIP = 12.0
_MIN_PAGE_BIGRAMS = 100


class Runs(NamedTuple):
    """Runs of consecutive short paragraphs, as half-open ranges of paragraph numbers of the batch."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class PageBatch(NamedTuple):
    """A batch of whole pages and what is known of their paragraphs before context."""

    batch: Batch
    grams: Grams
    page: NDArray[np.int64]  # (n_paragraphs,) number of the page in the batch, ascending
    raw_logits: NDArray[np.float64]  # (n_paragraphs,)
    runs: Runs
    run_logits: NDArray[np.float64]  # (n_runs,)


def is_short(batch: Batch) -> NDArray[np.bool_]:
    """Which paragraphs are short lines of a page's body that end no sentence: items of a list that lost its markup."""
    if not len(batch):
        return np.zeros(0, bool)
    sentence = np.isin(batch.codes[np.maximum(batch.ends - 1, 0)], [ord(c) for c in ".!?。"])
    body = np.array([paragraph.kind in ("text", "body") for paragraph in batch.paragraphs], bool)
    return (batch.n_chars > 0) & (batch.n_chars <= RUN_ITEM_CHARS) & ~sentence & body


def find_runs(batch: Batch, page: NDArray[np.int64]) -> Runs:
    """Runs of at least ``RUN_LENGTH`` neighbours of at most ``RUN_ITEM_CHARS`` that are no sentences.

    In HTML they stand in elements of one path: a list does not run on into the heading or the lines before it.
    """
    short = is_short(batch)
    joined = short[1:] & short[:-1] & (page[1:] == page[:-1])
    pairs = np.flatnonzero(joined)
    paths = [paragraph.tag_path for paragraph in batch.paragraphs]
    joined[pairs] = [paths[i] == paths[i + 1] for i in pairs.tolist()]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], joined, [False]))))
    starts, ends = edges[::2], edges[1::2] + 1
    long_enough = ends - starts >= RUN_LENGTH
    return Runs(starts[long_enough], ends[long_enough])


def merge_runs(paragraphs: Sequence[Paragraph], runs: Runs) -> list[Paragraph]:
    """Each run as one paragraph, its items parted by bars."""
    return [_merge(paragraphs[start:end]) for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True)]


def _merge(paragraphs: Sequence[Paragraph]) -> Paragraph:
    texts = [paragraph.text.strip(" |") for paragraph in paragraphs]
    text = "|".join(texts)
    links: tuple[Link, ...] = tuple(link for paragraph in paragraphs for link in paragraph.links)
    return Paragraph(text, 0, len(text), paragraphs[0].kind, paragraphs[0].hidden, links)


def extract(pages: PageBatch) -> NDArray[np.float32]:
    """Features (n_paragraphs, len(NAMES)), reading order."""
    index, n_on_page = _positions(pages.page)
    together = n_on_page > 1
    in_run, run_logit = _run_terms(pages)
    raw = np.clip(pages.raw_logits, -_LOGIT_CLIP, _LOGIT_CLIP)
    columns = {
        "raw_logit": raw,
        "alone": 1.0 - together,
        "log_paragraphs": np.where(together, np.log1p(n_on_page), 0.0),
        "near_start": np.where(together, 1.0 / (1.0 + index), 0.0),
        "near_end": np.where(together, 1.0 / (n_on_page - index), 0.0),
        "neighbour_logit": _neighbour_logit(raw, pages.page),
        "page_spam_share": _page_spam_share(raw, pages.page, n_on_page),
        "foreign_vocabulary": _foreign_vocabulary(pages),
        "variant_mismatch": _variant_mismatch(pages.batch, pages.page),
        "follows_lead_in": _follows_lead_in(pages.batch, pages.page),
        "in_run": in_run,
        "run_logit": run_logit,
        "raw_logit_in_run": raw * in_run,
    }
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def _positions(page: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number of each paragraph on its page, and how many the page has."""
    firsts = np.flatnonzero(np.diff(page, prepend=-1))
    sizes = np.diff(np.append(firsts, len(page)))
    return np.arange(len(page)) - np.repeat(firsts, sizes), np.repeat(sizes, sizes)


def _run_terms(pages: PageBatch) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    in_run, run_logit = np.zeros(len(pages.page)), np.zeros(len(pages.page))
    lengths = pages.runs.ends - pages.runs.starts
    members = np.repeat(pages.runs.starts, lengths) + _ramp(lengths)
    in_run[members] = 1.0
    run_logit[members] = np.repeat(np.clip(pages.run_logits, -_LOGIT_CLIP, _LOGIT_CLIP), lengths)
    return in_run, run_logit


def _ramp(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … within each length, end to end."""
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _neighbour_logit(raw: NDArray[np.float64], page: NDArray[np.int64]) -> NDArray[np.float64]:
    """Higher raw logit of the two neighbours; -clip beyond the page's ends, 0 on a page of one paragraph."""
    same = page[1:] == page[:-1]
    before, after = np.full(len(raw), -_LOGIT_CLIP), np.full(len(raw), -_LOGIT_CLIP)
    before[1:] = np.where(same, raw[:-1], -_LOGIT_CLIP)
    after[:-1] = np.where(same, raw[1:], -_LOGIT_CLIP)
    paired = np.zeros(len(raw), bool)
    paired[1:] |= same
    paired[:-1] |= same
    return np.where(paired, np.maximum(before, after), 0.0)


def _page_spam_share(
    raw: NDArray[np.float64], page: NDArray[np.int64], n_on_page: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Share of the page's other paragraphs whose raw score is above one half."""
    likely = raw > 0
    total = np.bincount(page, minlength=1)
    found = np.bincount(page[likely], minlength=len(total))
    return share(found[page] - likely, n_on_page - 1) if len(page) else np.zeros(0)


def _foreign_vocabulary(pages: PageBatch) -> NDArray[np.float64]:
    """Share of a candidate's character pairs that occur nowhere else on its page; 0 on very short pages."""
    foreign = np.zeros(len(pages.page))
    buckets, starts, ends = pages.grams.buckets[1], pages.grams.starts, pages.grams.ends
    candidates = np.flatnonzero((pages.raw_logits > CANDIDATE_LOGIT) & (ends > starts))
    firsts = np.flatnonzero(np.diff(pages.page, prepend=-1))
    lasts = np.append(firsts[1:], len(pages.page))
    for page in np.unique(pages.page[candidates]).tolist():
        at = np.searchsorted(pages.page[firsts], page)
        low, high = starts[firsts[at]], ends[lasts[at] - 1]
        counts = np.bincount(buckets[low:high])
        for i in candidates[pages.page[candidates] == page].tolist():
            own = buckets[starts[i] : ends[i]]
            if high - low - len(own) >= _MIN_PAGE_BIGRAMS:
                distinct, n_own = np.unique(own, return_counts=True)
                foreign[i] = float((counts[distinct] <= n_own).sum() / len(distinct))
    return foreign


def _variant_mismatch(batch: Batch, page: NDArray[np.int64]) -> NDArray[np.float64]:
    """Simplified paragraph on a Traditional page: its share of simplified, times the page's of traditional."""
    han = batch.class_counts[:, CharClass.HAN]
    simplified = _flag_count(batch, SIMPLIFIED)
    traditional = _flag_count(batch, TRADITIONAL)
    n_pages = int(page[-1]) + 1 if len(page) else 0
    page_traditional, page_simplified = np.zeros(n_pages, np.int64), np.zeros(n_pages, np.int64)
    np.add.at(page_traditional, page, traditional)
    np.add.at(page_simplified, page, simplified)
    others_traditional = page_traditional[page] - traditional
    others = others_traditional + page_simplified[page] - simplified
    return np.minimum(share(simplified, han) * 4, 1.0) * share(others_traditional, others)


def _flag_count(batch: Batch, flag: np.uint8) -> NDArray[np.int64]:
    positions = np.flatnonzero(batch.flagged_classes & flag)
    return batch.count(batch.paragraph_of_char[positions])


def _follows_lead_in(batch: Batch, page: NDArray[np.int64]) -> NDArray[np.float64]:
    """Whether the paragraph before ends with a colon."""
    follows = np.zeros(len(page))
    if len(page):
        colon = batch.codes[np.maximum(batch.ends - 1, 0)] == ord(":")
        follows[1:] = colon[:-1] & (page[1:] == page[:-1])
    return follows

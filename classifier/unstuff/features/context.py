"""The paragraph against its page: position, neighbours, runs of short paragraphs, vocabulary shared with the page.

Works on raw scores that are already there. A run of short lines is judged as one and its lines share what is said of
it, unless a line lists items itself and is likelier alone. A page of one paragraph or one run has no context: what
tells of position, neighbours and the page's vocabulary is zero there.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, eq
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import ngrams
from unstuff.features.batch import IDEOGRAPHIC, Batch, positions, table_of
from unstuff.features.ngrams import Grams
from unstuff.hashing import CodeSet
from unstuff.normalise import N_CLASSES, CharClass
from unstuff.page import Link, Paragraph

# Judged upon the first stages of web-2026.11.15, 2026-11. Without ``page_logit`` 68 instead of 72 % of the written
# blocks are found at 1 % of near misses. What is judged by a run counts by its length, for honest menus and directories
# are long: with one term for all runs 71 % are found. Without ``neighbour_logit`` 79 instead of 89 % of the pages with
# several blocks are. ``foreign_vocabulary`` as the share of distinct runs of letters that no other paragraph has: 72
# instead of 76 % at 1 % of near misses. (`training.evaluate --ablation` prints such figures of the released fit.) The
# share of likely units adds nothing; Simplified Chinese on a Traditional page, how many paragraphs a page has, how near
# its start one stands and a colon before it move a block or two.
NAMES = (
    "unit_logit",  # of what the paragraph is judged by: itself, its injected part, or its run
    "alone",
    "near_end",
    "neighbour_logit",
    "page_logit",
    "foreign_vocabulary",
    "run_length",  # of the run that judges it: log2 of its lines over RUN_LENGTH
    "in_part",  # the rest of the paragraph is content
)

# A list that lost its markup stands as one item a line: no line can be judged alone, the run can.
RUN_ITEM_CHARS = 40
RUN_LENGTH = 4
# A run is cut where the raw log-odds of its lines change by some 4 over 4 lines or more.
MIN_PIECE = 3
_SPLIT_CLIP = 6.0
# Runs whose likeliest line stays below are not cut.
_SPLIT_LOGIT = -5.0
_SPLIT_GAIN = 32.0
_SPLIT_DIFFERENCE = 1.5
_MAX_SPLIT_DEPTH = 6
# Vocabulary is compared for paragraphs that could still be flagged; the others keep 0. -5 reads four times as many;
# with -3.5 web-2026.11.3 labelled one of 79,689 paragraphs otherwise, at "sensitive".
CANDIDATE_LOGIT = -3.5
LOGIT_CLIP = 12.0
# Between these a page's other units tell how near to spam all of it is.
_PAGE_LOGITS = (-10.0, -2.0)
# Units above are no part of what a page's own vocabulary is.
_LIKELY_LOGIT = -1.0
_STEM_CHARS = 4
# The share is that of a vocabulary with so many more occurrences, of which so many are foreign.
_PRIOR_KEYS, _PRIOR_SHARE = 4, 0.7
_IS_DENSE = np.isin(np.arange(N_CLASSES), [*IDEOGRAPHIC, CharClass.HANGUL])
_HAS_STEMS = ~np.isin(np.arange(N_CLASSES), [CharClass.HANGUL, CharClass.THAI])
_SENTENCE_ENDS = CodeSet.of(".!?。")
# Of a page with so many occurrences of its own vocabulary the share counts half: what a few words lack says little. By
# keys and not by characters, for a short Chinese or Korean page says as much as an English one of thrice its length.
_PAGE_KEYS = 8
_KEY_MIX = np.uint64(0x9E3779B97F4A7C15)
_KEY_SLOT_BITS = 20


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
    with_part: NDArray[np.int64]  # (n_parts,) paragraphs of which only a part looks injected
    part_logits: NDArray[np.float64]  # (n_parts,) of the part alone


def is_short(batch: Batch) -> NDArray[np.bool_]:
    """Which paragraphs are short lines of a page's body that end no sentence: items of a list that lost its markup."""
    if not len(batch):
        return np.zeros(0, bool)
    sentence = _SENTENCE_ENDS.has(batch.codes[np.maximum(batch.ends - 1, 0)])
    in_body = np.fromiter(map(("text", "body").__contains__, map(attrgetter("kind"), batch.paragraphs)), bool)
    return np.asarray((batch.n_chars > 0) & (batch.n_chars <= RUN_ITEM_CHARS) & ~sentence & in_body)


def find_runs(batch: Batch, page: NDArray[np.int64]) -> Runs:
    """Runs of at least ``RUN_LENGTH`` neighbours of at most ``RUN_ITEM_CHARS`` that are no sentences.

    In HTML they stand in elements of one path: a list does not run on into the heading or the lines before it.
    """
    short = is_short(batch)
    paths = list(map(attrgetter("tag_path"), batch.paragraphs))
    in_one_path = np.fromiter(map(eq, paths[1:], paths[:-1]), bool)
    joined = short[1:] & short[:-1] & (page[1:] == page[:-1]) & in_one_path
    edges = np.flatnonzero(np.diff(np.concatenate(([False], joined, [False]))))
    starts, ends = edges[::2], edges[1::2] + 1
    long_enough = ends - starts >= RUN_LENGTH
    return Runs(starts[long_enough], ends[long_enough])


def split_runs(runs: Runs, raw_logits: NDArray[np.float64]) -> Runs:
    """The runs, each cut where its lines change from likely to unlikely: a menu and the list injected under it.

    Runs without a line that could be flagged stay whole.
    """
    if not len(runs.starts):
        return runs
    bounds = np.stack((runs.starts, runs.ends), axis=1).ravel()
    likeliest = np.maximum.reduceat(np.append(raw_logits, -np.inf), bounds)[::2]
    likely = likeliest > _SPLIT_LOGIT
    starts, ends = runs.starts[likely], runs.ends[likely]
    lines = np.clip(raw_logits, -_SPLIT_CLIP, _SPLIT_CLIP)
    inner = [np.empty(0, np.int64)]
    # Binary segmentation: pieces of one depth are cut together.
    for _ in range(_MAX_SPLIT_DEPTH):
        cuts = _cuts(lines, starts, ends)
        cut = cuts > starts
        inner.append(cuts[cut])
        if not cut.any():
            break
        starts, ends = np.append(starts[cut], cuts[cut]), np.append(cuts[cut], ends[cut])
    found = np.concatenate(inner)
    return Runs(np.sort(np.append(runs.starts, found)), np.sort(np.append(runs.ends, found)))


def _cuts(lines: NDArray[np.float64], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each piece of the lines changes its level most, (n_pieces,); its start where it does not."""
    cuts = starts.copy()
    lengths = ends - starts
    for n in np.unique(lengths[lengths >= 2 * MIN_PIECE]).tolist():
        own = np.flatnonzero(lengths == n)
        cuts[own] += _changes(lines[starts[own, None] + np.arange(n)])
    return cuts


def _changes(pieces: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many lines stand before the change of each piece, by the drop of the squared error; 0 for no change.

    Pieces (k, n) of one length are summed each by itself: a change does not depend on what else is in the batch.
    """
    n = pieces.shape[1]
    left = np.arange(1, n)
    sums = np.cumsum(pieces, axis=1)[:, :-1]
    difference = np.abs(sums / left - (pieces.sum(axis=1, keepdims=True) - sums) / (n - left))
    gain = left * (n - left) / n * np.where(difference >= _SPLIT_DIFFERENCE, difference, 0.0) ** 2
    best = MIN_PIECE - 1 + gain[:, MIN_PIECE - 1 : n - MIN_PIECE].argmax(axis=1)
    # The line beside the cut may belong to the other side, be its piece as short as that makes it.
    beside = np.take_along_axis(gain, best[:, None] + np.arange(-1, 2), axis=1)
    return np.where(beside[:, 1] >= _SPLIT_GAIN, best + beside.argmax(axis=1), 0)


def merge_runs(paragraphs: Sequence[Paragraph], runs: Runs) -> list[Paragraph]:
    """Each run as one paragraph, its items parted by bars."""
    return [_merge(paragraphs[start:end]) for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True)]


def _merge(paragraphs: Sequence[Paragraph]) -> Paragraph:
    texts = [paragraph.text.strip(" |") for paragraph in paragraphs]
    links: list[Link] = []
    at = 0
    for paragraph, text in zip(paragraphs, texts, strict=True):
        if paragraph.links:
            moved = at - paragraph.start - paragraph.text.index(text)
            links += [Link(one.start + moved, one.end + moved, one.target, one.outbound) for one in paragraph.links]
        at += len(text) + 1
    text = "|".join(texts)
    return Paragraph(text, 0, len(text), paragraphs[0].kind, paragraphs[0].hidden, tuple(links))


def judging_runs(pages: PageBatch) -> NDArray[np.int64]:
    """Number of the run that each paragraph is judged by (n_paragraphs,), -1 for none.

    A line that lists items and is likelier by itself is judged by itself: it does not hide in the menu under it. A line
    of one item says too little alone: of the sites that a directory lists, one a line, some would be flagged by name.
    """
    lengths = pages.runs.ends - pages.runs.starts
    lines, run = positions(pages.runs.starts, lengths), np.repeat(np.arange(len(lengths)), lengths)
    judged = ~pages.batch.is_list[lines] | (pages.run_logits[run] >= pages.raw_logits[lines])
    found = np.full(len(pages.page), -1)
    found[lines[judged]] = run[judged]
    return found


def extract(pages: PageBatch) -> NDArray[np.float32]:
    """Features (n_paragraphs, len(NAMES)), reading order."""
    units = _units(pages)
    after, n_on_page = _positions(units)
    together = n_on_page > 1
    columns = {
        "unit_logit": units.logits,
        "alone": 1.0 - together,
        "near_end": np.where(together, 1.0 / (1.0 + after), 0.0),
        "neighbour_logit": _neighbour_logit(units),
        "page_logit": _page_logit(units, n_on_page),
        "foreign_vocabulary": _foreign_vocabulary(pages, units),
    }
    of_line = {name: column[units.of_paragraph] for name, column in columns.items()}
    judging = judging_runs(pages)
    by_itself = judging < 0
    of_line["run_length"] = _run_lengths(pages.runs)[judging]
    by_itself[pages.with_part] = False
    of_line["unit_logit"][by_itself] = np.clip(pages.raw_logits[by_itself], -LOGIT_CLIP, LOGIT_CLIP)
    of_line["in_part"] = np.zeros(len(pages.page))
    of_line["in_part"][pages.with_part] = 1.0
    return table_of(of_line, NAMES)


class _Units(NamedTuple):
    """What is judged as one: single paragraphs, and runs of short lines, in reading order."""

    starts: NDArray[np.int64]  # (n_units,) first paragraph
    ends: NDArray[np.int64]  # (n_units,) half-open
    page: NDArray[np.int64]  # (n_units,)
    logits: NDArray[np.float64]  # (n_units,) clipped
    of_paragraph: NDArray[np.int64]  # (n_paragraphs,) unit of each paragraph


def _units(pages: PageBatch) -> _Units:
    n = len(pages.page)
    first = np.ones(n, bool)
    lengths = pages.runs.ends - pages.runs.starts
    first[positions(pages.runs.starts, lengths)] = False
    first[pages.runs.starts] = True
    starts = np.flatnonzero(first)
    of_paragraph = np.cumsum(first) - 1
    logits = pages.raw_logits[starts].copy()
    logits[of_paragraph[pages.with_part]] = pages.part_logits
    logits[of_paragraph[pages.runs.starts]] = pages.run_logits
    clipped = np.clip(logits, -LOGIT_CLIP, LOGIT_CLIP)
    return _Units(starts, np.append(starts[1:], n)[: len(starts)], pages.page[starts], clipped, of_paragraph)


def _positions(units: _Units) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many units of its page stand after each, and how many the page has."""
    firsts = np.flatnonzero(np.diff(units.page, prepend=-1))
    sizes = np.diff(np.append(firsts, len(units.page)))
    return np.repeat(firsts + sizes, sizes) - 1 - np.arange(len(units.page)), np.repeat(sizes, sizes)


def _neighbour_logit(units: _Units) -> NDArray[np.float64]:
    """Higher logit of the two neighbours where it is above 0: how surely content they are says nothing."""
    likely = np.maximum(units.logits, 0.0)
    same = units.page[1:] == units.page[:-1]
    before, after = np.zeros(len(likely)), np.zeros(len(likely))
    before[1:] = likely[:-1] * same
    after[:-1] = likely[1:] * same
    return np.maximum(before, after)


def _page_logit(units: _Units, n_on_page: NDArray[np.int64]) -> NDArray[np.float64]:
    """How near to spam the page's other units are, from 0 for nothing like it up to 8; 0 without others.

    The log-odds whose root of odds is the mean of theirs: one likely unit counts, and less so on a long page. A list on
    a page that is all of its kind is more often honest.
    """
    roots = np.exp(units.logits / 2)
    total = np.bincount(units.page, roots, minlength=1)[units.page]
    others = np.maximum(total - roots, np.finfo(float).tiny)
    mean = 2 * np.log(others / np.maximum(n_on_page - 1, 1))
    low, high = _PAGE_LOGITS
    return np.where(n_on_page > 1, np.clip(mean, low, high) - low, 0.0)


def _run_lengths(runs: Runs) -> NDArray[np.float64]:
    """Log2 of the lines of each run over ``RUN_LENGTH``, 0 for shorter ones, and last a 0 for no run."""
    lengths = np.append(runs.ends - runs.starts, 0)
    return np.asarray(np.log2(np.maximum(lengths, RUN_LENGTH) / RUN_LENGTH), np.float64)


def _foreign_vocabulary(pages: PageBatch, units: _Units) -> NDArray[np.float64]:
    """Square of the share of a candidate's vocabulary that no content of its page has, less on short pages.

    A list that names again and again what its page is about shares much of itself with it, be its other words new.
    """
    foreign = np.zeros(len(units.page))
    candidates = (units.logits > CANDIDATE_LOGIT) & (np.bincount(units.page)[units.page] > 1)
    if candidates.any():
        page_is_read = np.zeros(int(units.page[-1]) + 1, bool)
        page_is_read[units.page[candidates]] = True
        at, buckets = _vocabulary(pages, page_is_read[pages.page])
        paragraph = pages.batch.paragraph_of_char.take(at)
        keys = (pages.page[paragraph] << ngrams.BITS) + buckets
        unit = units.of_paragraph[paragraph]
        share = _foreign_share(keys, unit, units, candidates)[candidates]
        n_others = _content_keys(unit, units)[candidates]
        foreign[candidates] = share**2 * n_others / (n_others + _PAGE_KEYS)
    return foreign


def _vocabulary(pages: PageBatch, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Where vocabulary stands in the chosen paragraphs, (n,), and its n-gram buckets, (n,).

    Pairs of ideographs and of Korean syllables, runs of four in Thai, which parts no words, and what the words of other
    alphabets begin with: their first four letters, be their endings what they may.
    """
    batch, words, buckets = pages.batch, pages.batch.words, pages.grams.buckets
    paragraphs = np.flatnonzero(chosen)
    lengths = batch.n_chars[paragraphs]
    at = positions(batch.starts[paragraphs], lengths)
    # Padding follows every paragraph, and is neither.
    classes = batch.classes
    pairs = at[_IS_DENSE[classes.take(at)] & _IS_DENSE[classes.take(at + 1)]]
    thai = at[(classes.take(at) == CharClass.THAI) & (at + _STEM_CHARS <= np.repeat(batch.ends[paragraphs], lengths))]
    begun = words.starts[chosen[words.paragraph] & (words.n_chars >= _STEM_CHARS)]
    fours = np.concatenate((thai, begun[_HAS_STEMS[classes.take(begun)]]))
    return np.concatenate((pairs, fours)), np.concatenate((buckets[1].take(pairs), buckets[3].take(fours)))


def _content_keys(unit: NDArray[np.int64], units: _Units) -> NDArray[np.float64]:
    """Occurrences of vocabulary in the content of each unit's page beside itself."""
    own = np.bincount(unit, minlength=len(units.page)) * (units.logits <= _LIKELY_LOGIT)
    return np.asarray(np.bincount(units.page, own)[units.page] - own)


def _foreign_share(
    keys: NDArray[np.int64], unit: NDArray[np.int64], units: _Units, candidates: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Share of the occurrences of each unit's keys that no other unit has which could be content."""
    n_units = len(units.page)
    # Most of a page has nothing in common with the candidates, and is left out before anything is sorted.
    slots = ((keys.view(np.uint64) * _KEY_MIX) >> np.uint64(64 - _KEY_SLOT_BITS)).view(np.int64)
    wanted = np.zeros(1 << _KEY_SLOT_BITS, bool)
    wanted[slots[candidates.take(unit)]] = True
    kept = np.flatnonzero(wanted.take(slots))
    found = np.sort(keys[kept] * n_units + unit[kept])
    firsts = np.flatnonzero(np.diff(found, prepend=-1))
    n_times = np.diff(np.append(firsts, len(found)))
    key, unit = found[firsts] // n_units, found[firsts] % n_units
    is_content = units.logits[unit] <= _LIKELY_LOGIT
    of_key = np.cumsum(np.diff(key, prepend=-1) != 0) - 1
    is_foreign = np.bincount(of_key, is_content)[of_key] == is_content
    n_keys, n_foreign = np.bincount(unit, n_times, n_units), np.bincount(unit, n_times * is_foreign, n_units)
    # A few words that are new say little.
    return np.asarray((n_foreign + _PRIOR_KEYS * _PRIOR_SHARE) / (n_keys + _PRIOR_KEYS))

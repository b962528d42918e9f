"""jieba's cut into words for many texts at once: its dictionary, and the most probable path through it.

The same words as ``jieba.Tokenizer().cut(text, HMM=False)``, which loops over code points in Python. Where no word of
the dictionary reaches across a place the text is cut there, and the stretches between such places are solved side by
side. The dictionary is read at the first call; nothing is written or printed, and words
that the process adds to its own jieba change nothing. Unknown words stay single characters: the Markov model that would
join them obeys a list that any ``jieba.del_word`` of the process changes.
"""

from __future__ import annotations

import math
import os
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features.batch import positions
from unstuff.hashing import CodeSet, HashIndex, SpanHasher, distinct
from unstuff.normalise import PADDING, encode

# jieba looks for words in runs of these alone, and joins single letters and digits that follow each other.
_ALPHANUMERIC = "".join(map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))))
_CUTTABLE = CodeSet.of("".join(map(chr, range(0x4E00, 0x9FD6))) + _ALPHANUMERIC + "+#&._%-")
_JOINED = CodeSet.of(_ALPHANUMERIC)
# A stretch in which words reach across every place is cut after so many code points, as jieba does not: one of
# 2,000,000 times the same character would otherwise be solved alone. The longest in 20,193 Chinese and
# Japanese paragraphs of the web has 16.
_MAX_STRETCH = 64


class Cut(NamedTuple):
    """The words and marks of texts laid end to end, in order."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    known: NDArray[np.bool_]  # in the dictionary


class _Dictionary(NamedTuple):
    """jieba's words and all their beginnings."""

    rows: HashIndex
    log_share: NDArray[np.float64]  # of each row among all words; -inf for what is only the beginning of one
    unseen: float  # in place of it for a lone character that is no word


class _Edges(NamedTuple):
    """Words of two code points or more that stand in a text; they overlap."""

    starts: NDArray[np.int64]
    n_chars: NDArray[np.int64]
    log_share: NDArray[np.float64]


_lock = threading.Lock()
_dictionary: _Dictionary | None = None


def cut(text: str) -> list[str]:
    """Words and marks of a text, in order; joined they are the text."""
    codes, _ = encode([text])
    found = cut_all(codes[: len(text) + 1])
    bounds = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    return [text[start:end] for start, end in bounds][:-1]


def cut_all(codes: NDArray[np.uint32]) -> Cut:
    """Cut texts laid end to end into words; a 0 must follow each text, and is a mark of its own."""
    dictionary = _loaded()
    hashes = SpanHasher(codes)
    cuttable = _CUTTABLE.has(codes)
    begins, log_share = _words_of_one(cuttable, hashes, dictionary)
    edges = _longer_words(cuttable, hashes, begins, dictionary)
    bounds = _bounds(len(codes), edges)
    ends = _most_probable(bounds, edges, log_share)
    joined = _JOINED.has(codes)
    # Letters and digits that were cut one by one and follow each other are one word.
    starts = np.append(0, ends[:-1])[: len(ends)]
    single = joined[starts] & (ends - starts == 1)
    goes_on = np.append(single[1:] & single[:-1], False)[: len(ends)]
    starts, ends = starts[~np.append(False, goes_on[:-1])[: len(ends)]], ends[~goes_on]
    rows = dictionary.rows.find(hashes(starts, ends))
    return Cut(starts, ends, (rows >= 0) & (dictionary.log_share[rows] > -np.inf))


def _words_of_one(
    cuttable: NDArray[np.bool_], hashes: SpanHasher, dictionary: _Dictionary
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Where a word may begin, and the log share of each code point as a word of its own."""
    at = np.arange(len(cuttable))
    rows = dictionary.rows.find(hashes(at, at + 1))
    begins = (rows >= 0) & cuttable
    alone = np.where(begins, dictionary.log_share[rows], -np.inf)
    return np.flatnonzero(begins), np.where(alone > -np.inf, alone, dictionary.unseen)


def _longer_words(
    cuttable: NDArray[np.bool_], hashes: SpanHasher, begins: NDArray[np.int64], dictionary: _Dictionary
) -> _Edges:
    """Every longer word of the dictionary, by its length: a longer one has all the shorter beginnings."""
    cuttable = np.append(cuttable, False)
    found = [_Edges(begins[:0], begins[:0], np.empty(0))]
    n_chars = 1
    while len(begins):
        n_chars += 1
        begins = begins[cuttable.take(begins + n_chars - 1, mode="clip")]
        rows = dictionary.rows.find(hashes(begins, begins + n_chars))
        begins, rows = begins[rows >= 0], rows[rows >= 0]
        log_share = dictionary.log_share[rows]
        is_word = log_share > -np.inf
        found.append(_Edges(begins[is_word], np.full(int(is_word.sum()), n_chars), log_share[is_word]))
    return _Edges(*map(np.concatenate, zip(*found, strict=True)))


def _bounds(n: int, edges: _Edges) -> NDArray[np.int64]:
    """Places that no word reaches across, 0 and the end among them; none is further than ``_MAX_STRETCH`` away."""
    across = np.bincount(edges.starts + 1, minlength=n + 1) - np.bincount(edges.starts + edges.n_chars, minlength=n + 1)
    bounds = np.flatnonzero(np.cumsum(across) == 0)
    lengths = np.diff(bounds)
    n_pieces = -(-lengths // _MAX_STRETCH)
    pieces = np.arange(int(n_pieces.sum())) - np.repeat(np.cumsum(n_pieces) - n_pieces, n_pieces)
    return np.append(np.repeat(bounds[:-1], n_pieces) + _MAX_STRETCH * pieces, n)


def _most_probable(bounds: NDArray[np.int64], edges: _Edges, log_share: NDArray[np.float64]) -> NDArray[np.int64]:
    """Ends of the words of the most probable path through each stretch between two bounds, ascending."""
    lengths = np.diff(bounds)
    of_stretch = np.repeat(np.arange(len(lengths)), lengths)
    inside = edges.starts + edges.n_chars <= bounds[1:][of_stretch[edges.starts]]
    edges = _Edges(edges.starts[inside], edges.n_chars[inside], edges.log_share[inside])
    longest = int(edges.n_chars.max(initial=1))
    # Column -k of a row is the word of k code points that begins there: argmax takes the first of equals, jieba the
    # longest.
    paths = np.full((len(of_stretch), longest), -np.inf)
    paths[:, -1] = log_share
    paths[edges.starts, -edges.n_chars] = edges.log_share
    reach = np.arange(longest, 0, -1)
    # Each stretch has one slot more than code points, so that what follows its end is its own zero.
    best = np.zeros(len(of_stretch) + len(lengths) + longest)
    n_chars = np.ones(len(of_stretch), np.int64)
    several = np.flatnonzero(lengths > 1)
    for back in range(1, int(lengths.max(initial=0)) + 1):
        several = several[lengths[several] >= back]
        at = bounds[1:][several] - back
        slots = at + several
        sums = paths[at] + best[slots[:, None] + reach]
        column = sums.argmax(axis=1)
        n_chars[at] = longest - column
        best[slots] = sums[np.arange(len(at)), column]
    return _follow(bounds, n_chars)


def _follow(bounds: NDArray[np.int64], n_chars: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ends of the words on the way from each bound to the next, where each code point tells how long its word is."""
    is_end = np.zeros(len(n_chars) + 1, bool)
    is_end[bounds[1:]] = True
    at = bounds[:-1][np.diff(bounds) > 1]
    while len(at):
        at = at + n_chars[at]
        at = at[~is_end[at]]
        is_end[at] = True
    return np.flatnonzero(is_end)


def _loaded() -> _Dictionary:
    global _dictionary
    if _dictionary is None:
        with _lock:
            if _dictionary is None:
                _dictionary = _load()
    return _dictionary


def _load() -> _Dictionary:
    fields = _path().read_text("utf-8").split()  # of each line a word, how often it was counted, and its part of speech
    counts = [*map(int, fields[1::3])]
    log_total = math.log(sum(counts))
    codes, n_chars = encode(fields[::3])
    starts = np.cumsum(n_chars + PADDING) - n_chars - PADDING
    hashes = SpanHasher(codes)
    keys = distinct(hashes(np.repeat(starts, n_chars), positions(starts, n_chars) + 1))
    index = HashIndex(keys)
    log_share = np.full(len(keys), -np.inf)
    log_share[index.find(hashes(starts, starts + n_chars))] = np.array([*map(math.log, counts)]) - log_total
    return _Dictionary(index, log_share, -log_total)


def _path() -> Path:
    """jieba's dictionary; importing jieba would print, and warn of ``pkg_resources``."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jieba is not installed; it comes with unstuff: pip install jieba", name="jieba")
    return Path(spec.submodule_search_locations[0]) / "dict.txt"


def _forget_lock() -> None:
    """In a forked child: the thread that held the lock is not there to release it."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_lock)

"""Where the items of a list begin and end: first and last words, and the last characters of ideographic items.

"Essen locksmith, Bochum locksmith" and 海淀开锁 丰台开锁 name one trade at the edge of every item. An n-gram counts the
same in the middle of prose; at an edge it is what an item is about, or for whom.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features.batch import IDEOGRAPHIC, Batch, is_alphabetic

# Longer items are clauses of prose, whose edges say no more than the rest of them.
_MAX_ALPHABETIC_CHARS = 60
_MAX_IDEOGRAPHIC_CHARS = 14
_TAIL_CHARS = (2, 3, 4)
# Mixed into the hash of what begins an item: the same word behind its item is another edge.
_FIRST = np.uint64(0xC2B2AE3D27D4EB4F)


class Edges(NamedTuple):
    """Edges of the items of a batch: first words, last words, then last characters, each in the order of the text."""

    starts: NDArray[np.int64]  # (n_edges,) code points of the batch
    ends: NDArray[np.int64]  # (n_edges,) half-open
    paragraph: NDArray[np.int64]  # (n_edges,)
    is_first: NDArray[np.bool_]  # (n_edges,) begins its item; else ends it
    hashes: NDArray[np.uint64]  # (n_edges,)


def find(batch: Batch) -> Edges:
    """The edges of every item of a list that has something beside them."""
    starts, ends, paragraph = batch.items
    n_chars = ends - starts
    # A lone line is all edge: what weighs in lists would flag it.
    listed = batch.is_list[paragraph]
    short = listed & (n_chars <= _MAX_ALPHABETIC_CHARS)
    last_class = batch.classes.take(ends - 1)
    first = np.flatnonzero(is_alphabetic(batch.classes.take(starts)) & short)
    last = np.flatnonzero(is_alphabetic(last_class) & short)
    # A word begins where its item does, and one ends where its item does.
    first_ends = batch.words.ends[np.searchsorted(batch.words.starts, starts[first])]
    last_starts = batch.words.starts[np.searchsorted(batch.words.ends, ends[last])]
    ideographic = (last_class == IDEOGRAPHIC[0]) | (last_class == IDEOGRAPHIC[1])
    tailed = np.flatnonzero(ideographic & listed & (n_chars <= _MAX_IDEOGRAPHIC_CHARS))
    item = np.concatenate((first, last, *(tailed for _ in _TAIL_CHARS)))
    edge_starts = np.concatenate((starts[first], last_starts, *(ends[tailed] - n for n in _TAIL_CHARS)))
    edge_ends = np.concatenate((first_ends, ends[last], *(ends[tailed] for _ in _TAIL_CHARS)))
    # The whole item is no edge of it.
    inside = np.flatnonzero(edge_ends - edge_starts < n_chars[item])
    edge_starts, edge_ends = edge_starts[inside], edge_ends[inside]
    is_first = inside < len(first)
    hashes = batch.span_hash(edge_starts, edge_ends) ^ (is_first * _FIRST)
    return Edges(edge_starts, edge_ends, paragraph[item[inside]], is_first, hashes)

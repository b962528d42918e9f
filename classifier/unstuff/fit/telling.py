"""Which n-grams and words say what a text is about, so that moving their weights reaches few other texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from unstuff.features import Extractor, ngrams
from unstuff.features.batch import ALPHABETIC, IDEOGRAPHIC, Batch
from unstuff.features.ngrams import Grams
from unstuff.hashing import hash_spans
from unstuff.normalise import CharClass

_SYLLABIC = (*IDEOGRAPHIC, CharClass.HANGUL)
_MIN_LETTERS = 3  # of an alphabet
# They stand in addresses on any page.
_OF_ADDRESSES = ("http", "https", "www", "com", "net", "org", "html", "php")


def telling_buckets(batch: Batch, grams: Grams, extractor: Extractor) -> NDArray[np.int64]:
    """Buckets of a batch in which nothing but telling n-grams and words stands.

    Telling are n-grams of letters: two or more ideographs or Hangul syllables, three or four letters of other
    alphabets; words of three letters or more that are no function words; and pairs of words.
    """
    telling = np.zeros(ngrams.N_BUCKETS, bool)
    other = np.zeros(ngrams.N_BUCKETS, bool)
    inside = batch.codes > 0
    syllables = np.isin(batch.classes, _SYLLABIC)
    letters = syllables | np.isin(batch.classes, ALPHABETIC)
    for n in range(1, ngrams.N_MAX + 1):
        own = _runs(syllables if 1 < n < _MIN_LETTERS else letters if n > 1 else np.zeros_like(letters), n)
        telling[grams.buckets[n - 1, own]] = True
        other[grams.buckets[n - 1, inside & ~own]] = True
    words = batch.words
    of_words = ngrams.word_buckets(batch.word_hashes)
    known = extractor.function_words.has(batch.word_hashes) | np.isin(batch.word_hashes, _address_hashes())
    content = ~known & (words.n_chars >= _MIN_LETTERS)
    telling[np.setdiff1d(grams.words, of_words)] = True
    telling[of_words[content]] = True
    other[of_words[~content]] = True
    return np.flatnonzero(telling & ~other)


def _runs(flags: NDArray[np.bool_], n: int) -> NDArray[np.bool_]:
    """Where n flagged code points in a row begin."""
    found = flags.copy()
    for k in range(1, n):
        found[:-k] &= flags[k:]
    return found


def _address_hashes() -> NDArray[np.uint64]:
    lengths = np.array(list(map(len, _OF_ADDRESSES)))
    codes = np.frombuffer("".join(_OF_ADDRESSES).encode("utf-32-le"), np.uint32)
    ends = np.cumsum(lengths)
    return hash_spans(codes, ends - lengths, ends)

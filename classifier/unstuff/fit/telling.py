"""Which n-grams and words say what a text is about, so that moving their weights reaches few other texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unstuff.features import Extractor, ngrams
from unstuff.features.batch import ALPHABETIC, IDEOGRAPHIC, Batch
from unstuff.features.ngrams import Grams
from unstuff.fit.rows import BATCH_CHARS
from unstuff.hashing import hash_spans
from unstuff.model import batches
from unstuff.normalise import CharClass
from unstuff.page import Paragraph

_SYLLABIC = (*IDEOGRAPHIC, CharClass.HANGUL)
_MIN_LETTERS = 3  # of an alphabet
# They stand in addresses on any page.
_OF_ADDRESSES = ("http", "https", "www", "com", "net", "org", "html", "php")


def telling_buckets(paragraphs: Sequence[Paragraph], extractor: Extractor) -> NDArray[np.int64]:
    """Buckets of the paragraphs in which nothing but telling n-grams and words stands, ascending.

    Telling are n-grams of letters: two or more ideographs or Hangul syllables, three or four letters of other
    alphabets; words of three letters or more that are no function words; and pairs with one.
    """
    telling, other = np.zeros(ngrams.N_BUCKETS, bool), np.zeros(ngrams.N_BUCKETS, bool)
    for together in batches(paragraphs, lambda paragraph: len(paragraph.text), BATCH_CHARS):
        batch = extractor.batch(together)
        grams = ngrams.extract(batch)
        _sort_ngrams(batch, grams, telling, other)
        _sort_words(batch, grams, extractor, telling, other)
    return np.flatnonzero(telling & ~other)


def _sort_ngrams(batch: Batch, grams: Grams, telling: NDArray[np.bool_], other: NDArray[np.bool_]) -> None:
    inside = batch.codes > 0
    syllables = np.isin(batch.classes, _SYLLABIC)
    letters = syllables | np.isin(batch.classes, ALPHABETIC)
    for n in range(1, ngrams.N_MAX + 1):
        own = _runs(letters if n >= _MIN_LETTERS else syllables, n) & (n > 1)
        telling[grams.buckets[n - 1, own]] = True
        other[grams.buckets[n - 1, inside & ~own]] = True


def _sort_words(
    batch: Batch, grams: Grams, extractor: Extractor, telling: NDArray[np.bool_], other: NDArray[np.bool_]
) -> None:
    hashes = batch.word_hashes
    of_words = ngrams.word_buckets(hashes)
    known = extractor.function_words.has(hashes) | np.isin(hashes, _address_hashes())
    content = ~known & (batch.words.n_chars >= _MIN_LETTERS)
    paired = np.zeros(len(hashes), bool)
    paired[1:] = batch.words.paragraph[1:] == batch.words.paragraph[:-1]
    either = content.copy()
    either[1:] |= content[:-1]
    # In ``Grams.words`` a pair stands before the word that ends it.
    pairs = grams.words[np.cumsum(1 + paired)[paired] - 2]
    for buckets, own in ((of_words, content), (pairs, either[paired])):
        telling[buckets[own]] = True
        other[buckets[~own]] = True


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

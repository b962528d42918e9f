"""What n-gram, word or edge of an item a bucket stands for: the one seen most in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from unstuff.features import Extractor, edges, ngrams
from unstuff.features.batch import Batch
from unstuff.model import batches
from unstuff.page import Paragraph

_BATCH_CHARS = 1 << 16
_END = "\u2403"  # stands for the end of a paragraph, which n-grams reach past


def most_seen(paragraphs: Sequence[Paragraph], extractor: Extractor) -> dict[int, str]:
    """Name of each bucket that the paragraphs have: "ngram 房产", "word cheap", "begins berlin", "ends 开锁".

    Normalised, as features see them.
    """
    counts: Counter[tuple[int, str]] = Counter()
    for together in batches(paragraphs, lambda paragraph: len(paragraph.text), _BATCH_CHARS):
        counts.update(_named(extractor.batch(together)))
    # Rising, so that the last name of a bucket is the one seen most.
    return {bucket: name for (bucket, name), _ in sorted(counts.items(), key=lambda item: (item[1], item[0]))}


def _named(batch: Batch) -> Iterator[tuple[int, str]]:
    """Every n-gram, word, pair of words and edge of an item of a batch, with its bucket."""
    grams = ngrams.extract(batch)
    text = batch.codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").replace("\0", _END)
    at = np.flatnonzero(batch.codes)
    for n in range(1, ngrams.N_MAX + 1):
        for bucket, k in zip(grams.buckets[n - 1, at].tolist(), at.tolist(), strict=True):
            yield bucket, f"ngram {text[k : k + n]}"
    yield from zip(grams.words.tolist(), _words(batch, text), strict=True)
    own = edges.find(batch)
    for bucket, start, end, first in zip(
        grams.edges.tolist(), own.starts.tolist(), own.ends.tolist(), own.is_first.tolist(), strict=True
    ):
        yield bucket, f"{'begins' if first else 'ends'} {text[start:end]}"


def _words(batch: Batch, text: str) -> Iterator[str]:
    """Words and pairs of words in the order of ``Grams.words``: a pair before the word that ends it."""
    spans = batch.words
    before, of = "", -1
    for start, end, paragraph in zip(*(column.tolist() for column in spans), strict=True):
        word = text[start:end]
        if paragraph == of:
            yield f"word {before} {word}"
        yield f"word {word}"
        before, of = word, paragraph

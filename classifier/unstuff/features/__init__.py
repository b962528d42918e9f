"""Feature families, one file each, and the extractor that runs them over a batch of paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features import links, ngrams, places, shape, words
from unstuff.features.batch import Batch
from unstuff.features.ngrams import Grams
from unstuff.features.places import Gazetteer
from unstuff.features.words import Words
from unstuff.hashing import CodeSet, HashIndex
from unstuff.normalise import Normaliser
from unstuff.page import Paragraph

# Dense features by family, in column order.
FAMILIES: dict[str, tuple[str, ...]] = {"shape": shape.NAMES, "places": places.NAMES, "links": links.NAMES}
NAMES: tuple[str, ...] = tuple(name for names in FAMILIES.values() for name in names)


class Features(NamedTuple):
    """What the paragraph model reads: dense float32 (n_paragraphs, len(NAMES)), and hashed n-grams."""

    dense: NDArray[np.float32]
    grams: Grams


@dataclass(frozen=True, slots=True, eq=False)
class Extractor:
    """The tables of one model, and the features they give."""

    normaliser: Normaliser
    gazetteer: Gazetteer
    function_words: HashIndex
    function_chars: CodeSet

    @classmethod
    def from_tables(cls, tables: Mapping[str, NDArray[Any]]) -> Extractor:
        """Read a model's tables."""
        return cls(
            Normaliser.from_tables(tables),
            Gazetteer.from_tables(tables),
            HashIndex(tables["function_words"]),
            CodeSet(tables["function_chars"]),
        )

    def batch(self, paragraphs: Sequence[Paragraph]) -> Batch:
        """Normalise paragraphs and lay them end to end."""
        return Batch.of(paragraphs, self.normaliser)

    def extract(self, batch: Batch) -> Features:
        """Features of every paragraph, each independent of the rest of the batch."""
        if not len(batch):
            return Features(np.empty((0, len(NAMES)), np.float32), ngrams.extract(batch))
        dense = np.concatenate(
            (
                shape.extract(batch, self.function_words, self.function_chars),
                places.extract(batch, self.gazetteer),
                links.extract(batch.paragraphs),
            ),
            axis=1,
        )
        return Features(dense, ngrams.extract(batch))

    def words(self, batch: Batch, rows: NDArray[np.int64]) -> Words:
        """Segmented words of the chosen paragraphs; reads jieba's dictionary at the first call."""
        return words.extract(batch, rows, self.gazetteer, self.function_chars)

"""The two sides that are measured: the test split by the released model, and everything out of fold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from training import pipeline
from training.assemble import insert_real, insert_together, markup_pages, text_pages
from training.corpus import injected
from training.draw import between, some
from training.pipeline import Prepared, Result
from unstuff.fit import Fitted
from unstuff.labels import Labelled
from unstuff.model import Model

TEST, OUT_OF_FOLD = "test", "out_of_fold"
COPIES = 3  # clean pages that each block is inserted in
N_SEVERAL = 60  # pages with several blocks, in each fold and in the test split
_BLOCKS_TOGETHER = (3, 5)
MIN_CAMPAIGNS = 3  # of a family that counts by itself in a macro mean


class Part(NamedTuple):
    """Documents and their scores."""

    documents: Sequence[Labelled]
    result: Result


class Side(NamedTuple):
    """The documents themselves, and their blocks once more in clean pages of the same side: one, or several."""

    name: str
    own: Part
    inserted: Part
    several: Part


def test_side(model: Model, documents: Sequence[Labelled]) -> Side:
    """The test documents scored by a model that was not fitted on them."""
    return Side(TEST, *_parts(model, documents, seed=1))


def fold_side(fitted: Fitted, prepared: Prepared, test: Side | None) -> Side:
    """Development documents by the models fitted without their fold, and the test side as it was scored.

    Without the test side nothing is learnt of it: for choosing between models.
    """
    of_folds = []
    for k in range(len(fitted.folds)):
        documents = [d for d, of in zip(prepared.dev, prepared.fold.tolist(), strict=True) if of == k]
        of_folds.append(_parts(pipeline.fold_model(fitted, prepared.extractor, k), documents, seed=k))
    if test is not None:
        of_folds.append([test.own, test.inserted, test.several])
    return Side(OUT_OF_FOLD, *(_joined(parts) for parts in zip(*of_folds, strict=True)))


def _parts(model: Model, documents: Sequence[Labelled], seed: int) -> list[Part]:
    made = documents, inserted(documents, seed), with_several(documents, seed)
    return [Part(own, pipeline.score(model, own)) for own in made]


def _joined(parts: Sequence[Part]) -> Part:
    documents: list[Labelled] = []
    results = []
    for own, result in parts:
        results.append(result._replace(document=result.document + len(documents)))
        documents += own
    return Part(documents, pipeline.join(results))


def inserted(documents: Sequence[Labelled], seed: int) -> list[Labelled]:
    """Each positive in clean pages that come from the same documents."""
    rng = np.random.default_rng(seed)
    texts, markup = text_pages(documents), markup_pages(documents)
    blocks = [document for document in documents if document.kind == "positive"]
    return [page for block in blocks for page in insert_real(rng, block, texts, markup, COPIES)]


def with_several(documents: Sequence[Labelled], seed: int) -> list[Labelled]:
    """Clean text pages with several positives of their side behind the text, one after the other."""
    rng = np.random.default_rng((seed, N_SEVERAL))
    texts, blocks = text_pages(documents), injected(documents)
    if not texts or not blocks:
        return []
    return [insert_together(rng, some(rng, blocks, between(rng, *_BLOCKS_TOGETHER)), texts) for _ in range(N_SEVERAL)]


def large_families(documents: Iterable[Labelled]) -> frozenset[str]:
    """Families with blocks of at least three campaigns, native spam and doubtful blocks aside."""
    groups: dict[str, set[str]] = defaultdict(set)
    for document in injected(documents):
        groups[document.family].add(document.group)
    return frozenset(family for family, own in groups.items() if len(own) >= MIN_CAMPAIGNS)

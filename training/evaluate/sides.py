"""The two sides that are measured: the test split by the released model, and everything out of fold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from training import pipeline
from training.assemble import insert_real, markup_pages, text_pages
from training.corpus import is_native
from training.pipeline import Prepared, Result
from unstuff.fit import Fitted
from unstuff.labels import Labelled
from unstuff.model import Model

TEST, OUT_OF_FOLD = "test", "out_of_fold"
COPIES = 3  # clean pages that each block is inserted in
MIN_CAMPAIGNS = 3  # of a family that counts by itself in a macro mean


class Side(NamedTuple):
    """Documents with their scores, and their blocks once more, inserted in clean pages of the same side."""

    name: str
    documents: Sequence[Labelled]
    result: Result
    inserted: Sequence[Labelled]
    inserted_result: Result


def test_side(model: Model, documents: Sequence[Labelled]) -> Side:
    """The test documents scored by a model that was not fitted on them."""
    pages = inserted(documents, seed=1)
    return Side(TEST, documents, pipeline.score(model, documents), pages, pipeline.score(model, pages))


def fold_side(fitted: Fitted, prepared: Prepared, test: Side | None) -> Side:
    """Development documents by the models fitted without their fold, and the test side as it was scored.

    Without the test side nothing is learnt of it: for choosing between models.
    """
    documents, pages = [*prepared.dev], list[Labelled]()
    parts = [pipeline.out_of_fold(fitted, prepared.extractor, prepared.dev, prepared.fold)]
    page_parts: list[Result] = []
    for k in range(len(fitted.folds)):
        own = inserted([d for d, of in zip(prepared.dev, prepared.fold.tolist(), strict=True) if of == k], seed=k)
        page_parts.append(_moved(pipeline.score(pipeline.fold_model(fitted, prepared.extractor, k), own), len(pages)))
        pages += own
    if test is not None:
        parts.append(_moved(test.result, len(documents)))
        page_parts.append(_moved(test.inserted_result, len(pages)))
        documents += test.documents
        pages += test.inserted
    return Side(OUT_OF_FOLD, documents, pipeline.join(parts), pages, pipeline.join(page_parts))


def _moved(result: Result, n_before: int) -> Result:
    """The result with its documents counted from another number."""
    return result._replace(document=result.document + n_before)


def inserted(documents: Sequence[Labelled], seed: int) -> list[Labelled]:
    """Each positive in clean pages that come from the same documents."""
    rng = np.random.default_rng(seed)
    texts, markup = text_pages(documents), markup_pages(documents)
    blocks = [document for document in documents if document.kind == "positive"]
    return [page for block in blocks for page in insert_real(rng, block, texts, markup, COPIES)]


def large_families(documents: Iterable[Labelled]) -> frozenset[str]:
    """Families with blocks of at least three campaigns, native spam and doubtful blocks aside."""
    groups: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        if document.kind == "positive" and not is_native(document):
            groups[document.family].add(document.group)
    return frozenset(family for family, own in groups.items() if len(own) >= MIN_CAMPAIGNS)

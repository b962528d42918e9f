"""Labelled pages: spans, pages right in every paragraph, and content of mirrors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.evaluate.values import Figure, Figures, under
from training.pipeline import Result
from unstuff.evaluation import share, span_figures
from unstuff.labels import Labelled
from unstuff.measure import blocks_of, flagged_spans
from unstuff.mirror import find_signs


def page_figures(result: Result, documents: Sequence[Labelled], threshold: float) -> Figures:
    """Precision of spans, recall of blocks, F1; pages exactly right; content flagged on pages that are mirrors."""
    numbers = [number for number, document in enumerate(documents) if document.kind == "page"]
    spans = flagged_spans(result, len(documents), threshold)
    groups = [documents[number].group for number in numbers]
    pages = [
        (documents[i].page.text, [(block.start, block.end) for block in blocks_of(documents[i])], spans[i])
        for i in numbers
    ]
    found = span_figures(pages, groups)
    figures = {
        "precision": Figure(*found.precision),
        "recall": Figure(*found.recall),
        "f1": Figure(found.f1, *found.f1_interval, found.precision.n + found.recall.n, len(set(groups))),
        "exact": _exact(result, documents, threshold),
        "mirror_content": _mirror_content(result, documents, threshold),
    }
    return under("pages", figures)


def _exact(result: Result, documents: Sequence[Labelled], threshold: float) -> Figure:
    """Share of pages with the verdict right on every paragraph."""
    own = result.scored.kind == "page"
    wrong = own & ((result.scored.score >= threshold) != result.scored.label)
    numbers = np.unique(result.document[own])
    n_wrong = np.bincount(result.document, wrong, len(documents))[numbers]
    return Figure(*share(n_wrong == 0, [documents[i].group for i in numbers.tolist()]))


def _mirror_content(result: Result, documents: Sequence[Labelled], threshold: float) -> Figure:
    """Share of content paragraphs flagged on labelled pages with the signs of a mirror: none may be."""
    mirrors = [i for i, d in enumerate(documents) if d.kind == "page" and find_signs(d.page.text).found]
    own = np.isin(result.document, mirrors) & ~result.scored.label
    return Figure(*share(result.scored.score[own] >= threshold, result.scored.group[own]))

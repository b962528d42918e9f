"""Pages written by hand to measure with, never to fit on: injected blocks of many trades, and honest lists like them.

Whoever wrote them had not read the generator. They ship with the repository, so that these figures need no data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training import pipeline
from training.evaluate.negatives import threshold_flagging
from training.evaluate.recall import read_blocks
from training.evaluate.values import Figure, Figures, under
from unstuff.evaluation import Flags, share
from unstuff.labels import Labelled, read_labelled
from unstuff.measure import Result, blocks_of
from unstuff.model import Model

WRITTEN = "written"
BY = ("source", "family", "lang")  # of blocks
NEAR_BY = ("source", "kind", "lang")  # of near misses
POINT = "balanced"  # of recall
# Shares of the pages of near misses at which models are compared: what a model finds when it flags no more of them.
MATCHED = (0.01, 0.03, 0.1)
FOLDER = Path(__file__).parents[1] / "written"


def written_figures(model: Model, folder: Path = FOLDER) -> Figures:
    """Recall at balanced and at equal near misses, and what is flagged of these at every point."""
    blocks, near_misses = (list(read_labelled([folder / name])) for name in ("blocks.jsonl", "near_misses.jsonl"))
    of_blocks, of_near_misses = pipeline.score(model, blocks), pipeline.score(model, near_misses)
    highest = np.zeros(len(near_misses))  # of each page
    np.maximum.at(highest, of_near_misses.document, of_near_misses.scored.score)
    return under(
        WRITTEN,
        {
            **under("recall", _recall(of_blocks, blocks, model.points[POINT])),
            **under("near_misses", _near_misses(of_near_misses, highest, near_misses, model.points)),
            **under("matched", _matched(of_blocks, blocks, highest)),
        },
    )


def _matched(of_blocks: Result, blocks: Sequence[Labelled], highest: NDArray[np.float64]) -> Figures:
    """Recall at the lowest thresholds that flag at most a share of the pages of near misses."""
    figures = {}
    for matched in MATCHED:
        found = read_blocks(of_blocks, blocks, threshold_flagging(highest, int(matched * len(highest))))
        figures[f"{matched:.0%}"] = Figure(*share(found.found, found.group))
    return figures


def _recall(result: Result, documents: Sequence[Labelled], threshold: float) -> Figures:
    blocks = read_blocks(result, documents, threshold)
    of_block = [document for i, document in enumerate(documents) for _ in blocks_of(document, i)]
    figures = {"all": Figure(*share(blocks.found, blocks.group))}
    for name in BY:
        values = np.array([getattr(document, name) for document in of_block])
        figures |= _by(name, values, blocks.found, blocks.group)
    return figures


def _near_misses(
    result: Result, highest: NDArray[np.float64], documents: Sequence[Labelled], points: Mapping[str, float]
) -> Figures:
    rows, figures = result.scored, dict[str, Figure]()
    group = np.array([document.group for document in documents])
    by = {name: np.array([getattr(document, name) for document in documents]) for name in NEAR_BY}
    for point, threshold in sorted(points.items(), key=lambda item: -item[1]):
        flagged = rows.score >= threshold
        figures[f"{point}/paragraphs"] = Figure(*share(flagged, rows.group))
        pages = highest >= threshold
        figures[f"{point}/all"] = Figure(*share(pages, group))
        for name, values in by.items():
            figures |= under(point, _by(name, values, pages, group))
    return figures


def _by(name: str, values: NDArray[np.str_], flags: Flags, group: NDArray[np.str_]) -> Figures:
    """A share for each value, the commonest first."""
    names, counts = np.unique(values, return_counts=True)
    ordered = names[np.argsort(-counts, kind="stable")].tolist()
    return {f"{name}/{own}": Figure(*share(flags[values == own], group[values == own])) for own in ordered}

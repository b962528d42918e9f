"""All figures of one side, and of all sides that are wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from training import pipeline
from training.evaluate.calibrated import calibration_figures
from training.evaluate.negatives import negative_figures
from training.evaluate.pages import page_figures
from training.evaluate.recall import read_blocks, recall_figures
from training.evaluate.sides import Side, large_families
from training.evaluate.values import Figure, Figures, under
from training.evaluate.written import written_figures
from unstuff.evaluation import share
from unstuff.labels import Labelled
from unstuff.model import Model

POINT = "balanced"  # of every figure that names no other


def of_sides(sides: Iterable[Side], model: Model, documents: Iterable[Labelled]) -> Figures:
    """Every figure of some sides, in their order, and of the pages written by hand.

    ``documents`` say which families are large: all of the collection, or as many as may be looked at.
    """
    large = large_families(documents)
    prevalence = float(model.config.get("prevalence", pipeline.SETTINGS.prevalence))
    found: Figures = {}
    for side in sides:
        found |= of_side(side, model, prevalence, large)
    return found | written_figures(model)


def of_side(side: Side, model: Model, prevalence: float, large: Collection[str]) -> Figures:
    """Every figure of a side; ``large`` are the families that count by themselves in the macro mean."""
    threshold = model.points[POINT]
    documents, result = side.own
    alone = np.isin(result.document, [i for i, document in enumerate(documents) if document.kind == "positive"])
    blocks = read_blocks(result.take(alone), documents, threshold)
    spoilt, crowded = (read_blocks(own.result, own.documents, threshold) for own in (side.inserted, side.several))
    return under(
        side.name,
        {
            **under("recall/alone", recall_figures(blocks, large)),
            **under("recall/in_pages", recall_figures(spoilt, large)),
            "recall/several/micro": Figure(*share(crowded.found, crowded.group)),
            **page_figures(result, documents, threshold),
            **negative_figures(result, model.points),
            **calibration_figures(result, documents, prevalence),
        },
    )

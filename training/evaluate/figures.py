"""All figures of one side."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from training.evaluate.calibrated import calibration_figures
from training.evaluate.negatives import negative_figures
from training.evaluate.pages import page_figures
from training.evaluate.recall import read_blocks, recall_figures
from training.evaluate.sides import Side
from training.evaluate.values import Figures, under
from unstuff.model import Model

POINT = "balanced"  # of every figure that names no other


def of_side(side: Side, model: Model, prevalence: float, large: Collection[str]) -> Figures:
    """Every figure of a side; ``large`` are the families that count by themselves in the macro mean."""
    threshold = model.points[POINT]
    alone = np.isin(side.result.document, [i for i, d in enumerate(side.documents) if d.kind == "positive"])
    blocks = read_blocks(side.result.take(alone), side.documents, threshold)
    spoilt = read_blocks(side.inserted_result, side.inserted, threshold)
    return under(
        side.name,
        {
            **under("recall/alone", recall_figures(blocks, large)),
            **under("recall/in_pages", recall_figures(spoilt, large)),
            **page_figures(side.result, side.documents, threshold),
            **negative_figures(side.result, model.points),
            **calibration_figures(side.result, side.documents, prevalence),
        },
    )

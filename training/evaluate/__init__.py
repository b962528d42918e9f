"""Every figure of README and model card, as data first and Markdown second.

A side (the test split, or everything out of fold) is documents with their scores; its figures are named values with n
and interval; the report lays them out. Owns what counts in which figure. Figures fit nothing and choose no threshold;
`ablation.py` does both, for what a family of features is worth. Protocols measure with it, and it knows none of them.
"""

from training.evaluate.figures import POINT, of_side, of_sides
from training.evaluate.recall import documents_found
from training.evaluate.report import POINTS, flagged_at, markdown, signature
from training.evaluate.sides import OUT_OF_FOLD, TEST, Side, fold_side, large_families, test_side
from training.evaluate.values import Figure, Figures, as_json, from_json
from training.evaluate.written import written_figures

__all__ = [
    "OUT_OF_FOLD",
    "POINT",
    "POINTS",
    "TEST",
    "Figure",
    "Figures",
    "Side",
    "as_json",
    "documents_found",
    "flagged_at",
    "fold_side",
    "from_json",
    "large_families",
    "markdown",
    "of_side",
    "of_sides",
    "signature",
    "test_side",
    "written_figures",
]

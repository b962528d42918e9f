"""What each family of features is worth: models fitted without one of them, on a seventh of the blocks of a draw.

Judged out of fold and on the written pages, which have more blocks than the test split; that one is not looked at.
"""

from __future__ import annotations

from dataclasses import replace

from training import pipeline
from training.evaluate.figures import of_side
from training.evaluate.report import side_by_side
from training.evaluate.sides import OUT_OF_FOLD, fold_side, large_families
from training.evaluate.values import Figures
from training.evaluate.written import WRITTEN, written_figures
from training.pipeline import Prepared
from training.protocols.fits import SIZES
from unstuff.fit import Settings
from unstuff.fit.points import thresholds

ABLATIONS = ("ngrams", "edges", "places", "links", "words", "context", "shape")
ALL = "all families"
_SHOWN = {
    f"{OUT_OF_FOLD}/recall/alone/micro": "blocks found alone",
    f"{OUT_OF_FOLD}/recall/in_pages/micro": "in pages",
    f"{OUT_OF_FOLD}/clean_paragraphs/balanced/all": "clean paragraphs flagged",
    f"{OUT_OF_FOLD}/hard/balanced/all": "hard negatives flagged",
    f"{OUT_OF_FOLD}/hard/sensitive/all": "hard negatives flagged at sensitive",
    f"{WRITTEN}/recall/all": "written blocks found",
    f"{WRITTEN}/near_misses/balanced/all": "written near misses flagged",
    f"{WRITTEN}/matched/3%": "written blocks found at 3 % of near misses",
}


def ablation(prepared: Prepared, settings: Settings, n_jobs: int) -> dict[str, Figures]:
    """Figures without each family, at thresholds chosen as those of a release; by what was left out, then by title."""
    made = pipeline.material(prepared, SIZES)
    large = large_families(prepared.dev)
    found: dict[str, Figures] = {}
    for without in ("", *ABLATIONS):
        own = replace(settings, without=without)
        fitted = pipeline.fit_all(prepared, made, own, n_jobs)
        points = thresholds(pipeline.choose_points(fitted, prepared))
        model = pipeline.model_of(fitted, prepared.extractor, without, points)
        side = fold_side(fitted, prepared, None)
        figures = of_side(side, model, settings.prevalence, large) | written_figures(model)
        found[f"without {without}" if without else ALL] = {title: figures[name] for name, title in _SHOWN.items()}
    return found


def report(found: dict[str, Figures]) -> str:
    """The ablation as Markdown: a row a figure, a column what was left out."""
    title = "### Ablation, each with thresholds of its own; at balanced where no point is named"
    return f"{title}\n\n{side_by_side('', found)}"

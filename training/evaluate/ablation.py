"""What each family of features is worth: models fitted without one of them, on a fifth of the blocks of a draw.

Features of the page stage are left out one by one upon the paragraph stages of a release, which takes minutes. Judged
out of fold and on the written pages, which have more blocks than the test split; that one is not looked at.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from joblib import Parallel, delayed

from training import pipeline
from training.evaluate.figures import of_sides
from training.evaluate.report import side_by_side
from training.evaluate.sides import OUT_OF_FOLD, fold_side
from training.evaluate.values import Figures
from training.evaluate.written import WRITTEN
from training.pipeline import Prepared
from unstuff.features import context
from unstuff.fit import Fitted, Settings
from unstuff.fit.fitting import fit_pages
from unstuff.fit.points import thresholds

ABLATIONS = ("ngrams", "edges", "places", "links", "words", "context", "shape")
ALL = "all families"
_SHOWN = {
    f"{OUT_OF_FOLD}/recall/alone/micro": "blocks found alone",
    f"{OUT_OF_FOLD}/recall/in_pages/micro": "in pages",
    f"{OUT_OF_FOLD}/recall/several/micro": "pages with several blocks found",
    f"{OUT_OF_FOLD}/clean_paragraphs/balanced/all": "clean paragraphs flagged",
    f"{OUT_OF_FOLD}/hard/balanced/all": "hard negatives flagged",
    f"{OUT_OF_FOLD}/hard/sensitive/all": "hard negatives flagged at sensitive",
    f"{WRITTEN}/recall/all": "written blocks found",
    f"{WRITTEN}/near_misses/balanced/all": "written near misses flagged",
    f"{WRITTEN}/matched/3%": "written blocks found at 3 % of near misses",
}


def ablation(prepared: Prepared, settings: Settings, n_jobs: int) -> dict[str, Figures]:
    """Figures without each family, at thresholds chosen as those of a release; by what was left out, then by title.

    Each model is made in a process of its own, ``n_jobs`` at a time.
    """
    tasks = [delayed(_without)(family, prepared, settings) for family in ("", *ABLATIONS)]
    found: dict[str, Figures] = {}
    for name, figures in Parallel(n_jobs=n_jobs, return_as="generator")(tasks):
        print(f"{name}: {'; '.join(f'{title}: {figure.share}' for title, figure in figures.items())}", file=sys.stderr)
        found[name] = figures
    return found


def _without(family: str, prepared: Prepared, settings: Settings) -> tuple[str, Figures]:
    """What a model without one family of features does, or with all of them."""
    own = replace(settings, without=family)
    fitted = pipeline.fit_all(prepared, pipeline.material(prepared, pipeline.SMALL), own, 1)
    return f"without {family}" if family else ALL, _shown(fitted, prepared)


def page_ablation(fitted: Fitted, prepared: Prepared, settings: Settings) -> dict[str, Figures]:
    """Figures without each feature of the page stage but the log-odds, which are all that it has of the paragraph."""
    found = {ALL: _shown(fitted, prepared)}
    for column, name in enumerate(context.NAMES):
        if name != "unit_logit":
            found[f"without {name}"] = _shown(refitted(fitted, column, settings), prepared)
    return found


def refitted(fitted: Fitted, column: int, settings: Settings) -> Fitted:
    """The page stages fitted anew without one column of their rows."""
    rows = []
    for fold in fitted.folds:
        values = fold.rows.rows.copy()
        values[:, column] = 0.0
        rows.append(fold.rows._replace(rows=values))
    page, fold_pages = fit_pages(rows, settings)
    return fitted._replace(page=page, fold_pages=fold_pages)


def _shown(fitted: Fitted, prepared: Prepared) -> Figures:
    """The figures of a fit that are shown, by title."""
    points = thresholds(pipeline.choose_points(fitted, prepared))
    model = pipeline.model_of(fitted, prepared.extractor, "ablation", points)
    side = fold_side(fitted, prepared, None)
    figures = of_sides([side], model, prepared.dev)
    return {title: figures[name] for name, title in _SHOWN.items()}


def report(found: dict[str, Figures]) -> str:
    """The ablation as Markdown: a row a figure, a column what was left out."""
    title = "### Ablation, each with thresholds of its own; at balanced where no point is named"
    return f"{title}\n\n{side_by_side('', found)}"

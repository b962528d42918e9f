"""What each family of features is worth: models fitted without one of them, each on half of a release's rows."""

from __future__ import annotations

from dataclasses import replace

from training import pipeline
from training.evaluate.figures import of_side
from training.evaluate.sides import TEST, large_families, test_side
from training.evaluate.values import Figure
from training.pipeline import Prepared
from training.protocols.fits import SIZES
from unstuff.evaluation import share_table
from unstuff.fit import Settings

ABLATIONS = ("ngrams", "edges", "places", "links", "words", "context", "shape")
_SHOWN = {
    "recall alone": "recall/alone/micro",
    "recall in pages": "recall/in_pages/micro",
    "hard negatives": "hard/balanced/all",
    "clean": "clean_paragraphs/balanced/all",
}


def ablation(prepared: Prepared, settings: Settings, n_jobs: int) -> dict[str, Figure]:
    """Test figures without each family, at the threshold that flags as many clean development rows as balanced does."""
    made = pipeline.material(prepared, SIZES)
    large = large_families([*prepared.dev, *prepared.test])
    shown: dict[str, Figure] = {}
    for without in ("", *ABLATIONS):
        own = replace(settings, without=without)
        fitted = pipeline.fit_all(prepared, made, own, n_jobs)
        points = {name: found.threshold for name, found in pipeline.choose_points(fitted, prepared).items()}
        model = pipeline.model_of(fitted, prepared.extractor, without, points)
        figures = of_side(test_side(model, prepared.test), model, settings.prevalence, large)
        name = f"without {without}" if without else "all families"
        shown |= {f"{name}: {title}": figures[f"{TEST}/{key}"] for title, key in _SHOWN.items()}
    return shown


def report(shown: dict[str, Figure]) -> str:
    """The ablation as Markdown."""
    rows = {name: figure.share for name, figure in shown.items()}
    title = "### Ablation on the test split, each with its own threshold for balanced"
    return f"{title}\n\n{share_table('', rows, markdown=True)}"

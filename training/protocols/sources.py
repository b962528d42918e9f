"""Leave one source of negatives out: what is flagged of genuine text from a place that was not fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from training import pipeline
from training.corpus import SPAM_KINDS
from training.evaluate.negatives import clean_paragraphs, flagged_share, hard_negatives
from training.evaluate.recall import mean_share
from training.evaluate.values import Figure, Figures
from training.origins import set_of
from training.pipeline import Prepared
from training.protocols.fits import Fit, subset
from unstuff.labels import Labelled

POINTS = ("balanced", "precise")
MIN_ROWS = 200  # smaller sets are left out together
TREEBANKS, SMALL = "treebanks", "small sets"


def sources(documents: Sequence[Labelled]) -> dict[str, tuple[str, ...]]:
    """The sets of genuine text left out in turn: treebanks are one, and small sets are one."""
    negatives = [set_of(d.source) for d in documents if d.kind not in SPAM_KINDS]
    names, counts = np.unique(np.array(negatives, str), return_counts=True)
    found: dict[str, tuple[str, ...]] = {}
    for name, n in zip(names.tolist(), counts.tolist(), strict=True):
        # A set of pages has few rows and many paragraphs.
        is_small = n < MIN_ROWS and not any(d.kind == "html_page" and set_of(d.source) == name for d in documents)
        key = TREEBANKS if name.startswith("UD_") else SMALL if is_small else name
        found[key] = (*found.get(key, ()), name)
    return found


def measure(name: str, sets: Mapping[str, Sequence[str]], prepared: Prepared, fit: Fit) -> Figures:
    """Shares of the rows of one source flagged by a model fitted without it, and without its hosts and documents."""
    own = [d for d in (*prepared.dev, *prepared.test) if d.kind not in SPAM_KINDS and set_of(d.source) in sets[name]]
    groups = {d.group for d in own}
    model = fit(subset(prepared, [any(d.labels) or d.group not in groups for d in prepared.dev]))
    result = pipeline.score(model, own)
    figures: Figures = {}
    for point in POINTS:
        figures[f"source/{name}/{point}/hard"] = flagged_share(hard_negatives(result), model.points[point])
        figures[f"source/{name}/{point}/clean"] = flagged_share(clean_paragraphs(result), model.points[point])
    return figures


def pooled(figures: Figures) -> Figures:
    """Shares over the rows of all sources, each flagged by the model that did not see its source."""
    found: Figures = {}
    for point in POINTS:
        for kind in ("hard", "clean"):
            end = f"/{point}/{kind}"
            own = {name: figure.share for name, figure in figures.items() if name.endswith(end)}
            if own:
                weights = {name: float(one.n) for name, one in own.items()}
                found[f"source all{end}"] = Figure(*mean_share(own, weights))
    return found

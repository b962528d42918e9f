"""Models fitted without a family of spam, kept between runs: each fit takes minutes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import joblib

from training import pipeline
from training.pipeline import Prepared
from training.protocols.families import LeftOut, without_generated, without_real
from unstuff.fit import content_importance
from unstuff.fit.points import thresholds
from unstuff.model import Model


def base(name: str, out: LeftOut, prepared: Prepared, cache: Path) -> Model:
    """A model without a family and the first fold of the development side, from the cache or fitted and put there."""
    path = cache / f"{name.replace(' ', '_').replace(',', '')}.joblib"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        joblib.dump(_fitted(name, out, prepared), path, compress=3)
    model: Model = joblib.load(path)
    return model


def _fitted(name: str, out: LeftOut, prepared: Prepared) -> Model:
    kept, settings = without_real(prepared, out.real), pipeline.SETTINGS
    with without_generated(out):
        made = pipeline.material(kept, pipeline.SMALL)
        fitted = pipeline.fit_all(kept, made, settings, 1)
    model = pipeline.fold_model(fitted, kept.extractor, 0)
    seen = [document for document, fold in zip(made.alone, made.alone_fold.tolist(), strict=True) if fold != 0]
    importance = content_importance(seen, kept.extractor)
    points = thresholds(pipeline.choose_points(fitted, kept))
    return replace(model, name=f"without {name}", points=points, importance=importance)

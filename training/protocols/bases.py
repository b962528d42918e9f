"""Models fitted without a family of spam, kept between runs: each fit takes minutes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import joblib

from training import pipeline
from training.pipeline import Prepared
from training.protocols.families import LeftOut, without_generated, without_real
from training.protocols.fits import SIZES
from unstuff.fit import Settings
from unstuff.fit.points import thresholds
from unstuff.model import Model


class Base(NamedTuple):
    """A model fitted without a family, and one fitted without the first fold of the development side too."""

    model: Model
    without_fold: Model


def base(name: str, out: LeftOut, prepared: Prepared, cache: Path) -> Base:
    """The models without a family, from the cache or fitted and put there."""
    path = cache / f"{name.replace(' ', '_').replace(',', '')}.joblib"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        joblib.dump(tuple(_fitted(name, out, prepared)), path, compress=3)
    return Base(*joblib.load(path))


def _fitted(name: str, out: LeftOut, prepared: Prepared) -> Base:
    kept, settings = without_real(prepared, out.real), Settings()
    with without_generated(out):
        fitted = pipeline.fit_all(kept, pipeline.material(kept, SIZES), settings, 1)
    points = thresholds(pipeline.choose_points(fitted, kept))
    model = pipeline.model_of(fitted, kept.extractor, f"without {name}", points)
    return Base(model, replace(pipeline.fold_model(fitted, kept.extractor, 0), points=points))

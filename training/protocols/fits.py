"""A model of what was left in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from training import pipeline
from training.pipeline import Prepared
from unstuff.fit.points import thresholds
from unstuff.model import Model

Fit = Callable[[Prepared], Model]


def small(prepared: Prepared) -> Model:
    """A model of a small draw, with operating points of its own, chosen out of fold by the rule of a release."""
    settings = pipeline.SETTINGS
    fitted = pipeline.fit_all(prepared, pipeline.material(prepared, pipeline.SMALL), settings, 1)
    points = thresholds(pipeline.choose_points(fitted, prepared))
    return pipeline.model_of(fitted, prepared.extractor, "left out", points)


def subset(prepared: Prepared, keep: Sequence[bool]) -> Prepared:
    """The chosen development documents, in the folds they have; sentences to splice are theirs alone."""
    dev = [document for document, chosen in zip(prepared.dev, keep, strict=True) if chosen]
    vocabulary = replace(prepared.vocabulary, sentences=tuple(pipeline.english_sentences(dev)))
    return prepared._replace(dev=dev, fold=prepared.fold[np.array(keep, bool)], vocabulary=vocabulary)

"""A model of what was left in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from training import pipeline
from training.assemble import Sizes
from training.pipeline import Prepared
from unstuff.fit.points import thresholds
from unstuff.model import Model

Fit = Callable[[Prepared], Model]
# A small part of a release's (20,000 blocks for four times 92,000), since thirty fits are made.
SIZES = Sizes(
    blocks_alone=20000, honest_alone=35000, blocks_paged=1000, honest_paged=750, paragraphs_per_source=3000,
    mirrored=750, html_pages_with_block=200, copies_of_real_blocks=2, draws=1,
)  # fmt: skip


def half_sized(prepared: Prepared) -> Model:
    """A model with operating points of its own, chosen out of fold by the rule of a release."""
    settings = pipeline.SETTINGS
    fitted = pipeline.fit_all(prepared, pipeline.material(prepared, SIZES), settings, 1)
    points = thresholds(pipeline.choose_points(fitted, prepared))
    return pipeline.model_of(fitted, prepared.extractor, "left out", points)


def subset(prepared: Prepared, keep: Sequence[bool]) -> Prepared:
    """The chosen development documents, in the folds they have; sentences to splice are theirs alone."""
    dev = [document for document, chosen in zip(prepared.dev, keep, strict=True) if chosen]
    vocabulary = replace(prepared.vocabulary, sentences=tuple(pipeline.english_sentences(dev)))
    return prepared._replace(dev=dev, fold=prepared.fold[np.array(keep, bool)], vocabulary=vocabulary)

"""Fits of a release kept in a file, so that several reports out of fold need one hour of fitting and not one each.

And what such a report begins with: its options, and the scorer that gives each document to the model without its fold.
The file is a pickle: read only what you wrote. It belongs to one model, and is refused for any other.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray

from training import pipeline
from training.corpus import parse_with_data
from training.pipeline import Prepared, Result
from unstuff import Filter
from unstuff.fit import Fitted, ParagraphStages
from unstuff.labels import Labelled
from unstuff.model import Model

Scorer = Callable[[Sequence[Labelled]], Result]


def add_fits_options(parser: argparse.ArgumentParser) -> None:
    """Options of reports that need models without each fold."""
    parser.add_argument(
        "--fits", type=Path, metavar="FILE", help="what training.release --fits FILE kept; without it: fitted anew"
    )
    parser.add_argument("--jobs", type=int, default=2, help="draws and fits at a time, 10 GB each (default 2)")


def fits_of(options: argparse.Namespace, prepared: Prepared, model: Model) -> Fitted:
    """The fits that the options name, or fitted now.

    Raises:
        SystemExit: the file holds the fits of another model.
    """
    if options.fits is None:
        return pipeline.fit_release(prepared, pipeline.SETTINGS, options.jobs)[0]
    fitted: Fitted = joblib.load(options.fits)
    if not _are_of(fitted, model):
        raise SystemExit(f"{options.fits}: fits of another model than {model.name}; leave --fits out to fit anew")
    return fitted


def _are_of(fitted: Fitted, model: Model) -> bool:
    """Whether the model has their numbers, as stored. Releases upon one fit differ in the page stage alone."""
    first, page = fitted.paragraph, fitted.page
    return (
        np.array_equal(first.gram_weights.astype(np.float16), model.paragraph.gram_weights.astype(np.float16))
        and np.array_equal(page.weights.astype(np.float32), model.context_weights.astype(np.float32))
        and page.intercept == model.context_intercept
    )


def keep(path: Path, fitted: Fitted) -> None:
    """Write the fits."""
    joblib.dump(fitted, path, compress=1)


def stages(path: Path) -> ParagraphStages:
    """The paragraph stages of kept fits, without the word stage that was fitted upon them."""
    fitted: Fitted = joblib.load(path)
    every, *without = (
        own._replace(words=None) for own in (fitted.paragraph, *(fold.paragraph for fold in fitted.folds))
    )
    return ParagraphStages(every, without, fitted.importance)


def by_fold(model: Model, fitted: Fitted, prepared: Prepared) -> Scorer:
    """A scorer that gives each document to the model fitted without its group; test documents to the given model."""
    fold = {document.id: k for document, k in zip(prepared.dev, prepared.fold.tolist(), strict=True)}
    models = {k: pipeline.fold_model(fitted, prepared.extractor, k) for k in range(len(fitted.folds))}

    def score(documents: Sequence[Labelled]) -> Result:
        of = np.array([fold.get(document.id, -1) for document in documents], np.int64)
        parts = [_part(models.get(k, model), documents, np.flatnonzero(of == k)) for k in np.unique(of).tolist()]
        return pipeline.join(parts)

    return score


def _part(model: Model, documents: Sequence[Labelled], own: NDArray[np.int64]) -> Result:
    part = pipeline.score(model, [documents[i] for i in own.tolist()])
    return part._replace(document=own[part.document])


def ask(name: str, about: str | None, arguments: Sequence[str] | None) -> tuple[Model, Scorer, Prepared]:
    """The model that a report out of fold is about, its scorer by folds, and the documents: as its options say."""
    parser = argparse.ArgumentParser(
        prog=f"python -m training.{name}", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", help="model folder; default: the shipped one")
    add_fits_options(parser)
    options = parse_with_data(parser, arguments)
    model = Filter(options.model).model
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    return model, by_fold(model, fits_of(options, prepared, model), prepared), prepared

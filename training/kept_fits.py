"""Fits of a release kept in a file, so that several reports out of fold need one hour of fitting and not one each.

The file is a pickle: read only what you wrote. It belongs to one model, and is refused for any other.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import joblib
import numpy as np

from training import pipeline
from training.pipeline import Prepared
from unstuff.fit import Fitted
from unstuff.model import Model


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
    own, shipped = (each.paragraph.gram_weights.astype(np.float16) for each in (fitted, model))
    if not np.array_equal(own, shipped):
        raise SystemExit(f"{options.fits}: fits of another model than {model.name}; leave --fits out to fit anew")
    return fitted


def keep(path: Path, fitted: Fitted) -> None:
    """Write the fits."""
    joblib.dump(fitted, path, compress=1)

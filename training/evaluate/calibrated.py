"""Calibration at the stated prevalence of keyword blocks, and on a class-balanced set."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.corpus import is_native
from training.evaluate.values import Figure, Figures
from training.pipeline import Result
from unstuff.evaluation import Scored, calibration, reliability
from unstuff.labels import Labelled

N_BINS = 10
_EDGE = 1e-12


def calibration_figures(result: Result, documents: Sequence[Labelled], prevalence: float) -> Figures:
    """Errors and bins over all rows but doubtful ones, native spam aside, and the errors with native spam.

    Rows are weighted so that keyword blocks are the stated share of them ("stated"), or half of them: with the scores
    as they are ("balanced"), which are stated for another prevalence, and moved to one half ("moved").
    """
    native = np.isin(result.document, [i for i, d in enumerate(documents) if is_native(d)])
    certain = result.scored.kind != "doubtful"
    rows, every = result.scored.take(certain & ~native), result.scored.take(certain)
    figures = {
        **_errors("stated", rows, rows.score, prevalence),
        **_bins("stated", rows, rows.score, prevalence),
        **_errors("balanced", rows, rows.score, 0.5),
        **_bins("balanced", rows, rows.score, 0.5),
        **_errors("moved", rows, moved := at_prevalence(rows.score, prevalence, 0.5), 0.5),
        **_bins("moved", rows, moved, 0.5),
        **_errors("stated, with native spam", every, every.score, prevalence),
    }
    return {f"calibration/{name}": figure for name, figure in figures.items()}


def at_prevalence(scores: NDArray[np.float64], stated: float, wanted: float) -> NDArray[np.float64]:
    """Scores that are stated for one prevalence as they are for another."""
    score = np.clip(scores, _EDGE, 1 - _EDGE)
    factor = wanted / (1 - wanted) * (1 - stated) / stated
    return np.asarray(score * factor / (score * factor + 1 - score))


def _errors(name: str, rows: Scored, scores: NDArray[np.float64], prevalence: float) -> Figures:
    found = calibration(scores, rows.label, N_BINS, rows.group, prevalence)
    n_groups = len(np.unique(rows.group))
    return {
        f"{name}/ece": Figure(found.ece, *found.ece_interval, found.n, n_groups),
        f"{name}/brier": Figure(found.brier, *found.brier_interval, found.n, n_groups),
    }


def _bins(name: str, rows: Scored, scores: NDArray[np.float64], prevalence: float) -> Figures:
    figures: Figures = {}
    for row in reliability(scores, rows.label, N_BINS, rows.group, prevalence):
        own = (scores >= row.low) & (scores < (math.inf if row.high >= 1 else row.high))
        n_groups = len(np.unique(rows.group[own]))
        where = f"{name}/bin {row.low:.1f} to {row.high:.1f}"
        figures[f"{where}/blocks"] = Figure(row.share, *row.interval, row.n, n_groups)
        figures[f"{where}/mean_score"] = Figure(row.mean_score, math.nan, math.nan, row.n, n_groups)
    return figures

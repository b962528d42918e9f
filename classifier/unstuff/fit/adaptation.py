"""A model adapted to a few corrections, without the data it was fitted on.

Owns what may move: weights of the buckets of n-grams, words and edges that stand in the corrections, the less the more
genuine text uses them. Calibration, operating points, the page stage, intercepts and all features of form stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from unstuff.errors import InputError, ModelError
from unstuff.features import context
from unstuff.filter import DEFAULT_POINT
from unstuff.fit.design import gram_matrix
from unstuff.fit.rows import BATCH_CHARS
from unstuff.importance import decode
from unstuff.labels import Labelled
from unstuff.model import Model, PageReading, batches
from unstuff.stages import logit, sigmoid


class Penalty(NamedTuple):
    """Moving a weight by d costs d²/2 times ``least`` plus ``content`` times the weight's importance."""

    least: float
    content: float


# Chosen on development groups by `python -m training.protocols.adaptation --choose`, 2026-11, over five families left
# out. With 200 blocks alone mean recall was 96 % and hard negatives flagged rose by 0.2 points (4 of 1,905); a content
# penalty of 3 gave 97 % and 0.6 points, of 30 95 % and 0.1. With as much content along none of them rose by more than
# 0.1. A least penalty three times higher or lower changed recall by less than half a point.
PENALTY = Penalty(0.0001, 10.0)


class Decided(NamedTuple):
    """What a model judges in corrections: paragraphs, and runs of lines or injected parts in their place."""

    design: sparse.csr_matrix  # (n, N_BUCKETS) n-grams, words and edges, as serving sums them
    labels: NDArray[np.bool_]
    logits: NDArray[np.float64]  # final log-odds
    weights: NDArray[np.float64]


class Adapted(NamedTuple):
    """An adapted model, and how far its weights moved."""

    model: Model
    change: NDArray[np.float64]  # (N_BUCKETS,)


def adapt(model: Model, corrections: Sequence[Labelled], penalty: Penalty = PENALTY) -> Adapted:
    """Move weights of n-grams, words and edges so that the corrections come out right, and genuine text stays as it is.

    With d the change of the weights, the sum of log-losses of final log-odds against the threshold of ``balanced`` plus
    the penalty of d is least. What genuine text hardly uses (words of a trade, made-up names, telephone numbers) moves
    freely, what stands on any page hardly. Corrections of one label alone are fine: intercepts do not move. Raises
    :class:`InputError` without corrections, and :class:`ModelError` for a model whose importance was not read.

    Source: elastic weight consolidation (Kirkpatrick et al., PNAS 2017).
    """
    if not corrections:
        raise InputError("no corrections were given; a line is a paragraph or a page with labels")
    if model.importance is None:
        raise ModelError(f"model {model.name!r} was read without importance; use artifact.read_adaptable")
    decided = decisions(model, corrections)
    columns = np.unique(decided.design.indices)
    penalties = penalty.least + penalty.content * decode(model.importance[columns])
    weights = model.paragraph.gram_weights.copy()
    threshold = logit(model.points[DEFAULT_POINT])
    weights[columns] += _least(decided, decided.design[:, columns], _slope(model), threshold, penalties)
    stored = weights.astype(np.float16).astype(np.float64)
    paragraph = model.paragraph._replace(gram_weights=stored)
    return Adapted(replace(model, paragraph=paragraph), stored - model.paragraph.gram_weights)


def _slope(model: Model) -> float:
    """By how much a final log-odds moves with a raw one."""
    return float(model.context_weights[context.NAMES.index("unit_logit")])


def _least(
    decided: Decided, design: sparse.csr_matrix, slope: float, threshold: float, penalties: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The change of each column's weight with the least loss."""
    margins = decided.logits - threshold
    signs = np.where(decided.labels, 1.0, -1.0)
    # In units of their penalties all changes cost the same: penalties differ a millionfold, which L-BFGS is slow with.
    units = 1.0 / np.sqrt(penalties)
    scaled = sparse.csr_matrix(design, dtype=np.float64) @ sparse.diags(units)

    def loss(change: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved = signs * (margins + slope * (scaled @ change))
        pull = decided.weights * sigmoid(-moved) * signs * slope
        value = (decided.weights * np.logaddexp(0.0, -moved)).sum() + change @ change / 2
        return float(value), change - scaled.T @ pull

    found = optimize.minimize(loss, np.zeros(len(units)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x * units)


def decisions(model: Model, documents: Sequence[Labelled]) -> Decided:
    """What the model judges in labelled documents."""
    together = batches(documents, lambda document: len(document.page.text), BATCH_CHARS)
    design, *columns = zip(*(_decided(model, batch) for batch in together), strict=True)
    return Decided(sparse.vstack(design, format="csr"), *(np.concatenate(column) for column in columns))


def _decided(model: Model, documents: Sequence[Labelled]) -> Decided:
    scored = model.score([document.page.paragraphs for document in documents])
    labels = np.array([label for document in documents for label in document.labels], bool)
    weights = np.repeat([document.weight for document in documents], [len(d.labels) for d in documents])
    judged = _judged(scored.read, labels)
    # Log-odds are clipped before context: what a raw one lies beyond the clip must be moved first.
    beyond = judged.raw - np.clip(judged.raw, -context.LOGIT_CLIP, context.LOGIT_CLIP)
    read = scored.read
    design = sparse.vstack((gram_matrix(read.features.grams), gram_matrix(read.made_features.grams)), format="csr")
    logits = scored.logits[judged.paragraph] + _slope(model) * beyond
    return Decided(design[judged.row], labels[judged.paragraph], logits, weights[judged.paragraph])


class _Judged(NamedTuple):
    """Units that get one judgement."""

    row: NDArray[np.int64]  # among paragraphs, then what was made of them
    paragraph: NDArray[np.int64]  # whose label and log-odds count
    raw: NDArray[np.float64]


def _judged(read: PageReading, labels: NDArray[np.bool_]) -> _Judged:
    """Paragraphs, those with an injected part by the part, and runs whose lines have one label."""
    n, n_runs = len(labels), len(read.pages.run_logits)
    row, raw = read.judged()
    by_run = np.where((row >= n) & (row < n + n_runs), row - n, -1)
    alone, lines = np.flatnonzero(by_run < 0), np.flatnonzero(by_run >= 0)
    runs, firsts, n_lines = np.unique(by_run[lines], return_index=True, return_counts=True)
    n_injected = np.bincount(by_run[lines], labels[lines], n_runs)[runs]
    alike = (n_injected == 0) | (n_injected == n_lines)
    runs, firsts = runs[alike], lines[firsts[alike]]
    return _Judged(
        np.concatenate((row[alone], n + runs)),
        np.concatenate((alone, firsts)),
        np.concatenate((raw[alone], read.pages.run_logits[runs])),
    )

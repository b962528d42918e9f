"""What is flagged of hard negatives, of clean paragraphs and of clean pages, at every operating point.

And the threshold at which no more than so many are, for comparing at equal false positives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.corpus import CLEAN_KINDS
from training.evaluate.values import Figure, Figures
from training.origins import set_of
from training.pipeline import Result, hard_negative_rows
from unstuff.evaluation import Scored, bound_at, share


def hard_negatives(result: Result) -> Scored:
    """The rows of hard negatives."""
    return result.scored.take(hard_negative_rows(result))


def clean_paragraphs(result: Result) -> Scored:
    """The rows of clean paragraphs and comments, and all paragraphs of clean pages."""
    return result.scored.take(np.isin(result.scored.kind, CLEAN_KINDS) & ~result.scored.label)


def clean_pages(result: Result) -> Scored:
    """One row a clean page, with the highest score of its paragraphs."""
    own = np.flatnonzero(result.scored.kind == "html_page")
    order = own[np.lexsort((-result.scored.score[own], result.document[own]))]
    first = np.unique(result.document[order], return_index=True)[1]
    return result.scored.take(order[first])


def negative_figures(result: Result, points: Mapping[str, float]) -> Figures:
    """Shares flagged: all together, and by kind (of hard negatives), language and source; the strictest point first.

    Clean rows have the bound that operating points are chosen by.
    """
    hard, paragraphs, pages = hard_negatives(result), clean_paragraphs(result), clean_pages(result)
    figures: Figures = {}
    for point, threshold in sorted(points.items(), key=lambda item: -item[1]):
        figures |= _shares(f"hard/{point}", hard, threshold, ("kind", "lang", "source"))
        figures |= _shares(f"clean_paragraphs/{point}", paragraphs, threshold, ("lang", "source"))
        figures |= _shares(f"clean_pages/{point}", pages, threshold, ("lang", "source"))
    return figures


def _shares(prefix: str, rows: Scored, threshold: float, by: tuple[str, ...]) -> Figures:
    figures = {f"{prefix}/all": flagged_share(rows, threshold)}
    for name in by:
        values = _values(rows, name)
        names, counts = np.unique(values, return_counts=True)
        for value in names[np.argsort(-counts, kind="stable")].tolist():
            figures[f"{prefix}/{name}/{value}"] = flagged_share(rows.take(values == value), threshold)
    return figures


def _values(rows: Scored, name: str) -> NDArray[Any]:
    if name != "source":
        return np.asarray(getattr(rows, name).astype(str))
    return np.array([set_of(source) or "unnamed" for source in rows.source], str)


def flagged_share(rows: Scored, threshold: float) -> Figure:
    """Share of rows flagged; of clean rows, which are not picked for being alike, with its bound."""
    figure = Figure(*share(rows.score >= threshold, rows.group))
    if not np.isin(rows.kind, CLEAN_KINDS).all():
        return figure
    return figure._replace(bound=bound_at(rows.score, rows.group, threshold))


def threshold_flagging(scores: ArrayLike, n_most: int) -> float:
    """The smallest threshold (flag when score >= threshold) that flags at most ``n_most`` of the scores.

    Rows of one score go together: with ties fewer may be flagged.
    """
    falling = np.sort(np.asarray(scores, np.float64))[::-1]
    return float(np.nextafter(falling[n_most], math.inf)) if n_most < len(falling) else -math.inf

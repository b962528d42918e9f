"""Operating points: thresholds from the scores of content that a model was not fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unstuff.evaluation import Scored, Threshold, bound_at, choose_threshold
from unstuff.labels import Labelled
from unstuff.measure import Result

# 95 % upper bounds on the share of clean rows that each operating point may flag.
BOUNDS = {"precise": 1 / 20_000, "balanced": 1 / 5_000, "sensitive": 1 / 500}
# Shares of the hard negatives that it may flag beside that.
HARD_SHARES = {"precise": 0.001, "balanced": 0.003}


def choose_points(clean: Scored, hard: NDArray[np.float64] | None = None) -> dict[str, Threshold]:
    """Thresholds from clean rows and the scores of hard negatives, all out of fold: the higher of the two.

    Where n cannot support a bound, the threshold is the one just above every clean score, ``supported_bound`` says
    what n supports and ``meets`` is False.
    """
    falling = np.empty(0) if hard is None else np.sort(hard)
    return {name: _point(clean, falling, bound, HARD_SHARES.get(name, 1.0)) for name, bound in BOUNDS.items()}


def _point(clean: Scored, hard: NDArray[np.float64], bound: float, hard_share: float) -> Threshold:
    """``hard`` are the scores of hard negatives, ascending."""
    found = choose_threshold(clean.score, clean.group, bound)
    n_flagged = int(len(hard) * hard_share)
    if n_flagged >= len(hard) or hard[-n_flagged - 1] < found.threshold:
        return found
    threshold = float(np.nextafter(hard[-n_flagged - 1], 1.0))
    supported = bound_at(clean.score, clean.group, threshold)
    return Threshold(threshold, supported, found.n, int((clean.score >= threshold).sum()), supported <= bound)


def distinct_rows(result: Result, documents: Sequence[Labelled]) -> NDArray[np.int64]:
    """Of the rows with one text in one group, that with the highest score; ``documents`` are the result's.

    What a site prints on every page counts once: neither n nor what is flagged is padded with copies.
    """
    firsts = dict(zip(*(column.tolist() for column in np.unique(result.document, return_index=True)), strict=True))
    rows: dict[tuple[str, str], int] = {}
    for row in np.argsort(-result.scored.score, kind="stable").tolist():
        document = documents[result.document[row]]
        paragraph = document.page.paragraphs[row - firsts[result.document[row]]]
        rows.setdefault((document.group, paragraph.text), row)
    return np.array(sorted(rows.values()), np.int64)


def thresholds(points: Mapping[str, Threshold]) -> dict[str, float]:
    """The threshold of each point: a stricter one is never looser than the next, whatever the bounds let it be."""
    found = {name: point.threshold for name, point in points.items()}
    found["balanced"] = max(found["balanced"], found["sensitive"])
    found["precise"] = max(found["precise"], found["balanced"])
    return found


def evidence(points: Mapping[str, Threshold]) -> dict[str, dict[str, Any]]:
    """What each threshold rests on, as ``config.json`` and the card say it."""
    own = thresholds(points)
    return {
        name: {
            "threshold": own[name],
            "asked": f"1 in {round(1 / BOUNDS[name]):,}",
            "supported": f"1 in {round(1 / found.supported_bound):,}",
            "n": found.n,
            "n_flagged": found.n_flagged,
            "meets": bool(found.meets),
        }
        for name, found in points.items()
    }

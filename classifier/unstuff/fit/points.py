"""Operating points: thresholds from the scores of content that a model was not fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from unstuff.evaluation import Scored, Threshold, bound_at, choose_threshold, supported_bound
from unstuff.labels import Labelled
from unstuff.measure import Result

# 95 % upper bounds on the share of clean rows that each operating point may flag.
BOUNDS = {"precise": 1 / 20_000, "balanced": 1 / 5_000, "sensitive": 1 / 500}
# Shares of the hard negatives that it may flag beside that.
HARD_SHARES = {"precise": 0.001, "balanced": 0.003}

# Where n cannot support a bound, so many events of clean rows may be flagged: the few highest scores are the hardest
# lines and the wrong labels, and a threshold above them all finds little. By `training.protocols.few`, 2026-11: of
# 100 groups with none, 2 and 5 the mean recall on other campaigns is 0.51, 0.80 and 0.87 and the median share of other
# clean paragraphs flagged 0, 0.07 and 0.54 %; of 300 groups 0.43, 0.80 and 0.85, and 0, 0.04 and 0.11 %.
EVENTS = {"precise": 0, "balanced": 2, "sensitive": 5}
# No bound is loosened further: beyond, models of 10 and 30 groups flag clean paragraphs by tens of percent.
LOOSEST = 1 / 20
# Nor does a threshold fall further before its bound is met: where labels are few and easy, the highest score of their
# content says little of other content. In draws of that kind, mean share of clean paragraphs flagged: precise of 10
# groups 2.6 % without, 0.7 % with; balanced of 30 groups 4.2 and 0.7 %, its recall 0.63 and 0.55; of 100 groups as
# before, but for 2 points of recall.
LEAST = {"precise": 0.5, "balanced": 0.2, "sensitive": 0.05}


def choose_points(
    clean: Scored,
    hard: NDArray[np.float64] | None = None,
    least: Mapping[str, float] = LEAST,
    *,
    always_least: bool = False,
) -> dict[str, Threshold]:
    """Thresholds from clean rows and the scores of hard negatives, all out of fold: the higher of the two.

    Where n cannot support a bound, the threshold is that of the smallest bound that n supports with the point's
    ``EVENTS`` flagged, and at ``least`` a score; ``supported_bound`` says which bound that is, and ``meets`` is False.
    With ``always_least`` no threshold is less, be its bound met or not.
    """
    falling = np.empty(0) if hard is None else np.sort(hard)
    return {name: _point(name, clean, falling, least[name], always_least=always_least) for name in BOUNDS}


def _point(name: str, clean: Scored, hard: NDArray[np.float64], least: float, *, always_least: bool) -> Threshold:
    """``hard`` are the scores of hard negatives, ascending."""
    asked = BOUNDS[name]
    loosened = min(supported_bound(clean.score, clean.group, EVENTS[name]), LOOSEST)
    found = choose_threshold(clean.score, clean.group, max(asked, loosened))
    found = found._replace(meets=found.supported_bound <= asked)
    n_flagged = int(len(hard) * HARD_SHARES.get(name, 1.0))
    above_hard = float(np.nextafter(hard[-n_flagged - 1], 1.0)) if n_flagged < len(hard) else 0.0
    threshold = max(found.threshold, above_hard, least if always_least or not found.meets else 0.0)
    if threshold == found.threshold:
        return found
    supported = bound_at(clean.score, clean.group, threshold)
    return Threshold(threshold, supported, found.n, int((clean.score >= threshold).sum()), supported <= asked)


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

"""Why a paragraph is worth a look. What is asked about is where the model may be wrong, and some of all it finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from unstuff.review.subject import Subject
from unstuff.stages import logit

TAKEN_BACK, BY_PAGE, CROWDED, RARE, SURE, UNSURE = "taken_back", "by_page", "crowded", "rare", "sure", "unsure"
REASONS = (UNSURE, TAKEN_BACK, BY_PAGE, RARE, CROWDED, SURE)
"""In the order in which the queue takes of them in turn."""

_MIN_CHANGE = 2.0  # of the log-odds, by the page
_MIN_CROWD = 5
_MIN_SURE = 4.0  # above the threshold, in log-odds


class Interest(NamedTuple):
    """Why a subject is asked about, and how strongly; strengths compare within one reason only."""

    subject: Subject
    why: str
    strength: float
    sort: tuple[str, ...]
    """What sort of keyword block it is, for telling what was seen but once; () for content."""


def interests(subjects: Sequence[Subject], threshold: float) -> list[Interest]:
    """Every subject of a document with its reason; a crowd of keyword blocks is asked about once."""
    flagged = [subject for subject in subjects if subject.verdict.score >= threshold]
    crowd = min(flagged, key=lambda subject: subject.verdict.score) if len(flagged) >= _MIN_CROWD else None
    return [_interest(subject, threshold, len(flagged) if subject is crowd else 0) for subject in subjects]


def _interest(subject: Subject, threshold: float, n_crowd: int) -> Interest:
    score, raw, least = (logit(p) for p in (subject.verdict.score, subject.verdict.raw_score, threshold))
    found = score >= least
    sort = _sort_of(subject) if found else ()
    if found != (raw >= least) and abs(raw - score) >= _MIN_CHANGE:
        return Interest(subject, BY_PAGE if found else TAKEN_BACK, abs(raw - score), sort)
    if n_crowd:
        return Interest(subject, CROWDED, n_crowd, sort)
    if score - least >= _MIN_SURE:
        return Interest(subject, SURE, score, sort)
    return Interest(subject, UNSURE, -abs(score - least), sort)


def _sort_of(subject: Subject) -> tuple[str, ...]:
    verdict = subject.verdict
    main = verdict.reasons[0].name if verdict.reasons else ""
    return main, verdict.kind, "hidden" * verdict.hidden, "run" * (subject.end - subject.start > 1)

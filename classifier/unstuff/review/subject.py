"""What is asked about: a paragraph, or a run of short lines, which can only be judged together; and what is written.

A paragraph becomes a row ``{"text", "label"}`` of labelled data; of one with an injected part that part is asked about
and written. A run becomes a page ``{"paragraphs": [{"text", "label"}…]}`` of its lines, so that fitting sees it as one.
Nothing else of the page is claimed to be labelled: its neighbours go along under names that readers of labels ignore.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from unstuff.excerpt import printable, shorten
from unstuff.features import Extractor, context
from unstuff.filter import Verdict
from unstuff.html.sites import registrable_domain
from unstuff.page import Page
from unstuff.report.record import shown, shown_reasons
from unstuff.sources import Result

_N_NEIGHBOURS = 3
_NEIGHBOUR_CHARS = 300
_SUBJECT_CHARS = 4_000
# More of a text is neither read by people nor needed to learn from it.
_MAX_TEXT_CHARS = 20_000
_MAX_LINES = 500
_ID_CHARS = 200


class Subject(NamedTuple):
    """Paragraphs of a document that are judged together: verdicts ``start`` to ``end``, half-open."""

    start: int
    end: int
    verdict: Verdict
    """The one with the highest score."""


class Candidate(NamedTuple):
    """A subject apart from its document: what is shown of it, and its row of the answers but for the label."""

    key: str
    shown: dict[str, Any]
    row: dict[str, Any]


def subjects(result: Result, extractor: Extractor, threshold: float) -> Iterator[Subject]:
    """The paragraphs of a document, lines of a run put together where they are on one side of the threshold."""
    verdicts = result.verdicts
    bounds = _runs(result.page, extractor, [verdict.score >= threshold for verdict in verdicts]) if result.page else []
    done = 0
    for start, end in [*bounds, (len(verdicts), len(verdicts))]:
        yield from (Subject(i, i + 1, verdicts[i]) for i in range(done, start))
        if start < end:
            yield Subject(start, end, max(verdicts[start:end], key=lambda verdict: verdict.score))
        done = end


def _runs(page: Page, extractor: Extractor, flagged: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of short lines of a page, each cut where its lines go from flagged to not flagged or back."""
    short = sum(len(paragraph.text) <= context.RUN_ITEM_CHARS for paragraph in page.paragraphs)
    if short < context.RUN_LENGTH:
        return []
    batch = extractor.batch(page.paragraphs)
    runs = context.find_runs(batch, np.zeros(len(batch), np.int64))
    bounds = []
    for start, end in zip(runs.starts.tolist(), runs.ends.tolist(), strict=True):
        changes = [i for i in range(start + 1, end) if flagged[i] != flagged[i - 1]]
        edges = [start, *changes, end]
        bounds += [(i, min(j, i + _MAX_LINES)) for i, j in pairwise(edges)]
    return bounds


def candidate(result: Result, subject: Subject, model: str, threshold: float) -> Candidate:
    """A subject with all that is needed of its document."""
    texts = texts_of(result, subject)
    text, name = "\n".join(texts), str(result.document.id)
    key = hashlib.sha256(f"{name}\0{subject.start}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    verdict = subject.verdict
    row = {
        "id": _whole(f"{name}#{subject.start}"),
        "group": _whole(site_of(result)),
        "kind": verdict.kind,
        "source": "review",
        "key": key,
        "model": {
            "name": model,
            "threshold": threshold,
            "score": verdict.score,
            "raw_score": verdict.raw_score,
            "label": "keyword_block" if verdict.score >= threshold else "content",
        },
        "paragraph": subject.start,
        "hidden": verdict.hidden,
        "url": result.document.url,
        "before": [_whole(other.text[:_NEIGHBOUR_CHARS]) for other in _before(result, subject)],
        "after": [_whole(other.text[:_NEIGHBOUR_CHARS]) for other in _after(result, subject)],
    }
    content = {"paragraphs": [{"text": _whole(one)} for one in texts]} if len(texts) > 1 else {"text": _whole(text)}
    return Candidate(key, _shown(result, subject, threshold, key), content | row)


def site_of(result: Result) -> str:
    """Registrable domain of a document's address, else its name."""
    host = result.document.host
    return registrable_domain(host) if host else str(result.document.id)


def texts_of(result: Result, subject: Subject) -> list[str]:
    """What is asked about, paragraph by paragraph."""
    return [_judged(verdict) for verdict in result.verdicts[subject.start : subject.end]]


def _judged(verdict: Verdict) -> str:
    """The injected part of a paragraph, or all of it."""
    spans = verdict.spans or ((verdict.start, verdict.end),)
    return " ".join(verdict.text[a - verdict.start : b - verdict.start] for a, b in spans)[:_MAX_TEXT_CHARS].strip()


def _whole(text: str) -> str:
    """The text without lone surrogates, which readers of JSON refuse."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _before(result: Result, subject: Subject) -> Sequence[Verdict]:
    return result.verdicts[max(subject.start - _N_NEIGHBOURS, 0) : subject.start]


def _after(result: Result, subject: Subject) -> Sequence[Verdict]:
    return result.verdicts[subject.end : subject.end + _N_NEIGHBOURS]


def _shown(result: Result, subject: Subject, threshold: float, key: str) -> dict[str, Any]:
    verdict, first = subject.verdict, result.verdicts[0]
    lines = result.verdicts[subject.start : subject.end]
    room = max(_SUBJECT_CHARS // len(lines), context.RUN_ITEM_CHARS)
    found = verdict.score >= threshold
    return {
        "key": key,
        "id": shorten(str(result.document.id), _ID_CHARS),
        "host": printable(result.document.host),
        "title": shorten(first.text, _ID_CHARS) if first.kind == "title" and subject.start else "",
        "score": round(verdict.score, 4),
        "raw_score": round(verdict.raw_score, 4),
        "found": found,
        "reasons": shown_reasons(verdict),
        "part": any(map(_is_part, lines)),
        "before": [_line(other, threshold, _NEIGHBOUR_CHARS) for other in _before(result, subject)],
        # A part is marked also where the model left it: it is what is asked about.
        "lines": [_line(other, 0 if _is_part(other) else threshold, room) for other in lines],
        "after": [_line(other, threshold, _NEIGHBOUR_CHARS) for other in _after(result, subject)],
        "n_before": subject.start,
        "n_after": len(result.verdicts) - subject.end,
    }


def _is_part(verdict: Verdict) -> bool:
    return bool(verdict.spans) and verdict.spans != ((verdict.start, verdict.end),)


def _line(verdict: Verdict, threshold: float, n_chars: int) -> dict[str, Any]:
    """A paragraph as it is shown, marked where its score reaches the threshold."""
    if verdict.score < threshold:
        verdict = verdict._replace(label="content", spans=())
    line = shown(verdict, n_chars)
    line.pop("reasons", None)
    return line

"""Any text: a verdict a paragraph with valid offsets; kept and removed put together are the input."""

from __future__ import annotations

import math
from collections.abc import Sequence

from unstuff import Filter, Page, Verdict
from unstuff.filter import cuts

SCORER = Filter()


def check(data: bytes) -> None:
    """Score and clean a text; bytes that are no UTF-8 become lone surrogates."""
    text = data.decode("utf-8", "surrogateescape")
    page, verdicts = Page.from_text(text), SCORER.score_text(text)
    check_verdicts(page, verdicts, SCORER.threshold)
    _check_clean(text, splitting(verdicts))


def check_verdicts(page: Page, verdicts: Sequence[Verdict], threshold: float) -> None:
    """One verdict a paragraph, its offsets valid, its scores probabilities, its label by the threshold."""
    assert len(verdicts) == len(page.paragraphs)
    done = 0
    for paragraph, verdict in zip(page.paragraphs, verdicts, strict=True):
        assert done <= verdict.start < verdict.end <= len(page.text)
        assert page.text[verdict.start : verdict.end] == verdict.text == paragraph.text
        done = verdict.end
        _check_decision(verdict, threshold)


def _check_decision(verdict: Verdict, threshold: float) -> None:
    for score in (verdict.score, verdict.raw_score):
        assert math.isfinite(score) and 0.0 <= score <= 1.0
    assert verdict.found == (verdict.score >= threshold) == bool(verdict.spans)
    assert all(math.isfinite(reason.weight) for reason in verdict.reasons)
    ends = [verdict.start, *(end for span in verdict.spans for end in span), verdict.end]
    assert ends == sorted(ends) and all(start < end for start, end in verdict.spans)


def splitting(verdicts: Sequence[Verdict]) -> Filter:
    """A filter that flags about half of these paragraphs, so that every input has something to clean."""
    scores = sorted(verdict.score for verdict in verdicts)
    return Filter(SCORER.model, threshold=scores[len(scores) // 2]) if scores else SCORER


def _check_clean(text: str, scorer: Filter) -> None:
    """Cleaning takes the flagged spans, with the breaks of whole lines, and not a character more."""
    verdicts = scorer.score_text(text)
    kept, all_pieces, done = [], [], 0
    for start, end in cuts(text, [span for verdict in verdicts for span in verdict.spans]):
        assert done <= start < end
        kept.append(text[done:start])
        all_pieces += [text[done:start], text[start:end]]
        done = end
    clean = scorer.clean_text(text)
    assert clean == "".join([*kept, text[done:]])
    assert text == "".join([*all_pieces, text[done:]])
    left = [_left(text, verdict).strip() for verdict in verdicts]
    assert [each for each in left if each] == [paragraph.text for paragraph in Page.from_text(clean).paragraphs]


def _left(text: str, verdict: Verdict) -> str:
    """What cleaning leaves of a paragraph."""
    pieces, done = [], verdict.start
    for start, end in verdict.spans:
        pieces.append(text[done:start])
        done = end
    return "".join([*pieces, text[done : verdict.end]])

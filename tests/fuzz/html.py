"""Any bytes as HTML: spans lie in the page's text; cleaned and read again, the other paragraphs are as they were."""

from __future__ import annotations

from tests.fuzz.text import SCORER, check_verdicts, splitting
from unstuff import InputError, Page, Verdict


def check(data: bytes) -> None:
    """Score and clean a page."""
    try:
        page = Page.from_html(data)
    except InputError:  # packed, or a picture
        return
    verdicts = SCORER.score_html(data)
    assert page.text == "\n".join(paragraph.text for paragraph in page.paragraphs)
    check_verdicts(page, verdicts, SCORER.threshold)
    scorer = splitting(verdicts)
    verdicts = scorer.score_html(data)
    clean = scorer.clean_html(data)
    assert isinstance(clean, bytes)
    # Of a page that is cut for its cost the rest is not read; of an injected part the break beside it may go along.
    if page.truncated or any(map(_is_part, verdicts)):
        return
    left = [paragraph.text for paragraph in Page.from_html(clean).paragraphs]
    assert left == [verdict.text for verdict in verdicts if not verdict.found]


def _is_part(verdict: Verdict) -> bool:
    return verdict.found and verdict.spans != ((verdict.start, verdict.end),)

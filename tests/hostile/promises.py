"""What is promised of any document, asserted, and what came of it in words."""

from __future__ import annotations

from random import Random

from tests.bench import prose
from unstuff import Filter, Page
from unstuff.filter import Judged

LIST = prose.place_list(Random(7), 40, "| ")
"""A keyword block of our own: places drawn at random."""
CLEAN = prose.paragraph(Random(8), "zh", 4)


def judge(page: Page) -> Judged:
    """The verdicts on a page, every one of them in its place."""
    judged = next(Filter().judge_pages([page]))
    assert len(judged.verdicts) == len(page.paragraphs), "not one verdict a paragraph"
    for number, (verdict, paragraph) in enumerate(zip(judged.verdicts, page.paragraphs, strict=True)):
        assert verdict.paragraph == number, "verdicts are not numbered"
        assert (verdict.start, verdict.end, verdict.text) == (paragraph.start, paragraph.end, paragraph.text)
        assert 0.0 <= verdict.score <= 1.0, "a score is no probability"
        assert all(paragraph.start <= start < end <= paragraph.end for start, end in verdict.spans), "a span is outside"
    return judged


def outcome(judged: Judged) -> str:
    """Verdicts in words."""
    n, n_found = len(judged.verdicts), sum(verdict.found for verdict in judged.verdicts)
    cut = f", cut by {', '.join(judged.page.cut_by)}" if judged.page.truncated else ""
    return f"{n_found:,} of {n:,} paragraphs flagged{cut}"


def found(judged: Judged, block: str = LIST) -> str:
    """Verdicts in words; the block must be in what is flagged, or the page says that it was cut."""
    page = judged.page
    at = page.text.find(block)
    spans = [span for verdict in judged.verdicts for span in verdict.spans]
    held = at >= 0 and any(start < at + len(block) and end > at for start, end in spans)
    assert held or page.truncated, f"the block is lost ({outcome(judged)}; {'in' if at >= 0 else 'not in'} the text)"
    return f"the block is {'found' if held else 'beyond the cut'}; {outcome(judged)}"

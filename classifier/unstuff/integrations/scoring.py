"""What all hosts share: a batch of contents -> outcomes, and verdicts as plain data.

A content that cannot be scored becomes an :class:`Outcome` with an error: it is never taken for one without keyword
blocks, and it takes no other down with it. What goes beyond a cap is logged, and told in the document's annotation.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterable, Sequence
from numbers import Real
from pathlib import Path
from typing import Any, NamedTuple

from unstuff import artifact
from unstuff.errors import InputError
from unstuff.filter import Filter, Verdict, cuts, flagged_share
from unstuff.page import Page, cut, remove_spans

BATCH_DOCUMENTS = 256
"""How many documents hosts that choose for themselves score together."""

NULL = "is null"

_logger = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What became of one document. ``page`` is None and ``error`` says why where it could not be scored."""

    page: Page | None
    verdicts: Sequence[Verdict]
    error: str = ""

    @property
    def found(self) -> list[Verdict]:
        """The verdicts on keyword blocks."""
        return [verdict for verdict in self.verdicts if verdict.found]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """What is injected, ascending half-open offsets into ``page.text``."""
        return [span for verdict in self.verdicts for span in verdict.spans]

    @property
    def flagged_share(self) -> float:
        """Share in [0, 1] of ``page.text``'s non-space characters that are injected; NaN where it was not scored.

        Beyond a cap a text has all of its characters there, a page of HTML only those that were read.
        """
        return float("nan") if self.page is None else flagged_share(self.page.text, self.spans)


class Settings(NamedTuple):
    """What hosts choose a Filter by: plain data that travels to workers. As in :class:`unstuff.Filter`."""

    model: str | None = None
    point: str | None = None
    threshold: float | None = None
    gazetteer: str | None = None


def check_share(name: str, share: Any) -> None:
    """Raise :class:`InputError` for what is no share."""
    if not isinstance(share, Real) or not 0 <= share <= 1:  # type: ignore[operator]
        raise InputError(f"{name} {share!r} is no number in [0, 1]")


def scorer(settings: Settings) -> Filter:
    """The Filter of these settings, kept in a process: workers load a model once, and anew when its files changed."""
    state = "" if not settings.model else artifact.state(settings.model)
    return loaded(settings, state, _state(settings.gazetteer))


@functools.lru_cache(maxsize=8)
def loaded(settings: Settings, *states: object) -> Filter:
    """The Filter of these settings, while their files are in these states."""
    return Filter(*settings)


def _state(path: str | None) -> object:
    """What tells a file from what it was before. One that cannot be had is left for the Filter to name."""
    if path is None:
        return None
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def score(
    scorer: Filter,
    contents: Iterable[object],
    *,
    html: bool = False,
    urls: Iterable[object] | None = None,
    found_only: bool = False,
) -> list[Outcome]:
    """Score documents together, one outcome each, in order.

    ``contents`` are str, with ``html`` str or bytes; anything else, None included, is an outcome with an error.
    ``urls`` are the addresses of HTML pages, one each, None for unknown. With ``found_only`` outcomes hold the verdicts
    on keyword blocks alone.
    """
    contents = list(contents)
    addresses = [None] * len(contents) if urls is None else [url if isinstance(url, str) else None for url in urls]
    pages = [_page(scorer, content, html, url) for content, url in zip(contents, addresses, strict=True)]
    scored = iter(_score(scorer, [page for page in pages if isinstance(page, Page)], found_only))
    outcomes = [next(scored) if isinstance(page, Page) else Outcome(None, (), page) for page in pages]
    for number, outcome in enumerate(outcomes):
        if outcome.page is not None and outcome.page.truncated:
            caps = ", ".join(outcome.page.cut_by)
            _logger.warning("document %d of %d was not looked at to its end: %s", number + 1, len(outcomes), caps)
    return outcomes


def unusable(content: object, html: bool) -> str:
    """Why a content is no text, with ``html`` no page, or ""."""
    if isinstance(content, str | bytes if html else str):
        return ""
    return NULL if content is None else f"is {type(content).__name__}, expected a string"


def _page(scorer: Filter, content: object, html: bool, url: str | None) -> Page | str:
    """The page, or why there is none."""
    if wrong := unusable(content, html):
        return wrong
    read: Any = content
    try:
        return Page.from_html(read, url, caps=scorer.caps) if html else Page.from_text(read, scorer.caps)
    except Exception as error:
        return f"cannot be parsed: {error!r}"


def _score(scorer: Filter, pages: Sequence[Page], found_only: bool) -> list[Outcome]:
    """Outcomes of pages; when a batch fails, its halves are tried, down to the page that makes it fail."""
    try:
        return [Outcome(*judged) for judged in scorer.judge_pages(pages, found_only=found_only)]
    except Exception as error:
        if len(pages) == 1:
            return [Outcome(None, (), f"cannot be scored: {error!r}")]
    half = len(pages) // 2
    return [*_score(scorer, pages[:half], found_only), *_score(scorer, pages[half:], found_only)]


def clean(content: Any, outcome: Outcome) -> Any:
    """The content that was scored without its injected spans; as it was where nothing was found or scored."""
    if outcome.page is None or not outcome.spans:
        return content
    if outcome.page.is_html:
        return remove_spans(content, outcome.spans, outcome.page.url)
    return cut(content, cuts(content, outcome.spans))


def record(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON data: the fields of a line of ``unstuff score``, without the document's id."""
    reasons = [{"name": each.name, "weight": each.weight, "detail": each.detail} for each in verdict.reasons]
    return {
        "paragraph": verdict.paragraph,
        "start": verdict.start,
        "end": verdict.end,
        "spans": [list(span) for span in verdict.spans],
        "kind": verdict.kind,
        "hidden": verdict.hidden,
        "label": verdict.label,
        "score": verdict.score,
        "raw_score": verdict.raw_score,
        "reasons": reasons,
        "text": verdict.text,
    }


def annotation(outcome: Outcome) -> dict[str, Any]:
    """A document's outcome as JSON data, with the verdicts that it holds; ``{"error"}`` where it was not scored."""
    if outcome.page is None:
        return {"error": outcome.error}
    return {
        "n_paragraphs": len(outcome.page.paragraphs),
        "n_flagged": len(outcome.found),
        "flagged_share": outcome.flagged_share,
        "cut_by": list(outcome.page.cut_by),
        "verdicts": [record(verdict) for verdict in outcome.verdicts],
    }

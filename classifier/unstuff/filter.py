"""``Filter``: the one orchestrator. Pages in, verdicts out; nothing is deleted unless asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count, repeat
from numbers import Real
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from unstuff import artifact
from unstuff.caps import DEFAULT, Caps
from unstuff.collecting import rarely_collected
from unstuff.errors import InputError
from unstuff.gazetteer import read_names, with_names
from unstuff.model import Model, Scored, batches, sigmoid
from unstuff.page import LINE_BREAK, LINE_BREAKS, Page, cut, n_black, remove_spans
from unstuff.reasons import Explainer, Reason
from unstuff.stages import Allowance
from unstuff.verdict import Spans, Verdict
from unstuff.windows import is_long, put_together, windows

__all__ = ["DEFAULT_POINT", "Filter", "Judged", "Verdict", "cuts"]

# Documents are scored together up to so many code points. Results do not depend on it; see the batching test.
_BATCH_CHARS = 1 << 19
DEFAULT_POINT = "balanced"

Value = TypeVar("Value")


class Judged(NamedTuple):
    """A document with its verdicts; ``page.cut_by`` also names the caps that were reached while it was scored."""

    page: Page
    verdicts: list[Verdict]


class _Asked(NamedTuple):
    """What is asked of a document beside the verdicts on its keyword blocks."""

    reasons: bool  # also for content
    found_only: bool  # no other verdicts
    limit: int  # reasons for at most so many paragraphs


class Filter:
    """Finds keyword blocks in documents, with the shipped model or another.

    ``model`` is a model folder, a :class:`Model`, or None for the shipped one; ``point`` one of the model's operating
    points (default "balanced"); ``threshold`` a score in [0, 1] in its place; ``gazetteer`` a file of own place names,
    one a line, after a tab the region each lies in; ``caps`` bound what one document costs. Raises :class:`ModelError`
    for a folder that cannot be used, and :class:`InputError` for an unknown point or threshold and for a gazetteer that
    cannot be read or has a line that is no name. A Filter holds no mutable state: it can be pickled, forked, and used
    from threads.
    """

    def __init__(
        self,
        model: str | Path | Model | None = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: str | Path | None = None,
        caps: Caps = DEFAULT,
    ) -> None:
        if point is not None and threshold is not None:
            raise InputError("threshold cannot be used with point")
        _check_type("model", model, str | os.PathLike | Model | None, "the path of a model folder, a Model or None")
        _check_type("point", point, str | None, "the name of an operating point")
        _check_type("gazetteer", gazetteer, str | os.PathLike | None, "the path of a file of names or None")
        _check_type("caps", caps, Caps, "unstuff.caps.Caps")
        self._shipped = model is None and gazetteer is None
        self.caps = caps
        self.model = (
            model if isinstance(model, Model) else artifact.read(artifact.shipped() if model is None else model)
        )
        if gazetteer is not None:
            self.model = with_names(self.model, read_names(gazetteer))
        self.point = None if threshold is not None else DEFAULT_POINT if point is None else point
        self.threshold = _checked(threshold) if self.point is None else self._threshold_of(self.point)
        _keep_freed_memory()

    def _threshold_of(self, point: str) -> float:
        points = self.model.points
        if point not in points:
            raise InputError(f"point {point!r} is unknown; this model has {', '.join(points)}")
        return float(points[point])

    def __getstate__(self) -> dict[str, Any]:
        # The shipped model is on the other side too; any other travels with the filter.
        return self.__dict__ | ({"model": None} if self._shipped else {})

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        if self._shipped:
            self.model = artifact.read(artifact.shipped())
        _keep_freed_memory()

    def score_text(self, text: str, *, reasons: bool = False) -> list[Verdict]:
        """Verdicts on a plain text's paragraphs, in reading order; ``reasons`` for every paragraph if asked."""
        return self.score_page(Page.from_text(text, self.caps), reasons=reasons)

    def score_html(
        self,
        html: str | bytes,
        url: str | None = None,
        encoding: str | None = None,
        *,
        reasons: bool = False,
    ) -> list[Verdict]:
        """Verdicts on an HTML page; offsets refer to ``Page.from_html(html, url, encoding, caps).text``."""
        return self.score_page(Page.from_html(html, url, encoding, self.caps), reasons=reasons)

    def score_page(self, page: Page, *, reasons: bool = False) -> list[Verdict]:
        """Verdicts on a page's paragraphs, in reading order."""
        return next(self.score_pages([page], reasons=reasons))

    def score_texts(
        self, texts: Iterable[str], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[list[Verdict]]:
        """Verdicts on many plain texts, one list each, scored together; see :meth:`score_pages`."""
        pages = _pages(texts, "text", lambda text: Page.from_text(text, self.caps))
        return self.score_pages(pages, reasons=reasons, found_only=found_only)

    def score_htmls(
        self, htmls: Iterable[str | bytes], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[list[Verdict]]:
        """Verdicts on many HTML pages, one list each, scored together; see :meth:`score_pages`."""
        pages = _pages(htmls, "page", lambda html: Page.from_html(html, caps=self.caps))
        return self.score_pages(pages, reasons=reasons, found_only=found_only)

    def score_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[list[Verdict]]:
        """Verdicts on many pages, one list each; what a page gets does not depend on the others.

        ``found_only`` gives the verdicts on keyword blocks alone, which is quicker; they have reasons in any case.
        Pages are read ahead, to half a million code points; where ``pages`` raises, the verdicts on those before come
        first.
        """
        for judged in self.judge_pages(pages, reasons=reasons, found_only=found_only):
            yield judged.verdicts

    def judge_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[Judged]:
        """As :meth:`score_pages`, each page coming back with its verdicts, and with all that was cut of it named."""
        asked = _Asked(reasons and not found_only, found_only, self.caps.explained_paragraphs)
        read = batches(map(_checked_page, several(pages, "page")), lambda page: len(page.text), _BATCH_CHARS)
        while True:
            with rarely_collected():
                batch = next(read, [])
                judged = iter(self._judge([page for page in batch if not is_long(page)], asked))
            if not batch:
                return
            for page in batch:
                yield self._judge_long(page, asked) if is_long(page) else next(judged)

    def clean_text(self, text: str) -> str:
        """The text without its keyword blocks; a whole line goes with the break that ends it.

        What lies beyond a cap stays as it was.
        """
        return cut(text, cuts(text, self._spans(Page.from_text(text, self.caps))))

    @overload
    def clean_html(self, html: str, url: str | None = None, encoding: str | None = None) -> str: ...
    @overload
    def clean_html(self, html: bytes, url: str | None = None, encoding: str | None = None) -> bytes: ...
    @overload
    def clean_html(self, html: str | bytes, url: str | None = None, encoding: str | None = None) -> str | bytes: ...
    def clean_html(self, html: str | bytes, url: str | None = None, encoding: str | None = None) -> str | bytes:
        """The page re-serialised without its keyword blocks; bytes give bytes in the same encoding.

        The text of all other paragraphs is unchanged. A page without keyword blocks comes back as it was, and so does
        what lies beyond a cap, see :func:`unstuff.page.remove_spans`.
        """
        spans = self._spans(Page.from_html(html, url, encoding, self.caps))
        return remove_spans(html, spans, url, encoding, self.caps) if spans else html

    def _spans(self, page: Page) -> list[tuple[int, int]]:
        """What is injected on a page, without the cost of reasons."""
        asked = _Asked(reasons=False, found_only=True, limit=0)
        judged = self._judge_long(page, asked) if is_long(page) else self._judge([page], asked)[0]
        return [span for verdict in judged.verdicts for span in verdict.spans]

    def _judge(self, pages: Sequence[Page], asked: _Asked) -> list[Judged]:
        """Score documents together."""
        scored = self.model.score([page.paragraphs for page in pages])
        verdicts, n_verdicts, unexplained = self._verdicts(scored, [len(page.paragraphs) for page in pages], asked)
        judged, done = [], 0
        for number, (page, n) in enumerate(zip(pages, n_verdicts, strict=True)):
            cut_by = ("explained_paragraphs",) if number in unexplained and asked.limit else ()
            judged.append(Judged(_cut(page, cut_by), verdicts[done : done + n]))
            done += n
        return judged

    def _judge_long(self, page: Page, asked: _Asked) -> Judged:
        """Score a long document window by window."""
        allowance = Allowance(self.caps.word_chars)
        verdicts: list[Verdict] = []
        left, is_cut = asked.limit, False
        for first, paragraphs in windows(page.paragraphs):
            # Of a paragraph that is judged piece by piece, the verdicts on all pieces are wanted.
            of_window = _Asked(asked.reasons, found_only=False, limit=left)
            found, _, unexplained = self._verdicts(
                self.model.score([paragraphs], allowance), [len(paragraphs)], of_window
            )
            left -= sum(1 for verdict in found if verdict.reasons)
            is_cut |= bool(unexplained) and asked.limit > 0
            verdicts += [verdict._replace(paragraph=first + verdict.paragraph) for verdict in found]
        reached = {"word_chars": allowance.exceeded, "explained_paragraphs": is_cut}
        cut_by = tuple(name for name, is_reached in reached.items() if is_reached)
        whole = put_together(page.paragraphs, verdicts)
        return Judged(_cut(page, cut_by), [verdict for verdict in whole if verdict.found or not asked.found_only])

    def _verdicts(
        self, scored: Scored, sizes: Sequence[int], asked: _Asked
    ) -> tuple[list[Verdict], list[int], set[int]]:
        """Verdicts on scored paragraphs, how many each page has, and the pages of which some went without reasons."""
        page, scores = scored.read.pages.page, scored.scores
        found = np.flatnonzero(scores >= self.threshold)
        rows = found if asked.found_only else np.arange(len(page))
        wanted = np.append(found, np.setdiff1d(rows, found)) if asked.reasons else found
        explained, unexplained = _first_of_each(wanted, page, asked.limit)
        labels = ["content"] * len(rows)
        spans: list[Spans] = [()] * len(rows)
        why: list[tuple[Reason, ...]] = [()] * len(rows)
        at = np.searchsorted(rows, found)
        _put(labels, at, repeat("keyword_block"))
        _put(spans, at, ((span,) for span in scored.spans(found)))
        _put(why, np.searchsorted(rows, explained), Explainer(self.model, scored).reasons(explained))
        firsts = np.cumsum(sizes, dtype=np.int64) - np.array(sizes, np.int64)
        numbers = rows - firsts[page[rows]]
        verdicts = _built(scored, rows, numbers, scores[rows], labels, spans, why)
        return verdicts, np.bincount(page[rows], minlength=len(sizes)).tolist(), unexplained


def _pages(documents: Iterable[Value], what: str, read: Callable[[Value], Page]) -> Iterator[Page]:
    return map(partial(_page, what, read), count(), several(documents, what))


def _page(what: str, read: Callable[[Value], Page], number: int, document: Value) -> Page:
    try:
        return read(document)
    except InputError as error:
        raise InputError(f"{what} {number} (of those given, from 0): {error}") from error


def several(documents: Iterable[Value], what: str) -> Iterable[Value]:
    """The documents, an Arrow array's as Python's; :class:`InputError` for one alone, a table, no container.

    Of one alone the letters or bytes would be taken for many.
    """
    if isinstance(documents, str | bytes):
        raise InputError(f"a single {what} was given; give a list of them, or call the method for one")
    refuse_table(documents, what)
    no_container = not hasattr(documents, "__iter__") and not hasattr(documents, "__getitem__")
    if no_container or getattr(documents, "shape", None) == ():  # an array of no dimension holds one
        raise InputError(f"a {type(documents).__name__} was given; give a list of {what}s")
    values: Iterable[Value] = documents.to_pylist() if hasattr(documents, "to_pylist") else documents
    return values


def refuse_table(documents: object, what: str) -> None:
    """Raise :class:`InputError` for a frame or a mapping, of which a loop gives the names of its columns."""
    # A Series may have a row that is called "columns".
    has_columns = hasattr(documents, "columns") or hasattr(documents, "column_names")
    if isinstance(documents, Mapping) or (has_columns and getattr(documents, "ndim", 2) == 2):
        raise InputError(f"a {type(documents).__name__} was given; give the one column of it that holds the {what}s")


def _cut(page: Page, cut_by: tuple[str, ...]) -> Page:
    return replace(page, cut_by=page.cut_by + cut_by) if cut_by else page


def _first_of_each(rows: NDArray[np.int64], page: NDArray[np.int64], limit: int) -> tuple[NDArray[np.int64], set[int]]:
    """The first ``limit`` of the rows of each page, and the pages that have more."""
    if len(rows) <= limit:
        return rows, set()
    ordered = rows[np.argsort(page[rows], kind="stable")]
    pages = page[ordered]
    rank = np.arange(len(ordered)) - np.searchsorted(pages, pages)
    return ordered[rank < limit], set(pages[rank >= limit].tolist())


def _put(column: list[Value], rows: NDArray[np.int64], values: Iterable[Value]) -> None:
    for row, value in zip(rows.tolist(), values):  # noqa: B905
        column[row] = value


def _built(
    scored: Scored,
    rows: NDArray[np.int64],
    numbers: NDArray[np.int64],
    scores: NDArray[np.float64],
    labels: Iterable[str],
    spans: Iterable[Spans],
    why: Iterable[tuple[Reason, ...]],
) -> list[Verdict]:
    """Verdicts on some rows, built by columns: a third of the time that calling the class takes."""
    every = scored.read.pages.batch.paragraphs
    paragraphs = every if len(rows) == len(every) else [every[row] for row in rows.tolist()]
    if not paragraphs:
        return []
    texts, starts, ends, kinds, hidden = (map(itemgetter(column), paragraphs) for column in range(5))
    raw_scores = sigmoid(scored.read.pages.raw_logits[rows])
    columns = (
        numbers.tolist(), starts, ends, spans, kinds, map(bool, hidden), labels, scores.tolist(), raw_scores.tolist(),
        why, texts,
    )  # fmt: skip
    return list(map(tuple.__new__, repeat(Verdict), zip(*columns, strict=True)))


def cuts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What to cut from a text, ascending: a span that is all of its line takes the line and the break that ends it."""
    return [_whole_line(text, start, end) or (start, end) for start, end in sorted(spans)]


def flagged_share(text: str, spans: Iterable[tuple[int, int]]) -> float:
    """Share of a text's non-space characters that lie in disjoint spans, in [0, 1]."""
    n_flagged = sum(n_black(text[start:end]) for start, end in spans)
    return n_flagged / n_black(text) if n_flagged else 0.0


def _whole_line(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The line with its break when nothing but white space stands beside the span on it."""
    while start and text[start - 1].isspace() and text[start - 1] not in LINE_BREAKS:
        start -= 1
    while end < len(text) and text[end].isspace() and text[end] not in LINE_BREAKS:
        end += 1
    if start and text[start - 1] not in LINE_BREAKS:
        return None
    if end == len(text):
        return start, end
    found = LINE_BREAK.match(text, end)
    return (start, found.end()) if found else None


def _keep_freed_memory() -> None:
    """Have the allocator keep what a batch frees for the next one.

    glibc gives large blocks back to the system at once until it has seen a larger one freed (up to 32 MB, see
    M_MMAP_THRESHOLD in mallopt(3)), and the system clears them page by page: a quarter of the time of scoring. The
    block is never touched, so that it costs nothing.
    """
    np.empty((1 << 25) - (1 << 16), np.uint8)


def _check_type(name: str, value: object, kind: Any, expected: str) -> None:
    if name != "point" and isinstance(value, str) and not value:  # as a path it would be the current folder
        raise InputError(f"{name} '' is empty, expected {expected}")
    if not isinstance(value, kind):
        raise InputError(f"{name} {value!r} is {type(value).__name__}, expected {expected}")


def _checked_page(page: Page) -> Page:
    if not isinstance(page, Page):
        advice = "make one by Page.from_text or Page.from_html"
        raise InputError(f"a page is {type(page).__name__}, expected unstuff.Page; {advice}")
    return page


def _checked(threshold: float | None) -> float:
    if not isinstance(threshold, Real) or not 0.0 <= threshold <= 1.0:
        raise InputError(f"threshold {threshold!r} is no number in [0, 1]")
    return float(threshold)

"""``Filter``: the one orchestrator. Pages in, verdicts out; nothing is deleted unless asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from unstuff import artifact
from unstuff.errors import InputError
from unstuff.gazetteer import read_names, with_names
from unstuff.model import Model, Scored, batches
from unstuff.page import LINE_BREAK, LINE_BREAKS, Kind, Page, remove_spans
from unstuff.reasons import Explainer, Reason

Spans = tuple[tuple[int, int], ...]

# Documents are scored together up to so many code points. Results do not depend on it; see the batching test.
_BATCH_CHARS = 1 << 19
DEFAULT_POINT = "balanced"


class Verdict(NamedTuple):
    """What was decided of one paragraph, and from what.

    ``start``, ``end`` and ``spans`` are half-open code-point offsets into the text given (for HTML, into
    ``Page.text``). ``spans`` is what is injected: empty for content. ``score`` is the calibrated probability after
    context, ``raw_score`` that of the paragraph alone. ``reasons`` are given for flagged paragraphs, or on request.
    """

    paragraph: int
    start: int
    end: int
    spans: Spans
    kind: Kind
    hidden: bool
    label: str
    score: float
    raw_score: float
    reasons: tuple[Reason, ...]
    text: str

    @property
    def found(self) -> bool:
        """Whether the paragraph is a keyword block."""
        return self.label == "keyword_block"


class Filter:
    """Finds keyword blocks in documents, with the shipped model or another.

    ``model`` is a model folder, a :class:`Model`, or None for the shipped one; ``point`` one of the model's operating
    points (default "balanced"); ``threshold`` a score in [0, 1] in its place. Raises :class:`ModelError` for a
    folder that cannot be used and :class:`InputError` for an unknown point or threshold. A Filter holds no mutable
    state: it can be pickled, forked, and used from threads.
    """

    def __init__(
        self,
        model: str | Path | Model | None = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: str | Path | None = None,
    ) -> None:
        if point is not None and threshold is not None:
            raise InputError("threshold cannot be used with point")
        self._shipped = model is None and gazetteer is None
        self.model = model if isinstance(model, Model) else artifact.read(model or artifact.shipped())
        if gazetteer is not None:
            self.model = with_names(self.model, read_names(gazetteer))
        self.point = None if threshold is not None else point or DEFAULT_POINT
        self.threshold = self._threshold_of(self.point) if self.point else _checked(threshold)
        _keep_freed_memory()

    def _threshold_of(self, point: str) -> float:
        points = self.model.points
        if point not in points:
            raise InputError(f"point {point!r} is unknown; this model has {', '.join(points)}")
        return float(points[point])

    def __reduce__(self) -> tuple[Any, ...]:
        # The shipped model is on the other side too; any other travels with the filter.
        model = None if self._shipped else self.model
        return _rebuild, (model, self.point, None if self.point else self.threshold)

    def score_text(self, text: str, *, reasons: bool = False) -> list[Verdict]:
        """Verdicts on a plain text's paragraphs, in reading order; ``reasons`` for every paragraph if asked."""
        return self.score_page(Page.from_text(text), reasons=reasons)

    def score_html(
        self,
        html: str | bytes,
        url: str | None = None,
        encoding: str | None = None,
        *,
        reasons: bool = False,
    ) -> list[Verdict]:
        """Verdicts on an HTML page; offsets refer to ``Page.from_html(html, url, encoding).text``."""
        return self.score_page(Page.from_html(html, url, encoding), reasons=reasons)

    def score_page(self, page: Page, *, reasons: bool = False) -> list[Verdict]:
        """Verdicts on a page's paragraphs, in reading order."""
        return self._score([page], reasons)[0]

    def score_texts(self, texts: Iterable[str], *, reasons: bool = False) -> Iterator[list[Verdict]]:
        """Verdicts on many plain texts, one list each, scored together."""
        return self.score_pages(map(Page.from_text, texts), reasons=reasons)

    def score_htmls(self, htmls: Iterable[str | bytes], *, reasons: bool = False) -> Iterator[list[Verdict]]:
        """Verdicts on many HTML pages, one list each, scored together."""
        return self.score_pages(map(Page.from_html, htmls), reasons=reasons)

    def score_pages(self, pages: Iterable[Page], *, reasons: bool = False) -> Iterator[list[Verdict]]:
        """Verdicts on many pages, one list each; what a page gets does not depend on the others."""
        for batch in batches(pages, lambda page: len(page.text), _BATCH_CHARS):
            yield from self._score(batch, reasons)

    def clean_text(self, text: str) -> str:
        """The text without its keyword blocks; a whole line goes with the break that ends it."""
        pieces, done = [], 0
        for start, end in cuts(text, self._spans(Page.from_text(text))):
            pieces.append(text[done:start])
            done = end
        return "".join([*pieces, text[done:]])

    def clean_html(self, html: str | bytes, url: str | None = None, encoding: str | None = None) -> str | bytes:
        """The page re-serialised without its keyword blocks; bytes give bytes in the same encoding.

        The text of all other paragraphs is unchanged. A page without keyword blocks comes back as it was.
        """
        spans = self._spans(Page.from_html(html, url, encoding))
        return remove_spans(html, spans, url, encoding) if spans else html

    def _spans(self, page: Page) -> list[tuple[int, int]]:
        """What is injected on a page, without the cost of reasons."""
        scored = self.model.score([page.paragraphs])
        return [span for i in np.flatnonzero(scored.scores >= self.threshold).tolist() for span in scored.spans(i)]

    def _score(self, pages: Sequence[Page], reasons: bool) -> list[list[Verdict]]:
        scored = self.model.score([page.paragraphs for page in pages])
        verdicts = _contents(pages, scored)
        found = np.flatnonzero(scored.scores >= self.threshold).tolist()
        explainer = Explainer(self.model, scored)
        for row in found:
            verdicts[row] = verdicts[row]._replace(label="keyword_block", spans=scored.spans(row))
        for row in range(len(verdicts)) if reasons else found:
            verdicts[row] = verdicts[row]._replace(reasons=explainer.reasons(row))
        return list(_split(verdicts, [len(page.paragraphs) for page in pages]))


def _contents(pages: Sequence[Page], scored: Scored) -> list[Verdict]:
    """Verdicts on the paragraphs of pages, for content as nearly all is; built by columns, a third of the time."""
    paragraphs = scored.read.pages.batch.paragraphs
    if not paragraphs:
        return []
    texts, starts, ends, kinds, hidden, _, _ = zip(*paragraphs, strict=True)
    numbers = chain.from_iterable(range(len(page.paragraphs)) for page in pages)
    scores, raw_scores = scored.scores.tolist(), scored.raw_scores.tolist()
    unseen, label, none = map(bool, hidden), repeat("content"), repeat(())
    rows = zip(numbers, starts, ends, none, kinds, unseen, label, scores, raw_scores, none, texts)  # noqa: B905
    return list(map(Verdict._make, rows))


def _split(verdicts: list[Verdict], sizes: Iterable[int]) -> Iterator[list[Verdict]]:
    done = 0
    for size in sizes:
        yield verdicts[done : done + size]
        done += size


def cuts(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What to cut from a text, ascending: a span that is all of its line takes the line and the break that ends it."""
    return [_whole_line(text, start, end) or (start, end) for start, end in sorted(spans)]


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


def _checked(threshold: float | None) -> float:
    if threshold is None or not 0.0 <= threshold <= 1.0:
        raise InputError(f"threshold {threshold!r} is not in [0, 1]")
    return float(threshold)


def _rebuild(model: Model | None, point: str | None, threshold: float | None) -> Filter:
    return Filter(model, point, threshold)

"""Verdicts as JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from unstuff.crawl.packing import Packing, pack_all
from unstuff.crawl.work import Outcome, Refuse
from unstuff.filter import Verdict
from unstuff.mirror import MirrorSigns, find_signs
from unstuff.page import Page
from unstuff.sources import Chunk, Document, Result, Source, Written, dumps

_FIELDS = tuple(Verdict.__dataclass_fields__)  # in the order of the contract


def by_source(results: Sequence[Result], lines: Callable[[Result], Iterator[bytes]], packing: Packing) -> list[Written]:
    """The lines of results, packed, source by source."""
    found: list[tuple[Source, list[bytes]]] = []
    for result in results:
        if not found or found[-1][0] is not result.document.source:
            found.append((result.document.source, []))
        found[-1][1].extend(lines(result))
    return [Written(source, [pack_all(pieces, packing)]) for source, pieces in found]


@dataclass(frozen=True, slots=True)
class VerdictLines:
    """A line a paragraph, in the contract's order of keys; the pages' own lines after theirs."""

    found_only: bool
    pages: bool
    packing: Packing = ""

    def write(self, chunk: Chunk, results: Sequence[Result], refuse: Refuse) -> Outcome:
        """The lines of a chunk."""
        return Outcome(by_source(results, self._lines, self.packing))

    def _lines(self, result: Result) -> Iterator[bytes]:
        document, page, verdicts = result
        if document.error:
            yield dumps({"id": document.id, "error": document.error})
        shown = [verdict for verdict in verdicts if verdict.found] if self.found_only else verdicts
        if shown:
            yield from _verdicts(document, shown)
        if self.pages and page is not None:
            yield dumps({"id": document.id, "page": _page(page, verdicts)})


def _verdicts(document: Document, verdicts: Sequence[Verdict]) -> Iterator[bytes]:
    """Lines of verdicts; orjson writes a verdict's fields in their order."""
    start = dumps({"id": document.id})[:-2] + b","
    for verdict in verdicts:
        try:
            yield start + orjson.dumps(verdict)[1:] + b"\n"
        except TypeError:  # lone surrogates
            yield dumps({"id": document.id, **{name: getattr(verdict, name) for name in _FIELDS}})


def _page(page: Page, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """What is said of a document as a whole."""
    n_found = sum(verdict.found for verdict in verdicts)
    mirror = _mirror(find_signs(page.text))
    return {"n_paragraphs": len(verdicts), "n_flagged": n_found, "mirror": mirror, "truncated": page.truncated}


def _mirror(signs: MirrorSigns) -> dict[str, Any] | None:
    return signs._asdict() | {"gloss_share": round(signs.gloss_share, 4)} if signs.found else None

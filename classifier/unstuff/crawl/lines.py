"""Verdicts as JSON Lines: a paragraph a line, or dolma's attributes of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from unstuff.crawl.packing import Packing, pack_all, packing_of
from unstuff.crawl.work import Outcome, Refuse
from unstuff.filter import Verdict
from unstuff.integrations import dolma
from unstuff.mirror import MirrorSigns, find_signs
from unstuff.page import Page
from unstuff.sources import Chunk, Result, Source, Written, dumps


def by_source(
    results: Sequence[Result], lines: Callable[[Result], Iterator[bytes]], packing: Packing | None
) -> list[Written]:
    """The lines of results, source by source, packed as asked or (None) as each source's own name says."""
    found: list[tuple[Source, list[bytes]]] = []
    for result in results:
        if not found or found[-1][0] is not result.document.source:
            found.append((result.document.source, []))
        found[-1][1].extend(lines(result))
    return [
        Written(source, [pack_all(pieces, packing_of(source.target) if packing is None else packing)])
        for source, pieces in found
    ]


@dataclass(frozen=True, slots=True)
class VerdictLines:
    """A line a paragraph, in the contract's order of keys; the pages' own lines after theirs, also of cut ones."""

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
        for verdict in verdicts:
            if verdict.found or not self.found_only:
                yield dumps({"id": document.id, **verdict._asdict()})
        if page is not None and (self.pages or page.truncated):
            yield dumps({"id": document.id, "page": _page(page, verdicts)})


@dataclass(frozen=True, slots=True)
class AttributeLines:
    """A line a document, for dolma's mixer; ``packing`` None packs as the source's name says."""

    found_only: ClassVar[bool] = True

    packing: Packing | None

    def write(self, chunk: Chunk, results: Sequence[Result], refuse: Refuse) -> Outcome:
        """The lines of a chunk."""
        return Outcome(by_source(results, self._lines, self.packing))

    def _lines(self, result: Result) -> Iterator[bytes]:
        if not result.document.lost:
            yield dumps(dolma.line(result))


def _page(page: Page, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """What is said of a document as a whole."""
    n_found = sum(verdict.found for verdict in verdicts)
    mirror = _mirror(find_signs(page.looked_at))
    return {"n_paragraphs": len(page.paragraphs), "n_flagged": n_found, "mirror": mirror, "truncated": page.truncated}


def _mirror(signs: MirrorSigns) -> dict[str, Any] | None:
    return signs._asdict() | {"gloss_share": round(signs.gloss_share, 4)} if signs.found else None

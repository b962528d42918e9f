"""Documents without their keyword blocks, and lines about what was taken out."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from unstuff.caps import DEFAULT, Caps
from unstuff.crawl.packing import Packing, pack_all, packing_of
from unstuff.crawl.work import Outcome, Refuse
from unstuff.errors import InputError
from unstuff.filter import flagged_share
from unstuff.sources import Chunk, Kept, Result, Source, Written, dumps, removed


@dataclass(frozen=True, slots=True)
class Cleaner:
    """Takes spans out of documents.

    ``packing`` is that of the output, None for the one that each source's own name asks for. ``removed`` and
    ``rejected`` are the packings of the files of what was taken out and of unusable documents, None without one:
    unusable documents then stay in the output. Documents with at least ``drop_share`` of their characters in keyword
    blocks go as a whole. ``caps`` are those that documents are read under.
    """

    found_only: ClassVar[bool] = True  # content stays as it is, whatever was thought of it

    packing: Packing | None
    removed: Packing | None = None
    rejected: Packing | None = None
    drop_share: float | None = None
    caps: Caps = DEFAULT

    def write(self, chunk: Chunk, results: Sequence[Result], refuse: Refuse) -> Outcome:
        """The documents of a chunk after cleaning."""
        kept: list[Kept] = []
        gone: list[bytes] = []
        rejected: list[bytes] = []
        n_dropped = 0
        for i, result in enumerate(results):
            keep = self._cleaned(result, refuse)
            kept.append(self.rejected is None if keep is None else keep)
            if keep is None and self.rejected is not None:
                original = chunk.original(result.document, i)
                rejected.append(original if chunk.separate else _ended(original))
            if keep is False:
                n_dropped += 1
                if self.removed is not None:
                    gone.append(_dropped(chunk.original(result.document, i), result))
            elif self.removed is not None and isinstance(keep, bytes):
                gone.extend(_taken(result, self.caps))
        written = chunk.written([result.document for result in results], kept)
        return Outcome(
            [self._packed(each, separate=chunk.separate) for each in written],
            pack_all(gone, self.removed or ""),
            pack_all(rejected, self.rejected or "", separate=chunk.separate),
            n_dropped,
        )

    def _cleaned(self, result: Result, refuse: Refuse) -> Kept | None:
        """What becomes of a document; None when it cannot be used."""
        document = result.document
        spans = [span for verdict in result.verdicts for span in verdict.spans]
        if document.error:
            return None
        if not document.body or not spans:
            return True
        if self.drop_share is not None and _share(result) >= self.drop_share:
            return False
        try:
            return document.body.without(spans, self.caps)
        except InputError as error:
            refuse(document, str(error))
            return None

    def _packed(self, written: Written, *, separate: bool) -> Written:
        if written.pieces and not isinstance(written.pieces[0], bytes):
            return written
        packing = self.packing if self.packing is not None else _packing_of(written.source)
        return Written(written.source, [pack_all(written.pieces, packing, separate=separate)])


def _ended(original: bytes) -> bytes:
    """With a line break at the end, which the last line of an input may lack: another input's follows."""
    return original + b"\n" if original and not original.endswith(b"\n") else original


def _packing_of(source: Source) -> Packing:
    return packing_of(source.target)


def _share(result: Result) -> float:
    spans = (span for verdict in result.verdicts for span in verdict.spans)
    return 0.0 if result.page is None else flagged_share(result.page.text, spans)


def _taken(result: Result, caps: Caps) -> Iterator[bytes]:
    """Audit lines: put back at their offsets in this order, the texts of plain text give the document again."""
    document, page, verdicts = result
    if page is None or document.body is None:
        return
    spans = [(start, end) for _, start, end in removed(page, verdicts)]
    markup = document.body.markup(spans, caps) if page.is_html else []
    if page.is_html and page.truncated and not markup:
        return  # it could not be taken out, and stayed
    for verdict, start, end in removed(page, verdicts):
        place = {"id": document.id, "paragraph": verdict.paragraph, "start": start, "end": end}
        yield dumps({**place, "text": page.text[start:end], "score": verdict.score, "reasons": verdict.reasons})
    if page.is_html:
        yield dumps({"id": document.id, "markup": markup})


def _dropped(original: bytes, result: Result) -> bytes:
    """The audit line of a document that went as a whole: the document as it came."""
    line: dict[str, Any] = {"id": result.document.id, "dropped": round(_share(result), 4)}
    try:
        line["document"] = original.decode()
    except UnicodeDecodeError:
        line["document_base64"] = base64.b64encode(original).decode()
    return dumps(line)

"""Sources -> chunks -> documents -> results, as a stream that goes on after what cannot be read."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from unstuff.binary import SAMPLE_BYTES
from unstuff.caps import Caps
from unstuff.errors import InputError, UnstuffError
from unstuff.filter import Filter
from unstuff.page import Page
from unstuff.sources import detection, jsonl, parquet, warc
from unstuff.sources.document import (
    CHUNK_BYTES,
    MAX_DOCUMENT_BYTES,
    Chunk,
    Document,
    Placed,
    Position,
    Reading,
    Result,
    Source,
)
from unstuff.sources.files import File, Files
from unstuff.sources.finding import message
from unstuff.sources.opening import Stream, opened, together

_MAX_FILES = 512  # of a chunk
_PATIENCE_S = 0.5  # documents that come slowly are not kept waiting for longer


def placed(sources: Sequence[Source], reading: Reading, start: Position = (0, 0)) -> Iterator[Placed]:
    """The chunks of the sources from a position on, in order.

    Where they are cut depends on the inputs alone, but for pipes.
    """
    few: list[File] = []
    for number, source in enumerate(sources[start[0] :], start[0]):
        done = start[1] if number == start[0] else 0
        before = 0
        for n_chunks, (found, n_stored) in enumerate(islice(_found(source, reading), done, None), done + 1):
            if isinstance(found, File):
                few.append(found)
                continue
            if few:
                yield _together(few, (number, 0))
                few = []
            yield Placed(found, (number, n_chunks), max(n_stored - before, 0))
            before = n_stored
        if len(few) == _MAX_FILES or sum(len(file.content) for file in few) > CHUNK_BYTES:
            yield _together(few, (number + 1, 0))
            few = []
    if few:
        yield _together(few, (len(sources), 0))


def _together(files: list[File], after: Position) -> Placed:
    return Placed(Files(files), after, sum(len(file.content) for file in files))


def _found(source: Source, reading: Reading) -> Iterator[tuple[Chunk | File, int]]:
    """What a source holds, and how much of its stored bytes was taken for that; at last what is wrong with it."""
    try:
        if source.error:
            raise InputError(source.error)
        with opened(source) as stream:
            for found in _split(stream, source, reading):
                yield found, found.n_stored if isinstance(found, parquet.Rows) else stream.n_stored
    except (OSError, EOFError, UnstuffError) as error:
        yield File(source, b"", "auto", message(error)), 0
    except MemoryError:
        raise
    except Exception as error:  # remote file systems have errors of their own, and libraries fail: not of other inputs
        yield File(source, b"", "auto", f"cannot be read on: {type(error).__name__}: {message(error)}"), 0


def _split(stream: Stream, source: Source, reading: Reading) -> Iterator[Chunk | File]:
    buffer = stream.buffer
    head = buffer.peek(SAMPLE_BYTES)
    form = (detection.by_magic(head) or "auto") if reading.form == "auto" else reading.form
    if form == "warc":
        yield from warc.chunks(stream, source)
        return
    if form == "parquet":
        yield from parquet.chunks(stream, source, reading)
        return
    detection.refuse_binary(head, reading)  # before a whole film is read in search of a line break
    if form == "jsonl" or (form == "auto" and detection.names_lines(source.name)):
        detection.refuse_wide_lines(head)
        yield from jsonl.chunks(stream, source, buffer.readline(MAX_DOCUMENT_BYTES + 1))
        return
    begun = first = _line(stream)
    while first.isspace() and len(begun) < SAMPLE_BYTES:
        first = _line(stream)
        begun += first
    is_lines = form == "auto" and detection.starts_lines(first)
    if is_lines and detection.names_document(source.name):  # of a stream without a name the first line decides
        begun += b"".join(_few_lines(stream, begun))
        is_lines = detection.holds_lines(begun)
    if is_lines:
        yield from jsonl.chunks(stream, source, begun)
        return
    rest = buffer.read(max(MAX_DOCUMENT_BYTES + 1 - len(begun), 0))
    if len(begun) + len(rest) > MAX_DOCUMENT_BYTES:
        raise InputError(stream.too_large("is a document"))
    content = begun + rest
    detection.refuse_binary(content, reading)
    form = detection.of_content(content, source.name) if form == "auto" else form
    if form == "jsonl":
        yield jsonl.Lines(source, 1, jsonl.split(content))
    else:
        yield File(source, content, form)


def _few_lines(stream: Stream, begun: bytes) -> Iterator[bytes]:
    """The lines after the first ones that tell the form."""
    n_lines, n_bytes = begun.count(b"\n"), len(begun)
    while n_lines < detection.N_LINES and n_bytes < SAMPLE_BYTES and (line := _line(stream)):
        n_lines, n_bytes = n_lines + 1, n_bytes + len(line)
        yield line


def _line(stream: Stream) -> bytes:
    """The next line of what may be one document."""
    found = together(_until_break(stream.buffer))
    if found is None:
        raise InputError(stream.too_large("is a document"))
    return found


def _until_break(buffer: io.BufferedReader[Any]) -> Iterator[bytes]:
    while piece := buffer.readline(CHUNK_BYTES):
        yield piece
        if piece.endswith(b"\n"):
            return


def read(sources: Iterable[Source], reading: Reading) -> Iterator[Document]:
    """The documents of the sources, in order, as a stream."""
    for found in placed(list(sources), reading):
        yield from found.chunk.documents(reading)


def score(
    scorer: Filter, documents: Iterable[Document], *, reasons: bool = False, found_only: bool = False
) -> Iterator[Result]:
    """Verdicts on documents, in their order; many are scored together, which changes nothing but the time.

    With ``found_only`` results hold the verdicts on keyword blocks alone.
    """
    for batch in _batches(documents):
        yield from score_together(scorer, batch, reasons=reasons, found_only=found_only)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    n_bytes, began = 0, time.monotonic()
    for document in documents:
        batch.append(document)
        n_bytes += len(document.raw)
        if n_bytes > CHUNK_BYTES or len(batch) == _MAX_FILES or time.monotonic() - began > _PATIENCE_S:
            yield batch
            batch, n_bytes, began = [], 0, time.monotonic()
    if batch:
        yield batch


def score_together(
    scorer: Filter, documents: Sequence[Document], *, reasons: bool = False, found_only: bool = False
) -> Iterator[Result]:
    """Verdicts on documents that are read already, in their order; ``found_only``: on their keyword blocks alone."""
    parsed = [_parse(document, scorer.caps) for document in documents]
    pages = (page for _, page in parsed if page is not None)
    judged = scorer.judge_pages(pages, reasons=reasons, found_only=found_only)
    for document, page in parsed:
        yield Result(document, None, ()) if page is None else Result(document, *next(judged))


def _parse(document: Document, caps: Caps) -> tuple[Document, Page | None]:
    if document.body is None:
        return document, None
    try:
        return document, document.body.page(caps)
    except (UnstuffError, ValueError, LookupError, RecursionError) as error:
        return document._replace(body=None, error=f"cannot be parsed: {error}"), None

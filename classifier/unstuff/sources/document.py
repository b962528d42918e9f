"""What inputs become: sources, documents, chunks of documents, and how they are read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

from unstuff.caps import DEFAULT, Caps
from unstuff.filter import Verdict, cuts
from unstuff.html.sites import host
from unstuff.page import Page

Form = Literal["auto", "html", "text", "jsonl", "parquet", "warc"]
Spans = Sequence[tuple[int, int]]
Position = tuple[int, int]
"""Where a run stands: the number of a source, and how many of its chunks are done."""

STDIN = "-"
# About so much input is read, scored and written together.
CHUNK_BYTES = 1 << 20
# What holds one document (a line, a record, a file) is in memory as a whole. The longest books have a tenth of it.
MAX_DOCUMENT_BYTES = 1 << 28


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: their form, the fields (JSON Lines, Parquet), and the encoding ("" to detect it).

    A line or row with both fields is read by its text, or by its HTML when ``html_first`` or its text is blank.
    ``whole`` keeps the columns of Parquet that are not looked at, for writing.
    """

    form: Form = "auto"
    text_key: str = "text"
    html_key: str = "html"
    id_key: str = "id"
    url_key: str = "url"
    encoding: str = ""
    html_first: bool = False
    whole: bool = False

    @property
    def content_keys(self) -> tuple[str, str]:
        """The fields with content, the one that counts first."""
        return (self.html_key, self.text_key) if self.html_first else (self.text_key, self.html_key)

    def content_key(self, record: Mapping[str, Any]) -> str | None:
        """The field that a record is read by: the first that is not blank, else not null; None when there is none."""
        first, other = self.content_keys
        value, beside = record.get(first), record.get(other)
        if value is None:
            return None if beside is None else other
        return other if _is_blank(value) and isinstance(beside, str | bytes) and not _is_blank(beside) else first


def _is_blank(value: object) -> bool:
    return isinstance(value, str | bytes) and (not value or value.isspace())


class Source(NamedTuple):
    """One input: its name as documents carry it, its file (None: stdin, remote), where ``clean`` puts it in a folder.

    ``url`` is the address of a remote one, for fsspec.
    """

    name: str
    path: Path | None
    target: Path
    error: str = ""
    url: str = ""

    @property
    def is_stdin(self) -> bool:
        """Whether it is the standard input."""
        return self.path is None and not self.url

    @property
    def is_stream(self) -> bool:
        """Whether it can be read once alone: stdin, a pipe, a device."""
        if self.error or self.path is None:
            return self.is_stdin
        return os.path.exists(self.path) and not os.path.isfile(self.path)  # noqa: PTH110, PTH113, these never raise


class Body(Protocol):
    """The readable part of a document; ``caps`` are those that its page was read under."""

    def page(self, caps: Caps = DEFAULT) -> Page:
        """Its paragraphs."""

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The document's bytes (of a Parquet row: its field's) without spans of its page; all else as it was."""

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """The markup that goes with the spans, in order; none for text."""


class Document(NamedTuple):
    """One document: a file, stdin, a line of JSON, a record or a row.

    ``body`` is None for what could not be read, and for what is no document: blank lines, records of other kinds.
    """

    id: str | int | float
    source: Source
    raw: bytes  # the bytes it was read from, empty when they could not be had; rows of Parquet have none
    body: Body | None
    error: str = ""
    url: str | None = None
    lost: bool = False  # whether it stands for a whole input that cannot be read, whatever documents that holds

    @property
    def host(self) -> str:
        """Host of its address, or of a name that is an address; "" when it has none."""
        name = str(self.id)
        return host(self.url or (name if "://" in name else ""))


class Result(NamedTuple):
    """A document with its page and verdicts; both empty when it could not be read."""

    document: Document
    page: Page | None
    verdicts: Sequence[Verdict]


class Written(NamedTuple):
    """What is to be written for one source, in the order it was read: pieces of bytes, or Arrow record batches.

    ``codec`` is how Parquet packs the columns of batches.
    """

    source: Source
    pieces: list[Any]
    codec: str = "zstd"


# What becomes of a document: kept as it is, gone, or its body replaced.
Kept = bytes | bool


class Chunk(Protocol):
    """Documents that are read, scored and written together; it can be pickled."""

    separate: ClassVar[bool]
    """Whether each document is packed by itself, as the records of a .warc.gz are."""

    @property
    def source(self) -> Source:
        """The source of its first document."""

    @property
    def n_bytes(self) -> int:
        """Its size, unpacked."""

    def __len__(self) -> int: ...

    def part(self, start: int, end: int) -> Chunk:
        """Some of its documents."""

    def documents(self, reading: Reading) -> list[Document]:
        """Its documents, read."""

    def unread(self, error: str) -> list[Document]:
        """Its documents as ones that cannot be read, none of them looked at."""

    def original(self, document: Document, i: int) -> bytes:
        """Document i as it came."""

    def written(self, documents: Sequence[Document], kept: Sequence[Kept]) -> list[Written]:
        """Its documents after cleaning, source by source: no piece of one that is left empty.

        A source that cannot be read is not there.
        """


class Placed(NamedTuple):
    """A chunk, where the run stands after it, and how many bytes of the stored inputs it stands for."""

    chunk: Chunk
    after: Position
    n_stored: int


class ByteChunk:
    """What chunks of documents that have their bytes share."""

    __slots__ = ()

    def original(self, document: Document, i: int) -> bytes:
        """Its bytes."""
        return document.raw

    def written(self, documents: Sequence[Document], kept: Sequence[Kept]) -> list[Written]:
        """The bytes after cleaning, source by source."""
        found: list[Written] = []
        for document, keep in zip(documents, kept, strict=True):
            if document.error and not document.raw:
                continue
            if not found or found[-1].source != document.source:
                found.append(Written(document.source, []))
            if keep is not False:
                found[-1].pieces.append(document.raw if keep is True else keep)
        return found


def removed(page: Page, verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, int, int]]:
    """What cleaning takes, with the verdict that it rests on; a whole line of text goes with its break."""
    for verdict in verdicts:
        for start, end in verdict.spans if page.is_html else cuts(page.text, verdict.spans):
            yield verdict, start, end

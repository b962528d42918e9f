"""Parquet: rows -> documents with a column of text or HTML; all other columns are kept as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from unstuff.caps import DEFAULT, Caps
from unstuff.errors import InputError
from unstuff.extras import need
from unstuff.filter import cuts
from unstuff.json_line import dumps
from unstuff.page import Page, cut, remove_spans, removed_markup
from unstuff.sources import columns
from unstuff.sources.document import CHUNK_BYTES, Document, Kept, Reading, Source, Spans, Written
from unstuff.sources.opening import Stream, open_remote
from unstuff.sources.text import PlainText

Batch = Any  # pyarrow.RecordBatch
# Decoded at a time: a dictionary's few values may stand for any number of rows, and what they come to is not said.
_MAX_ROWS = 512


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one source; ``first`` is the number of the first one, counted from 1.

    ``codec`` is how the file packs its columns, ``n_stored`` how much of the file was read up to their end.
    """

    separate: ClassVar[bool] = False

    source: Source
    first: int
    batch: Batch
    codec: str
    n_stored: int

    @property
    def n_bytes(self) -> int:
        """Their size in memory."""
        return int(self.batch.nbytes)

    def __len__(self) -> int:
        return int(self.batch.num_rows)

    def part(self, start: int, end: int) -> Rows:
        """Some of the rows."""
        return Rows(self.source, self.first + start, self.batch.slice(start, end - start), self.codec, self.n_stored)

    def documents(self, reading: Reading) -> list[Document]:
        """A document a row."""
        names = self.batch.schema.names
        keys = [key for key in reading.content_keys if key in names]
        contents = {key: columns.values(self.batch.column(key)) for key in keys}
        ids, urls = (
            self.batch.column(key).to_pylist() if key in names else [None] * len(self)
            for key in (reading.id_key, reading.url_key)
        )
        return [
            self._document(i, {key: contents[key][i] for key in keys}, ids[i], urls[i], reading)
            for i in range(len(self))
        ]

    def _document(self, i: int, values: dict[str, Any], own: Any, url: Any, reading: Reading) -> Document:
        identity = own if isinstance(own, str | int) else f"{self.source.name}:{self.first + i}"
        address = url if isinstance(url, str) else None
        key = reading.content_key(values)
        if key is None:
            return Document(identity, self.source, b"", None, f"has no value in {' or '.join(values)}", address)
        value, is_html = values[key], key == reading.html_key
        try:
            body = Cell(key, value if is_html or isinstance(value, str) else PlainText.decode(value), is_html, address)
        except InputError as error:
            return Document(identity, self.source, b"", None, str(error), address)
        return Document(identity, self.source, b"", body, "", address)

    def unread(self, error: str) -> list[Document]:
        """The rows as documents that cannot be read."""
        name, first = self.source.name, self.first
        return [Document(f"{name}:{first + i}", self.source, b"", None, error) for i in range(len(self))]

    def original(self, document: Document, i: int) -> bytes:
        """The row as a line of JSON; binary values in base 64, invalid UTF-8 escaped."""
        row = zip(self.batch.schema.names, self.batch.slice(i, 1).columns, strict=True)
        return dumps({name: columns.plain(columns.values(column)[0]) for name, column in row})

    def written(self, documents: Sequence[Document], kept: Sequence[Kept]) -> list[Written]:
        """The rows after cleaning, as one batch."""
        batch = self.batch
        changed: dict[str, dict[int, bytes]] = {}
        for i, (document, keep) in enumerate(zip(documents, kept, strict=True)):
            if isinstance(keep, bytes) and isinstance(document.body, Cell):
                changed.setdefault(document.body.key, {})[i] = keep
        for key, values in changed.items():
            at = batch.schema.get_field_index(key)
            batch = batch.set_column(at, batch.schema.field(at), columns.replaced(batch.column(at), values))
        if any(keep is False for keep in kept):
            batch = _without_rows(batch, [keep is False for keep in kept])
        return [Written(self.source, [batch], self.codec)]


def chunks(stream: Stream, source: Source, reading: Reading) -> Iterator[Rows]:
    """The rows of a Parquet file, row group by row group, about a chunk of bytes together."""
    pyarrow, parquet = need("parquet"), need("parquet", "pyarrow.parquet")
    with ExitStack() as closing:
        try:
            file = closing.enter_context(
                parquet.ParquetFile(_seekable(stream, source, closing), buffer_size=CHUNK_BYTES, pre_buffer=False)
            )
            yield from _batches(file, source, reading, pyarrow)
        except (pyarrow.ArrowException, OSError) as error:
            raise EOFError(str(error).partition("\n")[0]) from error


def _seekable(stream: Stream, source: Source, closing: ExitStack) -> Any:
    if source.path is not None and source.path.is_file() and not stream.packed:  # a pipe cannot be gone about in
        return str(source.path)
    if source.url and not stream.packed:
        return closing.enter_context(open_remote(source))
    spool = closing.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    while data := stream.some():
        spool.write(data)
        stream.check_passed(spool.tell(), 0)
    spool.seek(0)
    return spool


def _batches(file: Any, source: Source, reading: Reading, pyarrow: Any) -> Iterator[Rows]:
    keys = _checked(file.schema_arrow, reading)
    wanted = None if reading.whole else keys
    number, n_stored = 1, 0.0
    for group in range(file.num_row_groups):
        meta = file.metadata.row_group(group)
        codec = meta.column(0).compression.lower()
        row_bytes = sum(meta.column(i).total_compressed_size for i in range(meta.num_columns)) / max(meta.num_rows, 1)
        n_rows = max(1, CHUNK_BYTES * meta.num_rows // max(meta.total_byte_size, 1))
        batches = file.iter_batches(min(n_rows, _MAX_ROWS), row_groups=[group], columns=wanted, use_threads=False)
        for batch in _together(batches, n_rows, pyarrow):
            n_stored += row_bytes * batch.num_rows
            yield Rows(source, number, batch, codec, int(n_stored))
            number += batch.num_rows
    if number == 1:
        yield Rows(source, 1, pyarrow.RecordBatch.from_pylist([], file.schema_arrow), "snappy", 0)


def _together(batches: Iterator[Batch], n_rows: int, pyarrow: Any) -> Iterator[Batch]:
    """Batches of about so many rows, or of a chunk's bytes where rows are larger than the file says of them."""
    few: list[Batch] = []
    for batch in batches:
        few.append(batch)
        if sum(each.num_rows for each in few) >= n_rows or sum(each.nbytes for each in few) >= CHUNK_BYTES:
            yield _joined(few, pyarrow)
            few = []
    if few:
        yield _joined(few, pyarrow)


def _joined(batches: list[Batch], pyarrow: Any) -> Batch:
    if len(batches) == 1:
        return batches[0]
    return pyarrow.Table.from_batches(batches).combine_chunks().to_batches()[0]


def _without_rows(batch: Batch, is_gone: Sequence[bool]) -> Batch:
    """The other rows."""
    pyarrow = need("parquet")
    try:
        return batch.filter(pyarrow.array([not gone for gone in is_gone]))
    except pyarrow.ArrowNotImplementedError:  # columns of views among them (pyarrow 23)
        return _joined(_other_rows(batch, is_gone), pyarrow)


def _other_rows(batch: Batch, is_gone: Sequence[bool]) -> list[Batch]:
    pieces, at = [batch.slice(0, 0)], 0
    for gone, run in groupby(is_gone):
        n_rows = len(list(run))
        if not gone:
            pieces.append(batch.slice(at, n_rows))
        at += n_rows
    return pieces


def _checked(schema: Any, reading: Reading) -> list[str]:
    """The columns that are looked at. Raises :class:`InputError` for none, several of a name, and other types."""
    present = [key for key in reading.content_keys if key in schema.names]
    if not present:
        advice = f"it has {', '.join(schema.names[:20])}; name its column with --text-key or --html-key"
        raise InputError(f"has no column {reading.text_key!r} or {reading.html_key!r}; {advice}")
    keys = [*present, *(key for key in (reading.id_key, reading.url_key) if key in schema.names)]
    if twice := next((key for key in keys if schema.names.count(key) > 1), None):
        raise InputError(f"has {schema.names.count(twice)} columns {twice!r}, expected one; rename the others")
    for key in present:
        kind = schema.field(key).type
        if not columns.is_text(kind):
            raise InputError(f"column {key!r} is {kind}, expected string or binary; name another with --text-key")
    return keys


@dataclass(frozen=True, slots=True)
class Cell:
    """The field of a row that holds its page: HTML as string or bytes, or text, of binary columns decoded."""

    key: str
    value: str | bytes | PlainText
    is_html: bool
    url: str | None

    def page(self, caps: Caps = DEFAULT) -> Page:
        """The field's paragraphs."""
        if isinstance(self.value, PlainText):
            return self.value.page(caps)
        if self.is_html:
            return Page.from_html(self.value, self.url, caps=caps)
        return Page.from_text(str(self.value), caps)

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The field's bytes without the spans."""
        if isinstance(self.value, PlainText):
            return self.value.without(spans, caps)
        if self.is_html:
            cleaned = remove_spans(self.value, spans, self.url, None, caps)
            return cleaned if isinstance(cleaned, bytes) else cleaned.encode()
        text = str(self.value)
        return cut(text, cuts(text, spans)).encode()

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """The markup that goes with the spans."""
        if isinstance(self.value, PlainText) or not self.is_html:
            return []
        return removed_markup(self.value, spans, self.url, caps=caps)

"""JSON Lines: whole lines -> documents with a field of text or HTML; the rest of a line is never touched."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import orjson

from unstuff.caps import DEFAULT, Caps
from unstuff.errors import InputError
from unstuff.filter import cuts
from unstuff.json_line import escape_surrogates, load
from unstuff.page import Page, cut, remove_spans, removed_markup
from unstuff.sources.document import (
    CHUNK_BYTES,
    MAX_DOCUMENT_BYTES,
    ByteChunk,
    Document,
    Kept,
    Reading,
    Source,
    Spans,
    Written,
)
from unstuff.sources.opening import Stream

_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_SPACE = re.compile(r"[ \t\r\n]*")
_decode_value = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Lines(ByteChunk):
    """Lines of one source with their breaks; ``first`` is the number of the first one, counted from 1.

    With ``error``, it is one line that is not held, and why.
    """

    separate: ClassVar[bool] = False

    source: Source
    first: int
    lines: Sequence[bytes]
    error: str = ""

    @property
    def n_bytes(self) -> int:
        """Their size."""
        return sum(map(len, self.lines))

    def __len__(self) -> int:
        return len(self.lines)

    def part(self, start: int, end: int) -> Lines:
        """Some of the lines."""
        return Lines(self.source, self.first + start, self.lines[start:end], self.error)

    def documents(self, reading: Reading) -> list[Document]:
        """A document a line; blank lines have no body."""
        if self.error:
            return self.unread(self.error)
        name = self.source.name
        return [_read(f"{name}:{n}", self.source, line, reading) for n, line in enumerate(self.lines, self.first)]

    def unread(self, error: str) -> list[Document]:
        """The lines as documents that cannot be read."""
        place = f"{self.source.name}:{{}}".format
        return [Document(place(n), self.source, line, None, error) for n, line in enumerate(self.lines, self.first)]

    def written(self, documents: Sequence[Document], kept: Sequence[Kept]) -> list[Written]:
        """The lines after cleaning; no piece where there are none."""
        return ByteChunk.written(self, documents, kept) or [Written(self.source, [])]


def chunks(stream: Stream, source: Source, first: bytes) -> Iterator[Lines]:
    """The lines of a stream, about a chunk of bytes together; ``first`` was read of it before, one line or more.

    An empty stream is a chunk without lines. What was read of the last line before a stream turns out to be damaged
    comes as a line too.
    """
    number, end = 1, first.rfind(b"\n") + 1
    whole, rest, n_rest = first[:end], [first[end:]], len(first) - end
    try:
        while data := stream.some():
            if whole and max(len(whole), n_rest) > CHUNK_BYTES:
                found = Lines(source, number, split(whole))
                yield found
                whole, number = b"", number + len(found)
            if n_rest > MAX_DOCUMENT_BYTES:
                rest = []
                yield Lines(source, number, [b""], stream.too_large("is a line"))
                data, number, n_rest = _after_line(stream, data, n_rest), number + 1, 0
            end = data.rfind(b"\n") + 1
            if not end:
                rest.append(data)
                n_rest += len(data)
                continue
            found = Lines(source, number, split(b"".join([whole, *rest, data[:end]])))
            whole, rest, n_rest = b"", [data[end:]], len(data) - end
            number += len(found)
            yield found
    except (OSError, EOFError):
        if last := b"".join([whole, *rest]):
            yield Lines(source, number, split(last))
        raise
    if (last := b"".join([whole, *rest])) or number == 1:
        yield Lines(source, number, split(last))


def _after_line(stream: Stream, data: bytes, n_passed: int) -> bytes:
    """What follows a line that is read past; ``data`` is the next of it."""
    taken = stream.n_taken
    while data and b"\n" not in data:
        n_passed += len(data)
        stream.check_passed(n_passed, taken)
        data = stream.some()
    return data[data.find(b"\n") + 1 :]


def split(data: bytes) -> list[bytes]:
    """Lines with their breaks."""
    return io.BytesIO(data).readlines()  # bytes.splitlines also breaks at \r


def _read(name: str, source: Source, raw: bytes, reading: Reading) -> Document:
    try:
        record = orjson.loads(raw)
    except ValueError:
        if not raw.strip():
            return Document(name, source, raw, None)
        try:
            record = load(raw)
        except (ValueError, RecursionError) as error:
            return Document(name, source, raw, None, f"is no JSON: {_where(error)}")
    if not isinstance(record, dict):
        return Document(name, source, raw, None, f"is no JSON object but {type(record).__name__}")
    own, url = record.get(reading.id_key), record.get(reading.url_key)
    # A number that JSON readers would change is no name: the line is named by its place instead.
    identity, address = own if isinstance(own, str | int) else name, url if isinstance(url, str) else None
    key = reading.content_key(record)
    if key is not None:
        value = record[key]
        if isinstance(value, str):
            body = JsonField(raw, key, value, key == reading.html_key, address)
            return Document(identity, source, raw, body, "", address)
        wrong = f"field {key!r} is {type(value).__name__}, expected a string"
        return Document(identity, source, raw, None, wrong, address)
    null = next((key for key in reading.content_keys if key in record), None)
    if null is not None:
        return Document(identity, source, raw, None, f"field {null!r} is null, expected a string", address)
    missing = f"has no field {reading.text_key!r} or {reading.html_key!r}; name its field with --text-key or --html-key"
    return Document(identity, source, raw, None, missing, address)


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    if "int_max_str_digits" in str(error):
        return "a number has too many digits"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


@dataclass(frozen=True, slots=True)
class JsonField:
    """A text or HTML field of a line of JSON; the rest of the line is not touched."""

    line: bytes
    key: str
    value: str
    is_html: bool
    url: str | None

    def page(self, caps: Caps = DEFAULT) -> Page:
        """The field's paragraphs."""
        return Page.from_html(self.value, self.url, caps=caps) if self.is_html else Page.from_text(self.value, caps)

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The line with the spans gone from its field, in the way its characters were written."""
        line = self.line.decode()
        try:
            start, end = _value_span(line, self.key)
        except RecursionError as error:  # what orjson reads is nested a little deeper than json can
            raise InputError("is nested too deeply to be written anew") from error
        token = line[start:end]
        if self.is_html:
            cleaned = remove_spans(self.value, spans, self.url, None, caps)
            token = escape_surrogates(json.dumps(cleaned, ensure_ascii=token.isascii()))
        else:
            at = _places(token)
            token = cut(token, [(at[first], at[last]) for first, last in cuts(self.value, spans)])
        return (line[:start] + token + line[end:]).encode()

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """The markup that goes with the spans."""
        return removed_markup(self.value, spans, self.url, caps=caps) if self.is_html else []


def _value_span(line: str, key: str) -> tuple[int, int]:
    """Where the value of a key of a JSON object is written; of a repeated key the last, as parsers take it."""
    at, span = line.index("{") + 1, (0, 0)
    while line[at := _skip(line, at)] != "}":
        name, at = _decode_value(line, at)
        start = _skip(line, _skip(line, at) + 1)
        at = _decode_value(line, start)[1]
        if name == key:
            span = (start, at)
        at = _skip(line, at)
        at += line[at] == ","
    return span


def _skip(line: str, at: int) -> int:
    found = _SPACE.match(line, at)
    return found.end() if found else at


def _places(token: str) -> Sequence[int]:
    """Where in a JSON string each character of its value is written, and where the last one ends."""
    places: list[int] = []
    at = 1
    for escape in _ESCAPE.finditer(token, 1, len(token) - 1):
        places.extend(range(at, escape.start() + 1))
        at = escape.end()
    places.extend(range(at, len(token)))
    return places

"""WARC and WET: records as bytes; responses with HTML or text, and converted text, are documents."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from unstuff.binary import n_controls
from unstuff.caps import DEFAULT, Caps
from unstuff.errors import InputError
from unstuff.extras import need
from unstuff.html.encoding import of_label
from unstuff.page import Page
from unstuff.sources import detection
from unstuff.sources.document import CHUNK_BYTES, MAX_DOCUMENT_BYTES, ByteChunk, Document, Reading, Source, Spans
from unstuff.sources.opening import Stream, together
from unstuff.sources.records import HEAD_END, LENGTH, Raw, split
from unstuff.sources.text import Html, PlainText
from unstuff.unpacking import GZIP_MAGIC, unpacked

if TYPE_CHECKING:
    from socket import socket

_DIGEST = re.compile(rb"^(WARC-(Block|Payload)-Digest:[ \t]*)([\w-]+):([^\r\n]*)", re.I | re.M)
_CODED = re.compile(rb"^(?:Content-Encoding|Transfer-Encoding):[^\r\n]*\r?\n", re.I | re.M)
_CHUNKED = re.compile(rb"^Transfer-Encoding:[ \t]*chunked[ \t]*\r?\n", re.I | re.M)
_CHUNKED_HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
# Of a body that its head calls text so much tells whether it is; 16 times as much takes half as long as the rest.
_SAMPLE_BYTES = 1 << 10
# WARC 1.0 puts addresses between angle brackets, as wget does; 1.1 without.
_AROUND = " \t<>"
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Records(ByteChunk):
    """Records of one source; ``first`` is the number of the first one, counted from 1."""

    separate: ClassVar[bool] = True

    source: Source
    first: int
    records: Sequence[Raw]

    @property
    def n_bytes(self) -> int:
        """Their size."""
        return sum(len(record.data) for record in self.records)

    def __len__(self) -> int:
        return len(self.records)

    def part(self, start: int, end: int) -> Records:
        """Some of the records."""
        return Records(self.source, self.first + start, self.records[start:end])

    def documents(self, reading: Reading) -> list[Document]:
        """A document a record; records that hold no page have no body."""
        name = self.source.name
        parsed = _parse_together([record.data for record in self.records if record.is_page])
        return [
            _read(f"{name}:{n}", self.source, record, reading, next(parsed) if record.is_page else None)
            for n, record in enumerate(self.records, self.first)
        ]

    def unread(self, error: str) -> list[Document]:
        """The records as documents that cannot be read."""
        name = self.source.name
        return [
            Document(f"{name}:{n}", self.source, record.data, None, error)
            for n, record in enumerate(self.records, self.first)
        ]


def chunks(stream: Stream, source: Source) -> Iterator[Records]:
    """The records of a stream, about a chunk of bytes together."""
    need("warc")  # before anything is read
    found: list[Raw] = []
    number, n_bytes = 1, 0
    try:
        for record in split(stream):
            found.append(record)
            n_bytes += len(record.data)
            if n_bytes >= CHUNK_BYTES:
                yield Records(source, number, found)
                number, n_bytes, found = number + len(found), 0, []
    except (OSError, EOFError, InputError):
        if found:
            yield Records(source, number, found)
        raise
    if found:
        yield Records(source, number, found)


class _Parsed(NamedTuple):
    """What is looked at of a record."""

    id: str
    url: str | None
    kind: str
    is_http: bool
    block: bytes


def _parse_together(records: Sequence[bytes]) -> Iterator[_Parsed | None]:
    """Records parsed in one go, which is ten times as fast as one by one; where that does not work, one by one."""
    try:
        starts = [0, *accumulate(map(len, records))][:-1]
        parsed, found_starts = _parse(b"".join(records))
        if starts == found_starts:
            return iter(parsed)
    except (OSError, ValueError):
        pass
    return map(_parse_alone, records)


def _parse_alone(record: bytes) -> _Parsed | None:
    try:
        return _parse(record)[0][0]
    except (OSError, ValueError, IndexError):
        return None


def _parse(data: bytes) -> tuple[list[_Parsed], list[int]]:
    """Records and where they start."""
    found: list[_Parsed] = []
    starts: list[int] = []
    for record in need("warc", "fastwarc.warc").ArchiveIterator(io.BytesIO(data), parse_http=False):
        get = record.headers.get
        identity, url = (get(name, "").strip(_AROUND) for name in ("WARC-Record-ID", "WARC-Target-URI"))
        block = bytes(record.reader.read())
        found.append(_Parsed(identity, url or None, get("Content-Type", ""), record.is_http, block))
        starts.append(record.stream_pos)
    return found, starts


def _read(name: str, source: Source, record: Raw, reading: Reading, parsed: _Parsed | None) -> Document:
    data = record.data
    if parsed is None:
        error = record.error or ("is a damaged record: it cannot be parsed" if record.is_page else "")
        return Document(name, source, data, None, error)
    name = parsed.id or name
    try:
        inner = _inner(parsed, reading)
    except (OSError, EOFError, ValueError) as error:
        return Document(name, source, data, None, f"cannot be read: {error}", parsed.url)
    return Document(name, source, data, RecordBody(data, inner) if inner else None, "", parsed.url)


def _head_end(data: bytes) -> int:
    end = HEAD_END.search(data)
    return end.end() if end else 0


def _inner(parsed: _Parsed, reading: Reading) -> PlainText | Html | None:
    """The page in a record; None when it holds none."""
    if parsed.is_http:
        kind, charset, coding, payload = _http(parsed.block)
    else:
        kind, _, parameters = parsed.kind.partition(";")
        charset, coding, payload = parameters.partition("charset=")[2], "", parsed.block
    kind = kind.strip().lower()
    if not payload or (kind and kind not in _HTML_TYPES and kind != "text/plain"):
        return None
    payload, encoding = _uncoded(payload, coding), reading.encoding or of_label(charset)
    # Of UTF-16 half of the bytes are NUL.
    if parsed.is_http and not detection.holds_tag(payload) and not (encoding or "").startswith("utf-16"):
        _refuse_packed(payload[:_SAMPLE_BYTES], coding, reading)
    if kind in _HTML_TYPES or (not kind and detection.is_html(payload)):
        return Html(payload, encoding, parsed.url)
    return PlainText.decode(payload, reading.encoding)


def _refuse_packed(sample: bytes, coding: str, reading: Reading) -> None:
    """Raise :class:`InputError` for a body that was not unpacked, or is no text."""
    if coding and n_controls(sample):
        raise InputError(f"its body is packed as {coding!r} and cannot be unpacked; get it anew")
    detection.refuse_binary(sample, reading)


class _Response(NamedTuple):
    """What is looked at of an HTTP response; ``coding`` is that of its body, "" when it was decoded."""

    kind: str
    charset: str
    coding: str
    body: bytes


def _http(block: bytes) -> _Response:
    """An HTTP response, its body decoded as its head says where that works.

    Many crawlers store the decoded body and keep the fields that named its codings: then the body is taken as it is.
    """
    block = _unchunked(block)
    iterator = need("warc", "fastwarc.warc").ArchiveIterator
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    whole = head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"
    is_coded = _CODED.search(block, 0, _head_end(block)) is not None
    for decoding in ("all", "content", "transfer", "none") if is_coded else ("none",):
        record = next(iter(iterator(io.BytesIO(whole), parse_http=False)))
        try:
            record.parse_http(auto_decode=decoding)
            payload = _checked(together(iter(partial(record.reader.read, CHUNK_BYTES), b"")))
        except OSError:
            continue
        if payload or decoding == "none":
            coding = "" if decoding in ("all", "content") else record.http_headers.get("Content-Encoding", "")
            return _Response(record.http_content_type or "", record.http_charset or "", coding, payload)
    raise InputError("its HTTP head cannot be parsed")


class _Received:
    """What :mod:`http.client` reads a response from."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._data)


def _unchunked(block: bytes) -> bytes:
    """The response with its body out of chunks; as it is where they are none, or are cut.

    FastWARC 2.0.1 takes chunks with extensions ("1f4;name=value") for the body itself.
    """
    end = _head_end(block)
    if not _CHUNKED.search(block, 0, end):
        return block
    from http.client import HTTPException, HTTPResponse  # takes longer to load than all that reads WARC

    received = HTTPResponse(cast("socket", _Received(_CHUNKED_HEAD + block[end:])))
    try:
        received.begin()
        body = received.read()
    except (HTTPException, ValueError):
        return block
    return _CHUNKED.sub(b"", block[:end]) + body if body else block


def _uncoded(body: bytes, coding: str) -> bytes:
    """A body out of the packing that its head named otherwise or not at all; as it is when it has none."""
    if "deflate" in coding.lower():
        body = _inflated(body)
    if body.startswith(GZIP_MAGIC):
        body = unpacked(io.BufferedReader(io.BytesIO(body))).read(MAX_DOCUMENT_BYTES + 1)
    return _checked(body)


def _inflated(body: bytes) -> bytes:
    """Raw deflate, which servers call deflate as they do zlib's, unpacked; all else as it is."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        found = unpacker.decompress(body, MAX_DOCUMENT_BYTES + 1)
    except zlib.error:
        return body
    return found if len(found) > MAX_DOCUMENT_BYTES or (unpacker.eof and not unpacker.unused_data) else body


def _checked(body: bytes | None) -> bytes:
    if body is None or len(body) > MAX_DOCUMENT_BYTES:
        advice = "look whether it is a bomb"
        raise InputError(f"its body unpacks to more than {MAX_DOCUMENT_BYTES >> 20} MB; {advice}")
    return body


@dataclass(frozen=True, slots=True)
class RecordBody:
    """The page in a record."""

    data: bytes
    inner: PlainText | Html

    def page(self, caps: Caps = DEFAULT) -> Page:
        """The page's paragraphs."""
        return self.inner.page(caps)

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The record with the page cleaned, and new lengths and digests; a coded HTTP body is written uncoded."""
        end = _head_end(self.data)
        head, block = self.data[:end], self.data[end:]
        length = LENGTH.search(head)
        after = block[int(length[1]) :] if length else b""
        payload = self.inner.without(spans, caps)
        is_http = block[:5] == b"HTTP/"
        answer = _with_length(_CODED.sub(b"", block[: _head_end(block)]), payload) if is_http else b""
        block = answer + payload
        digests = {b"block": block, b"payload": payload}
        head = _DIGEST.sub(lambda found: found[1] + _digest(found, digests[found[2].lower()]), head)
        return _with_length(head, block) + block + after

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """The markup that goes with the spans."""
        return self.inner.markup(spans, caps)


def _with_length(head: bytes, block: bytes) -> bytes:
    return LENGTH.sub(lambda found: found[0].replace(found[1], b"%d" % len(block)), head, count=1)


def _digest(found: re.Match[bytes], data: bytes) -> bytes:
    """A digest by the algorithm and in the alphabet of the one it replaces; of unknown ones, SHA-1 in base 32."""
    name, value = found[3].decode().lower().replace("-", ""), found[4].strip()
    if name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        name, value = "sha1", b""
    digest = hashlib.new(name, data, usedforsecurity=False)
    written = digest.hexdigest().encode() if len(value) == 2 * digest.digest_size else base64.b32encode(digest.digest())
    return name.encode() + b":" + written

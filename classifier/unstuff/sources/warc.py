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
# The fields that are looked at, with the lines they are folded onto.
_FIELD = re.compile(
    rb"^(Content-Type|Content-Encoding|Transfer-Encoding|WARC-Record-ID|WARC-Target-URI)[ \t]*:"
    rb"([^\n]*(?:\n[ \t][^\n]*)*)",
    re.I | re.M,
)
_FOLD = re.compile(rb"\r?\n[ \t]+")
_CODED = re.compile(rb"^(?:Content|Transfer)-Encoding[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*", re.I | re.M)
_CHARSET = re.compile(r"\bcharset\s*=([^;]*)", re.I)
# A head begins with a status ("HTTP/1.1 200 OK", "ICY 200 OK") or a field, a page with neither.
_HTTP_BEGIN = re.compile(rb"\s*+(?=[\w./-]+[ \t]+\d{3}|[!-9;-~]+[ \t]*:)")
_INTERIM = re.compile(rb"HTTP/[\d.]+[ \t]+1\d\d")
_CHUNKED_HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_RECORD_HEAD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
)
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
        return [_read(f"{name}:{n}", self.source, record, reading) for n, record in enumerate(self.records, self.first)]

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


class _Cuts(NamedTuple):
    """Where parts of a record end: its head, the heads of interim answers (100 Continue), the answer's head, its block.

    What is no HTTP has no heads in its block.
    """

    head: int
    interim: int
    answer: int
    block: int


def _read(name: str, source: Source, record: Raw, reading: Reading) -> Document:
    data = record.data
    if not record.is_page:
        return Document(name, source, data, None, record.error)
    fields = _fields(data, 0, record.head_end)
    identity, url = (fields.get(key, "").strip(_AROUND) for key in ("warc-record-id", "warc-target-uri"))
    name, address = identity or name, url or None
    try:
        body = _body(record, fields, address, reading)
    except (OSError, EOFError, ValueError) as error:
        return Document(name, source, data, None, f"cannot be read: {error}", address)
    return Document(name, source, data, body, "", address)


def _fields(data: bytes, start: int, end: int) -> dict[str, str]:
    """The fields of a head that are looked at, by their names in lower case; of repeated ones the first."""
    found: dict[str, str] = {}
    for field in _FIELD.finditer(data, start, end):
        found.setdefault(field[1].decode().lower(), _FOLD.sub(b" ", field[2]).strip().decode("utf-8", "replace"))
    return found


def _media(fields: dict[str, str]) -> tuple[str, str]:
    """The type that fields name, and its charset; each "" where they name none."""
    kind, _, parameters = fields.get("content-type", "").partition(";")
    charset = _CHARSET.search(parameters)
    return kind.strip().lower(), charset[1] if charset else ""


def _body(record: Raw, fields: dict[str, str], url: str | None, reading: Reading) -> RecordBody | None:
    """The page in a record; None when it holds none."""
    data, head_end, block_end, *_ = record
    kind, charset = _media(fields)
    is_http = kind == "application/http"
    start = end = head_end
    if is_http and head_end < block_end:
        start, end = _answer(data, head_end, block_end)
        fields = _fields(data, start, end)
        kind, charset = _media(fields)
    payload = data[end:block_end]
    if not payload or (kind and kind not in _HTML_TYPES and kind != "text/plain"):
        return None
    payload, coding = _decoded(payload, fields) if is_http else (payload, "")
    payload, declared = _uncoded(payload, coding), of_label(charset)
    # Of UTF-16 half of the bytes are NUL.
    if is_http and not detection.holds_tag(payload) and not (reading.encoding or declared or "").startswith("utf-16"):
        _refuse_packed(payload[:_SAMPLE_BYTES], coding, reading)
    inner: PlainText | Html
    if kind in _HTML_TYPES or (not kind and detection.is_html(payload)):
        inner = Html(payload, reading.encoding or declared, url)
    else:
        inner = PlainText.decode(payload, reading.encoding, declared or "")
    return RecordBody(data, _Cuts(head_end, start, end, block_end), inner)


def _answer(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Where in a block the head of an HTTP answer begins, behind those of interim ones, and where it ends."""
    begin = _HTTP_BEGIN.match(data, start, end)
    if not begin:
        raise InputError("it begins with no HTTP head")
    start = begin.end()
    while found := HEAD_END.search(data, start, end):
        if not (_INTERIM.match(data, start, end) and data.startswith(b"HTTP/", found.end(), end)):
            return start, found.end()
        start = found.end()
    raise InputError("its HTTP head has no end")


def _refuse_packed(sample: bytes, coding: str, reading: Reading) -> None:
    """Raise :class:`InputError` for a body that was not unpacked, or is no text."""
    if coding and n_controls(sample):
        raise InputError(f"its body is packed as {coding!r} and cannot be unpacked; get it anew")
    detection.refuse_binary(sample, reading)


def _decoded(body: bytes, fields: dict[str, str]) -> tuple[bytes, str]:
    """The body of an HTTP answer decoded as its head says where that works, and the coding that it still has.

    Many crawlers store the decoded body and keep the fields that named its codings: then the body is taken as it is.
    """
    coding, transfer = fields.get("content-encoding", ""), fields.get("transfer-encoding", "")
    if transfer.lower() == "chunked" and (whole := _unchunked(body)):
        body, transfer = whole, ""
    if not coding and not transfer:
        return body, ""
    named = {"Content-Encoding": coding, "Transfer-Encoding": transfer}
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in named.items() if value), "", ""]
    block = "\r\n".join(lines).encode() + body
    for decoding in ("all", "content", "transfer"):
        if found := _by_fastwarc(block, decoding):
            return found, coding if decoding == "transfer" else ""
    return body, coding


def _by_fastwarc(block: bytes, decoding: str) -> bytes:
    """The decoded body of an HTTP answer; empty when that does not work.

    Its head is one that was made here: FastWARC 2.0.1 takes bare line feeds for no end of it.
    """
    whole = _RECORD_HEAD % len(block) + block + b"\r\n\r\n"
    record = next(iter(need("warc", "fastwarc.warc").ArchiveIterator(io.BytesIO(whole), parse_http=False)))
    try:
        record.parse_http(auto_decode=decoding)
        return _checked(together(iter(partial(record.reader.read, CHUNK_BYTES), b"")))
    except OSError:
        return b""


class _Received:
    """What :mod:`http.client` reads a response from."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self._data)


def _unchunked(body: bytes) -> bytes:
    """A body out of its chunks; empty where they are none, or are cut.

    FastWARC 2.0.1 takes chunks with extensions ("1f4;name=value") for the body itself.
    """
    from http.client import HTTPException, HTTPResponse  # takes longer to load than all that reads WARC

    received = HTTPResponse(cast("socket", _Received(_CHUNKED_HEAD + body)))
    try:
        received.begin()
        return received.read()
    except (HTTPException, ValueError):
        return b""


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
    """The page in a record, and where the record is cut to put another in its place."""

    data: bytes
    cuts: _Cuts
    inner: PlainText | Html

    def page(self, caps: Caps = DEFAULT) -> Page:
        """The page's paragraphs."""
        return self.inner.page(caps)

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The record with the page cleaned, and new lengths and digests; a coded HTTP body is written uncoded."""
        data, cuts = self.data, self.cuts
        payload = self.inner.without(spans, caps)
        answer = _with_length(_CODED.sub(b"", data[cuts.interim : cuts.answer]), payload)
        block = data[cuts.head : cuts.interim] + answer + payload
        digests = {b"block": block, b"payload": payload}
        head = _DIGEST.sub(lambda found: found[1] + _digest(found, digests[found[2].lower()]), data[: cuts.head])
        return _with_length(head, block) + block + data[cuts.block :]

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """The markup that goes with the spans."""
        return self.inner.markup(spans, caps)


def _with_length(head: bytes, block: bytes) -> bytes:
    return LENGTH.sub(lambda found: found[0].replace(found[1], b"%d" % len(block)), head)


def _digest(found: re.Match[bytes], data: bytes) -> bytes:
    """A digest by the algorithm and in the alphabet of the one it replaces; of unknown ones, SHA-1 in base 32."""
    name, value = found[3].decode().lower().replace("-", ""), found[4].strip()
    if name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        name, value = "sha1", b""
    digest = hashlib.new(name, data, usedforsecurity=False)
    written = digest.hexdigest().encode() if len(value) == 2 * digest.digest_size else base64.b32encode(digest.digest())
    return name.encode() + b":" + written

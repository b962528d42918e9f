"""What the command line reads: files, folders, stdin, JSON Lines, gzip -> documents, streamed; and documents -> bytes.

The form of an input is told by its content; a name only settles what the content leaves open. A document that cannot
be read becomes a :class:`Document` with an error in its place, never an exception that ends the stream.
"""

from __future__ import annotations

import codecs
import gzip
import io
import itertools
import json
import os
import re
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol

import orjson
from resiliparse.parse.encoding import detect_encoding, detect_mime

from unstuff.errors import InputError, UnstuffError
from unstuff.filter import Filter, Verdict, cuts
from unstuff.page import Page, remove_spans

Form = Literal["auto", "html", "text", "jsonl"]
Spans = Sequence[tuple[int, int]]

STDIN = "-"
JSONL_SUFFIXES = (".jsonl", ".ndjson")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
SUFFIXES = (*HTML_SUFFIXES, ".txt", *JSONL_SUFFIXES)

# Documents read ahead to be scored together; the last bound keeps slow streams coming.
_BATCH_BYTES = 1 << 20
_BATCH_DOCUMENTS = 512
_BATCH_S = 0.5

_BUFFER_BYTES = 1 << 16
_SAMPLE_BYTES = 1 << 14
# The longer mark first: that of UTF-32 begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What is written under these names is wider than Python's codec of the name.
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc-kr": "cp949"}
# Formats whose first bytes pass for text, or that detect_mime does not know.
_MAGIC = ((b"WARC/1.", "WARC"), (b"PAR1", "Parquet"), (b"\x28\xb5\x2f\xfd", "zstd"))
_TEXT_MIMES = frozenset({"application/octet-stream", "application/xhtml+xml", "application/xml", "application/json"})
_CONTROLS = bytes(sorted({*range(32), 127} - set(b"\t\n\v\f\r\x1b")))

_HTML_START = re.compile(
    r"\s*+(?:<!--(?>.*?-->)\s*+|<\?xml[^>]*+>\s*+)*+<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style"
    r"|base|div|p|h[1-6]|ul|ol|table|section|article|main|nav|header|footer|center|span|a)[\s>])",
    re.I | re.S,
)
# A page may have text before its root: an injected block often stands there.
_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.I)
_HTML_HEAD = re.compile(r"<(?:head|body|title|meta)[\s>]", re.I)
_ANY_TAG = re.compile(r"<[a-z/!]", re.I)

_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_SPACE = re.compile(r"[ \t\r\n]*")
_decode_value = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: their form, the fields of JSON Lines, and the encoding ("" to detect it).

    A line with both fields is read by its text, or by its HTML when ``html_first``.
    """

    form: Form = "auto"
    text_key: str = "text"
    html_key: str = "html"
    id_key: str = "id"
    url_key: str = "url"
    encoding: str = ""
    html_first: bool = False


class Source(NamedTuple):
    """One input: its name as documents carry it, its file (None: stdin), where ``clean`` puts it in a folder."""

    name: str
    path: Path | None
    target: Path
    error: str = ""


class Body(Protocol):
    """The readable part of a document."""

    def page(self) -> Page:
        """Its paragraphs."""

    def without(self, spans: Spans) -> bytes:
        """The document's bytes without spans of its page; all else as it was."""


class Document(NamedTuple):
    """One document: a file, stdin, or a line of JSON. ``body`` is None for what could not be read and blank lines."""

    id: str | int | float
    source: Source
    raw: bytes  # the bytes it was read from, empty when they could not be had
    body: Body | None
    error: str = ""


class Result(NamedTuple):
    """A document with its page and verdicts; both empty when it could not be read."""

    document: Document
    page: Page | None
    verdicts: Sequence[Verdict]


def find(inputs: Iterable[str]) -> list[Source]:
    """The files of the inputs named: folders are walked, in the order of their names; nothing named is stdin."""
    return [source for name in list(inputs) or [STDIN] for source in _find(name)]


def _find(name: str) -> list[Source]:
    if name == STDIN:
        return [Source(STDIN, None, Path("stdin"))]
    path = Path(name)
    if not path.is_dir():
        return [Source(name, path, Path(path.name))]
    unreadable: list[OSError] = []
    found = [
        Source(str(file), file, file.relative_to(path))
        for folder, folders, files in os.walk(path, onerror=unreadable.append)
        for file in _in_order(Path(folder), folders, files)
        if file.name.lower().removesuffix(".gz").endswith(SUFFIXES)
    ]
    found += [Source(str(error.filename), path, Path(path.name), _message(error)) for error in unreadable]
    empty = f"holds no pages; give files, or a folder with {' '.join(SUFFIXES)}, also as .gz"
    return found or [Source(name, path, Path(path.name), empty)]


def _in_order(folder: Path, folders: list[str], files: list[str]) -> list[Path]:
    folders.sort()  # os.walk goes on in this order
    return [folder / file for file in sorted(files)]


def read(sources: Iterable[Source], reading: Reading) -> Iterator[Document]:
    """The documents of the sources, in order, as a stream."""
    for source in sources:
        try:
            if source.error:
                raise InputError(source.error)
            yield from _read(source, reading)
        except (OSError, EOFError, zlib.error, InputError) as error:
            yield Document(source.name, source, b"", None, _message(error))


def _message(error: Exception) -> str:
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return f"is damaged: {error}"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def score(scorer: Filter, documents: Iterable[Document], *, reasons: bool = False) -> Iterator[Result]:
    """Verdicts on documents, in their order; many are scored together, which changes nothing but the time."""
    for batch in _batches(documents):
        parsed = [_parse(document) for document in batch]
        verdicts = iter(scorer.score_pages((page for _, page in parsed if page is not None), reasons=reasons))
        for document, page in parsed:
            yield Result(document, page, () if page is None else next(verdicts))


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    n_bytes, began = 0, time.monotonic()
    for document in documents:
        batch.append(document)
        n_bytes += len(document.raw)
        if n_bytes > _BATCH_BYTES or len(batch) == _BATCH_DOCUMENTS or time.monotonic() - began > _BATCH_S:
            yield batch
            batch, n_bytes, began = [], 0, time.monotonic()
    if batch:
        yield batch


def _parse(document: Document) -> tuple[Document, Page | None]:
    if document.body is None:
        return document, None
    try:
        return document, document.body.page()
    except (UnstuffError, ValueError, LookupError, RecursionError) as error:
        return document._replace(body=None, error=f"cannot be parsed: {error}"), None


def removed(page: Page, verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, int, int]]:
    """What cleaning takes, with the verdict that it rests on; a whole line of text goes with its break."""
    for verdict in verdicts:
        for start, end in verdict.spans if page.is_html else cuts(page.text, verdict.spans):
            yield verdict, start, end


def dumps(value: Any) -> bytes:
    r"""One line of JSON; lone surrogates are written as ``\udXXX`` escapes."""
    try:
        return orjson.dumps(value) + b"\n"
    except TypeError:  # orjson takes no lone surrogates and no integers beyond 64 bits
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=asdict)
        return _escape_surrogates(text).encode() + b"\n"


def _escape_surrogates(text: str) -> str:
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _read(source: Source, reading: Reading) -> Iterator[Document]:
    with ExitStack() as closing:
        stream = _open(source, closing)
        _refuse_binary(stream.peek(), reading)  # before a whole film is read in search of a line break
        first = stream.readline()
        if reading.form == "jsonl" or (reading.form == "auto" and _is_json_line(first)):
            yield from _read_lines(source, itertools.chain([first], stream), reading)
            return
        content = first + stream.read()
    _refuse_binary(content, reading)
    form = _form(content, source) if reading.form == "auto" else reading.form
    if form == "jsonl":
        yield from _read_lines(source, io.BytesIO(content) if content else [b""], reading)
        return
    body = Html(content, reading.encoding or None) if form == "html" else PlainText.decode(content, reading.encoding)
    yield Document(source.name, source, content, body)


def _open(source: Source, closing: ExitStack) -> io.BufferedReader:
    if source.path is None:
        raw: io.RawIOBase = _KeptOpen(sys.stdin.buffer)
    else:
        raw = closing.enter_context(source.path.open("rb", buffering=0))
    stream: io.BufferedReader = io.BufferedReader(raw, _BUFFER_BYTES)
    if stream.peek(2)[:2] == b"\x1f\x8b":
        return io.BufferedReader(closing.enter_context(gzip.GzipFile(fileobj=stream)), _BUFFER_BYTES)
    return stream


class _KeptOpen(io.RawIOBase):
    """Reads a stream, gives what is there without waiting for more, and does not close it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk: bytes = self._read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _read_lines(source: Source, lines: Iterable[bytes], reading: Reading) -> Iterator[Document]:
    for number, raw in enumerate(lines, 1):
        name = f"{source.name}:{number}"
        yield _read_line(name, source, raw, reading) if raw.strip() else Document(name, source, raw, None)


def _read_line(name: str, source: Source, raw: bytes, reading: Reading) -> Document:
    try:
        record = _load(raw)
    except (ValueError, RecursionError) as error:
        return Document(name, source, raw, None, f"is no JSON: {_where(error)}")
    if not isinstance(record, dict):
        return Document(name, source, raw, None, f"is no JSON object but {type(record).__name__}")
    own = record.get(reading.id_key)
    # A number that JSON readers would change is no name: the line is named by its place instead.
    identity = own if isinstance(own, str | int) else name
    keys = [reading.text_key, reading.html_key]
    key = next((key for key in (keys[::-1] if reading.html_first else keys) if record.get(key) is not None), None)
    if key is None:
        missing = f"has no field {keys[0]!r} or {keys[1]!r}; name its field with --text-key or --html-key"
        return Document(identity, source, raw, None, missing)
    value, url = record[key], record.get(reading.url_key)
    if not isinstance(value, str):
        return Document(identity, source, raw, None, f"field {key!r} is {type(value).__name__}, expected a string")
    is_html = key == reading.html_key
    return Document(identity, source, raw, JsonField(raw, key, value, is_html, url if isinstance(url, str) else None))


def _load(line: bytes) -> Any:
    line = line.removeprefix(codecs.BOM_UTF8)
    try:
        return orjson.loads(line)
    except ValueError:  # orjson takes no escapes of lone surrogates and no NaN
        return json.loads(line.decode())


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def _is_json_line(line: bytes) -> bool:
    if not line.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(_load(line), dict)
    except (ValueError, RecursionError):
        return False


def _form(content: bytes, source: Source) -> Form:
    """The form of a whole content whose first line is no JSON object."""
    name = source.name.lower().removesuffix(".gz")
    sample = content[:_SAMPLE_BYTES]
    if name.endswith(JSONL_SUFFIXES) or any(map(_is_json_line, sample.split(b"\n")[:20])):
        return "jsonl"
    codec = _bom(content)[1]
    text = sample.decode(codec or "latin-1", "replace").lstrip("\ufeff")
    if codec not in ("", "utf-8") and _is_json_line(text.partition("\n")[0].encode("utf-8", "replace")):
        raise InputError(
            f"is JSON Lines in {codec}; JSON Lines must be UTF-8: convert it, or read it with --input text"
        )
    root = _HTML_ROOT.search(text)
    if _HTML_START.match(text) or (root and _HTML_HEAD.search(text, root.end())):
        return "html"
    return "html" if name.endswith(HTML_SUFFIXES) and _ANY_TAG.search(text) else "text"


def _refuse_binary(content: bytes, reading: Reading) -> None:
    if reading.encoding or _bom(content)[0]:
        return
    sample = content[:_SAMPLE_BYTES]
    kind = next((name for magic, name in _MAGIC if sample.startswith(magic)), "") or _mime(sample)
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # Texts with a stray NUL pass; of random bytes one in ten is a control.
    if not kind and n_controls > 4 + len(sample) // 50:
        kind = f"{n_controls} control characters in its first {len(sample)} bytes"
    if kind:
        raise InputError(f"looks like a binary file ({kind}); give text, HTML or JSON Lines, or name its --encoding")


def _mime(sample: bytes) -> str:
    kind = str(detect_mime(sample))
    return "" if kind.startswith("text/") or kind in _TEXT_MIMES else kind


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text file: its bytes, the text in them after the byte order mark, and the codec that reads and writes it."""

    content: bytes
    text: str
    mark: bytes
    codec: str

    @classmethod
    def decode(cls, content: bytes, encoding: str = "") -> PlainText:
        """Decode by the mark, the encoding given, UTF-8, or detection; bytes that do not fit become surrogates."""
        mark, codec = _bom(content)
        rest = content[len(mark) :]
        codec = codec or encoding or _detect(rest)
        try:
            return cls(content, rest.decode(codec, "strict" if encoding else _errors(codec)), mark, codec)
        except UnicodeDecodeError as error:
            advice = "; leave --encoding out to have it detected" if encoding else ""
            raise InputError(f"is no {codec} ({error.reason} at byte {error.start + len(mark)}){advice}") from error
        except LookupError as error:
            raise InputError(f"seems to be {codec}, which cannot be read here; convert it to UTF-8") from error

    def page(self) -> Page:
        """Its lines."""
        return Page.from_text(self.text)

    def without(self, spans: Spans) -> bytes:
        """The bytes without the lines that the spans cover; refused where the codec does not give the bytes back."""
        if self.mark + self.text.encode(self.codec, _errors(self.codec)) != self.content:
            raise InputError(f"cannot be written back byte for byte as {self.codec}; name its --encoding")
        return self.mark + _cut(self.text, cuts(self.text, spans)).encode(self.codec, _errors(self.codec))


@dataclass(frozen=True, slots=True)
class Html:
    """An HTML file."""

    content: bytes
    encoding: str | None

    def page(self) -> Page:
        """Its paragraphs, links and hidden text."""
        return Page.from_html(self.content, None, self.encoding)

    def without(self, spans: Spans) -> bytes:
        """The page re-serialised in its encoding, without the spans."""
        return remove_spans(self.content, spans, None, self.encoding)


@dataclass(frozen=True, slots=True)
class JsonField:
    """A text or HTML field of a line of JSON; the rest of the line is not touched."""

    line: bytes
    key: str
    value: str
    is_html: bool
    url: str | None

    def page(self) -> Page:
        """The field's paragraphs."""
        return Page.from_html(self.value, self.url) if self.is_html else Page.from_text(self.value)

    def without(self, spans: Spans) -> bytes:
        """The line with the spans gone from its field, in the way its characters were written."""
        line = self.line.decode()
        start, end = _value_span(line, self.key)
        token = line[start:end]
        if self.is_html:
            cleaned = remove_spans(self.value, spans, self.url, None)
            token = _escape_surrogates(json.dumps(cleaned, ensure_ascii=token.isascii()))
        else:
            at = _places(token)
            token = _cut(token, [(at[first], at[last]) for first, last in cuts(self.value, spans)])
        return (line[:start] + token + line[end:]).encode()


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


def _cut(text: str, gone: Iterable[tuple[int, int]]) -> str:
    kept, done = [], 0
    for start, end in gone:
        kept.append(text[done:start])
        done = end
    return "".join([*kept, text[done:]])


def _bom(content: bytes) -> tuple[bytes, str]:
    return next(((mark, codec) for mark, codec in _BOMS if content.startswith(mark)), (b"", ""))


def _errors(codec: str) -> str:
    # Code units of UTF-16 and UTF-32 cannot be escaped byte by byte.
    return "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _detect(content: bytes) -> str:
    """The codec of bytes without a mark: UTF-8, also where damaged, else what is detected."""
    text = content.decode("utf-8", "surrogateescape")
    n_bad = len(_LONE_SURROGATE.findall(text))
    if not n_bad or n_bad < len(_NOT_ASCII.findall(text)) / 2:
        return "utf-8"
    detected = str(detect_encoding(content, html5_compatible=False) or "utf-8").lower()
    return _WIDER.get(detected, detected)

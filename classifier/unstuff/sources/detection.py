"""Which form an input has, told by its content; a name only settles what the content leaves open."""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_mime

from unstuff.errors import InputError
from unstuff.json_line import load
from unstuff.sources.document import MAX_DOCUMENT_BYTES, Form, Reading
from unstuff.sources.finding import HTML_SUFFIXES, JSONL_SUFFIXES, stem
from unstuff.sources.text import bom

SAMPLE_BYTES = 1 << 14
_N_LINES = 20  # that are looked at for JSON
# What a line of JSON that was cut or damaged still begins with.
_BROKEN_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"[^"\n]{1,200}"\s*:')
# Formats whose first bytes pass for text.
_MAGIC: tuple[tuple[bytes, Form], ...] = ((b"WARC/1.", "warc"), (b"WARC/0.", "warc"), (b"PAR1", "parquet"))
_TEXT_MIMES = frozenset({"application/octet-stream", "application/xhtml+xml", "application/xml", "application/json"})
# Files of these may be printable throughout.
_PRINTABLE = frozenset({"application/pdf", "application/rtf", "application/postscript"})
_CONTROLS = bytes(sorted({*range(32), 127} - set(b"\t\n\v\f\r\x1b")))

# What may stand before the first tag.
_PROLOGUE = re.compile(r"\s*(?:<!--.*?-->|<\?xml[^>]*>)", re.I | re.S)
_HTML_START = re.compile(
    r"\s*<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style"
    r"|base|div|p|h[1-6]|ul|ol|table|section|article|main|nav|header|footer|center|span|a)[\s>])",
    re.I,
)
# A page may have text before its root: an injected block often stands there.
_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.I)
_HTML_HEAD = re.compile(r"<(?:head|body|title|meta)[\s>]", re.I)
_ANY_TAG = re.compile(r"<[a-z/!]", re.I)


def by_magic(head: bytes) -> Form | None:
    """The form that the first bytes of an input name outright."""
    return next((form for magic, form in _MAGIC if head.startswith(magic)), None)


def is_json_line(line: bytes) -> bool:
    """Whether a line is a JSON object."""
    if not line.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(load(line), dict)
    except (ValueError, RecursionError):
        return False


def starts_lines(first: bytes, name: str) -> bool:
    """Whether an input is JSON Lines by its name, or its first line that is not blank begins as an object of JSON does.

    Of a line that is too long only the name says so.
    """
    if stem(name).endswith(JSONL_SUFFIXES):
        return True
    return len(first) <= MAX_DOCUMENT_BYTES and (is_json_line(first) or _BROKEN_OBJECT.match(first) is not None)


def _holds_lines(sample: bytes) -> bool:
    """Whether most of the first lines are objects of JSON.

    One such line among others says nothing: pages hold data for search engines on a line of its own.
    """
    lines = [line for line in sample.removeprefix(codecs.BOM_UTF8).split(b"\n")[:_N_LINES] if line.strip()]
    return 2 * sum(map(is_json_line, lines)) > len(lines)


def of_content(content: bytes, name: str) -> Form:
    """The form of a whole content whose first line is no JSON object."""
    sample = content[:SAMPLE_BYTES]
    if stem(name).endswith(JSONL_SUFFIXES) or _holds_lines(sample):
        return "jsonl"
    codec = bom(content)[1]
    text = sample.decode(codec or "latin-1", "replace").lstrip("\ufeff")
    if codec not in ("", "utf-8") and is_json_line(text.partition("\n")[0].encode("utf-8", "replace")):
        raise InputError(
            f"is JSON Lines in {codec}; JSON Lines must be UTF-8: convert it, or read it with --input text"
        )
    root = _HTML_ROOT.search(text)
    if _starts_as_html(text) or (root and _HTML_HEAD.search(text, root.end())):
        return "html"
    return "html" if stem(name).endswith(HTML_SUFFIXES) and _ANY_TAG.search(text) else "text"


def _starts_as_html(text: str) -> bool:
    """Whether the first tag, behind comments and an XML declaration, is one of HTML."""
    at = 0
    while prologue := _PROLOGUE.match(text, at):
        at = prologue.end()
    return _HTML_START.match(text, at) is not None


def n_controls(sample: bytes) -> int:
    """How many bytes are control characters that text does not hold."""
    return len(sample) - len(sample.translate(None, _CONTROLS))


def refuse_binary(content: bytes, reading: Reading) -> None:
    """Raise :class:`InputError` for what is no text in any encoding."""
    if reading.encoding or bom(content)[0]:
        return
    sample = content[:SAMPLE_BYTES]
    n = n_controls(sample)
    kind = by_magic(sample) or _mime(sample, n)
    # Texts with a stray NUL pass; of random bytes one in ten is a control.
    if not kind and n > 4 + len(sample) // 50:
        kind = f"{n} control characters in its first {len(sample)} bytes"
    if kind:
        known = "text, HTML, JSON Lines, Parquet or WARC"
        raise InputError(f"looks like a binary file ({kind}); give {known}, or name its --encoding")


def _mime(sample: bytes, n: int) -> str:
    kind = str(detect_mime(sample))
    # Texts too begin with BM, FORM, ID3 or RIFF; the heads of pictures and sounds that do hold control characters.
    is_text = kind.startswith("text/") or kind in _TEXT_MIMES or not (n or kind in _PRINTABLE)
    return "" if is_text else kind

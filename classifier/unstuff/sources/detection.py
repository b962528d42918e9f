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
# Formats whose first bytes pass for text.
_MAGIC: tuple[tuple[bytes, Form], ...] = ((b"WARC/1.", "warc"), (b"WARC/0.", "warc"), (b"PAR1", "parquet"))
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
    """Whether an input with this first line is JSON Lines; of a line that is too long only its name says so."""
    return stem(name).endswith(JSONL_SUFFIXES) if len(first) > MAX_DOCUMENT_BYTES else is_json_line(first)


def of_content(content: bytes, name: str) -> Form:
    """The form of a whole content whose first line is no JSON object."""
    name = stem(name)
    sample = content[:SAMPLE_BYTES]
    if name.endswith(JSONL_SUFFIXES) or any(map(is_json_line, sample.split(b"\n")[:20])):
        return "jsonl"
    codec = bom(content)[1]
    text = sample.decode(codec or "latin-1", "replace").lstrip("\ufeff")
    if codec not in ("", "utf-8") and is_json_line(text.partition("\n")[0].encode("utf-8", "replace")):
        raise InputError(
            f"is JSON Lines in {codec}; JSON Lines must be UTF-8: convert it, or read it with --input text"
        )
    root = _HTML_ROOT.search(text)
    if _HTML_START.match(text) or (root and _HTML_HEAD.search(text, root.end())):
        return "html"
    return "html" if name.endswith(HTML_SUFFIXES) and _ANY_TAG.search(text) else "text"


def refuse_binary(content: bytes, reading: Reading) -> None:
    """Raise :class:`InputError` for what is no text in any encoding."""
    if reading.encoding or bom(content)[0]:
        return
    sample = content[:SAMPLE_BYTES]
    kind = by_magic(sample) or _mime(sample)
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # Texts with a stray NUL pass; of random bytes one in ten is a control.
    if not kind and n_controls > 4 + len(sample) // 50:
        kind = f"{n_controls} control characters in its first {len(sample)} bytes"
    if kind:
        known = "text, HTML, JSON Lines, Parquet or WARC"
        raise InputError(f"looks like a binary file ({kind}); give {known}, or name its --encoding")


def _mime(sample: bytes) -> str:
    kind = str(detect_mime(sample))
    return "" if kind.startswith("text/") or kind in _TEXT_MIMES else kind

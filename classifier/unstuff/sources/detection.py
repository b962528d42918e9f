"""Which form an input has, told by its content; a name only settles what the content leaves open."""

from __future__ import annotations

import codecs
import re

from unstuff.binary import HTML_TAG, SAMPLE_BYTES, kind_of
from unstuff.errors import InputError
from unstuff.json_line import load
from unstuff.sources.document import Form, Reading
from unstuff.sources.finding import HTML_SUFFIXES, JSONL_SUFFIXES, stem
from unstuff.sources.text import bom

N_LINES = 20  # that are looked at for JSON
# What a line of JSON that was cut or damaged still begins with.
_BROKEN_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"[^"\n]{1,200}"\s*:')
# How JSON begins that is no object a line: an array of objects or strings, an object printed over several lines.
_JSON = re.compile(r"""\s*+(?:(?:\[\s*+)++"|(?:\[\s*+)*+\{\s*+"[^"\n]{1,200}"\s*+:)""")
_END_BYTES = 100
# Formats whose first bytes pass for text.
_MAGIC: tuple[tuple[bytes, Form], ...] = ((b"WARC/1.", "warc"), (b"WARC/0.", "warc"), (b"PAR1", "parquet"))

# What may stand before the first tag.
_PROLOGUE = re.compile(r"\s*(?:<!--.*?-->|<\?xml[^>]*>)", re.I | re.S)
_SPACE = re.compile(r"\s*")
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


def names_lines(name: str) -> bool:
    """Whether an input is JSON Lines by its name."""
    return stem(name).endswith(JSONL_SUFFIXES)


def starts_lines(first: bytes) -> bool:
    """Whether a line begins as an object of JSON does."""
    return is_json_line(first) or _BROKEN_OBJECT.match(first) is not None


def names_document(name: str) -> bool:
    """Whether an input is text or HTML by its name."""
    return stem(name).endswith((*HTML_SUFFIXES, ".txt"))


def holds_lines(sample: bytes) -> bool:
    """Whether most of the first lines begin as objects of JSON do.

    One such line among others says nothing: pages hold data for search engines on a line of its own.
    """
    lines = [line for line in sample.removeprefix(codecs.BOM_UTF8).split(b"\n")[:N_LINES] if line.strip()]
    return 2 * sum(map(starts_lines, lines)) > len(lines)


def of_content(content: bytes, name: str) -> Form:
    """The form of a whole content. Raises :class:`InputError` for JSON that is not a document a line."""
    sample = content[:SAMPLE_BYTES]
    text = _decoded(sample)
    if is_json_line(text.partition("\n")[0].encode("utf-8", "replace")):
        refuse_wide_lines(sample)
    if _is_json(text, content[-_END_BYTES:], name):
        advice = "make JSON Lines of it (jq -c '.[]' of an array, jq -c . of objects), or read it with --input text"
        raise InputError(f"is JSON, but not a document a line; {advice}")
    if holds_lines(sample):
        return "jsonl"
    named = stem(name).endswith(HTML_SUFFIXES) and _ANY_TAG.search(text)
    return "html" if named or _is_html(text) else "text"


def refuse_wide_lines(head: bytes) -> None:
    """Raise :class:`InputError` for JSON Lines whose mark says that a character has more than one byte throughout."""
    codec = bom(head)[1]
    if codec not in ("", "utf-8"):
        raise InputError(
            f"is JSON Lines in {codec}; JSON Lines must be UTF-8: convert it, or read it with --input text"
        )


def _is_json(text: str, end: bytes, name: str) -> bool:
    """Whether a content begins as JSON does and ends so, or is called so."""
    if not _JSON.match(text):
        return False
    closing = b"]" if text.lstrip().startswith("[") else b"}"
    return stem(name).endswith(".json") or end.rstrip(b" \t\r\n\0").endswith(closing)


def _decoded(sample: bytes) -> str:
    return sample.decode(bom(sample)[1] or "latin-1", "replace").lstrip("\ufeff")


def is_html(content: bytes) -> bool:
    """Whether a content begins as a page does, whatever else it may be."""
    return _is_html(_decoded(content[:SAMPLE_BYTES]))


def holds_tag(content: bytes) -> bool:
    """Whether a tag of HTML stands near the beginning: then no odd character makes it a binary file."""
    return HTML_TAG.search(_decoded(content[:SAMPLE_BYTES])) is not None


def _is_html(text: str) -> bool:
    """Whether the first tag, behind comments and an XML declaration, is one of HTML, or the root and head follow."""
    at = 0
    while prologue := _PROLOGUE.match(text, at):
        at = prologue.end()
    if (space := _SPACE.match(text, at)) and HTML_TAG.match(text, space.end()):
        return True
    root = _HTML_ROOT.search(text)
    return root is not None and _HTML_HEAD.search(text, root.end()) is not None


def refuse_binary(content: bytes, reading: Reading) -> None:
    """Raise :class:`InputError` for what is no text in any encoding."""
    if reading.encoding or bom(content)[0]:
        return
    kind = by_magic(content) or kind_of(content)
    if kind:
        known = "text, HTML, JSON Lines, Parquet or WARC"
        raise InputError(f"looks like a binary file ({kind}); give {known}, or name its --encoding")

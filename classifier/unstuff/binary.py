"""Bytes that are text in no encoding, told by their first kilobytes: packed data, pictures, documents."""

from __future__ import annotations

import re

from resiliparse.parse.encoding import detect_mime

SAMPLE_BYTES = 1 << 14
_TEXT_MIMES = frozenset({"application/octet-stream", "application/xhtml+xml", "application/xml", "application/json"})
# Files of these may be printable throughout.
_PRINTABLE = frozenset({"application/pdf", "application/rtf", "application/postscript"})
_CONTROLS = bytes(sorted({*range(32), 127} - set(b"\t\n\v\f\r\x1b")))
# Of packed data of 1 kB or more nearly all control characters occur, of a page with odd characters a few.
_MAX_KINDS = len(_CONTROLS) // 2

HTML_TAG = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|script|style"
    r"|base|div|p|h[1-6]|ul|ol|table|section|article|main|nav|header|footer|center|span|a)[\s>])",
    re.I,
)


def n_controls(sample: bytes) -> int:
    """How many bytes are control characters that text does not hold."""
    return len(sample) - len(sample.translate(None, _CONTROLS))


def kind_of(content: bytes, *, by_magic: bool = False) -> str:
    """What kind of binary data bytes without a byte-order mark look like; "" when they may be text.

    ``by_magic``: by their first bytes alone, for an encoding whose text may be full of control characters.
    """
    sample = content[:SAMPLE_BYTES]
    n = n_controls(sample)
    kind = _mime(sample, n)
    # Texts with a stray NUL pass; of random bytes one in ten is a control.
    if not (kind or by_magic) and n > 4 + len(sample) // 50:
        kind = f"{n} control characters in its first {len(sample)} bytes"
    return kind


def kind_of_page(content: bytes, *, by_magic: bool = False) -> str:
    """As :func:`kind_of`, of what is said to be HTML: where a tag stands, a few odd characters say nothing."""
    kind = kind_of(content, by_magic=by_magic)
    if not kind:
        return ""
    sample = content[:SAMPLE_BYTES]
    is_page = HTML_TAG.search(sample.decode("latin-1")) and sum(map(sample.__contains__, _CONTROLS)) <= _MAX_KINDS
    return "" if is_page else kind


def _mime(sample: bytes, n: int) -> str:
    kind = str(detect_mime(sample))
    # Texts too begin with BM, FORM, ID3 or RIFF; the heads of pictures and sounds that do hold control characters.
    is_text = kind.startswith("text/") or kind in _TEXT_MIMES or not (n or kind in _PRINTABLE)
    return "" if is_text else kind

"""Bytes -> text by the rules browsers follow: byte-order mark, what the caller says, what the page says, detection."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Mapping
from functools import cache, partial
from typing import Literal, NamedTuple

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from unstuff.binary import kind_of_page
from unstuff.errors import InputError

BYTE_ORDER_MARK = "\ufeff"
# The longer mark first: that of UTF-32, which browsers do not know, begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers look for the declaration in the first 1,024 bytes and then, as the page streams in, further.
_PRESCAN_BYTES = 4096
_PIECE_BYTES = 1 << 16  # of a page that is too long to be decoded whole
_DECLARED = re.compile(
    rb"""<meta\b(?:(?!<meta\b)[^>])*?\bcharset\s*+=\s*+["']?\s*+([\w.:-]+)"""
    rb"""|^\s*+<\?xml\b[^>]*?\bencoding\s*+=\s*+["']([\w.:-]+)""",
    re.I,
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_ISO_2022_JP = "iso2022_jp_ext"  # with half-width katakana, as browsers read it
# Rows of JIS X 0208 that NEC filled (1 to 94): signs such as a circled 1, and kanji of IBM.
_NEC_ROWS = (13, 89, 90, 91, 92)
_ESCAPE, _KANJI, _KATAKANA, _ASCII = b"\x1b", b"\x1b$B", b"\x1b(I", b"\x1b(B"
# Tried in this order when what was detected cannot be: of 193 Chinese pages put in Big5, 82 were taken for GB18030.
_ASIAN = ("big5hkscs", "cp949", "cp932", "euc_jp", "gb18030")
# What browsers decode under these names is wider than Python's codec of the same name.
_WIDER = {
    "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-11": "cp874",
    "iso2022_jp": _ISO_2022_JP,
}  # fmt: skip
_UNKNOWN = "cp1252"  # what browsers take for unknown
_LABELS = {
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp874": "windows-874",
    _ISO_2022_JP: "iso-2022-jp",
    "mac-roman": "macintosh",
}


class Decoded(NamedTuple):
    """Text without its byte-order ``mark``, and the ``codec`` of the bytes it came in (None for text).

    ``rest`` is what was not decoded of a page too long.
    """

    text: str
    mark: str
    codec: str | None
    rest: bytes = b""


def decode(html: bytes | str, encoding: str | None = None, max_chars: int = sys.maxsize) -> Decoded:
    """Decode a page; bytes that do not fit become U+FFFD. Some way beyond ``max_chars`` the rest is left.

    Raises :class:`InputError` when ``encoding`` is the name of no text encoding, and for what is neither bytes nor str;
    without a byte-order mark also for packed and other binary data, with ``encoding`` if its first bytes tell it.
    """
    if not isinstance(encoding, str | None):
        raise InputError(f"an encoding is {type(encoding).__name__}, expected its name")
    if isinstance(html, str):
        html = str.__str__(html)  # of MarkupSafe's class, what is added to it would be escaped
        text = html.removeprefix(BYTE_ORDER_MARK)
        return Decoded(text, html[: len(html) - len(text)], None)
    if not isinstance(html, bytes):
        raise InputError(f"a page is {type(html).__name__}, expected bytes or str")
    given = _codec(encoding) if encoding else None
    if encoding and not given:
        raise InputError(f"unknown encoding {encoding!r}; give a name such as 'utf-8', 'gb18030' or 'big5'")
    for mark, codec in BOMS:
        if html.startswith(mark):
            text, n_bytes = _decode_head(html[len(mark) :], codec, max_chars)
            return Decoded(text, BYTE_ORDER_MARK, codec, html[len(mark) + n_bytes :])
    # Of two or four bytes a character the first may be those of a picture.
    is_wide = given is not None and given.startswith(("utf-16", "utf-32"))
    if not is_wide and (kind := kind_of_page(html, by_magic=given is not None)):
        advice = "unpack it" if given else "unpack it, or give its encoding"
        raise InputError(f"a page looks like binary data ({kind}); {advice}")
    codec = given or sniff(html[:max_chars], whole=len(html) <= max_chars)
    text, n_bytes = _decode_head(html, codec, max_chars)
    return Decoded(text, "", codec, html[n_bytes:])


def _decode_head(html: bytes, codec: str, max_chars: int) -> tuple[str, int]:
    """Text of at least ``max_chars`` characters or of all bytes, and how many bytes it came in."""
    # Every character of these codecs has a byte at least.
    if _windows_table(codec):
        html = html[:max_chars]
    if len(html) <= max_chars:
        return read_as(codec, html), len(html)
    decoder = codecs.getincrementaldecoder(codec)(_errors(codec, "replace"))
    pieces: list[str] = []
    taken = n_chars = 0
    while n_chars < max_chars and taken < len(html):
        piece = html[taken : taken + _PIECE_BYTES]
        taken += len(piece)
        pieces.append(decoder.decode(piece, taken == len(html)))
        n_chars += len(pieces[-1])
    return "".join(pieces), taken - len(decoder.getstate()[0])


def read_as(codec: str, html: bytes) -> str:
    """Bytes in an encoding as browsers read them."""
    table = _windows_table(codec)
    return codecs.charmap_decode(html, "replace", table)[0] if table else html.decode(codec, _errors(codec, "replace"))


def encode(text: str, decoded: Decoded) -> bytes:
    """Text in the encoding that ``decoded`` came in; characters it lacks become character references.

    U+FFFD stands for a NUL or a bad byte where the encoding lacks it. It becomes a NUL, which is read as U+FFFD also
    where references are not (plaintext, xmp).
    """
    codec = decoded.codec or "utf-8"
    # A page of GBK that keeps to it stays readable to those who know nothing wider.
    if codec == "gb18030" and _encodes(decoded.text, "gbk"):
        codec = "gbk"
    if not "\ufffd".encode(codec, "ignore"):
        text = text.replace("\ufffd", "\0")
    text = decoded.mark + text
    if codec == _ISO_2022_JP:
        return _in_iso_2022_jp(text)
    if table := _windows_table(codec):
        return codecs.charmap_encode(text, "xmlcharrefreplace", codecs.charmap_build(table))[0]
    return text.encode(codec, _errors(codec, "xmlcharrefreplace"))


def _in_iso_2022_jp(text: str) -> bytes:
    """Python's codec for all that browsers read is one for more, and cannot say what it is shifted to."""
    escaped = {char: _KANJI + code + _ASCII for code, char in _beyond(_ISO_2022_JP).items()}
    escaped |= {chr(0xFF40 + code): _KATAKANA + bytes([code]) + _ASCII for code in range(0x21, 0x60)}
    pieces = re.split(f"([{''.join(escaped)}])", text)
    written = [escaped.get(piece) or piece.encode("iso2022_jp", "xmlcharrefreplace") for piece in pieces]
    # To browsers an escape right behind another is an error.
    return b"".join(written).replace(_ASCII + _ESCAPE, _ESCAPE)


@cache
def _errors(codec: str, otherwise: Literal["replace", "strict", "xmlcharrefreplace"]) -> str:
    """The handler of errors under which a codec reads and writes what browsers do; ``otherwise`` is that of others."""
    beyond = _beyond(codecs.lookup(codec).name)
    if not beyond:
        return otherwise
    name = f"unstuff.{codec}.{otherwise}"
    if otherwise == "xmlcharrefreplace":
        codecs.register_error(name, partial(_write, {char: code for code, char in beyond.items()}))
    else:
        codecs.register_error(name, partial(_read, beyond, max(map(len, beyond)), otherwise == "strict"))
    return name


def _read(chars: Mapping[bytes, str], n_bytes: int, is_strict: bool, error: UnicodeDecodeError) -> tuple[str, int]:
    start = error.start
    char = chars.get(error.object[start : start + n_bytes])
    if char:
        return char, start + n_bytes
    if is_strict:
        raise error
    return "\ufffd", error.end


def _write(codes: Mapping[str, bytes], error: UnicodeEncodeError) -> tuple[bytes, int]:
    chars = error.object[error.start : error.end]
    return b"".join([codes.get(char) or b"&#%d;" % ord(char) for char in chars]), error.end


def _beyond(codec: str) -> Mapping[bytes, str]:
    """What browsers read beyond Python's codec: https://encoding.spec.whatwg.org/."""
    if codec == "gb18030":
        return {b"\x80": "€"}
    if codec == _ISO_2022_JP:
        return _nec(0x20)
    if codec == "euc_jp":
        return _nec(0xA0)
    return {}


@cache
def _windows_table(codec: str) -> str:
    """The characters of all bytes in a code page of Windows, "" for other codecs; browsers leave none below A0 out."""
    if not codec.startswith(("cp125", "cp874")):
        return ""
    chars = [bytes([code]).decode(codec, "replace") for code in range(256)]
    return "".join([chr(i) if i < 0xA0 and char == "\ufffd" else char for i, char in enumerate(chars)])


def _nec(before: int) -> dict[bytes, str]:
    """Two-byte codes of NEC's rows, each byte counted from ``before``; Shift JIS packs two rows in a lead byte."""
    found: dict[bytes, str] = {}
    for row in _NEC_ROWS:
        lead = (row - 1) // 2 + (0x81 if row <= 62 else 0xC1)
        for cell in range(1, 95):
            trail = 0x9E + cell if row % 2 == 0 else 0x3F + cell + (cell > 63)
            char = bytes((lead, trail)).decode("cp932", "replace")
            if len(char) == 1:
                found[bytes((before + row, before + cell))] = char
    return found


def _encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def label(codec: str) -> str:
    """The name that web pages call a codec by."""
    return _LABELS.get(codec) or re.sub(r"^cp125(?=\d$)", "windows-125", codec).replace("_", "-")


def sniff(html: bytes, *, whole: bool = True) -> str:
    """The codec of bytes without a byte-order mark and without a word from the caller.

    Without ``whole`` they are the beginning of a page, and may end within a character.
    """
    declared = _declared(html[:_PRESCAN_BYTES])
    if declared and (html.isascii() or _fits(html, declared, whole=whole)):
        return declared
    if html.isascii() and _KANJI in html and _fits(html, _ISO_2022_JP, _errors(_ISO_2022_JP, "strict"), whole=whole):
        return _ISO_2022_JP
    # A page saved or transcoded as UTF-8 often keeps its old declaration; other text hardly ever is valid UTF-8.
    if declared != "utf-8" and _fits(html, "utf-8", whole=whole):
        return "utf-8"
    return declared or _detect(html)


def _detect(html: bytes) -> str:
    """The codec that bytes which are not UTF-8 are most likely in."""
    text = html.decode("utf-8", "replace")
    # Valid UTF-8 but for a few broken characters: any other encoding would break most of them.
    if text.count("\ufffd") * 10 < len(text) - len(html.decode("ascii", "ignore")):
        return "utf-8"
    detected = _codec(detect_encoding(html, html5_compatible=False) or "utf-8") or "utf-8"
    # A page of DOS, say, can be neither declared nor read again by the names that browsers know.
    detected = detected if of_label(label(detected)) else _UNKNOWN
    likely = (codec for codec in (detected, *_ASIAN) if codec != "utf-8" and _plausible(html, codec))
    return next(likely, detected)


def _plausible(html: bytes, codec: str) -> bool:
    """Whether the bytes fit without private-use characters, which the wrong one of two Chinese encodings gives."""
    errors = _errors(codec, "strict")
    return _fits(html, codec, errors) and not _PRIVATE_USE.search(html.decode(codec, errors))


def _declared(head: bytes) -> str | None:
    """The codec that a meta element or an XML declaration names."""
    found = _DECLARED.search(_without_comments(head))
    if not found:
        return None
    codec = of_label((found[1] or found[2]).decode("ascii", "replace"))
    # Had it been UTF-16, the declaration could not have been read.
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _without_comments(head: bytes) -> bytes:
    """A comment without an end is none."""
    pieces, at = [], 0
    while (start := head.find(b"<!--", at)) >= 0 and (end := head.find(b"-->", start + 4)) >= 0:
        pieces.append(head[at:start])
        at = end + 3
    return b"".join([*pieces, head[at:]])


def of_label(name: str) -> str | None:
    """Python's codec for an encoding label of the web; None for a name that browsers do not know.

    What a page or a server says is asked here alone: a name of Python's own, such as cp037 or unicode_escape, would
    show it to nobody but us.
    """
    try:
        known = map_encoding_to_html5(name.strip().strip("\"'"), fallback_utf8=False)
    except UnicodeError:
        return None
    return _WIDER.get(known.lower(), known.lower()) if known else None


def _codec(name: str) -> str | None:
    """The codec of a label of the web, or of a text encoding of Python's own; None when there is none."""
    known = of_label(name)
    if known:
        return known
    try:
        found = codecs.lookup(name).name
        # Of idna, punycode and undefined no text can be made whose bytes may be anything.
        b"\xff-\xff".decode(found, "replace")
    except (LookupError, ValueError):
        return None
    return _WIDER.get(found, found)


def _fits(html: bytes, codec: str, errors: str = "strict", *, whole: bool = True) -> bool:
    try:
        if whole:
            html.decode(codec, errors)
        else:
            codecs.getincrementaldecoder(codec)(errors).decode(html)
    except UnicodeError:
        return False
    return True

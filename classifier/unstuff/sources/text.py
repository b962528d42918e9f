"""Files of plain text and HTML: bytes <-> text, byte for byte."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

from unstuff.caps import DEFAULT, Caps
from unstuff.errors import InputError
from unstuff.filter import cuts
from unstuff.html.encoding import BOMS
from unstuff.page import Page, cut, remove_spans, removed_markup
from unstuff.sources.document import Spans

_BOM_STARTS = frozenset(mark[:1] for mark, _ in BOMS)
# What is written under these names is wider than Python's codec of the name.
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc-kr": "cp949"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text file: its bytes, the text in them after the byte order mark, and the codec that reads and writes it."""

    content: bytes
    text: str
    mark: bytes
    codec: str

    @classmethod
    def decode(cls, content: bytes, encoding: str = "", declared: str = "") -> PlainText:
        """Decode by the mark, the encoding given, UTF-8, or detection; bytes that do not fit become surrogates.

        ``declared`` is the codec that a server names, which is taken where the bytes fit it and are not UTF-8: much
        that is UTF-8 is sent as Latin-1, and other text hardly ever is valid UTF-8 unless it is all ASCII (UTF-16,
        ISO-2022-JP).
        """
        mark, codec = bom(content)
        if not codec and not encoding:
            likely = (declared, "utf-8") if content.isascii() else ("utf-8", declared)
            for name in filter(None, likely):
                with suppress(UnicodeDecodeError, LookupError):
                    return cls(content, content.decode(name), b"", name)
        rest = content[len(mark) :]
        codec = codec or encoding or _detect(rest)
        try:
            return cls(content, rest.decode(codec, "strict" if encoding else _errors(codec)), mark, codec)
        except UnicodeDecodeError as error:
            advice = "; leave --encoding out to have it detected" if encoding else ""
            raise InputError(f"is no {codec} ({error.reason} at byte {error.start + len(mark)}){advice}") from error
        except LookupError as error:
            raise InputError(f"seems to be {codec}, which cannot be read here; convert it to UTF-8") from error

    def page(self, caps: Caps = DEFAULT) -> Page:
        """Its lines."""
        return Page.from_text(self.text, caps)

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The bytes without the lines that the spans cover; refused where the codec does not give the bytes back."""
        if self.mark + self.text.encode(self.codec, _errors(self.codec)) != self.content:
            raise InputError(f"cannot be written back byte for byte as {self.codec}; name its --encoding")
        return self.mark + cut(self.text, cuts(self.text, spans)).encode(self.codec, _errors(self.codec))

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """None: there is none."""
        return []


@dataclass(frozen=True, slots=True)
class Html:
    """An HTML file."""

    content: bytes
    encoding: str | None
    url: str | None = None

    def page(self, caps: Caps = DEFAULT) -> Page:
        """Its paragraphs, links and hidden text."""
        return Page.from_html(self.content, self.url, self.encoding, caps)

    def without(self, spans: Spans, caps: Caps = DEFAULT) -> bytes:
        """The page re-serialised in its encoding, without the spans."""
        return remove_spans(self.content, spans, self.url, self.encoding, caps)

    def markup(self, spans: Spans, caps: Caps = DEFAULT) -> list[str]:
        """The markup that goes with the spans."""
        return removed_markup(self.content, spans, self.url, self.encoding, caps)


def bom(content: bytes) -> tuple[bytes, str]:
    """The byte order mark that bytes begin with, and its codec; both empty when there is none."""
    if content[:1] not in _BOM_STARTS:
        return b"", ""
    return next(((mark, codec) for mark, codec in BOMS if content.startswith(mark)), (b"", ""))


def _errors(codec: str) -> str:
    # Code units of UTF-16 and UTF-32 cannot be escaped byte by byte.
    return "surrogatepass" if codec.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _detect(content: bytes) -> str:
    """The codec of bytes without a mark that are no UTF-8: UTF-8, only damaged, or what is detected."""
    text = content.decode("utf-8", "surrogateescape")
    if len(_LONE_SURROGATE.findall(text)) < len(_NOT_ASCII.findall(text)) / 2:
        return "utf-8"
    detected = str(detect_encoding(content, html5_compatible=False) or "utf-8").lower()
    return _WIDER.get(detected, detected)

"""Text or HTML -> ``Page``: paragraphs with offsets, and what markup says of each.

Owns what a paragraph is. It never judges one. HTML is read by :mod:`unstuff.html`, loaded at the first HTML page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import repeat
from typing import Literal, NamedTuple, overload

from unstuff.caps import DEFAULT, Caps
from unstuff.errors import InputError

Kind = Literal["text", "title", "meta", "body"]

# The one list of paragraph breaks. str.splitlines also breaks at \v, \f and \x1c-\x1e, which stand inside lines.
LINE_BREAKS = "\n\r\x85\u2028\u2029"
LINE_BREAK = re.compile(f"\r\n|[{LINE_BREAKS}]")


class Link(NamedTuple):
    """The text of one link; offsets into ``Page.text``."""

    start: int
    end: int
    target: str
    """Registrable domain of an absolute http(s) address, "" for the page's own site and for none."""
    outbound: bool


class Paragraph(NamedTuple):
    """One line of text, or one block of a page: the unit that gets a verdict."""

    text: str
    start: int
    end: int
    """Half-open code-point offsets: ``text == page.text[start:end]``."""
    kind: Kind = "text"
    hidden: str = ""
    """Evidence that people do not see it, such as "display:none"; "" when visible."""
    links: tuple[Link, ...] = ()
    """Links in the paragraph, ascending, with offsets into ``Page.text``."""
    tag_path: str = ""
    """The elements it stands in, such as "html/body/div/p"; at most the innermost 64."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document as paragraphs. ``text`` is what offsets refer to.

    ``cut_by`` names the caps that it went beyond: what follows was not looked at, and is no paragraph.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    is_html: bool
    url: str | None = None
    cut_by: tuple[str, ...] = ()

    @property
    def truncated(self) -> bool:
        """Whether some of the document was not looked at, for its cost."""
        return bool(self.cut_by)

    @property
    def looked_at(self) -> str:
        """The text as far as it was looked at."""
        return self.text[: self.paragraphs[-1].end if self.paragraphs else 0] if self.cut_by else self.text

    @classmethod
    def from_text(cls, text: str, caps: Caps = DEFAULT) -> Page:
        r"""Read plain text: a paragraph is a line with a non-whitespace character.

        Lines end at ``\n``, ``\r\n``, ``\r``, U+0085, U+2028 and U+2029. ``text`` is kept as it is. A line that
        goes beyond the cap of code points is a paragraph up to there. Raises :class:`InputError` for what is no str.
        """
        if not isinstance(text, str):
            advice = "; decode it, or read it as HTML" if isinstance(text, bytes) else ""
            raise InputError(f"a text is {type(text).__name__}, expected str{advice}")
        rows: list[tuple[object, ...]] = []
        start, most = 0, caps.document_paragraphs
        cut_by = ("document_chars",) if len(text) > caps.document_chars else ()
        # Each break is one code point, so that offsets stay; str.split is five times as quick as a pattern.
        lines = text[: caps.document_chars]
        for line_break in LINE_BREAKS[1:]:
            lines = lines.replace(line_break, "\n")
        for line in lines.split("\n"):
            found = line.strip()
            if found:
                if len(rows) == most:
                    cut_by = (*cut_by, "document_paragraphs")
                    break
                at = start if len(found) == len(line) else start + line.index(found[0])
                rows.append((found, at, at + len(found), "text", "", (), ""))
            start += len(line) + 1
        # A third of the time that calling the class takes.
        paragraphs = tuple(map(tuple.__new__, repeat(Paragraph), rows))
        return cls(text, paragraphs, is_html=False, cut_by=cut_by)

    @classmethod
    def from_html(
        cls, html: bytes | str, url: str | None = None, encoding: str | None = None, caps: Caps = DEFAULT
    ) -> Page:
        r"""Read an HTML page; ``text`` becomes its paragraphs joined by ``\n``, titles and meta texts first.

        White space is folded as browsers do; links to different addresses that touch have a space between them.

        ``url`` is the page's address: it tells links to other sites from its own. ``encoding`` (of bytes) comes
        before what the page declares, after a byte-order mark. Raises :class:`InputError` for an unknown encoding, for
        a page that is neither bytes nor str, for bytes that are packed or otherwise no text (as UTF-16 without a mark
        seems to be, unless it is given), and for an address that is no str.
        """
        if not isinstance(url, str | None):
            raise InputError(f"a page's address is {type(url).__name__}, expected str")
        from unstuff.html import read

        return read(html, url, encoding, caps)


def n_black(text: str) -> int:
    """How many characters of a text are no white space."""
    return sum(map(len, text.split()))


def cut(text: str, gone: Iterable[tuple[int, int]]) -> str:
    """The text without some of it; spans ascend."""
    kept, done = [], 0
    for start, end in gone:
        kept.append(text[done:start])
        done = end
    return "".join([*kept, text[done:]])


@overload
def remove_spans(
    html: str,
    spans: Iterable[tuple[int, int]],
    url: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> str: ...
@overload
def remove_spans(
    html: bytes,
    spans: Iterable[tuple[int, int]],
    url: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> bytes: ...
@overload
def remove_spans(
    html: bytes | str,
    spans: Iterable[tuple[int, int]],
    url: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> bytes | str: ...
def remove_spans(
    html: bytes | str,
    spans: Iterable[tuple[int, int]],
    url: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> bytes | str:
    """The page re-serialised without some of its text; bytes give bytes in the same encoding.

    ``spans`` are half-open offsets into ``Page.from_html(html, url, encoding, caps).text``. Elements and attributes
    that held only removed text go too, table cells only with their row, links and list items also with images in them.
    Read again, the result has exactly the other paragraphs' texts, in order. Markup that was not read for its cost
    follows as it was; where parsing stopped inside of a tag, a comment or a script, the whole page comes back so too.
    """
    from unstuff.html import remove

    return remove(html, spans, url, encoding, caps)


def removed_markup(
    html: bytes | str,
    spans: Iterable[tuple[int, int]],
    url: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> list[str]:
    """The markup that :func:`remove_spans` takes out, in order: elements, or text and tags that lost a part."""
    from unstuff.html import removed_markup

    return removed_markup(html, spans, url, encoding, caps)

"""The text pieces of a block, and the marks between them -> paragraphs.

Nearly every block is text alone or text with links, and is put together in one go; ``_Run`` does all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from unstuff.page import LINE_BREAK, Kind

FoundLink = tuple[int, int, str]
# A paragraph without its place in the page: text, kind, evidence that it is hidden, links as (start, end, address)
# within the text, tag path. A plain tuple is made in a fifth of the time of a named one.
Found = tuple[str, Kind, str, tuple[FoundLink, ...], str]

# Only what changes: a space alone stays.
_COLLAPSED = re.compile(r"[\t\n\f\r][ \t\n\f\r]*| [ \t\n\f\r]+")
_HARD_BREAK = re.compile("[\x85\u2028\u2029]")


class Turn(NamedTuple):
    """Evidence that text is hidden before a mark and from there on, "" for visible."""

    before: str
    hidden: str


# What begins before the piece of this number: a link of this address ("" ends one), hidden or visible text, or an
# attribute's paragraph.
Mark = tuple[int, str | Turn | Found]


class Block(NamedTuple):
    """What the paragraphs of a block share: the evidence where it begins, its path, and whether its lines count."""

    hidden: str
    path: str
    pre: bool


def plain(text: str) -> str | None:
    """The one paragraph of a text without marks, "" for none; None when it has lines."""
    text = text.strip()
    # All white space but the space is unprintable.
    if text.isprintable() and "  " not in text:
        return text
    return None if _has_lines(text) else _collapsed(text)


def linked(raw: str, pieces: Sequence[str], marks: Sequence[Mark]) -> tuple[str, tuple[FoundLink, ...]] | None:
    """The one paragraph of pieces, ``raw`` together, that have links alone for marks; None when it has lines."""
    if len(marks) > 2:
        return _many_links(pieces, marks)
    # The commonest block with marks by far: one link and white space about it.
    start, href = marks[0]
    end, after = marks[1] if len(marks) == 2 else (len(pieces), "")
    text = raw.strip()
    inside = pieces[start] if end == start + 1 else "".join(pieces[start:end])
    if after or not href or len(inside.strip()) < len(text):
        return _many_links(pieces, marks)
    found = plain(text)
    return None if found is None else (found, ((0, len(found), href),))  # type: ignore[return-value]  # an address


def _many_links(pieces: Sequence[str], marks: Iterable[Mark]) -> tuple[str, tuple[FoundLink, ...]] | None:
    parts: list[str] = []
    links: list[FoundLink] = []
    href, at, n_chars, link_from = "", 0, 0, 0
    for number, mark in (*marks, (len(pieces), "")):
        if number > at:
            part = _collapsed(pieces[at] if number == at + 1 else "".join(pieces[at:number]))
            at = number
            if not part.isascii() and _has_lines(part):
                return None
            if not parts:
                part = part.lstrip()
            elif parts[-1][-1] == " ":
                part = part.removeprefix(" ")
            if part:
                if href and links and _is_glued(links[-1], href, n_chars, parts[-1], part):
                    parts.append(" ")
                    n_chars = link_from = n_chars + 1
                parts.append(part)
                n_chars += len(part)
        if href and n_chars > link_from:
            links.append((link_from, n_chars, href))
        href, link_from = mark, n_chars  # type: ignore[assignment]  # an address
    text = "".join(parts).rstrip()
    return text, _trimmed(text, links)


def _is_glued(before: FoundLink, href: str, n_chars: int, text_before: str, text: str) -> bool:
    """Whether text of a link begins where a link to another address ended: style sheets part the two on the screen."""
    return before[1] == n_chars and before[2] != href and text_before[-1] != " " and text[0] != " "


def marked(pieces: Sequence[str], marks: Sequence[Mark], block: Block) -> Iterator[Found]:
    """The paragraphs of pieces with marks of any kind; those of attributes come last.

    So a sentence is not cut by the title of a link in it.
    """
    run = _Run(block)
    at = 0
    for number, mark in marks:
        yield from run.add("".join(pieces[at:number]))
        at = number
        run.turn(mark)
    yield from run.add("".join(pieces[at:]))
    yield from run.finish()
    yield from (mark for _, mark in marks if isinstance(mark, tuple) and not isinstance(mark, Turn))


class _Run:
    """The paragraph being put together from pieces between marks."""

    def __init__(self, block: Block) -> None:
        self._hidden = self._hidden_next = block.hidden
        self._block = block
        self._href = ""
        self._parts: list[str] = []
        self._n_chars = 0
        self._link_from = 0
        self._links: list[FoundLink] = []

    def turn(self, mark: str | Turn | Found) -> None:
        """A link begins or ends here, or the text is hidden from here on."""
        if isinstance(mark, str):
            self._end_link()
            self._href, self._link_from = mark, self._n_chars
        elif isinstance(mark, Turn):
            self._hidden_next = mark.hidden

    def add(self, text: str) -> Iterator[Found]:
        """Append text, cut where lines end; the paragraphs that end in it."""
        if not text:
            return
        for i, line in enumerate(_lines(text, self._block.pre)):
            if i:
                yield from self.finish()
            yield from self._add_line(line)

    def _add_line(self, text: str) -> Iterator[Found]:
        """Append; what is hidden stands apart from what is seen, and white space between them counts for neither."""
        if self._hidden_next != self._hidden:
            if not text or text.isspace():
                return
            yield from self.finish()
        if not self._parts:
            text = text.lstrip()
        elif not self._block.pre and self._parts[-1][-1] == " ":
            text = text.removeprefix(" ")
        if text:
            may_touch = self._href and self._links and not self._block.pre
            if may_touch and _is_glued(self._links[-1], self._href, self._n_chars, self._parts[-1], text):
                self._parts.append(" ")
                self._n_chars = self._link_from = self._n_chars + 1
            self._parts.append(text)
            self._n_chars += len(text)

    def finish(self) -> Iterator[Found]:
        """The paragraph ends; an open link goes on in the next."""
        self._end_link()
        text = "".join(self._parts).rstrip()
        if text:
            yield text, "body", self._hidden, _trimmed(text, self._links), self._block.path
        self._hidden = self._hidden_next
        self._parts, self._links, self._n_chars, self._link_from = [], [], 0, 0

    def _end_link(self) -> None:
        if self._href and self._n_chars > self._link_from:
            self._links.append((self._link_from, self._n_chars, self._href))


def _lines(raw: str, pre: bool) -> Iterable[str]:
    """Text as a browser shows it: white space collapsed, or line breaks kept; cut where a line ends."""
    if pre:
        return _split(LINE_BREAK, raw)
    raw = _collapsed(raw)
    return _split(_HARD_BREAK, raw) if _has_lines(raw) else [raw]


def _collapsed(raw: str) -> str:
    # Five searches for a character cost a fifth of one for a pattern, and mostly nothing is found.
    if "\n" in raw or "  " in raw or "\t" in raw or "\r" in raw or "\f" in raw:
        return _COLLAPSED.sub(" ", raw)
    return raw


def _has_lines(text: str) -> bool:
    return "\x85" in text or "\u2028" in text or "\u2029" in text


def _split(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """As ``pattern.split``, one line at a time: millions of them need not be in memory."""
    start = 0
    for found in pattern.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def _trimmed(text: str, links: Iterable[FoundLink]) -> tuple[FoundLink, ...]:
    """Links without the white space at their ends; none that is nothing else."""
    found: list[FoundLink] = []
    for start, end, href in links:
        inside = text[start:end]
        stripped = inside.strip()
        if stripped:
            start += inside.index(stripped[0]) if len(stripped) < len(inside) else 0
            found.append((start, start + len(stripped), href))
    return tuple(found)

"""Parser events -> paragraphs: the one builder that reading and cleaning share.

Text pieces of a block lie in ``pieces``, to which the parser appends without a Python frame. Where something begins
or ends among them (a link, hidden text, a long attribute) a NUL stands, which no parser event holds, and ``marks``
says what it is. Most blocks have no mark, and become a paragraph by one join.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from unstuff.html import parsing
from unstuff.html.visibility import Look, Rules
from unstuff.page import LINE_BREAK, Kind

# Elements that begin and end a paragraph: what browsers lay out as blocks, table cells, list items and boxes of
# their own, and those whose content they show instead of, or apart from, the text around.
_BREAK_NAMES = (
    "address article aside blockquote body br button caption center col colgroup dd desc details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe input"
    " isindex legend li listing main marquee menu nav noembed noframes noscript object ol optgroup option p plaintext"
    " pre search section select summary table tbody td template text textarea tfoot th thead title tr ul video audio"
    " xmp"
)
BREAKS = frozenset(_BREAK_NAMES.split())
# Text that the parser hands over unparsed, although browsers without frames or scripts show it as markup.
FALLBACKS = frozenset(("iframe", "noframes", "noembed"))
LONG_ATTRIBUTES = ("alt", "title", "value")
LONG_ATTRIBUTE_CHARS = 40
_WITH_VALUE = frozenset(("input", "option", "button"))
_PRE = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
# Void elements that the parser does not know: to it, all that follows stands in them.
_CHILDLESS = frozenset(("source", "track", "wbr", "keygen", "bgsound"))
# Attributes that make an element worth a look; classes and ids are asked of the rules.
_WATCHED = frozenset(("style", "hidden", "color", "bgcolor", *LONG_ATTRIBUTES))
# Paths are cut so that text at each of 200,000 nested elements costs no quadratic memory.
MAX_PATH = 64

# Only what changes: a space alone stays.
_COLLAPSED = re.compile(r"[\t\n\f\r][ \t\n\f\r]*| [ \t\n\f\r]+")
_HARD_BREAK = re.compile("[\x85\u2028\u2029]")
_MARK = "\0"


class Found(NamedTuple):
    """A paragraph without its place in the page; links as (start, end, address) within ``text``."""

    text: str
    kind: Kind
    hidden: str
    links: tuple[tuple[int, int, str], ...]
    tag_path: str


class _Turn(NamedTuple):
    """From this mark on, text is hidden by this evidence, "" for visible."""

    hidden: str


# What begins at a NUL: a link of this address ("" ends one), hidden or visible text, an attribute's paragraph.
_Mark = str | _Turn | Found


class Builder:
    """A parser target that builds paragraphs.

    Look into ``titles``, ``keywords``, ``descriptions`` and ``body`` after ``close``; ``base`` and ``canonical`` are
    the addresses that the page gives itself. Of the body at most ``max_body`` paragraphs are kept, and one more that
    tells of others.
    """

    def __init__(self, rules: Rules, meter: parsing.Meter, max_body: int = sys.maxsize) -> None:
        self.rules = rules
        self.titles: list[Found] = []
        self.keywords: list[Found] = []
        self.descriptions: list[Found] = []
        self.body: list[Found] = []
        self.base = ""
        self.canonical = ""
        self.cut_inside = False  # whether the markup of a fallback was not parsed to its end
        self.nested = False  # whether the markup of a fallback is being parsed
        # Gets the events of markup inside FALLBACKS; a recorder puts itself here.
        self.sink: parsing.Target = self
        self._meter = meter
        self._max_body = max_body
        self._pieces: list[str] = []
        self.data: Callable[[str], None] = self._pieces.append
        self._marks: list[_Mark] = []
        self._tags: list[str] = []
        self._look = Look()
        self._looks: list[tuple[int, Look]] = []  # depth of an element that changed the look, and the look outside
        self._look_depth = -1
        self._hidden_first = ""  # evidence where the pieces begin
        self._links: list[str] = []  # addresses in force in the open <a> elements, "" for none
        self._raw_from = 0
        self._style_applies = True
        self._n_pre = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._pieces and tag in BREAKS:
            self._flush()
        self._tags.append(tag)
        if attributes:
            if not _WATCHED.isdisjoint(attributes):
                self._notice(tag, attributes)
            else:
                names = attributes.get("class")
                if names and self.rules.concern(names):
                    self._set_look(tag, attributes)
                else:
                    names = attributes.get("id")
                    if names and self.rules.concern("#" + names):
                        self._set_look(tag, attributes)
        if tag in self.rules.active_tags:
            self._set_look(tag, attributes)
        special = _STARTS.get(tag)
        if special is not None:
            special(self, attributes)

    def end(self, tag: str) -> None:
        """The innermost element ends."""
        special = _ENDS.get(tag)
        if special is not None:
            special(self)
        if self._pieces and tag in BREAKS:
            self._flush()
        if len(self._tags) == self._look_depth:
            self._turn_back()
        self._tags.pop()

    def close(self) -> None:
        """The input is over."""
        if self._pieces:
            self._flush()

    def depth(self) -> int:
        """How many elements are open."""
        return len(self._tags)

    def _notice(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Look at an element's visibility and long attributes."""
        self._set_look(tag, attributes)
        for name in LONG_ATTRIBUTES:
            value = long_attribute(tag, name, attributes)
            if value:
                unseen = "type=hidden" if attributes.get("type", "").lower() == "hidden" else self._look.hidden
                self._mark(Found(value, "body", unseen, (), f"{self._path()}/@{name}"))

    def _set_look(self, tag: str, attributes: Mapping[str, str]) -> None:
        look = self.rules.look(self._look, tag, attributes)
        if look is not self._look:
            self._look_depth = len(self._tags)
            self._looks.append((self._look_depth, self._look))
            self._turn(look)

    def _turn(self, look: Look) -> None:
        """From here on, elements look so."""
        if look.hidden != self._look.hidden:
            if self._pieces:
                self._mark(_Turn(look.hidden))
            else:
                self._hidden_first = look.hidden
        self._look = look

    def _turn_back(self) -> None:
        self._turn(self._looks.pop()[1])
        self._look_depth = self._looks[-1][0] if self._looks else -1

    def _mark(self, mark: _Mark) -> None:
        self._pieces.append(_MARK)
        self._marks.append(mark)

    def _path(self) -> str:
        return "/".join(self._tags[-MAX_PATH:])

    def _take_text(self) -> str:
        """Take the text out of the pieces, and leave the marks."""
        text = "".join([piece for piece in self._pieces if piece != _MARK])
        self._pieces[:] = [_MARK] * len(self._marks)
        return text

    def _flush(self) -> None:
        """What lies in the pieces becomes paragraphs."""
        raw = "".join(self._pieces)
        self._pieces.clear()
        if self._marks:
            self._flush_marked(raw)
        elif not raw.isspace():
            for line in _lines(raw, self._n_pre > 0):
                text = line.strip()
                if text and len(self.body) <= self._max_body:
                    self.body.append(Found(text, "body", self._hidden_first, (), self._path()))
        self._hidden_first = self._look.hidden

    def _flush_marked(self, raw: str) -> None:
        marks, self._marks = self._marks, []
        parts = raw.split(_MARK)
        if len(marks) == 2 and marks[1] == "" and self._n_pre == 0 and self._flush_link(parts, marks[0]):
            return
        run = _Run(self._hidden_first, self._path(), self._n_pre > 0, self.body, self._max_body)
        run.add(parts[0])
        for part, mark in zip(parts[1:], marks, strict=True):
            run.turn(mark)
            run.add(part)
        run.finish()
        # After the text they stand in, so that a sentence is not cut by the title of a link in it.
        self.body += [mark for mark in marks if isinstance(mark, Found)]
        del self.body[self._max_body + 1 :]
        if run.href:
            self._mark(run.href)

    def _flush_link(self, parts: list[str], href: _Mark) -> bool:
        """The commonest marked block by far, one link and nothing else, without the cost of a run."""
        before, inside, after = parts
        if (before and not before.isspace()) or (after and not after.isspace()) or not isinstance(href, str):
            return False
        text, *others = islice(_lines(inside.strip(), pre=False), 2)
        if others:
            return False
        if text and len(self.body) <= self._max_body:
            links = ((0, len(text), href),) if href else ()
            self.body.append(Found(text, "body", self._hidden_first, links, self._path()))
        return True

    def _start_link(self, attributes: Mapping[str, str]) -> None:
        outer = self._links[-1] if self._links else ""
        href = attributes.get("href") or outer
        self._links.append(href)
        if href != outer:
            self._mark(href)

    def _end_link(self) -> None:
        href = self._links.pop()
        outer = self._links[-1] if self._links else ""
        if href != outer:
            self._mark(outer)

    def _start_childless(self, attributes: Mapping[str, str]) -> None:
        if self._look_depth == len(self._tags):
            self._turn_back()

    def _start_raw(self, attributes: Mapping[str, str]) -> None:
        self._raw_from = len(self._pieces)

    def _end_script(self) -> None:
        del self._pieces[self._raw_from :]

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        self._raw_from = len(self._pieces)
        # What is for print, or for browsers without scripts, hides nothing from people.
        applies = attributes.get("media", "all").lower() in ("", "all", "screen")
        self._style_applies = applies and "noscript" not in self._tags[-MAX_PATH:]

    def _end_style(self) -> None:
        css = "".join(self._pieces[self._raw_from :])
        del self._pieces[self._raw_from :]
        if self._style_applies:
            self.rules.add(self._meter.spend_style(css))

    def _start_pre(self, attributes: Mapping[str, str]) -> None:
        self._n_pre += 1

    def _end_pre(self) -> None:
        if self._pieces:
            self._flush()
        self._n_pre -= 1

    def _end_title(self) -> None:
        if is_page_title(self._tags):
            text = " ".join(self._take_text().split())
            if text:
                self.titles.append(Found(text, "title", "", (), self._path()))

    def _end_fallback(self) -> None:
        """Parse the text of an iframe or noframes as the markup it is, one level deep."""
        if self.nested:
            return
        markup = self._take_text()
        self.nested = True
        self._meter.spend_parser()
        n_parsed = parsing.feed(markup, _Fragment(self.sink), self._meter, self.depth)
        self.cut_inside |= n_parsed < len(markup)
        self.nested = False

    def _meta(self, attributes: Mapping[str, str]) -> None:
        name, text = meta_text(attributes)
        if text:
            found = self.keywords if name == "keywords" else self.descriptions
            found.append(Found(text, "meta", "", (), f"{self._path()}/@content"))

    def _base(self, attributes: Mapping[str, str]) -> None:
        self.base = self.base or attributes.get("href", "")

    def _link(self, attributes: Mapping[str, str]) -> None:
        relations = attributes.get("rel", "").lower().split()
        if "canonical" in relations:
            self.canonical = self.canonical or attributes.get("href", "")
        if "stylesheet" in relations:
            self.rules.has_sheet = True


_STARTS: dict[str, Callable[[Builder, Mapping[str, str]], None]] = {
    "a": Builder._start_link,
    "script": Builder._start_raw,
    "style": Builder._start_style,
    "meta": Builder._meta,
    "base": Builder._base,
    "link": Builder._link,
    **dict.fromkeys(_PRE, Builder._start_pre),
    **dict.fromkeys(_CHILDLESS, Builder._start_childless),
}
_ENDS: dict[str, Callable[[Builder], None]] = {
    "a": Builder._end_link,
    "script": Builder._end_script,
    "style": Builder._end_style,
    "title": Builder._end_title,
    **dict.fromkeys(_PRE, Builder._end_pre),
    **dict.fromkeys(FALLBACKS, Builder._end_fallback),
}


class _Fragment:
    """Passes events on without the html, head and body that a parser puts around a fragment."""

    def __init__(self, target: parsing.Target) -> None:
        self._target = target
        self.data = target.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag not in ("html", "head", "body"):
            self._target.start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag not in ("html", "head", "body"):
            self._target.end(tag)

    def close(self) -> None:
        """The page goes on."""


class _Run:
    """The paragraph being put together from pieces between marks."""

    def __init__(self, hidden: str, path: str, pre: bool, found: list[Found], max_found: int) -> None:
        self.href = ""
        self._hidden = self._hidden_next = hidden
        self._path = path
        self._pre = pre
        self._found = found
        self._max_found = max_found
        self._parts: list[str] = []
        self._n_chars = 0
        self._link_from = 0
        self._links: list[tuple[int, int, str]] = []

    def turn(self, mark: _Mark) -> None:
        """A link begins or ends here, or the text is hidden from here on."""
        if isinstance(mark, str):
            self._end_link()
            self.href, self._link_from = mark, self._n_chars
        elif isinstance(mark, _Turn):
            self._hidden_next = mark.hidden

    def add(self, text: str) -> None:
        """Append text, cut where lines end."""
        if not text:
            return
        for i, line in enumerate(_lines(text, self._pre)):
            if i:
                self.finish()
            self._add_line(line)

    def _add_line(self, text: str) -> None:
        """Append; what is hidden stands apart from what is seen, and white space between them counts for neither."""
        if self._hidden_next != self._hidden:
            if not text or text.isspace():
                return
            self.finish()
        if not self._parts:
            text = text.lstrip()
        elif not self._pre and self._parts[-1][-1] == " ":
            text = text.removeprefix(" ")
        if text:
            self._parts.append(text)
            self._n_chars += len(text)

    def finish(self) -> None:
        """The paragraph ends; an open link goes on in the next."""
        self._end_link()
        text = "".join(self._parts).rstrip()
        if text and len(self._found) <= self._max_found:
            links = tuple([trimmed for link in self._links for trimmed in _trim(text, link)])
            self._found.append(Found(text, "body", self._hidden, links, self._path))
        self._hidden = self._hidden_next
        self._parts, self._links, self._n_chars, self._link_from = [], [], 0, 0

    def _end_link(self) -> None:
        if self.href and self._n_chars > self._link_from:
            self._links.append((self._link_from, self._n_chars, self.href))


def meta_text(attributes: Mapping[str, str]) -> tuple[str, str]:
    """Name and text of a meta element that holds keywords or a description; two times "" of any other."""
    name = attributes.get("name", "").strip().lower()
    if name not in ("keywords", "description"):
        return "", ""
    return name, " ".join(attributes.get("content", "").split())


def is_page_title(tags: Sequence[str]) -> bool:
    """Whether the innermost of the open elements is a title of the page, not of a drawing in it."""
    return tags[-1] == "title" and "svg" not in tags[-MAX_PATH:]


def long_attribute(tag: str, name: str, attributes: Mapping[str, str]) -> str:
    """The attribute's text with single spaces, when it is long enough to be a paragraph; else ""."""
    value = attributes.get(name, "")
    if len(value) <= LONG_ATTRIBUTE_CHARS or (name == "value" and tag not in _WITH_VALUE):
        return ""
    text = " ".join(value.split())
    return text if len(text) > LONG_ATTRIBUTE_CHARS else ""


def _lines(raw: str, pre: bool) -> Iterable[str]:
    """Text as a browser shows it: white space collapsed, or line breaks kept; cut where a line ends."""
    if pre:
        return _split(LINE_BREAK, raw)
    # Five searches for a character cost a fifth of one for a pattern, and mostly nothing is found.
    if "\n" in raw or "  " in raw or "\t" in raw or "\r" in raw or "\f" in raw:
        raw = _COLLAPSED.sub(" ", raw)
    return [raw] if raw.isascii() or not _HARD_BREAK.search(raw) else _split(_HARD_BREAK, raw)


def _split(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """As ``pattern.split``, one line at a time: millions of them need not be in memory."""
    start = 0
    for found in pattern.finditer(text):
        yield text[start : found.start()]
        start = found.end()
    yield text[start:]


def _trim(text: str, link: tuple[int, int, str]) -> Iterator[tuple[int, int, str]]:
    start, end, href = link
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end, href

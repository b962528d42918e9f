"""Parser events -> paragraphs: the one builder that reading and cleaning share.

Text pieces of a block lie in ``pieces``, to which the parser appends without a Python frame; ``marks`` says what begins
or ends among them (a link, hidden text, a long attribute). ``blocks`` makes paragraphs of both.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from unstuff.html import parsing
from unstuff.html.blocks import Block, Found, Mark, Turn, linked, marked, plain
from unstuff.html.css import scripted_sheet
from unstuff.html.visibility import Look, Rules

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
_VOID_NAMES = (
    "area base basefont bgsound br col embed frame hr img input isindex keygen link meta param source track wbr"
)
VOID = frozenset(_VOID_NAMES.split())
# Some are unknown to the parser: to it, all that follows stands in them. Browsers read <image> as <img>.
_CHILDLESS = VOID | {"image"}
# These end an open p in browsers, and may stand in it to the parser; unless one of the others is open in the p.
_ENDING_P_NAMES = (
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol plaintext pre search section summary ul xmp"
)
_ENDING_P = frozenset(_ENDING_P_NAMES.split())
_KEEPING_P = frozenset(("applet", "button", "caption", "marquee", "object", "svg", "table", "td", "template", "th"))
# Attributes that make an element worth a look; classes and ids are asked of the rules.
_VISUAL = frozenset(("style", "hidden", "color", "bgcolor", "background"))
_WATCHED = _VISUAL.union(LONG_ATTRIBUTES)
# Paths are cut so that text at each of 200,000 nested elements costs no quadratic memory.
MAX_PATH = 64


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
        self._inner: parsing.Parser | None = None  # of the markup of fallbacks
        self._seen, self._active_tags = rules.seen, rules.active_tags
        self._most_body = min(max_body, sys.maxsize - 1) + 1
        self._pieces: list[str] = []
        self.data: Callable[[str], None] = self._pieces.append
        self._marks: list[Mark] = []
        self._only_links = True  # whether all marks are those of links
        self._tags: list[str] = []
        self._look = Look()
        self._looks: list[tuple[int, Look]] = []  # depth of an element that changed the look, and the look outside
        self._look_depth = -1
        self._links: list[str] = []  # addresses in force in the open <a> elements, "" for none
        self._raw_from = 0
        self._style_applies = True
        self._n_pre = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._pieces and tag in BREAKS:
            self._flush()
        if self._look_depth > 0 and tag in _ENDING_P:
            self._end_look_of_p()
        self._tags.append(tag)
        if attributes:
            if not _WATCHED.isdisjoint(attributes):
                self._notice(tag, attributes)
            else:
                names = attributes.get("class")
                # Most classes were seen before and concern nothing.
                unsure = (names and self._seen.get(names, True)) or "id" in attributes or tag in self._active_tags
                if unsure and self.rules.concerns(tag, attributes):
                    self._set_look(tag, attributes)
        elif tag in self._active_tags:
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
        if self.rules.concerns(tag, attributes) or not _VISUAL.isdisjoint(attributes):
            self._set_look(tag, attributes)
        for name in LONG_ATTRIBUTES:
            if name in attributes:
                value = long_attribute(tag, name, attributes)
                if value:
                    unseen = "type=hidden" if attributes.get("type", "").lower() == "hidden" else self._look.hidden
                    self._mark((value, "body", unseen, (), f"{self._path()}/@{name}"))

    def _set_look(self, tag: str, attributes: Mapping[str, str]) -> None:
        look = self.rules.look(self._look, tag, attributes)
        if look is not self._look:
            self._look_depth = len(self._tags)
            self._looks.append((self._look_depth, self._look))
            self._turn(look)

    def _turn(self, look: Look) -> None:
        """From here on, elements look so."""
        if self._pieces and look.hidden != self._look.hidden:
            self._mark(Turn(self._look.hidden, look.hidden))
        self._look = look

    def _end_look_of_p(self) -> None:
        """Browsers end an open p here: it hides nothing of what follows."""
        inside = self._tags[self._look_depth : self._look_depth + MAX_PATH]
        if self._tags[self._look_depth - 1] == "p" and _KEEPING_P.isdisjoint(inside):
            self._turn_back()

    def _turn_back(self) -> None:
        self._turn(self._looks.pop()[1])
        self._look_depth = self._looks[-1][0] if self._looks else -1

    def _mark(self, mark: Turn | Found) -> None:
        self._marks.append((len(self._pieces), mark))
        self._only_links = False
        # A block that has pieces is looked at where it ends.
        self._pieces.append("")

    def _path(self) -> str:
        tags = self._tags
        return "/".join(tags if len(tags) <= MAX_PATH else tags[-MAX_PATH:])

    def _take_text(self) -> str:
        """Take the text out of the pieces, and leave the marks."""
        text = "".join(self._pieces)
        # Of links the one still open is left: thousands may have been opened without text.
        self._marks = self._open_link() if self._only_links else [(0, mark) for _, mark in self._marks]
        self._pieces[:] = [] if self._only_links else [""]
        return text

    def _flush(self) -> None:
        """What lies in the pieces becomes paragraphs."""
        pieces = self._pieces
        raw = "".join(pieces)
        if raw.isspace() and self._only_links:
            if self._marks:
                self._marks = self._open_link()
        elif self._marks or self._n_pre:
            self._flush_marked(raw)
        else:
            text = plain(raw)
            if text is None:
                self._keep(marked(pieces, (), self._block()))
            elif text and len(self.body) < self._most_body:
                self.body.append((text, "body", self._look.hidden, (), self._path()))
        pieces.clear()

    def _flush_marked(self, raw: str) -> None:
        found = linked(raw, self._pieces, self._marks) if self._only_links and not self._n_pre else None
        if found is None:
            self._keep(marked(self._pieces, self._marks, self._block()))
        elif found[0] and len(self.body) < self._most_body:
            self.body.append((found[0], "body", self._look.hidden, found[1], self._path()))
        self._marks = self._open_link()
        self._only_links = True

    def _open_link(self) -> list[Mark]:
        """The mark that the next block begins with where a link goes on."""
        return [(0, self._links[-1])] if self._links and self._links[-1] else []

    def _block(self) -> Block:
        before = next((mark.before for _, mark in self._marks if isinstance(mark, Turn)), self._look.hidden)
        return Block(before, self._path(), self._n_pre > 0)

    def _keep(self, found: Iterable[Found]) -> None:
        self.body += islice(found, max(self._most_body - len(self.body), 0))

    def _start_link(self, attributes: Mapping[str, str]) -> None:
        outer = self._links[-1] if self._links else ""
        href = attributes.get("href") or outer
        self._links.append(href)
        if href != outer:
            self._marks.append((len(self._pieces), href))

    def _end_link(self) -> None:
        href = self._links.pop()
        outer = self._links[-1] if self._links else ""
        if href != outer:
            marks = self._marks
            # A link without text leaves no mark, so that blocks without text have none.
            empty = not outer and marks and marks[-1] == (len(self._pieces), href)
            if empty and (len(marks) == 1 or marks[-2][1] == ""):
                marks.pop()
            else:
                marks.append((len(self._pieces), outer))

    def _start_childless(self, attributes: Mapping[str, str]) -> None:
        if self._look_depth == len(self._tags):
            self._turn_back()

    def _start_raw(self, attributes: Mapping[str, str]) -> None:
        self._raw_from = len(self._pieces)

    def _end_script(self) -> None:
        sheet = scripted_sheet(self._take_raw())
        if sheet:
            self.rules.add(self._meter.spend_style(sheet))

    def _take_raw(self) -> str:
        """The text of a script or style, which is none of the page's."""
        taken = "".join(self._pieces[self._raw_from :])
        del self._pieces[self._raw_from :]
        return taken

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        self._raw_from = len(self._pieces)
        # What is for print, or for browsers without scripts, hides nothing from people.
        applies = attributes.get("media", "all").lower() in ("", "all", "screen")
        self._style_applies = applies and "noscript" not in self._tags[-MAX_PATH:]

    def _end_style(self) -> None:
        css = self._take_raw()
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
                self.titles.append((text, "title", "", (), self._path()))

    def _end_fallback(self) -> None:
        """Parse the text of an iframe or noframes as the markup it is, one level deep."""
        if self.nested:
            return
        markup = self._take_text()
        self._meter.spend_text()
        if not markup.strip(" \t\r\n"):
            return
        self.nested = True
        # Setting up a parser takes seven times as long as parsing a short text.
        self._inner = self._inner or parsing.Parser(_Fragment(self.sink), self._meter, self.depth)
        self.cut_inside |= self._inner.feed(markup) < len(markup)
        self.nested = False

    def _meta(self, attributes: Mapping[str, str]) -> None:
        name, text = meta_text(attributes)
        if text:
            found = self.keywords if name == "keywords" else self.descriptions
            found.append((text, "meta", "", (), f"{self._path()}/@content"))

    def _base(self, attributes: Mapping[str, str]) -> None:
        self.base = self.base or attributes.get("href", "")

    def _link(self, attributes: Mapping[str, str]) -> None:
        relations = attributes.get("rel", "").lower().split()
        if "canonical" in relations:
            self.canonical = self.canonical or attributes.get("href", "")
        if "stylesheet" in relations:
            self.rules.has_sheet = True


_STARTS: dict[str, Callable[[Builder, Mapping[str, str]], None]] = {
    **dict.fromkeys(_CHILDLESS, Builder._start_childless),
    **dict.fromkeys(_PRE, Builder._start_pre),
    "a": Builder._start_link,
    "script": Builder._start_raw,
    "style": Builder._start_style,
    "meta": Builder._meta,
    "base": Builder._base,
    "link": Builder._link,
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

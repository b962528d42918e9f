"""HTML without some of its text: the parser's events recorded, thinned out, and written as markup again."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from unstuff.caps import DEFAULT, Caps
from unstuff.html.encoding import BYTE_ORDER_MARK, Decoded, decode, encode, label, read_as
from unstuff.html.markup import Event, Recorder, write
from unstuff.html.paragraphs import (
    BREAKS,
    LONG_ATTRIBUTES,
    Builder,
    is_page_title,
    long_attribute,
    meta_text,
)
from unstuff.html.reading import Observer, go_through, laid_out, to_page
from unstuff.page import Page, n_black

Span = tuple[int, int]

# These stay when nothing else is left in them.
_STRUCTURE = frozenset(("html", "head", "body", "frameset"))
# Alone, a cell that goes would shift its neighbours under other heads.
_CELLS = frozenset(("td", "th"))
# Something to see or to use: an element that holds it stays. Empty elements, rules and comments go with their text.
_EMBEDDED_NAMES = (
    "img picture svg math canvas video audio iframe frame object embed applet input select textarea script style link"
    " meta base form"
)
_EMBEDDED = frozenset(_EMBEDDED_NAMES.split())
# These go with the text of the link or the list item that they stand in: a spam link of an image is still one.
_IMAGES = frozenset(("img", "picture", "svg"))
_ITEMS = frozenset(("li", "dt", "dd"))
_BLACK = re.compile(r"\S")
_STOPPED = "unstuff: parsing stopped here"
# Markup that would go on as something else behind this.
_CUT_SHORT = re.compile(r"(?:<|&#?\w*)\Z")
_MAX_REFERENCE_CHARS = 40
_LINE = Event("start", "br"), Event("end", "br")
# Their text is no markup, and its line breaks count.
_PLAIN = frozenset(("textarea", "xmp", "plaintext"))


def remove(html: bytes | str, spans: Iterable[Span], url: str | None, encoding: str | None, caps: Caps) -> bytes | str:
    """``unstuff.page.remove_spans``."""
    found = _thinned(html, spans, url, encoding, caps)
    decoded = found.decoded
    if not found.can_be_written:
        return html
    events = list(_kept(found.steps))
    # What a page cut short for its cost holds beyond the cut stays as it was.
    rest = decoded.text[found.n_parsed :]
    if decoded.codec is None:
        return decoded.mark + write(events) + rest
    return _declared(events, rest, decoded, given=encoding is not None)


def removed_markup(
    html: bytes | str,
    spans: Iterable[Span],
    url: str | None = None,
    encoding: str | None = None,
    caps: Caps = DEFAULT,
) -> list[str]:
    """The markup that :func:`remove` takes out, in order: elements, or the text or tag that something was taken of."""
    found = _thinned(html, spans, url, encoding, caps)
    gone: list[str] = []
    if not found.can_be_written:
        return gone
    next_step = 0
    for i, step in enumerate(found.steps):
        if i < next_step or not (step.removed or step.dropped_to >= 0):
            continue
        next_step = max(step.dropped_to, i) + 1
        gone.append(write(found.events[i:next_step]))
    return gone


class _Thinned(NamedTuple):
    """A page with what is to go marked in its steps, one an event.

    ``can_be_written`` is false when parsing stopped where the markup that follows could not be joined on.
    """

    decoded: Decoded
    events: list[Event]
    steps: list[_Step]
    n_parsed: int
    can_be_written: bool


def _thinned(html: bytes | str, spans: Iterable[Span], url: str | None, encoding: str | None, caps: Caps) -> _Thinned:
    decoded = decode(html, encoding, caps.markup_chars)
    recorders: list[Recorder] = []

    def observe(builder: Builder) -> Recorder:
        recorders.append(Recorder(builder))
        return recorders[-1]

    # Every paragraph has its place in the streams, also one that was not looked at.
    caps = replace(caps, document_paragraphs=sys.maxsize)
    head = decoded.text[: caps.markup_chars]
    goes_on = len(head) < len(decoded.text) or bool(decoded.rest)
    done = go_through(head, caps, Observer(observe, _STOPPED, goes_on))
    page = to_page(done.builder, laid_out(done.builder), url, ())
    events, joined = recorders[-1].events, True
    if goes_on or done.n_parsed < len(head):
        events, joined = _stopped(events)
        joined &= not _CUT_SHORT.search(head[: done.n_parsed], max(done.n_parsed - _MAX_REFERENCE_CHARS, 0))
    if "<!--[CDATA[" in decoded.text:  # a comment, which would be text when it is written as CDATA
        events = [_commented(event) for event in events]
    steps = _thin_out(events, _streams(done.builder, page, spans))
    _drop_emptied(steps)
    return _Thinned(decoded, events, steps, done.n_parsed, joined and not done.builder.cut_inside)


def _commented(event: Event) -> Event:
    is_cdata = event.what == "comment" and event.text.startswith("[CDATA[")
    return event._replace(text=f" {event.text}") if is_cdata else event


def _stopped(events: list[Event]) -> tuple[list[Event], bool]:
    """Events up to where parsing was stopped, whether markup can follow there, the open elements left open."""
    for at in range(len(events) - 1, -1, -1):
        if events[at].what == "comment" and events[at].text == _STOPPED:
            return events[:at], True
        if events[at].what != "end":
            break
    return events, False


def _declared(events: list[Event], rest: str, decoded: Decoded, given: bool) -> bytes:
    """The page as bytes that will be decoded as they were encoded; a declaration is added when it takes one."""
    codec = decoded.codec or "utf-8"
    markup = write(events) + rest
    found = encode(markup, decoded) + decoded.rest
    if given or _is_read_back(found, codec):
        return found
    at = next((i for i, event in enumerate(events) if event.what == "start" and event.text == "head"), None)
    if at is None:
        at = next((i for i, event in enumerate(events) if event.what == "start"), -1)
    meta = Event("start", "meta", {"charset": label(codec)}), Event("end", "meta")
    declared = encode(write([*events[: at + 1], *meta, *events[at + 1 :]]) + rest, decoded) + decoded.rest
    # Where what went kept the page from being UTF-8, that is believed before a declaration, and a mark before both.
    if decoded.rest or _is_read_back(declared, codec):
        return declared
    return encode(markup, decoded._replace(mark=BYTE_ORDER_MARK, codec="utf-8"))


def _is_read_back(html: bytes, codec: str) -> bool:
    """Whether a page is decoded by the codec it was encoded in, or to the same text."""
    again = decode(html)
    return again.codec == codec or again.text == read_as(codec, html).removeprefix(BYTE_ORDER_MARK)


@dataclass(slots=True)
class _Step:
    """An event on its way out, and which paragraphs what is left of its text belongs to."""

    event: Event
    removed: bool = False  # some of its text was removed
    dropped_to: int = -1  # the step that ends the element, when all of it goes
    first: int = -1  # paragraphs of its first and its last character left
    last: int = -1
    attribute: int = -1  # the first paragraph among its attributes


class _Stream:
    """Paragraphs whose text comes, in order, from the same kind of events; and what of it to remove.

    The builder drops, folds and adds white space alone and reorders nothing within a stream, so the n-th other
    ("black") character of the events is the n-th of the paragraphs.
    """

    def __init__(self, page: Page, numbers: Sequence[int], spans: Sequence[Span]) -> None:
        self._numbers = numbers
        texts = [page.paragraphs[number].text for number in numbers]
        self._ends = list(accumulate(map(n_black, texts)))
        self._cuts = list(self._black_cuts(page, spans))
        self._next_cut = 0
        self._at = 0

    def _black_cuts(self, page: Page, spans: Sequence[Span]) -> Iterator[Span]:
        """The spans counted in black characters of the stream, ascending and disjoint."""
        next_span = 0
        for number, end in zip(self._numbers, self._ends, strict=True):
            paragraph = page.paragraphs[number]
            before = end - n_black(paragraph.text)
            while next_span < len(spans) and spans[next_span][1] <= paragraph.start:
                next_span += 1
            for i in range(next_span, len(spans)):
                if spans[i][0] >= paragraph.end:
                    break
                start, stop = (min(max(x - paragraph.start, 0), len(paragraph.text)) for x in spans[i])
                yield before + n_black(paragraph.text[:start]), before + n_black(paragraph.text[:stop])

    def take(self, text: str) -> tuple[str, bool, int, int]:
        """The next event's text: what is left, whether something went, paragraphs of the first and last left."""
        start, end = self._at, self._at + n_black(text)
        self._at = end
        while self._next_cut < len(self._cuts) and self._cuts[self._next_cut][1] <= start:
            self._next_cut += 1
        left: list[Span] = []
        cuts: list[Span] = []
        at = start
        for i in range(self._next_cut, len(self._cuts)):
            cut_start, cut_end = max(self._cuts[i][0], start), min(self._cuts[i][1], end)
            if self._cuts[i][0] >= end:
                break
            if cut_start < cut_end:
                cuts.append((cut_start - start, cut_end - start))
                left.append((at, cut_start))
                at = cut_end
        left = [span for span in [*left, (at, end)] if span[0] < span[1]]
        if not left:
            return _without(text, cuts), bool(cuts), -1, -1
        return _without(text, cuts), bool(cuts), self._paragraph(left[0][0]), self._paragraph(left[-1][1] - 1)

    def _paragraph(self, black: int) -> int:
        return self._numbers[bisect_right(self._ends, black)]


def _without(text: str, cuts: Sequence[Span]) -> str:
    """Text without runs of its black characters, each with the white space inside it."""
    if not cuts:
        return text
    at = [found.start() for found in _BLACK.finditer(text)]
    pieces, done = [], 0
    for start, end in cuts:
        pieces.append(text[done : at[start]])
        done = at[end - 1] + 1
    return "".join([*pieces, text[done:]])


def _streams(builder: Builder, page: Page, spans: Iterable[Span]) -> dict[str, _Stream]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    n_head = [len(builder.titles), len(builder.keywords), len(builder.descriptions)]
    starts = [0, *accumulate(n_head)]
    body = range(starts[3], len(page.paragraphs))
    is_attribute = [page.paragraphs[i].tag_path.rpartition("/")[2].startswith("@") for i in body]
    numbers: dict[str, Sequence[int]] = {
        "title": range(starts[0], starts[1]),
        "keywords": range(starts[1], starts[2]),
        "description": range(starts[2], starts[3]),
        "attribute": [i for i, found in zip(body, is_attribute, strict=True) if found],
        "text": [i for i, found in zip(body, is_attribute, strict=True) if not found],
    }
    return {name: _Stream(page, each, merged) for name, each in numbers.items()}


def _thin_out(events: Sequence[Event], streams: dict[str, _Stream]) -> list[_Step]:
    """Take the text to be removed out of data and attributes."""
    steps: list[_Step] = []
    tags: list[str] = []
    for event in events:
        step = _Step(event)
        if event.what == "start":
            tags.append(event.text)
            _thin_attributes(step, streams)
        elif event.what == "end":
            tags.pop()
        elif event.what == "data" and tags and tags[-1] not in ("script", "style"):
            stream = streams["title" if is_page_title(tags) else "text"]
            text, step.removed, step.first, step.last = stream.take(event.text)
            step.event = Event("data", text)
        steps.append(step)
    return steps


def _thin_attributes(step: _Step, streams: dict[str, _Stream]) -> None:
    _, tag, attributes = step.event
    left = dict(attributes)
    names = [("attribute", name) for name in LONG_ATTRIBUTES if long_attribute(tag, name, attributes)]
    if tag == "meta":
        name, text = meta_text(attributes)
        names += [(name, "content")] if text else []
    for stream, name in names:
        text, removed, first, _ = streams[stream].take(attributes[name])
        step.removed |= removed
        if stream == "attribute" and step.attribute < 0:
            step.attribute = first
        if text.strip():
            left[name] = text
        else:
            del left[name]
    if step.removed:
        step.event = Event("start", tag, left)


@dataclass(slots=True)
class _Content:
    """What happened to the content of an element."""

    start: int  # the step of its start
    removed: bool = False  # something was removed in it
    lost_text: bool = False  # text was,
    lost_line: bool = False  # and not in an inner block of its own
    kept: bool = False  # something to read or to use is left in it
    shows: bool = False  # an image is

    def is_emptied(self, tag: str) -> bool:
        """Whether the element goes."""
        if self.kept or not self.removed or tag in _STRUCTURE or tag in _CELLS:
            return False
        return not self.shows or (tag == "a" and self.lost_text) or (tag in _ITEMS and self.lost_line)


def _drop_emptied(steps: Sequence[_Step]) -> None:
    """Mark the elements whose text all went, from the innermost out."""
    open_elements: list[_Content] = []
    for i, step in enumerate(steps):
        what, text, _ = step.event
        if what == "start":
            is_image = text in _IMAGES
            kept = step.attribute >= 0 or (text in _EMBEDDED and not is_image and not (text == "meta" and step.removed))
            open_elements.append(_Content(i, step.removed, kept=kept, shows=is_image))
        elif what == "data" and open_elements:
            inner = open_elements[-1]
            inner.removed |= step.removed
            inner.lost_text |= step.removed
            inner.lost_line |= step.removed
            inner.kept |= bool(text.strip())
        elif what == "end":
            inner = open_elements.pop()
            is_emptied = inner.is_emptied(text)
            if is_emptied:
                steps[inner.start].dropped_to = i
            if open_elements:
                outer = open_elements[-1]
                outer.removed |= inner.removed
                outer.lost_text |= inner.lost_text
                outer.lost_line |= inner.lost_line and text not in BREAKS
                outer.kept |= inner.kept
                outer.shows |= inner.shows and not is_emptied


def _kept(steps: Sequence[_Step]) -> Iterator[Event]:
    """The events left, with a line break wherever only what went kept two paragraphs apart."""
    went = False  # something went since the last text that stays
    broken = True  # a break came since the last text that stays
    last, attribute = -1, -1  # since the last break: paragraph of the last text, first one among the attributes
    tags: list[str] = []
    next_step = 0
    for i, step in enumerate(steps):
        if i < next_step:
            continue
        what, text, _ = step.event
        went |= step.removed
        if step.dropped_to >= 0:
            went, next_step = True, step.dropped_to + 1
            continue
        if text == "br" and what == "start" and went and broken and step.attribute < 0:
            # The line between two breaks is gone; so is one of the breaks.
            next_step = i + 2
            continue
        if what == "start":
            tags.append(text)
        elif what == "end":
            tags.pop()
        if step.first >= 0:
            if went and (last not in (-1, step.first) or -1 < attribute < step.first):
                yield from (Event("data", "\n"),) if tags[-1] in _PLAIN else _LINE
                attribute = -1
            went, broken, last = False, False, step.last
        elif what in ("start", "end") and text in BREAKS:
            broken, last, attribute = True, -1, -1
        elif what == "start" and text in _EMBEDDED:
            broken = False
        if attribute < 0:
            attribute = step.attribute
        yield step.event

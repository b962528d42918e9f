"""HTML -> ``Page``: the pass over the events, and what can be said only at its end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate, chain, count
from operator import add, sub
from typing import NamedTuple, cast

from unstuff.caps import Caps
from unstuff.html import parsing
from unstuff.html.blocks import Found, FoundLink
from unstuff.html.encoding import decode
from unstuff.html.paragraphs import Builder
from unstuff.html.sites import domain_of, own_domain
from unstuff.html.visibility import Rules
from unstuff.page import Link, Page, Paragraph

# A row of values as a named tuple, in a third of the time of a call of its class.
_paragraph = cast("Callable[[Iterable[object]], Paragraph]", partial(tuple.__new__, Paragraph))
_link = cast("Callable[[Iterable[object]], Link]", partial(tuple.__new__, Link))


class Pass(NamedTuple):
    """One page gone through: what was built, how many characters of the text were parsed, and what that cost."""

    builder: Builder
    n_parsed: int
    meter: parsing.Meter


def read(html: bytes | str, url: str | None, encoding: str | None, caps: Caps) -> Page:
    """``Page.from_html``."""
    decoded = decode(html, encoding, caps.markup_chars)
    head = decoded.text[: caps.markup_chars]
    done = go_through(head, caps)
    stopped = done.n_parsed < len(head) or done.builder.cut_inside
    found, beyond = _within(laid_out(done.builder), caps)
    cut_by = {
        "markup_chars": len(head) < len(decoded.text) or bool(decoded.rest),
        done.meter.reached: stopped,
        "style_chars": done.meter.cut_styles,
        beyond: bool(beyond),
    }
    return to_page(done.builder, found, url, tuple(name for name, cut in cut_by.items() if cut))


class Observer(NamedTuple):
    """Puts a target before the builder, which gets a comment ``stop_mark`` where parsing stops before a page's end."""

    before: Callable[[Builder], parsing.Target]
    stop_mark: str
    goes_on: bool  # whether the text is not all of the page


def go_through(text: str, caps: Caps, observer: Observer | None = None) -> Pass:
    """Parse text into a new builder.

    A page with style rules that come after text is parsed once more, with the rules known.
    """
    done = _pass(text, Rules(), caps, observer)
    if done.builder.rules.late and done.n_parsed == len(text):
        return _pass(text, Rules(known=done.builder.rules), caps, observer)
    return done


def _pass(text: str, rules: Rules, caps: Caps, observer: Observer | None) -> Pass:
    meter = parsing.Meter(caps)
    builder = Builder(rules, meter, caps.document_paragraphs)
    if observer is None:
        return Pass(builder, parsing.Parser(builder, meter, builder.depth).feed(text), meter)
    target, mark = observer.before(builder), observer.stop_mark
    n_parsed = parsing.Parser(target, meter, builder.depth).feed(text, stop_mark=mark, goes_on=observer.goes_on)
    return Pass(builder, n_parsed, meter)


def laid_out(builder: Builder) -> Iterator[Found]:
    """The paragraphs in their order on the page."""
    return chain(builder.titles, builder.keywords, builder.descriptions, builder.body)


def _within(laid: Iterable[Found], caps: Caps) -> tuple[list[Found], str]:
    """The first paragraphs, as many as the caps allow, and the cap that the others are beyond."""
    found = list(laid)
    beyond = "document_paragraphs" if len(found) > caps.document_paragraphs else ""
    del found[caps.document_paragraphs :]
    ends = list(accumulate([len(each[0]) for each in found]))
    if not ends or ends[-1] <= caps.document_chars:
        return found, beyond
    last = bisect_right(ends, caps.document_chars)
    text, kind, hidden, links, path = found[last]
    room = caps.document_chars - (ends[last] - len(text))
    del found[last:]
    if room > 0:
        links = tuple([(start, min(end, room), href) for start, end, href in links if start < room])
        found.append((text[:room], kind, hidden, links, path))
    return found, "document_chars"


def to_page(builder: Builder, found: Iterable[Found], url: str | None, cut_by: tuple[str, ...]) -> Page:
    """Lay the paragraphs end to end and resolve their links; by columns, in a third of the time."""
    texts, kinds, hidden, found_links, paths = tuple(zip(*found, strict=True)) or ((),) * 5
    targets = [domain_of(href) for links in found_links for _, _, href in links]
    own = own_domain([url, builder.base, builder.canonical], targets)
    sizes = list(map(len, texts))
    # Each paragraph is followed by one line break.
    ends = list(map(add, accumulate(sizes), count()))
    starts = list(map(sub, ends, sizes))
    next_target = iter(targets)
    links = [
        tuple([_place(link, start, next(next_target), own) for link in each]) if each else ()
        for each, start in zip(found_links, starts, strict=True)
    ]
    rows = zip(texts, starts, ends, kinds, hidden, links, paths, strict=True)
    return Page("\n".join(texts), tuple(map(_paragraph, rows)), True, url, cut_by)


def _place(link: FoundLink, at: int, target: str, own: str) -> Link:
    leaves = target not in ("", own)
    return _link((at + link[0], at + link[1], target if leaves else "", leaves))

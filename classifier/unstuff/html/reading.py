"""HTML -> ``Page``: the pass over the events, and what can be said only at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from unstuff.caps import Caps
from unstuff.html import parsing
from unstuff.html.encoding import decode
from unstuff.html.paragraphs import Builder, Found
from unstuff.html.sites import Site
from unstuff.html.visibility import Rules
from unstuff.page import Link, Page, Paragraph


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
        return Pass(builder, parsing.feed(text, builder, meter, builder.depth), meter)
    target, mark = observer.before(builder), observer.stop_mark
    n_parsed = parsing.feed(text, target, meter, builder.depth, stop_mark=mark, goes_on=observer.goes_on)
    return Pass(builder, n_parsed, meter)


def laid_out(builder: Builder) -> Iterator[Found]:
    """The paragraphs in their order on the page."""
    return chain(builder.titles, builder.keywords, builder.descriptions, builder.body)


def _within(laid: Iterable[Found], caps: Caps) -> tuple[list[Found], str]:
    """The first paragraphs, as many as the caps allow, and the cap that the others are beyond."""
    found: list[Found] = []
    n_chars = 0
    for each in laid:
        room = caps.document_chars - n_chars
        if len(found) == caps.document_paragraphs:
            return found, "document_paragraphs"
        if len(each.text) > room:
            if room > 0:
                links = tuple((start, min(end, room), href) for start, end, href in each.links if start < room)
                found.append(each._replace(text=each.text[:room], links=links))
            return found, "document_chars"
        n_chars += len(each.text)
        found.append(each)
    return found, ""


def to_page(builder: Builder, found: Iterable[Found], url: str | None, cut_by: tuple[str, ...]) -> Page:
    """Lay the paragraphs end to end and resolve their links."""
    found = list(found)
    site = Site([url, builder.base, builder.canonical], (href for each in found for _, _, href in each.links))
    paragraphs, start = [], 0
    for text, kind, hidden, found_links, tag_path in found:
        end = start + len(text)
        links = _place(found_links, start, site) if found_links else ()
        paragraphs.append(Paragraph(text, start, end, kind, hidden, links, tag_path))
        start = end + 1
    joined = "\n".join([each.text for each in found])
    return Page(joined, tuple(paragraphs), True, url, cut_by)


def _place(links: Iterable[tuple[int, int, str]], at: int, site: Site) -> tuple[Link, ...]:
    return tuple([Link(at + start, at + end, *site.target(href)) for start, end, href in links])

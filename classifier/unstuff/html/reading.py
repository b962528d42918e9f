"""HTML -> ``Page``: the pass over the events, and what can be said only at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from unstuff.html import parsing
from unstuff.html.encoding import decode
from unstuff.html.paragraphs import Builder
from unstuff.html.sites import Site
from unstuff.html.visibility import Rules
from unstuff.page import Link, Page, Paragraph


class Pass(NamedTuple):
    """One page gone through: what was built, and how many characters of the text were parsed."""

    builder: Builder
    n_parsed: int


def read(html: bytes | str, url: str | None, encoding: str | None) -> Page:
    """``Page.from_html``."""
    text = decode(html, encoding).text
    done = go_through(text)
    return to_page(done, url, truncated=done.n_parsed < len(text))


def go_through(text: str, observe: Callable[[Builder], parsing.Target] | None = None) -> Pass:
    """Parse text into a new builder; ``observe`` puts another target before it.

    A page with style rules that come after text is parsed once more, with the rules known.
    """
    done = _pass(text, Rules(), observe)
    if done.builder.rules.late and done.n_parsed == len(text):
        return _pass(text, Rules(known=done.builder.rules), observe)
    return done


def _pass(text: str, rules: Rules, observe: Callable[[Builder], parsing.Target] | None) -> Pass:
    stop_at = parsing.deadline()
    builder = Builder(rules, stop_at)
    return Pass(builder, parsing.feed(text, observe(builder) if observe else builder, stop_at))


def to_page(done: Pass, url: str | None, truncated: bool) -> Page:
    """Lay the paragraphs end to end and resolve their links."""
    builder = done.builder
    found = [*builder.titles, *builder.keywords, *builder.descriptions, *builder.body]
    site = Site([url, builder.base, builder.canonical], (href for each in found for _, _, href in each.links))
    paragraphs, start = [], 0
    for text, kind, hidden, found_links, tag_path in found:
        end = start + len(text)
        links = _place(found_links, start, site) if found_links else ()
        paragraphs.append(Paragraph(text, start, end, kind, hidden, links, tag_path))
        start = end + 1
    joined = "\n".join([each.text for each in found])
    return Page(joined, tuple(paragraphs), True, url, truncated or builder.truncated)


def _place(links: Iterable[tuple[int, int, str]], at: int, site: Site) -> tuple[Link, ...]:
    return tuple([Link(at + start, at + end, *site.target(href)) for start, end, href in links])

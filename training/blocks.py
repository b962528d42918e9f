"""What a generated block is, how its items are laid out as lines, and how it goes into a clean page.

Owns layout and markup for injected and honest blocks alike, so that neither separators nor tags give the label away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from training.draw import Rng, between, chance, digits, letters, pick, some, weighted
from training.slots import SYLLABLES, TLDS

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_OPAQUE = re.compile(r"<!--.*?-->|<(script|style|textarea|noscript|template|select|svg|head)\b.*?</\1\s*>", re.S | re.I)


class Block(NamedTuple):
    """A generated paragraph or run of paragraphs."""

    lines: tuple[str, ...]  # the paragraphs as text
    labels: tuple[bool, ...]  # True for injected lines
    html: str  # the same lines as markup, each in a block element
    family: str  # spam family, or "honest_<kind>"
    position: str  # "head", "tail", "middle" or "anywhere"


class Draft(NamedTuple):
    """The items of a block before layout.

    Separators: "\\n" is one item a line, "" is glued, "|." a bar glued to the left of every item's end, "|\\n" the
    same with one item a line, "#" and " #" hashtags; anything else stands between items as it is.
    """

    items: Sequence[str]
    separator: str
    lead: tuple[str, ...] = ()  # lines of their own before the items
    position: str = "anywhere"
    injected: Sequence[bool] | None = None  # per item, where only some are injected
    linked: Sequence[bool] | None = None  # per item, where the markup may only link these
    wrap: int = 0  # items on one line, 0 for all
    honest: bool = False


# Arrows, box drawing, shapes and dingbats, rare and Chinese punctuation, private use: any mark may part items.
_MARKS = tuple(
    chr(code)
    for first, last in ((0x2190, 0x2200), (0x2500, 0x27C0), (0x2E00, 0x2E2F), (0x3001, 0x3021), (0xE000, 0xE100))
    for code in range(first, last)
)
_RARE_SEPARATOR_SHARE = 0.05


def _with_rare_separator(rng: Rng, draft: Draft) -> Draft:
    """Now and then a mark of any kind in the place of what stands between items, injected or honest."""
    if draft.injected is not None or draft.separator in ("", "#", " #") or draft.separator.endswith("\n"):
        return draft
    if not chance(rng, _RARE_SEPARATOR_SHARE):
        return draft
    mark = pick(rng, _MARKS) * pick(rng, (1, 1, 1, 2))
    return draft._replace(separator=pick(rng, ("{}", " {} ", " {} ", "{} ")).format(mark))


class _Item(NamedTuple):
    text: str
    injected: bool
    linked: bool


def _clean(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")


def _items(draft: Draft) -> list[_Item]:
    flags = draft.injected if draft.injected is not None else [not draft.honest] * len(draft.items)
    linked = draft.linked if draft.linked is not None else [True] * len(draft.items)
    rows = zip(draft.items, flags, linked, strict=True)
    return [_Item(_clean(text), flag, link) for text, flag, link in rows if _clean(text)]


def _affixes(separator: str) -> tuple[str, str, str]:
    """Return what stands before the first item, between items and after the last."""
    if separator in ("#", " #"):
        return "#", separator, ""
    if separator == "|.":
        return "", "| ", "|"
    if separator == "|\n":
        return "", "", "|"
    return "", "" if separator == "\n" else separator, ""


def _rows(draft: Draft) -> list[list[_Item]]:
    items = _items(draft)
    per_row = 1 if draft.separator.endswith("\n") else draft.wrap or len(items) or 1
    return [items[start : start + per_row] for start in range(0, len(items), per_row)]


def _row_injected(row: Sequence[_Item]) -> bool:
    injected = sum(len(item.text) for item in row if item.injected)
    return 2 * injected > sum(len(item.text) for item in row)


def compose(rng: Rng, draft: Draft, family: str) -> Block:
    """Lay out a draft as lines and as markup that holds the same lines."""
    draft = _with_rare_separator(rng, draft)
    rows = _rows(draft)
    before, middle, after = _affixes(draft.separator)
    lead = [_clean(line) for line in draft.lead if _clean(line)]
    lines = lead + [_clean(before + middle.join(item.text for item in row) + after) for row in rows]
    labels = [not draft.honest] * len(lead) + [_row_injected(row) for row in rows]
    body = [_row_markup(rng, draft, row) for row in rows]
    html = _honest_markup(rng, lead, body) if draft.honest else _hostile_markup(rng, lead, body, draft.position)
    return Block(tuple(lines), tuple(labels), html, family, draft.position)


def host(rng: Rng) -> str:
    """Return a made-up host name."""
    stem = "".join(pick(rng, SYLLABLES) for _ in range(between(rng, 2, 4)))
    stem += digits(rng, 1, 4) if chance(rng, 0.25) else ""
    head = weighted(rng, {"": 5.0, "www.": 4.0, "m.": 0.5, letters(rng, 2, 5) + ".": 1.5})
    return f"{head}{stem}.{pick(rng, TLDS)}"


def made_up_name(rng: Rng) -> str:
    """Return a word that is no name of anything."""
    return "".join(pick(rng, SYLLABLES) for _ in range(between(rng, 2, 3))).title()


def _entities(text: str) -> str:
    return "".join(f"&#x{ord(char):X};" for char in text)


def _targets(rng: Rng, honest: bool) -> Callable[[], str]:
    """Return a maker of link targets: one host, many hosts, or pages of the same site."""
    one = host(rng)
    outbound = chance(rng, 0.4 if honest else 0.85)
    many = chance(rng, 0.6)

    def target() -> str:
        path = weighted(
            rng, {"": 3.0, letters(rng, 3, 9) + "/": 3.0, letters(rng, 3, 8) + ".html": 2.0, digits(rng, 2, 5): 1.0}
        )
        if not outbound:
            return f"/{path}"
        return f"http{pick(rng, ('', 's'))}://{host(rng) if many else one}/{path}"

    return target


def _row_markup(rng: Rng, draft: Draft, row: Sequence[_Item]) -> str:
    before, middle, after = _affixes(draft.separator)
    encode: Callable[[str], str] = _entities if not draft.honest and chance(rng, 0.08) else escape
    target = _targets(rng, draft.honest)
    links = chance(rng, 0.75) or draft.linked is not None
    rel = weighted(rng, {"": 6.0, ' rel="dofollow"': 1.0, ' target="_blank"': 2.0, ' rel="nofollow"': 0.6})
    cells = []
    for item in row:
        text = encode(item.text)
        cells.append(f'<a href="{target()}"{rel}>{text}</a>' if links and item.linked else text)
    joint = "\n" if middle == " " and chance(rng, 0.5) else escape(middle)
    return f"{escape(before)}{joint.join(cells)}{escape(after)}"


HIDDEN_STYLES = (
    "display:none",
    "display: none;",
    "display:none!important",
    "visibility:hidden",
    "position:absolute;left:-9999px",
    "position:absolute; top:-2000px; left:-3000px;",
    "overflow:hidden;height:1px",
    "overflow: hidden; height: 1px; width: 1px;",
    "font-size:0",
    "font-size:0px;line-height:0",
    "color:#fff;background:#fff",
    "color:#ffffff;",
    "text-indent:-9999px",
    "opacity:0",
    "height:0;overflow:hidden",
    "clip:rect(0,0,0,0);position:absolute",
    "position:fixed;top:-500px",
    "font-size:1px;color:#FFFFFE",
)


def _decoy(rng: Rng) -> str:
    """Return nested empty elements that share one random id."""
    name = letters(rng, 5, 6)
    tags = [
        pick(rng, ("ul", "li", "div", "span", "p", "b", "i", "small", "dl", "dt", "em"))
        for _ in range(between(rng, 1, 6))
    ]
    inside = "".join(f'<{tag} id="{name}">' for tag in tags) + "".join(f"</{tag}>" for tag in reversed(tags))
    style = ' style="display: none;"' if chance(rng, 0.6) else ""
    return f'<div id="{name}" class="{letters(rng, 3, 8)}"{style}>{inside}</div>'


def _rows_markup(rng: Rng, rows: Sequence[str], tags: Sequence[str]) -> str:
    if len(rows) > 1 and chance(rng, 0.5):
        return "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>"
    tag = pick(rng, tags)
    return "\n".join(f"<{tag}>{row}</{tag}>" for row in rows)


def _hostile_markup(rng: Rng, lead: Sequence[str], body: Sequence[str], position: str) -> str:
    if position == "head" and chance(rng, 0.7):
        rows = [f'<h1><a href="/">{re.sub(r"</?a[^>]*>", "", row)}</a></h1>' for row in body]
        return (
            "".join(f"<p>{escape(line)}</p>" for line in lead)
            + "".join(rows)
            + (_decoy(rng) if chance(rng, 0.5) else "")
        )
    leads = "".join(f"<p>{escape(line)}</p>" for line in lead)
    inner = leads + _rows_markup(rng, body, ("p", "div", "h2", "p", "h3"))
    wrapped = _hide(rng, inner) if chance(rng, 0.55) else f"<div>{inner}</div>"
    return wrapped + (_decoy(rng) if chance(rng, 0.2) else "")


def _hide(rng: Rng, inner: str) -> str:
    way = rng.random()
    if way < 0.1:
        return f'<div><marquee height="1" width="{between(rng, 1, 9)}" scrollamount="3000">{inner}</marquee></div>'
    if way < 0.2:
        name = letters(rng, 4, 9)
        return f'<style>.{name}{{{pick(rng, HIDDEN_STYLES)}}}</style><div class="{name}">{inner}</div>'
    if way < 0.3:
        name = letters(rng, 4, 9)
        script = f'<script>document.getElementById("{name}").style.display="none";</script>'
        return f'<div id="{name}">{inner}</div>{script}'
    return f'<div style="{pick(rng, HIDDEN_STYLES)}">{inner}</div>'


def _honest_markup(rng: Rng, lead: Sequence[str], body: Sequence[str]) -> str:
    heading = pick(rng, ("h2", "h3", "h4", "p", "div", "dt"))
    leads = "".join(f"<{heading}>{escape(line)}</{heading}>" for line in lead)
    inner = leads + _rows_markup(rng, body, ("p", "div", "p", "dd", "h4"))
    outer = weighted(rng, {"div": 5.0, "nav": 2.0, "footer": 2.0, "section": 1.0, "aside": 1.0})
    attribute = pick(rng, (' class="links"', ' class="footer-nav"', ' id="menu"', "", "", ' class="article-content"'))
    if chance(rng, 0.12):
        attribute += pick(
            rng,
            (
                ' style="display:none"',
                ' hidden=""',
                ' style="display: none;" aria-hidden="true"',
                ' style="visibility:hidden"',
            ),
        )
    return f"<{outer}{attribute}>{inner}</{outer}>"


def _place_in(rng: Rng, n_lines: int, position: str) -> int:
    if position == "head":
        return min(n_lines, 1) if chance(rng, 0.15) else 0
    if position == "tail":
        return max(0, n_lines - 1) if chance(rng, 0.15) else n_lines
    if position == "middle" and n_lines > 1:
        return between(rng, 1, n_lines - 1)
    return n_lines if chance(rng, 0.3) else between(rng, 0, n_lines)


def insert_text(rng: Rng, page_lines: Sequence[str], block: Block) -> tuple[list[str], list[bool]]:
    """Put a block into a clean page of text lines; return the new lines and which of them are injected."""
    at = _place_in(rng, len(page_lines), block.position)
    lines = [*page_lines[:at], *block.lines, *page_lines[at:]]
    flags = [False] * at + list(block.labels) + [False] * (len(page_lines) - at)
    return lines, flags


def _blank_opaque(html: str) -> str:
    """Return the markup, same length, with everything blanked where nothing may be inserted."""
    return _OPAQUE.sub(lambda match: " " * len(match.group()), html)


def _ends(pattern: str, html: str) -> list[int]:
    return [match.end() for match in re.finditer(pattern, html, re.I)]


def _html_places(rng: Rng, html: str, position: str) -> list[int]:
    """Return the offsets a block of this position may go to, preferred ones only."""
    visible = _blank_opaque(html)
    top = _ends(r"<body\b[^>]*>", visible)[:1] or _ends(r"</head\s*>", html)[:1]
    blocks = _ends(r"</(?:p|div|li)\s*>", visible)
    last = [match.start() for match in re.finditer(r"</body\s*>", visible, re.I)][-1:]
    after = _ends(r"</html\s*>", visible)[-1:]
    if position == "head":
        return top
    if position == "tail":
        return pick(rng, (last, last, after, blocks[-3:]))
    if position == "middle":
        return blocks
    return pick(rng, (top, blocks, blocks, last, after))


def insert_html(rng: Rng, html: str, block: Block) -> str:
    """Put a block into a clean HTML page, with title and meta for head blocks; text added equals lines of the block."""
    places = _html_places(rng, html, block.position) or [len(html)]
    at = pick(rng, places)
    page = html[:at] + "\n" + block.html + "\n" + html[at:]
    return _hijack_head(rng, page, block.lines) if block.position == "head" else page


def _hijack_head(rng: Rng, html: str, lines: Sequence[str]) -> str:
    encode: Callable[[str], str] = _entities if chance(rng, 0.5) else escape
    title = f"<title>{encode(lines[0])}</title>"
    page, found = re.subn(r"<title\b[^>]*>.*?</title\s*>", lambda _: title, html, count=1, flags=re.S | re.I)
    for name in some(rng, ("keywords", "description"), between(rng, 0, 2)):
        page = re.sub(rf"<meta\b[^>]*\bname\s*=\s*[\"']?{name}\b[^>]*>", "", page, flags=re.I)
        meta = f'<meta name="{name}" content="{encode(pick(rng, lines))}">'
        if found:
            before, end, after = re.split(r"(</title\s*>)", page, maxsplit=1, flags=re.I)
            page = before + end + meta + after
    return page

"""How an honest list is laid out: its separators, its heading, what of a menu it holds."""

from __future__ import annotations

from collections.abc import Sequence

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, some, weighted
from training.slots import LEAD_OTHER, LEAD_TAILS

LIST_SEPARATORS = {
    " ": 7,
    " | ": 5,
    "|": 3,
    "、": 3,
    "\n": 6,
    ",": 2,
    ", ": 3,
    "，": 1,
    "|.": 3,
    "|\n": 0.8,
    " · ": 2,
    " - ": 1,
    "-": 0.6,
    "/": 0.8,
    " / ": 1,
    "　": 1.2,
    "_": 0.8,
    "；": 0.5,
    "; ": 0.7,
    " • ": 1.2,
    " > ": 0.2,
    "": 0.5,
    "丨": 0.5,
    "| ": 1.5,
    # No mark may part the items of injected lists alone.
    " >> ": 0.5,
    " * ": 0.7,
    "#": 0.8,
    " — ": 0.7,
    " :: ": 0.5,
    " ~ ": 0.4,
    " ⭐ ": 0.5,
    "+": 0.4,
    " » ": 0.7,
    " ✓ ": 0.6,
    ". ": 1.0,
    "...": 0.3,
    "! ": 0.3,
    " ❤ ": 0.2,
    "✅": 0.2,
}
CJK_LIST = {
    "、": 6,
    "，": 2,
    " ": 4,
    "|": 2,
    " | ": 3,
    "\n": 3,
    "|.": 2,
    "；": 1,
    "　": 1,
    "/": 0.6,
    ",": 1,
    "| ": 1,
    "": 0.3,
    "_": 0.5,
    " I ": 0.5,
    "｜": 1,
    ";": 0.5,
    "#": 0.5,
    "-": 1,
    " - ": 1,
    "丨": 1,
    " · ": 0.5,
    " / ": 1,
    "...": 0.3,
    "」「": 0.3,
    "✅": 0.3,
    " ✓ ": 0.3,
}
# What stands before every item of an advantage list or a menu.
_MARKS = ("✓ ", "✓ ", "✔ ", "✅ ", "★ ", "» ", "➤ ", "• ", "- ", "→ ")


def lay_out(
    rng: Rng,
    items: Sequence[str],
    separators: dict[str, float] | None = None,
    heads: Sequence[str] = (),
    position: str = "anywhere",
) -> Draft:
    """Lay out an honest list; its heading is a line of its own, stands before the first item, or is left out."""
    mark = pick(rng, _MARKS) if chance(rng, 0.04) else ""
    listed = [mark + item for item in items]
    # Headings that injections use as well: honest pages have them far oftener.
    heads = heads if chance(rng, 0.75) else (*LEAD_TAILS, *LEAD_OTHER)
    separator = weighted(rng, separators or LIST_SEPARATORS)
    head = pick(rng, heads) if heads and chance(rng, 0.6) else ""
    lead: tuple[str, ...] = ()
    if head and (separator.endswith("\n") or chance(rng, 0.4)):
        lead = (head,)
    elif head:
        listed[0] = head + pick(rng, (": ", " ", ":") if head.isascii() else ("：", ":", "", " ")) + listed[0]
    wrap = between(rng, 4, 12) if chance(rng, 0.1) and not separator.endswith("\n") else 0
    linked = None if chance(rng, 0.6) else [False] * len(listed)
    return Draft(listed, separator, lead=lead, position=position, wrap=wrap, linked=linked, honest=True)


def menu_points(rng: Rng, options: Sequence[str], n: int) -> list[str]:
    """Return n menu points, the front of the list more often than its end."""
    if chance(rng, 0.5):
        return list(options)[:n]
    return some(rng, options, n)

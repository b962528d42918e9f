"""Whether people see an element: evidence from attributes, inline style and simple style rules.

Only rules whose selector is one class, id or element name are read; rules in at-blocks (``@media``) are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from unstuff.html.css import (
    FONT_PERCENT_PIXELS,
    Colour,
    Properties,
    background_of,
    colour_of,
    declarations_of,
    is_transparent,
    pixels,
    simple_rules,
)

OFF_SCREEN_PIXELS = -500.0
TINY_FONT_PIXELS = 1.0
# A side of a box that cuts off what does not fit: sold links stand in boxes of 2 x 2 pixels.
TINY_SIDE_PIXELS = 2.0
# Link sellers write marquees of 1 x 4 pixels: one side that small, or both this small.
TINY_MARQUEE_PIXELS = 10.0
# Per channel of 255: #fefefe on white is as unseen as white.
SAME_COLOUR_DISTANCE = 6

WHITE: Colour = (255, 255, 255)
_SAME_COLOUR = "same colour as background"
_FONT_SIZE = "font-size:0"
_VISIBILITY = "visibility:hidden"
_SHORT_STYLE_CHARS = 256
_NO_BACKGROUND = ("", "none", "transparent", "inherit", "initial", "unset")
_WITH_BACKGROUND = frozenset(("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_MOVING = ("text-indent", "margin-left", "margin-top")
_PLACING = ("left", "top", "right", "bottom")
_CLIPPING = ("background-clip", "-webkit-background-clip")
_CUTTING = ("overflow", "overflow-x", "overflow-y")
# Declarations without any of these hide nothing.
_HIDING = frozenset(("display", "visibility", "opacity", "position", "margin", "font-size", *_MOVING, *_CUTTING))
_INHERITING = ("inherit", "unset")
# What has to be declared anew for an element to be seen in spite of this evidence; others stay whatever it declares.
_UNDOING = {_SAME_COLOUR: "color", _FONT_SIZE: "font-size", _VISIBILITY: "visibility"}


class Look(NamedTuple):
    """What an element hands down: evidence that it is hidden, its text colour, what is painted behind it."""

    hidden: str = ""
    colour: Colour | None = None
    background: Colour | None = None
    painted: bool = False
    """Whether it or an ancestor declares a background; an image has no ``background`` colour."""


class Style(NamedTuple):
    """Declarations, and the evidence in them that they hide an element, "" for none."""

    declared: Mapping[str, str]
    hides: str
    important: Mapping[str, str] = {}
    """Those of them that rules do not beat."""


class Rules:
    """The simple style rules of a page, and the look of elements under them.

    A selector is active when a rule of it hides, or paints a background. Only elements with an active selector are
    looked at; among all rules for such an element the stronger and the later win. ``late`` is true when a rule that
    hides came after elements that it holds for.
    """

    def __init__(self, known: Rules | None = None) -> None:
        self.late = False
        self.has_sheet = False
        self.active_tags: set[str] = {"marquee"} if known is None else known.active_tags
        self._settled = known is not None
        self._n_rules = 0
        # Of each selector and property the declaration that wins: whether it is important, number of its rule, value.
        self._of: dict[str, dict[str, tuple[bool, int, str]]] = {} if known is None else known._of
        self._active: set[str] = set() if known is None else known._active
        self._active_classes: set[str] = set() if known is None else known._active_classes
        # Every class attribute, and id attribute after "#", since the last sheet; whether it names an active selector.
        self.seen: dict[str, bool] = {}

    def add(self, css: str) -> None:
        """Read a style sheet."""
        if self._settled:
            return
        fresh: set[str] = set()
        for selectors, declarations in simple_rules(css):
            self._n_rules += 1
            merged = declarations.merged()
            hides = bool(by_style(merged))
            for selector in selectors:
                held = self._of.setdefault(selector, {})
                for name, value in merged.items():
                    found = name in declarations.important, self._n_rules, value
                    held[name] = max(found, held.get(name, found))
                if hides and selector not in self._active:
                    fresh.add(selector)
            if hides or "background-color" in merged or "background-image" in merged:
                self._active.update(selectors)
                self._active_classes.update(selector[1:] for selector in selectors if selector[0] == ".")
                self.active_tags.update(selector for selector in selectors if selector[0] not in ".#")
        # One pass over what was seen, also when thousands of sheets are.
        self.late = self.late or (
            bool(fresh) and any(not fresh.isdisjoint(_selectors_of(names)) for names in self.seen)
        )
        self.seen.clear()

    def concerns(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether an active selector holds for an element; without sheets that hide, nothing but remembered."""
        seen, names = self.seen, attributes.get("class")
        if not self._active:
            if names:
                seen[names] = False
            if "id" in attributes:
                seen["#" + attributes["id"]] = False
            return tag in self.active_tags
        by_class = names and self._concern(names)
        return (
            bool(by_class) or tag in self.active_tags or ("id" in attributes and self._concern("#" + attributes["id"]))
        )

    def _concern(self, names: str) -> bool:
        """Whether an active selector holds for a class attribute, or for an id attribute after "#"."""
        found = self.seen.get(names)
        if found is None:
            is_id = names.startswith("#")
            found = names in self._active if is_id else not self._active_classes.isdisjoint(names.split())
            self.seen[names] = found
        return found

    def look(self, parent: Look, tag: str, attributes: Mapping[str, str]) -> Look:
        """The look of an element, its parent's given; ``parent`` itself when nothing changes."""
        declared, hides, _ = self._declared(tag, attributes)
        hidden = _by_attribute(tag, attributes)
        if not declared and not hidden:
            return parent
        colour, background, painted = _colours(parent, declared)
        repainted = background != parent.background or painted != parent.painted
        hidden = hidden or hides or _still(parent, declared, repainted)
        if not hidden and ("color" in declared or repainted):
            # What an outside style sheet paints is not known; pages that use <font> mostly have none.
            presumed = WHITE if tag == "font" or not self.has_sheet else None
            hidden = _same_colour(declared, colour, background if painted else presumed)
        look = hidden, colour, background, painted
        return parent if look == parent else Look(*look)

    def _declared(self, tag: str, attributes: Mapping[str, str]) -> Style:
        """Declarations that hold for an element."""
        inline = _inline(attributes.get("style", ""))
        declared = _presentational(tag, attributes)
        held = sorted(self._held(tag, attributes)) if self._active else []
        if not declared and not held:
            return inline
        declared.update({name: value for is_important, *_, name, value in held if not is_important})
        declared.update(inline.declared)
        declared.update({name: value for is_important, *_, name, value in held if is_important})
        declared.update(inline.important)
        return Style(declared, by_style(declared))

    def _held(self, tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[bool, int, int, str, str]]:
        """What rules declare for an element: whether importantly, strength of selector, number of rule, name, value."""
        classes = ["." + name for name in attributes.get("class", "").split()]
        for strength, selectors in enumerate(([tag], classes, ["#" + attributes.get("id", "")])):
            for selector in selectors:
                for name, (is_important, number, value) in self._of.get(selector, {}).items():
                    yield is_important, strength, number, name, value


def _selectors_of(names: str) -> list[str]:
    return [names] if names.startswith("#") else ["." + name for name in names.split()]


def _inline(style: str) -> Style:
    """What a style attribute declares."""
    return _short_inline(style) if len(style) <= _SHORT_STYLE_CHARS else _read_inline(style)


def _read_inline(style: str) -> Style:
    found = declarations_of(style)
    declared = found.merged()
    return Style(declared, by_style(declared), found.important)


# The same few styles stand on elements of all pages.
_short_inline = lru_cache(maxsize=1 << 12)(_read_inline)


def _presentational(tag: str, attributes: Mapping[str, str]) -> Properties:
    """What old attributes declare."""
    declared: Properties = {}
    if "bgcolor" in attributes:
        declared["background-color"] = attributes["bgcolor"].lower()
    if tag in _WITH_BACKGROUND and "background" in attributes:
        declared["background-image"] = attributes["background"]
    if "color" in attributes:
        declared["color"] = attributes["color"].lower()
    if tag == "body" and "text" in attributes:
        declared["color"] = attributes["text"].lower()
    return declared


def _by_attribute(tag: str, attributes: Mapping[str, str]) -> str:
    if "hidden" in attributes:
        return "hidden attribute"
    if tag == "marquee":
        sides = [pixels(attributes.get(name, "")) for name in ("height", "width")]
        known = [side for side in sides if side is not None]
        # With one side given the other fits the text.
        limit = TINY_MARQUEE_PIXELS if len(known) == 2 else TINY_SIDE_PIXELS
        if known and (min(known) <= TINY_SIDE_PIXELS or max(known) <= limit):
            return "tiny marquee"
    return ""


def _colours(parent: Look, declared: Mapping[str, str]) -> tuple[Colour | None, Colour | None, bool]:
    """Text colour, background colour, and whether a background is declared, own or inherited."""
    _, colour, background, painted = parent
    if declared.get("color", "inherit") not in _INHERITING:
        colour = colour_of(declared["color"])
    behind = declared.get("background-color", "")
    if behind not in _NO_BACKGROUND:
        background, painted = background_of(behind), True
    if declared.get("background-image", "") not in _NO_BACKGROUND:
        background, painted = None, True
    return colour, background, painted


def _same_colour(declared: Mapping[str, str], colour: Colour | None, background: Colour | None) -> str:
    if is_transparent(declared.get("color", "")):
        # Cut out of a background, letters show it.
        return "" if "text" in map(declared.get, _CLIPPING) else _SAME_COLOUR
    if colour is None or background is None:
        return ""
    distance = max(abs(a - b) for a, b in zip(colour, background, strict=True))
    return _SAME_COLOUR if distance <= SAME_COLOUR_DISTANCE else ""


def _still(parent: Look, declared: Mapping[str, str], repainted: bool) -> str:
    """The parent's evidence, unless the element itself undoes it."""
    if repainted and parent.hidden == _SAME_COLOUR:
        return ""
    undoing = declared.get(_UNDOING.get(parent.hidden, ""), "inherit")
    return parent.hidden if undoing in _INHERITING else ""


def by_style(declared: Mapping[str, str]) -> str:
    """Evidence in declarations that they hide an element, "" for none."""
    if _HIDING.isdisjoint(declared):
        return ""
    if declared.get("display") == "none":
        return "display:none"
    if declared.get("visibility") in ("hidden", "collapse"):
        return _VISIBILITY
    if "opacity" in declared and pixels(declared["opacity"]) == 0:
        return "opacity:0"
    if _off_screen(declared):
        return "off-screen position"
    if _zero_size(declared):
        return "zero size"
    size = pixels(declared.get("font-size", ""), FONT_PERCENT_PIXELS)
    return _FONT_SIZE if size is not None and size <= TINY_FONT_PIXELS else ""


def _off_screen(declared: Mapping[str, str]) -> bool:
    placed = declared.get("position") in ("absolute", "fixed", "relative")
    names = (*_MOVING, *_PLACING) if placed else _MOVING
    if any(_at_most(declared, name, OFF_SCREEN_PIXELS) for name in names):
        return True
    sides = declared.get("margin", "").split()[:4]
    return any((pixels(side) or 0) <= OFF_SCREEN_PIXELS for side in sides)


def _zero_size(declared: Mapping[str, str]) -> bool:
    if not any(declared.get(name) in ("hidden", "clip") for name in _CUTTING):
        return False
    return any(_at_most(declared, name, TINY_SIDE_PIXELS) for name in ("width", "height", "max-height", "max-width"))


def _at_most(declared: Mapping[str, str], name: str, limit: float) -> bool:
    value = pixels(declared[name]) if name in declared else None
    return value is not None and value <= limit

"""Whether people see an element: evidence from attributes, inline style and simple style rules.

Only rules whose selector is one class, id or element name are read; rules in at-blocks (``@media``) are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from unstuff.html.css import Colour, Properties, background_of, colour_of, declarations_of, pixels, simple_rules

OFF_SCREEN_PIXELS = -500.0
TINY_PIXELS = 1.0
# Link sellers write marquees of 1 x 4 pixels: one side this small, or both.
TINY_MARQUEE_SIDE_PIXELS = 2.0
TINY_MARQUEE_PIXELS = 10.0
# Per channel of 255: #fefefe on white is as unseen as white.
SAME_COLOUR_DISTANCE = 6

WHITE: Colour = (255, 255, 255)
_SAME_COLOUR = "same colour as background"
_FONT_SIZE = "font-size:0"
_VISIBILITY = "visibility:hidden"
_NO_BACKGROUND = ("", "none", "transparent", "inherit", "initial", "unset")


class Look(NamedTuple):
    """What an element hands down: evidence that it is hidden, its text colour, what is painted behind it."""

    hidden: str = ""
    colour: Colour | None = None
    background: Colour | None = None
    painted: bool = False
    """Whether it or an ancestor declares a background; an image has no ``background`` colour."""


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
        self._of: dict[str, dict[str, tuple[int, str]]] = {} if known is None else known._of
        self._active: set[str] = set() if known is None else known._active
        self._inline: dict[str, Properties] = {}
        # Every class and id attribute seen so far, and whether it names an active selector.
        self._seen: dict[str, bool] = {}

    def add(self, css: str) -> None:
        """Read a style sheet."""
        if self._settled:
            return
        fresh: set[str] = set()
        for selectors, declarations in simple_rules(css):
            self._n_rules += 1
            hides = bool(by_style(declarations))
            for selector in selectors:
                held = self._of.setdefault(selector, {})
                held.update({name: (self._n_rules, value) for name, value in declarations.items()})
                if hides and selector not in self._active:
                    fresh.add(selector)
            if hides or "background" in declarations or "background-color" in declarations:
                self._active.update(selectors)
                self.active_tags.update(selector for selector in selectors if selector[0] not in ".#")
        # One pass over what was seen, also when thousands of sheets are.
        seen, self._seen = self._seen, {}
        self.late = self.late or any(not fresh.isdisjoint(_selectors_of(names)) for names in seen)

    def concern(self, names: str) -> bool:
        """Whether an active selector holds for a class attribute, or for an id attribute after "#"."""
        found = self._seen.get(names)
        if found is None:
            found = self._seen[names] = not self._active.isdisjoint(_selectors_of(names))
        return found

    def look(self, parent: Look, tag: str, attributes: Mapping[str, str]) -> Look:
        """The look of an element, its parent's given; ``parent`` itself when nothing changes."""
        declared = self._declared(tag, attributes)
        hidden = _by_attribute(tag, attributes)
        if not declared and not hidden:
            return parent
        colour, background, painted = _colours(parent, declared)
        hidden = hidden or by_style(declared) or _still(parent, declared)
        if not hidden and ("color" in declared or (painted and not parent.painted) or background != parent.background):
            # What an outside style sheet paints is not known; pages that use <font> mostly have none.
            presumed = WHITE if tag == "font" or not self.has_sheet else None
            hidden = _same_colour(declared, colour, background if painted else presumed)
        look = Look(hidden, colour, background, painted)
        return parent if look == parent else look

    def _declared(self, tag: str, attributes: Mapping[str, str]) -> Properties:
        """Declarations that hold for an element."""
        declared = _presentational(tag, attributes)
        if self._active:
            classes = [self._of.get("." + name) for name in attributes.get("class", "").split()]
            for group in ([self._of.get(tag)], classes, [self._of.get("#" + attributes.get("id", ""))]):
                found = sorted((order, name, value) for held in group if held for name, (order, value) in held.items())
                declared.update({name: value for _, name, value in found})
        style = attributes.get("style")
        if style:
            inline = self._inline.get(style)
            if inline is None:
                inline = self._inline[style] = declarations_of(style)
            declared.update(inline)
        return declared


def _selectors_of(names: str) -> list[str]:
    return [names] if names.startswith("#") else ["." + name for name in names.split()]


def _presentational(tag: str, attributes: Mapping[str, str]) -> Properties:
    """What old attributes declare."""
    declared: Properties = {}
    if "bgcolor" in attributes:
        declared["background-color"] = attributes["bgcolor"].lower()
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
        limit = TINY_MARQUEE_PIXELS if len(known) == 2 else TINY_MARQUEE_SIDE_PIXELS
        if known and (min(known) <= TINY_MARQUEE_SIDE_PIXELS or max(known) <= limit):
            return "tiny marquee"
    return ""


def _colours(parent: Look, declared: Properties) -> tuple[Colour | None, Colour | None, bool]:
    """Text colour, background colour, and whether a background is declared, own or inherited."""
    _, colour, background, painted = parent
    if "color" in declared and declared["color"] != "inherit":
        colour = colour_of(declared["color"])
    behind = declared.get("background-color") or declared.get("background") or ""
    if behind not in _NO_BACKGROUND:
        background, painted = background_of(behind), True
    return colour, background, painted


def _same_colour(declared: Properties, colour: Colour | None, background: Colour | None) -> str:
    if declared.get("color") == "transparent":
        return _SAME_COLOUR
    if colour is None or background is None:
        return ""
    distance = max(abs(a - b) for a, b in zip(colour, background, strict=True))
    return _SAME_COLOUR if distance <= SAME_COLOUR_DISTANCE else ""


def _still(parent: Look, declared: Properties) -> str:
    """The parent's evidence, unless the element itself undoes it."""
    undoing = {
        _SAME_COLOUR: ("color", "background", "background-color"),
        _FONT_SIZE: ("font-size",),
        _VISIBILITY: ("visibility",),
    }.get(parent.hidden, ())
    return "" if any(name in declared for name in undoing) else parent.hidden


def by_style(declared: Properties) -> str:
    """Evidence in declarations that they hide an element, "" for none."""
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
    if _at_most(declared, "font-size", TINY_PIXELS):
        return _FONT_SIZE
    return ""


def _off_screen(declared: Properties) -> bool:
    names = ["text-indent", "margin-left", "margin-top"]
    if declared.get("position") in ("absolute", "fixed", "relative"):
        names += ["left", "top", "right", "bottom"]
    if any(_at_most(declared, name, OFF_SCREEN_PIXELS) for name in names):
        return True
    sides = declared.get("margin", "").split()[:4]
    return any((pixels(side) or 0) <= OFF_SCREEN_PIXELS for side in sides)


def _zero_size(declared: Properties) -> bool:
    if not any(declared.get(name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y")):
        return False
    return any(_at_most(declared, name, TINY_PIXELS) for name in ("width", "height", "max-height", "max-width"))


def _at_most(declared: Properties, name: str, limit: float) -> bool:
    value = pixels(declared[name]) if name in declared else None
    return value is not None and value <= limit

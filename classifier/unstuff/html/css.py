"""The little of CSS that tells whether text can be seen: declarations, simple rules, lengths, colours, scripted style.

Pages are hostile: everything here is linear in its input.
"""

from __future__ import annotations

import re
from collections import defaultdict

Properties = dict[str, str]
Colour = tuple[int, int, int]

_PROPERTY_NAMES = (
    "display visibility opacity position left top right bottom margin margin-left margin-top text-indent width height"
    " max-height max-width overflow overflow-x overflow-y font-size color background-color background-image"
)
_PROPERTIES = frozenset(_PROPERTY_NAMES.split())
_FONT_SIZE_NAMES = (
    "xx-small x-small small medium large x-large xx-large xxx-large smaller larger inherit initial unset caption icon"
    " menu message-box small-caption status-bar"
)
_FONT_SIZES = frozenset(_FONT_SIZE_NAMES.split())
# Style, variant, weight and stretch may stand before the size.
_MAX_FONT_WORDS = 5
_SELECTOR = re.compile(r"[.#]?[\w-]+")
_CAPITAL = re.compile(r"(?=[A-Z])")  # style.marginLeft is margin-left
_LENGTH = re.compile(r"([-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))\s*([a-z%]{0,4})")
_COMMENT = re.compile(r"""/\*.*?(?:\*/|\Z)|("[^"\n]*"|'[^'\n]*'|url\([^)\s]{0,999}\))""", re.S)
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})\s{0,9}(?:[,/]\s{0,9}(?:1|100%)\s*)?\)")
_SCRIPTED = re.compile(
    r"""\bgetElementById\(\s*["']([\w-]+)["']\s*\)\s*\.style\.(\w+)\s*=\s*["']([^"'{};]*)["']""", re.ASCII
)
_NAMED: dict[str, Colour] = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245),
    "black": (0, 0, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "red": (255, 0, 0), "green": (0, 128, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "navy": (0, 0, 128),
    "yellow": (255, 255, 0), "maroon": (128, 0, 0), "purple": (128, 0, 128), "teal": (0, 128, 128),
}  # fmt: skip
# Relative lengths roughly: an em is a line of text, a percent of the window 10 pixels.
_UNIT_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
    "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "lh": 20.0, "vw": 10.0, "vh": 10.0, "vmin": 10.0, "vmax": 10.0,
}  # fmt: skip
_PERCENT_PIXELS = 10.0
FONT_PERCENT_PIXELS = 0.16


def declarations_of(style: str) -> Properties:
    """The declarations of a style that bear on visibility, the last of each name; in lower case."""
    found: Properties = {}
    for declaration in _without_comments(style).lower().split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        value = value.partition("!")[0].strip()
        if name in _PROPERTIES:
            found[name] = value
        elif name == "background":
            found["background-color"] = value
            found["background-image"] = value if _may_be_image(value) else "none"
        elif name == "font" and (size := _font_size(value)):
            found["font-size"] = size
    return found


def simple_rules(css: str) -> list[tuple[list[str], Properties]]:
    """Rules with one class, id or element name a selector: ``(selectors, declarations)`` in order."""
    rules: list[tuple[list[str], Properties]] = []
    depth = 0
    # Old pages hide their sheets from older browsers by the marks of a comment of HTML, which CSS passes over.
    for part in _without_comments(css).replace("<!--", " ").replace("-->", " ").split("}"):
        n_opened = part.count("{")
        # A rule of its own opens outside of all others and closes at once; anything else is an at-block.
        if n_opened == 1 and not depth:
            head, _, body = part.partition("{")
            selectors = _simple_selectors(head)
            declarations = declarations_of(body) if selectors else {}
            if declarations:
                rules.append((selectors, declarations))
        depth = max(depth + n_opened - 1, 0)
    return rules


def scripted_sheet(script: str) -> str:
    """A style sheet of what a script declares for elements by their id, ``getElementById("a").style.display = "none"``.

    It is empty for a script with functions: what stands in them may wait for a click, as in menus and tabs.
    """
    if "getElementById" not in script or "function" in script or "=>" in script:
        return ""
    declared: dict[str, list[str]] = defaultdict(list)
    for name, prop, value in _SCRIPTED.findall(script):
        declared[name].append(f"{_CAPITAL.sub('-', prop)}:{value}")
    return "".join(f"#{name}{{{';'.join(declarations)}}}" for name, declarations in declared.items())


def _simple_selectors(text: str) -> list[str]:
    # @import and @charset end in a semicolon and may stand before the first rule.
    parts = [part.strip() for part in text.rpartition(";")[2].split(",")]
    return [part if part[0] in ".#" else part.lower() for part in parts if _SELECTOR.fullmatch(part)]


def _without_comments(css: str) -> str:
    """An open comment runs to the end; in a string or an address there is none."""
    return _COMMENT.sub(lambda found: found[1] or " ", css) if "/*" in css else css


def pixels(length: str, percent: float = _PERCENT_PIXELS) -> float | None:
    """A length of CSS or of an attribute in pixels, roughly; None when it is none, or its unit is unknown."""
    found = _LENGTH.match(length.strip())
    if not found:
        return None
    number, unit = float(found[1]), found[2]
    if not number:
        # In every unit.
        return 0.0
    in_pixels = percent if unit == "%" else _UNIT_PIXELS.get(unit)
    return None if in_pixels is None else number * in_pixels


def colour_of(name: str) -> Colour | None:
    """Red, green and blue of a colour in lower case; None when it is unknown or partly transparent."""
    if name in _NAMED:
        return _NAMED[name]
    found = _HEX.fullmatch(name)
    if found:
        digits = found[1] if len(found[1]) > 4 else "".join([digit * 2 for digit in found[1]])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    rgb = _RGB.fullmatch(name)
    return (int(rgb[1]), int(rgb[2]), int(rgb[3])) if rgb else None


def background_of(value: str) -> Colour | None:
    """The colour of a background; None for images and what cannot be told."""
    if _may_be_image(value):
        return None
    return colour_of(value) or next((colour for colour in map(colour_of, value.split()[:4]) if colour), None)


def _may_be_image(background: str) -> bool:
    return "(" in background and not background.startswith("rgb")


def _font_size(font: str) -> str:
    """The size that the value of ``font`` sets, "" where it is none and is passed over."""
    for word in font.split(None, _MAX_FONT_WORDS)[:_MAX_FONT_WORDS]:
        size = word.partition("/")[0]
        # A number alone is a weight, unless it is 0.
        is_length = pixels(size) is not None and (size == "0" or not size.isdigit())
        if is_length or size in _FONT_SIZES or "(" in size:
            return size
    return ""

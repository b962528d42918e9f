"""The little of CSS that tells whether text can be seen: declarations, simple rules, lengths, colours, scripted style.

Pages are hostile: everything here is linear in its input.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import NamedTuple

Properties = dict[str, str]
Colour = tuple[int, int, int]

_PROPERTY_NAMES = (
    "display visibility opacity position left top right bottom margin margin-left margin-top text-indent width height"
    " max-height max-width overflow overflow-x overflow-y font-size color background-color background-image"
    " background-clip -webkit-background-clip"
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
# Comments, strings, addresses and escapes. A string without its end runs to that of its line, the others to the last.
# Each begins with one character as it is, and no group: so the others are passed over five times as fast.
_OPAQUE = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:[^"\\\n\r\f]|\\.)*+"?|'(?:[^'\\\n\r\f]|\\.)*+'?"""
    r"""|url\((?<![\w-]url\()\s*+(?!["'])(?:[^)\\]|\\.)*+\)?|\\(?:([0-9a-fA-F]{1,6})\s?|(.))""",
    re.S,
)
_IN_PLAIN = {"/": " ", '"': '""', "'": '""', "u": "url()"}
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})\s{0,9}(?:[,/]\s{0,9}(?:1|100%)\s*)?\)")
_NO_ALPHA = r"\s*\.?0+(?:\.0*)?%?\s*\)"
_TRANSPARENT = re.compile(
    rf"transparent|#[0-9a-f]{{3}}0|#[0-9a-f]{{6}}00|(?:rgb|hsl)a?\((?:(?:[^,()]*,){{3}}|[^,/()]*/){_NO_ALPHA}"
)
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


class Declarations(NamedTuple):
    """Declarations that bear on visibility, the last of each name; those marked ``!important`` beat the others."""

    ordinary: Properties
    important: Properties

    def merged(self) -> Properties:
        """Those that hold."""
        return self.ordinary | self.important


def declarations_of(style: str) -> Declarations:
    """The declarations of a style attribute; in lower case."""
    return _declarations(_plain(style))


def _declarations(plain: str) -> Declarations:
    found = Declarations({}, {})
    for declaration in plain.lower().split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip()
        value, _, priority = value.partition("!")
        value, held = value.strip(), found.important if priority.strip() == "important" else found.ordinary
        if name in _PROPERTIES:
            held[name] = value
        elif name == "background":
            held["background-color"] = value
            held["background-image"] = value if _may_be_image(value) else "none"
        elif name == "font" and (size := _font_size(value)):
            held["font-size"] = size
    return found


def simple_rules(css: str) -> list[tuple[list[str], Declarations]]:
    """Rules with one class, id or element name a selector: ``(selectors, declarations)`` in order."""
    rules: list[tuple[list[str], Declarations]] = []
    depth = 0
    # Old pages hide their sheets from older browsers by the marks of a comment of HTML, which CSS passes over.
    for part in _plain(css).replace("<!--", " ").replace("-->", " ").split("}"):
        n_opened = part.count("{")
        # A rule of its own opens outside of all others and closes at once; anything else is an at-block.
        if n_opened == 1 and not depth:
            head, _, body = part.partition("{")
            selectors = _simple_selectors(head)
            declarations = _declarations(body if selectors else "")
            if any(declarations):
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


def _plain(css: str) -> str:
    """CSS without comments, without what strings and addresses hold, and with its escapes read."""
    return _OPAQUE.sub(_in_plain, css)


def _in_plain(found: re.Match[str]) -> str:
    code, character = found.groups()
    if not (code or character):
        return _IN_PLAIN[found[0][0]]
    character = character or chr(min(int(code, 16), sys.maxunicode))
    # What is escaped ends no rule and no declaration.
    return character if character.isalnum() or character in "-_" else "\ufffd"


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


def is_transparent(colour: str) -> bool:
    """Whether a colour in lower case is one that nobody sees."""
    return _TRANSPARENT.fullmatch(colour) is not None


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

"""Ways to write the same text so that a filter does not know it: pure functions of a generator and a text.

Owns the alphabets, the splitter that finds a block's items, and the list ``TRANSFORMATIONS``. It draws on nothing of
the features: what normalisation undoes must not be read off its own tables. It never judges or scores.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from html.entities import codepoint2name
from itertools import repeat
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import NamedTuple

from training.draw import Rng, between, chance, pick

TextChange = Callable[[Rng, str], str]
Joints = Callable[[Rng], Iterator[str]]
Table = Mapping[int, str]


class Transformation(NamedTuple):
    """One way to obfuscate a block: a change of its texts, or of what stands between its items."""

    change: TextChange | None = None
    joints: Joints | None = None  # endless: what to put between one item and the next

    def __call__(self, rng: Rng, texts: Sequence[str]) -> list[str]:
        """The texts of one block, changed; a text without items keeps its form when only joints change."""
        if self.change is not None:
            return [self.change(rng, text) for text in texts]
        joints = self.endless(rng)
        return [rejoin(text, joints) for text in texts]

    def endless(self, rng: Rng) -> Iterator[str]:
        """What to put between items; nothing when it is the text that changes."""
        return self.joints(rng) if self.joints is not None else iter(())


# --- items of a block -----------------------------------------------------------------------------------------------

# What the blocks of the collection put between their items. A dash or an I separates only where words do not hold it.
_SEPARATORS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*[|｜丨│]\s*",
        r"\s*_\s*",
        r"\s*[,，、]\s*",
        r"\s*[•·※★]\s*",
        r"\s*[;；]\s*",
        r"\s*[>»#+=~\t]\s*",
        r"\s+[-–—]\s+|(?<=[\u3040-\u9fff])[-–—]|[-–—](?=[\u3040-\u9fff])",
        r"\s+I\s+|(?<=[\u3040-\u9fff])I(?=[\u3040-\u9fff])",
        r"\s+(?:\S?[^\w\s]{2}\S*|[^\w\s]\S*|\d{3,})(?:\s+|$)",
    )
)
_HAN_SPACE = re.compile(r"(?<=[\u3040-\u9fff])\s+|\s+(?=[\u3040-\u9fff])")


def split(text: str) -> list[str]:
    """The items of a list: what stands between marks of its most frequent kind; the text alone when there are few.

    Marks count by kind (bars, commas, bullets, …) and the kind that occurs most, twice at least, is the separator;
    without any, spaces beside Chinese are. Spaces between the words of an alphabet never part items.
    """
    counts = [len(mark.findall(text)) for mark in _SEPARATORS]
    most = max(counts)
    mark = _SEPARATORS[counts.index(most)] if most >= 2 else _HAN_SPACE
    items = [item for item in mark.split(text) if item.strip()]
    return items if len(items) >= 3 else [text]


def rejoin(text: str, joints: Iterator[str]) -> str:
    """The items of the text with other joints."""
    first, *rest = split(text)
    return first + "".join(next(joints) + item for item in rest)


_DINGBATS = "✿❀❥❖✤✥✰✱✽❉❣❦➤➢➽⚜☙❧☞⚑⌘⍟※"
_RARE_PUNCTUATION = "჻᛫᛬܀؞۝꧁꧂⸎⸖⁂⁜࿐༄༓๛᠅‖⁞⦙⫶⌇〓〆〃"
_PRIVATE = "".join(map(chr, range(0xE000, 0xE0F0)))
_EMOJI = ("🔥", "💯", "🎰", "💋", "👉", "⭐", "💎", "🍑", "❤️‍🔥", "🎲", "✅", "💰", "🚀", "👩‍❤️‍👨", "🇨🇳")
_MIXED = ("|", "_", ",", "、", " - ", " / ", "·", "★", ";", "~", " I ", "→", "💋", "※", "丨", "﹣", "=", "^", "&", "…")


def _constant(marks: Sequence[str]) -> Joints:
    """One mark for the whole block, glued or between spaces."""

    def joints(rng: Rng) -> Iterator[str]:
        space = pick(rng, ("", " "))
        return repeat(f"{space}{pick(rng, marks)}{space}")

    return joints


def _varied(marks: Sequence[str]) -> Joints:
    """Another mark each time."""

    def joints(rng: Rng) -> Iterator[str]:
        while True:
            yield pick(rng, marks)

    return joints


def _random_characters(rng: Rng) -> Iterator[str]:
    while True:
        pool = pick(rng, (ascii_lowercase, digits))
        yield f" {''.join(pick(rng, pool) for _ in range(between(rng, 3, 6)))} "


def _exactly(mark: str) -> Joints:
    return lambda rng: repeat(mark)


# --- other letters --------------------------------------------------------------------------------------------------


def _alphabet(upper: int = 0, lower: int = 0, zero: int = 0, one: int = 0, other: Mapping[str, str] = {}) -> Table:
    """Letters and digits moved to where another alphabet begins; 0 where it has none."""
    rows = ((ascii_uppercase, upper), (ascii_lowercase, lower), (digits, zero), (digits[1:], one))
    table = {ord(char): chr(start + i) for chars, start in rows if start for i, char in enumerate(chars)}
    return table | {ord(char): form for char, form in other.items()}


def _translate(table: Table, rng: Rng, text: str) -> str:
    return text.translate(table)


_HOLES = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
ALPHABETS: dict[str, Table] = {
    "full-width letters": {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)},
    "bold letters": _alphabet(0x1D400, 0x1D41A, 0x1D7CE),
    "sans-serif letters": _alphabet(0x1D5D4, 0x1D5EE, 0x1D7EC),
    "script letters": _alphabet(0x1D4D0, 0x1D4EA, 0x1D7D8),
    "fraktur letters": _alphabet(0x1D56C, 0x1D586, 0x1D7CE),
    "double-struck letters": _alphabet(0x1D538, 0x1D552, 0x1D7D8, other=_HOLES),
    "monospace letters": _alphabet(0x1D670, 0x1D68A, 0x1D7F6),
    "circled letters": _alphabet(0x24B6, 0x24D0, one=0x2460, other={"0": "⓪"}),
    "negative circled letters": _alphabet(0x1F150, 0x1F150, one=0x2776, other={"0": "⓿"}),
    "squared letters": _alphabet(0x1F130, 0x1F130),
    "negative squared letters": _alphabet(0x1F170, 0x1F170),
    "regional indicators": _alphabet(0x1F1E6, 0x1F1E6),
    "parenthesised letters": _alphabet(0x1F110, 0x249C, one=0x2474),
    "small capitals": {ord(a): b for a, b in zip(ascii_lowercase, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ", strict=True)},
    "superscript letters": {
        ord(a): b for a, b in zip(ascii_lowercase + digits, "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ𐞥ʳˢᵗᵘᵛʷˣʸᶻ⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)
    },
    "Roman numeral letters": {ord(a): b for a, b in zip("ivxlcdmIVXLCDM", "ⅰⅴⅹⅼⅽⅾⅿⅠⅤⅩⅬⅭⅮⅯ", strict=True)},
    "upside-down letters": {ord(a): b for a, b in zip("acefhijkmrtvwy", "ɐɔǝɟɥᴉɾʞɯɹʇʌʍʎ", strict=True)},
    "leetspeak": {ord(a): b for a, b in zip("aeiostbgAEIOSTBG", "4310578943105789", strict=True)},
}
_CYRILLIC = dict(zip("aceijopsxyhABCEHIJKMOPSTXY", "асеіјорѕхуһАВСЕНІЈКМОРЅТХУ", strict=True))
_GREEK = dict(zip("aiknopuvwyABEHIKMNOPTXYZ", "αικηορυνωγΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True))
_OTHERS = {
    "a": "ɑ", "b": "Ꮟ", "c": "ϲ", "d": "ԁ", "e": "ҽ", "g": "ց", "h": "հ", "i": "ӏ", "j": "ϳ", "l": "ⅼ", "n": "ո",
    "o": "օ", "p": "ⲣ", "q": "ԛ", "s": "ꜱ", "u": "ս", "v": "ᴠ", "w": "ԝ", "x": "ⲭ", "y": "ყ", "z": "ᴢ", "A": "Ꭺ",
    "B": "Ᏼ", "C": "Ꮯ", "D": "Ꭰ", "E": "Ꭼ", "G": "Ꮐ", "H": "Ꮋ", "J": "Ꭻ", "K": "Ꮶ", "L": "Ꮮ", "M": "Ꮇ", "O": "Ⲟ",
    "P": "Ꮲ", "R": "Ꭱ", "S": "Ꮪ", "T": "Ꭲ", "V": "Ꮩ", "W": "Ꮃ", "Z": "Ꮓ",
}  # fmt: skip


def _homoglyphs(share: float, rng: Rng, text: str, alphabets: Sequence[Mapping[str, str]]) -> str:
    """Each letter with this probability in one of the alphabets that have a look-alike of it."""
    found = []
    for char in text:
        forms = [alphabet[char] for alphabet in alphabets if char in alphabet]
        found.append(pick(rng, forms) if forms and chance(rng, share) else char)
    return "".join(found)


@cache
def _compatibility_forms() -> Table:
    """Han characters -> a radical or a compatibility ideograph that looks the same."""
    forms: dict[int, str] = {}
    for code in (*range(0xF900, 0xFAFF), *range(0x2F00, 0x2FD6)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code) and len(plain) == 1:
            forms[ord(plain)] = chr(code)
    return forms


@cache
def _converter(direction: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(direction).convert
    return convert


# --- more characters ------------------------------------------------------------------------------------------------

_INVISIBLE = {
    "zero-width spaces": "\u200b",
    "zero-width joiners": "\u200c\u200d",
    "word joiners": "\u2060\ufeff",
    "invisible operators": "\u2061\u2062\u2063\u2064",
    "variation selectors": "\ufe00\ufe0e\ufe0f\U000e0100",
    "tag characters": "".join(map(chr, range(0xE0061, 0xE007B))),
    "blank letters": "\u115f\u1160\u3164\uffa0\u17b4\u180e",
    "soft hyphens": "\u00ad",
    "bidi controls": "\u200e\u200f\u061c\u202a\u202c\u2066\u2069",
    "invisible of all kinds": "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u2063\ufe0f\u3164\u200e",
}
_MARKS = {
    "combining strokes": "\u0336\u0335\u0338",
    "combining accents": "\u0300\u0301\u0302\u0308\u030a\u0323\u0331",
    "combining marks of rare blocks": "\u1ab0\u1ab4\u1dc4\u1de8\u20d0\u20dd\u20de\u20e3\ufe20\ufe26\u0483\u0489",
    "marks of other scripts": "\u064e\u0651\u0e31\u0e38\u093c\u0941\u3099\u302a\u05b0\ua66f",
}


def _sprinkle(chars: str, share: float, rng: Rng, text: str) -> str:
    """One of the characters after a letter or digit, with this probability."""
    return "".join(char + pick(rng, chars) if char.isalnum() and chance(rng, share) else char for char in text)


def _stacked(rng: Rng, text: str) -> str:
    """Three to eight accents on every letter ("zalgo")."""
    accents = [chr(code) for code in range(0x0300, 0x0370)]
    return "".join(
        char + "".join(pick(rng, accents) for _ in range(between(rng, 3, 8))) if char.isalnum() else char
        for char in text
    )


def _reversed_with_override(rng: Rng, text: str) -> str:
    """Each line backwards between a right-to-left override and its end: shown as it was."""
    return f"\u202e{text[::-1]}\u202c"


def _parted(mark: str, rng: Rng, text: str) -> str:
    """A mark between neighbouring letters: s l o t."""
    return re.sub(r"(?<=[^\W_])(?=[^\W_])", mark, text)


# --- other bytes ----------------------------------------------------------------------------------------------------


def _misread(written: str, read: str, rng: Rng, text: str) -> str:
    return text.encode(written, "ignore").decode(read, "replace")


def _hexadecimal(rng: Rng, text: str) -> str:
    return "".join(f"&#x{ord(char):X};" if not char.isspace() else char for char in text)


def _decimal(rng: Rng, text: str) -> str:
    return "".join(f"&#{ord(char)};" if not char.isspace() else char for char in text)


def _some_entities(rng: Rng, text: str) -> str:
    return "".join(pick(rng, (_hexadecimal, _decimal))(rng, char) if chance(rng, 0.5) else char for char in text)


_NAMES = codepoint2name | {ord("|"): "vert", ord("_"): "lowbar", ord(","): "comma", ord("/"): "sol", ord("#"): "num"}


def _named(rng: Rng, text: str) -> str:
    """Marks, accented letters and spaces by name."""
    names = _NAMES | {ord(" "): "nbsp"}
    return "".join(f"&{names[ord(char)]};" if ord(char) in names else char for char in text)


def _escaped_twice(rng: Rng, text: str) -> str:
    return html.escape(_hexadecimal(rng, text))


def _percent_encoded(rng: Rng, text: str) -> str:
    return "".join(
        char if char in ascii_letters else "".join(f"%{byte:02X}" for byte in char.encode()) for char in text
    )


def _upper(rng: Rng, text: str) -> str:
    return text.upper()


def _alternating(rng: Rng, text: str) -> str:
    return "".join(char.upper() if chance(rng, 0.5) else char.lower() for char in text)


def _changes() -> Iterator[tuple[str, TextChange]]:
    yield from ((name, partial(_translate, table)) for name, table in ALPHABETS.items())
    yield "Cyrillic look-alikes", partial(_homoglyphs, 1.0, alphabets=(_CYRILLIC,))
    yield "Greek look-alikes", partial(_homoglyphs, 1.0, alphabets=(_GREEK,))
    yield "look-alikes of all scripts", partial(_homoglyphs, 1.0, alphabets=(_CYRILLIC, _GREEK, _OTHERS))
    yield "a third of letters look-alikes", partial(_homoglyphs, 0.33, alphabets=(_CYRILLIC, _GREEK, _OTHERS))
    yield "compatibility ideographs", lambda rng, text: text.translate(_compatibility_forms())
    yield "Simplified to Traditional", lambda rng, text: _converter("s2t")(text)
    yield "Simplified to Taiwanese", lambda rng, text: _converter("s2twp")(text)
    yield "Traditional to Simplified", lambda rng, text: _converter("t2s")(text)
    yield from ((name, partial(_sprinkle, chars, 1.0)) for name, chars in _INVISIBLE.items())
    yield from ((name, partial(_sprinkle, chars, 0.7)) for name, chars in _MARKS.items())
    yield "stacked accents", _stacked
    yield "right-to-left override", _reversed_with_override
    yield "letters parted by spaces", partial(_parted, " ")
    yield "letters parted by dots", partial(_parted, ".")
    yield "letters parted by hyphens", partial(_parted, "-")
    yield "hexadecimal entities", _hexadecimal
    yield "decimal entities", _decimal
    yield "half of it entities", _some_entities
    yield "named entities", _named
    yield "entities escaped twice", _escaped_twice
    yield "percent-encoded", _percent_encoded
    yield "UTF-8 read as Latin-1", partial(_misread, "utf-8", "latin-1")
    yield "UTF-8 read as Windows-1252", partial(_misread, "utf-8", "cp1252")
    yield "UTF-8 read as GBK", partial(_misread, "utf-8", "gbk")
    yield "GBK read as Latin-1", partial(_misread, "gbk", "latin-1")
    yield "GBK read as UTF-8", partial(_misread, "gbk", "utf-8")
    yield "upper case", _upper
    yield "alternating case", _alternating


_JOINTS: dict[str, Joints] = {
    "emoji between items": _varied(tuple(f" {emoji} " for emoji in _EMOJI)),
    "one emoji between items": _constant(_EMOJI),
    "random characters between items": _random_characters,
    "dingbat between items": _constant(_DINGBATS),
    "box drawing between items": _constant("│┃║╎╏╱╲┊▏▌■◆◇○●"),
    "rare mark between items": _constant(_RARE_PUNCTUATION),
    "private-use character between items": _constant(_PRIVATE),
    "separators of all kinds": _varied(_MIXED),
    "brackets around items": _exactly("】【"),
    "items glued": _exactly(""),
    "items by spaces": _exactly(" "),
    "one item a line": _exactly("\n"),
}
TRANSFORMATIONS: Mapping[str, Transformation] = {
    **{name: Transformation(change) for name, change in _changes()},
    **{name: Transformation(joints=joints) for name, joints in _JOINTS.items()},
}

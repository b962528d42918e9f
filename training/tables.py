"""The arrays of tables.npz: code points, character classes, place names, function words.

Built from OpenCC's characters, unicodedata, confusable-homoglyphs, places.tsv and function_words.tsv; the package only
reads the result. Greek and Cyrillic look-alikes are listed apart from the mapping: genuine Russian and Greek would be
changed with them, so they count in words that hold Latin letters only.
"""

from __future__ import annotations

import argparse
import csv
import string
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from confusable_homoglyphs import confusables
from numpy.typing import NDArray

from training.gazetteer import Place, load
from unstuff.hashing import hash_spans
from unstuff.normalise import N_CODE_POINTS, CharClass, Normaliser

Tables = dict[str, NDArray[Any]]
FUNCTION_WORDS = Path(__file__).with_name("function_words.tsv")

DELETED = 0
# From here on there is nothing but tags, variation selectors and private use.
_FIRST_EMPTY_PLANE = 0x40000
_SPACE = ord(" ")

# What becomes of whole ranges; (first, last, what the first becomes, the rest following on).
_ALPHABETS = (
    (0x249C, 0x24B5, "a"),  # ⒜
    (0x1F110, 0x1F129, "a"),  # 🄐
    (0x1F130, 0x1F149, "a"),  # 🄰
    (0x1F150, 0x1F169, "a"),  # 🅐
    (0x1F170, 0x1F189, "a"),  # 🅰
    (0x1F1E6, 0x1F1FF, "a"),  # 🇦
    (0x2474, 0x247C, "1"),  # ⑴
    (0x2488, 0x2490, "1"),  # ⒈
    (0x24F5, 0x24FD, "1"),  # ⓵
    (0x2776, 0x277E, "1"),  # ❶
    (0x2780, 0x2788, "1"),  # ➀
    (0x278A, 0x2792, "1"),  # ➊
    (0x1F101, 0x1F10A, "0"),  # 🄁
)
_LOOK_ALIKES = {
    "|": "丨︱│｜¦∣┃║❘❙❚⎮⏐︳￨￤ǀ┆┇┊┋╎╏",
    "-": "‐‑‒–—―−﹣－⸺⸻─━﹘⁃",
    "•": "‣∙●⚫⬤◦",
    "·": "・･‧⋅᛫⸱ꞏ",
    "~": "～〜∼˜〰",
    "/": "⁄∕╱⧸",
    "'": "‘’‛′ʼ‵",
    '"': "“”„‟″",
    "*": "∗✱⁎﹡",
    ",": "︐",
    "、": "︑",
    "0": "⓿🄀",
} | dict(zip("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", strict=True))
_LOOK_ALIKES["g"] += "ɡ"
_LOOK_ALIKES["i"] += "İ"
# Found as a letter in real blocks: a∨毛片.
_LOOK_ALIKES["v"] += "∨⋁"
# The form of the a that Chinese primers print in pinyin.
_LOOK_ALIKES["a"] += "ɑ"
_LOOK_ALIKES["q"] = "ꞯ"
# Letters turned upside down.
for _plain, _turned in zip("acefghijkmrtvwy", "ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ", strict=True):
    _LOOK_ALIKES[_plain] = _LOOK_ALIKES.get(_plain, "") + _turned
# Digits written for letters inside a word: v14gra, c451n0.
_DIGIT_LETTERS = dict(zip("01345789", "oieastbg", strict=True))
# Letters that pass for Latin ones in a Latin word, though confusables.txt finds them unlike enough.
_NEAR = {"η": "n", "κ": "k", "ω": "w", "τ": "t", "ε": "e", "β": "b", "χ": "x", "ⲭ": "x"}
# Blank but no spaces to unicodedata: fillers of Hangul are deleted, the empty Braille cell is a space. The Arabic
# letter mark is a direction mark, unlike the Arabic formats that are written.
_INVISIBLE = frozenset(
    (0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x3164, 0xFFA0)
)
_COMBINING_RANGES = ((0x0300, 0x036F), (0x0483, 0x0489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF))
_INVISIBLE_RANGES = (*_COMBINING_RANGES, (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0000, 0xE0FFF))
# Format characters that are written: Arabic and Syriac number signs, Egyptian and shorthand controls.
_WRITTEN_FORMATS = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND")

_SEPARATORS = frozenset("|_,、/\\•·※>»›#+=~*;،؛٫﹑·\t")
# Ornaments and dingbats that are no emoji: glued between items they part them as a star does.
_ORNAMENTS = (
    (0x2619, 0x261F),
    (0x2758, 0x2762),
    (0x2765, 0x2767),
    (0x2794, 0x2794),
    (0x2798, 0x27A0),
    (0x27A2, 0x27AF),
)
_SEPARATOR_RANGES = (*_ORNAMENTS, (0x2500, 0x25FF), (0x2605, 0x2606), (0x2726, 0x274B), (0x2B50, 0x2B50))
_SYMBOLS = frozenset("&@%§¶†‡‰")
_EMOJI_RANGES = ((0x1F000, 0x1FAFF),)
_IDEOGRAPHS = ((0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
# First word of a letter's Unicode name -> its class.
_SCRIPTS = {
    "CJK": CharClass.HAN,
    "IDEOGRAPHIC": CharClass.HAN,
    "HIRAGANA": CharClass.KANA,
    "KATAKANA": CharClass.KANA,
    "KATAKANA-HIRAGANA": CharClass.KANA,
    "HANGUL": CharClass.HANGUL,
    "LATIN": CharClass.LATIN,
    "ROMAN": CharClass.LATIN,
    "SMALL": CharClass.LATIN,  # SMALL ROMAN NUMERAL
    "CYRILLIC": CharClass.CYRILLIC,
    "THAI": CharClass.THAI,
    "ARABIC": CharClass.ARABIC,
}
_FUNCTION_CHARS = (
    "的了是在和有我他这中为不也就与及对等并将被把从而或但其所你她它们以于到说要会可能都着过还又很更最已此该那"
    "因由让使向给自之者吗呢吧啊没个则即若如且"
    "はがをにでともへやからのよね"
)


def build() -> Tables:
    """Every array of tables.npz; the same sources give the same bytes."""
    tables = {**_code_points(), **_look_alikes()}
    normaliser = Normaliser.from_tables(tables)
    return {**tables, **_places(load(), normaliser), **_function(normaliser)}


def write(tables: Tables, path: Path) -> None:
    """Write tables.npz."""
    np.savez_compressed(path, allow_pickle=False, **tables)


# Code points


def _code_points() -> Tables:
    """What each code point becomes, and the runs of classes; a code point has the class of what it becomes."""
    mapping = np.arange(N_CODE_POINTS, dtype=np.uint32)
    own = np.full(N_CODE_POINTS, CharClass.OTHER, np.uint8)
    for code in (*range(_FIRST_EMPTY_PLANE), *range(0xE0000, 0xE1000)):
        mapping[code] = become(code)
        own[code] = classify(code)
    classes = np.where(mapping == DELETED, own, own[mapping]).astype(np.uint8)
    changed = np.flatnonzero(mapping != np.arange(N_CODE_POINTS))
    starts = np.flatnonzero(np.concatenate(([True], classes[1:] != classes[:-1])))
    return {
        "map_from": changed.astype(np.uint32),
        "map_to": mapping[changed],
        "class_starts": starts.astype(np.uint32),
        "class_ids": classes[starts],
    }


def become(code: int) -> int:
    """The code point that ``code`` is normalised to, ``DELETED`` for an invisible one."""
    for _ in range(8):
        following = _step(code)
        if following in (code, DELETED):
            return following
        code = following
    raise ValueError(f"U+{code:04X} is normalised in a circle")


def _step(code: int) -> int:
    """One step of normalisation; its fixed points are the normal forms."""
    char = chr(code)
    if code == 0 or 0xD800 <= code < 0xE000:
        return code
    if _is_invisible(code):
        return DELETED
    if char != "\t" and (char.isspace() or code == 0x2800):
        return _SPACE
    known = _hand_made().get(char) or _simplified_of().get(char, char)
    if known != char:
        return ord(known)
    for form in (char.lower(), unicodedata.normalize("NFKC", char)):
        if len(form) == 1 and form != char:
            return ord(form)
    return code


def _is_invisible(code: int) -> bool:
    if code in _INVISIBLE or _within(code, _INVISIBLE_RANGES):
        return True
    return unicodedata.category(chr(code)) == "Cf" and not _name(code).startswith(_WRITTEN_FORMATS)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _name(code: int) -> str:
    return unicodedata.name(chr(code), "")


@cache
def _hand_made() -> dict[str, str]:
    """Look-alikes and ornamental alphabets that NFKC leaves alone."""
    found = {char: plain for plain, chars in _LOOK_ALIKES.items() for char in chars}
    for first, last, plain in _ALPHABETS:
        found |= {chr(code): chr(ord(plain) + code - first) for code in range(first, last + 1)}
    return found


def classify(code: int) -> int:
    """The class of a normal form, by its Unicode category and name."""
    char, category = chr(code), unicodedata.category(chr(code))
    if code == 0:
        return CharClass.PADDING
    # Icons of a page's own font, which stand between what they mark.
    if category == "Co":
        return CharClass.SEPARATOR
    if char in _SEPARATORS or _within(code, _SEPARATOR_RANGES):
        return CharClass.SEPARATOR
    if char.isspace() or code == 0x2800:
        return CharClass.SPACE
    # Vowel signs belong to their script; those of Latin are deleted, and count as letters inside a pinyin gloss.
    if 0x0300 <= code <= 0x036F:
        return CharClass.LATIN
    if char in "〇々〆" or _within(code, _IDEOGRAPHS):
        return CharClass.HAN
    if category[0] in "LM" or category == "Nl":
        return _SCRIPTS.get(_name(code).split(" ")[0].split("-")[0], CharClass.OTHER_LETTER)
    return _classify_sign(code, char, category)


def _classify_sign(code: int, char: str, category: str) -> int:
    if category[0] == "N":
        return CharClass.DIGIT
    if char in _SYMBOLS or category[0] == "S" or _within(code, _EMOJI_RANGES):
        return CharClass.SYMBOL
    if category == "Pd":
        return CharClass.DASH
    if category == "Pc":
        return CharClass.SEPARATOR
    return CharClass.SENTENCE if category[0] == "P" else CharClass.OTHER


# Traditional and Simplified


@cache
def _simplified_of() -> dict[str, str]:
    """OpenCC's Traditional character -> Simplified, where the Simplified form is not simplified in turn."""
    import opencc

    path = Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    usual = {key: values.split(" ")[0] for key, values in rows if len(key) == 1}
    return {char: form for char, form in usual.items() if len(form) == 1 and form != char}


# Letters that look Latin


def _look_alikes() -> Tables:
    """What looks like a Latin letter, and that letter, small: letters as they are written, and digits."""
    found: dict[str, str] = {}
    for latin in string.ascii_lowercase + string.ascii_uppercase:
        for row in confusables.confusables_data.get(latin, ()):
            if len(row["c"]) == 1 and _is_foreign_letter(row["c"]):
                found.setdefault(row["c"], latin.lower())
    # A capital I of any script is listed as an l.
    found |= {char: found.get(char.lower(), latin) for char, latin in found.items() if latin == "l"}
    found = _NEAR | found | _DIGIT_LETTERS
    return {
        "look_alike_from": np.array(sorted(map(ord, found)), np.uint32),
        "look_alike_to": np.array([ord(found[char]) for char in sorted(found)], np.uint32),
    }


def _is_foreign_letter(char: str) -> bool:
    return classify(become(ord(char))) in (CharClass.CYRILLIC, CharClass.OTHER_LETTER)


# Places


def _places(rows: list[Place], normaliser: Normaliser) -> Tables:
    """One row a normalised name, by hash: the regions it lies in, and all else from its foremost place."""
    regions = list(dict.fromkeys(place.region for place in rows))
    if len(regions) > 64:
        raise ValueError(f"places.tsv has {len(regions)} regions, place_mask holds 64")
    parents = {key: i for i, key in enumerate(dict.fromkeys(map(_parent_key, rows)))}
    hashes = _hashes([place.name for place in rows], normaliser)
    mask: dict[int, int] = {}
    short: dict[int, bool] = {}
    for hashed, place in zip(hashes.tolist(), rows, strict=True):
        mask[hashed] = mask.get(hashed, 0) | 1 << regions.index(place.region)
        short[hashed] = short.get(hashed, True) and place.short
    foremost = _foremost(rows, hashes)
    found = sorted(foremost)
    chosen = [rows[foremost[hashed]] for hashed in found]
    return {
        "place_hash": np.array(found, np.uint64),
        "place_mask": np.array([mask[hashed] for hashed in found], np.uint64),
        "place_parent": np.array([parents[_parent_key(place)] for place in chosen], np.uint16),
        "place_level": np.array([place.level for place in chosen], np.uint8),
        "place_code": _ranks([(foremost[hashed],) for hashed in found]),
        "place_pinyin": _ranks([(tuple(place.pinyin.split()), place.name) for place in chosen]),
        "place_short": np.array([short[hashed] for hashed in found], np.uint8),
        "parent_size": _parent_sizes(rows, parents),
        "region_names": np.array(regions),
    }


def _hashes(names: list[str], normaliser: Normaliser) -> NDArray[np.uint64]:
    points = normaliser.normalise(names)
    return hash_spans(points.codes, points.starts, points.ends)


def _foremost(rows: list[Place], hashes: NDArray[np.uint64]) -> dict[int, int]:
    """Hash -> index of the row that speaks for the name: higher levels, current and full names first."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i].level, not rows[i].current, rows[i].short, i))
    first: dict[int, int] = {}
    for i in order:
        first.setdefault(int(hashes[i]), i)
    return first


def _parent_key(place: Place) -> tuple[str, str]:
    """Parents by name; names of prefectures are told apart by their province."""
    return (place.country if place.level == 0 else place.region, place.parent)


def _parent_sizes(rows: list[Place], parents: dict[tuple[str, str], int]) -> NDArray[np.uint16]:
    children = {(parents[_parent_key(place)], place.code) for place in rows if place.current}
    return np.bincount([parent for parent, _ in children], minlength=len(parents)).astype(np.uint16)


def _ranks(keys: list[tuple[Any, ...]]) -> NDArray[np.uint32]:
    """Rank of each key among all; equal keys keep their order."""
    ranks = np.empty(len(keys), np.uint32)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys), dtype=np.uint32)
    return ranks


# Function words


def function_words() -> Iterator[tuple[str, str]]:
    """Language and word, as listed in function_words.tsv."""
    with FUNCTION_WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for word in row["words"].split():
                yield row["lang"], word


def _function(normaliser: Normaliser) -> Tables:
    words = sorted({word for _, word in function_words()})
    chars = normaliser.mapping[[ord(char) for char in _FUNCTION_CHARS]]
    return {"function_words": np.unique(_hashes(words, normaliser)), "function_chars": np.unique(chars)}


def main(arguments: list[str] | None = None) -> None:
    """Write tables.npz and print the size of every array."""
    parser = argparse.ArgumentParser(prog="python -m training.tables", description="Build a model's tables.npz.")
    parser.add_argument("output", type=Path)
    path: Path = parser.parse_args(arguments).output
    tables = build()
    write(tables, path)
    for name, array in tables.items():
        print(f"{name:15} {array.dtype!s:8} {len(array):7,} entries {array.nbytes:9,} bytes", file=sys.stderr)
    print(f"{path.name} {path.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()

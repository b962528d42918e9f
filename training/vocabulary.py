"""Word lists and places for the generator, read from the data folder and the gazetteer, with what is banned taken out.

Refuses any term that names or hints at minors, and any that names sexual violence, wherever it comes from.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from training import slots

# Banned in every injected block: what has no case, and words, sought in small letters. One \b for all of them and no
# flag are 12 times as fast as the same alternatives each with its own under re.IGNORECASE.
_BANNED_CHARACTERS = re.compile(
    r"学生|學生|幼|少女|萝莉|蘿莉|校园|校園|校花|学妹|学姐|女生|男生|初中|高中|小学|小學|中学|中學|未成年|处女|處女|破处|开苞|開苞|嫩(?!江)|童|婴|嬰|孩|娃|稚|正太|妹"
    r"|岁|歲|强奸|強奸|强暴|轮奸|奸|迷药|迷[魂幻情昏]|催情|春[药藥]|妈|媽|母|偷拍|盗撮|虐|女儿|儿子|母子|父女|乱伦|亂倫|兽|[轮輪]暴|凌辱|ロリ|少年|女子校|女子高|高校生|小学生|若妻|로리|소녀|소년|학생|여고|미성년"
    r"|เด็ก|นักเรียน|นักศึกษา|วัยรุ่น|طفل|أطفال|اطفال|مراهق|قاصر|تلميذ|(?<!م)طالبات|بنت صغير|عذرا[ءو]"
)  # fmt: skip
_BANNED_WORDS = re.compile(
    r"\b(?:loli|teen|young|child|kids?\b|girls?\b|boys?\b|virgin|bab(?:y|ies)\b|youth|junior|minors?\b|daughter|student"
    r"|rap(?:e|ed|ist)\b|siswi|bocil|anak\b|abg\b|sekolah|sm[ap]\b|liseli|gen[cç]\b|юн[ыа]|jk\b|pedo)"
    r"|lolit|shota|preteen|(?<!nine)(?<!can)teens?\b|school|underage|incest|çocuk|школьн|малолет|несовершен|học sinh"
    r"|trẻ em|nữ sinh|jailbait|nymph"
)
# Banned everywhere: an honest menu may say school or children, never these.
ALWAYS_BANNED = re.compile(
    r"少女|萝莉|蘿莉|校花|学妹|未成年|处女|破处|开苞|嫩(?!江)|lolit|\bloli\b|shota|preteen|underage|jailbait|ロリ|로리",
    re.IGNORECASE,
)


def allowed(text: str) -> bool:
    """Return whether the text may stand in an injected block."""
    return _BANNED_CHARACTERS.search(text) is None and _BANNED_WORDS.search(text.casefold()) is None


class PlaceLike(Protocol):
    """The columns of a gazetteer row that are read here."""

    @property
    def name(self) -> str:
        """Return the name as printed."""

    @property
    def country(self) -> str:
        """Return the country's code or name."""

    @property
    def region(self) -> str:
        """Return province, or country abroad."""

    @property
    def parent(self) -> str:
        """Return name of the parent division."""

    @property
    def level(self) -> int:
        """Return 0 province, 1 prefecture or city, 2 county."""

    @property
    def code(self) -> object:
        """Return official order."""

    @property
    def pinyin(self) -> object:
        """Return alphabetical order."""

    @property
    def short(self) -> bool:
        """Return a form without its suffix."""

    @property
    def current(self) -> bool:
        """Return exists today."""


@dataclass(frozen=True, slots=True)
class Places:
    """Chinese divisions by use, and place names of other countries; lists are in official order."""

    provinces: tuple[str, ...]  # current, full names
    short_provinces: tuple[str, ...]  # in the order of provinces
    by_pinyin: tuple[str, ...]  # full provinces in pinyin order
    prefectures: dict[str, tuple[str, ...]]  # province -> its current prefectures
    counties: dict[str, tuple[str, ...]]  # prefecture or province -> its current counties
    divisions: tuple[str, ...]  # every prefecture, county, city, banner and district, abolished ones too
    short_forms: tuple[str, ...]
    abroad: dict[str, tuple[str, ...]]  # country -> names


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the generator may draw on beside the words in slots.py."""

    adult: tuple[str, ...]
    advertising: tuple[str, ...]
    comment_spam: tuple[str, ...]
    gambling_id: tuple[str, ...]
    glyphs: dict[str, tuple[str, ...]]  # plain character -> its obfuscated forms
    places: Places
    sentences: tuple[str, ...] = slots.FILLER_EN  # plain English prose that spam is spliced into

    @classmethod
    def read(cls, data: Path, places: Iterable[PlaceLike] | None = None) -> Vocabulary:
        """Read `data`/vocabulary and sort the places by use; the places are the gazetteer's unless given."""
        if places is None:
            from training.gazetteer import load

            places = load()
        folder = data / "vocabulary"
        pairs: dict[str, str] = json.loads((folder / "obfuscation_id.json").read_text(encoding="utf-8"))
        glyphs: dict[str, list[str]] = defaultdict(list)
        for glyph, plain in pairs.items():
            glyphs[plain].append(glyph)
        return cls(
            adult=_entries(folder / "adult_zh.txt"),
            advertising=_entries(folder / "advertising_zh.txt"),
            comment_spam=tuple(entry for entry in _entries(folder / "comment_spam_mixed.txt") if _is_phrase(entry)),
            gambling_id=_entries(folder / "gambling_sites_id.txt"),
            glyphs={plain: tuple(forms) for plain, forms in glyphs.items()},
            places=sort_places(places),
        )

    def entries(self) -> frozenset[str]:
        """Return every word and name, for the overlap filter."""
        places = self.places
        names = [*places.provinces, *places.short_provinces, *places.divisions, *places.short_forms]
        names += [name for abroad in places.abroad.values() for name in abroad]
        words = [*self.adult, *self.advertising, *self.comment_spam, *self.gambling_id, *slots.words()]
        return frozenset([*words, *names])


def _entries(path: Path) -> tuple[str, ...]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and allowed(line)))


def _is_phrase(entry: str) -> bool:
    """Return whether a comment-spam entry reads as a search phrase and not as a stem or an address."""
    return " " in entry and len(entry) > 6 and all(char.isalnum() or char in " '" for char in entry)


_SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|[省市县区旗])$")


def short_name(name: str) -> str:
    """Return a Chinese division's name without its suffix, at least two characters long."""
    stem = _SUFFIX.sub("", name)
    return stem if len(stem) > 1 else name


def sort_places(rows: Iterable[PlaceLike]) -> Places:
    """Sort gazetteer rows by what the generator draws them for."""
    everything = list(rows)
    chinese = sorted(
        (row for row in everything if row.country in ("CN", "China", "中国")), key=lambda row: _number(row.code)
    )
    full = [row for row in chinese if not row.short]
    provinces = [row for row in full if int(row.level) == 0 and row.current]
    abroad: dict[str, dict[str, None]] = defaultdict(dict)
    known = {id(row) for row in chinese}
    for row in everything:
        if id(row) not in known and not row.short:
            abroad[row.country][row.name] = None
    return Places(
        provinces=_names(provinces),
        short_provinces=tuple(short_name(row.name) for row in provinces),
        by_pinyin=_names(sorted(provinces, key=lambda row: (_number(row.pinyin), str(row.pinyin)))),
        prefectures=_children(row for row in full if int(row.level) == 1 and row.current),
        counties=_children(row for row in full if int(row.level) == 2 and row.current),
        divisions=_names(row for row in full if int(row.level) > 0),
        short_forms=_names(row for row in chinese if row.short and int(row.level) > 0),
        abroad={country: tuple(names) for country, names in abroad.items()},
    )


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isdigit() else 0


def _names(rows: Iterable[PlaceLike]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.name for row in rows if allowed(row.name)))


def _children(rows: Iterable[PlaceLike]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[PlaceLike]] = defaultdict(list)
    for row in rows:
        groups[row.parent].append(row)
    return {parent: _names(members) for parent, members in groups.items() if len(members) > 1}

"""Signs that a page is a mirror: a copy made by machine, put up on a host to carry injected text.

Mirrors of Chinese pages are converted to Traditional characters with a pinyin gloss after some of them ("濟(jì)南"),
and lose characters on the way ("確?茖W(xué)"). This is evidence about a page, never a verdict on a paragraph: what a
mirror says is content.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# A page is called a mirror from so many glosses of Traditional characters on, and from this share of its Han
# characters up to that one. Measured 2026-11: of 2,612 genuine lists, 45,115 genuine paragraphs and 646 genuine pages
# none holds a single such gloss; 33 of 35 labelled pages with glosses pass (the other two, cut short, have 2 and 3),
# with shares of 2.8 % to 22 %. Lessons and dictionaries gloss a word here and there, in Simplified text for the most
# part; readers with ruby text gloss nearly every character.
MIN_TRADITIONAL = 5
MIN_SHARE = 0.01
MAX_SHARE = 0.5

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
# Lower-case letters and combining tone marks; the longest syllable has six letters, and each mark may stand apart.
_LETTERS = "[a-z\u00e0-\u00fc\u0101-\u01dc\u0300\u0301\u0304\u0308\u030c]{1,8}"
_GLOSS = re.compile(f"([{_HAN}])[(（]({_LETTERS})[)）]")
_SYLLABLE = re.compile(
    "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:i?a(?:ng?|o|i)?|i?ong|iu|i(?:e|n|ng)?|o(?:u|ng)?|e(?:i|n|ng|r)?|u(?:a(?:i|ng?)?|o|i|n|e|an)?)"
)
# 1,182 of the 1,183 glosses of the labelled pages carry a tone mark; "(a)" and "(an)" after a Han character are honest.
_TONES = frozenset("\u0300\u0301\u0304\u030c")
# A lost character leaves "?"; where it stood before a gloss, the bracket goes too: "因?yàn)殡S" was "因為(wèi)隨".
_DROPPED = re.compile(f"(?<=[{_HAN}])[?](?=[{_HAN}]|{_LETTERS}[)）])|\ufffd")


class MirrorSigns(NamedTuple):
    """How many signs a page has; ``found`` says whether they make it a mirror."""

    n_han: int
    n_glosses: int
    """Han characters followed by bracketed pinyin."""
    n_traditional: int
    """Those of them that are written only so in Traditional Chinese."""
    n_dropped: int
    """Lost characters: U+FFFD, and "?" inside Chinese text. Honest pages have them too; they decide nothing."""

    @property
    def gloss_share(self) -> float:
        """Glosses per Han character."""
        return self.n_glosses / self.n_han if self.n_han else 0.0

    @property
    def found(self) -> bool:
        """Whether glosses of Traditional characters are more than honest text has."""
        return self.n_traditional >= MIN_TRADITIONAL and MIN_SHARE <= self.gloss_share <= MAX_SHARE

    def describe(self) -> str:
        """The signs in words, such as "41 pinyin glosses after Traditional characters, 3 dropped characters"."""
        n_other = self.n_glosses - self.n_traditional
        counts = (
            (self.n_traditional, "pinyin gloss", "es", " after Traditional characters"),
            (n_other, "pinyin gloss", "es", " after other characters"),
            (self.n_dropped, "dropped character", "s", ""),
        )
        parts = [f"{n} {noun}{'' if n == 1 else plural}{where}" for n, noun, plural, where in counts if n]
        return ", ".join(parts) or "no sign of a mirror"


def find_signs(text: str) -> MirrorSigns:
    """Count the signs in a page's text, in time linear in its length."""
    glossed = [match[1] for match in _GLOSS.finditer(text) if _is_pinyin(match[2])]
    n_han = sum(match.end() - match.start() for match in _HAN_RUN.finditer(text))
    n_dropped = sum(1 for _ in _DROPPED.finditer(text))
    return MirrorSigns(n_han, len(glossed), sum(map(_is_traditional, glossed)), n_dropped)


def _is_pinyin(letters: str) -> bool:
    """Whether it is a syllable with a tone mark."""
    apart = unicodedata.normalize("NFD", letters)
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return not _TONES.isdisjoint(apart) and _SYLLABLE.fullmatch(plain) is not None


def _is_traditional(char: str) -> bool:
    """Whether the character set of Taiwan (Big5) has it and that of the mainland (GB 2312) has not."""
    return _in_codec(char, "big5") and not _in_codec(char, "gb2312")


def _in_codec(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True

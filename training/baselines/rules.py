"""Rules over single lines: how a line ends, and how much of it is listed words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from training.baselines.method import Method, per_text

# C4 keeps lines that end in . ! ? or a closing quotation mark (Raffel et al. 2020, section 2.2); the Chinese marks are
# those that Chinese corpora built after it use.
LINE_ENDINGS = tuple('.!?"。！？…”：')
WORD_LISTS = ("adult_zh.txt", "advertising_zh.txt", "gambling_sites_id.txt", "comment_spam_searchterms.txt")


def ends_badly(text: str) -> bool:
    """Whether a line ends in none of the marks that end a sentence."""
    return not text.endswith(LINE_ENDINGS)


def line_rule() -> Method:
    """The line rule of C4, with Chinese marks."""
    return Method("C4 line rule", 0.5, per_text(ends_badly), fixed="a rule without a score")


def read_words(data: Path) -> list[str]:
    """The open lists of the collected data, in lower case; the first line of a list holds its licence."""
    lines = [(data / "vocabulary" / name).read_text("utf-8").splitlines()[1:] for name in WORD_LISTS]
    return sorted({word for own in lines for line in own if len(word := line.strip().lower()) > 1})


def listed_share(text: str, words: Iterable[str]) -> float:
    """Share of a text's characters that listed words cover; words in Latin letters count only as whole words."""
    lower = text.lower()
    covered = bytearray(len(lower))
    for word in words:
        at = lower.find(word)
        while at >= 0:
            if not word.isascii() or _stands_alone(lower, at, at + len(word)):
                covered[at : at + len(word)] = b"\1" * len(word)
            at = lower.find(word, at + 1)
    return sum(covered) / max(len(lower), 1)


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def bad_words(words: Sequence[str]) -> Method:
    """Share of listed words; C4 drops what holds one, so that any share above 0 counts."""
    return Method("bad-word share", float(np.nextafter(0, 1)), per_text(lambda text: listed_share(text, words)))

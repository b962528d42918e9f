"""Sentences, names and lists drawn at random, from words written for this measurement (``prose.tsv``)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

_WORDS = Path(__file__).with_name("prose.tsv")
_NEWS = Path(__file__).parents[1] / "data" / "town_news.txt"


def _slots(lang: str) -> dict[str, list[str]]:
    """What may stand in each place of a language's sentences."""
    rows = (line.split("\t") for line in _WORDS.read_text("utf-8").splitlines())
    return {slot: words.split("/") for own, slot, words in rows if own == lang}


_ZH, _EN, _JA = map(_slots, ("zh", "en", "ja"))

Sentence = Callable[[Random], str]


def chinese(rng: Random) -> str:
    """One Chinese sentence."""
    when, who, how, did, what, also = (rng.choice(_ZH[slot]) for slot in ("when", "who", "how", "did", "what", "also"))
    year = f"（{rng.randrange(1950, 2026)}年）" if rng.random() < 0.1 else ""
    return f"{when}，{who}{year}{how}{did}{what}，{also}。"


def japanese(rng: Random) -> str:
    """One or two Japanese sentences."""
    sentence = "".join(rng.choice(_JA[slot]) for slot in ("when", "who", "what", "did"))
    return sentence + rng.choice(_JA["also"]) if rng.random() < 0.6 else sentence


def english(rng: Random) -> str:
    """One English sentence."""
    when, who, did, what, also = (rng.choice(_EN[slot]) for slot in ("when", "who", "did", "what", "also"))
    year = f" in {rng.randrange(1950, 2026)}" if rng.random() < 0.1 else ""
    return f"{when} {who} {did} {what}{year}, {also}."


SENTENCES: dict[str, Sentence] = {"zh": chinese, "en": english, "ja": japanese}
_SLOTS = {"zh": _ZH, "en": _EN, "ja": _JA}
JOINTS = {"zh": "", "en": " ", "ja": ""}


def paragraph(rng: Random, lang: str, n_sentences: int) -> str:
    """Some sentences on one line."""
    return JOINTS[lang].join(SENTENCES[lang](rng) for _ in range(n_sentences))


def short_line(rng: Random, lang: str) -> str:
    """A line that ends no sentence, as menus and headings do."""
    slots = _SLOTS[lang]
    line = JOINTS[lang].join(rng.choice(slots[slot]) for slot in ("who", "what"))
    return line if lang == "en" else line[: rng.randrange(4, 18)]


@cache
def place_names() -> tuple[str, ...]:
    """The names of the injected list in ``tests/data/town_news.txt``."""
    last = _NEWS.read_text("utf-8").splitlines()[-1]
    return tuple(name.strip() for name in last.split("|") if len(name.strip()) > 1)


def place_list(rng: Random, n: int, separator: str = "| ") -> str:
    """A list of place names drawn at random, as injected ones are."""
    return separator.join(rng.choice(place_names()) for _ in range(n))


def bare_words(rng: Random, n: int) -> str:
    """Chinese words without function words, glued to each other."""
    words = [*_ZH["what"], *_ZH["who"], *place_names()]
    return "".join(rng.choice(words) for _ in range(n)).replace("的", "")

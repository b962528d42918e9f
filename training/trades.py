"""Search phrases of trades in many languages: lists of one trade or a few, and link names of many.

The words are in trades.tsv: one row for a language, one trade or several, and a part. A row of the trade "*" holds for
every trade of its language. A pattern names parts in braces, and the slots in capitals that `Phrases` fills.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from training.blocks import Draft, host
from training.draw import Rng, chance, pick, shuffled, size, some, weighted
from training.phrases import CASES, Phrases, decorated, lead, repeated
from training.slots import CJK_SEPARATORS, LATIN_SEPARATORS, Topic, terms
from training.vocabulary import Vocabulary

FILE = Path(__file__).with_name("trades.tsv")
PARTS = ("head", "front", "tail", "pattern", "city")
# How often a language is drawn, others once: most of what is scored is Chinese or English.
_LANGUAGE_WEIGHTS = {"zh": 6.0, "en": 3.0, "ja": 3.0, "zh-hant": 2.0}
_UNSPACED = ("zh", "zh-hant", "ja")
_PART = re.compile(r"\{(\w+)\}")


class Trade(NamedTuple):
    """A trade in one language."""

    language: str  # as in trades.tsv: ISO 639, beside it "hi-latn" (romanised) and "zh-hant" (traditional)
    name: str


def read(path: Path = FILE) -> dict[Trade, Topic]:
    """Return what the phrases of each trade are made of, in the order of the file.

    Raises ValueError for a part of another name.
    """
    words = _words(path)
    common = {trade.language: parts for trade, parts in words.items() if trade.name == "*"}
    return {trade: _topic(trade, common[trade.language], own) for trade, own in words.items() if own["head"]}


def _words(path: Path) -> dict[Trade, dict[str, tuple[str, ...]]]:
    """The terms of each part of each trade, and of "*" in each language."""
    words: dict[Trade, dict[str, tuple[str, ...]]] = defaultdict(lambda: dict.fromkeys(PARTS, ()))
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if row["part"] not in PARTS:
                raise ValueError(f"{path.name} has the part {row['part']!r}; known are {', '.join(PARTS)}")
            for name in row["trade"].split():
                words[Trade(row["language"], name)][row["part"]] += terms(row["terms"])
    return words


def _topic(trade: Trade, common: dict[str, tuple[str, ...]], own: dict[str, tuple[str, ...]]) -> Topic:
    parts = {part: common[part] + own[part] for part in PARTS}
    parts["tail"] += own["tail"]  # twice as often as one that any trade may have
    patterns = [pattern for pattern in parts.pop("pattern") if all(parts[part] for part in _PART.findall(pattern))]
    separators = CJK_SEPARATORS if trade.language in _UNSPACED else LATIN_SEPARATORS
    return Topic(tuple(patterns), {part: found for part, found in parts.items() if found}, separators)


# Trade -> its topic. A trade that is left out of a fit is taken out of here (protocols/families.py).
TRADES: dict[Trade, Topic] = read()


@cache
def frames(language: str) -> tuple[str, ...]:
    """What stands around the head in phrases of any trade of a language, the head as "{x}"."""
    common = _words(FILE)[Trade(language, "*")]
    space = "" if language in _UNSPACED else " "
    around = [f"{front}{space}{{x}}" for front in common["front"]] + [f"{{x}}{space}{tail}" for tail in common["tail"]]
    whole = [pattern for pattern in common["pattern"] if set(_PART.findall(pattern)) == {"head"}]
    return (*around, *(pattern.replace("{head}", "{x}") for pattern in whole if pattern != "{head}"))


def phrases(rng: Rng, vocabulary: Vocabulary, trade: Trade, n: int) -> list[str]:
    """Return up to n phrases of a trade, mostly all different."""
    source = Phrases(rng, _habit(rng, TRADES[trade]), vocabulary)
    if chance(rng, 0.1):
        return [source.phrase() for _ in range(n)]
    return list(dict.fromkeys(source.phrase() for _ in range(3 * n)))[:n]


def _habit(rng: Rng, topic: Topic) -> Topic:
    """Patterns as they are, heads alone, or one or two heads in city after city."""
    in_cities = tuple(pattern for pattern in topic.templates if "{city}" in pattern)
    habit = weighted(rng, {"any": 7.0, "heads": 1.5, "cities": 1.5 if in_cities else 0.0})
    if habit == "heads":
        return topic._replace(templates=("{head}",))
    if habit == "cities":
        heads = tuple(some(rng, topic.slots["head"], pick(rng, (1, 1, 2))))
        return topic._replace(templates=(pick(rng, in_cities),), slots={**topic.slots, "head": heads})
    return topic


def _languages() -> dict[str, float]:
    """Languages and how often each is drawn."""
    return {trade.language: _LANGUAGE_WEIGHTS.get(trade.language, 1.0) for trade in TRADES}


def _of(language: str) -> list[Trade]:
    return [trade for trade in TRADES if trade.language == language]


def _mixed(rng: Rng, vocabulary: Vocabulary, trades: Sequence[Trade], n: int) -> list[str]:
    """Some n phrases of the trades, trade after trade or in any order."""
    items = [item for trade in trades for item in phrases(rng, vocabulary, trade, max(1, -(-n // len(trades))))]
    return shuffled(rng, items) if chance(rng, 0.6) else items


def _one_language(rng: Rng, vocabulary: Vocabulary, n: int) -> tuple[list[str], Topic]:
    """Phrases of one language with a habit of case, repetition and decoration; one trade three times in four."""
    trades = some(rng, _of(weighted(rng, _languages())), weighted(rng, {1: 6.0, 2: 1.0, 3: 0.6, 4: 0.4}))
    case = weighted(rng, CASES)
    items = [case(item) for item in _mixed(rng, vocabulary, trades, n)]
    return decorated(rng, repeated(rng, items)), TRADES[trades[0]]


def trade_list(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A list of one trade, or of two to four, in one language."""
    items, topic = _one_language(rng, vocabulary, size(rng, 4, 60, 12))
    return Draft(items, weighted(rng, topic.separators), lead=lead(rng, 0.1, topic.separators is CJK_SEPARATORS))


def trade_lines(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The same, one phrase a line."""
    items, topic = _one_language(rng, vocabulary, size(rng, 4, 15, 8))
    return Draft(items, "\n", lead=lead(rng, 0.1, topic.separators is CJK_SEPARATORS))


def anchor_names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Names of links to other sites: many trades, one language or several, now and then a host name."""
    n_languages = weighted(rng, {1: 5.0, 2: 2.0, 3: 1.5, 6: 1.0})
    languages = dict.fromkeys(weighted(rng, _languages()) for _ in range(n_languages))
    known = [trade for language in languages for trade in _of(language)]
    n = size(rng, 5, 80, 16)
    items = shuffled(rng, _mixed(rng, vocabulary, some(rng, known, max(3, n // pick(rng, (1, 2, 4)))), n))[:n]
    cases = [weighted(rng, CASES) for _ in range(pick(rng, (1, 1, 3)))]
    hosts = pick(rng, (0.0, 0.0, 0.1))
    items = [host(rng) if chance(rng, hosts) else pick(rng, cases)(item) for item in items]
    items = sorted(items, key=str.lower) if chance(rng, 0.15) else items
    separators = {"\n": 6.0, " • ": 2.0, ", ": 3.0, " | ": 3.0, " ": 2.0, ",": 1.0, " - ": 1.0, " · ": 1.0, " / ": 0.5}
    position = pick(rng, ("tail", "tail", "anywhere"))
    return Draft(decorated(rng, items), weighted(rng, separators), position=position, linked=[True] * len(items))

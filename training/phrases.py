"""Search phrases of a topic, and the habits of a list of them: case, decoration, repetition, a line before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from training import slots
from training.blocks import Draft, host
from training.draw import Rng, between, chance, digits, letters, pick, size, some, weighted
from training.slots import CITIES, CJK_SEPARATORS, Topic
from training.vocabulary import Vocabulary

_SLOT = re.compile(
    r"\{(\w+)\}|(CNBRANDLATIN|CNBRAND|BRANDID|BRANDTR|BRANDKO|BRAND|DOMAINTOKEN|CITY[A-Z]{2}|NUMBER|CODE|LETTERS)"
)


def brand(rng: Rng) -> str:
    """Return a made-up Latin brand with a gambling ending or number."""
    stem = "".join(pick(rng, slots.SYLLABLES) for _ in range(between(rng, 2, 3)))
    return stem + pick(rng, slots.BRAND_ENDS) + pick(rng, slots.BRAND_NUMBERS)


def _chinese_brand(rng: Rng) -> str:
    if chance(rng, 0.5):
        return pick(rng, slots.CN_BRANDS) + pick(rng, slots.CN_BRAND_TAILS)
    pair = pick(rng, slots.CN_BRAND_HEADS) + pick(rng, slots.CN_BRAND_HEADS)
    return pair + pick(rng, slots.CN_BRAND_TAILS)


class Phrases:
    """Search phrases of one topic as one block has them: few brands, some of the templates, some of the words."""

    def __init__(self, rng: Rng, topic: Topic, vocabulary: Vocabulary) -> None:
        self.rng = rng
        self.vocabulary = vocabulary
        share = pick(rng, (0.25, 0.5, 1.0, 1.0))
        self.templates = some(rng, topic.templates, max(1, round(share * len(topic.templates))))
        keep = pick(rng, (0.3, 0.7, 1.0, 1.0))
        self.slots = {name: some(rng, words, max(2, round(keep * len(words)))) for name, words in topic.slots.items()}
        self.brands = [brand(rng) for _ in range(pick(rng, (1, 2, 5, 12)))]
        self.chinese_brands = [_chinese_brand(rng) for _ in range(pick(rng, (1, 3, 8, 20)))]

    def phrase(self) -> str:
        """Return one search phrase."""
        text = pick(self.rng, self.templates)
        while (filled := _SLOT.sub(self._fill, text)) != text:
            text = filled
        return text

    def _fill(self, match: re.Match[str]) -> str:
        if match[1]:
            return pick(self.rng, self.slots[match[1]])
        return self._made_up(match[2])

    def _made_up(self, token: str) -> str:
        rng = self.rng
        if token.startswith("CITY"):
            return pick(rng, CITIES[token])
        makers: dict[str, Callable[[], str]] = {
            "CNBRANDLATIN": lambda: pick(rng, self.brands),
            "CNBRAND": lambda: pick(rng, self.chinese_brands),
            "BRANDID": self._indonesian_brand,
            "BRANDKO": lambda: (
                pick(rng, slots.BRANDS_KO) + pick(rng, ("카지노", "벳", "토토", "게임", "바카라", "슬롯"))
            ),
            "DOMAINTOKEN": lambda: (
                f"{between(rng, 1, 99)}.{letters(rng, 2, 4)}{digits(rng, 2, 4)}.{pick(rng, slots.TLDS)}"
            ),
            "NUMBER": lambda: digits(rng, 2, 5),
            "CODE": lambda: letters(rng, 1, 2).upper() + digits(rng, 3, 5),
            "LETTERS": lambda: letters(rng, 3, 7) + digits(rng, 2, 4),
        }
        return makers.get(token, lambda: pick(rng, self.brands))()

    def _indonesian_brand(self) -> str:
        if chance(self.rng, 0.3):
            return pick(self.rng, self.vocabulary.gambling_id)
        return pick(self.rng, self.brands)


CASES: Mapping[Callable[[str], str], float] = {
    str: 6.0,
    str.title: 2.5,
    str.upper: 0.8,
    str.capitalize: 1.0,
    str.lower: 1.0,
}


def decorated(rng: Rng, items: list[str]) -> list[str]:
    """Give the items of one block a habit: emoji, counts, brackets, one shared suffix; mostly none."""
    icons = some(rng, slots.EMOJI, 3)
    habits: dict[Callable[[str], str], float] = {
        lambda item: item: 14.0,
        lambda item: f"{item}{pick(rng, icons)}": 1.0,
        lambda item: f"{pick(rng, icons)} {item}": 0.7,
        lambda item: f"{item} ({between(rng, 1, 90)})": 0.5,
        lambda item: f"【{item}】": 0.5,
        lambda item: f"「{item}」": 0.2,
        lambda item: f'"{item}"': 0.2,
        lambda item: f"{item}{digits(rng, 2, 4)}": 0.4,
        lambda item: f"{item}-{host(rng)}": 0.3,
    }
    habit = weighted(rng, habits)
    return [habit(item) for item in items]


def repeated(rng: Rng, items: list[str]) -> list[str]:
    """Sometimes sort the items, print a few twice, or all of them again."""
    if chance(rng, 0.12):
        items = sorted(items)
    if chance(rng, 0.3):
        for item in some(rng, items, 3):
            items.insert(between(rng, 0, len(items)), item)
    return items * 2 if chance(rng, 0.03) else items


def phrase_list(rng: Rng, vocabulary: Vocabulary, topic: Topic) -> Draft:
    """Draw a list of search phrases of a topic, in any of the layouts its language is seen in."""
    source = Phrases(rng, topic, vocabulary)
    items = [source.phrase() for _ in range(size(rng, *topic.sizes))]
    case = weighted(rng, CASES)
    items = decorated(rng, repeated(rng, [case(item) for item in items]))
    separator = weighted(rng, topic.separators)
    wrap = between(rng, 3, 9) if chance(rng, 0.08) and separator not in ("\n", "|\n") else 0
    return Draft(
        items, separator, lead=lead(rng, 0.1, topic.separators is CJK_SEPARATORS), position=topic.position, wrap=wrap
    )


def lead(rng: Rng, probability: float, chinese: bool = False) -> tuple[str, ...]:
    """Return a line to stand before a list, with this probability."""
    if not chance(rng, probability):
        return ()
    return (pick(rng, slots.LEAD_TAILS if chinese else slots.LEAD_OTHER) + pick(rng, (":", "", "...", "：")),)

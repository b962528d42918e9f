"""Short lines that a site says of itself: greetings, calls, headings, exclamations, its address, titles of pages."""

from __future__ import annotations

import re

from training.blocks import Draft, host
from training.draw import Rng, between, chance, digits, pick, some, weighted
from training.honest import words
from training.honest.layout import LIST_SEPARATORS
from training.honest.menus import Row, listed, rows_of
from training.honest.mirrors import mirrored
from training.slots import TLDS
from training.trades import frames
from training.vocabulary import Vocabulary

# Greetings are what mirrors of company sites begin with.
_MIRRORED_SHARE = 0.3
# Others once. Of Portuguese the collection has few clean paragraphs.
_LANGUAGE_WEIGHTS = {"zh": 5.0, "en": 3.0, "ja": 2.0, "pt": 2.0}
_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_VERBS = ("Buy", "Buy", "Get", "Order", "Book", "Rent", "Try", "Shop")
_BEFORE_HOST = (
    "Website: ",
    "Visit ",
    "Source: ",
    "Photo: ",
    "Quelle: ",
    "网址：",
    "官网：",
    "来源：",
    "出典：",
    "Сайт: ",
)
_OFFICIAL = ("官方网站", "(中国)官方网站", "（中国）官网", "官网-登录入口", "·官方网站", "官网首页")
_TITLE_JOINTS = {" - ": 5.0, "_": 4.0, " | ": 4.0, "-": 3.0, "|": 1.0, " – ": 1.0, " :: ": 0.5, "—": 0.5, " » ": 0.5}


def _filled(rng: Rng, pattern: str, **words: str) -> str:
    """The pattern with its words, n digits, h an hour and t a tens digit."""
    numbers = {"n": digits(rng, 1, 4), "h": str(between(rng, 6, 23)), "t": str(between(rng, 0, 5))}
    return pattern.format(**numbers, **words)


def _row(rng: Rng, kind: str) -> Row:
    """A row of the kind, its language drawn."""
    return weighted(rng, {row: _LANGUAGE_WEIGHTS.get(row.language, 1.0) for row in rows_of(kind)})


def greeting(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A greeting, a slogan or another small line of a site, alone or a few of them."""
    row = _row(rng, "_greetings")
    name = pick(rng, row.heads)
    items = [_filled(rng, pattern, x=name) for pattern in some(rng, row.items, pick(rng, (1, 1, 1, 2, 4)))]
    if row.language == "zh" and chance(rng, _MIRRORED_SHARE):
        items = [mirrored(rng, item) for item in items]
    return Draft(items, weighted(rng, {"\n": 5.0, " ": 2.0, " | ": 1.0}), position="head", honest=True)


def call(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """What asks readers to click, buy or book, alone or a few of them; what ends in "here", linked or not."""
    row = _row(rng, "_calls")
    if row.language == "en" and chance(rng, 0.2):
        what = f"{pick(rng, _VERBS)} {_words(rng, vocabulary, between(rng, 1, 2))}"
        when = pick(rng, ("", "", " online", " now", " today"))
        return Draft([what + when], "", linked=[chance(rng, 0.3)], honest=True)
    if row.language == "en" and chance(rng, 0.3):
        said = " ".join(pick(rng, vocabulary.sentences).split()[: between(rng, 1, 9)])
        return Draft(
            [said, "here" + pick(rng, (".", ".", "!", ""))], " ", linked=[False, chance(rng, 0.5)], honest=True
        )
    items = [
        _filled(rng, pattern, x=pick(rng, row.heads)) for pattern in some(rng, row.items, pick(rng, (1, 1, 1, 2, 4)))
    ]
    items = [item[0].upper() + item[1:] for item in items]
    linked = [chance(rng, 0.3)] * len(items)
    return Draft(items, weighted(rng, {"\n": 5.0, " ": 2.0, " | ": 1.0}), linked=linked, honest=True)


def _words(rng: Rng, vocabulary: Vocabulary, n: int) -> str:
    """N words that follow each other in genuine English, in lower case."""
    said = _WORD.findall(pick(rng, vocabulary.sentences).lower())
    at = between(rng, 0, max(len(said) - n, 0))
    return " ".join(said[at : at + n])


def heading(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A heading, a question or a label about everyday things, in words that search phrases have too; or a few lines.

    Those words stand around the goods of every trade: without such lines "where to buy" alone would look injected.
    """
    row = _row(rng, "_things")
    return Draft([_heading(rng, row, vocabulary) for _ in range(pick(rng, (1, 1, 1, 1, 2, 3)))], "\n", honest=True)


def _heading(rng: Rng, row: Row, vocabulary: Vocabulary) -> str:
    framed = frames(row.language.lower()) if chance(rng, 0.5) else ()
    things = some(rng, row.heads, 2)
    if row.language == "en" and chance(rng, 0.4):
        things = [_words(rng, vocabulary, between(rng, 1, 2)) for _ in things]
    text = _filled(rng, pick(rng, framed or row.items), x=things[0], y=things[1])
    text = text[:1].upper() + text[1:] if chance(rng, 0.8) else text
    if text[-1:] in "?!.:？！。：":
        return text
    question = "？" if row.language in ("zh", "zh-Hant", "ja") else "؟" if row.language in ("ar", "fa") else "?"
    return text + weighted(rng, {"": 6.0, question: 3.0, ":": 0.7, ".": 0.7})


def exclamation(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A word or a few with a mark of exclamation."""
    menu = words.MENUS[pick(rng, list(words.MENUS))]
    text = pick(rng, (_words(rng, vocabulary, between(rng, 1, 3)), pick(rng, words.CHATTER), pick(rng, menu)))
    return Draft([text[:1].upper() + text[1:] + pick(rng, ("!", "!", "!", "!!", "！"))], "", honest=True)


def own_host(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Addresses of sites without a path, one or a few, as footers, captions and sources have them."""
    items = [
        _named_host(rng, vocabulary) if chance(rng, 0.6) else host(rng) for _ in range(pick(rng, (1, 1, 1, 1, 2, 3)))
    ]
    said = pick(rng, _BEFORE_HOST) if chance(rng, 0.3) else ""
    return Draft([said + items[0], *items[1:]], pick(rng, ("\n", " ", " | ", ", ")), honest=True)


def _named_host(rng: Rng, vocabulary: Vocabulary) -> str:
    """A host that is named after a word or two."""
    joint = pick(rng, ("", "-"))
    parts = re.findall("[a-z]+", _words(rng, vocabulary, between(rng, 1, 2)))
    name = joint.join(parts) + (digits(rng, 1, 3) if chance(rng, 0.1) else "")
    return f"{pick(rng, ('www.', 'www.', ''))}{name}.{pick(rng, TLDS)}"


def page_title(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The title of a page: a point of the site's menu or a few of its goods, and whose site it is.

    Shops word some as buyers search: "best running shoes online" and their name.
    """
    site = _row(rng, "_greetings")
    menu = pick(rng, [row for row in listed() if row.language == site.language])
    items, name = some(rng, menu.items, pick(rng, (1, 1, 2, 3, 5))), pick(rng, site.heads)
    if chance(rng, 0.2) and (framed := frames(site.language.lower())):
        items = [_filled(rng, pick(rng, framed), x=item) for item in items[:2]]
    if site.language == "zh" and chance(rng, 0.15):
        name += pick(rng, _OFFICIAL)
    parts = [name, *items] if chance(rng, 0.2) else [*items, name]
    separators = LIST_SEPARATORS if chance(rng, 0.1) else _TITLE_JOINTS
    return Draft(parts, weighted(rng, separators), position="head", honest=True)


def film_title(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The title of a page on one film, series or book: what visitors of such a site look for, and its genre."""
    row = _row(rng, "_titles")
    title = pick(rng, pick(rng, rows_of("titles", row.language)).items)
    genres = [genre for own in rows_of("genres", row.language) for genre in own.items] or ["HD"]
    text = _filled(rng, pick(rng, row.items), x=title, g=pick(rng, genres), s=pick(rng, row.heads))
    return Draft([text], "", position="head", honest=True)

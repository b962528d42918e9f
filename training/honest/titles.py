"""Short lines that a site says of itself: greetings, slogans and the titles of its pages."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, digits, pick, some, weighted
from training.honest.layout import LIST_SEPARATORS
from training.honest.menus import Row, listed, rows_of
from training.honest.mirrors import mirrored
from training.vocabulary import Vocabulary

# Greetings are what mirrors of company sites begin with.
_MIRRORED_SHARE = 0.3
_LANGUAGE_WEIGHTS = {"zh": 5.0, "en": 3.0, "ja": 2.0}  # others once
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


def page_title(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The title of a page: a point of the site's menu or a few of its goods, and whose site it is."""
    site = _row(rng, "_greetings")
    menu = pick(rng, [row for row in listed() if row.language == site.language])
    items, name = some(rng, menu.items, pick(rng, (1, 1, 2, 3, 5))), pick(rng, site.heads)
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

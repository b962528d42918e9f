"""What shops say of themselves in titles, descriptions and footers of their pages, in words that spam uses as well."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, size, some
from training.honest.layout import LIST_SEPARATORS, lay_out
from training.honest.menus import Row, cities, rows_of
from training.vocabulary import Vocabulary

_FOOTER = LIST_SEPARATORS | {"\n": 8.0, " ": 8.0}


def shop_title(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The title of a page of a shop."""
    return Draft([_filled(rng, pick(rng, rows_of("_shop_titles")))], "", position="head", honest=True)


def shop_description(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The description of a page of a shop, now and then behind its title."""
    row = pick(rng, rows_of("_shop_descriptions"))
    title = [_filled(rng, own) for own in rows_of("_shop_titles", row.language)] if chance(rng, 0.3) else []
    return Draft([*title, _filled(rng, row)], "\n", position="head", honest=True)


def shop_footer(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Categories and services in the footer of a shop."""
    row = pick(rng, rows_of("_shop_footers"))
    n = size(rng, 4, len(row.items), 14)
    start = between(rng, 0, len(row.items) - n)
    items = row.items[start : start + n] if chance(rng, 0.6) else some(rng, row.items, n)
    return lay_out(rng, items, _FOOTER, row.heads, position="tail")


def _filled(rng: Rng, row: Row) -> str:
    """One of the row's patterns with its goods x and y, a shop s, a town c and a number n."""
    goods = some(rng, rows_of("_shop_titles", row.language)[0].heads, 2)
    shops = rows_of("_shop_descriptions", row.language)[0].heads
    towns = dict(cities()).get(row.language, ())
    pattern = pick(rng, [pattern for pattern in row.items if towns or "{c}" not in pattern])
    town = pick(rng, towns) if towns else ""
    text = pattern.format(x=goods[0], y=goods[1], s=pick(rng, shops), c=town, n=_number(rng))
    return text[:1].upper() + text[1:]


def _number(rng: Rng) -> int:
    """Of years, of per cent, or of models."""
    return between(rng, *pick(rng, ((2, 9), (10, 70), (100, 900))))

"""Menus and lists of the trades that spam sells, as genuine sites in many languages have them.

Owns the reading of menus.tsv and what is drawn of it. Refuses lists of search phrases, which are spam: those that
tutorials quote (``seo_words``) are drawn inside a sentence and nowhere else.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, shuffled, size, some
from training.honest import words
from training.honest.layout import CJK_LIST, LIST_SEPARATORS, lay_out
from training.slots import CITIES, terms
from training.trades import TRADES
from training.vocabulary import Vocabulary

MENUS = Path(__file__).with_name("menus.tsv")
# Rows that hold no menu: places, patterns (their kinds begin with "_"), and words for sentences alone.
_PLACES = ("cities", "nation", "towns", "districts")
# Lists of no trade, drawn by functions of their own.
_OF_NO_TRADE = ("compounds", "kana", "rubrics", "labels", "things")
_QUOTED = "seo_words"
# What stands beside the items of a kind where it is no count.
_SHOP = terms("repair;shoes;bags;phones;phone_shop;consoles;vape;recipe;parts;cars;watch_models")
_FIGURES = (
    {"fixtures": "_scores", "programmes": "_times", "crypto": "_rates", "crypto_pairs": "_rates"}
    | {"salon": "_sessions", "clinic": "_sessions"}
    | dict.fromkeys(_SHOP, "_prices")
)
# Where the reader of a web directory is.
_TRAILS = ("当前位置: 网站首页 > ", "首页 > ", "您的位置：首页 > 网址大全 > ", "网址导航 > ", "导航：")
DENSE = ("zh", "zh-Hant", "ja")
_JOINTS = dict.fromkeys(DENSE, "、") | {"ar": "، "}
_OTHER_LIST = {separator: weight for separator, weight in LIST_SEPARATORS.items() if separator not in "、，　丨；"}
_OTHER_LIST[""] = LIST_SEPARATORS[""]


class Row(NamedTuple):
    """One row of menus.tsv: a list of one kind in one language, in the order in which a site prints it."""

    language: str  # ISO 639-1, with the script where it is not the usual one; "mul" for names that are the same in all
    kind: str
    heads: tuple[str, ...]
    items: tuple[str, ...]


@cache
def rows() -> tuple[Row, ...]:
    """Every row of menus.tsv, in its order."""
    with MENUS.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    read = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(Row(row["language"], row["kind"], terms(row["heads"]), terms(row["items"])) for row in read)


@cache
def listed() -> tuple[Row, ...]:
    """The rows that are menus of a trade."""
    return tuple(
        row for row in rows() if row.kind not in (*_PLACES, *_OF_NO_TRADE, _QUOTED) and not row.kind.startswith("_")
    )


@cache
def rows_of(kind: str, language: str = "") -> tuple[Row, ...]:
    """The rows of one kind, of every language or of one."""
    return tuple(row for row in rows() if row.kind == kind and language in ("", row.language))


def _pattern(rng: Rng, kind: str, language: str, default: str = "{x}") -> str:
    """A pattern of the language, or of all languages."""
    found = rows_of(kind, language) or rows_of(kind, "mul")
    return pick(rng, pick(rng, found).items) if found else default


def _run(rng: Rng, row: Row, n: int) -> list[str]:
    """Return n items that follow one another in the file."""
    start = between(rng, 0, max(0, len(row.items) - n))
    return list(row.items[start : start + n])


def _cased(rng: Rng, items: Sequence[str]) -> list[str]:
    """The items as style sheets and sloppy editors set them: now and then in capitals or small letters."""
    forms: tuple[Callable[[str], str], ...] = (str.upper, str.lower)
    form = pick(rng, forms) if chance(rng, 0.15) else str.strip
    return [form(item) for item in items]


def _separators(language: str, kind: str = "") -> dict[str, float]:
    if kind == "hashtags":
        return _OTHER_LIST | {" #": 40.0, "#": 6.0}
    return CJK_LIST if language in DENSE else _OTHER_LIST


def _mostly(favoured: dict[str, float], language: str) -> dict[str, float]:
    """The favoured separators, and now and then one of the language's others."""
    return {**favoured, **{joint: 0.4 * weight for joint, weight in _separators(language).items()}}


def trade_menu(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A menu of one trade, in its order or by the alphabet, now and then two menus of a language together."""
    row = pick(rng, listed())
    n = size(rng, 4, len(row.items), 13)
    items = _run(rng, row, n) if chance(rng, 0.5) else some(rng, row.items, n)
    if chance(rng, 0.25):
        items = sorted(items, key=str.casefold)
    if row.kind != "hashtags" and chance(rng, 0.12):
        other = pick(rng, [other for other in listed() if other.language == row.language])
        items += _run(rng, other, size(rng, 3, 12, 5))
    return lay_out(rng, _cased(rng, items), _separators(row.language, row.kind), row.heads)


# Kinds of names that spam lists as well, and what banks and insurers sell.
_NAMES = ("teams", "teams", "banks", "funds", "airports", "brand_names", "departments", "departments")
# Items that share a word, and words that spam sells by.
_KINDS = (
    "visas", "certificates", "tax_office", "cleaning", "repairs", "trade_services", "trade_services", "scams",
    "prohibited", "drugs", "loans_explained",
)  # fmt: skip
# Taken out of its markup a navigation bar keeps the white space alone.
_BARE = {" ": 14.0, "　": 3.0, "\n": 4.0, " | ": 2.0, "|": 2.0}
_MONEY = ("money_menu", "bank", "insurance", "loan_advice")


def proper_names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The clubs of a league, banks, funds, airports, brands that a shop stocks, the departments of a house."""
    return _whole_menu(rng, pick(rng, rows_of(pick(rng, _NAMES))))


def kinds_of_one_thing(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Kinds of visas, certificates, loans or fraud, what a workshop or an office does, what is not taken in a shop."""
    return _whole_menu(rng, pick(rng, rows_of(pick(rng, _KINDS))))


def money_menu(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """What a bank, an insurer or a site that compares them offers."""
    return _whole_menu(rng, pick(rng, [row for kind in _MONEY for row in rows_of(kind)]))


def compounds(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Items that share a word, as menus of software, glossaries and kinds of a thing have them; katakana words."""
    row = pick(rng, rows_of(pick(rng, ("compounds", "compounds", "compounds", "compounds", "kana"))))
    items, separators = _some_or_all(rng, row), _mostly({" ": 10.0, "\n": 8.0}, row.language)
    return lay_out(rng, _cased(rng, items), separators, row.heads)


def rubrics(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """What the channel of a portal offers, side by side as its navigation has it; now and then of several channels."""
    row = pick(rng, rows_of("rubrics"))
    items = _run(rng, row, size(rng, 4, len(row.items), 12))
    others = [other for other in rows_of("rubrics", row.language) if other is not row]
    for other in some(rng, others, pick(rng, (0, 0, 0, 1, 1, 2, 3))):
        items += [pick(rng, other.heads), *_run(rng, other, size(rng, 3, len(other.items), 8))]
    return lay_out(rng, _cased(rng, items), _mostly(_BARE, row.language), row.heads)


def labels(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The menus, settings and messages of a program side by side; now and then of two programs."""
    row, items = _one_or_two(rng, "labels", 0.3)
    return lay_out(rng, items, _mostly({" ": 8.0, "\n": 5.0, " | ": 3.0, " · ": 3.0}, row.language), row.heads)


def things(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Names of one kind of thing, as encyclopaedias, forms and dictionaries list them; now and then of two kinds."""
    row, items = _one_or_two(rng, "things", 0.15)
    return lay_out(rng, _cased(rng, items), _mostly({" ": 5.0, "\n": 5.0}, row.language), row.heads)


def _one_or_two(rng: Rng, kind: str, second: float) -> tuple[Row, list[str]]:
    """A row and items of it, with this probability also of another of its language."""
    row = pick(rng, rows_of(kind))
    items = _some_or_all(rng, row)
    if chance(rng, second):
        items += _some_or_all(rng, pick(rng, rows_of(kind, row.language)))
    return row, items


def _whole_menu(rng: Rng, row: Row) -> Draft:
    return lay_out(rng, _cased(rng, _some_or_all(rng, row)), _separators(row.language), row.heads)


def _some_or_all(rng: Rng, row: Row) -> list[str]:
    """All of a row or some of it, in its order, by the alphabet or in none."""
    n = len(row.items) if chance(rng, 0.3) else size(rng, 4, len(row.items), 11)
    items = _run(rng, row, n) if chance(rng, 0.5) else some(rng, row.items, n)
    return sorted(items, key=str.casefold) if chance(rng, 0.25) else items


def headed_lines(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A heading, then one item a line, in the file's order."""
    row = pick(rng, listed())
    items = _run(rng, row, size(rng, 3, len(row.items), 10))
    lead = (pick(rng, row.heads),) if row.heads else ()
    return Draft(items, "\n", lead=lead, linked=[chance(rng, 0.5)] * len(items), honest=True)


def priced_menu(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Items with prices, durations, counts, scores, times or rates."""
    figured = [row for row in listed() if row.kind in _FIGURES]
    row = pick(rng, figured if chance(rng, 0.75) else listed())
    kind = _FIGURES.get(row.kind, "_counts")
    if kind == "_sessions" and chance(rng, 0.5):
        kind = "_prices"
    language = pick(rng, rows_of("_prices")).language if row.language == "mul" else row.language
    form = _pattern(rng, kind, language)
    chosen = some(rng, row.items, size(rng, 3, len(row.items), 9))
    separators = {"\n": 6.0, " | ": 1.5, " ": 1.5, ", ": 1.0, " · ": 0.5}
    return lay_out(rng, [_figured(rng, form, item) for item in chosen], separators, row.heads)


def _figured(rng: Rng, form: str, item: str) -> str:
    """The item in a pattern of numbers: p a price, n a count, h an hour, t a tens digit, a and b goals."""
    return form.format(
        x=item,
        p=between(rng, 9, 240),
        n=between(rng, 1, 480),
        h=between(rng, 6, 23),
        t=between(rng, 0, 5),
        a=between(rng, 0, 5),
        b=between(rng, 0, 4),
    )


def areas_served(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Where one firm works or one portal offers: towns of one region or districts of one city, with one word on each.

    At times the word stands in the heading alone.
    """
    region = pick(rng, [*rows_of("towns"), *rows_of("districts"), *rows_of("districts")])
    if region.language == "zh" and chance(rng, 0.7):
        parent, names = pick(rng, list(vocabulary.places.counties.items()))
        region = Row("zh", "districts", (parent,), names)
    kind = "_property" if region.kind == "districts" and chance(rng, 0.5) else "_trades"
    form = _pattern(rng, kind, region.language)
    n = size(rng, min(4, len(region.items)), len(region.items), 14)
    towns = _run(rng, region, n) if chance(rng, 0.7) else shuffled(rng, _run(rng, region, n))
    heads = [*region.heads, *(head for row in rows_of("_areas", region.language) for head in row.items)]
    if chance(rng, 0.35):
        heads = [form.format(x=name) for name in region.heads] + heads
        form = "{x}"
    return lay_out(rng, [form.format(x=town) for town in towns], _separators(region.language), heads)


_CODES = dict(item.split() for item in terms(
    "en EN;de DE;es ES;fr FR;it IT;ja JA;ko KO;vi VI;th TH;tr TR;id ID;ru RU;pt PT;zh CN"
))  # fmt: skip
_STATES = {"us": "en", "jp": "ja", "kr": "ko", "de": "de", "vn": "vi", "tr": "tr", "es": "es", "id": "id"}


@cache
def cities() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Languages with the cities of a country where they are spoken."""
    known = [(language, CITIES[f"CITY{code}"]) for language, code in _CODES.items()]
    return (*known, *((row.language, row.items) for row in rows_of("cities")))


@cache
def _states() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((language, words.STATES[country]) for country, language in _STATES.items())


def city_pages(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Pages by city or state of a weather, travel or job site."""
    language, names = pick(rng, _states() if chance(rng, 0.3) else cities())
    form = _pattern(rng, "_travel", language)
    chosen = some(rng, names, size(rng, 4, 40, 14))
    items = [form.format(x=name) for name in (sorted(chosen) if chance(rng, 0.6) else chosen)]
    return lay_out(rng, items, _separators(language))


def programme_pages(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Pages of a television or sports site: each channel or league with what one does there, mostly one a line."""
    row = pick(rng, [row for row in listed() if row.kind in ("channels", "leagues")])
    forms = [_pattern(rng, "_watch", row.language) for _ in range(pick(rng, (1, 1, 1, 3)))]
    n = size(rng, 3, len(row.items), 10)
    names = _run(rng, row, n) if chance(rng, 0.5) else some(rng, row.items, n)
    items = [pick(rng, forms).format(x=name) for name in names]
    return lay_out(rng, _cased(rng, items), _mostly({"\n": 8.0}, row.language), row.heads)


def trending(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """What a news portal says is searched for: people with what became of them, and topics."""
    row = pick(rng, rows_of("people"))
    forms = pick(rng, rows_of("_fame", row.language)).items
    names = some(rng, row.items, size(rng, 3, 20, 7))
    items = [pick(rng, forms).format(x=name) for name in names]
    topics = rows_of("topics", row.language)
    items += some(rng, pick(rng, topics).items, between(rng, 0, 10)) if topics else []
    return lay_out(rng, _cased(rng, shuffled(rng, items)), {"\n": 4.0, " ": 6.0, " | ": 1.5, ", ": 1.5}, row.heads)


def coupons(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Offers of chain stores, with prices, places and discounts."""
    row = pick(rng, rows_of("chains"))
    forms = some(rng, pick(rng, rows_of("_coupons", row.language)).items, pick(rng, (1, 1, 2, 4)))
    towns = dict(cities())[row.language]
    chosen = some(rng, row.items, size(rng, 3, len(row.items), 8))
    items = [_figured(rng, pick(rng, forms).replace("{c}", pick(rng, towns)), item) for item in chosen]
    return lay_out(rng, items, {"\n": 5.0, " ": 5.0, " | ": 1.0, ", ": 1.0}, row.heads)


def site_directory(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A page of a web directory: sites of one subject or of several, with the sections of portals among them."""
    row = pick(rng, rows_of("sites"))
    names = _run(rng, row, size(rng, 4, 30, 12))
    others = [other for other in rows_of("sites", row.language) if other is not row]
    for other in some(rng, others, pick(rng, (0, 0, 1, 2))):
        names += some(rng, other.items, size(rng, 3, 12, 5))
    names += _sections(rng, row.language, size(rng, 1, 20, 6) if chance(rng, 0.6) else 0)
    names = names if chance(rng, 0.5) else shuffled(rng, names)
    head = pick(rng, _TRAILS) if row.language == "zh" and chance(rng, 0.3) else ""
    return lay_out(rng, names, _mostly({"\n": 6.0, " ": 6.0}, row.language), [head + own for own in row.heads])


def _sections(rng: Rng, language: str, n: int) -> list[str]:
    """Up to n sections of portals of a language: one portal's, one section of many, or any."""
    found = rows_of("_portals", language)
    if not found or not n:
        return []
    _, _, sections, portals = pick(rng, found)
    joint = space(language)
    habit = pick(rng, ("portal", "section", "any"))
    portals = (pick(rng, portals),) if habit == "portal" else portals
    sections = (pick(rng, sections),) if habit == "section" else sections
    return some(rng, [portal + joint + section for portal in portals for section in sections], n)


def keyword_sentence(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The list inside a sentence of news, of a study, or of a tutorial that quotes keywords."""
    pattern_row = pick(rng, [*rows_of("_sentences"), *rows_of("_seo_sentences")])
    language = pattern_row.language
    if pattern_row.kind == "_seo_sentences":
        row = pick(rng, rows_of(_QUOTED, language))
    else:
        of = "mul" if chance(rng, 0.2) else language
        row = pick(rng, [row for row in listed() if row.language == of])
    said = joined(some(rng, row.items, size(rng, 3, 16, 6)), language, pattern_row.heads)
    sentences = [pick(rng, pattern_row.items).format(x=said)]
    if chance(rng, 0.3):
        sentences.append(pick(rng, pattern_row.items).format(x=joined(some(rng, row.items, 3), language, ())))
    return Draft(sentences, space(language), position="middle", honest=True)


def trade_headlines(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Headlines about a trade and the site's name behind them: they end no sentence, and name what spam sells."""
    # A protocol may leave out all trades of a language.
    spoken = {trade.language for trade in TRADES}
    row = pick(rng, [row for row in rows_of("_headlines") if row.language.lower() in spoken])
    trade = pick(rng, [trade for trade in TRADES if trade.language == row.language.lower()])
    heads = some(rng, TRADES[trade].slots["head"], pick(rng, (1, 1, 2)))
    items = [_headline(rng, pick(rng, row.items), pick(rng, heads)) for _ in range(pick(rng, (1, 1, 1, 2, 4, 6)))]
    if len(items) == 1 and chance(rng, 0.3):
        items[0] += pick(rng, (" - ", " | ", "_", " – ")) + _pattern(rng, "_papers", row.language)
    return Draft(items, pick(rng, ("\n", "\n", " ", " | ", " · ")), position="middle", honest=True)


def _headline(rng: Rng, pattern: str, head: str) -> str:
    text = pattern.format(x=head)
    text = text[0].upper() + text[1:]
    return text.title() if chance(rng, 0.15) else text


def space(language: str) -> str:
    """What stands between words and sentences of the language."""
    return "" if language in DENSE else " "


def joined(items: Sequence[str], language: str, conjunctions: Sequence[str]) -> str:
    """The items as a sentence of the language enumerates them."""
    joint = _JOINTS.get(language, ", ")
    if not conjunctions or len(items) < 2:
        return joint.join(items)
    return f"{joint.join(items[:-1])} {conjunctions[0]} {items[-1]}"

"""Countries, languages, currencies, months and cities of the world, as sites in many languages list them.

The names are those of the Unicode CLDR (Unicode licence), read through Babel; nothing of them is in the repository.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from training.blocks import Draft
from training.draw import Rng, between, chance, digits, pick, shuffled, size, some
from training.honest.layout import CJK_LIST, LIST_SEPARATORS, lay_out
from training.slots import terms
from training.vocabulary import Vocabulary

# As Babel names them; English and Chinese stand three times, as most of what is scored is written in them.
LOCALES = (
    *("en", "en", "en", "zh", "zh", "zh", "zh_Hant", "ja", "ja", "ko", "de", "fr", "es", "pt", "it", "nl", "pl", "ru"),
    *("uk", "cs", "sk", "hu", "ro", "bg", "el", "tr", "ar", "fa", "he", "hi", "bn", "th", "vi", "id", "ms", "sv", "da"),
    *("nb", "fi", "et", "lv", "lt", "hr", "sr", "sl", "ca", "ka", "hy", "az", "kk", "ta", "te", "ur", "fil", "sw"),
)
_UNSPACED = ("zh", "zh_Hant", "ja")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_HEADS = {
    "territories": terms("Country;Select country;国家/地区;選擇國家;国・地域;Land;Pays;País;Страна;Ülke;국가"),
    "languages": terms("Language;Languages;语言;選擇語言;言語;Sprache;Langue;Idioma;Язык;Dil;언어"),
    "currencies": terms("Currency;货币;貨幣;通貨;Währung;Devise;Moneda;Валюта;통화"),
    "scripts": terms("Script;Scripts;文字;Schrift"),
}


@cache
def _locale(name: str) -> Any:
    from babel import Locale

    return Locale.parse(name)


@cache
def names(locale: str, table: str) -> tuple[str, ...]:
    """The names of a table of CLDR in a language: territories (countries alone), languages, scripts or currencies."""
    found = getattr(_locale(locale), table).items()
    if table == "territories":
        found = [(code, name) for code, name in found if _COUNTRY.match(code) and code not in _NO_COUNTRIES]
    # Of languages those of two letters: sites offer no others.
    return tuple(dict.fromkeys(name for code, name in found if table != "languages" or len(code) == 2))


@cache
def month_names(locale: str) -> tuple[str, ...]:
    """The twelve months in a language."""
    return tuple(_locale(locale).months["stand-alone"]["wide"].values())


@cache
def _cities(locale: str) -> tuple[str, ...]:
    """Cities that time zones are named after, in a language."""
    from babel.dates import get_timezone_location

    zones = [zone for zone in _locale(locale).time_zones if "/" in zone and not zone.startswith("Etc/")]
    return tuple(dict.fromkeys(get_timezone_location(zone, locale=locale, return_city=True) for zone in zones))


def _separators(locale: str) -> dict[str, float]:
    return dict(CJK_LIST if locale in _UNSPACED else LIST_SEPARATORS) | {"\n": 8.0, " ": 8.0}


def _listed(rng: Rng, every: Sequence[str]) -> list[str]:
    """All of them or some, mostly in the order of the alphabet."""
    items = list(every) if chance(rng, 0.3) else some(rng, every, size(rng, 5, len(every), 30))
    return sorted(items, key=str.casefold) if chance(rng, 0.75) else items


def locale_names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Where a shop ships to, which languages a site has, which currencies, which scripts."""
    locale = pick(rng, LOCALES)
    table = pick(rng, ("territories", "territories", "languages", "languages", "currencies", "scripts"))
    items = _listed(rng, names(locale, table))
    if table == "territories" and chance(rng, 0.12):
        items = [f"{name} (+{digits(rng, 1, 3)})" for name in items]
    return lay_out(rng, items, _separators(locale), _HEADS[table])


def world_cities(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Cities of the world, as clocks, weather services and airlines list them."""
    locale = pick(rng, LOCALES)
    cities = some(rng, _cities(locale), size(rng, 4, 60, 14))
    cities = sorted(cities) if chance(rng, 0.5) else cities
    form = pick(rng, ("{x}", "{x}", "{x}", "{x} {h:02d}:{m:02d}", "{x} {t}°", "{x} – {y}"))
    items = [
        form.format(x=city, y=pick(rng, cities), h=between(rng, 0, 23), m=between(rng, 0, 59), t=between(rng, -20, 39))
        for city in cities
    ]
    return lay_out(rng, items, _separators(locale))


def month_archive(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The months of a blog, with how many posts each has, the last first."""
    locale = pick(rng, LOCALES)
    months = month_names(locale)
    form = pick(rng, ("{m} {y} ({n})", "{m} {y} ({n})", "{m} {y}", "{y} {m}", "{y}. {m} [{n}]"))
    first = between(rng, 0, 30)
    items = [
        form.format(m=months[-1 - at % 12], y=2026 - at // 12, n=between(rng, 1, 99))
        for at in range(first, first + between(rng, 4, 48))
    ]
    return lay_out(rng, items, _separators(locale) | {"\n": 20.0})


def opening_hours(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The days of the week, with the hours of a shop or the programme of a day."""
    locale = pick(rng, LOCALES)
    days = list(_locale(locale).days["stand-alone"][pick(rng, ("wide", "abbreviated"))].values())
    form = pick(rng, ("{d} {a}:00–{b}:00", "{d}: {a}.00 - {b}.30", "{d}", "{d} {a}:30"))
    items = [form.format(d=day, a=between(rng, 7, 11), b=between(rng, 15, 22)) for day in days]
    return lay_out(rng, items if chance(rng, 0.8) else shuffled(rng, items), _separators(locale))

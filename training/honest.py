"""Honest look-alikes: lists, menus, tables and notices that resemble keyword blocks and are content.

Each kind is one function that draws one block. What keeps a list honest is modelled, not its words alone: it is
complete or from one region, in some order, with a heading, numbers or prices, or it says something.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from training import honest_slots as words
from training import leftovers
from training.blocks import Draft, host
from training.draw import Rng, between, chance, digits, letters, pick, shuffled, size, some, weighted
from training.slots import CITIES, FILLER_EN, LEAD_OTHER, LEAD_TAILS, SYLLABLES
from training.vocabulary import Vocabulary, short_name

LIST_SEPARATORS = {
    " ": 5,
    " | ": 5,
    "|": 3,
    "、": 3,
    "\n": 6,
    ",": 2,
    ", ": 3,
    "，": 1,
    "|.": 3,
    "|\n": 0.8,
    " · ": 2,
    " - ": 1,
    "-": 0.6,
    "/": 0.8,
    " / ": 1,
    "　": 1.2,
    "_": 0.8,
    "；": 0.5,
    "; ": 0.7,
    " • ": 1.2,
    " > ": 0.2,
    "": 0.5,
    "丨": 0.5,
    "| ": 1.5,
}
CJK_LIST = {
    "、": 6,
    "，": 2,
    " ": 4,
    "|": 2,
    " | ": 3,
    "\n": 3,
    "|.": 2,
    "；": 1,
    "　": 1,
    "/": 0.6,
    ",": 1,
    "| ": 1,
    "": 0.3,
    "_": 0.5,
}


def _draft(
    rng: Rng,
    items: Sequence[str],
    separators: dict[str, float] | None = None,
    heads: Sequence[str] = (),
    position: str = "anywhere",
) -> Draft:
    """Lay out an honest list; its heading is a line of its own, stands before the first item, or is left out."""
    listed = list(items)
    # Headings that injections use as well: honest pages have them far oftener.
    heads = heads if chance(rng, 0.75) else (*LEAD_TAILS, *LEAD_OTHER)
    separator = weighted(rng, separators or LIST_SEPARATORS)
    head = pick(rng, heads) if heads and chance(rng, 0.6) else ""
    lead: tuple[str, ...] = ()
    if head and (separator.endswith("\n") or chance(rng, 0.4)):
        lead = (head,)
    elif head:
        listed[0] = head + pick(rng, (": ", " ", ":") if head.isascii() else ("：", ":", "", " ")) + listed[0]
    wrap = between(rng, 4, 12) if chance(rng, 0.1) and not separator.endswith("\n") else 0
    linked = None if chance(rng, 0.6) else [False] * len(listed)
    return Draft(listed, separator, lead=lead, position=position, wrap=wrap, linked=linked, honest=True)


def _menu(rng: Rng, options: Sequence[str], n: int) -> list[str]:
    """Return n menu points, the front of the list more often than its end."""
    if chance(rng, 0.5):
        return list(options)[:n]
    return some(rng, options, n)


# Places -----------------------------------------------------------------------------------------------------------


def _pinyin(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(name))


def _chinese_provinces(rng: Rng, vocabulary: Vocabulary) -> list[str]:
    places = vocabulary.places
    if chance(rng, 0.3) or not places.provinces:
        groups = list(words.REGIONS_CN.items())
        named = chance(rng, 0.4)
        return [name for region, names in groups for name in ([region, *names] if named else names)]
    ordered = list(places.provinces if chance(rng, 0.6) else places.by_pinyin)
    if chance(rng, 0.5):
        ordered = [short_name(name) for name in ordered]
    if chance(rng, 0.3):
        ordered = [name for name in ordered if not name.startswith(("香港", "澳门", "台湾"))]
    return ordered


def provinces(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Every province, by official code, pinyin or region, full or short, with a suffix at times."""
    items = _chinese_provinces(rng, vocabulary)
    suffix = pick(rng, words.CITY_CHANNELS) if chance(rng, 0.15) else ""
    if chance(rng, 0.08):
        items = shuffled(rng, items)
    return _draft(
        rng,
        [item + suffix for item in items],
        heads=("全国各省", "省份", "选择省份", "按地区查找", "全国", "所在地区", "各省市"),
    )


def _group(rng: Rng, groups: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    parent = pick(rng, list(groups))
    return parent, list(groups[parent])


def _spaced(name: str) -> str:
    """A name of two characters as wide as one of three, as printed tables have it: 吉 县 beside 永年县."""
    return " ".join(name) if len(name) == 2 else name


def county_list(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """All counties of one or a few neighbouring prefectures, in official order, with or without a heading."""
    groups = list(vocabulary.places.counties.items())
    start = between(rng, 0, len(groups) - 1)
    chosen = groups[start : start + weighted(rng, {1: 5.0, 2: 1.0, 4: 1.0})]
    items: list[str] = []
    headed, short, spaced = len(chosen) > 1 and chance(rng, 0.6), chance(rng, 0.2), chance(rng, 0.15)
    for parent, group in chosen:
        names = [short_name(name) if short else name for name in group]
        names = [_spaced(name) for name in names] if spaced else names
        items += [f"{parent}：{names[0]}", *names[1:]] if headed else names
    parent = chosen[0][0]
    heads = (f"{parent}", f"{parent}辖", f"{parent}行政区划", "下辖区县", "区县导航", f"{parent}各县区", "周边县市")
    return _draft(rng, items, heads=heads)


def prefectures(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """All prefectures of a province, or of several provinces in turn, each with its heading."""
    groups = list(vocabulary.places.prefectures.items())
    start = between(rng, 0, len(groups) - 1)
    chosen = groups[start : start + weighted(rng, {1: 4.0, 3: 1.0, 8: 1.0})]
    short = chance(rng, 0.5)
    items: list[str] = []
    for parent, names in chosen:
        items += ([short_name(parent)] if len(chosen) > 1 or chance(rng, 0.3) else []) + [
            short_name(name) if short else name for name in names
        ]
    suffix = pick(rng, words.CITY_CHANNELS) if chance(rng, 0.15) else ""
    return _draft(
        rng, [item + suffix for item in items], heads=("所辖城市", "地市", "城市列表", "下辖地级市", "各地市")
    )


def city_nav(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """City navigation of a portal: big cities, often with one channel on each."""
    n = size(rng, 6, len(words.HOT_CITIES), 22)
    items = list(words.HOT_CITIES[:n]) if chance(rng, 0.6) else some(rng, words.HOT_CITIES, n)
    suffix = pick(rng, words.CITY_CHANNELS) if chance(rng, 0.6) else ""
    if chance(rng, 0.1):
        items = [pick(rng, items) + name for name in some(rng, words.CITY_CHANNELS, 12)]
        return _draft(rng, items, heads=words.CITY_HEADS)
    items += ["更多"] if chance(rng, 0.2) else []
    return _draft(
        rng, [item + suffix for item in items], heads=words.CITY_HEADS, position=pick(rng, ("tail", "anywhere"))
    )


def city_index(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Cities under the first letter of their pinyin."""
    cities = sorted(some(rng, words.HOT_CITIES, between(rng, 15, 50)), key=_pinyin)
    items, last = [], ""
    for city in cities:
        letter = _pinyin(city)[0][0].upper()
        items += ([letter] if letter != last else []) + [city]
        last = letter
    return _draft(rng, items, heads=words.CITY_HEADS)


def states_world(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """All states, prefectures or provinces of another country, complete and in order."""
    items = list(words.STATES[pick(rng, list(words.STATES))])
    suffix = pick(rng, ("天気", " weather", " jobs", " Immobilien")) if chance(rng, 0.15) else ""
    return _draft(
        rng,
        [item + suffix for item in items],
        heads=(
            "Select a state",
            "地域から探す",
            "지역",
            "Bundesländer",
            "Provincias",
            "Tỉnh thành",
            "İller",
            "Provinsi",
            "Regions",
        ),
    )


def towns_world(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Branches or towns of one country, alphabetical or as served by one firm."""
    names = some(rng, CITIES[pick(rng, list(CITIES))], size(rng, 5, 40, 14))
    items = sorted(names) if chance(rng, 0.75) else names
    heads = (
        "We deliver to",
        "Areas we cover",
        "Our branches",
        "Standorte",
        "Unsere Filialen",
        "Nuestras sedes",
        "対応エリア",
        "店舗一覧",
        "매장 안내",
        "Chi nhánh",
        "Cabang kami",
        "Şubelerimiz",
        "Наши филиалы",
        "Weather warning for",
        "Nos agences",
    )
    return _draft(rng, items, heads=heads)


def countries(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A country drop-down, complete, or the countries a firm ships to."""
    names = list(words.COUNTRIES[pick(rng, list(words.COUNTRIES))])
    items = names if chance(rng, 0.6) else sorted(some(rng, names, between(rng, 8, 30)))
    if chance(rng, 0.15):
        items = [f"{name} (+{digits(rng, 1, 3)})" for name in items]
    return _draft(
        rng,
        items,
        heads=("Select country", "Country", "国家", "国家/地区", "Land", "国・地域", "Ship to", "Visa-free entry"),
    )


def stations(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Stops of a line."""
    if chance(rng, 0.7):
        items = some(rng, words.STATIONS, size(rng, 6, 40, 20))
        items = [item + "站" for item in items] if chance(rng, 0.3) else items
        line = f"{between(rng, 1, 950)}路"
        heads = (
            f"{line}公交站点",
            f"{line}途经站点",
            f"地铁{between(rng, 1, 20)}号线",
            "沿线车站",
            "停靠站",
            f"{line}（首班6:00 末班22:00）",
        )
    else:
        items = some(rng, CITIES[pick(rng, ("CITYJA", "CITYDE", "CITYKO", "CITYEN", "CITYCN"))], size(rng, 5, 30, 12))
        heads = ("停車駅", "Halte", "정차역", "Calling at", "途经", "Route")
    separators = {
        " - ": 3.0,
        "-": 2.0,
        "→": 2.0,
        "——": 1.5,
        " ": 2.0,
        "、": 3.0,
        "\n": 2.0,
        "|": 1.0,
        " | ": 1.0,
        " – ": 1.0,
        ">": 0.4,
        "|.": 0.6,
    }
    return _draft(rng, items, separators, heads)


def service_area(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A firm's area within one or two provinces, said in a sentence."""
    parent, names = _group(rng, vocabulary.places.prefectures)
    _, counties = _group(rng, vocabulary.places.counties)
    listed = "、".join(some(rng, names + counties, size(rng, 4, 26, 10)))
    forms = (
        f"本公司业务覆盖{parent}的{listed}等地。",
        f"服务范围：{listed}",
        f"送货区域包括{listed}，其他地区请电话咨询。",
        f"{pick(rng, words.UNITS_CN)}服务网点：{listed}。",
        f"受冷空气影响，{listed}有小到中雨，局地大雨。",
        f"中国气象局发布预警：{listed}等地部分地区有雷暴大风。",
        f"适宜在{listed}种植。",
        f"涉及{listed}，请过往车辆绕行。",
        f"抗震设防烈度为7度的有：{listed}。",
        f"以下地区入选名单：{listed}。",
    )
    return Draft([pick(rng, forms)], "", honest=True)


def places_across(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Honest lists over several provinces: rankings, risk areas, pilot lists; with province, number or explanation."""
    rows = []
    for _ in range(size(rng, 4, 30, 10)):
        parent, names = _group(rng, vocabulary.places.counties)
        rows.append((parent, pick(rng, names)))
    style = between(rng, 0, 5)
    if style == 5:
        return _draft(rng, sorted((name for _, name in rows), key=_pinyin), CJK_LIST)
    if style == 0:
        items = [
            f"{rank} {parent}{name} {between(rng, 500, 9999) / 100}" for rank, (parent, name) in enumerate(rows, 1)
        ]
    elif style == 1:
        items = [f"{parent}{name}" for parent, name in sorted(rows)]
    elif style == 2:
        items = [f"{parent}{name}{pick(rng, words.STREETS)}{between(rng, 1, 300)}号" for parent, name in rows]
    elif style == 3:
        items = [f"{parent}：{name}" for parent, name in rows]
    else:
        items = [f"{name}（{parent}）" for parent, name in rows]
    heads = (
        "中高风险地区",
        "试点县名单",
        "全国百强县",
        "获奖单位",
        "各地服务点",
        "名单如下",
        "示范区名单",
        "停电通知范围",
    )
    return _draft(rng, items, {"\n": 6, "、": 3, "；": 2, " ": 2, ",": 1, " | ": 1}, heads)


def _phone(rng: Rng) -> str:
    return f"0{digits(rng, 2, 3)}-{digits(rng, 7, 8)}"


def dealers(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Branches with addresses and phones."""
    cities = some(rng, words.HOT_CITIES, size(rng, 3, 24, 8))
    form = pick(
        rng,
        (
            "{city}分公司 {street}{n}号 {phone}",
            "{city}办事处：{phone}",
            "{city}：{street}{n}号，电话{phone}",
            "{city} {phone}",
            "{city}经销商 {name} {phone}",
        ),
    )
    items = [
        form.format(
            city=city, street=pick(rng, words.STREETS), n=between(rng, 1, 400), phone=_phone(rng), name=_person_cn(rng)
        )
        for city in cities
    ]
    return _draft(
        rng, items, {"\n": 6, " | ": 1, "；": 1, " ": 2}, ("销售网点", "各地分公司", "联系方式", "经销商名录")
    )


def codes(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Post, plate and dialling codes of one province's places."""
    parent, names = _group(rng, vocabulary.places.counties if chance(rng, 0.6) else vocabulary.places.prefectures)
    first = between(rng, 10, 85) * 10000
    form = pick(
        rng,
        (
            "{name}:{code}",
            "{name} {code}",
            "- {name}：{code}",
            "{name}（0{dial}）",
            "{name} | {letter} | {code}",
            "{code} {name}",
        ),
    )
    items = [
        form.format(name=name, code=first + 100 * row, dial=between(rng, 310, 999), letter=chr(65 + row % 26))
        for row, name in enumerate(names)
    ]
    return _draft(
        rng,
        items,
        {"\n": 4, " ": 3, " - ": 1, ",": 1, "、": 1, " | ": 1},
        (f"{parent}邮编", "邮政编码", "车牌代码", "区号查询"),
    )


# Sites ------------------------------------------------------------------------------------------------------------


def honest_sites(rng: Rng, n: int) -> list[str]:
    """Return n made-up names of honest sites, as friend links print them."""
    names = []
    for _ in range(n):
        stem = pick(rng, words.SITE_STEMS if chance(rng, 0.6) else words.HOT_CITIES)
        names.append(stem + pick(rng, words.SITE_TAILS))
    return names


def friend_links(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Links to honest sites."""
    items = honest_sites(rng, size(rng, 4, 50, 14))
    items += some(rng, words.UNITS_CN, between(rng, 0, 5)) + some(rng, words.UNIVERSITIES, between(rng, 0, 4))
    return _draft(rng, items, heads=words.FRIEND_HEADS, position="tail")


def site_menu(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A menu of one language."""
    options = words.MENUS[pick(rng, list(words.MENUS))]
    return _draft(rng, _menu(rng, options, size(rng, 4, 50, 12)), position=pick(rng, ("head", "tail", "anywhere")))


def breadcrumb(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Where the reader is."""
    lang = pick(rng, ("zh", "en", "de", "ja", "fr", "es", "ru", "id", "tr"))
    head = (
        pick(rng, ("当前位置：", "您现在的位置：", "您的位置:"))
        if lang == "zh"
        else pick(rng, ("", "You are here: ", ""))
    )
    items = some(rng, words.MENUS[lang], between(rng, 2, 5))
    items[0] = head + words.MENUS[lang][0]
    return Draft(
        items, pick(rng, (" > ", ">", " » ", " / ", " › ", ">>", " - ", "->", " :: ")), position="head", honest=True
    )


def footer(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Copyright, registration numbers and addresses."""
    lang = pick(rng, ("zh", "zh", "en", "de", "ja", "ko", "ru", "es", "vi"))
    menu = some(rng, words.MENUS[lang], between(rng, 2, 9))
    year, site = between(rng, 2003, 2026), "".join(pick(rng, SYLLABLES) for _ in range(3))
    if lang == "zh":
        unit = pick(rng, words.SITE_STEMS) + pick(rng, words.SITE_TAILS)
        facts = [
            f"版权所有 © {year} {unit}",
            f"{pick(rng, '京沪粤苏浙鲁川鄂湘豫')}ICP备{digits(rng, 8, 8)}号-{between(rng, 1, 9)}",
            f"地址：{pick(rng, words.HOT_CITIES)}市{pick(rng, words.STREETS)}{between(rng, 1, 400)}号",
            f"电话：0{digits(rng, 2, 3)}-{digits(rng, 7, 8)}",
            f"邮编：{digits(rng, 6, 6)}",
            "技术支持：" + pick(rng, words.SITE_STEMS) + "科技",
            f"访问量：{digits(rng, 4, 8)}",
        ]
    else:
        facts = [
            f"© {year} {site.title()}",
            "All rights reserved.",
            f"{between(rng, 1, 200)} {pick(rng, words.STREETS_WORLD)}",
            f"+{digits(rng, 2, 3)} {digits(rng, 6, 9)}",
            f"info@{site}.example",
        ]
    items = menu + some(rng, facts, between(rng, 2, len(facts)))
    return _draft(rng, items, {" | ": 5, " ": 4, "\n": 4, " - ": 1, "|": 1, " · ": 1, ", ": 0.5}, position="tail")


def language_switch(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Languages or currencies of a site."""
    table = pick(rng, (words.LANGUAGES, words.LANGUAGES, words.CURRENCIES, words.CURRENCIES_CN, words.SHARE))
    items = list(table) if chance(rng, 0.4) else list(table)[: between(rng, 3, len(table))]
    return _draft(
        rng,
        items,
        heads=("Language", "语言", "Currency", "Share", "分享到", "货币"),
        position=pick(rng, ("head", "tail")),
    )


def archive(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Months or categories with counts."""
    counted = chance(rng, 0.8)

    def count() -> str:
        return f" ({between(rng, 1, 260)})" if counted else ""

    if chance(rng, 0.5):
        months = words.MONTHS[pick(rng, list(words.MONTHS))]
        start = between(rng, 0, 30)
        items = [
            f"{months[(600 - step) % 12]} {2025 - (step // 12)}{count()}"
            for step in range(start, start + between(rng, 5, 36))
        ]
    elif chance(rng, 0.3):
        items = [f"{2025 - step // 12}年{12 - step % 12}月{count()}" for step in range(between(rng, 5, 36))]
    else:
        table = pick(rng, (words.TAGS_EN, words.TAGS_ZH, *words.MENUS.values()))
        items = [name + count() for name in sorted(some(rng, table, size(rng, 5, 40, 15)))]
    return _draft(
        rng,
        items,
        {"\n": 5, " ": 3, " • ": 3, ", ": 2, " | ": 1},
        ("Archives", "Categories", "归档", "文章分类", "アーカイブ", "Kategorien", "Arsip", "Arşiv"),
    )


def tags(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Tags of a post or a tag cloud, hashtags too."""
    table = pick(rng, (words.TAGS_EN, words.TAGS_ZH, words.TAGS_OTHER))
    items = some(rng, table, size(rng, 3, 30, 7))
    return _draft(
        rng,
        items,
        {" #": 3, "#": 2, ", ": 3, " ": 4, ",": 2, "、": 1, " | ": 1, "/": 0.5, "\n": 1},
        ("标签", "Tags", "关键词阅读", "Tag", "タグ", "相关标签"),
    )


def paper_keywords(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Keywords of a paper."""
    lang = pick(rng, list(words.PAPER_WORDS))
    items = some(rng, words.PAPER_WORDS[lang], between(rng, 3, 8))
    items[0] = (
        pick(rng, ("关键词：", "关键词:", "【关键词】", "主题词："))
        if lang == "zh"
        else pick(rng, ("Keywords: ", "Key words: ", "Index Terms—"))
    ) + items[0]
    return Draft(
        items,
        pick(rng, (";", "; ", ",", "，", "；", " ", ", ", "、")),
        position=pick(rng, ("anywhere", "head")),
        honest=True,
    )


def meta_keywords(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """An honest firm's own keywords or title: its goods, its town, its name."""
    name, city = pick(rng, words.UNITS_CN), pick(rng, words.HOT_CITIES)
    goods = some(rng, words.PRODUCTS_CN, between(rng, 2, 9))
    items = [*(city + good if chance(rng, 0.2) else good + pick(rng, ("", "", "厂家", "价格")) for good in goods), name]
    if chance(rng, 0.3):
        items = [*some(rng, words.TAGS_EN, between(rng, 3, 9)), "".join(pick(rng, SYLLABLES) for _ in range(3)).title()]
    return Draft(items, pick(rng, (",", "_", "-", "|", "，", " - ", ", ", " ")), position="head", honest=True)


# Things -----------------------------------------------------------------------------------------------------------


def prices(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Prices of goods."""
    form = pick(rng, ("{x} {p}元", "{x} {p}", "{x}每斤{p}元", "{x}：{p}元/公斤", "{x} ¥{p}", "{x} {p} {d}"))
    items = [
        form.format(x=item, p=between(rng, 80, 9900) / 100, d=between(rng, -30, 30))
        for item in some(rng, words.GOODS_CN, size(rng, 4, 30, 12))
    ]
    if chance(rng, 0.3):
        form = pick(rng, ("{x} €{p}", "{x} ${p}", "{x} – {p} EUR", "{x} £{p}"))
        items = [
            form.format(x=item, p=f"{between(rng, 100, 9900) / 100:.2f}")
            for item in some(rng, words.INGREDIENTS, size(rng, 4, 20, 9))
        ]
    return _draft(
        rng,
        items,
        {"\n": 4, " ": 3, "，": 3, ", ": 2, " | ": 1, "；": 1},
        ("今日菜价", "价格行情", "Price list", "品种 价格"),
    )


def catalogue(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Products of a firm, models at times."""
    items = some(rng, words.PRODUCTS_CN, size(rng, 4, 34, 12))
    if chance(rng, 0.3):
        items = [f"{letters(rng, 2, 4).upper()}-{digits(rng, 2, 4)}{item}" for item in items]
    return _draft(rng, items, CJK_LIST, ("产品分类", "产品目录", "主营产品", "产品系列", "经营范围", "相关产品"))


def shop_brands(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Brands of a department store, alphabetical."""
    items = sorted(some(rng, words.FASHION, size(rng, 5, 43, 18)), key=str.casefold)
    if chance(rng, 0.2):
        items = [f"{item} ({between(rng, 2, 300)})" for item in items]
    return _draft(
        rng,
        items,
        heads=("Brands A–Z", "Our brands", "Marken", "Designers", "品牌", "ブランド一覧", "Shop by brand", "Marques"),
    )


def medicines(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Medicines named as a pharmacy, leaflet or formulary names them."""
    style = between(rng, 0, 3)
    drugs = some(rng, words.MEDICINES, size(rng, 3, 30, 8))
    if style == 0:
        text = f"Tell your doctor if you take {', '.join(drugs)} or any other medicine, also without prescription."
        return Draft([text], "", honest=True)
    if style == 1:
        text = f"Common side effects of {drugs[0]} are {', '.join(some(rng, words.SIDE_EFFECTS, between(rng, 3, 9)))}."
        return Draft([text], "", honest=True)
    if style == 2:
        return _draft(
            rng,
            [f"{drug} {pick(rng, (5, 10, 20, 50, 100, 500))} mg" for drug in sorted(drugs)],
            heads=("Formulary", "Medicines A to Z", "Arzneimittel", "Medicamentos", "Drug interactions"),
        )
    return _draft(
        rng,
        some(rng, words.MEDICINES_CN, size(rng, 4, 27, 10)),
        CJK_LIST,
        ("药品目录", "家庭常用药", "中西药品", "医保药品", "经营品种"),
    )


def ingredients(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Ingredients of a food or a recipe."""
    items = some(rng, words.INGREDIENTS, size(rng, 4, 25, 10))
    if chance(rng, 0.4):
        items = [f"{between(rng, 1, 500)} {pick(rng, ('g', 'ml', 'tbsp', 'cups', 'tsp'))} {item}" for item in items]
    return _draft(
        rng, items, {", ": 6, "\n": 4, ",": 1, "; ": 0.5}, ("Ingredients", "Zutaten", "You will need", "Contains")
    )


def specs(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Technical data."""
    return _draft(
        rng,
        some(rng, words.SPECS, size(rng, 4, 20, 8)),
        {"\n": 4, ", ": 2, " | ": 2, "；": 1, " ": 2, "，": 1},
        ("技术参数", "Specifications", "Technische Daten", "主要参数"),
    )


def hotels(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Hotels or schools of higher learning."""
    if chance(rng, 0.5):
        return _draft(
            rng,
            some(rng, words.UNIVERSITIES, size(rng, 4, 34, 14)),
            CJK_LIST,
            ("合作院校", "招生院校", "录取院校", "双一流高校", "参赛高校"),
        )
    city = pick(rng, CITIES["CITYEN"] + CITIES["CITYES"])
    items = [name + (f" {city}" if chance(rng, 0.5) else "") for name in some(rng, words.HOTELS, size(rng, 3, 20, 8))]
    return _draft(rng, items, heads=(f"Hotels in {city}", "Where to stay", "Nearby hotels", "酒店推荐"))


def categories(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Categories of a portal, shop, clinic or firm, whose words spam uses too."""
    table = words.CATEGORIES[pick(rng, list(words.CATEGORIES))]
    items = _menu(rng, table, size(rng, 5, 30, 14))
    if chance(rng, 0.12):
        site = pick(rng, words.SITE_STEMS) if not items[0].isascii() else ""
        items = [site + item for item in items]
    return _draft(
        rng, items, heads=("分类", "频道", "全部分类", "Categories", "All categories", "科室导航", "业务范围", "栏目")
    )


def headlines(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Headlines of a news list, with dates at times."""
    dated = chance(rng, 0.35)
    chinese = chance(rng, 0.6)
    items = []
    for event in some(rng, words.EVENTS_CN if chinese else words.EVENTS_EN, between(rng, 3, 14)):
        place = pick(rng, words.HOT_CITIES) if chinese else pick(rng, CITIES["CITYEN"]) + " "
        date = f" {between(rng, 2008, 2026)}-{between(rng, 1, 12):02d}-{between(rng, 1, 28):02d}" if dated else ""
        items.append(f"{place}{event}{date}")
    return _draft(
        rng,
        items,
        {"\n": 6, " ": 4, " | ": 1, " · ": 1, "": 0.5},
        ("最新新闻", "热点新闻", "相关文章", "Latest news", "Most read", "推荐阅读"),
    )


def table_rows(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Rows of a table of figures."""
    heads = some(rng, words.CURRENCIES + words.UNITS_CN + words.TAGS_EN, between(rng, 2, 12))
    n_columns = between(rng, 2, 7)
    joint = pick(rng, (" ", " | ", "\u3000", ",", ", "))
    rows = [joint.join([head, *(f"{between(rng, 1, 99999) / 100:g}" for _ in range(n_columns))]) for head in heads]
    return Draft(rows, pick(rng, ("\n", "\n", " ", " | ")), honest=True, linked=[False] * len(rows))


def addresses(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Addresses of sources, with the name or the date of each at times."""
    items = [f"https://{host(rng)}/{letters(rng, 3, 8)}/{digits(rng, 3, 7)}.html" for _ in range(between(rng, 2, 12))]
    if chance(rng, 0.5):
        items = [f"{name} {item}" for name, item in zip(honest_sites(rng, len(items)), items, strict=True)]
    return _draft(
        rng,
        items,
        {"\n": 6, " ": 2, ", ": 1, " | ": 1},
        ("参考资料", "Sources", "Quellen", "相关网址", "Further links"),
    )


# People, works, results -------------------------------------------------------------------------------------------


def _person(rng: Rng) -> str:
    return f"{pick(rng, words.FIRST_NAMES)} {pick(rng, words.SURNAMES)}"


def _person_cn(rng: Rng) -> str:
    return pick(rng, words.SURNAMES_CN) + "".join(pick(rng, words.GIVEN_CN) for _ in range(between(rng, 1, 2)))


def names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Authors, committees, prize winners."""
    make = _person_cn if chance(rng, 0.5) else _person
    items = [make(rng) for _ in range(size(rng, 3, 60, 12))]
    return _draft(
        rng,
        items,
        heads=("作者", "Authors", "编委会", "获奖名单", "Members", "参加人员", "拟录取名单", "Editorial board"),
    )


def _reference(rng: Rng, row: int) -> str:
    subject = "".join(some(rng, words.PAPER_WORDS["zh"], 2))
    where = f"{pick(rng, words.JOURNALS_CN)},{between(rng, 1990, 2025)},{between(rng, 1, 60)}({between(rng, 1, 12)})"
    pages = f"{between(rng, 1, 90)}-{between(rng, 91, 200)}"
    return f"[{row}] {_person_cn(rng)},{_person_cn(rng)}.{subject}研究[J].{where}:{pages}."


def _reference_world(rng: Rng) -> str:
    first, second = some(rng, words.PAPER_WORDS["en"], 2)
    return f"{_person(rng)}, {_person(rng)} ({between(rng, 1970, 2025)}). {first.capitalize()} and {second}."


def bibliography(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """References."""
    rows = range(1, between(rng, 3, 15))
    chinese = chance(rng, 0.5)
    items = [_reference(rng, row) if chinese else _reference_world(rng) for row in rows]
    return _draft(rng, items, {"\n": 6, " ": 2}, ("参考文献", "References"))


def works(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Books and films."""
    return _draft(
        rng,
        some(rng, words.TITLES, size(rng, 3, 28, 9)),
        {"、": 3, "\n": 3, ", ": 2, "": 1.5, " ": 2, " | ": 1, " / ": 1},
        ("代表作品", "推荐书目", "Books", "片单", "主要作品", "Further reading"),
    )


def _match(rng: Rng) -> str:
    home, away = some(rng, words.TEAMS, 2)
    return f"{home} {between(rng, 0, 5)}{pick(rng, (':', '-', ' - '))}{between(rng, 0, 5)} {away}"


def _lottery_draw(rng: Rng) -> str:
    drawn = " ".join(f"{between(rng, 1, 35):02d}" for _ in range(between(rng, 3, 7)))
    return f"{pick(rng, words.LOTTERIES)} {between(rng, 2015, 2026)}{digits(rng, 3, 3)}: {drawn}"


def _standing(rng: Rng, rank: int, team: str) -> str:
    return f"{rank} {team} {between(rng, 10, 38)} {between(rng, 0, 30)} {between(rng, 0, 90)}"


def results(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Matches, league tables and lottery draws."""
    style = between(rng, 0, 2)
    if style == 0:
        items = [_match(rng) for _ in range(between(rng, 3, 12))]
    elif style == 1:
        teams = some(rng, words.TEAMS, between(rng, 5, 30))
        items = [_standing(rng, rank, team) for rank, team in enumerate(teams, 1)]
    else:
        items = [_lottery_draw(rng) for _ in range(between(rng, 1, 10))]
    heads = ("比赛结果", "Results", "积分榜", "开奖公告", "Ergebnisse", "Clasificación")
    return _draft(rng, items, {"\n": 6, " ": 2, ", ": 1, " | ": 1, "；": 1}, heads)


def calendar(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A month, an alphabet or page numbers."""
    style = between(rng, 0, 2)
    if style == 0:
        items = [*words.WEEKDAYS[pick(rng, list(words.WEEKDAYS))], *map(str, range(1, between(rng, 29, 32)))]
    elif style == 1:
        items = [*(["#"] if chance(rng, 0.3) else []), *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    else:
        items = [
            pick(rng, ("上一页", "Prev", "«", "前へ")),
            *map(str, range(1, between(rng, 5, 30))),
            pick(rng, ("下一页", "Next", "»", "次へ")),
        ]
    return _draft(rng, items, {" ": 6, " | ": 2, "|": 1, "\n": 2, "": 0.5, " · ": 0.5})


# Sentences --------------------------------------------------------------------------------------------------------


def statute(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """An enumeration of a statute."""
    article = f"第{pick(rng, '一二三四五六七八九')}十{pick(rng, '一二三四五六七八九')}条"
    if chance(rng, 0.5):
        listed = "、".join(some(rng, words.DEPARTMENTS, between(rng, 4, 20)))
        text = f"{article} 县级以上人民政府{listed}等有关部门，{pick(rng, words.DUTIES)}。"
    else:
        listed = "、".join(some(rng, words.LAW_THINGS, between(rng, 4, 20)))
        text = f"{article} 本条例所称设施，是指{listed}以及其他公用设施。"
    return Draft([text], "", honest=True)


def trade_news(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """News and warnings about the trades that spam sells."""
    chosen = some(rng, words.NEWS_SENTENCES, between(rng, 1, 3))
    items = [sentence + ("。" if any("一" <= char <= "鿿" for char in sentence) else ".") for sentence in chosen]
    return Draft(items, pick(rng, ("\n", " ", "")), position="middle", honest=True)


def plain_sentences(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The filler of spliced prose, without its keywords."""
    return Draft(
        [sentence + "." for sentence in some(rng, vocabulary.sentences, between(rng, 1, 8))],
        pick(rng, (" ", "\n")),
        position="middle",
        honest=True,
    )


# Mirrors ----------------------------------------------------------------------------------------------------------


@cache
def _to_traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def mirrored(rng: Rng, text: str) -> str:
    """Return a Chinese paragraph as mirrors leave it: Traditional, pinyin after converted characters, some lost.

    Text without Chinese characters comes back as it was. Needs opencc and pypinyin.
    """
    from pypinyin import Style, lazy_pinyin

    traditional: str = _to_traditional().convert(text)
    if len(traditional) != len(text):
        return text
    keep = chance(rng, 0.25)  # some hosts gloss the Simplified text
    share, lost = pick(rng, (0.0, 0.9, 0.97, 1.0)), pick(rng, (0.0, 0.0, 0.01, 0.03))
    also = set(some(rng, sorted({char for char in text if "一" <= char <= "鿿"}), between(rng, 0, 4)))
    out = []
    for plain, converted in zip(text, traditional, strict=True):
        if "一" <= plain <= "鿿" and chance(rng, lost):
            out.append("?" + pick(rng, ("", "?", "茖", "銊", "鍙", "癈", "稈", "W")))
            continue
        char = plain if keep else converted
        gloss = (plain != converted or plain in also) and chance(rng, share)
        out.append(f"{char}({lazy_pinyin(plain, style=Style.TONE)[0]})" if gloss else char)
    return "".join(out)


def portal(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Points of a portal on television, sport, film, games, books or money: the honest side of such queries."""
    group = pick(rng, tuple(words.PORTALS))
    subjects, forms = words.PORTALS[group]
    n = size(rng, 5, 45, 16)
    items = [pick(rng, subjects) + (pick(rng, forms) if chance(rng, 0.55) else "") for _ in range(n)]
    return _draft(rng, items, CJK_LIST, words.PORTAL_HEADS)


def portal_en(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Points of an English portal of one trade, as its menu lists them."""
    subjects = words.PORTALS_EN[pick(rng, tuple(words.PORTALS_EN))]
    form = pick(rng, words.PORTAL_FORMS_EN)
    alike = chance(rng, 0.5)
    items = []
    for subject in some(rng, subjects, size(rng, 4, 20, 9)):
        chosen = form if alike else pick(rng, words.PORTAL_FORMS_EN)
        items.append(f"{chosen} {subject}" if chance(rng, 0.6) else subject)
    return _draft(rng, items, LIST_SEPARATORS)


def banner(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A line drawn with characters, with or without a few words, as in old mail and code."""
    mark = pick(rng, ("*", "-", "=", "_", "#", "~", ".", "+", "—", "·", "*-", "=-", "-+", ". ", "* ", "x"))
    rule = mark * between(rng, 8, 60)
    text = " ".join(pick(rng, FILLER_EN).capitalize() for _ in range(between(rng, 1, 10)))
    items = pick(
        rng, ([rule], [rule, text], [rule, text, rule], [text, rule], [mark * between(rng, 2, 5), text, mark * 3])
    )
    return Draft(items, " ", honest=True)


def chatter(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A word said again and again, as people do in comments and songs."""
    said = [pick(rng, words.CHATTER) for _ in range(between(rng, 1, 3))]
    items = [pick(rng, said) + pick(rng, ("", "", "!", "?", "…")) for _ in range(between(rng, 3, 14))]
    if chance(rng, 0.4):
        items[-1] += pick(rng, ("😂", "😂😂", "🤣🤣", "👍", "❤️", "🎉🎉🎉", "!!!", "...")) * between(rng, 1, 8)
    return Draft(items, weighted(rng, {" ": 5.0, ", ": 3.0, " ... ": 0.5, "": 0.5}), honest=True)


def settings_line(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A line of code, a log or a settings file with placeholders."""
    name = "".join(pick(rng, SYLLABLES) for _ in range(2))
    value = pick(
        rng, ("xxx.xxx.xxx.xxx", "127.0.0.1", "/usr/local/bin", "True", "null", "0x00ff", "%(name)s", "10.0.0.0/8")
    )
    shape = pick(
        rng, ("{n} : {v}", "{n} = {v}", "export {n}={v}", "print({n} + '{v}')", "{n}->{n}#{n} {v}", "[{n}]({v}/{n})")
    )
    items = [shape.format(n=name, v=value) for _ in range(between(rng, 1, 4))]
    return Draft(items, pick(rng, (" ", "; ", " && ")), honest=True)


def token(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Identifiers, hashes and encoded state, as hidden form fields hold them."""
    alphabet = pick(rng, ("0123456789abcdef", _BASE64, _BASE64, _BASE64 + "+/", _BASE64 + "-_"))
    parts = ["".join(pick(rng, alphabet) for _ in range(between(rng, 16, 90))) for _ in range(between(rng, 1, 3))]
    parts[0] = (
        pick(rng, ("", "", "form-", "token:", "/wEPDwUK", "sid=", "id_")) + parts[0] + pick(rng, ("", "", "=", "=="))
    )
    return Draft(parts, pick(rng, (" ", "-", ".", "_")), honest=True)


_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

Kind = Callable[[Rng, Vocabulary], Draft]


def _sometimes_mirrored(kind: Kind, probability: float = 0.06) -> Kind:
    def draw(rng: Rng, vocabulary: Vocabulary) -> Draft:
        draft = kind(rng, vocabulary)
        if not chance(rng, probability):
            return draft
        return draft._replace(
            items=[mirrored(rng, item) for item in draft.items], lead=tuple(mirrored(rng, line) for line in draft.lead)
        )

    return draw


_WEIGHTED: dict[str, tuple[Kind, float]] = {
    "provinces": (provinces, 3.0),
    "county_list": (county_list, 5.0),
    "prefectures": (prefectures, 3.0),
    "city_nav": (city_nav, 4.0),
    "city_index": (city_index, 1.0),
    "states_world": (states_world, 2.0),
    "towns_world": (towns_world, 2.5),
    "countries": (countries, 2.0),
    "stations": (stations, 2.0),
    "service_area": (service_area, 2.5),
    "places_across": (places_across, 3.0),
    "dealers": (dealers, 1.5),
    "codes": (codes, 1.5),
    "friend_links": (friend_links, 3.0),
    "site_menu": (site_menu, 5.0),
    "breadcrumb": (breadcrumb, 1.5),
    "footer": (footer, 3.0),
    "language_switch": (language_switch, 1.5),
    "archive": (archive, 2.0),
    "tags": (tags, 2.0),
    "paper_keywords": (paper_keywords, 2.0),
    "meta_keywords": (meta_keywords, 2.0),
    "prices": (prices, 1.5),
    "catalogue": (catalogue, 2.0),
    "shop_brands": (shop_brands, 1.5),
    "medicines": (medicines, 2.0),
    "ingredients": (ingredients, 1.0),
    "specs": (specs, 1.0),
    "hotels": (hotels, 1.5),
    "categories": (categories, 3.0),
    "headlines": (headlines, 2.5),
    "table_rows": (table_rows, 1.5),
    "addresses": (addresses, 1.0),
    "names": (names, 1.5),
    "bibliography": (bibliography, 1.0),
    "works": (works, 1.0),
    "results": (results, 1.5),
    "calendar": (calendar, 1.5),
    "statute": (statute, 1.5),
    "trade_news": (trade_news, 2.0),
    "plain_sentences": (plain_sentences, 5.0),
    "portal": (portal, 5.0),
    "portal_en": (portal_en, 5.0),
    "banner": (banner, 1.0),
    "chatter": (chatter, 1.5),
    "settings_line": (settings_line, 1.0),
    "token": (token, 1.0),
    "symbols": (leftovers.symbols, 1.0),
    "garbled": (leftovers.garbled, 0.7),
    "shop_window": (leftovers.shop_window, 3.0),
    "episodes": (leftovers.episodes, 2.5),
    "stammers": (leftovers.stammers, 0.7),
    "reactions": (leftovers.reactions, 1.0),
    "hashtags": (leftovers.hashtags, 1.5),
    "addresses_of_pages": (leftovers.addresses_of_pages, 1.0),
    "counters": (leftovers.counters, 2.0),
    "figures_by_place": (leftovers.figures_by_place, 0.7),
    "towns_by_state": (leftovers.towns_by_state, 0.4),
    "options": (leftovers.options, 1.0),
    "line_up": (leftovers.line_up, 1.0),
    "anchors_in_prose": (leftovers.anchors_in_prose, 3.0),
    "teasers": (leftovers.teasers, 1.5),
    "tracking_code": (leftovers.tracking_code, 0.5),
}
KINDS: dict[str, tuple[Kind, float]] = {
    name: (_sometimes_mirrored(kind), weight) for name, (kind, weight) in _WEIGHTED.items()
}

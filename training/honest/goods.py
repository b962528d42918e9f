"""Goods, firms and what is listed of them: prices, catalogues, medicines, headlines, tables."""

from __future__ import annotations

from training.blocks import Draft, host
from training.draw import Rng, between, chance, digits, letters, pick, size, some
from training.honest import words
from training.honest.layout import CJK_LIST, lay_out, menu_points
from training.honest.sites import honest_sites
from training.slots import CITIES
from training.vocabulary import Vocabulary


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
    return lay_out(
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
    return lay_out(rng, items, CJK_LIST, ("产品分类", "产品目录", "主营产品", "产品系列", "经营范围", "相关产品"))


def shop_brands(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Brands of a department store, alphabetical."""
    items = sorted(some(rng, words.FASHION, size(rng, 5, 43, 18)), key=str.casefold)
    if chance(rng, 0.2):
        items = [f"{item} ({between(rng, 2, 300)})" for item in items]
    return lay_out(
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
        return lay_out(
            rng,
            [f"{drug} {pick(rng, (5, 10, 20, 50, 100, 500))} mg" for drug in sorted(drugs)],
            heads=("Formulary", "Medicines A to Z", "Arzneimittel", "Medicamentos", "Drug interactions"),
        )
    return lay_out(
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
    return lay_out(
        rng, items, {", ": 6, "\n": 4, ",": 1, "; ": 0.5}, ("Ingredients", "Zutaten", "You will need", "Contains")
    )


def specs(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Technical data."""
    return lay_out(
        rng,
        some(rng, words.SPECS, size(rng, 4, 20, 8)),
        {"\n": 4, ", ": 2, " | ": 2, "；": 1, " ": 2, "，": 1},
        ("技术参数", "Specifications", "Technische Daten", "主要参数"),
    )


def hotels(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Hotels or schools of higher learning."""
    if chance(rng, 0.5):
        return lay_out(
            rng,
            some(rng, words.UNIVERSITIES, size(rng, 4, 34, 14)),
            CJK_LIST,
            ("合作院校", "招生院校", "录取院校", "双一流高校", "参赛高校"),
        )
    city = pick(rng, CITIES["CITYEN"] + CITIES["CITYES"])
    items = [name + (f" {city}" if chance(rng, 0.5) else "") for name in some(rng, words.HOTELS, size(rng, 3, 20, 8))]
    return lay_out(rng, items, heads=(f"Hotels in {city}", "Where to stay", "Nearby hotels", "酒店推荐"))


def categories(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Categories of a portal, shop, clinic or firm, whose words spam uses too."""
    table = words.CATEGORIES[pick(rng, list(words.CATEGORIES))]
    items = menu_points(rng, table, size(rng, 5, 30, 14))
    if chance(rng, 0.12):
        site = pick(rng, words.SITE_STEMS) if not items[0].isascii() else ""
        items = [site + item for item in items]
    return lay_out(
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
    return lay_out(
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
    return lay_out(
        rng,
        items,
        {"\n": 6, " ": 2, ", ": 1, " | ": 1},
        ("参考资料", "Sources", "Quellen", "相关网址", "Further links"),
    )

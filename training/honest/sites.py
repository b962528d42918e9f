"""What sites say of themselves and of others: menus, footers, tags, friend links, portals."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, digits, pick, size, some
from training.honest import words
from training.honest.layout import CJK_LIST, LIST_SEPARATORS, lay_out, menu_points
from training.slots import SYLLABLES
from training.vocabulary import Vocabulary


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
    return lay_out(rng, items, heads=words.FRIEND_HEADS, position="tail")


def site_menu(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A menu of one language."""
    options = words.MENUS[pick(rng, list(words.MENUS))]
    return lay_out(
        rng, menu_points(rng, options, size(rng, 4, 50, 12)), position=pick(rng, ("head", "tail", "anywhere"))
    )


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
    return lay_out(rng, items, {" | ": 5, " ": 4, "\n": 4, " - ": 1, "|": 1, " · ": 1, ", ": 0.5}, position="tail")


def language_switch(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Languages or currencies of a site."""
    table = pick(rng, (words.LANGUAGES, words.LANGUAGES, words.CURRENCIES, words.CURRENCIES_CN, words.SHARE))
    items = list(table) if chance(rng, 0.4) else list(table)[: between(rng, 3, len(table))]
    return lay_out(
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
    return lay_out(
        rng,
        items,
        {"\n": 5, " ": 3, " • ": 3, ", ": 2, " | ": 1},
        ("Archives", "Categories", "归档", "文章分类", "アーカイブ", "Kategorien", "Arsip", "Arşiv"),
    )


def tags(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Tags of a post or a tag cloud, hashtags too, now and then with how many posts have each."""
    table = pick(rng, (words.TAGS_EN, words.TAGS_ZH, words.TAGS_OTHER))
    items = some(rng, table, size(rng, 3, 60, 8))
    if chance(rng, 0.25):
        count = pick(rng, (" ({n})", "({n})", " {n}", " ×{n}", " [{n}]"))
        items = [item + count.format(n=int(rng.geometric(0.02))) for item in items]
    return lay_out(
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


def portal(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Points of a portal on television, sport, film, games, books or money: the honest side of such queries."""
    group = pick(rng, tuple(words.PORTALS))
    subjects, forms = words.PORTALS[group]
    n = size(rng, 5, 45, 16)
    items = [pick(rng, subjects) + (pick(rng, forms) if chance(rng, 0.55) else "") for _ in range(n)]
    return lay_out(rng, items, CJK_LIST, words.PORTAL_HEADS)


def portal_en(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Points of an English portal of one trade, as its menu lists them."""
    subjects = words.PORTALS_EN[pick(rng, tuple(words.PORTALS_EN))]
    form = pick(rng, words.PORTAL_FORMS_EN)
    alike = chance(rng, 0.5)
    items = []
    for subject in some(rng, subjects, size(rng, 4, 20, 9)):
        chosen = form if alike else pick(rng, words.PORTAL_FORMS_EN)
        items.append(f"{chosen} {subject}" if chance(rng, 0.6) else subject)
    return lay_out(rng, items, LIST_SEPARATORS)

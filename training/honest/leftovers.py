"""Honest lines that say little: what extraction leaves of pages, and what people post beside sentences.

Rows of symbols, emoji, hashtags, addresses, counters and options have the form of a keyword block and sell nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from training.blocks import Draft, host
from training.draw import Rng, between, chance, digits, letters, pick, size, some, weighted
from training.honest import words
from training.honest.layout import lay_out
from training.slots import FILLER_EN, SYLLABLES, terms
from training.vocabulary import Vocabulary

_FACES = "😂🤣😍😭🙏👍❤💕😊🎉🔥💯😅🥰😁✨🤔👏😎💪🙌😢😱🤮🥵🥶🤢😇🤲💖⭐♥️🌸☀️🐍🙃😬🥴😛🤭"
_MARKS = (".", "…", "-", "*", "=", "_", "~", "·", "|", "#", "+", "•", "◆", "■", "□", "※", "→", "—", "0", "$", "?", "!")


def symbols(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Rules, bullets, ellipses and placeholders without a word."""
    mark = pick(rng, _MARKS)
    gap = pick(rng, ("", "", " ", "|", " | "))
    return Draft([gap.join([mark] * between(rng, 1, 40))], "", honest=True)


def stammers(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """One to four characters over and over: test input, held keys, numbered rows without text."""
    table = pick(
        rng, ("一二三上下不的是了啊哈好大人天", "abcdefghijxyz", "0123456789", "あいうえおはわ", "가나다라하호")
    )
    parts = [pick(rng, table) for _ in range(between(rng, 1, 3))]
    parts.insert(between(rng, 0, len(parts)), pick(rng, (*"().,-_|/", "", "", " ")))
    return Draft(["".join(parts) * between(rng, 4, 60)], "", honest=True)


_SAID_AGAIN = terms(
    """谢谢;多谢;顶;沙发;支持;加油;路过;收藏;来了;恭喜;好看;ありがとう;すごい;待って;고마워요;축하;thanks;sorry;please;
really;never;hello;happy;sale;new;merci;danke;gracias;obrigado;спасибо;ура;terima kasih;cảm ơn;teşekkürler"""
)


def chants(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A word said over and over: thanks, cheers, calls."""
    table = pick(rng, (_SAID_AGAIN, _SAID_AGAIN, words.CHATTER, words.MENUS[pick(rng, list(words.MENUS))]))
    return Draft(
        [pick(rng, table)] * between(rng, 2, 8), pick(rng, (" ", " ", "", ", ", "，", "、", "! ", "！")), honest=True
    )


def garbled(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Ideographs at random: text that was read in another encoding than it was written in."""
    marks = pick(rng, ("", "，。", "?", " "))
    codes = rng.integers(0x4E00, 0x9FA0, between(rng, 12, 200)).tolist()
    return Draft(
        ["".join(chr(code) + (pick(rng, marks) if marks and chance(rng, 0.08) else "") for code in codes)],
        "",
        honest=True,
    )


_POSTS = ("Instagram post", "Facebook post", "Tweet", "Reel", "Photo", "Video", "Post", "IMG", "DSC", "Story", "帖子")


def post_names(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Names that a gallery of posts or pictures has for want of others: a word and a number."""
    word, joint = pick(rng, _POSTS), pick(rng, (" ", " ", "_", " #", "-"))
    n_digits, tail = between(rng, 3, 19), pick(rng, ("", "", "_" + digits(rng, 8, 10), ".jpg"))
    items = [word + joint + digits(rng, n_digits, n_digits) + tail for _ in range(size(rng, 3, 30, 9))]
    return lay_out(rng, items, {"\n": 4.0, " ": 6.0, ", ": 1.0, " | ": 1.0})


def reactions(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Emoji in rows, alone or after a word."""
    faces = some(rng, _FACES, between(rng, 1, 6))
    row = "".join(pick(rng, faces) * between(rng, 1, 9) for _ in range(between(rng, 1, 6)))
    said = pick(rng, words.CHATTER) if chance(rng, 0.4) else ""
    return Draft([said + pick(rng, ("", " ")) + row], "", honest=True)


def hashtags(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Hashtags under a post, words run together."""
    table = pick(rng, (words.TAGS_EN, words.TAGS_OTHER, words.TAGS_ZH))
    stems = ["".join(pick(rng, SYLLABLES) for _ in range(between(rng, 2, 4))) for _ in range(3)]
    tags = [*some(rng, table, between(rng, 2, 8)), *some(rng, stems, between(rng, 0, 3))]
    cases: tuple[Callable[[str], str], ...] = (str.title, str.lower, str.strip)
    case = pick(rng, cases)
    return Draft([f"#{case(tag).replace(' ', '')}" for tag in tags], pick(rng, (" ", "", " ", "\n")), honest=True)


def addresses_of_pages(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Addresses of one site or of several, as references and share bars leave them."""
    hosts = [host(rng) for _ in range(pick(rng, (1, 1, 4)))]
    stems = ("news", "story", "sports", "article", "archive", "about", "img", "p", "topic", "watch")
    paths = ("{}/{}.asp?id={}", "{}/{}", "{}/{}/{}.html", "{}?{}={}")
    items = [
        f"{pick(rng, ('http', 'https'))}://{pick(rng, hosts)}/"
        + pick(rng, paths).format(pick(rng, stems), pick(rng, stems), digits(rng, 2, 6))
        for _ in range(between(rng, 1, 9))
    ]
    return Draft(items, pick(rng, (" ", " ", "\n", ", ")), honest=True)


def counters(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The same small word or number over and over: counters, advertisement marks, icons by name, sequence numbers."""
    name = pick(rng, ("post", "photo", "item", "advertisement", "Follow", "Share", "icon_more", "arrow_drop_down"))
    forms = ("{name}", "{name} {n}", "{word} {name}", "{n}", "{name}_{n}")
    form = pick(rng, forms)
    table = words.MENUS[pick(rng, list(words.MENUS))]
    items = [form.format(name=name, n=digits(rng, 1, 12), word=pick(rng, table)) for _ in range(between(rng, 2, 30))]
    return Draft(items, pick(rng, (" ", " ", "|", "\n", " | ")), honest=True)


def _foreign(rng: Rng, vocabulary: Vocabulary) -> list[str]:
    """Places of one country, none in Chinese characters: many of those are places in China too."""
    abroad = vocabulary.places.abroad
    return [name for name in abroad[pick(rng, list(abroad))] if not any("一" <= char <= "鿿" for char in name)]


def figures_by_place(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A table of towns with a figure each, glued to the name as extraction leaves it: cases, votes, inhabitants."""
    names = some(rng, _foreign(rng, vocabulary), size(rng, 5, 40, 14))
    joint = weighted(rng, {"": 3.0, " ": 2.0, ": ": 1.0, " | ": 1.0})
    most = 10 ** between(rng, 2, 4)
    figures = sorted((between(rng, 1, most) for _ in names), reverse=True)
    items = [f"{name}{joint}{figure}" for name, figure in zip(names, figures, strict=True)]
    head = pick(rng, ("District Cases", "DistrictCases", "City Votes", "Town Inhabitants", "Ward Turnout", "", ""))
    return Draft([head, *items] if head else items, weighted(rng, {" ": 3.0, "\n": 1.0, " | ": 1.0}), honest=True)


def towns_by_state(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Editions of a site, state and town a line."""
    names = some(rng, _foreign(rng, vocabulary), 2 * between(rng, 3, 24))
    pairs = zip(sorted(names[::2]), names[1::2], strict=False)
    joint = weighted(rng, {" - ": 3.0, ", ": 2.0, ": ": 1.0, " / ": 1.0})
    change = str.upper if chance(rng, 0.5) else str
    items = [f"{change(state)}{joint}{town}" for state, town in pairs]
    return Draft(items, weighted(rng, {"\n": 3.0, " ": 1.0, " | ": 1.0}), honest=True)


def options(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A setting, what it does and its values, as a manual's table has them."""
    name = " ".join(some(rng, ("Player", "Camera", "Radar", "Name", "Bar", "Sound", "Menu", "Ball", "Indicator"), 2))
    said = pick(rng, FILLER_EN)
    values = some(rng, ("On", "Off", "Low", "High", "Default", "Red", "Blue", "Green", "Auto", "Manual", "None"), 5)
    parts = [name, said, " ".join(values)]
    separator = weighted(rng, {" ": 2.0, " | ": 3.0, ": ": 1.0})
    return Draft([separator.join(parts) for _ in range(between(rng, 1, 4))], pick(rng, ("\n", " ")), honest=True)


def line_up(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Players with numbers and marks, substitutions, standings of one match."""
    stems = ["".join(pick(rng, SYLLABLES) for _ in range(between(rng, 2, 3))).title() for _ in range(24)]
    players = [f"{digits(rng, 1, 2)}-{pick(rng, stems)} {pick(rng, stems)}" for _ in range(between(rng, 1, 14))]
    if chance(rng, 0.6):
        players = [f"{player} ({between(rng, 4, 9)}{pick(rng, ('', '.5'))})" for player in players]
    return Draft([f"{pick(rng, stems)}: {players[0]}", *players[1:]], ", ", honest=True)


def anchors_in_prose(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Sentences with links to other sites in their midst, as articles and comments have them."""
    items, linked = [], []
    for sentence in some(rng, vocabulary.sentences, between(rng, 1, 6)):
        own = sentence.split()
        cut = between(rng, 1, max(1, len(own) - 2))
        stop = min(len(own) - 1, cut + between(rng, 1, 3))
        items += [" ".join(own[:cut]), " ".join(own[cut:stop]) or own[-1], " ".join(own[stop:]) + "."]
        linked += [False, True, False]
    return Draft(items, " ", linked=linked, honest=True)


def episodes(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Episodes, chapters, parts and pages by number, as a series, a book or a gallery lists them."""
    form = pick(
        rng,
        ("第{n}集", "第{n:02d}集", "第{n}章", "第{n}回", "第{n}期", "第{n}页", "{n:02d}", "{n}", "Episode {n}",
         "Chapter {n}", "Part {n}", "EP{n}", "S01E{n:02d}", "{n}화", "第{n}話", "Tập {n}", "Bölüm {n}", "Серия {n}",
         "Folge {n}"),
    )  # fmt: skip
    first = pick(rng, (1, 1, 1, between(rng, 2, 60)))
    items = [form.format(n=n) for n in range(first, first + between(rng, 4, 60))]
    items = items[::-1] if chance(rng, 0.25) else items
    if chance(rng, 0.2):
        items = [*items, pick(rng, ("下一页", "完结", "更多", "Next", "»", "尾页", "全集"))]
    return Draft(items, weighted(rng, {"\n": 6.0, " ": 4.0, " | ": 1.0, "|": 0.5, ", ": 0.5, "": 0.3}), honest=True)


def shop_window(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Wares of a shop as another site's page shows them: maker, thing, size or offer, all linked."""
    maker = pick(rng, words.SITE_STEMS) + pick(rng, ("工厂店", "旗舰店", "家居", "食品", "数码", ""))
    items = []
    for thing in some(rng, words.PRODUCTS_CN, between(rng, 3, 12)):
        who = pick(rng, (maker, maker, pick(rng, words.FASHION), f"【{pick(rng, words.SITE_STEMS)}同款】", ""))
        what = pick(
            rng, ("", f"{digits(rng, 1, 3)}件装", f"{digits(rng, 2, 2)}任选{digits(rng, 1, 2)}", letters(rng, 2, 5))
        )
        items.append(f"{who} {thing}{what}".strip())
    items += [pick(rng, ("> 查看更多", "更多", "查看全部"))] if chance(rng, 0.6) else []
    return Draft(items, " ", linked=[True] * len(items), honest=True)


def tracking_code(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A short honest line with a code or an odd word at its end."""
    said = pick(rng, words.CHATTER) if chance(rng, 0.5) else " ".join(pick(rng, FILLER_EN).split()[:4])
    return Draft([f"{said} {pick(rng, (letters(rng, 4, 7), digits(rng, 3, 6)))}"], "", honest=True)


def teasers(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Words that break off: teasers, notes that something loads, thoughts trailing away."""
    menu = words.MENUS[pick(rng, list(words.MENUS))]
    sentence = pick(rng, vocabulary.sentences)
    said = pick(rng, (pick(rng, menu), pick(rng, words.CHATTER), sentence[: between(rng, 12, 60)]))
    return Draft([said + pick(rng, ("...", "...", "…", "……", " ..."))], "", honest=True)

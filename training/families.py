"""The families of injected keyword blocks: each function draws one block's items and says how they are laid out.

Grammar follows the observations in the data folder's README; words are in slots.py. Families that repeat one topic
with other words are rows of slots.TOPICS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from training import slots, trades
from training.blocks import Draft, host
from training.draw import Rng, between, chance, digits, letters, pick, shuffled, size, some, weighted
from training.honest.sites import honest_sites
from training.phrases import CASES, Phrases, brand, decorated, lead, phrase_list, repeated
from training.slots import CITIES, CJK_SEPARATORS, LATIN_SEPARATORS, TOPICS, Topic
from training.vocabulary import Vocabulary

CASINO = slots.CASINO_WORLD


def _adult_phrase(rng: Rng, vocabulary: Vocabulary) -> str:
    parts: list[Sequence[str]] = [
        slots.ADULT_REGIONS,
        slots.ADULT_CLASSES,
        slots.ADULT_CLASSES,
        slots.ADULT_RUNS,
        slots.ADULT_ENDS,
        slots.ADULT_DIGITS,
        vocabulary.adult,
    ]
    wanted = [chance(rng, p) for p in (0.75, 0.85, 0.45, 0.45, 0.6, 0.3, 0.25)]
    words = [pick(rng, part) for part, want in zip(parts, wanted, strict=True) if want]
    words = shuffled(rng, words) if chance(rng, 0.3) else words
    text = "".join(words)
    return text if len(text) > 1 else pick(rng, slots.ADULT_REGIONS) + pick(rng, slots.ADULT_ENDS)


def _adult_title(rng: Rng, vocabulary: Vocabulary) -> str:
    """A made-up title: two words that something joins, a number or an edition behind them."""
    first, second = pick(rng, vocabulary.adult), pick(rng, vocabulary.adult)
    joint = pick(rng, ("", "被", "的", "与", "在", "和", "把", "到", "是"))
    return "".join((first, joint, second, pick(rng, ("", "", *"123456789")), pick(rng, slots.ADULT_EDITIONS)))


def _adult_phrases(rng: Rng, vocabulary: Vocabulary, n: int) -> list[str]:
    titled = pick(rng, (0.0, 0.0, 0.2, 0.8))
    items = [(_adult_title if chance(rng, titled) else _adult_phrase)(rng, vocabulary) for _ in range(n)]
    if chance(rng, 0.12):
        prefix = _adult_phrase(rng, vocabulary)[: between(rng, 2, 4)]
        items = sorted(prefix + item if chance(rng, 0.8) else item for item in items)
    if chance(rng, 0.15):
        items = [item.replace("在线", " 在线") if chance(rng, 0.5) else item for item in items]
    if chance(rng, 0.15):
        items = [item.upper() for item in items]
    return [item[:50] for item in items]


_HEAD_SEPARATORS = {
    "_": 8,
    ",": 7,
    "-": 2,
    " I ": 1,
    " | ": 1,
    "丨": 0.7,
    " - ": 1,
    "，": 1,
    "、": 0.6,
    " ": 0.7,
    "": 0.5,
    "|": 0.5,
    "/": 0.3,
}


def adult_head(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Phrases of a hijacked title, often with a second line that lists more."""
    separator = weighted(rng, _HEAD_SEPARATORS)
    items = _adult_phrases(rng, vocabulary, size(rng, 2, 28, 6))
    if chance(rng, 0.15):
        cut = between(rng, 1, len(items) - 1)
        other = pick(rng, ("_", ",", " "))
        items = [separator.join(items[:cut]), *items[cut:]]
        separator = other
    elif chance(rng, 0.15):
        items = [item + " " if chance(rng, 0.2) else item for item in items]
        separator = " ," if separator == "," and chance(rng, 0.5) else separator
    wrap = -(-len(items) // 2) if chance(rng, 0.4) and len(items) > 3 else 0
    return Draft(items, separator, position="head", wrap=wrap)


def _thanks(rng: Rng) -> str:
    """Return a lead-in sentence of a tail block."""
    head, tail = pick(rng, slots.LEAD_HEADS), pick(rng, slots.LEAD_TAILS)
    form = pick(
        rng,
        ("{head}，{tail}：", "{head}！{tail}：", "{tail}：", "{head}，{tail}", "{tail}", "{head}。{tail}:", "{head}"),
    )
    return form.format(head=head, tail=tail)


_TAIL_SEPARATORS = {
    "|.": 9,
    "|\n": 3,
    "\n": 3,
    "| ": 2,
    " | ": 2,
    "、": 1,
    " ": 2,
    ",": 1,
    "_": 1,
    "/": 0.4,
    "　": 0.5,
    " · ": 0.3,
    "-": 0.4,
    "": 0.3,
}


def adult_tail(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A sentence to the visitor, one phrase, then often a list of about forty."""
    lead = [_thanks(rng)] if chance(rng, 0.75) else []
    lead += _adult_phrases(rng, vocabulary, 1) if chance(rng, 0.7) else []
    n = 1 if chance(rng, 0.2) else size(rng, 6, 60, 34)
    return Draft(_adult_phrases(rng, vocabulary, n), weighted(rng, _TAIL_SEPARATORS), lead=tuple(lead), position="tail")


def _truncated(rng: Rng, name: str) -> str:
    return name[: between(rng, 2, max(2, len(name) - 1))] if len(name) > 2 else name


def place_tail(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Chinese division names drawn at random over the country, abolished ones too, with a rare channel word."""
    places = vocabulary.places
    items = some(rng, places.divisions, size(rng, 8, 70, pick(rng, (36, 36, 14))))
    short = pick(rng, (0.0, 0.03, 0.1, 1.0))
    items = [_truncated(rng, name) if chance(rng, short * 0.9) else name for name in items]
    for word in some(rng, slots.CHANNEL_WORDS, weighted(rng, {0: 4.0, 1: 4.0, 2: 1.5, 5: 0.5})):
        items[between(rng, 0, len(items) - 1)] = word
    for name in some(rng, items, between(rng, 0, 3)) + some(
        rng, places.provinces, weighted(rng, {0: 2.0, 1: 1.0, 2: 0.5})
    ):
        items.insert(between(rng, 0, len(items)), name)
    suffix = pick(rng, slots.CHANNEL_WORDS) if chance(rng, 0.06) else ""
    lead = (_thanks(rng),) if chance(rng, 0.15) else ()
    return Draft([item + suffix for item in items], weighted(rng, _TAIL_SEPARATORS), lead=lead, position="tail")


def place_tail_world(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """City names of one country or of several, at random."""
    lists: list[Sequence[str]] = [names for key, names in CITIES.items() if key != "CITYCN"]
    lists += [names for names in vocabulary.places.abroad.values() if len(names) > 40]
    names = [name for group in some(rng, lists, weighted(rng, {1: 6.0, 2: 1.0, 5: 1.0})) for name in group]
    items = some(rng, names, size(rng, 8, 70, 30))
    if chance(rng, 0.3):
        items[between(rng, 0, len(items) - 1)] = pick(
            rng, ("News", "Forum", "Jobs", "Video", "ニュース", "뉴스", "Blog", "Sport")
        )
    return Draft(
        items + some(rng, items, between(rng, 0, 2)),
        weighted(rng, {**LATIN_SEPARATORS, "|.": 4, "|\n": 1}),
        position="tail",
    )


def sold_links(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Sold anchors inside an otherwise honest list of friend links; only the sold ones are injected."""
    topics = some(rng, ("gambling_cn", "seo_cn", "massage_cn", "illicit_cn"), between(rng, 1, 3))
    sold: list[str] = []
    for name in topics:
        source = Phrases(rng, TOPICS[name], vocabulary)
        sold += [source.phrase() for _ in range(between(rng, 2, 12))]
    rows = [(item, True) for item in sold] + [(item, False) for item in honest_sites(rng, between(rng, 4, 25))]
    rows = shuffled(rng, rows) if chance(rng, 0.6) else rows[::-1]
    separator = weighted(rng, {"\n": 8.0, " | ": 1.0, " ": 1.5, "|": 0.5})
    return Draft([text for text, _ in rows], separator, position="tail", injected=[flag for _, flag in rows])


def repeated_anchor(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """One anchor over and over, or two or three of them in turn."""
    topic = TOPICS[
        pick(
            rng,
            (
                "slot_id",
                "slot_id",
                "betting_tr",
                "slots_th",
                "replica_en",
                "pharma_list",
                "casino_world",
                "gambling_ko",
            ),
        )
    ]
    source = Phrases(rng, topic, vocabulary)
    anchors = [source.phrase() for _ in range(weighted(rng, {1: 4.0, 2: 1.0, 3: 1.0}))]
    case = weighted(rng, CASES)
    items = [case(pick(rng, anchors)) for _ in range(size(rng, 4, 60, 16))]
    return Draft(items, weighted(rng, {" ": 6.0, "\n": 3.0, ", ": 1.0, " | ": 1.0, "": 0.5}))


def blogroll(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Categories with counts, alphabetical, many languages in one list, typos left in."""
    source = Phrases(
        rng,
        Topic((*CASINO.templates, "BRAND", "BRAND {nx}", "BRAND casino", "NUMBER BRAND"), CASINO.slots, {}),
        vocabulary,
    )
    items = [_typo(rng, source.phrase()) for _ in range(size(rng, 6, 110, 30))]
    items = [item.capitalize() if chance(rng, 0.4) else item for item in items]
    named = pick(rng, (0.0, 0.0, 0.1, 0.8))
    items = sorted((_domain(rng, item) if chance(rng, named) else item for item in items), key=str.lower)
    if chance(rng, 0.8):
        items = [f"{item} ({int(rng.geometric(0.2))})" for item in items]
    return Draft(items, weighted(rng, {" • ": 6.0, "\n": 3.0, ", ": 1.0, " ": 1.0, " | ": 0.6}))


def _domain(rng: Rng, phrase: str) -> str:
    """A host that is named after a phrase."""
    joint = pick(rng, ("-", "-", "", "."))
    return f"{joint.join(phrase.lower().split())}{pick(rng, ('', '', digits(rng, 1, 2)))}.{pick(rng, slots.TLDS)}"


def _typo(rng: Rng, text: str) -> str:
    if len(text) < 5 or not chance(rng, 0.12):
        return text
    at = between(rng, 1, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _sentences(rng: Rng, vocabulary: Vocabulary, n: int) -> list[list[str]]:
    return [sentence.split() for sentence in some(rng, vocabulary.sentences, n)]


def _goods(rng: Rng, vocabulary: Vocabulary, topics: Sequence[str]) -> Phrases:
    """Phrases of one of the topics, or in English of any one to three trades."""
    if chance(rng, 0.8):
        return Phrases(rng, TOPICS[pick(rng, topics)], vocabulary)
    english = [topic for trade, topic in trades.TRADES.items() if trade.language == "en"]
    heads = tuple(head for topic in some(rng, english, pick(rng, (1, 1, 3))) for head in topic.slots["head"])
    templates = pick(rng, (("{head}",), ("{head}", "{head} online"), ("{head}", "cheap {head}")))
    return Phrases(rng, Topic(templates, {"head": heads}, LATIN_SEPARATORS), vocabulary)


def spliced(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Shuffled sentences cut in the middle by a keyword, mostly twice: plain, then as an anchor."""
    source = Phrases(
        rng, TOPICS[pick(rng, ("pharma_list", "pharma_list", "loans_essays", "replica_en", "casino_world"))], vocabulary
    )
    twice = chance(rng, 0.8)
    items: list[str] = []
    linked: list[bool] = []
    for words in _sentences(rng, vocabulary, between(rng, 3, 12)):
        cut, keyword = between(rng, 2, len(words) - 1), source.phrase()
        sentence = [" ".join(words[:cut]), *([keyword] if twice else []), keyword, " ".join(words[cut:]) + "."]
        items += sentence
        linked += [False] * (len(sentence) - 2) + [True, False]
    return Draft(items, " ", position=pick(rng, ("head", "tail", "middle", "anywhere")), linked=linked)


def spun_anchors(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Sentences, cut short or whole, with goods inside or behind them; a paragraph each, or one for all."""
    source = _goods(rng, vocabulary, ("replica_en", "replica_en", "wares_en", "loans_essays", "pharma_list"))
    items, linked = [], []
    whole, wrap = chance(rng, 0.15), pick(rng, (0, 0, 3))
    for words in _sentences(rng, vocabulary, between(rng, 1, 8 if wrap else 5)):
        cut = len(words) if whole and len(words) < 25 else between(rng, 2, min(7, len(words)))
        end = words[max(cut, len(words) - between(rng, 1, 4)) :]
        items += [" ".join(words[:cut]), source.phrase(), " ".join(end) + pick(rng, (".", "!", ""))]
        linked += [False, True, False]
    if chance(rng, 0.4):
        items, linked, wrap = [source.phrase() for _ in range(between(rng, 2, 5))], [True] * 5, 0
    return Draft(items, " ", linked=linked[: len(items)], wrap=wrap)


def smiley(rng: Rng) -> str:
    """One of some 500 smileys."""
    face = pick(rng, slots.SMILEY_BROWS) + pick(rng, slots.SMILEY_EYES) + pick(rng, slots.SMILEY_NOSES)
    return face + pick(rng, slots.SMILEY_MOUTHS) * between(rng, 1, 3)


def comment_links(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Two to five anchors with smileys, letters or digits between them; now and then a mark or nothing."""
    source = Phrases(rng, TOPICS[pick(rng, ("pharma_list", "loans_essays", "wares_en", "casino_world"))], vocabulary)
    items, linked = [], []
    anchors = [
        pick(rng, vocabulary.comment_spam) if chance(rng, 0.15) else source.phrase() for _ in range(between(rng, 2, 5))
    ]
    if chance(rng, 0.15):
        return Draft(anchors, weighted(rng, {**LATIN_SEPARATORS, "": 1.0}), linked=[True] * len(anchors))
    for anchor in anchors:
        noise = weighted(
            rng,
            {
                smiley(rng): 3.0,
                letters(rng, 3, 6): 2.0,
                digits(rng, 2, 6): 2.0,
                pick(rng, (",", "comment" + digits(rng, 1, 2), "-")): 0.7,
            },
        )
        items += [anchor, noise]
        linked += [True, False]
    return Draft(items, " ", linked=linked)


def glued(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Queries of any topic without separators; in spaced scripts a space may stand inside a query."""
    topic = TOPICS[pick(rng, tuple(TOPICS))]
    source = Phrases(rng, topic, vocabulary)
    items = [source.phrase() for _ in range(size(rng, 3, 30, 6))]
    head = [brand(rng) + " "] if chance(rng, 0.3) else []
    return Draft(["".join([*head, *items])], " ", position=pick(rng, ("head", "anywhere", "tail")))


def domains(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Addresses of doorway hosts."""
    form = pick(rng, ("http://{}", "http://www.{}", "{}", "www.{}", "https://{}/", "http://{}/"))
    stems = [host(rng).removeprefix("www.") for _ in range(size(rng, 3, 40, 12))]
    items = [(form if chance(rng, 0.8) else "http://www.{}").format(stem) for stem in stems]
    if chance(rng, 0.25):
        source = Phrases(rng, TOPICS[pick(rng, tuple(TOPICS))], vocabulary)
        items = [f"{source.phrase()} {item}" for item in items]
    return Draft(items, weighted(rng, {" | ": 4.0, " ": 3.0, "\n": 3.0, ", ": 2.0, "|": 1.0, ";": 0.5, "": 0.3}))


def mixed_queries(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Phrases of several unrelated topics in one list."""
    topics = some(rng, tuple(TOPICS), between(rng, 2, 6))
    sources = [Phrases(rng, TOPICS[name], vocabulary) for name in topics]
    items = [pick(rng, sources).phrase() for _ in range(size(rng, 4, 60, 18))]
    if chance(rng, 0.2):
        items += some(rng, vocabulary.comment_spam, between(rng, 2, 10))
    return Draft(
        decorated(rng, items),
        weighted(rng, LATIN_SEPARATORS if chance(rng, 0.5) else CJK_SEPARATORS),
        lead=lead(rng, 0.1),
    )


def nonsense(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Search phrases about a thing that does not exist, so that structure and not topic is learnt."""
    chinese = chance(rng, 0.45)
    things = [_nonsense_chinese(rng) if chinese else brand(rng) for _ in range(pick(rng, (1, 1, 2, 4)))]
    topic = TOPICS["trade_cn" if chinese else pick(rng, ("wares_en", "wares_world", "pharma_list", "casino_world"))]
    words = [word for group in topic.slots.values() for word in group if not word.startswith("CITY")]
    asked = some(rng, words, 30)
    gap = "" if chinese else " "
    items = [pick(rng, things) + gap + pick(rng, asked) for _ in range(size(rng, 4, 50, 14))]
    items = [gap.join([pick(rng, asked), item]) if chance(rng, 0.2) else item for item in items]
    return Draft(repeated(rng, items), weighted(rng, CJK_SEPARATORS if chinese else LATIN_SEPARATORS))


def _nonsense_chinese(rng: Rng) -> str:
    heads = "青白云海山石南北江河林木金光明星月飞龙泰安康宁和顺德正永东西清华新高盛源"
    return "".join(pick(rng, heads) for _ in range(between(rng, 2, 3)))


def contacts(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Keywords with a messenger handle, address or number between brackets and pointing fingers."""
    source = Phrases(
        rng,
        TOPICS[pick(rng, ("illicit_cn", "gambling_cn", "illicit_ko", "massage_cn", "slot_id", "spam_ru"))],
        vocabulary,
    )
    handle = letters(rng, 4, 9) + digits(rng, 0, 3)
    ways = (
        f"【网址:{host(rng)}】",
        f"微信：{handle}",
        f"telegram @{handle}",
        f"T.me/{handle}",
        f"텔레그램 {handle}",
        f"QQ{digits(rng, 8, 10)}",
        f"👉{host(rng)}👈",
        f"✅{handle}✅",
        f"WA {digits(rng, 10, 12)}",
    )
    items = [source.phrase() for _ in range(between(rng, 3, 14))]
    for way in some(rng, ways, between(rng, 1, 3)):
        items.insert(between(rng, 1, len(items)), way)
    return Draft(
        items, weighted(rng, {" - ": 3.0, " ": 3.0, "|": 1.0, ",": 1.0, "、": 1.0, "\n": 1.0, "#": 0.6, "": 1.0})
    )


def obfuscated(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Any list of phrases written with look-alike glyphs, other widths or things between its characters."""
    draft = phrase_list(rng, vocabulary, TOPICS[pick(rng, tuple(TOPICS))])
    ways: dict[Callable[[str], str], float] = {
        lambda text: _glyphs(rng, text, vocabulary): 4.0,
        _full_width: 2.0,
        lambda text: pick(rng, "\u200b\u200c\u2060\u00ad\ufeff").join(text): 2.0,
        lambda text: _sans_bold(text): 2.0,
        lambda text: _spread(rng, text): 2.0,
        lambda text: text.translate(str.maketrans("oiaes", "01435")): 1.0,
    }
    way = weighted(rng, ways)
    joint = f" {pick(rng, slots.EMOJI)} " if chance(rng, 0.3) else draft.separator
    return draft._replace(items=[way(item) for item in draft.items], separator=joint, wrap=0)


def _glyphs(rng: Rng, text: str, vocabulary: Vocabulary) -> str:
    return "".join(pick(rng, vocabulary.glyphs.get(char) or (char,)) for char in text.lower())


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _sans_bold(text: str) -> str:
    """Move ASCII letters and digits to the mathematical sans-serif bold block."""
    moved = []
    for char in text:
        start = (
            0x1D5D4 - 65
            if "A" <= char <= "Z"
            else 0x1D5EE - 97
            if "a" <= char <= "z"
            else 0x1D7EC - 48
            if "0" <= char <= "9"
            else 0
        )
        moved.append(chr(start + ord(char)) if start else char)
    return "".join(moved)


def _spread(rng: Rng, text: str) -> str:
    return pick(rng, (".", "-", "*", " ", "·", "_")).join(char for char in text if char != " ")


def emoji_list(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Phrases with an emoji between them and nothing else."""
    source = Phrases(rng, TOPICS[pick(rng, tuple(TOPICS))], vocabulary)
    icons = some(rng, slots.EMOJI, between(rng, 1, 4))
    items = [source.phrase() for _ in range(size(rng, 3, 30, 8))]
    pairs = [part for item in items for part in (pick(rng, icons), item)]
    return Draft(pairs, weighted(rng, {"": 3.0, " ": 3.0}), linked=[index % 2 == 1 for index in range(len(pairs))])


def brand_titles(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The title of a page taken over for a betting brand, or the titles of a few."""
    brands = Phrases(rng, slots.CN_GAMBLING, vocabulary)
    titles = [
        pick(rng, slots.CN_BRAND_TITLES).format(
            a=pick(rng, brands.chinese_brands),
            b=pick(rng, brands.chinese_brands),
            l=pick(rng, brands.brands).upper(),
            s=pick(rng, slots.CN_GAMBLING.slots["state"]),
            o=pick(rng, slots.CN_OFFICIAL),
            e=pick(rng, slots.CN_ENTRANCES),
        )
        for _ in range(pick(rng, (1, 1, 1, 2, 4)))
    ]
    return Draft(titles, weighted(rng, {"\n": 3.0, "_": 2.0, " - ": 1.0, "|": 1.0, ",": 1.0}), position="head")


def run_of_queries(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """One stem grown word by word, as a suggestion list prints it."""
    source = Phrases(rng, TOPICS[pick(rng, tuple(TOPICS))], vocabulary)
    stem = source.phrase()
    tails = [source.phrase() for _ in range(size(rng, 4, 40, 12))]
    spaced = " " if stem.isascii() or any(a == " " for a, _ in pairwise(stem)) else ""
    items = sorted(stem + spaced + tail for tail in tails)
    return Draft(items, weighted(rng, CJK_SEPARATORS if not spaced else LATIN_SEPARATORS), lead=lead(rng, 0.15))


Family = Callable[[Rng, Vocabulary], Draft]


def _topic_family(topic: Topic) -> Family:
    return lambda rng, vocabulary: phrase_list(rng, vocabulary, topic)


# Family -> its function and weight; place tails and adult heads are the prototype's, hence the most.
FAMILIES: dict[str, tuple[Family, float]] = {
    "adult_cn_head": (adult_head, 6.0),
    "adult_cn_tail": (adult_tail, 4.0),
    "place_tail_cn": (place_tail, 30.0),
    "place_tail_world": (place_tail_world, 3.0),
    "sold_links": (sold_links, 2.0),
    "repeated_anchor": (repeated_anchor, 1.5),
    "blogroll": (blogroll, 6.0),
    "spliced": (spliced, 12.0),
    "spun_anchors": (spun_anchors, 8.0),
    "comment_links": (comment_links, 20.0),
    "glued": (glued, 4.0),
    "domains": (domains, 1.5),
    "mixed_queries": (mixed_queries, 3.0),
    "nonsense": (nonsense, 4.0),
    "contacts": (contacts, 1.0),
    "obfuscated": (obfuscated, 2.5),
    "emoji_list": (emoji_list, 1.0),
    "run_of_queries": (run_of_queries, 2.0),
    "brand_titles": (brand_titles, 1.5),
    "trade_list": (trades.trade_list, 30.0),
    "trade_lines": (trades.trade_lines, 11.0),
    "anchor_names": (trades.anchor_names, 9.0),
    **{name: (_topic_family(topic), 2.4) for name, topic in TOPICS.items()},
}

"""What fitting relies on: a seed fixes the blocks, labels and markup fit the lines, nothing banned, no leaks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

pytest.importorskip("opencc")
pytest.importorskip("pypinyin")


from training import trades, undelimited
from training.assemble import Sizes, assemble
from training.blocks import Draft, compose
from training.draw import pick, weighted
from training.families import FAMILIES
from training.generate import Block, generate, honest, insert_html, insert_text, mirrored, shingles, without_overlap
from training.honest import KINDS, menus, sentences, series, shops, titles
from training.honest.layout import CJK_LIST, LIST_SEPARATORS
from training.slots import CJK_SEPARATORS, LATIN_SEPARATORS
from training.vocabulary import ALWAYS_BANNED, Vocabulary, allowed
from unstuff import Page
from unstuff.labels import Labelled


class Place(NamedTuple):
    name: str
    country: str
    region: str
    parent: str
    level: int
    code: int
    pinyin: int
    short: bool
    current: bool
    source: str = "test"


_WELSH = "Cardiff Swansea Newport Wrexham Barry Neath Llanelli Bridgend Caerphilly Pontypridd Aberdare Merthyr Bangor"


def _places() -> list[Place]:
    counties = {
        "石家庄市": "井陉县 正定县 行唐县 灵寿县 高邑县 深泽县 赞皇县 无极县 赵县",
        "唐山市": "滦南县 乐亭县 迁西县 玉田县 遵化市 迁安市",
        "太原市": "清徐县 阳曲县 娄烦县 古交市 小店区 迎泽区",
        "大同市": "阳高县 天镇县 广灵县 灵丘县 浑源县 左云县",
    }
    provinces = {"河北省": ("石家庄市", "唐山市"), "山西省": ("太原市", "大同市")}
    rows = [Place(name, "CN", name[:2], "中国", 0, 10 * i, i, False, True) for i, name in enumerate(provinces)]
    for province, prefectures in provinces.items():
        rows += [Place(name, "CN", province[:2], province, 1, 100, 1, False, True) for name in prefectures]
        rows += [
            Place(c, "CN", province[:2], p, 2, 1000 + i, i, False, True)
            for p in prefectures
            for i, c in enumerate(counties[p].split())
        ]
    return [
        *rows,
        Place("永年县", "CN", "河北", "邯郸市", 2, 5, 9, False, False),
        Place("井陉", "CN", "河北", "石家庄市", 2, 6, 8, True, True),
        *(Place(name, "Wales", "Wales", "Wales", 1, 0, 0, False, True) for name in _WELSH.split()),
    ]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder: Path = tmp_path_factory.mktemp("data")
    (folder / "vocabulary").mkdir()
    lists = {
        "adult_zh": "激情\n少女写真\n情色\n成人片",
        "advertising_zh": "代购\n兼职",
        "comment_spam_mixed": "cheap teen bags\ncheap bags online\nloan quotes fast",
        "gambling_sites_id": "hokiplay77\nmantapbet\nwin888toto",
    }
    for name, text in lists.items():
        (folder / "vocabulary" / f"{name}.txt").write_text(f"# source\n{text}\n", encoding="utf-8")
    (folder / "vocabulary" / "obfuscation_id.json").write_text(json.dumps({"𝕒": "a", "ⓑ": "b"}), encoding="utf-8")
    return Vocabulary.read(folder, _places())


@pytest.fixture(scope="module")
def blocks(vocabulary: Vocabulary) -> list[Block]:
    rng = np.random.default_rng(3)
    drawn = [block for name in FAMILIES for block in generate(rng, 8, vocabulary, [name])]
    return drawn + [block for name in KINDS for block in honest(rng, 8, vocabulary, [name])]


def test_a_seed_fixes_every_block(vocabulary: Vocabulary) -> None:
    first, second = (generate(np.random.default_rng(5), 60, vocabulary) for _ in range(2))
    assert first == second
    assert honest(np.random.default_rng(5), 60, vocabulary) == honest(np.random.default_rng(5), 60, vocabulary)
    assert first != generate(np.random.default_rng(6), 60, vocabulary)


def test_every_family_and_kind_yields_lines_with_labels(blocks: list[Block]) -> None:
    assert {block.family for block in blocks} == set(FAMILIES) | {f"honest_{kind}" for kind in KINDS}
    for block in blocks:
        assert len(block.lines) == len(block.labels) > 0
        assert all(line == line.strip(" \n") and "\n" not in line for line in block.lines)
        assert block.position in ("head", "tail", "middle", "anywhere")
        assert not (block.family.startswith("honest_") and any(block.labels))


def test_injected_families_are_injected_throughout_but_for_sold_links(blocks: list[Block]) -> None:
    for block in blocks:
        if not block.family.startswith("honest_") and block.family != "sold_links":
            assert all(block.labels), block


def test_sold_links_label_only_the_sold_lines(vocabulary: Vocabulary) -> None:
    drawn = generate(np.random.default_rng(1), 20, vocabulary, ["sold_links"])
    listed = [block for block in drawn if len(block.lines) > 1]
    assert listed
    assert all(any(block.labels) and not all(block.labels) for block in listed)


def test_nothing_banned_in_any_block(blocks: list[Block], vocabulary: Vocabulary) -> None:
    assert not any("少女" in word for word in vocabulary.adult)
    assert vocabulary.comment_spam == ("cheap bags online", "loan quotes fast")
    for block in blocks:
        text = "\n".join(block.lines)
        assert not ALWAYS_BANNED.search(text)
        assert block.family.startswith("honest_") or allowed(text), block.family


@pytest.mark.parametrize(
    "text", ["女学生", "Teen Video", "high school", "preteens", "17岁", "嫩模", "young wife", "高校生", "طالبات"]
)
def test_ban_knows_terms_about_minors(text: str) -> None:
    assert not allowed(text)


@pytest.mark.parametrize(
    "text", ["canteen furniture", "nineteen", "一区二区", "babylon hotel", "Kidderminster", "嫩江县", "مطالبات التأمين"]
)
def test_ban_leaves_ordinary_words(text: str) -> None:
    assert allowed(text)


def test_markup_holds_the_same_lines(blocks: list[Block]) -> None:
    page = pytest.importorskip("unstuff.page")
    for block in blocks:
        parsed = page.Page.from_html(f"<html><body><p>before</p>{block.html}<p>after</p></body></html>")
        texts = ["".join(paragraph.text.split()) for paragraph in parsed.paragraphs]
        assert texts == ["before", *("".join(line.split()) for line in block.lines), "after"], block.html[:300]


def test_insert_text_keeps_page_and_block_in_order(blocks: list[Block]) -> None:
    rng = np.random.default_rng(2)
    page = ["Title", "First paragraph.", "Second paragraph.", "© 2020"]
    for block in blocks:
        lines, flags = insert_text(rng, page, block)
        assert len(lines) == len(flags) == len(page) + len(block.lines)
        at = next(start for start in range(len(lines)) if tuple(lines[start : start + len(block.lines)]) == block.lines)
        assert lines[:at] + lines[at + len(block.lines) :] == page
        assert tuple(flags[at : at + len(block.lines)]) == block.labels


def test_insert_html_leaves_scripts_and_the_rest_alone(blocks: list[Block]) -> None:
    rng = np.random.default_rng(2)
    script = '<script>x="</div>";</script>'
    page = f"<html><head><title>T</title></head><body>{script}<p>one</p><ul><li>two</li></ul></body></html>"
    for block in blocks:
        out = insert_html(rng, page, block)
        assert block.html in out
        assert script in out
        assert out.index("one") < out.index("two", out.index("one"))
    assert "block" in insert_html(rng, "", Block(("block",), (True,), "<p>block</p>", "x", "middle"))


def test_head_blocks_take_over_the_title(vocabulary: Vocabulary) -> None:
    page = pytest.importorskip("unstuff.page")
    for block in generate(np.random.default_rng(4), 12, vocabulary, ["adult_cn_head"]):
        out = insert_html(
            np.random.default_rng(0), "<html><head><title>T</title></head><body><p>x</p></body></html>", block
        )
        parsed = page.Page.from_html(out)
        title = next(paragraph.text for paragraph in parsed.paragraphs if paragraph.kind == "title")
        assert "".join(title.split()) == "".join(block.lines[0].split())


def test_overlap_filter_drops_copies_and_spares_names() -> None:
    copied = Block(("春眠_不觉晓处_处闻啼鸟",), (True,), "", "copied", "tail")
    named = Block(("新疆维吾尔自治区| 永年县|",), (True,), "", "named", "tail")
    forbidden = ["春眠不觉晓，处处闻啼鸟。", "新疆维吾尔自治区的天气"]
    kept, report = without_overlap([copied, named], forbidden, entries=["新疆维吾尔自治区"])
    assert kept == [named]
    assert report.dropped == {"copied": 1}
    assert "春眠不觉晓处处闻" in str(report)
    assert without_overlap([named], forbidden)[0] == []


def test_shingles_ignore_width_case_and_separators() -> None:
    assert shingles("永年| 壤塘_乐陵 Ｎｏ1a") == {"永年壤塘乐陵no", "年壤塘乐陵no1", "壤塘乐陵no1a"}
    assert shingles("Buy CHEAP, bags-online", n_alphabetic=16) == {
        "buycheapbagsonli",
        "uycheapbagsonlin",
        "ycheapbagsonline",
    }
    assert shingles("short") == set()


def test_mirrored_glosses_chinese_only() -> None:
    texts = [mirrored(np.random.default_rng(seed), "我国对财务会计制度进行了重大改革") for seed in range(12)]
    assert any("(duì)" in text for text in texts)
    assert mirrored(np.random.default_rng(1), "plain English") == "plain English"


def test_lists_without_separators_keep_their_fold_and_label(vocabulary: Vocabulary) -> None:
    prose = [
        Labelled(
            str(i),
            Page.from_text(f"{'春天到了，公园里的花都开了。' * 4}{i}"),
            (False,),
            str(i),
            kind="paragraph",
            lang="zh",
        )
        for i in range(6)
    ]
    honest_list = Labelled(
        "list", Page.from_text("| ".join(["苹果", "香蕉", "葡萄"] * 4)), (False,), "g", kind="link_list", lang="zh"
    )
    real, fold = [*prose, honest_list], np.array([0, 1, 0, 1, 0, 1, 1])
    made, of = undelimited.documents(real, fold, vocabulary, 3, n=4, n_honest=8, n_unmarked=8)
    again, _ = undelimited.documents(real, fold, vocabulary, 3, n=4, n_honest=8, n_unmarked=8)
    assert [document.page.text for document in made] == [document.page.text for document in again]
    hosts = {document.page.text: k for document, k in zip(prose, fold.tolist(), strict=False)}
    glued = [
        (d, k, text) for d, k in zip(made, of.tolist(), strict=True) for text in hosts if d.page.text.startswith(text)
    ]
    assert {document.labels for document, _, _ in glued} == {(True,), (False,)}
    assert all(k == hosts[text] for _, k, text in glued)
    lists, unmarked = ([i for i, d in enumerate(made) if (d.group == "g") is own] for own in (True, False))
    assert [(made[i].page.text, made[i].labels, of[i]) for i in lists] == [("苹果香蕉葡萄" * 4, (False,), 1)]
    plain = [i for i in unmarked if made[i].page.text.startswith("春天到了公园里的花都开了春天")]
    assert plain and all(made[i].labels == (False,) and int(made[i].group) % 2 == of[i] for i in plain)


def test_more_draws_have_the_weight_of_one(vocabulary: Vocabulary) -> None:
    prose = "春天到了，公园里的花都开了。" * 4
    clean = [
        Labelled(str(i), Page.from_text(f"{prose}{i}"), (False,), str(i), kind="paragraph", lang="zh") for i in range(8)
    ]
    sizes = Sizes(
        blocks_alone=20, honest_alone=20, blocks_paged=2, honest_paged=2, mirrored=0, garbled=0, listed=0, mixed=0
    )
    weights = []
    for draws in (1, 4):
        made = assemble(clean, np.arange(8) % 2, vocabulary, 3, replace(sizes, draws=draws))
        weights.append([document.weight for document in made.alone if document.kind == "generated"])
    assert {round(weight, 6) for weight in weights[0]} == {1.0}
    assert {round(weight, 6) for weight in weights[1]} == {0.25}
    assert len(weights[1]) == pytest.approx(4 * len(weights[0]), rel=0.2)


def test_printed_tables_part_names_of_two_characters_alone(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(5)
    names = {name for names in vocabulary.places.counties.values() for name in names}
    lines = [line for block in honest(rng, 200, vocabulary, ["county_list"]) for line in block.lines]
    parted = {name for name in names if len(name) == 2 and any(" ".join(name) in line for line in lines)}
    assert parted == {"赵县"}
    assert not any(" ".join(name) in line for name in names if len(name) > 2 for line in lines)


def test_tables_of_foreign_places_hold_none_in_chinese(vocabulary: Vocabulary) -> None:
    blocks = honest(np.random.default_rng(6), 200, vocabulary, ["figures_by_place", "towns_by_state"])
    assert any("Cardiff" in line for block in blocks for line in block.lines)
    assert not any("\u4e00" <= char <= "\u9fff" for block in blocks for line in block.lines for char in line)


def test_every_row_of_the_menus_can_be_drawn(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[object] = set()

    def noted(rng: np.random.Generator, options: Sequence[Any]) -> Any:
        option = pick(rng, options)
        drawn.add(option)
        return option

    def noted_weighted(rng: np.random.Generator, options: Mapping[Any, float]) -> Any:
        option = weighted(rng, options)
        drawn.add(option)
        return option

    monkeypatch.setattr(menus, "pick", noted)
    monkeypatch.setattr(sentences, "pick", noted)
    monkeypatch.setattr(series, "pick", noted)
    monkeypatch.setattr(shops, "pick", noted)
    monkeypatch.setattr(titles, "weighted", noted_weighted)
    rng = np.random.default_rng(8)
    for _ in range(500):
        titles.greeting(rng, vocabulary)
        titles.call(rng, vocabulary)
        titles.heading(rng, vocabulary)
        titles.film_title(rng, vocabulary)
        shops.shop_title(rng, vocabulary)
        shops.shop_description(rng, vocabulary)
        shops.shop_footer(rng, vocabulary)
    for _ in range(3000):
        series.cities_by_size(rng, vocabulary)
        sentences.about_trades(rng, vocabulary)
        sentences.quoted_phrases(rng, vocabulary)
    printed = []
    kinds = ("trade_menu", "areas_served", "priced_menu", "city_pages", "programme_pages", "site_directory")
    many = ("trade_menu", "compounds", "rubrics")
    listed = ("compounds", "rubrics", "labels", "things")
    for kind in (*kinds, "trending", "coupons", "keyword_sentence", "trade_headlines", *listed):
        for _ in range(20000 if kind in many else 5000):
            draft = getattr(menus, kind)(rng, vocabulary)
            printed += [*draft.lead, draft.items[0]]
    text = "\n".join(printed)
    # Cities are drawn with their language, headings of areas among those of their region.
    drawn |= {row for row in menus.rows() if row.kind == "cities" and (row.language, row.items) in drawn}
    drawn |= {row for row in menus.rows() if row.kind == "_areas" and any(head in text for head in row.items)}
    assert not [row for row in menus.rows() if row not in drawn]


def test_headed_lines_keep_the_order_of_the_file(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(9)
    for _ in range(400):
        draft = menus.headed_lines(rng, vocabulary)
        n = len(draft.items)
        assert any(
            list(draft.items) == list(row.items[start : start + n]) and (not draft.lead or draft.lead[0] in row.heads)
            for row in menus.listed()
            for start in range(len(row.items) - n + 1)
        )


def test_numbers_of_a_series_rise(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(12)
    for _ in range(200):
        # A heading may stand before the first.
        items = series.numbered(rng, vocabulary).items[1:]
        numbers = [tuple(map(int, re.findall(r"\d+", item))) for item in items]
        assert numbers == sorted(set(numbers)), items


def test_a_label_is_repeated_and_nothing_else(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(13)
    for _ in range(200):
        assert len(set(series.repeated_label(rng, vocabulary).items[1:])) <= 2


def test_cities_by_size_are_neighbours_in_their_list(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(14)
    lists = [row.items for row in menus.rows() if row.kind in ("cities", "nation", "towns")]
    lists += [names for _, names in menus.cities()]
    for _ in range(200):
        _, *towns = (item.lstrip("✓✔✅★»➤•-→ ") for item in series.cities_by_size(rng, vocabulary).items)
        assert any(towns == list(names[at : at + len(towns)]) for names in lists for at in range(len(names)))


def test_no_slot_is_left_in_a_menu(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(10)
    kinds = ["trade_menu", "headed_lines", "priced_menu", "areas_served", "city_pages", "programme_pages"]
    kinds += ["site_directory", "trending", "coupons", "keyword_sentence", "trade_headlines", "heading"]
    kinds += [
        "proper_names",
        "money_menu",
        "compounds",
        "rubrics",
        "labels",
        "things",
        "country_pages",
        "routes",
        "jobs_by_city",
        "tour_dates",
        "by_one_author",
        "shop_title",
        "shop_description",
        "shop_footer",
    ]
    lines = [line for block in honest(rng, 3000, vocabulary, kinds) for line in block.lines]
    assert not [line for line in lines if "{" in line or "}" in line]


def test_honest_lists_have_every_separator_of_injected_ones() -> None:
    assert {*CJK_SEPARATORS} <= {*CJK_LIST}
    assert {*LATIN_SEPARATORS} <= {*LIST_SEPARATORS}


def test_search_phrases_stand_in_sentences_alone(vocabulary: Vocabulary) -> None:
    phrases = {item for row in menus.rows() if row.kind == "seo_words" for item in row.items}
    assert phrases
    rng = np.random.default_rng(11)
    for kind in (menus.trade_menu, menus.headed_lines, menus.priced_menu):
        assert not phrases.intersection(item for _ in range(500) for item in kind(rng, vocabulary).items)


def test_an_area_is_one_region(vocabulary: Vocabulary) -> None:
    regions = [set(row.items) for row in menus.rows() if row.kind in ("towns", "districts")]
    regions += [set(names) for names in vocabulary.places.counties.values()]
    rng = np.random.default_rng(12)
    for _ in range(300):
        draft = menus.areas_served(rng, vocabulary)
        # A heading may have been joined to the first item.
        assert any(all(any(name in item for name in region) for item in draft.items[1:]) for region in regions)


def test_every_trade_is_drawn_clean_and_filled(vocabulary: Vocabulary) -> None:
    rng = np.random.default_rng(8)
    slot = re.compile(r"[{};\t]|CITY|BRAND|NUMBER|CODE\b|LETTERS")
    for trade, topic in trades.TRADES.items():
        drawn = {phrase for _ in range(3) for phrase in trades.phrases(rng, vocabulary, trade, 20)}
        assert len(drawn) > 5, trade
        assert not [phrase for phrase in drawn if slot.search(phrase)], trade
        assert any(head in phrase for head in topic.slots["head"] for phrase in drawn), trade
        assert not [word for words in topic.slots.values() for word in words if not allowed(word)], trade


def test_trades_are_the_same_in_every_language() -> None:
    named = {language: {t.name for t in trades.TRADES if t.language == language} for language, _ in trades.TRADES}
    assert len(named) == 20
    assert not [language for language, names in named.items() if names != named["en"]]


def test_a_trade_list_is_of_the_trades_that_are_left(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {trade: topic for trade, topic in trades.TRADES.items() if trade == ("pl", "loans")}
    monkeypatch.setattr(trades, "TRADES", kept)
    (topic,) = kept.values()
    for name in ("trade_list", "trade_lines"):
        for block in generate(np.random.default_rng(2), 10, vocabulary, [name]):
            assert any(head in "\n".join(block.lines).lower() for head in topic.slots["head"])


def test_a_part_of_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trades.tsv").write_text("language\ttrade\tpart\tterms\nen\tloans\theads\tloan\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'heads'"):
        trades.read(tmp_path / "trades.tsv")


def test_real_blocks_are_rewritten_in_their_fold_and_weigh_no_more(vocabulary: Vocabulary) -> None:
    prose = "春天到了，公园里的花都开了。" * 4
    clean = [
        Labelled(str(i), Page.from_text(f"{prose}{i}"), (False,), str(i), kind="paragraph", lang="zh") for i in range(8)
    ]
    text = "buy cheap lamps online, lamps near me, best lamps 2024, lamp shop"
    block = Labelled("b", Page.from_text(text), (True,), "b", kind="positive", lang="en", family="lamps")
    sizes = Sizes(
        blocks_alone=4, honest_alone=4, blocks_paged=2, honest_paged=2, mirrored=0, garbled=0, listed=0, mixed=0,
        rewritten_copies=30,
    )  # fmt: skip
    made = assemble([*clean, block], np.array([0, 1] * 4 + [1]), vocabulary, 3, sizes)
    own = [(d, k) for d, k in zip(made.alone, made.alone_fold.tolist(), strict=True) if d.group == "b"]
    assert {(d.labels, k) for d, k in own} == {((True,), 1)}
    assert len({d.page.text for d, _ in own}) > 10
    (whole,) = (d.weight for d, _ in own if d.page.text == text and d.weight > 1)
    assert 0.8 * whole <= sum(d.weight for d, _ in own) - whole <= whole + 1e-9


def test_a_mark_of_any_kind_may_part_injected_and_honest_items_alike() -> None:
    rng = np.random.default_rng(12)
    parted = {
        honest: {compose(rng, Draft(["a", "b"], ", ", honest=honest), "x").lines[0] for _ in range(20000)}
        for honest in (True, False)
    }
    rare = {honest: {line.strip("ab ") for line in lines} - {","} for honest, lines in parted.items()}
    assert all(len(marks) > 500 for marks in rare.values())
    for separator in ("", "\n", "|\n", " #"):
        layouts = {compose(rng, Draft(["a", "b"], separator), "x").lines for _ in range(200)}
        assert len(layouts) == 1


def test_phrases_of_adult_trades_are_not_quoted(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    adult, rng = {"adult", "escorts", "dating"}, np.random.default_rng(15)
    quoted: set[str] = set()
    texts = {text for row in menus.rows_of("_about") if "adult" in row.heads for text in row.items}

    def noted(rng: np.random.Generator, vocabulary: Vocabulary, trade: trades.Trade, n: int) -> list[str]:
        quoted.add(trade.name)
        return ["x"] * n

    monkeypatch.setattr(trades, "phrases", noted)
    monkeypatch.setattr(sentences, "chance", lambda rng, probability: False)
    drawn = {text for _ in range(3000) for text in sentences.quoted_phrases(rng, vocabulary).items}
    assert texts and quoted and not quoted & adult and not drawn & texts

"""The transformations as pure functions of seed and text, and the table made of them; no collected data is needed."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("opencc", reason="one transformation converts with OpenCC: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training reads pinyin: pip install 'unstuff[training]'")

from training import obfuscations, robustness
from training.obfuscations import TRANSFORMATIONS, split
from training.pipeline import Result
from unstuff import Page
from unstuff.evaluation import Scored
from unstuff.labels import Labelled, text_page

LIST = "永年县| 论坛| 肃南| 乐陵市| Slot 77| 彰武县|"
MARKUP = (
    '<html><head><title>cheap watches</title><meta name="keywords" content="a1,b2,c3"></head><body>'
    '<div style="display:none"><a href="http://one.example/x">cheap watches</a> | <a href="http://two.example/">best'
    " bags</a> | <a href='/in'>shoes</a></div><script>var text = 1;</script></body></html>"
)


def one(name: str, text: str, seed: int = 1) -> str:
    """The text after one transformation."""
    return TRANSFORMATIONS[name](np.random.default_rng(seed), [text])[0]


def block(identity: str, text: str, label: bool = True) -> Labelled:
    page = text_page(text.split("\n"))
    return Labelled(identity, page, (label,) * len(page.paragraphs), identity, kind="positive")


def marked(identity: str = "marked") -> Labelled:
    page = Page.from_html(MARKUP)
    return Labelled(identity, page, (True,) * len(page.paragraphs), "g", kind="positive", html=MARKUP)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a|b| c |d|", ["a", "b", "c ", "d"]),
        ("x y_z, w_v", ["x y", "z, w", "v"]),
        ("日韩 I 欧美 I 国产", ["日韩", "欧美", "国产"]),
        ("para-kazanma • canlı bahis • slot", ["para-kazanma", "canlı bahis", "slot"]),
        ("欧美-日韩-国产", ["欧美", "日韩", "国产"]),
        ("cialis >:-) valtrex 8]] flomax", ["cialis", "valtrex", "flomax"]),
        ("永年县 论坛 肃南", ["永年县", "论坛", "肃南"]),
        ("slot gacor slot gacor", ["slot gacor slot gacor"]),
        ("One sentence, and no list.", ["One sentence, and no list."]),
    ],
)
def test_items_are_what_stands_between_the_most_frequent_marks(text: str, items: list[str]) -> None:
    assert [item.strip() for item in split(text)] == [item.strip() for item in items]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("full-width letters", "av 1", "ａｖ １"),
        ("double-struck letters", "Cab1", "ℂ𝕒𝕓𝟙"),
        ("regional indicators", "slot", "🇸🇱🇴🇹"),
        ("circled letters", "Ab10", "Ⓐⓑ①⓪"),
        ("leetspeak", "slot", "5l07"),
        ("Cyrillic look-alikes", "casino", "саѕіnо"),
        ("compatibility ideographs", "女人", "⼥⼈"),
        ("Simplified to Traditional", "永年县", "永年縣"),
        ("letters parted by spaces", "slot 国产", "s l o t 国 产"),
        ("letters parted by dots", "slot_", "s.l.o.t_"),
        ("hexadecimal entities", "久 a", "&#x4E45; &#x61;"),
        ("decimal entities", "久", "&#20037;"),
        ("named entities", "é | a", "&eacute;&nbsp;&vert;&nbsp;a"),
        ("entities escaped twice", "久", "&amp;#x4E45;"),
        ("percent-encoded", "a久", "a%E4%B9%85"),
        ("UTF-8 read as Latin-1", "久", "ä¹\x85"),
        ("GBK read as Latin-1", "久", "¾Ã"),
        ("upper case", "slot", "SLOT"),
        ("items glued", "a|b|c", "abc"),
        ("items by spaces", "a|b|c", "a b c"),
        ("one item a line", "a|b|c", "a\nb\nc"),
        ("right-to-left override", "slot", "\u202etols\u202c"),
    ],
)
def test_what_a_transformation_makes_of_a_text(name: str, text: str, expected: str) -> None:
    assert one(name, text) == expected


@pytest.mark.parametrize("name", TRANSFORMATIONS)
def test_every_transformation_changes_something_and_is_fixed_by_its_seed(name: str) -> None:
    text = LIST.replace("县", "縣") if name == "Traditional to Simplified" else LIST.replace("论坛", "女人 vault")
    assert one(name, text) != text
    assert one(name, text) == one(name, text)


@pytest.mark.parametrize("name", [*obfuscations._INVISIBLE, "combining accents", "stacked accents"])
def test_what_is_sprinkled_in_can_be_taken_out(name: str) -> None:
    added = set(obfuscations._INVISIBLE.get(name, "")) | set(map(chr, range(0x0300, 0x0370)))
    assert "".join(char for char in one(name, LIST) if char not in added) == LIST


@given(st.text(max_size=60), st.sampled_from(sorted(TRANSFORMATIONS)))
def test_any_text_can_be_transformed(text: str, name: str) -> None:
    assert isinstance(one(name, text.encode("utf-8", "ignore").decode()), str)


def test_one_mark_for_the_whole_block_or_another_each_time() -> None:
    constant = one("dingbat between items", LIST)
    mark = constant.replace("永年县", "", 1).partition("论坛")[0]
    assert constant.count(mark) == len(split(LIST)) - 1
    varied = one("separators of all kinds", "|".join("abcdefghijklmnop"))
    assert len(set(varied) - set("abcdefghijklmnop ")) > 3


def test_documents_that_stay_as_they_are_are_left_out() -> None:
    documents = [block("han", "永年县| 论坛| 肃南|"), block("latin", "slots| poker| bets|")]
    assert [d.id for d in robustness.transformed(documents, "bold letters")] == ["latin"]
    assert [d.id for d in robustness.transformed(documents, "Simplified to Traditional")] == ["han"]


def test_what_a_document_becomes_does_not_depend_on_the_others() -> None:
    documents = [block(str(i), LIST) for i in range(3)]
    for name in ("stacked accents", "separators of all kinds"):
        together = robustness.transformed(documents, name)
        assert robustness.transformed(documents[1:2], name)[0].page == together[1].page
        assert together[0].page != together[1].page
        assert robustness.transformed(documents, name, seed=8)[0].page != together[0].page


def test_labels_follow_the_paragraphs() -> None:
    (changed,) = robustness.transformed([block("list", LIST)], "one item a line")
    assert len(changed.labels) == len(changed.page.paragraphs) == 6
    assert all(changed.labels)
    mixed = block("mixed", "slots\npoker")
    mixed = Labelled(mixed.id, mixed.page, (True, False), "g")
    with pytest.raises(ValueError, match="labels of both kinds"):
        robustness.transformed([mixed], "upper case")


def test_markup_keeps_links_and_hidden_evidence() -> None:
    (changed,) = robustness.transformed([marked()], "full-width letters")
    assert [p.hidden for p in changed.page.paragraphs] == [p.hidden for p in marked().page.paragraphs]
    links = [link.target for p in changed.page.paragraphs for link in p.links]
    assert links == [link.target for p in marked().page.paragraphs for link in p.links]
    assert len(links) == 3
    assert "ｃｈｅａｐ" in changed.page.text
    assert "ａ１" in changed.page.text
    assert "var text = 1;" in changed.html
    (escaped,) = robustness.transformed([marked()], "hexadecimal entities")
    assert "&#x63;&#x68;" in escaped.page.text


def test_in_markup_only_marks_change_when_items_are_parted_anew() -> None:
    (changed,) = robustness.transformed([marked()], "items glued")
    # Links that touch are read with a space between them.
    assert "cheap watches best bags shoes" in changed.page.text
    assert "a1b2c3" in changed.page.text
    tags_only = MARKUP.replace("</a> | <a", "</a><br><a").replace(' content="a1,b2,c3"', "")
    page = Page.from_html(tags_only)
    document = Labelled("tags", page, (True,) * len(page.paragraphs), "g", html=tags_only)
    assert robustness.transformed([document], "items glued") == []


def scored(documents: Sequence[Labelled]) -> Result:
    """Score 1 for a paragraph with a small ASCII letter, 0 for others."""
    texts = [p.text for d in documents for p in d.page.paragraphs]
    number = [i for i, d in enumerate(documents) for _ in d.page.paragraphs]
    score = np.array([float(any("a" <= char <= "z" for char in text)) for text in texts])
    labels = np.array([label for d in documents for label in d.labels])
    blank = np.full(len(texts), "", object)
    group = np.array([documents[i].group for i in number], object)
    lengths = np.array(list(map(len, texts)))
    spans = np.array([(p.start, p.end) for d in documents for p in d.page.paragraphs])
    return Result(Scored(score, labels, group, blank, blank, blank, blank), score, lengths, np.array(number), spans)


def test_the_table_counts_what_is_lost_and_gained() -> None:
    documents = [
        block("low", "slots| poker| bets|"),
        block("high", "SLOTS| POKER| BETS|"),
        block("han", "永年县|肃南|论坛"),
    ]
    rows = robustness.table(scored, documents, 0.5)
    assert (rows["upper case"].before.n, rows["upper case"].lost, rows["upper case"].gained) == (1, ("low",), ())
    entities = rows["hexadecimal entities"]
    assert (entities.before.n, entities.lost, entities.gained) == (3, (), ("han", "high"))
    assert rows["upper case"].points == -100.0
    assert "high" in rows["alternating case"].gained
    assert "Traditional to Simplified" not in rows
    assert "| upper case | 100.0% | 0.0% | -100.0 |" in robustness.report("title", rows)


def test_a_clean_document_counts_when_any_of_its_paragraphs_is_flagged() -> None:
    document = block("clean", "永年县| 肃南| slots|", label=False)
    rows = robustness.table(scored, [document], 0.5)
    assert rows["one item a line"].before.value == rows["one item a line"].after.value == 1.0
    assert rows["upper case"].lost == ("clean",)


def test_the_clean_sample_is_even_over_languages() -> None:
    documents = [
        Labelled(f"{lang}{i}", text_page(["x"]), (False,), "g", kind="paragraph", lang=lang)
        for lang, n in (("zh", 90), ("en", 20), ("th", 3))
        for i in range(n)
    ]
    sample = robustness.clean_sample(documents, 33)
    counts = {lang: sum(d.lang == lang for d in sample) for lang in ("zh", "en", "th")}
    assert counts == {"zh": 15, "en": 15, "th": 3}
    assert sample == robustness.clean_sample(documents, 33)

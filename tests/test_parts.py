"""Blocks glued to genuine text: the part is found, the rest is left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unstuff import Filter, Page, parts

ARTICLE = "今天下午，市政府召开了安全生产工作会议，会议要求各区县认真排查隐患，切实保障群众生命财产安全。"
ENGLISH = "The council met on Tuesday to discuss the repair of the old bridge, which has been closed since the spring."
PLACES = "永年县| 壤塘县| 乐陵市| 彰武县| 龙岩市| 宣恩县| 柳林县| 海兴县| 黑河市| 雅江县| 和田县| 芦溪县| 固始县|"
ARTICLE_ON = "会后，副市长带队到城东的几家化工厂检查，查看了消防通道和值班记录，并同工人们谈了夏季高温作业的防护。"
COUNTIES = (
    "怀安县 桂东县 乐业县 靖边县 徽县 桐柏县 普定县 海盐县 屯昌县 "
    "芒康县 克山县 乌苏市 磐石市 忻府区 泗洪县 明溪县 犍为县 江永县",
    "临潭县 舒兰市 奉节县 尖扎县 五河县 孟津区 榕江县 连平县 措勤县 "
    "建瓯市 黄梅县 岚县 龙州县 新宁县 巧家县 辉南县 宁国市 沽源县",
    "仙居县 麟游县 米易县 石泉县 元谋县 尤溪县 灌南县 开阳县 墨玉县 "
    "东丰县 兴海县 蒙城县 涉县 遂溪县 鹤峰县 道县 吉隆县 凌海市",
)
FILTER = Filter()


def injected(text: str) -> list[str]:
    """What of a text is flagged."""
    return [text[start:end] for verdict in FILTER.score_text(text) for start, end in verdict.spans]


@pytest.mark.parametrize("joint", ["", " ", "  "])
def test_a_block_behind_a_sentence_is_flagged_without_the_sentence(joint: str) -> None:
    text = ARTICLE * 2 + joint + PLACES
    (part,) = injected(text)
    assert part.strip() == PLACES
    assert FILTER.clean_text(text).rstrip() == ARTICLE * 2


def test_a_block_before_a_sentence_is_flagged_without_the_sentence() -> None:
    (part,) = injected(PLACES + " " + ARTICLE * 2)
    assert part.strip() == PLACES


@pytest.mark.parametrize("behind", [True, False])
@pytest.mark.parametrize(
    ("counties", "separator"), [(counties, separator) for counties in COUNTIES for separator in ("| ", "|", " ")]
)
def test_of_a_list_of_places_behind_or_before_text_the_list_is_named(
    counties: str, separator: str, behind: bool
) -> None:
    places = separator.join(counties.split())
    text = ARTICLE + ARTICLE_ON + places if behind else places + separator + ARTICLE + ARTICLE_ON
    assert [part.strip(" |") for part in injected(text)] == [places]


def test_places_listed_within_a_sentence_are_content() -> None:
    assert (
        injected(f"受冷空气影响，{COUNTIES[0].replace(' ', '、')}等地今天夜间有小到中雨，请注意防范。{ARTICLE}") == []
    )


def test_offsets_of_a_part_refer_to_the_text_given() -> None:
    glossed = ARTICLE.replace("会议", "會(huì)議(yì)") * 2
    (part,) = injected("第一段。\n" + glossed + PLACES + "\n完")
    assert part == PLACES


def test_the_html_keeps_what_stands_beside_the_part() -> None:
    html = f"<p>{ARTICLE * 2}{PLACES}</p><p>{ENGLISH}</p>"
    cleaned = FILTER.clean_html(html)
    assert isinstance(cleaned, str)
    assert [paragraph.text for paragraph in Page.from_html(cleaned).paragraphs] == [ARTICLE * 2, ENGLISH]


def test_genuine_text_alone_has_no_part() -> None:
    assert injected(ARTICLE * 4) == []
    assert injected(ENGLISH * 3) == []


# The first text that needs words loads their dictionary.
@settings(deadline=None)
@given(st.text(st.sampled_from("会议县市 |。,aB1&#x;\u200b(jì)"), min_size=60, max_size=200), st.integers(0, 3))
def test_spans_lie_in_their_paragraph_and_do_not_depend_on_the_batch(noise: str, n: int) -> None:
    text = "\n".join([*["上一段。"] * n, noise + PLACES + noise])
    verdicts = FILTER.score_text(text)
    assert list(FILTER.score_texts([PLACES, text, ENGLISH]))[1] == verdicts
    for verdict in verdicts:
        assert all(verdict.start <= start < end <= verdict.end for start, end in verdict.spans)


@pytest.mark.parametrize(("beside", "of_places", "of_others"), [(-3.0, [0], [0]), (-2.0, [0], []), (-0.5, [], [])])
def test_what_stands_beside_a_part_must_be_content_and_places_are_told_more_easily(
    beside: float, of_places: list[int], of_others: list[int]
) -> None:
    for is_places, expected in ((True, of_places), (False, of_others)):
        proposal = parts.Proposal(0, parts.Part(0, 30), is_places)
        rest = parts.Rest(np.array([-9.0, beside]), np.array([False, True]))
        found = parts.accept([proposal], np.array([0]), np.array([5.0]), rest, np.array([1.0]))
        assert found.proposal.tolist() == expected


@pytest.mark.parametrize(("is_places", "expected"), [(True, [0]), (False, [])])
def test_a_paragraph_that_reads_more_injected_than_its_part_is_judged_whole_unless_places_are_listed(
    is_places: bool, expected: list[int]
) -> None:
    proposal = parts.Proposal(0, parts.Part(0, 30), is_places)
    rest = parts.Rest(np.array([-9.0, -4.0]), np.array([False, True]))
    found = parts.accept([proposal], np.array([0]), np.array([5.0]), rest, np.array([6.0]))
    assert found.proposal.tolist() == expected


@pytest.mark.parametrize(("stretch", "expected"), [((4, 30), [1]), ((20, 50), [0])])
def test_a_list_of_places_is_named_whole(stretch: tuple[int, int], expected: list[int]) -> None:
    proposals = [parts.Proposal(0, parts.Part(*stretch)), parts.Proposal(0, parts.Part(0, 30), True)]
    rest = parts.Rest(np.full(4, -9.0), np.ones(4, bool))
    found = parts.accept(proposals, np.arange(2), np.array([6.0, 5.0]), rest, np.array([1.0]))
    assert found.proposal.tolist() == expected

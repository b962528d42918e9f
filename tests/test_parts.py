"""Blocks glued to genuine text: the part is found, the rest is left."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unstuff import Filter, Page

ARTICLE = "今天下午，市政府召开了安全生产工作会议，会议要求各区县认真排查隐患，切实保障群众生命财产安全。"
ENGLISH = "The council met on Tuesday to discuss the repair of the old bridge, which has been closed since the spring."
PLACES = "永年县| 壤塘县| 乐陵市| 彰武县| 龙岩市| 宣恩县| 柳林县| 海兴县| 黑河市| 雅江县| 和田县| 芦溪县| 固始县|"
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

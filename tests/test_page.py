"""Plain text pages: what a paragraph is, and that nothing of the text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unstuff.page import LINE_BREAKS, Page

BREAKS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")
TEXTS = st.text(st.one_of(st.sampled_from("ab 永\t\u3000\xa0\0\ud800\v\f\x1c" + LINE_BREAKS), st.characters()))


def texts(page: Page) -> list[str]:
    return [paragraph.text for paragraph in page.paragraphs]


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_every_line_break_ends_a_paragraph(line_break: str) -> None:
    assert texts(Page.from_text(f"one{line_break}two{line_break}{line_break}")) == ["one", "two"]


@pytest.mark.parametrize("character", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\0", "\ud800"], ids=ascii)
def test_other_characters_stay_inside_a_paragraph(character: str) -> None:
    assert texts(Page.from_text(f"one{character}two")) == [f"one{character}two"]


def test_blank_lines_and_outer_white_space_belong_to_no_paragraph() -> None:
    page = Page.from_text(" \u3000永年县| 论坛| \n\t\n乐陵市\xa0")
    assert [(p.text, p.start, p.end) for p in page.paragraphs] == [("永年县| 论坛|", 2, 10), ("乐陵市", 14, 17)]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\u2028", "\xa0\u3000\x1c"], ids=ascii)
def test_text_without_a_character_to_see_has_no_paragraphs(text: str) -> None:
    assert Page.from_text(text).paragraphs == ()


def test_a_text_page_says_nothing_of_markup() -> None:
    page = Page.from_text("a <b>")
    assert (page.is_html, page.truncated, page.url) == (False, False, None)
    assert page.paragraphs[0] == ("a <b>", 0, 5, "text", "", (), "")


@given(TEXTS)
def test_offsets_slice_the_text_they_claim(text: str) -> None:
    page = Page.from_text(text)
    assert page.text == text
    for paragraph in page.paragraphs:
        assert text[paragraph.start : paragraph.end] == paragraph.text == paragraph.text.strip() != ""
        assert not set(paragraph.text) & set(LINE_BREAKS)


@given(TEXTS)
def test_what_lies_between_paragraphs_is_white_space_with_a_break_in_it(text: str) -> None:
    between, done = [], 0
    for paragraph in Page.from_text(text).paragraphs:
        between.append(text[done : paragraph.start])
        done = paragraph.end
    between.append(text[done:])
    assert not "".join(between).strip()
    assert all(set(gap) & set(LINE_BREAKS) for gap in between[1:-1])


@given(TEXTS, st.data())
def test_kept_and_removed_pieces_together_are_the_text(text: str, data: st.DataObject) -> None:
    paragraphs = Page.from_text(text).paragraphs
    gone = [p for p in paragraphs if data.draw(st.booleans())]
    kept, done = [], 0
    for paragraph in gone:
        kept.append(text[done : paragraph.start])
        done = paragraph.end
    kept.append(text[done:])
    assert "".join(piece + p.text for piece, p in zip(kept, gone, strict=False)) + kept[-1] == text
    assert texts(Page.from_text("".join(kept))) == [p.text for p in paragraphs if p not in gone]


def test_long_runs_of_spaces_are_read_in_linear_time() -> None:
    assert texts(Page.from_text(" " * 1_000_000 + "x" + " " * 1_000_000)) == ["x"]

"""Bytes that are no page are refused, pages with odd characters are not."""

import bz2
import gzip
import lzma
import random
import zlib
from pathlib import Path

import pytest

from unstuff import Filter, InputError, Page

PAGE = (Path(__file__).parent / "data" / "town_news.html").read_text("utf-8")
RANDOM = random.Random(5)
NOISE = RANDOM.randbytes(1 << 15)
BINARY = {
    "gzip": gzip.compress(PAGE.encode(), mtime=0),
    "bzip2": bz2.compress(PAGE.encode()),
    "xz": lzma.compress(PAGE.encode()),
    "deflate": zlib.compress(PAGE.encode()),
    "picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + NOISE[:500],
    "noise": NOISE,
    "noise with a tag": NOISE[:9000] + b"<p >" + NOISE[9000:],
    "PDF": b"%PDF-1.7\n1 0 obj << >> endobj",
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs", "cp1252", "iso2022_jp")


@pytest.mark.parametrize("name", BINARY)
def test_binary_data_is_no_page(name: str) -> None:
    for call in (Page.from_html, Filter().score_html, Filter().clean_html):
        with pytest.raises(InputError, match=r"a page looks like binary data \(.*; unpack it, or give its encoding"):
            call(BINARY[name])


@pytest.mark.parametrize("name", ["gzip", "bzip2", "xz", "picture", "PDF"])
def test_data_of_a_known_kind_is_no_page_whatever_its_header_says(name: str) -> None:
    for call in (Page.from_html, Filter().score_html, Filter().clean_html):
        with pytest.raises(InputError, match=r"a page looks like binary data \(.*\); unpack it$"):
            call(BINARY[name], encoding="utf-8")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_page_in_any_encoding_is_one(encoding: str) -> None:
    assert Page.from_html(PAGE.encode(encoding, "xmlcharrefreplace")).paragraphs


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_bytes_whose_encoding_is_given_are_taken(encoding: str) -> None:
    assert Page.from_html(PAGE.encode(encoding), encoding=encoding).paragraphs


def test_what_begins_as_a_picture_may_be_text_of_two_bytes_a_character() -> None:
    assert Page.from_html(b"\x89PNG\r\n\x1a\n" * 3, encoding="utf-16-le").paragraphs


@pytest.mark.parametrize(
    "html",
    [
        "<p>one\0two",
        f"{chr(1) * 90}<blink>{chr(2) * 90}</blink><div>text</div>",
        "RIFF <p>a title\0 that begins as a sound does",
        "a text of no tag at all",
    ],
)
def test_odd_characters_make_no_page_binary(html: str) -> None:
    assert Page.from_html(html.encode()).paragraphs

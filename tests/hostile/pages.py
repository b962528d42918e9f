"""HTML made to be slow, to use memory, to lose text, or to hide a keyword block."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.bench import hostile_pages, prose
from tests.hostile.case import Case
from tests.hostile.promises import CLEAN, LIST, found, judge, outcome
from unstuff import Filter, Page

Html = str | bytes
_RNG = random.Random(2)
_BLOCK = f"<p>{LIST}</p>"
_MILLION = 1_000_000
_NO_CONTROLS = bytes(max(byte, ord(" ")) for byte in range(256))


def _judged(html: Html) -> str:
    return outcome(judge(Page.from_html(html)))


def _found(html: Html) -> str:
    return found(judge(Page.from_html(html)))


def _cleaned(html: Html) -> str:
    """Cleaned, too: none of the other text is lost."""
    said = _found(html)
    cleaned = Filter().clean_html(html)
    before, after = Page.from_html(html).text, Page.from_html(cleaned).text
    assert after.count(CLEAN) == before.count(CLEAN), "content is lost"
    return f"{said}; cleaned, {len(html):,} became {len(cleaned):,}"


class _Make:
    """``make`` without the folder."""

    def __init__(self, make: Callable[[], Html]) -> None:
        self.make = make

    def __call__(self, folder: Path) -> Html:
        return self.make()


def _case(name: str, make: Callable[[], Html], run: Callable[[Html], str] = _found) -> Case:
    return Case(f"page: {name}", _Make(make), run)


def _body(*parts: str) -> str:
    """A page of these parts, the block at its end."""
    return f"<html><body><p>{CLEAN}</p>{''.join(parts)}{_BLOCK}</body></html>"


def _times(piece: str, n: int, closing: str = "") -> str:
    return _body(piece * n, closing * n)


def _attributes(n: int) -> str:
    return _body("<p ", " ".join(f"a{i}=b" for i in range(n)), ">x</p>")


def _big_node() -> bytes:
    return _body("<p>", CLEAN * (50 * _MILLION // len(CLEAN.encode())), "</p>").encode()


def _bytes(codec: str, declared: str, mark: bytes = b"") -> bytes:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{CLEAN * 20}</p>{_BLOCK}</body></html>'
    return mark + page.encode(codec, "replace")


def _noise() -> bytes:
    # Without controls, by which it would be refused as binary data.
    before, after = (_RNG.randbytes(5 * _MILLION).translate(_NO_CONTROLS) for _ in range(2))
    return before + _BLOCK.encode() + after


def _hidden_in(start: str, end: str) -> str:
    return f"<html><body><p>{CLEAN}</p>{start}{LIST}{end}<p>{CLEAN}</p></body></html>"


def _attribute(name: str) -> str:
    return _hidden_in(f'<input type="button" src="i" {name}="', '">')


def _behind(n_chars: int) -> str:
    return _body("<p>", CLEAN, "</p>\n", "<p>", CLEAN * (n_chars // len(CLEAN)), "</p>")


def _after_the_end() -> str:
    return f"<html><body><p>{CLEAN}</p></body></html>{_BLOCK}"


def _stray_ends() -> str:
    return _body("<b>" * 100_000, "</i>" * 150_000)


def _hidden_stray_ends() -> str:
    """Stray end tags beside elements that one end tag closes, so that they do not show in the counts."""
    piece = "<div>" + "<i>" * 700 + " " * 2000 + "</u>" * 700 + "</div>"
    return _body("<b>" * 50_000, piece * 250)


def _sheets() -> str:
    rules = "".join(f".c{i}{{display:none;color:#{i:06x}}}" for i in range(200_000))
    return f"<style>{rules}</style>" + _body(*(f"<p class=c{i}>县</p>" for i in range(20_000)))


def _selectors() -> str:
    names = ",".join(f".c{i}" for i in range(100_000))
    return f"<style>{names}{{display:none}}</style>" + _body(
        *(f"<p class='{'c1 ' * 50}'>县</p>" for _ in range(20_000))
    )


def _late_sheets() -> str:
    return _body(*(f"<p class=c{i}>县</p><style>.c{i}{{display:none}}</style>" for i in range(50_000)))


def _late_rules() -> str:
    return _body(*(f"<p class=c{i}>县</p>" for i in range(120_000)), "<style>.c1{display:none}</style>")


def _classes() -> str:
    return "<style>.a{display:none}</style>" + _body(f"<p class='{' '.join(f'b{i}' for i in range(_MILLION))}'>县</p>")


def _styles() -> str:
    return _body(*(f"<b style='top:{i}px;color:#{i:06x}'>县</b>" for i in range(100_000)))


def _tables(n: int) -> str:
    return _times("<table><tr><td>县", n, "</table>")


def _nested_iframes(n: int) -> str:
    return _body("<iframe>" * n, _BLOCK, "</iframe>" * n)


def _iframes() -> str:
    return _body("<iframe><p>县</p></iframe>" * 100_000)


def _srcdoc() -> str:
    inner = _BLOCK
    for _ in range(10):
        inner = '<iframe srcdoc="' + inner.replace("&", "&amp;").replace('"', "&quot;") + f'">{inner}</iframe>'
    return _body(inner)


def _links() -> str:
    return _body(*(f'<a href="http://{i}.example{i % 977}.com/">词{i}</a> ' for i in range(200_000)))


def _long_hosts() -> str:
    name = "".join(map(chr, range(0x4E00, 0x9FA5)))
    return _body(*(f"<a href='http://{name}{i}.com'>县</a>" for i in range(100)))


def _lines_in_pre() -> str:
    return _body("<pre>", "县\n" * 2 * _MILLION, "</pre>")


def _flagged() -> str:
    return _body(*(f"<p>{prose.place_list(_RNG, 12)}" for _ in range(60_000)))


def _long_titles() -> str:
    return _body(*(f"<img alt='{CLEAN}' title='{CLEAN}'>" for _ in range(50_000)))


def _every_piece() -> str:
    pieces = hostile_pages.pieces()
    return _body(*(make(_RNG, 4 * _MILLION // len(pieces)) for make in pieces.values()))


_UTF8_MARK, _UTF16_MARK = b"\xef\xbb\xbf", b"\xff\xfe"
CASES: tuple[Case, ...] = (
    _case("200,000 nested elements", partial(_times, "<div>", 200_000, "</div>")),
    _case("200,000 nested elements, text in each", partial(_times, "<div>县", 200_000), _judged),
    _case("a million attributes on an element", partial(_attributes, _MILLION)),
    _case("<!-- 200,000 times", partial(_times, "<!--", 200_000), _judged),
    _case("<![CDATA[ 200,000 times", partial(_times, "<![CDATA[", 200_000), _judged),
    _case("everything unclosed", partial(_times, "<div><a href=x><b><table><tr><td><p>县", 30_000)),
    _case("50 MB of text in one node", _big_node),
    _case("NULs", partial(_times, "<p>\0县\0</p>\0", 100_000)),
    _case("10 MB of noise around it", _noise, _judged),
    _case("UTF-8 called GBK", partial(_bytes, "utf-8", "gbk")),
    _case("GBK called UTF-8", partial(_bytes, "gb18030", "utf-8"), _judged),
    _case("Big5 called Shift_JIS", partial(_bytes, "big5", "shift_jis"), _judged),
    _case("UTF-8 mark, GBK declared", partial(_bytes, "utf-8", "gbk", _UTF8_MARK)),
    _case("UTF-16 mark on UTF-8", partial(_bytes, "utf-8", "utf-8", _UTF16_MARK), _judged),
    _case("&# a million times", partial(_times, "&#", _MILLION)),
    _case("&amp a million times", partial(_times, "&amp", _MILLION)),
    _case("&#99999999999; 200,000 times", partial(_times, "&#99999999999;", 200_000)),
    _case("5,000 nested tables", partial(_tables, 5_000)),
    _case("the block at depth 300", partial(_times, "<div>", 300)),
    _case("the block behind 10 MB of text", partial(_behind, 10 * _MILLION)),
    _case("the block behind 1 million characters", partial(_behind, _MILLION), _cleaned),
    _case("the block after </html>", _after_the_end, _cleaned),
    *(
        _case(f"the block in <{name}>", partial(_hidden_in, f"<{name}>", f"</{name}>"), _cleaned)
        for name in ("noscript", "template", "svg", "textarea", "iframe", "select><option", "title", "xmp", "math")
    ),
    *(_case(f"the block in {name}=", partial(_attribute, name), _cleaned) for name in ("alt", "title", "value")),
    _case("100,000 open elements, 150,000 stray end tags", _stray_ends),
    _case("stray end tags that do not show in counts", _hidden_stray_ends),
    _case("200,000 style rules", _sheets),
    _case("100,000 selectors, 50 classes an element", _selectors),
    _case("50,000 style sheets after their text", _late_sheets),
    _case("a rule after 120,000 elements", _late_rules),
    _case("a million classes on an element", _classes),
    _case("100,000 inline styles", _styles),
    _case("1,000 nested iframes", partial(_nested_iframes, 1_000), _judged),
    _case("100,000 iframes", _iframes),
    _case("srcdoc in srcdoc", _srcdoc),
    _case("200,000 links to other sites", _links),
    _case("hosts of 20,000 different characters", _long_hosts),
    _case("2 million lines in <pre>", _lines_in_pre),
    _case("60,000 paragraphs all flagged", _flagged),
    _case("50,000 long titles", _long_titles),
    _case("every slow kind of markup", _every_piece),
)

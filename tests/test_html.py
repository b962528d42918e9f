"""HTML pages: paragraphs, links, hidden text, encodings, hostile input, and pages without some of their text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unstuff.errors import InputError
from unstuff.html import parsing, registrable_domain
from unstuff.page import Page, Paragraph, remove_spans

LONG = "an attribute with more than forty characters in it"
SENTENCES = {
    "gb2312": "河边的小店今天开门，老板请大家喝茶。",
    "gbk": "鄉下的老屋門前有兩棵槐樹，夏天很涼快。",
    "gb18030": "他写下“㐀”和“𠀀”两个字，没有人认识。",
    "big5": "巷口的麵店今天休息，我們改去吃飯糰。",
    "shift_jis": "駅前の小さな本屋で、古い地図を一枚買いました。",
    "euc-jp": "駅前の小さな本屋で、古い地図を一枚買いました。",
    "euc-kr": "오늘은 강가에서 오래된 책을 읽었습니다.",
    "windows-1251": "Утром мы долго шли вдоль реки и молчали.",
    "koi8-r": "Утром мы долго шли вдоль реки и молчали.",
    "windows-1252": "Le café près de l’église ouvre à 7 h — déjà.",
    "windows-1254": "Bugün şehirde güneşli bir gün, ağaçlar çiçek açtı.",
    "windows-874": "วันนี้ฝนตกทั้งวัน เราจึงอยู่บ้าน",
    "utf-8": "Smoke — дым — 烟 — 연기 😀",
}


def texts(page: Page) -> list[str]:
    return [paragraph.text for paragraph in page.paragraphs]


def read(html: bytes | str, url: str | None = None, encoding: str | None = None) -> list[str]:
    return texts(Page.from_html(html, url, encoding))


def only(html: str, url: str | None = None) -> Paragraph:
    (paragraph,) = Page.from_html(html, url).paragraphs
    return paragraph


# Paragraphs

BLOCKS = (
    "p div li td th tr dt dd option figcaption summary legend address h1 h6 blockquote section article aside nav footer"
    " header main form fieldset caption center details pre textarea button marquee noscript template"
)


def test_a_page_is_its_blocks_in_order_with_title_and_meta_first() -> None:
    page = Page.from_html(
        "<body><h1>Head</h1><p>One <b>bold</b>\n word<br>next<ul><li>a<li>b</ul>"
        "<meta name=Description content='what it  is'><meta name=keywords content='tea, cups'><title>A\n title</title>"
    )
    assert page.text == "A title\ntea, cups\nwhat it is\nHead\nOne bold word\nnext\na\nb"
    assert [p.kind for p in page.paragraphs] == ["title", "meta", "meta", *["body"] * 5]
    assert page.is_html and not page.truncated


def test_tag_paths_name_the_open_elements() -> None:
    page = Page.from_html(f"<title>t</title><div><ul><li>x</ul><img alt='{LONG}'></div>")
    assert [p.tag_path for p in page.paragraphs] == [
        "html/head/title",
        "html/body/div/ul/li",
        "html/body/div/img/@alt",
    ]


@pytest.mark.parametrize("tag", BLOCKS.split())
def test_block_elements_break_paragraphs(tag: str) -> None:
    assert read(f"a<{tag}>b</{tag}>c") == ["a", "b", "c"]


@pytest.mark.parametrize("tag", ["b", "i", "a", "span", "font", "em", "strong", "u", "small", "label", "x-own"])
def test_inline_elements_do_not(tag: str) -> None:
    assert read(f"a<{tag}>b</{tag}>c") == ["abc"]


def test_white_space_collapses_as_in_a_browser() -> None:
    assert read("<p> a\t\r\n b <i> c</i>\n<b>\nd</b>\xa0 \u3000e </p>") == ["a b c d\xa0 \u3000e"]


def test_line_breaks_count_in_preformatted_text() -> None:
    assert read("<pre>a  b\n<b>c\n\nd</b> e</pre><textarea>f\ng <b></textarea>") == ["a  b", "c", "d e", "f", "g <b>"]


def test_text_after_the_end_of_the_page_counts() -> None:
    assert read("<html><body><p>a</body></html>b<div>c</div>") == ["a", "b", "c"]


def test_scripts_styles_and_comments_are_no_text() -> None:
    assert read("a<script>var b='<p>b'</script><style>p{}</style><!-- c -->d<?php e ?>") == ["ad"]


def test_other_attributes_and_data_are_not_read() -> None:
    names = ("srcdoc", "aria-label", "placeholder", "content", "data-text")
    page = "".join(f'<iframe {name}="{LONG}"></iframe><input {name}="{LONG}">' for name in names)
    meta = f'<meta property="og:description" content="{LONG}">'
    assert read(f'{meta}<script type="application/ld+json">{{"description": "{LONG}"}}</script>{page}') == []


def test_fallback_content_is_read_as_the_markup_it_is() -> None:
    html = "<noscript><p>a</p>b</noscript><template>c</template><svg><title>d</title><text>e</text></svg>"
    assert read(html + "<iframe><a href=x>f</a></iframe><object>h</object>") == ["a", "b", "c", "d", "e", "f", "h"]
    (paragraph,) = Page.from_html("<noframes><p>g <a href=//far.com/>i</a></noframes>").paragraphs
    assert paragraph.text == "g i" and len(paragraph.links) == 1


def test_long_attributes_are_paragraphs_after_the_text_they_stand_in() -> None:
    html = f"<p>a <a title='{LONG} 1'>b</a> c<img alt='{LONG} 2'><p>d<input value='{LONG}\n3'>"
    html += f"<p value='{LONG}' title=short>e"
    assert read(html) == ["a b c", f"{LONG} 1", f"{LONG} 2", "d", f"{LONG} 3", "e"]


def test_character_references_are_decoded_and_nul_and_surrogates_replaced() -> None:
    assert read("&lt;p&gt; &#x6c38; &amp; a\0b c\ud800d") == ["<p> 永 & a\ufffdb c\ufffdd"]


@pytest.mark.parametrize(
    "html", ["", b"", " ", "\0", "<", "<!--", "<p>", b"\xff\xfe", "</", "<!doctype html>", "\ufeff"]
)
def test_a_page_without_text_has_no_paragraphs_and_no_error(html: bytes | str) -> None:
    assert not "".join(read(html)).strip("<\ufffd/")


# Links


def links(html: str, url: str | None = None) -> list[tuple[str, str, bool]]:
    page = Page.from_html(html, url)
    return [(page.text[x.start : x.end], x.target, x.outbound) for p in page.paragraphs for x in p.links]


LINKS = (
    "<p>See <a href='/a'> one </a>, <a href='https://www.far.co.uk/x?y'>two</a>, <a href=//near.com>three</a>,"
    " <a href=#top>four</a>, <a href='javascript:void(0)'>five</a>, <a href='mailto:a@far.com'>six</a>, <a name=x>-</a>"
    " <a href='http://shop.near.com:8080/'>seven</a>, <a href='\\\\FAR.com\\x'>eight</a>"
)


def test_links_are_outbound_by_registrable_domain() -> None:
    assert links(LINKS, "https://www.near.com/page") == [
        ("one", "", False),
        ("two", "far.co.uk", True),
        ("three", "", False),
        ("four", "", False),
        ("five", "", False),
        ("six", "", False),
        ("seven", "", False),
        ("eight", "far.com", True),
    ]


@pytest.mark.parametrize(
    "head", ["<base href='http://www.near.com/'>", "<link rel='canonical' href='https://near.com/page'>"]
)
def test_without_a_url_the_page_says_which_site_it_is(head: str) -> None:
    assert [target for _, target, outbound in links(head + LINKS) if outbound] == ["far.co.uk", "far.com"]


def test_of_a_page_of_unknown_site_the_target_of_half_its_links_is_its_own() -> None:
    many = "".join(f"<a href=http://{name}.near.com>{name}</a> " for name in "abcd") + "<a href=http://far.com>z</a>"
    assert [outbound for _, _, outbound in links(many)] == [False] * 4 + [True]
    with_own = many + "".join(f"<a href=/{name}>{name}</a> " for name in "abcd")
    assert [outbound for _, _, outbound in links(with_own)] == [True] * 5 + [False] * 4
    scattered = "".join(f"<a href=http://far{i}.com>{i}</a>" for i in range(5))
    assert all(outbound for _, _, outbound in links(scattered))


def test_links_without_text_and_links_in_links_leave_the_others_theirs() -> None:
    far, near = ("far.com", True), ("", False)
    html = "<a href=//far.com><img></a><p>a</p><a href=/x>b<b><a href=//far.com></a>c</b></a> <a href=/y><i></i></a>d"
    found = Page.from_html(f"<base href=//near.com>{html}").paragraphs
    assert [p.text for p in found] == ["a", "bc d"]
    assert [(link.start - found[1].start, link.end - found[1].start, *link[2:]) for link in found[1].links] == [
        (0, 1, *near),
        (1, 2, *near),
    ]
    html = "<a href=//far.com>a<div><a href=/x>b</a>c</div></a>d"
    assert links(html, "http://near.com") == [("a", *far), ("b", *near), ("c", *far)]


@pytest.mark.parametrize("around", ["{}", "<i title='{}'></i>".format("x" * 50) + "{}"])
def test_links_that_only_styles_part_have_a_space_between_them(around: str) -> None:
    html = around.format(
        "<a href=/a>one</a><a href=/b>two</a><a href=/c> three</a><a href=/d>four </a><a href=/e>5</a>!"
    )
    paragraph = Page.from_html(html).paragraphs[0]
    assert paragraph.text == "one two three four 5!"
    ends = [(link.start - paragraph.start, link.end - paragraph.start) for link in paragraph.links]
    assert [paragraph.text[start:end] for start, end in ends] == ["one", "two", "three", "four", "5"]
    start, end = ends[1]
    assert "two" not in str(remove_spans(html, [(paragraph.start + start, paragraph.start + end)]))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a href=/a>anti</a><a href=/a>virus</a>", "antivirus"),
        ("<a href=/a>a</a><b>b</b><a href=/c>c</a>", "abc"),
        ("<a href=/a>a</a><a href=/b><img></a>b", "ab"),
        ("<pre><a href=/a>a</a><a href=/b>b</a></pre>", "ab"),
    ],
)
def test_other_text_of_links_stays_as_it_is(html: str, text: str) -> None:
    assert Page.from_html(html).text == text


def test_a_link_over_several_blocks_is_a_link_in_each() -> None:
    assert links("<a href=//far.com><div>a</div><div>b <i>c</i></div></a>d", "http://near.com") == [
        ("a", "far.com", True),
        ("b c", "far.com", True),
    ]


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.example.com", "example.com"),
        ("EXAMPLE.com.", "example.com"),
        ("a.b.example.co.uk:80", "example.co.uk"),
        ("co.uk", "co.uk"),
        ("me.github.io", "me.github.io"),
        ("www.city.kobe.jp", "city.kobe.jp"),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
        ("例子.公司.cn", "xn--fsqu00a.xn--55qx5d.cn"),
        ("a.xn--fsqu00a.xn--55qx5d.cn", "xn--fsqu00a.xn--55qx5d.cn"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "[::1]"),
        ("localhost", "localhost"),
        ("a.unlisted", "a.unlisted"),
        ("", ""),
    ],
)
def test_registrable_domains_follow_the_public_suffix_list(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


# Hidden text

HIDDEN = {
    "<p style='Display : NONE !important'>": "display:none",
    "<p style='visibility:hidden'>": "visibility:hidden",
    "<p style='opacity:0'>": "opacity:0",
    "<p style='position:absolute;left:-9999px'>": "off-screen position",
    "<p style='position:fixed; top:-200em'>": "off-screen position",
    "<p style='text-indent:-9999px'>": "off-screen position",
    "<p style='margin:0 0 0 -3000px'>": "off-screen position",
    "<p style='color:transparent'>": "same colour as background",
    "<p style='color:rgba(0,0,0,0)'>": "same colour as background",
    "<p style='color:rgb(0 0 0 / 0.0%);background:red'>": "same colour as background",
    "<p style='color:hsla(1, 2%, 3%, .0)'>": "same colour as background",
    "<p style='color:#fff0'>": "same colour as background",
    "<p style='height:0;overflow:hidden'>": "zero size",
    "<p style='width:1px;height:1px;overflow:hidden'>": "zero size",
    "<p style='display:block;overflow:hidden;height:2px;width:2px;'>": "zero size",
    "<p style='font-size:0'>": "font-size:0",
    "<p style='font-size:1px'>": "font-size:0",
    "<p style='font-size:5%'>": "font-size:0",
    "<p style='font-size:.1mm'>": "font-size:0",
    "<p style='font-size:0dvh'>": "font-size:0",
    "<p style='text-indent:-20in'>": "off-screen position",
    "<p style='font:0/0 a'>": "font-size:0",
    "<p style='font:italic 700 0/1 Arial'>": "font-size:0",
    "<p style='font-size:14px;font:0 a'>": "font-size:0",
    "<div style='font-size:0'><p style='font:inherit'>": "font-size:0",
    "<div style='font-size:0'><p style='font:bold'>": "font-size:0",
    "<p style='color:#fff;background:#FFFFFF'>": "same colour as background",
    "<div style='background-color:black'><p style='color:rgb(0, 0, 0)'>": "same colour as background",
    "<body bgcolor=#ffffff><p style='color:#fefefe'>": "same colour as background",
    "<font color=white>": "same colour as background",
    "<p style='background-image:url(dark.png);background:white;color:#fff'>": "same colour as background",
    "<p style='color:#fff;background-image:none'>": "same colour as background",
    "<table bgcolor=white><tr><td background=''><p style='color:#fff'>": "same colour as background",
    "<div style='color:#fff;background:white'><p style='background:none'>": "same colour as background",
    "<div style='color:#fff;background:white'><p style='color:inherit'>": "same colour as background",
    "<div style='font-size:0'><p style='font-size:inherit'>": "font-size:0",
    "<marquee height=1 width=4>": "tiny marquee",
    "<p hidden>": "hidden attribute",
    "<style>.seo{display:none}</style><p class='a seo'>": "display:none",
    "<style>/* x */ b, .a , #f{\ntext-indent:-999em}</style><p id=f>": "off-screen position",
    "<style>blink{visibility:hidden}</style><blink>": "visibility:hidden",
    "<style>.a{display:block}.a{display:none}</style><p class=a>": "display:none",
    "<style>@import url(x.css); .a{font-size:0}</style><p class=a>": "font-size:0",
    "<style>@media print{.b{color:red}} .a{display:none}</style><p class=a>": "display:none",
    "<style><!-- .a{display:none} --></style><p class=a>": "display:none",
    "<p style='display:/*x*/none'>": "display:none",
    "<p style='background:url(/a/*b.png);display:none'>": "display:none",
    """<p style="content:'/*';display:none">""": "display:none",
    "<style>.b{content:'/*'} .a{display:none}</style><p class=a>": "display:none",
    "<style>.a{display:none!important}</style><p class=a style='display:block'>": "display:none",
    "<style>.a{display:none ! important}.a{display:block}</style><p class=a>": "display:none",
    "<style>#f{display:block}.a{display:none!important}</style><p class=a id=f>": "display:none",
    "<p style='display:none!important;display:block'>": "display:none",
    "<style>.b:after{content:'{'}.a{display:none}</style><p class=a>": "display:none",
    '<style>.b:after{content:"\\"{"}.a{display:none}</style><p class=a>': "display:none",
    "<style>@import url(a{b.css);.a{display:none}</style><p class=a>": "display:none",
    "<style>.b{background:url(';{')}.a{display:none}</style><p class=a>": "display:none",
    "<style>.b\\{{color:red}.a{display:none}</style><p class=a>": "display:none",
    "<style>.b{content:'\n}.a{display:none}</style><p class=a>": "display:none",
    "<p style='content:\"a;\";display:none'>": "display:none",
    "<p style='dis\\70 lay:n\\6fne'>": "display:none",
}
VISIBLE = (
    "<p style='display:block'>",
    "<p style='left:-9999px'>",
    "<p style='position:absolute;left:-40px'>",
    "<p style='height:0'>",
    *(
        f"<p style='height:2{unit};overflow:hidden'>"
        for unit in ["in", "cm", "mm", "pc", "vmin", "lh", "ch", "dvh", "cqh"]
    ),
    *(f"<p style='font-size:1{unit}'>" for unit in ["in", "cm", "mm", "pc", "vmax", "lh", "dvh", "cap"]),
    "<p style='font-size:100%'>",
    "<p style='height:1%;overflow:hidden'>",
    "<p style='color:#fff;background:#000'>",
    "<p style='color:#fff;background:url(dark.png)'>",
    "<p style='color:rgb(0,0,0)'>",
    "<p style='color:rgba(0,0,0,.1)'>",
    "<p style='color:#ff0'>",
    "<p style='color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text'>",
    "<p style='color:#fff;background-image:url(dark.png)'>",
    "<body bgcolor=white><p style='color:#fff;background-image:linear-gradient(red,blue)'>",
    "<div style='background:url(dark.png)'><p style='background-color:white;background:url(dark.png);color:#fff'>",
    "<p style='background:url(dark.png);background-color:white;color:#fff'>",
    "<style>.a{background-image:url(dark.png)}</style><body bgcolor=white><div class=a><font color=white>",
    "<body background=dark.gif bgcolor=white><font color=white>",
    "<table bgcolor=white><tr background=dark.gif><td><font color=white>",
    "<table bgcolor=white><tr><td background=dark.gif><font color=white>",
    "<link rel=stylesheet href=x.css><p style='color:#fff'>",
    "<body bgcolor=black><font color=white>",
    "<marquee height=100 width=400>",
    "<style>@media print{.a{display:none}}</style><p class=a>",
    "<style media=print>.a{display:none}</style><p class=a>",
    "<noscript><style>.a{display:none}</style></noscript><p class=a>",
    "<style>/*.a{display:none}*/</style><p class=a>",
    "<style>.a{display:none}.b{display:block}</style><p class='b a'>",
    "<style>.a{display:none}</style><p class=a style='display:block'>",
    "<style>.x .a{display:none}</style><p class=a>",
    "<style>.a{display:none!important}</style><p class=a style='display:block!important'>",
    "<style>.a{display:none!important;display:block!important}</style><p class=a>",
    "<style>.a{display:none}p{display:block!important}</style><p class=a>",
    "<style>.a{display:none!important}#f{display:block!important}</style><p class=a id=f>",
    "<style>.b{content:'}.a{display:none}'}</style><p class=a>",
    "<style>.b{content:'}.a{display:none}</style><p class=a>",
    "<ul style='font-size:0'><li style='font-size:14px'>",
    "<ul style='font-size:0'><li style='font:14px/20px Arial'>",
    "<ul style='font-size:0'><li style='font:italic small-caps 700 condensed 1rem Arial'>",
    "<ul style='font-size:0'><li style='font:bold calc(1px + 1em) Arial'>",
    "<ul style='font-size:0'><li style='font:menu'>",
    "<p style='font-size:0;font:400 14px a'>",
    "<p style='font:100 small a'>",
    "<div style='visibility:hidden'><p style='visibility:visible'>",
    "<wbr hidden>",
    "<embed src=a.mid hidden=true>",
    "<image hidden>",
)


@pytest.mark.parametrize("markup", HIDDEN)
def test_hidden_text_is_told_with_its_evidence(markup: str) -> None:
    assert only(markup + "slot gacor").hidden == HIDDEN[markup]


@pytest.mark.parametrize("markup", VISIBLE)
def test_what_people_see_is_not_hidden(markup: str) -> None:
    assert only(markup + "good morning").hidden == ""


def test_rules_after_it_hide_an_element_with_any_attributes() -> None:
    for attributes in ("", " title=x", " style=top:0", ' alt="x"'):
        html = f"<p class=gone{attributes}>unseen</p><p>seen</p><style>.gone{{display:none}}</style>"
        assert [p.hidden for p in Page.from_html(html).paragraphs] == ["display:none", ""]


def test_a_title_does_not_make_an_element_worth_a_look() -> None:
    for title in ("", " title=x"):
        html = f"<style>.pale{{color:#fff}} .gone{{display:none}}</style><p class=pale{title}>text</p>"
        assert Page.from_html(html).paragraphs[0].hidden == ""


def test_an_element_hidden_by_its_own_background_stays_hidden() -> None:
    html = "<p style=color:white>a<marquee bgcolor=white>unseen</marquee>b</p>c"
    assert [p.hidden for p in Page.from_html(html).paragraphs][1] == "same colour as background"
    assert Page.from_html(html).paragraphs[-1].hidden == ""


@pytest.mark.parametrize(
    ("script", "evidence"),
    [
        ('document.getElementById("x").style.display="none";', "display:none"),
        ("if(1){document.getElementById( 'x' ) .style.visibility = 'hidden';}", "visibility:hidden"),
        ("var d=document;d.getElementById('x').style.marginLeft='-9999px'", "off-screen position"),
        (
            "getElementById('x').style.height='0px';getElementById('x').style.overflow='hidden'",
            "zero size",
        ),
        ('document.getElementById("x").style.display="block";', ""),
        ('document.getElementById("other").style.display="none";', ""),
        ('function close(){document.getElementById("x").style.display="none"}', ""),
        ('b.onclick=()=>{document.getElementById("x").style.display="none"}', ""),
        ('document.getElementById("x").style.display="none}p{display:none";', ""),
    ],
)
def test_a_script_hides_by_id_at_once_and_not_from_inside_a_function(script: str, evidence: str) -> None:
    for html in (f"<p id=x>a</p><p>b</p><script>{script}</script>", f"<script>{script}</script><p id=x>a</p><p>b</p>"):
        assert [p.hidden for p in Page.from_html(html).paragraphs] == [evidence, ""]


def test_descendants_and_later_text_inherit_it() -> None:
    page = Page.from_html("a<div style='display:none'>b<p>c <i>d</i></p>e</div>f")
    assert [(p.text, p.hidden) for p in page.paragraphs] == [
        ("a", ""),
        ("b", "display:none"),
        ("c d", "display:none"),
        ("e", "display:none"),
        ("f", ""),
    ]


def test_hidden_text_in_a_sentence_stands_apart_and_empty_hidden_elements_do_not_cut_it() -> None:
    page = Page.from_html("<p>Come in<span hidden>buy here</span>, sit down<span hidden> </span> and rest.")
    assert [(p.text, p.hidden) for p in page.paragraphs] == [
        ("Come in", ""),
        ("buy here", "hidden attribute"),
        (", sit down and rest.", ""),
    ]


@pytest.mark.parametrize("tag", ["section", "article", "nav", "header", "details", "address", "div", "ul", "h2"])
def test_a_hidden_p_ends_where_browsers_end_it(tag: str) -> None:
    for start in ("<p hidden>a<b>", "<style>.h{display:none}</style><div><p class=h>a"):
        page = Page.from_html(f"{start}<{tag}>b</{tag}>c")
        assert [(p.text, bool(p.hidden)) for p in page.paragraphs] == [("a", True), ("b", False), ("c", False)]
    inside = f"<p hidden>a<button><{tag}>b</{tag}></button>c</p>d"
    assert [bool(p.hidden) for p in Page.from_html(inside).paragraphs] == [True, True, True, False]
    assert only(f"<div hidden><p><{tag}>b").hidden


def test_a_rule_that_follows_the_text_it_hides_counts() -> None:
    page = Page.from_html("<p class=seo>a</p><p>b</p><style>.seo{display:none}</style>")
    assert [p.hidden for p in page.paragraphs] == ["display:none", ""]


# Encodings


def document(label: str, sentence: str) -> str:
    head = f'<!DOCTYPE html><html><head><meta charset="{label}"><title>x</title></head>'
    return f"{head}<body><p>{sentence}</p></body></html>"


@pytest.mark.parametrize("label", SENTENCES)
def test_declared_encodings_are_followed(label: str) -> None:
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "windows-874": "cp874"}.get(label, label)
    html = document(label, SENTENCES[label]).encode(codec)
    assert read(html)[1] == SENTENCES[label]
    http_equiv = html.replace(
        f'charset="{label}"'.encode(), f'http-equiv=Content-Type content="text/html; charset={label}"'.encode()
    )
    assert read(http_equiv)[1] == SENTENCES[label]
    assert read(html.replace(b"charset=", b"data-x="), encoding=label.upper())[1] == SENTENCES[label]


@pytest.mark.parametrize("label", ["gb18030", "big5", "shift_jis", "euc-kr", "windows-1251", "utf-8"])
def test_undeclared_encodings_are_detected(label: str) -> None:
    text = SENTENCES[label].replace("“㐀”和“𠀀”两个", "这几个") * 5
    assert read(f"<p>{text}".encode(label)) == [text]


@pytest.mark.parametrize(
    ("label", "in_bytes", "text"),
    [
        ("euc-jp", b"\xad\xa1\xc0\xba\xcc\xa9\xad\xea \xfc\xe2", "①精密㈱ 髙"),
        ("iso-2022-jp", b"\x1b$B-!@:L)-j\x1b(B x\x1b$B|b\x1b(I1\x1b(B", "①精密㈱ x髙ｱ"),
        ("windows-1252", b"caf\xe9 \x81\x9d x", "café \x81\x9d x"),
        ("windows-1251", b"\xe4\xfb\xec \x98", "дым \x98"),
    ],
)
def test_what_browsers_read_beyond_a_codec_of_python_is_read_and_comes_back(
    label: str, in_bytes: bytes, text: str
) -> None:
    html = document(label, "%s</p><p>junk").encode().replace(b"%s", in_bytes)
    page = Page.from_html(html)
    assert texts(page) == ["x", text, "junk"]
    cleaned = remove_spans(html, [page.paragraphs[-1][1:3]])
    assert read(cleaned) == ["x", text]
    assert b" x" in cleaned or "x" not in text
    assert cleaned == html.replace(b"<p>junk</p>", b"") or label == "iso-2022-jp"  # its escapes may be others
    assert read(html.replace(b"charset", b"data-x"), encoding=label)[1] == text


def test_the_euro_sign_of_windows_in_gbk_survives() -> None:
    html = '<meta charset="gbk"><p>junk</p><p>%价格'.encode("gbk").replace(b"%", b"\x80")
    assert read(html) == ["junk", "€价格"]
    assert read(remove_spans(html, [(0, 4)])) == ["€价格"]


@pytest.mark.parametrize("sign", ["1", "①"])
@pytest.mark.parametrize("codec", ["euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("head", ["", "<meta charset={}>"])
def test_japanese_with_signs_of_nec_is_told_and_written(codec: str, sign: str, head: str) -> None:
    one = {"euc_jp": b"\xad\xa1", "iso2022_jp": b"\x1b$B-!\x1b(B"}[codec] if sign == "①" else b"1"
    label = codec.replace("_", "-").replace("iso", "iso-")
    lines = [SENTENCES["euc-jp"], f"{sign}精密加工", "junk"]
    html = f"{head.format(label)}<p>{lines[0]}<p>%精密加工<p>junk".encode(codec).replace(b"%", one)
    page = Page.from_html(html)
    assert texts(page) == lines
    assert read(remove_spans(html, [page.paragraphs[-1][1:3]])) == lines[:2]


def test_what_an_encoding_lacks_is_written_as_a_reference_also_beside_what_only_browsers_read() -> None:
    for label, in_bytes in (("euc-jp", b"\xad\xa1"), ("iso-2022-jp", b"\x1b$B-!\x1b(B"), ("windows-1251", b"\x98")):
        html = document(label, "%s&#x1F600;&eacute;&#x81;&#x9d;%s</p><p>junk").encode().replace(b"%s", in_bytes)
        page = Page.from_html(html)
        assert read(remove_spans(html, [page.paragraphs[-1][1:3]])) == texts(page)[:-1]


def test_utf_8_under_a_declaration_of_windows_is_read_as_utf_8_where_it_does_not_fit() -> None:
    assert read(document("windows-1252", "Í").encode())[1] == "Í"


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"),
     (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")],
)  # fmt: skip
def test_a_byte_order_mark_beats_everything(mark: bytes, codec: str) -> None:
    html = mark + document("gbk", SENTENCES["gbk"]).encode(codec)
    assert read(html, encoding="big5")[1] == SENTENCES["gbk"]
    title, text = Page.from_html(html).paragraphs
    assert read(remove_spans(html, [(title.start, title.end)])) == [text.text]


def test_a_page_of_gbk_stays_one_whatever_its_references_name() -> None:
    html = '<meta charset="gbk"><p>赌场</p><p>春天 &#x1F600; &euro;</p>'.encode("gbk")
    first, second = Page.from_html(html).paragraphs
    cleaned = remove_spans(html, [(first.start, first.end)])
    cleaned.decode("gbk")
    assert read(cleaned) == [second.text] == ["春天 😀 €"]
    wider = html.replace(b"</p>", "😀</p>".encode("gb18030"), 1)
    assert read(remove_spans(wider, [(0, 1)]))[-1] == second.text


def test_what_is_detected_can_be_declared() -> None:
    html = b"<plaintext>\x00\n\xff\xc6text>t</text></svg>"  # DOS Latin-2, by its letters
    page = Page.from_html(html)
    first, second = page.paragraphs
    left = read(remove_spans(html, [(second.start, second.end)]))
    assert left == [first.text]


def test_the_encoding_given_beats_the_one_declared() -> None:
    html = document("utf-8", SENTENCES["big5"]).encode("big5")
    assert read(html, encoding="big5")[1] == SENTENCES["big5"]


def test_utf_8_under_an_old_declaration_is_read_as_utf_8() -> None:
    assert read(document("big5", SENTENCES["gb2312"]).encode())[1] == SENTENCES["gb2312"]


@pytest.mark.parametrize("name", ["latin-99", "rot13", "idna", "punycode", "undefined", "\ud800"])
def test_an_unknown_encoding_is_named(name: str) -> None:
    with pytest.raises(InputError, match="unknown encoding"):
        Page.from_html(b"x", encoding=name)


@pytest.mark.parametrize(
    "name",
    [
        "latin-99",
        "cp037",
        "cp437",
        "unicode_escape",
        "charmap",
        "utf-7",
        "utf-32",
        "hex",
        "idna",
        "punycode",
        "undefined",
    ],
)
def test_a_page_is_not_read_by_a_codec_that_browsers_do_not_know(name: str) -> None:
    assert read(document(name, "дым").encode())[1] == "дым"
    assert read(document(name, "café").encode("latin-1"))[1] == "café"
    assert read(document(name, "café").encode("latin-1"), encoding="latin-1")[1] == "café"


# Hostile pages


def test_deep_nesting_keeps_its_text() -> None:
    page = Page.from_html("<div>" * 100_000 + "deep" + "</div>" * 100_000 + "after")
    assert texts(page) == ["deep", "after"]
    assert len(page.paragraphs[0].tag_path) < 500


@pytest.mark.parametrize(
    "html",
    [
        "<!--" * 200_000,
        "<div>x" * 50_000,
        "<a href=x>" * 20_000 + "x",
        "<style>" * 50_000,
        "<p style='" + "a:b;" * 50_000 + "'>x",
        "<style>" + "{" * 100_000,
        "<style>" + "/*" * 100_000,
        "<p>" + " " * 500_000 + "x",
        "<meta " * 100_000,
        "<" * 100_000,
        "\0" * 100_000,
        "<iframe>" * 20_000,
    ],
    ids=lambda html: html[:12],
)
def test_broken_and_repetitive_pages_are_read(html: str) -> None:
    page = Page.from_html(html)
    assert all(page.text[p.start : p.end] == p.text for p in page.paragraphs)


def test_a_page_too_costly_to_parse_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<p>first</p>" + "<b>x</b>" * 10_000 + "<p>last</p>"

    def slow_clock() -> None:
        # Each look at the clock, one a piece of the page, finds that a second has passed.
        monkeypatch.setattr(parsing, "thread_time", map(float, range(1000)).__next__)

    slow_clock()
    page = Page.from_html(html)
    assert page.truncated
    assert texts(page)[0] == "first" and "last" not in page.text
    slow_clock()
    cleaned = remove_spans(html, [(0, 5)])
    assert "first" not in cleaned and cleaned.endswith("<b>x</b><p>last</p>")


# Pages without some of their text


def without(html: str, *gone: str) -> str:
    page = Page.from_html(html)
    return remove_spans(html, [(p.start, p.end) for p in page.paragraphs if p.text in gone])


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<div><p>a</p><p>x</p></div>", "<div><p>a</p></div>"),
        ("<p>a</p><div><p><b>x</b></p></div>", "<p>a</p>"),
        ("<ul><li>a<li><a href=q>x</a></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><i></i><a href=q>x</a></ul>a", "a"),
        ("a<div>x</div>b", "a<br>b"),
        ("<p>a<br>x<br>b</p>", "<p>a<br>b</p>"),
        ("<table><tr><td>a<td>x<tr><td>x</table>", "<table><tr><td>a</td><td></td></tr></table>"),
        ("<div><img src=i>x</div>", '<div><img src="i"></div>'),
        ("<select><option>a<option>x</select>", "<select><option>a</option></select>"),
        (f"<img src=i alt='{LONG}'>a", '<img src="i">a'),
        ("<p>a<span hidden>x</span>b</p>", "<p>a<br>b</p>"),
        ("<p>a &amp; &lt;<!-- c --></p><p>x</p>", "<p>a &amp; &lt;<!-- c --></p>"),
        ("<script>a<b</script><p>x</p>a", "<script>a<b</script>a"),
        ("<textarea>a\nx</textarea>", "<textarea>a\n</textarea>"),
        (
            "<div><a href=q><img src=i alt=x>x</a></div><div>b <a href=r><img src=i></a></div>",
            '<div>b <a href="r"><img src="i"></a></div>',
        ),
        ("<a href=q><img src=i><h3>x</h3></a>a", "a"),
        ("<a href=q><picture><source srcset=j><img src=i></picture><svg><path></path></svg> x</a><p>a", "<p>a</p>"),
        ("<a href=q><img src=i>a<br><b>x</b></a>", '<a href="q"><img src="i">a<br></a>'),
        ("<a href=q><input>x</a>", '<a href="q"><input></a>'),
        (f"<a href=q><img src=i alt='{LONG}'></a>a", '<a href="q"><img src="i"></a>a'),
        ("<ul><li><img src=i> <a href=q>x</a> <a href=q><img src=i></a><li>a</ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><img src=i> x</ul><img src=j>a", '<img src="j">a'),
        (
            "<ul><li><img src=i> a</li><li><img src=i><p>x</p></ul>",
            '<ul><li><img src="i"> a</li><li><img src="i"></li></ul>',
        ),
        ("<embed src=m hidden>a<p>x</p>", '<embed src="m" hidden="">a'),
        ("<svg><image></image><text>a</text><text>x</text></svg>", "<svg><image></image><text>a</text></svg>"),
    ],
)
def test_removed_text_takes_what_held_it_alone(html: str, cleaned: str) -> None:
    assert without(f"<body>{html}", "x", LONG) == f"<html><body>{cleaned}</body></html>"


def test_head_and_the_rest_stay_as_they_are() -> None:
    html = (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>x</title><meta name="keywords" content="x">'
        '<link rel="icon" href="i"></head><body class="c"><p id="p">a</p></body></html>'
    )
    assert without(html, "x") == html.replace("<title>x</title>", "").replace('<meta name="keywords" content="x">', "")
    assert remove_spans(html, []) == html


def test_parts_of_paragraphs_can_be_removed() -> None:
    html = "<p>Come <b>in and</b> buy <a href=/>cheap  watches</a> rest.</p>"
    start = Page.from_html(html).text.index("buy")
    assert read(remove_spans(html, [(start, start + len("buy cheap watches"))])) == ["Come in and rest."]


@pytest.mark.parametrize("label", SENTENCES)
def test_bytes_come_back_in_their_encoding(label: str) -> None:
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "windows-874": "cp874"}.get(label, label)
    html = document(label, SENTENCES[label]).replace("</body>", "<p>junk</p></body>").encode(codec)
    page = Page.from_html(html)
    cleaned = remove_spans(html, [page.paragraphs[-1][1:3]])
    assert cleaned == html.replace(b"<p>junk</p>", b"")


def test_a_detected_encoding_is_declared_when_the_rest_does_not_show_it() -> None:
    html = ("<html><body><p>caf\xe9</p><p>" + SENTENCES["windows-1251"] * 9 + "</p></body></html>").encode(
        "windows-1251", "ignore"
    )
    page = Page.from_html(html)
    for paragraph in page.paragraphs:
        cleaned = remove_spans(html, [paragraph[1:3]])
        assert read(cleaned) == [p.text for p in page.paragraphs if p != paragraph]


def test_what_is_left_stays_as_it_was_read_where_it_is_utf_8_by_chance() -> None:
    html = b'<meta charset="windows-1252"><body><p>\xe8\x82\x83\xe5\x8d\x97</p><p>\xff\xff junk</p></body>'
    kept, junk = Page.from_html(html).paragraphs
    assert kept.text == "è‚ƒå\x8d—"
    assert read(remove_spans(html, [junk[1:3]])) == [kept.text]


TAGS = (
    "<p> </p> <div> </div> <b> </b> <span> </span> <li> <ul> </ul> <td> <tr> <table> </table> <br> <pre> </pre> <h1>"
    " <hr> <title> </title> <noscript> <iframe> </iframe> <textarea> </textarea> <option> <select> <wbr> <plaintext>"
    " <input> <xmp> </xmp> <noframes> </noframes> <template> <svg> </svg> </body> </html> <body> <head> <form>"
)
TEXTS = [
    "foo",
    "bar ",
    " baz",
    "x\ny",
    " ",
    "\n",
    "a&amp;b",
    "&lt;i&gt;",
    "\u2028",
    "中文|列表",
    "&#13;",
    "<",
    "&",
    "\0",
    "\xa0",
]
PIECES = st.one_of(
    st.sampled_from(TAGS.split()),
    st.sampled_from(
        [
            "<a href=/x>", "</a>", "<span hidden>", "<p class=h>", "<style>.h{display:none}</style>", "<!-- c -->",
            f"<img alt='{LONG} &amp; &quot;'>", f"<b title='{LONG}'>", f"<input value='{LONG} 2'>", "<?php x ?>",
            "<meta name=keywords content='k, l'>", "<script>'<p>x'</script>", "<p/>", "<iframe/>", "<!doctype html>",
            "<div style='font-size:0'>", "<font color=white>", "<img src=i>", "<section>", "<embed>",
        ]
    ),
    st.sampled_from(TEXTS),
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=16).map("".join)


@settings(max_examples=300, deadline=None)
@given(PAGES, st.data())
def test_read_again_a_cleaned_page_has_exactly_the_other_paragraphs(html: str, data: st.DataObject) -> None:
    page = Page.from_html(html)
    kept, spans = [], []
    for paragraph in page.paragraphs:
        if data.draw(st.booleans()):
            spans.append((paragraph.start, paragraph.end))
        else:
            kept.append(paragraph.text)
    assert read(remove_spans(html, spans)) == kept


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_offsets_of_html_slice_the_text_they_claim(html: str) -> None:
    page = Page.from_html(html)
    assert page.text == "\n".join(texts(page))
    assert [p[:3] for p in page.paragraphs] == [p[:3] for p in Page.from_text(page.text).paragraphs]
    for paragraph in page.paragraphs:
        ends = [paragraph.start, *(x for link in paragraph.links for x in link[:2]), paragraph.end]
        assert ends == sorted(ends) and all(start < end for start, end, _, _ in paragraph.links)


HAND_WRITTEN = """<!DOCTYPE html>
<html lang="zh"><head><meta charset="{label}"><title>河边的茶馆</title>
<meta name="description" content="一家小茶馆的故事"></head>
<body><h1>河边的茶馆</h1>
<p>老板每天六点<em>开门</em>，先烧一壶水。</p>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/about">关于</a></li></ul>
{block}
<p>客人不多，<a href="/map">路也不好找</a>。</p></body></html>
{block}"""
BLOCK = '<div style="display:none"><a href="http://a.example/">甲县论坛</a>| <a href="http://b.example/">乙市论坛</a>|</div>'


@pytest.mark.parametrize("label", ["utf-8", "gb18030"])
def test_an_injected_block_goes_and_nothing_else(label: str) -> None:
    html = HAND_WRITTEN.format(label=label, block=BLOCK).encode(label)
    clean = HAND_WRITTEN.format(label=label, block="").encode(label)
    found = [p for p in Page.from_html(html).paragraphs if p.hidden]
    assert len(found) == 2
    cleaned = remove_spans(html, [(p.start, p.end) for p in found])
    assert read(cleaned) == read(clean)
    assert "论坛" not in cleaned.decode(label) and BLOCK not in cleaned.decode(label)


def test_a_page_that_markupsafe_marks_as_safe_is_not_escaped() -> None:
    markup = pytest.importorskip("markupsafe").Markup
    html, spans = "<p>first<p>second", [(0, 5)]
    assert remove_spans(markup(html), spans) == remove_spans(html, spans) != html

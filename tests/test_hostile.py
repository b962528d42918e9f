"""Hostile documents: caps, windows, what is cut is said and kept. Costs are measured by ``python -m tests.hostile``."""

import gzip
import json
import os
import pickle
from dataclasses import fields, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench import prose
from tests.hostile.__main__ import CASES, main
from tests.hostile.promises import CLEAN, LIST, judge
from tests.test_cli import run, written
from unstuff import Caps, Filter, InputError, Page
from unstuff import windows as windowing
from unstuff.caps import DEFAULT, parsed, told
from unstuff.html import css, encoding, sites
from unstuff.page import remove_spans

SMALL = Caps(document_chars=300, document_paragraphs=6)
GLUED = "\n".join(prose.place_list(Random(i), 9, "") for i in range(60))


@pytest.fixture(scope="module")
def scorer() -> Filter:
    return Filter()


# caps


@pytest.mark.parametrize("name", [cap.name for cap in fields(Caps)])
def test_every_cap_is_set_by_name_and_told_with_its_option(name: str) -> None:
    assert getattr(parsed([f"{name}=7"]), name) == 7
    assert parsed([]) == DEFAULT
    assert f"--cap {name}=N" in told([name])


@pytest.mark.parametrize("setting", ["depth=3", "document_chars", "document_chars=many", "document_chars=0"])
def test_caps_that_cannot_be_used_say_so(setting: str) -> None:
    with pytest.raises(InputError, match="cap "):
        parsed([setting])


def test_no_real_page_comes_near_a_cap() -> None:
    folder = Path(os.environ.get("UNSTUFF_DATA", "no data"), "html")
    if not folder.is_dir():
        pytest.skip("needs UNSTUFF_DATA")
    tenth = replace(
        DEFAULT, **{cap.name: getattr(DEFAULT, cap.name) // 10 for cap in fields(Caps) if cap.name != "parse_s"}
    )
    n = 0
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                page = Page.from_html(json.loads(line)["html"], caps=tenth)
                assert page.cut_by == () and len(page.text) < windowing.WINDOW_CHARS
                n += 1
    assert n > 600


# text


def test_text_beyond_a_cap_is_not_looked_at_and_said() -> None:
    lines = [f"第{i}行的内容。" for i in range(10)]
    page = Page.from_text("\n".join(lines), Caps(document_paragraphs=6))
    assert ([p.text for p in page.paragraphs], page.cut_by) == (lines[:6], ("document_paragraphs",))
    page = Page.from_text("\n".join(lines), Caps(document_chars=20))
    assert (page.looked_at, page.cut_by) == (page.text[:20], ("document_chars",))
    assert Page.from_text("\n".join(lines) + "\n \n", Caps(document_paragraphs=10)).cut_by == ()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([CLEAN, LIST, "", " \t", "\r", "县"]), max_size=9), st.integers(1, 900))
def test_cleaning_a_cut_text_keeps_all_that_was_not_read(lines: list[str], n_chars: int) -> None:
    text = "\n".join(lines)
    scorer = Filter(caps=Caps(document_chars=n_chars))
    cleaned = scorer.clean_text(text)
    assert cleaned.endswith(text[n_chars:].lstrip(" \t\r\n"))
    assert cleaned == scorer.clean_text(text[:n_chars]) + text[n_chars:] or len(cleaned) > len(text) - n_chars - 2


# windows


def test_a_document_up_to_a_window_is_scored_as_a_whole(scorer: Filter, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([CLEAN, LIST, *["县城新闻"] * 9, GLUED])
    expected = scorer.score_text(text, reasons=True)
    monkeypatch.setattr(windowing, "WINDOW_CHARS", len(text))
    assert scorer.score_text(text, reasons=True) == expected


def test_a_long_document_is_judged_in_windows_to_its_end(scorer: Filter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowing, "WINDOW_CHARS", 2000)
    lines = [CLEAN, LIST, CLEAN] * 30
    page = Page.from_text("\n".join(lines))
    judged = judge(page)
    assert [verdict.found for verdict in judged.verdicts] == [False, True, False] * 30
    assert not judged.page.truncated
    assert list(scorer.score_pages([page, Page.from_text(LIST), page])) == [
        judged.verdicts,
        scorer.score_text(LIST),
        judged.verdicts,
    ]


def test_every_paragraph_is_in_one_window_or_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowing, "WINDOW_CHARS", 100)
    page = Page.from_text("\n".join("县" * n for n in (1, 60, 60, 350, 3, 100, 101, 2)))
    found = list(windowing.windows(page.paragraphs))
    assert [(first, [len(p.text) for p in paragraphs]) for first, paragraphs in found] == [
        (0, [1, 60]), (2, [60]), (3, [100]), (3, [100]), (3, [100]), (3, [50]), (4, [3]), (5, [100]),
        (6, [100]), (6, [1]), (7, [2]),
    ]  # fmt: skip
    assert all(page.text[p.start : p.end] == p.text for _, paragraphs in found for p in paragraphs)


def test_a_paragraph_longer_than_a_window_has_one_verdict_from_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowing, "WINDOW_CHARS", len(CLEAN))
    page = Page.from_text(f"{CLEAN * 3}{LIST[: len(CLEAN)]}{CLEAN}\n{CLEAN}")
    long, short = judge(page).verdicts
    assert (long.start, long.end, long.text) == (0, 5 * len(CLEAN), page.paragraphs[0].text)
    assert long.found and long.reasons and not short.found
    assert long.spans[0][0] >= 3 * len(CLEAN) - 20 and long.spans[-1][1] <= 4 * len(CLEAN) + 20


def test_found_only_gives_the_same_verdicts_on_blocks_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowing, "WINDOW_CHARS", len(CLEAN))
    texts = ["", CLEAN, LIST, "\n".join([CLEAN, LIST, CLEAN, LIST]), f"{CLEAN * 3}{LIST[: len(CLEAN)]}{CLEAN}\n{LIST}"]
    scorer = Filter(caps=Caps(explained_paragraphs=1))
    pages = [Page.from_text(text) for text in texts]
    for reasons in (False, True):  # of content, which is not asked for
        found = scorer.judge_pages(pages, reasons=reasons, found_only=True)
        for judged, whole in zip(found, scorer.judge_pages(pages), strict=True):
            assert judged.verdicts == [verdict for verdict in whole.verdicts if verdict.found]
            assert judged.page == whole.page
    n_found = [len(verdicts) for verdicts in scorer.score_texts(texts, found_only=True)]
    assert n_found == [0, 0, 1, 2, 2]


def test_words_are_cut_up_to_the_cap_of_a_long_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windowing, "WINDOW_CHARS", 500)
    page = Page.from_text(GLUED)
    assert next(Filter().judge_pages([page])).page.cut_by == ()
    assert next(Filter(caps=Caps(word_chars=100)).judge_pages([page])).page.cut_by == ("word_chars",)


def test_reasons_are_given_up_to_the_cap_of_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    page, other = Page.from_text("\n".join([CLEAN, LIST] * 5)), Page.from_text("\n".join([LIST, CLEAN]))
    scorer = Filter(caps=Caps(explained_paragraphs=2))
    for _ in range(2):
        first, second = scorer.judge_pages([page, other])
        assert [bool(v.reasons) for v in first.verdicts if v.found] == [True, True, False, False, False]
        assert (first.page.cut_by, second.page.cut_by) == (("explained_paragraphs",), ())
        assert [v.found for v in second.verdicts] == [True, False] and second.verdicts[0].reasons
        monkeypatch.setattr(windowing, "WINDOW_CHARS", len(page.text) - 1)


def test_caps_travel_with_a_filter() -> None:
    assert pickle.loads(pickle.dumps(Filter(caps=SMALL))).caps == SMALL


# html

BLOCK = f"<p>{LIST}</p>"
CUT = {
    "document_chars": (Caps(document_chars=len(CLEAN) + 9), f"<p>{CLEAN}{BLOCK}"),
    "document_paragraphs": (Caps(document_paragraphs=2), f"<p>a<p>b<p>c{BLOCK}"),
    "markup_chars": (Caps(markup_chars=200), f"<p>{CLEAN}{'<b>x</b>' * 99}{BLOCK}"),
    "markup_tags": (Caps(markup_tags=2000), f"{'<b>x</b>' * 2000}{BLOCK}"),
    "end_tag_steps": (Caps(end_tag_steps=10**5), f"{'<b>' * 2000}{'</i>' * 3000}{BLOCK}"),
    "style_chars": (Caps(style_chars=10), f"<style>.a{{color:red}}.b{{display:none}}</style>{BLOCK}"),
}


@pytest.mark.parametrize("name", CUT)
def test_a_page_beyond_a_cap_is_cut_and_says_by_which(name: str) -> None:
    caps, html = CUT[name]
    page = Page.from_html(html, caps=caps)
    assert page.cut_by == (name,)
    assert Page.from_html(html.encode(), caps=caps).cut_by == (name,)
    assert all(page.text[p.start : p.end] == p.text for p in page.paragraphs)
    assert Page.from_html(html).cut_by == ()


def test_lines_of_preformatted_text_are_cut_where_the_cap_is() -> None:
    caps = Caps(document_paragraphs=50)
    for html in (
        "<pre>" + "\n" * 900 + "a\n" * 50,
        "<pre>" + "\n<a href=b>a</a>" * 50,
        "a<br>" * 50,
        "<p title=b>a\u2028" * 50,
    ):
        assert (len(Page.from_html(html, caps=caps).paragraphs), Page.from_html(html, caps=caps).cut_by) == (50, ())
        page = Page.from_html(html + "<p>b", caps=caps)
        assert (len(page.paragraphs), page.cut_by) == (50, ("document_paragraphs",))


def test_deep_markup_that_is_closed_again_is_no_stray_end() -> None:
    assert not Page.from_html("<div>" * 50_000 + "x" + "</div>" * 50_000, caps=Caps(end_tag_steps=10**8)).truncated


def test_iframes_are_counted_as_the_parsers_they_need() -> None:
    assert Page.from_html("<iframe>x</iframe>" * 2000, caps=Caps(markup_tags=10_000)).truncated


@pytest.mark.parametrize(
    "html",
    [
        "<p>first</p><p>second</p><b>third</b>",
        "<div><p>first</p><img alt='a > b < c'><p>second",
        "<p>first</p><script>if (a < b) { c() }</script><p>second</p>",
        "<p>first</p><!-- a <b> --><p>second &amp; third &#x4E00; x</p>",
        "<p>first</p><textarea>a <b> c</textarea><title>d</title>second",
        "<p>first</p><iframe><p>inner</p></iframe><style>.a{}</style>second",
        "<p>first</p><table><tr><td>a<td>b</table><ul><li>c<li>d</ul>",
    ],
)
def test_markup_that_was_not_read_is_kept_as_it_was(html: str) -> None:
    whole = Page.from_html(html).text.split("\n")
    for n in range(12, len(html)):
        caps = Caps(markup_chars=n)
        for page in (html, html.encode()):
            cleaned = remove_spans(page, [(0, 5)] if not n % 2 else [], caps=caps)
            text = cleaned.decode() if isinstance(cleaned, bytes) else cleaned
            if isinstance(page, str):
                assert text == html or text.endswith(html[n:])
            left = [line for line in whole if line != "first"]
            # A paragraph that the cut went through may come in two.
            joined = "".join(Page.from_html(cleaned).text.split())
            assert all("".join(line.split()) in joined for line in left), (n, text)


def test_bytes_beyond_the_cap_are_neither_decoded_nor_lost() -> None:
    for codec in ("utf-8", "gb18030", "utf-16"):
        html = f"<meta charset={codec}><p>{LIST}</p><p>{CLEAN * 400}</p>".encode(codec)
        caps = Caps(markup_chars=1000)
        page = Page.from_html(html, caps=caps)
        assert page.cut_by == ("markup_chars",) and page.text.startswith(LIST)
        cleaned = remove_spans(html, [(0, len(LIST))], caps=caps)
        assert isinstance(cleaned, bytes) and len(cleaned) < len(html)
        assert LIST not in Page.from_html(cleaned).text and CLEAN * 390 in Page.from_html(cleaned).text


def test_a_cut_page_is_the_beginning_of_the_whole_one() -> None:
    html = f"<title>t</title>{BLOCK}" + f"<p>{CLEAN}<a href=//a.example.com>县</a></p>" * 50
    whole = Page.from_html(html)
    for n in range(1, len(whole.text), 97):
        page = Page.from_html(html, caps=Caps(document_chars=n))
        assert whole.text.startswith(page.text)
        assert page.truncated and sum(len(p.text) for p in page.paragraphs) == n
        assert all(p.start <= link.start < link.end <= p.end for p in page.paragraphs for link in p.links)


def test_a_comment_without_end_and_spaces_without_end_hide_no_encoding() -> None:
    declared = "<meta charset=gbk>县城".encode("gbk")
    for before in (b"<!-- a", b"<!--a--><!--b-->", b"<meta " * 9, b"<meta charset" + b" " * 99):
        assert encoding.sniff(before + b" " + declared) == "gb18030"
    assert encoding.sniff(b"<!--" + declared + b"-->") != "gb18030"


def test_what_is_too_long_for_a_host_is_none() -> None:
    assert sites.host("http://" + "a" * 255 + "/") == "a" * 255
    assert sites.host("http://" + "".join(map(chr, range(0x4E00, 0x5E00)))) == ""
    assert sites.host("http://" + "a." * 9000 + "com") == ""


def test_style_sheets_of_many_selectors_are_read() -> None:
    assert len(css.simple_rules(",".join(f".c{i}" for i in range(5000)) + "{display:none}")[0][0]) == 5000


# command line

LONG = f"{LIST}\n" + f"{CLEAN}\n" * 5


def test_score_says_what_it_cut_and_writes_the_object_of_the_document(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", LONG)
    result = run("score", "--cap", "document_paragraphs=2", path)
    *verdicts, last = (json.loads(line) for line in result.stdout.splitlines())
    assert len(verdicts) == 2
    assert last["page"] == {"n_paragraphs": 2, "n_flagged": 1, "mirror": None, "truncated": True}
    assert "a.txt: was not looked at to its end" in result.stderr
    assert "--cap document_paragraphs=N" in result.stderr
    assert result.exit_code == 0
    assert run("score", "-q", "--cap", "document_paragraphs=2", path).stderr == ""
    assert '"page":{' not in run("score", path).stdout


@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")])
def test_documents_that_were_cut_are_counted(tmp_path: Path, jobs: tuple[str, ...]) -> None:
    path = written(tmp_path / "a.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in (LONG, "b", LONG)))
    result = run("score", *jobs, "-v", "--cap", "document_paragraphs=2", path)
    assert "2 of 3 documents were not looked at to their end" in result.stderr
    assert "cut documents 2" in result.stderr


def test_clean_keeps_what_lies_beyond_the_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", f"{LONG}{LIST}\n")
    result = run("clean", "--cap", "document_paragraphs=3", path)
    assert result.stdout == f"{CLEAN}\n" * 5 + f"{LIST}\n"
    assert "was not looked at to its end" in result.stderr
    page = written(tmp_path / "a.html", f"<html><body>{BLOCK}<p>{CLEAN}</p>" + f"<p>{CLEAN}</p>{BLOCK}" * 9)
    cleaned = run("clean", "--cap", f"markup_chars={len(LIST) + 40}", page).stdout
    assert (cleaned.count(LIST), cleaned.count(CLEAN)) == (9, 10)


def test_markup_that_cannot_be_taken_out_of_a_cut_page_is_not_said_to_be_gone(tmp_path: Path) -> None:
    html = f"<html><body>{BLOCK}<script>a < b</script>{BLOCK}"
    page, removed = written(tmp_path / "a.html", html), tmp_path / "removed.jsonl"
    for n, n_left in ((html.index("a < b") + 2, 2), (html.index("<script>"), 1)):
        result = run("clean", "--cap", f"markup_chars={n}", "--removed", removed, page)
        assert result.stdout.count(LIST) == n_left
        assert len(removed.read_text("utf-8").splitlines()) == (0 if n_left == 2 else 2)


def test_explain_and_report_say_what_was_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", LONG)
    assert "--cap document_paragraphs=N" in run("explain", "--cap", "document_paragraphs=2", path).stdout
    out = tmp_path / "report.html"
    assert run("report", "--cap", "document_paragraphs=2", path, "-o", out).exit_code == 0
    assert "--cap document_paragraphs=N" in out.read_text("utf-8")


def test_an_unknown_cap_is_a_usage_error(tmp_path: Path) -> None:
    result = run("score", "--cap", "depth=3", written(tmp_path / "a.txt", "a"))
    assert result.exit_code == 2 and "cap 'depth' is unknown; there are document_chars" in result.stderr


def test_a_word_that_no_case_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no such case"]) == 2
    assert CASES[0].name in capsys.readouterr().err

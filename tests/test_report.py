"""What the report's file holds, and what it never lets through. How it behaves in a browser: test_report_browser.py."""

import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from unstuff import Page, Reason, Verdict
from unstuff.cli import main
from unstuff.report import Limits, Made, Report
from unstuff.sources import Document, JsonField, Source
from unstuff.sources import Result as Scored

DATA = Path(__file__).parent / "data"
MADE = Made("1.0", "a-model", "abc", "balanced", 0.5)
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<!-- <script>",
    "]]>",
    "nul \0 bidi \u202e escape \x1b[2J separator \u2028",
    "lone \ud800 surrogate \udfff",
    "${made} $overview",
]


def verdict(text: str, n: int = 0, found: bool = False, score: float | None = None, **other: Any) -> Verdict:
    score = (0.9 if found else 0.1) if score is None else score
    label = "keyword_block" if found else "content"
    reasons = (Reason("list_form", 2.0, f"items of {text}"), Reason("page", -1.0, "in the middle")) if found else ()
    fields = {"spans": ((0, len(text)),) if found else (), "kind": "text", "hidden": False, **other}
    return Verdict(
        n, 0, len(text), fields["spans"], fields["kind"], fields["hidden"], label, score, score, reasons, text
    )


def scored(name: str, verdicts: Iterable[Verdict], url: str | None = None) -> Scored:
    verdicts = list(verdicts)
    page = Page.from_text("\n".join(one.text for one in verdicts))
    source = Source("a.jsonl", None, Path("a.jsonl"))
    return Scored(Document(name, source, b"", JsonField(b"", "text", page.text, False, url), url=url), page, verdicts)


def unread(name: str, error: str) -> Scored:
    return Scored(Document(name, Source(name, None, Path(name)), b"x", None, error), None, ())


def written(results: Iterable[Scored], limits: Limits | None = None, made: Made = MADE) -> str:
    spool, out = io.BytesIO(), io.BytesIO()
    report = Report(spool, limits or Limits(), made)
    for result in results:
        report.add(result)
    report.write(out)
    return out.getvalue().decode()


def stored(html: str) -> dict[str, Any]:
    """The data in a report, by the names of its elements."""
    found = re.findall(r'<script type="application/json" id="([^"]*)">([^<]*)</script>', html)
    return {name: json.loads(value) for name, value in found}


def rows(html: str) -> list[dict[str, Any]]:
    index = stored(html)["index"]
    return [dict(zip(index["columns"], row, strict=True)) for row in index["rows"]]


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["report", *map(str, arguments)], input=stdin)


def test_hostile_text_stays_inside_its_data() -> None:
    texts = [*HOSTILE, *HOSTILE]
    verdicts = [verdict(text, n, found=n >= len(HOSTILE)) for n, text in enumerate(texts)]
    html = written([scored(text, verdicts, url=f"http://h.example/{text}") for text in HOSTILE])
    assert html.count("<script") == 2 + len(HOSTILE)  # the index, the page's own, one a document
    assert html.count("</script") == html.count("<script")
    assert "<!--" not in html
    assert "alert(1)</script>" not in html
    assert not set("\0\u202e\x1b\u2028") & set(html)
    assert "alert" not in re.sub(r'<script type="application/json".*', "", html)
    shown = stored(html)["page-0"]
    assert shown[0]["text"] == ["<script>alert(1)</script>"]
    assert shown[len(HOSTILE)]["text"] == [["<script>alert(1)</script>"]]
    assert shown[4]["text"] == ["nul \\x00 bidi \\u202e escape \\x1b[2J separator "]
    assert shown[5]["text"] == ["lone \\ud800 surrogate \\udfff"]


def test_hostile_hosts_and_errors_are_escaped_in_the_overview() -> None:
    html = written([scored("a", [verdict("x", found=True)], "http://<b>&\u202e.example/"), unread("<i>", "<u>bad</u>")])
    overview = html.split('id="overview"')[1].split('id="list"')[0]
    assert "<b>" not in overview
    assert "&lt;b&gt;&amp;\\u202e.example" in overview
    assert "<u>" not in html
    assert rows(html)[1]["error"] == "<u>bad</u>"


def test_nothing_is_loaded_and_only_its_own_script_runs() -> None:
    html = written([scored("a", [verdict("x")])])
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert len(policy) == 1
    assert policy[0].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[0]
    assert not re.findall(r"https?:|url\(|@import|innerHTML|HTML\(|eval|import\(|fetch", html)
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", html, flags=re.S)
    assert not re.findall(r"\ssrc=|\sstyle=|\son\w+=|<link", markup)
    assert set(re.findall(r'\shref="([^"]*)"', markup)) == {"#"}


def test_figures_count_every_document() -> None:
    html = written(
        [
            scored("a", [verdict("一", 0), verdict("二", 1, found=True, score=1.0)], "http://one.example/"),
            scored("b", [verdict("一", 0)], "http://one.example/2"),
            unread("c", "no such file or folder"),
        ]
    )
    figures = dict(re.findall(r"<dt>([^<]*)</dt><dd>(\d+)", html))
    assert figures == {
        "documents": "3", "with keyword blocks": "1", "paragraphs": "3", "keyword blocks": "1",
        "look like mirrors": "0", "could not be read": "1",
    }  # fmt: skip
    assert "0.10 to 0.15</th><td>2</td>" in html
    assert "0.95 to 1.00</th><td>1</td>" in html
    assert "list_form</th><td>1</td>" in html
    assert "one.example</th><td>1 of 2</td><td>1</td>" in html
    assert [(row["id"], row["blocks"], row["error"]) for row in rows(html)] == [
        ("a", 1, ""), ("b", 0, ""), ("c", 0, "no such file or folder"),
    ]  # fmt: skip
    assert rows(html)[0]["reason"] == "list_form"


def test_a_block_without_reasons_is_named_as_the_summary_of_a_run_names_it() -> None:
    html = written([scored("a", [verdict("一", found=True)._replace(reasons=())])])
    assert rows(html)[0]["reason"] == "no reason"
    assert "no reason</th><td>1</td>" in html


def test_only_the_injected_part_is_marked() -> None:
    one = verdict("正文 甲县| 乙县| 正文", found=True, spans=((3, 10),))
    (paragraph,) = stored(written([scored("a", [one])]))["page-0"]
    assert paragraph["text"] == ["正文 ", ["甲县| 乙县|"], " 正文"]
    assert paragraph["reasons"] == [["list_form", 2.0, "items of 正文 甲县| 乙县| 正文"]]


def test_what_is_left_out_is_counted_and_names_its_option() -> None:
    long = [verdict("甲" * 100, n, found=n in (5, 6)) for n in range(10)]
    limits = Limits(max_pages=3, max_paragraphs=4, content_chars=30, block_chars=60)
    html = written((scored(str(i), long) for i in range(5)), limits)
    for said in (
        "documents beyond the first 3: 2 (--max-pages)",
        "of them with keyword blocks: 2 (--found-only lists no others)",
        "paragraphs of pages with more than 4: 18 (--max-paragraphs)",
        "characters of content longer than 30: 420 (--content-chars)",
        "characters of keyword blocks longer than 60: 240 (--block-chars)",
    ):
        assert f"<li>{said}</li>" in html
    data = stored(html)
    assert [one["n"] for one in data["page-0"]] == [0, 1, 5, 6]
    assert [one["cut"] for one in data["page-0"]] == [70, 70, 40, 40]
    assert len(data) == 4
    assert "<dt>documents</dt><dd>5" in html
    assert "Left out" not in written([scored("a", [verdict("甲")])])


def test_texts_beyond_the_budget_are_left_out_but_listed() -> None:
    html = written((scored(str(i), [verdict("甲" * 200)]) for i in range(3)), Limits(max_mb=0))
    assert "<li>texts of documents, once 0 MB were full: 3 (--max-mb)</li>" in html
    assert len(rows(html)) == 3
    assert list(stored(html)) == ["index"]


def test_hosts_come_from_addresses_and_names_that_are_addresses() -> None:
    results = [
        scored("a", [verdict("x")], "http://WWW.One.example:8080/a"),
        scored("https://two.example/b", [verdict("x")]),
        scored("//folder/page.html", [verdict("x")]),
        scored("c", [verdict("x")], "javascript:alert(1)"),
    ]
    assert [row["host"] for row in rows(written(results))] == ["www.one.example", "two.example", "", ""]


def test_found_only_lists_blocks_and_errors() -> None:
    results = [scored("a", [verdict("x")]), scored("b", [verdict("y", found=True)]), unread("c", "broken")]
    html = written(results, Limits(found_only=True))
    assert [row["id"] for row in rows(html)] == ["b", "c"]
    assert "<dt>documents</dt><dd>3" in html
    assert "(--found-only)" in html


def test_no_documents_and_no_hosts() -> None:
    html = written([])
    assert "No paragraphs." in html
    assert "No keyword blocks." in html
    assert "(--url-key)" in html
    assert rows(html) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_that_reading_needs(scheme: str) -> None:
    style = written([]).split("<style>")[1].split("</style>")[0]
    light, dark = re.findall(r":root \{(.*?)\}", style, re.S)[:2]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))
    pairs = [(name, back) for name in ("front", "faint", "warn") for back in ("back", "panel")]
    for front, back in [*pairs, ("link", "back"), ("mark-front", "mark")]:
        assert contrast(colours[front], colours[back]) >= 4.5, (front, back)
    assert contrast(colours["bar"], colours["back"]) >= 3
    assert contrast(colours["focus"], colours["back"]) >= 3


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours as WCAG 2 defines it."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_command_writes_equal_bytes_and_its_exit_codes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    assert run(DATA, "-o", one).exit_code == 0
    assert run(DATA, "-o", two).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    found = {row["id"]: row for row in rows(one.read_text("utf-8"))}
    assert found[str(DATA / "town_news.html")]["blocks"] == 1
    assert found["notice"]["host"] == "school.example"
    assert run("--fail-on-found", DATA / "town_news.txt", "-o", one).exit_code == 1
    missing = run(tmp_path / "missing.txt", DATA / "town_news.txt", "-o", one)
    assert missing.exit_code == 2
    assert rows(one.read_text("utf-8"))[0]["error"] == "no such file or folder"
    assert run("-", stdin="x").stdout.startswith("<!DOCTYPE html>")


def test_the_command_does_not_write_over_its_input(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>text</p>", "utf-8")
    result = run(page, "-o", page)
    assert result.exit_code == 2
    assert "is an input too" in result.stderr
    assert page.read_text("utf-8") == "<p>text</p>"

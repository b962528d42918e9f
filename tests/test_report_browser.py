"""The report in a real browser: opened, sorted, filtered, read by keyboard; hostile text stays text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.browser import alerted, chromium, emulate, press, run, wait
from unstuff.cli import main

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["chromium"]

BLOCK = Path(__file__).parent.joinpath("data", "town_news.txt").read_text("utf-8").strip().splitlines()[-1]
ALERT = "<script>alert(1)</script>"
HOSTILE = f"{ALERT}\n</script>{ALERT}\n<img src=x onerror=alert(2)>\n{BLOCK}"
PAGES = [
    {"id": "plain", "url": "http://www.harbour.example/", "text": "The crane is out of use.\nA cable comes on Monday."},
    {"id": ALERT, "url": f"http://{ALERT}.example/", "text": HOSTILE},
    {"id": "two", "url": "http://news.example/2", "text": f"{BLOCK}\n新馆昨天开放。\n{BLOCK}<b>{ALERT}"},
    *({"id": f"log {i}", "text": f"Week {i}: two boats came in on Tuesday."} for i in range(100, 210)),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    pages = "".join(json.dumps(page) + "\n" for page in PAGES)
    (folder / "pages.jsonl").write_text(pages + "{broken\n", "utf-8")
    page = folder / "report.html"
    CliRunner().invoke(main, ["report", str(folder / "pages.jsonl"), "-o", str(page)])
    return page.as_uri()


@pytest.fixture
def report(chromium: Chrome, address: str) -> Iterator[Chrome]:
    emulate(chromium, 1280, "light")
    chromium.get("about:blank")
    chromium.get(address)
    yield chromium
    assert chromium.get_log("browser") == []
    assert not alerted(chromium)


def names(chromium: Chrome) -> list[str]:
    return list(run(chromium, "return [...document.querySelectorAll('#rows a')].map(a => a.textContent)"))


def click(chromium: Chrome, selector: str) -> None:
    chromium.find_element("css selector", selector).click()


def test_it_opens_with_the_worst_documents_first(report: Chrome) -> None:
    assert names(report)[:3] == ["two", ALERT, "plain"]
    assert len(names(report)) == 50
    assert report.find_element("id", "count").text == "114 documents"
    assert report.find_element("css selector", ".figures").text.split("\n")[:4] == [
        "documents", "114", "with keyword blocks", "2 1.75 %",
    ]  # fmt: skip


def test_it_sorts_and_says_so(report: Chrome) -> None:
    header = report.find_element("css selector", "th[data-column=id]")
    assert header.get_attribute("aria-sort") == "none"
    click(report, "th[data-column=id] button")
    assert header.get_attribute("aria-sort") == "ascending"
    assert names(report)[2:4] == ["log 100", "log 101"]
    click(report, "th[data-column=id] button")
    assert header.get_attribute("aria-sort") == "descending"
    assert names(report)[:3] == ["two", "plain", "log 209"]
    click(report, "#later")
    assert names(report)[0] == "log 161"
    assert report.find_element("id", "place").text == "51 to 100 of 114"


def test_it_filters_by_words_and_state(report: Chrome) -> None:
    query = report.find_element("id", "query")
    query.send_keys("LOG 20")
    assert names(report) == [f"log {i}" for i in (120, *range(200, 210))]
    assert report.find_element("id", "count").text == "11 of 114 documents"
    query.clear()
    query.send_keys("harbour.example")
    assert names(report) == ["plain"]
    query.clear()
    query.send_keys(" ")
    click(report, "#state option[value=error]")
    assert [name.rpartition("/")[2] for name in names(report)] == ["pages.jsonl:114"]
    assert "is no JSON" in report.find_element("id", "rows").text
    click(report, "#state option[value=found]")
    assert names(report) == ["two", ALERT]


def test_a_document_shows_its_blocks_and_their_reasons_by_keyboard(report: Chrome) -> None:
    from selenium.webdriver import Keys

    report.find_element("link text", "two").send_keys(Keys.ENTER)
    wait(report, "document.activeElement.id === 'document-title'")
    assert report.find_element("id", "document-facts").text == "news.example · 2 of 3 paragraphs flagged"
    assert not report.find_element("id", "rows").is_displayed()
    click(report, "#first-block")
    mark = report.switch_to.active_element
    assert (mark.tag_name, mark.text) == ("mark", BLOCK)
    why = report.find_element("id", str(mark.get_attribute("aria-describedby")))
    assert why.is_displayed()
    assert "place_names" in why.text
    press(report, Keys.ESCAPE)
    assert not why.is_displayed()
    press(report, Keys.TAB)
    assert report.switch_to.active_element.get_attribute("aria-describedby") == "why-2"
    report.back()
    wait(report, "document.activeElement.tagName === 'A'")
    assert report.find_element("id", "rows").is_displayed()
    assert report.switch_to.active_element.text == "two"


def test_reasons_are_shown_under_the_pointer_and_all_at_once(report: Chrome) -> None:
    from selenium.webdriver import ActionChains

    click(report, "#rows a")
    wait(report, "document.querySelectorAll('.why').length === 2")
    first, last = report.find_elements("css selector", ".why")
    assert not first.is_displayed()
    ActionChains(report).move_to_element(report.find_element("css selector", "mark")).perform()
    assert first.is_displayed()
    assert not last.is_displayed()
    click(report, "#all-reasons")
    assert last.is_displayed()


def test_hostile_text_does_nothing(report: Chrome) -> None:
    for place in (2, 3):
        report.get(f"{report.current_url.partition('#')[0]}#document-{place}")
        wait(report, f"document.getElementById('document-title').textContent === {json.dumps(PAGES[place - 1]['id'])}")
        assert ALERT in report.find_element("id", "paragraphs").text
    assert not report.find_elements("css selector", "#paragraphs script, #paragraphs img, #paragraphs b:not(.why b)")
    assert len(run(report, "return [...document.scripts].filter(s => !s.type)")) == 1


def test_the_policy_refuses_other_scripts_and_every_address(chromium: Chrome, address: str) -> None:
    chromium.get(address)
    for script in ("document.body.innerHTML = '<p>'", "document.body.setAttribute('onclick', 'alert(3)')"):
        with pytest.raises(Exception, match="requires 'Trusted"):
            run(chromium, script)
    run(chromium, "const s = document.createElement('script'); s.append('window.ran = 1'); document.body.append(s)")
    assert run(chromium, "return window.ran") is None
    fetched = "const done = arguments[0]; fetch('data:,x').then(() => done('had'), () => done('refused'))"
    assert chromium.execute_async_script(fetched) == "refused"
    assert chromium.get_log("browser")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["", "#document-3"])
def test_nothing_is_wider_than_a_phone(report: Chrome, address: str, scheme: str, fragment: str) -> None:
    emulate(report, 360, scheme)
    report.get(address + fragment)
    wait(report, f"document.getElementById('document').hidden === {json.dumps(not fragment)}")
    assert run(report, "return document.documentElement.scrollWidth") <= 360
    back = run(report, "return getComputedStyle(document.body).backgroundColor")
    assert (back == "rgb(255, 255, 255)") == (scheme == "light")
    if not fragment:
        click(report, "#order option[value='id up']")
        assert names(report)[2] == "log 100"


def test_a_long_page_comes_whole(chromium: Chrome, tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("".join(f"Line {i} of the harbour log.\n" for i in range(1000)), "utf-8")
    page = tmp_path / "long.html"
    CliRunner().invoke(main, ["report", str(text), "--max-paragraphs", "900", "-o", str(page)])
    chromium.get(f"{page.as_uri()}#document-1")
    run(chromium, "for (let i = 0; i < 3; i++) dispatchEvent(new HashChangeEvent('hashchange'))")
    wait(chromium, "document.querySelectorAll('#paragraphs li').length >= 901")
    counted = (
        "const done = arguments[0]; setTimeout(() => done(document.querySelectorAll('#paragraphs li').length), 500)"
    )
    assert chromium.execute_async_script(counted) == 901
    assert chromium.find_element("css selector", ".gap").text == "100 paragraphs left out (--max-paragraphs)"
    assert chromium.get_log("browser") == []

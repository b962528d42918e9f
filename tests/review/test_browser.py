"""The review in a real browser: by keyboard and mouse, reloaded, after a hard kill; hostile text stays text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import alerted, chromium, emulate, press, run, wait
from tests.review.pages import PLACES, pages, started, write
from unstuff.labels import read_labelled

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

__all__ = ["chromium"]

UNDO, LEFT, RIGHT = "u", "\ue012", "\ue014"
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script> \u202e\x1b[2J"


@pytest.fixture
def folder(tmp_path: Path, chromium: Chrome) -> Iterator[Path]:
    write(tmp_path / "pages.jsonl")
    emulate(chromium, 1280, "light")
    chromium.get_log("browser")
    yield tmp_path
    chromium.get("about:blank")


def text_of(chromium: Chrome, name: str) -> str:
    return str(chromium.find_element("id", name).text)


def rows(path: Path) -> dict[str, tuple[bool, ...]]:
    """Labels by id, once each answer has reached the file."""
    documents = list(read_labelled([path])) if path.exists() else []
    found = {document.id: document.labels for document in documents}
    assert len(found) == len(documents)
    return found


def wait_for_rows(chromium: Chrome, path: Path, n: int) -> dict[str, tuple[bool, ...]]:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(chromium, 30).until(lambda _: len(rows(path)) == n, f"{n} rows in {path}")
    return rows(path)


def test_twenty_answers_by_keyboard_one_undone_and_reloaded(chromium: Chrome, folder: Path) -> None:
    output = folder / "corrections.jsonl"
    with started("--limit", "25", folder / "pages.jsonl", "-o", output) as (_, url):
        chromium.get(url)
        assert text_of(chromium, "count") == "Number 1 · 0 of 25 answered"
        press(chromium, *"kcccc" * 4)
        assert text_of(chromium, "count") == "Number 21 · 20 of 25 answered"
        labels = wait_for_rows(chromium, output, 20)
        press(chromium, UNDO)
        assert text_of(chromium, "count") == "Number 20 · 19 of 25 answered"
        assert text_of(chromium, "said") == "Number 20: taken back"
        kept = wait_for_rows(chromium, output, 19)
        assert kept == dict(list(labels.items())[:19])
        assert sum(all(label) for label in kept.values()) == 4
        chromium.refresh()
        assert text_of(chromium, "count") == "Number 20 · 19 of 25 answered"
        press(chromium, UNDO)  # also what was answered before the page was loaded
        assert text_of(chromium, "count") == "Number 19 · 18 of 25 answered"
        wait_for_rows(chromium, output, 18)
        assert chromium.get_log("browser") == []


def test_a_hard_kill_loses_nothing(chromium: Chrome, folder: Path) -> None:
    output = folder / "corrections.jsonl"
    arguments = ("--limit", "25", folder / "pages.jsonl", "-o", output)
    with started(*arguments) as (program, url):
        chromium.get(url)
        press(chromium, *"kcsck")
        before = wait_for_rows(chromium, output, 4)
        program.kill()
        program.wait(20)
        press(chromium, "c")
        wait(chromium, "!document.getElementById('trouble').hidden")
        assert "1 answer is not saved yet: the program does not answer" in text_of(chromium, "trouble")
        chromium.get("about:blank")
    chromium.get_log("browser")  # says that the connection was refused
    with started(*arguments) as (_, url):
        chromium.get(url)
        assert text_of(chromium, "count") == "Number 6 · 5 of 25 answered"
        assert rows(output) == before
        press(chromium, LEFT, LEFT, LEFT)
        assert run(chromium, "return document.getElementById('judged').dataset.given") == "skip"
        press(chromium, "c")
        assert len(wait_for_rows(chromium, output, 5)) == 5


def test_answers_by_mouse_and_another_one_in_their_place(chromium: Chrome, folder: Path) -> None:
    output = folder / "corrections.jsonl"
    with started("--limit", "3", folder / "pages.jsonl", "-o", output) as (_, url):
        chromium.get(url)
        for label in ("keyword_block", "content"):
            chromium.find_element("css selector", f"[data-label={label}]").click()
        assert [all(labels) for labels in wait_for_rows(chromium, output, 2).values()] == [True, False]
        chromium.find_element("id", "previous").click()
        pressed = "document.querySelector('[aria-pressed=true]')?.dataset.label"
        assert run(chromium, f"return {pressed}") == "content"
        chromium.find_element("css selector", "[data-label=keyword_block]").click()
        assert text_of(chromium, "count") == "Number 3 · 2 of 3 answered"
        wait(chromium, "document.getElementById('trouble').hidden")
        chromium.find_element("css selector", "[data-label=skip]").click()
        assert text_of(chromium, "done-title") == "All 3 are answered"
        assert text_of(chromium, "sums") == "Keyword blocks 2, content 0, skipped 1."
        chromium.find_element("id", "to-skipped").click()
        chromium.find_element("css selector", "[data-label=content]").click()
        assert len(wait_for_rows(chromium, output, 3)) == 3


def test_help_and_keys(chromium: Chrome, folder: Path) -> None:
    with started("--limit", "5", folder / "pages.jsonl", "-o", folder / "corrections.jsonl") as (_, url):
        chromium.get(url)
        press(chromium, "?")
        assert run(chromium, "return document.getElementById('manual').open")
        press(chromium, "k")  # answers nothing under the help
        assert "Keyword block" in text_of(chromium, "manual")
        chromium.find_element("id", "keys").click()
        press(chromium, "\ue00c", "k")
        assert not run(chromium, "return document.getElementById('manual').open")
        assert text_of(chromium, "count") == "Number 1 · 0 of 5 answered"  # keys were turned off
        chromium.find_element("id", "help").click()
        chromium.find_element("id", "keys").click()
        press(chromium, "\ue00c", RIGHT, RIGHT, LEFT)
        assert text_of(chromium, "count") == "Number 2 · 0 of 5 answered"
        held = "new KeyboardEvent('keydown', {key: 'c', repeat: true, bubbles: true})"
        run(chromium, f"document.body.dispatchEvent({held})")
        assert text_of(chromium, "count") == "Number 2 · 0 of 5 answered"
        cyrillic = "new KeyboardEvent('keydown', {key: 'с', code: 'KeyC', bubbles: true})"
        run(chromium, f"document.body.dispatchEvent({cyrillic})")
        assert text_of(chromium, "count") == "Number 3 · 1 of 5 answered"
        wait_for_rows(chromium, folder / "corrections.jsonl", 1)


def test_hostile_text_stays_text(chromium: Chrome, folder: Path) -> None:
    block = "| ".join(PLACES[:25])
    text = f"{HOSTILE}\n{HOSTILE}{block}\n{HOSTILE}"
    write(folder / "hostile.jsonl", [{"id": HOSTILE, "url": f"http://{HOSTILE}/", "text": text}])
    with started(folder / "hostile.jsonl", "-o", folder / "corrections.jsonl") as (_, url):
        chromium.get(url)
        assert "<img src=x onerror=alert(1)></script><script>alert(2)</script> \\u202e\\x1b[2J" in text_of(
            chromium, "item"
        )
        assert not alerted(chromium)
        assert run(chromium, "return document.querySelectorAll('img, iframe, #item script').length") == 0
        press(chromium, "k")
        wait_for_rows(chromium, folder / "corrections.jsonl", 1)
        row = json.loads((folder / "corrections.jsonl").read_text("utf-8"))
        assert row["id"].startswith(HOSTILE) and HOSTILE.split()[0] in json.dumps(row)
        assert chromium.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["item", "manual", "done"])
def test_it_fits_a_phone_in_light_and_dark(chromium: Chrome, folder: Path, scheme: str, place: str) -> None:
    long = {"id": "long", "text": "\n".join(["x" * 3000, "| ".join(PLACES * 9), *(page["text"] for page in pages(6))])}
    write(folder / "long.jsonl", [long])
    with started("--limit", "2", folder / "long.jsonl", "-o", folder / "corrections.jsonl") as (_, url):
        emulate(chromium, 360, scheme)
        chromium.get(url)
        press(chromium, *{"item": "", "manual": "?", "done": "cc"}[place])
        assert chromium.find_element("id", place).is_displayed()
        assert run(chromium, "return document.documentElement.scrollWidth") <= 360
        back = run(chromium, "return getComputedStyle(document.body).backgroundColor")
        assert (back == "rgb(255, 255, 255)") == (scheme == "light")
        sizes = "[...document.querySelectorAll('nav button')].map(b => b.getBoundingClientRect().height)"
        assert min(run(chromium, f"return {sizes}")) >= 36


def test_what_is_asked_about_is_marked_on_its_page(chromium: Chrome, folder: Path) -> None:
    with started("--limit", "25", folder / "pages.jsonl", "-o", folder / "corrections.jsonl") as (_, url):
        chromium.get(url)
        items = run(chromium, "return JSON.parse(document.getElementById('asked').textContent).items")
        at = next(i for i, item in enumerate(items) if item["found"])
        press(chromium, RIGHT, LEFT, *[RIGHT] * at)  # what is shown by a key has the focus
        assert run(chromium, "return document.querySelectorAll('#judged mark').length") >= 1
        shown = run(chromium, "return document.querySelectorAll('#before li, #after li').length")
        assert shown == len(items[at]["before"]) + len(items[at]["after"]) + 2
        told = text_of(chromium, "model")
        assert told.startswith(f"Model: keyword block, score {items[at]['score']:.4f}")
        assert items[at]["reasons"][0][0] in told
        assert run(chromium, "return document.activeElement.id") == "judged"

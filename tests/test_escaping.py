"""Whatever a page, a name, an address or a reason holds: nothing of it steers a terminal or becomes markup."""

import html.parser
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_report import MADE, scored, unread, verdict, written
from unstuff import Reason, explain
from unstuff.cli import main
from unstuff.excerpt import printable, shorten
from unstuff.sources import Result

HARMLESS = {"\u200c", "\u200d"}  # joiners, which scripts and emoji need
DANGEROUS = [
    "\x1b[2J", "\x1b]0;t\x07", "\x1b]8;;http://x\x1b\\", "\x9b31m", "\x9d0;t\x9c", "\x90q", "\x08", "\x7f", "\r", "\0",
    *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C, 0x2028, 0x2029, 0x85, 0xE0041)),
    "\ufeff", "\ud800", "\udfff", "\udc1b", "<", ">", "&", '"', "'", "<script>", "</script>", "<!--", "-->", "]]>",
    "<img src=x onerror=a>", "${made}", "$overview", "&lt;", "[bold]", "[/]", "\\x1b",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(DANGEROUS), st.text(max_size=8), st.characters()), max_size=8).map("".join)


def is_safe(text: str) -> bool:
    """Whether a terminal shows the text, and does nothing else."""
    return all(
        unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} or char in HARMLESS or char == "\n"
        for char in text
    )


def hostile(text: str, name: str, detail: str, url: str | None = None) -> Result:
    """A document with hostile words everywhere."""
    block = verdict(text or "x", 1, found=True)._replace(reasons=(Reason("place_names", 2.0, detail),))
    title = verdict(f"{text} title", 0, kind="title", hidden=True)
    return scored(name, [title, block], url)


@given(TEXTS, st.integers(1, 30))
def test_what_is_printable_steers_nothing_and_says_what_it_was(text: str, n_chars: int) -> None:
    assert is_safe(printable(text)) and "\n" not in printable(text)
    assert printable(printable(text)) == printable(text)
    assert is_safe(shorten(text, n_chars)) and "\n" not in shorten(text, n_chars)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_a_terminal_gets_none_of_it(text: str, name: str, detail: str, all_reasons: bool) -> None:
    file = io.StringIO()
    explain.show(hostile(text, name, detail), file, all_reasons=all_reasons)
    assert is_safe(file.getvalue())
    file.getvalue().encode()


class Elements(html.parser.HTMLParser):
    """The elements and attributes of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_report_has_no_markup_but_its_own(text: str, name: str, detail: str, host: str) -> None:
    def page(*words: str) -> str:
        text, name, detail, host = words
        made = MADE.__class__("1.0", name or "m", detail, "balanced", 0.5)
        results = [hostile(text, name, detail, f"http://{host}.example/{text}"), unread(name, detail)]
        return written(results, made=made)

    found = page(text, name, detail, host)
    assert is_safe(found)
    tame = Elements(page("x", "x", "x", "x")).found
    # Without a host that can be told, the table of hosts is not there.
    assert [each for each in Elements(found).found if each[0] == "script"] == [
        each for each in tame if each[0] == "script"
    ]
    assert {tag for tag, _ in Elements(found).found} <= {tag for tag, _ in tame} | {"p"}
    assert not {name for _, names in Elements(found).found for name in names if name.startswith("on")}


@settings(deadline=None, max_examples=25)
@given(TEXTS, TEXTS, TEXTS)
@pytest.mark.parametrize(
    "verb", [("score", "-v"), ("explain",), ("compare", "default", "default", "--point", "sensitive")]
)
def test_messages_and_output_for_people_are_safe(
    tmp_path_factory: pytest.TempPathFactory, verb: tuple[str, ...], name: str, key: str, text: str
) -> None:
    lines = [{"id": name, "text": 7}, {"id": name, key or "text": [text]}, {"id": name, "text": text}, {"id": text}]
    path = tmp_path_factory.mktemp("pages") / "a.jsonl"
    path.write_text(
        "".join(json.dumps(line) + "\n" for line in lines) + name.encode("utf-8", "replace").decode(), "utf-8"
    )
    done: Any = CliRunner().invoke(main, [*verb, str(path)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert is_safe(done.stderr)
    assert verb[0] == "score" or is_safe(done.stdout)


def test_names_of_files_are_shown_as_escapes(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202eb"
    done = CliRunner().invoke(main, ["score", str(path)])
    assert done.exit_code == 2
    assert "a\\x1b[2J\\u202eb: no such file or folder" in done.stderr

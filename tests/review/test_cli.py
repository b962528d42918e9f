"""``unstuff review`` as a program: started, answered, ended and killed."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from tests.review.pages import answer, asked, started, write
from unstuff.cli import main
from unstuff.labels import read_labelled


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    write(tmp_path / "pages.jsonl")
    yield tmp_path


def test_ctrl_c_ends_and_says_how_many_were_written(folder: Path) -> None:
    output = folder / "corrections.jsonl"
    with started("--limit", "20", folder / "pages.jsonl", "-o", output) as (program, url):
        items = asked(url)
        assert len(items) == 20
        for item, label in zip(items, ["keyword_block", "content", "content", "skip"], strict=False):
            answer(url, item["key"], label)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
        assert program.stderr
        said = program.stderr.read()
    assert f"3 answers in {output} (1 keyword blocks, 2 content), 1 skipped; model web-" in said
    assert len(list(read_labelled([output]))) == 3


def test_a_hard_kill_loses_nothing(folder: Path) -> None:
    arguments = (folder / "pages.jsonl", "-o", folder / "corrections.jsonl")
    with started(*arguments) as (program, url):
        items = asked(url)
        for item in items[:7]:
            answer(url, item["key"], "content")
        answer(url, items[7]["key"], "skip")
        program.kill()
        program.wait(20)
    with started(*arguments) as (_, url):
        assert asked(url) == items  # the same questions in the same order
        with urlopen(url, timeout=20) as response:
            given = json.loads(re.findall(r'id="asked">(.*?)</script>', response.read().decode(), re.S)[0])["given"]
    assert dict(given) == {**{item["key"]: "content" for item in items[:7]}, items[7]["key"]: "skip"}
    assert len(list(read_labelled([folder / "corrections.jsonl"]))) == 7


def test_what_was_answered_can_be_evaluated(folder: Path) -> None:
    output = folder / "corrections.jsonl"
    with started("--limit", "12", folder / "pages.jsonl", "-o", output) as (_, url):
        for item in asked(url):
            answer(url, item["key"], "keyword_block" if item["found"] else "content")
    run = CliRunner().invoke(main, ["evaluate", str(output)])
    assert run.exit_code == 0, run.output
    assert "12 documents" in run.stdout


def test_html_and_own_places_are_read_as_in_other_verbs(folder: Path) -> None:
    names = [f"{first}{last}" for first in ("Bracken", "Olden", "Thorn", "Marl") for last in ("ford", "wick", "combe")]
    (folder / "own.tsv").write_text("".join(f"{name}\tR{i % 5}\n" for i, name in enumerate(names)), "utf-8")
    page = f"<title>Harbour</title><p>The crane is out of use.</p><p style='display:none'>{' | '.join(names)}</p>"
    (folder / "page.html").write_text(page, "utf-8")
    output = folder / "corrections.jsonl"
    with started("--gazetteer", folder / "own.tsv", folder / "page.html", "-o", output) as (_, url):
        item = next(item for item in asked(url) if item["found"])
        assert item["title"] == "Harbour" and item["lines"][0]["notes"] == ["hidden"]
        assert item["reasons"][0][:1] == ["place_names"] and item["reasons"][0][2].startswith("12 of 12 items")
        answer(url, item["key"], "keyword_block")
    row = json.loads(output.read_text("utf-8"))
    assert (row["kind"], row["hidden"], row["paragraph"]) == ("body", True, 2)
    assert row["group"] == str(folder / "page.html") and row["model"]["name"].endswith("with 12 own names")
    assert row["before"] == ["Harbour", "The crane is out of use."]


def test_standard_input_can_be_reviewed(folder: Path) -> None:
    with (folder / "pages.jsonl").open("rb") as stdin, subprocess.Popen(
        [sys.executable, "-m", "unstuff", "review", "--no-browser", "-o", folder / "out.jsonl"],
        stdin=stdin, stderr=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stderr
        assert "to look at: http://127.0.0.1:" in program.stderr.readline()
        program.kill()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pages.jsonl"], "Missing option '-o' / '--output'"),
        (["pages.jsonl", "-o", "pages.jsonl"], "'pages.jsonl' is an input too"),
        (["pages.jsonl", "-o", "bad.jsonl"], "bad.jsonl, line 1: label 'maybe' is not one of"),
        (["pages.jsonl", "-o", "new.jsonl", "--port", "70000"], "70000 is not in the range"),
        (["missing.jsonl", "-o", "new.jsonl"], "missing.jsonl: no such file or folder"),
        (["--threshold", "0.5", "--point", "precise", "pages.jsonl", "-o", "new.jsonl"], "cannot be used with --point"),
    ],
)
def test_wrong_usage_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(folder)
    (folder / "bad.jsonl").write_text('{"text": "x", "label": "maybe"}\n', "utf-8")
    run = CliRunner().invoke(main, ["review", "--no-browser", *arguments])
    assert run.exit_code == 2 and message in run.stderr
    assert not (folder / "new.jsonl").exists()


def test_what_cannot_be_written_is_known_before_the_first_answer(folder: Path) -> None:
    (folder / "file").touch()
    run = CliRunner().invoke(main, ["review", str(folder / "pages.jsonl"), "-o", str(folder / "file" / "out.jsonl")])
    assert run.exit_code == 2
    assert "to look at" not in run.stderr


def test_rows_of_one_key_are_told_and_nothing_is_rewritten_at_the_start(folder: Path) -> None:
    row = '{"text":  "x", "label": "content", "key": "k"}\n\n'
    (folder / "out.jsonl").write_text(row * 2, "utf-8")
    with started(folder / "pages.jsonl", "-o", folder / "out.jsonl") as (program, url):
        assert asked(url)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
    assert (folder / "out.jsonl").read_text("utf-8") == row * 2
    (folder / "empty.txt").touch()
    run = CliRunner().invoke(main, ["review", str(folder / "empty.txt"), "-o", str(folder / "out.jsonl")])
    assert "out.jsonl: 1 keys have several rows, such as 'k'; the last one counts" in run.stderr


def test_a_port_in_use_is_known_before_anything_is_read(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = CliRunner().invoke(main, ["review", "missing.jsonl", "-o", str(folder / "out.jsonl"), "--port", port])
    assert run.exit_code == 2
    assert run.stderr.endswith(f"port {port} cannot be listened on: Address already in use; choose another\n")


def test_nothing_to_ask_about_ends_at_once(folder: Path) -> None:
    (folder / "empty.txt").write_text("\n\n", "utf-8")
    run = CliRunner().invoke(main, ["review", str(folder / "empty.txt"), "-o", str(folder / "out.jsonl")])
    assert run.exit_code == 0 and "there is nothing to ask about" in run.stderr


def test_documents_that_cannot_be_read_are_counted(folder: Path) -> None:
    with (folder / "pages.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    with started(folder / "pages.jsonl", "-o", folder / "out.jsonl", "-q") as (program, url):
        assert asked(url)
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 2

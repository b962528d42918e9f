"""README shows real output, and figures that the released model's evaluation printed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unstuff import artifact

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Fenced blocks of a language, in order."""
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```", README, re.M | re.S)
    return found


def test_the_first_example_prints_what_is_shown() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", blocks("python")[0]], cwd=ROOT, capture_output=True, check=True
    )
    assert run.stdout.decode() == blocks("text")[0]


def rows(text: str) -> list[list[str]]:
    """Cells of the rows of a table, from the third on."""
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in re.findall(r"^\|.*\|$", text, re.M)[2:]]


def printed(side: str) -> dict[str, list[str]]:
    """The two cells that README shows of a side, by label: from its summary and its labelled pages in the card."""
    card = (artifact.shipped() / "README.md").read_text("utf-8")
    titles = (f"{side}: summary at balanced", f"{side}: labelled pages at balanced")
    return {
        label: [f"{value} ({interval})" if value else "", f"{n} in {groups} groups"]
        for section in card.split("\n### ")
        if section.startswith(titles)
        for label, value, interval, n, groups in rows(section)
    }


def test_every_figure_was_printed_by_the_evaluation() -> None:
    test, out_of_fold = printed("Test split"), printed("Out of fold")
    shown = rows("|" + README.split("\n| at the operating point")[1].split("\n\n")[0])
    assert len(shown) >= 7
    for label, *cells in shown:
        assert cells == test[label] + out_of_fold[label], label


def test_set_up_has_two_commands() -> None:
    section = README.split("## Set up")[1].split("\n## ")[0]
    assert len(re.findall(r"^```sh\n[^\n]+\n```", section, re.M)) == 2


def session() -> list[tuple[str, str]]:
    """Commands of the console block, each with the output shown under it."""
    (block,) = blocks("console")
    found: list[tuple[str, str]] = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M)
    return found


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_the_session_at_the_command_line_prints_what_is_shown(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "tests" / "data")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": path, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    assert len(session()) >= 7
    for command, shown in session():
        run = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        assert run.stdout.decode() == shown, command
    assert (tmp_path / "report.html").stat().st_size > 10_000


def test_every_verb_has_its_row() -> None:
    from unstuff.cli import VERBS

    shown = next(block for block in blocks("text") if block.startswith("unstuff "))
    assert sorted(re.findall(r"^unstuff (\S+)", shown, re.M)) == sorted(VERBS)

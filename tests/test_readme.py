"""README shows real output, and figures that the released model's evaluation printed."""

import re
import subprocess
import sys
from pathlib import Path

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


def test_every_figure_was_printed_by_the_evaluation() -> None:
    printed = (artifact.shipped() / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z, ]+) \| (.*) \|$", README, re.M)
    shares = [cell for _, row in rows for cell in row.split(" | ") if "%" in cell]
    assert len(shares) >= 9
    for cell in shares:
        value, interval = cell.removesuffix(")").split(" (")
        assert f"| {value} | {interval} |" in printed, cell


def test_set_up_has_two_commands() -> None:
    section = README.split("## Set up")[1].split("\n## ")[0]
    assert len(re.findall(r"^```sh\n[^\n]+\n```", section, re.M)) == 2

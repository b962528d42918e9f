"""Pages to review, written for the tests: notices of a small town, some with a block injected."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[1] / "data"
PLACES = DATA.joinpath("town_news.txt").read_text("utf-8").strip().splitlines()[-1].strip("|").split("|")
_SUBJECTS = ("The ferry", "The library", "The night bus", "The market hall", "The swimming pool", "The town archive")
_NEWS = (
    "is closed on Monday because the heating is being replaced.",
    "has new opening hours, which hang beside the entrance.",
    "looks for two people who can help on Saturdays.",
    "thanks everybody who came to the summer feast.",
    "moves to the old school until the roof is mended.",
)
_LINES = ("cheap night flights", "payday loan online", "best slot bonus", "replica watches sale", "essay writing cheap")


def pages(n: int = 36) -> list[dict[str, str]]:
    """Pages of a few sites; every third has a list of places at its end, every fifth a run of phrases."""
    rng = random.Random(11)
    return [_page(i, rng) for i in range(n)]


def _page(i: int, rng: random.Random) -> dict[str, str]:
    lines = [f"{rng.choice(_SUBJECTS)} {news}" for news in rng.sample(_NEWS, 3)]
    if i % 3 == 0:
        lines.append("| ".join(place.strip() for place in rng.sample(PLACES, rng.randint(6, 30))) + "|")
    if i % 5 == 0:
        lines += [f"{phrase} {rng.randint(10, 99)}" for phrase in rng.sample(_LINES, 5)]
    return {"id": f"notice {i}", "url": f"http://site{i % 7}.example/{i}", "text": "\n".join(lines)}


def write(path: Path, found: list[dict[str, str]] | None = None) -> Path:
    path.write_text("".join(json.dumps(page) + "\n" for page in found or pages()), "utf-8")
    return path


class Started(NamedTuple):
    """A review that waits for answers."""

    program: subprocess.Popen[str]
    url: str


@contextmanager
def started(*arguments: str | Path) -> Iterator[Started]:
    """The program itself, without a browser; killed hard if the test has not ended it."""
    command = [sys.executable, "-m", "unstuff", "review", "--no-browser", *map(str, arguments)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as program:
        assert program.stderr
        try:
            said = [program.stderr.readline() for _ in range(2)]
            found = re.search(r"http://\S+", "".join(said))
            assert found, said
            yield Started(program, found[0])
        finally:
            program.kill()

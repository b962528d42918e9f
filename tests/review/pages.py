"""Pages to review, written for the tests: notices of a small town, some with a block injected."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

DATA = Path(__file__).parents[1] / "data"
PLACES = DATA.joinpath("town_news.txt").read_text("utf-8").strip().splitlines()[-1].strip("|").split("|")
_NEWS = (
    "The ferry does not run on Monday because its engine is being replaced.",
    "From October the library opens at nine, and children may borrow six books at once.",
    "Two people who can carry tables are wanted for the flea market on Saturday.",
    "The mayor thanked the fire brigade, which pumped out eleven cellars in one night.",
    "Until the roof is mended, the choir sings in the old school behind the mill.",
    "A grey cat with one white paw has been living in the bus shelter since Easter.",
    "Whoever lost a bicycle key near the bridge may fetch it at the bakery.",
    "The swimming pool will be heated again once the gas meter has been read.",
    "Our chess club beat the neighbouring village by four boards to two.",
    "Apples can be brought to the cider press every Thursday afternoon.",
    "The council voted for a second lamp in the lane below the vineyard.",
    "Because of fog the night train waited forty minutes at the junction.",
    "Mrs Harrow retires after thirty-one years at the post office counter.",
    "A new map of footpaths hangs beside the pharmacy and costs nothing.",
    "The museum shows letters that emigrants wrote home a century ago.",
    "Beekeepers meet on the last Friday of the month, guests are welcome.",
    "Please keep dogs on a lead while the lambs are in the lower meadow.",
    "The theatre group looks for somebody tall who can play a giant.",
)
_PHRASES = (
    "cheap night flights",
    "payday loan online",
    "best slot bonus",
    "replica watches sale",
    "essay writing cheap",
)


def pages(n: int = 36, site: str = "site") -> list[dict[str, str]]:
    """Pages of a few sites; every third has a list of places at its end, every fifth a run of phrases."""
    rng = random.Random(site)
    return [_page(i, site, rng) for i in range(n)]


def is_block(text: str) -> bool:
    """Whether some of a page's text is injected: the truth about these pages."""
    return "|" in text or text.startswith(_PHRASES)


def _page(i: int, site: str, rng: random.Random) -> dict[str, str]:
    lines = rng.sample(_NEWS, 3)
    if i % 3 == 0:
        lines.append("| ".join(place.strip() for place in rng.sample(PLACES, rng.randint(6, 30))) + "|")
    if i % 5 == 0:
        lines += [f"{phrase} {rng.randint(10, 99)}" for phrase in rng.sample(_PHRASES, 5)]
    return {"id": f"{site} {i}", "url": f"http://{site}{i % 7}.example/{i}", "text": "\n".join(lines)}


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
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=_interruptible
    ) as program:
        assert program.stderr
        try:
            said = [program.stderr.readline() for _ in range(2)]
            found = re.search(r"http://\S+", "".join(said))
            assert found, said
            yield Started(program, found[0])
        finally:
            program.kill()


def _interruptible() -> None:
    """Shells let what they put in the background ignore interrupts, and programs started by it as well."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def asked(url: str) -> list[dict[str, Any]]:
    with urlopen(url, timeout=20) as response:
        page = response.read().decode()
    found = re.search(r'id="asked">(.*?)</script>', page, re.S)
    assert found
    items: list[dict[str, Any]] = json.loads(found[1])["items"]
    return items


def answer(url: str, key: str, label: str | None) -> None:
    origin = url.rsplit("/", 2)[0]
    headers = {"Content-Type": "application/json", "Origin": origin}
    body = json.dumps({"key": key, "label": label}).encode()
    with urlopen(Request(f"{url}answer", body, headers), timeout=20) as response:
        assert response.status == 200

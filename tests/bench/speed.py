"""Speed against peers and floors: ``python -m tests.bench.speed [--data DIR] [--only NAME]… [--json FILE]``.

Times of scoring are those that the core gave this process, on one core and one thread; a process's start, two
processes and the command line are timed by the wall clock. On a busy machine only the ratios mean something.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson

import unstuff
from tests.bench import command, crawl, growth, html, markup, started, text, texts, two, worst
from tests.bench.rounds import one_core
from tests.bench.tables import Table, as_json, markdown
from training.corpus import add_data_option
from unstuff import Filter


class Sizes(NamedTuple):
    """How much is measured; bytes unless named otherwise."""

    text: int = 4_000_000
    slow_text: int = 200_000
    n_pages: int = 200
    n_calls: int = 300
    growth_unit: int = 10
    hostile: int = 200_000
    n_steps: int = 60
    memory_mb: tuple[float, ...] = (10, 100)
    document_mb: float = 10
    two: int = 10_000_000
    file: int = 20_000_000


class Settings(NamedTuple):
    """What every measurement is given."""

    data: Path | None
    n_rounds: int
    sizes: Sizes
    text_tib: float = crawl.TEXT_TIB

    @property
    def source(self) -> str:
        """Where the texts are from."""
        return "Collected web text" if self.data else "Generated text"


def _text(scorer: Filter, settings: Settings) -> Iterator[Table]:
    speeds: dict[str, float] = {}
    with one_core():
        for sample in texts.samples(settings.data, settings.sizes.text):
            found = text.speeds(scorer, sample, settings.sizes.slow_text, settings.n_rounds, settings.source)
            speeds[sample.name] = float(found.rows[0]["MB/s"] or 0)
            yield found
    yield crawl.crawl({name: speed for name, speed in speeds.items() if "," not in name}, settings.text_tib)


def _html(scorer: Filter, settings: Settings) -> Iterator[Table]:
    pages = markup.pages(settings.data, settings.sizes.n_pages)
    source = "Collected pages" if settings.data else "Generated pages"
    with one_core():
        yield html.speeds(scorer, pages, settings.n_rounds, source)
        yield html.one_page(scorer, pages, settings.sizes.n_calls, source)


def _start(scorer: Filter, settings: Settings) -> Iterator[Table]:
    with one_core():
        yield started.starts(2 * settings.n_rounds)


def _memory(scorer: Filter, settings: Settings) -> Iterator[Table]:
    with one_core():
        yield started.memory(settings.sizes.memory_mb, settings.sizes.document_mb)


def _growth(scorer: Filter, settings: Settings) -> Iterator[Table]:
    with one_core():
        yield growth.growth(scorer, settings.n_rounds, settings.sizes.growth_unit)


def _worst(scorer: Filter, settings: Settings) -> Iterator[Table]:
    with one_core():
        for bench in (worst.texts(scorer), worst.pages(scorer)):
            yield worst.worst(bench, settings.sizes.hostile, settings.sizes.n_steps)


def _two(scorer: Filter, settings: Settings) -> Iterator[Table]:
    yield two.processes(settings.sizes.two, settings.n_rounds)


def _command(scorer: Filter, settings: Settings) -> Iterator[Table]:
    yield command.end_to_end(settings.sizes.file, settings.n_rounds)


PARTS: dict[str, Callable[[Filter, Settings], Iterator[Table]]] = {
    "text": _text,
    "html": _html,
    "start": _start,
    "memory": _memory,
    "growth": _growth,
    "worst": _worst,
    "two": _two,
    "command": _command,
}


def measure(settings: Settings, only: Sequence[str] = ()) -> Iterator[Table]:
    """The tables of the parts named, or of all, as they come."""
    scorer = Filter()
    for name, part in PARTS.items():
        if not only or name in only:
            yield from part(scorer, settings)


def _about(settings: Settings) -> str:
    model = Filter().model.name
    return (
        f"unstuff {unstuff.__version__}, model {model}; Python {platform.python_version()}, NumPy {np.__version__}; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began. Medians of {settings.n_rounds} "
        "interleaved rounds on one core; MB is 10^6 bytes of UTF-8."
    )


def _settings(options: argparse.Namespace) -> Settings:
    sizes = Sizes(file=round(options.mb * 1e6), n_steps=options.steps)
    return Settings(options.data, options.rounds, sizes, options.crawl_tib)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_option(parser)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement (default 5)")
    parser.add_argument("--only", action="append", choices=PARTS, default=[], help="this part alone; may be repeated")
    parser.add_argument("--mb", type=float, default=20, help="size of the file for the command line (default 20)")
    parser.add_argument("--steps", type=int, default=60, help="mixes tried in search of the worst case (default 60)")
    parser.add_argument("--crawl-tib", type=float, default=crawl.TEXT_TIB, help="text of a monthly crawl (default 20)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    options = parser.parse_args(arguments)
    settings = _settings(options)
    print(f"## Speed\n\n{_about(settings)}\n", flush=True)
    found = []
    for made in measure(settings, options.only):
        print(markdown(made), flush=True)
        found.append(made)
    if options.json:
        options.json.write_bytes(orjson.dumps(as_json(found), option=orjson.OPT_INDENT_2))
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Growth: x, 10x and 100x the work, as ratios of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.bench import markup, prose
from tests.bench.rounds import Task, interleaved
from tests.bench.tables import Row, Table
from unstuff import Filter

_FACTORS = (1, 10, 100)


def growth(scorer: Filter, n_rounds: int, unit: int) -> Table:
    """Time of ten and a hundred times the work over the time of one; ``unit`` is the size of one."""
    rows = [_row(name, tasks, n_rounds) for name, tasks in _works(scorer, unit)]
    note = f"{n_rounds} rounds. Work that grows as its input has 10 and 100; less is what one call costs at any size."
    return Table("Growth", note, rows)


def _row(name: str, tasks: list[Task], n_rounds: int) -> Row:
    times = interleaved(tasks, n_rounds)
    first, second, third = (times[task.name].median for task in tasks)
    return {
        "": name,
        "x ms": first * 1e3,
        "10x / x": second / first,
        "100x / x": third / first,
        "100x / 10x": third / second,
    }


def _works(scorer: Filter, unit: int) -> Iterator[tuple[str, list[Task]]]:
    rng = Random(2)
    documents = [_lines(rng, 10) for _ in range(unit * 100)]
    yield "documents of ten paragraphs", _at(unit, lambda n: lambda: list(scorer.score_texts(documents[:n])))
    long = prose.paragraph(rng, "zh", unit * 1000)
    yield "one paragraph", _at(unit * 200, lambda n: _one_text(scorer, long[:n]))
    lines = [prose.paragraph(rng, "zh", 2) for _ in range(unit * 1000)]
    yield "one text of many paragraphs", _at(unit * 10, lambda n: _one_text(scorer, "\n".join(lines[:n])))
    short = [prose.short_line(rng, "zh") for _ in range(unit * 2000)]
    yield "one run of short lines", _at(unit * 20, lambda n: _one_text(scorer, "\n".join(short[:n])))
    names = prose.place_list(rng, unit * 2000)
    yield "one list of place names", _at(unit * 80, lambda n: _one_text(scorer, names[:n]))
    pages = [markup.page(Random(3), "zh", unit * 4 * factor) for factor in _FACTORS]
    yield "one HTML page", [Task(str(len(page)), _html(scorer, page)) for page in pages]


def _at(unit: int, work: Callable[[int], Callable[[], Any]]) -> list[Task]:
    return [Task(str(factor), work(unit * factor)) for factor in _FACTORS]


def _lines(rng: Random, n: int) -> str:
    return "\n".join(prose.paragraph(rng, "zh", rng.randrange(1, 5)) for _ in range(n))


def _one_text(scorer: Filter, text: str) -> Callable[[], Any]:
    return lambda: scorer.score_text(text)


def _html(scorer: Filter, page: bytes) -> Callable[[], Any]:
    return lambda: scorer.score_html(page)

"""The slowest text and page that can be found, against typical ones of their size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from statistics import median
from time import process_time
from typing import Any, NamedTuple

from tests.bench import hostile_pages, hostile_texts, markup, prose
from tests.bench.tables import Row, Table
from tests.bench.texts import n_bytes
from unstuff import Filter

Piece = Callable[[Random, int], str]
_N_SHOWN = 12
_MAX_PIECES = 4


class Recipe(NamedTuple):
    """A mix of pieces: after so many characters of one the next follows, round and round."""

    parts: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return " + ".join(name if n >= 10**6 else f"{name} ({n})" for name, n in self.parts)


class Bench(NamedTuple):
    """What is searched: pieces, how a mix of them becomes an input, how it is scored, and typical inputs of a size."""

    title: str
    pieces: Mapping[str, Piece]
    build: Callable[[str], Any]
    score: Callable[[Any], Any]
    typical: Callable[[int, str], Any]
    joint: str


def texts(scorer: Filter) -> Bench:
    """Texts, one document each."""
    return Bench("Worst text", hostile_texts.pieces(), lambda text: text, scorer.score_text, _typical_text, "\n")


def pages(scorer: Filter) -> Bench:
    """Pages, one document each."""
    return Bench("Worst page", hostile_pages.pieces(), hostile_pages.whole, scorer.score_html, _typical_page, "")


def worst(bench: Bench, size: int, n_steps: int, seed: int = 0) -> Table:
    """Every piece alone, then a random search over mixes of them, as ratios to a typical input of as many bytes."""
    rng = Random(seed)
    alone = {Recipe(((name, 10**6),)): 0.0 for name in bench.pieces}
    ratios = {recipe: ratio(bench, recipe, size) for recipe in alone}
    search(lambda recipe: ratio(bench, recipe, size, n_calls=1), ratios, tuple(bench.pieces), rng, n_steps)
    slowest = sorted(ratios, key=lambda recipe: -ratios[recipe])[:_N_SHOWN]
    rows: list[Row] = [_row(bench, recipe, size) for recipe in slowest]
    rows.sort(key=lambda row: -float(row["times a typical one"] or 0))
    note = (
        f"{len(bench.pieces)} kinds alone and {n_steps} mixes tried, {size:,} bytes each; the slowest, timed again "
        "(median of three calls). Typical: Chinese prose; English where the input is mostly ASCII."
    )
    return Table(bench.title, note, rows)


def search(
    cost: Callable[[Recipe], float], costs: dict[Recipe, float], names: Sequence[str], rng: Random, n_steps: int
) -> None:
    """Change the costliest recipe at random, again and again; what is tried goes into ``costs``."""
    for _ in range(n_steps):
        best = max(costs, key=lambda recipe: costs[recipe])
        tried = _changed(rng, best, names)
        if tried not in costs:
            costs[tried] = cost(tried)


def _changed(rng: Random, recipe: Recipe, names: Sequence[str]) -> Recipe:
    parts = list(recipe.parts)
    part = (rng.choice(names), rng.choice((20, 60, 200, 1000, 5000)))
    if len(parts) < _MAX_PIECES and rng.random() < 0.5:
        parts.insert(rng.randrange(len(parts) + 1), part)
    elif len(parts) > 1 and rng.random() < 0.3:
        parts.pop(rng.randrange(len(parts)))
    else:
        parts[rng.randrange(len(parts))] = part
    # A piece that fills everything has to leave room for the others.
    return Recipe(tuple((name, min(n, 5000)) for name, n in parts) if len(parts) > 1 else tuple(parts))


def made(bench: Bench, recipe: Recipe, size: int, seed: int = 1) -> Any:
    """An input of about ``size`` bytes."""
    rng = Random(seed)
    built: list[str] = []
    left = size
    while left > 0:
        for name, n in recipe.parts:
            # Han characters have three bytes; a piece alone is cut to size below.
            built.append(bench.pieces[name](rng, min(n, max(left, 30))))
            left -= n_bytes(built[-1:]) + len(bench.joint)
    encoded = bench.joint.join(built).encode("utf-8", "surrogatepass")[:size]
    return bench.build(encoded.decode("utf-8", "ignore"))


def ratio(bench: Bench, recipe: Recipe, size: int, n_calls: int = 1) -> float:
    """Time of an input over that of a typical one."""
    return _measured(bench, recipe, size, n_calls)[0]


def _measured(bench: Bench, recipe: Recipe, size: int, n_calls: int) -> tuple[float, float, str]:
    hostile = made(bench, recipe, size)
    content = hostile if isinstance(hostile, bytes) else hostile.encode("utf-8", "surrogatepass")
    lang = "en" if sum(byte < 128 for byte in content) > 0.9 * len(content) and isinstance(hostile, str) else "zh"
    typical = bench.typical(len(content), lang)
    bench.score(typical)
    own, its = [], []
    for _ in range(n_calls):
        own.append(_seconds(bench, hostile))
        its.append(_seconds(bench, typical))
    return median(own) / median(its), median(own), lang


def _row(bench: Bench, recipe: Recipe, size: int) -> Row:
    found, seconds, lang = _measured(bench, recipe, size, 3)
    return {
        "": str(recipe),
        "times a typical one": found,
        "against": lang,
        "ms": seconds * 1e3,
        "MB/s": size / 1e6 / seconds,
    }


def _seconds(bench: Bench, made: Any) -> float:
    began = process_time()
    bench.score(made)
    return process_time() - began


def _typical_text(size: int, lang: str) -> str:
    rng = Random(5)
    lines: list[str] = []
    while size > 0:
        lines.append(prose.paragraph(rng, lang, rng.randrange(1, 5)))
        size -= n_bytes(lines[-1:]) + 1
    return "\n".join(lines)


def _typical_page(size: int, lang: str) -> bytes:
    small = len(markup.page(Random(5), lang, 20))
    return markup.page(Random(5), lang, max(20 * size // small, 1))

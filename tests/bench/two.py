"""Two processes against one over as many texts each: what they cost each other."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from statistics import median
from time import perf_counter, process_time

from tests.bench.tables import Row, Table
from tests.bench.texts import documents_of
from unstuff import Filter


def processes(size: int, n_rounds: int) -> Table:
    """Speed of two processes over that of one, each with ``size`` bytes of its own; rounds taken in turns."""
    if len(os.sched_getaffinity(0)) < 2:
        return Table("Two processes", "Left out: this process may use one core only.", [])
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for _ in range(2):  # both have loaded the model and made their texts
            _round(pool, 2, size)
        found: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
        for _ in range(n_rounds):
            for n, rounds in found.items():
                rounds.append(_round(pool, n, size))
    note = f"{size / 1e6:.3g} MB of generated Chinese text each; {n_rounds} rounds, taken in turns; wall time."
    return Table("Two processes", note, _rows(found, size))


def _rows(found: dict[int, list[tuple[float, float]]], size: int) -> list[Row]:
    one = median(seconds for seconds, _ in found[1])
    rows: list[Row] = []
    for n, rounds in found.items():
        wall, core = (median(each) for each in zip(*rounds, strict=True))
        speed = n * size / 1e6 / wall
        rows.append({"": f"{n} at a time", "MB/s": speed, "times one": n * one / wall, "core s of each": core})
    return rows


def _round(pool: ProcessPoolExecutor, n: int, size: int) -> tuple[float, float]:
    """Wall time of n processes at a time, and the core's time that each took."""
    began = perf_counter()
    core_s = [done.result() for done in [pool.submit(_score, size) for _ in range(n)]]
    return perf_counter() - began, sum(core_s) / n


@cache
def _loaded(size: int) -> tuple[Filter, tuple[str, ...]]:
    return Filter(), tuple(documents_of(size))


def _score(size: int) -> float:
    """Score; seconds that the core gave this process for it."""
    scorer, texts = _loaded(size)
    began = process_time()
    for _ in scorer.score_texts(texts):
        pass
    return process_time() - began

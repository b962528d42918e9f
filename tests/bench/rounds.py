"""Timing: tasks in interleaved rounds on one core, and what is said of their times."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time, sleep
from typing import Any, NamedTuple

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Task(NamedTuple):
    """Something to time: ``run`` goes over ``n_bytes`` of UTF-8."""

    name: str
    run: Callable[[], Any]
    n_bytes: int = 0


class Times(NamedTuple):
    """Seconds of one task, one a round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median over the rounds."""
        return median(self.seconds)

    @property
    def span(self) -> str:
        """Shortest and longest, in milliseconds."""
        return f"{number(min(self.seconds) * 1e3)} to {number(max(self.seconds) * 1e3)}"


def interleaved(
    tasks: Sequence[Task], n_rounds: int, clock: Callable[[], float] = process_time, warm_up: bool = True
) -> dict[str, Times]:
    """Times of tasks that take turns, so that a slow minute of the machine falls on all of them.

    The clock counts the core's time that this process gets: what others run beside it is not charged to it. Each task
    runs once before, untimed: models, word lists and caches are loaded by then.
    """
    if warm_up:
        for task in tasks:
            task.run()
    seconds: dict[str, list[float]] = {task.name: [] for task in tasks}
    for _ in range(n_rounds):
        for task in tasks:
            began = clock()
            task.run()
            seconds[task.name].append(clock() - began)
    return {name: Times(tuple(own)) for name, own in seconds.items()}


def megabytes_a_second(n_bytes: int, seconds: float) -> float:
    """Speed in MB/s; a MB is 10^6 bytes."""
    return n_bytes / 1e6 / seconds


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def number(value: float) -> str:
    """Three significant digits without an exponent: 1234.5 is "1,230", 0.01234 is "0.0123"."""
    if value == 0 or abs(value) >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{float(f'{value:.3g}'):.10g}"


@contextmanager
def one_core() -> Iterator[None]:
    """Everything inside runs on one core with one thread; started processes too."""
    from threadpoolctl import threadpool_limits

    before = os.sched_getaffinity(0)
    kept = {name: os.environ.get(name) for name in THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    os.sched_setaffinity(0, {idlest(before)})
    try:
        with threadpool_limits(limits=1):
            yield
    finally:
        os.sched_setaffinity(0, before)
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def idlest(cores: Iterable[int], watched_s: float = 0.2) -> int:
    """The core that had the most idle time while it was watched."""
    before = _idle_ticks()
    sleep(watched_s)
    after = _idle_ticks()
    return max(cores, key=lambda core: after.get(core, 0) - before.get(core, 0))


def _idle_ticks() -> dict[int, int]:
    path = Path("/proc/stat")
    lines = [line.split() for line in path.read_text("ascii").splitlines()] if path.exists() else []
    return {int(words[0][3:]): int(words[4]) for words in lines if words and re.fullmatch(r"cpu\d+", words[0])}

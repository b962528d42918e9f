"""One hostile input, and what it cost: run in a process of its own, so that a crash is an outcome and not the end."""

from __future__ import annotations

import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

_STATUS = Path("/proc/self/status")
_LIMIT_S = 120.0  # a case that takes longer hangs
# What a document may cost at most, on an idle machine of two cores.
_PROMISED_S, _PROMISED_MB = 5.0, 500.0


class Case(NamedTuple):
    """A hostile input. Both functions are of a module, since they run in a spawned process."""

    name: str
    make: Callable[[Path], Any]  # gets an empty folder; what it returns is given to ``run``; not measured
    run: Callable[[Any], str]  # the outcome in words; raises AssertionError where a promise is broken
    is_document: bool = True  # one document, of which the cost is promised


class Measured(NamedTuple):
    """What came of a case."""

    name: str
    seconds: float  # of the processor: what else runs on the machine does not count
    peak_mb: float  # at most, above what the process held before ``run``
    outcome: str
    kept: bool  # whether every promise was kept


def measure(case: Case) -> Measured:
    """Run a case in a fresh process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(case, theirs))
    process.start()
    theirs.close()
    try:
        return _answer(case, process, ours)
    finally:
        process.kill()
        process.join()


def _answer(case: Case, process: Any, ours: Connection) -> Measured:
    if not ours.poll(_LIMIT_S):
        return Measured(case.name, _LIMIT_S, 0.0, "hangs", kept=False)
    try:
        return Measured(case.name, *ours.recv())
    except EOFError:
        process.join()
        return Measured(case.name, 0.0, 0.0, f"died with exit code {process.exitcode}", kept=False)


def _child(case: Case, pipe: Connection) -> None:
    from unstuff import Filter

    Filter().score_text("一次性的准备")  # the model and its tables are in memory, as in a crawler
    with tempfile.TemporaryDirectory() as folder:
        made = case.make(Path(folder))
        Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
        before, began = _mb("VmRSS"), time.process_time()
        try:
            outcome, kept = case.run(made), True
        except Exception as error:  # every broken promise is an outcome
            outcome, kept = f"{type(error).__name__}: {error}"[:200], False
        seconds = time.process_time() - began
        peak_mb = max(_mb("VmHWM") - before, 0.0)
        pipe.send((seconds, peak_mb, outcome + (_over(seconds, peak_mb) if case.is_document else ""), kept))


def _over(seconds: float, peak_mb: float) -> str:
    """Says so when a document costs more than promised."""
    return f" OVER {_PROMISED_S:g} s" * (seconds > _PROMISED_S) + f" OVER {_PROMISED_MB:g} MB" * (
        peak_mb > _PROMISED_MB
    )


def _mb(field: str) -> float:
    found = re.search(rf"{field}:\s+(\d+) kB", _STATUS.read_text())
    assert found is not None
    return int(found[1]) / 1024

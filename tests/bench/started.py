"""Programs started anew: the time to a first verdict, and the memory that scoring takes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench import waiting as waiting_script
from tests.bench.tables import Row, Table

_FIRST_VERDICT = "from unstuff import Filter; Filter().score_text('今天的会开得很长。')"
_FIRST_PAGE = "from unstuff import Filter; Filter().score_html('<p>今天的会开得很长。</p>')"
_STARTS = {
    "to the first verdict on a text": _FIRST_VERDICT,
    "to the first verdict on a page": _FIRST_PAGE,
    "import numpy": "import numpy",
    "nothing": "pass",
}
_STREAMED = (
    "from unstuff import Filter; from tests.bench.texts import documents_of;"
    "print(sum(len(v) for v in Filter().score_texts(documents_of({size}))))"
)
_WHOLE = (
    "from unstuff import Filter; from tests.bench.texts import documents_of;"
    "text = '\\n'.join(documents_of({size})); print(len(Filter().score_text(text)))"
)
_PARAGRAPH = (
    "from unstuff import Filter; from tests.bench.texts import documents_of;"
    "text = ''.join(documents_of({size})).replace('\\n', ''); print(len(Filter().score_text(text)))"
)
_BUILT_ONLY = (
    "from unstuff import Filter; from tests.bench.texts import documents_of;"
    "Filter(); sum(map(len, documents_of({size})))"
)


class Ended(NamedTuple):
    """A process that ended."""

    seconds: float
    core_s: float
    """What it and its own processes had of the cores."""
    peak_mb: float
    code: int
    said: str


def run(command: Sequence[str]) -> Ended:
    """Run a command, its output thrown away, and wait; ``peak_mb`` is the most memory that one process of it had."""
    waiting = [sys.executable, str(Path(waiting_script.__file__)), *command]
    ended = subprocess.run(waiting, capture_output=True, text=True, errors="replace", check=False)
    if ended.returncode:
        raise RuntimeError(f"{command[0]!r} could not be started: {ended.stderr.strip()[-200:]}")
    seconds, core_s, peak_mb, code = json.loads(ended.stdout)
    return Ended(seconds, core_s, peak_mb, code, ended.stderr.strip().rpartition("\n")[2])


def python(code: str) -> Ended:
    """Run Python code in a new interpreter."""
    return run([sys.executable, "-c", code])


def starts(n_rounds: int) -> Table:
    """Time of a process from its start to its end, which comes right after the verdict; taken in turns."""
    found: dict[str, list[Ended]] = {name: [python(code)] for name, code in _STARTS.items()}
    for _ in range(n_rounds):
        for name, code in _STARTS.items():
            found[name].append(python(code))
    rows = [_start_row(name, ended[1:]) for name, ended in found.items()]
    return Table(
        "Start", f"{n_rounds} processes each, taken in turns after one that warms the file cache; wall time.", rows
    )


def _start_row(name: str, ended: Sequence[Ended]) -> Row:
    seconds = [each.seconds for each in ended]
    failed = next((each.said for each in ended if each.code), None)
    return {"": name, "median s": median(seconds), "min s": min(seconds), "max s": max(seconds), "failed": failed}


def memory(sizes_mb: Sequence[float], document_mb: float) -> Table:
    """Peak memory of processes that score a stream of documents, one document, one paragraph."""
    rows = [_memory_row(f"a stream of documents, {size:g} MB", _STREAMED, size) for size in sizes_mb]
    rows.append(_memory_row(f"the same without scoring, {sizes_mb[0]:g} MB", _BUILT_ONLY, sizes_mb[0]))
    rows.append(_memory_row(f"one text of many paragraphs, {document_mb:g} MB", _WHOLE, document_mb))
    rows.append(_memory_row(f"one paragraph, {document_mb:g} MB", _PARAGRAPH, document_mb))
    return Table("Memory", "Peak resident memory of the whole process, the interpreter and the text included.", rows)


def _memory_row(name: str, code: str, size_mb: float) -> Row:
    ended = python(code.format(size=round(size_mb * 1e6)))
    return {"": name, "peak MB": ended.peak_mb, "s": ended.seconds, "failed": ended.said if ended.code else None}

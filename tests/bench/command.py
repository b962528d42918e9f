"""The command line over a file of JSON Lines, end to end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import orjson

from tests.bench import prose
from tests.bench.started import Ended, run
from tests.bench.tables import Row, Table
from tests.bench.texts import documents_of

_VERBS = {
    "score --found-only": ("score", "--found-only"),
    "clean": ("clean",),
    "score": ("score",),
}
_BLOCK_SHARE = 0.02


def write(path: Path, size: int, seed: int = 0) -> int:
    """Write documents, one in fifty with an injected list, until the file has ``size`` bytes; its size."""
    with path.open("wb") as file:
        for line in _lines(size, seed):
            file.write(line)
        return file.tell()


def _lines(size: int, seed: int) -> Iterator[bytes]:
    rng = Random(seed)
    done = 0
    for number, text in enumerate(documents_of(2 * size)):
        if done >= size:
            return
        if rng.random() < _BLOCK_SHARE:
            text += "\n" + prose.place_list(rng, 40)
        line = orjson.dumps({"id": number, "url": f"https://example.org/{number}", "text": text}) + b"\n"
        done += len(line)
        yield line


def has_jobs() -> bool:
    """Whether the command line knows ``--jobs``."""
    found = subprocess.run([sys.executable, "-m", "unstuff", "score", "--help"], capture_output=True, text=True)
    return "--jobs" in found.stdout


def end_to_end(size: int, n_rounds: int) -> Table:
    """Speed and peak memory of the verbs over one file; the start of the process is measured and also taken off."""
    verbs = dict(_VERBS)
    if has_jobs():
        verbs |= {f"{name} --jobs 2": (*words, "--jobs", "2") for name, words in _VERBS.items()}
    with TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.jsonl", Path(folder) / "many.jsonl"
        write(few, 1)
        written = write(many, size)
        found: dict[str, list[tuple[Ended, Ended]]] = {name: [] for name in verbs}
        for _ in range(n_rounds):
            for name, words in verbs.items():
                found[name].append((_run(words, few), _run(words, many)))
    rows = [_row(name, pairs, written) for name, pairs in found.items()]
    note = (
        f"A generated file of {written / 1e6:.3g} MB, output thrown away; {n_rounds} rounds, wall time. Peak memory is "
        "that of the largest process."
    )
    return Table("End to end over JSON Lines", note, rows)


def _run(words: tuple[str, ...], path: Path) -> Ended:
    return run([sys.executable, "-m", "unstuff", *words, str(path)])


def _row(name: str, pairs: list[tuple[Ended, Ended]], size: int) -> Row:
    failed = next((ended.said for pair in pairs for ended in islice(pair, 2) if ended.code), None)
    if failed is not None:
        return {"": name, "failed": failed}
    start, whole = (median(ended.seconds for ended in each) for each in zip(*pairs, strict=True))
    return {
        "": name,
        "MB/s": size / 1e6 / whole,
        "MB/s after the start": size / 1e6 / max(whole - start, 1e-9),
        "start s": start,
        "core s": median(many.core_s for _, many in pairs),
        "MB a core second": size / 1e6 / median(many.core_s for _, many in pairs),
        "peak MB": max(many.peak_mb for _, many in pairs),
    }

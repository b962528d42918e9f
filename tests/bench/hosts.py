"""Throughput of the datatrove and Spark paths beside ``score_texts``: ``python -m tests.bench.hosts [--data DIR]``.

All paths score the same documents in batches of the same size on one core, in turn, several rounds in one run; what is
printed is the median over rounds, and its share of ``score_texts`` in batches. The paths hold more than scoring:

- datatrove, step: verdicts as dicts in the metadata, statistics of each document.
- datatrove, executor: also JSON Lines read, and written with the verdicts, by datatrove's reader and writer, and the
  start of a run; "without scoring" is the same without the filter.
- Spark: Arrow in, scoring, verdicts as Arrow columns out; CPU is that of the Python worker, wall that of the job, with
  the JVM's half of the exchange. "without scoring" is the same job with a function that hands batches through: the
  host's own part.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from unstuff import Filter

_OWN = Path(__file__).parents[1] / "data" / "town_news.txt"
_PARAGRAPHS = 12


class Took(NamedTuple):
    """Seconds of one pass: on the clock, and of the processor."""

    wall: float
    cpu: float


def documents(folder: Path | None, n: int) -> list[str]:
    """Documents of twelve collected paragraphs, in random order, or this repository's own page again and again."""
    if folder is None:
        return [f"{_OWN.read_text('utf-8')}\n{number}" for number in range(n)]
    with gzip.open(folder / "paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        paragraphs = [json.loads(line)["text"] for line in lines]
    random.Random(1).shuffle(paragraphs)
    starts = range(0, min(len(paragraphs), n * _PARAGRAPHS), _PARAGRAPHS)
    return ["\n".join(paragraphs[start : start + _PARAGRAPHS]) for start in starts]


def timed(work: Callable[[], object]) -> Took:
    """One pass in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def plain(texts: list[str], size: int) -> Callable[[], Took]:
    """``score_texts`` on batches."""
    scorer = Filter()
    batches = [texts[start : start + size] for start in range(0, len(texts), size)]
    return lambda: timed(lambda: [list(scorer.score_texts(batch)) for batch in batches])


def datatrove_step(texts: list[str], size: int, found_only: bool) -> Callable[[], Took]:
    """The filter alone."""
    from datatrove.data import Document

    from unstuff.integrations.datatrove import UnstuffFilter

    step = UnstuffFilter(batch_size=size, found_only=found_only)

    def work() -> None:
        for _ in step.run(Document(text, str(number)) for number, text in enumerate(texts)):
            pass

    return lambda: timed(work)


def datatrove_executor(texts: list[str], size: int, folder: Path, *, scored: bool) -> Callable[[], Took]:
    """Reader, filter if asked, and writer in datatrove's executor, one worker: this process."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from unstuff.integrations.datatrove import UnstuffFilter

    (folder / "in").mkdir(exist_ok=True)
    lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    (folder / "in" / "0.jsonl").write_text("\n".join(lines), "utf-8")
    steps = [
        JsonlReader(str(folder / "in")),
        *([UnstuffFilter(batch_size=size)] if scored else []),
        JsonlWriter(str(folder / "out"), compression=None),
    ]

    def work() -> None:
        executor = LocalPipelineExecutor(steps, workers=1, skip_completed=False, logging_dir=str(folder / "log"))
        executor.run()

    return lambda: timed(work)


class Spark:
    """One executor with one core, in a session of its own."""

    def __init__(self, texts: list[str], size: int) -> None:
        os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        self.session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(size)).getOrCreate()
        self.session.sparkContext.setLogLevel("ERROR")
        rows = list(enumerate(texts))
        self.frame = self.session.createDataFrame(rows, ["id", "text"]).repartition(1).cache()
        self.frame.count()

    def scored(self) -> Took:
        """Every verdict as a column."""
        from unstuff.integrations.spark import score

        return self._timed(score(self.frame))

    def handed_through(self) -> Took:
        """No scoring."""

        def same(batches: Iterator[Any]) -> Iterator[Any]:
            yield from batches

        return self._timed(self.frame.mapInArrow(same, self.frame.schema))

    def _timed(self, frame: Any) -> Took:
        before, wall = self._worker_s(), time.perf_counter()
        frame.write.format("noop").mode("overwrite").save()
        return Took(time.perf_counter() - wall, self._worker_s() - before)

    def _worker_s(self) -> float:
        """Processor seconds of the Python workers so far: of all descendants of this process that are Python's."""
        ticks = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                command = (folder / "cmdline").read_bytes()
                if b"pyspark.daemon" in command and _descends(int(folder.name), os.getpid()):
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                    ticks += int(fields[11]) + int(fields[12])
            except OSError:
                continue
        return ticks / os.sysconf("SC_CLK_TCK")


def _descends(pid: int, ancestor: int) -> bool:
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        if pid == ancestor:
            return True
    return False


def main() -> None:
    """Measure rounds of all paths."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("UNSTUFF_DATA"))
    parser.add_argument("--documents", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    texts = documents(options.data, options.documents)
    n_bytes = sum(len(text.encode()) for text in texts)
    with tempfile.TemporaryDirectory() as folder:
        spark = Spark(texts, options.batch)
        paths: dict[str, Callable[[], Took]] = {
            "score_texts": plain(texts, options.batch),
            "datatrove, step": datatrove_step(texts, options.batch, found_only=True),
            "datatrove, step, all verdicts": datatrove_step(texts, options.batch, found_only=False),
            "datatrove, executor": datatrove_executor(texts, options.batch, Path(folder), scored=True),
            "datatrove without scoring": datatrove_executor(texts, options.batch, Path(folder), scored=False),
            "Spark": spark.scored,
            "Spark without scoring": spark.handed_through,
        }
        for path in paths.values():
            path()  # loads models and starts workers
        rounds = [{name: path() for name, path in paths.items()} for _ in range(options.rounds)]
    print(
        f"{len(texts)} documents, {n_bytes / 1e6:.1f} MB, batches of {options.batch}, {options.rounds} rounds, medians"
    )
    print(f"{'':32} {'wall MB/s':>10} {'of score_texts':>15} {'CPU MB/s':>10} {'of score_texts':>15}")
    for name in paths:
        told = [f"{name:32}"]
        for at in range(2):
            took = statistics.median(each[name][at] for each in rounds)
            # Rounds are compared with themselves: other work on the machine slows both.
            share = statistics.median(each["score_texts"][at] / each[name][at] for each in rounds)
            told += [f"{n_bytes / took / 1e6:10.2f}", f"{share:15.0%}"]
        print(" ".join(told))


if __name__ == "__main__":
    main()

"""Text: documents through ``score_texts`` against peers and the floor."""

from __future__ import annotations

from tests.bench.peers import Absent, n_verdicts, split, tasks
from tests.bench.rounds import Task, Times, interleaved, megabytes_a_second
from tests.bench.tables import Row, Table
from tests.bench.texts import Sample
from unstuff import Filter


def speeds(scorer: Filter, sample: Sample, slow_size: int, n_rounds: int, source: str) -> Table:
    """One sample through unstuff, the floor and every peer."""
    found, absent = split(tasks(scorer, sample, slow_size))
    return Table(
        f"Text: {sample.name}", _note(scorer, sample, n_rounds, source), _rows(found, absent, sample, n_rounds)
    )


def _rows(found: list[Task], absent: list[Absent], sample: Sample, n_rounds: int) -> list[Row]:
    times = interleaved(found, n_rounds)
    own = _speed(found[0], times)
    rows: list[Row] = []
    for task in found:
        speed = _speed(task, times)
        rows.append(
            {
                "": task.name,
                "MB/s": speed,
                "paragraphs/s": speed * 1e6 * sample.n_paragraphs / sample.n_bytes,
                "unstuff is so many times as fast": own / speed,
                "MB timed": task.n_bytes / 1e6,
                "ms, min to max": times[task.name].span,
            }
        )
    return [*rows, *({"": name, "ms, min to max": f"left out: {reason}"} for name, reason in absent)]


def _speed(task: Task, times: dict[str, Times]) -> float:
    return megabytes_a_second(task.n_bytes, times[task.name].median)


def _note(scorer: Filter, sample: Sample, n_rounds: int, source: str) -> str:
    n_found = n_verdicts(scorer, sample.documents)
    return (
        f"{source}: {len(sample.documents):,} documents, {sample.n_paragraphs / len(sample.documents):.0f} lines each,"
        f" {sample.paragraph_chars:.0f} characters a paragraph, {sample.n_bytes / 1e6:.2f} MB of UTF-8; {n_found} of "
        f"{sample.n_paragraphs:,} paragraphs flagged; {n_rounds} rounds. Slow tools are timed on the first part."
    )

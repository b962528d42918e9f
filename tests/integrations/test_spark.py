"""PySpark on a driver and two executors of their own."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integrations import need

need("pyspark", "pyarrow", java=True)

import pyarrow as pa
from pyspark.sql import functions
from pyspark.sql.types import StructType

from unstuff import Filter, InputError
from unstuff.integrations import scoring
from unstuff.integrations.arrow import VERDICTS, verdict_column
from unstuff.integrations.spark import clean, score

DATA = Path(__file__).parents[1] / "data"


def by_id(frame: Any) -> dict[Any, dict[str, Any]]:
    rows = [row.asDict(recursive=True) for row in frame.collect()]
    assert len({row["id"] for row in rows}) == len(rows)
    return {row["id"]: row for row in rows}


def test_other_columns_and_rows_without_text_stay(spark: Any, town_news: str) -> None:
    frame = spark.sql(
        "select id, cast(id as decimal(9, 2)) as amount, timestamp'2024-01-02 03:04:05' as at, date'2024-01-02' as day,"
        " array(struct(id as a, map('k', id) as b)) as nested, cast(cast(id as string) as binary) as raw,"
        " null as nothing from range(40)"
    )
    frame = frame.withColumn("text", functions.when(functions.col("id") != 7, functions.lit(town_news)))
    scored = score(frame)
    assert scored.columns == [*frame.columns, "verdicts", "unstuff_error"]
    before, after = by_id(frame), by_id(scored)
    assert {key: {name: row[name] for name in frame.columns} for key, row in after.items()} == before
    assert (after[7]["verdicts"], after[7]["unstuff_error"]) == (None, "is null")
    assert all(row["verdicts"] and row["unstuff_error"] is None for key, row in after.items() if key != 7)


def test_columns_may_have_any_name(spark: Any, scorer: Filter, town_news: str) -> None:
    frame = spark.createDataFrame([(1, "x", town_news, 2, "y")], ["id", "c0", "page.text", "n", "odd `name"])
    frame = frame.select("*", functions.lit(3).alias("n"), functions.lit(4).alias("N"))
    cleaned = clean(frame, "page.text", verdicts="c1", error="an.error")
    assert cleaned.columns == [*frame.columns, "c1", "an.error"]
    ((*values, verdicts, error),) = cleaned.collect()
    assert values == [1, "x", scorer.clean_text(town_news), 2, "y", 3, 4]
    assert (len(verdicts), error) == (1, None)
    with pytest.raises(InputError, match="2 columns are called 'n'; rename all but the one to be read"):
        score(frame, "n")


def test_the_columns_have_the_types_that_are_declared(spark: Any) -> None:
    scored = score(spark.createDataFrame([("a",)], ["text"]))
    assert scored.toArrow().schema.field("verdicts").type == VERDICTS


def test_cleaning_keeps_what_went_in_the_verdicts(spark: Any, scorer: Filter, town_news: str) -> None:
    frame = spark.createDataFrame([("a", town_news), ("b", "fine"), ("c", None)], "id string, text string")
    rows = by_id(clean(frame))
    assert rows["a"]["text"] == scorer.clean_text(town_news)
    ((start, end),) = rows["a"]["verdicts"][0]["spans"]
    assert town_news[start:end] == rows["a"]["verdicts"][0]["text"]
    assert (rows["b"]["text"], rows["b"]["verdicts"]) == ("fine", [])
    assert (rows["c"]["text"], rows["c"]["verdicts"]) == (None, None)


def test_pages_may_be_binary(spark: Any, scorer: Filter) -> None:
    html = (DATA / "town_news.html").read_text("utf-8").replace("utf-8", "gb18030").encode("gb18030")
    frame = spark.createDataFrame([("a", bytearray(html))], "id string, page binary")
    row = by_id(clean(frame, "page", html=True))["a"]
    assert bytes(row["page"]) == scorer.clean_html(html) != html


def test_strings_that_are_no_utf8_are_told_and_kept(spark: Any, town_news: str) -> None:
    frame = spark.sql("select 'bad' as id, cast(unhex('61FF') as string) as text").union(
        spark.createDataFrame([("good", town_news)], ["id", "text"])
    )
    cleaned = clean(frame.coalesce(1)).withColumn("text", functions.hex("text"))
    rows = by_id(cleaned)
    assert (rows["bad"]["text"], rows["bad"]["verdicts"]) == ("61FF", None)
    assert rows["bad"]["unstuff_error"] == "is no UTF-8; repair it, or give html=True for a page"
    assert rows["good"]["unstuff_error"] is None
    assert len(rows["good"]["verdicts"]) == 1


def test_results_do_not_depend_on_partitions(spark: Any, texts: list[dict[str, Any]]) -> None:
    frame = spark.createDataFrame([(row["id"], row["text"]) for row in texts], ["id", "text"])
    one = by_id(score(frame.coalesce(1)))
    assert by_id(score(frame.repartition(7))) == one


def test_a_worker_loads_the_model_once(spark: Any) -> None:
    frame = spark.range(64).select("id", functions.lit("a line").alias("text"))
    settings = scoring.Settings(point="sensitive")
    score(frame.repartition(16), point="sensitive").count()

    def loads(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            pass
        before = scoring.loaded.cache_info().misses
        scoring.scorer(settings)
        now = scoring.loaded.cache_info().misses
        yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "before": [before], "now": [now]})

    # Workers are used again: those that scored have a Filter already.
    rows = spark.range(4).repartition(4).mapInArrow(loads, "pid long, before long, now long").collect()
    assert any(row["before"] == row["now"] > 0 for row in rows)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
@pytest.mark.parametrize("lost", ["Python workers", "executor"])
def test_processes_that_are_killed_change_nothing(
    lost: str, spark: Any, texts: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Of one of two executors: its Python workers are killed while they score, or all of it is."""
    rows = [(number, texts[number % len(texts)]["text"]) for number in range(400)]
    spark.createDataFrame(rows, ["id", "text"]).repartition(40).write.parquet(str(tmp_path / "documents"))
    frame = spark.read.parquet(str(tmp_path / "documents")).repartition(40)
    expected = by_id(score(frame))
    daemon, executor = min(python_daemons(spark).items())
    said: dict[Any, Any] = {}
    job = threading.Thread(target=lambda: said.update(by_id(score(frame))))
    tracker = spark.sparkContext.statusTracker()
    job.start()
    while job.is_alive() and not any(0 < n < 40 for n in finished_tasks(tracker)):
        time.sleep(0.01)
    assert job.is_alive(), "the job was over before anything could be killed"
    for pid in [executor] if lost == "executor" else children(daemon):
        os.kill(pid, signal.SIGKILL)
    job.join()
    assert said == expected


def python_daemons(spark: Any) -> dict[int, int]:
    """Process ids of the parents of Python workers, with those of the executors that they belong to."""

    def parents(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            pass
        status = Path(f"/proc/{os.getppid()}/status").read_text()
        executor = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid:"))
        yield pa.RecordBatch.from_pydict({"daemon": [os.getppid()], "executor": [executor]})

    rows = spark.range(8).repartition(8).mapInArrow(parents, "daemon long, executor long").collect()
    return {row["daemon"]: row["executor"] for row in rows}


def children(pid: int) -> list[int]:
    """Process ids of a process's children, of which there must be some."""
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    assert found
    return found


def finished_tasks(tracker: Any) -> list[int]:
    """Of each stage of 40 tasks that is running, how many are done."""
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return [stage.numCompletedTasks for stage in stages if stage and stage.numTasks == 40]


def test_columns_that_do_not_fit_are_refused(spark: Any) -> None:
    frame = spark.createDataFrame([(1, "a")], ["n", "text"])
    with pytest.raises(InputError, match="there is no column 'body'; the columns are n, text"):
        score(frame, "body")
    with pytest.raises(InputError, match="column 'n' is bigint, expected string"):
        score(frame, "n")
    with pytest.raises(InputError, match="there is a column 'n' already"):
        score(frame, verdicts="n")
    for verdicts, error in (("Text", "e"), ("e", "E"), ("a`b", "e")):
        with pytest.raises(InputError, match="choose another name for it"):
            score(frame, verdicts=verdicts, error=error)
    with pytest.raises(InputError, match="there is a column 'e' already"):
        score(frame, verdicts="e", error="e")
    with pytest.raises(InputError, match="column 'n' is bigint, expected string"):
        score(frame, html=True, url="n")
    with pytest.raises(InputError, match="point 'bold' is unknown"):
        score(frame, point="bold")
    with pytest.raises(InputError, match="text is Column, expected the name of a column"):
        score(frame, frame["text"])
    with pytest.raises(InputError, match="verdicts is NoneType, expected the name of a column"):
        score(frame, verdicts=None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="url is Column, expected the name of a column"):
        score(frame, html=True, url=frame["text"])
    with pytest.raises(InputError, match="a dict was given, expected a DataFrame of Spark"):
        score({"text": ["a"]})


def test_lone_surrogates_become_replacement_characters(scorer: Filter) -> None:
    column = verdict_column([scorer.score_text("a \ud800 b"), None])
    assert [row and row[0]["text"] for row in column.to_pylist()] == ["a \ufffd b", None]


def test_a_frame_may_be_empty(spark: Any) -> None:
    frame = spark.createDataFrame([], StructType.fromDDL("id long, text string"))
    assert score(frame).collect() == []


def test_a_calendar_interval_is_named(spark: Any) -> None:
    frame = spark.sql("select 'fine' as text, make_interval(1) as term")
    with pytest.raises(InputError, match="column 'term' is interval, which Arrow has no type for"):
        score(frame)

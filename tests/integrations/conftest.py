"""Documents that all hosts are given, what the command line says of them, and one Spark for all tests."""

from __future__ import annotations

import functools
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integrations import models, need
from unstuff import Filter

DATA = Path(__file__).parents[1] / "data"
Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def scorer() -> Filter:
    return Filter()


@pytest.fixture(scope="session")
def town_news() -> str:
    return (DATA / "town_news.txt").read_text("utf-8")


@pytest.fixture(scope="session")
def texts(town_news: str) -> list[dict[str, Any]]:
    """Documents with text: this repository's own, and the collected pages where they are."""
    own = [json.loads(line) for line in (DATA / "pages.jsonl").read_text("utf-8").splitlines()]
    odd = [
        {"id": "crlf", "text": town_news.replace("\n", "\r\n")},
        {"id": "empty", "text": ""},
        {"id": "emoji", "text": f"😀\u2028{town_news}"},
    ]
    return [{"id": f"own-{row['id']}", "text": row["text"]} for row in own if "text" in row] + odd + _collected_texts()


@pytest.fixture(scope="session")
def htmls() -> list[dict[str, Any]]:
    """Documents with HTML and an address."""
    own = [
        {"id": name, "html": (DATA / name).read_text("utf-8"), "url": f"http://site.example/{name}"}
        for name in ("town_news.html", "clean_page.html")
    ]
    return own + _collected_htmls()


@pytest.fixture(scope="session")
def text_records(texts: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Records:
    """What ``unstuff score`` says of the texts, by document."""
    return score_by_command(texts, tmp_path_factory.mktemp("texts") / "texts.jsonl")


@pytest.fixture(scope="session")
def html_records(htmls: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Records:
    """What ``unstuff score`` says of the pages, by document."""
    return score_by_command(htmls, tmp_path_factory.mktemp("htmls") / "htmls.jsonl")


@pytest.fixture(scope="session")
def choices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, models.Settings]:
    """Settings of a Filter by name, those of models made by the command line among them."""
    return models.choices(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A driver and two executors, each in a process of its own with one core."""
    need("pyspark", "pyarrow", java=True)
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("unstuff")
    session = (
        builder.config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.shuffle.io.retryWait", "1s")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    """A local Ray with two processors."""
    need("ray", "pyarrow")
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    yield ray
    ray.shutdown()


def score_by_command(documents: list[dict[str, Any]], path: Path, *options: str) -> Records:
    """What ``unstuff score`` says of documents, by document, without their ids."""
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), "utf-8")
    command = [sys.executable, "-m", "unstuff", "score", *options, str(path)]
    run = subprocess.run(command, capture_output=True, check=True)
    records: Records = {document["id"]: [] for document in documents}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        records[record.pop("id")].append(record)
    return records


def _collected() -> Path | None:
    folder = os.environ.get("UNSTUFF_DATA")
    return Path(folder) if folder and (Path(folder) / "pages_labelled.jsonl").exists() else None


@functools.cache
def _collected_texts() -> list[dict[str, Any]]:
    folder = _collected()
    if folder is None:
        return []
    rows = [json.loads(line) for line in (folder / "pages_labelled.jsonl").read_text("utf-8").splitlines()]
    return [{"id": row["id"], "text": "\n".join(each["text"] for each in row["paragraphs"])} for row in rows]


@functools.cache
def _collected_htmls() -> list[dict[str, Any]]:
    folder = _collected()
    if folder is None:
        return []
    with gzip.open(folder / "html" / "cx163.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line, _ in zip(stream, range(20), strict=False)]
    return [{key: row[key] for key in ("id", "html", "url")} for row in rows]

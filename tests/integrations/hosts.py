"""Each host, run on documents: what it says of them, in the form of ``unstuff score``."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.integrations import need
from unstuff import Filter

Documents = list[dict[str, Any]]
Said = dict[str, Any]

_SPIDER = """
import json, pathlib, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Documents(scrapy.Spider):
    name = "documents"
    start_urls = [pathlib.Path(sys.argv[1]).as_uri()]
    def parse(self, response):
        for line in response.body.splitlines():
            yield json.loads(line)

process = CrawlerProcess(json.loads(sys.argv[2]))
process.crawl(Documents)
process.start()
"""


def run_datatrove(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from unstuff.integrations.datatrove import UnstuffFilter

    key = "html" if html else "text"
    for number in range(2):
        write_jsonl(tmp_path / "in" / f"{number}.jsonl", documents[number::2])
    steps = [
        JsonlReader(str(tmp_path / "in"), text_key=key),
        UnstuffFilter(html=html, found_only=False, batch_size=7),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(tmp_path / "log")).run()
    rows = read_jsonl(tmp_path / "out")
    # Its readers pass over documents without text.
    return {row["id"]: [] for row in documents if not row[key]} | {
        row["id"]: row["metadata"]["unstuff"]["verdicts"] for row in rows
    }


def run_scrapy(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("scrapy")
    settings: dict[str, Any] = {"UNSTUFF_FOUND_ONLY": False}
    if html:
        settings |= {"UNSTUFF_FIELDS": [], "UNSTUFF_HTML_FIELDS": ["html"]}
    items = crawl_items(documents, settings, tmp_path)
    return {item["id"]: item["unstuff"]["html" if html else "text"]["verdicts"] for item in items}


def run_spark(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    spark = request.getfixturevalue("spark")
    from unstuff.integrations.spark import score

    columns = ("id", "html", "url") if html else ("id", "text")
    frame = spark.createDataFrame([tuple(row[key] for key in columns) for row in documents], list(columns))
    scored = score(frame.repartition(5), columns[1], html=html, url="url" if html else None)
    return {row["id"]: [each.asDict(recursive=True) for each in row["verdicts"]] for row in scored.collect()}


def run_ray(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("ray", "pyarrow")
    ray = request.getfixturevalue("ray")
    from unstuff.integrations.ray import UnstuffScorer

    options = {"text": "html", "html": True, "url": "url"} if html else {}
    scored = (
        ray.data.from_items(documents)
        .repartition(3)
        .map_batches(
            UnstuffScorer,
            batch_format="pyarrow",
            batch_size=8,
            fn_constructor_kwargs=options,
            concurrency=2,
            num_cpus=0.5,
        )
    )
    return {row["id"]: row["verdicts"] for row in scored.take_all()}


def run_sklearn(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from sklearn.pipeline import make_pipeline

    from unstuff.integrations.sklearn import KeywordBlockFeatures

    pipeline = make_pipeline(KeywordBlockFeatures(html=html)).fit([])
    rows = pipeline.transform([row["html" if html else "text"] for row in documents])
    return {row["id"]: (*map(int, figures[:2]), figures[3]) for row, figures in zip(documents, rows, strict=True)}


def run_dolma(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from unstuff.integrations import dolma

    path = tmp_path / "documents" / "0.jsonl"
    write_jsonl(path, documents)
    written = gzip.decompress(dolma.write(path, Filter()).read_bytes())
    lines = [json.loads(line) for line in written.splitlines()]
    return {line["id"]: [each[::2] for each in line["attributes"][dolma.ATTRIBUTE]] for line in lines}


def run_data_juicer(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from unstuff.integrations.data_juicer import KeywordBlockMapper

    samples = KeywordBlockMapper().process_batched({"text": [row["text"] for row in documents]})
    notes = zip(documents, samples["unstuff"], strict=True)
    return {row["id"]: json.loads(note)["verdicts"] for row, note in notes}


def run_nemo_curator(documents: Documents, html: bool, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from unstuff.integrations.nemo_curator import KeywordBlockShare

    blocks = KeywordBlockShare()
    return {row["id"]: blocks.keep_document(blocks.score_document(row["text"])) for row in documents}


def _all(records: list[dict[str, Any]]) -> Any:
    return records


def _found(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in records if each["label"] == "keyword_block"]


def _figures(records: list[dict[str, Any]]) -> Any:
    return len(records), len(_found(records)), max((each["score"] for each in records), default=0.0)


def _starts(records: list[dict[str, Any]]) -> Any:
    return [[span[0], each["score"]] for each in _found(records) for span in each["spans"]]


def _clean(records: list[dict[str, Any]]) -> bool:
    return not _found(records)


class Host(NamedTuple):
    """How a host is run, what of a document's records it can say, and whether it takes HTML."""

    run: Callable[[Documents, bool, pytest.FixtureRequest, Path], Said]
    view: Callable[[list[dict[str, Any]]], Any]
    takes_html: bool = True


HOSTS = {
    "data_juicer": Host(run_data_juicer, _found, takes_html=False),
    "datatrove": Host(run_datatrove, _all),
    "dolma": Host(run_dolma, _starts, takes_html=False),
    "nemo_curator": Host(run_nemo_curator, _clean, takes_html=False),
    "ray": Host(run_ray, _all),
    "scrapy": Host(run_scrapy, _all),
    "sklearn": Host(run_sklearn, _figures),
    "spark": Host(run_spark, _all),
}


def crawl_items(documents: Documents, settings: dict[str, Any], folder: Path) -> Documents:
    """The items of a crawl whose spider yields the documents."""
    write_jsonl(folder / "documents.jsonl", documents)
    feed = folder / "feed" / "items.jsonl"
    settings = {
        "ADDONS": {"unstuff.integrations.scrapy.UnstuffAddon": 200},
        "FEEDS": {str(feed): {"format": "jsonlines", "encoding": "utf8"}},
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
        **settings,
    }
    command = [sys.executable, "-c", _SPIDER, str(folder / "documents.jsonl"), json.dumps(settings)]
    subprocess.run(command, check=True)
    return read_jsonl(feed.parent)


def write_jsonl(path: Path, rows: Documents) -> None:
    """Rows as a file of JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def read_jsonl(folder: Path) -> Documents:
    """All rows of the files of a folder."""
    return [json.loads(line) for path in sorted(folder.iterdir()) for line in path.read_bytes().splitlines()]

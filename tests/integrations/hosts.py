"""Each host, run on documents: what it says of them, in the form of ``unstuff score``."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.integrations import need
from unstuff import Filter, Page
from unstuff.integrations import scoring

Documents = list[dict[str, Any]]
Said = dict[str, Any]


class Asked(NamedTuple):
    """Documents of one form, and the settings of the Filter that is to judge them."""

    documents: Documents
    html: bool = False
    settings: Mapping[str, Any] = {}


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


def run_datatrove(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from unstuff.integrations.datatrove import UnstuffFilter

    documents, key = asked.documents, "html" if asked.html else "text"
    for number in range(2):
        write_jsonl(tmp_path / "in" / f"{number}.jsonl", documents[number::2])
    steps = [
        JsonlReader(str(tmp_path / "in"), text_key=key),
        UnstuffFilter(html=asked.html, found_only=False, batch_size=7, **asked.settings),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    LocalPipelineExecutor(steps, tasks=2, workers=2, logging_dir=str(tmp_path / "log")).run()
    rows = read_jsonl(tmp_path / "out")
    # Its readers pass over documents without text.
    return {row["id"]: [] for row in documents if not row[key]} | {
        row["id"]: row["metadata"]["unstuff"]["verdicts"] for row in rows
    }


def run_scrapy(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("scrapy")
    # As strings, which is what -s of the command line gives.
    chosen = {f"UNSTUFF_{name.upper()}": str(value) for name, value in asked.settings.items()}
    settings: dict[str, Any] = {"UNSTUFF_FOUND_ONLY": False, **chosen}
    if asked.html:
        settings |= {"UNSTUFF_FIELDS": [], "UNSTUFF_HTML_FIELDS": ["html"]}
    items = crawl_items(asked.documents, settings, tmp_path)
    return {item["id"]: item["unstuff"]["html" if asked.html else "text"]["verdicts"] for item in items}


def run_spark(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    spark = request.getfixturevalue("spark")
    from unstuff.integrations.spark import score

    columns = ("id", "html", "url") if asked.html else ("id", "text")
    frame = spark.createDataFrame([tuple(row[key] for key in columns) for row in asked.documents], list(columns))
    address = "url" if asked.html else None
    scored = score(frame.repartition(5), columns[1], html=asked.html, url=address, **asked.settings)
    return {row["id"]: [each.asDict(recursive=True) for each in row["verdicts"]] for row in scored.collect()}


def run_ray(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("ray", "pyarrow")
    ray = request.getfixturevalue("ray")
    from unstuff.integrations.ray import UnstuffScorer

    options = {"text": "html", "html": True, "url": "url"} if asked.html else {}
    scored = (
        ray.data.from_items(asked.documents)
        .repartition(3)
        .map_batches(
            UnstuffScorer,
            batch_format="pyarrow",
            batch_size=8,
            fn_constructor_kwargs={**options, **asked.settings},
            concurrency=2,
            num_cpus=0.5,
        )
    )
    return {row["id"]: row["verdicts"] for row in scored.take_all()}


def run_sklearn(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from sklearn.pipeline import make_pipeline

    from unstuff.integrations.sklearn import KeywordBlockFeatures

    pipeline = make_pipeline(KeywordBlockFeatures(html=asked.html, **asked.settings)).fit([])
    rows = pipeline.transform([row["html" if asked.html else "text"] for row in asked.documents])
    return {row["id"]: figures.tolist() for row, figures in zip(asked.documents, rows, strict=True)}


def run_dolma(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from unstuff.integrations import dolma

    path = tmp_path / "documents" / "0.jsonl"
    write_jsonl(path, asked.documents)
    lines = gzip.decompress(dolma.write(path, Filter(**asked.settings)).read_bytes()).splitlines()
    pairs = [(row["text"], json.loads(line)) for row, line in zip(asked.documents, lines, strict=True)]
    return {
        line["id"]: [(text[start:end].strip(), score) for start, end, score in line["attributes"][dolma.ATTRIBUTE]]
        for text, line in pairs
    }


def run_data_juicer(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from unstuff.integrations.data_juicer import KeywordBlockMapper

    mapper = KeywordBlockMapper(**asked.settings)
    samples = mapper.process_batched({"text": [row["text"] for row in asked.documents]})
    notes = zip(asked.documents, samples["unstuff"], strict=True)
    return {row["id"]: json.loads(note)["verdicts"] for row, note in notes}


def run_nemo_curator(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    from unstuff.integrations.nemo_curator import KeywordBlockShare

    blocks = KeywordBlockShare(**asked.settings)
    return {row["id"]: blocks.score_document(row["text"]) for row in asked.documents}


def run_python(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    scorer = Filter(**asked.settings)
    pages = [
        Page.from_html(row["html"], row["url"]) if asked.html else Page.from_text(row["text"])
        for row in asked.documents
    ]
    found = zip(asked.documents, scorer.score_pages(pages), strict=True)
    return {row["id"]: list(map(scoring.record, verdicts)) for row, verdicts in found}


def run_arrow(asked: Asked, request: pytest.FixtureRequest, tmp_path: Path) -> Said:
    need("pyarrow")
    import pyarrow as pa

    from unstuff.integrations.arrow import Columns, annotate

    columns = Columns("html", html=True, url="url") if asked.html else Columns()
    table = annotate(pa.Table.from_pylist(asked.documents), Filter(**asked.settings), columns)
    return {row["id"]: row["verdicts"] for row in table.to_pylist()}


def _all(records: list[dict[str, Any]]) -> Any:
    return records


def _found(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in records if each["label"] == "keyword_block"]


def _pieces(records: list[dict[str, Any]]) -> list[str]:
    """The text of every span."""
    return [
        each["text"][start - each["start"] : end - each["start"]] for each in records for start, end in each["spans"]
    ]


def _share(records: list[dict[str, Any]]) -> float:
    n_found, n_chars = (
        sum(len("".join(text.split())) for text in texts) for texts in (_pieces(records), [r["text"] for r in records])
    )
    return n_found / n_chars if n_found else 0.0


def _figures(records: list[dict[str, Any]]) -> list[float]:
    scores = [each["score"] for each in records] or [0.0]
    return [len(records), len(_found(records)), _share(records), max(scores), sum(scores) / len(scores)]


def _scored_pieces(records: list[dict[str, Any]]) -> list[tuple[str, float]]:
    """Spans without the white space around them, which those that take their line along have."""
    return [(piece.strip(), each["score"]) for each in records for piece in _pieces([each])]


class Host(NamedTuple):
    """How a host is run, what of a document's records it can say, and whether it takes HTML, and addresses with it."""

    run: Callable[[Asked, pytest.FixtureRequest, Path], Said]
    view: Callable[[list[dict[str, Any]]], Any]
    takes_html: bool = True
    takes_addresses: bool = True


HOSTS = {
    "arrow": Host(run_arrow, _all),
    "data_juicer": Host(run_data_juicer, _found, takes_html=False),
    "datatrove": Host(run_datatrove, _all),
    "dolma": Host(run_dolma, _scored_pieces, takes_html=False),
    "nemo_curator": Host(run_nemo_curator, _share, takes_html=False),
    "python": Host(run_python, _all),
    "ray": Host(run_ray, _all),
    "scrapy": Host(run_scrapy, _all),
    "sklearn": Host(run_sklearn, _figures, takes_addresses=False),
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

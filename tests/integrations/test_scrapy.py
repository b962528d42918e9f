"""Pipeline, middleware and add-on in crawls of their own."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.integrations import need

need("scrapy")

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import TextResponse
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from tests.integrations.hosts import crawl_items
from unstuff import Filter, InputError
from unstuff.integrations import worker
from unstuff.integrations.scrapy import UnstuffAddon, UnstuffPipeline, UnstuffSpiderMiddleware
from unstuff.integrations.worker import Job, Scored

DATA = Path(__file__).parents[1] / "data"

# A downloader that answers from a file: the crawl needs no network.
_CRAWL = """
import asyncio, json, sys
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, TextResponse

class Files:
    def process_request(self, request, spider=None):
        html = open(sys.argv[1], "rb").read()
        if request.url.endswith(".json"):
            return TextResponse(request.url, body=b"{}", request=request)
        return HtmlResponse(request.url, body=html, encoding="utf-8", request=request)

class Pages(scrapy.Spider):
    name = "pages"
    async def start(self):
        for name in ("news", "data.json"):
            yield scrapy.Request("http://site.example/" + name)
    def parse(self, response):
        yield {"url": response.url, "note": response.meta.get("unstuff")}

settings = json.loads(sys.argv[2]) | {"DOWNLOADER_MIDDLEWARES": {Files: 1}}
process = CrawlerProcess(settings)
crawler = process.create_crawler(Pages)
items = []
crawler.signals.connect(lambda item: items.append(dict(item)), scrapy.signals.item_scraped, weak=False)
process.crawl(crawler)
process.start()
print(json.dumps({"items": items, "stats": crawler.stats.get_stats()}, default=str))
"""


def pipeline(**settings: Any) -> UnstuffPipeline:
    built: UnstuffPipeline = UnstuffPipeline.from_crawler(Crawler(scrapy.Spider, settings))
    built.crawler.stats = MemoryStatsCollector(built.crawler)
    return built


def passed(step: UnstuffPipeline, item: Any) -> Any:
    return asyncio.run(step.process_item(item))


def test_a_crawl_drops_items_with_keyword_blocks(town_news: str, tmp_path: Path) -> None:
    documents = [{"id": "a", "text": town_news}, {"id": "b", "text": "fine"}, {"id": "c", "title": "no text"}]
    items = crawl_items(documents, {"UNSTUFF_MODE": "drop"}, tmp_path)
    assert {item["id"] for item in items} == {"b", "c"}


def test_a_crawl_cleans_items(town_news: str, scorer: Filter, tmp_path: Path) -> None:
    documents = [{"id": "a", "text": town_news, "body": town_news}]
    settings = {"UNSTUFF_MODE": "clean", "UNSTUFF_FIELDS": ["text"], "TWISTED_REACTOR": REACTOR}
    (item,) = crawl_items(documents, settings, tmp_path)
    assert item["text"] == scorer.clean_text(town_news)
    assert item["body"] == town_news
    assert item["unstuff"]["text"]["n_flagged"] == 1


# Not asyncio's: calls in threads go through Twisted.
REACTOR = "twisted.internet.selectreactor.SelectReactor"


@pytest.mark.parametrize("reactor", ["twisted.internet.asyncioreactor.AsyncioSelectorReactor", REACTOR])
def test_a_crawl_scores_html_responses_before_their_callback(reactor: str, scorer: Filter) -> None:
    page = DATA / "town_news.html"
    settings = {
        "ADDONS": {"unstuff.integrations.scrapy.UnstuffAddon": 200},
        "UNSTUFF_RESPONSES": True,
        "UNSTUFF_FOUND_ONLY": False,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "TWISTED_REACTOR": reactor,
    }
    command = [sys.executable, "-c", _CRAWL, str(page), json.dumps(settings)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    notes = {item["url"]: item["note"] for item in said["items"]}
    verdicts = scorer.score_html(page.read_bytes(), "http://site.example/news")
    scores = [each["score"] for each in notes["http://site.example/news"]["verdicts"]]
    assert scores == [each.score for each in verdicts]
    assert notes["http://site.example/data.json"] is None
    n_found = sum(each.found for each in verdicts)
    stats = {name: n for name, n in said["stats"].items() if name.startswith("unstuff/")}
    assert stats == {
        "unstuff/responses/scored": 1,
        "unstuff/responses/flagged": 1,
        "unstuff/paragraphs/flagged": n_found,
    }


def test_stats_count_what_was_done(town_news: str) -> None:
    step = pipeline(UNSTUFF_MODE="drop", UNSTUFF_FIELDS="title,text")
    with pytest.raises(DropItem, match="keyword blocks in text"):
        passed(step, {"title": "News", "text": town_news})
    passed(step, {"text": "fine"})
    stats = {name: n for name, n in step.crawler.stats.get_stats().items() if name.startswith("unstuff/")}
    assert stats == {
        "unstuff/fields/scored": 3,
        "unstuff/fields/flagged": 1,
        "unstuff/paragraphs/flagged": 1,
        "unstuff/items/dropped": 1,
    }


def test_html_fields_are_read_as_html(scorer: Filter) -> None:
    html = (DATA / "town_news.html").read_bytes()
    step = pipeline(UNSTUFF_MODE="clean", UNSTUFF_FIELDS=[], UNSTUFF_HTML_FIELDS=["body"])
    item = passed(step, {"body": html, "url": "http://site.example/"})
    assert item["body"] == scorer.clean_html(html, "http://site.example/") != html


_SCORE = worker._score


def score_or_die(job: Job, contents: dict[str, Any], *rest: Any) -> dict[str, Scored]:
    """In place of what the process does."""
    if "CRASH" in contents.values():
        os._exit(1)
    return _SCORE(job, contents, *rest)


@pytest.mark.parametrize("mode", ["annotate", "clean", "drop"])
def test_an_item_that_cannot_be_scored_goes_on(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_score", score_or_die)
    step = pipeline(UNSTUFF_MODE=mode)
    crashed = passed(step, {"text": "CRASH"})
    assert crashed["text"] == "CRASH"
    assert crashed["unstuff"]["text"]["error"].startswith("cannot be scored: TerminatedWorkerError")
    assert passed(step, {"text": None}) == {"text": None, "unstuff": {"text": {"error": "is null"}}}
    assert step.crawler.stats.get_value("unstuff/fields/unscored") == 2
    assert passed(step, {"text": "fine"})["unstuff"]["text"]["n_paragraphs"] == 1


def test_an_interrupt_does_not_end_the_process_that_scores(town_news: str, scorer: Filter) -> None:
    step = pipeline(UNSTUFF_MODE="clean")
    passed(step, {"text": "fine"})
    processes = list(worker._process()._processes)
    for process in processes:
        os.kill(process, signal.SIGINT)
    time.sleep(0.5)  # the executor sees a dead process by then
    assert passed(step, {"text": town_news})["text"] == scorer.clean_text(town_news)
    assert list(worker._process()._processes) == processes


@pytest.mark.parametrize("mode", ["annotate", "clean", "drop"])
def test_what_is_no_text_goes_on_though_it_has_no_form_to_be_sent_in(mode: str, town_news: str) -> None:
    step = pipeline(UNSTUFF_MODE=mode, UNSTUFF_FIELDS=["text", "title"], UNSTUFF_HTML_FIELDS=["html"])
    letters = (letter for letter in "ab")
    item = passed(step, {"text": letters, "title": "News", "html": "<p>fine", "url": lambda: "address"})
    assert item["text"] is letters
    assert list(item["unstuff"]) == ["text", "title", "html"]
    assert item["unstuff"]["text"] == {"error": "is generator, expected a string"}
    assert item["unstuff"]["html"]["n_paragraphs"] == 1
    assert step.crawler.stats.get_value("unstuff/fields/unscored") == 1
    assert step.crawler.stats.get_value("unstuff/fields/scored") == 2


def test_an_item_that_takes_no_values_goes_on_and_is_told(town_news: str, caplog: pytest.LogCaptureFixture) -> None:
    @dataclass(frozen=True)
    class Article:
        text: str

    step = pipeline(UNSTUFF_MODE="clean")
    assert passed(step, Article(town_news)) == passed(step, Article(town_news)) == Article(town_news)
    assert step.crawler.stats.get_value("unstuff/items/not_cleaned") == 2
    assert step.crawler.stats.get_value("unstuff/items/cleaned") is None
    assert sum("takes no cleaned text in field 'text'" in message for message in caplog.messages) == 1


def test_an_item_class_without_the_field_is_cleaned_all_the_same(town_news: str, scorer: Filter) -> None:
    class Article(scrapy.Item):
        text = scrapy.Field()

    step = pipeline(UNSTUFF_MODE="clean")
    item = passed(step, Article(text=town_news))
    assert dict(item) == {"text": scorer.clean_text(town_news)}
    assert step.crawler.stats.get_value("unstuff/items/not_annotated") == 1


@pytest.mark.parametrize("mode", ["annotate", "clean", "drop"])
def test_every_reason_and_every_class_is_told(mode: str, town_news: str, caplog: pytest.LogCaptureFixture) -> None:
    class Article(scrapy.Item):
        text = scrapy.Field()

    class Comment(scrapy.Item):
        text = scrapy.Field()

    step = pipeline(UNSTUFF_MODE=mode)
    for text in ([town_news], None):
        for kind in (Article, Comment):
            passed(step, kind(text=text))
    told = [message for message in caplog.messages if "is left as it is" in message]
    assert [message.partition(": it is ")[2][:4] for message in told] == ["list", "null"]
    assert [
        sum(f"{kind} takes no annotations" in message for message in caplog.messages) for kind in (Article, Comment)
    ] == [1, 1]


@pytest.mark.parametrize("mode", ["annotate", "clean", "drop"])
def test_why_a_field_was_not_scored_is_logged_once(mode: str, town_news: str, caplog: pytest.LogCaptureFixture) -> None:
    class Article(scrapy.Item):
        text = scrapy.Field()

    step = pipeline(UNSTUFF_MODE=mode)
    for _ in range(2):
        assert passed(step, Article(text=[town_news]))["text"] == [town_news]
    assert [message for message in caplog.messages if "is left as it is" in message] == [
        f"field 'text' of {Article} is left as it is: it is list, expected a string;"
        " join it, or give the item loader an output processor"
    ]


def test_a_field_that_goes_beyond_a_cap_is_named_in_the_log_of_the_crawl(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    step = pipeline(UNSTUFF_FIELDS=["title", "text"])
    item = passed(step, {"title": "News", "text": "It is noon.\n" * 140_000, "url": "http://site.example/"})
    assert item["unstuff"]["text"]["cut_by"] == ["document_paragraphs"]
    assert caplog.messages == ["field 'text' of http://site.example/ was not looked at to its end: document_paragraphs"]
    assert "not looked at" not in capfd.readouterr().err


def test_a_response_that_is_not_scored_has_no_verdicts_of_another_page() -> None:
    step = UnstuffSpiderMiddleware.from_crawler(Crawler(scrapy.Spider, {}))
    request = scrapy.Request("http://site.example/data.json", meta={"unstuff": {"n_flagged": 1}, "own": 1})
    response = TextResponse(request.url, body=b"{}", request=request)

    async def callback() -> Any:
        yield response.meta.get("unstuff")

    async def given() -> list[Any]:
        return [each async for each in step.process_spider_output(response, callback())]

    assert asyncio.run(given()) == [None]
    assert response.meta == {"own": 1}


def test_settings_that_cannot_be_used_end_the_crawl_at_its_start() -> None:
    with pytest.raises(InputError, match="UNSTUFF_MODE 'delete' is unknown"):
        pipeline(UNSTUFF_MODE="delete")
    with pytest.raises(InputError, match="point 'bold' is unknown"):
        pipeline(UNSTUFF_POINT="bold")
    with pytest.raises(InputError, match="UNSTUFF_THRESHOLD 'high' is no number; give a score in"):
        pipeline(UNSTUFF_THRESHOLD="high")
    with pytest.raises(InputError, match="threshold cannot be used with point"):
        pipeline(UNSTUFF_POINT="precise", UNSTUFF_THRESHOLD=0.9)
    with pytest.raises(InputError, match=r"gazetteer 'missing\.tsv' cannot be read"):
        pipeline(UNSTUFF_GAZETTEER="missing.tsv")


def test_the_add_on_leaves_what_the_project_places_itself() -> None:
    settings = Settings({"ITEM_PIPELINES": {UnstuffPipeline: 900}})
    UnstuffAddon().update_settings(settings)
    assert settings.getdict("ITEM_PIPELINES") == {UnstuffPipeline: 900}
    assert UnstuffSpiderMiddleware not in settings.getdict("SPIDER_MIDDLEWARES")

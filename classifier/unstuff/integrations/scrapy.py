"""Scrapy (2.13 and later): an item pipeline, a spider middleware, and the add-on that enables them.

Settings: ``UNSTUFF_MODE`` ("annotate", "clean" or "drop"; default "annotate"), ``UNSTUFF_FIELDS`` (fields of items that
hold text; default ["text"]), ``UNSTUFF_HTML_FIELDS`` (fields that hold HTML; default none), ``UNSTUFF_POINT`` and
``UNSTUFF_MODEL`` (as in :class:`unstuff.Filter`), ``UNSTUFF_FOUND_ONLY`` (annotate with the verdicts on keyword blocks
only; default True), ``UNSTUFF_RESPONSES`` (the add-on enables the middleware too; default False).

Scoring is done in a thread, one page at a time: the reactor goes on meanwhile. Nothing is lost where a page cannot be
scored: the item or response goes on with an error in its annotation, and is counted as unscored.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

from unstuff.errors import InputError
from unstuff.integrations import scoring
from unstuff.integrations.extras import extra
from unstuff.integrations.scoring import Outcome

with extra("scrapy", "scrapy", "itemadapter", "twisted"):
    from itemadapter import ItemAdapter
    from scrapy.exceptions import DropItem
    from scrapy.http import HtmlResponse
    from twisted.internet.threads import deferToThread

ANNOTATION = "unstuff"
"""The field of an item, and the key of ``response.meta``, that takes what was found."""
MODES = ("annotate", "clean", "drop")

logger = logging.getLogger(__name__)
Given = TypeVar("Given")


class Field(NamedTuple):
    """One field of an item, scored."""

    name: str
    outcome: Outcome
    note: dict[str, Any]
    content: Any  # without keyword blocks, where cleaning is asked for


class _Component:
    """What pipeline and middleware share: a Filter, and a place to count."""

    def __init__(self, crawler: Any) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.found_only = settings.getbool("UNSTUFF_FOUND_ONLY", True)
        self.scorer = scoring.scorer(settings.get("UNSTUFF_MODEL"), settings.get("UNSTUFF_POINT"))

    @classmethod
    def from_crawler(cls, crawler: Any) -> Any:
        """Raises :class:`InputError` or :class:`ModelError` for settings that cannot be used: the crawl ends there."""
        return cls(crawler)

    def count(self, name: str, n: int = 1) -> None:
        """Add to ``unstuff/<name>`` of the crawler's stats."""
        self.crawler.stats.inc_value(f"unstuff/{name}", n)

    def count_outcome(self, what: str, outcome: Outcome) -> None:
        """Count a scored field or response."""
        self.count(f"{what}/{'scored' if outcome.page else 'unscored'}")
        if outcome.found:
            self.count(f"{what}/flagged")
            self.count("paragraphs/flagged", len(outcome.found))


class UnstuffPipeline(_Component):
    """Annotates, cleans or drops items by the text and HTML in their fields.

    An item gets ``{field: {"n_paragraphs", "n_flagged", "flagged_share", "verdicts"}}`` in its field "unstuff", which
    classes of items have to declare; without it they are cleaned or dropped but not annotated. A field that an item
    does not have is skipped.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self.mode = settings.get("UNSTUFF_MODE", "annotate")
        if self.mode not in MODES:
            raise InputError(f"UNSTUFF_MODE {self.mode!r} is unknown; give one of {', '.join(MODES)}")
        self.fields = dict.fromkeys(settings.getlist("UNSTUFF_FIELDS", ["text"]), False)
        self.fields |= dict.fromkeys(settings.getlist("UNSTUFF_HTML_FIELDS"), True)
        self._warned = False

    async def process_item(self, item: Any, spider: Any = None) -> Any:
        """The item, annotated or cleaned. Raises DropItem for one with keyword blocks, with mode "drop"."""
        adapter = ItemAdapter(item)
        contents = {name: adapter[name] for name in self.fields if name in adapter}
        scored = await _in_thread(self._score, contents, adapter.get("url")) if contents else []
        for field in scored:
            self.count_outcome("fields", field.outcome)
        found = [field.name for field in scored if field.outcome.found]
        if self.mode == "drop" and found:
            self.count("items/dropped")
            raise DropItem(f"keyword blocks in {', '.join(found)}")
        if self.mode == "clean" and found:
            self.count("items/cleaned")
            for field in scored:
                adapter[field.name] = field.content
        self._annotate(adapter, {field.name: field.note for field in scored})
        return item

    def _score(self, contents: Mapping[str, Any], url: Any) -> list[Field]:
        return [self._score_field(name, content, url) for name, content in contents.items()]

    def _score_field(self, name: str, content: Any, url: Any) -> Field:
        outcome = scoring.score(self.scorer, [content], html=self.fields[name], urls=[url])[0]
        note = scoring.annotation(outcome, found_only=self.found_only)
        if self.mode == "clean":
            try:
                content = scoring.clean(content, outcome)
            except Exception as error:
                note["error"] = f"cannot be cleaned: {error!r}"
        return Field(name, outcome, note, content)

    def _annotate(self, adapter: Any, notes: dict[str, Any]) -> None:
        if not notes:
            return
        try:
            adapter[ANNOTATION] = notes
        except (KeyError, AttributeError, TypeError, ValueError):
            self.count("items/not_annotated")
            if not self._warned:
                self._warned = True
                logger.warning("%s has no field %r for annotations; declare one", type(adapter.item), ANNOTATION)


class UnstuffSpiderMiddleware(_Component):
    """Scores HTML responses into ``response.meta["unstuff"]``, which callbacks that are generators can read."""

    async def process_spider_output(
        self, response: Any, result: AsyncIterator[Any], spider: Any = None
    ) -> AsyncIterator[Any]:
        """What the callback gives, unchanged; it is asked for after the response was scored."""
        if isinstance(response, HtmlResponse):
            outcome, note = await _in_thread(self._score, response)
            self.count_outcome("responses", outcome)
            response.meta[ANNOTATION] = note
        async for each in result:
            yield each

    def _score(self, response: Any) -> tuple[Outcome, dict[str, Any]]:
        outcome = scoring.score(self.scorer, [response.text], html=True, urls=[response.url])[0]
        return outcome, scoring.annotation(outcome, found_only=self.found_only)


class UnstuffAddon:
    """``ADDONS = {"unstuff.integrations.scrapy.UnstuffAddon": 200}``."""

    def update_settings(self, settings: Any) -> None:
        """Enable the pipeline, and with ``UNSTUFF_RESPONSES`` the middleware, unless the project places them itself."""
        settings.setdefault_in_component_priority_dict("ITEM_PIPELINES", UnstuffPipeline, 200)
        if settings.getbool("UNSTUFF_RESPONSES"):
            settings.setdefault_in_component_priority_dict("SPIDER_MIDDLEWARES", UnstuffSpiderMiddleware, 950)


@functools.cache
def _thread() -> ThreadPoolExecutor:
    # One: several would take turns at the interpreter's lock, and the reactor would wait for each.
    return ThreadPoolExecutor(1, "unstuff")


async def _in_thread(call: Callable[..., Given], *arguments: Any) -> Given:
    """What a call gives, made in a thread, with the asyncio reactor and with the others."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        given: Given = await deferToThread(call, *arguments)
        return given
    return await loop.run_in_executor(_thread(), functools.partial(call, *arguments))

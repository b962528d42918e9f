"""Scrapy (2.13 and later): an item pipeline, a spider middleware, and the add-on that enables them.

Settings: ``UNSTUFF_MODE`` ("annotate", "clean" or "drop"; default "annotate"), ``UNSTUFF_FIELDS`` (fields of items that
hold text; default ["text"]), ``UNSTUFF_HTML_FIELDS`` (fields that hold HTML; default none), ``UNSTUFF_MODEL``,
``UNSTUFF_POINT``, ``UNSTUFF_THRESHOLD`` and ``UNSTUFF_GAZETTEER`` (as in :class:`unstuff.Filter`),
``UNSTUFF_FOUND_ONLY`` (annotate with the verdicts on keyword blocks only; default True), ``UNSTUFF_RESPONSES`` (the
add-on enables the middleware too; default False).

Scoring is done in a process of its own, one page at a time: the reactor goes on meanwhile. Nothing is lost where a page
cannot be scored: the item or response goes on with an error in its annotation, and is counted as unscored; each
reason of a field is logged once.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import os
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from unstuff.errors import InputError
from unstuff.integrations import scoring, worker
from unstuff.integrations.extras import extra
from unstuff.integrations.worker import Job, Scored

with extra("scrapy", "scrapy", "itemadapter", "twisted"):
    from itemadapter import ItemAdapter
    from scrapy.exceptions import DropItem
    from scrapy.http import HtmlResponse
    from twisted.internet.threads import deferToThread

ANNOTATION = "unstuff"
"""The field of an item, and the key of ``response.meta``, that takes what was found."""
MODES = ("annotate", "clean", "drop")
_OF_LOADER = "; join it, or give the item loader an output processor"

logger = logging.getLogger(__name__)


class _Component:
    """What pipeline and middleware share: how pages are scored, and a place to count."""

    def __init__(self, crawler: Any, *, clean: bool = False) -> None:
        self.crawler = crawler
        settings = crawler.settings
        chosen = _chosen(settings)
        scoring.scorer(chosen)  # what is wrong with them is said here, not in the process
        self.job = Job(chosen, settings.getbool("UNSTUFF_FOUND_ONLY", True), clean)
        worker.start()

    @classmethod
    def from_crawler(cls, crawler: Any) -> Any:
        """Raises :class:`InputError` or :class:`ModelError` for settings that cannot be used: the crawl ends there."""
        return cls(crawler)

    def count(self, name: str, n: int = 1) -> None:
        """Add to ``unstuff/<name>`` of the crawler's stats."""
        self.crawler.stats.inc_value(f"unstuff/{name}", n)

    async def score(
        self, what: str, contents: Mapping[str, Any], html: frozenset[str], url: object
    ) -> dict[str, Scored]:
        """Score contents by name, and count them as fields or responses."""
        scored = await _in_thread(self.job, contents, html, url)
        for name, each in scored.items():
            if each.cut_by:
                place = f"field {name!r} of " if what == "fields" else ""
                caps = ", ".join(each.cut_by)
                logger.warning("%s%s was not looked at to its end: %s", place, url or "an item", caps)
            self.count(f"{what}/{'unscored' if each.error else 'scored'}")
            if each.n_found:
                self.count(f"{what}/flagged")
                self.count("paragraphs/flagged", each.n_found)
        return scored


class UnstuffPipeline(_Component):
    """Annotates, cleans or drops items by the text and HTML in their fields.

    An item gets ``{field: {"n_paragraphs", "n_flagged", "flagged_share", "cut_by", "verdicts"}}`` in its field
    "unstuff", which classes of items have to declare; without it they are cleaned or dropped but not annotated. A
    field that an item does not have is skipped.
    """

    def __init__(self, crawler: Any) -> None:
        settings = crawler.settings
        self.mode = settings.get("UNSTUFF_MODE", "annotate")
        if self.mode not in MODES:
            raise InputError(f"UNSTUFF_MODE {self.mode!r} is unknown; give one of {', '.join(MODES)}")
        super().__init__(crawler, clean=self.mode == "clean")
        self.html_fields = frozenset(settings.getlist("UNSTUFF_HTML_FIELDS"))
        self.fields = dict.fromkeys([*settings.getlist("UNSTUFF_FIELDS", ["text"]), *sorted(self.html_fields)])
        self._warned: set[tuple[type, str]] = set()
        self._told: set[tuple[str, str]] = set()

    async def process_item(self, item: Any, spider: Any = None) -> Any:
        """The item, annotated or cleaned. Raises DropItem for one with keyword blocks, with mode "drop"."""
        adapter = ItemAdapter(item)
        contents = {name: adapter[name] for name in self.fields if name in adapter}
        if not contents:
            return item
        scored = await self.score("fields", contents, self.html_fields, adapter.get("url"))
        self._tell_unscored(adapter, scored)
        found = [name for name, each in scored.items() if each.n_found]
        if self.mode == "drop" and found:
            self.count("items/dropped")
            raise DropItem(f"keyword blocks in {', '.join(found)}")
        if self.mode == "clean" and found:
            cleaned = [self._put(adapter, name, scored[name].content, "cleaned text") for name in found]
            self.count("items/cleaned" if all(cleaned) else "items/not_cleaned")
        if not self._put(adapter, ANNOTATION, {name: each.note for name, each in scored.items()}, "annotations"):
            self.count("items/not_annotated")
        return item

    def _tell_unscored(self, adapter: Any, scored: Mapping[str, Scored]) -> None:
        """Log each reason of a field once: an item without a field for annotations cannot tell it."""
        for name, each in scored.items():
            if each.error and (name, each.error) not in self._told:
                self._told.add((name, each.error))
                advice = _OF_LOADER if isinstance(adapter[name], list | tuple) else ""
                logger.warning("field %r of %s is left as it is: it %s%s", name, type(adapter.item), each.error, advice)

    def _put(self, adapter: Any, name: str, value: Any, what: str) -> bool:
        """Set a field, where the class of items lets it; its refusal is logged once."""
        try:
            adapter[name] = value
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            if (type(adapter.item), name) not in self._warned:
                self._warned.add((type(adapter.item), name))
                logger.warning(
                    "%s takes no %s in field %r (%r); declare one that can be set",
                    type(adapter.item),
                    what,
                    name,
                    error,
                )
            return False
        return True


class UnstuffSpiderMiddleware(_Component):
    """Scores HTML responses into ``response.meta["unstuff"]``, which callbacks that are generators can read."""

    async def process_spider_output(
        self, response: Any, result: AsyncIterator[Any], spider: Any = None
    ) -> AsyncIterator[Any]:
        """What the callback gives, unchanged; it is asked for after the response was scored."""
        if isinstance(response, HtmlResponse):
            contents = {ANNOTATION: response.text}
            scored = await self.score("responses", contents, frozenset(contents), response.url)
            response.meta[ANNOTATION] = scored[ANNOTATION].note
        elif response.request is not None:
            response.meta.pop(ANNOTATION, None)  # of another page, whose meta the request was given
        async for each in result:
            yield each


class UnstuffAddon:
    """``ADDONS = {"unstuff.integrations.scrapy.UnstuffAddon": 200}``."""

    def update_settings(self, settings: Any) -> None:
        """Enable the pipeline, and with ``UNSTUFF_RESPONSES`` the middleware, unless the project places them itself."""
        settings.setdefault_in_component_priority_dict("ITEM_PIPELINES", UnstuffPipeline, 200)
        if settings.getbool("UNSTUFF_RESPONSES"):
            settings.setdefault_in_component_priority_dict("SPIDER_MIDDLEWARES", UnstuffSpiderMiddleware, 950)


def _chosen(settings: Any) -> scoring.Settings:
    """Which Filter a project asks for. From the command line (``-s``) all settings are strings."""
    model, point, threshold, gazetteer = (
        settings.get(f"UNSTUFF_{name}") for name in ("MODEL", "POINT", "THRESHOLD", "GAZETTEER")
    )
    try:
        threshold = None if threshold is None else float(threshold)
    except (TypeError, ValueError):
        raise InputError(f"UNSTUFF_THRESHOLD {threshold!r} is no number; give a score in [0, 1]") from None
    return scoring.Settings(model, point, threshold, gazetteer)


@functools.cache
def _thread(caller: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, "unstuff")


async def _in_thread(*arguments: Any) -> dict[str, Scored]:
    """``worker.score``, waited for in a thread, with the asyncio reactor and with the others."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        scored: dict[str, Scored] = await deferToThread(worker.score, *arguments)
        return scored
    # One for each process: threads do not go along when it is forked.
    return await loop.run_in_executor(_thread(os.getpid()), worker.score, *arguments)

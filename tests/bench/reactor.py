"""How long Scrapy's pipeline keeps an event loop from its other work: ``python -m tests.bench.reactor [--data DIR]``.

A heartbeat is asked for every 2 ms while pages are scored one after another; printed is how late it comes, beside a
loop with nothing to do (what the machine itself costs) and one that scores by itself. Time that the loop's own thread
spends on a page is printed too.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector

from unstuff.integrations import worker
from unstuff.integrations.scrapy import UnstuffPipeline

_OWN = Path(__file__).parents[1] / "data" / "town_news.html"
_BEAT_S = 0.002


def pages(folder: Path | None, n: int) -> list[str]:
    """Pages of the collected data, or this repository's own page again and again."""
    if folder is None:
        return [_OWN.read_text("utf-8")] * n
    found: list[str] = []
    for path in sorted((folder / "html").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["html"] for line in lines]
    return found[:: max(1, len(found) // n)][:n]


async def lateness(work: Callable[[], Awaitable[Any]]) -> list[float]:
    """How many seconds late each heartbeat came while the work was done."""
    late: list[float] = []

    async def beat() -> None:
        while True:
            due = time.perf_counter() + _BEAT_S
            await asyncio.sleep(_BEAT_S)
            late.append(time.perf_counter() - due)

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0.1)
    await work()
    heart.cancel()
    return sorted(late)


def told(what: str, late: list[float]) -> str:
    """A line of milliseconds."""
    at = {
        name: 1000 * late[int(share * (len(late) - 1))] for name, share in (("median", 0.5), ("99 %", 0.99), ("max", 1))
    }
    over = sum(each > 0.01 for each in late)
    figures = "  ".join(f"{name} {value:6.2f} ms" for name, value in at.items())
    return f"{what:32} {figures}  over 10 ms {over} of {len(late)}"


async def measure(htmls: list[str]) -> None:
    """Print lateness of a loop with nothing to do, with pages scored, and with pages scored without a thread."""
    settings = {"UNSTUFF_FIELDS": [], "UNSTUFF_HTML_FIELDS": ["html"], "UNSTUFF_MODE": "clean"}
    crawler = Crawler(Spider, settings)
    crawler.stats = MemoryStatsCollector(crawler)
    step = UnstuffPipeline.from_crawler(crawler)
    busy: list[float] = []

    async def scored() -> None:
        for html in htmls:
            before = time.thread_time()
            await step.process_item({"html": html})
            busy.append(time.thread_time() - before)

    async def blocking() -> None:
        for html in htmls:
            worker._score(step.job, {"html": html}, frozenset(["html"]), None)
            await asyncio.sleep(0)

    await step.process_item({"html": htmls[0]})
    print(told("idle", await lateness(lambda: asyncio.sleep(3))))
    print(told("scored by the pipeline", await lateness(scored)))
    print(told("scored in the loop", await lateness(blocking)))
    busy.sort()
    print(
        f"{'the loop itself, on a page':32} median {1000 * busy[len(busy) // 2]:6.2f} ms  max {1000 * busy[-1]:6.2f} ms"
    )


def main() -> None:
    """Measure on so many pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("UNSTUFF_DATA"))
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    htmls = pages(options.data, options.pages)
    sizes = sorted(map(len, htmls))
    print(f"{len(htmls)} pages of {sizes[len(sizes) // 2]:,} characters (median) to {sizes[-1]:,}")
    asyncio.run(measure(htmls))


if __name__ == "__main__":
    main()

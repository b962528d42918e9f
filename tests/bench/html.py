"""HTML: whole pages against extractors, and against the parser alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any, cast

from lxml import etree

from tests.bench.peers import Absent, split
from tests.bench.rounds import Task, interleaved, megabytes_a_second, percentile
from tests.bench.tables import Row, Table
from unstuff import Filter


class Nothing:
    """A parser target that does nothing; it has the methods that unstuff's has."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    def close(self) -> None: ...


def bare_parse(html: bytes) -> None:
    """Lxml's target parser with unstuff's settings, and no work in the target."""
    parser = etree.HTMLParser(target=cast(Any, Nothing()), huge_tree=True, encoding="utf-8")
    parser.feed(html)
    parser.close()


def speeds(scorer: Filter, pages: Sequence[bytes], n_rounds: int, source: str) -> Table:
    """Every page through every tool."""
    found, absent = split(_tasks(scorer, pages))
    times = interleaved(found, n_rounds)
    own = times[found[0].name].median
    rows: list[Row] = [
        {
            "": task.name,
            "MB/s": megabytes_a_second(task.n_bytes, times[task.name].median),
            "pages/s": len(pages) / times[task.name].median,
            "unstuff is so many times as fast": times[task.name].median / own,
            "ms, min to max": times[task.name].span,
        }
        for task in found
    ]
    rows += [{"": name, "ms, min to max": f"left out: {reason}"} for name, reason in absent]
    size = sum(map(len, pages))
    note = f"{source}: {len(pages)} pages, {size / 1e6:.2f} MB of UTF-8 markup given as bytes; {n_rounds} rounds."
    return Table("HTML", note, rows)


def _tasks(scorer: Filter, pages: Sequence[bytes]) -> Iterator[Task | Absent]:
    size = sum(map(len, pages))
    yield Task("unstuff score_htmls", lambda: list(scorer.score_htmls(pages)), size)
    yield Task("unstuff score_html, one by one", _each(scorer.score_html, pages), size)
    yield Task("floor: lxml target parse", _each(bare_parse, pages), size)
    try:
        import trafilatura

        yield Task("trafilatura, fast", _each(lambda page: trafilatura.extract(page, fast=True), pages), size)
    except ImportError as error:
        yield Absent("trafilatura, fast", str(error))
    try:
        import justext

        stoplist = justext.get_stoplist("English")
        yield Task("jusText", _each(lambda page: _justext(justext, page, stoplist), pages), size)
    except ImportError as error:
        yield Absent("jusText", str(error))


def _justext(justext: Any, page: bytes, stoplist: frozenset[str]) -> Any:
    try:
        return justext.justext(page, stoplist, encoding="utf-8")
    except (ValueError, etree.LxmlError):  # a page without elements
        return None


def _each(run: Callable[[bytes], Any], pages: Sequence[bytes]) -> Callable[[], Any]:
    return lambda: [run(page) for page in pages]


def one_page(scorer: Filter, pages: Sequence[bytes], n_calls: int, source: str) -> Table:
    """Time of a single call for the page of median size, and over all pages."""
    median_page = sorted(pages, key=len)[len(pages) // 2]
    scorer.score_html(median_page)
    again = [_seconds(scorer, median_page) for _ in range(n_calls)]
    every = [_seconds(scorer, page) for page in pages]
    rows = [
        _latency(f"the page of median size, {len(median_page):,} bytes", again),
        _latency(f"every page once, {len(pages)} pages", every),
    ]
    return Table("One page through score_html", f"{source}; wall time of a call.", rows)


def _latency(name: str, seconds: Sequence[float]) -> Row:
    p50, p99 = (percentile(seconds, share) * 1e3 for share in (0.5, 0.99))
    return {"": name, "calls": len(seconds), "p50 ms": p50, "p99 ms": p99, "max ms": max(seconds) * 1e3}


def _seconds(scorer: Filter, page: bytes) -> float:
    began = perf_counter()
    scorer.score_html(page)
    return perf_counter() - began

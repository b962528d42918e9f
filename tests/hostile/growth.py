"""Whether time grows with the input alone: every pattern of the package, and functions that read what pages say."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any

import unstuff
from tests.hostile.case import Case
from unstuff.features import segmenter
from unstuff.html import css, encoding, sites
from unstuff.mirror import find_signs

_CHARS, _TIMES = 1_500, 4
# Four times the input may take so many times as long; what takes less time than this is too quick to tell.
_MAX_RATIO, _LEAST_S = 9.0, 2e-3
_SEEDS = (
    *(" ", "\n", "\r\n", "a", "1", "1.", "-", ".", ",", ";", "/", "\\", "[", "(", "<", "</", "<!--", '"', "&#"),
    *("<meta ", "<meta charset", "charset =", "rgba(1,1,", "em", "http:", "https://a", "WARC/1.1\r\n"),
    *("Content-Length: 1", "WARC-Block-Digest: sha1:", "<?xml ", "县", "县(a", "?", "\\u", "\ud800", "\u2028", "\0"),
)
# Only matched at one place; a search for them elsewhere would not be linear.
_ANCHORED = (
    *("html.sites._AUTHORITY", "sources.finding._ADDRESS", "crawl.hosts._NETWORK", "crawl.hosts._NO_PORT"),
    *("sources.detection._PROLOGUE", "binary.HTML_TAG", "sources.detection.HTML_TAG"),
    "sources.detection._BROKEN_OBJECT",
)


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled pattern of a module of the package, with its name."""
    for info in pkgutil.walk_packages(unstuff.__path__, "unstuff."):
        if ".integrations" in info.name or info.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{info.name}.{name}".removeprefix("unstuff."), value


def _strings(n: int) -> Iterator[tuple[str, str]]:
    for first, second in product(_SEEDS, repeat=2):
        half = n // 2
        yield f"{first!r} and {second!r}", first * (half // len(first)) + second * (half // len(second))
        yield f"{first + second!r}", (first + second) * (n // len(first + second))


def _singles(n: int) -> Iterator[tuple[str, str]]:
    for seed in _SEEDS:
        yield repr(seed), seed * (n // len(seed))


def _worst(call: Callable[[str], object], strings: Callable[[int], Iterable[tuple[str, str]]] = _strings) -> str:
    """The worst growth over all strings, in words."""
    worst, said = 0.0, "too quick to tell"
    for (name, short), (_, long) in zip(strings(_CHARS), strings(_CHARS * _TIMES), strict=True):
        after = _seconds(partial(call, long))
        if after < _LEAST_S:
            continue
        ratio = after / max(_seconds(partial(call, short)), 1e-6)
        if ratio > worst:
            worst, said = ratio, f"{_TIMES} times the input takes {ratio:.1f} times as long ({name})"
    assert worst <= _MAX_RATIO, said
    return said


def _seconds(call: Callable[[], object]) -> float:
    seconds = []
    for _ in range(3):
        began = process_time()
        call()
        seconds.append(process_time() - began)
        if seconds[-1] < _LEAST_S / 2:
            break
    return min(seconds)


def _search(pattern: re.Pattern[Any], anchored: bool, text: str) -> None:
    subject = text.encode("utf-8", "surrogatepass") if isinstance(pattern.pattern, bytes) else text
    pattern.match(subject)
    pattern.fullmatch(subject)
    if not anchored:
        for _ in pattern.finditer(subject):
            pass


def _patterns_of(start: str, _: object) -> str:
    chosen = [(name, pattern) for name, pattern in patterns() if re.match(start, name)]
    told = {name: _named(name, partial(_search, pattern, name in _ANCHORED)) for name, pattern in chosen}
    slow = [f"{name}: {growth}" for name, growth in told.items() if "long" in growth]
    return f"{len(chosen)} patterns, {'; '.join(slow) or 'all too quick to tell'}"


def _named(name: str, call: Callable[[str], object]) -> str:
    try:
        return _worst(call)
    except AssertionError as error:
        raise AssertionError(f"{name}: {error}") from error


def _words(_: object) -> str:
    return _worst(segmenter.cut, _singles)


def _function(call: Callable[[str], object], _: object) -> str:
    return _worst(call)


def _sniff(text: str) -> str:
    return encoding.sniff(text.encode("utf-8", "surrogatepass"))


def _domain(text: str) -> str:
    return sites.registrable_domain(sites.host("http://" + text))


_FUNCTIONS: dict[str, Callable[[str], object]] = {
    "encodings": _sniff,
    "style sheets": css.simple_rules,
    "styles": css.declarations_of,
    "colours": css.colour_of,
    "hosts": _domain,
    "signs of mirrors": find_signs,
}


def _nothing(folder: Path) -> None:
    """There is nothing to make."""


CASES: tuple[Case, ...] = (
    Case("growth: patterns of html", _nothing, partial(_patterns_of, "html"), is_document=False),
    Case("growth: patterns of sources", _nothing, partial(_patterns_of, "sources"), is_document=False),
    Case("growth: other patterns", _nothing, partial(_patterns_of, "(?!html|sources)"), is_document=False),
    Case("growth: cutting into words", _nothing, _words, is_document=False),
    *(
        Case(f"growth: {name}", _nothing, partial(_function, call), is_document=False)
        for name, call in _FUNCTIONS.items()
    ),
)

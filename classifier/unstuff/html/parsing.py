"""Text -> parser events, under a clock.

lxml's target parser with ``huge_tree``: the default one silently loses all text past depth 256.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, Protocol, cast

from lxml import etree

# Linear on everything tried but stray end tags under many open elements: 100,000 and 150,000 take 45 s.
LIMIT_S = 5.0
# The clock is read after each piece. 4,096 is as fast as one whole feed; larger ones overrun the limit by more.
_CHUNK_CHARS = 4096
_SURROGATE = re.compile("[\ud800-\udfff]")


class Target(Protocol):
    """What takes parser events; ``comment`` and ``doctype`` are asked for too, where there are such methods."""

    data: Callable[[str], None]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; names are in lower case."""

    def end(self, tag: str) -> None:
        """The innermost open element ends; every start has its end."""

    def close(self) -> None:
        """The input is over."""


def deadline() -> float:
    """When parsing that starts now has to stop."""
    return monotonic() + LIMIT_S


def feed(text: str, target: Target, stop_at: float) -> int:
    """Parse text into ``target`` until it ends or the clock passes ``stop_at``; how many characters were taken."""
    parser = etree.HTMLParser(target=cast(Any, target), huge_tree=True, encoding="utf-8")
    taken = 0
    while taken < len(text):
        parser.feed(_utf8(text[taken : taken + _CHUNK_CHARS]))
        taken = min(taken + _CHUNK_CHARS, len(text))
        if monotonic() > stop_at:
            break
    if text:
        parser.close()
    return taken


def _utf8(text: str) -> bytes:
    """UTF-8 has no lone surrogates, and the parser takes nothing else."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()

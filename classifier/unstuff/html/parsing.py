"""Text -> parser events, under caps on what they cost.

lxml's target parser with ``huge_tree``: the default one silently loses all text past depth 256.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from time import thread_time
from typing import Any, Protocol, cast

import numpy as np
from lxml import etree

from unstuff.caps import Caps

# What was spent is counted after each piece. 4,096 is as fast as one whole feed; larger ones overrun a cap by more.
_PIECE_CHARS = 1 << 12
# Tags of so much are counted in one go: five times as fast as piece by piece.
_STRETCH_CHARS = 1 << 20
# The text of an iframe, parsed by itself, costs as much as so many tags.
_TEXT_TAGS = 16
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


class Meter:
    """What parsing a page has cost so far. ``reached`` is the cap that stops it, "" as long as none does."""

    def __init__(self, caps: Caps) -> None:
        self.reached = ""
        self._caps = caps
        self._stop_at = thread_time() + caps.parse_s
        self._n_tags = self._n_steps = self._n_open = 0
        self._style_chars_left = caps.style_chars
        self.cut_styles = False

    def spend(self, n_tags: int, n_end_tags: int, n_open: int) -> bool:
        """Count the tags of a piece of markup after which so many elements are open; whether parsing may go on.

        Linear on everything tried but stray end tags, for which the parser goes through all open elements: 100,000
        and 150,000 take 45 s. End tags that are not matched by elements closed in their piece count as stray.
        """
        self._n_tags += n_tags
        n_stray = max(n_end_tags - max(self._n_open - n_open, 0), 0)
        self._n_steps += n_stray * max(self._n_open, n_open)
        self._n_open = n_open
        caps = self._caps
        if self._n_tags > caps.markup_tags:
            self.reached = "markup_tags"
        elif self._n_steps > caps.end_tag_steps:
            self.reached = "end_tag_steps"
        elif thread_time() > self._stop_at:
            self.reached = "parse_s"
        return not self.reached

    def spend_style(self, css: str) -> str:
        """As much of a style sheet as is read."""
        read = css[: self._style_chars_left]
        self._style_chars_left -= len(read)
        self.cut_styles |= len(read) < len(css)
        return read

    def spend_text(self) -> None:
        """Count the text of one element that is parsed by itself."""
        self._n_tags += _TEXT_TAGS


class Parser:
    """Parses texts into ``target``, one after the other; ``depth`` says how many elements are open."""

    def __init__(self, target: Target, meter: Meter, depth: Callable[[], int]) -> None:
        self._parser = etree.HTMLParser(target=cast(Any, target), huge_tree=True, encoding="utf-8")
        self._meter = meter
        self._depth = depth

    def feed(self, text: str, *, stop_mark: str = "", goes_on: bool = False) -> int:
        """Parse a text until it ends or a cap is reached; how many characters were taken.

        Where markup is left, or the text is not all of it (``goes_on``), a comment ``stop_mark`` ends it: it arrives
        where the parser stands between tags and texts, and nowhere else.
        """
        if not text:
            return 0
        taken = self._feed(text)
        if stop_mark and (taken < len(text) or goes_on):
            self._parser.feed(f"<!--{stop_mark}-->".encode())
        self._parser.close()
        return taken

    def _feed(self, text: str) -> int:
        for start in range(0, len(text), _STRETCH_CHARS):
            starts = range(start, min(start + _STRETCH_CHARS, len(text)), _PIECE_CHARS)
            pieces = [_utf8(text[at : at + _PIECE_CHARS]) for at in starts]
            for at, piece, n_tags, n_end_tags in zip(starts, pieces, *_n_tags(pieces), strict=True):
                self._parser.feed(piece)
                if not self._meter.spend(n_tags, n_end_tags, self._depth()):
                    return min(at + _PIECE_CHARS, len(text))
        return len(text)


def _n_tags(pieces: Sequence[bytes]) -> tuple[list[int], list[int]]:
    """How many tags, and how many end tags, begin in each piece."""
    if len(pieces) == 1:
        return [pieces[0].count(b"<")], [pieces[0].count(b"</")]
    codes = np.frombuffer(b"".join(pieces), np.uint8)
    is_tag = codes == ord("<")
    is_end_tag = np.append(is_tag[:-1] & (codes[1:] == ord("/")), False)
    sizes = [len(piece) for piece in pieces]
    bounds = [0, *accumulate(sizes[:-1])]
    tags, end_tags = (np.add.reduceat(of, bounds, dtype=np.int64) for of in (is_tag, is_end_tag))
    return tags.tolist(), end_tags.tolist()


def _utf8(text: str) -> bytes:
    """UTF-8 has no lone surrogates, and the parser takes nothing else."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text).encode()

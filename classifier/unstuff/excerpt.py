"""Page text as people are shown it: in one line, shortened, harmless.

Page text is hostile: control characters, terminal escapes and direction marks in it are shown, never sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from unstuff.filter import Verdict

_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # letters of Persian and Indic scripts, and emoji, need them
_SPACES = re.compile(r"\s+")


def printable(text: str) -> str:
    r"""The text with what could steer a terminal written as escapes: ``\x1b``, ``\u202e``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    if unicodedata.category(char) not in _UNSAFE or char in _JOINERS:
        return char
    return char.encode("unicode_escape", "surrogatepass").decode()


def shorten(text: str, n_chars: int) -> str:
    """At most ``n_chars`` characters of a text, with its white space in one line."""
    # Long texts are cut before they are looked at; runs of white space may cost some of what is shown.
    text = " ".join(text[: 2 * n_chars + 1].split())
    return printable(text if len(text) <= n_chars else text[: n_chars - 1] + "…")


class Piece(NamedTuple):
    """Some of a paragraph's text, printable and in one line: injected or content."""

    text: str
    injected: bool


class Excerpt(NamedTuple):
    """What is shown of a paragraph, and how many of its characters are not."""

    pieces: list[Piece]
    n_left_out: int


def excerpt(verdict: Verdict, n_chars: int) -> Excerpt:
    """A paragraph's injected and other text in reading order, long ones shortened.

    At most ``n_chars`` characters of what is injected (of the whole text of content). Of the content around injected
    parts a quarter of it is kept on either side; an ellipsis stands where text was left out.
    """
    found, left, n_left_out = [], n_chars, len(verdict.text)
    split = list(_split(verdict))
    for i, (text, injected) in enumerate(split):
        if not left:
            break
        room = left if injected or len(split) == 1 else n_chars // 4
        before = i == 0 and not injected and len(split) > 1
        kept = text[max(len(text) - room, 0) :] if before else text[:room]
        n_left_out -= len(kept)
        left -= len(kept) if injected else 0
        mark = "" if kept == text else "…"
        shown = printable(_SPACES.sub(" ", kept))
        found.append(Piece(mark + shown if before else shown + mark, injected))
    if len(found) < len(split):
        found.append(Piece("…", False))
    return Excerpt(found, n_left_out)


def _split(verdict: Verdict) -> Iterator[tuple[str, bool]]:
    """The text cut at its spans; pieces of nothing are left out."""
    done = 0
    for start, end in verdict.spans:
        yield from ((verdict.text[done : start - verdict.start], False),) if start - verdict.start > done else ()
        done = end - verdict.start
        yield verdict.text[start - verdict.start : done], True
    yield from ((verdict.text[done:], False),) if done < len(verdict.text) else ()

"""Labelled documents: the three formats of JSON Lines that train, evaluate and review read, and one way to write them.

Owns the meaning of a label and its errors. It never guesses: a line that cannot be used is an
:class:`~unstuff.errors.InputError` naming the file, the line and what is wrong.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from unstuff.caps import DEFAULT
from unstuff.errors import InputError
from unstuff.json_line import load
from unstuff.page import LINE_BREAK, Page
from unstuff.unpacking import unpacked

LABELS = {"keyword_block": True, "content": False}
_NAMES = {flag: name for name, flag in LABELS.items()}
_MAX_LINE_BYTES = 1 << 28
_OPTIONAL = ("family", "source", "kind", "lang")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled document.

    ``labels`` has one entry per paragraph of ``page``, True for a keyword block. ``group`` (host, campaign) is what a
    split never cuts. ``family`` names the spam family ("" when there is none), ``kind`` the kind of document or of
    hard negative, ``lang`` its language tag. ``html`` keeps the markup of a page that came as HTML, "" otherwise.
    """

    id: str
    page: Page
    labels: tuple[bool, ...]
    group: str
    family: str = ""
    source: str = ""
    kind: str = ""
    lang: str = ""
    weight: float = 1.0
    html: str = ""
    place: str = field(default="", compare=False)  # file and line it was read from


def read_labelled(paths: Iterable[str | Path]) -> Iterator[Labelled]:
    """Labelled documents of JSON Lines files, in order; blank lines are skipped.

    A line is one paragraph ``{"text", "label"}``, one page ``{"id", "paragraphs": [{"text", "label"}…]}`` or one HTML
    page ``{"id", "html", "labels": […]}`` with a label per paragraph of ``Page.from_html(html, url)``. A label is
    "keyword_block" or "content". Optional in all: ``group``, ``family``, ``source``, ``kind``, ``lang``; for HTML
    ``url``; null and "" are as if they were not there. Without ``id`` a document is named by path and line; without
    ``group`` its id is its group, so that lines of one id stay together. Line breaks inside a paragraph's text are
    folded to a space, so that labels and paragraphs stay side by side. Files may be packed by gzip or Zstandard; "-" is
    stdin.

    Raises :class:`InputError` for an unreadable file, and for the first line that cannot be used.
    """
    for path in map(str, map(Path, paths)):
        for number, line in enumerate(_lines(path), 1):
            if line.strip():
                yield _document(_Line(f"{path}:{number}", f"{path}, line {number}"), line)


def text_page(texts: Sequence[str]) -> Page:
    """A plain text page with exactly these paragraphs; line breaks inside one are folded to a space.

    Raises ValueError naming the first paragraph that holds nothing but white space, and for a page beyond the caps of
    a document: what is cut has no paragraph for its label.
    """
    folded = [LINE_BREAK.sub(" ", text).strip() for text in texts]
    if "" in folded:
        raise ValueError(f"paragraph {folded.index('')} is empty")
    page = Page.from_text("\n".join(folded))
    if page.truncated:
        raise ValueError(
            f"{len(folded)} paragraphs of {len(page.text)} characters are more than a document may have, "
            f"{DEFAULT.document_paragraphs} of {DEFAULT.document_chars}; divide them among several lines"
        )
    return page


def as_json(document: Labelled) -> dict[str, Any]:
    """The document as :func:`read_labelled` reads it: an HTML page when its markup was kept, else a text page."""
    row: dict[str, Any] = {"id": document.id, "group": document.group}
    row |= {key: value for key in _OPTIONAL if (value := getattr(document, key))}
    if document.html:
        url = {"url": document.page.url} if document.page.url else {}
        return row | url | {"html": document.html, "labels": [_NAMES[label] for label in document.labels]}
    pairs = zip(document.page.paragraphs, document.labels, strict=True)
    return row | {"paragraphs": [{"text": p.text, "label": _NAMES[label]} for p, label in pairs]}


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line stands: its default id, and how errors name it."""

    id: str
    place: str

    def wrong(self, what: str) -> InputError:
        return InputError(f"{self.place}: {what}")

    def flag(self, label: object) -> bool:
        if label is None:
            raise self.wrong(f"a paragraph without label; {' or '.join(map(repr, LABELS))} is expected")
        if not isinstance(label, str) or label not in LABELS:
            raise self.wrong(f"label {label!r} is not one of {', '.join(map(repr, LABELS))}")
        return LABELS[label]

    def string(self, row: dict[str, Any], key: str, default: str | None = None) -> str:
        value = row.get(key)
        if value is None:  # as null also
            value = default
        if not isinstance(value, str):
            raise self.wrong(f"{key} is {value!r}, a string is expected")
        return value

    def entries(self, row: dict[str, Any], key: str) -> list[Any]:
        value = row.get(key)
        if not isinstance(value, list):
            raise self.wrong(f"{key} is {value!r}, a list is expected")
        return value


def _lines(path: str) -> Iterator[bytes]:
    try:
        with _opened(path) as file:
            lines = unpacked(file)
            while line := lines.readline(_MAX_LINE_BYTES + 1):
                if len(line) > _MAX_LINE_BYTES:
                    raise InputError(f"{path} has a line of more than {_MAX_LINE_BYTES >> 20} MB; split it")
                yield line
    except (OSError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise InputError(f"{path} cannot be read: {reason or error}") from error


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    if path != "-":
        with Path(path).open("rb") as file:
            yield file
        return
    stdin = io.BufferedReader(sys.stdin.buffer)  # type: ignore[type-var]
    try:
        yield stdin
    finally:
        stdin.detach()  # it is not ours to close


def _document(line: _Line, raw: bytes) -> Labelled:
    try:
        row = load(raw)
    except (ValueError, RecursionError) as error:
        raise line.wrong(f"not valid JSON ({error}); JSON Lines are expected, an object a line") from error
    if not isinstance(row, dict):
        raise line.wrong(f"{type(row).__name__} found; JSON Lines are expected, an object a line")
    page, labels = _page(line, row)
    own = row.get("id")
    identity = line.id if own in (None, "") else str(own)
    extra: dict[str, Any] = {key: line.string(row, key, "") for key in _OPTIONAL}
    group, html = line.string(row, "group", "") or identity, line.string(row, "html", "")
    return replace(Labelled(identity, page, labels, group, html=html, place=line.id), **extra)


def _page(line: _Line, row: dict[str, Any]) -> tuple[Page, tuple[bool, ...]]:
    """The page of a row in any of the formats, and its labels."""
    shapes = [key for key in ("text", "paragraphs", "html") if key in row]
    if len(shapes) != 1:
        found = " and ".join(shapes) or "none of them"
        raise line.wrong(f"one of text, paragraphs and html is expected, {found} found")
    if shapes == ["html"]:
        return _html_page(line, row)
    parts = line.entries(row, "paragraphs") if shapes == ["paragraphs"] else [row]
    for part in parts:
        if not isinstance(part, dict):
            raise line.wrong(f"paragraph {part!r} is not an object with text and label")
    labels = tuple(line.flag(part.get("label")) for part in parts)
    try:
        return text_page([line.string(part, "text") for part in parts]), labels
    except ValueError as error:
        raise error if isinstance(error, InputError) else line.wrong(str(error)) from error


def _html_page(line: _Line, row: dict[str, Any]) -> tuple[Page, tuple[bool, ...]]:
    url = line.string(row, "url", "") or None
    page = Page.from_html(line.string(row, "html"), url)
    labels = tuple(map(line.flag, line.entries(row, "labels")))
    if len(labels) != len(page.paragraphs):
        raise line.wrong(f"{len(labels)} labels given, Page.from_html finds {len(page.paragraphs)} paragraphs")
    return page, labels

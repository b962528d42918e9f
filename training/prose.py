"""Genuine paragraphs as pages have them that no collection holds: with a link, few, wrapped by hand, without a mark.

Collected pages with links are long, and collected short texts have none: without these, a link to another site in the
last of three paragraphs reads as an injected one (``training.linked``, 2026-11: 2.95 % of such pages were flagged,
0.20 % since).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from training.blocks import host
from training.draw import Rng, between, chance, pick
from unstuff.labels import Labelled
from unstuff.page import Link, Page, Paragraph

Row = tuple[Labelled, int]

_WORD = re.compile(r"\S+")
KEPT_MARKS = ("", "", "", "。！？.!?", "，、,")
# Of texts without marks, those of scripts that write no spaces: there nothing parts the sentences.
_DENSE_SHARE = 0.9
_MIN_WRAPPED_CHARS = 160
# Texts with fewer spaces are written without any between words.
_MIN_SPACES = 1 / 15
_KIND = "mirrored"  # as other rewritten paragraphs


def linked(rng: Rng, real: Sequence[Row], n: int, n_max: int) -> list[Row]:
    """Pages of up to ``n_max`` genuine paragraphs in their order, of which one or two have a link, mostly the last."""
    clean = _paragraphs(real)
    found = []
    for i in rng.integers(len(clean), size=n).tolist():
        document, k = clean[i]
        several = clean[i : i + pick(rng, tuple(range(1, n_max + 1)))]
        together = [other for other, of in several if of == k and other.source == document.source]
        page = Page.from_text("\n".join(other.page.text for other in together))
        if not page.paragraphs:
            continue
        paragraphs = list(page.paragraphs)
        for at in {len(paragraphs) - 1 if chance(rng, 0.6) else between(rng, 0, len(paragraphs) - 1) for _ in range(2)}:
            paragraphs[at] = with_links(rng, paragraphs[at])
        page = replace(page, paragraphs=tuple(paragraphs))
        labels = (False,) * len(paragraphs)
        found.append((replace(document, page=page, labels=labels, kind=_KIND), k))
    return found


def excerpts(rng: Rng, real: Sequence[Row], n: int) -> list[Row]:
    """Pieces of genuine pages of markup, half of them one paragraph, else up to six neighbours.

    Whole pages are long: without their pieces the page stage takes short pages to be likelier injected than they are.
    """
    pages = [(document, k) for document, k in real if document.kind == "html_page" and document.labels]
    found = []
    for i in rng.integers(len(pages), size=n).tolist() if pages else []:
        document, k = pages[i]
        start = between(rng, 0, len(document.labels) - 1)
        size = 1 if chance(rng, 0.5) else between(rng, 2, 6)
        paragraphs = document.page.paragraphs[start : start + size]
        page, labels = replace(document.page, paragraphs=paragraphs), document.labels[start : start + size]
        found.append((replace(document, page=page, labels=labels, html="", kind=_KIND, weight=1.0), k))
    return found


def wrapped(rng: Rng, real: Sequence[Row], n: int) -> list[Row]:
    """Genuine paragraphs broken into lines of one width, as mail is: most lines end in no sentence."""
    long = [
        (document, k)
        for document, k in _paragraphs(real)
        if len(document.page.text) >= _MIN_WRAPPED_CHARS and not _is_dense(document.page.text)
    ]
    found = []
    for i in rng.integers(len(long), size=n).tolist() if long else []:
        document, k = long[i]
        page = Page.from_text("\n".join(textwrap.wrap(document.page.text, between(rng, 40, 84))))
        found.append((replace(document, page=page, labels=(False,) * len(page.paragraphs), kind=_KIND), k))
    return found


def unmarked(rng: Rng, real: Sequence[Row], n: int, n_max: int) -> list[Row]:
    """Genuine text without marks, as remarks, subtitles, transcripts and old books have it, up to ``n_max`` lines.

    Some of it keeps its full stops or its commas alone.

    Without them long Chinese in one piece is that of glued phrases alone: of a novel without its marks 80 % of the
    paragraphs were flagged (2026-11).
    """
    clean = _paragraphs(real)
    dense = [row for row in clean if _is_dense(row[0].page.text)]
    found = []
    for rows, share in ((dense, _DENSE_SHARE), (clean, 1.0 - _DENSE_SHARE)):
        for i in rng.integers(len(rows), size=round(share * n)).tolist() if rows else []:
            document, k = rows[i]
            near = [other.page.text for other, of in rows[i : i + 24] if of == k and other.source == document.source]
            kept = pick(rng, KEPT_MARKS)
            lines = _without_marks(rng, near, between(rng, 1, n_max), kept)
            if chance(rng, 0.2):
                lines = _of_one_width(lines, between(rng, 12, 40))
            page = Page.from_text("\n".join(lines))
            if page.paragraphs:
                labels = (False,) * len(page.paragraphs)
                found.append((replace(document, page=page, labels=labels, kind=_KIND), k))
    return found


def _without_marks(rng: Rng, texts: Sequence[str], n_lines: int, kept: str) -> list[str]:
    """Lines of one text or several run together, each text used once, without all marks but those kept."""
    marks = re.compile(rf"[^\w\s{kept}]|_")
    lines: list[str] = []
    at = 0
    while at < len(texts) and len(lines) < n_lines:
        several = texts[at : at + pick(rng, (1, 1, 2, 3, 6))]
        joint = "" if _is_dense(several[0]) else " "
        lines.append(" ".join(marks.sub("", joint.join(several)).split()))
        at += len(several)
    return lines


def _of_one_width(lines: Sequence[str], width: int) -> list[str]:
    """The lines cut where they are full, between words where there are any."""
    return [piece for line in lines for piece in textwrap.wrap(line, width)]


def _is_dense(text: str) -> bool:
    return text.count(" ") < _MIN_SPACES * len(text)


def is_genuine(document: Labelled) -> bool:
    """Whether a document is one plain genuine paragraph."""
    return document.kind == "paragraph" and document.labels == (False,)


def _paragraphs(real: Sequence[Row]) -> list[Row]:
    return [row for row in real if is_genuine(row[0])]


def with_links(rng: Rng, paragraph: Paragraph) -> Paragraph:
    """The paragraph with a link or two on some of its words, mostly to other sites."""
    spans = sorted({_words(rng, paragraph.text) for _ in range(pick(rng, (1, 1, 1, 2, 3)))})
    links: list[Link] = []
    for start, end in spans:
        if not links or paragraph.start + start > links[-1].end:
            outbound = chance(rng, 0.8)
            target = host(rng).removeprefix("www.") if outbound else ""
            links.append(Link(paragraph.start + start, paragraph.start + end, target, outbound))
    return paragraph._replace(links=tuple(links))


def _words(rng: Rng, text: str) -> tuple[int, int]:
    """A few words in a row, or a few characters where no spaces part words."""
    words = [found.span() for found in _WORD.finditer(text)]
    if len(words) >= _MIN_SPACES * len(text):
        first = between(rng, 0, len(words) - 1)
        return words[first][0], words[min(first + between(rng, 0, 4), len(words) - 1)][1]
    start = between(rng, 0, len(text) - 1)
    return start, min(start + between(rng, 2, 14), len(text))

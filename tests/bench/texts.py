"""Documents to time text scoring on: generated, or the clean web paragraphs of the collection."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import orjson

from tests.bench import prose
from unstuff.page import LINE_BREAK

DOCUMENT_PARAGRAPHS = 10
SHORT_CHARS, LONG_CHARS = 40, 150
# Statutes and single sentences of treebanks are no web text.
_NO_WEB = ("LawRefBook", "Laws", "UD_")


class Sample(NamedTuple):
    """Documents of one kind, in random order."""

    name: str
    lang: str
    documents: tuple[str, ...]

    @property
    def n_bytes(self) -> int:
        """Size in UTF-8."""
        return n_bytes(self.documents)

    @property
    def n_paragraphs(self) -> int:
        """How many paragraphs all documents have."""
        return sum(document.count("\n") + 1 for document in self.documents)

    @property
    def paragraph_chars(self) -> float:
        """Mean code points of a paragraph."""
        n_breaks = self.n_paragraphs - len(self.documents)
        return (sum(map(len, self.documents)) - n_breaks) / self.n_paragraphs

    def first(self, size: int) -> tuple[str, ...]:
        """The first documents of at least so many bytes."""
        taken: list[str] = []
        done = 0
        for document in self.documents:
            if done >= size:
                break
            taken.append(document)
            done += len(document.encode())
        return tuple(taken)


def n_bytes(texts: Sequence[str]) -> int:
    """Size of texts in UTF-8; lone surrogates count as three bytes."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


def samples(data: Path | None, size: int, seed: int = 0) -> Iterator[Sample]:
    """Chinese, English and Japanese documents of ten paragraphs, then of short and of long lines.

    Each sample has ``size`` bytes. Where the collection has less it is gone through again.
    """
    lines_of = _collected(data) if data else _generated
    for lang in prose.SENTENCES:
        yield _sample(lang, lang, lines_of(lang, "any"), size, seed)
    for lang in ("zh", "en"):
        for length in ("short", "long"):
            yield _sample(f"{lang}, {length} lines", lang, lines_of(lang, length), size, seed)


def _sample(name: str, lang: str, lines: Iterator[str], size: int, seed: int) -> Sample:
    documents: list[str] = []
    done = 0
    while done < size:
        document = "\n".join(next(lines) for _ in range(DOCUMENT_PARAGRAPHS))
        documents.append(document)
        done += len(document.encode())
    Random(seed).shuffle(documents)
    return Sample(name, lang, tuple(documents))


def _generated(lang: str, length: str) -> Iterator[str]:
    rng = Random(f"{lang} {length}")
    while True:
        if length == "short":
            yield prose.short_line(rng, lang)
        else:
            yield prose.paragraph(rng, lang, rng.randrange(4, 9) if length == "long" else rng.randrange(1, 5))


def _collected(data: Path) -> Callable[[str, str], Iterator[str]]:
    texts: dict[str, list[str]] = defaultdict(list)
    with gzip.open(data / "paragraphs.jsonl.gz") as file:
        for row in map(orjson.loads, file):
            if not row["source"].startswith(_NO_WEB):
                texts[row["lang"]].append(LINE_BREAK.sub(" ", row["text"]))

    def lines(lang: str, length: str) -> Iterator[str]:
        chosen = [text for text in texts[lang] if _is_of(length, len(text))]
        while True:
            yield from chosen

    return lines


def _is_of(length: str, n_chars: int) -> bool:
    return {"short": n_chars < SHORT_CHARS, "long": n_chars >= LONG_CHARS}.get(length, True)


def documents_of(size: int, lang: str = "zh", seed: int = 0) -> Iterator[str]:
    """Generated documents of ten paragraphs until they have ``size`` bytes; a few hundred, again and again."""
    few = _sample(lang, lang, _generated(lang, "any"), 500_000, seed).documents
    sizes = [len(document.encode()) + 1 for document in few]
    done = 0
    while done < size:
        for document, own in zip(few, sizes, strict=True):
            if done >= size:
                return
            done += own
            yield document

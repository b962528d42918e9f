"""The collected data -> labelled documents with one group key over all files; split and folds that never cut a group.

Owns the reading of the collection and the two divisions; ``origins`` and ``near_duplicates`` say what counts as one
source. It never writes into the collection, and the data never enters the repository: everything takes the folder as
given, ``--data DIR`` or ``UNSTUFF_DATA``.
"""

from __future__ import annotations

import argparse
import gzip
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from training import origins
from training.near_duplicates import near_duplicates
from unstuff import fit
from unstuff.errors import InputError
from unstuff.evaluation import table
from unstuff.fit import test_groups
from unstuff.labels import LABELS, Labelled, as_json, text_page
from unstuff.page import Page

SEED_PAGE = "seed_prototype"  # always measured, never fitted on
TEST_SHARE = 0.25
CLEAN_KINDS = ("paragraph", "comment", "html_page")
# Blocks, and pages that one may stand in; "inserted", "generated" and "text_page" are made of the collection.
SPAM_KINDS = ("positive", "inserted", "page", "doubtful", "generated", "text_page")
NOT_HARD_KINDS = (*CLEAN_KINDS, *SPAM_KINDS)


class Fix(NamedTuple):
    """What is put right in one document of the collection, and why."""

    reason: str
    labels: Mapping[int, bool] = {}  # paragraph number -> label
    drop: bool = False


# By document id, as `python -m training.corpus --output` writes them, or by source for all documents of a page.
FIXES: dict[str, Fix] = {
    "trafilatura:eval__villagevoice.com-Party.html": Fix(
        'its footer is a block of sold adult links ("Cheap Onlyfans", "Free Onlyfans", …), labelled clean', drop=True
    ),
    "trafilatura:resources__scam.html": Fix("a directory of fraud sites, neither genuine text nor injected", drop=True),
}


class Draft(NamedTuple):
    """A document before grouping; documents that share a key share a group."""

    document: Labelled
    keys: tuple[str, ...]


def load(data: Path, log: Callable[[str], None] = lambda line: print(line, file=sys.stderr)) -> list[Labelled]:
    """Every usable document of the collection.

    ``kind`` is "positive", "doubtful" (a positive with a doubt noted), "page", the kind of a hard negative,
    "paragraph", "comment" or "html_page". ``source`` of a positive is its mode (``native_*``: the whole page is spam),
    else where it came from. Raises :class:`InputError` when a file is missing.
    """
    if not (data / "positives.jsonl").is_file():
        raise InputError(f"{str(data)!r} holds no positives.jsonl; give the folder of the collected data")
    sites = {row["id"]: row.get("url") or origins.canonical(row["html"]) for row in _html_rows(data)}
    drafts = [*_positives(data), *_pages(data)]
    clean = [*_hard_negatives(data, sites), *_html_pages(data, sites), *_paragraphs(data, sites), *_comments(data)]
    flagged = _Flagged.read(data)
    honest = [draft for draft in clean if not flagged.taints(draft.document)]
    log(f"{len(clean) - len(honest)} clean documents left out: flagged spam in them or on their page")
    drafts = [Draft(fixed, draft.keys) for draft in (*drafts, *honest) if (fixed := _fix(draft.document))]
    documents = _grouped(drafts)
    sizes = Counter(document.group for document in documents)
    name, size = sizes.most_common(1)[0]
    log(f"{len(documents)} documents, {len(sizes)} groups; largest: {name}, {size} ({size / len(documents):.1%})")
    return documents


def _fix(document: Labelled) -> Labelled | None:
    fix = FIXES.get(document.id) or FIXES.get(document.source)
    if fix is None:
        return document
    labels = tuple(fix.labels.get(i, label) for i, label in enumerate(document.labels))
    return None if fix.drop else replace(document, labels=labels)


# --- the files ---------------------------------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[origins.Row]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from map(orjson.loads, file)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error.strerror or error}") from error


def _html_rows(data: Path) -> Iterator[origins.Row]:
    for path in sorted((data / "html").glob("*.jsonl.gz")):
        yield from _rows(path)


def _positives(data: Path) -> Iterator[Draft]:
    for row in _rows(data / "positives.jsonl"):
        if not row["is_block"]:
            continue
        html = row.get("html", "")
        page = Page.from_html(html) if html else Page.from_text(row["text"])
        yield Draft(
            Labelled(
                id=row["id"], page=page, labels=(True,) * len(page.paragraphs), group="", family=row["family"],
                source=row["mode"], kind="doubtful" if row.get("doubtful") else "positive", lang=row["lang"], html=html,
            ),
            origins.keys(row),
        )  # fmt: skip


def _pages(data: Path) -> Iterator[Draft]:
    families = {row["campaign"]: row["family"] for row in _rows(data / "positives.jsonl") if row["is_block"]}
    for row in _rows(data / "pages_labelled.jsonl"):
        page = text_page([part["text"] for part in row["paragraphs"]])
        labels = tuple(LABELS[part["label"]] for part in row["paragraphs"])
        family = (row.get("family") or families.get(row["campaign"], "unnamed")) if any(labels) else ""
        yield Draft(
            Labelled(
                id=row["id"], page=page, labels=labels, group="", family=family, source=origins.set_of(row["source"]),
                kind="page", lang=row.get("lang", "zh"),
            ),
            origins.keys(row),
        )  # fmt: skip


def _hard_negatives(data: Path, sites: Mapping[str, str]) -> Iterator[Draft]:
    for number, row in enumerate(_rows(data / "hard_negatives.jsonl.gz")):
        yield _clean_text(f"hard_negatives:{number}", row, row["kind"], origins.keys(row, sites))


def _paragraphs(data: Path, sites: Mapping[str, str]) -> Iterator[Draft]:
    rows = list(_rows(data / "paragraphs.jsonl.gz"))
    for number, (row, own) in enumerate(zip(rows, origins.paragraph_keys(rows, sites), strict=True)):
        yield _clean_text(f"paragraphs:{number}", row, "paragraph", own)


def _comments(data: Path) -> Iterator[Draft]:
    for number, row in enumerate(_rows(data / "comments_id.jsonl.gz")):
        if not row["promotes_gambling"]:
            yield _clean_text(f"comments_id:{number}", row, "comment", (f"comments_id:{number}",))


def _html_pages(data: Path, sites: Mapping[str, str]) -> Iterator[Draft]:
    for row in _html_rows(data):
        page = Page.from_html(row["html"], row.get("url") or None)
        labels = (False,) * len(page.paragraphs)
        document = Labelled(
            row["id"], page, labels, "", source=row["id"], kind="html_page", lang=row["lang"], html=row["html"]
        )
        yield Draft(document, origins.keys({"source": row["id"]}, sites))


def _clean_text(identity: str, row: origins.Row, kind: str, keys: tuple[str, ...]) -> Draft:
    page = text_page([row["text"]])
    document = Labelled(identity, page, (False,), "", source=row["source"], kind=kind, lang=row["lang"])
    return Draft(document, keys)


class _Flagged(NamedTuple):
    """Spam that was read inside clean collections."""

    texts: tuple[str, ...]
    sources: frozenset[str]
    urls: frozenset[str]

    @classmethod
    def read(cls, data: Path) -> _Flagged:
        """Read flagged_spam.jsonl."""
        rows = list(_rows(data / "flagged_spam.jsonl"))
        texts = tuple({"".join(row["text"].split()) for row in rows})
        urls = frozenset(row["url"] for row in rows if row.get("url"))
        return cls(texts, frozenset(_as_file(row["source"]) for row in rows), urls)

    def taints(self, document: Labelled) -> bool:
        """Whether the document comes from a page with flagged spam, or holds such a text."""
        if _as_file(document.source) in self.sources or document.page.url in self.urls:
            return True
        folded = "".join(document.page.text.split())
        return any(text in folded for text in self.texts)


def _as_file(source: str) -> str:
    """The source as the page files name it: folders joined by two underscores."""
    return source.replace("/", "__") if source.startswith("gne:") else source


# --- groups ---------------------------------------------------------------------------------------------------------


class _Union:
    """Disjoint sets of hashable keys."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        """Name of the key's set: its first host, else its first key."""
        root = key
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while key != root:
            self._parent[key], key = root, self._parent.get(key, key)
        return root

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(one), self.find(other)), key=lambda name: (":" in name or " " in name, name))
        self._parent[second] = first


def _grouped(drafts: Sequence[Draft]) -> list[Labelled]:
    """The documents with their group: keys shared, then near duplicates."""
    sets = _Union()
    for draft in drafts:
        for key in draft.keys[1:]:
            sets.join(draft.keys[0], key)
    owners = [draft.keys[0] for draft in drafts for _ in draft.document.page.paragraphs]
    texts = [paragraph.text for draft in drafts for paragraph in draft.document.page.paragraphs]
    for one, other in near_duplicates(texts, [sets.find(owner) for owner in owners]):
        sets.join(owners[one], owners[other])
    return [replace(draft.document, group=sets.find(draft.keys[0])) for draft in drafts]


# --- split and folds ------------------------------------------------------------------------------------------------


def split(documents: Sequence[Labelled]) -> dict[str, list[Labelled]]:
    """The documents as "dev" and "test": about a quarter of the groups of each stratum is test, no group is cut.

    A stratum is a spam family, a kind of hand-copied hard negatives, or a source of clean text; a group belongs to
    the first of these it has. Which groups are test depends on the hash of their names alone, never on the order of
    the documents. The group of the prototype page is always test.
    """
    always = {document.group for document in documents if document.id == SEED_PAGE}
    test = always | test_groups(documents, TEST_SHARE, _stratum)
    return {
        "dev": [document for document in documents if document.group not in test],
        "test": [document for document in documents if document.group in test],
    }


def folds(documents: Sequence[Labelled], k: int) -> NDArray[np.int64]:
    """Fold (n,) of each document, 0 to k - 1; no group is cut, and each stratum is spread over the folds."""
    return fit.folds(documents, k, _stratum)


def is_native(document: Labelled) -> bool:
    """Whether a positive comes from a page that is all spam; such are reported in a line of their own."""
    return document.source.startswith("native_")


def injected(documents: Iterable[Labelled]) -> list[Labelled]:
    """Real blocks without a doubt noted, from pages that are not all spam."""
    return [document for document in documents if document.kind == "positive" and not is_native(document)]


def is_hard_negative(document: Labelled) -> bool:
    """Whether a document is genuine text that was collected for being like a block, under a kind of its own."""
    return document.kind not in NOT_HARD_KINDS


def _stratum(document: Labelled) -> tuple[int, str]:
    if document.family:
        return 0, document.family
    collection = origins.set_of(document.source)
    if document.kind in (*CLEAN_KINDS, "page"):
        return 2, collection
    return 1, document.kind if collection == "pages" else collection


# --- command line ---------------------------------------------------------------------------------------------------


def summary(documents: Sequence[Labelled]) -> str:
    """Tables of what is there: documents, paragraphs, keyword blocks and groups by kind, family and language."""
    parts = [
        _counts("kind", documents, lambda document: document.kind),
        _counts("family", [d for d in documents if d.family], lambda d: d.family),
        _counts("language", documents, lambda document: document.lang),
    ]
    divided = split(documents)
    for side, own in divided.items():
        parts.append(_counts(f"{side}: kind", own, lambda document: document.kind))
        parts.append(_counts(f"{side}: family", [d for d in own if d.family], lambda document: document.family))
    return "\n\n".join(parts)


def _counts(name: str, documents: Iterable[Labelled], key: Callable[[Labelled], str]) -> str:
    by_key: dict[str, list[Labelled]] = defaultdict(list)
    for document in documents:
        by_key[key(document)].append(document)
    rows = [
        (value, len(own), sum(len(d.labels) for d in own), sum(sum(d.labels) for d in own), len({d.group for d in own}))
        for value, own in sorted(by_key.items(), key=lambda item: -len(item[1]))
    ]
    return table((name, "documents", "paragraphs", "keyword blocks", "groups"), [tuple(map(str, row)) for row in rows])


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """The option every training command has: the folder of the collected data."""
    default = os.environ.get("UNSTUFF_DATA")
    parser.add_argument("--data", type=Path, default=default, help="the collected data (default: $UNSTUFF_DATA)")


def parse_with_data(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of a command that cannot do without ``--data``; it ends where none is named."""
    add_data_option(parser)
    options = parser.parse_args(arguments)
    if options.data is None:
        parser.error("no data given; use --data DIR or set UNSTUFF_DATA")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what the collection holds, and write it in the labelled format if asked."""
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description=main.__doc__)
    parser.add_argument("--output", type=Path, help="write the documents as JSON Lines")
    options = parse_with_data(parser, arguments)
    try:
        documents = load(options.data)
    except InputError as error:
        parser.error(str(error))
    print(summary(documents))
    if options.output:
        with options.output.open("wb") as file:
            file.writelines(orjson.dumps(as_json(document)) + b"\n" for document in documents)


if __name__ == "__main__":
    main()

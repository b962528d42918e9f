"""The collected data -> labelled documents with one group key over all files; split and folds that never cut a group.

Owns the reading of the collection, what counts as one source, and the two divisions. It never writes into the
collection, and the data never enters the repository: everything takes the folder as given, ``--data DIR`` or
``UNSTUFF_DATA``.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np
import orjson
from numpy.typing import NDArray

from unstuff import fit
from unstuff.errors import InputError
from unstuff.evaluation import table
from unstuff.fit import test_groups
from unstuff.labels import LABELS, Labelled, as_json, text_page
from unstuff.page import Page

SEED_PAGE = "seed_prototype"  # always measured, never fitted on
TEST_SHARE = 0.25
Row = dict[str, Any]


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
    sites = {row["id"]: row.get("url") or _canonical(row["html"]) for row in _html_rows(data)}
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


def _rows(path: Path) -> Iterator[Row]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from map(orjson.loads, file)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error.strerror or error}") from error


def _html_rows(data: Path) -> Iterator[Row]:
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
            _keys(row),
        )  # fmt: skip


def _pages(data: Path) -> Iterator[Draft]:
    families = {row["campaign"]: row["family"] for row in _rows(data / "positives.jsonl") if row["is_block"]}
    for row in _rows(data / "pages_labelled.jsonl"):
        page = text_page([part["text"] for part in row["paragraphs"]])
        labels = tuple(LABELS[part["label"]] for part in row["paragraphs"])
        family = (row.get("family") or families.get(row["campaign"], "unnamed")) if any(labels) else ""
        yield Draft(
            Labelled(
                id=row["id"], page=page, labels=labels, group="", family=family, source=set_of(row["source"]),
                kind="page", lang=row.get("lang", "zh"),
            ),
            _keys(row),
        )  # fmt: skip


def _hard_negatives(data: Path, sites: Mapping[str, str]) -> Iterator[Draft]:
    for number, row in enumerate(_rows(data / "hard_negatives.jsonl.gz")):
        yield _clean_text(f"hard_negatives:{number}", row, row["kind"], _keys(row, sites))


def _paragraphs(data: Path, sites: Mapping[str, str]) -> Iterator[Draft]:
    rows = list(_rows(data / "paragraphs.jsonl.gz"))
    names = _shared_names(row for row in rows if set_of(row["source"]) == "WMT24")
    for number, row in enumerate(rows):
        if row["source"].startswith("WMT24"):
            keys = (f"WMT24:{number}", *(f"WMT24 name {name}" for name in _NAME.findall(row["text"]) if name in names))
        elif row["source"].startswith(_SENTENCES):
            keys = (f"{row['source']}:{number if row.get('how') == 'sentence' else number // _STRETCH}",)
        else:
            keys = _keys(row, sites)
        yield _clean_text(f"paragraphs:{number}", row, "paragraph", keys)


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
        yield Draft(document, _keys({"source": row["id"]}, sites))


def _clean_text(identity: str, row: Row, kind: str, keys: tuple[str, ...]) -> Draft:
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


# --- one key for one source -----------------------------------------------------------------------------------------

_URL = re.compile(r"https?://[^\s)]+")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
_CANONICAL = re.compile(r"<(?:link|meta)\b[^>]{0,300}?(?:canonical|og:url)[^>]{0,300}>", re.IGNORECASE)
_LAW_DATE = re.compile(r"(\(\d{4}-\d{2}-\d{2}\))?\.md$")
_NAME = re.compile(r"@?[A-Za-z][A-Za-z0-9]{3,}|\d[\d.,:]*\d")
_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "ne", "net", "nic", "or", "org"])
_TOP_LEVEL = _SECOND_LEVEL | {
    "at", "au", "be", "br", "ca", "ch", "cn", "cz", "de", "dk", "es", "eu", "fi", "fr", "info", "io", "it", "jp", "kr",
    "me", "nl", "no", "pl", "pt", "ru", "se", "tv", "tw", "uk", "us",
}  # fmt: skip
# Hosts where each name below is someone else's, and hosts that only carry others' files.
_SHARED_HOSTS = frozenset(
    ["blogspot.com", "github.io", "homepagemodules.de", "tumblr.com", "wikidot.com", "wordpress.com"]
)
_CARRIERS = frozenset(["archive.org", "github.com", "githubusercontent.com"])
# One publisher under several names; page sets that name a site without its domain.
_SAME_HOST = {"bbc.co.uk": "bbc.com", "news.cn": "xinhuanet.com", "guancha.com": "guancha.cn", "cjn.com": "cjn.cn"}
_SAME_HOST |= {"tieba.com": "baidu.com", "baijiahao.com": "baidu.com"}
_ONE_SITE = {"cx163": "163.com", "cxbbc": "bbc.com", "ikan": "ikan", "ajhouse": "ajhouse"}
# Treebanks without document names: sentences in their order, so a document is a stretch of neighbours.
_SENTENCES = ("UD_Thai", "UD_Korean", "UD_Turkish", "UD_Indonesian", "UD_Vietnamese", "UD_Chinese")
_STRETCH = 20


def registrable(host: str) -> str:
    """The domain that was registered for a host: "m.example.com.cn" and "example.com.cn" are one.

    Good enough for grouping: second-level registries are told by their usual names, not by the public suffix list.
    """
    labels = host.lower().strip(".").split(":")[0].split(".")
    n = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    n += len(labels) > n and ".".join(labels[-n:]) in _SHARED_HOSTS
    domain = ".".join(labels[-n:])
    return _SAME_HOST.get(domain, domain)


def _keys(row: Row, sites: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Campaign and host of a row; where neither is known, its document."""
    source = row["source"]
    found = [campaign] if (campaign := row.get("campaign")) else []
    if campaign and _HOST.fullmatch(campaign.lower()):
        found = [registrable(campaign)]
    hosts = [registrable(urlsplit(url).netloc) for url in _URL.findall(source)]
    found += [host for host in hosts if host and host not in _CARRIERS]
    return tuple(dict.fromkeys(found)) or (_site(source, sites or {}),)


def _site(source: str, sites: Mapping[str, str]) -> str:
    """Site of a file of a page set, told by the page's address, else by its name; else the document itself."""
    name, _, path = source.partition(":")
    if name in _ONE_SITE:
        return _ONE_SITE[name]
    if name == "Laws":
        return f"Laws:{_LAW_DATE.sub('', path.rpartition('/')[2])}"
    if name == "UD_English-EWT":
        return f"{name}:{'_'.join(path.partition('#')[2].split('_')[:2])}"
    if name == "gne":
        return registrable(f"{path.replace('/', '__').split('__')[1]}.com")
    if host := urlsplit(sites.get(source, "")).netloc:
        return registrable(host)
    return (_host_in_name(path) if name in ("trafilatura", "postlight") else None) or source


def _host_in_name(path: str) -> str | None:
    """Host that a file name begins with: "eval__baike.example.com.tanya.html", "www.example.com--other.html"."""
    labels = path.split("__")[-1].removesuffix(".html").split("--")[0].split(".")
    for i, label in enumerate(labels[1:], 1):
        top = label.split("-")[0]
        if top in _TOP_LEVEL and not (i + 1 < len(labels) and labels[i + 1].split("-")[0] in _TOP_LEVEL):
            return registrable(".".join([*labels[:i], top]))
    return None


def _canonical(html: str) -> str:
    tag = _CANONICAL.search(html)
    url = _URL.search(tag[0]) if tag else None
    return url[0].strip("\"'>/") if url else ""


def set_of(source: str) -> str:
    """The set a source belongs to: what stands before the colon, without paths and addresses."""
    return source.split(":")[0].split(" (")[0].split("/")[0]


def _shared_names(rows: Iterable[Row]) -> frozenset[str]:
    """Names, handles and numbers that tell one line in its translations.

    The rows carry no line numbers. A Latin name or number that occurs in three languages or more, and at most twice in
    each, joins its lines; translations that share none stay apart (measured: a quarter of the lines is joined).
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for name in set(_NAME.findall(row["text"])):
            counts[name][row["lang"]] += 1
    return frozenset(name for name, count in counts.items() if len(count) > 2 and max(count.values()) <= 2)


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


_SHINGLE_CHARS = 8
_MIN_WIDTH = 80  # letters, Han and Kana counted double; shorter lines are boilerplate as often as not, and join nothing
_MIN_SHARED_SHARE = 0.6  # of the shorter text's sampled shingles
_MAX_GROUPS = 6  # a shingle of more groups is boilerplate
_SAMPLING = 2  # one shingle in so many is kept
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ǜ]{1,7}\)")


@cache
def _skeleton_table() -> NDArray[np.uint32]:
    """What a code point of the first plane becomes when texts are compared; 0 drops it.

    Letters and digits in lower case and plain width. Of Han characters only those written alike in Simplified and
    Traditional Chinese, so that a text and its conversion are one.
    """
    mapping = np.zeros(0x110000, np.uint32)
    for code, char in enumerate(map(chr, range(0x10000))):
        is_han = "\u4e00" <= char <= "\u9fff"
        if char.isalnum() and (not is_han or (_encodes(char, "gb2312") and _encodes(char, "big5"))):
            mapping[code] = ord(char.lower()[0])
    mapping[0xFF10:0xFF1A] = np.arange(0x30, 0x3A)
    mapping[0xFF41:0xFF5B] = mapping[0xFF21:0xFF3B] = np.arange(0x61, 0x7B)
    return mapping


def _encodes(char: str, encoding: str) -> bool:
    try:
        return bool(char.encode(encoding))
    except UnicodeEncodeError:
        return False


def near_duplicates(texts: Sequence[str], groups: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of texts of different groups that say the same, as row numbers in ascending order.

    Compared are hashes of 8-character shingles of letters and digits, one in two sampled by its value: at least five
    in common, and 60 % of those of the shorter text. Texts under 80 letters (40 where they are Han, Kana or Hangul),
    and shingles found in more than six groups, count for nothing.
    """
    if not len(texts):
        return []
    group_of = np.unique([str(group) for group in groups], return_inverse=True)[1]
    shingle, text = _sampled_shingles(texts)
    order = np.lexsort((text, shingle))
    shingle, text = shingle[order], text[order]
    first = np.ones(len(text), bool)
    first[1:] = (shingle[1:] != shingle[:-1]) | (text[1:] != text[:-1])
    shingle, text = shingle[first], text[first]
    n_shingles = np.bincount(text, minlength=len(texts))
    rare = _in_few_groups(shingle, group_of[text])
    shingle, text = shingle[rare], text[rare]
    pairs = [np.empty(0, np.int64)]
    for step in range(1, 2 * _MAX_GROUPS):
        alike = (shingle[step:] == shingle[:-step]) & (group_of[text[step:]] != group_of[text[:-step]])
        pairs.append(text[:-step][alike] * len(texts) + text[step:][alike])
    pair, n_shared = np.unique(np.concatenate(pairs), return_counts=True)
    one, other = pair // len(texts), pair % len(texts)
    shorter = np.minimum(n_shingles[one], n_shingles[other])
    same = (n_shared >= 5) & (n_shared >= _MIN_SHARED_SHARE * shorter)
    return list(zip(one[same].tolist(), other[same].tolist(), strict=True))


def _sampled_shingles(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the sampled shingles, and the number of the text each is from."""
    plain = [_GLOSS.sub("", text) if "(" in text else text for text in texts]
    lengths = np.fromiter(map(len, plain), np.int64, len(plain))
    raw = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _skeleton_table()[raw]
    kept = codes != 0
    text = np.repeat(np.arange(len(plain)), lengths)[kept]
    codes = codes[kept]
    width = np.bincount(text, 1.0 + (codes >= 0x3040) * (codes < 0xD7B0), len(plain))
    long_enough = width[text] >= _MIN_WIDTH
    codes, text = codes[long_enough].astype(np.uint64), text[long_enough]
    n = max(len(codes) - _SHINGLE_CHARS + 1, 0)
    hashes = np.zeros(n, np.uint64)
    for i in range(_SHINGLE_CHARS):
        hashes = (hashes + codes[i : i + n]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    inside = text[:n] == text[_SHINGLE_CHARS - 1 :] if n else np.zeros(0, bool)
    chosen = inside & (hashes % np.uint64(_SAMPLING) == 0)
    return hashes[chosen], text[:n][chosen]


def _in_few_groups(shingle: NDArray[np.uint64], group: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which entries, sorted by shingle, have a shingle of at most ``_MAX_GROUPS`` groups."""
    run = np.cumsum(np.append(0, shingle[1:] != shingle[:-1])) if len(shingle) else np.zeros(0, np.int64)
    distinct = np.unique(np.stack((run, group)), axis=1)
    return np.asarray(np.bincount(distinct[0], minlength=1)[run] <= _MAX_GROUPS)


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


def _stratum(document: Labelled) -> tuple[int, str]:
    if document.family:
        return 0, document.family
    collection = set_of(document.source)
    if document.kind in ("paragraph", "comment", "html_page", "page"):
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


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what the collection holds, and write it in the labelled format if asked."""
    parser = argparse.ArgumentParser(prog="python -m training.corpus", description=main.__doc__)
    add_data_option(parser)
    parser.add_argument("--output", type=Path, help="write the documents as JSON Lines")
    options = parser.parse_args(arguments)
    if options.data is None:
        parser.error("no data given; use --data DIR or set UNSTUFF_DATA")
    try:
        documents = load(Path(options.data))
    except InputError as error:
        parser.error(str(error))
    print(summary(documents))
    if options.output:
        with options.output.open("wb") as file:
            file.writelines(orjson.dumps(as_json(document)) + b"\n" for document in documents)


if __name__ == "__main__":
    main()

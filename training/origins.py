"""Where a row of the collection comes from: the campaign, host, page or document that is one group.

Rows name their origin in many ways: addresses, file names, campaigns, nothing at all. Translations of one line, and
files of one page set, are told by what they share.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

Row = dict[str, Any]

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


def keys(row: Row, sites: Mapping[str, str] | None = None) -> tuple[str, ...]:
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


def canonical(html: str) -> str:
    """Address that a page gives itself, "" if none."""
    tag = _CANONICAL.search(html)
    url = _URL.search(tag[0]) if tag else None
    return url[0].strip("\"'>/") if url else ""


def set_of(source: str) -> str:
    """The set a source belongs to: what stands before the colon, without paths and addresses."""
    return source.split(":")[0].split(" (")[0].split("/")[0]


def paragraph_keys(rows: Sequence[Row], sites: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Keys of each row of the file of clean paragraphs, in its order.

    Sentences without a document are one by one or in stretches of neighbours; lines of WMT24 are joined by their names.
    """
    names = _shared_names(row for row in rows if set_of(row["source"]) == "WMT24")
    for number, row in enumerate(rows):
        source = row["source"]
        if source.startswith("WMT24"):
            yield f"WMT24:{number}", *(f"WMT24 name {name}" for name in _NAME.findall(row["text"]) if name in names)
        elif source.startswith(_SENTENCES):
            yield (f"{source}:{number if row.get('how') == 'sentence' else number // _STRETCH}",)
        else:
            yield keys(row, sites)


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

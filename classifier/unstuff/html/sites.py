"""Which site an address belongs to: its registrable domain, by the public suffix list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

_SUFFIXES = Path(__file__).parents[1] / "data" / "public_suffixes.txt"
# Browsers drop tabs and line breaks anywhere in an address, and read backslashes as slashes.
_DROPPED = re.compile(r"[\t\n\r]")
_AUTHORITY = re.compile(r"[\x00- ]*(?:https?:)?[/\\]{2,}([^/\\?#]*)", re.I)
_LOCAL_STARTS = frozenset("/#?.")
_SLASHES = frozenset("/\\\t\n\r")
_IP_ADDRESS = re.compile(r"\[.*|[\d.]*")
# Fewer absolute links do not tell which site a page without address is from.
_MIN_LINKS = 5
# No host name is longer. What is would be kept by the cache, and costs its square to encode.
_MAX_HOST_CHARS = 255
# Behind "https://".
_MIN_HOST_END = 8
# No public suffix has more labels; the rest of a long host need not be looked at.
_MAX_LABELS = 8


def host(address: str) -> str:
    """Host of an absolute http(s) or protocol-relative address, in lower case without port; "" for any other."""
    if address[:1] in _LOCAL_STARTS and address[1:2] not in _SLASHES:
        return ""
    if "//" not in address and "\\" not in address and address.isprintable():
        return ""
    found = _AUTHORITY.match(_DROPPED.sub("", address))
    name = _without_port(found[1].rpartition("@")[2].strip()) if found else ""
    return name if len(name) <= _MAX_HOST_CHARS else ""


@lru_cache(maxsize=1 << 14)
def registrable_domain(name: str) -> str:
    """The part of a host name that someone registered: "www.example.co.uk" gives "example.co.uk".

    The answer is in lower case and ASCII (punycode), without port. IP addresses, single labels and public suffixes
    themselves are given back as they are.
    """
    name = _without_port(name)
    if _IP_ADDRESS.fullmatch(name):
        return name
    labels = _ascii(name).rsplit(".", _MAX_LABELS)[-_MAX_LABELS:]
    n_labels = min(_suffix_labels(labels) + 1, len(labels))
    return ".".join(labels[-n_labels:])


def _suffix_labels(labels: list[str]) -> int:
    """How many of the labels are the public suffix; the longest rule wins, exceptions before all."""
    rules = _rules()
    for i in range(len(labels)):
        name = ".".join(labels[i:])
        if "!" + name in rules:
            return len(labels) - i - 1
        if name in rules or ".".join(["*", *labels[i + 1 :]]) in rules:
            return len(labels) - i
    return 1


@cache
def _rules() -> frozenset[str]:
    return frozenset(line for line in _SUFFIXES.read_text("ascii").splitlines() if line[:1] != "#")


def _without_port(name: str) -> str:
    name = name.lower()
    return name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0].rstrip(".")


def _ascii(name: str) -> str:
    if name.isascii():
        return name
    labels = name.replace("。", ".").split(".")
    return ".".join(x if x.isascii() else "xn--" + x.encode("punycode", "replace").decode("ascii") for x in labels)


def domain_of(address: str) -> str:
    """Registrable domain of an absolute http(s) or protocol-relative address; "" for any other."""
    if address[:4] == "http":
        # Up to the first slash that can end a host, addresses of one host are alike.
        end = address.find("/", _MIN_HOST_END)
        start = address[:end] if end > 0 else address
        if len(start) <= _MAX_HOST_CHARS and (found := _domain_of_start(start)):
            return found
    name = host(address)
    return registrable_domain(name) if name else ""


@lru_cache(maxsize=1 << 14)
def _domain_of_start(address: str) -> str:
    name = host(address)
    return registrable_domain(name) if name else ""


class Site:
    """The page's own site, which decides what is outbound.

    ``addresses`` are the page's own, the surest first (its URL, its base, its canonical address); the first that is
    absolute counts. With none, the site is the one that at least half of the absolute ``links`` go to, and more of them
    than there are relative links: a page that writes its own links relatively has no need of absolute ones.
    """

    def __init__(self, addresses: Iterable[str | None], links: Iterable[str]) -> None:
        hosts = (host(address) for address in addresses if address)
        own = next(filter(None, hosts), "")
        self.domain = registrable_domain(own) if own else self._majority(links)

    @staticmethod
    def _majority(links: Iterable[str]) -> str:
        targets = Counter(map(domain_of, links))
        n_relative = targets.pop("", 0)
        if targets.total() < _MIN_LINKS:
            return ""
        domain, n_links = targets.most_common(1)[0]
        return domain if 2 * n_links >= targets.total() and n_links > n_relative else ""

    def target(self, href: str) -> tuple[str, bool]:
        """Registrable domain of a link ("" for the own site and for no address of the web), and whether it leaves."""
        domain = domain_of(href)
        return ("", False) if domain in ("", self.domain) else (domain, True)

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
    labels = ascii_host(name).rsplit(".", _MAX_LABELS)[-_MAX_LABELS:]
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


def ascii_host(name: str) -> str:
    """A host in ASCII: "münchen.example" gives "xn--mnchen-3ya.example"."""
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


def own_domain(addresses: Iterable[str | None], targets: Iterable[str]) -> str:
    """Domain of the page's own site, which decides what is outbound; "" where it is not known.

    ``addresses`` are the page's own, the surest first (its URL, its base, its canonical address); the first that is
    absolute counts. With none, the site is the one that at least half of the absolute links go to, and more of them
    than there are relative links: a page that writes its own links relatively has no need of absolute ones.
    ``targets`` are the domains of its links, "" of relative ones.
    """
    own = next(filter(None, (domain_of(address) for address in addresses if address)), "")
    return own or _majority(targets)


def _majority(targets: Iterable[str]) -> str:
    counts = Counter(targets)
    n_relative = counts.pop("", 0)
    if counts.total() < _MIN_LINKS:
        return ""
    domain, n_links = counts.most_common(1)[0]
    return domain if 2 * n_links >= counts.total() and n_links > n_relative else ""

"""What is known of hosts: lists that allow or deny them, and lines that the pages of one host share.

A line that stands on many pages of a host should get one verdict there. Where it is flagged on most of them, above
different bodies, it is flagged on the others too, if its score there is near the threshold. Nothing is flagged that
was flagged nowhere: menus and footers are shared by every page of an honest host, and being shared is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from unstuff.errors import InputError
from unstuff.filter import Verdict
from unstuff.html.sites import ascii_host, host
from unstuff.reasons import Reason
from unstuff.sources import Result
from unstuff.stages import logit

# Not tuned: no labelled data has many pages of one host with the same injected line.
MIN_PAGES = 3
MIN_SHARE = 0.5
_MAX_BODIES = 8  # kept apart, of a line
# In ASCII; of addresses of IP version 6 as they stand in a URL.
_HOST = re.compile(r"\[[\da-f:.]+\]|[\w-]+(?:\.[\w-]+)*", re.A)
_NETWORK = re.compile(r"[\d.]+/\d+|\[?[\da-f:]*:[\da-f:]*\]?/\d+", re.I)  # "192.0.2.0/24"
_NO_PORT = re.compile(r"[^/?@\[]*:(?!\d*(?:[/?]|$)|//)")  # "http:a.example"

Line = tuple[str, bytes]  # a host and the digest of a line


class Shared(NamedTuple):
    """On how many pages of its host a line is flagged, and on how many its score is at least near the threshold."""

    n_found: int
    n_near: int


@dataclass(frozen=True, slots=True)
class HostRules:
    """Changes verdicts by their page's host. ``low`` is the score from which a shared line can be flagged."""

    allowed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    low: float = 1.0
    threshold: float = 1.0
    shared: Mapping[Line, Shared] = field(default_factory=dict)

    def apply(self, result: Result) -> Result:
        """The result with its verdicts changed, or as it was."""
        name = result.document.host
        if not name or not result.verdicts:
            return result
        if _listed(name, self.allowed):
            return result._replace(verdicts=[_allowed(verdict) for verdict in result.verdicts])
        if _listed(name, self.denied):
            return result._replace(verdicts=[_denied(verdict, name) for verdict in result.verdicts])
        if not self.shared:
            return result
        return result._replace(verdicts=[self._by_host(verdict, name) for verdict in result.verdicts])

    def _by_host(self, verdict: Verdict, name: str) -> Verdict:
        if verdict.found or verdict.score < self.low:
            return verdict
        shared = self.shared.get((name, digest(verdict.text)))
        if shared is None:
            return verdict
        weight = round(logit(self.threshold) - logit(verdict.score), 4)
        detail = f"the same line is flagged on {shared.n_found} of {shared.n_near} pages of {name}"
        return _flagged(verdict._replace(score=self.threshold), Reason("host", weight, detail))


def _allowed(verdict: Verdict) -> Verdict:
    return verdict._replace(label="content", spans=(), reasons=()) if verdict.found else verdict


def _denied(verdict: Verdict, name: str) -> Verdict:
    return (
        verdict if verdict.found else _flagged(verdict, Reason("host", 0.0, f"{name} is on the list of denied hosts"))
    )


def _flagged(verdict: Verdict, reason: Reason) -> Verdict:
    spans = ((verdict.start, verdict.end),)
    return verdict._replace(label="keyword_block", spans=spans, reasons=(reason, *verdict.reasons))


def digest(text: str) -> bytes:
    """Eight bytes that stand for a line, its white space aside."""
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _listed(name: str, hosts: frozenset[str]) -> bool:
    """Whether a host or a domain above it is on a list."""
    if not hosts:
        return False
    labels = ascii_host(name).split(".")
    return any(".".join(labels[i:]) in hosts for i in range(len(labels)))


def read_hosts(path: Path) -> frozenset[str]:
    """A list of hosts in ASCII, one a line; # begins a comment. A host stands for those under it too.

    A line may be an address, and have a port, a user, or *. before the host. Raises :class:`InputError` for a list
    that cannot be read, and for a line that names no host.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"list of hosts {str(path)!r} cannot be read: {error}") from error
    named = [(number, name) for number, line in enumerate(lines, 1) if (name := line.partition("#")[0].strip())]
    for number, name in named:
        if not _named(name):
            advice = "give one a line, such as example.org"
            raise InputError(f"list of hosts {str(path)!r}, line {number}: {name!r} is no host; {advice}")
    return frozenset(_named(name) for _, name in named)


def _named(line: str) -> str:
    """The host that a line of a list names, "" for none."""
    name = line.removeprefix("*.").removeprefix(".")
    if _NO_PORT.match(name) or _NETWORK.fullmatch(name):
        return ""
    is_address = name.startswith("/") or "//" in name
    found = ascii_host(host(name if is_address else f"//{name}"))
    return found if _HOST.fullmatch(found) else ""


class Seen(NamedTuple):
    """A page's lines that are flagged or near it, and what stands for its other text."""

    host: str
    body: bytes
    lines: tuple[tuple[bytes, bool], ...]


def survey(results: Sequence[Result], low: float) -> list[Seen]:
    """What the first pass notes of a chunk."""
    return list(_seen(results, low))


def _seen(results: Sequence[Result], low: float) -> Iterator[Seen]:
    for document, _, verdicts in results:
        near = {digest(verdict.text): verdict.found for verdict in verdicts if verdict.score >= low}
        if near and (name := document.host):
            rest = "\n".join(verdict.text for verdict in verdicts if verdict.score < low)
            yield Seen(name, digest(rest), tuple(near.items()))


class Survey:
    """Adds up what the pages of a host share. It grows with the number of different lines near the threshold."""

    def __init__(self) -> None:
        self._lines: dict[Line, tuple[list[int], set[bytes]]] = {}

    def add(self, pages: Iterable[Seen]) -> None:
        """Count pages."""
        for page in pages:
            for line, found in page.lines:
                counts, bodies = self._lines.setdefault((page.host, line), ([0, 0], set()))
                counts[0] += found
                counts[1] += 1
                if found and len(bodies) < _MAX_BODIES:
                    bodies.add(page.body)

    def shared(self) -> dict[Line, Shared]:
        """The lines that are flagged on most of their pages, above different bodies, but not on all."""
        return {
            line: Shared(n_found, n_near)
            for line, ((n_found, n_near), bodies) in self._lines.items()
            if len(bodies) >= MIN_PAGES and MIN_SHARE * n_near <= n_found < n_near
        }

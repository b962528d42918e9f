"""What is counted over all documents of a report, listed or not."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from unstuff.report.record import LeftOut
from unstuff.sources import Result
from unstuff.verdict import main_reason

N_BINS = 20
# Hosts counted one by one; documents of hosts met later are counted together, so that memory stays bounded.
MAX_HOSTS = 100_000


class Host(NamedTuple):
    """What was found on one host."""

    name: str
    n_pages: int
    n_pages_found: int
    n_blocks: int


class Tally:
    """Counts of documents, paragraphs, scores, reasons and hosts."""

    def __init__(self) -> None:
        self.n_documents = self.n_errors = self.n_pages_found = self.n_mirrors = 0
        self.n_paragraphs = self.n_blocks = self.n_uncounted_hosts = 0
        self.bins = [0] * N_BINS
        self.reasons: Counter[str] = Counter()
        self.left_out = LeftOut()
        self._hosts: dict[str, list[int]] = {}

    def add(self, result: Result, is_mirror: bool) -> None:
        """Count a document."""
        found = [verdict for verdict in result.verdicts if verdict.found]
        self.n_documents += 1
        self.n_errors += bool(result.document.error)
        self.n_pages_found += bool(found)
        self.n_mirrors += is_mirror
        self.n_paragraphs += len(result.verdicts)
        self.n_blocks += len(found)
        for verdict in result.verdicts:
            self.bins[min(int(verdict.score * N_BINS), N_BINS - 1)] += 1
        self.reasons.update(map(main_reason, found))
        if name := result.document.host:
            self._add_host(name, len(found))

    def _add_host(self, name: str, n_blocks: int) -> None:
        if name not in self._hosts and len(self._hosts) == MAX_HOSTS:
            self.n_uncounted_hosts += 1
            return
        counts = self._hosts.setdefault(name, [0, 0, 0])
        for i, n in enumerate((1, int(n_blocks > 0), n_blocks)):
            counts[i] += n

    @property
    def has_hosts(self) -> bool:
        """Whether any document has an address."""
        return bool(self._hosts)

    def worst_hosts(self, n: int) -> list[Host]:
        """The hosts with most pages with keyword blocks, those first that have the larger share of them."""
        found = [Host(name, *counts) for name, counts in self._hosts.items() if counts[1]]
        return sorted(found, key=lambda host: (-host.n_pages_found, host.n_pages, host.name))[:n]

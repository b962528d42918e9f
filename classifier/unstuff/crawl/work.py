"""One chunk: documents -> verdicts -> what is written. It runs here or in a worker, with the same result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from unstuff.caps import told
from unstuff.crawl.hosts import HostRules
from unstuff.filter import Filter
from unstuff.sources import Chunk, Document, Reading, Result, Written, score_together
from unstuff.verdict import main_reason

N_REFUSALS = 10  # told of one by one; the others are counted


@dataclass(slots=True)
class Tally:
    """What was counted.

    ``found_by`` counts keyword blocks by the reason that weighs most, ``hosted`` documents that have a host, where
    hosts matter.
    """

    documents: int = 0
    paragraphs: int = 0
    found: int = 0
    errors: int = 0
    dropped: int = 0
    truncated: int = 0
    hosted: int = 0
    found_by: Counter[str] = field(default_factory=Counter)

    def count(self, results: Iterable[Result]) -> None:
        """Count documents with their verdicts; blank lines do not count."""
        for document, page, verdicts in results:
            self.documents += bool(document.body or document.error)
            self.errors += bool(document.error)
            self.truncated += page is not None and page.truncated
            self.paragraphs += len(page.paragraphs) if page else 0
            for verdict in verdicts:
                if verdict.found:
                    self.found += 1
                    self.found_by[main_reason(verdict)] += 1

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.documents += other.documents
        self.paragraphs += other.paragraphs
        self.found += other.found
        self.errors += other.errors
        self.dropped += other.dropped
        self.truncated += other.truncated
        self.hosted += other.hosted
        self.found_by.update(other.found_by)


class Refusal(NamedTuple):
    """A document that could not be used, or not to its end, and why."""

    id: str | int | float
    error: str


Refuse = Callable[[Document, str], None]


class Outcome(NamedTuple):
    """What a writer makes of a chunk: for the output, for the file of what was removed, for that of the rejected."""

    written: list[Written]
    removed: bytes = b""
    rejected: bytes = b""
    n_dropped: int = 0
    notes: Any = None


class Writer(Protocol):
    """Makes what is written of a chunk's results; it can be pickled."""

    @property
    def found_only(self) -> bool:
        """Whether it looks at the verdicts on keyword blocks alone."""

    def write(self, chunk: Chunk, results: Sequence[Result], refuse: Refuse) -> Outcome:
        """What is to be written; documents that turn out not to be usable are refused."""


class Done(NamedTuple):
    """A chunk, done."""

    outcome: Outcome
    tally: Tally
    refusals: list[Refusal]


@dataclass(frozen=True, slots=True)
class Work:
    """What is done to every chunk; it can be pickled."""

    scorer: Filter
    reading: Reading
    writer: Writer
    hosts: HostRules | None = None

    def __call__(self, chunk: Chunk) -> list[Done]:
        """Do a chunk: in one piece, or document by document when that fails."""
        try:
            return [self.do(chunk)]
        except Exception as error:
            if len(chunk) > 1:
                return [done for i in range(len(chunk)) for done in self(chunk.part(i, i + 1))]
            return [self.do(chunk, f"failed: {type(error).__name__}: {error}")]

    def do(self, chunk: Chunk, refused: str = "") -> Done:
        """Do a chunk in one piece; with ``refused``, its documents are not looked at, and that is their error."""
        documents = chunk.unread(refused) if refused else chunk.documents(self.reading)
        results = self._score(documents)
        tally = Tally()
        if self.hosts:
            results = [self.hosts.apply(result) for result in results]
            tally.hosted = sum(bool(document.host) for document in documents)
        tally.count(results)
        refusals = [Refusal(result.document.id, why) for result in results if (why := _wrong(result))]

        def refuse(document: Document, error: str) -> None:
            tally.errors += 1
            refusals.append(Refusal(document.id, error))

        outcome = self.writer.write(chunk, results, refuse)
        tally.dropped = outcome.n_dropped
        return Done(outcome, tally, refusals[:N_REFUSALS])

    def _score(self, documents: Sequence[Document]) -> list[Result]:
        try:
            return list(self._scored(documents))
        except Exception:  # one of them: the others must not go with it
            return [self._score_alone(document) for document in documents]

    def _scored(self, documents: Sequence[Document]) -> Iterator[Result]:
        # Lists of hosts change the verdicts on content too.
        return score_together(self.scorer, documents, found_only=self.writer.found_only and self.hosts is None)

    def _score_alone(self, document: Document) -> Result:
        try:
            return next(self._scored([document]))
        except Exception as error:
            failed = f"cannot be scored: {type(error).__name__}: {error}"
            return Result(document._replace(body=None, error=failed), None, ())


def _wrong(result: Result) -> str:
    """Why a document could not be read, or not to its end."""
    return result.document.error or (told(result.page.cut_by) if result.page else "")

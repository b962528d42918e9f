"""A run over its inputs: chunks read, done, written and counted, from where it stood to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple

from unstuff.crawl import pool
from unstuff.crawl.hosts import Seen, Survey, survey
from unstuff.crawl.manifest import Manifest, Standing
from unstuff.crawl.outputs import Outputs
from unstuff.crawl.progress import Progress, Silent
from unstuff.crawl.work import Done, Outcome, Refusal, Refuse, Tally, Work
from unstuff.sources import Chunk, Result, Source, placed


class Finished(NamedTuple):
    """What a run did: counts of the whole, also of the part before it was resumed; and of this part its size."""

    tally: Tally
    n_bytes: int
    seconds: float


@dataclass(slots=True)
class Crawl:
    """One run. ``refused`` is told of the first documents of each chunk that could not be used."""

    sources: Sequence[Source]
    work: Work
    outputs: Outputs
    refused: Callable[[Refusal], None]
    n_jobs: int = 1
    progress: Progress = field(default_factory=Silent)
    manifest: Manifest | None = None
    standing: Standing = field(default_factory=Standing)
    part_bytes: float = 1 << 26

    def run(self) -> Finished:
        """Read, write and count everything; whatever ends it early leaves no half-written file behind."""
        began = time.monotonic()
        try:
            tally, n_bytes = self._write_all()
            state = self.outputs.finish()
        except BaseException:
            if self.manifest is None:
                self.outputs.discard()
            raise
        finally:
            self.progress.close()
        if self.manifest:
            self.manifest.write(Standing((len(self.sources), 0), state, tally, complete=True))
        return Finished(tally, n_bytes, time.monotonic() - began)

    def _write_all(self) -> tuple[Tally, int]:
        tally = self.standing.tally or Tally()
        after, n_bytes, n_stored, n_since = self.standing.after, 0, 0, 0
        is_live = any(source.is_stdin for source in self.sources)
        chunks = placed(self.sources, self.work.reading, self.standing.after)
        with closing(pool.run(self.work, chunks, self.n_jobs)) as results:
            for found, pieces in results:
                if n_since >= self.part_bytes and self._pause(Standing(after, None, tally), found.chunk.source):
                    n_since = 0
                self._write(pieces, tally)
                if is_live:
                    self.outputs.flush()
                after, n_chunk = found.after, found.chunk.n_bytes
                n_bytes, n_stored, n_since = n_bytes + n_chunk, n_stored + found.n_stored, n_since + n_chunk
                self.progress.update(tally, n_bytes, n_stored)
        return tally, n_bytes

    def _pause(self, standing: Standing, following: Source) -> bool:
        """Write down where the run stands, if everything up to there is written for good."""
        state = self.outputs.pause(following) if self.manifest else None
        if self.manifest and state:
            self.manifest.write(standing._replace(state=state))
        return state is not None

    def _write(self, pieces: Sequence[Done], tally: Tally) -> None:
        for done in pieces:
            self.outputs.write(done.outcome)
            tally.add(done.tally)
            for refusal in done.refusals:
                self.refused(refusal)


@dataclass(frozen=True, slots=True)
class _SurveyWriter:
    """Writes nothing; notes what the pages of a host share."""

    found_only: ClassVar[bool] = False

    low: float

    def write(self, chunk: Chunk, results: Sequence[Result], refuse: Refuse) -> Outcome:
        """The notes of a chunk."""
        return Outcome([], notes=survey(results, self.low))


def look_around(sources: Sequence[Source], work: Work, n_jobs: int, low: float) -> Survey:
    """The first pass of ``--by-host``: what the pages of each host share."""
    found = Survey()
    first = replace(work, writer=_SurveyWriter(low), hosts=None)
    for _, pieces in pool.run(first, placed(sources, work.reading), n_jobs):
        for done in pieces:
            notes: list[Seen] = done.outcome.notes
            found.add(notes)
    return found

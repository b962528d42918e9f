"""The files that a run writes: which of them what goes to, and what of them outlasts a crash."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from unstuff.crawl.table import Schema
from unstuff.crawl.targets import Bytes, Table, Target
from unstuff.crawl.work import Outcome
from unstuff.sources import STDIN, Source, Written


class State(NamedTuple):
    """What a run had written for good: the number of finished files, and others with the length they had."""

    n_parts: int = 0
    current: tuple[str, int] | None = None
    removed: int | None = None
    rejected: int | None = None


class Outputs:
    """Where a run writes. ``path_of`` says it of a source and the number of finished files; None is stdout.

    A source without a path (KeyError) is not written. ``schema`` is for Parquet that is written though no row came;
    ``always`` makes the one file also when nothing came at all.
    """

    def __init__(
        self,
        path_of: Callable[[Source, int], Path | None],
        *,
        removed: Path | None = None,
        rejected: Path | None = None,
        schema: Schema = None,
        always: bool = False,
        rotates: bool = False,
        durable: bool = False,
        state: State | None = None,
    ) -> None:
        state = state or State()
        self._path_of, self._schema = path_of, schema
        self._rotates, self._durable, self._always = rotates, durable, always
        self._n_parts = state.n_parts
        self._open: tuple[Path | None, Target] | None = None
        self._removed = self._side(removed, state.removed)
        self._rejected = self._side(rejected, state.rejected)
        if state.current:
            path = Path(state.current[0])
            self._open = path, Bytes(path, length=state.current[1], durable=durable)

    def _side(self, path: Path | None, length: int | None) -> Bytes | None:
        return Bytes(path, length=length, durable=self._durable) if path else None

    def write(self, outcome: Outcome) -> None:
        """Write what was made of a chunk."""
        for written in outcome.written:
            try:
                path = self._path_of(written.source, self._n_parts)
            except KeyError:
                continue
            self._target(path, written).write(written.pieces)
        if self._removed:
            self._removed.write([outcome.removed])
        if self._rejected:
            self._rejected.write([outcome.rejected])

    def _target(self, path: Path | None, written: Written) -> Target:
        if self._open and self._open[0] == path:
            return self._open[1]
        self._finish_current()
        target = self._new(path, written)
        self._open = path, target
        return target

    def _new(self, path: Path | None, written: Written) -> Target:
        if written.pieces and not isinstance(written.pieces[0], bytes):
            return Table(path, written.pieces[0].schema, written.codec, durable=self._durable)
        return Bytes(path, durable=self._durable)

    def _finish_current(self) -> None:
        if self._open:
            self._open[1].finish()
            self._open = None
            self._n_parts += 1

    def pause(self, following: Source) -> State | None:
        """Make everything written so far outlast a crash; None when that has to wait for the end of a file.

        ``following`` is the source of what will be written next.
        """
        current = None
        if self._open and (self._rotates or not self._continues(following)):
            self._finish_current()
        elif self._open:
            length = self._open[1].commit()
            if length is None:
                return None
            current = str(self._open[0]), length
        sides = [side.commit() if side else None for side in (self._removed, self._rejected)]
        return State(self._n_parts, current, *sides)

    def _continues(self, following: Source) -> bool:
        try:
            return self._open is not None and self._path_of(following, self._n_parts) == self._open[0]
        except KeyError:
            return False

    def flush(self) -> None:
        """Pass on what was written to stdout."""
        if self._open and self._open[0] is None:
            sys.stdout.buffer.flush()

    def finish(self) -> State:
        """Give every file its name."""
        if self._always and not self._open and not self._n_parts:
            path = self._path_of(Source(STDIN, None, Path()), 0)
            if self._schema is None:
                self._open = path, Bytes(path, durable=self._durable)
            else:
                self._open = path, Table(path, self._schema, "zstd", durable=self._durable)
        self._n_parts += self._open is not None
        for target in self._targets():
            target.finish()
        return State(self._n_parts)

    def discard(self) -> None:
        """Leave nothing of unfinished files."""
        for target in self._targets():
            target.discard()

    def _targets(self) -> list[Target]:
        sides = [side for side in (self._removed, self._rejected) if side]
        return [self._open[1], *sides] if self._open else [*sides]

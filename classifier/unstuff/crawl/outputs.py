"""The files that a run writes: each under a temporary name until it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from unstuff.crawl.packing import pack, packing_of
from unstuff.crawl.table import Schema
from unstuff.crawl.work import Outcome
from unstuff.sources import PACKED_SUFFIXES, STDIN, Source, Written, need

# Rows of Parquet are written as row groups of about this size.
_GROUP_BYTES = 1 << 26


class Target(Protocol):
    """A file that is being written."""

    def write(self, pieces: Sequence[Any]) -> None:
        """Append."""

    def commit(self) -> int | None:
        """Make what was written outlast a crash; its length, or None for a file that cannot be cut there."""

    def finish(self) -> None:
        """Give the file its name."""

    def discard(self) -> None:
        """Leave nothing of it."""


def part_of(path: Path) -> Path:
    """The temporary name of a file."""
    return path.with_name(f"{path.name}.part")


class Bytes:
    """A file of bytes, or stdout (None), or a pipe or device, which are written to directly.

    With ``length``, the file that an interrupted run left is continued from there.
    """

    def __init__(self, path: Path | None, *, length: int | None = None, durable: bool = False) -> None:
        self._path, self._durable = path, durable
        self._direct = path is None or (path.exists() and not path.is_file())
        if path is None:
            self._file: BinaryIO = sys.stdout.buffer
        elif self._direct:
            self._file = path.open("wb")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _continued(path, length) if length is not None else part_of(path).open("wb")

    def write(self, pieces: Sequence[Any]) -> None:
        """Append."""
        for piece in pieces:
            self._file.write(piece)

    def commit(self) -> int | None:
        """Make what was written outlast a crash; the file's length."""
        self._file.flush()
        if self._direct:
            return None
        os.fsync(self._file.fileno())
        return self._file.tell()

    def finish(self) -> None:
        """Give the file its name; stdout stays open."""
        if self._path is None:
            self._file.flush()
            return
        if not self._direct and not self._file.tell():
            self._file.write(pack(b"", packing_of(self._path)))
        if self._durable:
            self.commit()
        self._file.close()
        if not self._direct:
            part_of(self._path).replace(self._path)

    def discard(self) -> None:
        """Leave nothing of it."""
        if self._path is not None:
            self._file.close()
            if not self._direct:
                part_of(self._path).unlink(missing_ok=True)


def _continued(path: Path, length: int) -> BinaryIO:
    """The file of an interrupted run, cut to a length; it may have got its name already."""
    part = part_of(path)
    if not part.exists() and path.exists():
        path.replace(part)
    file = part.open("r+b")
    file.truncate(length)
    file.seek(length)
    return file


class Table:
    """A file of Parquet, or stdout (None)."""

    def __init__(self, path: Path | None, schema: Schema, codec: str) -> None:
        self._path = path
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._file = part_of(path).open("wb") if path else sys.stdout.buffer
        compression = "none" if codec == "uncompressed" else codec
        self._writer = need("parquet", "pyarrow.parquet").ParquetWriter(self._file, schema, compression=compression)
        self._batches: list[Any] = []
        self._n_bytes = 0

    def write(self, pieces: Sequence[Any]) -> None:
        """Append record batches."""
        self._batches.extend(pieces)
        self._n_bytes += sum(piece.nbytes for piece in pieces)
        if self._n_bytes >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._batches:
            table = need("parquet").Table.from_batches(self._batches)
            self._writer.write_table(table, row_group_size=max(table.num_rows, 1))
            self._batches, self._n_bytes = [], 0

    def commit(self) -> int | None:
        """None: what Parquet says of its rows stands at its end."""
        return None

    def finish(self) -> None:
        """Write what is left and the footer, and give the file its name."""
        self._flush()
        self._writer.close()
        self._file.flush()
        if self._path:
            os.fsync(self._file.fileno())
            self._file.close()
            part_of(self._path).replace(self._path)

    def discard(self) -> None:
        """Leave nothing of it."""
        if self._path:
            with suppress(Exception):  # the footer of a file that goes anyway
                self._writer.close()
            self._file.close()
            part_of(self._path).unlink(missing_ok=True)


class State(NamedTuple):
    """What a run had written for good: the number of finished parts, and files with the length they had."""

    n_parts: int = 0
    current: tuple[str, int] | None = None
    removed: int | None = None
    rejected: int | None = None


class Outputs:
    """Where a run writes. ``path_of`` says it of a source and the number of parts; None is stdout.

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
            unpacked = path.with_suffix("") if path and path.suffix.lower() in PACKED_SUFFIXES else path
            return Table(unpacked, written.pieces[0].schema, written.codec)
        return Bytes(path, durable=self._durable)

    def _finish_current(self) -> None:
        if self._open:
            self._open[1].finish()
            self._open = None

    def pause(self, following: Source) -> State | None:
        """Make everything written so far outlast a crash; None when that has to wait for the end of a file.

        ``following`` is the source of what will be written next.
        """
        current = None
        if self._open and (self._rotates or not self._continues(following)):
            self._finish_current()
            self._n_parts += self._rotates
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
            self._open = path, Bytes(path) if self._schema is None else Table(path, self._schema, "zstd")
        self._n_parts += self._rotates and self._open is not None
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

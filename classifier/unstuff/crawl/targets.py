"""A file that a run writes, under a temporary name until it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from unstuff.crawl.packing import pack, packing_of
from unstuff.crawl.table import Schema
from unstuff.durable import part_of
from unstuff.sources import need

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


@contextmanager
def naming(path: Path | None) -> Iterator[None]:
    """Says of a full disk, and of whatever else goes wrong in writing, which file it was."""
    try:
        yield
    except OSError as error:
        if path is None or error.filename or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _place(path: Path | None, *, durable: bool) -> tuple[Path | None, Path | None]:
    """Where a file goes, and its temporary name; pipes and devices, which are written to directly, have none."""
    if path is None or (path.exists() and not path.is_file()):
        return path, None
    path = Path(os.path.realpath(path))  # a link stays one
    path.parent.mkdir(parents=True, exist_ok=True)
    return path, part_of(path, lasting=durable)


def _opened(path: Path | None, part: Path | None) -> BinaryIO:
    place = part or path
    return sys.stdout.buffer if place is None else place.open("wb")


class Bytes:
    """A file of bytes, or stdout (None), or a pipe or device, which are written to directly.

    What is ``durable`` outlasts a crash; with ``length``, the file of an interrupted run is continued from there.
    """

    def __init__(self, path: Path | None, *, length: int | None = None, durable: bool = False) -> None:
        self._durable = durable
        self._path, self._part = _place(path, durable=durable)
        if self._path and self._part and length is not None:
            self._file = _continued(self._path, self._part, length)
        else:
            self._file = _opened(self._path, self._part)

    def write(self, pieces: Sequence[Any]) -> None:
        """Append."""
        with naming(self._path):
            for piece in pieces:
                self._file.write(piece)

    def commit(self) -> int | None:
        """Make what was written outlast a crash; the file's length."""
        with naming(self._path):
            self._file.flush()
            if self._part is None:
                return None
            os.fsync(self._file.fileno())
            return self._file.tell()

    def finish(self) -> None:
        """Give the file its name; stdout stays open."""
        if self._path is None:
            self._file.flush()
            return
        with naming(self._path):
            if self._part and not self._file.tell():
                self._file.write(pack(b"", packing_of(self._path)))
            if self._durable:
                self.commit()
            self._file.close()
        if self._part:
            self._part.replace(self._path)

    def discard(self) -> None:
        """Leave nothing of it."""
        if self._path is not None:
            with suppress(OSError):  # a full disk, again
                self._file.close()
            if self._part:
                self._part.unlink(missing_ok=True)


def _continued(path: Path, part: Path, length: int) -> BinaryIO:
    """The file of an interrupted run, cut to a length; it may have got its name already."""
    if not part.exists() and path.exists():
        path.replace(part)
    file = part.open("r+b")
    file.truncate(length)
    file.seek(length)
    return file


class Table:
    """A file of Parquet, or stdout (None), or a pipe or device, which are written to directly."""

    def __init__(self, path: Path | None, schema: Schema, codec: str, *, durable: bool = False) -> None:
        self._path, self._part = _place(path, durable=durable)
        self._file = _opened(self._path, self._part)
        compression = "none" if codec == "uncompressed" else codec
        self._writer = need("parquet", "pyarrow.parquet").ParquetWriter(self._file, schema, compression=compression)
        self._batches: list[Any] = []
        self._n_bytes = 0

    def write(self, pieces: Sequence[Any]) -> None:
        """Append record batches."""
        self._batches.extend(pieces)
        self._n_bytes += sum(piece.nbytes for piece in pieces)
        if self._n_bytes >= _GROUP_BYTES:
            with naming(self._path):
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
        with naming(self._path):
            self._flush()
            self._writer.close()
            self._file.flush()
            if self._part:
                os.fsync(self._file.fileno())
            if self._path:
                self._file.close()
        if self._path and self._part:
            self._part.replace(self._path)

    def discard(self) -> None:
        """Leave nothing of it; what went down a pipe lacks the footer, without which it is no Parquet."""
        if self._path:
            with suppress(OSError):
                self._file.close()
            with suppress(Exception):  # it would write the footer
                self._writer.close()
        if self._part:
            self._part.unlink(missing_ok=True)

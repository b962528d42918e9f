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


class Bytes:
    """A file of bytes, or stdout (None), or a pipe or device, which are written to directly.

    What is ``durable`` outlasts a crash; with ``length``, the file of an interrupted run is continued from there.
    """

    def __init__(self, path: Path | None, *, length: int | None = None, durable: bool = False) -> None:
        self._path, self._durable = path, durable
        self._part: Path | None = None
        if path is None:
            self._file: BinaryIO = sys.stdout.buffer
        elif path.exists() and not path.is_file():
            self._file = path.open("wb")
        else:
            path = self._path = Path(os.path.realpath(path))  # a link stays one
            path.parent.mkdir(parents=True, exist_ok=True)
            self._part = part_of(path, lasting=durable)
            self._file = self._part.open("wb") if length is None else _continued(path, self._part, length)

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
    """A file of Parquet, or stdout (None)."""

    def __init__(self, path: Path | None, schema: Schema, codec: str, *, durable: bool = False) -> None:
        path = self._path = Path(os.path.realpath(path)) if path else None
        self._part = part_of(path, lasting=durable) if path else None
        if self._part:
            self._part.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._part.open("wb") if self._part else sys.stdout.buffer
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
            if self._path:
                os.fsync(self._file.fileno())
                self._file.close()
        if self._path and self._part:
            self._part.replace(self._path)

    def discard(self) -> None:
        """Leave nothing of it."""
        if self._part:
            with suppress(Exception):  # the footer of a file that goes anyway
                self._writer.close()
            with suppress(OSError):
                self._file.close()
            self._part.unlink(missing_ok=True)

"""Inputs -> streams of unpacked bytes: files, stdin, remote paths."""

from __future__ import annotations

import io
import select
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO

from unstuff.errors import InputError, UnstuffError
from unstuff.extras import need
from unstuff.sources.document import CHUNK_BYTES, MAX_DOCUMENT_BYTES, Source
from unstuff.unpacking import unpacked

_BUFFER_BYTES = 1 << 16
# Documents of a slow pipe are passed on after so long without more.
_PATIENCE_S = 0.05
# What is no document is read past, until it is so many bytes and so many times those stored for it. Text packs to a
# tenth; a page over and over packs to a thousandth, but then it is documents.
_MAX_PASSED_BYTES, _MAX_RATIO = 1 << 30, 100


def together(pieces: Iterable[bytes]) -> bytes | None:
    """The pieces of a document, end to end; None once they are more than it may have: joined, they are held twice."""
    found: list[bytes] = []
    n_bytes = 0
    for piece in pieces:
        found.append(piece)
        n_bytes += len(piece)
        if n_bytes > MAX_DOCUMENT_BYTES:
            return None
    return b"".join(found)


class Stream:
    """The bytes of one input."""

    def __init__(self, stored: _Counted, buffer: io.BufferedReader[Any], *, packed: bool, live: bool) -> None:
        self.buffer = buffer
        self.packed = packed
        self._stored = stored
        self._live = live

    @property
    def n_stored(self) -> int:
        """How many bytes of the input, as it is stored, were taken so far."""
        return 0 if self._live else self._stored.n_bytes

    @property
    def n_taken(self) -> int:
        """As ``n_stored``, of pipes too."""
        return self._stored.n_bytes

    def check_passed(self, n_bytes: int, taken_before: int) -> None:
        """Raise :class:`InputError` for bytes without a document that are many more than those stored for them."""
        n_stored = max(self.n_taken - taken_before, 1)
        if self.packed and n_bytes > max(_MAX_RATIO * n_stored, _MAX_PASSED_BYTES):
            limit = f"against a limit of {_MAX_PASSED_BYTES >> 30} GB and {_MAX_RATIO} times"
            raise InputError(
                f"has {n_bytes:,} bytes without a document in them, unpacked from some of its first {self.n_taken:,} "
                f"stored ones, {limit}; the rest is not read: look whether the file is a bomb"
            )

    def too_large(self, what: str) -> str:
        """What is said of a document that is too large."""
        packed = f" (of {self.n_taken:,} packed bytes)" if self.packed else ""
        return f"{what} of more than {MAX_DOCUMENT_BYTES >> 20} MB{packed}; cut it into documents that are smaller"

    def some(self) -> bytes:
        """The next bytes, about a chunk of them, or fewer when a pipe has no more to give for now; b"" at the end."""
        if not self._live:
            return self.buffer.read1(CHUNK_BYTES)
        pieces = [self.buffer.read1(CHUNK_BYTES)]
        n_bytes = len(pieces[0])
        while 0 < n_bytes < CHUNK_BYTES and pieces[-1] and self._waiting():
            pieces.append(self.buffer.read1(CHUNK_BYTES))
            n_bytes += len(pieces[-1])
        return b"".join(pieces)

    def _waiting(self) -> bool:
        try:
            return bool(select.select([sys.stdin.buffer], [], [], _PATIENCE_S)[0])
        except (OSError, ValueError):  # no pipe, or a system that cannot ask
            return False


@contextmanager
def opened(source: Source) -> Iterator[Stream]:
    """Open an input for reading, unpacked. Raises :class:`InputError`, :class:`MissingExtra` or OSError."""
    with ExitStack() as closing:
        raw = _Counted(_stored(source, closing))
        packed = io.BufferedReader(raw, _BUFFER_BYTES)
        buffer = unpacked(packed)
        yield Stream(raw, buffer, packed=buffer is not packed, live=source.is_stdin)


def _stored(source: Source, closing: ExitStack) -> io.RawIOBase:
    if source.is_stdin:
        return _KeptOpen(sys.stdin.buffer)
    if source.path is not None:
        return closing.enter_context(source.path.open("rb", buffering=0))
    return _KeptOpen(closing.enter_context(open_remote(source)))


def open_remote(source: Source) -> Any:
    """A remote file, seekable. What its library raises for one that cannot be had becomes an :class:`InputError`."""
    try:
        return need("remote").open(source.url, "rb").open()
    except (UnstuffError, OSError):
        raise
    except Exception as error:  # each protocol has errors of its own
        raise InputError(f"cannot be opened: {error}") from error


class _KeptOpen(io.RawIOBase):
    """Reads a stream, gives what is there without waiting for more, and does not close it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk: bytes = self._read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Counted(io.RawIOBase):
    """Counts what is read of a file, which of pipes no position tells."""

    def __init__(self, file: io.RawIOBase) -> None:
        self._file = file
        self.n_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        n_bytes = self._file.readinto(buffer) or 0
        self.n_bytes += n_bytes
        return n_bytes

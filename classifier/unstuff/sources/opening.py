"""Inputs -> streams of unpacked bytes: files, stdin, remote paths; gzip and Zstandard are told by content."""

from __future__ import annotations

import io
import select
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO, Protocol

from unstuff.errors import InputError, UnstuffError
from unstuff.labels import GZIP_MAGIC
from unstuff.sources.document import CHUNK_BYTES, MAX_DOCUMENT_BYTES, Source
from unstuff.sources.extras import need

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_BUFFER_BYTES = 1 << 16
# Packed bytes taken at a time: at most 1,032 times as many come out of gzip, 32,768 times of Zstandard.
_GZIP_BYTES, _ZSTD_BYTES = 1 << 15, 1 << 12
# Documents of a slow pipe are passed on after so long without more.
_PATIENCE_S = 0.05
# What is no document is read past, until it is so many bytes and so many times those stored for it. Text packs to a
# tenth; a page over and over packs to a thousandth, but then it is documents.
_MAX_PASSED_BYTES, _MAX_RATIO = 1 << 30, 100


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


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


def unpacked(packed: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    """What a file holds, gzip or Zstandard by its first bytes; itself when it is neither. Damage is an EOFError."""
    head = packed.peek(len(ZSTD_MAGIC))
    if head.startswith(GZIP_MAGIC):
        return io.BufferedReader(_Unpacked(packed, GZIP_MAGIC, _gunzip, _GZIP_BYTES), CHUNK_BYTES)
    if head.startswith(ZSTD_MAGIC):
        unpacker = need("zstd").ZstdDecompressor().decompressobj
        return io.BufferedReader(_Unpacked(packed, ZSTD_MAGIC, unpacker, _ZSTD_BYTES), CHUNK_BYTES)
    return packed


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


def _gunzip() -> _Unpacker:
    return zlib.decompressobj(wbits=31)


class _Unpacked(io.RawIOBase):
    """Unpacks one member or frame after the other; zeros may follow the last."""

    def __init__(self, packed: BinaryIO | io.BufferedReader, magic: bytes, new: Callable[[], Any], size: int) -> None:
        self._packed, self._magic, self._new, self._size = packed, magic, new, size
        self._unpacker: _Unpacker | None = None
        self._rest = b""  # packed bytes after the last member
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and (data := self._take()):
            self._ready = memoryview(self._unpack(data))
        n_bytes = min(len(buffer), len(self._ready))
        buffer[:n_bytes] = self._ready[:n_bytes]
        self._ready = self._ready[n_bytes:]
        return n_bytes

    def _take(self) -> bytes:
        data, self._rest = self._rest, b""
        data = data or self._packed.read(self._size)
        if not data and self._unpacker is not None:
            raise EOFError("it ends in the middle of the packed data")
        return data

    def _unpack(self, data: bytes) -> bytes:
        if self._unpacker is None:
            data = data.lstrip(b"\0")
            if not data:
                return b""
            if not data.startswith(self._magic[: len(data)]):
                raise EOFError("other bytes follow the packed data")
            self._unpacker = self._new()
        try:
            found = self._unpacker.decompress(data)
        except Exception as error:  # zlib.error, or zstandard's, which may not be installed
            raise EOFError(str(error)) from error
        if self._unpacker.eof:
            self._rest, self._unpacker = self._unpacker.unused_data, None
        return found


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

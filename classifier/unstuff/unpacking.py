"""Packed bytes -> what they hold: gzip and Zstandard, told by their first bytes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from unstuff.extras import need

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_BUFFER_BYTES = 1 << 20
# Packed bytes taken at a time: at most 1,032 times as many come out of gzip, 32,768 times of Zstandard.
_GZIP_BYTES, _ZSTD_BYTES = 1 << 15, 1 << 12


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def unpacked(packed: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    """What a file holds, gzip or Zstandard by its first bytes; itself when it is neither. Damage is an EOFError."""
    head = packed.peek(len(ZSTD_MAGIC))
    if head.startswith(GZIP_MAGIC):
        return io.BufferedReader(_Unpacked(packed, GZIP_MAGIC, _gunzip, _GZIP_BYTES), _BUFFER_BYTES)
    if head.startswith(ZSTD_MAGIC):
        unpacker = need("zstd").ZstdDecompressor().decompressobj
        return io.BufferedReader(_Unpacked(packed, ZSTD_MAGIC, unpacker, _ZSTD_BYTES), _BUFFER_BYTES)
    return packed


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

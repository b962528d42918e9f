"""Bytes packed as the name of the file says where they go: each piece a member or frame of its own, so that it can be
made in a worker and a file cut after any of them."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from unstuff.sources import PACKED_SUFFIXES, need

Packing = Literal["", ".gz", ".zst"]


def packing_of(path: Path | None) -> Packing:
    """The packing that a file's name asks for. Raises :class:`MissingExtra` where it cannot be done."""
    suffix = path.suffix.lower() if path else ""
    if suffix == ".zst":
        need("zstd")
        return ".zst"
    return ".gz" if suffix == ".gz" else ""


def unpacked(path: Path) -> Path:
    """The name that a file of Parquet gets: it packs its columns, and is not packed once more."""
    return path.with_suffix("") if path.suffix.lower() in PACKED_SUFFIXES else path


def pack(data: bytes, packing: Packing) -> bytes:
    """One member or frame; equal data gives equal bytes."""
    if packing == ".gz":
        return gzip.compress(data, mtime=0)  # no date
    if packing == ".zst":
        packed: bytes = need("zstd").ZstdCompressor(write_checksum=True).compress(data)
        return packed
    return data


def pack_all(pieces: Sequence[bytes], packing: Packing, *, separate: bool = False) -> bytes:
    """The pieces together, or each packed by itself."""
    if separate and packing:
        return b"".join(pack(piece, packing) for piece in pieces)
    data = b"".join(pieces)
    return pack(data, packing) if data else b""

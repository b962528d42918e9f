"""A file that appears as a whole: after a crash it is the old one or the new one."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

# A file system takes 255 bytes of a name, some take 143; a character has at most four.
_N_KEPT_CHARS = 24


def part_of(path: Path, *, lasting: bool = False) -> Path:
    """A temporary name beside a file or folder, short however long its own is.

    It is one that nothing else has, neither an input nor another program's; with ``lasting`` it is the same each time,
    for what is gone on with, or written over, after a crash.
    """
    token = hashlib.blake2b(os.fsencode(path.name), digest_size=8).hexdigest() if lasting else secrets.token_hex(8)
    return path.with_name(f"{path.name[:_N_KEPT_CHARS]}.{token}.part")


@contextmanager
def appearing(path: Path, *, lasting: bool = False) -> Iterator[BinaryIO]:
    """A file that gets its name when it is complete; on an error nothing is left of it, and the old one is there."""
    path = Path(os.path.realpath(path))  # a link stays one, and what it names is replaced
    path.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(path, lasting=lasting)
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of these pieces under the name, for good; raises OSError, and then the old file is still there."""
    with appearing(path, lasting=True) as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(Path(os.path.realpath(path)).parent)


def _sync_folder(folder: Path) -> None:
    """Have the name survive too, where the system can open folders."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

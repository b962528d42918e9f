"""What was named -> sources: files, folders, patterns, lists, remote paths. Nothing is opened but lists."""

from __future__ import annotations

import glob
import os
import posixpath
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from unstuff.errors import InputError, MissingExtra
from unstuff.sources.document import STDIN, Source
from unstuff.sources.extras import need

JSONL_SUFFIXES = (".jsonl", ".ndjson")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
SUFFIXES = (*HTML_SUFFIXES, ".txt", *JSONL_SUFFIXES, ".parquet", ".warc", ".wet")
PACKED_SUFFIXES = (".gz", ".zst")

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_FETCHED = re.compile(r"https?://", re.I)


def find(inputs: Iterable[str], lists: Iterable[str] = ()) -> list[Source]:
    """The files of the inputs named: folders are walked, in the order of their names; nothing named is stdin.

    ``lists`` are files that name more inputs, one a line ("-" for stdin). Raises :class:`InputError` for a list that
    cannot be read; an input that cannot be had is a source with an error.
    """
    names = [*inputs, *(name for listing in lists for name in _listed(listing))]
    return [source for name in (names if names or list(lists) else [STDIN]) for source in _find(name)]


def stem(name: str) -> str:
    """A file's name in lower case without the suffix of its packing."""
    name = name.lower()
    return name.removesuffix(next((suffix for suffix in PACKED_SUFFIXES if name.endswith(suffix)), ""))


def message(error: BaseException) -> str:
    """What is said of an input that cannot be read."""
    if isinstance(error, EOFError):
        return f"is damaged: {error}; get it anew"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _listed(listing: str) -> Iterator[str]:
    try:
        content = sys.stdin.read() if listing == STDIN else Path(listing).read_text("utf-8", "surrogateescape")
    except OSError as error:
        raise InputError(f"list {listing!r}: {message(error)}") from error
    return (name.removesuffix("\r") for name in content.split("\n") if name.strip())  # names may hold other breaks


def _find(name: str) -> list[Source]:
    if name == STDIN:
        return [Source(STDIN, None, Path("stdin"))]
    if _FETCHED.match(name):
        fetch = "addresses are not fetched; let a crawler, wget or curl do that and give its files"
        return [Source(name, None, Path(posixpath.basename(name) or "page"), fetch, name)]
    if _ADDRESS.match(name):
        return _find_remote(name)
    path = Path(name)
    if "\0" in name:
        return [Source(name, path, Path("input"), "is no name of a file")]
    # os.path asks without raising for what is forbidden, which is said when it is opened.
    if os.path.isdir(path):  # noqa: PTH112
        return _walk(path)
    if glob.has_magic(name) and not os.path.exists(path):  # noqa: PTH110
        found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207, a pattern may be absolute
        if not found:
            return [Source(name, path, Path(path.name), "no such file or folder")]
        return [_file(Path(each), each, Path(Path(each).name)) for each in found if not os.path.isdir(each)]  # noqa: PTH112
    return [Source(name, path, Path(path.name))]


def _file(path: Path, name: str, target: Path) -> Source:
    """A file that nobody named: a pipe or device would be waited for without end."""
    is_special = os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113
    return Source(name, path, target, "is no regular file; name it to have it read" if is_special else "")


def _walk(path: Path) -> list[Source]:
    unreadable: list[OSError] = []
    found = [
        _file(file, str(file), file.relative_to(path))
        for folder, folders, files in os.walk(path, onerror=unreadable.append)
        for file in _in_order(Path(folder), folders, files)
        if stem(file.name).endswith(SUFFIXES)
    ]
    found += [Source(str(error.filename), path, Path(path.name), message(error)) for error in unreadable]
    return found or [Source(str(path), path, Path(path.name), _empty())]


def _empty() -> str:
    return f"holds no pages; give files, or a folder with {' '.join(SUFFIXES)}, also as {' or '.join(PACKED_SUFFIXES)}"


def _in_order(folder: Path, folders: list[str], files: list[str]) -> list[Path]:
    folders.sort()  # os.walk goes on in this order
    return [folder / file for file in sorted(files)]


def _find_remote(name: str) -> list[Source]:
    target = Path(posixpath.basename(name) or "remote")
    try:
        return _expand(name)
    except MissingExtra as error:
        return [Source(name, None, target, str(error), name)]
    except Exception as error:  # each protocol has errors of its own
        return [Source(name, None, target, f"cannot be opened: {message(error)}", name)]


def _expand(name: str) -> list[Source]:
    """A remote file, the files of a remote folder, or those that a pattern names."""
    system, path = need("remote", "fsspec.core").url_to_fs(name)
    if glob.has_magic(path):
        found = [(each, posixpath.basename(each)) for each in sorted(system.glob(path)) if not system.isdir(each)]
        empty = "no such file or folder"
    elif system.isdir(path):
        inside = (each for each in sorted(system.find(path)) if stem(each).endswith(SUFFIXES))
        found = [(each, posixpath.relpath(each, path)) for each in inside]
        empty = _empty()
    else:
        return [Source(name, None, Path(posixpath.basename(path)), "", name)]
    addresses = [(system.unstrip_protocol(each), Path(target)) for each, target in found]
    lone = Source(name, None, Path(posixpath.basename(path)), empty, name)
    return [Source(address, None, target, "", address) for address, target in addresses] or [lone]

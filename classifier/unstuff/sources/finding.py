"""What was named -> sources: files, folders, patterns, lists, remote paths. Nothing is opened but lists."""

from __future__ import annotations

import codecs
import glob
import os
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from unstuff.errors import InputError, MissingExtra
from unstuff.extras import need
from unstuff.sources.document import STDIN, Source

JSONL_SUFFIXES = (".jsonl", ".ndjson")
HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
SUFFIXES = (*HTML_SUFFIXES, ".txt", *JSONL_SUFFIXES, ".parquet", ".warc", ".wet")
PACKED_SUFFIXES = (".gz", ".zst")

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.I)
_FETCHED = re.compile(r"https?://", re.I)
_LOCAL = re.compile(r"(?:file|local)://", re.I)  # as fsspec has them: paths, nothing in them is escaped
_N_NAMED = 3  # of what is left out of a folder

Say = Callable[[str], None]


def find(inputs: Iterable[str], lists: Iterable[str] = (), say: Say = lambda _: None) -> list[Source]:
    """The files of the inputs named: folders are walked, in the order of their names; nothing named is stdin.

    ``lists`` are files that name more inputs, one a line ("-" for stdin). Of a folder files are taken whose names tell
    of pages; ``say`` is told what is left out. Raises :class:`InputError` for a list that cannot be read and for an
    empty name; an input that cannot be had is a source with an error.
    """
    names = [*inputs, *(name for listing in lists for name in _listed(listing))]
    if "" in names:
        raise InputError("an input has an empty name; name a file or folder, '.' for this one, or '-' for stdin")
    return [source for name in (names if names or list(lists) else [STDIN]) for source in _find(name, say)]


def is_address(name: str) -> bool:
    """Whether a name is that of something remote, or of a file by ``file://``."""
    return _ADDRESS.match(name) is not None


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
        content = sys.stdin.buffer.read() if listing == STDIN else Path(listing).read_bytes()
    except OSError as error:
        raise InputError(f"list {listing!r}: {message(error)}") from error
    content = content.removeprefix(codecs.BOM_UTF8)
    names = content.decode("utf-8", "surrogateescape").split("\n")  # they may hold other breaks
    return (name.removesuffix("\r") for name in names if name.strip())


def _find(name: str, say: Say) -> list[Source]:
    if name == STDIN:
        return [Source(STDIN, None, Path("stdin"))]
    if _FETCHED.match(name):
        fetch = "addresses are not fetched; let a crawler, wget or curl do that and give its files"
        return [Source(name, None, Path(posixpath.basename(name) or "page"), fetch, name)]
    if local := _LOCAL.match(name):
        rest = name[local.end() :]
        if not rest or is_address(rest):
            return [Source(name, None, Path("input"), "names no file", name)]
        return _find(f"./{rest}" if rest == STDIN else rest, say)
    if is_address(name):
        return _find_remote(name, say)
    path = Path(name)
    if "\0" in name:
        return [Source(name, None, Path("input"), "is no name of a file", name)]
    # os.path asks without raising for what is forbidden, which is said when it is opened.
    if os.path.isdir(path):  # noqa: PTH112
        return _walk(path, say)
    if glob.has_magic(name) and not os.path.exists(path):  # noqa: PTH110
        return _matched(name, say) or [Source(name, path, Path(path.name), "no such file or folder")]
    return [Source(name, path, Path(path.name))]


def _matched(pattern: str, say: Say) -> list[Source]:
    """What a pattern stands for: files, and what is in folders, unless it goes into them itself."""
    found: list[Source] = []
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207, a pattern may be absolute
        path = Path(name)
        if not os.path.isdir(path):  # noqa: PTH112
            found.append(_file(path, name, Path(path.name)))
        elif "**" not in pattern:
            found += _walk(path, say)
    return found


def _file(path: Path, name: str, target: Path) -> Source:
    """A file that nobody named: a pipe or device would be waited for without end."""
    is_special = os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113
    return Source(name, path, target, "is no regular file; name it to have it read" if is_special else "")


def _walk(path: Path, say: Say) -> list[Source]:
    unreadable: list[OSError] = []
    found: list[Source] = []
    left_out: list[str] = []
    for folder, folders, files in os.walk(path, onerror=unreadable.append):
        folders.sort()  # os.walk goes on in this order
        left_out += [_inside(path, folder, name) + "/" for name in folders if os.path.islink(Path(folder) / name)]  # noqa: PTH114
        for name in sorted(files):
            file = Path(folder) / name
            if _is_page(name):
                found.append(_file(file, str(file), file.relative_to(path)))
            else:
                left_out.append(_inside(path, folder, name))
    _tell(path, left_out, say)
    found += [Source(str(error.filename), path, Path(path.name), message(error)) for error in unreadable]
    return found or [Source(str(path), path, Path(path.name), _empty())]


def _inside(path: Path, folder: str, name: str) -> str:
    return str((Path(folder) / name).relative_to(path))


def _is_page(name: str) -> bool:
    return stem(name).endswith(SUFFIXES)


def _tell(folder: Path | str, left_out: Sequence[str], say: Say) -> None:
    """What a folder holds beside pages: a mirror of a site has pages without a suffix, and of others' programs."""
    if left_out:
        named = ", ".join(left_out[:_N_NAMED]) + (", …" if len(left_out) > _N_NAMED else "")
        what = "file or linked folder" if len(left_out) == 1 else "files and linked folders"
        say(f"{folder}: {len(left_out)} {what} left out by name ({named}); give them by name to have them read")


def _empty() -> str:
    return f"holds no pages; give files, or a folder with {' '.join(SUFFIXES)}, also as {' or '.join(PACKED_SUFFIXES)}"


def _find_remote(name: str, say: Say) -> list[Source]:
    target = Path(posixpath.basename(name) or "remote")
    try:
        return _expand(name, say)
    except MissingExtra as error:
        return [Source(name, None, target, str(error), name)]
    except Exception as error:  # each protocol has errors of its own
        return [Source(name, None, target, f"cannot be opened: {message(error)}", name)]


def _expand(name: str, say: Say) -> list[Source]:
    """A remote file, the files of a remote folder, or those that a pattern names."""
    system, path = need("remote", "fsspec.core").url_to_fs(name)
    if glob.has_magic(path):
        found = [(each, posixpath.basename(each)) for each in sorted(system.glob(path)) if not system.isdir(each)]
        empty = "no such file or folder"
    elif system.isdir(path):
        inside = sorted(system.find(path))
        found = [(each, posixpath.relpath(each, path)) for each in inside if _is_page(each)]
        _tell(name, [posixpath.relpath(each, path) for each in inside if not _is_page(each)], say)
        empty = _empty()
    else:
        return [Source(name, None, Path(posixpath.basename(path)), "", name)]
    addresses = [(system.unstrip_protocol(each), Path(target)) for each, target in found]
    lone = Source(name, None, Path(posixpath.basename(path)), empty, name)
    return [Source(address, None, target, "", address) for address, target in addresses] or [lone]

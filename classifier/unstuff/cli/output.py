"""Files that verbs write."""

from __future__ import annotations

import gzip
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from unstuff.crawl.packing import packing_of, unpacked
from unstuff.crawl.targets import naming
from unstuff.durable import appearing
from unstuff.errors import InputError
from unstuff.sources import Source, need


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """A file (packed where it ends in .gz or .zst) that appears under its name when it is complete; None is stdout."""
    if path is None:
        yield sys.stdout.buffer
    elif path.exists() and not path.is_file():
        with naming(path), path.open("wb") as pipe:  # or a device; a folder is refused by the system
            yield pipe
    else:
        with naming(path), appearing(path) as stream, _packed(stream, path) as packed:
            yield packed


@contextmanager
def _packed(stream: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    packing = packing_of(path)
    if packing == ".zst":
        with need("zstd").ZstdCompressor(write_checksum=True).stream_writer(stream, closefd=False) as packed:
            yield packed
    elif packing == ".gz":
        with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:  # no name and date: equal input, equal bytes
            yield cast("BinaryIO", packed)
    else:
        yield stream


def keep_files(inputs: Iterable[Path], *outputs: Path | None) -> None:
    """Refuse to write over a file that is read, or two outputs to one file; a device (/dev/null) may be all of them."""
    taken = {os.path.realpath(path): "an input" for path in inputs}  # Path.resolve fails at links in a circle
    for output in filter(None, outputs):
        place = os.path.realpath(output)
        if place in taken and not Path(place).is_char_device():
            raise InputError(f"{str(output)!r} is {taken[place]} too; choose another name for the output")
        taken[place] = "another output"


def without_stdout(found: list[Source], named: Sequence[str], say: Callable[[str], None]) -> list[Source]:
    """The sources without the file that stdout goes to, which would be read for ever; refused where it was named."""
    stdout = _stdout_file()
    own = [source for source in found if stdout and _is_file(source, stdout)]
    for source in own:
        if source.is_stdin or source.name in named or len(own) == len(found):
            raise InputError(f"{source.name!r} is the output too; choose another name for the output")
        say(f"{source.name}: is the output too, and is left out")
    return [source for source in found if source not in own] if own else found


def _stdout_file() -> os.stat_result | None:
    """The regular file that stdout goes to, if it does."""
    try:
        found = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # closed, or no file
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _is_file(source: Source, file: os.stat_result) -> bool:
    try:
        place = sys.stdin.fileno() if source.is_stdin else source.path
        return place is not None and os.path.samestat(os.stat(place), file)  # noqa: PTH116, a file descriptor
    except (OSError, ValueError):  # no file, or not there
        return False


def targets_of(found: list[Source], output: Path | None, options: dict[str, Any]) -> dict[Source, Path | None]:
    """Where what is made of each input goes: a file or stdout for one, in a folder the same names for several."""
    into_folder = options["resume"] or options["into_folder"]
    many = into_folder or len(found) > 1 or any(map(os.path.isdir, options["inputs"]))
    if many and (output is None or output.is_file()):
        raise click.UsageError("several inputs or a folder need a folder to write to: --output DIR")
    if output is None or not (many or output.is_dir()):
        return dict.fromkeys(found, output and _named(output))
    readable = [source for source in found if not source.error]
    names = [_named(source.target) for source in readable]
    if _clash(names):
        names = _apart(readable)
    if clash := _clash(names):
        one, other = (readable[i].name for i in clash)
        raise InputError(f"{one!r} and {other!r} cannot both be written to {str(output)!r}; write them to two folders")
    return {source: output / name for source, name in zip(readable, names, strict=True)}


def _apart(found: list[Source]) -> list[Path]:
    """Names of what is written for sources that have to be told apart: each with the folders that not all share."""
    # Without ".." in them, so that all names stay inside the folder.
    places = [Path(os.path.abspath(source.path or source.name)).parts for source in found]  # noqa: PTH100
    n_shared = len(list(takewhile(lambda parts: len(set(parts)) == 1, zip(*places, strict=False))))
    n_folders = min(n_shared, *(len(place) - 1 for place in places))
    return [_named(Path(*place[n_folders:])) for place in places]


def _clash(names: list[Path]) -> tuple[int, int] | None:
    """Two names that cannot stand in one folder: they are equal, or one is a folder of the other."""
    numbers: dict[Path, int] = {}
    for number, name in enumerate(names):
        if (other := numbers.setdefault(name, number)) != number:
            return other, number
    return next(
        ((numbers[folder], number) for name, number in numbers.items() for folder in name.parents if folder in numbers),
        None,
    )


def _named(path: Path) -> Path:
    """The name of what is written for a source, settled before it is looked whether another file has it."""
    return unpacked(path) if unpacked(path).suffix.lower() == ".parquet" else path

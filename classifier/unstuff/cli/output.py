"""Files that verbs write."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, BinaryIO, cast

import click

from unstuff.crawl.packing import unpacked
from unstuff.crawl.targets import naming
from unstuff.durable import appearing
from unstuff.errors import InputError
from unstuff.sources import Source


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """A file (gzipped where it ends in .gz) that appears under its name when it is complete; None is stdout."""
    if path is None:
        yield sys.stdout.buffer
    elif path.exists() and not path.is_file():
        with path.open("wb") as pipe:  # or a device; a folder is refused by the system
            yield pipe
    else:
        with naming(path), appearing(path) as stream, _packed(stream, path) as packed:
            yield packed


@contextmanager
def _packed(stream: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() != ".gz":
        yield stream
        return
    with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:  # no name and date: equal input, equal bytes
        yield cast("BinaryIO", packed)


def keep_inputs(found: list[Source], *outputs: Path | None) -> None:
    """Refuse to write over an input, or two outputs to one file."""
    keep_files((source.path for source in found if source.path), *outputs)


def keep_files(inputs: Iterable[Path], *outputs: Path | None) -> None:
    """As :func:`keep_inputs`, of files."""
    taken = {os.path.realpath(path): "an input" for path in inputs}  # Path.resolve fails at links in a circle
    for output in filter(None, outputs):
        place = os.path.realpath(output)
        if place in taken:
            raise InputError(f"{str(output)!r} is {taken[place]} too; choose another name for the output")
        taken[place] = "another output"


def targets_of(found: list[Source], output: Path | None, options: dict[str, Any]) -> dict[Source, Path | None]:
    """Where what is made of each input goes: a file or stdout for one, in a folder the same names for several."""
    into_folder = options["resume"] or options["into_folder"]
    many = into_folder or len(found) > 1 or any(map(os.path.isdir, options["inputs"]))
    if many and (output is None or output.is_file()):
        raise click.UsageError("several inputs or a folder need a folder to write to: --output DIR")
    if output is None or not (many or output.is_dir()):
        return dict.fromkeys(found, output and _named(output))
    targets: dict[Path, Source] = {}
    for source, target in _apart(source for source in found if not source.error):
        other = targets.setdefault(output / target, source)
        if other is not source:
            clash = f"{other.name!r} and {source.name!r} would both be written to {str(target)!r}"
            raise InputError(f"{clash}; write them to two folders")
    return {source: target for target, source in targets.items()}


def _apart(found: Iterable[Source]) -> Iterator[tuple[Source, Path]]:
    """Sources and the names of their files in the folder: those of one name keep the folders that they do not share."""
    of_name: dict[Path, list[Source]] = {}
    for source in found:
        of_name.setdefault(_named(source.target), []).append(source)
    for name, sources in of_name.items():
        # Without ".." in them, so that all names stay inside the folder.
        places = [Path(os.path.abspath(source.path or source.name)).parts for source in sources]  # noqa: PTH100
        n_shared = sum(1 for _ in takewhile(lambda parts: len(set(parts)) == 1, zip(*places, strict=False)))
        for source, place in zip(sources, places, strict=True):
            apart = place[n_shared:]
            yield source, _named(Path(*apart)) if apart else name


def _named(path: Path) -> Path:
    """The name of what is written for a source, settled before it is looked whether another file has it."""
    return unpacked(path) if unpacked(path).suffix.lower() == ".parquet" else path

"""Where an interrupted run stands: a file in its output folder, replaced as a whole when something is done for good."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from unstuff import durable
from unstuff.crawl.outputs import State
from unstuff.crawl.work import Tally
from unstuff.errors import InputError
from unstuff.json_line import dumps, load
from unstuff.sources import Position, Source

NAME = "unstuff-manifest.json"
_VERSION = 2


class Standing(NamedTuple):
    """What is done: up to which position, what was written, what was counted, whether it is all."""

    after: Position = (0, 0)
    state: State | None = None
    tally: Tally | None = None
    complete: bool = False


class Manifest:
    """The manifest of one folder and one run: the same inputs and options, which ``asked`` stands for."""

    def __init__(self, folder: Path, asked: str) -> None:
        self._path, self._asked = folder / NAME, asked

    def read(self) -> Standing:
        """Where the run stands; at its beginning when there is no manifest.

        Raises :class:`InputError` for the manifest of another run.
        """
        try:
            found = load(self._path.read_bytes())
        except FileNotFoundError:
            return Standing()
        except (OSError, ValueError, RecursionError) as error:
            raise InputError(f"{str(self._path)!r} cannot be read ({error}); remove it to begin again") from error
        if not isinstance(found, dict) or found.get("version") != _VERSION or found.get("asked") != self._asked:
            advice = "name another folder, or remove the file to begin again"
            raise InputError(f"{str(self._path)!r} is of a run with other inputs, options or model; {advice}")
        state, tally = found["state"], found["tally"]
        tally["found_by"] = Counter(tally["found_by"])
        current = tuple(state.pop("current") or ()) or None
        return Standing(tuple(found["after"]), State(current=current, **state), Tally(**tally), found["complete"])

    def write(self, standing: Standing) -> None:
        """Replace the manifest, for good."""
        state = standing.state._asdict() if standing.state else None
        found = {"version": _VERSION, "asked": self._asked, **standing._asdict(), "state": state}
        durable.replace(self._path, [dumps(found)])


def fingerprint(sources: Sequence[Source], options: dict[str, Any]) -> str:
    """What stands for inputs and options: equal for runs that write the same."""
    inputs = [(source.name, source.error, _size(source)) for source in sources]
    return hashlib.sha256(repr((inputs, sorted(options.items()))).encode("utf-8", "surrogateescape")).hexdigest()


def _size(source: Source) -> tuple[int, int]:
    try:
        stat = source.path.stat() if source.path else None
    except OSError:
        return 0, 0
    return (stat.st_size, stat.st_mtime_ns) if stat else (0, 0)

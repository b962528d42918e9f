"""One target under libFuzzer, in this process: ``python -m tests.fuzz.run TARGET FINDINGS [FLAGS OF LIBFUZZER…]``.

What a target raises is saved and fuzzing goes on, so that one finding does not hide the next; the same place in the
code counts once. A hang, a crash or too much memory ends the process: libFuzzer saves the input then.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import atheris


class Findings:
    """Calls a target and saves the inputs that break its promises."""

    def __init__(self, check: Callable[[bytes], None], folder: Path) -> None:
        self._check, self._folder = check, folder
        self._seen: set[str] = set()

    def __call__(self, data: bytes) -> None:
        """One input."""
        try:
            self._check(data)
        except Exception as error:
            self._save(data, error)

    def _save(self, data: bytes, error: Exception) -> None:
        place = _place(error)
        if place in self._seen:
            return
        self._seen.add(place)
        path = self._folder / f"finding-{hashlib.sha256(data).hexdigest()[:16]}"
        path.write_bytes(data)
        print(f"FINDING {path}\n{''.join(traceback.format_exception(error)[-6:])}", file=sys.stderr, flush=True)


def _place(error: Exception) -> str:
    """What was raised, and on which lines."""
    frames = traceback.extract_tb(error.__traceback__)
    return " ".join([type(error).__name__, *(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)])


def main(target: str, findings: str, *flags: str) -> None:
    """Fuzz until libFuzzer has had enough."""
    with atheris.instrument_imports(include=["unstuff"]):
        import_module("unstuff.html")  # which the package loads at the first page
        check: Callable[[bytes], None] = import_module(f"tests.fuzz.{target}").check
    atheris.Setup([sys.argv[0], *flags], Findings(check, Path(findings)))
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])

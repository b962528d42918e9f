"""The command line on a damaged input between two good ones: what is asserted of every fault of a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from unstuff.cli import main

FINE = "今天下午我们去河边散步，天气很好。\n"


class Ran(NamedTuple):
    """How a verb ended and what it wrote."""

    code: int
    out: bytes
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Fault(NamedTuple):
    """A damaged input, how many of its documents can be read, and what is said of the rest ("": nothing is wrong)."""

    path: Path
    inside: int
    error: str
    jobs: tuple[str, ...] = ("1", "2")


def verb(*arguments: str | Path, stdin: bytes | None = None) -> Ran:
    """A verb in this process, so that its memory is seen."""
    done = CliRunner().invoke(main, list(map(str, arguments)), input=stdin)
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return Ran(done.exit_code, done.stdout_bytes, done.stderr)


def started(*arguments: str | Path, stdout: Any = subprocess.PIPE, before: Any = None) -> Ran:
    """A verb in a process of its own."""
    command = [sys.executable, "-m", "unstuff", *map(str, arguments)]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=before, timeout=100, check=False)
    return Ran(done.returncode, done.stdout or b"", done.stderr.decode("utf-8", "backslashreplace"))


def put(path: Path, content: bytes) -> Path:
    """A file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def neighbours(folder: Path) -> tuple[Path, Path]:
    """Two good files."""
    return put(folder / "before.txt", FINE.encode()), put(folder / "behind.txt", FINE.encode())


def goes_on(fault: Fault) -> str:
    """Nothing but what is damaged is lost, to score, clean and explain; and it is named."""
    before, behind = neighbours(fault.path.parent / "others")
    inputs = (before, fault.path, behind)
    said = {_scored(fault, verb("score", "--jobs", n, *inputs), before, behind) for n in fault.jobs}
    assert len(said) == 1, said
    _cleaned(fault, inputs)
    shown = verb("explain", *inputs)
    assert shown.code == (2 if fault.error else 0) and shown.out.decode().count(FINE.strip()) >= 2, shown.err
    what = f'"{said.pop()}"' if fault.error else "nothing to say"
    return f"{what}; {fault.inside} of its documents and 2 of 2 others in score, clean, explain"


def _scored(fault: Fault, ran: Ran, before: Path, behind: Path) -> str:
    assert ran.code == (2 if fault.error else 0), (ran.code, ran.err)
    errors = [line["error"] for line in ran.lines if "error" in line]
    names = [line["id"] for line in ran.lines if "error" not in line]
    assert names[0] == str(before) and names[-1] == str(behind), names[:1]
    assert len(set(names[1:-1])) == fault.inside, (len(set(names[1:-1])), errors)
    if not fault.error:
        assert not errors, errors
        return ""
    assert any(fault.error in error for error in errors), errors
    assert "damaged" in ran.err or "urn:uuid:99" in ran.err, ran.err  # the name of the file, or of its record
    return str(next(error for error in errors if fault.error in error))


def _cleaned(fault: Fault, inputs: tuple[Path, ...]) -> None:
    folder = fault.path.parent / "cleaned"
    ran = verb("clean", *inputs, "-o", folder)
    assert ran.code == (2 if fault.error else 0), ran.err
    assert (folder / "before.txt").read_text() == (folder / "behind.txt").read_text() == FINE
    assert not list(folder.glob("*.part"))

"""The command line. Data to stdout, all else to stderr; each verb is a module here, loaded when it is called.

Exit codes: 0 done; 1 found something, with --fail-on-found; 2 usage, unreadable input or bad model; 130
interrupted, 143 terminated.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import unstuff
from unstuff.caps import parsed
from unstuff.errors import UnstuffError
from unstuff.excerpt import printable
from unstuff.filter import Filter

# Windows has no SIGHUP.
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
VERBS = ("score", "clean", "explain", "report", "train", "evaluate", "review", "compare", "info")


class Program(click.Group):
    """The verbs, with one place for what ends them early."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the verbs, in the order of the manual."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of a name, from the module of that name."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"unstuff.cli.{cmd_name}").command
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program; standard streams may be closed, as in a service."""
        _stand_in_for_closed_streams()
        try:
            with _ended_by_signals():
                return super().main(*args, **kwargs)
        except OSError as error:  # --help and --version are said before a verb is run
            _drop_full_stdout()
            click.echo(f"unstuff: output: {error.strerror or error}", err=True)
            sys.exit(2)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; known errors end with a line and exit code 2, an interrupt with 130, a closed pipe quietly."""
        try:
            try:
                super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except UnstuffError as error:
            _fail(ctx, *str(error).split("\n"))
        except BrokenPipeError:
            _drop_stdout()
        except OSError as error:
            _drop_full_stdout()
            _fail(ctx, f"{error.filename or 'output'}: {error.strerror or error}")
        except KeyboardInterrupt:
            ctx.exit(130)


def _stand_in_for_closed_streams() -> None:
    """A closed stdin is empty, a closed stderr takes all; writing to a closed stdout stays an error."""
    # In this order: each takes the lowest number that is free, its own.
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode))


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Being told to end leaves no more behind than an interrupt does; the exit code is that of the signal."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    # One that is ignored, as nohup has it, stays so; handlers are of the main thread alone.
    is_main = threading.current_thread() is threading.main_thread()
    numbers = [number for number in _ENDING if is_main and signal.getsignal(number) == signal.SIG_DFL]
    for number in numbers:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)


def _fail(ctx: click.Context, *lines: str) -> None:
    message = "\n".join(map(printable, lines))
    click.echo(f"unstuff: {message}", err=True)
    ctx.exit(2)


def _drop_full_stdout() -> None:
    """What cannot be written now cannot be when the interpreter ends, which would end with a code of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop_stdout()


def _drop_stdout() -> None:
    # The interpreter flushes stdout when it ends: what is left in it goes nowhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def open_filter(
    model: str | None,
    point: str | None,
    threshold: float | None,
    gazetteer: Path | None = None,
    caps: Sequence[str] = (),
) -> Filter:
    """The filter that the options ask for."""
    if point is not None and threshold is not None:
        raise click.UsageError("--threshold cannot be used with --point")
    return Filter(model=model, point=point, threshold=threshold, gazetteer=gazetteer, caps=parsed(caps))


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(unstuff.__version__, message="unstuff %(version)s")
def main() -> None:
    """Find keyword blocks injected into web pages for search engines, paragraph by paragraph.

    Inputs are text, HTML, JSON Lines, Parquet, WARC or WET, in files, folders or stdin. Data goes to stdout, all else
    to stderr. Exit codes: 0 done; 1 found something, with --fail-on-found; 2 usage, unreadable input or bad model; 130
    interrupted, 143 terminated.

    \b
    Examples:
      unstuff explain page.html
      unstuff score --found-only crawl/ > found.jsonl
      unstuff clean crawl/ -o cleaned/
      unstuff report crawl/ -o report.html
      eval "$(_UNSTUFF_COMPLETE=bash_source unstuff)"    completion in bash; zsh_source, fish_source
    """

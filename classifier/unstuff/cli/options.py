"""Options that verbs share."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from unstuff.sources import STDIN, Reading, is_address

Command = TypeVar("Command", bound=Callable[..., Any])
SHIPPED = "default"  # the word for the shipped model, wherever a model folder is asked for
_POINTS = ("precise", "balanced", "sensitive")


class FiniteRange(click.FloatRange):
    """A range of numbers without infinity, and without NaN, which passes every comparison with its ends."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        found: float = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is no finite number", param, ctx)
        return found


def _encoding(ctx: click.Context, param: click.Parameter, value: str) -> str:
    try:
        # Of idna and undefined no text can be made whose bytes may be anything.
        b"\xff-\xff".decode(value or "utf-8", "replace")
    except (LookupError, UnicodeError):
        raise click.BadParameter(f"{value!r} is no text encoding; try utf-8, gb18030 or big5") from None
    return value


def _all(command: Command, *options: Callable[[Command], Command]) -> Command:
    for option in options:
        command = option(command)
    return command


def telling_options(command: Command) -> Command:
    """Options of how much is said about a run."""
    return _all(
        command,
        click.option("-v", "--verbose", is_flag=True, help="Say on stderr what was read; explain: all reasons."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr about single documents."),
    )


def threshold_options(command: Command) -> Command:
    """Options that choose the threshold."""
    return _all(
        command,
        click.option("--threshold", type=FiniteRange(0, 1), help="Flag from this score on; excludes --point."),
        click.option("--point", type=click.Choice(_POINTS), help="Operating point of the model.  [default: balanced]"),
    )


def model_option(command: Command) -> Command:
    """``--model``: None for the shipped one, also where it is called by its word."""
    folder = click.Path(file_okay=False)  # for completion; the model says what it lacks
    return click.option(
        "--model",
        metavar="DIR",
        type=folder,
        callback=lambda _context, _option, name: None if name == SHIPPED else name,
        help=f'Model folder instead of the shipped model ("{SHIPPED}").',
    )(command)


def model_options(command: Command) -> Command:
    """Options that choose model and threshold."""
    return model_option(threshold_options(command))


def gazetteer_option(command: Command) -> Command:
    """``--gazetteer``."""
    return click.option(
        "--gazetteer",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Own place names beside the model's, one a line, after a tab the region each lies in.",
    )(command)


def reading_options(command: Command) -> Command:
    """The inputs and how to read them."""
    return _all(
        command,
        click.option(
            "--encoding",
            metavar="NAME",
            default="",
            callback=_encoding,
            help="Encoding of text and HTML files, not detected.",
        ),
        click.option("--url-key", default="url", show_default=True, help="Field of the page's address."),
        click.option("--id-key", default="id", show_default=True, help="Field of the document's name."),
        click.option("--html-key", help="Field or column with HTML; read before a text field.  [default: html]"),
        click.option(
            "--text-key", help="Field or column with text; HTML beside it is read where it is blank.  [default: text]"
        ),
        click.option(
            "--input",
            "form",
            type=click.Choice(["auto", "html", "text", "jsonl", "parquet", "warc"]),
            default="auto",
            show_default=True,
            help="Form of the inputs; auto tells it by their content, also packed by gzip or Zstandard.",
        ),
        click.option("--files-from", multiple=True, metavar="LIST", help="File that names inputs, one a line."),
        click.argument("inputs", nargs=-1, type=click.Path(allow_dash=True), metavar="[FILE|DIR|-]..."),
    )


def input_options(command: Command) -> Command:
    """Options of a verb that reads inputs with one model."""
    command = _all(
        command,
        click.option(
            "--cap",
            "caps",
            multiple=True,
            metavar="NAME=N",
            help="Look at more or less of a document than the default, such as document_chars=9000000; names and "
            "defaults are in README. What is cut is said.",
        ),
        click.option("--fail-on-found", is_flag=True, help="Exit with 1 when a keyword block was found."),
    )
    return model_options(telling_options(gazetteer_option(reading_options(command))))


def crawl_options(command: Command) -> Command:
    """Options of a verb that goes through whole crawls."""
    hosts = click.Path(path_type=Path)
    return _all(
        command,
        click.option(
            "--by-host",
            is_flag=True,
            help="Read everything twice: a line that is flagged on most pages of a host, above different bodies, is "
            "flagged on its others too where its score is at least that of the point sensitive.",
        ),
        click.option(
            "--deny-hosts", type=hosts, metavar="FILE", help="Hosts, one a line: all on their pages is flagged."
        ),
        click.option(
            "--allow-hosts", type=hosts, metavar="FILE", help="Hosts, one a line: nothing of theirs is flagged."
        ),
        click.option(
            "--part-mb",
            type=FiniteRange(min=0, min_open=True),
            default=64,
            show_default=True,
            help="With --resume: so much input is done again at most.",
        ),
        click.option("--resume", is_flag=True, help="Go on where a run into the same folder was interrupted."),
        click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Worker processes."),
    )


def local_path(ctx: click.Context, param: click.Parameter, name: str | None) -> Path | None:
    """The callback of an option that names something to write, which no address, empty name or "-" does."""
    if name is not None and (name in ("", "-") or is_address(name)):
        raise click.BadParameter(f"{name!r} is no path to write to; name one on this machine")
    return None if name is None else Path(name)


def file_path(ctx: click.Context, param: click.Parameter, name: str | None) -> Path | None:
    """As :func:`local_path`, of a file."""
    if _names_folder(name):
        raise click.BadParameter(f"{name!r} is the name of a folder; name a file")
    return local_path(ctx, param, name)


def _names_folder(name: str | None) -> bool:
    return name is not None and name.endswith(("/", os.sep))


def output_option(what: str, *, folder: bool = False) -> Callable[[Command], Command]:
    """``--output``, said of what it writes; "-" is stdout.

    Where it may be a folder, the verb is told by ``into_folder`` whether it is named as one, with a slash behind it.
    """

    def parsed(ctx: click.Context, param: click.Parameter, name: str | None) -> Path | None:
        name = None if name == STDIN else name
        if folder:
            ctx.params["into_folder"] = _names_folder(name)
        return (local_path if folder else file_path)(ctx, param, name)

    return click.option("-o", "--output", type=click.Path(), callback=parsed, help=f"{what}  [default: stdout]")


def reading(options: dict[str, Any]) -> Reading:
    """How the options say that inputs are read."""
    text_key, html_key = options["text_key"], options["html_key"]
    keys = {key: options[key] for key in ("form", "id_key", "url_key", "encoding")}
    html_first = html_key is not None and text_key is None
    return Reading(text_key=text_key or "text", html_key=html_key or "html", html_first=html_first, **keys)

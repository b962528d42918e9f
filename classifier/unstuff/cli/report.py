"""``unstuff report``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from unstuff.cli.options import Command, input_options, output_option
from unstuff.cli.output import keep_files, writing
from unstuff.cli.run import Run
from unstuff.report import Limits, Made, Report

_DEFAULT = Limits()


def _limit(name: str, default: int, help_: str, least: int = 0) -> Any:
    return click.option(name, type=click.IntRange(least), default=default, show_default=True, help=help_)


def _limit_options(command: Command) -> Command:
    for option in (
        _limit("--max-mb", _DEFAULT.max_mb, "Texts of all pages, in MB; pages beyond are listed without text."),
        _limit("--block-chars", _DEFAULT.block_chars, "Characters kept of a keyword block.", 1),
        _limit("--content-chars", _DEFAULT.content_chars, "Characters kept of a paragraph of content.", 1),
        _limit("--max-paragraphs", _DEFAULT.max_paragraphs, "Paragraphs kept of a page, keyword blocks first."),
        _limit("--max-pages", _DEFAULT.max_pages, "Documents listed; those beyond are counted only."),
        click.option("--found-only", is_flag=True, help="List only documents with a keyword block or an error."),
    ):
        command = option(command)
    return command


@click.command("report")
@input_options
@output_option("Write the page to this file.")
@_limit_options
def command(output: Path | None, **options: Any) -> None:
    """Write one HTML page about the documents, to look at in a browser.

    The page has the share of documents and paragraphs flagged, the scores, the reasons, the hosts with most keyword
    blocks, a table of the documents to sort and filter, and each document's text with its blocks marked and why. It
    is one file that loads nothing from anywhere. Long texts are cut; the page says what was left out, and by which
    option.

    \b
    Examples:
      unstuff report crawl/ -o report.html
      unstuff report --found-only --point sensitive pages.jsonl -o report.html
    """
    if output is None and sys.stdout.isatty():
        raise click.UsageError("the page is for a browser, not for a terminal; name a file with --output")
    run = Run(options)
    keep_files(run.files, output)
    limits = Limits(**{name: options[name] for name in Limits.__dataclass_fields__})
    with writing(output) as out, tempfile.TemporaryFile() as spool:
        report = Report(spool, limits, Made.by(run.scorer))
        for result in run.results():
            report.add(result)
        report.write(out)
    run.finish()

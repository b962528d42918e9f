"""``unstuff explain``."""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from unstuff import explain as explaining
from unstuff.cli.options import input_options
from unstuff.cli.run import Run


@click.command("explain")
@input_options
def command(**options: Any) -> None:
    """Show documents with their keyword blocks marked, and why.

    For people: one line a paragraph with its number and score, long ones shortened. Keyword blocks have a > in front,
    and their reasons with the weight in log-odds beside them on a terminal of 100 columns or more, else under them (-v:
    all reasons of all paragraphs). Where only a part of a paragraph is injected, it stands in [[ ]]. Control
    characters and marks of writing direction are written as escapes. Colour is for terminals; NO_COLOR turns it off.

    \b
    Examples:
      unstuff explain page.html
      unstuff explain -v --point sensitive pages.jsonl | less
      curl -s https://example.org/ | unstuff explain
    """
    run = Run(options)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for result in run.results(reasons=options["verbose"]):
        if result.page is not None:
            explaining.show(result, sys.stdout, all_reasons=options["verbose"])
            click.echo()
    run.finish()

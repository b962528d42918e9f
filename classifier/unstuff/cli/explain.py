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

    For people: one line a paragraph with its score, long ones shortened, and the reasons under the flagged ones with
    their weight in log-odds (-v: all reasons of all paragraphs). NO_COLOR is honoured.

    \b
    Examples:
      unstuff explain page.html
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

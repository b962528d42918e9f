"""``unstuff score``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from unstuff.cli.crawling import check_resume, crawl
from unstuff.cli.options import crawl_options, input_options, output_option
from unstuff.cli.output import keep_inputs
from unstuff.cli.run import Run
from unstuff.crawl.lines import VerdictLines
from unstuff.crawl.outputs import Outputs, State
from unstuff.crawl.packing import packing_of
from unstuff.crawl.table import VerdictRows, schema
from unstuff.crawl.work import Writer
from unstuff.sources import Source


@click.command("score")
@input_options
@crawl_options
@output_option("Write the verdicts to this file; with --resume, a folder for numbered parts.")
@click.option("--found-only", is_flag=True, help="Only the paragraphs that are keyword blocks.")
@click.option("--pages", is_flag=True, help="After a document's paragraphs, also an object about the document.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="Form of the verdicts.",
)
def command(found_only: bool, pages: bool, layout: str, output: Path | None, **options: Any) -> None:
    """Write the verdict on every paragraph, as JSON Lines or Parquet.

    Lines of JSON, rows of Parquet and records of WARC or WET with text or HTML are read as documents; a broken one
    gives {"id", "error"} in its place.

    \b
    Examples:
      unstuff score page.html
      unstuff score --found-only --point precise crawl/ > found.jsonl
      zcat pages.jsonl.gz | unstuff score --text-key content --pages
      unstuff score --jobs 8 --format parquet --resume -o verdicts/ crawl/*.warc.gz
    """
    if pages and layout == "parquet":
        raise click.UsageError("--pages cannot be used with --format parquet")
    options |= {"output": output, "found_only": found_only, "pages": pages, "layout": layout}
    run = Run(options)
    check_resume(options, output, run)
    keep_inputs(run.sources, None if options["resume"] else output)
    rotates = options["resume"]
    packing = packing_of(output) if not rotates else ""
    writer: Writer = VerdictRows(found_only) if layout == "parquet" else VerdictLines(found_only, pages, packing)

    def path_of(_: Source | None, n_parts: int) -> Path | None:
        return output / f"part-{n_parts:05d}.{layout}" if output and rotates else output

    def open_outputs(state: State | None) -> Outputs:
        empty = schema() if layout == "parquet" else None
        return Outputs(path_of, schema=empty, always=True, rotates=rotates, durable=rotates, state=state)

    crawl(run, options, writer, open_outputs)

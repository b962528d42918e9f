"""``unstuff score``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from unstuff.cli.crawling import check_resume, crawl, manifest_of
from unstuff.cli.options import crawl_options, input_options, output_option
from unstuff.cli.output import keep_files, targets_of
from unstuff.cli.run import Run
from unstuff.crawl import manifest
from unstuff.crawl.lines import AttributeLines, VerdictLines
from unstuff.crawl.outputs import Outputs, State
from unstuff.crawl.packing import packing_of, unpacked
from unstuff.crawl.table import VerdictRows, schema
from unstuff.crawl.work import Writer
from unstuff.errors import InputError
from unstuff.sources import Source


@click.command("score")
@input_options
@crawl_options
@output_option("Write the verdicts to this file; with --resume, a folder for numbered parts.", folder=True)
@click.option("--found-only", is_flag=True, help="Only the paragraphs that are keyword blocks.")
@click.option("--pages", is_flag=True, help="After a document's paragraphs, also an object about the document.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["jsonl", "parquet", "dolma"]),
    default="jsonl",
    show_default=True,
    help="Form of the verdicts; dolma: attribute files, which take the names of the inputs.",
)
def command(found_only: bool, pages: bool, layout: str, output: Path | None, **options: Any) -> None:
    """Write the verdict on every paragraph, as JSON Lines, Parquet, or attributes for dolma.

    Lines of JSON, rows of Parquet and records of WARC or WET with text or HTML are read as documents; a broken one
    gives {"id", "error"} in its place. Of a document that was not looked at to its end for its cost (--cap), the
    object about the document comes also without --pages, with "truncated": true; in forms other than JSON Lines it is
    said on stderr alone.

    \b
    Examples:
      unstuff score page.html
      unstuff score --found-only --point precise crawl/ > found.jsonl
      zcat pages.jsonl.gz | unstuff score --text-key content --pages
      unstuff score --format dolma documents/ -o attributes/unstuff/
      unstuff score --jobs 8 --format parquet --resume -o verdicts/ crawl/*.warc.gz
    """
    if pages and layout != "jsonl":
        raise click.UsageError(f"--pages cannot be used with --format {layout}")
    options |= {"output": output, "found_only": found_only, "pages": pages, "layout": layout}
    run = Run(options)
    check_resume(options, output, run)
    if layout == "dolma":
        _attributes(run, options, output)
        return
    rotates = options["resume"]
    if output and layout == "parquet" and not rotates:
        output = unpacked(output)
    if output and (output.is_dir() or options["into_folder"]) and not rotates:
        raise click.UsageError(f"{str(output)!r} is a folder; name a file, or add --resume for numbered parts in it")
    if output and rotates:
        # Parts of other runs among the inputs, which would be written over.
        keep_files(run.files, *output.glob(f"part-[0-9]*.{layout}"), manifest_of(options))
        _check_parts(output, layout)
    else:
        keep_files(run.files, output)
    packing = packing_of(output) if not rotates else ""
    writer: Writer = VerdictRows(found_only) if layout == "parquet" else VerdictLines(found_only, pages, packing)

    def path_of(_: Source, n_parts: int) -> Path | None:
        return output / _part_name(n_parts, layout) if output and rotates else output

    def places_of(n_parts: int) -> list[Path]:
        return [output / _part_name(number, layout) for number in range(n_parts)] if output else []

    def open_outputs(state: State | None) -> Outputs:
        empty = schema() if layout == "parquet" else None
        return Outputs(path_of, schema=empty, always=True, rotates=rotates, durable=rotates, state=state)

    crawl(run, options, writer, open_outputs, places_of)


def _part_name(n_parts: int, layout: str) -> str:
    return f"part-{n_parts:05d}.{layout}"


def _check_parts(folder: Path, layout: str) -> None:
    """Refuse parts that this run did not write and may not write over; the first one it will, whatever comes."""
    first = folder / _part_name(0, layout)
    others = sorted(path.name for path in folder.glob("part-*.*") if path.suffix != ".part" and path != first)
    if others and not (folder / manifest.NAME).exists():
        advice = "empty the folder, or name another"
        raise InputError(f"{str(folder)!r} holds {others[0]} and no manifest of its run; {advice}")


def _attributes(run: Run, options: dict[str, Any], output: Path | None) -> None:
    """Dolma's attribute files: beside each file of documents one of its name."""
    targets = targets_of(run.sources, output, options)
    keep_files(run.files, *targets.values(), manifest_of(options))
    writer = AttributeLines(packing_of(output) if set(targets.values()) == {output} else None)

    def open_outputs(state: State | None) -> Outputs:
        return Outputs(lambda source, _: targets[source], durable=options["resume"], state=state)

    crawl(run, options, writer, open_outputs, lambda _: targets.values())

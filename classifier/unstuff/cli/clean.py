"""``unstuff clean``."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from unstuff.cli.crawling import check_resume, crawl
from unstuff.cli.options import crawl_options, input_options, output_option
from unstuff.cli.output import keep_inputs
from unstuff.cli.run import Run
from unstuff.crawl.cleaning import Cleaner
from unstuff.crawl.outputs import Outputs, State
from unstuff.crawl.packing import packing_of
from unstuff.errors import InputError
from unstuff.sources import Source


@click.command("clean")
@input_options
@crawl_options
@output_option("File, or folder for several inputs; in a folder they keep their names.")
@click.option(
    "--removed", type=click.Path(path_type=Path), help="Write what was taken out to this file, as JSON Lines."
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    help="Documents that cannot be read (broken lines) go to this file unchanged; without it they stay in the output.",
)
@click.option(
    "--drop-pages",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="SHARE",
    help="Leave out documents with at least this share of their characters in keyword blocks; --removed keeps them.",
)
def command(
    output: Path | None, removed: Path | None, rejected: Path | None, drop_pages: float | None, **options: Any
) -> None:
    """Write the documents without their keyword blocks, in the form they came in.

    Text stays as it was, byte for byte, but for the blocks; a block that fills its line takes the line break along.
    HTML is re-serialised when something was taken out. Lines of JSON, rows of Parquet and records of WARC keep all
    else; a changed record gets new lengths and digests. A file that cannot be read at all is named on stderr and not
    written.

    \b
    Examples:
      unstuff clean page.txt > cleaned.txt
      unstuff clean --removed removed.jsonl pages.jsonl -o cleaned.jsonl
      unstuff clean --point precise crawl/ -o cleaned/
      unstuff clean --jobs 8 --resume --removed gone.jsonl.zst -o cleaned/ crawl/*.warc.gz
    """
    options |= {"output": output, "removed": removed, "rejected": rejected, "drop_pages": drop_pages}
    run = Run(options)
    run.reading = replace(run.reading, whole=True)
    check_resume(options, output, run)
    targets = _targets(options["inputs"], run.sources, output, into_folder=options["resume"])
    keep_inputs(run.sources, *targets.values(), removed, rejected)
    mirrored = set(targets.values()) != {output}
    cleaner = Cleaner(
        packing=None if mirrored else packing_of(output),
        removed=packing_of(removed) if removed else None,
        rejected=packing_of(rejected) if rejected else None,
        drop_share=drop_pages,
    )

    def path_of(source: Source | None, n_parts: int) -> Path | None:
        if source is None:
            raise KeyError(source)
        return targets[source]

    def open_outputs(state: State | None) -> Outputs:
        return Outputs(path_of, removed=removed, rejected=rejected, durable=options["resume"], state=state)

    crawl(run, options, cleaner, open_outputs)


def _targets(
    inputs: tuple[str, ...], found: list[Source], output: Path | None, *, into_folder: bool
) -> dict[Source, Path | None]:
    """Where each input's cleaned form goes."""
    many = into_folder or len(found) > 1 or any(map(os.path.isdir, inputs))
    if many and (output is None or output.is_file()):
        raise click.UsageError("several inputs or a folder need a folder to write to: --output DIR")
    if output is None or not (many or output.is_dir()):
        return dict.fromkeys(found, output)
    targets: dict[Path, Source] = {}
    for source in (source for source in found if not source.error):
        other = targets.setdefault(output / source.target, source)
        if other is not source:
            raise InputError(f"{other.name!r} and {source.name!r} would both be written to {str(source.target)!r}")
    return {source: target for target, source in targets.items()}

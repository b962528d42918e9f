"""``unstuff clean``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from unstuff.cli.crawling import check_resume, crawl, manifest_of
from unstuff.cli.options import FiniteRange, crawl_options, file_path, input_options, output_option
from unstuff.cli.output import keep_files, targets_of
from unstuff.cli.run import Run
from unstuff.crawl.cleaning import Cleaner
from unstuff.crawl.outputs import Outputs, State
from unstuff.crawl.packing import packing_of


@click.command("clean")
@input_options
@crawl_options
@output_option("File, or folder (a name with a slash behind it is one); there inputs keep their names.", folder=True)
@click.option(
    "--removed", type=click.Path(), callback=file_path, help="Write what was taken out to this file, as JSON Lines."
)
@click.option(
    "--rejected",
    type=click.Path(),
    callback=file_path,
    help="Documents that cannot be read (broken lines) go to this file unchanged, but for a line break behind a "
    "last line; without it they stay in the output.",
)
@click.option(
    "--drop-pages",
    type=FiniteRange(0, 1, min_open=True),
    metavar="SHARE",
    help="Leave out documents with at least this share of their characters in keyword blocks; --removed keeps them.",
)
def command(
    output: Path | None, removed: Path | None, rejected: Path | None, drop_pages: float | None, **options: Any
) -> None:
    """Write the documents without their keyword blocks, in the form they came in.

    Text stays as it was, byte for byte, but for the blocks; a block that fills its line takes the line break along.
    HTML is re-serialised when something was taken out, code of a server (PHP, ASP) in it as browsers read it. Lines of
    JSON, rows of Parquet and records of WARC keep all else; a changed record gets new lengths and digests. A
    file that cannot be read at all is named on stderr and not written. What lies beyond a cap (--cap) stays as it was.

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
    targets = targets_of(run.sources, output, options)
    keep_files(run.files, *targets.values(), removed, rejected, manifest_of(options))
    mirrored = set(targets.values()) != {output}
    cleaner = Cleaner(
        packing=None if mirrored else packing_of(output),
        removed=packing_of(removed) if removed else None,
        rejected=packing_of(rejected) if rejected else None,
        drop_share=drop_pages,
        caps=run.scorer.caps,
    )

    def open_outputs(state: State | None) -> Outputs:
        return Outputs(
            lambda source, _: targets[source],
            removed=removed,
            rejected=rejected,
            durable=options["resume"],
            state=state,
        )

    crawl(run, options, cleaner, open_outputs, lambda _: targets.values())

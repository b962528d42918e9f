"""``unstuff clean``."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import click

from unstuff import sources
from unstuff.cli.options import input_options, output_option
from unstuff.cli.output import keep_inputs, writing
from unstuff.cli.run import Run
from unstuff.errors import InputError
from unstuff.sources import Result, Source


@click.command("clean")
@input_options
@output_option("File, or folder for several inputs; in a folder they keep their names.")
@click.option(
    "--removed", type=click.Path(path_type=Path), help="Write what was taken out to this file, as JSON Lines."
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    help="Documents that cannot be read (broken lines) go to this file unchanged; without it they stay in the output.",
)
def command(output: Path | None, removed: Path | None, rejected: Path | None, **options: Any) -> None:
    """Write the documents without their keyword blocks.

    Text and the text in JSON Lines stay as they were, byte for byte, but for the blocks; a block that fills its line
    takes the line break along. HTML is re-serialised when something was taken out. A file that cannot be read at all
    is named on stderr and not written.

    \b
    Examples:
      unstuff clean page.txt > cleaned.txt
      unstuff clean --removed removed.jsonl pages.jsonl -o cleaned.jsonl
      unstuff clean --point precise crawl/ -o cleaned/
    """
    run = Run(options)
    targets = _targets(options["inputs"], run.sources, output)
    keep_inputs(run.sources, *targets.values(), removed, rejected)
    with ExitStack() as files:
        audit = files.enter_context(writing(removed)) if removed else None
        refused = files.enter_context(writing(rejected)) if rejected else None
        for source, results in itertools.groupby(run.results(), lambda result: result.document.source):
            _clean_source(run, results, targets.get(source), audit, refused)
    run.finish()


def _clean_source(
    run: Run, results: Iterator[Result], target: Path | None, audit: BinaryIO | None, refused: BinaryIO | None
) -> None:
    """Clean one input into its target, which is not made when nothing of the input could be read."""
    with ExitStack() as files:
        out = None
        for result in results:
            cleaned = _cleaned(run, result)
            if cleaned is None and refused:
                refused.write(result.document.raw)
            elif cleaned is not None or result.document.raw:
                out = out or files.enter_context(writing(target))
                out.write(result.document.raw if cleaned is None else cleaned)
            if audit and cleaned is not None:
                audit.writelines(_taken(result))


def _cleaned(run: Run, result: Result) -> bytes | None:
    """The document's bytes without what was found in it, or None when that cannot be had."""
    body, spans = result.document.body, [span for verdict in result.verdicts for span in verdict.spans]
    if result.document.error:
        return None
    try:
        return body.without(spans) if body and spans else result.document.raw
    except InputError as error:
        run.refuse(result.document, str(error))
        return None


def _taken(result: Result) -> Iterator[bytes]:
    """Audit lines: put back at their offsets in this order, the texts of plain text give the document again."""
    if result.page is None:
        return
    for verdict, start, end in sources.removed(result.page, result.verdicts):
        place = {"id": result.document.id, "paragraph": verdict.paragraph, "start": start, "end": end}
        what = {"text": result.page.text[start:end], "score": verdict.score, "reasons": verdict.reasons}
        yield sources.dumps({**place, **what})


def _targets(inputs: tuple[str, ...], found: list[Source], output: Path | None) -> dict[Source, Path | None]:
    """Where each input's cleaned form goes."""
    many = len(found) > 1 or any(map(os.path.isdir, inputs))
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

"""``unstuff score``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from unstuff import sources
from unstuff.cli.options import input_options, output_option
from unstuff.cli.output import keep_inputs, writing
from unstuff.cli.run import Run
from unstuff.filter import Verdict
from unstuff.mirror import MirrorSigns, find_signs
from unstuff.page import Page
from unstuff.sources import Result


@click.command("score")
@input_options
@output_option("Write the lines to this file.")
@click.option("--found-only", is_flag=True, help="Only the paragraphs that are keyword blocks.")
@click.option("--pages", is_flag=True, help="After a document's paragraphs, also an object about the document.")
def command(found_only: bool, pages: bool, output: Path | None, **options: Any) -> None:
    """Write the verdict on every paragraph as JSON Lines.

    Lines of JSON with text or HTML are read as documents; a broken one gives {"id", "error"} in its place.

    \b
    Examples:
      unstuff score page.html
      unstuff score --found-only --point precise crawl/ > found.jsonl
      zcat pages.jsonl.gz | unstuff score --text-key content --pages
    """
    run = Run(options)
    keep_inputs(run.sources, output)
    with writing(output) as out:
        for result in run.results():
            for record in _records(result, found_only, pages):
                out.write(sources.dumps(record))
            if result.document.source.path is None:
                out.flush()
    run.finish()


def _records(result: Result, found_only: bool, pages: bool) -> Iterator[dict[str, Any]]:
    document, page, verdicts = result
    if document.error:
        yield {"id": document.id, "error": document.error}
    for verdict in verdicts:
        if verdict.found or not found_only:
            yield {"id": document.id, **verdict._asdict()}
    if pages and page is not None:
        yield {"id": document.id, "page": _page(page, verdicts)}


def _page(page: Page, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """What is said of a document as a whole."""
    n_found = sum(verdict.found for verdict in verdicts)
    mirror = _mirror(find_signs(page.text))
    return {"n_paragraphs": len(verdicts), "n_flagged": n_found, "mirror": mirror, "truncated": page.truncated}


def _mirror(signs: MirrorSigns) -> dict[str, Any] | None:
    return signs._asdict() | {"gloss_share": round(signs.gloss_share, 4)} if signs.found else None

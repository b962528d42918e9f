"""``unstuff compare``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import click
import numpy as np

from unstuff import sources
from unstuff.cli import open_filter
from unstuff.cli.options import SHIPPED, output_option, reading_options, telling_options, threshold_options
from unstuff.cli.output import keep_files, writing
from unstuff.cli.run import Run
from unstuff.evaluation import Share, design_effect, percent, wilson
from unstuff.excerpt import printable, shorten
from unstuff.filter import Filter, Verdict
from unstuff.sources import Document

_TEXT_CHARS = 100


class Change(NamedTuple):
    """A paragraph that the two models label differently."""

    old: Verdict
    new: Verdict

    @property
    def name(self) -> str:
        """What the new model does to it."""
        return "newly_flagged" if self.new.found else "no_longer_flagged"


class Summary(NamedTuple):
    """Both models on all documents."""

    documents: int
    unread: int  # of them
    paragraphs: int
    newly_flagged: int
    no_longer_flagged: int
    agreement: Share  # of paragraphs, clustered by document


@click.command("compare")
@click.argument("old", type=click.Path(file_okay=False), metavar="OLD")
@click.argument("new", type=click.Path(file_okay=False), metavar="NEW")
@reading_options
@threshold_options
@telling_options
@output_option("Write the differences to this file.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="Form of the differences; jsonl is a line a paragraph, and one of the summary.",
)
@click.option("--fail-on-found", is_flag=True, help="Exit with 1 when a label differs.")
def command(old: str, new: str, layout: str, output: Path | None, **options: Any) -> None:
    """Show what a new model would change on documents.

    OLD and NEW are model folders, or the word "default" for the shipped model. Of every document the paragraphs whose
    label differs, with the score by either model: + newly flagged, - no longer flagged; then how often both agree.

    \b
    Examples:
      unstuff compare default my-model/ crawl/
      unstuff compare --point precise --format jsonl old-model/ default pages.jsonl
    """
    scorers = [open_filter(None if model == SHIPPED else model, *_decision(options)) for model in (old, new)]
    run = Run(options, scorers[0])
    keep_files(run.files, output)
    write: Callable[[BinaryIO, Document, list[Change]], None] = _write_lines if layout == "jsonl" else _write_text
    with writing(output) as out:
        summary = _compare(run, scorers[1], lambda document, changes: write(out, document, changes))
        out.write(_summary_line(scorers, summary) if layout == "jsonl" else _summary_text(scorers, summary).encode())
    run.n_found = summary.newly_flagged + summary.no_longer_flagged
    run.finish()


def _decision(options: dict[str, Any]) -> tuple[str | None, float | None]:
    return options["point"], options["threshold"]


def _compare(run: Run, new: Filter, write: Callable[[Document, list[Change]], None]) -> Summary:
    """Score every document by both models and write its changes."""
    n_paragraphs: list[int] = []
    n_changed: list[int] = []
    n_new = 0
    for document, pairs in _pairs(run, new):
        changes = [pair for pair in pairs if pair.old.label != pair.new.label]
        write(document, changes)
        n_paragraphs.append(len(pairs))
        n_changed.append(len(changes))
        n_new += sum(change.new.found for change in changes)
    agreement = _agreement(np.array(n_paragraphs, np.int64), np.array(n_changed, np.int64))
    return Summary(run.n_documents, run.n_errors, sum(n_paragraphs), n_new, sum(n_changed) - n_new, agreement)


def _pairs(run: Run, new: Filter) -> Iterator[tuple[Document, list[Change]]]:
    """Every document with its verdicts by both models; both score many documents together."""
    results, again = itertools.tee(run.results())
    verdicts = new.score_pages(result.page for result in again if result.page is not None)
    for result in results:
        other = () if result.page is None else next(verdicts)
        yield result.document, [Change(*pair) for pair in zip(result.verdicts, other, strict=True)]


def _agreement(n_paragraphs: np.ndarray[Any, Any], n_changed: np.ndarray[Any, Any]) -> Share:
    """Share of paragraphs with one label by both models; Wilson's interval on n over the design effect."""
    document = np.repeat(np.arange(len(n_paragraphs)), n_paragraphs)
    first = np.repeat(np.cumsum(n_paragraphs) - n_paragraphs, n_paragraphs)
    agrees = np.arange(len(document)) - first >= n_changed[document]
    n, n_groups = len(agrees), int((n_paragraphs > 0).sum())
    effect = design_effect(agrees, document)
    value = float(agrees.mean()) if n else float("nan")
    return Share(value, *wilson(agrees.sum() / effect, n / effect), n, n_groups)


def _write_text(out: BinaryIO, document: Document, changes: list[Change]) -> None:
    if changes:
        lines = "".join(map(_text_line, changes))
        out.write(f"{printable(str(document.id))}\n{lines}\n".encode())


def _text_line(change: Change) -> str:
    mark = "+" if change.new.found else "-"
    scores = f"{change.old.score:6.4f} -> {change.new.score:6.4f}"
    return f"{mark} {change.old.paragraph:4d}  {scores}  {shorten(change.old.text, _TEXT_CHARS)}\n"


def _write_lines(out: BinaryIO, document: Document, changes: list[Change]) -> None:
    if document.error:
        out.write(sources.dumps({"id": document.id, "error": document.error}))
    for change in changes:
        old, new = change
        place = {"id": document.id, "paragraph": old.paragraph, "start": old.start, "end": old.end}
        scores = {"change": change.name, "old_score": old.score, "new_score": new.score}
        out.write(sources.dumps({**place, **scores, "text": shorten(old.text, _TEXT_CHARS)}))


def _summary_line(scorers: list[Filter], summary: Summary) -> bytes:
    share = summary.agreement
    agreement = {"value": share.value, "low": share.low, "high": share.high} if share.n else {}
    counts = summary._asdict() | {"agreement": {**agreement, "n": share.n, "n_groups": share.n_groups}}
    models = {name: _model(scorer) for name, scorer in zip(("old", "new"), scorers, strict=True)}
    return sources.dumps({"summary": {**models, **counts}})


def _model(scorer: Filter) -> dict[str, Any]:
    checksum = str(scorer.model.config.get("checksum", ""))[:12]
    return {"model": scorer.model.name, "checksum": checksum, "point": scorer.point, "threshold": scorer.threshold}


def _summary_text(scorers: list[Filter], summary: Summary) -> str:
    old, new = ("{model} ({checksum}), threshold {threshold:.6f}".format(**_model(scorer)) for scorer in scorers)
    share = summary.agreement
    interval = f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)}), " if share.n else ""
    unread = f" ({summary.unread} not read)" if summary.unread else ""
    return (
        f"old: {old}\nnew: {new}\n"
        f"documents {summary.documents}{unread}, paragraphs {summary.paragraphs}, "
        f"newly flagged {summary.newly_flagged}, no longer flagged {summary.no_longer_flagged}\n"
        f"both agree on {interval}n={share.n} paragraphs of {share.n_groups} documents\n"
    )

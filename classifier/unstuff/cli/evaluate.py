"""``unstuff evaluate``."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import unstuff
from unstuff import sources
from unstuff.cli import open_filter
from unstuff.cli.options import gazetteer_option, model_option, output_option, threshold_options
from unstuff.cli.output import keep_files, writing
from unstuff.errors import InputError
from unstuff.evaluation import Interval, Shares, as_markdown, percent, share_table, table
from unstuff.excerpt import printable, shorten
from unstuff.filter import Filter
from unstuff.labels import read_labelled
from unstuff.measure import Figures, Measured, Mistake, figures, measure

_BY = {"kind": "kind", "lang": "language", "source": "source"}
_MISTAKE_CHARS = 60
_NAME_CHARS = 100
_N_ROWS = 30
_UNNAMED = "(not given)"

Section = tuple[str, str]


@click.command("evaluate")
@click.argument("labelled", nargs=-1, required=True, type=click.Path(), metavar="LABELLED...")
@model_option
@gazetteer_option
@threshold_options
@output_option("Write the figures to this file.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Form of the figures; json is one object.",
)
@click.option("--worst", type=click.IntRange(0), default=5, show_default=True, help="So many mistakes of either side.")
def command(
    labelled: tuple[str, ...],
    model: str | None,
    gazetteer: Path | None,
    point: str | None,
    threshold: float | None,
    output: Path | None,
    layout: str,
    worst: int,
) -> None:
    """Measure a model on labelled documents.

    Labelled documents are JSON Lines, a paragraph a line {"text", "label"}, a page a line {"id", "paragraphs":
    [{"text", "label"}...]}, or {"id", "html", "labels": [...]}; a label is "keyword_block" or "content". Optional:
    "group" (host or campaign; intervals are resampled by it), "family", "kind", "lang", "source". A block is a run of
    labelled paragraphs; it is found when 80 % of its characters are flagged. Intervals are 95 %.

    \b
    Examples:
      unstuff evaluate labelled.jsonl
      unstuff evaluate --model my-model/ --point precise --format markdown labelled.jsonl
    """
    keep_files(filter(None, (*map(Path, labelled), gazetteer)), output)
    scorer = open_filter(model, point, threshold, gazetteer)
    documents = list(read_labelled(labelled))
    if not documents:
        raise InputError(f"{', '.join(labelled)}: no labelled documents; a line is a paragraph or a page with labels")
    measured = measure(scorer, documents)
    signature, found = signature_of(scorer, measured), figures(measured, worst)
    with writing(output) as out:
        if layout == "json":
            out.write(sources.dumps(plain({"signature": signature, **found._asdict()})))
        else:
            out.write(report(signature, found, markdown=layout == "markdown").encode())


def signature_of(scorer: Filter, measured: Measured) -> dict[str, Any]:
    """What the figures were made with, and of."""
    config = scorer.model.config
    return {
        "unstuff": unstuff.__version__,
        "model": scorer.model.name,
        "checksum": config["checksum"][:12] if "checksum" in config else None,
        "n_features": len(config["features"]) + len(config["context_features"]),
        "point": scorer.point,
        "threshold": scorer.threshold,
        "n_documents": len(measured.documents),
        "n_groups": len({document.group for document in measured.documents}),
        "n_paragraphs": len(measured.flagged),
        "n_blocks": len(measured.blocks),
    }


def plain(value: Any) -> Any:
    """Named tuples as objects, and null for what has no value."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        return {key: plain(own) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return list(map(plain, value))
    return None if isinstance(value, float) and math.isnan(value) else value


def report(signature: dict[str, Any], found: Figures, markdown: bool) -> str:
    """The figures for people."""
    point = f"point {signature['point']}" if signature["point"] else "threshold given"
    name = as_markdown(signature["model"]) if markdown else signature["model"]
    model = f"{name} ({signature['checksum']})" if signature["checksum"] else name
    lines = [
        f"unstuff {signature['unstuff']}, model {model}, {signature['n_features']} features, "
        + f"{point}, threshold {signature['threshold']:.6f}",
        "{n_documents} documents in {n_groups} groups, {n_paragraphs} paragraphs, {n_blocks} keyword blocks".format(
            **signature
        ),
    ]
    sections = [f"{'### ' if markdown else ''}{title}\n\n{body}" for title, body in _sections(found, markdown)]
    return "\n\n".join(["  \n".join(lines) if markdown else "\n".join(lines), *sections]) + "\n"


def _sections(found: Figures, markdown: bool) -> Iterator[Section]:
    yield "Keyword blocks found, by family", _shares("family", found.recall, markdown)
    spans = {"precision of flagged spans": found.spans.precision, "recall of blocks": found.spans.recall}
    f1 = _number("F1", found.spans.f1, found.spans.f1_interval, found.spans.precision.n + found.spans.recall.n)
    yield "Spans", f"{share_table('', spans, markdown=markdown)}\n\n{f1}"
    for by, title in _BY.items():
        yield f"Content paragraphs flagged, by {title}", _shares(title, found.false_positives[by], markdown)
    yield "Calibration", _calibration(found, markdown)
    if found.worst_content:
        yield "Content with the highest scores", _mistakes("kind", found.worst_content, "flagged", markdown)
    if found.worst_blocks:
        yield "Keyword blocks with the lowest scores", _mistakes("family", found.worst_blocks, "missed", markdown)


def _shares(name: str, shares: Shares, markdown: bool) -> str:
    """A table of shares, those with most rows; a lone nameless line would repeat the one of all."""
    each = {} if list(shares.each) == [""] else shares.each
    named = [("all", shares.all), *((shorten(key, _NAME_CHARS) or _UNNAMED, share) for key, share in each.items())]
    rows = share_table(name, named[:_N_ROWS], markdown=markdown)
    n_left = len(named) - _N_ROWS
    return f"{rows}\n\n{n_left} more lines in --format json" if n_left > 0 else rows


def _number(name: str, value: float, interval: Interval, n: int) -> str:
    if math.isnan(value):
        return f"{name}: n={n}"
    low, high = interval
    bounds = "no interval: a single group" if math.isnan(low) else f"{low:.4f} to {high:.4f}"
    return f"{name} {value:.4f} ({bounds}), n={n}"


def _calibration(found: Figures, markdown: bool) -> str:
    rows = [
        (f"{b.low:.1f} to {b.high:.1f}", f"{b.mean_score:.4f}", percent(b.share), _span(b.interval), str(b.n))
        for b in found.bins
    ]
    head = ("score", "mean score", "keyword blocks", "95 % interval", "n")
    ece, brier = found.calibration[0], found.calibration[1]
    numbers = (
        _number("Expected calibration error", ece, found.calibration.ece_interval, found.calibration.n),
        _number("Brier score", brier, found.calibration.brier_interval, found.calibration.n),
    )
    return "\n\n".join([table(head, rows, markdown), ("\n\n" if markdown else "\n").join(numbers)])


def _span(interval: Interval) -> str:
    return f"{percent(interval[0])} to {percent(interval[1])}"


def _mistakes(what: str, worst: Sequence[Mistake], wrong: str, markdown: bool) -> str:
    rows = [
        (
            f"{mistake.score:.4f}",
            "" if mistake.right else wrong,
            printable(mistake.id),
            str(mistake.paragraph),
            printable(mistake.what),
            shorten(mistake.text, _MISTAKE_CHARS),
        )
        for mistake in worst
    ]
    return table(("score", "", "document", "paragraph", what, "text"), rows, markdown)

"""``unstuff info``."""

from __future__ import annotations

import textwrap

import click

import unstuff
from unstuff.cli import open_filter
from unstuff.cli.options import model_options


@click.command("info")
@model_options
def command(model: str | None, point: str | None, threshold: float | None) -> None:
    """Show version, model, operating points, checksums and features.

    \b
    Examples:
      unstuff info
      unstuff info --model my-model/
    """
    scorer = open_filter(model, point, threshold)
    config = scorer.model.config
    names = textwrap.fill(" ".join(config["features"] + config["context_features"]), 100)
    points = "\n".join(f"{name:12s} {value:.6f}" for name, value in scorer.model.points.items())
    checksums = "\n".join(f"{name:14s} sha256 {value}" for name, value in config["checksums"].items())
    sections = {
        "unstuff": unstuff.__version__,
        "model": f"{scorer.model.name} (protocol {config['protocol']})",
        "threshold": f"{scorer.threshold:.6f} ({scorer.point or 'given'})",
        "operating points": points,
        "checksums": checksums,
        "features": names,
    }
    for title, body in sections.items():
        click.echo(f"{title}\n{textwrap.indent(body, '    ')}")

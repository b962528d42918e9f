"""The model card: what a model is, what it was fitted on, how well it does, and when it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from unstuff.evaluation import as_markdown, table

_TEMPLATE = """# {name}

A model of [unstuff](https://pypi.org/project/unstuff/): which paragraphs of a web page are keyword blocks injected for
search engines. Two logistic regressions (a paragraph alone, then on its page) over {n_features} dense features,
{n_buckets} buckets of character n-grams, words and edges of list items, and {n_context} context terms; a word stage for
Chinese without separators where these leave it undecided. {bytes} bytes in all. Protocol {protocol}.

{note}Scores are probabilities calibrated for {prevalence:.1%} of paragraphs being keyword blocks.

## Operating points

{points}

## Figures

Made by `{made_by}`; intervals are 95 %, resampled by group (host, campaign, source).

{figures}

## Fitted on

{sources}

## When it is wrong

{limits}
"""


def write(
    config: Mapping[str, Any],
    figures: str,
    sources: Sequence[tuple[str, int, str]],
    limits: Sequence[str],
    n_bytes: int,
    made_by: str = "python -m training.evaluate",
    note: str = "",
) -> str:
    """The card as Markdown; ``sources`` are (name, paragraphs, licence as stated), ``note`` stands first."""
    points = table(
        ("point", "threshold", "bound asked", "95 % upper bound on clean development rows", "n"),
        [
            (name, f"{point['threshold']:.6f}", point["asked"], point["supported"], str(point["n"]))
            for name, point in config["point_evidence"].items()
        ],
        markdown=True,
    )
    return _TEMPLATE.format(
        name=as_markdown(config["name"]),
        n_features=len(config["features"]),
        n_context=len(config["context_features"]),
        n_buckets=config["n_buckets"],
        bytes=n_bytes,
        protocol=config["protocol"],
        prevalence=config["prevalence"],
        points=points,
        made_by=made_by,
        note=f"{as_markdown(note)}\n\n" if note else "",
        figures=figures.strip(),
        sources=table(
            ("source", "paragraphs", "licence as stated"), [(s, str(n), lic) for s, n, lic in sources], markdown=True
        ),
        limits="\n".join(f"- {line}" for line in limits),
    )

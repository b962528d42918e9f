"""Link density, where the links go, and hidden text: what markup says of a paragraph. Zero for plain text.

Hidden text is evidence and never a verdict: real answers sit in ``display:none``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unstuff.page import Paragraph

NAMES = (
    "link_density",
    "log_links",
    "outbound_share",
    "outbound_density",
    "log_outbound_targets",
    "hidden_display",
    "hidden_otherwise",
    "hidden_outbound",
    "hidden_link_density",
    "is_title",
    "is_meta",
)


def extract(paragraphs: Sequence[Paragraph]) -> NDArray[np.float32]:
    """Features (n_paragraphs, len(NAMES)). Only paragraphs with links, markup or a kind cost anything."""
    rows = np.zeros((len(paragraphs), len(NAMES)), np.float32)
    for i, paragraph in enumerate(paragraphs):
        if paragraph.links or paragraph.hidden or paragraph.kind in ("title", "meta"):
            rows[i] = _row(paragraph)
    return rows


def _row(paragraph: Paragraph) -> tuple[float, ...]:
    n_chars = max(paragraph.end - paragraph.start, 1)
    links = paragraph.links
    outbound = [link for link in links if link.outbound]
    link_density = min(sum(link.end - link.start for link in links) / n_chars, 1.0)
    outbound_density = min(sum(link.end - link.start for link in outbound) / n_chars, 1.0)
    hidden = float(bool(paragraph.hidden))
    by_display = float(paragraph.hidden in ("display:none", "hidden attribute"))
    return (
        link_density,
        float(np.log1p(len(links))),
        len(outbound) / max(len(links), 1),
        outbound_density,
        float(np.log1p(len({link.target for link in outbound}))),
        by_display,
        hidden - by_display,
        hidden * outbound_density,
        hidden * link_density,
        float(paragraph.kind == "title"),
        float(paragraph.kind == "meta"),
    )


def describe(paragraph: Paragraph) -> str:
    """Evidence in words: "14 links, 12 of them to 9 other sites"."""
    outbound = [link for link in paragraph.links if link.outbound]
    n_links, n_sites = len(paragraph.links), len({link.target for link in outbound})
    links = f"{n_links} link{'s' * (n_links != 1)}"
    if not outbound:
        return f"{links}, none to another site"
    return f"{links}, {len(outbound)} of them to {n_sites} other site{'s' * (n_sites > 1)}"


def describe_hidden(paragraph: Paragraph) -> str:
    """Evidence in words: "hidden by display:none"."""
    return f"hidden by {paragraph.hidden}" if paragraph.hidden else "visible"

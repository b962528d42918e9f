"""Link density, where the links go, and hidden text: what markup says of a paragraph. Zero for plain text.

Hidden text is evidence and never a verdict: real answers sit in ``display:none``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from unstuff.hashing import distinct
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

_BY_DISPLAY = ("display:none", "hidden attribute")


def extract(paragraphs: Sequence[Paragraph]) -> NDArray[np.float32]:
    """Features (n_paragraphs, len(NAMES)). Only paragraphs with links, markup or a kind cost anything."""
    rows = np.zeros((len(paragraphs), len(NAMES)), np.float32)
    read = [i for i, each in enumerate(paragraphs) if each.kind != "text" or each.links or each.hidden]
    if not read:
        return rows
    linked = [i for i in read if paragraphs[i].links]
    if linked:
        rows[linked, :5] = _of_links([paragraphs[i] for i in linked])
    hidden = [i for i in read if paragraphs[i].hidden]
    if hidden:
        by_display = np.array([paragraphs[i].hidden in _BY_DISPLAY for i in hidden])
        rows[hidden, 5:9] = np.stack((by_display, ~by_display, rows[hidden, 3], rows[hidden, 0]), axis=1)
    for column, kind in ((9, "title"), (10, "meta")):
        rows[[i for i in read if paragraphs[i].kind == kind], column] = 1.0
    return rows


def _of_links(paragraphs: Sequence[Paragraph]) -> NDArray[np.float64]:
    """The first five features, of paragraphs with links."""
    n = len(paragraphs)
    n_chars = np.array([paragraph.end - paragraph.start for paragraph in paragraphs])
    n_links = np.array([len(paragraph.links) for paragraph in paragraphs])
    links = [link for paragraph in paragraphs for link in paragraph.links]
    row = np.repeat(np.arange(n), n_links)
    sizes = np.array([link.end - link.start for link in links])
    leaves = np.flatnonzero([link.outbound for link in links])
    # A number for each site, so that distinct pairs of paragraph and site can be counted.
    sites: dict[str, int] = {}
    site = np.array([sites.setdefault(links[i].target, len(sites)) for i in leaves.tolist()], np.int64)
    pairs = distinct(row[leaves] * (len(sites) + 1) + site)
    n_targets = np.bincount(pairs // (len(sites) + 1), minlength=n)
    chars, outbound_chars = np.bincount(row, sizes, n), np.bincount(row[leaves], sizes[leaves], n)
    density, outbound_density = (np.minimum(of / np.maximum(n_chars, 1), 1.0) for of in (chars, outbound_chars))
    n_outbound = np.bincount(row[leaves], minlength=n)
    return np.stack((density, np.log1p(n_links), n_outbound / n_links, outbound_density, np.log1p(n_targets)), axis=1)


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

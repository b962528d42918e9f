"""Chinese web pages as a mirror garbles them, with and without an injected block: what the page stage learns from.

A hijacked mirror is a site's whole page, with its greeting, menu and short lines, not prose alone: beside a block its
content has other words and other characters than the block, and is content still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training import generate
from training.assemble import Draw, insert
from training.draw import Rng, chance
from unstuff.labels import Labelled
from unstuff.page import Page

# Of 0, 400 and 1,500 pages, 2026-11: the highest score of mirrored content on development pages is 0.36, 0.29 and 0.29,
# and of the blocks written by hand 68, 70 and 68 % are found where 3 % of the near misses are flagged.
N_PAGES = 400
_BLOCK_SHARE = 0.7
_MAX_PARAGRAPHS = 200


def documents(
    real: Sequence[Labelled], fold: NDArray[np.int64], draw: Draw, seed: int, n: int = N_PAGES
) -> tuple[list[Labelled], NDArray[np.int64]]:
    """At most n mirrored pages of clean Chinese sites, each with the fold of its site; a block is left as it is."""
    rng = np.random.default_rng([seed, 2])
    sites = [(page, k) for page, k in zip(real, fold.tolist(), strict=True) if is_chinese_site(page)]
    if not sites:
        return [], np.zeros(0, np.int64)
    pages, folds = [], []
    for block in draw.blocks(rng, n):
        site, k = sites[int(rng.integers(len(sites)))]
        page = mirrored_page(rng, site)
        pages.append(insert(rng, page, block) if chance(rng, _BLOCK_SHARE) else page)
        folds.append(k)
    return pages, np.array(folds, np.int64)


def is_chinese_site(page: Labelled) -> bool:
    """Whether a document is a clean Chinese web page, as markup or as text, and not a very long one."""
    clean = page.kind in ("html_page", "page") and not any(page.labels)
    return clean and page.lang.startswith("zh") and 1 < len(page.labels) < _MAX_PARAGRAPHS


def mirrored_page(rng: Rng, page: Labelled) -> Labelled:
    """The page as text with every line garbled."""
    lines = [generate.mirrored(rng, paragraph.text) for paragraph in page.page.paragraphs]
    text = Page.from_text("\n".join(" ".join(line.split()) for line in lines))
    labels = (False,) * len(text.paragraphs)
    return replace(page, page=text, labels=labels, html="", kind="text_page", weight=0.5)

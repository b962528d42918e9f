"""Blocks found: 80 % of their non-space characters flagged. Native spam in a line of its own.

Of whole documents :func:`documents_found` counts blanks with the other characters.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.corpus import is_native
from training.evaluate.values import Figure, Figures
from training.pipeline import Result
from unstuff.evaluation import FOUND_SHARE, Flags, Share, share
from unstuff.labels import Labelled
from unstuff.measure import blocks_of, flagged_spans, found_blocks

OTHERS = "other families"


class Blocks(NamedTuple):
    """Labelled blocks side by side."""

    found: Flags
    family: NDArray[Any]
    group: NDArray[Any]
    native: Flags


def read_blocks(result: Result, documents: Sequence[Labelled], threshold: float) -> Blocks:
    """The blocks of the documents that the result has rows of."""
    spans = dict(enumerate(flagged_spans(result, len(documents), threshold)))
    read = np.unique(result.document).tolist()
    blocks = [block for number in read for block in blocks_of(documents[number], number)]
    own = [documents[block.document] for block in blocks]
    return Blocks(
        found_blocks(documents, blocks, spans),
        np.array([document.family for document in own], object),
        np.array([document.group for document in own], object),
        np.array(list(map(is_native, own)), bool),
    )


def recall_figures(blocks: Blocks, large: Collection[str]) -> Figures:
    """Micro and macro recall of injected blocks, that of native ones, and of each family."""
    injected = ~blocks.native
    families = {f"family/{name}": blocks.family == name for name in sorted(set(blocks.family.tolist()))}
    figures: dict[str, Share] = {
        "micro": share(blocks.found[injected], blocks.group[injected]),
        "macro": macro_recall(blocks, large),
        "native": share(blocks.found[blocks.native], blocks.group[blocks.native]),
    }
    figures |= {name: share(blocks.found[own], blocks.group[own]) for name, own in families.items()}
    return {name: Figure(*own) for name, own in figures.items()}


def macro_recall(blocks: Blocks, large: Collection[str]) -> Share:
    """Mean recall of the large families and of all others merged into one; native spam aside."""
    merged = np.array([name if name in large else OTHERS for name in blocks.family], object)
    shares = {}
    for name in sorted(set(merged[~blocks.native].tolist())):
        own = ~blocks.native & (merged == name)
        shares[name] = share(blocks.found[own], blocks.group[own])
    return mean_share(shares)


def mean_share(shares: Mapping[str, Share], weights: Mapping[str, float] | None = None) -> Share:
    """Mean of independent shares, those without n left out; all weigh the same unless weights are given.

    The interval joins those of the shares as root of the sum of squares (Zou and Donner 2008, Statistics in Medicine
    27), which unlike a bootstrap is not of width 0 where all rows are alike.
    """
    own = {name: one for name, one in shares.items() if one.n}
    total = sum(weights[name] if weights else 1.0 for name in own)
    if not total:
        return Share(math.nan, math.nan, math.nan, 0, 0)
    parts = [((weights[name] if weights else 1.0) / total, one) for name, one in own.items()]
    value = sum(weight * one.value for weight, one in parts)
    below = math.hypot(*(weight * (one.value - one.low) for weight, one in parts))
    above = math.hypot(*(weight * (one.high - one.value) for weight, one in parts))
    n, groups = sum(one.n for one in own.values()), sum(one.n_groups for one in own.values())
    return Share(value, max(0.0, value - below), min(1.0, value + above), n, groups)


def documents_found(result: Result, n_documents: int, threshold: float) -> Flags:
    """Whether 80 % of what is labelled in each document is flagged, (n_documents,); False where nothing is labelled.

    Robustness and the comparison with other tools count so. All blocks of a document are one, and blanks count as other
    characters do, unlike in :func:`unstuff.measure.found_blocks`.
    """
    flagged = (result.scored.score >= threshold) & result.scored.label
    found = np.bincount(result.document, flagged * (result.spans[:, 1] - result.spans[:, 0]), n_documents)
    whole = np.bincount(result.document, result.scored.label * result.n_chars, n_documents)
    return np.asarray((whole > 0) & (found >= FOUND_SHARE * whole))

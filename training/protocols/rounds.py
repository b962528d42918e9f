"""A second round of corrections: content that the first brought nearer to being flagged, labelled so.

It stands for what a user sees who scores an own crawl with the adapted model and takes back what is wrong: genuine text
that the model was not fitted on.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.special import logit

from training import pipeline
from training.evaluate import POINT
from unstuff.labels import Labelled, text_page
from unstuff.model import Model

MIN_RISE = 1.0  # of the log-odds
MAX_PER_GROUP = 3
_LEAST = 1e-9


def risen(before: Model, after: Model, crawl: Sequence[Labelled], n: int) -> list[Labelled]:
    """The n paragraphs of a crawl with the highest scores of those that rose; few of a group, highest first.

    What the first model flags already is left out: it is no fault of the corrections.
    """
    old, new = (pipeline.score(model, crawl).scored for model in (before, after))
    logits = [logit(np.clip(scored.score, _LEAST, 1.0 - _LEAST)) for scored in (old, new)]
    rows = np.flatnonzero((logits[1] - logits[0] > MIN_RISE) & (old.score < before.points[POINT]))
    texts = [paragraph.text for document in crawl for paragraph in document.page.paragraphs]
    taken, seen = list[Labelled](), Counter[str]()
    for row in rows[np.argsort(-new.score[rows], kind="stable")].tolist():
        group = str(new.group[row])
        if len(taken) < n and seen[group] < MAX_PER_GROUP:
            seen[group] += 1
            taken.append(Labelled(f"risen {row}", text_page([texts[row]]), (False,), group))
    return taken


def halves(documents: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Documents in two parts that share no group."""
    parts: tuple[list[Labelled], list[Labelled]] = ([], [])
    for document in documents:
        parts[zlib.crc32(document.group.encode()) % 2].append(document)
    return parts

"""What cannot be fitted on, said in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from unstuff.errors import InputError
from unstuff.features.context import RUN_ITEM_CHARS
from unstuff.labels import LABELS, Labelled

MIN_PARAGRAPHS = 20  # of either label
_MIN_GROUPS = 2  # of either label, so that no fold takes all of one away
_N_SHOWN = 10


def check_rows(documents: Sequence[Labelled], test_share: float = 0.0) -> None:
    """Refuse one label alone, and too few paragraphs of one; ``test_share`` is what was taken away before."""
    labels = [label for document in documents for label in document.labels]
    for name, flag in LABELS.items():
        n = labels.count(flag)
        if not n:
            raise InputError(
                f"all {len(labels)} paragraphs have one label, none is {name}; a fit needs both "
                "(corrections of one label can adapt a model: --from default)"
            )
        smaller = ", a smaller test part (--test-share)" if test_share else ""
        if n < MIN_PARAGRAPHS:
            raise InputError(
                f"{n} of {len(labels)} paragraphs{_beside(test_share)} are {name}, a fit needs at least "
                f"{MIN_PARAGRAPHS}; give more{smaller}, or adapt a model to the few there are: --from default"
            )


def check_conflicts(documents: Sequence[Labelled]) -> None:
    """Refuse one text with both labels, naming where each stands.

    Lines of up to ``RUN_ITEM_CHARS`` characters on pages are left out: an item of an injected list here is one of a
    menu there.
    """
    seen: dict[str, dict[bool, str]] = {}
    for document, text, label in _comparable(documents):
        seen.setdefault(text, {}).setdefault(label, document.place or document.id)
    conflicts = [(text, places) for text, places in seen.items() if len(places) == 2]
    if not conflicts:
        return
    lines = [
        f"  {places[True]} keyword_block, {places[False]} content: {text[:40]!r}"
        for text, places in conflicts[:_N_SHOWN]
    ]
    more = f"\n  and {len(conflicts) - _N_SHOWN} more" if len(conflicts) > _N_SHOWN else ""
    listed = "\n".join(lines)
    number = "1 text has" if len(conflicts) == 1 else f"{len(conflicts)} texts have"
    raise InputError(f"{number} both labels; correct or leave out one of each\n{listed}{more}")


def n_shared(documents: Sequence[Labelled]) -> int:
    """How many texts stand in more than one group, short lines on pages aside: no split parts them from themselves."""
    groups: dict[str, set[str]] = {}
    for document, text, _ in _comparable(documents):
        groups.setdefault(text, set()).add(document.group)
    return sum(len(own) > 1 for own in groups.values())


def _comparable(documents: Sequence[Labelled]) -> Iterator[tuple[Labelled, str, bool]]:
    for document in documents:
        paragraphs = document.page.paragraphs
        for paragraph, label in zip(paragraphs, document.labels, strict=True):
            if len(paragraphs) == 1 or len(paragraph.text) > RUN_ITEM_CHARS:
                yield document, paragraph.text, label


def check_groups(documents: Sequence[Labelled], n_folds: int, test_share: float) -> None:
    """Refuse a division that the groups cannot bear."""
    groups = {document.group for document in documents}
    parts = f"{n_folds} folds{_beside(test_share)}"
    if len(groups) < n_folds:
        raise InputError(
            f"{len(groups)} groups cannot be divided into {parts}; give fewer folds (--folds), or finer groups: a "
            'host or campaign as "group" of each line'
        )
    for name, flag in LABELS.items():
        own = {document.group for document in documents if flag in document.labels}
        if len(own) < _MIN_GROUPS:
            raise InputError(
                f"{name} paragraphs are of {len(own)} group, {parts} need them in at least {_MIN_GROUPS}; give "
                'others, or finer groups: a host or campaign as "group" of each line'
            )


def _beside(test_share: float) -> str:
    return f" beside a test part of {test_share:.0%}" if test_share else ""


def check_folds(labels: NDArray[np.bool_], fold: NDArray[np.int64], n_folds: int) -> None:
    """Refuse rows of the first stage of which one label alone is left without a fold."""
    for k in range(n_folds):
        rest = labels[fold != k]
        for name, flag in LABELS.items():
            if not (rest == flag).any():
                raise InputError(
                    f"no {name} paragraph can be fitted on outside fold {k + 1} of {n_folds} (lines of a few words in "
                    "a block of several are left out); give some of other groups"
                )

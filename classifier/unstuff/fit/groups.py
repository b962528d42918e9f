"""Divisions of documents that never cut a group: a test part, and folds.

They depend on the names of groups alone, never on the order of the documents.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from unstuff.errors import InputError
from unstuff.labels import Labelled

Stratum = tuple[int, str]
StratumOf = Callable[[Labelled], Stratum]


def family_or_kind(document: Labelled) -> Stratum:
    """What is spread evenly: families of spam, and kinds of content."""
    return (0, document.family) if any(document.labels) else (1, document.kind)


def kept_groups(documents: Iterable[Labelled], share: float, seed: int = 0) -> set[str]:
    """The groups that ``train`` keeps: a share of those with keyword blocks and of the others, at least one of either.

    They are taken at even steps from a list with groups of one family or kind side by side (systematic sampling), so
    that the share is kept to however many families and kinds there are, and however small they are.
    """
    sides: dict[int, list[tuple[float, str, float, str]]] = defaultdict(list)
    for (side, name), groups in _groups_by_stratum(documents, family_or_kind).items():
        sides[side] += [(stable_hash(name, seed), name, stable_hash(group, seed), group) for group in groups]
    kept: set[str] = set()
    for listed in map(sorted, sides.values()):
        n_kept = max(round(share * len(listed)), 1)
        kept.update(listed[(2 * i + 1) * len(listed) // (2 * n_kept)][-1] for i in range(n_kept))
    return kept


def test_groups(documents: Iterable[Labelled], share: float, stratum_of: StratumOf) -> set[str]:
    """The groups of the test part of the collected data: about a share of the groups of each stratum.

    A group belongs to the first stratum that one of its documents has. A group that is added moves hardly any other
    from one part to the other; of many small strata the share is not kept to, for which there is :func:`kept_groups`.
    """
    test: set[str] = set()
    for groups in _groups_by_stratum(documents, stratum_of).values():
        ordered = sorted(groups, key=stable_hash)
        # A stratum of one group is test by its own hash, so that over all small strata a share is.
        n_test = round(share * len(ordered)) if len(ordered) > 1 else stable_hash(ordered[0]) < share
        test.update(ordered[: max(n_test, len(ordered) in (2, 3, 4, 5))])
    return test


def folds(
    documents: Sequence[Labelled], k: int, stratum_of: StratumOf = family_or_kind, seed: int = 0
) -> NDArray[np.int64]:
    """Fold (n,) of each document, 0 to k - 1; no group is cut, and each stratum is spread over the folds.

    Within a stratum the larger groups come first, then by hash; each goes to the fold that has least of the stratum.
    A label of several groups is never in one fold alone.
    """
    if k < 2:
        raise InputError(f"k is {k!r}, at least 2 folds are expected")
    sizes = Counter(document.group for document in documents)
    total = [0] * k
    fold: dict[str, int] = {}
    for _, groups in sorted(_groups_by_stratum(documents, stratum_of).items()):
        own = [0] * k
        for group in sorted(groups, key=lambda name: (-sizes[name], stable_hash(name, seed))):
            fold[group] = min(range(k), key=lambda i: (own[i], total[i], i))
            own[fold[group]] += sizes[group]
            total[fold[group]] += sizes[group]
    apart = _labels_apart(documents, fold, total, seed)
    return np.array([apart[document.group] for document in documents], np.int64)


def _labels_apart(
    documents: Sequence[Labelled], fold: Mapping[str, int], total: Sequence[int], seed: int
) -> dict[str, int]:
    """The folds, a group moved where all of a label share one: without that fold nothing would have the label.

    A group of that label alone is moved before one of both, so that the groups of the other label stay apart.
    """
    apart = dict(fold)
    groups = {label: {document.group for document in documents if label in document.labels} for label in (True, False)}
    for label, own in groups.items():
        together = {apart[group] for group in own}
        if len(own) > 1 and len(together) == 1:
            group = min(own, key=lambda name: (name in groups[not label], stable_hash(name, seed)))
            apart[group] = min(set(range(len(total))) - together, key=lambda i: (total[i], i))
    return apart


def _groups_by_stratum(documents: Iterable[Labelled], stratum_of: StratumOf) -> dict[Stratum, list[str]]:
    first: dict[str, Stratum] = {}
    for document in documents:
        stratum = stratum_of(document)
        first[document.group] = min(first.get(document.group, stratum), stratum)
    groups: dict[Stratum, list[str]] = defaultdict(list)
    for group, stratum in first.items():
        groups[stratum].append(group)
    return groups


@cache
def stable_hash(group: str, seed: int = 0) -> float:
    """A number in [0, 1) that depends on the name and the seed alone."""
    named = f"{seed} {group}" if seed else group
    return (
        int.from_bytes(hashlib.blake2b(named.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") / 2**64
    )

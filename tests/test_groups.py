"""Divisions by group: none is cut, and what is left to fit on has both labels."""

import itertools

import numpy as np
import pytest

from tests.test_fit import EXTRACTOR, SETTINGS
from unstuff import InputError
from unstuff.fit import fit_paragraph_stages
from unstuff.fit.groups import folds, kept_groups
from unstuff.labels import Labelled, text_page


def document(group: str, labels: str, family: str = "", kind: str = "") -> Labelled:
    """``labels`` has an x for a keyword block, a dot for content."""
    flags = tuple(label == "x" for label in labels)
    page = text_page([f"line {i} of {group}" for i in range(len(flags))])
    return Labelled(group, page, flags, group, family=family, kind=kind)


def has_both(documents: list[Labelled], fold: list[int], k: int) -> bool:
    return all(
        {True, False} == {label for one, own in zip(documents, fold, strict=True) if own != i for label in one.labels}
        for i in range(k)
    )


@pytest.mark.parametrize("k", [2, 3])
def test_no_fold_takes_all_of_a_label_away(k: int) -> None:
    for labels in itertools.product(("x", ".", ".x"), repeat=4):
        documents = [document(f"g{i}", own) for i, own in enumerate(labels)]
        if all(sum(label in one.labels for one in documents) > 1 for label in (True, False)):
            assert has_both(documents, folds(documents, k).tolist(), k), labels


def test_folds_depend_on_names_alone() -> None:
    documents = [document(f"g{i}", labels) for i, labels in enumerate(("x", "x", "x", "x.", "."))]
    fold = folds(documents, 2)
    assert (folds(documents[::-1], 2)[::-1] == fold).all()
    assert has_both(documents, fold.tolist(), 2)


def test_rows_of_one_label_are_refused_in_words() -> None:
    blocks = [document(f"b{i}", "xx") for i in range(4)]  # two short lines each: neither is fitted on
    documents = [*blocks, *(document(f"c{i}", ".") for i in range(4))]
    said = "no keyword_block paragraph can be fitted on outside fold 1 of 2"
    with pytest.raises(InputError, match=said):
        fit_paragraph_stages(documents, np.arange(8) % 2, EXTRACTOR, SETTINGS)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5])
@pytest.mark.parametrize("of_a_stratum", [1, 2, 7, 60])
def test_the_share_of_the_groups_is_kept_to(share: float, of_a_stratum: int) -> None:
    blocks = [document(f"b{i}", "x", family=f"f{i // of_a_stratum}") for i in range(60)]
    documents = [*blocks, *(document(f"c{i}", ".", kind=f"k{i // of_a_stratum}") for i in range(120))]
    kept = [kept_groups(documents, share, seed) for seed in range(3)]
    for groups in kept:
        assert sum(group.startswith("b") for group in groups) == max(round(share * 60), 1)
        assert sum(group.startswith("c") for group in groups) == max(round(share * 120), 1)
    assert len(set(map(frozenset, kept))) == 3
    assert kept_groups(documents[::-1], share) == kept[0]


def test_kept_groups_are_of_many_families() -> None:
    documents = [document(f"b{i:02}", "x", family=f"f{i // 10}") for i in range(100)]
    families = [group[1:2] for group in kept_groups(documents, 0.1)]
    assert len(set(families)) == 10

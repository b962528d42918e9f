"""Which blocks are corrections, and which are held out."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from tests.test_protocols import document, prepared
from training.families import FAMILIES
from training.protocols import adaptation
from training.protocols.families import BESIDE, LEFT_OUT, LeftOut
from unstuff import Filter
from unstuff.labels import Labelled, text_page


def test_missed_are_the_documents_with_a_block_that_is_not_found() -> None:
    found = "slot gacor | slot online | judi bola | situs slot | slot demo | bandar togel"
    documents = [
        Labelled("found", text_page([found]), (True,), "a"),
        Labelled("missed", text_page(["we sat in the garden and talked"]), (True,), "b"),
        Labelled(
            "half", text_page([found, "prose between them, not flagged.", "and so it was."]), (True, False, True), "c"
        ),
    ]
    assert [d.id for d in adaptation.missed(Filter().model, documents)] == ["missed", "half"]


def test_a_family_with_few_campaigns_gives_no_real_corrections() -> None:
    out = LeftOut(("slot_id",), ("slot_hidden",))
    few = [document(f"b{i}", "positive", "slot_hidden", label=True) for i in range(adaptation.MIN_REAL - 1)]
    assert not adaptation.gives_corrections(prepared(few, []), out)
    many = [*few, document("more", "positive", "slot_hidden", label=True)]
    assert adaptation.gives_corrections(prepared(many, []), out)
    same = [document(f"b{i}", "positive", "slot_hidden", "one host", label=True) for i in range(50)]
    assert not adaptation.gives_corrections(prepared(same, []), out)


@pytest.mark.parametrize("name", adaptation.NAMES)
def test_other_families_are_all_but_the_one_left_out(name: str) -> None:
    out = {**LEFT_OUT, **BESIDE}[name]
    rest = adaptation.others(out)
    assert not set(rest.generated) & set(out.generated)
    assert set(rest.generated) | set(out.generated) == set(FAMILIES)
    assert not set(rest.real) & set(out.real)
    assert np.array(rest.real).size

"""Genuine text without marks, and what is counted of it."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training import unmarked
from training.pipeline import Result
from unstuff import Page
from unstuff.evaluation import Scored
from unstuff.labels import Labelled

TEXT = "春天到了，公园里的花都开了，孩子们在草地上放风筝，老人在湖边下棋。"


def test_lines_are_counted_by_length_and_page_whatever_order_their_rows_come_in() -> None:
    dev = [
        Labelled(f"{n}", Page.from_text(TEXT * (1 + n % 9)), (False,), f"{n}", source="s", kind="paragraph", lang="zh")
        for n in range(40)
    ]
    prepared = cast(Any, SimpleNamespace(dev=dev, fold=np.arange(40) // 20))

    def score(documents: Any) -> Result:
        """Long lines are flagged; the rows of the last page come first."""
        lines = [(i, line) for i in range(len(documents))[::-1] for line in documents[i].page.paragraphs]
        of = np.array([i for i, _ in lines])
        values = np.array([0.9 if len(line.text) >= unmarked.LONG[1] else 0.1 for _, line in lines])
        group, blank = np.array([documents[i].group for i in of], object), np.full(len(of), "", object)
        scored = Scored(values, np.zeros(len(of), bool), group, blank, blank, blank, blank)
        return Result(scored, values, of, of, np.zeros((len(of), 2), np.int64))

    model = cast(Any, SimpleNamespace(points={"precise": 0.95, "balanced": 0.5, "sensitive": 0.05}))
    found = {row[0]: row[1:] for row in unmarked.rows(model, score, prepared)}
    flagged = {name: cells[1].split(" (")[0] for name, cells in found.items()}
    n_of = {name: int(cells[3]) for name, cells in found.items()}
    assert flagged["from 300 on"] == "100.0 %"
    assert flagged["under 100 characters"] == flagged["from 100 on"] == "0.0 %"
    assert n_of["under 100 characters"] + n_of["from 100 on"] + n_of["from 300 on"] == n_of["all"]
    assert n_of["line alone"] + n_of["on a page of such lines"] == n_of["all"] == n_of["language zh"]
    assert {cells[0].split(" (")[0] for cells in found.values()} == {"0.0 %"}

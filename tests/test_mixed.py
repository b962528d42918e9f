"""Mixed paragraphs: where the block lies in them, and what counts as found and as left."""

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training.mixed import PLACES, figures, mix
from training.pipeline import Result
from unstuff.evaluation import Scored
from unstuff.labels import Labelled, text_page

HOST = "The library opened again on Monday. Readers came early and stayed until the lights went out in the hall."
BLOCK = "slots one| slots two| slots three| slots four|"


def labelled(text: str, kind: str, label: bool, group: str) -> Labelled:
    return Labelled(group, text_page([text]), (label,), group, kind=kind, lang="en")


def test_a_block_lies_where_it_is_said_to_lie() -> None:
    found = mix([labelled(BLOCK, "positive", True, "a")], [labelled(HOST, "paragraph", False, "h")])
    assert [one.place for one in found] == list(PLACES)
    for one in found:
        text = one.document.page.text
        start, end = one.block
        assert text[start:end] == BLOCK
        assert "".join((text[:start] + text[end:]).split()) == "".join(HOST.split())


def test_found_and_left_are_told_from_the_flagged_span() -> None:
    mixed = mix([labelled(BLOCK, "positive", True, g) for g in "ab"], [labelled(HOST, "paragraph", False, "h")])
    n = len(mixed)
    spans = np.array([one.block for one in mixed])
    spans[0] = (0, len(mixed[0].document.page.text))  # all of it: found, nothing left
    blank = np.full(n, "", object)
    scored = Scored(np.array([0.9] * (n - 1) + [0.1]), np.ones(n, bool), blank, blank, blank, blank, blank)
    lengths = np.array([len(one.document.page.text) for one in mixed])
    shares = figures(mixed, Result(scored, scored.score, lengths, np.arange(n), spans), 0.5)
    assert shares["block found"].value == pytest.approx((n - 1) / n)
    assert shares["found, and 80 % of the genuine text left"].value == pytest.approx((n - 2) / n)

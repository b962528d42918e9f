"""Mixed paragraphs: where the block lies in them, and what counts as found and as left."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training.mixed import LIST_PLACES, N_PLACES, PLACES, Mixed, figures, list_rows, mix, place_lists
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
    shares = figures(mixed, read(mixed, whole=0, missed=n - 1), 0.5)
    assert shares["block found"].value == pytest.approx((n - 1) / n)
    assert shares["found, and 80 % of the genuine text left"].value == pytest.approx((n - 2) / n)


def read(mixed: list[Mixed], whole: int, missed: int) -> Result:
    """Each block flagged alone, but one with all beside it and one not at all."""
    n = len(mixed)
    spans = np.array([one.block for one in mixed])
    spans[whole] = (0, len(mixed[whole].document.page.text))
    score = np.where(np.arange(n) == missed, 0.1, 0.9)
    blank = np.full(n, "", object)
    lengths = np.array([len(one.document.page.text) for one in mixed])
    scored = Scored(score, np.ones(n, bool), blank, blank, blank, blank, blank)
    return Result(scored, score, lengths, np.arange(n), spans)


def test_lists_of_places_are_glued_whole_and_counted_by_length_and_place() -> None:
    host = replace(labelled("县政府今天开会研究防汛工作，各乡镇负责人到会。" * 5, "paragraph", False, "h"), lang="zh")
    found = place_lists([host, replace(host, kind="comment")], n=3)
    assert len(found) == len(N_PLACES) * len(LIST_PLACES)  # one paragraph, whatever n
    for one in found:
        text, (start, end) = one.document.page.text, one.block
        assert text[:start].rstrip() + text[end:].lstrip() == host.page.text
        assert one.document.group == "h" and one.document.labels == (True,)
    rows = list(list_rows(found, read(found, whole=0, missed=1), 0.5))
    assert [row[0] for row in rows[:2]] == ["6 places behind", "6 places before"]
    assert [row[1] for row in rows] == ["0.0 %", "0.0 %", *["100.0 %"] * (len(found) - 2)]
    assert rows[0][3:6] == ("100.0 %", "0.0 %", "100.0 %") and rows[1][3:6] == ("0.0 %", "100.0 %", "0.0 %")

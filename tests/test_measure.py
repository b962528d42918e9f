"""Labelled documents through a filter: blocks, spans, families and mistakes, told from verdict spans."""

import numpy as np
import pytest

from tests.test_cli import BLOCK, StandIn
from unstuff import Page, Verdict
from unstuff.labels import Labelled, text_page
from unstuff.measure import blocks_of, figures, flagged_spans, join, measure

OTHER = "丁县| 戊县|"


def document(name: str, texts: list[str], labels: str, family: str = "", kind: str = "", group: str = "") -> Labelled:
    """``labels`` has an x for a keyword block, a dot for content."""
    flags = tuple(label == "x" for label in labels)
    return Labelled(name, text_page(texts), flags, group or name, family=family, kind=kind)


DOCUMENTS = [
    document("a", ["新馆开放", BLOCK, BLOCK, "完"], ".xx.", family="places"),
    document("b", [OTHER, "开馆", BLOCK], "x.x", family="mixed"),
    document("c", ["开馆", "首页| 新闻| 公告| 联系"], "..", kind="navigation"),
    document("d", [], ""),
]


def test_a_block_is_a_run_of_labelled_paragraphs() -> None:
    blocks = [block for number, own in enumerate(DOCUMENTS) for block in blocks_of(own, number)]
    assert [(block.document, block.first, block.stop) for block in blocks] == [(0, 1, 3), (1, 0, 1), (1, 2, 3)]
    text = DOCUMENTS[0].page.text
    assert text[blocks[0].start : blocks[0].end] == f"{BLOCK}\n{BLOCK}"


def test_figures_are_told_from_what_was_flagged() -> None:
    found = figures(measure(StandIn(), DOCUMENTS), n_worst=2)
    assert {name: share.n for name, share in found.recall.each.items()} == {"mixed": 2, "places": 1}
    assert found.recall.all.n == 3
    assert found.recall.all.value == pytest.approx(2 / 3)
    assert [share.value for share in found.recall.each.values()] == [0.5, 1.0]
    assert (found.spans.precision.value, found.spans.precision.n) == (0.75, 4)
    assert found.spans.recall == found.recall.all
    assert found.spans.f1 == pytest.approx(2 * 0.75 * (2 / 3) / (0.75 + 2 / 3))
    low, high = found.spans.f1_interval
    assert low < found.spans.f1 < high
    false = found.false_positives["kind"]
    assert (false.all.value, false.all.n, false.each["navigation"].value) == (0.2, 5, 0.5)
    assert set(found.false_positives) == {"kind", "lang", "source"}
    assert sum(row.n for row in found.bins) == found.calibration.n == 9
    assert found.calibration.brier == pytest.approx((7 * 0.01 + 2 * 0.81) / 9)


def test_the_worst_mistakes_come_first() -> None:
    found = figures(measure(StandIn(), DOCUMENTS), n_worst=1)
    (content,), (block,) = found.worst_content, found.worst_blocks
    assert (content.id, content.paragraph, content.score, content.right) == ("c", 1, 0.9, False)
    assert (block.id, block.paragraph, block.score, block.right, block.text) == ("b", 0, 0.1, False, OTHER)
    assert figures(measure(StandIn(), DOCUMENTS)).worst_content == []


class HalfSpans(StandIn):
    """Flags the part of a paragraph from its first bar on."""

    def _of(self, page: Page, i: int, reasons: bool) -> Verdict:
        verdict = super()._of(page, i, reasons)
        start = verdict.start + verdict.text.find("|")
        return verdict._replace(spans=((start, verdict.end),) if verdict.found else ())


def test_spans_that_are_parts_of_paragraphs_count_as_such() -> None:
    short = document("short", ["一二三四| 五| 六| 七"], "x")
    long = document("long", ["一| 二三四| 五六七| 八九十百千"], "x")
    assert measure(HalfSpans(), [short, long]).found.tolist() == [False, True]


def test_without_documents_or_blocks_there_is_n_and_no_share() -> None:
    for documents in ([], [document("a", ["开馆"], ".")]):
        found = figures(measure(StandIn(), documents), n_worst=3)
        assert (found.recall.all.n, found.spans.recall.n, found.worst_blocks) == (0, 0, [])
        assert np.isnan(found.spans.f1)


def test_intervals_of_calibration_need_two_groups() -> None:
    alone = figures(measure(StandIn(), [document("a", ["x", BLOCK], ".x")])).calibration
    assert np.isnan([*alone.ece_interval, *alone.brier_interval]).all()
    found = figures(measure(StandIn(), DOCUMENTS)).calibration
    assert found.brier_interval[0] <= found.brier <= found.brier_interval[1]


def test_paragraphs_flagged_at_a_threshold_by_document() -> None:
    result = measure(StandIn(), DOCUMENTS).result
    part = result.take(np.isin(result.document, [1, 2]))
    spans = flagged_spans(join([part, result.take(result.document == 0)]), len(DOCUMENTS), 0.5)
    assert [len(own) for own in spans[:3]] == [2, 1, 1]
    assert flagged_spans(part, 3, 0.95) == [[], [], []]

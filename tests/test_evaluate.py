"""The figures of a side, as data and as Markdown, and the log of looks at the test split."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import orjson
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training import evaluate, release
from training.evaluate import Side, metrics
from training.evaluate.calibrated import at_prevalence
from training.evaluate.negatives import threshold_flagging
from training.evaluate.recall import Blocks, mean_share, recall_figures
from training.evaluate.sides import Part
from training.evaluate.values import below
from training.pipeline import Result
from unstuff import Filter
from unstuff.evaluation import Scored, share
from unstuff.features import Extractor
from unstuff.labels import Labelled, text_page
from unstuff.model import Model, ParagraphModel

POINTS = {"balanced": 0.5, "precise": 0.8, "sensitive": 0.2}
MIRROR = "濟(jì)南市設(shè)計(jì)院關(guān)於開(kāi)發(fā)區(qū)的報(bào)告，與(yǔ)會(huì)者討論了兩個(gè)問題。"


def model(name: str = "m", weights: str = "abc") -> Model:
    """A model that only names points."""
    config = {"checksum": "sealed", "checksums": {"model.npz": weights}}
    paragraph = ParagraphModel(np.zeros(1), np.zeros(3), 0.0)
    return Model(name, Extractor.__new__(Extractor), paragraph, np.zeros(2), 0.0, POINTS, config)


def document(
    name: str, scores: str, labels: str, kind: str = "positive", family: str = "", source: str = "", text: str = "list"
) -> tuple[Labelled, list[float]]:
    """A document of as many paragraphs; ``scores`` has a tenth a digit, ``labels`` an x for a keyword block."""
    flags = tuple(label == "x" for label in labels)
    page = text_page([f"{text} {i}" for i in range(len(labels))])
    found = Labelled(name, page, flags, name, family=family, kind=kind, lang="zh", source=source)
    return found, [int(digit) / 10 for digit in scores]


def side(rows: list[tuple[Labelled, list[float]]], name: str = "test") -> Side:
    documents = [one for one, _ in rows]
    sizes = [len(one.labels) for one in documents]
    scores = np.array([score for _, own in rows for score in own])
    labels = np.array([label for one in documents for label in one.labels], bool)
    columns = (
        np.repeat(np.array([getattr(one, key) for one in documents], object), sizes)
        for key in ("group", "family", "kind", "lang", "source")
    )
    spans = np.array([(p.start, p.end) for one in documents for p in one.page.paragraphs])
    number = np.repeat(range(len(documents)), sizes)
    result = Result(Scored(scores, labels, *columns), scores, np.full(len(scores), 6), number, spans)
    two = Part(documents[:2], result.take(result.document < 2))
    return Side(name, Part(documents, result), two, two)


ROWS = [
    document("a1", "9", "x", family="a"),
    document("a2", "9", "x", family="a"),
    document("a3", "1", "x", family="a"),
    document("b", "9", "x", family="b"),
    document("c", "1", "x", family="c"),
    document("n", "1", "x", family="a", source="native_spam"),
    document("unsure", "1", "x", kind="doubtful", family="a"),
    document("page", "19", ".x", kind="page", family="a"),
    document("mirror", "61", "..", kind="page", text=MIRROR),
    document("h1", "6", ".", kind="footer", source="ikan:1"),
    document("h2", "1", ".", kind="menu", source="ikan:2"),
    document("p1", "3", ".", kind="paragraph", source="Laws:1"),
    document("p2", "0", ".", kind="paragraph", source="Laws:2"),
    document("html", "0900", "....", kind="html_page", source="gne:1"),
]


@pytest.fixture(scope="module")
def figures() -> evaluate.Figures:
    large = evaluate.large_families([one for one, _ in ROWS])
    assert large == {"a"}
    return evaluate.of_side(side(ROWS), model(), 0.01, large)


def test_recall_is_micro_macro_native_and_by_family(figures: evaluate.Figures) -> None:
    alone = below("test/recall/alone", figures)
    assert (alone["micro"].value, alone["micro"].n) == (0.6, 5)
    assert alone["macro"].value == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert alone["macro"].low < alone["macro"].value < alone["macro"].high
    assert (alone["native"].value, alone["native"].n) == (0.0, 1)
    assert alone["family/a"].n == 4
    for inserted in ("in_pages", "several"):
        found = figures[f"test/recall/{inserted}/micro"]
        assert (found.value, found.n) == (1.0, 2)


def test_labelled_pages(figures: evaluate.Figures) -> None:
    pages = below("test/pages", figures)
    assert (pages["recall"].value, pages["recall"].n) == (1.0, 1)
    assert (pages["precision"].value, pages["precision"].n) == (0.5, 2)
    assert pages["f1"].value == pytest.approx(2 / 3)
    assert pages["f1"].n == 3
    assert (pages["exact"].value, pages["exact"].n) == (0.5, 2)
    assert (pages["mirror_content"].value, pages["mirror_content"].n) == (0.5, 2)


def test_negatives_at_every_point(figures: evaluate.Figures) -> None:
    assert [figures[f"test/hard/{point}/all"].value for point in ("precise", "balanced", "sensitive")] == [0, 0.5, 0.5]
    assert (figures["test/hard/balanced/kind/footer"].value, figures["test/hard/balanced/source/ikan"].n) == (1.0, 2)
    assert math.isnan(figures["test/hard/balanced/all"].bound)
    paragraphs = figures["test/clean_paragraphs/sensitive/all"]
    assert (paragraphs.value, paragraphs.n) == (1 / 3, 6)
    assert paragraphs.value < paragraphs.bound <= 1
    pages = figures["test/clean_pages/balanced/source/gne"]
    assert (pages.value, pages.n) == (1.0, 1)


def test_calibration_leaves_out_native_and_doubtful_rows(figures: evaluate.Figures) -> None:
    calibration = below("test/calibration", figures)
    assert calibration["stated/ece"].n == 17
    assert calibration["stated, with native spam/ece"].n == 18
    assert calibration["stated/bin 0.9 to 1.0/blocks"].n == 5
    # 4 of 6 blocks and 1 of 11 content rows: the blocks weigh one hundredth of all rows.
    assert calibration["stated/bin 0.9 to 1.0/blocks"].value == pytest.approx(0.01 * 4 / 6 / (0.01 * 4 / 6 + 0.99 / 11))
    assert calibration["balanced/bin 0.9 to 1.0/blocks"].value == pytest.approx((4 / 6) / (4 / 6 + 1 / 11))


def test_scores_at_another_prevalence() -> None:
    assert at_prevalence(np.array([0.01, 0.5]), 0.01, 0.5) == pytest.approx([0.5, 0.99])
    assert at_prevalence(np.array([0.0, 0.3, 1.0]), 0.2, 0.2) == pytest.approx([0.0, 0.3, 1.0])


def test_no_blocks_have_no_recall() -> None:
    empty = np.array([], object)
    found = recall_figures(Blocks(np.array([], bool), empty, empty, np.array([], bool)), ())
    assert found["micro"].n == found["macro"].n == 0
    assert math.isnan(found["macro"].value)


def test_the_interval_of_a_mean_is_wider_than_nothing_where_all_is_found() -> None:
    found = mean_share({"one": share([True] * 9, range(9)), "other": share([True], [0]), "none": share([], [])})
    assert (found.value, found.high, found.n) == (1.0, 1.0, 10)
    assert 0.5 < found.low < 0.9


def test_figures_are_the_same_from_json(figures: evaluate.Figures) -> None:
    again = evaluate.from_json(orjson.loads(orjson.dumps(evaluate.as_json(figures))))
    assert list(again) == list(figures)
    for name, figure in figures.items():
        assert again[name] == pytest.approx(figure, rel=1e-5, nan_ok=True), name
    assert set(evaluate.as_json(figures)["test/recall/alone/micro"]) == {"value", "low", "high", "n", "groups"}


def test_every_figure_but_numbers_for_machines_is_in_the_report(figures: evaluate.Figures) -> None:
    text = "\n\n".join(evaluate.markdown(figures))
    for part in (
        "| recall, block alone | 60.0 % |",
        "macro: families of 3 campaigns or more",
        "F1 0.6667 (",
        "| content paragraphs flagged on mirror pages | 50.0 % |",
        "by source",
        "Expected calibration error",
        "at most",
    ):
        assert part in text
    assert "Out of fold" not in text
    assert "nan" not in text


def test_the_threshold_flags_at_most_as_many_as_asked() -> None:
    scores = [0.9, 0.5, 0.5, 0.1]
    for n_most, n in ((0, 0), (1, 1), (2, 1), (3, 3), (4, 4), (9, 4)):
        assert sum(score >= threshold_flagging(scores, n_most) for score in scores) == n
    assert threshold_flagging([], 0) == -math.inf


@pytest.mark.parametrize("spam", [False, True])
def test_written_blocks_are_counted_where_few_near_misses_are_flagged(tmp_path: Path, spam: bool) -> None:
    block = "永年县| 壤塘县| 乐陵市| 彰武县| 龙岩市| 宣恩县| 长岭县| 蓬莱市| 大邑县| 宁远县| 镇平县| 兰西县| 绩溪县|"

    def page(name: str, last: str, label: str) -> str:
        texts = [("本市图书馆新馆昨日开放，首日接待读者三千余人。", "content"), (last, label)]
        paragraphs = [{"text": text, "label": own} for text, own in texts]
        return json.dumps({"id": name, "paragraphs": paragraphs, "group": name}, ensure_ascii=False) + "\n"

    (tmp_path / "blocks.jsonl").write_text(page("b", block, "keyword_block"), "utf-8")
    near = [block if spam else "闭馆时间为晚上九点，周一休息。", "新馆藏书八十万册。"]
    lines = "".join(page(str(i), text, "content") for i, text in enumerate(near))
    (tmp_path / "near_misses.jsonl").write_text(lines, "utf-8")
    found = below("written/matched", evaluate.written_figures(Filter().model, tmp_path))
    # A page that no score can tell from the block lets nothing be found.
    assert {name: figure.value for name, figure in found.items()} == dict.fromkeys(("1%", "3%", "10%"), float(not spam))


def test_a_signature_names_versions_weights_and_points() -> None:
    assert "model m (abc), 5 features, balanced 0.500000" in evaluate.signature(model())


def test_looks_are_kept_and_a_repeated_one_is_not_logged_twice(tmp_path: Path, figures: evaluate.Figures) -> None:
    path = tmp_path / "metrics.json"
    assert metrics.looks(tmp_path) == []
    metrics.write(path, model(), figures, [])
    first, written = metrics.looks(tmp_path), path.read_bytes()
    assert first[0]["release"] == "m"
    assert first[0]["figures"]["recall/alone/micro"]["n"] == 5
    metrics.write(path, model(), figures, first)
    assert path.read_bytes() == written
    metrics.write(path, model(weights="other"), figures, first)
    assert [look["weights"] for look in metrics.looks(tmp_path)] == ["abc", "other"]
    assert metrics.read(tmp_path)["test/pages/f1"].n == 3


def test_looks_survive_an_interrupted_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: evaluate.Figures
) -> None:
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "SHIPPED", tmp_path / "package")
    assert release.looks(tmp_path / "output") == []
    for folder, name in ((release.SHIPPED, "package"), (tmp_path / "models", "repo"), (tmp_path / "output", "output")):
        (folder / release.NAME).mkdir(parents=True)
        metrics.write(folder / release.NAME / "metrics.json", model(name), figures, [])
        assert [look["release"] for look in release.looks(tmp_path / "output")] == [name]


def test_metrics_without_figures_as_data_have_none(tmp_path: Path) -> None:
    (tmp_path / "metrics.json").write_text('{"signature": "s", "figures": ["### Table"]}')
    assert metrics.read(tmp_path) == {}
    assert metrics.looks(tmp_path) == []

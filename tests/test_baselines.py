"""Baselines on paragraphs written by hand, and the comparison on scores made up here."""

import json
from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training import tables
from training.baselines import boilerplate, fitted, quality, report, rules
from training.baselines.comparison import Reading, Row, paired, rows
from training.baselines.method import Method
from training.pipeline import Result
from unstuff.evaluation import Scored
from unstuff.fit import Rows
from unstuff.labels import Labelled, text_page
from unstuff.page import Paragraph

PROSE = (
    "图书馆从下星期起重新开放，每天比以前多开两个小时，一楼也为来看书的人添了新的桌子和灯。馆长说，读者可以在门口还书，"
    "也可以由家人代还。去年来这里的人有三万，其中一半是附近的居民，他们大多在下午来。"
)
NAMES = "甲县| 乙县| 丙县| 丁县| 戊县| 己县| 庚县| 辛县| 壬县| 癸县| 子县| 丑县|"
ENGLISH = (
    "The library opens again next week, and it will be open for two hours longer than it was before. There are new "
    "tables on the ground floor for those who come to read, and a room for children that is to be painted by the end "
    "of the month, said the head of the library at the meeting."
)


@pytest.mark.parametrize("text", ["到了。", "“到了？”", "如下：", "还有……", "It is over.", '"Really?"', "Stop!"])
def test_the_line_rule_keeps_lines_that_end_a_sentence(text: str) -> None:
    assert not rules.ends_badly(text)


@pytest.mark.parametrize("text", [NAMES, "Home | News", "第三章", "one, two,", ""])
def test_the_line_rule_flags_all_others(text: str) -> None:
    assert rules.ends_badly(text)


def test_listed_words_are_counted_by_characters_and_latin_ones_whole() -> None:
    assert rules.listed_share("买彩票吗", ["彩票"]) == 0.5
    assert rules.listed_share("彩票票", ["彩票", "票票"]) == 1.0, "overlaps count once"
    assert rules.listed_share("Slot here", ["slot"]) == pytest.approx(4 / 9)
    assert rules.listed_share("slots, aslot, slot1", ["slot"]) == 0.0
    assert rules.listed_share("a slot", ["slot"]) == pytest.approx(4 / 6)
    assert rules.listed_share("", ["slot"]) == 0.0


def test_repeated_word_grams_are_stepped_over_whole() -> None:
    assert quality.repeated_chars(["ab", "c"] * 3, 2) == 6
    assert quality.repeated_chars(list("abcdef"), 2) == 0


def test_fineweb2_keeps_prose_and_names_what_is_wrong_with_a_list() -> None:
    cut = quality.chinese_words()
    assert list(quality.faults(PROSE, cut(PROSE))) == []
    found = set(quality.faults(NAMES, cut(NAMES)))
    assert {"line_punct_ratio", "stop_words", "short"} <= found
    assert "no_words" in set(quality.faults("| | |", cut("| | |")))


def test_fineweb2_without_its_length_rule_keeps_prose_of_fewer_words() -> None:
    cut = quality.chinese_words()
    documents = [labelled(PROSE[: PROSE.index("去年来")])]
    assert quality.fineweb2(cut, any_length=False).score(documents) == [1.0]
    assert quality.fineweb2(cut, any_length=True).score(documents) == [0.0]


def characters() -> boilerplate.FunctionCharacters:
    return boilerplate.FunctionCharacters(tables.build())


def test_function_characters_are_found_in_either_script() -> None:
    own = characters()
    assert own.density("这个，的。") == pytest.approx(own.density("這個，的。"))
    assert own.density("这个，的。") >= 2 / 3
    assert own.density("|") == 0.0


def test_justext_tells_prose_from_a_list() -> None:
    pytest.importorskip("justext.core", reason="jusText is not installed")
    method = boilerplate.justext("jusText", characters(), boilerplate.CHINESE_BOUNDS)
    pages = [labelled(PROSE, NAMES, lang="zh"), labelled(ENGLISH, "casino slots poker " * 9, lang="en")]
    assert method.score(pages).tolist() == [0.0, 1.0, 0.0, 1.0]
    assert method.score([labelled("Opening hours", lang="en")]) == [0.0], "a short line alone is not held against it"
    assert method.score([labelled("casino slots poker " * 9, lang="th")]) == [0.0], "no stoplist, no density"
    assert method.score([]).shape == (0,)


def test_fitted_baselines_learn_what_they_are_shown() -> None:
    shown = training_rows()
    methods = [fitted.fit_tfidf(shown)]
    try:
        methods.append(fitted.fit_fasttext(shown))
    except ImportError:
        pytest.skip("fasttext-numpy2 is not installed")
    for method in methods:
        scores = method.score([labelled("甲县| 丙县| 丁县|", "今天的会在下午开始。")])
        assert scores[0] > 0.5 > scores[1], method.name


def test_fasttext_rows_are_repeated_by_weight_and_keep_word_ends() -> None:
    lines = list(fitted.fasttext_lines(training_rows()))
    assert lines[:4] == ["__label__keyword_block 甲 县 | _ 乙 县 |\n"] * 4
    assert len(lines) == 60 * 4 + 60
    assert fitted.tokens("A b") == "a _ b"


def training_rows() -> Rows:
    spam = ["甲县| 乙县|", "丙县| 丁县| 戊县|", "己县| 庚县|"] * 20
    plain = ["今天的会开得很长。", "他在下午来了。", "这里的人都说是。"] * 20
    paragraphs = [Paragraph(text, 0, len(text)) for text in [*spam, *plain]]
    return Rows(paragraphs, np.repeat([True, False], 60), np.repeat([4.0, 0.5], 60))


def labelled(*texts: str, lang: str = "zh", kind: str = "paragraph", block: bool = False, group: str = "g") -> Labelled:
    return Labelled(
        id="x", page=text_page(texts), labels=(block,) * len(texts), group=group, lang=lang, kind=kind, source="s"
    )


# The comparison


def test_a_pair_counts_signs_and_its_interval_is_never_a_point() -> None:
    ours = np.array([True, True, True, False])
    its = np.array([False, True, False, True])
    pair = paired("its own threshold", "alone", ours, its, ["a", "b", "c", "d"])
    assert (pair.only_ours, pair.only_its) == (2, 1)
    assert pair.difference == pytest.approx(0.25)
    assert -1.0 <= pair.low < 0.25 < pair.high <= 1.0
    alike = paired("its own threshold", "alone", ~its | its, its & ~its, ["a", "b", "c", "d"])
    assert alike.difference == 1.0
    assert alike.low < 0.9


CONTENT = 20
BLOCKS = 4


def result(documents: Sequence[Labelled], scores: Sequence[float]) -> Result:
    def column(name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        return np.array([getattr(document, name) for document in documents], dtype=object)

    labels = np.array([document.labels[0] for document in documents])
    columns = [column(name) for name in ("group", "family", "kind", "lang", "source")]
    n = len(documents)
    spans = np.tile([0, 5], (n, 1))
    return Result(Scored(np.array(scores), labels, *columns), np.array(scores), np.full(n, 5), np.arange(n), spans)


def reading(method: Method, plain: Sequence[float], hard: Sequence[float], blocks: Sequence[float]) -> Reading:
    documents = [labelled("clean", group=f"c{i}", lang="en" if i % 2 else "zh") for i in range(len(plain))]
    documents += [labelled("hard", kind="tags", group=f"h{i}") for i in range(len(hard))]
    documents += [labelled("block", kind="positive", block=True, group=f"b{i}") for i in range(len(blocks))]
    pages = [labelled("block", kind="inserted", block=True, group=f"b{i}") for i in range(len(blocks))]
    return Reading(method, documents, result(documents, [*plain, *hard, *blocks]), pages, result(pages, blocks))


def nothing(documents: Sequence[Labelled]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.zeros(len(documents))


def compared(**fields: object) -> list[Row]:
    ramp = np.linspace(0.0, 0.95, CONTENT).tolist()
    ours = reading(Method("unstuff", 0.89, nothing), ramp, [0.95, 0.1], [0.99, 0.92, 0.8, 0.2])
    other = Method("other", 0.49, nothing, **fields)  # type: ignore[arg-type]
    its = reading(other, ramp[::-1], [0.6, 0.1], [0.99, 0.7, 0.3, 0.2])
    return rows([ours, its])


def test_each_side_is_moved_to_the_share_of_the_other() -> None:
    ours, other = compared()
    assert (ours.fp_clean.value, ours.recall_alone.value) == (0.1, 0.5)
    assert (other.fp_clean.value, other.fp_hard.value, other.recall_alone.value) == (0.5, 0.5, 0.5)
    assert other.ours_at_its_fp.alone.value == 0.75, "at half of the clean rows flagged"
    assert other.its_at_ours is not None
    assert other.its_at_ours.in_pages.value == 0.25, "at a tenth of the clean rows flagged"
    assert [(pair.only_ours, pair.only_its) for pair in other.pairs] == [(1, 0)] * 4


def test_a_rule_is_not_moved_and_says_why() -> None:
    other = compared(fixed="a rule without a score")[1]
    assert other.its_at_ours is None
    assert len(other.pairs) == 2
    text = report.markdown("Test split", "unstuff 0", [other, other], ["x is not installed"])
    assert "cannot be moved: a rule without a score" in text
    assert "Left out: x is not installed" in text
    assert "n=4" in text


def test_a_method_of_some_languages_is_compared_on_those_rows() -> None:
    other = compared(langs=frozenset({"zh"}))[1]
    assert other.fp_clean.n == CONTENT // 2
    assert other.recall_alone.n == other.ours_at_its_fp.alone.n == BLOCKS
    assert compared(langs=frozenset({"th"}))[1].recall_alone.n == 0


def test_the_json_has_every_figure_with_its_n() -> None:
    import orjson

    found = json.loads(orjson.dumps(report.as_json("Test split", "unstuff 0", compared())))
    other = found["methods"]["other"]
    assert {"fp_clean", "fp_hard", "recall_alone", "recall_in_pages", "ours_at_its_fp", "its_at_ours"} <= set(other)
    assert other["recall_alone"]["n"] == other["its_at_ours"]["alone"]["n"] == BLOCKS
    assert other["pairs"][0]["only_ours"] == 1

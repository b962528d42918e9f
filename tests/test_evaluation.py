"""Intervals, thresholds and tables, on numbers that can be checked by hand."""

import html
import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from unstuff.errors import InputError
from unstuff.evaluation import (
    Scored,
    Share,
    as_markdown,
    bootstrap,
    bound_at,
    calibration,
    choose_threshold,
    design_effect,
    f1_score,
    is_found,
    reliability,
    share,
    share_table,
    shares_by,
    span_figures,
    table,
    upper_bound,
    wilson,
)


def scored() -> Scored:
    return Scored(
        score=np.array([0.9, 0.8, 0.2, 0.7, 0.1, 0.6, 0.3]),
        label=np.array([True, True, True, True, False, False, False]),
        group=np.array(["a", "a", "b", "c", "d", "e", "e"]),
        family=np.array(["x", "x", "x", "y", "", "", ""]),
        kind=np.array(["", "", "", "", "table", "tags", "tags"]),
        lang=np.array(["zh"] * 6 + ["en"]),
        source=np.array(["s"] * 7),
    )


def test_wilson_matches_the_textbook() -> None:
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(10, 10)[1] == 1.0
    assert all(map(math.isnan, wilson(0, 0)))


def test_bootstrap_is_wider_when_rows_of_a_group_go_together() -> None:
    flags = np.repeat([True, False], 500)
    apart = bootstrap(flags, np.ones(1000), np.arange(1000))
    together = bootstrap(flags, np.ones(1000), np.arange(1000) // 50)
    assert apart == pytest.approx((0.469, 0.531), abs=0.01)
    assert together[1] - together[0] > 4 * (apart[1] - apart[0])
    assert bootstrap(flags, np.ones(1000), np.arange(1000)) == apart, "the seed is fixed"


def test_design_effect_counts_groups_that_agree_as_one() -> None:
    groups = np.arange(1000) // 10
    alike = np.arange(1000) // 10 % 2 == 0
    assert design_effect(alike, groups) == pytest.approx(10, rel=0.02)
    assert design_effect(np.arange(1000) % 2 == 0, np.arange(1000)) == pytest.approx(1.0, abs=0.01)
    assert design_effect(np.zeros(1000, bool), groups) == pytest.approx(10)


def test_share_of_a_few_groups_is_uncertain_even_where_all_rows_agree() -> None:
    found = share([True] * 40, ["one"] * 20 + ["two"] * 20)
    assert (found.value, found.n, found.n_groups) == (1.0, 40, 2)
    assert found.high == 1.0
    assert found.low < 0.5, "two groups say no more than two rows"


def test_upper_bound_is_clopper_pearson() -> None:
    assert upper_bound(0, 60_000) == pytest.approx(3 / 60_000, rel=0.01)
    assert upper_bound(1, 100) == pytest.approx(0.04656, abs=1e-5)
    assert upper_bound(10, 1000) == pytest.approx(0.016902, abs=1e-5)
    assert upper_bound(5, 5) == upper_bound(0, 0) == 1.0


def test_flagged_rows_of_one_group_count_as_one_event() -> None:
    scores = np.linspace(0.9, 0.0, 10_000)
    apart, together = np.arange(10_000), np.arange(10_000) // 10
    assert bound_at(scores, apart, scores[29]) == pytest.approx(upper_bound(30, 10_000))
    assert bound_at(scores, together, scores[29]) == pytest.approx(upper_bound(3, 1_000))
    assert bound_at(scores, together, 1.0) == pytest.approx(3 / 1000, rel=0.01), "clusters of the highest scores"


def test_threshold_is_the_smallest_that_meets_the_bound() -> None:
    scores = np.linspace(0.0, 0.9, 10_000)
    chosen = choose_threshold(scores, np.arange(10_000), bound=1 / 500)
    assert chosen.meets
    assert chosen.supported_bound <= 1 / 500
    assert int((scores >= chosen.threshold).sum()) == chosen.n_flagged
    assert upper_bound(chosen.n_flagged + 1, 10_000) > 1 / 500, "one more flagged row would break it"


def test_the_bound_at_a_chosen_threshold_is_the_one_it_was_chosen_by() -> None:
    scores, groups = np.random.default_rng(3).random(10_000), np.arange(10_000) // 7
    chosen = choose_threshold(scores, groups, bound=1 / 100)
    assert bound_at(scores, groups, chosen.threshold) == pytest.approx(chosen.supported_bound)
    assert bound_at(scores, groups, 2.0) < bound_at(scores, groups, chosen.threshold) < bound_at(scores, groups, 0.5)
    assert bound_at(scores, groups, 0.0) == bound_at([], [], 0.5) == 1.0


def test_threshold_counts_clusters_not_rows() -> None:
    scores = np.linspace(0.0, 0.9, 10_000)
    clustered = choose_threshold(scores, np.arange(10_000) // 10, bound=1 / 100)
    free = choose_threshold(scores, np.arange(10_000), bound=1 / 100)
    assert clustered.threshold > free.threshold


def test_threshold_says_what_n_supports_when_the_bound_is_out_of_reach() -> None:
    scores = np.array([0.1, 0.4, 0.3])
    chosen = choose_threshold(scores, ["a", "b", "c"], bound=1 / 20_000)
    assert not chosen.meets
    assert chosen.n == 3
    assert chosen.threshold == np.nextafter(0.4, 1.0)
    assert chosen.supported_bound == pytest.approx(upper_bound(0, 3))


def test_rows_of_one_score_are_flagged_together() -> None:
    scores = np.concatenate((np.full(50, 0.5), np.zeros(9_950)))
    chosen = choose_threshold(scores, np.arange(10_000), bound=1 / 500)
    assert chosen.n_flagged == 0
    assert chosen.threshold > 0.5


@pytest.mark.parametrize("bound", [0.0, 1.0, -1.0, math.nan])
def test_a_bound_that_means_nothing_is_refused(bound: float) -> None:
    with pytest.raises(InputError, match="bound"):
        choose_threshold([0.1], ["a"], bound)
    with pytest.raises(InputError, match="no clean scores"):
        choose_threshold([], [], 0.1)


def test_rows_are_taken_from_every_column() -> None:
    taken = scored().take(np.array([0, 4]))
    assert (taken.family.tolist(), taken.label.tolist(), taken.group.tolist()) == (["x", ""], [True, False], ["a", "d"])


def test_shares_by_family() -> None:
    rows = scored()
    found = shares_by(rows.score >= 0.5, rows.label, rows.family, rows.group)
    assert list(found.each) == ["x", "y"]
    assert found.all.value == 0.75
    assert found.each["x"].value == pytest.approx(2 / 3)
    assert (found.each["x"].n, found.each["x"].n_groups) == (3, 2)


def test_a_family_called_all_is_not_taken_for_the_total() -> None:
    rows = scored()
    family = np.where(rows.family == "y", "all", rows.family)
    found = shares_by(rows.score >= 0.5, rows.label, family, rows.group)
    assert (found.all.n, found.each["all"].n) == (4, 1)


def test_a_block_is_found_at_four_fifths_of_its_solid_characters() -> None:
    text = "ab cd ef gh ij"
    assert is_found(text, (0, 14), [(0, 11)])
    assert not is_found(text, (0, 14), [(0, 10)])
    assert is_found(text, (0, 14), [(0, 5), (6, 11)]), "the space between spans does not count"
    assert not is_found(text, (3, 5), [(6, 14)])
    assert not is_found("   ", (0, 3), [(0, 3)])


def test_span_figures() -> None:
    pages = [
        ("aaaa bbbb cccc", [(0, 4), (5, 9)], [(0, 4), (10, 14)]),
        ("dddd", [(0, 4)], [(0, 4)]),
    ]
    found = span_figures(pages, ["one", "two"])
    assert (found.recall.n, found.precision.n) == (3, 3)
    assert found.recall.value == pytest.approx(2 / 3)
    assert found.precision.value == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 / 3)
    assert math.isnan(span_figures([("a", [], [])], ["one"]).f1)
    assert f1_score(math.nan, 0.5) == 0.0


def test_calibration() -> None:
    scores, labels = np.array([0.05, 0.05, 0.95, 1.0]), np.array([False, False, True, True])
    bins = reliability(scores, labels)
    assert [(row.low, row.n, row.share) for row in bins] == [(0.0, 2, 0.0), (0.9, 2, 1.0)]
    found = calibration(scores, labels)
    assert found.ece == pytest.approx(0.5 * 0.05 + 0.5 * 0.025)
    assert found.brier == pytest.approx((3 * 0.05**2) / 4)
    assert calibration([], []).n == 0


def test_calibration_at_a_prevalence_weights_rows_by_their_label() -> None:
    scores, labels = np.array([0.05, 0.05, 0.05, 0.95]), np.array([False, False, True, True])
    plain = reliability(scores, labels, groups=range(4))
    weighted = reliability(scores, labels, groups=range(4), prevalence=0.2)
    assert [row.n for row in weighted] == [3, 1]
    assert weighted[0].share == pytest.approx((0.2 / 2) / (0.2 / 2 + 0.8))
    assert weighted[0].interval[0] < weighted[0].share < plain[0].share <= plain[0].interval[1]
    found = calibration(scores, labels, prevalence=0.2)
    assert found.brier == pytest.approx(0.8 * 0.05**2 + 0.1 * 0.95**2 + 0.1 * 0.05**2)
    assert found.ece == pytest.approx(abs(0.9 * 0.05 - 0.1) + 0.1 * 0.05)
    half = np.concatenate([scores, scores]), np.concatenate([labels, labels])
    assert calibration(*half, prevalence=0.2)[:2] == pytest.approx(found[:2])
    assert calibration(*half, prevalence=0.5)[:2] == pytest.approx(calibration(*half)[:2])


def test_only_rows_of_one_label_keep_their_weight() -> None:
    assert calibration([0.1, 0.3], [False, False], prevalence=0.5).brier == pytest.approx((0.01 + 0.09) / 2)


def test_tables_show_n_alone_where_nothing_was_measured() -> None:
    empty = share([], [])
    assert str(empty) == "n=0"
    shown = share_table("family", {"x": Share(0.5, 0.25, 0.75, 8, 4), "y": empty}, "recall")
    assert "50.0 %" in shown
    assert "25.0 % to 75.0 %" in shown
    assert shown.splitlines()[2].split() == ["y", "0", "0"]
    assert "nan" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("adult_cn 1 in 5,000 (n=3)", "adult_cn 1 in 5,000 (n=3)"),
        ("<img src=x onerror=y> &copy;", "\\<img src=x onerror=y\\> \\&copy;"),
        ("**a** _b_ __c__ `d` ~~e~~ $f$", "\\*\\*a\\*\\* \\_b\\_ \\_\\_c\\_\\_ \\`d\\` \\~\\~e\\~\\~ \\$f\\$"),
        ("[a](http://b.example) www.c.example", "\\[a\\](http\\://b.example) www\\.c.example"),
        ("HTTPS://b.example C:", "HTTPS\\://b.example C:"),
        ("a\\", "a\\\\"),
    ],
)
def test_plain_text_is_no_markdown(text: str, shown: str) -> None:
    assert as_markdown(text) == shown
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown) == text


@given(st.text(st.sampled_from("ab1 é县<>&;*_`~[]()!\\|'#+-=:/.$"), max_size=30))
def test_a_cell_of_a_markdown_table_shows_its_text(text: str) -> None:
    rendered = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(table(("text", "n"), [(f"x{text}x", "1")], markdown=True))
    )
    (cell, _) = re.findall("<td>(.*?)</td>", rendered)
    assert html.unescape(cell) == f"x{text}x"


def test_markdown_tables_escape_bars() -> None:
    assert table(("a", "b"), [("x|y", "1")], markdown=True) == "| a | b |\n| --- | --- |\n| x\\|y | 1 |"

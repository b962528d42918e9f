"""Operating points where content is plenty, and where it is too little for their bounds."""

from __future__ import annotations

import numpy as np
import pytest

from unstuff.evaluation import Scored, choose_threshold, supported_bound, upper_bound
from unstuff.fit import choose_points
from unstuff.fit.points import BOUNDS, EVENTS, LEAST, LOOSEST, thresholds


def content(n: int, groups: list[int] | None = None) -> Scored:
    """Content of falling scores, each paragraph of its own group unless given."""
    group = np.array(list(range(n)) if groups is None else groups).astype(str).astype(object)
    none = np.full(n, "", object)
    return Scored(np.linspace(0.9, 0.0, n), np.zeros(n, bool), group, none, none, none, none)


def test_where_content_is_plenty_the_bounds_are_kept_and_used() -> None:
    clean = content(200_000)
    for name, point in choose_points(clean).items():
        assert point.meets
        assert point == choose_threshold(clean.score, clean.group, BOUNDS[name])


@pytest.mark.parametrize("n", [300, 1_400, 5_000])
def test_where_it_is_not_the_highest_scores_do_not_set_every_threshold(n: int) -> None:
    points = choose_points(content(n))
    assert {name: point.n_flagged for name, point in points.items()} == EVENTS
    for name, point in points.items():
        assert not point.meets
        assert point.supported_bound == pytest.approx(upper_bound(EVENTS[name], n))
    found = thresholds(points)
    assert found["precise"] > found["balanced"] > found["sensitive"]


def test_more_content_never_makes_a_point_stricter() -> None:
    for name in BOUNDS:
        flagged = [choose_points(content(n))[name].n_flagged for n in range(100, 40_000, 1_900)]
        assert flagged == sorted(flagged)


def test_no_bound_is_loosened_beyond_what_can_be_used() -> None:
    points = choose_points(content(100))
    assert points["sensitive"].n_flagged < EVENTS["sensitive"]
    assert all(point.supported_bound <= LOOSEST for point in points.values())
    assert [point.n_flagged for point in choose_points(content(30)).values()] == [0, 0, 0]


def test_few_easy_labels_do_not_make_a_threshold_low() -> None:
    easy = content(1_000)
    easy = easy._replace(score=easy.score / 100)
    points = choose_points(easy)
    assert {name: point.threshold for name, point in points.items()} == LEAST
    assert not any(point.n_flagged or point.meets for point in points.values())
    many = content(200_000)
    assert all(point.threshold < 0.01 for point in choose_points(many._replace(score=many.score / 100)).values())


def test_a_release_keeps_its_least_where_the_bounds_are_met_too() -> None:
    easy = content(200_000)
    easy = easy._replace(score=easy.score / 100)
    points = choose_points(easy, always_least=True)
    assert {name: point.threshold for name, point in points.items()} == LEAST
    assert all(point.meets and not point.n_flagged for point in points.values())
    plenty = content(200_000)
    assert choose_points(plenty, least=dict.fromkeys(BOUNDS, 0.1), always_least=True) == choose_points(plenty)


def test_lines_of_one_group_are_one_event() -> None:
    clean = content(6_000, [i // 3 for i in range(6_000)])
    points = choose_points(clean)
    assert points["precise"].n_flagged == 0
    assert points["balanced"].n_flagged > 2 * EVENTS["balanced"]
    assert supported_bound(clean.score, clean.group) == pytest.approx(upper_bound(0, 2_000), rel=0.1)


def test_hard_negatives_hold_a_threshold_up() -> None:
    clean = content(200_000)
    raised = choose_points(clean, np.full(1_000, 0.95))
    assert raised["balanced"].threshold == raised["precise"].threshold == np.nextafter(0.95, 1.0)
    assert raised["sensitive"] == choose_points(clean)["sensitive"]

"""What moves when a model is adapted, and what must not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unstuff import Filter, InputError
from unstuff.features import ngrams
from unstuff.fit import adapt
from unstuff.fit.adaptation import BALANCED_PENALTY, PENALTY, decisions, penalty_of
from unstuff.fit.naming import most_seen
from unstuff.fit.telling import telling_buckets
from unstuff.labels import Labelled, text_page
from unstuff.model import Model
from unstuff.page import Page

MODEL = Filter().model
THRESHOLD = MODEL.points["balanced"]


def labelled(*lines: str, label: bool) -> Labelled:
    page = text_page(lines)
    return Labelled(lines[0], page, (label,) * len(lines), lines[0])


def score(model: Model, *lines: str) -> list[float]:
    return list(model.score([Page.from_text("\n".join(lines)).paragraphs]).scores)


MISSED = [labelled(f"zorgle {a}, zorgle {b}, quix {a}", label=True) for a, b in ("ab", "cd", "ef")]


def test_the_gradient_leads_to_the_least_of_the_loss() -> None:
    adapted = adapt(MODEL, MISSED, 0.1)
    decided = decisions(MODEL, MISSED)
    margins = decided.logits - np.log(THRESHOLD / (1 - THRESHOLD))

    def loss(change: np.ndarray) -> float:
        moved = margins + decided.slopes * (decided.design @ change)
        return float(np.logaddexp(0.0, -moved).sum() + 0.05 * change @ change)

    best = loss(adapted.change)
    assert best < loss(np.zeros(ngrams.N_BUCKETS))
    for scale in (0.8, 0.95, 1.05, 1.2):
        assert best < loss(scale * adapted.change)


def test_what_was_missed_is_found_and_its_likes_with_it() -> None:
    adapted = adapt(MODEL, MISSED).model
    assert min(score(adapted, document.page.text)[0] for document in MISSED) > THRESHOLD
    new = "zorgle kilo, zorgle lima, quix kilo"
    assert score(adapted, new)[0] > THRESHOLD > score(MODEL, new)[0]


def test_false_positives_alone_leave_the_intercepts_and_texts_unlike_them() -> None:
    wrong = labelled("slot gacor | slot online | judi bola | situs slot | slot demo | bandar togel", label=False)
    adapted = adapt(MODEL, [wrong]).model
    assert score(adapted, wrong.page.text)[0] < THRESHOLD <= score(MODEL, wrong.page.text)[0]
    assert (adapted.paragraph.dense_weights == MODEL.paragraph.dense_weights).all()
    assert adapted.paragraph.intercept == MODEL.paragraph.intercept
    assert adapted.context_intercept == MODEL.context_intercept
    for other in (
        "永年县| 论坛| 壤塘县| 乐陵市| 彰武县",
        "今天我们在公园里看到了很多的花。",
        "The cat sat on the mat.",
    ):
        assert score(adapted, other) == score(MODEL, other)


def test_a_higher_penalty_moves_less() -> None:
    moved = [np.abs(adapt(MODEL, MISSED, penalty).change).sum() for penalty in (0.1, 1.0, 10.0)]
    assert moved[0] > moved[1] > moved[2] > 0


def test_the_penalty_falls_as_labels_balance_and_not_for_one_label_alone() -> None:
    def of(n_blocks: int, n_content: int) -> float:
        return penalty_of(np.repeat([True, False], [n_blocks, n_content]))

    assert of(20, 0) == of(0, 20) == of(0, 0) == pytest.approx(PENALTY)
    assert of(20, 20) == of(5, 5) == pytest.approx(BALANCED_PENALTY)
    assert of(20, 5) == of(5, 20)
    assert PENALTY > of(20, 5) > of(20, 10) > BALANCED_PENALTY


def test_the_penalty_is_that_of_the_labels_unless_given() -> None:
    honest = [labelled(f"We talked about lunch {a} at the zorgle", label=False) for a in "abc"]
    both = [*MISSED, *honest]
    assert (adapt(MODEL, both).change == adapt(MODEL, both, BALANCED_PENALTY).change).all()
    assert (adapt(MODEL, MISSED).change == adapt(MODEL, MISSED, PENALTY).change).all()


def test_content_given_along_holds_what_it_shares() -> None:
    honest = "We talked about the zorgle of the year at lunch"
    held = adapt(MODEL, [*MISSED, labelled(honest, label=False)]).model
    free = adapt(MODEL, MISSED).model
    assert score(MODEL, honest)[0] < score(held, honest)[0] < score(free, honest)[0]


def test_runs_and_parts_are_judged_as_the_model_judges_them() -> None:
    items = ["甲县", "乙县", "丙县", "永年县", "壤塘县", "乐陵市"]
    run = labelled(*items, label=True)
    assert decisions(MODEL, [run]).labels.tolist() == [True]
    mixed = Labelled("m", run.page, (True, False) * 3, "m")
    assert not len(decisions(MODEL, [mixed]).labels)
    single = decisions(MODEL, MISSED)
    assert single.labels.tolist() == [True] * 3
    alone = [MODEL.score([document.page.paragraphs]).logits[0] for document in MISSED]
    assert single.logits.tolist() == pytest.approx(alone)


@pytest.mark.parametrize(
    ("text", "telling", "other"),
    [
        ("房产 of 官网", {"ngram 房产", "ngram 官网"}, {"ngram 房", "word of", "ngram of"}),
        ("cheap lamps", {"word cheap", "word cheap lamps", "ngram che", "ngram heap"}, {"ngram ch", "ngram p la"}),
        ("https://www.zorgle.com/", {"word zorgle", "ngram zorg"}, {"word https", "word www", "word com"}),
        ("in the lamp", {"word the lamp", "word lamp"}, {"word in", "word the", "word in the"}),
        ("카지노 1234", {"ngram 카지", "word 카지노"}, {"ngram 1234", "ngram 카"}),
    ],
)
def test_telling_is_what_a_text_is_about(text: str, telling: set[str], other: set[str]) -> None:
    paragraphs = Page.from_text(text).paragraphs
    buckets = set(telling_buckets(paragraphs, MODEL.extractor).tolist())
    names = most_seen(paragraphs, MODEL.extractor)
    assert telling <= {names[bucket] for bucket in buckets}
    assert not other & {names[bucket] for bucket in buckets}


def test_a_bucket_with_anything_else_in_it_is_not_telling() -> None:
    first = Page.from_text("lamp the").paragraphs
    bucket = ngrams.word_buckets(MODEL.extractor.batch(first).word_hashes)[0]
    assert bucket in telling_buckets(first, MODEL.extractor)
    assert bucket not in telling_buckets(Page.from_text("of the and").paragraphs, MODEL.extractor)


def test_corrections_without_a_telling_word_move_nothing() -> None:
    adapted = adapt(MODEL, [labelled("12 34 | 56 78 | 90", label=True), Labelled("empty", Page.from_text(""), (), "e")])
    assert adapted.model is MODEL
    assert not adapted.change.any()


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_a_threshold_at_the_end_of_the_scale_is_no_obstacle(threshold: float) -> None:
    ended = replace(MODEL, points={**MODEL.points, "balanced": threshold})
    for label in (True, False):
        change = adapt(ended, [labelled("zorgle cheap zorgle", label=label)]).change
        assert np.isfinite(change).all()


def test_without_corrections_nothing_is_adapted() -> None:
    with pytest.raises(InputError, match="no corrections were given"):
        adapt(MODEL, [])

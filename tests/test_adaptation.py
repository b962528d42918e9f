"""What moves when a model is adapted, and what must not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from unstuff import Filter, InputError, ModelError, artifact
from unstuff.features import context, ngrams
from unstuff.fit import Penalty, adapt
from unstuff.fit.adaptation import PENALTY, decisions
from unstuff.fit.naming import most_seen
from unstuff.importance import decode
from unstuff.labels import Labelled, text_page
from unstuff.model import Model
from unstuff.page import Page

MODEL = artifact.read_adaptable(artifact.shipped())
THRESHOLD = MODEL.points["balanced"]


def labelled(*lines: str, label: bool) -> Labelled:
    page = text_page(lines)
    return Labelled(lines[0], page, (label,) * len(lines), lines[0])


def score(model: Model, *lines: str) -> list[float]:
    return list(model.score([Page.from_text("\n".join(lines)).paragraphs]).scores)


MISSED = [labelled(f"zorgle {a}, zorgle {b}, quix {a}", label=True) for a, b in ("ab", "cd", "ef")]


def test_the_gradient_leads_to_the_least_of_the_loss() -> None:
    assert MODEL.importance is not None
    adapted = adapt(MODEL, MISSED)
    penalties = PENALTY.least + PENALTY.content * decode(MODEL.importance)
    decided = decisions(MODEL, MISSED)
    margins = decided.logits - np.log(THRESHOLD / (1 - THRESHOLD))
    slope = MODEL.context_weights[context.NAMES.index("unit_logit")]

    def loss(change: np.ndarray) -> float:
        moved = margins + slope * (decided.design @ change)
        return float(np.logaddexp(0.0, -moved).sum() + (penalties * change**2).sum() / 2)

    best = loss(adapted.change)
    assert best < loss(np.zeros(ngrams.N_BUCKETS))
    for scale in (0.8, 0.95, 1.05, 1.2):
        assert best < loss(scale * adapted.change)


def test_what_was_missed_is_found_and_its_likes_with_it() -> None:
    adapted = adapt(MODEL, MISSED).model
    assert min(score(adapted, document.page.text)[0] for document in MISSED) > THRESHOLD
    new = "zorgle kilo, zorgle lima, quix kilo"
    assert score(adapted, new)[0] > THRESHOLD > score(MODEL, new)[0]


def test_false_positives_alone_leave_the_intercepts_and_hardly_touch_texts_unlike_them() -> None:
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
        assert score(adapted, other) == pytest.approx(score(MODEL, other), rel=0.05)


def test_a_higher_penalty_moves_less() -> None:
    for penalties in (
        [Penalty(least, 10.0) for least in (0.001, 0.1, 10.0)],
        [Penalty(0.001, content) for content in (1.0, 1e3, 1e6)],
    ):
        moved = [np.abs(adapt(MODEL, MISSED, penalty).change).sum() for penalty in penalties]
        assert moved[0] > moved[1] > moved[2] > 0


def test_content_given_along_holds_what_it_shares() -> None:
    honest = "We talked about the zorgle of the year at lunch"
    held = adapt(MODEL, [*MISSED, labelled(honest, label=False)]).model
    free = adapt(MODEL, MISSED).model
    assert score(held, honest)[0] < score(free, honest)[0] > score(MODEL, honest)[0]
    assert min(score(held, document.page.text)[0] for document in MISSED) > THRESHOLD


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


def test_what_genuine_text_uses_moves_least() -> None:
    assert MODEL.importance is not None
    change = np.abs(adapt(MODEL, [labelled("zorgle zorgle of the quix", label=True)]).change)
    weights = decode(MODEL.importance)
    names = most_seen(Page.from_text("zorgle zorgle of the quix").paragraphs, MODEL.extractor)
    bucket_of = {name: bucket for bucket, name in names.items()}
    for rare, common in (("word zorgle", "word the"), ("ngram zorg", "ngram of"), ("ngram quix", "ngram the")):
        assert change[bucket_of[rare]] > 10 * change[bucket_of[common]]
        assert weights[bucket_of[rare]] < weights[bucket_of[common]]


def test_where_content_costs_nothing_all_move_alike() -> None:
    change = adapt(MODEL, [labelled("zorgle of the", label=True)], Penalty(0.1, 0.0)).change
    names = most_seen(Page.from_text("zorgle of the").paragraphs, MODEL.extractor)
    moved = [change[bucket] for bucket, name in names.items() if name in ("word zorgle", "word of", "word the")]
    assert moved == pytest.approx([moved[0]] * 3, rel=1e-2)


def test_digits_are_learnt() -> None:
    missed = [labelled(f"555-0199-{n} 555-0199-{n}", label=True) for n in (71, 72, 73)]
    new = "555-0199-74 555-0199-75"
    assert score(adapt(MODEL, missed).model, new)[0] > score(MODEL, new)[0]


def test_corrections_without_text_move_nothing() -> None:
    adapted = adapt(MODEL, [Labelled("empty", Page.from_text(""), (), "e")])
    assert not adapted.change.any()


def test_a_model_read_for_scoring_is_not_adapted() -> None:
    with pytest.raises(ModelError, match="was read without importance"):
        adapt(Filter().model, MISSED)


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_a_threshold_at_the_end_of_the_scale_is_no_obstacle(threshold: float) -> None:
    ended = replace(MODEL, points={**MODEL.points, "balanced": threshold})
    for label in (True, False):
        change = adapt(ended, [labelled("zorgle cheap zorgle", label=label)]).change
        assert np.isfinite(change).all()


def test_without_corrections_nothing_is_adapted() -> None:
    with pytest.raises(InputError, match="no corrections were given"):
        adapt(MODEL, [])

"""What is served is what was fitted, and fitting is repeatable."""

import warnings
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning

from unstuff import Filter, Page
from unstuff.features import NAMES, ngrams
from unstuff.fit import (
    ContextRows,
    Fitted,
    ParagraphStages,
    Settings,
    context_rows,
    design_matrix,
    fit,
    fit_paragraph_stages,
    fit_upon,
    fit_words,
    mean_of,
    word_rows,
)
from unstuff.fit.paragraph_stages import design_of
from unstuff.fit.rows import concatenate
from unstuff.fit.stages import fit_context, fit_paragraphs
from unstuff.labels import Labelled
from unstuff.model import Model, ParagraphModel, sigmoid
from unstuff.stages import linear, logit

# A few iterations are enough to see which numbers move.
pytestmark = pytest.mark.filterwarnings("ignore:lbfgs failed to converge")
EXTRACTOR = Filter().model.extractor
SETTINGS = Settings(n_folds=2, max_iterations=60)
GOODS = ["鞋", "包", "表", "灯", "车", "酒", "茶", "纸", "cable", "lamp", "watch", "chair", "phone", "coat"]
DEALS = ["批发", "价格", "厂家", "官网", "下载", "cheap", "online", "sale", "price", "best"]
PROSE = (*"今天我们在公园里看到了很多的花。", "the", "cat", "sat", "on", "a", "mat", "and", "then", "it", "gone", ".")


def sentence(rng: np.random.Generator) -> str:
    """A line of prose."""
    return " ".join(rng.choice(PROSE, int(rng.integers(5, 30))))


def keywords(rng: np.random.Generator) -> str:
    """A line of search phrases."""
    n = int(rng.integers(4, 30))
    return str(rng.choice(["|", "_", ","])).join(
        f"{good}{deal}" for good, deal in zip(rng.choice(GOODS, n), rng.choice(DEALS, n), strict=True)
    )


def documents(seed: int, n: int) -> list[Labelled]:
    """Pages of prose, every second one with a line of keywords."""
    rng = np.random.default_rng(seed)
    made = []
    for i in range(n):
        lines = [sentence(rng) for _ in range(int(rng.integers(1, 6)))]
        labels = [False] * len(lines)
        if i % 2:
            at = int(rng.integers(len(lines) + 1))
            lines.insert(at, keywords(rng))
            labels.insert(at, True)
        made.append(Labelled(str(i), Page.from_text("\n".join(lines)), tuple(labels), group=str(i)))
    return made


class Trained(NamedTuple):
    """A fit and the model that serves it."""

    fitted: Fitted
    model: Model


def drawn(seed: int) -> tuple[list[Labelled], NDArray[np.int64]]:
    """A few made-up pages, and the fold of each."""
    made = documents(seed, 240)
    return made, np.arange(len(made)) // 2 % SETTINGS.n_folds


@cache
def stages(seed: int) -> ParagraphStages:
    """Paragraph stages fitted on them."""
    return fit_paragraph_stages(*drawn(seed), EXTRACTOR, SETTINGS)


def train() -> Trained:
    """Fit on a few made-up pages."""
    fitted = fit(*drawn(1), *drawn(1), EXTRACTOR, SETTINGS)
    model = Model("made up", EXTRACTOR, fitted.paragraph, fitted.page.weights, fitted.page.intercept, {})
    return Trained(fitted, model)


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train()


@pytest.fixture(scope="module")
def pages() -> list[Labelled]:
    return documents(2, 3000)


def test_served_raw_scores_are_the_estimators_on_ten_thousand_paragraphs(
    trained: Trained, pages: list[Labelled]
) -> None:
    paragraphs = [paragraph for page in pages for paragraph in page.page.paragraphs]
    assert len(paragraphs) >= 10_000
    features = EXTRACTOR.extract(EXTRACTOR.batch(paragraphs))
    design = design_of(*drawn(1), EXTRACTOR, SETTINGS)
    estimator, _ = fit_paragraphs(design.matrix, design.labels, design.weights, design.scale, SETTINGS)
    expected = estimator.predict_proba(design_matrix(features, design.scale))[:, 1]
    served = sigmoid(trained.model.paragraph.logits(features))
    assert np.abs(served - expected).max() < 1e-6
    assert served.max() > 0.9
    assert served.min() < 0.1


def test_an_ablation_leaves_the_buckets_of_its_family_empty_and_all_others_as_they_are() -> None:
    features = EXTRACTOR.extract(
        EXTRACTOR.batch(Page.from_text("Essen locksmith, Bochum locksmith, Kiel lock").paragraphs)
    )
    whole, edgeless, bare = (
        design_matrix(features, np.ones(len(NAMES)), without).toarray()[0] for without in ("", "edges", "ngrams")
    )
    edges = len(NAMES) + features.grams.edges.astype(int)
    assert whole[edges].all()
    assert not edgeless[edges].any()
    assert not bare[len(NAMES) :].any()
    others = np.setdiff1d(np.arange(len(whole)), edges)
    assert (edgeless[others] == whole[others]).all()


def test_served_scores_are_the_estimators_on_whole_pages(trained: Trained, pages: list[Labelled]) -> None:
    rows: ContextRows = context_rows(pages, EXTRACTOR, trained.fitted.paragraph)
    page = trained.fitted.page
    expected = page.estimator.predict_proba(rows.rows * page.scale)[:, 1]
    served = np.concatenate([trained.model.score([each.page.paragraphs]).scores for each in pages])
    assert np.abs(served - expected).max() < 1e-6


def test_fitting_again_gives_the_same_numbers(trained: Trained) -> None:
    again = train()
    assert (again.fitted.paragraph.gram_weights == trained.fitted.paragraph.gram_weights).all()
    assert (again.fitted.page.weights == trained.fitted.page.weights).all()


def test_the_raw_log_odds_of_a_mean_are_the_mean_of_its_fits(pages: list[Labelled]) -> None:
    fits = [stages(1), stages(2)]
    mean = mean_of(fits)
    features = EXTRACTOR.extract(EXTRACTOR.batch([p for page in pages[:300] for p in page.page.paragraphs]))
    logits = np.array([fit.every.logits(features) for fit in fits])
    assert np.ptp(logits, axis=0).max() > 0.1
    # Weights are stored in half precision.
    assert np.abs(mean.every.logits(features) - logits.mean(axis=0)).max() < 0.01
    without = np.array([fit.without[1].logits(features) for fit in fits])
    assert np.abs(mean.without[1].logits(features) - without.mean(axis=0)).max() < 0.01
    fitted = fit_upon(mean, *drawn(1), EXTRACTOR, SETTINGS)
    assert (fitted.paragraph.gram_weights == mean.every.gram_weights).all()
    assert (fitted.folds[1].paragraph.dense_weights == mean.without[1].dense_weights).all()


def test_many_rows_are_fitted_by_passes_and_score_as_fitted_to_the_tolerance(pages: list[Labelled]) -> None:
    few = replace(SETTINGS, max_iterations=2000, tolerance=1e-6)
    many = replace(SETTINGS, many_rows=1)
    features = EXTRACTOR.extract(EXTRACTOR.batch([p for page in pages[:300] for p in page.page.paragraphs]))
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        descended = fit_paragraph_stages(*drawn(1), EXTRACTOR, many).every.logits(features)
    expected = fit_paragraph_stages(*drawn(1), EXTRACTOR, few).every.logits(features)
    # Dual coordinate descent penalises the intercept a little, too.
    assert np.abs(descended - expected).max() < 0.04 * np.ptp(expected)
    assert np.ptp(expected) > 5


def test_the_mean_of_one_fit_is_that_fit() -> None:
    assert mean_of([stages(1)]) is stages(1)


def test_it_learns_what_it_was_shown(trained: Trained, pages: list[Labelled]) -> None:
    scored = [(trained.model.score([page.page.paragraphs]).scores, page.labels) for page in pages[:200]]
    hits = [score > 0.5 for scores, labels in scored for score, label in zip(scores, labels, strict=True) if label]
    false = [score > 0.5 for scores, labels in scored for score, label in zip(scores, labels, strict=True) if not label]
    assert np.mean(hits) > 0.9
    assert np.mean(false) < 0.02


@pytest.mark.parametrize("without", ["shape", "places", "links"])
def test_a_family_left_out_has_no_weight(without: str) -> None:
    from unstuff.features import FAMILIES

    made = documents(3, 40)
    fold = np.arange(len(made)) // 2 % 2
    settings = Settings(n_folds=2, max_iterations=20, without=without)
    fitted = fit(made, fold, made, fold, EXTRACTOR, settings)
    weights = dict(zip(NAMES, fitted.paragraph.dense_weights.tolist(), strict=True))
    assert not any(weights[name] for name in FAMILIES[without])
    assert fitted.paragraph.gram_weights.any()


def test_the_word_stage_is_the_estimators_log_odds_and_can_be_left_out() -> None:
    rng = np.random.default_rng(4)
    texts = ["".join(rng.choice(GOODS[:8], 24)) for _ in range(40)] + ["".join(rng.choice(DEALS[:5], 24))] * 40
    made = [Labelled(str(i), Page.from_text(text), (i < 40,), group=str(i)) for i, text in enumerate(texts)]
    zero = ParagraphModel(np.zeros(ngrams.N_BUCKETS), np.zeros(len(NAMES)), 0.0)
    rows = word_rows(made, EXTRACTOR, zero, SETTINGS)
    stage = fit_words(rows, SETTINGS)
    assert stage is not None
    assert rows.labels.tolist() == [True] * 40 + [False] * 40
    assert ((stage.logits(rows.words, rows.raw_logits) > 0) == rows.labels).all()
    assert fit_words(rows, replace(SETTINGS, without="words")) is None
    assert fit_words(rows._replace(labels=np.ones(80, bool)), SETTINGS) is None


def test_n_grams_and_context_can_be_left_out() -> None:
    made = documents(3, 40)
    fold = np.arange(len(made)) // 2 % 2
    bare = fit(made, fold, made, fold, EXTRACTOR, Settings(n_folds=2, max_iterations=20, without="ngrams"))
    assert not bare.paragraph.gram_weights.any()
    alone = fit(made, fold, made, fold, EXTRACTOR, Settings(n_folds=2, max_iterations=20, without="context"))
    assert alone.page.weights[0] > 0
    assert not alone.page.weights[1:].any()


def test_the_page_stage_is_moved_to_the_prevalence_and_its_weights_are_those_of_the_fit(trained: Trained) -> None:
    rows = concatenate([fold.rows for fold in trained.fitted.folds])
    settings = replace(SETTINGS, fitted_prevalence=0.15)
    rare, common = (fit_context(rows, replace(settings, prevalence=share)) for share in (0.01, 0.3))
    np.testing.assert_array_equal(rare.weights, common.weights)
    assert common.intercept - rare.intercept == pytest.approx(logit(0.3) - logit(0.01))


def test_the_page_stage_is_fitted_to_its_end(trained: Trained) -> None:
    rows = concatenate([fold.rows for fold in trained.fitted.folds])
    share = 0.15
    stage = fit_context(rows, replace(SETTINGS, prevalence=share, fitted_prevalence=share))
    weights = np.where(rows.labels, share, 1 - share) * rows.weights
    for label in (True, False):
        weights[rows.labels == label] /= rows.weights[rows.labels == label].sum()
    errors = sigmoid(linear(rows.rows, stage.weights, stage.intercept)) - rows.labels
    # Where the loss is least no intercept would make it less: the weighted errors cancel out.
    assert abs((weights * errors).sum()) < 1e-6


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("++++--", [1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / np.sqrt(2), 1 / np.sqrt(2)]),
        ("+++---", [1 / np.sqrt(3)] * 6),
        ("++----", [1 / np.sqrt(2), 1 / np.sqrt(2), 1, 1, 1, 1]),
        ("------", [1] * 6),
    ],
)
def test_content_lines_of_a_run_that_is_injected_count_as_the_root_of_so_many(
    trained: Trained, labels: str, expected: list[float]
) -> None:
    page = Page.from_text("\n".join(GOODS[: len(labels)]))
    document = Labelled("run", page, tuple(label == "+" for label in labels), group="run")
    rows = context_rows([document], EXTRACTOR, trained.fitted.paragraph)
    assert rows.weights == pytest.approx(np.array(expected) * document.weight)

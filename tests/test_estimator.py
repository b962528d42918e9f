"""The classifier is one of scikit-learn's, and serves what it fitted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted, validate_data

from tests.test_fit import keywords, sentence
from unstuff import Filter, InputError, Page, artifact
from unstuff.features import NAMES, Extractor, context, ngrams
from unstuff.fit import KeywordBlockClassifier, design_matrix
from unstuff.model import Model, ParagraphModel

# A few iterations are enough to see which numbers move.
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
LABELS = np.array(["content", "keyword_block"])


class OfNumbers(KeywordBlockClassifier):
    """Reads a row of numbers as a text, so that scikit-learn's checks, which give numbers, have something to check."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> OfNumbers:  # noqa: N803
        super().fit(_texts(validate_data(self, X, ensure_min_samples=2)), y, sample_weight)
        return self

    def decision_function(self, X: Any) -> Any:  # noqa: N803
        check_is_fitted(self)
        return super().decision_function(_texts(validate_data(self, X, reset=False)))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array, tags.input_tags.two_d_array = False, True
        return tags


def _texts(rows: Any) -> list[str]:
    return [" ".join(f"{'abcdefghij'[i % 10]}{round(float(x))}" for i, x in enumerate(row)) for row in rows]


@parametrize_with_checks([OfNumbers(max_iter=20), KeywordBlockClassifier(max_iter=20)])
def test_it_is_an_estimator_as_others_are(estimator: Any, check: Any) -> None:
    check(estimator)


def paragraphs(seed: int, n: int) -> tuple[list[str], NDArray[np.str_]]:
    """Texts, every second one a list of keywords, and their labels."""
    rng = np.random.default_rng(seed)
    return [keywords(rng) if i % 2 else sentence(rng) for i in range(n)], LABELS[np.arange(n) % 2]


def quick(**options: Any) -> KeywordBlockClassifier:
    return KeywordBlockClassifier(**{"max_iter": 15, **options})


@pytest.fixture(scope="module")
def fitted() -> KeywordBlockClassifier:
    return quick(name_ngrams=True).fit(*paragraphs(1, 120))


def test_it_learns_and_keeps_the_labels_it_was_given(fitted: KeywordBlockClassifier) -> None:
    texts, labels = paragraphs(2, 60)
    assert fitted.classes_.tolist() == ["content", "keyword_block"]
    assert fitted.score(texts, labels) > 0.95
    other = quick().fit(texts, np.arange(60) % 2 == 1)
    assert set(other.predict(texts).tolist()) == {False, True}
    assert (other.decision_function(texts) > 0).tolist() == other.predict(texts).tolist()


def test_its_probabilities_are_the_raw_scores_of_serving(fitted: KeywordBlockClassifier) -> None:
    texts, _ = paragraphs(3, 60)
    first = ParagraphModel(fitted.coef_[0, len(NAMES) :], fitted.coef_[0, : len(NAMES)], float(fitted.intercept_[0]))
    tables = Extractor.from_tables(fitted.tables_)
    scorer = Filter(Model("m", tables, first, np.zeros(len(context.NAMES)), 0.0, {"balanced": 0.5}))
    served = [scorer.score_text(text)[0].raw_score for text in texts]
    assert np.abs(fitted.predict_proba(texts)[:, 1] - served).max() < 1e-6
    features = tables.extract(tables.batch([Page.from_text(text).paragraphs[0] for text in texts]))
    of_sklearn = fitted.estimator_.predict_proba(design_matrix(features, fitted.scale_))
    assert np.abs(fitted.predict_proba(texts) - of_sklearn).max() < 1e-6


def test_paragraphs_of_pages_are_read_with_their_links() -> None:
    linked = Page.from_html('<p><a href="http://a.example/">cheap</a> <a href="http://b.example/">lamps</a></p>')
    plain = Page.from_text("cheap lamps")
    own = [linked.paragraphs[0], plain.paragraphs[0]] * 10
    assert quick(C=1000.0).fit(own, [1, 0] * 10).predict(own).tolist() == [1, 0] * 10


def test_weights_are_named_by_what_was_seen_most(fitted: KeywordBlockClassifier) -> None:
    names = fitted.get_feature_names_out()
    assert names.shape == fitted.coef_.shape[1:] == (len(NAMES) + ngrams.N_BUCKETS,)
    assert names[: len(NAMES)].tolist() == list(NAMES)
    weights = dict(zip(names.tolist(), fitted.coef_[0].tolist(), strict=True))
    assert weights["ngram 批发"] > 0.05
    assert weights["word cat"] < -0.05
    assert "word the cat" in weights
    assert quick().fit(*paragraphs(1, 20)).get_feature_names_out()[-1] == f"bucket {ngrams.N_BUCKETS - 1}"


def test_names_are_those_of_the_last_fit() -> None:
    own = quick(name_ngrams=True).fit(*paragraphs(1, 20))
    names = own.set_params(name_ngrams=False).fit(*paragraphs(1, 20)).get_feature_names_out().tolist()
    assert names[len(NAMES) :] == [f"bucket {i}" for i in range(ngrams.N_BUCKETS)]


def test_edges_of_items_are_named() -> None:
    texts = ["Essen movers, Bochum movers, Kiel taxi", "海淀开锁 丰台开锁 通州", "the cat sat", "one more sentence"]
    names = quick(name_ngrams=True).fit(texts, [1, 1, 0, 0]).get_feature_names_out().tolist()
    assert {"begins essen", "begins kiel", "ends movers", "ends taxi", "ends 开锁", "ends 台开锁"} <= {*names}


def test_sample_weights_count(fitted: KeywordBlockClassifier) -> None:
    texts, labels = ["a b c d", "a b c d", "x y z", "x y"] * 5, [0, 1, 0, 1] * 5
    probability = [
        quick().fit(texts, labels, sample_weight=weight).predict_proba(["a b c d"])[0, 1]
        for weight in ([9, 1, 1, 1] * 5, [1, 9, 1, 1] * 5)
    ]
    assert probability[0] < 0.4 < 0.6 < probability[1]
    with pytest.raises(ValueError, match="at least one non-zero number"):
        quick().fit(texts, labels, sample_weight=np.zeros(20))
    for weights in (np.array(labels, float), 1.0 - np.array(labels, float)):
        with pytest.raises(ValueError, match="leaves paragraphs of one class alone"):
            quick().fit(texts, labels, sample_weight=weights)
    with pytest.raises(ValueError, match="numbers below 0"):
        quick().fit(texts, labels, sample_weight=np.linspace(-1, 1, 20))


def test_searches_validation_and_calibration_take_it() -> None:
    texts, labels = paragraphs(4, 60)
    groups = np.arange(60) // 4
    scores = cross_val_score(quick(), texts, labels, groups=groups, cv=GroupKFold(3))
    assert scores.min() > 0.8
    found = GridSearchCV(quick(), {"C": [0.1, 3.0]}, cv=GroupKFold(2)).fit(texts, labels, groups=groups)
    assert found.best_params_["C"] in (0.1, 3.0)
    calibrated = CalibratedClassifierCV(quick(), cv=2).fit(texts, labels)
    assert calibrated.predict_proba(texts).shape == (60, 2)
    pipeline = make_pipeline(FunctionTransformer(_tidied), quick())
    assert clone(pipeline).fit(texts, labels).score(texts, labels) > 0.95


def _tidied(texts: list[str]) -> list[str]:
    return [text.strip() for text in texts]


def test_it_can_be_stored_by_joblib_and_skops(fitted: KeywordBlockClassifier, tmp_path: Path) -> None:
    texts, _ = paragraphs(5, 10)
    joblib.dump(fitted, tmp_path / "model.joblib")
    assert (joblib.load(tmp_path / "model.joblib").predict_proba(texts) == fitted.predict_proba(texts)).all()
    skops = pytest.importorskip("skops.io")
    skops.dump(fitted, tmp_path / "model.skops")
    trusted = ["unstuff.fit.estimator.KeywordBlockClassifier"]
    assert skops.get_untrusted_types(file=tmp_path / "model.skops") == trusted
    loaded = skops.load(tmp_path / "model.skops", trusted=trusted)
    assert (loaded.predict_proba(texts) == fitted.predict_proba(texts)).all()


def test_jobs_and_memory_change_no_number(fitted: KeywordBlockClassifier, tmp_path: Path) -> None:
    texts, labels = paragraphs(1, 120)
    for _ in range(2):
        again = quick(n_jobs=2, memory=str(tmp_path)).fit(texts, labels)
        assert (again.coef_ == fitted.coef_).all()
    assert any(tmp_path.rglob("*.pkl"))
    assert (again.predict_proba(texts) == fitted.predict_proba(texts)).all()
    alone = np.concatenate([fitted.predict_proba([text]) for text in texts[:9]])
    assert (alone == fitted.predict_proba(texts)[:9]).all()


def test_tables_are_those_of_the_model_that_is_named() -> None:
    texts, labels = paragraphs(6, 40)
    named = quick(model=str(artifact.shipped())).fit(texts, labels)
    assert (named.coef_ == quick().fit(texts, labels).coef_).all()


@pytest.mark.parametrize(
    ("texts", "labels", "message"),
    [
        ("one text", [1], "a single paragraph was given"),
        ({"text": ["a", "b"]}, [1], "a dict was given; give the one column of it that holds the paragraphs"),
        (["a", 3], [0, 1], r"X\[1\], 3, is a int; texts .str. and unstuff.Paragraph are expected"),
        (["a", b"b" * 99], [0, 1], r"X\[1\], b'b+\.\.\.b+', is a bytes; .* are expected; decode it"),
        (None, [0, 1], "a NoneType was given; give a list of paragraphs"),
        (np.array([["a"], ["b"]]), [1, 0], r"an array of shape \(2, 1\) was given; give one of one dimension"),
        (["a", "b"], [1, 1], "paragraphs of two labels are needed, of one class alone nothing is learnt; found: 1"),
        (["a", "b", "c"], [1, 2, 3], "Only binary classification is supported. 3 labels found: 1, 2, 3"),
        (["a", "b"], [0, 1, 1], "2 paragraphs and 3 labels were given"),
        (["a", "b"], None, "requires y to be passed"),
    ],
)
def test_what_it_cannot_be_fitted_on_is_named(texts: Any, labels: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        quick().fit(texts, labels)
    with pytest.raises(NotFittedError):
        quick().predict(["a"])


@pytest.mark.parametrize("options", [{"dense_scale": 0}, {"dense_scale": -1}, {"dense_scale": np.nan}, {"model": 1}])
def test_settings_that_cannot_be_used_are_named(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(InputError, match=f"{name} .* is "):
        quick(**options).fit(["a", "b"], [0, 1])

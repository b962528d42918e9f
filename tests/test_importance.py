"""How much content uses each weight, and how a model folder keeps it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from tests.test_fit import documents
from unstuff import Filter
from unstuff.features import ngrams
from unstuff.fit import Plan, Settings, content_importance, train
from unstuff.fit.importance import importance_of
from unstuff.importance import decode, encode
from unstuff.labels import Labelled, text_page

EXTRACTOR = Filter().model.extractor


@given(st.floats(2.0**-40, 1e6))
def test_a_value_is_kept_to_the_nearest_power_of_two(value: float) -> None:
    kept = decode(encode(np.array([value])))[0]
    assert abs(np.log2(kept / value)) <= 0.5 + 1e-9


def test_nothing_is_nothing_and_what_is_too_small_is_the_least() -> None:
    assert decode(encode(np.array([0.0, 1e-300]))).tolist() == [0.0, 2.0**-40]


def test_every_byte_is_a_code() -> None:
    values = decode(np.arange(256, dtype=np.uint8))
    assert np.isfinite(values).all()
    assert (np.diff(values) > 0).all()


def test_importance_is_the_weighted_mean_square_over_content() -> None:
    design = sparse.csr_matrix(np.array([[2.0, 0.0, 1.0], [0.0, 4.0, 1.0], [0.0, 0.0, 8.0]]))
    found = importance_of(design, np.array([False, False, True]), np.array([3.0, 1.0, 9.0]))
    assert decode(found).tolist() == pytest.approx([2 ** round(np.log2(3.0)), 4.0, 1.0])


def test_importance_without_a_fit_is_that_of_the_documents_content() -> None:
    documents = [
        Labelled("a", text_page(["the lamp of the house"]), (False,), "a"),
        Labelled("b", text_page(["zorgle zorgle quix"]), (True,), "b"),
    ]
    importance = content_importance(documents, EXTRACTOR)
    hashes = EXTRACTOR.batch(text_page(["lamp zorgle"]).paragraphs).word_hashes
    lamp, zorgle = ngrams.word_buckets(hashes).tolist()
    assert importance[lamp] > 0 == importance[zorgle]


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_fit_gives_the_importance_of_what_it_was_fitted_on() -> None:
    own = documents(1, 64)
    model = train(own, EXTRACTOR, Plan("own", test_share=0.0), Settings(n_folds=2), lambda _: None).model
    assert model.importance is not None
    assert model.importance.any()
    assert (model.importance == content_importance(own, EXTRACTOR)).all()

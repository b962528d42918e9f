"""The transformer in scikit-learn's pipelines."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline

from tests.integrations import need
from unstuff import Filter, InputError
from unstuff.integrations.sklearn import NAMES, KeywordBlockFeatures


def test_features_are_figures_of_the_verdicts(scorer: Filter, town_news: str) -> None:
    row = KeywordBlockFeatures().fit_transform([town_news])[0]
    verdicts = scorer.score_text(town_news)
    scores = [each.score for each in verdicts]
    assert row[:2].tolist() == [len(verdicts), 1]
    assert 0 < row[2] < 1
    assert row[3:].tolist() == [max(scores), sum(scores) / len(scores)]


def test_documents_that_cannot_be_scored_are_nan(town_news: str) -> None:
    rows = KeywordBlockFeatures().fit_transform([None, "", town_news, 3])
    assert np.isnan(rows).all(axis=1).tolist() == [True, False, False, True]
    assert rows[1].tolist() == [0, 0, 0, 0, 0]


def test_a_pipeline_learns_from_them(town_news: str) -> None:
    texts = [town_news, "fine", None] * 20
    labels = [1, 0, 0] * 20
    model = make_pipeline(KeywordBlockFeatures(), HistGradientBoostingClassifier(min_samples_leaf=1))
    assert clone(model).fit(texts, labels).predict([town_news, "quiet"]).tolist() == [1, 0]


def test_pandas_output_keeps_the_index(town_news: str) -> None:
    need("pandas")
    import pandas as pd

    series = pd.Series([town_news, "fine"], index=["a", "b"])
    frame = KeywordBlockFeatures().set_output(transform="pandas").fit_transform(series)
    assert list(frame.columns) == list(NAMES)
    assert list(frame.index) == ["a", "b"]
    columns = make_column_transformer((KeywordBlockFeatures(), "text")).set_output(transform="pandas")
    combined = columns.fit_transform(pd.DataFrame({"text": series, "n": [1, 2]}))
    assert combined["keywordblockfeatures__n_flagged"].tolist() == [1, 0]
    assert KeywordBlockFeatures().fit_transform(series.to_frame()).shape == (2, len(NAMES))


def test_it_is_an_estimator_as_others_are() -> None:
    features = KeywordBlockFeatures(point="precise")
    assert clone(features).get_params() == features.get_params()
    with pytest.raises(NotFittedError):
        features.transform(["a"])
    with pytest.raises(InputError, match="a single text was given"):
        features.fit().transform("a")
    with pytest.raises(InputError, match="a dict was given; give the one column of it that holds the texts"):
        features.transform({"text": ["a"]})
    with pytest.raises(InputError, match="2 columns were given"):
        features.transform(np.array([["a", "b"]]))
    with pytest.raises(InputError, match="2 columns were given"):
        features.transform(csr_matrix(np.eye(2)))
    with pytest.raises(InputError, match="give a list of texts"):
        features.transform(np.array("a"))
    assert features.transform([]).shape == (0, len(NAMES))


def test_columns_of_arrow_are_read(town_news: str) -> None:
    need("pyarrow")
    import pyarrow as pa

    rows = KeywordBlockFeatures().fit_transform([town_news, None])
    for column in (pa.array([town_news, None]), pa.chunked_array([[town_news], [None]])):
        assert np.array_equal(KeywordBlockFeatures().fit_transform(column), rows, equal_nan=True)
        assert len(list(Filter().score_texts(column[:1]))) == 1
    with pytest.raises(InputError, match="a Table was given; give the one column of it"):
        list(Filter().score_texts(pa.table({"text": ["a"]})))


@pytest.mark.parametrize("texts", [[b"fine", None], [3], [["fine"]], iter([{"text": "fine"}])])
def test_it_is_said_why_no_text_could_be_scored(texts: Any) -> None:
    with pytest.warns(UserWarning, match="could be scored: one is .*, expected a string; give a list of str"):
        assert np.isnan(KeywordBlockFeatures().fit_transform(texts)).all()


@pytest.mark.parametrize("texts", [None, 5, np.array([[["a"]]]), "a"])
def test_what_is_no_column_of_texts_is_refused(texts: Any) -> None:
    with pytest.raises(InputError, match="was given; give"):
        KeywordBlockFeatures().fit().transform(texts)

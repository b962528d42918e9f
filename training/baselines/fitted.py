"""Classifiers of text alone, fitted on the rows that unstuff's first stage is fitted on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.baselines.method import Method, require, texts
from unstuff.fit import Rows
from unstuff.labels import Labelled

# Swept on development folds 0 and 1, fitted without them (45 paragraphs of blocks, 35,298 clean ones, 2026-11): recall
# at 0.05 % and at 0.2 % of clean paragraphs flagged. fastText with 4-grams, 15 epochs and rate 0.1: 0.80 and 0.84; with
# 3-grams, 5 epochs or rate 0.5: 0.73 to 0.82 and 0.82 to 0.84 (0.82 with rate 0.5, which ends in NaN without one of the
# folds). Logistic regression with C 1, 10, 100, 1,000: 0.71, 0.73, 0.76, 0.73 and 0.76, 0.76, 0.78, 0.82; with C 10 and
# tol 1e-3, which ends after 16 steps: 0.42 and 0.47.
FASTTEXT = {"wordNgrams": 4, "epoch": 15, "lr": 0.1, "dim": 16, "bucket": 1 << 20}
LOGISTIC = {"C": 100.0, "tol": 1e-5, "max_iter": 500}

FOUND = "__label__keyword_block"
OTHER = "__label__content"


def tokens(text: str) -> str:
    """A text as fastText reads it: lower-case characters set apart by spaces, blanks as underscores."""
    return " ".join("_" if char.isspace() else char for char in text.lower())


def fasttext_lines(rows: Rows) -> Iterator[str]:
    """Lines of a fastText training file; fastText has no weights, so that a row is repeated instead."""
    for paragraph, label, weight in zip(rows.paragraphs, rows.labels.tolist(), rows.weights.tolist(), strict=True):
        line = f"{FOUND if label else OTHER} {tokens(paragraph.text)}\n"
        yield from [line] * max(1, round(weight))


def shuffled(lines: Iterable[str]) -> list[str]:
    """Lines in a random, fixed order, for fastText steps through a file as it is.

    In the order of our rows (real ones first) recall at 0.05 % of development fold 0 was 0.37 at most.
    """
    kept = list(lines)
    return [kept[i] for i in np.random.default_rng(0).permutation(len(kept)).tolist()]


def train_fasttext(rows: Rows) -> Any:
    """Train fastText on 1- to 4-grams of characters, as unstuff's n-grams; one thread, for the same numbers each time.

    Texts must come to the model as :func:`tokens` writes them.
    """
    require("fasttext", "fasttext-numpy2")
    import fasttext

    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.txt"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(shuffled(fasttext_lines(rows)))
        return fasttext.train_supervised(str(path), minCount=1, thread=1, seed=1, verbose=0, **FASTTEXT)


def fit_fasttext(rows: Rows) -> Method:
    """Fit fastText on the rows."""
    model = train_fasttext(rows)

    def score(documents: Sequence[Labelled]) -> NDArray[np.float64]:
        labels, shares = model.predict([tokens(text) for text in texts(documents)], k=2)
        pairs = (dict(zip(own, share, strict=True)) for own, share in zip(labels, shares, strict=True))
        return np.array([float(pair.get(FOUND, 0.0)) for pair in pairs], np.float64)

    return Method("fastText, characters", 0.5, score)


def train_tfidf(rows: Rows) -> Any:
    """Fit logistic regression on TF-IDF of hashed 1- to 4-grams of characters, with the rows' weights."""
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    # Hashed, because a vocabulary of the 1- to 4-grams of 25 languages takes gigabytes.
    grams = HashingVectorizer(
        analyzer="char", ngram_range=(1, 4), n_features=1 << 20, alternate_sign=False, norm=None, dtype=np.float32
    )
    estimator = LogisticRegression(**LOGISTIC)
    model = make_pipeline(grams, TfidfTransformer(sublinear_tf=True), estimator)
    model.fit(
        [paragraph.text for paragraph in rows.paragraphs], rows.labels, logisticregression__sample_weight=rows.weights
    )
    return model


def fit_tfidf(rows: Rows) -> Method:
    """Fit TF-IDF and logistic regression on the rows."""
    model = train_tfidf(rows)
    return Method(
        "TF-IDF and logistic regression", 0.5, lambda documents: model.predict_proba(list(texts(documents)))[:, 1]
    )

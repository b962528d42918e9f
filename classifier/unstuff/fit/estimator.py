"""The first stage as a scikit-learn classifier over paragraphs."""

from __future__ import annotations

import os
import reprlib
from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any

import numpy as np
from joblib import Memory, Parallel, delayed
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, check_memory, column_or_1d
from threadpoolctl import threadpool_limits

from unstuff import artifact
from unstuff.errors import InputError
from unstuff.features import NAMES, Extractor, ngrams
from unstuff.filter import refuse_table, several
from unstuff.fit.design import design_of, gram_matrix, scale_of
from unstuff.fit.naming import most_seen
from unstuff.fit.rows import BATCH_CHARS
from unstuff.fit.settings import Settings
from unstuff.fit.stages import fit_paragraphs, passes_end_a_fit
from unstuff.model import ParagraphModel, batches, sigmoid
from unstuff.page import LINE_BREAK, Paragraph

_DEFAULT = Settings()


class KeywordBlockClassifier(ClassifierMixin, BaseEstimator):
    """A logistic regression over what unstuff sees of a paragraph: n-grams, words, edges, form, place names, links.

    It is the first stage of a model, what verdicts call ``raw_score``: a paragraph alone. It is not a model: it knows
    no page around the paragraph, no word segmentation, no calibration for a prevalence and no operating points;
    ``unstuff train`` fits those. Its probabilities are a logistic regression's for the share of blocks that it was
    fitted with; wrap it in ``CalibratedClassifierCV`` for others.

    Parameters
    ----------
    C
        Inverse strength of the L2 penalty.
    dense_scale
        Standard deviation that features of form are brought to; rows of n-grams have norm 2.
    tol, max_iter
        When L-BFGS stops.
    model
        Model folder whose tables (normalisation, place names, function words) are used; None for the shipped model's.
    name_ngrams
        Keep for each bucket the n-gram, word or edge seen most in ``fit``, for ``get_feature_names_out``.
    memory
        Folder or ``joblib.Memory`` that the features of the paragraphs fitted on are cached in.
    n_jobs
        Batches of paragraphs whose features are computed side by side; None is 1 unless in a ``parallel_config``.

    Attributes
    ----------
    classes_
        The two labels, sorted; the second is the one whose probability the log-odds are of ("keyword_block" comes after
        "content", True after False).
    coef_, intercept_
        Weights (1, n) of the features as serving computes them, in the order of ``get_feature_names_out``, and (1,).
    estimator_, scale_
        The ``LogisticRegression`` behind them, and what its dense columns are multiplied by.
    tables_
        The tables, as arrays.

    X is a list or array of ``str``, or a list of ``unstuff.Paragraph`` (with links, markup and hidden text); a string
    is one paragraph, line breaks in it are spaces. There are no columns, hence no ``n_features_in_`` and no
    ``feature_names_in_``. ``check_estimator`` gives numbers, which no text is: its checks pass where rows of numbers
    are written as texts first.
    """

    def __init__(
        self,
        *,
        C: float = _DEFAULT.c_paragraph,  # noqa: N803
        dense_scale: float = _DEFAULT.dense_scale,
        tol: float = _DEFAULT.tolerance,
        max_iter: int = _DEFAULT.max_iterations,
        model: str | None = None,
        name_ngrams: bool = False,
        memory: str | Memory | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.C = C
        self.dense_scale = dense_scale
        self.tol = tol
        self.max_iter = max_iter
        self.model = model
        self.name_ngrams = name_ngrams
        self.memory = memory
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: ArrayLike, sample_weight: ArrayLike | None = None) -> KeywordBlockClassifier:  # noqa: N803
        """Fit on paragraphs (n,) and their labels (n,), of which there must be two.

        ``sample_weight`` (n,): a paragraph of weight 2 counts as one given twice, of weight 0 as one left out.

        Raises :class:`InputError` for other numbers of labels and for what is no paragraph.
        """
        paragraphs = _paragraphs(X)
        labels = self._labels(y, len(paragraphs))
        weights = _check_sample_weight(sample_weight, np.zeros((len(paragraphs), 1)), dtype=np.float64)
        if not weights.any():
            raise InputError("sample_weight must contain at least one non-zero number")
        if (weights < 0).any():
            raise InputError("sample_weight holds numbers below 0; a paragraph counts as so many, 0 leaves it out")
        if len(np.unique(labels[weights > 0])) < 2:
            raise InputError("sample_weight leaves paragraphs of one class alone: those of weight 0 are left out")
        _check_settings(self.dense_scale, self.model)
        folder = artifact.shipped() if self.model is None else self.model
        self.tables_ = artifact.read_tables(folder)
        self._extractor = Extractor.from_tables(self.tables_)
        # The tables are told by their checksum: hashing them would take longer than the features of a few paragraphs.
        cached = check_memory(self.memory).cache(_features, ignore=["extractor", "n_jobs"])
        dense, grams = cached(paragraphs, artifact.checksum(folder, "tables.npz"), self._extractor, self.n_jobs)
        settings = Settings(
            c_paragraph=self.C, dense_scale=self.dense_scale, tolerance=self.tol, max_iterations=self.max_iter
        )
        self.scale_ = scale_of(dense, settings, weights)
        with threadpool_limits(limits=1), passes_end_a_fit():  # sums in another order would end in other numbers
            # In float32 a row of weight two and a row given twice end in weights that differ from the fourth digit on.
            design = design_of(dense, grams, self.scale_).astype(np.float64)
            self.estimator_, first = fit_paragraphs(design, labels, weights, self.scale_, settings)
        self.coef_ = np.concatenate((first.dense_weights, first.gram_weights))[None, :]
        self.intercept_ = np.array([first.intercept])
        self.n_iter_ = self.estimator_.n_iter_
        self.ngram_names_ = most_seen(paragraphs, self._extractor) if self.name_ngrams else {}
        return self

    def _labels(self, y: ArrayLike, n: int) -> NDArray[np.bool_]:
        """Which rows have the second label; sets ``classes_``."""
        if y is None:
            raise InputError("requires y to be passed, but the target y is None")
        labels = column_or_1d(y, warn=True)
        check_classification_targets(labels)
        if len(labels) != n:
            raise InputError(f"{n} paragraphs and {len(labels)} labels were given; give one label a paragraph")
        self.classes_, codes = np.unique(labels, return_inverse=True)
        if len(self.classes_) == 2:
            return np.asarray(codes == 1)
        found = ", ".join(map(repr, self.classes_[:5].tolist()))
        if len(self.classes_) > 2:
            raise InputError(f"Only binary classification is supported. {len(self.classes_)} labels found: {found}")
        raise InputError(f"paragraphs of two labels are needed, of one class alone nothing is learnt; found: {found}")

    def decision_function(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        """Log-odds (n,) of the second label, as serving computes them: a row's do not depend on the others."""
        check_is_fitted(self)
        first = ParagraphModel(self.coef_[0, len(NAMES) :], self.coef_[0, : len(NAMES)], float(self.intercept_[0]))

        def logits(batch: Sequence[Paragraph]) -> NDArray[np.float64]:
            return first.logits(self._extractor.extract(self._extractor.batch(batch)))

        found = Parallel(n_jobs=self.n_jobs, prefer="threads")(map(delayed(logits), _batches(_paragraphs(X))))
        return np.concatenate([np.empty(0), *found])

    def predict_proba(self, X: Any) -> NDArray[np.float64]:  # noqa: N803
        """Probabilities (n, 2) of both labels, each paragraph alone."""
        found = sigmoid(self.decision_function(X))
        return np.column_stack((1.0 - found, found))

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """Labels (n,) with the higher probability."""
        found = self.decision_function(X)
        return np.asarray(self.classes_[(found > 0).astype(int)])

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Names of the columns of ``coef_``: features of form, then buckets of n-grams, words and edges.

        With ``name_ngrams`` a bucket is called by what was seen most in it ("ngram 房产", "word cheap", "ends 开锁").
        Buckets where none was seen, and all without it, have a number ("bucket 17").
        """
        check_is_fitted(self)
        buckets = (self.ngram_names_.get(i, f"bucket {i}") for i in range(ngrams.N_BUCKETS))
        return np.array([*NAMES, *buckets], object)

    def __getstate__(self) -> dict[str, Any]:
        state: dict[str, Any] = super().__getstate__()
        return {key: value for key, value in state.items() if key != "_extractor"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if hasattr(self, "tables_"):
            self._extractor = Extractor.from_tables(self.tables_)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_class = False
        return tags


def _check_settings(dense_scale: Any, model: Any) -> None:
    if not isinstance(dense_scale, Real) or not 0 < dense_scale < np.inf:  # type: ignore[operator]
        raise InputError(f"dense_scale {dense_scale!r} is no number above 0")
    if not isinstance(model, str | os.PathLike | None):
        raise InputError(f"model {model!r} is {type(model).__name__}, expected the path of a model folder")
    if model == "":  # a path would take it for the working folder
        raise InputError("model '' is empty, expected the path of a model folder")


def _paragraphs(X: Any) -> list[Paragraph]:  # noqa: N803
    if isinstance(X, str | bytes | Paragraph):
        raise InputError("a single paragraph was given; give a list of paragraphs")
    refuse_table(X, "paragraph")
    if len(shape := getattr(X, "shape", ())) > 1:
        raise InputError(f"an array of shape {shape} was given; give one of one dimension, such as X[:, 0]")
    return [_paragraph(number, item) for number, item in enumerate(several(X, "paragraph"))]


def _paragraph(number: int, item: object) -> Paragraph:
    if isinstance(item, Paragraph):
        return item
    if not isinstance(item, str):
        advice = "; decode it" if isinstance(item, bytes) else ""
        raise InputError(
            f"X[{number}], {reprlib.repr(item)}, is a {type(item).__name__}; texts (str) and unstuff.Paragraph are"
            f" expected{advice}"
        )
    text = LINE_BREAK.sub(" ", item).strip()
    return Paragraph(text, 0, len(text))


def _batches(paragraphs: Iterable[Paragraph]) -> Iterable[list[Paragraph]]:
    return batches(paragraphs, lambda paragraph: len(paragraph.text), BATCH_CHARS >> 2)


def _features(
    paragraphs: list[Paragraph], tables: str, extractor: Extractor, n_jobs: int | None
) -> tuple[NDArray[np.float32], sparse.csr_matrix]:
    """Dense features, and buckets of n-grams, words and edges; ``tables`` is the checksum of the extractor's."""

    def of_batch(batch: Sequence[Paragraph]) -> tuple[NDArray[np.float32], sparse.csr_matrix]:
        features = extractor.extract(extractor.batch(batch))
        return features.dense, gram_matrix(features.grams)

    if not paragraphs:
        raise InputError("no paragraphs were given; a fit needs some of both labels")
    parts = Parallel(n_jobs=n_jobs, prefer="threads")(map(delayed(of_batch), _batches(paragraphs)))
    dense, grams = zip(*parts, strict=True)
    return np.concatenate(dense), sparse.vstack(grams, format="csr")

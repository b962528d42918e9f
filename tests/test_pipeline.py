"""How a release is fitted: the mean of its draws, and the rows that its operating points rest on."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from tests.test_fit import EXTRACTOR, SETTINGS, drawn
from training import kept_fits, pipeline
from training.assemble import Material
from training.evaluate import ablation
from training.vocabulary import Places, Vocabulary
from unstuff import Filter
from unstuff.evaluation import Scored
from unstuff.features import context
from unstuff.fit import fit, fit_paragraph_stages, fit_upon, mean_of

NO_WORDS = Vocabulary((), (), (), (), {}, Places((), (), (), {}, {}, (), (), {}))
PREPARED = pipeline.Prepared([], [], np.zeros(0, np.int64), NO_WORDS, {}, EXTRACTOR)

pytestmark = pytest.mark.filterwarnings("ignore:lbfgs failed to converge")


def test_a_release_is_the_mean_of_its_draws_with_a_page_stage_of_all_their_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draws = {seed: Material(*drawn(seed), *drawn(seed + 10), [], np.zeros(0, np.int64)) for seed in (1, 2)}
    monkeypatch.setattr(pipeline, "material", lambda prepared, sizes, seed: draws[seed])
    fitted, made = pipeline.fit_release(PREPARED, SETTINGS, 1, seeds=(1, 2))
    assert made is draws[1]
    first = fit_paragraph_stages(*drawn(1), EXTRACTOR, SETTINGS)
    mean = mean_of([first, fit_paragraph_stages(*drawn(2), EXTRACTOR, SETTINGS)])
    assert (fitted.paragraph.gram_weights == mean.every.gram_weights).all()
    (pages, fold), (others, other_fold) = drawn(11), drawn(12)
    upon = fit_upon(mean, [*pages, *others], np.concatenate((fold, other_fold)), EXTRACTOR, SETTINGS)
    assert (fitted.page.weights == upon.page.weights).all()


def test_a_page_stage_fitted_upon_kept_paragraph_stages_is_that_of_a_whole_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = {seed: Material(*drawn(seed), *drawn(seed + 10), [], np.zeros(0, np.int64)) for seed in (1, 2)}
    monkeypatch.setattr(pipeline, "material", lambda prepared, sizes, seed: draws[seed])
    whole, _ = pipeline.fit_release(PREPARED, SETTINGS, 1, seeds=(1, 2))
    kept_fits.keep(tmp_path / "release.fits", whole)
    monkeypatch.setattr(pipeline, "fit_first", lambda *given: pytest.fail("fitted anew"))
    first = kept_fits.stages(tmp_path / "release.fits")
    again, made = pipeline.fit_release(PREPARED, SETTINGS, 1, seeds=(1, 2), first=first)
    assert made is draws[1]
    for ours, theirs in ((again.page, whole.page), *zip(again.fold_pages, whole.fold_pages, strict=True)):
        assert (ours.weights == theirs.weights).all()
        assert ours.intercept == theirs.intercept
    assert (again.paragraph.gram_weights == whole.paragraph.gram_weights).all()


def test_a_page_stage_is_fitted_anew_without_a_feature_and_the_fit_is_left_as_it_was() -> None:
    fitted = fit(*drawn(1), *drawn(1), EXTRACTOR, SETTINGS)
    column = context.NAMES.index("near_end")
    rows = [fold.rows.rows.copy() for fold in fitted.folds]
    without = ablation.refitted(fitted, column, SETTINGS)
    assert fitted.page.weights[column] != 0.0
    assert not any(page.weights[column] for page in (without.page, *without.fold_pages))
    assert (np.delete(without.page.weights, column) != np.delete(fitted.page.weights, column)).any()
    assert all((fold.rows.rows == before).all() for fold, before in zip(fitted.folds, rows, strict=True))


def test_kept_fits_are_read_for_their_model_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = fit(*drawn(1), *drawn(1), EXTRACTOR, SETTINGS)
    options = argparse.Namespace(fits=tmp_path / "release.fits", jobs=1)
    kept_fits.keep(options.fits, fitted)
    monkeypatch.setattr(pipeline, "fit_release", lambda *given: pytest.fail("fitted anew"))
    own = pipeline.model_of(fitted, EXTRACTOR, "own", {})
    read = kept_fits.fits_of(options, PREPARED, own)
    assert [fold.paragraph.intercept for fold in read.folds] == [fold.paragraph.intercept for fold in fitted.folds]
    with pytest.raises(SystemExit, match=r"release.fits: fits of another model than web-"):
        kept_fits.fits_of(options, PREPARED, Filter().model)
    weights = own.context_weights
    page_stages = ({"context_weights": weights[::-1]}, {"context_weights": weights[1:]}, {"context_intercept": 9.0})
    for page_stage in page_stages:
        with pytest.raises(SystemExit, match="fits of another model than own"):
            kept_fits.fits_of(options, PREPARED, replace(own, **page_stage))


def test_points_rest_on_content_of_clean_pages_and_of_pages_labelled_whole() -> None:
    kinds = np.array(["paragraph", "comment", "html_page", "page", "page", "positive", "site_nav"], object)
    labels = np.array([False, False, False, False, True, True, False])
    score, blank = np.zeros(len(kinds)), np.full(len(kinds), "", object)
    scored = Scored(score, labels, blank, blank, kinds, blank, blank)
    result = pipeline.Result(scored, score, score.astype(int), np.arange(len(kinds)), np.zeros((len(kinds), 2), int))
    assert pipeline.clean_rows(result).tolist() == [True, True, True, True, False, False, False]
    assert pipeline.hard_negative_rows(result).tolist() == [False] * 6 + [True]

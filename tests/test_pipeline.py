"""How a release is fitted: the mean of its draws, and the rows that its operating points rest on."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from tests.test_fit import EXTRACTOR, SETTINGS, drawn
from training import pipeline
from training.assemble import Material
from training.vocabulary import Places, Vocabulary
from unstuff.evaluation import Scored
from unstuff.fit import fit_paragraph_stages, fit_upon, mean_of

pytestmark = pytest.mark.filterwarnings("ignore:lbfgs failed to converge")


def test_a_release_is_the_mean_of_its_draws_with_later_stages_of_the_first() -> None:
    words = Vocabulary((), (), (), (), {}, Places((), (), (), {}, {}, (), (), {}))
    prepared = pipeline.Prepared([], [], np.zeros(0, np.int64), words, {}, EXTRACTOR)
    draws = [Material(*drawn(seed), *drawn(seed + 10), [], np.zeros(0, np.int64)) for seed in (1, 2)]
    fitted = pipeline.fit_release(prepared, iter(draws), SETTINGS, 1)
    first = fit_paragraph_stages(*drawn(1), EXTRACTOR, SETTINGS)
    mean = mean_of([first, fit_paragraph_stages(*drawn(2), EXTRACTOR, SETTINGS)])
    assert (fitted.paragraph.gram_weights == mean.every.gram_weights).all()
    assert (fitted.page.weights == fit_upon(mean, *drawn(11), EXTRACTOR, SETTINGS).page.weights).all()


def test_points_rest_on_content_of_clean_pages_and_of_pages_labelled_whole() -> None:
    kinds = np.array(["paragraph", "comment", "html_page", "page", "page", "positive", "site_nav"], object)
    labels = np.array([False, False, False, False, True, True, False])
    score, blank = np.zeros(len(kinds)), np.full(len(kinds), "", object)
    scored = Scored(score, labels, blank, blank, kinds, blank, blank)
    result = pipeline.Result(scored, score, score.astype(int), np.arange(len(kinds)), np.zeros((len(kinds), 2), int))
    assert pipeline.clean_rows(result).tolist() == [True, True, True, True, False, False, False]
    assert pipeline.hard_negative_rows(result).tolist() == [False] * 6 + [True]

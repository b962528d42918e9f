"""Labelled documents -> a model of their own: divided by group, fitted, points chosen, measured on what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from unstuff import measure
from unstuff.evaluation import Share, Threshold
from unstuff.features import Extractor
from unstuff.filter import DEFAULT_POINT, Filter
from unstuff.fit.fitting import Fitted, fit, model_of, out_of_fold
from unstuff.fit.folder import config_of
from unstuff.fit.groups import folds, kept_groups
from unstuff.fit.paragraph_stages import Say
from unstuff.fit.points import choose_points, distinct_rows
from unstuff.fit.settings import Settings
from unstuff.fit.usable import check_conflicts, check_groups, check_rows
from unstuff.labels import Labelled
from unstuff.measure import Measured, Mistake, Result
from unstuff.model import Model

N_HIGHEST = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How documents are divided, and what the model is called."""

    name: str
    test_share: float = 0.2
    seed: int = 0
    n_jobs: int = 1


class Trained(NamedTuple):
    """A model of its own, and how well it does on groups that it was not fitted on."""

    model: Model
    measured: Measured
    is_test: bool  # measured on the test part; else out of fold
    highest: list[Mistake]  # content with the highest scores out of fold, which the operating points rest on
    recall: dict[str, Share]  # of blocks out of fold, at each operating point
    fitted_on: Sequence[Labelled]


def train(documents: Sequence[Labelled], extractor: Extractor, plan: Plan, settings: Settings, say: Say) -> Trained:
    """Fit both stages and the word stage, choose operating points out of fold, measure on the groups left out.

    Raises :class:`InputError` for documents that cannot be fitted on.
    """
    check_rows(documents)
    check_conflicts(documents)
    check_groups(documents, settings.n_folds, plan.test_share)
    test = kept_groups(documents, plan.test_share, plan.seed) if plan.test_share else set()
    dev = [document for document in documents if document.group not in test]
    check_groups(dev, settings.n_folds, plan.test_share)
    check_rows(dev, plan.test_share)
    fold = folds(dev, settings.n_folds, seed=plan.seed)
    fitted = fit(dev, fold, dev, fold, extractor, settings, plan.n_jobs, say=say)
    say("scores out of fold")
    result = out_of_fold(fitted, extractor, dev, fold)
    points = choose_points(_content(result, dev).scored)
    model = _with_config(fitted, extractor, plan, settings, points, dev)
    at = {name: measure.at_threshold(dev, result, threshold) for name, threshold in model.points.items()}
    own = at[DEFAULT_POINT]
    recall = {name: measure.block_recall(each).all for name, each in at.items()}
    trained = Trained(model, own, False, measure.worst_content(own, N_HIGHEST), recall, dev)
    if not test:
        return trained
    say("scores of the test part")
    kept = [document for document in documents if document.group in test]
    return trained._replace(measured=measure.measure(Filter(model), kept), is_test=True)


def _content(result: Result, documents: Sequence[Labelled]) -> Result:
    """Content rows, each text once a group."""
    rows = distinct_rows(result, documents)
    return result.take(rows[~result.scored.label[rows]])


def _with_config(
    fitted: Fitted,
    extractor: Extractor,
    plan: Plan,
    settings: Settings,
    points: dict[str, Threshold],
    documents: Sequence[Labelled],
) -> Model:
    config = config_of(plan.name, settings, points, plan.seed, fitted.paragraph.words)
    config["fitted_on"] = counts(documents)
    return replace(model_of(fitted, extractor, plan.name, config["points"]), config=config)


def counts(documents: Sequence[Labelled]) -> dict[str, Any]:
    """How much labelled text there is."""
    return {
        "documents": len(documents),
        "groups": len({document.group for document in documents}),
        "paragraphs": sum(len(document.labels) for document in documents),
        "keyword_block_paragraphs": sum(sum(document.labels) for document in documents),
    }

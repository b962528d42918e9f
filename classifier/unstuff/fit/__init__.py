"""Fitting: labelled documents -> a model's numbers, with scikit-learn (imported here and in one integration).

Two logistic regressions: one over single paragraphs and merged runs, one over paragraphs on their pages, whose raw
log-odds come from folds that were not fitted on them; between them a word stage. ``paragraph_stages`` runs the first,
``fitting`` them all; ``points`` and ``groups`` divide and judge, ``folder`` writes.
"""

from unstuff.fit.adaptation import Adapted, Penalty, adapt
from unstuff.fit.design import design_matrix
from unstuff.fit.estimator import KeywordBlockClassifier
from unstuff.fit.fitting import Fitted, Fold, fit, fit_upon, fold_model, model_of, out_of_fold
from unstuff.fit.folder import check_target, complete_folder, config_of
from unstuff.fit.groups import folds, test_groups
from unstuff.fit.importance import content_importance
from unstuff.fit.paragraph_stages import ParagraphStages, fit_paragraph_stages, mean_of
from unstuff.fit.points import choose_points, distinct_rows
from unstuff.fit.rows import ContextRows, Rows, WordRows, context_rows, paragraph_rows, word_rows
from unstuff.fit.settings import Settings
from unstuff.fit.stages import PageStage, fit_words
from unstuff.fit.training import Plan, Trained, counts, train
from unstuff.fit.usable import check_conflicts, n_shared

__all__ = [
    "Adapted",
    "ContextRows",
    "Fitted",
    "Fold",
    "KeywordBlockClassifier",
    "PageStage",
    "ParagraphStages",
    "Penalty",
    "Plan",
    "Rows",
    "Settings",
    "Trained",
    "WordRows",
    "adapt",
    "check_conflicts",
    "check_target",
    "choose_points",
    "complete_folder",
    "config_of",
    "content_importance",
    "context_rows",
    "counts",
    "design_matrix",
    "distinct_rows",
    "fit",
    "fit_paragraph_stages",
    "fit_upon",
    "fit_words",
    "fold_model",
    "folds",
    "mean_of",
    "model_of",
    "n_shared",
    "out_of_fold",
    "paragraph_rows",
    "test_groups",
    "train",
    "word_rows",
]

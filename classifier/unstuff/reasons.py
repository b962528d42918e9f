"""Why a paragraph got its score: terms of the log-odds, grouped under names that people understand.

The weights of a paragraph's reasons and the model's base sum to the log-odds of its score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unstuff.features import FAMILIES, context, links, phrases, places, shape, words
from unstuff.features.batch import Batch
from unstuff.model import Model, PageReading, Scored

_HIDDEN = frozenset(name for name in links.NAMES if name.startswith("hidden"))
_ROUNDING = 1e-6  # sums in another order
_KIND = frozenset({"is_title", "is_meta"})
_FAR_LOGIT = 4.0  # of ``page_logit``: together below log-odds of -6
_MOSTLY_FOREIGN = 0.5  # of ``foreign_vocabulary``: the square of seven tenths, which a block of no words does not reach


@dataclass(frozen=True, slots=True)
class Reason:
    """One term of a score: its name, its weight in log-odds, and the evidence in words."""

    name: str
    weight: float
    detail: str


def _reason_of(family: str, name: str) -> str:
    if family == "links":
        return "hidden_text" if name in _HIDDEN else "page_part" if name in _KIND else "links"
    return {"shape": "list_form", "places": "place_names"}[family]


_REASON_NAMES = [_reason_of(family, name) for family, names in FAMILIES.items() for name in names]
_DENSE_REASONS = tuple(dict.fromkeys(_REASON_NAMES))
# The dense features that count to each of them.
_FEATURES_OF = [np.flatnonzero([own == name for own in _REASON_NAMES]) for name in _DENSE_REASONS]
NAMES = (*_DENSE_REASONS, "typical_phrases", "words", "page")
_UNIT = context.NAMES.index("unit_logit")
_OF_PAGE = np.delete(np.arange(len(context.NAMES)), _UNIT)
_TOLD_OF_PAGE = ("alone", "near_end", "foreign_vocabulary", "page_logit", "run_length", "in_part")

Describe = Callable[[Batch], list[str]]


class Explainer:
    """Reasons of the paragraphs of one scored batch, worked out for many paragraphs at once."""

    def __init__(self, model: Model, scored: Scored) -> None:
        self._model = model
        self._scored = scored

    def reasons(self, rows: NDArray[np.int64]) -> list[tuple[Reason, ...]]:
        """Reasons of each paragraph, largest first; a negative weight speaks for content."""
        if not len(rows):
            return []
        weights = self.terms(rows)[:, 1:].round(4)
        details = self._details(rows, weights != 0.0)
        ranked = np.argsort(-weights, axis=1, kind="stable").tolist()
        return [
            tuple([Reason(NAMES[k], own[k], details[k][row]) for k in order if own[k]])
            for row, (order, own) in enumerate(zip(ranked, weights.tolist(), strict=True))
        ]

    def terms(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Terms of each paragraph's log-odds, which they sum to, (n, 1 + len(NAMES)).

        What remains beside its reasons, the model's intercepts, then every reason's.
        """
        read, weights, of_page = self._scored.read, self._model.context_weights, self._scored.context[rows]
        subjects, raw = read.judged()
        subject, logits = subjects[rows], raw[rows]
        own = self._own_terms(subject)
        added = logits - own.sum(axis=1)
        # By the word stage, which only adds.
        by_words = np.where(added > _ROUNDING, added, 0.0)
        # The context pass reads raw log-odds clipped; each of their terms counts in proportion.
        scale = weights[_UNIT] * _ratio(of_page[:, _UNIT], logits)
        found = np.column_stack((own, by_words)) * scale[:, None]
        found[:, 0] += self._model.context_intercept
        return np.column_stack((found, (of_page.take(_OF_PAGE, axis=1) * weights[_OF_PAGE]).sum(axis=1)))

    def _own_terms(self, subject: NDArray[np.int64]) -> NDArray[np.float64]:
        """Terms of the raw log-odds of what is judged."""
        read, n = self._scored.read, len(self._scored.read.pages.batch)
        whole, made = np.flatnonzero(subject < n), np.flatnonzero(subject >= n)
        terms = np.empty((len(subject), len(_DENSE_REASONS) + 2))
        of_whole, of_made = subject[whole], subject[made] - n
        terms[whole] = self._summed(read.features.dense[of_whole], read.gram_logits[of_whole])
        terms[made] = self._summed(read.made_features.dense[of_made], read.made_gram_logits[of_made])
        return terms

    def _summed(self, dense: NDArray[np.float32], of_grams: NDArray[np.float64]) -> NDArray[np.float64]:
        """What remains, the dense features under the names of their reasons, and the n-grams."""
        stage = self._model.paragraph
        weighted = dense * stage.dense_weights
        sums = [weighted.take(columns, axis=1).sum(axis=1) for columns in _FEATURES_OF]
        return np.column_stack((np.full(len(dense), stage.intercept), *sums, of_grams))

    def _details(self, rows: NDArray[np.int64], said: NDArray[np.bool_]) -> list[Sequence[str]]:
        """Evidence of each reason for each paragraph; ``said`` (n, len(NAMES)) tells where it is asked for."""
        read, tables = self._scored.read, self._model.extractor
        subject = read.judged()[0][rows]
        units = _Subjects(read, subject)
        describe: dict[str, Describe] = {
            "list_form": shape.describe,
            "place_names": lambda batch: places.describe(batch, tables.gazetteer),
            "links": lambda batch: [*map(links.describe, batch.paragraphs)],
            "hidden_text": lambda batch: [*map(links.describe_hidden, batch.paragraphs)],
            "page_part": lambda batch: [f"the page's {paragraph.kind}" for paragraph in batch.paragraphs],
            "typical_phrases": lambda batch: phrases.describe(batch, self._model.paragraph.gram_weights),
        }
        told = {name: units.told(own) for name, own in describe.items() if said[:, NAMES.index(name)].any()}
        cut = np.flatnonzero(said[:, NAMES.index("words")])
        by_words = _Subjects(read, subject[cut]).told(
            lambda batch: words.describe(batch, tables.gazetteer, tables.function_chars)
        )
        told["words"] = [""] * len(rows)
        for row, detail in zip(cut.tolist(), by_words, strict=True):
            told["words"][row] = detail
        told["page"] = self._of_pages(rows)
        return [told.get(name, ()) for name in NAMES]

    def _of_pages(self, rows: NDArray[np.int64]) -> list[str]:
        columns = (self._scored.context[rows, context.NAMES.index(name)].tolist() for name in _TOLD_OF_PAGE)
        return [_of_page(*row) for row in zip(*columns, strict=True)]


class _Subjects:
    """What reasons describe: paragraphs of a batch and, numbered from behind them on, what was made of them."""

    def __init__(self, read: PageReading, subjects: NDArray[np.int64]) -> None:
        chosen, number = np.unique(subjects, return_inverse=True)
        self._number = number.tolist()
        n = len(read.pages.batch)
        whole, made = chosen[chosen < n], chosen[chosen >= n] - n
        self._batches = [
            batch.take(rows) for batch, rows in ((read.pages.batch, whole), (read.made, made)) if len(rows)
        ]

    def told(self, describe: Describe) -> list[str]:
        """Evidence in words for each of them."""
        details = [detail for batch in self._batches for detail in describe(batch)]
        return [details[k] for k in self._number]


def _ratio(clipped: NDArray[np.float32], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(clipped, values, out=np.ones(len(values)), where=values != 0.0)


def _of_page(alone: float, end: float, foreign: float, others: float, run_length: float, in_part: float) -> str:
    if alone:
        return "the only paragraph"
    told = (
        "at the end of the page" * (end >= 0.5),
        "most of its words are none of the page's content" * (foreign > _MOSTLY_FOREIGN),
        "nothing else on the page is near to spam" * (others < _FAR_LOGIT),
        "one line of a long run of short lines" * (run_length >= 1),
        "the rest of its paragraph is content" * bool(in_part),
    )
    return "; ".join(filter(None, told)) or "position and neighbours"

"""Why a paragraph got its score: terms of the log-odds, grouped under names that people understand.

The weights of a paragraph's reasons and the model's base sum to the log-odds of its score.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from unstuff.features import FAMILIES, Features, context, links, ngrams, places, shape, words
from unstuff.features.batch import Batch
from unstuff.features.ngrams import Grams
from unstuff.model import Model, Scored

_HIDDEN = frozenset(name for name in links.NAMES if name.startswith("hidden"))
_ROUNDING = 1e-6  # sums in another order
_KIND = frozenset({"is_title", "is_meta"})


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
# Number of the reason that each dense feature counts to.
_REASON_OF = np.array([_DENSE_REASONS.index(name) for name in _REASON_NAMES])


class Explainer:
    """Reasons of the paragraphs of one scored batch; what a run of lines shares is worked out once."""

    def __init__(self, model: Model, scored: Scored) -> None:
        self._model = model
        self._scored = scored
        self._weights = dict(zip(context.NAMES, model.context_weights.tolist(), strict=True))
        # Looked up a few times a paragraph: in lists, a fifth of the time of arrays.
        runs, parts = scored.read.pages.runs, scored.read.parts
        self._run_starts, self._run_ends = runs.starts.tolist(), runs.ends.tolist()
        self._part_of = {paragraph: part for part, paragraph in enumerate(parts.paragraph.tolist())}
        self._runs: dict[int, _Subject] = {}

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """Reasons of paragraph i of the batch, largest first; a negative weight speaks for content."""
        run = self._run_of(i)
        alone = self._subject(i)
        subject = alone if run is None else self._run(run)
        found = [
            Reason(name, round(weight, 4), self._detail(i, name, alone, subject))
            for name, weight in self._terms(i).items()
            if name != "base" and weight
        ]
        return tuple(sorted(found, key=lambda reason: -reason.weight))

    def _detail(self, i: int, name: str, alone: _Subject, subject: _Subject) -> str:
        if name == "page":
            return self._page_detail(i)
        # Words are cut in the paragraph alone, also where it is a line of a run.
        return (alone if name == "words" else subject).detail(name)

    def base(self, i: int) -> float:
        """What remains of paragraph i's log-odds beside its reasons: the model's intercepts."""
        return self._terms(i)["base"]

    def _terms(self, i: int) -> dict[str, float]:
        """Every term of paragraph i's log-odds under its reason's name; they sum to the log-odds."""
        scored, weights = self._scored, self._weights
        row = dict(zip(context.NAMES, scored.context[i].tolist(), strict=True))
        # The context pass reads raw log-odds clipped; each of their terms counts in proportion.
        sums = {"base": self._model.context_intercept}
        run = self._run_of(i)
        terms, raw = self._own(i)
        if run is None:
            own_weight = weights["unit_logit"] * _ratio(row["unit_logit"], raw)
        else:
            own_weight = weights["line_logit"] * _ratio(row["line_logit"], raw)
            run_weight = weights["unit_logit"] * _ratio(row["unit_logit"], float(scored.read.pages.run_logits[run]))
            _add(sums, self._run(run).terms, run_weight)
        added = raw - sum(terms.values())
        if added > _ROUNDING:  # by the word stage, which only adds
            terms["words"] = added
        _add(sums, terms, own_weight)
        spoken_for = ("unit_logit", "line_logit")
        sums["page"] = sum(weights[name] * value for name, value in row.items() if name not in spoken_for)
        return sums

    def _own(self, i: int) -> tuple[dict[str, float], float]:
        """Terms and raw log-odds of what is judged in paragraph i: itself or its injected part."""
        read = self._scored.read
        part = self._part_of.get(i)
        if part is None:
            terms = _paragraph_terms(self._model, read.features.dense[i], float(read.gram_logits[i]))
            return terms, float(read.pages.raw_logits[i])
        row, features = read.row_of_part(part), read.made_features
        terms = _paragraph_terms(self._model, features.dense[row], _gram_term(self._model, features, row))
        return terms, float(read.parts.logits[part])

    def _run_of(self, i: int) -> int | None:
        at = bisect_right(self._run_starts, i) - 1
        return at if at >= 0 and i < self._run_ends[at] else None

    def _run(self, run: int) -> _Subject:
        if run not in self._runs:
            read = self._scored.read
            features = read.made_features
            terms = _paragraph_terms(self._model, features.dense[run], _gram_term(self._model, features, run))
            self._runs[run] = _Subject(self._model, read.made, features.grams, run, terms)
        return self._runs[run]

    def _subject(self, i: int) -> _Subject:
        read = self._scored.read
        part = self._part_of.get(i)
        if part is None:
            return _Subject(self._model, read.pages.batch, read.features.grams, i, {})
        return _Subject(self._model, read.made, read.made_features.grams, read.row_of_part(part), {})

    def _page_detail(self, i: int) -> str:
        row = dict(zip(context.NAMES, self._scored.context[i].tolist(), strict=True))
        if row["alone"]:
            return "the only paragraph"
        told = {
            "at the start of the page": row["near_start"] >= 0.5,
            "at the end of the page": row["near_end"] >= 0.5,
            f"{row['foreign_vocabulary']:.0%} of its character pairs occur nowhere else on the page": (
                row["foreign_vocabulary"] > 0.5
            ),
            "Simplified Chinese on a page in Traditional": row["variant_mismatch"] > 0.3,
            "one line of a run of short lines": bool(row["in_run"]),
            "the rest of its paragraph is content": bool(row["in_part"]),
        }
        return "; ".join(part for part, said in told.items() if said) or "position and neighbours"


class _Subject:
    """What reasons describe: a row of a batch, a paragraph or the run of lines it belongs to, taken by itself."""

    def __init__(self, model: Model, batch: Batch, grams: Grams, row: int, terms: dict[str, float]) -> None:
        self._model = model
        self._whole = batch
        self._grams = grams
        self._row = row
        self._paragraph = batch.paragraphs[row]
        self.terms = terms
        self._details: dict[str, str] = {}

    @cached_property
    def _batch(self) -> Batch:
        """The row as a batch of its own."""
        return self._whole.row(self._row)

    def detail(self, name: str) -> str:
        """Evidence for a reason in words."""
        if name not in self._details:
            self._details[name] = self._describe(name)
        return self._details[name]

    def _describe(self, name: str) -> str:
        tables = self._model.extractor
        describe: dict[str, Callable[[], str]] = {
            "place_names": lambda: places.describe(self._batch, tables.gazetteer),
            "words": lambda: words.describe(self._batch, tables.gazetteer, tables.function_chars),
            "list_form": lambda: shape.describe(self._batch),
            "links": lambda: links.describe(self._paragraph),
            "hidden_text": lambda: links.describe_hidden(self._paragraph),
            "page_part": lambda: f"the page's {self._paragraph.kind}",
            "typical_phrases": self._phrases,
        }
        return describe[name]()

    def _phrases(self) -> str:
        codes = self._whole.codes[int(self._whole.starts[self._row]) : int(self._whole.ends[self._row])]
        return _phrases(codes, self._grams.of(self._row).buckets, self._model.paragraph.gram_weights)


def _ratio(clipped: float, value: float) -> float:
    return clipped / value if value else 1.0


def _add(sums: dict[str, float], terms: dict[str, float], scale: float) -> None:
    for name, term in terms.items():
        sums[name] = sums.get(name, 0.0) + scale * term


def _paragraph_terms(model: Model, dense: NDArray[np.float32], gram_term: float) -> dict[str, float]:
    sums = np.bincount(_REASON_OF, dense * model.paragraph.dense_weights)
    terms = {"base": model.paragraph.intercept, **dict(zip(_DENSE_REASONS, sums.tolist(), strict=True))}
    terms["typical_phrases"] = gram_term
    return terms


def _gram_term(model: Model, features: Features, row: int) -> float:
    return float(features.grams.of(row).weigh(model.paragraph.gram_weights)[0])


def _phrases(codes: NDArray[np.uint32], buckets: NDArray[np.uint32], weights: NDArray[np.float64], n: int = 3) -> str:
    """The n-grams of a paragraph with the largest weights, strongest first, none overlapping."""
    found: list[tuple[float, int, int]] = []
    for length in range(2, ngrams.N_MAX + 1):
        values = weights[buckets[length - 1, : max(len(codes) - length + 1, 0)]]
        found += [(float(values[k]), int(k), length) for k in np.argsort(-values, kind="stable")[: 4 * n]]
    taken: list[str] = []
    used: set[int] = set()
    for weight, k, length in sorted(found, reverse=True):
        gram = "".join(map(chr, codes[k : k + length])).strip()
        if weight > 0 and len(gram) > 1 and gram not in taken and used.isdisjoint(range(k, k + length)):
            taken.append(gram)
            used.update(range(k, k + length))
        if len(taken) == n:
            break
    return f"most typical: {', '.join(taken)}" if taken else "no typical phrase"

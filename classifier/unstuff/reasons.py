"""Why a paragraph got its score: terms of the log-odds, grouped under names that people understand.

The weights of a paragraph's reasons and the model's base sum to the log-odds of its score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unstuff.features import FAMILIES, Features, context, links, ngrams, places, shape, words
from unstuff.features.batch import Batch
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


_REASON_OF = tuple(_reason_of(family, name) for family, names in FAMILIES.items() for name in names)


class Explainer:
    """Reasons of the paragraphs of one scored batch; what a run of lines shares is worked out once."""

    def __init__(self, model: Model, scored: Scored) -> None:
        self._model = model
        self._scored = scored
        self._weights = dict(zip(context.NAMES, model.context_weights.tolist(), strict=True))
        self._runs: dict[int, _Subject] = {}

    def reasons(self, i: int) -> tuple[Reason, ...]:
        """Reasons of paragraph i of the batch, largest first; a negative weight speaks for content."""
        run = self._run_of(i)
        subject = self._subject(i) if run is None else self._run(run)
        found = [
            Reason(name, round(weight, 4), self._detail(i, name, subject))
            for name, weight in self._terms(i).items()
            if name != "base" and weight
        ]
        return tuple(sorted(found, key=lambda reason: -reason.weight))

    def _detail(self, i: int, name: str, subject: _Subject) -> str:
        if name == "page":
            return self._page_detail(i)
        # Words are cut in the paragraph alone, also where it is a line of a run.
        return (self._subject(i) if name == "words" else subject).detail(name)

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
        part = read.parts.at(i)
        if part is None:
            terms = _paragraph_terms(self._model, read.features.dense[i], float(read.gram_logits[i]))
            return terms, float(read.pages.raw_logits[i])
        row, features = read.row_of_part(part), read.made_features
        terms = _paragraph_terms(self._model, features.dense[row], _gram_term(self._model, features, row))
        return terms, float(read.parts.logits[part])

    def _run_of(self, i: int) -> int | None:
        runs = self._scored.read.pages.runs
        at = int(np.searchsorted(runs.starts, i, "right")) - 1
        return at if at >= 0 and i < runs.ends[at] else None

    def _run(self, run: int) -> _Subject:
        if run not in self._runs:
            read = self._scored.read
            features = read.made_features
            terms = _paragraph_terms(self._model, features.dense[run], _gram_term(self._model, features, run))
            self._runs[run] = _Subject(self._model, read.made.row(run), terms)
        return self._runs[run]

    def _subject(self, i: int) -> _Subject:
        read = self._scored.read
        part = read.parts.at(i)
        batch, row = (read.pages.batch, i) if part is None else (read.made, read.row_of_part(part))
        return _Subject(self._model, batch.row(row), {})

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
    """What reasons describe: a paragraph, or the run of lines it belongs to, taken by itself."""

    def __init__(self, model: Model, batch: Batch, terms: dict[str, float]) -> None:
        self._model = model
        self._batch = batch  # of one paragraph
        self._paragraph = batch.paragraphs[0]
        self.terms = terms
        self._details: dict[str, str] = {}

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
            "typical_phrases": lambda: _phrases(self._batch, self._model.paragraph.gram_weights),
        }
        return describe[name]()


def _ratio(clipped: float, value: float) -> float:
    return clipped / value if value else 1.0


def _add(sums: dict[str, float], terms: dict[str, float], scale: float) -> None:
    for name, term in terms.items():
        sums[name] = sums.get(name, 0.0) + scale * term


def _paragraph_terms(model: Model, dense: NDArray[np.float32], gram_term: float) -> dict[str, float]:
    terms = {"base": model.paragraph.intercept}
    for name, term in zip(_REASON_OF, (dense * model.paragraph.dense_weights).tolist(), strict=True):
        terms[name] = terms.get(name, 0.0) + term
    terms["typical_phrases"] = gram_term
    return terms


def _gram_term(model: Model, features: Features, row: int) -> float:
    return float(features.grams.of(row).weigh(model.paragraph.gram_weights)[0])


def _phrases(batch: Batch, weights: NDArray[np.float64], n: int = 3) -> str:
    """The n-grams of a batch of one paragraph with the largest weights, strongest first, none overlapping."""
    end = int(batch.ends[0])
    buckets = ngrams.extract(batch).buckets
    found: list[tuple[float, int, int]] = []
    for length in range(2, ngrams.N_MAX + 1):
        values = weights[buckets[length - 1, : max(end - length + 1, 0)]]
        found += [(float(values[k]), int(k), length) for k in np.argsort(-values, kind="stable")[: 4 * n]]
    taken: list[str] = []
    used: set[int] = set()
    for weight, k, length in sorted(found, reverse=True):
        gram = "".join(map(chr, batch.codes[k : k + length])).strip()
        if weight > 0 and len(gram) > 1 and gram not in taken and used.isdisjoint(range(k, k + length)):
            taken.append(gram)
            used.update(range(k, k + length))
        if len(taken) == n:
            break
    return f"most typical: {', '.join(taken)}" if taken else "no typical phrase"

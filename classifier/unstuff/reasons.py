"""Why a paragraph got its score: terms of the log-odds, grouped under names that people understand.

The weights of a paragraph's reasons and the model's base sum to the log-odds of its score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from unstuff.features import FAMILIES, Features, context, links, ngrams, places, shape
from unstuff.features.batch import Batch
from unstuff.model import Model, Scored

_HIDDEN = frozenset(name for name in links.NAMES if name.startswith("hidden"))
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


def explain(model: Model, scored: Scored, i: int) -> tuple[Reason, ...]:
    """Reasons of paragraph i of the batch, largest first."""
    run = _run_of(scored, i)
    subject = (scored.pages.batch, scored.features, i)
    if run is not None:
        subject = (scored.run_batch, scored.run_features, run)
    reasons = [
        Reason(name, round(weight, 4), _detail(name, model, scored, i, *subject))
        for name, weight in _terms(model, scored, i).items()
        if name != "base" and weight
    ]
    return tuple(sorted(reasons, key=lambda reason: -reason.weight))


def base(model: Model, scored: Scored, i: int) -> float:
    """What remains of paragraph i's log-odds beside its reasons: the model's intercepts."""
    return _terms(model, scored, i)["base"]


def _terms(model: Model, scored: Scored, i: int) -> dict[str, float]:
    """Every term of paragraph i's log-odds under its reason's name; they sum to the log-odds."""
    row = dict(zip(context.NAMES, scored.context[i].tolist(), strict=True))
    weights = dict(zip(context.NAMES, model.context_weights.tolist(), strict=True))
    # The context pass reads raw log-odds clipped; each of their terms counts in proportion.
    own_weight = weights["raw_logit"] + weights["raw_logit_in_run"] * row["in_run"]
    own_scale = own_weight * _ratio(row["raw_logit"], float(scored.pages.raw_logits[i]))
    sums = {"base": model.context_intercept}
    _add(sums, _paragraph_terms(model, scored.features, i), own_scale)
    run = _run_of(scored, i)
    if run is not None:
        run_scale = weights["run_logit"] * _ratio(row["run_logit"], float(scored.pages.run_logits[run]))
        _add(sums, _paragraph_terms(model, scored.run_features, run), run_scale)
    spoken_for = ("raw_logit", "raw_logit_in_run", "run_logit")
    sums["page"] = sum(weights[name] * value for name, value in row.items() if name not in spoken_for)
    return sums


def _ratio(clipped: float, value: float) -> float:
    return clipped / value if value else 1.0


def _add(sums: dict[str, float], terms: dict[str, float], scale: float) -> None:
    for name, term in terms.items():
        sums[name] = sums.get(name, 0.0) + scale * term


def _paragraph_terms(model: Model, features: Features, i: int) -> dict[str, float]:
    dense = features.dense[i] * model.paragraph.dense_weights
    terms = {"base": model.paragraph.intercept}
    for name, term in zip(_REASON_OF, dense.tolist(), strict=True):
        terms[name] = terms.get(name, 0.0) + term
    grams = features.grams
    one = ngrams.Grams(grams.buckets, grams.starts[i : i + 1], grams.ends[i : i + 1])
    terms["typical_phrases"] = float(one.weigh(model.paragraph.gram_weights)[0])
    return terms


def _run_of(scored: Scored, i: int) -> int | None:
    runs = scored.pages.runs
    at = int(np.searchsorted(runs.starts, i, "right")) - 1
    return at if at >= 0 and i < runs.ends[at] else None


def _detail(name: str, model: Model, scored: Scored, i: int, subject: Batch, features: Features, number: int) -> str:
    """Evidence in words; ``subject`` is the paragraph, or the run of lines it belongs to."""
    if name == "page":
        return _page_detail(scored, i)
    describe: dict[str, Callable[[], str]] = {
        "place_names": lambda: places.describe(subject, model.extractor.gazetteer, number),
        "list_form": lambda: shape.describe(subject, number),
        "links": lambda: links.describe(subject.paragraphs[number]),
        "hidden_text": lambda: links.describe_hidden(subject.paragraphs[number]),
        "page_part": lambda: f"the page's {subject.paragraphs[number].kind}",
        "typical_phrases": lambda: _phrases(subject, features, model.paragraph.gram_weights, number),
    }
    return describe[name]()


def _phrases(batch: Batch, features: Features, weights: NDArray[np.float64], i: int, n: int = 3) -> str:
    """The paragraph's n-grams with the largest weights, longest and strongest first, none overlapping."""
    start, end = int(batch.starts[i]), int(batch.ends[i])
    found: list[tuple[float, int, int]] = []
    for length in range(2, ngrams.N_MAX + 1):
        values = weights[features.grams.buckets[length - 1, start : max(end - length + 1, start)]]
        found += [(float(values[k]), int(k), length) for k in np.argsort(-values, kind="stable")[: 4 * n]]
    taken: list[str] = []
    used: set[int] = set()
    for weight, k, length in sorted(found, reverse=True):
        gram = "".join(map(chr, batch.codes[start + k : start + k + length])).strip()
        if weight > 0 and len(gram) > 1 and gram not in taken and used.isdisjoint(range(k, k + length)):
            taken.append(gram)
            used.update(range(k, k + length))
        if len(taken) == n:
            break
    return f"most typical: {', '.join(taken)}" if taken else "no typical phrase"


def _page_detail(scored: Scored, i: int) -> str:
    row = dict(zip(context.NAMES, scored.context[i].tolist(), strict=True))
    if row["alone"]:
        return "the only paragraph"
    parts = []
    if row["near_start"] >= 0.5:
        parts.append("at the start of the page")
    if row["near_end"] >= 0.5:
        parts.append("at the end of the page")
    if row["foreign_vocabulary"] > 0.5:
        parts.append(f"{row['foreign_vocabulary']:.0%} of its character pairs occur nowhere else on the page")
    if row["variant_mismatch"] > 0.3:
        parts.append("Simplified Chinese on a page in Traditional")
    if row["in_run"]:
        parts.append("one line of a run of short lines")
    return "; ".join(parts) or "position and neighbours"

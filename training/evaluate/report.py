"""Figures as Markdown, for people and the model card."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.evaluate.sides import COPIES, MIN_CAMPAIGNS, OUT_OF_FOLD, TEST
from training.evaluate.values import Figure, Figures, below
from training.evaluate.written import BY, NEAR_BY, WRITTEN
from unstuff import __version__
from unstuff.evaluation import Share, percent, share, share_table, table
from unstuff.model import Model

POINTS = ("precise", "balanced", "sensitive")  # the strictest first
_SIDES = {TEST: "Test split", OUT_OF_FOLD: "Out of fold"}
_SUMMARY = {
    "recall, block alone": "recall/alone/micro",
    "recall, block in a clean page": "recall/in_pages/micro",
    "recall, several blocks in a clean page": "recall/several/micro",
    "recall, pages that are all spam": "recall/alone/native",
    "hard negatives flagged": "hard/balanced/all",
    "clean paragraphs flagged": "clean_paragraphs/balanced/all",
}
_RECALL = {
    "micro": "all injected",
    "macro": f"macro: families of {MIN_CAMPAIGNS} campaigns or more, the others as one",
    "native": "all native",
}
_PAGES = {
    "precision": "precision of flagged spans",
    "recall": "recall of blocks",
    "exact": "pages right in every paragraph",
    "mirror_content": "content paragraphs flagged on mirror pages",
}
_NEGATIVES = {
    "hard": ("hard negatives flagged", ("kind", "lang", "source")),
    "clean_paragraphs": ("clean paragraphs flagged", ("lang", "source")),
    "clean_pages": ("clean pages with a flagged paragraph", ("lang", "source")),
}
_NEAR_MISSES = {"all": "pages", "paragraphs": "paragraphs"}
_BY = {"kind": "kind", "family": "family", "lang": "language", "source": "source"}
_CALIBRATION = {
    "stated": "at the stated prevalence",
    "balanced": "class-balanced, scores as they are",
    "moved": "class-balanced, scores moved to a prevalence of one half",
    "stated, with native spam": "at the stated prevalence, native spam included",
}


def signature(model: Model) -> str:
    """What a figure was made with: versions, the weights' checksum, the number of features, points and thresholds."""
    checksum = model.config.get("checksums", {}).get("model.npz", "not saved")[:12]
    n_features = len(model.paragraph.dense_weights) + len(model.context_weights)
    points = ", ".join(f"{name} {threshold:.6f}" for name, threshold in model.points.items())
    return f"unstuff {__version__}, model {model.name} ({checksum}), {n_features} features, {points}"


def markdown(figures: Figures) -> Iterator[str]:
    """The tables of every side that has figures, the summary first."""
    for name, title in _SIDES.items():
        if own := below(name, figures):
            yield from _side(title, own)
    if own := below(WRITTEN, figures):
        yield from _written(own)


def _written(figures: Figures) -> Iterator[str]:
    """Pages written by hand: recall, then pages of near misses with a flagged paragraph."""
    recall = below("recall", figures)
    for name in BY:
        rows = {"all": recall["all"]} | below(name, recall)
        yield _titled(f"Written by hand: blocks found at balanced, by {_BY[name]}", rows)
    yield _titled("Written by hand: blocks found where so many near-miss pages are flagged", below("matched", figures))
    near = below("near_misses", figures)
    points = list(dict.fromkeys(name.split("/")[0] for name in near))
    rows = {f"{point}, {of}": near[f"{point}/{key}"] for point in points for key, of in _NEAR_MISSES.items()}
    yield _titled("Written by hand: near misses flagged, by point", rows)
    for name in NEAR_BY:
        apart = {point: below(f"{point}/{name}", near) for point in points}
        yield f"### Written by hand: pages of near misses flagged, by {_BY[name]}\n\n{side_by_side(_BY[name], apart)}"


def _side(side: str, figures: Figures) -> Iterator[str]:
    summary = {title: figures[name] for title, name in _SUMMARY.items()}
    yield _titled(f"{side}: summary at balanced", summary)
    yield _titled(f"{side}: blocks alone, recall at balanced", _recall(below("recall/alone", figures)))
    title = f"{side}: blocks inserted in clean pages ({COPIES} each), recall at balanced"
    yield _titled(title, _recall(below("recall/in_pages", figures)))
    yield _labelled_pages(side, below("pages", figures))
    for prefix, (title, by) in _NEGATIVES.items():
        yield from _negatives(f"{side}: {title}", below(prefix, figures), by)
    yield from _calibration(side, below("calibration", figures))


def _recall(figures: Figures) -> Figures:
    named = {_RECALL.get(name): figure for name, figure in figures.items() if name in _RECALL}
    families = {f"  {name}": figure for name, figure in below("family", figures).items()}
    return {str(name): figure for name, figure in named.items()} | families


def _labelled_pages(side: str, figures: Figures) -> str:
    rows = {title: figures[name] for name, title in _PAGES.items()}
    f1 = f"F1 {_number(figures['f1'])}, n={figures['f1'].n}"
    return f"{_titled(f'{side}: labelled pages at balanced', rows)}\n\n{f1}"


def _negatives(title: str, figures: Figures, by: Sequence[str]) -> Iterator[str]:
    """One table of all rows by point, and one a breakdown with the points side by side."""
    points = list(dict.fromkeys(name.split("/")[0] for name in figures))
    rows = [(point, *_shown(figures[f"{point}/all"])) for point in points]
    head = ("", "share", "95 % interval", "one-sided 95 % bound", "n", "groups")
    yield f"### {title}, by point\n\n{table(head, rows, markdown=True)}"
    for name in by:
        apart = {point: below(f"{point}/{name}", figures) for point in points}
        yield f"### {title}, by {_BY[name]}\n\n{side_by_side(_BY[name], apart)}"


def _shown(figure: Figure) -> tuple[str, ...]:
    interval = f"{percent(figure.low)} to {percent(figure.high)}" if figure.n else ""
    return percent(figure.value), interval, percent(figure.bound), str(figure.n), str(figure.groups)


def side_by_side(name: str, apart: Mapping[str, Figures]) -> str:
    """Shares with interval and bound, a row a name that all columns have."""
    first = next(iter(apart.values()))
    rows = []
    for value, figure in first.items():
        cells = [_cell(figures[value]) for figures in apart.values()]
        rows.append((value, *cells, str(figure.n), str(figure.groups)))
    return table((name, *apart, "n", "groups"), rows, markdown=True)


def _cell(figure: Figure) -> str:
    bound = "" if math.isnan(figure.bound) else f", at most {percent(figure.bound)}"
    return f"{_told(figure)}{bound}" if figure.n else ""


def flagged_at(
    points: Mapping[str, float], scores: NDArray[np.float64], groups: ArrayLike, names: Sequence[str] = POINTS
) -> list[str]:
    """The shares of scores at or above some of the points, each with its interval by groups."""
    return [_told(share(scores >= points[name], groups)) for name in names]


def _told(found: Figure | Share) -> str:
    return f"{percent(found.value)} ({percent(found.low)} to {percent(found.high)})"


def _calibration(side: str, figures: Figures) -> Iterator[str]:
    for name, title in _CALIBRATION.items():
        own = below(name, figures)
        errors = (
            f"Expected calibration error {_number(own['ece'])}, Brier score {_number(own['brier'])}, n={own['ece'].n} "
            f"in {own['ece'].groups} groups."
        )
        bins = {key.removesuffix("/blocks"): figure for key, figure in own.items() if key.endswith("/blocks")}
        rows = [
            (key.removeprefix("bin "), f"{own[f'{key}/mean_score'].value:.4f}", *_without_bound(figure))
            for key, figure in bins.items()
        ]
        head = ("score", "mean score", "keyword blocks", "95 % interval", "n", "groups")
        shown = f"{table(head, rows, markdown=True)}\n\n" if rows else ""
        yield f"### {side}: calibration, {title}\n\n{shown}{errors}"


def _without_bound(figure: Figure) -> tuple[str, ...]:
    share, interval, _, n, groups = _shown(figure)
    return share, interval, n, groups


def _number(figure: Figure) -> str:
    if math.isnan(figure.value):
        return "not measured"
    interval = f" ({figure.low:.4f} to {figure.high:.4f})" if not math.isnan(figure.low) else ""
    return f"{figure.value:.4f}{interval}"


def _titled(title: str, figures: Figures) -> str:
    shares = {name: figure.share for name, figure in figures.items()}
    return f"### {title}\n\n{share_table('', shares, markdown=True)}"

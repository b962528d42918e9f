"""What a compared method is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from unstuff.errors import MissingExtra
from unstuff.labels import Labelled

CHINESE = frozenset({"zh", "zh-Hans", "zh-Hant"})


@dataclass(frozen=True, slots=True)
class Method:
    """A way to flag paragraphs: a score for each, higher is worse, and the threshold it is used with."""

    name: str
    threshold: float
    score: Callable[[Sequence[Labelled]], NDArray[np.float64]]
    """One score a paragraph, in the order of the documents."""
    fixed: str = ""
    """Why the threshold cannot be moved; "" when it can."""
    langs: frozenset[str] = frozenset()
    """Languages it is measured on; empty for all."""


def per_text(score: Callable[[str], float]) -> Callable[[Sequence[Labelled]], NDArray[np.float64]]:
    """Score documents by a function of one paragraph's text."""
    return lambda documents: np.array([score(text) for text in texts(documents)], np.float64)


def texts(documents: Sequence[Labelled]) -> Iterator[str]:
    """Texts of all paragraphs, in order."""
    return (paragraph.text for document in documents for paragraph in document.page.paragraphs)


def require(module: str, package: str) -> None:
    """Raise :class:`MissingExtra` when a package of the extra ``baselines`` is not installed."""
    if find_spec(module) is None:
        raise MissingExtra(f"{package} is not installed; run: pip install 'unstuff[baselines]'")

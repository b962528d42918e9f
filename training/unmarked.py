"""Genuine text without any mark: ``python -m training.unmarked --data DIR``.

What is flagged of it out of fold, by how many lines stand on the page, by length and by language. The text is drawn as
for the fit, of paragraphs that the model of the fold does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from training import prose
from training.evaluate import flagged_at, signature
from training.kept_fits import Scorer, ask
from training.linked import N_LANGUAGES
from training.pipeline import Prepared
from unstuff.evaluation import table
from unstuff.labels import Labelled
from unstuff.model import Model

SEED = 19
N_PAGES = 1200  # of each number of lines, in each fold
MOST_LINES = (1, 8)
LONG = (100, 300)  # code points


def pages_of(prepared: Prepared) -> tuple[list[Labelled], NDArray[np.int64]]:
    """Pages of one line, then of up to eight, fold by fold, and how many lines were drawn at most."""
    rng = np.random.default_rng(SEED)
    real = list(zip(prepared.dev, prepared.fold.tolist(), strict=True))
    pages: list[Labelled] = []
    most: list[int] = []
    for k in range(int(prepared.fold.max()) + 1):
        own = [row for row in real if row[1] == k]
        for n_max in MOST_LINES:
            made = [document for document, _ in prose.unmarked(rng, own, N_PAGES, n_max)]
            pages, most = pages + made, most + [n_max] * len(made)
    return pages, np.array(most)


def rows(model: Model, score: Scorer, prepared: Prepared) -> Iterator[tuple[str, ...]]:
    """A line for each kind of paragraph."""
    pages, most = pages_of(prepared)
    result = score(pages)
    scored = result.scored
    n_chars = np.array([len(paragraph.text) for page in pages for paragraph in page.page.paragraphs])
    # Rows come fold by fold, as they were scored; each page's are in its order.
    order = np.empty(len(n_chars), np.int64)
    order[np.argsort(result.document, kind="stable")] = np.arange(len(n_chars))
    length, drawn = n_chars[order], most[result.document]
    languages = np.array([page.lang for page in pages], object)[result.document]
    chosen = {
        "all": np.ones(len(length), bool),
        "line alone": drawn == 1,
        "on a page of such lines": drawn > 1,
        f"under {LONG[0]} characters": length < LONG[0],
        f"from {LONG[0]} on": (length >= LONG[0]) & (length < LONG[1]),
        f"from {LONG[1]} on": length >= LONG[1],
    }
    chosen |= {
        f"language {name}": languages == name for name, _ in Counter(languages.tolist()).most_common(N_LANGUAGES)
    }
    for name, own in chosen.items():
        cells = flagged_at(model.points, scored.score[own], scored.group[own])
        yield name, *cells, str(int(own.sum())), str(len(set(scored.group[own].tolist())))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, out of fold."""
    model, score, prepared = ask("unmarked", __doc__, arguments)
    head = ("lines without a mark", "at precise", "balanced", "sensitive", "n", "groups")
    print(signature(model), table(head, rows(model, score, prepared), markdown=True), sep="\n\n")


if __name__ == "__main__":
    main()

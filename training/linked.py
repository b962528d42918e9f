"""Genuine paragraphs with a link to another site, last on a short page: ``python -m training.linked --data DIR``.

What is flagged of them out of fold, and of the same pages without links, by how many paragraphs stand on the page and
by language. Links lie on words drawn at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training import prose
from training.draw import Rng
from training.evaluate import flagged_at, signature
from training.kept_fits import Scorer, ask
from training.pipeline import Prepared
from unstuff import Page
from unstuff.evaluation import percent, table
from unstuff.labels import Labelled
from unstuff.model import Model

SEED = 17
SIZES = (1, 2, 3, 5)  # paragraphs on a page
N_PAGES = 400  # of each size, at most, in each fold
N_LANGUAGES = 8  # the commonest, told apart
_MIN_CHARS = 60


def short_pages(rng: Rng, documents: Sequence[Labelled], size: int, n: int) -> list[Labelled]:
    """At most n pages of so many neighbouring genuine paragraphs of one source, without links."""
    genuine = list(filter(prose.is_genuine, documents))
    starts = rng.permutation(max(len(genuine) - size + 1, 0))
    found: list[Labelled] = []
    for start in starts.tolist():
        own = genuine[start : start + size]
        if len({d.source for d in own}) == 1 and len(own[-1].page.text) >= _MIN_CHARS:
            page = Page.from_text("\n".join(d.page.text for d in own))
            found.append(replace(own[-1], page=page, labels=(False,) * len(page.paragraphs)))
        if len(found) == n:
            break
    return found


def with_link(rng: Rng, document: Labelled) -> Labelled:
    """The page with a link or more in its last paragraph."""
    *before, last = document.page.paragraphs
    return replace(document, page=replace(document.page, paragraphs=(*before, prose.with_links(rng, last))))


def last_scores(documents: Sequence[Labelled], score: Scorer) -> NDArray[np.float64]:
    """The score of the last paragraph of each page, in order."""
    result = score(documents)
    order = np.argsort(result.document, kind="stable")
    ends = np.cumsum([len(document.labels) for document in documents]) - 1
    return np.asarray(result.scored.score[order][ends], np.float64)


def rows(model: Model, score: Scorer, prepared: Prepared) -> Iterator[tuple[str, ...]]:
    """A line for each size of page, and for each of the commonest languages."""
    rng = np.random.default_rng(SEED)
    pages: list[Labelled] = []
    sizes: list[int] = []
    for k in range(int(prepared.fold.max()) + 1):
        own = [document for document, of in zip(prepared.dev, prepared.fold.tolist(), strict=True) if of == k]
        for size in SIZES:
            made = short_pages(rng, own, size, N_PAGES)
            pages, sizes = pages + made, sizes + [size] * len(made)
    plain, linked = last_scores(pages, score), last_scores([with_link(rng, page) for page in pages], score)
    groups = np.array([page.group for page in pages], object)
    languages = np.array([page.lang for page in pages], object)
    of_size = np.array(sizes)
    chosen = {f"{size} on the page": of_size == size for size in SIZES}
    chosen |= {
        f"language {name}": languages == name for name, _ in Counter(languages.tolist()).most_common(N_LANGUAGES)
    }
    for name, own_rows in {"all": np.ones(len(pages), bool), **chosen}.items():
        cells = flagged_at(model.points, linked[own_rows], groups[own_rows])
        without = percent(float((plain[own_rows] >= model.points["balanced"]).mean()))
        yield name, *cells, without, str(int(own_rows.sum())), str(len(set(groups[own_rows].tolist())))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, out of fold."""
    model, score, prepared = ask("linked", __doc__, arguments)
    head = ("last paragraph, with a link", "at precise", "balanced", "sensitive", "balanced, no link", "n", "groups")
    print(signature(model), table(head, rows(model, score, prepared), markdown=True), sep="\n\n")


if __name__ == "__main__":
    main()

"""Short pages with a link in their last paragraph, and what is counted of them."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training.linked import last_scores, short_pages, with_link
from training.pipeline import Result
from unstuff import Page
from unstuff.evaluation import Scored
from unstuff.labels import Labelled

TEXT = "The library opened again on Monday, and readers came early and stayed until the lights went out. {}"


def paragraph(number: int, source: str) -> Labelled:
    page = Page.from_text(TEXT.format(number))
    return Labelled(f"{source}{number}", page, (False,), source, source=source, kind="paragraph", lang="en")


def test_pages_are_neighbours_of_one_source_and_the_last_paragraph_alone_has_links() -> None:
    documents = [*(paragraph(n, "a") for n in range(9)), replace(paragraph(9, "a"), kind="page"), paragraph(0, "b")]
    rng = np.random.default_rng(1)
    pages = short_pages(rng, documents, 3, 50)
    assert len(pages) == 7
    for page in pages:
        numbers = [int(one.text.split()[-1]) for one in page.page.paragraphs]
        assert numbers == list(range(numbers[0], numbers[0] + 3))
        *before, last = with_link(rng, page).page.paragraphs
        assert last.links
        assert not any(one.links for one in before)
    assert len(short_pages(rng, documents, 3, 5)) == 5
    assert len(short_pages(rng, documents, 1, 50)) == 10


def test_the_score_of_a_page_is_that_of_its_last_paragraph_in_whatever_order_rows_come() -> None:
    pages = [replace(paragraph(n, "a"), labels=(False,) * size) for n, size in enumerate((2, 1, 3))]

    def score(documents: object) -> Result:
        number = np.array([2, 2, 2, 0, 0, 1])
        values = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
        blank = np.full(6, "", object)
        scored = Scored(values, np.zeros(6, bool), blank, blank, blank, blank, blank)
        return Result(scored, values, number, number, np.zeros((6, 2), np.int64))

    assert last_scores(pages, score).tolist() == [0.5, 0.6, 0.3]

"""Genuine paragraphs with links, in excerpts, wrapped and unmarked: only links, breaks and marks come or go."""

import numpy as np
import pytest

from unstuff import Page
from unstuff.labels import Labelled

pytest.importorskip("confusable_homoglyphs")
from training import prose

ENGLISH = "The old library on the hill opens again in May, after two years in which roof and cellar were mended."
CHINESE = "春天到了，公园里的花都开了，孩子们在草地上放风筝，老人在湖边下棋。"


def _rows(*texts: str) -> list[tuple[Labelled, int]]:
    return [
        (Labelled(str(i), Page.from_text(text), (False,), str(i), source="s", kind="paragraph"), i % 2)
        for i, text in enumerate(texts)
    ]


def test_links_lie_on_words_of_genuine_paragraphs_of_one_fold() -> None:
    rows = _rows(*(f"{ENGLISH} {n}" for n in range(6)), CHINESE, CHINESE)
    made = prose.linked(np.random.default_rng(1), rows, 200, n_max=4)
    texts = {fold: {document.page.text for document, of in rows if of == fold} for fold in (0, 1)}
    outbound = 0
    for document, fold in made:
        page = document.page
        assert {paragraph.text for paragraph in page.paragraphs} <= texts[fold]
        assert not any(document.labels)
        assert len(document.labels) == len(page.paragraphs)
        links = [link for paragraph in page.paragraphs for link in paragraph.links]
        assert links
        for link in links:
            assert page.text[link.start : link.end].strip()
            assert bool(link.target) == link.outbound
        outbound += any(link.outbound for link in links)
    assert 0.6 * len(made) < outbound < len(made)
    assert len({len(document.labels) for document, _ in made}) > 1


def test_excerpts_are_neighbours_of_a_page_with_their_links() -> None:
    items = "".join(f"<p>{ENGLISH} <a href='https://other.example/{n}'>{n}</a></p>" for n in range(9))
    page = Page.from_html(items)
    rows = [(Labelled("p", page, (False,) * 9, "p", kind="html_page", html=items, weight=0.5), 1), *_rows(ENGLISH)]
    made = prose.excerpts(np.random.default_rng(4), rows, 200)
    assert len(made) == 200
    whole = page.paragraphs
    for document, fold in made:
        first = whole.index(document.page.paragraphs[0])
        assert document.page.paragraphs == whole[first : first + len(document.labels)]
        assert document.labels == (False,) * len(document.labels)
        assert (fold, document.weight) == (1, 1.0)
    sizes = [len(document.labels) for document, _ in made]
    assert (min(sizes), max(sizes)) == (1, 6)
    assert 0.4 * len(made) < sizes.count(1) < 0.75 * len(made)
    assert prose.excerpts(np.random.default_rng(4), _rows(ENGLISH), 5) == []


def test_long_spaced_paragraphs_are_wrapped_and_others_are_not() -> None:
    long = f"{ENGLISH} {ENGLISH}"
    made = prose.wrapped(np.random.default_rng(2), _rows(long, ENGLISH, CHINESE * 9), 20)
    assert len(made) == 20
    for document, fold in made:
        lines = [paragraph.text for paragraph in document.page.paragraphs]
        assert fold == 0
        assert " ".join(lines) == long
        assert len(lines) > 1
        assert document.labels == (False,) * len(lines)
    assert prose.wrapped(np.random.default_rng(2), _rows(ENGLISH), 20) == []


def test_unmarked_text_is_that_of_neighbours_of_one_fold_without_its_marks() -> None:
    rows = _rows(*(f"{CHINESE}{n}" for n in range(6)), *(f"{ENGLISH} {n}" for n in range(6)))
    made = prose.unmarked(np.random.default_rng(3), rows, 200, n_max=4)
    assert len(made) > 190
    together = {
        fold: "".join(char for document, of in rows if of == fold for char in document.page.text if char.isalnum())
        for fold in (0, 1)
    }
    for document, fold in made:
        text = document.page.text
        marks = {char for char in text if not (char.isalnum() or char.isspace())}
        assert any(marks <= set(kept) for kept in prose.KEPT_MARKS)
        assert "".join(filter(str.isalnum, text)) in together[fold]
        assert document.labels == (False,) * len(document.page.paragraphs)
    n_dense = sum("春天到了" in document.page.text for document, _ in made)
    assert 0.7 * len(made) < n_dense < len(made)
    assert prose.unmarked(np.random.default_rng(3), [], 5, n_max=1) == []

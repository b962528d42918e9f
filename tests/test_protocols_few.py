"""Labels drawn as somebody has them who begins."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from tests.test_fit import EXTRACTOR, keywords, sentence
from training.protocols import few
from unstuff import Page
from unstuff.fit.points import BOUNDS
from unstuff.labels import Labelled, text_page

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def documents() -> list[Labelled]:
    """12 campaigns, 20 sites with a page and lists, paragraphs of other sites, and a site that is all spam."""
    rng = np.random.default_rng(1)
    made = [Labelled(f"b{i}", text_page([keywords(rng)]), (True,), f"c{i % 12}", kind="positive") for i in range(72)]
    for i in range(20):
        page = Page.from_html("".join(f"<p>{sentence(rng)}</p>" for _ in range(30)))
        made.append(Labelled(f"p{i}", page, (False,) * 30, f"s{i}", kind="html_page"))
        made += [Labelled(f"l{i} {k}", text_page([f"list {i} {k}"]), (False,), f"s{i}", kind="menu") for k in range(15)]
    made += [Labelled(f"q{i}", text_page([sentence(rng)]), (False,), f"t{i}", kind="paragraph") for i in range(40)]
    return [*made, Labelled("n", text_page([keywords(rng)]), (True,), "n", kind="positive", source="native_site")]


def test_what_is_drawn_has_so_many_groups_and_so_much_of_each() -> None:
    found = few.material(documents())
    assert (len(found.campaigns), len(found.sites)) == (12, 20)
    own = few.draw(found, 15, np.random.default_rng(2))
    blocks = [document for document in own if any(document.labels)]
    assert len({document.group for document in own}) == 15
    assert len({document.group for document in blocks}) == 5
    assert sum(sum(document.labels) for document in blocks) >= 20
    sizes = {len([d for d in own if d.group == group]) for group in {d.group for d in own} - {d.group for d in blocks}}
    assert sizes == {few.N_PARAGRAPHS + few.N_LISTS}


def test_other_groups_are_measured_at_every_point() -> None:
    found = few.material(documents())
    *_, (size, name, *shares) = few.rows(found, [15], 1, EXTRACTOR)
    assert (size, name) == ("15", list(BOUNDS)[-1])
    recall, least, *flagged = (float(share.removesuffix(" %")) for share in shares)
    assert recall == least > 80
    assert max(flagged) < 5

"""Lists of names in languages that the generator draws none of: what stands in them, and what is counted."""

import numpy as np
import pytest

pytest.importorskip("babel", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")

from training import locale_lists
from training.honest import locales
from unstuff import Filter, Page


def test_no_language_is_one_that_the_generator_draws() -> None:
    assert not {name.partition("_")[0] for name in locale_lists.LOCALES} & {
        name.partition("_")[0] for name in locales.LOCALES
    }


def test_every_layout_holds_the_same_names() -> None:
    listed = [
        one for one in locale_lists.pages(np.random.default_rng(1)) if one.locale == "is" and one.table == "territories"
    ]
    assert len(listed) == len(locale_lists.SIZES) * len(locale_lists.LAYOUTS)
    letters: dict[str, list[list[str]]] = {}
    for one in listed:
        text = Page.from_html(one.html).text.replace(locale_lists._FILLER, "")
        letters.setdefault(one.layout, []).append(sorted(filter(str.isalpha, text)))
    assert len({str(own) for own in letters.values()}) == 1
    assert "Ísland" in locales.names("is", "territories")
    assert "XA" not in locales.names("is", "territories")


def test_rows_count_each_list_once_a_column() -> None:
    listed = [one for one in locale_lists.pages(np.random.default_rng(1)) if one.locale in ("is", "zu")]
    rows = list(locale_lists.rows(Filter(), listed))
    n = {name: int(cells[0]) for name, *cells in rows}
    assert n["all"] == len(listed)
    assert sum(count for name, count in n.items() if name.startswith("layout")) == len(listed)
    assert sum(count for name, count in n.items() if name.startswith("table")) == len(listed)

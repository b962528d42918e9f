"""Mirrored sites to fit the page stage on: the site's lines garbled, the block as it was, folds kept."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from training import mirrors
from training.assemble import Draw
from training.blocks import Block
from training.vocabulary import Places, Vocabulary
from unstuff import Page
from unstuff.labels import Labelled

LINES = ["欢迎光临东方设备有限公司网站", "联系电话 0755-1234567", "公司新闻与产品中心", "技术支持：客户服务部门"]
BLOCK = Block(("cheap watches, replica bags, best price",), (True,), "", "replica", "middle")


class OneBlock(Draw):
    """Draws the same block always."""

    def blocks(self, rng: np.random.Generator, n: int) -> list[Block]:
        """The block, n times."""
        return [BLOCK] * n


def site(lang: str = "zh", kind: str = "page", labels: tuple[bool, ...] = (False,) * 4) -> Labelled:
    return Labelled(id="s", page=Page.from_text("\n".join(LINES)), labels=labels, group="g", kind=kind, lang=lang)


def draw() -> OneBlock:
    return OneBlock(Vocabulary((), (), (), (), {}, Places((), (), (), {}, {}, (), (), {})), ())


def test_lines_are_garbled_and_the_block_is_left() -> None:
    pages, fold = mirrors.documents([site(), site("en")], np.array([3, 1]), draw(), 7, n=60)
    assert len(pages) == 60
    assert set(fold.tolist()) == {3}
    with_block = [page for page in pages if any(page.labels)]
    assert 20 < len(with_block) < 60
    lines = [
        (paragraph.text, label)
        for page in pages
        for paragraph, label in zip(page.page.paragraphs, page.labels, strict=True)
    ]
    assert {text for text, label in lines if label} == {BLOCK.lines[0]}
    garbled = {text for text, label in lines if not label}
    assert any("(" in text for text in garbled)
    assert {page.group for page in pages} == {"g"}


def test_a_seed_fixes_every_page() -> None:
    texts = [
        [page.page.text for page in mirrors.documents([site()], np.array([0]), draw(), seed, n=9)[0]]
        for seed in (7, 7, 8)
    ]
    assert texts[0] == texts[1] != texts[2]


def test_only_clean_chinese_pages_are_sites() -> None:
    assert mirrors.is_chinese_site(site())
    assert mirrors.is_chinese_site(site(kind="html_page", lang="zh-Hant"))
    assert not mirrors.is_chinese_site(site("en"))
    assert not mirrors.is_chinese_site(site(kind="paragraph"))
    assert not mirrors.is_chinese_site(site(labels=(True, False, False, False)))
    assert len(mirrors.documents([site("en")], np.array([0]), draw(), 7)[0]) == 0

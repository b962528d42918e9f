"""Words by the alphabet: those of genuine paragraphs of one language and fold, in order, and content."""

import re

import numpy as np
import pytest

from unstuff import Page
from unstuff.labels import Labelled

pytest.importorskip("confusable_homoglyphs")
from training import wordlists

LETTERS = "abcdefghij"
CHINESE = (
    "春天，公园，孩子，草地，风筝，老人，湖边，学生，图书馆，老师，考试，天气，电影，音乐，火车，飞机，朋友，家庭，工作，问题，经济，"
    "社会，历史，文化，教育，科学，技术，环境，市场，公司，产品，价格，城市，农村，政府，法律，医院，医生，健康，运动，足球，篮球，"
    "比赛，冠军，记者，新闻，报纸，杂志，网络，电脑，手机，软件，游戏，旅游，酒店，机场，海洋，森林，动物，植物"
)


def _row(text: str, lang: str, fold: int) -> tuple[Labelled, int]:
    return Labelled("p", Page.from_text(text), (False,), "g", source="s", kind="paragraph", lang=lang), fold


def _words(first: str) -> str:
    return " ".join(f"{first}{one}{other}" for one in LETTERS for other in LETTERS)


ROWS = [_row(_words("x"), "en", 0), _row(_words("y"), "en", 1), _row(_words("z"), "de", 0), _row("few words", "fr", 0)]


def test_words_stand_in_order_and_come_of_one_language_and_fold() -> None:
    made = wordlists.by_alphabet(np.random.default_rng(1), ROWS, 300)
    assert len(made) == 300
    steps = set()
    for document, fold in made:
        words = re.findall(r"[a-z]{3}", document.page.text.lower())
        assert len(words) >= 5
        assert words == sorted(set(words))
        assert {word[0] for word in words} == {{("en", 0): "x", ("en", 1): "y", ("de", 0): "z"}[document.lang, fold]}
        assert document.labels == (False,) * len(document.page.paragraphs)
        places = [LETTERS.index(word[1]) * 10 + LETTERS.index(word[2]) for word in words]
        steps.add(tuple(np.unique(np.diff(places)).tolist()))
    assert steps == {(1,), (2,), (4,), (9,)}


def test_chinese_is_cut_into_words_and_what_is_not_cut_is_left_out() -> None:
    rows = [_row(CHINESE, "zh", 0), _row("桜の花が咲いています。" * 20, "ja", 0)]
    made = wordlists.by_alphabet(np.random.default_rng(2), rows, 30)
    assert {document.lang for document, _ in made} == {"zh"}
    for document, _ in made:
        assert sum(word in document.page.text for word in CHINESE.split("，")) >= 5


def test_too_few_words_give_no_list() -> None:
    assert wordlists.by_alphabet(np.random.default_rng(1), ROWS[3:], 9) == []
    assert wordlists.by_alphabet(np.random.default_rng(1), [], 9) == []

"""Sentences that enumerate, and news of the trades that spam sells."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, some
from training.honest import words
from training.vocabulary import Vocabulary


def statute(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """An enumeration of a statute."""
    article = f"第{pick(rng, '一二三四五六七八九')}十{pick(rng, '一二三四五六七八九')}条"
    if chance(rng, 0.5):
        listed = "、".join(some(rng, words.DEPARTMENTS, between(rng, 4, 20)))
        text = f"{article} 县级以上人民政府{listed}等有关部门，{pick(rng, words.DUTIES)}。"
    else:
        listed = "、".join(some(rng, words.LAW_THINGS, between(rng, 4, 20)))
        text = f"{article} 本条例所称设施，是指{listed}以及其他公用设施。"
    return Draft([text], "", honest=True)


def trade_news(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """News and warnings about the trades that spam sells."""
    chosen = some(rng, words.NEWS_SENTENCES, between(rng, 1, 3))
    items = [sentence + ("。" if any("一" <= char <= "鿿" for char in sentence) else ".") for sentence in chosen]
    return Draft(items, pick(rng, ("\n", " ", "")), position="middle", honest=True)


def plain_sentences(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The filler of spliced prose, without its keywords."""
    return Draft(
        [sentence + "." for sentence in some(rng, vocabulary.sentences, between(rng, 1, 8))],
        pick(rng, (" ", "\n")),
        position="middle",
        honest=True,
    )

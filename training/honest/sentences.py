"""Sentences that enumerate, and news of the trades that spam sells."""

from __future__ import annotations

from training import trades
from training.blocks import Draft
from training.draw import Rng, between, chance, pick, some, weighted
from training.honest import menus, words
from training.vocabulary import Vocabulary

# Not quoted, nor spoken of beside what is: some of the sentences are about schools.
_ADULT = frozenset(("adult", "escorts", "dating"))
# Signs that texts put around a keyword that they quote.
_QUOTES = {"{}": 6.0, '"{}"': 2.0, "“{}”": 2.0, "'{}'": 0.5, "«{}»": 0.5, "„{}“": 0.5, "「{}」": 0.5}


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


def about_trades(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """News, warnings, advice, law and headlines about the trades that spam sells; now and then about two of them."""
    row = pick(rng, menus.rows_of("_about"))
    rows = (row, pick(rng, menus.rows_of("_about", row.language))) if chance(rng, 0.15) else (row,)
    texts = [text for each in rows for text in some(rng, each.items, between(rng, 1, 3))]
    return Draft(texts, pick(rng, ("\n", menus.space(row.language))), position="middle", honest=True)


def quoted_phrases(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A sentence that says what search phrases are: what a hacked site showed, a filter blocks, a guide advises.

    Now and then with what else such a text says.
    """
    # A protocol may leave out all trades of a language.
    row = pick(rng, [row for row in menus.rows_of("_quoting") if _trades_of(row.language)])
    quotes = weighted(rng, _QUOTES)
    phrases = [quotes.format(phrase) for phrase in _phrases(rng, vocabulary, row.language)]
    texts = [pick(rng, row.items).format(x=menus.joined(phrases, row.language, row.heads))]
    about = [other for other in menus.rows_of("_about", row.language) if _ADULT.isdisjoint(other.heads)]
    beside = [*pick(rng, menus.rows_of("_noted", row.language)).items, *pick(rng, about).items]
    for text in some(rng, beside, pick(rng, (0, 0, 1, 1, 2, 4))):
        texts.insert(between(rng, 0, len(texts)), text)
    return Draft(texts, pick(rng, ("\n", menus.space(row.language))), position="middle", honest=True)


def _phrases(rng: Rng, vocabulary: Vocabulary, language: str) -> list[str]:
    """Phrases of one to four trades as one searches for them, or what they sell alone."""
    chosen = some(rng, _trades_of(language), pick(rng, (1, 1, 2, 4)))
    n = pick(rng, (1, 2, 2, 3, 3, 4, 6))
    if chance(rng, 0.4):
        return [head for trade in chosen for head in some(rng, trades.TRADES[trade].slots["head"], n)]
    return [phrase for trade in chosen for phrase in trades.phrases(rng, vocabulary, trade, n)]


def _trades_of(language: str) -> list[trades.Trade]:
    """The trades of a language; where there are none, what is injected is mostly English."""
    quotable = [trade for trade in trades.TRADES if trade.name not in _ADULT]
    own = [trade for trade in quotable if trade.language == language.lower()]
    return own or [trade for trade in quotable if trade.language == "en"]


def plain_sentences(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The filler of spliced prose, without its keywords."""
    return Draft(
        [sentence + "." for sentence in some(rng, vocabulary.sentences, between(rng, 1, 8))],
        pick(rng, (" ", "\n")),
        position="middle",
        honest=True,
    )

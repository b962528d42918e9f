"""Lists without separators, alone and glued to the end of genuine Chinese paragraphs: what the word stage learns from.

And genuine Chinese text without marks, in which nothing is parted either.

Injected and honest lists alike, generated and real, so that missing separators alone tell nothing. A glued list has
the fold of the paragraph before it; a real list keeps the fold of its group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from training import generate, prose
from training.blocks import Block, Draft, compose
from training.corpus import is_hard_negative
from training.draw import Rng, pick
from training.families import adult_head, adult_tail, place_tail
from training.honest import KINDS
from training.obfuscations import rejoin
from training.phrases import phrase_list
from training.slots import CJK_SEPARATORS, TOPICS
from training.vocabulary import Vocabulary
from unstuff.features.words import MIN_HAN
from unstuff.labels import Labelled
from unstuff.page import Page

N_LISTS = 400  # of each family, alone and glued
N_HONEST = 1500
N_UNMARKED = 600
_MAX_TRIES = 200
_HOST_CHARS = (30, 400)
# An honest list counts half: without separators it is rarer than an injected one. Swept together with the weight of
# the injected, 2026-11: at 2 and 1 clean rows are as rare above "balanced" as without the stage.
_WEIGHTS = {True: 2.0, False: 0.5}
_REAL_WEIGHT = 1.0

_CHINESE_TOPICS = tuple(name for name, topic in TOPICS.items() if topic.separators is CJK_SEPARATORS)
DraftOf = Callable[[Rng, Vocabulary], Draft]


def _topic_list(rng: Rng, vocabulary: Vocabulary) -> Draft:
    return phrase_list(rng, vocabulary, TOPICS[pick(rng, _CHINESE_TOPICS)])


def _honest_list(rng: Rng, vocabulary: Vocabulary) -> Draft:
    return KINDS[pick(rng, tuple(KINDS))][0](rng, vocabulary)


FAMILIES: Mapping[str, DraftOf] = {
    "place_tail_cn": place_tail,
    "adult_cn_head": adult_head,
    "adult_cn_tail": adult_tail,
    "topics_cn": _topic_list,
}


def documents(
    real: Sequence[Labelled],
    fold: NDArray[np.int64],
    vocabulary: Vocabulary,
    seed: int,
    forbidden: Iterable[str] = (),
    n: int = N_LISTS,
    n_honest: int = N_HONEST,
    n_unmarked: int = N_UNMARKED,
) -> tuple[list[Labelled], NDArray[np.int64]]:
    """Documents of one paragraph and their folds; no injected one shares a shingle with the ``forbidden`` texts."""
    rng = np.random.default_rng([seed, 1])
    hosts = prose_by_fold(real, fold)
    rows: list[tuple[Labelled, int]] = []
    for family, draft_of in FAMILIES.items():
        lists = injected(rng, vocabulary, draft_of, family, n, forbidden)
        rows += [(_document(text, True, family), int(rng.integers(len(hosts)))) for text in lists]
        rows += [_glued(rng, hosts, text, True, family) for text in lists]
    for i in range(n_honest):
        text = glued_text(rng, vocabulary, _honest_list)
        alone = _document(text, False, ""), int(rng.integers(len(hosts)))
        rows.append(_glued(rng, hosts, text, False, "") if i % 4 == 0 else alone)
    rows += real_lists(real, fold)
    rows += unmarked_prose(rng, real, fold, n_unmarked)
    return [document for document, _ in rows], np.array([k for _, k in rows], np.int64)


def injected(
    rng: Rng, vocabulary: Vocabulary, draft_of: DraftOf, family: str, n: int, forbidden: Iterable[str] = ()
) -> list[str]:
    """At most n injected lists of a family without separators."""
    texts = [glued_text(rng, vocabulary, draft_of) for _ in range(n)]
    blocks = [Block((text,), (True,), "", family, "anywhere") for text in texts]
    return [block.lines[0] for block in generate.without_overlap(blocks, forbidden, vocabulary.entries())[0]]


def glued_text(rng: Rng, vocabulary: Vocabulary, draft_of: DraftOf) -> str:
    """The items of a draft as one line with nothing between them; drawn anew until it is Chinese and allowed."""
    for _ in range(_MAX_TRIES):
        block = compose(rng, draft_of(rng, vocabulary)._replace(separator="", wrap=0), "")
        if block.lines and _n_han(block.lines[-1]) >= MIN_HAN and generate.is_clean(block):
            return block.lines[-1]
    raise ValueError(f"{_MAX_TRIES} drafts in a row without {MIN_HAN} Han characters, or banned")


def real_lists(real: Sequence[Labelled], fold: NDArray[np.int64]) -> Iterator[tuple[Labelled, int]]:
    """Honest Chinese lists of the collection without their separators, in the fold of their group."""
    for document, k in zip(real, fold.tolist(), strict=True):
        if is_honest_list(document) and not any(document.labels):
            for paragraph in document.page.paragraphs:
                text = unparted(paragraph.text)
                if text != paragraph.text and _n_han(text) >= MIN_HAN:
                    yield replace(_document(text, False, "", _REAL_WEIGHT), group=document.group), k


def unmarked_prose(
    rng: Rng, real: Sequence[Labelled], fold: NDArray[np.int64], n: int
) -> Iterator[tuple[Labelled, int]]:
    """Genuine Chinese text without a mark, in the fold of its group."""
    chinese = [(d, k) for d, k in zip(real, fold.tolist(), strict=True) if d.lang.startswith("zh")]
    for document, k in prose.unmarked(rng, chinese, n, n_max=1):
        text = "".join(paragraph.text for paragraph in document.page.paragraphs)
        if _n_han(text) >= MIN_HAN:
            yield replace(_document(text, False, "", _REAL_WEIGHT), group=document.group), k


def is_honest_list(document: Labelled) -> bool:
    """Whether a document is a Chinese hard negative."""
    return document.lang.startswith("zh") and is_hard_negative(document)


def unparted(text: str) -> str:
    """A list without its separators."""
    return rejoin(text, iter(lambda: "", None))


def prose_by_fold(real: Sequence[Labelled], fold: NDArray[np.int64]) -> list[list[str]]:
    """Genuine Chinese paragraphs of each fold, neither short nor long."""
    low, high = _HOST_CHARS
    hosts: list[list[str]] = [[] for _ in range(int(fold.max()) + 1)]
    for document, k in zip(real, fold.tolist(), strict=True):
        if document.kind == "paragraph" and document.lang.startswith("zh") and len(document.labels) == 1:
            text = document.page.paragraphs[0].text
            if low <= len(text) <= high:
                hosts[k].append(text)
    return hosts


def _glued(rng: Rng, hosts: Sequence[Sequence[str]], text: str, label: bool, family: str) -> tuple[Labelled, int]:
    """A list at the end of a genuine paragraph, in the fold of the paragraph."""
    k = int(rng.integers(len(hosts)))
    return _document(pick(rng, hosts[k]) + text, label, family), k


def _document(text: str, label: bool, family: str, weight: float = 0.0) -> Labelled:
    return Labelled(
        id=family, page=Page.from_text(text), labels=(label,), group="generated", family=family, kind="generated",
        weight=weight or _WEIGHTS[label],
    )  # fmt: skip


def _n_han(text: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in text)

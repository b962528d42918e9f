"""Whether a single word makes an honest line spam: ``python -m training.lone_words --data DIR``.

Every common word of the clean development paragraphs as a line of its own, bare, with a mark behind it, and as a host's
name, between two of these paragraphs. A generator that ends its spam in one word or mark teaches the model just that,
and rows of content may hold too few such lines to show it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training import corpus
from training.corpus import add_data_option
from training.evaluate import signature
from unstuff import Filter
from unstuff.evaluation import Share, percent, share, table
from unstuff.labels import Labelled
from unstuff.page import LINE_BREAK

FORMS = ("{}", "{}.", "{}!", "www.{}.com")
N_WORDS, MIN_COUNT, MAX_CHARS = 5000, 3, 20
# What a word stands between is no list and no line, so that the word is no item of a run.
_MIN_NEIGHBOUR_CHARS = 60
_N_SHOWN = 12
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Words(NamedTuple):
    """The commonest words of a language, the commonest first, and two paragraphs that it is written in."""

    words: list[str]
    neighbours: tuple[str, str]


def words_of(documents: Iterable[Labelled]) -> dict[str, Words]:
    """Words of clean paragraphs by language, the one with the most of them first."""
    counts: dict[str, Counter[str]] = {}
    long: dict[str, list[str]] = {}
    for document in documents:
        if document.kind == "paragraph":
            text = document.page.text
            counts.setdefault(document.lang, Counter()).update(map(str.lower, _WORD.findall(text)))
            if len(text) >= _MIN_NEIGHBOUR_CHARS and not LINE_BREAK.search(text):
                long.setdefault(document.lang, []).append(text)
    found = {
        lang: Words(
            [word for word, n in own.most_common(N_WORDS) if n >= MIN_COUNT and len(word) <= MAX_CHARS],
            (long[lang][0], long[lang][-1]),
        )
        for lang, own in counts.items()
        if lang in long
    }
    return dict(sorted(found.items(), key=lambda item: -len(item[1].words)))


def scores(scorer: Filter, words: Words, form: str) -> list[float]:
    """The score of each word's line."""
    before, behind = words.neighbours
    begins = form.startswith("{}")  # the line, and so with a capital
    lines = (form.format(word[0].upper() + word[1:] if begins else word) for word in words.words)
    return [verdicts[1].score for verdicts in scorer.score_texts(f"{before}\n{line}\n{behind}" for line in lines)]


def rows(scorer: Filter, found: dict[str, Words]) -> Iterator[tuple[str, ...]]:
    """A row a language and form: words, shares flagged at precise and balanced, and the highest that are flagged."""
    for lang, words in found.items():
        for form in FORMS:
            own = np.array(scores(scorer, words, form))
            shares = [share(own >= scorer.model.points[point], words.words) for point in ("precise", "balanced")]
            highest = np.argsort(-own, kind="stable")[:_N_SHOWN].tolist()
            flagged = [words.words[i] for i in highest if own[i] >= scorer.model.points["balanced"]]
            yield lang, form.format("word"), str(len(own)), *map(_told, shares), " ".join(flagged)


def _told(found: Share) -> str:
    return f"{percent(found.value)} ({percent(found.low)} to {percent(found.high)})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m training.lone_words", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_option(parser)
    parser.add_argument("--model", help="model folder; default: the shipped one")
    options = parser.parse_args(arguments)
    if options.data is None:
        parser.error("no data given; use --data DIR or set UNSTUFF_DATA")
    scorer = Filter(options.model)
    found = words_of(corpus.split(corpus.load(Path(options.data)))["dev"])
    head = ("language", "line", "words", "flagged at precise", "flagged at balanced", "highest")
    print(signature(scorer.model), table(head, rows(scorer, found), markdown=True), sep="\n\n")


if __name__ == "__main__":
    main()

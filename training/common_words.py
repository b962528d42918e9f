"""What form alone makes of honest words: ``python -m training.common_words --data DIR``.

Common words of the clean development paragraphs between two of these paragraphs: each as a line of its own, bare, with
a mark behind it, and as a host's name; within every frame that phrases of any trade have ("where to buy …"); and ten
of them in a list, by what parts the items. A generator whose spam alone has a word, a frame or a mark teaches the model
just that, and rows of content may hold too few such lines to show it. Then genuine lines and lists written by hand
(``written/lines.jsonl``, ``lists.jsonl``), each between two paragraphs.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training import corpus, trades
from training.corpus import parse_with_data
from training.draw import some
from training.evaluate import flagged_at, signature
from training.slots import CJK_SEPARATORS, LATIN_SEPARATORS
from unstuff import Filter, measure
from unstuff.evaluation import table
from unstuff.labels import Labelled, read_labelled
from unstuff.page import LINE_BREAK

FORMS = ("{}", "{}.", "{}!", "www.{}.com")
N_WORDS, MIN_COUNT, MAX_CHARS = 5000, 3, 20
WORDS_A_FRAME, MIN_WORDS = 20, 500
N_LISTS, WORDS_A_LIST = 200, 10
_OFTEN = 0.05  # of its lines flagged: a frame is named
SEED = 5
POINTS = ("precise", "balanced")
WRITTEN = Path(__file__).parent / "written"
LINES, LISTS = WRITTEN / "lines.jsonl", WRITTEN / "lists.jsonl"
# What a word stands between is no list and no line, so that the word is no item of a run.
_MIN_NEIGHBOUR_CHARS = 60
_N_SHOWN = 12
_FRAMED = frozenset(trade.language for trade in trades.TRADES)
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


def scores(scorer: Filter, words: Words, lines: Iterable[str]) -> list[float]:
    """The score of each line between the two paragraphs."""
    before, behind = words.neighbours
    return [verdicts[1].score for verdicts in scorer.score_texts(f"{before}\n{line}\n{behind}" for line in lines)]


def lone_lines(words: Words, form: str) -> list[str]:
    """Each word as a line of its own; where it begins the line, with a capital."""
    return [form.format(_capital(word) if form.startswith("{}") else word) for word in words.words]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lone_rows(scorer: Filter, found: Mapping[str, Words]) -> Iterator[tuple[str, ...]]:
    """A row a language and form: words, shares flagged at precise and balanced, and the highest that are flagged."""
    for lang, words in found.items():
        for form in FORMS:
            own = np.array(scores(scorer, words, lone_lines(words, form)))
            highest = np.argsort(-own, kind="stable")[:_N_SHOWN].tolist()
            flagged = [words.words[i] for i in highest if own[i] >= scorer.model.points["balanced"]]
            cells = flagged_at(scorer.model.points, own, words.words, POINTS)
            yield lang, form.format("word"), str(len(own)), *cells, " ".join(flagged)


def framed_rows(scorer: Filter, found: Mapping[str, Words]) -> Iterator[tuple[str, ...]]:
    """A row a language with frames: how many, their lines, shares flagged, and the frames flagged often, worst first.

    Every frame has the same words; lines of a frame share a cluster of the interval.
    """
    for lang, words in found.items():
        if lang not in _FRAMED or len(words.words) < MIN_WORDS:
            continue
        rng = np.random.default_rng(SEED)
        frames = trades.frames(lang)
        own = some(rng, words.words, WORDS_A_FRAME)
        lines = [_capital(frame.replace("{x}", word)) for frame in frames for word in own]
        found_scores = np.array(scores(scorer, words, lines))
        shares = (found_scores.reshape(len(frames), -1) >= scorer.model.points["balanced"]).mean(axis=1)
        often = [i for i in np.argsort(-shares, kind="stable").tolist() if shares[i] > _OFTEN]
        named = "; ".join(frames[i].replace("{x}", "…") for i in often[:_N_SHOWN])
        of_frame = [frame for frame in frames for _ in own]
        cells = flagged_at(scorer.model.points, found_scores, of_frame, POINTS)
        yield lang, str(len(frames)), str(len(lines)), *cells, str(len(often)), named


def listed_rows(scorer: Filter, found: Mapping[str, Words]) -> Iterator[tuple[str, ...]]:
    """A row a separator of injected lists: lists of words of every language with enough of them, and shares flagged."""
    separators = {*LATIN_SEPARATORS, *CJK_SEPARATORS} - {"\n", ""}
    rows = []
    for separator in separators:
        found_scores: list[float] = []
        languages: list[str] = []
        for lang, words in found.items():
            if len(words.words) >= MIN_WORDS:
                rng = np.random.default_rng(SEED)
                lists = [separator.join(some(rng, words.words, WORDS_A_LIST)) for _ in range(N_LISTS)]
                found_scores += scores(scorer, words, lists)
                languages += [lang] * N_LISTS
        own = np.array(found_scores)
        cells = flagged_at(scorer.model.points, own, languages, POINTS)
        rows.append((own.mean(), repr(separator), str(len(own)), *cells))
    yield from (row[1:] for row in sorted(rows, reverse=True))


def written_rows(scorer: Filter, documents: Sequence[Labelled]) -> Iterator[tuple[str, ...]]:
    """A row a kind of lines or lists written by hand, the commonest first, with the shares flagged; before, all."""
    result = measure.read(scorer.model, documents)
    # The first and the last paragraph of each page stand beside its lines.
    inner = np.append(False, np.diff(result.document) == 0) & np.append(np.diff(result.document) == 0, False)
    highest = np.zeros(len(documents))
    np.maximum.at(highest, result.document[inner], result.scored.score[inner])
    kinds = np.array([document.kind for document in documents])
    groups = np.array([document.group for document in documents])
    for kind in ("", *(name for name, _ in Counter(kinds.tolist()).most_common())):
        own = (kinds == kind) | (kind == "")
        yield kind or "all", str(own.sum()), *flagged_at(scorer.model.points, highest[own], groups[own])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m training.common_words",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--model", help="model folder; default: the shipped one")
    options = parse_with_data(parser, arguments)
    scorer = Filter(options.model)
    found = words_of(corpus.split(corpus.load(options.data))["dev"])
    shares = ("flagged at precise", "flagged at balanced")
    tables = (
        (("language", "line", "words", *shares, "highest"), lone_rows(scorer, found)),
        (("language", "frames", "lines", *shares, "frames flagged often", "worst"), framed_rows(scorer, found)),
        (("separator", "lists", *shares), listed_rows(scorer, found)),
        *(
            ((f"{what} written by hand", "n", *shares, "flagged at sensitive"), written_rows(scorer, documents))
            for what, documents in (("lines", list(read_labelled([LINES]))), ("lists", list(read_labelled([LISTS]))))
        ),
    )
    print(signature(scorer.model), *(table(head, rows, markdown=True) for head, rows in tables), sep="\n\n")


if __name__ == "__main__":
    main()

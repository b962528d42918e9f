"""Other tools on the same texts, and the floor under all of them. One that is not installed says so in its row."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain
from random import Random
from typing import Any, NamedTuple

import numpy as np

from tests.bench import prose
from tests.bench.rounds import Task
from tests.bench.texts import Sample, n_bytes
from unstuff import Filter, artifact
from unstuff.errors import MissingExtra
from unstuff.page import Page, Paragraph

_N_TRAINING_ROWS = 300
_ISO = {"zh": "zho", "en": "eng", "ja": "jpn"}


class Absent(NamedTuple):
    """A peer that could not be timed."""

    name: str
    reason: str


PART = "unstuff, the part that slow tools get"
Peer = Callable[[Sequence[str], str], Callable[[], Any]]


def tasks(scorer: Filter, sample: Sample, slow_size: int) -> Iterator[Task | Absent]:
    """Unstuff, the floor and every peer, ready to run on a sample; slow ones take its first ``slow_size`` bytes.

    So few texts at a time cost unstuff more a byte: it is timed on them too, and the ratios are to its speed on all.
    """
    every, few = sample.documents, sample.first(slow_size)
    yield Task("unstuff", lambda: list(scorer.score_texts(every)), n_bytes(every))
    yield Task(PART, lambda: list(scorer.score_texts(few)), n_bytes(few))
    yield Task("floor: utf-32 and a gather", floor(every), n_bytes(every))
    for name, prepare in PEERS.items():
        try:
            yield Task(name, prepare(few, sample.lang), n_bytes(few))
        except (ImportError, MissingExtra) as error:
            yield Absent(name, str(error))


def floor(documents: Sequence[str]) -> Callable[[], Any]:
    """Code points of every document, and a look at one table for each."""
    table = np.arange(0x110000, dtype=np.uint32)
    return lambda: [
        table.take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), mode="clip") for text in documents
    ]


def _need(*modules: str) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise MissingExtra(f"needs {', '.join(missing)}; run: pip install 'unstuff[bench]'")


def _paragraphs(documents: Sequence[str]) -> list[str]:
    return [line for document in documents for line in document.split("\n")]


def _rows(documents: Sequence[str]) -> Any:
    """Some hundred rows to train on: half from the sample, half lists of place names."""
    from unstuff.fit import Rows

    rng = Random(1)
    plain = _paragraphs(documents)[:_N_TRAINING_ROWS]
    texts = [*plain, *(prose.place_list(rng, rng.randrange(8, 40)) for _ in range(_N_TRAINING_ROWS))]
    labels = np.arange(len(texts)) >= len(plain)
    return Rows([Paragraph(text, 0, len(text)) for text in texts], labels, np.ones(len(texts)))


def _fasttext(documents: Sequence[str], lang: str) -> Callable[[], Any]:
    _need("fasttext")
    from training.baselines import fitted

    model = fitted.train_fasttext(_rows(documents))
    lines = [fitted.tokens(text) for text in _paragraphs(documents)]
    return lambda: model.predict(lines, k=2)


def _fasttext_from_text(documents: Sequence[str], lang: str) -> Callable[[], Any]:
    _need("fasttext")
    from training.baselines import fitted

    model, texts = fitted.train_fasttext(_rows(documents)), _paragraphs(documents)
    return lambda: model.predict([fitted.tokens(text) for text in texts], k=2)


def _tfidf(documents: Sequence[str], lang: str) -> Callable[[], Any]:
    from training.baselines import fitted

    model, texts = fitted.train_tfidf(_rows(documents)), _paragraphs(documents)
    return lambda: model.predict_proba(texts)


def _jieba(documents: Sequence[str], lang: str) -> Callable[[], Any]:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    texts = _paragraphs(documents)
    return lambda: [jieba.lcut(text) for text in texts]


def _justext(documents: Sequence[str], lang: str) -> Callable[[], Any]:
    _need("justext", "lxml_html_clean")
    from justext import get_stoplist

    from training.baselines.boilerplate import CHINESE_BOUNDS, STOPLISTS, Bounds, FunctionCharacters, classify

    with np.load(artifact.shipped() / "tables.npz") as tables:
        characters = FunctionCharacters(tables)
    stoplists = {lang: get_stoplist(STOPLISTS[lang])} if lang in STOPLISTS else {}
    pages = [Page.from_text(document).paragraphs for document in documents]
    bounds = Bounds() if stoplists else CHINESE_BOUNDS
    return lambda: [classify(page, lang, stoplists, characters, bounds) for page in pages]


def _datatrove(name: str) -> Peer:
    def prepare(documents: Sequence[str], lang: str) -> Callable[[], Any]:
        _need("datatrove", "spacy", *(["sudachipy"] if lang == "ja" else []))
        from datatrove.data import Document
        from datatrove.pipeline import filters

        chosen = getattr(filters, name)(language=_ISO[lang])
        documents_of = [Document(text=text, id=str(i)) for i, text in enumerate(documents)]
        return lambda: [chosen.filter(document) for document in documents_of]

    return prepare


PEERS: dict[str, Peer] = {
    "fastText predict": _fasttext,
    "fastText, tokens made too": _fasttext_from_text,
    "scikit-learn TF-IDF": _tfidf,
    "jieba.lcut": _jieba,
    "jusText, classes alone": _justext,
    "datatrove Gopher quality": _datatrove("GopherQualityFilter"),
    "datatrove FineWeb quality": _datatrove("FineWebQualityFilter"),
}


def split(found: Iterator[Task | Absent]) -> tuple[list[Task], list[Absent]]:
    """What can be timed, and what cannot."""
    every = list(found)
    return [each for each in every if isinstance(each, Task)], [each for each in every if isinstance(each, Absent)]


def n_verdicts(scorer: Filter, documents: Sequence[str]) -> int:
    """How many paragraphs are flagged."""
    return sum(verdict.found for verdict in chain.from_iterable(scorer.score_texts(documents)))

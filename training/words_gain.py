"""What word segmentation costs and gains: ``python -m training.words_gain --data DIR``.

Development documents, each by the models that were fitted without its fold. Recall of blocks without separators, alone
and glued to genuine prose, with the word stage and without it, both at thresholds that flag equally many clean rows;
what it does to honest lists; which share of paragraphs it is sent, and what one costs. Generated blocks are drawn anew.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import pipeline, undelimited
from training.corpus import CLEAN_KINDS, injected, is_hard_negative, parse_with_data
from training.draw import Rng, pick
from training.evaluate.negatives import threshold_flagging
from training.kept_fits import add_fits_options, fits_of
from training.pipeline import Prepared, Result
from unstuff import Filter
from unstuff.evaluation import Share, share, table
from unstuff.features import segmenter
from unstuff.fit import Fitted
from unstuff.labels import Labelled
from unstuff.model import batches
from unstuff.page import Page

SEED = 90_210  # not the seed that is fitted on
N_LISTS = 250
COPIES = 3
_MIN_CHARS = 12
# Content that the thresholds are set on, or that is counted as false positives.
CLEAN, HARD = "clean paragraphs and pages", "hard negatives"


class Documents(NamedTuple):
    """Labelled documents, the fold of each, and the set of figures it belongs to."""

    documents: list[Labelled]
    fold: NDArray[np.int64]
    name: NDArray[np.object_]


class Sent(NamedTuple):
    """What goes to segmentation."""

    paragraphs: Share
    ms_a_paragraph: float


# --- documents ------------------------------------------------------------------------------------------------------


def collect(prepared: Prepared, seed: int = SEED, n: int = N_LISTS) -> Documents:
    """Everything that is scored: content of the collection, and blocks without separators."""
    rows = [
        (document, k, name)
        for document, k in zip(prepared.dev, prepared.fold.tolist(), strict=True)
        if (name := _content(document))
    ]
    rng = np.random.default_rng(seed)
    hosts = undelimited.prose_by_fold(prepared.dev, prepared.fold)
    rows += _generated(rng, prepared, hosts, n)
    rows += _real(rng, prepared, hosts)
    rows += [(d, k, "honest lists, separators removed") for d, k in undelimited.real_lists(prepared.dev, prepared.fold)]
    names = np.array([name for _, _, name in rows], object)
    return Documents([document for document, _, _ in rows], np.array([k for _, k, _ in rows]), names)


def _content(document: Labelled) -> str:
    if document.kind in CLEAN_KINDS:
        return CLEAN
    return HARD if is_hard_negative(document) else ""


def _generated(
    rng: Rng, prepared: Prepared, hosts: Sequence[Sequence[str]], n: int
) -> Iterator[tuple[Labelled, int, str]]:
    for family, draft_of in undelimited.FAMILIES.items():
        for i, text in enumerate(undelimited.injected(rng, prepared.vocabulary, draft_of, family, n)):
            k = int(rng.integers(len(hosts)))
            yield _block(text, f"generated:{i}"), k, f"generated {family}, alone"
            yield _block(pick(rng, hosts[k]) + text, f"generated:{i}"), k, f"generated {family}, after prose"


def _real(rng: Rng, prepared: Prepared, hosts: Sequence[Sequence[str]]) -> Iterator[tuple[Labelled, int, str]]:
    fold = {document.id: k for document, k in zip(prepared.dev, prepared.fold.tolist(), strict=True)}
    for document in injected(prepared.dev):
        if document.family.startswith(("adult_cn", "cn_tail")):
            k = fold[document.id]
            texts = [undelimited.unparted(p.text) for p in document.page.paragraphs]
            for text in (text for text in texts if len(text) >= _MIN_CHARS):
                yield _block(text, document.group), k, "real, separators removed"
            longest = max(texts, key=len)
            for _ in range(COPIES):
                yield _block(pick(rng, hosts[k]) + longest, document.group), k, "real, separators removed, after prose"


def _block(text: str, group: str) -> Labelled:
    return Labelled(id=group, page=Page.from_text(text), labels=(True,), group=group, kind="positive", lang="zh")


# --- figures --------------------------------------------------------------------------------------------------------


def score(fitted: Fitted, prepared: Prepared, made: Documents, with_words: bool) -> Result:
    """Every document by the model fitted without its fold, in order of folds."""
    own = fitted if with_words else without(fitted)
    return pipeline.out_of_fold(own, prepared.extractor, made.documents, made.fold)


def without(fitted: Fitted) -> Fitted:
    """The fit with no word stage in the models without each fold."""
    folds = [fold._replace(paragraph=fold.paragraph._replace(words=None)) for fold in fitted.folds]
    return fitted._replace(folds=folds)


def rows(before: Result, after: Result, made: Documents, threshold: float) -> Iterator[tuple[str, Share, Share]]:
    """Name of each set and the share flagged without and with the stage; ``threshold`` is with it."""
    name = made.name[after.document]
    n_flagged = int((after.scored.score[name == CLEAN] >= threshold).sum())
    earlier = threshold_flagging(before.scored.score[name == CLEAN], n_flagged)
    for each in sorted(set(name.tolist()), key=lambda each: (each in (CLEAN, HARD), each)):
        own = name == each
        groups = after.scored.group[own]
        flags = before.scored.score[own] >= earlier, after.scored.score[own] >= threshold
        yield each, share(flags[0], groups), share(flags[1], groups)


def sent_on(fitted: Fitted, prepared: Prepared, documents: Sequence[Labelled]) -> Sent:
    """Share of the documents' paragraphs that are sent on, and what cutting and reading one takes."""
    stage, extractor = fitted.paragraph.words, prepared.extractor
    if stage is None:
        raise ValueError("this fit has no word stage")
    segmenter.cut("词")  # loads the dictionary
    sent: list[bool] = []
    groups: list[str] = []
    seconds = 0.0
    for together in batches(documents, lambda document: len(document.page.text), 1 << 18):
        batch = extractor.batch([p for document in together for p in document.page.paragraphs])
        chosen = stage.undecided(batch, fitted.paragraph.logits(extractor.extract(batch)))
        began = time.perf_counter()
        extractor.words(batch, chosen)
        seconds += time.perf_counter() - began
        sent += np.isin(np.arange(len(batch)), chosen).tolist()
        groups += [document.group for document in together for _ in document.labels]
    return Sent(share(sent, groups), 1000 * seconds / max(sum(sent), 1))


def words_report(fitted: Fitted, prepared: Prepared) -> Iterator[str]:
    """The tables, as Markdown."""
    made = collect(prepared)
    before, after = (score(fitted, prepared, made, with_words) for with_words in (False, True))
    for point, found in pipeline.choose_points(fitted, prepared).items():
        shares = rows(before, after, made, found.threshold)
        yield f"### Segmentation, out of fold, at {point}, equally many clean rows flagged\n\n{_markdown(shares)}\n"
    chinese = [d for d in made.documents if d.kind in CLEAN_KINDS and d.lang.startswith("zh")]
    every = [d for d in made.documents if d.kind in CLEAN_KINDS]
    lines = []
    for name, documents in (("all languages", every), ("Chinese", chinese)):
        sent = sent_on(fitted, prepared, documents)
        lines.append((name, *_cells(sent.paragraphs), str(sent.paragraphs.n), f"{sent.ms_a_paragraph:.2f}"))
    head = ("clean paragraphs", "sent on", "95 % interval", "n", "ms a paragraph sent on")
    yield f"### Segmentation: what it is sent\n\n{table(head, lines, markdown=True)}\n"


def _markdown(shares: Iterator[tuple[str, Share, Share]]) -> str:
    lines = [
        (name, *_cells(first), *_cells(second), f"{100 * (second.value - first.value):+.1f}", str(second.n),
         str(second.n_groups))
        for name, first, second in shares
    ]  # fmt: skip
    head = ("flagged", "without", "95 % interval", "with", "95 % interval", "points", "n", "groups")
    return table(head, lines, markdown=True)


def _cells(found: Share) -> tuple[str, str]:
    return f"{found.value:.2%}", f"{found.low:.2%} to {found.high:.2%}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        prog="python -m training.words_gain", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_fits_options(parser)
    options = parse_with_data(parser, arguments)
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    fitted = fits_of(options, prepared, Filter().model)
    for section in words_report(fitted, prepared):
        print(section, flush=True)


if __name__ == "__main__":
    main()

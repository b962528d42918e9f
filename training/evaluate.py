"""Every figure of README and model card: ``python -m training.evaluate --data DIR``.

Prints, each with n and a 95 % interval: the released model on the test split; recall and false positives out of fold
(development groups by models fitted without them, test groups by the released model); and, with ``--ablation``, the
test figures of models fitted without one family of features.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import pipeline
from training.assemble import Sizes, insert_real, markup_pages, text_pages
from training.corpus import add_data_option, is_native
from training.pipeline import CLEAN_KINDS, Prepared, Result
from unstuff import Filter, __version__
from unstuff.evaluation import Share, false_positives_by, share, share_table, span_figures
from unstuff.fit import Fitted, Settings
from unstuff.labels import Labelled
from unstuff.measure import blocks_of, flagged_paragraphs, found_blocks
from unstuff.model import Model

ABLATIONS = ("ngrams", "places", "links", "words", "context", "shape")
_SPAM = ("positive", "inserted", "page", "doubtful", "generated", "text_page")
COPIES = 3


def block_recall(result: Result, documents: Sequence[Labelled], threshold: float) -> dict[str, Share]:
    """Share of blocks found: 80 % of their non-space characters flagged. Native spam in a line of its own."""
    spans = flagged_paragraphs(documents, result, threshold)
    blocks = [block for number in spans for block in blocks_of(documents[number], number)]
    own = [documents[block.document] for block in blocks]
    hit = found_blocks(documents, blocks, spans)
    group = np.array([document.group for document in own], object)
    family = np.array([document.family for document in own], object)
    native = np.array(list(map(is_native, own)), bool)
    names = {"all injected": ~native, "all native": native}
    names |= {f"  {name}": family == name for name in sorted(set(family.tolist()))}
    return {name: share(hit[chosen], group[chosen]) for name, chosen in names.items()}


def blocks_found(result: Result, n_documents: int, threshold: float) -> NDArray[np.bool_]:
    """Whether 80 % of the characters of each document's keyword blocks are flagged, (n_documents,)."""
    flagged = (result.scored.score >= threshold) & result.scored.label
    found = np.bincount(result.document, flagged * result.n_chars, n_documents)
    whole = np.bincount(result.document, result.scored.label * result.n_chars, n_documents)
    return np.asarray((whole > 0) & (found >= 0.8 * whole))


def positives(result: Result, documents: Sequence[Labelled]) -> Result:
    """The rows of positives without a doubt noted."""
    return select(result, np.isin(result.document, [i for i, d in enumerate(documents) if d.kind == "positive"]))


def hard_negatives(result: Result) -> Result:
    """The rows of hard negatives."""
    kind = result.scored.kind
    return select(result, ~np.isin(kind, [*CLEAN_KINDS, *_SPAM]))


def clean(result: Result) -> Result:
    """The rows of clean paragraphs, comments and pages."""
    return select(result, np.isin(result.scored.kind, CLEAN_KINDS) & ~result.scored.label)


def select(result: Result, chosen: NDArray[np.bool_]) -> Result:
    """The chosen rows of a result."""
    return result.take(chosen)


def inserted(documents: Sequence[Labelled], seed: int) -> list[Labelled]:
    """Each positive in clean pages that come from the same documents."""
    rng = np.random.default_rng(seed)
    texts, markup = text_pages(documents), markup_pages(documents)
    blocks = [document for document in documents if document.kind == "positive"]
    return [page for block in blocks for page in insert_real(rng, block, texts, markup, COPIES)]


class Measured(NamedTuple):
    """What one side (test split, or everything out of fold) is reported from."""

    side: str
    alone: dict[str, Share]  # blocks by themselves
    in_pages: dict[str, Share]  # blocks inserted in held-out clean pages
    hard: Result
    clean: Result


def report(model: Model, measured: Measured) -> Iterator[str]:
    """The tables of one side, the summary first."""
    side, alone, in_pages, hard, plain = measured
    point = model.points["balanced"]
    summary = {
        "recall, block alone": alone["all injected"],
        "recall, block in a clean page": in_pages["all injected"],
        "recall, pages that are all spam": alone["all native"],
        "hard negatives flagged": _false(hard, point)["all"],
        "clean paragraphs flagged": _false(plain, point)["all"],
    }
    yield _titled(f"{side}: summary at balanced", summary)
    yield _titled(f"{side}: blocks alone, recall at balanced", alone)
    yield _titled(f"{side}: blocks inserted in clean pages ({COPIES} each), recall at balanced", in_pages)
    yield _titled(f"{side}: hard negatives flagged at balanced, by kind", _false(hard, point))
    yield _titled(f"{side}: hard negatives flagged, by point", _by_point(hard, model))
    yield _titled(f"{side}: clean paragraphs flagged at balanced, by language", _false(plain, point, "lang"))
    yield _titled(f"{side}: clean paragraphs flagged, by point", _by_point(plain, model))


def test_report(model: Model, prepared: Prepared) -> Iterator[str]:
    """The released model on the test split."""
    documents = prepared.test
    result = pipeline.score(model, documents)
    point = model.points["balanced"]
    in_pages = inserted(documents, seed=1)
    spoilt = block_recall(pipeline.score(model, in_pages), in_pages, point)
    alone = block_recall(positives(result, documents), documents, point)
    yield from report(model, Measured("Test split", alone, spoilt, hard_negatives(result), clean(result)))
    yield page_report(result, documents, point)


def page_report(result: Result, documents: Sequence[Labelled], point: float) -> str:
    """Spans on labelled pages."""
    spans = flagged_paragraphs(documents, result, point)
    pages, groups = [], []
    for number, document in enumerate(documents):
        if document.kind == "page":
            blocks = [(block.start, block.end) for block in blocks_of(document)]
            pages.append((document.page.text, blocks, spans[number]))
            groups.append(document.group)
    figures = span_figures(pages, groups)
    title = f"Test split: labelled pages at balanced, span F1 {figures.f1:.3f} ({len(pages)} pages)"
    return _titled(title, {"precision": figures.precision, "recall": figures.recall})


def fold_report(model: Model, fitted: Fitted, prepared: Prepared) -> Iterator[str]:
    """Everything out of fold: development groups by fold models, test groups by the released model."""
    point = model.points["balanced"]
    dev = pipeline.out_of_fold(fitted, prepared.extractor, prepared.dev, prepared.fold)
    test = pipeline.score(model, prepared.test)
    documents = [*prepared.dev, *prepared.test]
    every = pipeline.join([dev, test._replace(document=test.document + len(prepared.dev))])
    alone = block_recall(positives(every, documents), documents, point)
    spoilt = _inserted_by_fold(model, fitted, prepared)
    yield from report(model, Measured("Out of fold", alone, spoilt, hard_negatives(every), clean(every)))


def _inserted_by_fold(model: Model, fitted: Fitted, prepared: Prepared) -> dict[str, Share]:
    documents: list[Labelled] = []
    parts: list[Result] = []
    for k in range(len(fitted.folds)):
        own = inserted([d for d, of in zip(prepared.dev, prepared.fold.tolist(), strict=True) if of == k], seed=k)
        part = pipeline.score(pipeline.fold_model(fitted, prepared.extractor, k), own)
        parts.append(part._replace(document=part.document + len(documents)))
        documents += own
    own = inserted(prepared.test, seed=1)
    part = pipeline.score(model, own)
    parts.append(part._replace(document=part.document + len(documents)))
    return block_recall(pipeline.join(parts), [*documents, *own], model.points["balanced"])


def ablation_report(model: Model, prepared: Prepared, settings: Settings, n_jobs: int) -> str:
    """Test figures without each family, at the threshold that flags as many clean development rows as balanced does."""
    made = pipeline.material(prepared, Sizes())
    shares: dict[str, Share] = {}
    for without in ("", *ABLATIONS):
        own = replace(settings, without=without)
        fitted = pipeline.fit_all(prepared, made, own, n_jobs)
        points = pipeline.choose_points(fitted, prepared)
        partial = pipeline.model_of(
            fitted, prepared.extractor, without, {name: found.threshold for name, found in points.items()}
        )
        point = partial.points["balanced"]
        result = pipeline.score(partial, prepared.test)
        name = f"without {without}" if without else "all families"
        in_pages = inserted(prepared.test, seed=1)
        shares[f"{name}: recall alone"] = block_recall(positives(result, prepared.test), prepared.test, point)[
            "all injected"
        ]
        spoilt = block_recall(pipeline.score(partial, in_pages), in_pages, point)
        shares[f"{name}: recall in pages"] = spoilt["all injected"]
        shares[f"{name}: hard negatives"] = _false(hard_negatives(result), point)["all"]
        shares[f"{name}: clean"] = _false(clean(result), point)["all"]
    return _titled("Ablation on the test split, each with its own threshold for balanced", shares)


def _false(result: Result, point: float, by: str = "kind") -> dict[str, Share]:
    return false_positives_by(result.scored, point, by)


def _by_point(result: Result, model: Model) -> dict[str, Share]:
    return {name: _false(result, threshold)["all"] for name, threshold in model.points.items()}


def _titled(title: str, shares: dict[str, Share]) -> str:
    return f"### {title}\n\n{share_table('', shares, markdown=True)}\n"


def signature(model: Model) -> str:
    """What a figure was made with."""
    points = ", ".join(f"{name} {threshold:.6f}" for name, threshold in model.points.items())
    return f"unstuff {__version__}, model {model.name}, {points}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_data_option(parser)
    parser.add_argument("--model", help="model folder; default: the shipped one")
    parser.add_argument("--quick", action="store_true", help="the test split alone; nothing is fitted")
    parser.add_argument("--ablation", action="store_true", help="also fit without each family")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args(arguments)
    model = Filter(options.model).model
    settings = Settings()
    prepared = pipeline.prepare(options.data, settings)
    print(signature(model), end="\n\n")
    for section in test_report(model, prepared):
        print(section, flush=True)
    if options.quick:
        return
    fitted = pipeline.fit_all(prepared, pipeline.material(prepared, Sizes()), settings, options.jobs)
    for section in fold_report(model, fitted, prepared):
        print(section, flush=True)
    if options.ablation:
        print(ablation_report(model, prepared, settings, options.jobs))


if __name__ == "__main__":
    main()

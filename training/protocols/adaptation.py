"""What a few corrections are worth: ``python -m training.protocols.adaptation --data DIR --cache DIR``.

Models fitted without one family of spam are adapted to 20 to 200 corrections of it, and measured on what the
corrections do not hold: real blocks of campaigns that gave none, blocks drawn anew, other families, and genuine text of
the test split. A correction is a block that the model missed, alone as a line of labelled paragraphs. In a second round
as many paragraphs of content are given along, of the fold that the models did not see (``rounds.py``). Then the shipped
model is adapted to false positives of the site that has most of them.

Penalties are chosen before, with ``--choose``, on that fold alone: content comes from one half of its groups
and the other half is measured.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training import generate, pipeline
from training.corpus import parse_with_data
from training.evaluate import POINT
from training.evaluate.negatives import clean_paragraphs, flagged_share, hard_negatives
from training.evaluate.recall import read_blocks
from training.families import FAMILIES
from training.pipeline import Prepared
from training.protocols.bases import base
from training.protocols.families import BESIDE, LEFT_OUT, LeftOut, as_document, generated_recall, real_recall
from training.protocols.rounds import halves, risen
from unstuff import artifact
from unstuff.evaluation import Share, share, table
from unstuff.fit import Penalty, adapt
from unstuff.labels import Labelled
from unstuff.measure import blocks_of
from unstuff.model import Model

NAMES = ("slot_id", "adult_cn, both", "slot_ko", "wares and loans", "gambling_vi")
COUNTS = (20, 50, 100, 200)
PENALTIES = tuple(Penalty(*each) for each in itertools.product((0.0003, 0.0001, 0.00003), (3.0, 10.0, 30.0)))
MIN_REAL = 20  # campaigns on the development side; with fewer all real blocks are held out
DRAWS = 3000
CORRECTIONS_SEED, CHOICE_SEED = 13, 17
Row = tuple[str, ...]


class Corrections(NamedTuple):
    """Missed blocks of one family, real ones first."""

    documents: list[Labelled]
    n_real: int


def missed(model: Model, documents: Sequence[Labelled]) -> list[Labelled]:
    """The documents of which the model misses a block."""
    blocks = read_blocks(pipeline.score(model, documents), documents, model.points[POINT])
    of_block = [document for document in documents for _ in blocks_of(document)]
    wrong = {id(d) for d, found in zip(of_block, blocks.found.tolist(), strict=True) if not found}
    return [document for document in documents if id(document) in wrong]


def real_blocks(documents: Sequence[Labelled], out: LeftOut) -> list[Labelled]:
    """Real blocks of a family, doubtful ones left out."""
    return [d for d in documents if d.kind == "positive" and d.family in out.real]


def gives_corrections(prepared: Prepared, out: LeftOut) -> bool:
    """Whether a family has real blocks enough to spare those of the development side."""
    return len({d.group for d in real_blocks(prepared.dev, out)}) >= MIN_REAL


def corrections(model: Model, prepared: Prepared, out: LeftOut) -> Corrections:
    """Blocks of the family that the model misses: real ones of the development side, then ones drawn anew."""
    real = real_blocks(prepared.dev, out) if gives_corrections(prepared, out) else []
    drawn = generate.generate(np.random.default_rng(CORRECTIONS_SEED), DRAWS, prepared.vocabulary, out.generated)
    own = missed(model, [replace(d, weight=1.0) for d in real]) if real else []
    return Corrections([*own, *missed(model, [as_document(i, block) for i, block in enumerate(drawn)])], len(own))


def others(out: LeftOut) -> LeftOut:
    """The families that are not left out."""
    every = {name for one in (*LEFT_OUT.values(), *BESIDE.values()) for name in one.real}
    return LeftOut(tuple(n for n in FAMILIES if n not in out.generated), tuple(sorted(every - set(out.real))))


def genuine(model: Model, documents: Sequence[Labelled]) -> Iterator[Share]:
    """Hard negatives and clean paragraphs flagged."""
    result = pipeline.score(model, documents)
    for rows in (hard_negatives(result), clean_paragraphs(result)):
        yield flagged_share(rows, model.points[POINT]).share


def of_family(model: Model, prepared: Prepared, out: LeftOut) -> Iterator[Share]:
    """Recall on the family's real blocks that gave no corrections, and on blocks drawn anew."""
    held_out = prepared.test if gives_corrections(prepared, out) else [*prepared.dev, *prepared.test]
    injected, native = real_recall(model, held_out, out.real)
    yield injected if injected.n else native
    yield generated_recall(model, prepared, out)


def crawl(prepared: Prepared) -> list[Labelled]:
    """Genuine text of the fold that the models did not see."""
    folds = zip(prepared.dev, prepared.fold.tolist(), strict=True)
    return [document for document, fold in folds if fold == 0 and not any(document.labels)]


HEAD = (
    "family", "blocks", "real", "content", "own, real", "own, drawn", "others, real", "others, drawn", "hard", "clean"
)  # fmt: skip


def measure(name: str, prepared: Prepared, cache: Path, counts: Sequence[int]) -> Iterator[Row]:
    """The figures of one family: before, after corrections of blocks alone, and with content given along."""
    out = {**LEFT_OUT, **BESIDE}[name]
    model = base(name, out, prepared, cache)
    found = corrections(model, prepared, out)
    yield name, "0", "0", "0", *map(str, _shares(model, prepared, out))
    for n in counts:
        blocks = found.documents[:n]
        first = adapt(model, blocks).model
        content = risen(model, first, crawl(prepared), n)
        for adapted, n_content in ((first, 0), (adapt(model, [*blocks, *content]).model, len(content))):
            shares = map(str, _shares(adapted, prepared, out))
            yield name, str(len(blocks)), str(min(found.n_real, n)), str(n_content), *shares


def _shares(model: Model, prepared: Prepared, out: LeftOut) -> Iterator[Share]:
    yield from of_family(model, prepared, out)
    yield real_recall(model, prepared.test, others(out).real)[0]
    yield generated_recall(model, prepared, others(out))
    yield from genuine(model, [document for document in prepared.test if not any(document.labels)])


CHOICE_HEAD = ("family", "half", "least", "of content", "blocks", "content", "own, drawn", "hard", "clean")


def choose(name: str, prepared: Prepared, cache: Path, counts: Sequence[int]) -> Iterator[Row]:
    """What each penalty does on one half of the fold, without and with content of the other half."""
    out = {**LEFT_OUT, **BESIDE}[name]
    model = base(name, out, prepared, cache)
    drawn = generate.generate(np.random.default_rng(CORRECTIONS_SEED), DRAWS, prepared.vocabulary, out.generated)
    found = missed(model, [as_document(i, block) for i, block in enumerate(drawn)])
    parts = halves(crawl(prepared))
    for half, n in itertools.product((0, 1), counts):
        content = risen(model, adapt(model, found[:n]).model, parts[1 - half], n)
        for along, penalty in itertools.product(([], content), PENALTIES):
            adapted = adapt(model, [*found[:n], *along], penalty).model
            own = generated_recall(adapted, prepared, out, CHOICE_SEED)
            figures = map(str, (own, *genuine(adapted, parts[half])))
            yield name, str(half), *map(str, penalty), str(len(found[:n])), str(len(along)), *figures


def false_positives(prepared: Prepared, n: int) -> Iterator[Row]:
    """The shipped model adapted to n false positives of the test site that has most of them."""
    model = artifact.read_adaptable(artifact.shipped())
    honest = [document for document in prepared.test if not any(document.labels)]
    threshold = model.points[POINT]
    flagged = Counter[str]()
    wrong: dict[str, list[Labelled]] = {}
    for document in honest:
        if pipeline.score(model, [document]).scored.score.max(initial=0.0) >= threshold:
            flagged[document.group] += 1
            wrong.setdefault(document.group, []).append(document)
    site = flagged.most_common(1)[0][0]
    given = wrong[site][:n]
    used = {id(document) for document in given}
    kept = [document for document in honest if id(document) not in used]
    for name, own in (("before", model), ("after", adapt(model, given).model)):
        result = pipeline.score(own, kept)
        here = result.scored.group == site
        hits = result.scored.score >= threshold
        yield (
            name, site, str(len(given)), str(share(hits[here], result.document[here])),
            str(share(hits[~here], result.scored.group[~here])),
            str(real_recall(own, prepared.test, sorted({d.family for d in prepared.test if d.family}))[0]),
            str(generated_recall(own, prepared, LeftOut(tuple(FAMILIES)))),
        )  # fmt: skip


FALSE_HEAD = ("", "site", "corrections", "same site flagged", "other sites flagged", "recall, real", "recall, drawn")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what corrections are worth, or what each penalty does."""
    parser = argparse.ArgumentParser(
        prog="python -m training.protocols.adaptation", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--cache", type=Path, required=True, help="where the fitted models are kept")
    parser.add_argument("--families", nargs="*", metavar="NAME", default=NAMES, help=f"default: {', '.join(NAMES)}")
    parser.add_argument("--counts", nargs="*", type=int, default=COUNTS, help="how many corrections")
    parser.add_argument("--choose", action="store_true", help="sweep penalties on development groups")
    parser.add_argument("--false-positives", type=int, default=8, metavar="N", help="corrections of one site; 0: none")
    options = parse_with_data(parser, arguments)
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    run, head = (choose, CHOICE_HEAD) if options.choose else (measure, HEAD)
    rows = [row for name in options.families for row in run(name, prepared, options.cache, options.counts)]
    print(table(head, rows, markdown=True))
    if options.false_positives and not options.choose:
        print(f"\n{table(FALSE_HEAD, list(false_positives(prepared, options.false_positives)), markdown=True)}")


if __name__ == "__main__":
    main()

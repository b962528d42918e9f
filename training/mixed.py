"""Mixed paragraphs: real blocks glued to genuine text on one line, ``python -m training.mixed --data DIR``.

Each real injected block of one paragraph is put behind, before and into a genuine paragraph of its language and side.
Found means that 80 % of it lies in the flagged spans; what is flagged of the genuine text is counted in characters.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from training import pipeline
from training.assemble import Sizes
from training.corpus import add_data_option, is_native
from training.evaluate import signature
from training.pipeline import Prepared
from training.robustness import Scorer, by_fold
from unstuff import Filter
from unstuff.evaluation import FOUND_SHARE, Share, share, share_table
from unstuff.fit import Settings
from unstuff.labels import Labelled
from unstuff.measure import Result
from unstuff.model import Model
from unstuff.page import Page

SEED = 11
PLACES = ("behind", "before", "inside")
JOINTS = ("", " ", "  ")
MIN_BLOCK_CHARS = 20
HOST_CHARS = (80, 600)


class Mixed(NamedTuple):
    """A genuine paragraph with a block in it."""

    document: Labelled
    block: tuple[int, int]  # half-open offsets into its text
    place: str


def mix(blocks: Sequence[Labelled], hosts: Sequence[Labelled], seed: int = SEED) -> list[Mixed]:
    """Each block of one paragraph in genuine paragraphs of its language, English ones where there is none."""
    rng = np.random.default_rng(seed)
    by_lang: dict[str, list[str]] = {}
    for host in hosts:
        if host.kind == "paragraph" and HOST_CHARS[0] <= len(host.page.text) <= HOST_CHARS[1]:
            by_lang.setdefault(host.lang, []).append(host.page.text)
    found = []
    for document in blocks:
        if len(document.labels) == 1 and len(document.page.text) >= MIN_BLOCK_CHARS:
            pool = by_lang.get(document.lang) or by_lang["en"]
            found += [_mixed(document, pool[int(rng.integers(len(pool)))], place, rng) for place in PLACES]
    return found


def _mixed(document: Labelled, host: str, place: str, rng: np.random.Generator) -> Mixed:
    joint = JOINTS[int(rng.integers(len(JOINTS)))]
    cut = {"behind": len(host), "before": 0, "inside": _sentence_end(host)}[place]
    before, after = host[:cut], host[cut:]
    before += joint if before else ""
    text = document.page.paragraphs[0].text
    page = Page.from_text(before + text + (joint + after if after else ""))
    mixed = Labelled(document.id, page, (True,), document.group, document.family, document.source, "mixed")
    return Mixed(mixed, (len(before), len(before) + len(text)), place)


def _sentence_end(host: str) -> int:
    """The sentence end nearest to the middle, else the middle."""
    ends = [i + 1 for i, char in enumerate(host) if char in ".!?。！？" and 20 < i < len(host) - 20]
    return min(ends, key=lambda end: abs(end - len(host) // 2), default=len(host) // 2)


def figures(mixed: Sequence[Mixed], result: Result, threshold: float) -> dict[str, Share]:
    """Blocks found and genuine text left, all together and by place."""
    flagged = result.scored.score >= threshold
    start, stop = np.array([one.block for one in mixed]).T
    low, high = result.spans.T
    inside = np.maximum(np.minimum(high, stop) - np.maximum(low, start), 0) * flagged
    genuine = (high - low) * flagged - inside
    found = inside >= FOUND_SHARE * (stop - start)
    left = genuine <= (1 - FOUND_SHARE) * (result.n_chars - (stop - start))
    groups = np.array([one.document.group for one in mixed], object)
    place = np.array([one.place for one in mixed])
    told = {"block found": found, "found, and 80 % of the genuine text left": found & left}
    shares: dict[str, Share] = {}
    for name, own in told.items():
        shares[name] = share(own, groups)
        shares |= {f"{name}: {where}": share(own[place == where], groups[place == where]) for where in PLACES}
    return shares


def report(model: Model, score: Scorer, prepared: Prepared) -> str:
    """The table at balanced; ``score`` may give a document to the model that was not fitted on its group."""
    documents = [*prepared.dev, *prepared.test]
    fold = {document.id: k for document, k in zip(prepared.dev, prepared.fold.tolist(), strict=True)}
    mixed: list[Mixed] = []
    for k in sorted({-1, *fold.values()}):
        own = [document for document in documents if fold.get(document.id, -1) == k]
        mixed += mix([d for d in own if d.kind == "positive" and not is_native(d)], own, SEED + k)
    result = score([one.document for one in mixed])
    result = result.take(np.argsort(result.document, kind="stable"))
    shares = figures(mixed, result, model.points["balanced"])
    return (
        f"### Real blocks in genuine paragraphs, at balanced, out of fold\n\n{share_table('', shares, markdown=True)}\n"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, out of fold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_data_option(parser)
    parser.add_argument("--model", help="model folder; default: the shipped one")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    model, settings = Filter(options.model).model, Settings()
    prepared = pipeline.prepare(options.data, settings)
    fitted = pipeline.fit_all(prepared, pipeline.material(prepared, Sizes()), settings, options.jobs)
    print(signature(model), report(model, by_fold(model, fitted, prepared), prepared), sep="\n\n")


if __name__ == "__main__":
    main()

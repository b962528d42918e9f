"""What a model of few labels does elsewhere, at each of its points: ``python -m training.protocols.few --data DIR``.

Labels as somebody has them who begins: of some groups, a third of them campaigns with their real blocks, the others
sites with 20 paragraphs of their pages and up to 10 of their lists. A model is fitted on them alone, as by
``unstuff train``; blocks of all other campaigns and clean paragraphs of all other groups are measured.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from training import corpus
from training.corpus import is_hard_negative, is_native, parse_with_data
from unstuff import Filter, measure
from unstuff.evaluation import percent, table
from unstuff.features import Extractor
from unstuff.fit import Plan, Settings, train
from unstuff.fit.usable import MIN_PARAGRAPHS
from unstuff.labels import Labelled, text_page

SIZES = (10, 30, 100, 300)
MAX_CAMPAIGNS = 32  # half of those there are
N_PARAGRAPHS, N_LISTS, MIN_CHARS = 20, 10, 15
N_CLEAN = 6_000  # documents
SEED = 19


class Material(NamedTuple):
    """Documents by group: blocks of campaigns, pages and lists of sites, and what is measured as clean."""

    campaigns: dict[str, list[Labelled]]
    sites: dict[str, list[Labelled]]
    clean: list[Labelled]


def material(documents: Sequence[Labelled]) -> Material:
    """What is drawn from."""
    campaigns, sites = defaultdict[str, list[Labelled]](list), defaultdict[str, list[Labelled]](list)
    for document in documents:
        if any(document.labels):
            if document.kind in ("positive", "page") and not is_native(document):
                campaigns[document.group].append(replace(document, weight=1.0))
        elif document.kind == "html_page" or is_hard_negative(document):
            sites[document.group].append(document)
    with_pages = {group: own for group, own in sites.items() if any(d.kind == "html_page" for d in own)}
    clean = [as_text(d) for d in documents if d.kind in ("paragraph", "html_page") and d.group not in campaigns]
    return Material(campaigns, {group: own for group, own in with_pages.items() if group not in campaigns}, clean)


def as_text(document: Labelled) -> Labelled:
    """A page without its markup, which the blocks have not either."""
    return replace(document, page=text_page([paragraph.text for paragraph in document.page.paragraphs]))


def draw(found: Material, n_groups: int, rng: np.random.Generator) -> list[Labelled]:
    """Labels of so many groups, with blocks enough to fit on."""
    n_campaigns = min(max(n_groups // 3, 5), MAX_CAMPAIGNS)
    while True:
        campaigns = rng.choice(sorted(found.campaigns), n_campaigns, replace=False).tolist()
        blocks = [document for group in campaigns for document in found.campaigns[group]]
        if sum(sum(document.labels) for document in blocks) >= MIN_PARAGRAPHS:
            break
    sites = rng.choice(sorted(found.sites), n_groups - n_campaigns, replace=False).tolist()
    return [*blocks, *(document for group in sites for document in of_site(group, found.sites[group], rng))]


def of_site(group: str, documents: Sequence[Labelled], rng: np.random.Generator) -> Iterator[Labelled]:
    """Some paragraphs of a site's pages, and some of its lists, each alone."""
    pages = [p.text for d in documents if d.kind == "html_page" for p in d.page.paragraphs if p.kind == "body"]
    texts = [text for text in dict.fromkeys(pages) if len(text) >= MIN_CHARS]
    for i in rng.permutation(len(texts))[:N_PARAGRAPHS].tolist():
        yield Labelled(f"{group} {i}", text_page([texts[i]]), (False,), group)
    lists = [document for document in documents if document.kind != "html_page"]
    yield from (replace(lists[i], weight=1.0) for i in rng.permutation(len(lists))[:N_LISTS].tolist())


def elsewhere(found: Material, n_groups: int, seed: int, extractor: Extractor) -> dict[str, tuple[float, float]]:
    """Share of other campaigns' blocks found and of other clean paragraphs flagged, at each point of one model."""
    own = draw(found, n_groups, np.random.default_rng((SEED, n_groups, seed)))
    model = train(own, extractor, Plan("few", test_share=0.0), Settings(), lambda _: None).model
    used = {document.group for document in own}
    blocks = [d for group, documents in found.campaigns.items() if group not in used for d in documents]
    clean = [document for document in found.clean if document.group not in used]
    clean = [clean[i] for i in np.random.default_rng(SEED).permutation(len(clean))[:N_CLEAN].tolist()]
    of_blocks, scores = measure.read(model, blocks), measure.read(model, clean).scored.score
    return {
        name: (
            float(measure.at_threshold(blocks, of_blocks, threshold).found.mean()),
            float((scores >= threshold).mean()),
        )
        for name, threshold in model.points.items()
    }


HEAD = ("groups", "point", "blocks found, mean", "least", "clean flagged, median", "mean", "most")


def rows(found: Material, sizes: Sequence[int], n_draws: int, extractor: Extractor) -> Iterator[tuple[str, ...]]:
    """One row a size and point."""
    for size in sizes:
        models = [elsewhere(found, size, seed, extractor) for seed in range(n_draws)]
        for name in models[0]:
            recall, flagged = np.array([model[name] for model in models]).T
            shown = (recall.mean(), recall.min(), np.median(flagged), flagged.mean(), flagged.max())
            yield str(size), name, *map(percent, map(float, shown))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m training.protocols.few", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="numbers of groups")
    parser.add_argument("--draws", type=int, default=8, help="models of each size")
    options = parse_with_data(parser, arguments)
    found = material(corpus.load(options.data))
    print(table(HEAD, list(rows(found, options.sizes, options.draws, Filter().model.extractor)), markdown=True))


if __name__ == "__main__":
    main()

"""From the collected data to a released model: ``python -m training.release --data DIR``.

Writes ``models/<name>/`` and copies it into the package. Two runs on one machine give the same bytes: seeds are fixed,
each fit uses one thread, and no date or path goes into a file.

``--importance`` fits nothing: it puts into the folder how much genuine text uses each weight, from the rows that the
model was fitted on, and seals it anew. Weights and verdicts stay.
"""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from training import evaluate, generate, kept_fits, pipeline
from training.assemble import GENERATED, Material, Sizes
from training.corpus import parse_with_data
from training.evaluate import metrics
from training.evaluate.values import under
from training.pipeline import Prepared
from unstuff import artifact, card
from unstuff.fit import Fitted, config_of, content_importance
from unstuff.model import Model

NAME = "web-2026.11.18"
ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "classifier" / "unstuff" / "data"

# Licence as each set states it for itself; pages inside remain their publishers'. Fitting keeps weights of hashed
# n-grams and of counts, from which no text can be read.
LICENCES = {
    "positives": "samples of spam from public crawls and repositories (Common Crawl terms of use, MIT, none stated)",
    "Laws": "none stated; PRC statutes are not under copyright (art. 5)",
    "WMT24": "none in the repository; WMT: research use",
    "trafilatura": "Apache-2.0",
    "postlight": "Apache-2.0 or MIT",
    "cx163": "MIT",
    "cxbbc": "MIT",
    "fundus": "MIT",
    "gne": "GPL-3.0 (the repository; pages are their publishers')",
    "newspaper4k": "Apache-2.0 and MIT",
    "UD_Chinese-GSDSimp": "CC BY-SA 4.0",
    "UD_Chinese-GSD": "CC BY-SA 4.0",
    "UD_Thai-PUD": "CC BY-SA 3.0",
    "UD_Korean-Kaist": "CC BY-SA 4.0",
    "UD_Turkish-BOUN": "CC BY-SA 4.0",
    "UD_Indonesian-GSD": "CC BY-SA 4.0",
    "UD_Vietnamese-VTB": "CC BY-SA 4.0",
    "UD_English-EWT": "CC BY-SA 4.0",
    "judol": "MIT",
    "generated": "Apache-2.0, by this project",
}
_UNSTATED = "none stated, or each site's own"

LIMITS = (
    "Prose spam (doorway articles, spun sentences) is not a keyword block and is not looked for.",
    "Of a block glued to genuine text on one line the part is flagged where the rest reads as content; words beside it "
    "may go along, and one keyword sold inside an honest sentence or list is mostly missed.",
    "One line of an injected list that lost its neighbours cannot be told from content.",
    "Lines of a run of short lines share one verdict, unless one of them lists items itself and is likelier alone: a "
    "run that mixes injected and honest lines without a visible change is right for the greater part only.",
    "Of text in a broken encoding what was lost is not read: GBK taken for UTF-8, and lines that U+0085 cuts.",
    "Languages without rows in the tables above were never measured.",
    "Sources without a permissive licence were fitted on: without them there are too few genuine lists in Chinese "
    "and too few languages. The model holds weights of hashed n-grams, from which no text can be read.",
)


def fitted_sources(made: Material) -> list[tuple[str, int, str]]:
    """Paragraphs of each source that was fitted on, and its licence as stated."""
    counts: Counter[str] = Counter()
    for document in made.alone:
        name = document.source.split(":")[0].split(" ")[0].split("/")[0]
        name = "positives" if document.kind in ("positive", "page") else name or document.kind
        counts[name] += len(document.labels)
    return [(name, n, LICENCES.get(name, _UNSTATED)) for name, n in counts.most_common()]


def overlap(prepared: Prepared, made: Material) -> str:
    """Generated blocks that share a shingle with a keyword block of the test split: none may."""
    forbidden = pipeline.test_blocks(prepared)
    blocks = [
        generate.Block(tuple(p.text for p in d.page.paragraphs), d.labels, "", d.family, "anywhere")
        for d, fold in zip(made.alone, made.alone_fold.tolist(), strict=True)
        if fold == GENERATED and any(d.labels)
    ]
    _, report = generate.without_overlap(blocks, forbidden, prepared.vocabulary.entries())
    return str(report)


def fit(prepared: Prepared, options: argparse.Namespace) -> tuple[Fitted, Material]:
    """The fit and its first draw, kept where the options say so."""
    first = kept_fits.stages(options.upon) if options.upon else None
    fitted, made = pipeline.fit_release(prepared, pipeline.SETTINGS, options.jobs, first=first)
    if options.fits:
        kept_fits.keep(options.fits, fitted)
    return fitted, made


def write(folder: Path, fitted: Fitted, prepared: Prepared, config: dict[str, Any]) -> None:
    """The arrays and the configuration, in place of what the folder held."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    artifact.write(folder, pipeline.model_of(fitted, prepared.extractor, NAME, {}), prepared.tables, config)


def add_importance(folder: Path, prepared: Prepared) -> None:
    """How much genuine text uses each weight, put into the folder of a model fitted on the same data."""
    model = artifact.read(folder)
    made = pipeline.material(prepared, Sizes())
    artifact.write_importance(folder, content_importance(made.alone, prepared.extractor))
    artifact.seal(folder, model.config)


def copy(folder: Path) -> None:
    """The folder in the package, in place of the model there."""
    for other in SHIPPED.glob("*/config.json"):
        shutil.rmtree(other.parent)
    shutil.copytree(folder, SHIPPED / NAME)


def figures(model: Model, fitted: Fitted, prepared: Prepared, protocols: Path | None) -> evaluate.Figures:
    """The test split, everything out of fold, the pages written by hand, then what ``protocols`` holds."""
    test = evaluate.test_side(model, prepared.test)
    sides = test, evaluate.fold_side(fitted, prepared, test)
    found = evaluate.of_sides(sides, model, [*prepared.dev, *prepared.test])
    if protocols:
        found |= under("protocols", evaluate.from_json(orjson.loads(protocols.read_bytes())))
    return found


def looks(output: Path) -> list[metrics.Look]:
    """Looks at the test split logged so far: the longest log of any model, since each release goes on from the last.

    An interrupted release leaves a folder without its log.
    """
    folders = [folder for place in (output, ROOT / "models", SHIPPED) for folder in sorted(place.glob("*/"))]
    return max(map(metrics.looks, folders), key=len, default=[])


def describe(folder: Path, config: dict[str, Any], text: str, made: Material) -> None:
    """Write the model card beside the arrays."""
    n_bytes = sum(path.stat().st_size for path in folder.glob("*.npz"))
    note = (
        f"The weights of single paragraphs are the mean of {len(pipeline.SEEDS)} fits, each on a draw of its own; "
        "what was fitted on is counted in the first."
    )
    described = {**config, "protocol": artifact.PROTOCOL}
    written = card.write(described, text, fitted_sources(made), LIMITS, n_bytes, note=note)
    (folder / "README.md").write_text(written, "utf-8")


def release(prepared: Prepared, options: argparse.Namespace) -> None:
    """Fit, write, measure what was written, and seal it with its figures."""
    fitted, made = fit(prepared, options)
    print("generated blocks against test blocks:", overlap(prepared, made))
    points = pipeline.choose_points(fitted, prepared)
    config = config_of(NAME, pipeline.SETTINGS, points, list(pipeline.SEEDS), fitted.paragraph.words)
    folder, earlier = options.output / NAME, looks(options.output)
    write(folder, fitted, prepared, config)
    model = artifact.read(folder)
    found = figures(model, fitted, prepared, options.protocols)
    metrics.write(folder / "metrics.json", model, found, earlier)
    text = "\n\n".join([evaluate.signature(model), *evaluate.markdown(found)])
    describe(folder, config, text, made)
    artifact.seal(folder, config)
    print(text)


def main(arguments: Sequence[str] | None = None) -> None:
    """Release a model, or add importance to one; copy it."""
    parser = argparse.ArgumentParser(
        prog="python -m training.release", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--jobs", type=int, default=2, help="draws and fits side by side, a thread and 10 GB each")
    parser.add_argument("--output", type=Path, default=ROOT / "models", help="where the model folder goes")
    parser.add_argument(
        "--protocols", type=Path, metavar="FILE", help="figures of training.protocols --json, to log too"
    )
    parser.add_argument("--fits", type=Path, metavar="FILE", help="keep the fits there, for the reports out of fold")
    parser.add_argument(
        "--upon", type=Path, metavar="FILE", help="fit the page stage alone, upon the paragraph stages kept there"
    )
    parser.add_argument("--importance", action="store_true", help="compute importance.npz alone, without a fit")
    parser.add_argument("--no-copy", action="store_true", help="do not copy it into the package")
    options = parse_with_data(parser, arguments)
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    if options.importance:
        add_importance(options.output / NAME, prepared)
    else:
        release(prepared, options)
    if not options.no_copy:
        copy(options.output / NAME)


if __name__ == "__main__":
    main()

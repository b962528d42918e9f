"""Every figure of README and model card: ``python -m training.evaluate --data DIR``.

Prints, each with n and a 95 % interval: the released model on the test split; recall and false positives out of fold
(development groups by models fitted without them, test groups by the released model). Whoever is still choosing takes
``--dev``: the test split is for release candidates, and their looks at it are logged in metrics.json. ``--ablation``
prints what models fitted without one family of features find of development groups and written pages, and nothing else;
with ``--fits`` what the model of those fits does without each feature of its page stage.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import orjson

from training import pipeline
from training.corpus import parse_with_data
from training.evaluate import ablation
from training.evaluate.figures import of_side
from training.evaluate.report import markdown, signature
from training.evaluate.sides import fold_side, large_families, test_side
from training.evaluate.values import Figures, as_json
from training.evaluate.written import written_figures
from training.kept_fits import add_fits_options, fits_of
from training.pipeline import Prepared
from unstuff import Filter
from unstuff.model import Model


def figures(model: Model, prepared: Prepared, options: argparse.Namespace) -> Figures:
    """The figures of the sides that were asked for."""
    large = large_families([*prepared.dev, *prepared.test])
    prevalence = float(model.config.get("prevalence", pipeline.SETTINGS.prevalence))
    test = None if options.dev else test_side(model, prepared.test)
    found = written_figures(model) | (of_side(test, model, prevalence, large) if test else {})
    if not options.quick:
        found |= of_side(fold_side(fits_of(options, prepared, model), prepared, test), model, prevalence, large)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m training.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", help="model folder; default: the shipped one")
    sides = parser.add_mutually_exclusive_group()
    sides.add_argument("--quick", action="store_true", help="the test split alone; nothing is fitted")
    sides.add_argument("--dev", action="store_true", help="development groups alone, out of fold")
    sides.add_argument("--ablation", action="store_true", help="fit without each family of features, and compare")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    add_fits_options(parser)
    options = parse_with_data(parser, arguments)
    if options.ablation and (options.json or (options.model and not options.fits)):
        parser.error("--ablation prints alone: it takes no --json, and --model with --fits only")
    settings = pipeline.SETTINGS
    prepared = pipeline.prepare(options.data, settings)
    if options.ablation and not options.fits:
        print(ablation.report(ablation.ablation(prepared, settings, options.jobs)))
        return
    model = Filter(options.model).model
    if options.ablation:
        fitted = fits_of(options, prepared, model)
        print(signature(model), ablation.report(ablation.page_ablation(fitted, prepared, settings)), sep="\n\n")
        return
    found = figures(model, prepared, options)
    if options.json:
        rows = {"signature": signature(model), "figures": as_json(found)}
        options.json.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")
    print(signature(model), *markdown(found), sep="\n\n", flush=True)


if __name__ == "__main__":
    main()

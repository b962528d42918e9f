"""Every figure of README and model card: ``python -m training.evaluate --data DIR``.

Prints, each with n and a 95 % interval: the released model on the test split; recall and false positives out of fold
(development groups by models fitted without them, test groups by the released model). Whoever is still choosing takes
``--dev``: the test split is for release candidates, and their looks at it are logged in metrics.json. ``--ablation``
prints what models fitted without one family of features find of development groups and written pages, and nothing else;
with ``--fits`` what the model of those fits does without each feature of its page stage.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from training import pipeline
from training.corpus import parse_with_data
from training.evaluate import ablation
from training.evaluate.figures import of_sides
from training.evaluate.report import markdown, signature
from training.evaluate.sides import Side, fold_side, test_side
from training.evaluate.values import as_json
from training.kept_fits import add_fits_options, fits_of
from training.pipeline import Prepared
from unstuff import Filter
from unstuff.model import Model


def sides(model: Model, prepared: Prepared, options: argparse.Namespace) -> Iterator[Side]:
    """The sides that were asked for."""
    test = None if options.dev else test_side(model, prepared.test)
    if test:
        yield test
    if not options.quick:
        yield fold_side(fits_of(options, prepared, model), prepared, test)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m training.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", help="model folder; default: the shipped one")
    wanted = parser.add_mutually_exclusive_group()
    wanted.add_argument("--quick", action="store_true", help="the test split alone; nothing is fitted")
    wanted.add_argument("--dev", action="store_true", help="development groups alone, out of fold")
    wanted.add_argument("--ablation", action="store_true", help="fit without each family of features, and compare")
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
    found = of_sides(sides(model, prepared, options), model, [*prepared.dev, *prepared.test])
    if options.json:
        rows = {"signature": signature(model), "figures": as_json(found)}
        options.json.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2) + b"\n")
    print(signature(model), *markdown(found), sep="\n\n", flush=True)


if __name__ == "__main__":
    main()

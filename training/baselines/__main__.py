"""unstuff against other tools: ``python -m training.baselines --data DIR [--out-of-fold] [--json FILE]``.

Every figure comes with n and a 95 % interval over groups. By default on the test split; with ``--out-of-fold`` on
everything: development groups are scored by models and baselines fitted without their fold.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from training import pipeline
from training.assemble import Material, Sizes
from training.baselines import boilerplate, fitted, quality, report, rules
from training.baselines.comparison import Part, part, read, rows, unstuff_method
from training.baselines.method import Method
from training.corpus import parse_with_data
from training.evaluate import signature
from training.kept_fits import add_fits_options, fits_of
from training.pipeline import Prepared
from unstuff import Filter
from unstuff.errors import MissingExtra
from unstuff.fit import Fitted, Rows, paragraph_rows
from unstuff.labels import Labelled
from unstuff.model import Model


class Baselines:
    """The baselines that are installed; :attr:`missing` says what was left out and why."""

    def __init__(self, data: Path, prepared: Prepared) -> None:
        characters = boilerplate.FunctionCharacters(prepared.tables)
        words = rules.read_words(data)
        cut = quality.chinese_words()
        self.missing: list[str] = []
        self._rules = [rules.line_rule(), rules.bad_words(words)]
        self._rules += self._try(lambda: boilerplate.justext("jusText", characters, boilerplate.Bounds()))
        self._rules += self._try(
            lambda: boilerplate.justext("jusText, bounds for Chinese", characters, boilerplate.CHINESE_BOUNDS)
        )
        self._rules += [quality.fineweb2(cut, any_length=False), quality.fineweb2(cut, any_length=True)]

    def fit(self, own: Rows) -> list[Method]:
        """All baselines, those that are fitted on these rows."""
        found = [*self._rules]
        for fit in (fitted.fit_fasttext, fitted.fit_tfidf):
            found += self._try(lambda fit=fit: fit(own))  # type: ignore[misc]
        return found

    def _try(self, make: Callable[[], Method]) -> list[Method]:
        try:
            return [make()]
        except MissingExtra as error:
            self.missing = list(dict.fromkeys([*self.missing, str(error)]))
            return []


def test_part(model: Model, prepared: Prepared, made: Material, baselines: Baselines) -> Part:
    """The test split, by the model given and baselines fitted on all development rows."""
    own = paragraph_rows(made.alone, prepared.extractor)
    return part(prepared.test, 1, [unstuff_method(model, model.points["balanced"]), *baselines.fit(own)])


def fold_parts(model: Model, prepared: Prepared, made: Material, every: Fitted, baselines: Baselines) -> Iterator[Part]:
    """The development folds, each by models and baselines fitted without it."""
    for k in range(len(every.folds)):
        own = paragraph_rows(_of(made.alone, made.alone_fold != k), prepared.extractor)
        fold_model = pipeline.fold_model(every, prepared.extractor, k)
        methods = [unstuff_method(fold_model, model.points["balanced"]), *baselines.fit(own)]
        yield part(_of(prepared.dev, prepared.fold == k), k, methods)


def _of(documents: Sequence[Labelled], chosen: NDArray[np.bool_]) -> list[Labelled]:
    return [documents[i] for i in np.flatnonzero(chosen).tolist()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m training.baselines",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--model", help="model folder; default: the shipped one")
    parser.add_argument("--out-of-fold", action="store_true", help="development folds too; fits the model again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    add_fits_options(parser)
    options = parse_with_data(parser, arguments)
    began = time.monotonic()
    model = Filter(options.model).model
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    made = pipeline.material(prepared, Sizes())
    baselines = Baselines(options.data, prepared)
    with threadpool_limits(limits=1):
        parts: list[Part] = []
        if options.out_of_fold:
            parts += fold_parts(model, prepared, made, fits_of(options, prepared, model), baselines)
        parts.append(test_part(model, prepared, made, baselines))
        found = rows(read(parts, model))
    side = "Out of fold" if options.out_of_fold else "Test split"
    print(report.markdown(side, signature(model), found, baselines.missing))
    if options.json:
        options.json.write_bytes(
            orjson.dumps(report.as_json(side, signature(model), found), option=orjson.OPT_INDENT_2)
        )
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()

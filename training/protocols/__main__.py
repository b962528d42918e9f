"""What a model does on spam and on text of a kind it never saw: ``python -m training.protocols --data DIR``.

Leave one family out: each family of spam with real blocks is left out of the fit, real and generated, and its recall
measured on all its real blocks, alone. Leave one source out: each set of genuine text is left out, and the share of
its rows flagged is measured. Thresholds are chosen anew for each fit, out of fold, by the rule of the operating points.
Each of thirty fits has a fifth of the generated blocks of a draw; with fewer honest rows one took four to five minutes.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from joblib import Parallel, delayed

from training import pipeline
from training.corpus import parse_with_data
from training.evaluate import as_json
from training.evaluate.values import Figures
from training.pipeline import Prepared
from training.protocols import families, sources
from training.protocols.fits import small
from unstuff.evaluation import percent, table


def run(prepared: Prepared, options: argparse.Namespace) -> Iterator[tuple[str, Figures | None]]:
    """What is left out and the figures of the fit without it, one after the other as they come; None if it failed."""
    sets = sources.sources([*prepared.dev, *prepared.test])
    chosen = options.sources if options.sources is not None else list(sets)
    tasks: list[Any] = [delayed(_attempt)(families.measure, name, prepared, small) for name in options.families]
    tasks += [delayed(_attempt)(sources.measure, name, sets, prepared, small) for name in chosen]
    # Processes: a family is left out by changing the generator's tables.
    yield from Parallel(n_jobs=options.jobs, return_as="generator")(tasks)


def _attempt(measure: Callable[..., Figures], name: str, *given: object) -> tuple[str, Figures | None]:
    """One fit; an error is told, and costs no other fit."""
    try:
        return name, measure(name, *given)
    except Exception as error:  # whatever it is, an hour of other fits is worth keeping
        print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        traceback.print_exc()
        return name, None


def report(figures: Figures) -> str:
    """The figures as a table."""
    rows = [
        (
            name,
            percent(figure.value),
            f"{percent(figure.low)} to {percent(figure.high)}" if figure.n else "",
            percent(figure.bound),
            str(figure.n),
            str(figure.groups),
        )
        for name, figure in figures.items()
    ]
    return table(("left out", "share", "95 % interval", "one-sided 95 % bound", "n", "groups"), rows, markdown=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit without one thing after the other, and print what each fit does on it."""
    parser = argparse.ArgumentParser(
        prog="python -m training.protocols", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names: Mapping[str, families.LeftOut] = {**families.LEFT_OUT, **families.BESIDE}
    parser.add_argument("--families", nargs="*", metavar="NAME", default=list(names), help=f"of {', '.join(names)}")
    parser.add_argument("--sources", nargs="*", metavar="NAME", help="sets of genuine text; default: all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    parser.add_argument("--jobs", type=int, default=2, help="processes, one thread each")
    options = parse_with_data(parser, arguments)
    if unknown := set(options.families) - set(names):
        parser.error(f"no such family: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    known = sources.sources([*prepared.dev, *prepared.test])
    if unknown := set(options.sources or ()) - set(known):
        parser.error(f"no such source: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    figures: Figures = {}
    failed = []
    began = time.monotonic()
    for name, found in run(prepared, options):
        if found is None:
            failed.append(name)
            continue
        figures |= found
        shown = "; ".join(f"{name}: {figure.share}" for name, figure in found.items())
        print(f"{time.monotonic() - began:.0f} s; {shown}", file=sys.stderr)
    figures = {**families.macro(figures), **sources.pooled(figures), **figures}
    print(report(figures))
    if options.json:
        options.json.write_bytes(orjson.dumps(as_json(figures), option=orjson.OPT_INDENT_2) + b"\n")
    if failed:
        raise SystemExit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()

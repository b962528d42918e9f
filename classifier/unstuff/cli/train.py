"""``unstuff train``: a model of one's own, or one adapted to corrections."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from numpy.typing import NDArray

from unstuff import artifact
from unstuff.cli import outcome
from unstuff.cli.options import SHIPPED, FiniteRange, gazetteer_option, local_path
from unstuff.cli.outcome import Outcome
from unstuff.errors import InputError
from unstuff.excerpt import printable
from unstuff.gazetteer import read_names, with_names
from unstuff.labels import Labelled, read_labelled
from unstuff.model import Model

Say = Callable[[str], None]


@click.command("train")
@click.argument("labelled", nargs=-1, required=True, type=click.Path(), metavar="LABELLED...")
@click.option("-o", "--output", required=True, type=click.Path(), callback=local_path, metavar="DIR",
              help="Folder to write.")  # fmt: skip
@click.option("--from", "base", metavar="MODEL", help='Adapt this model folder, or the shipped model ("default").')
@click.option("--name", help="Name of the model.  [default: that of the folder]")
@click.option("--test-share", type=FiniteRange(0, 0.9), default=0.2, show_default=True,
              help="Share of the groups kept for measuring; 0: measure out of fold.")  # fmt: skip
@click.option("--folds", type=click.IntRange(2), default=5, show_default=True, help="Folds that scores come from.")
@click.option("--prevalence", type=FiniteRange(0, 1, min_open=True, max_open=True), default=0.01,
              show_default=True, help="Share of keyword blocks that scores are calibrated for.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Which groups are kept, and folds.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Fits side by side.")
@gazetteer_option
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr how far it is, also where that is no terminal.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr.")
@click.pass_context
def command(ctx: click.Context, /, labelled: tuple[str, ...], output: Path, **options: Any) -> None:
    """Fit a model on labelled documents, or adapt one to corrections.

    LABELLED are JSON Lines as evaluate reads them. "group" (host or campaign) is what is never divided between fitting
    and measuring; without it each line is its own group, together with others of its "id". The folder gets weights,
    tables (the shipped model's, and the names of --gazetteer), configuration, figures and a card; --model takes it.
    Figures of groups that were not fitted on are printed.

    With --from a model is adapted to a few corrections: weights of n-grams, words and edges of items that stand in
    them move as little as is needed, the less the more genuine text uses them; all else stays. Corrections may be of
    one label alone. Content that must stay content can be given along, labelled so.

    \b
    Examples:
      unstuff train labelled.jsonl -o my-model/
      unstuff train --test-share 0 --jobs 2 a.jsonl b.jsonl -o my-model/
      unstuff train --from default corrections.jsonl -o adapted/
      unstuff train --from adapted/ more.jsonl must-stay.jsonl -o adapted/
    """
    from unstuff.fit import check_conflicts, check_target, complete_folder

    check_target(output)
    name = options["name"] or output.resolve().name
    if not artifact.is_name(name):
        raise InputError(f"a model cannot be called {name!r}, expected {artifact.NAME}; give one with --name")
    say = _progress(options["quiet"], options["verbose"])
    documents = list(read_labelled(labelled))
    if not any(document.labels for document in documents):
        raise InputError(f"{', '.join(labelled)}: no labelled paragraphs; a line is a paragraph or a page with labels")
    check_conflicts(documents)
    base = options["base"]
    if base is not None:
        _refuse_with_from(ctx)
    folder = Path(base) if base not in (None, SHIPPED) else artifact.shipped()
    model, tables = _base(folder, options["gazetteer"], is_adapted=base is not None)
    made = _trained(documents, name, model, options, say) if base is None else _adapted(documents, name, model, say)
    with complete_folder(output) as part:
        shown = outcome.write(part, made, tables)
    click.echo(shown)
    if not options["quiet"]:
        click.echo(f"unstuff: model {printable(name)} written to {printable(str(output))}", err=True)
        # Of a model adapted in its place the old one is gone.
        if base is not None and folder.resolve() != output.resolve():
            both = shlex.join(map(printable, (base, str(output))))
            click.echo(f"unstuff: what it changes elsewhere: unstuff compare {both} FILE", err=True)


def _base(folder: Path, gazetteer: Path | None, is_adapted: bool) -> tuple[Model, Mapping[str, NDArray[Any]]]:
    """A model and its tables, with the names of a file added to both."""
    model = artifact.read_adaptable(folder) if is_adapted else artifact.read(folder)
    tables = artifact.read_tables(folder)
    if gazetteer is None:
        return model, tables
    extended = with_names(model, read_names(gazetteer))
    return extended, tables if extended is model else {**tables, **extended.extractor.gazetteer.tables()}


def _refuse_with_from(ctx: click.Context) -> None:
    """Options of a fit say nothing when a model is adapted."""
    for parameter in ("test_share", "folds", "prevalence", "seed", "jobs"):
        if ctx.get_parameter_source(parameter) == click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{parameter.replace('_', '-')} cannot be used with --from: nothing is divided")


def _progress(quiet: bool, verbose: bool) -> Say:
    """Lines with the time they were said at."""
    began = time.monotonic()
    shown = not quiet and (verbose or sys.stderr.isatty())

    def say(line: str) -> None:
        if shown:
            click.echo(f"unstuff: {time.monotonic() - began:5.0f} s  {line}", err=True)

    return say


def _trained(documents: list[Labelled], name: str, base: Model, options: dict[str, Any], say: Say) -> Outcome:
    from unstuff.fit import Plan, Settings, train

    settings = Settings(n_folds=options["folds"], prevalence=options["prevalence"])
    plan = Plan(name, options["test_share"], options["seed"], options["jobs"])
    found = train(documents, base.extractor, plan, settings, say)
    if "gazetteer" in base.config:
        config = {**found.model.config, "gazetteer": base.config["gazetteer"]}
        found = found._replace(model=replace(found.model, config=config))
    return outcome.of_training(found, documents)


def _adapted(documents: list[Labelled], name: str, base: Model, say: Say) -> Outcome:
    from unstuff.fit import adapt

    say("weights of what stands in the corrections")
    return outcome.of_adaptation(base, adapt(base, documents), documents, name)

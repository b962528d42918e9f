"""The command line: ``score``, ``clean``, ``explain``, ``info``. Data to stdout, all else to stderr.

Exit codes: 0 done; 1 found something, with --fail-on-found; 2 usage, unreadable input or bad model; 130 interrupted.
"""

from __future__ import annotations

import gzip
import io
import itertools
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import click

import unstuff
from unstuff import explain as explaining
from unstuff import sources
from unstuff.errors import InputError, UnstuffError
from unstuff.explain import printable
from unstuff.filter import Filter, Verdict
from unstuff.sources import Document, Reading, Result, Source

Command = TypeVar("Command", bound=Callable[..., Any])
_POINTS = ("precise", "balanced", "sensitive")
_FIELDS = tuple(field.name for field in fields(Verdict))  # in the order of the contract
_N_MESSAGES = 10  # about single documents; the rest is counted


class Program(click.Group):
    """The verbs, with one place for what ends them early."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; known errors end with a line and exit code 2, an interrupt with 130, a closed pipe quietly."""
        try:
            try:
                super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except UnstuffError as error:
            _fail(ctx, str(error))
        except BrokenPipeError:
            _drop_stdout()
        except OSError as error:
            _fail(ctx, f"{error.filename or 'output'}: {error.strerror or error}")
        except KeyboardInterrupt:
            ctx.exit(130)


def _fail(ctx: click.Context, message: str) -> None:
    click.echo(f"unstuff: {printable(message)}", err=True)
    ctx.exit(2)


def _drop_stdout() -> None:
    # The interpreter flushes stdout when it ends: what is left in it goes nowhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _encoding(ctx: click.Context, param: click.Parameter, value: str) -> str:
    try:
        "".encode(value or "utf-8")
    except LookupError:
        raise click.BadParameter(f"{value!r} is no text encoding; try utf-8, gb18030 or big5") from None
    return value


def model_options(command: Command) -> Command:
    """Options that choose model and threshold."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say on stderr what was read; explain: all reasons."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr about single documents."),
        click.option("--threshold", type=click.FloatRange(0, 1), help="Flag from this score on; excludes --point."),
        click.option("--point", type=click.Choice(_POINTS), help="Operating point of the model.  [default: balanced]"),
        click.option("--model", metavar="DIR", help="Model folder instead of the shipped model."),
    ):
        command = option(command)
    return command


def input_options(command: Command) -> Command:
    """The inputs and how to read them."""
    for option in (
        click.option("--fail-on-found", is_flag=True, help="Exit with 1 when a keyword block was found."),
        click.option(
            "--encoding",
            metavar="NAME",
            default="",
            callback=_encoding,
            help="Encoding of text and HTML files, not detected.",
        ),
        click.option("--url-key", default="url", show_default=True, help="Field of the page's address."),
        click.option("--id-key", default="id", show_default=True, help="Field of the document's name."),
        click.option("--html-key", help="JSON Lines field with HTML; read before a text field.  [default: html]"),
        click.option("--text-key", help="JSON Lines field with text.  [default: text]"),
        click.option(
            "--input",
            "form",
            type=click.Choice(["auto", "html", "text", "jsonl"]),
            default="auto",
            show_default=True,
            help="Form of the inputs; auto tells it by their content, gzipped or not.",
        ),
        click.argument("inputs", nargs=-1, metavar="[FILE|DIR|-]..."),
    ):
        command = option(command)
    return model_options(command)


def output_option(what: str) -> Callable[[Command], Command]:
    """``--output``, said of what it writes."""
    return click.option("-o", "--output", type=click.Path(path_type=Path), help=f"{what}  [default: stdout]")


class Run:
    """One run over the inputs: the filter, what was counted, and what is said about it."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.scorer = _filter(**{key: options[key] for key in ("model", "point", "threshold")})
        self.sources = sources.find(options["inputs"])
        self.reading = _reading(options)
        self.quiet, self.verbose = options["quiet"], options["verbose"]
        self.fail_on_found = options["fail_on_found"]
        if sys.stdin.isatty() and not self.quiet and any(source.path is None for source in self.sources):
            click.echo("unstuff: reading from the terminal; Ctrl-D ends it", err=True)
        self.n_documents = self.n_paragraphs = self.n_found = self.n_errors = 0

    def results(self, *, reasons: bool = False) -> Iterator[Result]:
        """Every document with its verdicts, counted; blank lines come along uncounted."""
        for result in sources.score(self.scorer, sources.read(self.sources, self.reading), reasons=reasons):
            self.n_documents += bool(result.document.body or result.document.error)
            self.n_paragraphs += len(result.verdicts)
            self.n_found += sum(verdict.found for verdict in result.verdicts)
            if result.document.error:
                self.refuse(result.document, result.document.error)
            yield result

    def refuse(self, document: Document, error: str) -> None:
        """Count a document that could not be used, and say so of the first ones."""
        self.n_errors += 1
        if not self.quiet and self.n_errors <= _N_MESSAGES:
            click.echo(f"unstuff: {printable(str(document.id))}: {printable(error)}", err=True)

    def finish(self) -> None:
        """Say how it went, and exit."""
        if self.n_errors and not self.quiet and (self.n_documents > 1 or self.verbose):
            click.echo(f"unstuff: {self.n_errors} of {self.n_documents} documents could not be read", err=True)
        if self.verbose:
            counted = f"documents {self.n_documents}, paragraphs {self.n_paragraphs}, keyword blocks {self.n_found}"
            click.echo(f"unstuff: {counted}; model {self.scorer.model.name}", err=True)
        if self.n_errors:
            click.get_current_context().exit(2)
        if self.fail_on_found and self.n_found:
            click.get_current_context().exit(1)


def _filter(model: str | None, point: str | None, threshold: float | None) -> Filter:
    if point is not None and threshold is not None:
        raise click.UsageError("--threshold cannot be used with --point")
    return Filter(model=model, point=point, threshold=threshold)


def _reading(options: dict[str, Any]) -> Reading:
    text_key, html_key = options["text_key"], options["html_key"]
    keys = {key: options[key] for key in ("form", "id_key", "url_key", "encoding")}
    html_first = html_key is not None and text_key is None
    return Reading(text_key=text_key or "text", html_key=html_key or "html", html_first=html_first, **keys)


@contextmanager
def writing(path: Path | None) -> Iterator[BinaryIO]:
    """A file (gzipped where it ends in .gz) that appears under its name when it is complete; None is stdout."""
    if path is None:
        yield sys.stdout.buffer
    elif path.exists() and not path.is_file():
        with path.open("wb") as pipe:  # or a device; a folder is refused by the system
            yield pipe
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as stream, _packed(stream, path) as packed:
                yield packed
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _packed(stream: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() != ".gz":
        yield stream
        return
    with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:  # no name and date: equal input, equal bytes
        yield cast("BinaryIO", packed)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(unstuff.__version__, message="unstuff %(version)s")
def main() -> None:
    """Find keyword blocks injected into web pages for search engines, paragraph by paragraph.

    Inputs are text, HTML, JSON Lines, files, folders or stdin. Exit codes: 0 done; 1 found something, with
    --fail-on-found; 2 usage, unreadable input or bad model; 130 interrupted.
    """


@main.command()
@input_options
@output_option("Write the lines to this file.")
@click.option("--found-only", is_flag=True, help="Only the paragraphs that are keyword blocks.")
@click.option("--pages", is_flag=True, help="After a document's paragraphs, also an object about the document.")
def score(found_only: bool, pages: bool, output: Path | None, **options: Any) -> None:
    """Write the verdict on every paragraph as JSON Lines.

    Lines of JSON with text or HTML are read as documents; a broken one gives {"id", "error"} in its place.

    \b
    Examples:
      unstuff score page.html
      unstuff score --found-only --point precise crawl/ > found.jsonl
      zcat pages.jsonl.gz | unstuff score --text-key content --pages
    """
    run = Run(options)
    _keep_inputs(run.sources, output)
    with writing(output) as out:
        for result in run.results():
            for record in _records(result, found_only, pages):
                out.write(sources.dumps(record))
            if result.document.source.path is None:
                out.flush()
    run.finish()


def _records(result: Result, found_only: bool, pages: bool) -> Iterator[dict[str, Any]]:
    document, page, verdicts = result
    if document.error:
        yield {"id": document.id, "error": document.error}
    for verdict in verdicts:
        if verdict.found or not found_only:
            yield {"id": document.id, **{name: getattr(verdict, name) for name in _FIELDS}}
    if pages and page is not None:
        n_found = sum(verdict.found for verdict in verdicts)
        counts = {"n_paragraphs": len(verdicts), "n_flagged": n_found, "truncated": page.truncated}
        yield {"id": document.id, "page": counts}


@main.command()
@input_options
@output_option("File, or folder for several inputs; in a folder they keep their names.")
@click.option(
    "--removed", type=click.Path(path_type=Path), help="Write what was taken out to this file, as JSON Lines."
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    help="Documents that cannot be read (broken lines) go to this file unchanged; without it they stay in the output.",
)
def clean(output: Path | None, removed: Path | None, rejected: Path | None, **options: Any) -> None:
    """Write the documents without their keyword blocks.

    Text and the text in JSON Lines stay as they were, byte for byte, but for the blocks; a block that fills its line
    takes the line break along. HTML is re-serialised when something was taken out. A file that cannot be read at all
    is named on stderr and not written.

    \b
    Examples:
      unstuff clean page.txt > cleaned.txt
      unstuff clean --removed removed.jsonl pages.jsonl -o cleaned.jsonl
      unstuff clean --point precise crawl/ -o cleaned/
    """
    run = Run(options)
    targets = _targets(options["inputs"], run.sources, output)
    _keep_inputs(run.sources, *targets.values(), removed, rejected)
    with ExitStack() as files:
        audit = files.enter_context(writing(removed)) if removed else None
        refused = files.enter_context(writing(rejected)) if rejected else None
        for source, results in itertools.groupby(run.results(), lambda result: result.document.source):
            _clean_source(run, results, targets.get(source), audit, refused)
    run.finish()


def _clean_source(
    run: Run, results: Iterator[Result], target: Path | None, audit: BinaryIO | None, refused: BinaryIO | None
) -> None:
    """Clean one input into its target, which is not made when nothing of the input could be read."""
    with ExitStack() as files:
        out = None
        for result in results:
            cleaned = _cleaned(run, result)
            if cleaned is None and refused:
                refused.write(result.document.raw)
            elif cleaned is not None or result.document.raw:
                out = out or files.enter_context(writing(target))
                out.write(result.document.raw if cleaned is None else cleaned)
            if audit and cleaned is not None:
                audit.writelines(_taken(result))


def _cleaned(run: Run, result: Result) -> bytes | None:
    """The document's bytes without what was found in it, or None when that cannot be had."""
    body, spans = result.document.body, [span for verdict in result.verdicts for span in verdict.spans]
    if result.document.error:
        return None
    try:
        return body.without(spans) if body and spans else result.document.raw
    except InputError as error:
        run.refuse(result.document, str(error))
        return None


def _taken(result: Result) -> Iterator[bytes]:
    """Audit lines: put back at their offsets in this order, the texts of plain text give the document again."""
    if result.page is None:
        return
    for verdict, start, end in sources.removed(result.page, result.verdicts):
        place = {"id": result.document.id, "paragraph": verdict.paragraph, "start": start, "end": end}
        what = {"text": result.page.text[start:end], "score": verdict.score, "reasons": verdict.reasons}
        yield sources.dumps({**place, **what})


def _targets(inputs: tuple[str, ...], found: list[Source], output: Path | None) -> dict[Source, Path | None]:
    """Where each input's cleaned form goes."""
    many = len(found) > 1 or any(map(os.path.isdir, inputs))
    if many and (output is None or output.is_file()):
        raise click.UsageError("several inputs or a folder need a folder to write to: --output DIR")
    if output is None or not (many or output.is_dir()):
        return dict.fromkeys(found, output)
    targets: dict[Path, Source] = {}
    for source in (source for source in found if not source.error):
        other = targets.setdefault(output / source.target, source)
        if other is not source:
            raise InputError(f"{other.name!r} and {source.name!r} would both be written to {str(source.target)!r}")
    return {source: target for target, source in targets.items()}


def _keep_inputs(found: list[Source], *outputs: Path | None) -> None:
    """Refuse to write over an input, or two outputs to one file."""
    taken = {source.path.resolve(): "an input" for source in found if source.path}
    for output in filter(None, outputs):
        if output.resolve() in taken:
            raise InputError(f"{str(output)!r} is {taken[output.resolve()]} too; choose another name for the output")
        taken[output.resolve()] = "another output"


@main.command()
@input_options
def explain(**options: Any) -> None:
    """Show documents with their keyword blocks marked, and why.

    For people: one line a paragraph with its score, long ones shortened, and the reasons under the flagged ones with
    their weight in log-odds (-v: all reasons of all paragraphs). NO_COLOR is honoured.

    \b
    Examples:
      unstuff explain page.html
      curl -s https://example.org/ | unstuff explain
    """
    run = Run(options)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for result in run.results(reasons=options["verbose"]):
        if result.page is not None:
            explaining.show(result, sys.stdout, all_reasons=options["verbose"])
            click.echo()
    run.finish()


@main.command()
@model_options
def info(model: str | None, point: str | None, threshold: float | None, quiet: bool, verbose: bool) -> None:
    """Show version, model, operating points, checksums and features.

    \b
    Examples:
      unstuff info
      unstuff info --model my-model/
    """
    scorer = _filter(model, point, threshold)
    config = scorer.model.config
    names = textwrap.fill(" ".join(config["features"] + config["context_features"]), 100)
    points = "\n".join(f"{name:12s} {value:.6f}" for name, value in scorer.model.points.items())
    checksums = "\n".join(f"{name:14s} sha256 {value}" for name, value in config["checksums"].items())
    sections = {
        "unstuff": unstuff.__version__,
        "model": f"{scorer.model.name} (protocol {config['protocol']})",
        "threshold": f"{scorer.threshold:.6f} ({scorer.point or 'given'})",
        "operating points": points,
        "checksums": checksums,
        "features": names,
    }
    for title, body in sections.items():
        click.echo(f"{title}\n{textwrap.indent(body, '    ')}")

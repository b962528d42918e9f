"""One run of a verb over its inputs: documents, verdicts, what is said about them, how it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from unstuff import sources
from unstuff.caps import told
from unstuff.cli import open_filter
from unstuff.cli.options import reading
from unstuff.cli.output import without_stdout
from unstuff.excerpt import printable
from unstuff.filter import Filter
from unstuff.sources import Document, Result

_N_MESSAGES = 10  # about single documents; the rest is counted


class Run:
    """One run over the inputs: the filter, what was counted, and what is said about it."""

    def __init__(self, options: dict[str, Any], scorer: Filter | None = None) -> None:
        chosen = {
            name: options[name] for name in ("model", "point", "threshold", "gazetteer", "caps") if name in options
        }
        self.scorer = scorer or open_filter(**chosen)
        self.quiet, self.verbose = options["quiet"], options["verbose"]
        found = sources.find(options["inputs"], options["files_from"], self.say)
        self.sources = without_stdout(found, options["inputs"], self.say)
        inputs = (source.path for source in self.sources)
        named = (options.get(name) for name in ("gazetteer", "allow_hosts", "deny_hosts"))
        lists = (Path(name) for name in options["files_from"] if name != sources.STDIN)
        self.files: list[Path] = list(filter(None, (*inputs, *named, *lists)))  # that are read
        self.reading = reading(options)
        self.fail_on_found = options["fail_on_found"]
        if sys.stdin.isatty() and not self.quiet and any(source.is_stdin for source in self.sources):
            click.echo("unstuff: reading from the terminal; Ctrl-D ends it", err=True)
        self.n_documents = self.n_paragraphs = self.n_found = self.n_errors = self.n_truncated = 0
        self._n_said = 0

    def results(self, *, reasons: bool = False) -> Iterator[Result]:
        """Every document with its verdicts, counted; blank lines come along uncounted."""
        for result in sources.score(self.scorer, sources.read(self.sources, self.reading), reasons=reasons):
            self.n_documents += bool(result.document.body or result.document.error)
            self.n_paragraphs += len(result.verdicts)
            self.n_found += sum(verdict.found for verdict in result.verdicts)
            if result.document.error:
                self.refuse(result.document, result.document.error)
            if result.page and result.page.truncated:
                self.n_truncated += 1
                self.complain(result.document.id, told(result.page.cut_by))
            yield result

    def refuse(self, document: Document, error: str) -> None:
        """Count a document that could not be used, and say so of the first ones."""
        self.n_errors += 1
        self.complain(document.id, error)

    def complain(self, name: str | int | float, error: str) -> None:
        """Say what is wrong with a document, of the first ones."""
        self._n_said += 1
        if self._n_said <= _N_MESSAGES:
            self.say(f"{name}: {error}")

    def say(self, message: str) -> None:
        """Say something on stderr, unless quiet."""
        if not self.quiet:
            click.echo(f"unstuff: {printable(message)}", err=True)

    def finish(self, summary: str = "") -> None:
        """Say how it went, and exit. ``summary`` is said in place of the counts."""
        if self.n_errors and (self.n_documents > 1 or self.verbose):
            self.say(f"{self.n_errors} of {self.n_documents} documents could not be read")
        if self.n_truncated and (self.n_documents > 1 or self.verbose):
            self.say(f"{self.n_truncated} of {self.n_documents} documents were not looked at to their end")
        if self.verbose or summary:
            counted = f"documents {self.n_documents}, paragraphs {self.n_paragraphs}, keyword blocks {self.n_found}"
            self.say(f"{summary or counted}; model {self.scorer.model.name}")
        if self.n_errors:
            click.get_current_context().exit(2)
        if self.fail_on_found and self.n_found:
            click.get_current_context().exit(1)

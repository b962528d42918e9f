"""``unstuff review``."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path
from typing import Any

import click

from unstuff.cli.options import file_path, gazetteer_option, model_options, reading_options, telling_options
from unstuff.cli.output import keep_files
from unstuff.cli.run import Run
from unstuff.filter import Filter
from unstuff.report import Made
from unstuff.review import SKIP, Answers, Candidate, Page, Queue, Server

# From this score on reasons and injected parts are worked out, to be shown of what was not flagged too.
_SHOWN_SCORE = 0.01


@click.command("review")
@model_options
@telling_options
@gazetteer_option
@reading_options
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False),
    callback=file_path,
    help="Write the answers to this file; one that is there is continued.",
)
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="Ask about so many paragraphs.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on.  [default: any free one]")
@click.option("--no-browser", is_flag=True, help="Only print the address; open no browser.")
def command(output: Path, limit: int, port: int, no_browser: bool, **options: Any) -> None:
    """Correct verdicts on a page in the browser, and keep the answers as labelled data.

    Asked about are the paragraphs that the model is least sure of and the surprising ones, mixed over sites and
    without near-copies. One key an answer: k keyword block, c content, s skip; u undoes, arrows go back and forth, ?
    shows help. Every answer is in the file at once; Ctrl-C ends. A second start with the same --output goes on where
    the first one ended. The page is served on this machine alone, at an address that nobody can guess; from another
    one it is reached by ssh -L 8000:127.0.0.1:8000, with --port 8000 here.

    The file is what evaluate and train read: a line {"text", "label"} a paragraph, {"paragraphs": [...]} for lines that
    were judged together.

    \b
    Examples:
      unstuff review crawl/ -o corrections.jsonl
      unstuff review --limit 50 --point sensitive pages.jsonl -o corrections.jsonl
      unstuff review --no-browser --port 8000 crawl/ -o corrections.jsonl
    """
    run = Run(options | {"fail_on_found": False})
    keep_files(run.files, output)
    answers = Answers(output)
    if answers.repeated:
        several = f"{len(answers.repeated)} keys have several rows, such as {answers.repeated[0]!r}"
        run.say(f"{output}: {several}; the last one counts, and an answer takes the place of all of its key")
    about = {"made": str(Made.by(run.scorer)), "threshold": run.scorer.threshold, "file": str(output)}
    with Server(port, answers) as server:
        candidates = _candidates(run, limit)
        if not candidates:
            run.finish("there is nothing to ask about")
            return
        answers.ask(candidates)
        answers.check()
        click.echo(f"unstuff: {len(candidates)} to look at: {server.url}", err=True)
        click.echo("unstuff: Ctrl-C ends; every answer is kept at once", err=True)
        if not no_browser:
            _open(server.url)
        try:
            server.serve(Page(candidates, about))
        except KeyboardInterrupt:
            click.echo(err=True)
    run.finish(_summary(answers))


def _candidates(run: Run, limit: int) -> list[Candidate]:
    decided = run.scorer
    queue = Queue(limit, decided)
    run.scorer = Filter(decided.model, threshold=min(decided.threshold, _SHOWN_SCORE))
    for result in run.results():
        queue.add(result)
    return queue.chosen()


def _open(url: str) -> None:
    """Show the page, but not in a browser that would take the terminal."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if type(browser) is not webbrowser.GenericBrowser or "BROWSER" in os.environ:
        browser.open(url)


def _summary(answers: Answers) -> str:
    counts = answers.counts()
    n_rows = counts.total() - counts[SKIP]
    told = f"{n_rows} answers in {answers.path} ({counts['keyword_block']} keyword blocks, {counts['content']} content)"
    return f"{told}, {counts[SKIP]} skipped"

"""What ``score`` and ``clean`` share: a run over a whole crawl, as the options ask for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

import unstuff
from unstuff.cli.run import Run
from unstuff.crawl.hosts import HostRules, read_hosts
from unstuff.crawl.manifest import NAME, Manifest, Standing, fingerprint
from unstuff.crawl.outputs import Outputs, State
from unstuff.crawl.progress import progress, summary
from unstuff.crawl.running import Crawl, Finished, look_around
from unstuff.crawl.work import Tally, Work, Writer
from unstuff.errors import InputError

# Options that change neither what is read nor what is written.
_FREE = ("jobs", "quiet", "verbose", "fail_on_found", "inputs", "into_folder")
_POINT_NEAR = "sensitive"
_NO_HOSTS = (
    "no document has a host, so hosts changed nothing; they are read from the addresses of WARC records, and from the "
    "field of JSON Lines or column of Parquet that --url-key names"
)


def check_resume(options: dict[str, Any], output: Path | None, run: Run) -> None:
    """Refuse --resume where there is nothing to resume from."""
    if not options["resume"]:
        return
    if output is None or output.is_file():
        raise click.UsageError("--resume needs a folder to write to: --output DIR")
    _check_files(run, "--resume")


def manifest_of(options: dict[str, Any]) -> Path | None:
    """The file that says where a run with --resume stands; None without."""
    return options["output"] / NAME if options["resume"] else None


def _check_files(run: Run, option: str) -> None:
    """Refuse an option that has inputs read more than once where one is gone after the first time."""
    for source in run.sources:
        if source.is_stream:
            name = "stdin" if source.is_stdin else repr(source.name)
            raise click.UsageError(f"{option} cannot be used with {name}, which can be read only once; name files")


def crawl(
    run: Run,
    options: dict[str, Any],
    writer: Writer,
    open_outputs: Callable[[State | None], Outputs],
    places_of: Callable[[int], Iterable[Path | None]],
) -> None:
    """Go through the inputs, say how it went, and exit.

    ``places_of`` gives the names that so many finished files have, or more, of which that many are written.
    """
    work = Work(run.scorer, run.reading, writer, _lists(options))
    manifest = _manifest(run, options)
    standing = manifest.read() if manifest else Standing()
    if standing.complete:
        _check_written(standing, options, places_of)
        run.say("this run is complete already; nothing was read")
        _finish(run, Finished(standing.tally or Tally(), 0, 0.0), shown=False)
        return
    if options["by_host"]:
        work = _by_host(run, options, work)
    outputs = open_outputs(standing.state)
    telling = progress(run.sources[standing.after[0] :], quiet=run.quiet)
    crawling = Crawl(run.sources, work, outputs, lambda refusal: run.complain(*refusal), options["jobs"], telling)
    crawling.manifest, crawling.standing = manifest, standing
    crawling.part_bytes = options["part_mb"] * 1e6
    finished = crawling.run()
    if work.hosts and finished.tally.documents and not finished.tally.hosted:
        run.say(_NO_HOSTS)
    _finish(run, finished, shown=telling.shown)


def _check_written(
    standing: Standing, options: dict[str, Any], places_of: Callable[[int], Iterable[Path | None]]
) -> None:
    """Refuse to call a run complete whose files are gone."""
    n_files = standing.state.n_parts if standing.state else 0
    n_gone = n_files - sum(place is not None and place.exists() for place in places_of(n_files))
    sides = [side for side in (options.get("removed"), options.get("rejected")) if side]
    n_gone += sum(not side.exists() for side in sides)
    if n_gone > 0:
        advice = f"remove {str(manifest_of(options))!r} to begin again"
        raise InputError(f"this run was complete, but {n_gone} of its {n_files + len(sides)} files are gone; {advice}")


def _lists(options: dict[str, Any]) -> HostRules | None:
    allowed, denied = (
        read_hosts(path) if path else frozenset() for path in (options["allow_hosts"], options["deny_hosts"])
    )
    return HostRules(allowed, denied) if allowed or denied else None


def _by_host(run: Run, options: dict[str, Any], work: Work) -> Work:
    _check_files(run, "--by-host")
    low = float(run.scorer.model.points[_POINT_NEAR])
    shared = look_around(run.sources, work, options["jobs"], low).shared()
    lists = work.hosts or HostRules()
    rules = HostRules(lists.allowed, lists.denied, low, run.scorer.threshold, shared)
    return Work(work.scorer, work.reading, work.writer, rules)


def _manifest(run: Run, options: dict[str, Any]) -> Manifest | None:
    if not options["resume"]:
        return None
    asked = {name: str(value) for name, value in options.items() if name not in _FREE}
    asked["hosts"] = repr([path and path.read_bytes() for path in (options["allow_hosts"], options["deny_hosts"])])
    asked["model"] = json.dumps(run.scorer.model.config, sort_keys=True, default=str)
    asked["version"] = unstuff.__version__
    return Manifest(options["output"], fingerprint(run.sources, asked))


def _finish(run: Run, finished: Finished, *, shown: bool) -> None:
    tally = finished.tally
    run.n_documents, run.n_paragraphs = tally.documents, tally.paragraphs
    run.n_found, run.n_errors, run.n_truncated = tally.found, tally.errors, tally.truncated
    run.finish(summary(tally, finished.n_bytes, finished.seconds) if run.verbose or shown else "")

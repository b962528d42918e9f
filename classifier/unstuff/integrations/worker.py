"""One process that scores, for hosts with an event loop that must not wait.

A thread would not do: on pages of up to 300,000 characters single calls of lxml and NumPy held the interpreter's lock
for up to 0.1 s (tests/bench/reactor.py, 2026-11). loky starts the process without running the caller's main module
again, and notices when it dies. In a process that may have no children a thread has to do.
"""

from __future__ import annotations

import functools
import logging
import multiprocessing
import os
import signal
import threading
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.util import Finalize
from typing import Any, NamedTuple, TypeVar

from joblib.externals.loky import ProcessPoolExecutor

from unstuff.integrations import scoring

Given = TypeVar("Given")

# One call at a time: of a process that dies it is known which content it died of.
_one = threading.Lock()
# Two threads that ask at once get one process.
_making = threading.Lock()


class Job(NamedTuple):
    """How contents are scored, and what is wanted of them."""

    settings: scoring.Settings
    found_only: bool = True
    clean: bool = False


class Scored(NamedTuple):
    """One content, scored: its annotation, and itself, cleaned where that is asked for."""

    n_found: int
    note: dict[str, Any]
    content: Any

    @property
    def error(self) -> str:
        """Why it could not be scored or cleaned, or ""."""
        return str(self.note.get("error", ""))

    @property
    def cut_by(self) -> list[str]:
        """The caps that it went beyond."""
        return list(self.note.get("cut_by", ()))


def score(job: Job, contents: Mapping[str, Any], html: frozenset[str], url: object) -> dict[str, Scored]:
    """Score named contents in the process, and wait for it; those named by ``html`` are pages of the address.

    Contents that the process dies of are told so, and the next call starts another. What is no text, or no address, is
    not sent there: it may be of any class, and have no form to be sent in.
    """
    errors = {name: scoring.unusable(content, name in html) for name, content in contents.items()}
    sent = {name: _plain(content) for name, content in contents.items() if not errors[name]}
    scored: dict[str, Scored] = {}
    try:
        if sent:
            scored = _call(_score, job, sent, html, _plain(url) if isinstance(url, str) else None)
    except Exception as error:
        errors |= dict.fromkeys(sent, f"cannot be scored: {error!r}")
    return {name: scored.get(name) or Scored(0, {"error": errors[name]}, content) for name, content in contents.items()}


def _plain(content: Any) -> str | bytes:
    """A str or bytes without what its class adds to it: BeautifulSoup's strings take their whole page along."""
    return str.__str__(content) if isinstance(content, str) else bytes(content)


def start() -> None:
    """Start the process, without waiting for it."""
    _process().submit(int)


def _call(call: Callable[..., Given], *arguments: Any) -> Given:
    with _one:
        try:
            given: Given = _process().submit(call, *arguments).result()
        except BrokenProcessPool:
            _process_of.cache_clear()
            raise
    return given


def _process() -> Any:
    # By the caller's process: one that was forked has what hands out work to the process, but not the thread of it.
    with _making:
        return _process_of(os.getpid())


@functools.cache
def _process_of(caller: int) -> Any:
    if multiprocessing.current_process().daemon:  # of Celery or a Pool
        return ThreadPoolExecutor(1, "unstuff-score")
    executor = ProcessPoolExecutor(1, initializer=_begin)
    # A process of multiprocessing waits for its children before loky ends them. One that broke is kept by nothing.
    Finalize(executor, _end, (weakref.ref(executor),), exitpriority=100)
    return executor


def _end(executor: weakref.ref[Any]) -> None:
    if kept := executor():
        kept.shutdown()


def _renew_locks() -> None:
    """The threads that held them may not be in a process that was forked."""
    global _one, _making
    _one, _making = threading.Lock(), threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_locks)


def _begin() -> None:
    """Leave to the host what an interrupt from the terminal means, and what is logged: it knows what a content is.

    In a daemon, which scores in a thread, what was cut of a content is logged beside what the host says of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger(scoring.__name__).setLevel(logging.ERROR)


def _score(job: Job, contents: Mapping[str, Any], html: frozenset[str], url: object) -> dict[str, Scored]:
    """What the process does."""
    return {name: _score_one(job, content, name in html, url) for name, content in contents.items()}


def _score_one(job: Job, content: Any, html: bool, url: object) -> Scored:
    scorer = scoring.scorer(job.settings)
    outcome = scoring.score(scorer, [content], html=html, urls=[url], found_only=job.found_only)[0]
    note = scoring.annotation(outcome)
    if job.clean:
        try:
            content = scoring.clean(content, outcome)
        except Exception as error:
            note["error"] = f"cannot be cleaned: {error!r}"
    return Scored(len(outcome.found), note, content)

"""Chunks through workers, in order. A worker that dies takes no document along but the one that killed it."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from unstuff.collecting import collect_rarely, rarely_collected
from unstuff.crawl.work import Done, Work
from unstuff.errors import UnstuffError
from unstuff.sources import Chunk, Placed

_KILLED = "killed the process that read it, also when read alone"
# Chunks that are read ahead, for each worker: one that it works on, one that waits.
_AHEAD = 2
_WATCH_S = 1.0


class _Waiting(NamedTuple):
    placed: Placed
    future: Any  # concurrent.futures.Future[list[Done]]; None when it could not be handed over

    @property
    def is_done(self) -> bool:
        return self.future is not None and bool(self.future.done())


def run(work: Work, chunks: Iterable[Placed], n_jobs: int) -> Generator[tuple[Placed, list[Done]], None, None]:
    """Every chunk with what was made of it, in order: one piece, or more when it failed."""
    if n_jobs == 1:
        with rarely_collected():
            for placed in chunks:
                yield placed, work(placed.chunk)
        return
    pool = _Pool(work, n_jobs)
    try:
        yield from pool.map(chunks)
    finally:
        pool.close()


class _Pool:
    """Workers of joblib's loky, which are started anew when one of them dies."""

    def __init__(self, work: Work, n_jobs: int) -> None:
        from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor

        self._broken: type[Exception] = BrokenProcessPool
        self._start: Any = ProcessPoolExecutor
        self._work, self._n_jobs = work, n_jobs
        self._workers = self._new(n_jobs)

    def _new(self, n_jobs: int) -> Any:
        return self._start(n_jobs, initializer=_begin, initargs=(self._work, os.getpid()))

    def close(self) -> None:
        """End the workers."""
        self._workers.shutdown(wait=True, kill_workers=True)

    def map(self, chunks: Iterable[Placed]) -> Iterator[tuple[Placed, list[Done]]]:
        """As :func:`run`."""
        waiting: deque[_Waiting] = deque()
        for placed in chunks:
            waiting.append(self._hand_over(placed))
            while waiting and (len(waiting) > _AHEAD * self._n_jobs or waiting[0].is_done):
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def _hand_over(self, placed: Placed) -> _Waiting:
        try:
            return _Waiting(placed, self._workers.submit(_do, placed.chunk))
        except (self._broken, RuntimeError):  # found dead before anyone asked
            return _Waiting(placed, None)

    def _next(self, waiting: deque[_Waiting]) -> tuple[Placed, list[Done]]:
        placed, future = waiting.popleft()
        with suppress(self._broken):
            if future is not None:
                return placed, future.result()
        self._renew(1)
        rescued = list(self._rescue(placed.chunk))
        self._renew(self._n_jobs)
        for i, (other, its_future) in enumerate(waiting):
            if its_future is None or not its_future.done() or its_future.exception():
                waiting[i] = self._hand_over(other)
        return placed, rescued

    def _renew(self, n_jobs: int) -> None:
        self.close()
        self._workers = self._new(n_jobs)

    def _rescue(self, chunk: Chunk) -> Iterator[Done]:
        """A chunk on which a worker may have died, alone and then in halves, down to the document that kills."""
        done = self._alone(chunk)
        if done is not None:
            yield from done
        elif len(chunk) > 1:
            middle = len(chunk) // 2
            yield from self._rescue(chunk.part(0, middle))
            yield from self._rescue(chunk.part(middle, len(chunk)))
        elif self._alone(chunk.part(0, 0)) is None:
            raise UnstuffError("worker processes cannot be started here; leave --jobs out")
        else:
            yield self._work.do(chunk, _KILLED)

    def _alone(self, chunk: Chunk) -> list[Done] | None:
        """A chunk done while no other is; None when the worker dies."""
        try:
            done: list[Done] = self._workers.submit(_do, chunk).result()
        except self._broken:
            self._renew(1)
            return None
        return done


_work: Work | None = None


def _begin(work: Work, run_pid: int) -> None:
    global _work
    collect_rarely()  # as long as the worker lives
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides what an interrupt means
    threading.Thread(target=_end_with, args=(run_pid,), daemon=True).start()
    _work = work


def _end_with(run_pid: int) -> None:
    """End when the run is killed: loky's workers would wait for it forever."""
    while os.getppid() == run_pid:
        time.sleep(_WATCH_S)
    os._exit(1)


def _do(chunk: Chunk) -> list[Done]:
    if _work is None:
        raise RuntimeError("the worker was not begun")
    return _work(chunk)

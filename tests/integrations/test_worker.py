"""The process that scores, asked by processes of multiprocessing."""

import gc
import multiprocessing
import os
import signal
import threading
import time
import weakref
from typing import Any

import pytest

from unstuff.integrations import worker
from unstuff.integrations.scoring import Settings
from unstuff.integrations.worker import Job, Scored


def scored(content: Any) -> Scored:
    return worker.score(Job(Settings()), {"text": content}, frozenset(), None)["text"]


def score_and_tell(text: str, told: Any) -> None:
    worker.start()
    told.put(scored(text).n_found)


def ends_and_tells(method: str, text: str, *, daemon: bool = False) -> int:
    context: Any = multiprocessing.get_context(method)
    told = context.SimpleQueue()
    process = context.Process(target=score_and_tell, args=(text, told), daemon=daemon)
    process.start()
    process.join(60)
    if process.is_alive():
        process.kill()
        pytest.fail("the process does not end")
    assert process.exitcode == 0
    return int(told.get())


class Bound(str):
    """As BeautifulSoup's strings, which hold their page."""

    def __new__(cls, text: str) -> "Bound":
        made = super().__new__(cls, text)
        made.page = threading.Lock()  # has no form to be sent in
        return made

    page: Any


def test_strings_of_other_classes_are_scored_without_what_those_add(town_news: str) -> None:
    found = scored(Bound(town_news))
    assert (found.n_found, found.error) == (1, "")


@pytest.mark.parametrize("daemon", [False, True])
def test_a_process_of_multiprocessing_scores_and_ends(town_news: str, daemon: bool) -> None:
    # Those of Celery and of a Pool are daemons, which may have no children.
    assert ends_and_tells("spawn", town_news, daemon=daemon) == 1


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
@pytest.mark.parametrize("daemon", [False, True])
def test_a_process_forked_after_and_during_scoring_scores_too(town_news: str, daemon: bool) -> None:
    assert scored("fine").error == ""
    with worker._one:  # another thread is scoring
        assert ends_and_tells("fork", town_news, daemon=daemon) == 1
    assert scored(town_news).n_found == 1


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_what_a_dead_process_leaves_is_kept_by_nothing() -> None:
    assert scored("fine").error == ""
    executor = worker._process()
    gone = weakref.ref(executor)
    for pid in list(executor._processes):
        os.kill(pid, signal.SIGKILL)
    del executor
    end = time.monotonic() + 60
    while not scored("fine").error and time.monotonic() < end:  # until the death is noticed
        time.sleep(0.01)
    assert scored("fine").error == ""
    while gone() and time.monotonic() < end:
        gc.collect()
        time.sleep(0.05)
    assert gone() is None

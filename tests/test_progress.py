"""What is said on stderr while a run goes on."""

import io
from collections import Counter
from pathlib import Path

import pytest

from tests.test_cli import StandIn, run, written
from unstuff.crawl import progress
from unstuff.crawl.work import Tally
from unstuff.sources import find

TALLY = Tally(documents=1200, paragraphs=4000, found=50, errors=1, found_by=Counter({"words": 20, "place_names": 30}))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path / "a.txt", "x" * 1000)


def test_a_line_once_a_minute_where_there_is_no_terminal(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = progress.progress(find([str(page)]), quiet=False)
    said.update(TALLY, 5_000_000, 500)
    assert capsys.readouterr().err == ""
    assert not said.shown
    monkeypatch.setattr(progress, "LINE_EVERY_S", 0.0)
    said.update(TALLY, 5_000_000, 500)
    line = capsys.readouterr().err
    assert line.startswith("unstuff: 1,200 documents, 5 MB at ")
    assert line.endswith("MB/s, 1.25% flagged, 0:00 left\n")
    assert said.shown


def test_a_bar_on_a_terminal_that_is_gone_at_the_end(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    said = progress.progress(find([str(page)]), quiet=False)
    said.update(TALLY, 5_000_000, 500)
    assert terminal.getvalue() == ""
    monkeypatch.setattr(progress, "_MOMENT_S", -1.0)
    said.update(TALLY, 5_000_000, 500)
    said.close()
    assert "1,200 documents, 5 MB at" in terminal.getvalue()
    assert said.shown


def test_quiet_says_nothing(page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "LINE_EVERY_S", 0.0)
    said = progress.progress(find([str(page)]), quiet=True)
    said.update(TALLY, 5_000_000, 500)
    assert capsys.readouterr().err == ""


def test_a_long_run_is_summed_up(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.cli.Filter", StandIn)
    monkeypatch.setattr(progress, "LINE_EVERY_S", 0.0)
    lines = run("score", page).stderr.splitlines()
    assert lines[-1].startswith("unstuff: documents 1, paragraphs 1, keyword blocks 0, errors 0; ")
    assert len(lines) == 2


def test_the_summary_names_reasons_by_their_number() -> None:
    assert progress.summary(TALLY, 60_000_000, 3725) == (
        "documents 1,200, paragraphs 4,000, keyword blocks 50 (place_names 30, words 20), errors 1; "
        "60.0 MB in 1:02:05, 0.0 MB/s"
    )

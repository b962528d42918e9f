"""What is said on stderr while a run goes on, and at its end."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Protocol

from unstuff.crawl.work import Tally
from unstuff.sources import Source

LINE_EVERY_S = 60.0
_MOMENT_S = 1.0
_MB = 1e6


class Progress(Protocol):
    """Something that is told how far a run is. ``shown``: whether it said anything."""

    shown: bool

    def update(self, tally: Tally, n_bytes: int, n_stored: int) -> None:
        """What was counted so far; how many bytes were read, unpacked and as they are stored."""

    def close(self) -> None:
        """The run is over."""


class Silent:
    """Says nothing."""

    shown = False

    def update(self, tally: Tally, n_bytes: int, n_stored: int) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class OnceAMinute:
    """Prints a line each minute."""

    def __init__(self, n_total: int) -> None:
        self.shown = False
        self._n_total = n_total
        self._began = self._said = time.monotonic()

    def update(self, tally: Tally, n_bytes: int, n_stored: int) -> None:
        """Print a line when it is time for one."""
        now = time.monotonic()
        if now - self._said < LINE_EVERY_S:
            return
        self._said, self.shown = now, True
        left = f", {_clock((now - self._began) * (self._n_total - n_stored) / n_stored)} left" if n_stored else ""
        print(f"unstuff: {told(tally, n_bytes, now - self._began)}{left if self._n_total else ''}", file=sys.stderr)

    def close(self) -> None:
        """Nothing more."""


class Bar:
    """A bar on a terminal, for runs that take more than a moment."""

    def __init__(self, n_total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=n_total or None)
        self._began = time.monotonic()
        self.shown = False

    def update(self, tally: Tally, n_bytes: int, n_stored: int) -> None:
        """Move the bar."""
        seconds = time.monotonic() - self._began
        if not self.shown and seconds > _MOMENT_S:
            self.shown = True
            self._bar.start()
        text = told(tally, n_bytes, seconds)
        self._bar.update(self._task, completed=n_stored, description=text)

    def close(self) -> None:
        """Take the bar away."""
        if self.shown:
            self._bar.stop()


def progress(sources: Sequence[Source], *, quiet: bool) -> Progress:
    """A bar where stderr is a terminal, lines where it is not, nothing when quiet."""
    if quiet:
        return Silent()
    n_total = sum(map(_size, sources))
    return Bar(n_total) if sys.stderr.isatty() else OnceAMinute(n_total)


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size if source.path and source.path.is_file() else 0
    except OSError:
        return 0


def told(tally: Tally, n_bytes: int, seconds: float) -> str:
    """How far a run is."""
    speed = n_bytes / _MB / max(seconds, 1e-3)
    share = tally.found / max(tally.paragraphs, 1)
    return f"{tally.documents:,} documents, {n_bytes / _MB:,.0f} MB at {speed:.1f} MB/s, {share:.2%} flagged"


def summary(tally: Tally, n_bytes: int, seconds: float) -> str:
    """What a run did: counts, keyword blocks by the reason that weighs most, time."""
    by = ", ".join(f"{name} {n:,}" for name, n in sorted(tally.found_by.items(), key=lambda item: (-item[1], item[0])))
    dropped = f", dropped documents {tally.dropped:,}" if tally.dropped else ""
    cut = f", cut documents {tally.truncated:,}" if tally.truncated else ""
    return (
        f"documents {tally.documents:,}, paragraphs {tally.paragraphs:,}, "
        f"keyword blocks {tally.found:,}{f' ({by})' if by else ''}{dropped}{cut}, errors {tally.errors:,}; "
        f"{n_bytes / _MB:,.1f} MB in {_clock(seconds)}, {n_bytes / _MB / max(seconds, 1e-3):.1f} MB/s"
    )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"

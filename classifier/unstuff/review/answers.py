"""The answers' file: labelled data, one row a subject, complete after every answer.

It is replaced as a whole each time, so that there is never a second row for what was answered anew, none for what was
taken back, and after a crash the file is as it was after the last answer. Rows of other origin stay as they are, and
several rows of a key until it is answered. What was skipped is no labelled data: its keys stand in a file beside it,
each with how many rows were there before.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from unstuff import durable
from unstuff.errors import InputError
from unstuff.json_line import load
from unstuff.labels import LABELS as _FLAGS
from unstuff.labels import Labelled, read_labelled
from unstuff.review.subject import Candidate
from unstuff.sources import dumps
from unstuff.unpacking import GZIP_MAGIC, ZSTD_MAGIC

LABELS = tuple(_FLAGS)
SKIP = "skip"
_SKIPPED = re.compile(r"(\S+)(?: (\d{1,9}))?")


class Answers:
    """What was said of candidates, by key, in the order in which it was said; used from several threads.

    ``repeated`` are the keys of several rows, of which the last one says it.
    Raises :class:`InputError` for a file that is there already and is no labelled data.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.skipped_path = path, path.with_name(f"{path.name}.skipped")
        self._lock = threading.Lock()
        self._rows: dict[str, list[bytes]] = {}
        self._labels: dict[str, str] = {}
        self._candidates: dict[str, Candidate] = {}
        self._read_rows()
        self._read_skipped()
        self.repeated = [key for key, rows in self._rows.items() if len(rows) > 1]
        self._seen = self._state()

    def _read_rows(self) -> None:
        if not self.path.exists():
            return
        if not self.path.is_file():
            raise InputError(f"{str(self.path)!r} is no regular file; answers are kept in one")
        content = self.path.read_bytes()
        if content.startswith((GZIP_MAGIC, ZSTD_MAGIC)):
            raise InputError(f"{str(self.path)!r} is packed; unpack it to have it continued")
        lines = [line + b"\n" for line in content.split(b"\n") if line.strip()]
        for document, line in zip(read_labelled([self.path]), lines, strict=True):
            self._add_row(line, document)

    def _add_row(self, line: bytes, document: Labelled) -> None:
        """A page is a keyword block where one of its paragraphs is."""
        own = load(line).get("key")
        key = own if isinstance(own, str) else document.place
        self._rows.setdefault(key, []).append(line)
        self._labels.pop(key, None)
        self._labels[key] = next((name for name, flag in _FLAGS.items() if flag in document.labels), "")

    def _read_skipped(self) -> None:
        """Put what was skipped among the rows, where it was said; keys alone, as they were once written, come first."""
        if not self.skipped_path.exists():
            return
        try:
            lines = self.skipped_path.read_text("utf-8").splitlines()
        except UnicodeDecodeError as error:
            name = str(self.skipped_path)
            raise InputError(f"{name!r} is not UTF-8; it says what was skipped, remove it to be asked") from error
        found = [match.groups() for match in map(_SKIPPED.match, lines) if match]
        skipped = [(int(n or 0), (key, SKIP)) for key, n in found if key not in self._rows]
        placed = sorted([*skipped, *enumerate(self._labels.items())], key=lambda one: one[0])
        self._labels = dict(said for _, said in placed)

    def ask(self, candidates: Iterable[Candidate]) -> None:
        """The candidates that answers may be about."""
        self._candidates |= {candidate.key: candidate for candidate in candidates}

    def given(self) -> dict[str, str]:
        """Labels of candidates by key, "skip" among them, in the order in which they were given."""
        with self._lock:
            return {key: label for key, label in self._labels.items() if key in self._candidates}

    def counts(self) -> Counter[str]:
        """How many rows have which label, and how many candidates were skipped."""
        with self._lock:
            return Counter(self._labels.values())

    def give(self, key: str, label: str | None) -> None:
        """Write an answer for good: a label, "skip", or None to take back what was said.

        Raises :class:`InputError` for an unknown key or label, and when another program changed the file; OSError when
        it cannot be written. Then nothing has changed.
        """
        if key not in self._candidates:
            raise InputError(f"key {key!r} is not one of what is asked about; load the page again")
        if label is not None and label not in (*LABELS, SKIP):
            raise InputError(f"label {label!r} is not one of {', '.join(map(repr, (*LABELS, SKIP)))}")
        with self._lock:
            before = self._rows, self._labels
            self._rows = {other: row for other, row in self._rows.items() if other != key}
            self._labels = {other: said for other, said in self._labels.items() if other != key}
            if label is not None:
                self._labels[key] = label
            if label in LABELS:
                self._rows[key] = [dumps(_labelled(self._candidates[key].row, label))]
            try:
                self._write()
            except (InputError, OSError):
                self._rows, self._labels = before
                raise

    def check(self) -> None:
        """Raise OSError where answers cannot be written; nothing is written over before the first one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=self.path.parent).close()

    def _write(self) -> None:
        if self._state() != self._seen:
            raise InputError(f"{str(self.path)!r} was changed by another program; start the review again")
        skipped = list(self._skipped_lines())
        if skipped:
            durable.replace(self.skipped_path, skipped)
        else:
            self.skipped_path.unlink(missing_ok=True)
        durable.replace(self.path, chain.from_iterable(self._rows.values()))
        self._seen = self._state()

    def _skipped_lines(self) -> Iterator[bytes]:
        n_rows = 0
        for key, label in self._labels.items():
            if label == SKIP:
                yield f"{key} {n_rows}\n".encode()
            else:
                n_rows += 1

    def _state(self) -> tuple[int, int, int] | None:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _labelled(row: dict[str, Any], label: str) -> dict[str, Any]:
    """The row with its label, right after what it is a label of."""
    if "paragraphs" in row:
        return {**row, "paragraphs": [{**one, "label": label} for one in row["paragraphs"]]}
    return {"text": row["text"], "label": label, **row}

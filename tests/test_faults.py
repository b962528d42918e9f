"""Faults of files: each is named, and the documents before and behind it are scored, cleaned and shown."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tests import carriers
from tests.carriers import raw_deflate
from tests.hostile import files, places
from tests.hostile.case import Case
from tests.hostile.files import LINES, RECORDS
from unstuff.sources import Reading, Source, jsonl, opening, reading, records, warc

_MB = 1 << 20
LONG = b"a" * (4 * _MB)


@pytest.mark.parametrize("case", (*files.FAULTS, *places.CASES), ids=lambda case: case.name.replace(" ", "-"))
def test_nothing_is_lost_beside_a_fault(tmp_path: Path, case: Case) -> None:
    if case.run is places.unreadable and os.geteuid() == 0:
        pytest.skip("root may read everything; python -m tests.hostile asks as somebody else")
    assert case.run(case.make(tmp_path))


@pytest.fixture
def lower_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A 256th of the limits, so that what is beyond them is made in no time."""
    for module in (jsonl, opening, reading, records, warc):
        monkeypatch.setattr(module, "MAX_DOCUMENT_BYTES", _MB)
    monkeypatch.setattr(opening, "_MAX_PASSED_BYTES", 8 * _MB)


def coded(pack: Callable[[bytes], bytes], *fields: str) -> bytes:
    """Records, one of them with an HTTP body that unpacks to more than the limit."""
    return RECORDS + carriers.response(pack(LONG), *fields, n=99) + carriers.conversion("z", n=100)


def within(data: bytes, whole: bytes) -> bytes:
    """The data between two copies of the whole."""
    return whole + data + whole


LINE = b'{"text": "' + LONG + b'"}\n'
RECORD = carriers.record("conversion", LONG, "text/plain", n=99)
BOMB = LONG * 8


@pytest.mark.parametrize(
    ("name", "content", "inside", "error"),
    [
        (".txt", lambda: LONG, 0, "is a document of more than"),
        (".txt.gz", lambda: gzip.compress(LONG), 0, "is a document of more than"),
        (".html.zst", lambda: zstandard.compress(b"<p>" + LONG), 0, "is a document of more than"),
        (".jsonl", lambda: within(LINE, LINES), 100, "is a line of more than"),
        (".jsonl", lambda: LINE + LINES, 50, "is a line of more than"),
        (".jsonl", lambda: within(LINE, b'{"text": "x"}\n'), 2, "is a line of more than"),
        (".jsonl.gz", lambda: gzip.compress(within(LINE, LINES)), 100, "is a line of more than"),
        (".jsonl", lambda: LINES + LINE[:-1], 50, "is a line of more than"),
        (".jsonl.gz", lambda: gzip.compress(LINES + BOMB), 50, "without a document in them"),
        (".wet", lambda: within(RECORD, RECORDS), 50, f"is a record of {len(LONG)} bytes"),
        (".wet.zst", lambda: zstandard.compress(RECORDS + BOMB), 50, "without a document in them"),
        (".warc", lambda: coded(gzip.compress, "Content-Encoding: gzip"), 51, "its body unpacks to more than"),
        (".warc", lambda: coded(gzip.compress), 51, "its body unpacks to more than"),
        (".warc", lambda: coded(raw_deflate, "Content-Encoding: deflate"), 51, "its body unpacks to more than"),
        (".jsonl.zst", lambda: zstandard.compress(LINES * 4000), 200_000, ""),
    ],
)  # fmt: skip
def test_what_is_too_large_is_named_and_read_past(
    tmp_path: Path, lower_limits: None, name: str, content: Callable[[], bytes], inside: int, error: str
) -> None:
    path = tmp_path / f"damaged{name}"
    path.write_bytes(content())
    source = Source(str(path), path, Path(path.name))
    found = list(reading.read([source], Reading()))
    errors = [document.error for document in found if document.error]
    assert len({document.id for document in found if document.body}) == inside
    assert error in errors[-1] if error else not errors
    assert len(errors) <= 2
    assert max(len(document.raw) for document in found) <= 2 * _MB

"""Any bytes as JSON Lines, through the source reader: no byte is lost, and what is cleaned can be put back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.fuzz.text import SCORER, check_verdicts, splitting
from unstuff import Filter
from unstuff.crawl.cleaning import Cleaner
from unstuff.json_line import load
from unstuff.page import cut
from unstuff.sources import Chunk, Document, Reading, Result, Source, placed, removed, score_together

_READING = Reading(form="jsonl")
_FOLDER = tempfile.TemporaryDirectory()
_FILE = Path(_FOLDER.name, "input.jsonl")
_SOURCE = Source("input.jsonl", _FILE, Path("input.jsonl"))


def check(data: bytes) -> None:
    """Read, score and clean a file."""
    _FILE.write_bytes(data)
    chunks = [found.chunk for found in placed([_SOURCE], _READING)]
    documents = [document for chunk in chunks for document in chunk.documents(_READING)]
    packed = data.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))
    refused = [document.error for document in documents if not document.raw]
    assert packed or refused or b"".join(document.raw for document in documents) == data
    results = list(score_together(SCORER, documents))
    for document, page, verdicts in results:
        assert (page is None) == (document.body is None)
        if page is not None:
            check_verdicts(page, verdicts, SCORER.threshold)
    scorer = splitting([verdict for result in results for verdict in result.verdicts])
    for chunk in chunks:
        _check_clean(chunk, scorer)


def _check_clean(chunk: Chunk, scorer: Filter) -> None:
    documents = chunk.documents(_READING)
    results = list(score_together(scorer, documents))
    refused: list[Document] = []
    outcome = Cleaner(packing="").write(chunk, results, lambda document, _: refused.append(document))
    assert not refused
    cleaned = b"".join(piece for written in outcome.written for piece in written.pieces)
    lines = [line for line in cleaned.split(b"\n") if line.strip()]
    expected = [result for result in results if result.document.raw.strip()]
    assert len(lines) == len(expected)
    for line, result in zip(lines, expected, strict=True):
        _check_line(line, result)


def _check_line(line: bytes, result: Result) -> None:
    """A line that nothing is taken from is not touched; of others only the one field changes."""
    document, page, verdicts = result
    if page is None or not any(verdict.found for verdict in verdicts):
        assert line == document.raw.removesuffix(b"\n")
        return
    before, after = load(document.raw), load(line)
    assert list(before) == list(after)
    key = next(key for key in _READING.content_keys if before.get(key) is not None)
    assert repr({**before, key: None}) == repr({**after, key: None})
    if not page.is_html:
        assert after[key] == cut(page.text, [(start, end) for _, start, end in removed(page, verdicts)])

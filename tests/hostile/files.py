"""Files that are bombs, cut, damaged, endless or no files at all: each is named, and nothing else is lost."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import zstandard

from tests import carriers
from tests.hostile.case import Case
from tests.hostile.verbs import Fault, goes_on, put

_MB = 1 << 20
_LINE = b'{"text": "%d. The library opened today, and the loan of books is free."}\n'
LINES = b"".join(_LINE % i for i in range(50))
RECORDS = carriers.info() + b"".join(carriers.conversion(f"page {i}", n=i) for i in range(1, 51))


def _made(
    name: str, content: bytes | Callable[[], bytes], inside: int, error: str, jobs: tuple[str, ...], at: Path
) -> Fault:
    return Fault(
        put(at / f"damaged{name}", content if isinstance(content, bytes) else content()), inside, error, jobs=jobs
    )


def fault(what: str, name: str, content: bytes, inside: int = 0, error: str = "") -> Case:
    """A damaged file between two good ones; read by one process and by two."""
    return Case(what, partial(_made, name, content, inside, error, ("1", "2")), goes_on)


def bomb(what: str, name: str, content: Callable[[], bytes], inside: int = 0, error: str = "") -> Case:
    """A large one, read by this process alone, whose memory is measured."""
    return Case(what, partial(_made, name, content, inside, error, ("1",)), goes_on)


def _gzip_members(data: bytes, n: int) -> bytes:
    """The data so many times, each a member of its own."""
    return gzip.compress(data) * n


def _gzip_bomb(head: bytes = b"") -> bytes:
    """10 GB of one letter in 10 MB."""
    return gzip.compress(head) + _gzip_members(b"a" * 100 * _MB, 100)


def _zstd_bomb(head: bytes = b"") -> bytes:
    """10 GB of one letter in less than 1 MB."""
    frame = zstandard.ZstdCompressor().compress(b"a" * 100 * _MB)
    return zstandard.compress(head) + frame * 100


def _nested_bomb() -> bytes:
    return gzip.compress(_gzip_bomb())


def _coded_bomb() -> bytes:
    """A record whose HTTP body unpacks to 1 GB, among others."""
    packer = zlib.compressobj(1, wbits=31)
    body = b"".join([*(packer.compress(b"<p>a</p>" * (_MB // 8)) for _ in range(1024)), packer.flush()])
    return RECORDS + carriers.response(body, "Content-Encoding: gzip", n=99) + carriers.conversion("last", n=100)


def _long_line() -> bytes:
    return LINES + b'{"text": "' + b"a" * (600 * _MB) + b'"}\n' + LINES


def _long_record() -> bytes:
    return RECORDS + carriers.record("conversion", b"a" * (600 * _MB), "text/plain", n=99) + RECORDS


def _repetitive(pack: Callable[[bytes], bytes]) -> bytes:
    """An honest stream that packs to less than a hundredth."""
    return pack(b"".join(_LINE % 7 for _ in range(4_000)))


def _repetitive_records() -> bytes:
    return gzip.compress(b"".join(carriers.conversion("The library opened today.", n=i) for i in range(4_000)))


def _with_length(length: bytes) -> bytes:
    return RECORDS.replace(b"Content-Length: 6\r", b"Content-Length: %s\r" % length, 1)


def _nested_json() -> bytes:
    deep = b'{"text": "x", "more": ' + b"[" * 10_000 + b"]" * 10_000 + b"}\n"
    objects = b'{"a":' * 10_000 + b"1" + b"}" * 10_000 + b"\n"
    return LINES + deep + objects + b"[" * 10_000 + b"\n" + LINES


def _repeated_keys() -> bytes:
    return LINES + b'{"text": "first", "text": "second\\njudi| slot| togel| poker|", "id": "a", "id": "b"}\n' + LINES


def _invalid_utf8() -> bytes:
    return LINES + b'{"text": "\xff\xfe broken"}\n{"text": "\xed\xa0\x80"}\n' + LINES


def _rows(n: int = 50) -> bytes:
    return carriers.parquet([{"text": f"row {i}"} for i in range(n)], row_group_size=10)


def _corrupt_page() -> bytes:
    rows = _rows()
    return rows[:400] + b"\xff" * 60 + rows[460:]


def _dictionary_bomb() -> bytes:
    """12 rows of 1 MB that are one value of a dictionary."""
    return carriers.parquet([{"text": "The library opened. " * (_MB // 20)}] * 12, compression="zstd")


CUT = "is damaged: it ends in the middle of the packed data; get it anew"
CUT = "is damaged: it ends in the middle of the packed data; get it anew"
BOMBS = (
    bomb("gzip bomb, text, 10 GB in 10 MB", ".txt.gz", _gzip_bomb, 0, "is a document of more than 256 MB"),
    bomb("gzip bomb, a line of JSON Lines", ".jsonl.gz", partial(_gzip_bomb, LINES), 50, "without a document in them"),
    bomb("Zstandard bomb, text, 10 GB in 1 MB", ".txt.zst", _zstd_bomb, 0, "is a document of more than 256 MB"),
    bomb("Zstandard bomb, a line", ".jsonl.zst", partial(_zstd_bomb, LINES), 50, "without a document in them"),
    bomb("gzip bomb in WARC", ".wet.gz", partial(_gzip_bomb, RECORDS), 50, "without a document in them"),
    bomb("gzip bomb in gzip", ".txt.gz", _nested_bomb, 0, "looks like a binary file (application/gzip)"),
    bomb("gzip bomb as HTTP body", ".warc", _coded_bomb, 51, "its body unpacks to more than 256 MB"),
    bomb("a line of 600 MB between others", ".jsonl", _long_line, 100, "is a line of more than 256 MB"),
    bomb("a record of 600 MB between others", ".wet", _long_record, 50, "is a record of 629145600 bytes"),
    bomb("12 rows of 1 MB in one of a dictionary", ".parquet", _dictionary_bomb, 12),
    bomb("honest lines packed 1 to 150", ".jsonl.gz", partial(_repetitive, gzip.compress), 4_000),
    bomb("honest lines packed 1 to 4,000", ".jsonl.zst", partial(_repetitive, zstandard.compress), 4_000),
    bomb("honest records packed", ".wet.gz", _repetitive_records, 4_000),
)
_NO_LENGTH = "is a damaged record: its head has no end or no usable Content-Length"
FAULTS = (
    fault("gzip cut", ".jsonl.gz", gzip.compress(LINES, 0)[:-200], 47, CUT),
    fault("Zstandard cut", ".jsonl.zst", zstandard.compress(LINES) + zstandard.compress(LINES)[:-9], 50, CUT),
    fault("WARC cut", ".wet", RECORDS[:-8], 49, "is cut short: it has 3 of 7 bytes"),
    fault("packed WARC cut", ".wet.gz", gzip.compress(RECORDS, 0)[:-400], 48, CUT),
    fault("Parquet cut", ".parquet", _rows()[:-20], 0, "is damaged: "),
    fault("Parquet with a corrupt page", ".parquet", _corrupt_page(), 30, "is damaged: "),
    fault(
        "Parquet with numbers for text",
        ".parquet",
        carriers.parquet([{"text": 7}]),
        0,
        "column 'text' is int64",
    ),
    fault("Parquet without its column", ".parquet", carriers.parquet([{"a": "x"}]), 0, "has no column 'text'"),
    fault("Content-Length too short", ".wet", _with_length(b"2"), 50, "is no WARC record"),
    fault("Content-Length too long", ".wet", _with_length(b"700"), 49, "is cut short: it has 10 of 700 bytes"),
    fault("Content-Length beyond the file", ".wet", _with_length(b"999999"), 49, "is cut short: it has 10 of"),
    fault("Content-Length negative", ".wet", _with_length(b"-6"), 49, _NO_LENGTH),
    fault("Content-Length of 40 digits", ".wet", _with_length(b"9" * 40), 49, _NO_LENGTH),
    fault(
        "Content-Length of 1 TB",
        ".wet",
        _with_length(b"1" + b"0" * 12),
        49,
        "is a record of 1000000000000 bytes",
    ),
    fault("Content-Length no number", ".wet", _with_length(b"six"), 49, _NO_LENGTH),
    fault("JSON nested 10,000 deep", ".jsonl", _nested_json(), 100, "is no JSON: nested too deeply"),
    fault("keys of JSON repeated", ".jsonl", _repeated_keys(), 101),
    fault("invalid UTF-8 in JSON", ".jsonl", _invalid_utf8(), 100, "is no JSON: 'utf-8' codec can't decode"),
)
CASES: tuple[Case, ...] = (*BOMBS, *FAULTS)

"""The same page in every form that the command line reads."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

URL = "http://news.example/library.html"
BLOCK = "甲县| 乙县| 丙县|"


def digest(data: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest())


def record(kind: str, block: bytes, media: str, *, payload: bytes | None = None, n: int = 1, url: str = URL) -> bytes:
    """One record of WARC."""
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Record-ID: <urn:uuid:{n}>",
        f"WARC-Payload-Digest: {digest(block if payload is None else payload).decode()}",
        f"WARC-Block-Digest: {digest(block).decode()}",
        f"Content-Type: {media}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + block + b"\r\n\r\n"


def response(html: bytes, *fields: str, n: int = 1, url: str = URL, charset: str = "utf-8") -> bytes:
    """A record with an HTTP response."""
    head = ["HTTP/1.1 200 OK", f"Content-Type: text/html; charset={charset}", f"Content-Length: {len(html)}", *fields]
    block = "\r\n".join([*head, "", ""]).encode() + html
    return record("response", block, "application/http; msgtype=response", payload=html, n=n, url=url)


def conversion(text: str, n: int = 1, url: str = URL) -> bytes:
    """A record of WET."""
    return record("conversion", text.encode(), "text/plain", n=n, url=url)


def info() -> bytes:
    """The record that a WARC file begins with."""
    return record("warcinfo", b"software: none\r\n", "application/warc-fields", n=0)


def parquet(rows: Sequence[dict[str, Any]], schema: Any = None, **options: Any) -> bytes:
    """A Parquet file."""
    return table_bytes(pa.Table.from_pylist(list(rows), schema), **options)


def table_bytes(table: Any, **options: Any) -> bytes:
    """A table as a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def plain(data: bytes) -> bytes:
    return data


def zst(data: bytes) -> bytes:
    return zstandard.compress(data)


def members(pack: Callable[[bytes], bytes], *records: bytes) -> bytes:
    """Records packed one by one, as crawlers do."""
    return b"".join(map(pack, records))


def text_carriers(text: str) -> dict[str, bytes]:
    """A text in every form, by the name of the file."""
    line = json.dumps({"id": "a", "text": text, "url": URL, "n": 1.5}, ensure_ascii=False).encode() + b"\n"
    escaped = json.dumps({"text": text}).encode()
    binary = pa.schema([("text", pa.binary())])
    dictionary = pa.schema([("text", pa.dictionary(pa.int32(), pa.string()))])
    forms = {
        "page.txt": text.encode(),
        "page.jsonl": line,
        "escaped.jsonl": escaped,
        "page.wet": info() + conversion(text),
    }
    packed = {f"{name}{suffix}": pack(data) for name, data in forms.items() for suffix, pack in PACKED.items()}
    rows = [{"id": "a", "text": text, "url": URL, "n": 1.5}]
    return {
        **forms,
        **packed,
        "records.wet.gz": members(gzip.compress, info(), conversion(text)),
        "page.parquet": parquet(rows),
        "zstd.parquet": parquet(rows, compression="zstd"),
        "binary.parquet": parquet([{"text": text.encode()}], binary),
        "dictionary.parquet": parquet([{"text": text}], dictionary),
        "large.parquet": parquet([{"text": text}], pa.schema([("text", pa.large_string())])),
    }


PACKED: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zst}


def raw_deflate(data: bytes) -> bytes:
    """As some servers send what they call deflate."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def html_carriers(html: str) -> dict[str, bytes]:
    """A page of HTML in every form."""
    data = html.encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(data)), gzip.compress(data))
    coded = response(chunked, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    extended = b"".join(
        b'%x ;a="b"\r\n%s\r\n' % (len(data[i : i + 90]), data[i : i + 90]) for i in range(0, len(data), 90)
    )
    return {
        "page.html": data,
        "page.html.gz": gzip.compress(data),
        "page.html.zst": zst(data),
        "page.jsonl": json.dumps({"html": html}).encode(),
        "page.parquet": parquet([{"html": html}]),
        "bytes.parquet": parquet([{"html": data}]),
        "page.warc": info() + response(data),
        "page.warc.gz": members(gzip.compress, info(), response(data)),
        "page.warc.zst": members(zst, info(), response(data)),
        "coded.warc": info() + coded,
        "extended.warc": info() + response(extended + b"0;a\r\nX-Trailer: 1\r\n\r\n", "Transfer-Encoding: chunked"),
        "raw.warc": info() + response(raw_deflate(data), "Content-Encoding: deflate"),
        "unchunked.warc": info()
        + response(zlib.compress(data), "Content-Encoding: deflate", "Transfer-Encoding: chunked"),
        "x.warc": info() + response(gzip.compress(data), "Content-Encoding: x-gzip"),
        "unnamed.warc": info() + response(gzip.compress(data)),
        "named.warc": info() + response(data, "Content-Encoding: gzip"),
    }


def unpacked(path: Path) -> bytes:
    data, suffix = path.read_bytes(), path.suffix.lower()
    if suffix == ".gz":
        return gzip.decompress(data)
    return (
        zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read() if suffix == ".zst" else data
    )

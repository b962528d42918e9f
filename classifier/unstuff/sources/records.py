"""A stream of WARC -> its records as bytes.

Records are told apart here, not by FastWARC: its 2.0.1 ends a stream at a damaged record, and after a decoded HTTP body
passes over the records that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from unstuff.sources.document import MAX_DOCUMENT_BYTES
from unstuff.sources.opening import Stream

_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
_NEXT = re.compile(rb"\r?\n\r?\n(WARC/[01]\.\d+\r?\nWARC-)")
HEAD_END = re.compile(rb"\r?\n\r?\n")
LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d+)[ \t]*\r?$", re.I | re.M)
_TYPE = re.compile(rb"^WARC-Type:[ \t]*(?:response|conversion|resource)[ \t]*\r?$", re.I | re.M)
_BREAKS = b"\r\n"
_MAX_HEAD_BYTES = 1 << 20
_MAX_DIGITS = 18


class Raw(NamedTuple):
    """One record's bytes with the breaks after it, or bytes that are none, and then why.

    ``head_end`` and ``block_end``: where in the bytes its head and its block end. ``is_page``: whether it may hold a
    page, by its type.
    """

    data: bytes
    head_end: int = 0
    block_end: int = 0
    error: str = ""
    is_page: bool = False


class _Ahead:
    """What was read of a stream and not yet taken."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.check_passed = stream.check_passed
        self.data = b""
        self.at = 0
        self.damage: Exception | None = None

    @property
    def n_taken(self) -> int:
        """How many stored bytes were read so far."""
        return self._stream.n_taken

    def more(self) -> bool:
        """Read on; whether there was more. Damage of the stream is its end, told at the end."""
        try:
            new = b"" if self.damage else self._stream.some()
        except (OSError, EOFError) as error:
            self.damage, new = error, b""
        self.data = self.data[self.at :] + new
        self.at = 0
        return bool(new)

    def reach(self, n_bytes: int) -> None:
        """Read until so many bytes are there, or the stream ends."""
        if len(self.data) - self.at >= n_bytes:
            return
        pieces = [self.data[self.at :]]
        n_bytes -= len(pieces[0])
        self.data, self.at = b"", 0
        while n_bytes > 0 and self.more():
            pieces.append(self.data)
            n_bytes -= len(self.data)
            self.data = b""
        self.data = b"".join(pieces)

    def take(self, n_bytes: int) -> bytes:
        """The next bytes."""
        self.reach(n_bytes)
        found = self.data[self.at : self.at + n_bytes]
        self.at += len(found)
        return found


def split(stream: Stream) -> Iterator[Raw]:
    """The records of a stream, and what stands between them. Damage of the stream is raised after the last one."""
    ahead = _Ahead(stream)
    while ahead.at < len(ahead.data) or ahead.more():
        if _START.match(ahead.data, ahead.at) or (_few(ahead) and ahead.more() and _START.match(ahead.data, ahead.at)):
            yield _record(ahead)
        else:
            yield _stray(ahead)
    if ahead.damage:
        raise ahead.damage


def _few(ahead: _Ahead) -> bool:
    return len(ahead.data) - ahead.at < 16


def _record(ahead: _Ahead) -> Raw:
    end = HEAD_END.search(ahead.data, ahead.at)
    while not end and len(ahead.data) - ahead.at < _MAX_HEAD_BYTES and ahead.more():
        end = HEAD_END.search(ahead.data, ahead.at)
    length = LENGTH.search(ahead.data, ahead.at, end.end()) if end else None
    if not end or not length or len(length[1]) > _MAX_DIGITS:
        start = ahead.take(5)  # past its name, which would be found again
        return _stray(ahead, start, "is a damaged record: its head has no end or no usable Content-Length")
    head, n_bytes = end.end() - ahead.at, int(length[1])
    if n_bytes > MAX_DOCUMENT_BYTES:
        return _stray(
            ahead,
            ahead.take(head),
            f"is a record of {n_bytes} bytes, or says so; at most {MAX_DOCUMENT_BYTES} are read",
        )
    data = ahead.take(head + n_bytes)
    is_cut = len(data) < head + n_bytes
    following = _NEXT.search(data, head) if is_cut or not _is_followed(ahead) else None
    if following:  # its length is wrong when others begin in it, and none behind it
        ahead.at -= len(data) - following.start(1)
        data = data[: following.start(1)]
    if is_cut or following:
        return Raw(data, error=f"is cut short: it has {len(data) - head} of {n_bytes} bytes; get the file anew")
    is_page = _TYPE.search(data, 0, head) is not None
    return Raw(data + _breaks(ahead), head, head + n_bytes, "", is_page)


def _is_followed(ahead: _Ahead) -> bool:
    """Whether a record, or nothing, comes next."""
    ahead.reach(len(_BREAKS) * 2 + 16)
    rest = ahead.data[ahead.at : ahead.at + 32].lstrip(_BREAKS)
    return not rest or _START.match(rest) is not None


def _breaks(ahead: _Ahead) -> bytes:
    """The line breaks after a record."""
    ahead.reach(4)
    rest = ahead.data[ahead.at : ahead.at + 4]
    return ahead.take(len(rest) - len(rest.lstrip(_BREAKS)))


def _stray(ahead: _Ahead, begun: bytes = b"", error: str = "is no WARC record; get the file anew") -> Raw:
    """Everything up to the next record, after what was taken of it; too much of it is not held."""
    pieces, n_bytes, taken = [begun], len(begun), ahead.n_taken
    is_held = True
    while not (start := _START.search(ahead.data, ahead.at)):
        keep = min(len(ahead.data) - ahead.at, 16)  # the next record's first line may be cut in two here
        pieces.append(ahead.take(len(ahead.data) - ahead.at - keep))
        n_bytes += len(pieces[-1])
        if n_bytes > MAX_DOCUMENT_BYTES:
            pieces, is_held = [], False
            ahead.check_passed(n_bytes, taken)
        if not ahead.more():
            pieces.append(ahead.take(keep))
            break
    else:
        pieces.append(ahead.take(start.start() - ahead.at))
    if not is_held:
        return Raw(b"", error=f"{error}; of its {n_bytes} bytes none are kept")
    data = b"".join(pieces)
    return Raw(data, error=error if data.strip() else "")

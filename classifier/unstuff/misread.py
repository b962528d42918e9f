"""Text that was read in a wrong encoding, or percent-encoded, read as what it says: ä¹…, ¾Ã, 涔呬箙 and %E4%B9%85.

For features only, as in :mod:`unstuff.entities`: the array keeps its length, each character stands where its bytes
began, and the rest becomes U+FEFF, which normalisation deletes. Bytes are read where a paragraph has several such
characters and hardly any others of their kind, so that »Spaß« and déjà vu stay as they are. What was lost on the way
(GBK read as UTF-8) stays lost.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.entities import DELETED, digits, write_over

_LOST = 0xFFFD  # what a decoder writes for a byte that it cannot read
_TRADE_MARK = 0x2122  # the highest code point that Windows-1252 has
# What a lost byte is taken for: nearly always it went on with a character. GBK cannot begin one with 80, and
# Windows-1252 has none for 81 and four more.
_LOST_IN_GBK, _LOST_IN_WINDOWS = b"\x80", 0x81
_FIRST_LEAD, _LAST_LEAD = 0xC2, 0xF4  # of a character of UTF-8
_MIN_CHARACTERS = 3
# Of the code points of a paragraph that can be bytes; of pairs of GBK, those among its 3,755 common characters.
_MIN_SHARE = 0.8
_MIN_COMMON = 0.7
# Of Chinese in UTF-8 that was read as GBK every third character is a first byte and one that goes on. Of 42 real blocks
# the least share is 0.21, of 26,787 clean Chinese paragraphs the highest 0.09 (2026-11).
_MIN_MARKED = 0.2
# Three of such a paragraph's are so near: of n in at most 5 n code points the nearest three span 2 (5 n - 1) / (n - 2)
# at most, and of three in all 14.
_NEAR = 20


class _Read(NamedTuple):
    """Characters that were read, and the code points that their bytes take."""

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    codes: NDArray[np.uint32]

    def joined(self, other: _Read) -> _Read:
        return _Read(
            np.append(self.starts, other.starts),
            np.append(self.lengths, other.lengths),
            np.append(self.codes, other.codes),
        )

    def take(self, chosen: NDArray[np.bool_]) -> _Read:
        return _Read(self.starts[chosen], self.lengths[chosen], self.codes[chosen])


def decode(raw: NDArray[np.uint32], signs: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The code points with all such text read, the array itself where there is none; zeros follow each text.

    ``signs`` are the positions of those among :func:`signs`.
    """
    codes = raw[signs]
    percent, lead = codes == ord("%"), (codes >= _FIRST_LEAD) & (codes <= _LAST_LEAD)
    read = _written(raw, _percent_encoded(raw, signs[percent]))
    read = _written(read, _bytes_as_characters(read, signs[lead]))
    return _utf8_as_gbk(read, signs[~percent & ~lead])


@cache
def signs() -> NDArray[np.uint32]:
    """The code points that such text cannot do without: %, the first bytes of UTF-8, and their pairs in GBK."""
    leads = np.arange(_FIRST_LEAD, _LAST_LEAD + 1)
    # In GBK: the first byte of a Chinese character of UTF-8, and one that goes on.
    # Decoded here: the table of all pairs takes a model longer to begin with.
    pairs = [bytes((first, second)).decode("gbk") for first in range(0xE4, 0xEA) for second in range(0x80, 0xC0)]
    return np.array([ord("%"), *leads.tolist(), *map(ord, pairs)], np.uint32)


def _written(raw: NDArray[np.uint32], read: _Read) -> NDArray[np.uint32]:
    if not len(read.starts):
        return raw
    written = raw.copy()
    write_over(written, *read)
    return written


_NOTHING = _Read(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))


def _percent_encoded(raw: NDArray[np.uint32], at: NDArray[np.int64]) -> _Read:
    """Escapes of printable ASCII characters, and of the bytes of UTF-8."""
    if not len(at):
        return _NOTHING
    high, low = (digits()[np.minimum(raw[np.minimum(at + k, len(raw) - 1)], 127)] for k in (1, 2))
    known = (high < 16) & (low < 16)
    at, values = at[known], (16 * high + low)[known]
    row, n_bytes, codes = _utf8(values, at, step=3)
    ascii_rows = np.flatnonzero((values >= 0x20) & (values < 0x7F))
    return _Read(
        at[np.append(row, ascii_rows)],
        3 * np.append(n_bytes, np.ones(len(ascii_rows), np.int64)),
        np.append(codes, values[ascii_rows]).astype(np.uint32),
    )


def _bytes_as_characters(raw: NDArray[np.uint32], leads: NDArray[np.int64]) -> _Read:
    """UTF-8 read as Latin-1 or Windows-1252, else GBK read as Latin-1."""
    leads = leads[_bytes_of(raw[leads + 1]) >= 0x80]
    if len(leads) < _MIN_CHARACTERS:
        return _NOTHING
    starts, lengths, n_leads = _paragraphs_of(raw, leads)
    enough = n_leads >= _MIN_CHARACTERS
    at, paragraph = _inside(starts[enough], lengths[enough])
    values = _bytes_of(raw[at])
    is_byte = values >= 0x80
    at, paragraph, values = at[is_byte], paragraph[is_byte], values[is_byte]
    row, n_bytes, codes = _utf8(values, at, step=1)
    chosen = _told(paragraph, row, n_bytes)
    rest = ~np.isin(paragraph, paragraph[row[chosen]])
    gbk = _gbk_as_latin(at[rest], values[rest], paragraph[rest])
    return _Read(at[row], n_bytes, codes).take(chosen).joined(gbk)


class _Paragraphs(NamedTuple):
    """Paragraphs that have signs, as stretches of code points, and how many each has."""

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    n_signs: NDArray[np.int64]


def _paragraphs_of(raw: NDArray[np.uint32], at: NDArray[np.int64]) -> _Paragraphs:
    """The paragraphs of these positions."""
    breaks = np.flatnonzero(raw == 0)
    number, n_signs = np.unique(np.searchsorted(breaks, at), return_counts=True)
    starts = np.where(number > 0, breaks[number - 1] + 1, 0)
    return _Paragraphs(starts, breaks[number] - starts, n_signs)


def _inside(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every position of some paragraphs, and the number of its paragraph among them."""
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum()), np.repeat(np.arange(len(starts)), lengths)


def _told(paragraph: NDArray[np.int64], row: NDArray[np.int64], n_bytes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which characters stand in paragraphs that have several, and few other code points that can be bytes."""
    if not len(row):
        return np.zeros(0, bool)
    n_paragraphs = int(paragraph[-1]) + 1
    n_read = np.bincount(paragraph[row], n_bytes, n_paragraphs)
    enough = (np.bincount(paragraph[row], minlength=n_paragraphs) >= _MIN_CHARACTERS) & (
        n_read >= _MIN_SHARE * np.bincount(paragraph, minlength=n_paragraphs)
    )
    return np.asarray(enough[paragraph[row]])


def _gbk_as_latin(at: NDArray[np.int64], values: NDArray[np.int64], paragraph: NDArray[np.int64]) -> _Read:
    """Pairs of bytes in unbroken runs, in paragraphs where most of them are common characters."""
    if len(at) < 2 * _MIN_CHARACTERS:
        return _NOTHING
    begins = np.append(True, np.diff(at) != 1)
    position = np.arange(len(at)) - np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))
    row = np.flatnonzero((position[:-1] % 2 == 0) & ~begins[1:])
    codes = _gbk_pairs()[256 * values[row] + values[row + 1]]
    row, codes = row[codes > 0], codes[codes > 0]
    if not len(row):
        return _NOTHING
    common = (values[row] >= 0xB0) & (values[row] <= 0xD7) & (values[row + 1] >= 0xA1)
    n_common = np.bincount(paragraph[row], common, int(paragraph[-1]) + 1)
    usual = n_common >= _MIN_COMMON * np.bincount(paragraph[row], minlength=int(paragraph[-1]) + 1)
    two = np.full(len(row), 2)
    chosen = _told(paragraph, row, two) & usual[paragraph[row]]
    return _Read(at[row], two, codes).take(chosen)


def _utf8_as_gbk(raw: NDArray[np.uint32], marked: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Paragraphs of UTF-8 read as GBK: three bytes are one and a half of its characters, offsets as near as that."""
    few = _MIN_CHARACTERS - 1
    if not (marked[few:] - marked[:-few] <= _NEAR).any():
        return raw
    starts, lengths, n_marked = _paragraphs_of(raw, marked)
    written = raw
    enough = (n_marked >= _MIN_CHARACTERS) & (n_marked >= _MIN_MARKED * lengths)
    for start, length in zip(starts[enough].tolist(), lengths[enough].tolist(), strict=True):
        text = raw[start : start + length].tobytes().decode("utf-32-le", "replace")
        parts = (part.encode("gbk", "replace") for part in text.split(chr(_LOST)))
        read = _LOST_IN_GBK.join(parts).decode("utf-8", "replace")
        if len(read) <= length and read.count(chr(_LOST)) <= (1 - _MIN_SHARE) * len(read):
            written = raw.copy() if written is raw else written
            at = start + np.arange(len(read)) * length // max(len(read), 1)
            written[start : start + length] = DELETED
            written[at] = np.frombuffer(read.encode("utf-32-le"), np.uint32)
    return written


def _utf8(
    values: NDArray[np.int64], at: NDArray[np.int64], step: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Which of the bytes begin a character of two to four, how many it has, and its code point.

    Bytes stand at ``at``, those of one character ``step`` apart.
    """
    padded = np.append(values, [0, 0, 0])
    places = np.append(at, [-1, -1, -1])
    n = len(values)
    goes_on = [((padded[k : n + k] & 0xC0) == 0x80) & (places[k : n + k] == at + step * k) for k in (1, 2, 3)]
    lead = [(values >= low) & (values <= high) for low, high in ((_FIRST_LEAD, 0xDF), (0xE0, 0xEF), (0xF0, _LAST_LEAD))]
    whole = [lead[0] & goes_on[0], lead[1] & goes_on[0] & goes_on[1], lead[2] & goes_on[0] & goes_on[1] & goes_on[2]]
    n_bytes = 2 * whole[0] + 3 * whole[1] + 4 * whole[2]
    row = np.flatnonzero(n_bytes)
    n_bytes = n_bytes[row]
    codes = values[row] & np.array([0, 0, 0x1F, 0x0F, 0x07])[n_bytes]
    for k in (1, 2, 3):
        codes = np.where(n_bytes > k, codes << 6 | padded[row + k] & 0x3F, codes)
    is_character = (codes >= np.array([0, 0, 0x80, 0x800, 0x10000])[n_bytes]) & (codes < 0x110000)
    is_character &= (codes < 0xD800) | (codes > 0xDFFF)
    return row[is_character], n_bytes[is_character], codes[is_character].astype(np.uint32)


def _bytes_of(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The byte of each code point in Latin-1 or Windows-1252; of others, and of ASCII, 0."""
    return _windows_bytes().take(np.where(codes == _LOST, _TRADE_MARK + 1, np.minimum(codes, _TRADE_MARK + 2)))


@cache
def _windows_bytes() -> NDArray[np.int64]:
    """The byte of each code point up to the trade mark; of U+FFFD; of others."""
    values = np.zeros(_TRADE_MARK + 3, np.int64)
    values[0x80:0x100] = np.arange(0x80, 0x100)
    for byte in range(0x80, 0xA0):
        char = bytes([byte]).decode("cp1252", "ignore")
        if char:
            values[ord(char)] = byte
    values[_TRADE_MARK + 1] = _LOST_IN_WINDOWS
    return values


@cache
def _gbk_pairs() -> NDArray[np.uint32]:
    """The code point of two bytes of GBK, at 256 times the first plus the second; 0 for none."""
    codes = np.zeros(1 << 16, np.uint32)
    for pair in range(0x8140, 0xFEFF):
        char = pair.to_bytes(2, "big").decode("gbk", "ignore")
        if len(char) == 1 and ord(char) >= 0x80:
            codes[pair] = ord(char)
    return codes

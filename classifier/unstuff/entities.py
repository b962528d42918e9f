"""HTML character references left in text as they were written, such as ``&#x4E45;``, read as their characters.

For features only: the array keeps its length, so that positions still are those of the text. The character stands
where its reference began, and the rest becomes U+FEFF, which normalisation deletes. A reference that was escaped once
more (``&amp;#x4E45;``) is read too. What is no reference, names nothing or has no semicolon stays as it is.
"""

from __future__ import annotations

from functools import cache
from html.entities import html5
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DELETED = 0xFEFF
_MAX_NAME_CHARS = 10  # of 2,125 names 1,889 are as short; longer ones are arrows and relations
_MAX_DIGITS = 7
_NOT_A_DIGIT = 99
_HASH_BASE = np.uint64(0x9E3779B97F4A7C15)
_ESCAPED = "amp;"


class _Found(NamedTuple):
    """References that were read."""

    starts: NDArray[np.int64]  # of their ampersands
    ends: NDArray[np.int64]  # half-open, after the semicolon
    codes: NDArray[np.uint32]


def decode(raw: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The code points with every reference read, the array itself where there is none; a 0 must follow each text."""
    starts = np.flatnonzero(raw == ord("&"))
    following = raw[starts + 1]
    starts = starts[(following == ord("#")) | (following >= ord("A"))]
    if not len(starts):
        return raw
    decoded = raw.copy()
    for found in (_read(raw, starts, starts + 1), _read_escaped(raw, starts)):
        write_over(decoded, found.starts, found.ends - found.starts, found.codes)
    return decoded


def write_over(
    raw: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64], codes: NDArray[np.uint32]
) -> None:
    """Write characters where what stands for them begins, and delete the rest of it, in place."""
    before = np.cumsum(lengths) - lengths
    raw[np.repeat(starts - before, lengths) + np.arange(lengths.sum())] = DELETED
    raw[starts] = codes


def _read_escaped(raw: NDArray[np.uint32], starts: NDArray[np.int64]) -> _Found:
    inside = starts + 1
    for char in _ESCAPED:
        same = raw[inside] == ord(char)
        starts, inside = starts[same], inside[same] + 1
    return _read(raw, starts, inside)


def _read(raw: NDArray[np.uint32], starts: NDArray[np.int64], inside: NDArray[np.int64]) -> _Found:
    """References that go on at ``inside``, after the ampersand or what stands for it."""
    is_number = raw[inside] == ord("#")
    numbers = _numbers(raw, starts[is_number], inside[is_number] + 1)
    names = _names(raw, starts[~is_number], inside[~is_number])
    return _Found(
        np.concatenate((numbers.starts, names.starts)),
        np.concatenate((numbers.ends, names.ends)),
        np.concatenate((numbers.codes, names.codes)),
    )


def _numbers(raw: NDArray[np.uint32], starts: NDArray[np.int64], at: NDArray[np.int64]) -> _Found:
    is_hexadecimal = (raw[at] | 0x20) == ord("x")
    at = at + is_hexadecimal
    base = np.where(is_hexadecimal, 16, 10)
    first, value = at, np.zeros(len(at), np.int64)
    for _ in range(_MAX_DIGITS):
        digit = digits()[np.minimum(raw[at], 127)]
        is_digit = digit < base
        value = np.where(is_digit, value * base + digit, value)
        at = at + is_digit
    codes = _controls()[np.minimum(value, 0xA0)]
    codes = np.where(value < 0xA0, codes, value).astype(np.uint32)
    is_character = (codes > 0) & (value < 0x110000) & ~((value >= 0xD800) & (value < 0xE000))
    known = (at > first) & (raw[at] == ord(";")) & is_character
    return _Found(starts[known], at[known] + 1, codes[known])


def _names(raw: NDArray[np.uint32], starts: NDArray[np.int64], at: NDArray[np.int64]) -> _Found:
    hashes = np.zeros(len(at), np.uint64)
    for _ in range(_MAX_NAME_CHARS):
        code = raw[at]
        letter = code | 0x20
        is_name = ((letter >= ord("a")) & (letter <= ord("z"))) | ((code >= ord("0")) & (code <= ord("9")))
        hashes = np.where(is_name, hashes * _HASH_BASE + code, hashes)
        at = at + is_name
    keys, codes = _name_table()
    row = np.minimum(np.searchsorted(keys, hashes), len(keys) - 1)
    known = (keys[row] == hashes) & (raw[at] == ord(";"))
    return _Found(starts[known], at[known] + 1, codes[row[known]])


@cache
def _name_table() -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Sorted hashes of the names of single characters, and the characters."""
    rows = {name[:-1]: ord(char) for name, char in html5.items() if name[-1] == ";" and len(char) == 1}
    hashes: dict[int, int] = {}
    for name, code in rows.items():
        if len(name) <= _MAX_NAME_CHARS:
            hashed = 0
            for char in name:
                hashed = (hashed * int(_HASH_BASE) + ord(char)) % 2**64
            hashes[hashed] = code
    keys = sorted(hashes)
    return np.array(keys, np.uint64), np.array([hashes[key] for key in keys], np.uint32)


@cache
def digits() -> NDArray[np.int64]:
    """Value of each ASCII character as a digit, hexadecimal ones too; 99 for others."""
    values = np.full(128, _NOT_A_DIGIT, np.int64)
    for value, char in enumerate("0123456789abcdef"):
        values[[ord(char), ord(char.upper())]] = value
    return values


@cache
def _controls() -> NDArray[np.uint32]:
    """What the numbers below 0xA0 stand for, 0 for nothing: those of C1 are read as Windows-1252, as browsers do."""
    codes = np.arange(0xA1, dtype=np.uint32)
    codes[:0x20] = 0
    codes[[9, 10, 12, 13]] = ord(" ")
    codes[0x7F] = 0
    for code in range(0x80, 0xA0):
        char = bytes([code]).decode("cp1252", "ignore")
        codes[code] = ord(char) if char else 0
    return codes

"""Texts that say the same, found by the shingles they share."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

_SHINGLE_CHARS = 8
_MIN_WIDTH = 80  # letters, Han and Kana counted double; shorter lines are boilerplate as often as not, and join nothing
_MIN_SHARED_SHARE = 0.6  # of the shorter text's sampled shingles
_MAX_GROUPS = 6  # a shingle of more groups is boilerplate
_SAMPLING = 2  # one shingle in so many is kept
_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zà-ǜ]{1,7}\)")


@cache
def _skeleton_table() -> NDArray[np.uint32]:
    """What a code point of the first plane becomes when texts are compared; 0 drops it.

    Letters and digits in lower case and plain width. Of Han characters only those written alike in Simplified and
    Traditional Chinese, so that a text and its conversion are one.
    """
    mapping = np.zeros(0x110000, np.uint32)
    for code, char in enumerate(map(chr, range(0x10000))):
        is_han = "\u4e00" <= char <= "\u9fff"
        if char.isalnum() and (not is_han or (_encodes(char, "gb2312") and _encodes(char, "big5"))):
            mapping[code] = ord(char.lower()[0])
    mapping[0xFF10:0xFF1A] = np.arange(0x30, 0x3A)
    mapping[0xFF41:0xFF5B] = mapping[0xFF21:0xFF3B] = np.arange(0x61, 0x7B)
    return mapping


def _encodes(char: str, encoding: str) -> bool:
    try:
        return bool(char.encode(encoding))
    except UnicodeEncodeError:
        return False


def near_duplicates(texts: Sequence[str], groups: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of texts of different groups that say the same, as row numbers in ascending order.

    Compared are hashes of 8-character shingles of letters and digits, one in two sampled by its value: at least five
    in common, and 60 % of those of the shorter text. Texts under 80 letters (40 where they are Han, Kana or Hangul),
    and shingles found in more than six groups, count for nothing.
    """
    if not len(texts):
        return []
    group_of = np.unique([str(group) for group in groups], return_inverse=True)[1]
    shingle, text = _sampled_shingles(texts)
    order = np.lexsort((text, shingle))
    shingle, text = shingle[order], text[order]
    first = np.ones(len(text), bool)
    first[1:] = (shingle[1:] != shingle[:-1]) | (text[1:] != text[:-1])
    shingle, text = shingle[first], text[first]
    n_shingles = np.bincount(text, minlength=len(texts))
    rare = _in_few_groups(shingle, group_of[text])
    shingle, text = shingle[rare], text[rare]
    pairs = [np.empty(0, np.int64)]
    for step in range(1, 2 * _MAX_GROUPS):
        alike = (shingle[step:] == shingle[:-step]) & (group_of[text[step:]] != group_of[text[:-step]])
        pairs.append(text[:-step][alike] * len(texts) + text[step:][alike])
    pair, n_shared = np.unique(np.concatenate(pairs), return_counts=True)
    one, other = pair // len(texts), pair % len(texts)
    shorter = np.minimum(n_shingles[one], n_shingles[other])
    same = (n_shared >= 5) & (n_shared >= _MIN_SHARED_SHARE * shorter)
    return list(zip(one[same].tolist(), other[same].tolist(), strict=True))


def _sampled_shingles(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of the sampled shingles, and the number of the text each is from."""
    plain = [_GLOSS.sub("", text) if "(" in text else text for text in texts]
    lengths = np.fromiter(map(len, plain), np.int64, len(plain))
    raw = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _skeleton_table()[raw]
    kept = codes != 0
    text = np.repeat(np.arange(len(plain)), lengths)[kept]
    codes = codes[kept]
    width = np.bincount(text, 1.0 + (codes >= 0x3040) * (codes < 0xD7B0), len(plain))
    long_enough = width[text] >= _MIN_WIDTH
    codes, text = codes[long_enough].astype(np.uint64), text[long_enough]
    n = max(len(codes) - _SHINGLE_CHARS + 1, 0)
    hashes = np.zeros(n, np.uint64)
    for i in range(_SHINGLE_CHARS):
        hashes = (hashes + codes[i : i + n]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    inside = text[:n] == text[_SHINGLE_CHARS - 1 :] if n else np.zeros(0, bool)
    chosen = inside & (hashes % np.uint64(_SAMPLING) == 0)
    return hashes[chosen], text[:n][chosen]


def _in_few_groups(shingle: NDArray[np.uint64], group: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which entries, sorted by shingle, have a shingle of at most ``_MAX_GROUPS`` groups."""
    run = np.cumsum(np.append(0, shingle[1:] != shingle[:-1])) if len(shingle) else np.zeros(0, np.int64)
    distinct = np.unique(np.stack((run, group)), axis=1)
    return np.asarray(np.bincount(distinct[0], minlength=1)[run] <= _MAX_GROUPS)

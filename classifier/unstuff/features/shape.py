"""The form of a paragraph: length, scripts, separators, the items of a list, repetition, function words.

Knows nothing about what the words mean. Densities and shares are in [0, 1]; ``log_`` features are natural
logarithms of one plus the count.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from unstuff.features.batch import IDEOGRAPHIC, Batch, count_distinct, share, table_of
from unstuff.hashing import CodeSet, HashIndex
from unstuff.normalise import CharClass

NAMES = (
    "log_chars",
    "han_share",
    "kana_share",
    "hangul_share",
    "latin_share",
    "cyrillic_share",
    "other_script_share",
    "digit_share",
    "symbol_share",
    "other_share",
    "sentence_mark_density",
    "separator_density",
    "dominant_separator_share",
    "log_items",
    "item_chars_log_mean",
    "item_chars_variation",
    "item_chars_log_max",
    "item_distinct_share",
    "function_char_density",
    "function_word_density",
    "word_distinct_share",
    "word_chars_log_mean",
    "adjacent_repeat_share",
    "inner_dot_density",
    "script_switch_density",
    "repeated_char_share",
    "ends_a_sentence",
    "ends_with_separator",
    "list_without_function",
    "even_long_list",
)

# What is longer is no item of a list: text without a mark is one "item", and would count the more the longer it is.
LONGEST_ITEM = 100
_FULL_STOPS = CodeSet.of(".!?。…")
_SEPARATOR_BITS = 6
_CODE_BITS = 21  # of a code point
_REPEAT_LAG = 4


def extract(batch: Batch, function_words: HashIndex, function_chars: CodeSet) -> NDArray[np.float32]:
    """Features (n_paragraphs, len(NAMES)); function words are looked up by hash."""
    blocks = (
        _lengths_and_scripts(batch),
        _separators(batch),
        _items(batch),
        _words(batch, function_words, function_chars),
        _edges(batch),
    )
    columns = {name: column for block in blocks for name, column in block.items()}
    columns |= _lists(columns)
    return table_of(columns, NAMES)


def _lengths_and_scripts(batch: Batch) -> dict[str, NDArray[np.float64]]:
    shares = batch.class_counts / np.maximum(batch.n_chars, 1)[:, None]
    return {
        "log_chars": np.log1p(batch.n_chars),
        "han_share": shares[:, CharClass.HAN],
        "kana_share": shares[:, CharClass.KANA],
        "hangul_share": shares[:, CharClass.HANGUL],
        "latin_share": shares[:, CharClass.LATIN],
        "cyrillic_share": shares[:, CharClass.CYRILLIC],
        "other_script_share": shares[:, [CharClass.THAI, CharClass.ARABIC, CharClass.OTHER_LETTER]].sum(axis=1),
        "digit_share": shares[:, CharClass.DIGIT],
        "symbol_share": shares[:, CharClass.SYMBOL],
        "other_share": shares[:, CharClass.OTHER],
        "sentence_mark_density": shares[:, CharClass.SENTENCE],
    }


def _separators(batch: Batch) -> dict[str, NDArray[np.float64]]:
    """How dense separators are, and how far one of them rules."""
    marks = batch.is_separator & (batch.classes != CharClass.PADDING) & (batch.classes != CharClass.SPACE)
    n_marks = batch.count_flags(marks)
    return {
        "separator_density": share(n_marks, batch.n_chars),
        "dominant_separator_share": share(_most_of_one(batch, marks, n_marks), n_marks),
    }


def _most_of_one(batch: Batch, marks: NDArray[np.bool_], n_marks: NDArray[np.int64]) -> NDArray[np.int64]:
    """How often the commonest of its marks stands in each paragraph."""
    several = n_marks > 1
    n = int(several.sum())
    row = np.cumsum(several) - 1
    positions = np.flatnonzero(marks)
    positions = positions[np.repeat(several, n_marks)]
    bins = (batch.codes[positions] * np.uint32(0x9E3779B1)) >> np.uint32(32 - _SEPARATOR_BITS)
    cells = (np.repeat(row[several], n_marks[several]) << _SEPARATOR_BITS) + bins
    most = n_marks.copy()
    table = np.bincount(cells, minlength=n << _SEPARATOR_BITS)
    most[several] = table.reshape(n, 1 << _SEPARATOR_BITS).max(axis=1)
    return most


def _items(batch: Batch) -> dict[str, NDArray[np.float64]]:
    items = batch.items
    n_items, item_chars = batch.count(items.paragraph), np.minimum(items.n_chars, LONGEST_ITEM)
    total = batch.total(item_chars, items.paragraph)
    squares = batch.total(item_chars * item_chars, items.paragraph)
    mean = share(total, n_items)
    deviation = np.sqrt(np.maximum(share(squares, n_items) - mean * mean, 0.0))
    distinct = count_distinct(batch.item_hashes, items.paragraph, len(batch))
    return {
        "log_items": np.log1p(n_items),
        "item_chars_log_mean": np.log1p(mean),
        "item_chars_variation": np.minimum(deviation / np.maximum(mean, 1.0), 3.0) / 3.0,
        "item_chars_log_max": np.log1p(np.minimum(batch.longest(items), LONGEST_ITEM)),
        "item_distinct_share": np.where(n_items > 0, share(distinct, n_items), 1.0),
    }


def _words(batch: Batch, function_words: HashIndex, function_chars: CodeSet) -> dict[str, NDArray[np.float64]]:
    """Words of alphabets between spaces and marks, and the function words and characters among the text."""
    classes, counts = batch.classes, batch.class_counts
    words, hashes = batch.words, batch.word_hashes
    n_words = batch.count(words.paragraph)
    known = function_words.has(hashes)
    function = (classes == CharClass.HAN) | (classes == CharClass.KANA)
    if function.any():
        function &= function_chars.has(batch.codes)
    ideographic = counts[:, list(IDEOGRAPHIC)].sum(axis=1)
    distinct = count_distinct(hashes, words.paragraph, len(batch))
    repeats = np.flatnonzero(_repeats_nearby(hashes, words.paragraph))
    return {
        "adjacent_repeat_share": share(batch.count(words.paragraph[repeats]), n_words),
        "function_char_density": share(batch.count_flags(function), ideographic),
        "function_word_density": share(batch.count(words.paragraph[known]), n_words),
        "word_distinct_share": np.where(n_words > 0, share(distinct, n_words), 1.0),
        "word_chars_log_mean": np.log1p(share(batch.total(words.n_chars, words.paragraph), n_words)),
    }


def _repeats_nearby(hashes: NDArray[np.uint64], paragraph: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Words that stood at most four words before, beside the same neighbour: "buy levitra buy levitra"."""
    found = np.zeros(len(hashes), bool)
    for lag in range(1, min(_REPEAT_LAG, len(hashes) - 1) + 1):
        same = (hashes[lag:] == hashes[:-lag]) & (paragraph[lag:] == paragraph[:-lag])
        # A lone word comes back in any prose; two in a row do not. At lag 1 the word itself is doubled.
        before = same if lag == 1 else np.append(False, same[:-1])
        found[lag:] |= same & before
    return found


def _edges(batch: Batch) -> dict[str, NDArray[np.float64]]:
    """Marks inside words, changes of script, and how the paragraph ends."""
    classes, codes = batch.classes, batch.codes
    # Letters and digits; their classes follow each other.
    solid = (classes >= CharClass.HAN) & (classes <= CharClass.DIGIT)
    inner_dot = np.zeros(len(codes), bool)
    inner_dot[1:-1] = (codes[1:-1] == ord(".")) & solid[:-2] & solid[2:]
    switch = np.zeros(len(codes), bool)
    switch[1:] = solid[1:] & solid[:-1] & (classes[1:] != classes[:-1])
    repeated = np.zeros(len(codes), bool)
    repeated[1:] = (codes[1:] == codes[:-1]) & (codes[1:] != 0)
    last = np.maximum(batch.ends - 1, 0)
    last_class = np.where(batch.n_chars > 0, classes[last], CharClass.PADDING) if len(codes) else classes
    full_stop = _FULL_STOPS.has(codes[last]) if len(codes) else inner_dot
    return {
        "inner_dot_density": share(batch.count_flags(inner_dot), batch.n_chars),
        "script_switch_density": share(batch.count_flags(switch), batch.n_chars),
        "repeated_char_share": share(batch.count_flags(repeated), batch.n_chars),
        "ends_a_sentence": full_stop.astype(float),
        "ends_with_separator": (last_class == CharClass.SEPARATOR).astype(float),
    }


def _lists(columns: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """What only a combination shows: a list of many short items, without function words, of even length."""
    listed = np.minimum(columns["log_items"] / np.log(12.0), 1.0)
    function = np.maximum(columns["function_char_density"] * 4, columns["function_word_density"] * 2)
    bare = listed * np.maximum(1.0 - function, 0.0)
    longish = np.clip((columns["item_chars_log_mean"] - np.log1p(5.0)) / np.log(3.0), 0.0, 1.0)
    return {
        "list_without_function": bare,
        "even_long_list": bare * longish * (1.0 - columns["item_chars_variation"]),
    }


def describe(batch: Batch) -> list[str]:
    """Evidence in words, one a paragraph: "40 items of 3 characters on average, separated by '|'"."""
    n_items = batch.count(batch.items.paragraph)
    mean = share(batch.total(batch.items.n_chars, batch.items.paragraph), n_items)
    rows = zip(n_items.tolist(), mean.tolist(), _commonest_mark(batch).tolist(), strict=True)
    return [_told(*row) for row in rows]


def _told(n_items: int, mean_chars: float, mark: int) -> str:
    if n_items < 2:
        return "no list"
    between = f", separated by {chr(mark)!r}" if mark else ""
    return f"{n_items} items of {mean_chars:.0f} characters on average{between}"


def _commonest_mark(batch: Batch) -> NDArray[np.int64]:
    """The separator that stands oftenest in each paragraph, the lowest of several; 0 without one."""
    marks = np.flatnonzero(batch.is_separator & (batch.codes > ord(" ")))
    cells = (batch.paragraph_of_char[marks] << _CODE_BITS) + batch.codes[marks]
    found, counts = np.unique(cells, return_counts=True)
    paragraph = found >> _CODE_BITS
    # The last of each paragraph, counts ascending.
    order = np.lexsort((-found, counts, paragraph))
    commonest = np.zeros(len(batch), np.int64)
    commonest[paragraph[order]] = found[order] & ((1 << _CODE_BITS) - 1)
    return commonest

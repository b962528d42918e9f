"""Text -> normalised code points, for a whole batch at once.

Owns the one code-point table (case, width, Traditional to Simplified, zero-width, confusables), the character
classes, and what depends on neighbours: pinyin glosses and marks between lone letters are left out, character
references and wrongly decoded bytes read, look-alikes in Latin words folded. It never changes the text or the offsets
that users see: what comes out of here feeds features only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff import entities, misread
from unstuff.hashing import CodeSet, distinct

N_CODE_POINTS = 0x110000
# Paragraphs are laid end to end with this many zeros after each, so that no 4-gram reaches the next paragraph.
PADDING = 3
_MAX_GLOSS_CHARS = 7
# "s l o t", "s.l.o.t": a mark between lone letters, so many times at least ("U.S.A." and "J.R.R." have two).
_MIN_PARTING_MARKS = 3
RIGHT_TO_LEFT_OVERRIDE = "\u202e"
_OVERRIDE, _POP = ord(RIGHT_TO_LEFT_OVERRIDE), 0x202C
# So many words of a paragraph, and one of so many, hold digits between letters where digits are written for letters.
_MIN_WORDS_WITH_DIGITS = 3
_WORDS_TO_ONE_WITH_DIGITS = 4
_PARTING_MARKS = CodeSet.of(" .-_*·•~")
# Combining marks of scripts whose letters carry them: Cyrillic, Hebrew, Arabic, Devanagari to Malayalam, Thai, kana.
_MARK_RANGES = (
    *((0x483, 0x487), (0x591, 0x5BD), (0x5BF, 0x5C2), (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670), (0x6D6, 0x6DC)),
    *((0x900, 0x903), (0x93A, 0x93C), (0x93E, 0x94F), (0xE31, 0xE31), (0xE34, 0xE3A), (0xE47, 0xE4E)),
    *((0x302A, 0x302D), (0x3099, 0x309A), (0xA66F, 0xA672)),
)
_VOICE_MARKS = CodeSet.of("\u3099\u309a")


_NONE = np.empty(0, np.uint32)


class CharClass:
    """Character classes; one per code point. Plain numbers: members of an enum take 0.5 µs to look up (Python 3.11)."""

    PADDING = 0
    SPACE = 1
    HAN = 2
    KANA = 3
    HANGUL = 4
    LATIN = 5
    CYRILLIC = 6
    THAI = 7
    ARABIC = 8
    OTHER_LETTER = 9
    DIGIT = 10
    SENTENCE = 11  # ends or structures a sentence: . ! ? ; : and their CJK forms, quotes, brackets
    SEPARATOR = 12  # separates the items of a list wherever it stands: | _ , 、 / \ • · ※ ★ > » # + = ~ tab
    DASH = 13  # separates items only between spaces or CJK characters: - – —
    SYMBOL = 14  # emoji, arrows, dingbats, currency, mathematics
    OTHER = 15  # controls, private use, unassigned, lone surrogates


N_CLASSES = 16
# Classes of letters that carry combining marks of their own.
_CARRY_MARKS = np.isin(np.arange(N_CLASSES), (CharClass.THAI, CharClass.ARABIC, CharClass.OTHER_LETTER))
CLASS_MASK = np.uint8(0x0F)
# Flags beside the class, in the same byte, while a batch is read: combining marks, what may be bytes of misread text.
_MARK, _MISREAD = np.uint8(0x10), np.uint8(0x20)


class CodePoints(NamedTuple):
    """A batch of normalised paragraphs, laid end to end with ``PADDING`` zeros after each."""

    codes: NDArray[np.uint32]  # (n_chars,)
    classes: NDArray[np.uint8]  # (n_chars,) CharClass
    starts: NDArray[np.int64]  # (n_paragraphs,)
    ends: NDArray[np.int64]  # (n_paragraphs,) half-open, without the padding
    dropped: NDArray[np.int64]  # (n_dropped,) ascending; of the texts laid end to end likewise, what is not among them

    def places(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where code points of the texts laid end to end, by position, stand among these; dropped ones are left out."""
        kept = positions[~np.isin(positions, self.dropped)]
        return kept - np.searchsorted(self.dropped, kept)


@dataclass(frozen=True, eq=False)
class Normaliser:
    """The code-point table of a model: what each code point becomes, and its class.

    ``mapping`` (0x110000,) uint32: the code point it becomes, 0 to delete it. ``classes`` (0x110000,) uint8: the
    ``CharClass`` of each code point. ``look_alikes`` (n,) uint32, sorted: letters of other scripts that look Latin, and
    digits, and ``looks_like`` (n,) what they are taken for in a Latin word.
    """

    mapping: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    look_alikes: NDArray[np.uint32] = field(default_factory=_NONE.copy)
    looks_like: NDArray[np.uint32] = field(default_factory=_NONE.copy)

    @cached_property
    def _digit_letters(self) -> NDArray[np.uint32]:
        """What each digit is taken for inside a Latin word (10,), 0 for nothing."""
        letters = np.zeros(10, np.uint32)
        digits = (self.look_alikes >= ord("0")) & (self.look_alikes <= ord("9"))
        letters[self.look_alikes[digits] - ord("0")] = self.looks_like[digits]
        return letters

    @classmethod
    def from_tables(cls, tables: Mapping[str, NDArray[Any]]) -> Normaliser:
        """Expand a model's compact tables: changed code points, runs of classes."""
        mapping = np.arange(N_CODE_POINTS, dtype=np.uint32)
        mapping[tables["map_from"]] = tables["map_to"]
        lengths = np.diff(np.append(tables["class_starts"].astype(np.int64), N_CODE_POINTS))
        classes = np.repeat(tables["class_ids"].astype(np.uint8), lengths)
        for low, high in _MARK_RANGES:
            classes[low : high + 1] |= _MARK
        classes[misread.signs()] |= _MISREAD
        # Models released before these arrays were know no look-alikes.
        return cls(mapping, classes, tables.get("look_alike_from", _NONE), tables.get("look_alike_to", _NONE))

    def normalise(self, texts: Sequence[str]) -> CodePoints:
        """Normalise a batch of paragraphs; lone surrogates are kept as code points."""
        raw, lengths = encode(texts)
        if not len(raw):
            return CodePoints(raw, np.empty(0, np.uint8), lengths, lengths, lengths)
        raw, mapped, classes = self._read(raw)
        starts = np.cumsum(lengths + PADDING) - lengths - PADDING
        dropped = self._dropped(raw, mapped, classes, starts)
        if len(dropped):
            n_dropped = np.bincount(np.searchsorted(starts, dropped, "right") - 1, minlength=len(starts))
            starts -= np.cumsum(n_dropped) - n_dropped
            lengths = lengths - n_dropped
            keep = np.ones(len(raw), bool)
            keep[dropped] = False
            raw, mapped, classes = raw[keep], mapped[keep], classes[keep]
        classes &= CLASS_MASK
        word_starts, word_ends = _mixed_words(classes)
        if len(word_starts) and len(self.look_alikes):
            self._fold_look_alikes(mapped, classes, raw, word_starts, word_ends)
        if self._digit_letters.any():
            _fold_digits(mapped, classes, self._digit_letters, starts)
        return CodePoints(mapped, classes, starts, starts + lengths, dropped)

    def origins(self, text: str) -> NDArray[np.int64]:
        """Offset in the text of each code point of its normal form, and last the text's length.

        What stands in reverse (U+202E) has the offsets of what is shown in its place.
        """
        kept = np.ones(len(text), bool)
        kept[self._dropped(*self._read(encode([text])[0]), np.zeros(1, np.int64))] = False
        return np.append(np.flatnonzero(kept), len(text))

    def _read(self, raw: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
        """The code points as people read them, what each becomes, and its class with all flags."""
        raw = _as_shown(entities.decode(raw))
        mapped, classes = self._look_up(raw)
        decoded = misread.decode(raw, np.flatnonzero(classes & _MISREAD != 0))
        return (raw, mapped, classes) if decoded is raw else (decoded, *self._look_up(decoded))

    def _look_up(self, raw: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """What each code point becomes, and its class."""
        index = raw.astype(np.int64)
        return self.mapping.take(index, mode="clip"), self.classes.take(index, mode="clip")

    def _dropped(
        self,
        raw: NDArray[np.uint32],
        mapped: NDArray[np.uint32],
        classes: NDArray[np.uint8],
        starts: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Positions of the code points that have no place in the normal form, ascending; never of padding."""
        deleted = (mapped == 0) & (raw != 0)
        for found in (
            self._glosses(raw, mapped, classes),
            _parting_marks(mapped, classes, starts),
            _foreign_marks(raw, classes),
        ):
            if len(found):
                deleted[found] = True
        return np.flatnonzero(deleted)

    def _fold_look_alikes(
        self,
        codes: NDArray[np.uint32],
        classes: NDArray[np.uint8],
        raw: NDArray[np.uint32],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> None:
        """Write Latin letters over their look-alikes in words that consist of these and Latin letters alone.

        The words hold a Latin letter or stand glued to Chinese (国产αν). A Russian or Greek word keeps its letters: one
        that looks like no Latin letter is enough ("мoсква").
        """
        lengths = ends - starts
        firsts = np.cumsum(lengths) - lengths
        inside = np.repeat(starts - firsts, lengths) + np.arange(lengths.sum())
        row = np.searchsorted(self.look_alikes[:-1], raw[inside])
        alike = self.look_alikes[row] == raw[inside]
        is_latin = classes[inside] == CharClass.LATIN
        whole = np.repeat(np.logical_and.reduceat(alike | is_latin, firsts), lengths)
        chosen = alike & whole
        codes[inside[chosen]] = self.looks_like[row[chosen]]
        classes[inside[chosen]] = CharClass.LATIN

    def _glosses(
        self, raw: NDArray[np.uint32], mapped: NDArray[np.uint32], classes: NDArray[np.uint8]
    ) -> NDArray[np.int64]:
        """Positions of bracketed pinyin after a Han character: 濟(jì)南 reads as 濟南."""
        opening = np.flatnonzero(mapped == ord("("))
        opening = opening[opening > 0]
        opening = opening[classes[opening - 1] & CLASS_MASK == CharClass.HAN]
        found: list[NDArray[np.int64]] = []
        inside = opening + 1
        for length in range(1, _MAX_GLOSS_CHARS + 1):
            if not len(opening):
                break
            # Padding follows every paragraph, so inside never runs past the array.
            is_letter = (classes[inside] & CLASS_MASK == CharClass.LATIN) & (raw[inside] >= ord("a"))
            opening, inside = opening[is_letter], inside[is_letter] + 1
            closed = mapped[inside] == ord(")")
            if closed.any():
                found.append((opening[closed][:, None] + np.arange(length + 2)).ravel())
        return np.concatenate(found) if found else np.empty(0, np.int64)


def _as_shown(raw: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Text written backwards behind a right-to-left override, in the order that people see."""
    begins = np.flatnonzero(raw == _OVERRIDE) + 1
    if not len(begins):
        return raw
    stops = np.flatnonzero((raw == _OVERRIDE) | (raw == _POP) | (raw == 0))
    ends = stops[np.searchsorted(stops, begins)]
    lengths = ends - begins
    at = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    shown = raw.copy()
    shown[at] = raw[np.repeat(begins + ends - 1, lengths) - at]
    return shown


def _parting_marks(
    mapped: NDArray[np.uint32], classes: NDArray[np.uint8], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Positions of the mark that parts the letters of words: s l o t, 国.产.精.品. Digits may be among the letters.

    In a paragraph with such a word the mark parts its short words and numbers too: r-t-p s-l-o-t-s 8-8.
    """
    kind = classes & CLASS_MASK
    solid = (kind >= CharClass.HAN) & (kind <= CharClass.DIGIT)
    apart = ~solid
    lone = solid.copy()
    lone[1:] &= apart[:-1]
    lone[:-1] &= apart[1:]
    marks = np.flatnonzero(lone[:-2] & lone[2:]) + 1
    marks = marks[_PARTING_MARKS.has(mapped[marks])]
    if len(marks) < _MIN_PARTING_MARKS:
        return marks[:0]
    follows = (np.diff(marks) == 2) & (mapped[marks[1:]] == mapped[marks[:-1]])
    chain = np.cumsum(np.append(False, ~follows))
    n_marks, n_letters = np.bincount(chain), np.bincount(chain, kind[marks + 1] != CharClass.DIGIT)
    # Numbers of pages and sections are no words: letters must outnumber digits.
    parted = ((n_marks >= _MIN_PARTING_MARKS) & (2 * n_letters > n_marks))[chain]
    if not parted.any():
        return marks[:0]
    of_paragraph = np.searchsorted(starts, marks, "right") * N_CODE_POINTS + mapped[marks]
    return np.asarray(marks[np.isin(of_paragraph, of_paragraph[parted])])


def _foreign_marks(raw: NDArray[np.uint32], classes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Positions of combining marks that stand on letters of another script: Arabic vowels on Latin or Chinese."""
    at = np.flatnonzero(classes & _MARK != 0)
    if not len(at):
        return at
    begins = np.append(True, np.diff(at) != 1)
    first = at[np.maximum.accumulate(np.where(begins, np.arange(len(at)), 0))]
    # Before the first code point stands the last, which is padding.
    base = classes[first - 1] & CLASS_MASK
    foreign = (base >= CharClass.HAN) & (base <= CharClass.DIGIT) & ~_CARRY_MARKS[base]
    return np.asarray(at[foreign & ((base != CharClass.KANA) | ~_VOICE_MARKS.has(raw[at]))])


def edges_of(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Where runs of flags start and end, in turn; padding ends the batch, and is in no run.

    ``np.diff`` with a value in front copies the flags before it compares them.
    """
    changes = np.empty(len(flags), bool)
    changes[:1] = flags[:1]
    np.not_equal(flags[1:], flags[:-1], out=changes[1:])
    return np.flatnonzero(changes)


def _mixed_words(classes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends of the words in which a letter of Greek, Cyrillic or others stands beside a Latin or Han one."""
    other = (classes == CharClass.CYRILLIC) | (classes == CharClass.OTHER_LETTER)
    at = np.flatnonzero(other)
    if not len(at):
        return at, at
    # Padding follows every text, and at -1 stands the last of it.
    beside = np.stack((classes.take(at - 1, mode="wrap"), classes.take(at + 1, mode="clip")))
    mixed = at[((beside == CharClass.LATIN) | (beside == CharClass.HAN)).any(axis=0)]
    if not len(mixed):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    edges = edges_of(other | (classes == CharClass.LATIN))
    words = distinct(np.searchsorted(edges[::2], mixed, "right") - 1)
    return edges[::2][words], edges[1::2][words]


def _fold_digits(
    codes: NDArray[np.uint32], classes: NDArray[np.uint8], letters: NDArray[np.uint32], starts: NDArray[np.int64]
) -> None:
    """Write letters over the digits of words that hold some between Latin letters, as c451n0 does.

    A word with a digit that stands for no letter keeps them all: most numbers of parts and versions have one. Where
    many words of a paragraph are written so, digits at the ends of others are letters too: 5l07.
    """
    digits = np.flatnonzero(classes == CharClass.DIGIT)
    # Padding ends the batch; before its first code point stands the last.
    begins = digits[classes.take(digits - 1, mode="wrap") == CharClass.LATIN]
    ends = digits[classes.take(digits + 1, mode="clip") == CharClass.LATIN]
    if not len(begins) or not len(ends):
        return
    edges = edges_of((classes == CharClass.LATIN) | (classes == CharClass.DIGIT))
    of_word = np.searchsorted(edges, digits, "right")
    figures = codes[digits].astype(np.int64) - ord("0")
    is_letter = (figures >= 0) & (figures < len(letters)) & (letters.take(figures, mode="clip") > 0)
    readable = np.ones(len(edges) + 1, bool)
    readable[of_word[~is_letter]] = False
    # The next digit run that ends before a letter, at or after one that begins after a letter, is the same run.
    following = np.append(ends, len(codes))[np.searchsorted(ends, begins)]
    inner = begins[_same_run(digits, begins, following)]
    found = np.zeros(len(edges) + 1, bool)
    found[np.searchsorted(edges, inner, "right")] = True
    found &= readable
    if found.sum() >= _MIN_WORDS_WITH_DIGITS:
        # Words are the spaces between an even and an odd edge, numbered from 1 on.
        numbers = np.arange(1, len(edges) + 1, 2)
        found[numbers] |= readable[numbers] & _among_words_with_digits(classes, edges[::2], found[numbers], starts)
    chosen = found[of_word]
    codes[digits[chosen]] = letters[figures[chosen]]
    classes[digits[chosen]] = CharClass.LATIN


def _among_words_with_digits(
    classes: NDArray[np.uint8], words: NDArray[np.int64], found: NDArray[np.bool_], starts: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which words hold a letter and stand in a paragraph that writes many of its words with digits.

    ``words`` are where words begin, ``found`` which of them hold digits between letters.
    """
    among = np.zeros(len(words), bool)
    n_found = np.bincount(np.searchsorted(starts, words[found], "right") - 1, minlength=len(starts))
    # Few paragraphs of a batch have several: the words of the others are not gone through.
    paragraphs = np.flatnonzero(n_found >= _MIN_WORDS_WITH_DIGITS)
    first = np.searchsorted(words, starts[paragraphs])
    n_words = np.searchsorted(words, np.append(starts, len(classes))[paragraphs + 1]) - first
    own = np.repeat(np.arange(len(paragraphs)), n_words)
    at = np.arange(len(own)) + np.repeat(first - (np.cumsum(n_words) - n_words), n_words)
    if not len(at):
        return among
    # Padding ends the batch, and behind a word no letter stands before the next.
    bounds = np.stack((words[at], np.append(words, len(classes) - 1)[at + 1]), axis=1).ravel()
    has_letter = np.add.reduceat(classes == CharClass.LATIN, bounds, dtype=np.int64)[::2] > 0
    n_with_letters = np.bincount(own[has_letter], minlength=len(paragraphs))
    many = _WORDS_TO_ONE_WITH_DIGITS * n_found[paragraphs] >= n_with_letters
    among[at] = has_letter & many[own]
    return among


def _same_run(positions: NDArray[np.int64], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether every position from begin to end is among the ascending positions."""
    between = np.searchsorted(positions, ends, "right") - np.searchsorted(positions, begins)
    return np.asarray(between == ends - begins + 1)


def encode(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Code points of the texts end to end, ``PADDING`` zeros after each, and their lengths without it.

    A NUL inside a text becomes U+FFFD here, so that 0 means padding alone.
    """
    if not len(texts):
        return np.empty(0, np.uint32), np.empty(0, np.int64)
    padding = "\0" * PADDING
    joined = padding.join([*texts, ""])
    if joined.count("\0") > PADDING * len(texts):
        joined = padding.join([*(text.replace("\0", "\ufffd") for text in texts), ""])
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32), lengths

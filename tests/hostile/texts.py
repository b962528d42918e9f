"""Texts made to be slow, to use memory, to break offsets, or to hide a keyword block."""

from __future__ import annotations

import random
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench import hostile_texts, prose
from tests.hostile.case import Case
from tests.hostile.promises import CLEAN, LIST, found, judge, outcome
from unstuff import Filter, Page
from unstuff.features import ngrams

_RNG = random.Random(1)
_MILLION = 1_000_000


def _judged(text: str) -> str:
    return outcome(judge(Page.from_text(text)))


def _found(text: str) -> str:
    return found(judge(Page.from_text(text)))


def _cleaned(text: str) -> str:
    """Cleaned, too: what is left and what went are the text."""
    said = _found(text)
    cleaned = Filter().clean_text(text)
    kept = iter(text)
    assert all(char in kept for char in cleaned[-1000:]), "the end of the text is lost"
    assert cleaned.count(CLEAN) == text.count(CLEAN), "content is lost"
    return f"{said}; cleaned, {len(text) - len(cleaned):,} code points went"


def _case(name: str, make: Callable[[], str], run: Callable[[str], str] = _judged) -> Case:
    return Case(f"text: {name}", _Make(make), run)


class _Make:
    """``make`` without the folder; it can be pickled where ``make`` is of a module."""

    def __init__(self, make: Callable[[], str]) -> None:
        self.make = make

    def __call__(self, folder: Path) -> str:
        return self.make()


class _Given:
    """``make`` of a text that is at hand."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __call__(self, folder: Path) -> str:
        return self.text


def _line() -> str:
    return "".join(prose.chinese(_RNG) for _ in range(2000)) * (100 * _MILLION // 3 // 2000 // 25)


def _line_and_block() -> str:
    return _line()[: 3 * _MILLION] + LIST


def _empty_lines() -> str:
    return "\n" * (10 * _MILLION) + LIST


def _surrogates() -> str:
    return "\ud800\udfff\udc00" * 100_000 + "\n" + LIST


def _marks() -> str:
    marks = [chr(code) for code in range(0x300, 0x370)]
    return "".join(_RNG.choice(marks) for _ in range(_MILLION)) + "\n" + LIST


def _bidi() -> str:
    return "".join(_RNG.choice("\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069") for _ in range(_MILLION)) + LIST


def _planes() -> str:
    return "".join(map(chr, range(sys.maxunicode + 1))) + "\n" + LIST


def _items() -> str:
    return "|".join(_RNG.choice(prose.place_names()) for _ in range(_MILLION))


def _separators() -> str:
    marks = [chr(code) for code in range(0x21, 0x30000) if unicodedata.category(chr(code))[0] in "PS"]
    return "".join(f"县{_RNG.choice(marks)}" for _ in range(_MILLION))


def _collisions() -> str:
    """Pairs of Han characters that all fall into one bucket of the n-gram table."""
    codes = np.arange(0x4E00, 0x9FA5, dtype=np.uint32)
    pairs = np.stack(np.meshgrid(codes[:2000], codes[::7]), axis=-1).reshape(-1, 2)
    buckets = _bucket_of_pairs(pairs)
    common = pairs[buckets == np.bincount(buckets).argmax()]
    text = "".join(chr(a) + chr(b) for a, b in common.tolist())
    return text * (_MILLION // len(text))


def _bucket_of_pairs(pairs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    rolling: NDArray[np.uint32] = pairs[:, 0] * ngrams._MULTIPLIER + pairs[:, 1]
    return np.asarray(((rolling ^ (rolling >> np.uint32(15))) * ngrams._MIX) >> np.uint32(32 - ngrams.BITS))


def _one_han() -> str:
    return "县" * (2 * _MILLION)


def _flagged_lines() -> str:
    return "\n".join(prose.place_list(_RNG, 12) for _ in range(100_000))


def _flagged_short_lines() -> str:
    return "\n".join(_RNG.choice(prose.place_names()) for _ in range(500_000))


def _words() -> str:
    return "\n".join(prose.place_list(_RNG, 9, "") for _ in range(60_000))


def _one_long_word() -> str:
    return prose.bare_words(_RNG, 2 * _MILLION // 2)


def _letters() -> str:
    return "县市区旗州盟" * 4 + "a" * (2 * _MILLION)


def _references() -> str:
    return "&#" * 200_000 + "&amp" * 200_000 + "&#" + "9" * _MILLION + ";\n" + LIST


def _all_pieces() -> str:
    pieces = hostile_texts.pieces()
    return "\n".join(make(_RNG, 2_100_000 // len(pieces)) for make in pieces.values())


def _many_runs() -> str:
    run = "\n".join(_RNG.choice(prose.place_names()) for _ in range(6))
    return f"{run}\n{prose.chinese(_RNG)}\n" * 40_000


def _parts() -> str:
    """Lists glued to prose, with characters in them that normalising deletes."""
    return "\n".join(
        prose.chinese(_RNG) + prose.place_list(_RNG, 12, "|\u200b") + prose.chinese(_RNG) for _ in range(20_000)
    )


def _many_parts_of_one() -> str:
    return "".join(prose.chinese(_RNG) + prose.place_list(_RNG, 12) for _ in range(20_000))


def _paddings() -> tuple[tuple[str, str], ...]:
    """The block with clean text around it, on its line and on others; a clean line has four sentences."""
    made: list[tuple[str, str]] = [("alone", LIST)]
    for n in (1, 10, 100, 1000):
        made.append((f"{4 * n} clean sentences before it on its line", CLEAN * n + LIST))
        made.append((f"{n} clean lines before it", f"{CLEAN}\n" * n + LIST))
        made.append((f"{n} clean lines before and after it", f"{CLEAN}\n" * n + LIST + f"\n{CLEAN}" * n))
    return tuple(made)


def _clean_with_separators() -> tuple[tuple[str, str], ...]:
    """Clean text with marks between its sentences, its words, its characters."""
    sentences = CLEAN.replace("。", "。|")
    return (
        ("clean", CLEAN),
        ("clean, bars after sentences", sentences),
        ("clean, bars at commas too", sentences.replace("，", "|")),
        ("clean, a bar each 5 characters", "|".join(CLEAN[i : i + 5] for i in range(0, len(CLEAN), 5))),
        ("clean, a bar each 2 characters", "|".join(CLEAN[i : i + 2] for i in range(0, len(CLEAN), 2))),
        ("clean, an injected bar list of its words after it", CLEAN + "|".join(["今天", "下午", "代表", "会议"] * 5)),
    )


def _score(text: str) -> str:
    verdict = max(Filter().score_text(text), key=lambda verdict: verdict.score)
    return f"highest score {verdict.score:.4f}, {'flagged' if verdict.found else 'not flagged'}"


CASES: tuple[Case, ...] = (
    _case("a line of 100 MB", _line),
    _case("a block at the end of a line of 3 million", _line_and_block, _found),
    _case("10 million empty lines, then a block", _empty_lines, _cleaned),
    _case("lone surrogates, then a block", _surrogates, _cleaned),
    _case("a million combining marks, then a block", _marks, _cleaned),
    _case("bidi controls before a block on its line", _bidi, _found),
    _case("every code point, then a block", _planes, _cleaned),
    _case("a list of a million items", _items),
    _case("a million separators of many kinds", _separators),
    _case("n-grams that collide", _collisions),
    _case("one Han character two million times", _one_han),
    _case("100,000 lines all flagged", _flagged_lines),
    _case("500,000 short lines all flagged", _flagged_short_lines),
    _case("60,000 lines to cut into words", _words),
    _case("two million glued characters", _one_long_word),
    _case("Han, then two million letters", _letters),
    _case("references without end, then a block", _references, _found),
    _case("40,000 runs of short lines", _many_runs),
    _case("20,000 lists glued to prose, zero-width marks in them", _parts),
    _case("20,000 lists and sentences on one line", _many_parts_of_one),
    _case("every slow kind of text", _all_pieces),
    *(Case(f"padding: {name}", _Given(text), _score) for name, text in (*_paddings(), *_clean_with_separators())),
)

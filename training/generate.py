"""Generated fitting material: injected blocks of many families, honest look-alikes, and the filter against leaks.

Owns the draw over families and the promise that no generated row repeats evaluation text. Word lists are in slots.py,
families in families.py, look-alikes in honest/, layout and insertion in blocks.py. Everything
is fixed by the NumPy generator given.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import numpy as np

from training.blocks import Block, compose, insert_html, insert_text
from training.draw import Rng, weighted
from training.families import FAMILIES, Family
from training.honest import KINDS
from training.honest.mirrors import mirrored
from training.vocabulary import ALWAYS_BANNED, Vocabulary, allowed

__all__ = [
    "Block",
    "OverlapReport",
    "Vocabulary",
    "generate",
    "honest",
    "insert_html",
    "insert_text",
    "mirrored",
    "shingles",
    "without_overlap",
]

_SEPARATORS = re.compile(r"[\W_]+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
_MAX_TRIES = 50


def generate(rng: Rng, n: int, vocabulary: Vocabulary, families: Sequence[str] | None = None) -> list[Block]:
    """Return n injected blocks, families drawn by weight, or evenly from those named.

    Raises KeyError for an unknown family.
    """
    return list(_draw(rng, n, vocabulary, FAMILIES, families))


def honest(rng: Rng, n: int, vocabulary: Vocabulary, kinds: Sequence[str] | None = None) -> list[Block]:
    """Return n honest look-alikes, all labels False; kinds as in `generate`, named without their "honest_"."""
    return list(_draw(rng, n, vocabulary, KINDS, kinds, prefix="honest_"))


def _draw(
    rng: Rng,
    n: int,
    vocabulary: Vocabulary,
    table: Mapping[str, tuple[Family, float]],
    names: Sequence[str] | None,
    prefix: str = "",
) -> Iterator[Block]:
    weights = {name: table[name][1] for name in table} if names is None else dict.fromkeys(names, 1.0)
    for _ in range(n):
        name = weighted(rng, weights)
        yield _one(rng, vocabulary, table[name][0], prefix + name)


def _one(rng: Rng, vocabulary: Vocabulary, family: Family, name: str) -> Block:
    """Draw blocks of a family until one holds no banned term, in its lines or its markup."""
    for _ in range(_MAX_TRIES):
        block = compose(rng, family(rng, vocabulary), name)
        if block.lines and is_clean(block):
            return block
    raise ValueError(f"family {name!r} gave {_MAX_TRIES} empty or banned blocks in a row; look at its words")


def is_clean(block: Block) -> bool:
    """Whether a block holds no banned term."""
    texts = [*block.lines, re.sub(r"\s+", "", "".join(block.lines)), block.html]
    if any(block.labels):
        return all(allowed(text) for text in texts)
    return not any(ALWAYS_BANNED.search(text) for text in texts)


def stripped(text: str) -> str:
    """Return the text in compatibility form and lower case, without separators, spaces and punctuation."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())


def shingles(text: str, n: int = 8, n_alphabetic: int = 20) -> set[str]:
    """Return the runs of n characters of the stripped text that hold a Han, Kana or Hangul character, and longer runs.

    Runs of an alphabet alone count from n_alphabetic characters on: eight letters are one word ("machines"), and
    words are facts. With n = 8 for all, 4 in 10 blocks of the Latin families fell to single common words.
    """
    plain = stripped(text)
    # How many such characters stand before each.
    before = [0, *accumulate(1 if _DENSE.match(char) else 0 for char in plain)]
    dense = {plain[at : at + n] for at in range(len(plain) - n + 1) if before[at + n] > before[at]}
    rest = range(len(plain) - n_alphabetic + 1)
    return dense | {plain[at : at + n_alphabetic] for at in rest if before[at + n_alphabetic] == before[at]}


@dataclass(slots=True)
class OverlapReport:
    """What the overlap filter dropped: counts by family, and the shingles that did it."""

    n_blocks: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        total = sum(self.dropped.values())
        families = ", ".join(f"{name} {count}" for name, count in self.dropped.most_common())
        causes = ", ".join(f"{shingle!r} {count}" for shingle, count in self.causes.most_common(10))
        lines = (f"dropped {total} of {self.n_blocks} generated blocks", f"by family: {families}")
        return "\n".join((*lines, f"most frequent shingles: {causes}"))


def without_overlap(
    blocks: Sequence[Block], forbidden: Iterable[str], entries: Iterable[str] = (), n: int = 8, n_alphabetic: int = 20
) -> tuple[list[Block], OverlapReport]:
    """Drop blocks that share a shingle with a forbidden text, unless it lies inside one of the entries.

    Entries are vocabulary words and place names; a shingle inside one of them shows nothing about the text.
    """
    barred: set[str] = set().union(*(shingles(text, n, n_alphabetic) for text in forbidden))
    barred -= set().union(*(shingles(entry, n, n_alphabetic) for entry in entries))
    report = OverlapReport(n_blocks=len(blocks))
    kept = []
    for block in blocks:
        shared = shingles("".join(block.lines), n, n_alphabetic) & barred
        report.causes.update(shared)
        report.dropped.update([block.family] if shared else [])
        kept += [] if shared else [block]
    return kept, report


def main() -> None:
    """Print a few blocks of every family and kind, to read."""
    parser = argparse.ArgumentParser(description="print generated blocks")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-n", type=int, default=2, help="blocks a family")
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    vocabulary = Vocabulary.read(arguments.data)
    blocks = [block for name in FAMILIES for block in generate(rng, arguments.n, vocabulary, [name])]
    blocks += [block for name in KINDS for block in honest(rng, arguments.n, vocabulary, [name])]
    for block in blocks:
        print(f"## {block.family} ({block.position}, {len(block.lines)} lines)", *block.lines[:8], sep="\n")


if __name__ == "__main__":
    main()

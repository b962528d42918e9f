"""Words of genuine paragraphs by the alphabet, as dictionaries, indexes and word finders list them: content.

Items that begin alike and share no subject are what such a page is made of, and what no other genuine list has.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import jieba

from training.draw import Rng, between, chance, pick, size, weighted
from training.honest.layout import CJK_LIST, LIST_SEPARATORS
from training.prose import Row, is_genuine
from unstuff.page import Page

jieba.setLogLevel(logging.ERROR)
_KIND = "mirrored"  # as other rewritten paragraphs
_WORD = re.compile(r"[^\W\d_]{2,}")
# Written without spaces: Chinese is cut by jieba, the others are left out.
_CHINESE, _UNCUT = ("zh", "zh-Hant"), ("ja", "th", "my")
_MIN_WORDS = 60


def by_alphabet(rng: Rng, real: Sequence[Row], n: int) -> list[Row]:
    """Lists of words of one language and fold in their order: neighbours, or every second to ninth."""
    words = _words(real)
    keys = list(words)
    found = []
    for _ in range(n if keys else 0):
        like, every = words[pick(rng, keys)]
        step = pick(rng, (1, 1, 1, 2, 4, 9))
        wanted = size(rng, 5, 60, 18)
        start = between(rng, 0, max(len(every) - wanted * step, 0))
        items = every[start : start + wanted * step : step]
        if chance(rng, 0.25):
            items = [item.capitalize() for item in items]
        joint = weighted(rng, CJK_LIST if like[0].lang in _CHINESE else LIST_SEPARATORS)
        page = Page.from_text(joint.join(items))
        labels = (False,) * len(page.paragraphs)
        found.append((replace(like[0], page=page, labels=labels, kind=_KIND, weight=1.0), like[1]))
    return found


def _words(real: Sequence[Row]) -> dict[tuple[str, int], tuple[Row, list[str]]]:
    """By language and fold: a row of them, and their distinct words in order."""
    rows: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in real:
        if is_genuine(row[0]) and row[0].lang not in _UNCUT:
            rows[row[0].lang, row[1]].append(row)
    found = {}
    for key, own in sorted(rows.items()):
        words = sorted({word for document, _ in own for word in _cut(document.page.text, key[0])})
        if len(words) >= _MIN_WORDS:
            found[key] = own[0], words
    return found


def _cut(text: str, language: str) -> list[str]:
    if language in _CHINESE:
        return [word for word in jieba.cut(text) if _WORD.fullmatch(word)]
    return [word.lower() for word in _WORD.findall(text)]

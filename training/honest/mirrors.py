"""Text as mirrors of other sites leave it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from training.blocks import Draft
from training.draw import Rng, between, chance, pick, some
from training.vocabulary import Vocabulary


@cache
def _to_traditional() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def mirrored(rng: Rng, text: str) -> str:
    """Return a Chinese paragraph as mirrors leave it: Traditional, pinyin after converted characters, some lost.

    Text without Chinese characters comes back as it was. Needs opencc and pypinyin.
    """
    from pypinyin import Style, lazy_pinyin

    traditional: str = _to_traditional().convert(text)
    if len(traditional) != len(text):
        return text
    keep = chance(rng, 0.25)  # some hosts gloss the Simplified text
    share, lost = pick(rng, (0.0, 0.9, 0.97, 1.0)), pick(rng, (0.0, 0.0, 0.01, 0.03))
    also = set(some(rng, sorted({char for char in text if "一" <= char <= "鿿"}), between(rng, 0, 4)))
    out = []
    for plain, converted in zip(text, traditional, strict=True):
        if "一" <= plain <= "鿿" and chance(rng, lost):
            out.append("?" + pick(rng, ("", "?", "茖", "銊", "鍙", "癈", "稈", "W")))
            continue
        char = plain if keep else converted
        gloss = (plain != converted or plain in also) and chance(rng, share)
        out.append(f"{char}({lazy_pinyin(plain, style=Style.TONE)[0]})" if gloss else char)
    return "".join(out)


Kind = Callable[[Rng, Vocabulary], Draft]


def sometimes_mirrored(kind: Kind, probability: float = 0.06) -> Kind:
    """Return the kind, now and then as a mirror would print it."""

    def draw(rng: Rng, vocabulary: Vocabulary) -> Draft:
        draft = kind(rng, vocabulary)
        if not chance(rng, probability):
            return draft
        return draft._replace(
            items=[mirrored(rng, item) for item in draft.items], lead=tuple(mirrored(rng, line) for line in draft.lead)
        )

    return draw

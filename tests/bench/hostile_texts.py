"""Texts made to be slow: pieces of many kinds, each filling a number of characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.bench import prose

Piece = Callable[[Random, int], str]
"""A text of about so many characters."""

_HOMOGLYPHS = str.maketrans("aeiopcyxABEKMHOPCTX", "аеіорсухАВЕКМНОРСТХ")


def pieces() -> dict[str, Piece]:
    """Every kind by name."""
    return {
        "one character": lambda rng, n: "县" * n,
        "one letter": lambda rng, n: "a" * n,
        "random code points": lambda rng, n: "".join(map(chr, (rng.randrange(0x4E00, 0x9FFF) for _ in range(n)))),
        "bars": lambda rng, n: "| " * (n // 2),
        "dashes and dots": lambda rng, n: "".join(rng.choice("-.·'_—,") for _ in range(n)),
        "one character a line": lambda rng, n: "\n".join(rng.choice("县市区旗的是了") for _ in range(n // 2)),
        "runs of short lines": lambda rng, n: _lines(n, lambda: prose.short_line(rng, "zh")),
        "names, one a line": lambda rng, n: _lines(n, lambda: rng.choice(prose.place_names())),
        "place list, one line": lambda rng, n: prose.place_list(rng, n // 5),
        "place lists, many lines": lambda rng, n: _lines(n, lambda: prose.place_list(rng, 12)),
        "short place lists": lambda rng, n: _lines(n, lambda: prose.place_list(rng, 4, "|") + "。"),
        "glued names": lambda rng, n: prose.place_list(rng, n // 3, ""),
        "glued names, many lines": lambda rng, n: _lines(n, lambda: prose.place_list(rng, 9, "")),
        "glued words, one line": lambda rng, n: prose.bare_words(rng, n // 4),
        "glued words, many lines": lambda rng, n: _lines(n, lambda: prose.bare_words(rng, rng.randrange(5, 12))),
        "names glued to prose": lambda rng, n: _lines(n, lambda: prose.chinese(rng) + prose.place_list(rng, 10, "")),
        "lists glued to prose": lambda rng, n: _lines(n, lambda: _mixed(rng)),
        "parted letters": lambda rng, n: ".".join(rng.choice("buycheaplevtr ") for _ in range(n // 2)),
        "entities": lambda rng, n: "".join(f"&#x{rng.randrange(0x4E00, 0x9FFF):X};" for _ in range(n // 8)),
        "entities escaped twice": lambda rng, n: "".join(f"&amp;#{ord(rng.choice('县市区'))};" for _ in range(n // 12)),
        "ampersands": lambda rng, n: "&a" * (n // 2),
        "look-alikes": lambda rng, n: prose.paragraph(rng, "en", n // 80).translate(_HOMOGLYPHS),
        "zero-width": lambda rng, n: "\u200b".join(prose.paragraph(rng, "zh", n // 80)),
        "combining marks": lambda rng, n: "\u0301".join(prose.paragraph(rng, "en", n // 160)),
        "pinyin glosses": lambda rng, n: "".join(f"{rng.choice('濟確學為應')}(jì)" for _ in range(n // 5)),
        "open brackets": lambda rng, n: "濟(" * (n // 2),
        "words twice": lambda rng, n: "buy levitra " * (n // 12),
        "many alphabets": lambda rng, n: "".join(rng.choice("a1б県гあ한ไع") for _ in range(n)),
        "emoji": lambda rng, n: "".join(rng.choice("😂👍🏽❤️🎉") for _ in range(n)),
        "addresses": lambda rng, n: _lines(n, lambda: f"https://www.{rng.randrange(10**6)}.example.com/{rng.random()}.html"),
        "white space": lambda rng, n: " \t\u3000" * (n // 3),
    }  # fmt: skip


def _mixed(rng: Random) -> str:
    """Prose, a list of place names on the same line, prose."""
    return prose.chinese(rng) + prose.place_list(rng, 12) + prose.chinese(rng)


def _lines(n_chars: int, line: Callable[[], str]) -> str:
    return "\n".join(_until(n_chars, line))


def _until(n_chars: int, line: Callable[[], str]) -> Iterator[str]:
    done = 0
    while done < n_chars:
        made = line()
        done += len(made) + 1
        yield made

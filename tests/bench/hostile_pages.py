"""Pages made to be slow: markup of many kinds, each of about a number of characters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.bench import prose

Piece = Callable[[Random, int], str]
_RULE = "<style>.c1{display:none}</style>"


def pieces() -> dict[str, Piece]:
    """Every kind by name."""
    return {
        "links": lambda rng, n: _many(n, lambda i: f'<a href="http://{i}.example{i % 977}.com/">词{i}</a> '),
        "links, one an item": lambda rng, n: _many(n, lambda i: f'<li><a href="//a{i}.co.uk">b</a></li>'),
        "paragraphs of one character": lambda rng, n: _many(n, lambda i: "<p>县"),
        "breaks": lambda rng, n: _many(n, lambda i: "县<br>"),
        "hidden blocks": lambda rng, n: _many(n, lambda i: f'<p style="display:none">{prose.place_list(rng, 12)}</p>'),
        "styles, each its own": lambda rng, n: _many(n, lambda i: f'<b style="color:#{i:06x};top:{i}px">x</b>'),
        "hidden, turn and turn": lambda rng, n: _many(n, lambda i: "<i hidden>x</i>y"),
        "deep nesting": lambda rng, n: "<div>" * (n // 12) + "text" + "</div>" * (n // 12),
        "deep nesting, text at each": lambda rng, n: "<div>县" * (n // 6),
        "deep links": lambda rng, n: _many(n, lambda i: f'<a href="/{i}"><b>x'),
        "open elements, stray ends": lambda rng, n: "<b>" * (n // 7) + "</i>" * (n // 7),
        "formatting reopened": lambda rng, n: "<b><i><u>" * 40 + _many(n, lambda i: "<p>x"),
        "long attributes": lambda rng, n: _many(n, lambda i: _image(rng)),
        "many attributes": lambda rng, n: _many(n, lambda i: f"<p {' '.join(f'a{k}=b' for k in range(50))}>x"),
        "one long attribute": lambda rng, n: f'<img alt="{prose.paragraph(rng, "zh", n // 60)}">',
        "many rules": lambda rng, n: f"<style>{_many(n, lambda i: f'.c{i}{{display:none}}')}</style><p class=c1>text",
        "rules after text": lambda rng, n: _many(n, lambda i: f"<p class=c{i}>县</p>") + _RULE,
        "many sheets": lambda rng, n: _many(n, lambda i: f"<p class=c{i}>x<style>.d{i}{{display:none}}</style>"),
        "selectors on each element": lambda rng, n: _selectors(n),
        "classes": lambda rng, n: _many(n, lambda i: f'<p class="{" ".join(f"c{i}-{k}" for k in range(40))}">x'),
        "entities": lambda rng, n: _many(n, lambda i: f"<p>&#x{0x4E00 + i % 20000:X};&amp;&lt;"),
        "pre": lambda rng, n: "<pre>" + "县\n" * (n // 2) + "</pre>",
        "iframes": lambda rng, n: _many(n, lambda i: "<iframe><p>县</p></iframe>"),
        "comments": lambda rng, n: _many(n, lambda i: "<!--x-->y"),
        "tables": lambda rng, n: _many(n, lambda i: "<table><tr><td>县<td>市</table>"),
        "options": lambda rng, n: _many(n, lambda i: f'<option value="{i}">{rng.choice(prose.place_names())}'),
        "place lists": lambda rng, n: _many(n, lambda i: f"<p>{prose.place_list(rng, 12)}</p>"),
        "linked place lists": lambda rng, n: _many(n, lambda i: f"<p>{_linked(rng)}</p>"),
        "spaces": lambda rng, n: "<p>" + " \n\t " * (n // 4),
        "glued words": lambda rng, n: _many(n, lambda i: f"<p>{prose.bare_words(rng, 8)}"),
        "marquees": lambda rng, n: _many(n, lambda i: "<marquee height=1 width=4>县市区</marquee>"),
        "bad bytes": lambda rng, n: _many(n, lambda i: "<p>\x00\udc80县"),
    }  # fmt: skip


def whole(body: str) -> bytes:
    """A page of a body."""
    return f"<!DOCTYPE html><html><head><title>t</title></head><body>{body}</body></html>".encode(
        "utf-8", "surrogatepass"
    )


def _image(rng: Random) -> str:
    return f'<img alt="{prose.chinese(rng)}" title="{prose.chinese(rng)}">'


def _linked(rng: Random) -> str:
    return "".join(
        f'<a href="http://{rng.randrange(999)}.example.com">{rng.choice(prose.place_names())}</a>|' for _ in range(12)
    )


def _selectors(n: int) -> str:
    rules = "".join(f".c{k}{{display:none;color:red;width:{k}px}}" for k in range(20))
    names = " ".join(f"c{k}" for k in range(20))
    return f"<style>{rules}</style>" + _many(n, lambda i: f'<p class="{names} d{i}">x')


def _many(n_chars: int, make: Callable[[int], str]) -> str:
    made: list[str] = []
    done = 0
    while done < n_chars:
        made.append(make(len(made)))
        done += len(made[-1])
    return "".join(made)

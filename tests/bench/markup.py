"""Pages to time HTML on: generated ones built as news sites are, or those of the collection."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import orjson

from tests.bench import prose

_LANGS = ("zh", "en")


def pages(data: Path | None, n_pages: int, seed: int = 0) -> list[bytes]:
    """UTF-8 pages in random order."""
    rng = Random(seed)
    if data is None:
        return [page(rng, rng.choice(_LANGS), rng.randrange(5, 40)) for _ in range(n_pages)]
    found: list[bytes] = []
    for path in sorted((data / "html").glob("*.jsonl.gz")):
        with gzip.open(path) as file:
            found += [orjson.loads(line)["html"].encode("utf-8", "replace") for line in file]
    rng.shuffle(found)
    return found[:n_pages]


def page(rng: Random, lang: str, n_paragraphs: int) -> bytes:
    """A page with menu, article, links beside it and footer; some 60 % of it markup."""
    article = "\n".join(_paragraph(rng, lang) for _ in range(n_paragraphs))
    title = prose.short_line(rng, lang)
    menus = "".join(_menu(rng, lang, rng.randrange(5, 25)) for _ in range(1 + n_paragraphs // 10))
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{prose.SENTENCES[lang](rng)}">
<link rel="stylesheet" href="/static/site.css">
<style>.menu{{margin:0;padding:0}} .hide{{display:none}} #top{{color:#333;background:#fff}} a:hover{{color:red}}</style>
<script>{_script(rng, n_paragraphs)}</script></head>
<body><div id="top" class="wrap header">{menus}</div>
<div class="content main"><h1>{title}</h1><div class="meta"><span class="date">2025-03-{rng.randrange(10, 29)}</span>
<span class="source"><a href="https://news.example.org/">{prose.short_line(rng, lang)}</a></span></div>
{article}
</div><div class="footer"><p>© 2025 <a href="/about.html">{prose.short_line(rng, lang)}</a></p></div>
<script>{_script(rng, n_paragraphs)}</script></body></html>
""".encode()


def _paragraph(rng: Random, lang: str) -> str:
    text = prose.paragraph(rng, lang, rng.randrange(1, 5))
    if rng.random() < 0.2:
        text += f' <a href="/item/{rng.randrange(10**6)}.html" target="_blank"><b>{prose.short_line(rng, lang)}</b></a>'
    if rng.random() < 0.1:
        text = f'<img src="/img/{rng.randrange(10**6)}.jpg" alt="" style="width:100%;height:auto"><br>{text}'
    return f'<p class="text p{rng.randrange(4)}">{text}</p>'


def _menu(rng: Random, lang: str, n: int) -> str:
    points = "".join(
        f'<li class="item"><a href="/list/{rng.randrange(10**5)}.html" title="{line}">{line}</a></li>\n'
        for line in (prose.short_line(rng, lang) for _ in range(n))
    )
    return f'<ul class="menu">\n{points}</ul>'


def _script(rng: Random, n: int) -> str:
    calls = (f"window._q.push(['_set', 'k{rng.randrange(10**4)}', {rng.random():.6f}]);" for _ in range(n))
    return "window._q = window._q || [];" + "\n".join(calls)

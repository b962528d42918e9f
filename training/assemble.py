"""Fitting material: development documents, generated blocks, and both put together on pages.

Owns the mix: how many of each, with what weight, in which fold. Real rows keep the fold of their group; a page with a
block inserted has the fold of the page, and a real block only goes into pages of its own fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import generate, prose, wordlists
from training.generate import Block, Vocabulary
from training.obfuscations import TRANSFORMATIONS
from unstuff.labels import Labelled
from unstuff.page import LINE_BREAK, Page

GENERATED = -1  # fold of a generated document: every fold may fit on it
_PAGES = 1  # tells the stream of random numbers of pages from that of documents alone


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of each kind; a generated block is drawn anew for each use."""

    blocks_alone: int = 46000
    honest_alone: int = 80000
    # So many times as many are drawn, and each counts that much less. With one draw, models of other seeds differ by
    # up to 4 of 210 blocks found, and the threshold of "balanced" lay between 0.49 and 0.66 (2026-11).
    draws: int = 2
    blocks_paged: int = 3400
    honest_paged: int = 3900
    paragraphs_per_source: int = 6000
    mirrored: int = 2000
    garbled: int = 5000
    listed: int = 4000
    linked: int = 12000
    wrapped: int = 1500
    unmarked: int = 5000
    by_alphabet: int = 4000
    linked_pages: int = 9000  # of one paragraph, and as many of up to eight
    excerpts: int = 18000
    wrapped_pages: int = 600
    unmarked_pages: int = 800
    by_alphabet_pages: int = 600
    mixed: int = 600
    html_pages_with_block: int = 1000
    copies_of_real_blocks: int = 4
    rewritten_copies: int = 8  # of each real block, each in another way of writing


class Material(NamedTuple):
    """Documents of the two stages, each with its fold."""

    alone: list[Labelled]
    alone_fold: NDArray[np.int64]
    paged: list[Labelled]
    paged_fold: NDArray[np.int64]
    undelimited: Sequence[Labelled] = ()  # for the word stage
    undelimited_fold: NDArray[np.int64] = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Draw:
    """Blocks drawn from a vocabulary, without those that repeat a forbidden text."""

    vocabulary: Vocabulary
    forbidden: Sequence[str]

    def blocks(self, rng: np.random.Generator, n: int) -> list[Block]:
        """At most n injected blocks."""
        drawn = generate.generate(rng, n, self.vocabulary)
        kept = generate.without_overlap(drawn, self.forbidden, self.vocabulary.entries())[0]
        return [_sometimes_obfuscated(rng, block) for block in kept]

    def honest(self, rng: np.random.Generator, n: int) -> list[Block]:
        """Honest look-alikes: in their own order they share long runs with real lists, by nature."""
        return [_sometimes_obfuscated(rng, block) for block in generate.honest(rng, n, self.vocabulary)]


# Weights of real rows against generated ones: few, and what the model is judged on.
_WEIGHTS = {"positive": 6.0, "page": 2.0, "paragraph": 1.0, "comment": 1.0, "html_page": 0.5}
_HARD_NEGATIVE_WEIGHT = 6.0
# Share of generated blocks, injected and honest, that are written in an obfuscated way.
_OBFUSCATED_SHARE = 0.12
# What genuine lists made of cuttings are joined by; extraction leaves a space most often.
LISTED_JOINTS = (" ", " ", " ", " ", " | ", "|", ", ", "、", " · ", " / ", "\n")
# Real families that stand in titles and meta texts.
_HEAD_FAMILIES = frozenset(["adult_cn", "adult_cn_pipe", "html_cn_hijack_head", "replica_meta"])
# Ways of writing that left no words: they must not be learnt as injected, for genuine text looks the same in them. Most
# are read by now (unstuff/misread.py); the draws of the released model are without them.
UNREADABLE = frozenset(
    name for name in TRANSFORMATIONS if " read as " in name or name in ("percent-encoded", "marks of other scripts")
)
# Share of generated blocks that also stand as a title or meta text.
_HEAD_SHARE = 0.15


def assemble(
    documents: Sequence[Labelled],
    fold: NDArray[np.int64],
    vocabulary: Vocabulary,
    seed: int,
    sizes: Sizes,
    forbidden: Sequence[str] = (),
) -> Material:
    """The fitting material of the development documents and their folds.

    No generated block shares a shingle with the ``forbidden`` texts.
    """
    draw = Draw(vocabulary, forbidden)
    return Material(
        *_assemble_alone(np.random.default_rng(seed), documents, fold, draw, sizes),
        *_assemble_pages(documents, fold, draw, seed, sizes),
    )


def _assemble_alone(
    rng: np.random.Generator, documents: Sequence[Labelled], fold: NDArray[np.int64], draw: Draw, sizes: Sizes
) -> tuple[list[Labelled], NDArray[np.int64]]:
    real = _real(rng, documents, fold, sizes)
    alone = list(real)
    for document, k in _generated(rng, draw, sizes.draws * sizes.blocks_alone, sizes.draws * sizes.honest_alone):
        alone.append((replace(document, weight=document.weight / sizes.draws), k))
    alone += _mirrored(rng, real, sizes.mirrored)
    alone += _garbled(rng, real, sizes.garbled)
    alone += _listed(rng, real, sizes.listed)
    alone += prose.linked(rng, real, sizes.linked, n_max=1)
    alone += prose.wrapped(rng, real, sizes.wrapped)
    alone += prose.unmarked(rng, real, sizes.unmarked, n_max=1)
    alone += wordlists.by_alphabet(rng, real, sizes.by_alphabet)
    alone += _rewritten(rng, real, sizes.rewritten_copies)
    return [d for d, _ in alone], np.array([k for _, k in alone])


def _assemble_pages(
    documents: Sequence[Labelled], fold: NDArray[np.int64], draw: Draw, seed: int, sizes: Sizes
) -> tuple[list[Labelled], NDArray[np.int64]]:
    """The documents of the page stage, each with its fold; they do not depend on how many stand alone."""
    rng = np.random.default_rng((seed, _PAGES))
    real = _real(rng, documents, fold, sizes)
    n_folds = int(fold.max()) + 1
    paged = [(_plain_weight(d), k) for d, k in real]
    for document, _ in _generated(rng, draw, sizes.blocks_paged // 2, sizes.honest_paged // 2):
        paged.append((document, int(rng.integers(n_folds))))
    for k in range(n_folds):
        paged += _inserted(rng, [d for d, of in real if of == k], k, draw, sizes, n_folds)
    paged += prose.linked(rng, real, sizes.linked_pages, n_max=1)
    paged += prose.linked(rng, real, sizes.linked_pages, n_max=8)
    paged += prose.excerpts(rng, real, sizes.excerpts)
    paged += prose.wrapped(rng, real, sizes.wrapped_pages)
    paged += prose.unmarked(rng, real, sizes.unmarked_pages, n_max=8)
    paged += wordlists.by_alphabet(rng, real, sizes.by_alphabet_pages)
    return [d for d, _ in paged], np.array([k for _, k in paged])


def _real(
    rng: np.random.Generator, documents: Sequence[Labelled], fold: NDArray[np.int64], sizes: Sizes
) -> list[tuple[Labelled, int]]:
    """The documents beyond doubt with the weight of their kind, at most so many plain paragraphs of a source."""
    real = [(weighed(d), int(k)) for d, k in zip(documents, fold, strict=True) if d.kind != "doubtful"]
    return list(_capped(rng, real, sizes.paragraphs_per_source))


def _sometimes_obfuscated(rng: np.random.Generator, block: Block) -> Block:
    """Now and then the block written in another way, honest ones as often: the way says nothing of what it is."""
    if rng.random() >= _OBFUSCATED_SHARE:
        return block
    lines = tuple(obfuscated(rng, block.lines, readable=any(block.labels)))
    if len(lines) != len(block.lines) or not all(line.strip() for line in lines):
        return block
    markup = block.html
    for line, changed in zip(block.lines, lines, strict=True):
        markup = markup.replace(escape(line), escape(changed))
    return block._replace(lines=lines, html=markup)


def obfuscated(rng: np.random.Generator, lines: Sequence[str], readable: bool = False) -> list[str]:
    """The lines in one way of writing drawn at random, each still a line; ``readable``: in one that keeps the words."""
    names = [name for name in TRANSFORMATIONS if not (readable and name in UNREADABLE)]
    changed = TRANSFORMATIONS[names[int(rng.integers(len(names)))]](rng, lines)
    return [" ".join(LINE_BREAK.sub(" ", line).split(" ")).strip() for line in changed]


def weighed(document: Labelled) -> Labelled:
    """The document with the weight of its kind."""
    return replace(document, weight=_WEIGHTS.get(document.kind, _HARD_NEGATIVE_WEIGHT))


def _plain_weight(document: Labelled) -> Labelled:
    """On pages, the weight of hard negatives is one: there they tell how rare blocks are, not what they look like.

    Swept on out-of-fold scores, 2026-11: caps of 1, 2 and none gave recall alone 0.89, 0.87 and 0.87 at "balanced".
    """
    return document if any(document.labels) else replace(document, weight=min(document.weight, 1.0))


def text_pages(documents: Iterable[Labelled], n_min: int = 4, n_max: int = 40) -> list[Labelled]:
    """Clean paragraphs of one source put together again as a page, in their order."""
    by_source: dict[str, list[Labelled]] = defaultdict(list)
    for document in documents:
        if document.kind == "paragraph":
            by_source[document.source].append(document)
    pages = []
    for source, parts in by_source.items():
        for at in range(0, len(parts) - n_min + 1, n_max):
            piece = parts[at : at + n_max]
            pages.append(_text_document(source, [p.page.text for p in piece], [False] * len(piece), piece[0]))
    return pages


def insert_real(
    rng: np.random.Generator, block: Labelled, texts: Sequence[Labelled], markup: Sequence[Labelled], copies: int
) -> Iterator[Labelled]:
    """A real block in clean pages: in markup where it came as markup, else in plain text; where its kind stands."""
    lines = tuple(p.text for p in block.page.paragraphs)
    places = ["head", "tail", "middle"]
    # Only phrase lists hijack the title: a comment's links or a hidden footer never stand in it.
    if block.family not in _HEAD_FAMILIES:
        places = ["tail"] if block.family.startswith("cn_tail") else ["tail", "middle"]
    position = str(rng.choice(places))
    as_block = Block(lines, tuple(block.labels), block.html, block.family, position)
    for _ in range(copies):
        if block.html and markup:
            page = markup[int(rng.integers(len(markup)))]
            spoilt = insert_markup(rng, page, as_block)
        else:
            spoilt = insert(rng, texts[int(rng.integers(len(texts)))], as_block)
        yield replace(spoilt, group=block.group, source=block.source, kind="inserted", weight=1.0)


def insert_together(rng: np.random.Generator, blocks: Sequence[Labelled], texts: Sequence[Labelled]) -> Labelled:
    """Real blocks as plain text behind a clean page, one after the other; it counts to the group of the first."""
    lines = tuple(p.text for block in blocks for p in block.page.paragraphs)
    labels = tuple(label for block in blocks for label in block.labels)
    spoilt = insert(rng, texts[int(rng.integers(len(texts)))], Block(lines, labels, "", blocks[0].family, "tail"))
    return replace(spoilt, group=blocks[0].group, source=blocks[0].source, kind="inserted", weight=1.0)


def markup_pages(documents: Iterable[Labelled], n_max: int = 400) -> list[Labelled]:
    """Clean HTML pages that are not too long to be used often."""
    return [d for d in documents if d.kind == "html_page" and d.html and 0 < len(d.labels) < n_max]


def insert(rng: np.random.Generator, page: Labelled, block: Block) -> Labelled:
    """A block in a clean text page."""
    lines, labels = generate.insert_text(rng, [p.text for p in page.page.paragraphs], block)
    return replace(_text_document(page.id, lines, labels, page), family=block.family)


def glue(rng: np.random.Generator, page: Labelled, block: Block) -> Labelled:
    """A block's first line behind the text of a paragraph of a clean page, on the same line."""
    lines, labels = [p.text for p in page.page.paragraphs], [False] * len(page.labels)
    i = int(rng.integers(len(lines)))
    lines[i] += ("", " ", "  ")[int(rng.integers(3))] + block.lines[0]
    labels[i] = block.labels[0]
    return replace(_text_document(page.id, lines, labels, page), family=block.family)


def insert_markup(rng: np.random.Generator, page: Labelled, block: Block) -> Labelled:
    """A block in a clean HTML page; its paragraphs are told by their text."""
    spoilt = Page.from_html(generate.insert_html(rng, page.html, block), page.page.url)
    injected = block_texts(block)
    own = {p.text for p in page.page.paragraphs}
    labels = tuple(p.text in injected and p.text not in own for p in spoilt.paragraphs)
    return replace(page, page=spoilt, labels=labels, family=block.family)


def block_texts(block: Block) -> frozenset[str]:
    """Texts of a block's injected paragraphs, as the parser reads its markup."""
    if not any(block.labels):
        return frozenset()
    paragraphs = Page.from_html(block.html).paragraphs
    honest = {line for line, label in zip(block.lines, block.labels, strict=True) if not label}
    return frozenset(p.text for p in paragraphs if p.text not in honest)


def _text_document(identity: str, lines: Sequence[str], labels: Sequence[bool], like: Labelled) -> Labelled:
    page = Page.from_text("\n".join(lines))
    return Labelled(
        id=identity, page=page, labels=tuple(labels), group=like.group, source=like.source, kind="text_page",
        lang=like.lang, weight=0.5,
    )  # fmt: skip


def _capped(rng: np.random.Generator, real: Sequence[tuple[Labelled, int]], cap: int) -> Iterator[tuple[Labelled, int]]:
    """Everything but plain paragraphs and comments, and of those at most so many a source."""
    by_source: dict[str, list[tuple[Labelled, int]]] = defaultdict(list)
    for row in real:
        if row[0].kind in ("paragraph", "comment"):
            by_source[row[0].source.split(":")[0]].append(row)
        else:
            yield row
    for rows in by_source.values():
        chosen = np.sort(rng.permutation(len(rows))[:cap])
        yield from (rows[i] for i in chosen.tolist())


def _generated(rng: np.random.Generator, draw: Draw, n_blocks: int, n_honest: int) -> list[tuple[Labelled, int]]:
    """Generated documents of a block alone; every third as markup."""
    blocks = [*draw.blocks(rng, n_blocks), *draw.honest(rng, n_honest)]
    documents = [_block_document(block, markup=i % 3 == 0) for i, block in enumerate(blocks)]
    documents += [_head_document(rng, block) for block in blocks if rng.random() < _HEAD_SHARE]
    return [(document, GENERATED) for document in documents]


def _head_document(rng: np.random.Generator, block: Block) -> Labelled:
    """Some lines of a block as a page's title or meta text, where injections sit as well as honest keywords."""
    i = int(rng.integers(len(block.lines)))
    line = escape(block.lines[i])
    name = rng.choice(["keywords", "description"])
    page = Page.from_html(f"<title>{line}</title>" if rng.random() < 0.5 else f'<meta name="{name}" content="{line}">')
    labels = (block.labels[i],) * len(page.paragraphs)
    return Labelled(id=block.family, page=page, labels=labels, group="generated", family=block.family, kind="generated")


def _block_document(block: Block, markup: bool) -> Labelled:
    page = Page.from_html(block.html) if markup and block.html else Page.from_text("\n".join(block.lines))
    if page.is_html:
        injected = block_texts(block)
        labels = tuple(p.text in injected for p in page.paragraphs)
    else:
        labels = tuple(block.labels)
    return Labelled(id=block.family, page=page, labels=labels, group="generated", family=block.family, kind="generated")


def _mirrored(rng: np.random.Generator, real: Sequence[tuple[Labelled, int]], n: int) -> list[tuple[Labelled, int]]:
    """Clean Chinese paragraphs as a mirror garbles them: content still."""
    chinese = [row for row in real if row[0].kind == "paragraph" and row[0].lang == "zh"]
    chosen = [chinese[i] for i in rng.permutation(len(chinese))[:n].tolist()]
    return [
        (replace(d, page=Page.from_text(generate.mirrored(rng, d.page.paragraphs[0].text)), kind="mirrored"), k)
        for d, k in chosen
        if len(d.labels) == 1
    ]


def _garbled(rng: np.random.Generator, real: Sequence[tuple[Labelled, int]], n: int) -> list[tuple[Labelled, int]]:
    """Clean paragraphs written in another way, wrongly decoded ones among them: content still."""
    clean = [row for row in real if row[0].kind in ("paragraph", "comment") and len(row[0].labels) == 1]
    found = []
    for i in rng.permutation(len(clean))[:n].tolist():
        document, k = clean[i]
        text = obfuscated(rng, [document.page.text])[0]
        if text:
            found.append((replace(document, page=Page.from_text(text), kind="mirrored"), k))
    return found


def _rewritten(
    rng: np.random.Generator, real: Sequence[tuple[Labelled, int]], copies: int
) -> list[tuple[Labelled, int]]:
    """Real blocks written in other ways, which together weigh as much as the blocks themselves."""
    found = []
    for document, k in [row for row in real if row[0].kind == "positive"] * copies:
        lines = obfuscated(rng, [p.text for p in document.page.paragraphs], readable=True)
        page = Page.from_text("\n".join(lines))
        if len(page.paragraphs) == len(document.labels):
            found.append((replace(document, page=page, html="", weight=document.weight / copies), k))
    return found


def _listed(rng: np.random.Generator, real: Sequence[tuple[Labelled, int]], n: int) -> list[tuple[Labelled, int]]:
    """Words of neighbouring genuine paragraphs cut out and listed, as menus and trends name what a site is about."""
    clean = [row for row in real if row[0].kind == "paragraph" and len(row[0].labels) == 1]
    found = []
    for i in rng.integers(len(clean), size=n).tolist():
        document, k = clean[i]
        near = [other.page.text for other, of in clean[i : i + 12] if of == k and other.source == document.source]
        items = [_cutting(rng, near[int(rng.integers(len(near)))]) for _ in range(int(rng.integers(4, 26)))]
        joint = LISTED_JOINTS[int(rng.integers(len(LISTED_JOINTS)))]
        text = joint.join(item for item in items if item).strip()
        if text:
            page = Page.from_text(text)
            labels = (False,) * len(page.paragraphs)
            found.append((replace(document, page=page, labels=labels, kind="mirrored"), k))
    return found


def _cutting(rng: np.random.Generator, text: str) -> str:
    """A few words of a text, or a few characters where no spaces part words."""
    words = text.split()
    if len(words) > len(text) / 12:
        at = int(rng.integers(len(words)))
        cut = " ".join(words[at : at + int(rng.integers(1, 4))])
        return cut.title() if rng.random() < 0.5 else cut
    at = int(rng.integers(len(text)))
    return text[at : at + int(rng.integers(2, 9))]


def _inserted(
    rng: np.random.Generator, real: Sequence[Labelled], k: int, draw: Draw, sizes: Sizes, n_folds: int
) -> list[tuple[Labelled, int]]:
    """Blocks of one fold, and generated ones, in clean pages of the fold."""
    texts = text_pages(real)
    texts += [d for d in real if d.kind == "page" and not any(d.labels)]
    markup = markup_pages(real)
    blocks = draw.blocks(rng, sizes.blocks_paged // n_folds) + draw.honest(rng, sizes.honest_paged // n_folds)
    pages = [insert(rng, texts[int(rng.integers(len(texts)))], block) for block in blocks]
    pages += [glue(rng, texts[int(rng.integers(len(texts)))], block) for block in blocks[: sizes.mixed // n_folds]]
    # As many pages without a block: else the first line of any text page would be suspect.
    pages += [texts[i] for i in rng.permutation(len(texts))[: len(blocks)].tolist()]
    pages += [_mirror_page(rng, page) for page in pages if page.lang == "zh" and rng.random() < 0.3]
    for block in [d for d in real if d.kind == "positive"]:
        pages += insert_real(rng, block, texts, markup, sizes.copies_of_real_blocks)
    for i in range(min(sizes.html_pages_with_block // n_folds, len(markup))):
        page = markup[int(rng.integers(len(markup)))]
        pages.append(insert_markup(rng, page, blocks[i % len(blocks)]))
    return [(page, k) for page in pages]


def _mirror_page(rng: np.random.Generator, page: Labelled) -> Labelled:
    """The page's own text garbled, the block left as it is."""
    lines = [
        p.text if label else generate.mirrored(rng, p.text)
        for p, label in zip(page.page.paragraphs, page.labels, strict=True)
    ]
    return replace(page, page=Page.from_text("\n".join(lines)))

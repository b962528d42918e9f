"""What obfuscation costs: ``python -m training.robustness --data DIR``.

Two tables, each share with n and a 95 % interval. Recall at balanced of real injected positives before and after each
transformation of ``training.obfuscations``; and the share of clean paragraphs flagged before and after, because a
genuine paragraph may be mojibake or capitals too. A document counts only for the transformations that change it.
Nothing is fitted on transformed text.
"""

from __future__ import annotations

import argparse
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from lxml import html as lxml_html

from training import pipeline
from training.corpus import injected, parse_with_data
from training.evaluate import documents_found, signature
from training.kept_fits import Scorer, add_fits_options, by_fold, fits_of
from training.obfuscations import TRANSFORMATIONS, Transformation
from unstuff import Filter, Page
from unstuff.evaluation import Share, share
from unstuff.evaluation import table as lines_of
from unstuff.labels import Labelled

SEED = 7
N_CLEAN = 2_000
_JOINT_CHARS = 12
_UNREAD = frozenset(("script", "style"))
_SAMPLED = ("keywords", "description")


class Row(NamedTuple):
    """One transformation: the share flagged of the documents it changes, before and after, and which differ."""

    before: Share
    after: Share
    lost: tuple[str, ...]  # ids
    gained: tuple[str, ...]

    @property
    def points(self) -> float:
        """Percentage points gained."""
        return 100 * (self.after.value - self.before.value)


# --- documents ------------------------------------------------------------------------------------------------------


def clean_sample(documents: Iterable[Labelled], n: int = N_CLEAN, seed: int = SEED) -> list[Labelled]:
    """Clean paragraphs, the languages as even as their numbers let them be."""
    by_language: dict[str, list[Labelled]] = defaultdict(list)
    for document in documents:
        if document.kind == "paragraph":
            by_language[document.lang].append(document)
    rng = np.random.default_rng(seed)
    ranked = [
        (rank, language, i)
        for language, own in sorted(by_language.items())
        for rank, i in enumerate(rng.permutation(len(own)).tolist())
    ]
    return [by_language[language][i] for _, language, i in sorted(ranked)[:n]]


def transformed(documents: Iterable[Labelled], name: str, seed: int = SEED) -> list[Labelled]:
    """The documents that the transformation changes, changed; what is drawn depends on seed and id alone.

    Raises ValueError for a document with both kinds of labels: paragraphs may be cut, and labels would not follow.
    """
    changed = []
    for document in documents:
        rng = np.random.default_rng([seed, zlib.crc32(name.encode()), zlib.crc32(document.id.encode())])
        page, markup = _pages(document, TRANSFORMATIONS[name], rng)
        if page.paragraphs and [p.text for p in page.paragraphs] != [p.text for p in document.page.paragraphs]:
            if len(set(document.labels)) > 1:
                raise ValueError(f"{document.id!r} has labels of both kinds; give documents of one")
            labels = (document.labels[0],) * len(page.paragraphs)
            changed.append(replace(document, page=page, labels=labels, html=markup))
    return changed


def _pages(document: Labelled, transformation: Transformation, rng: np.random.Generator) -> tuple[Page, str]:
    if document.html:
        markup = _markup(document.html, transformation, rng)
        return Page.from_html(markup, document.page.url), markup
    texts = transformation(rng, [paragraph.text for paragraph in document.page.paragraphs])
    return Page.from_text("\n".join(texts)), ""


# --- markup ---------------------------------------------------------------------------------------------------------


class _Text(NamedTuple):
    """A text node, or an attribute that is read as one."""

    element: lxml_html.HtmlElement
    place: str  # "text", "tail" or the attribute
    joint: bool  # stands between two links and is no item itself

    def read(self) -> str:
        if self.place in ("text", "tail"):
            return getattr(self.element, self.place) or ""
        return str(self.element.get(self.place))

    def write(self, text: str) -> None:
        # XML has no C0 controls, and lxml refuses them.
        legal = "".join(char for char in text if char >= " " or char in "\t\n\r")
        if self.place in ("text", "tail"):
            setattr(self.element, self.place, legal)
        else:
            self.element.set(self.place, legal)


def _markup(source: str, transformation: Transformation, rng: np.random.Generator) -> str:
    """The markup with its texts transformed; links, attributes and structure stay.

    Joints change inside a text that is a list itself, and where a mark stands between two links. Items that only tags
    or white space part have no separator to change.
    """
    root = lxml_html.document_fromstring(source)
    nodes = [node for node in _text_nodes(root) if node.read().strip()]
    if transformation.change is not None:
        for node, text in zip(nodes, transformation(rng, [node.read() for node in nodes]), strict=True):
            node.write(text)
    else:
        _write_joints(nodes, transformation, rng)
    return str(lxml_html.tostring(root, encoding="unicode"))


def _write_joints(nodes: Sequence[_Text], transformation: Transformation, rng: np.random.Generator) -> None:
    joints = transformation.endless(rng)
    for node in nodes:
        if node.joint:
            node.write(next(joints))
    lists = [node for node in nodes if not node.joint]
    for node, text in zip(lists, transformation(rng, [node.read() for node in lists]), strict=True):
        node.write(text)


def _text_nodes(root: lxml_html.HtmlElement) -> Iterator[_Text]:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in _UNREAD:
            yield _Text(element, "text", False)
        if element.tag == "meta" and element.get("name", "").lower() in _SAMPLED and element.get("content"):
            yield _Text(element, "content", False)
        if element.getparent() is not None:
            yield _Text(element, "tail", _is_joint(element))


def _is_joint(element: lxml_html.HtmlElement) -> bool:
    following = element.getnext()
    beside_links = element.tag == "a" and following is not None and following.tag == "a"
    return beside_links and len((element.tail or "").strip()) <= _JOINT_CHARS


# --- figures --------------------------------------------------------------------------------------------------------


def table(score: Scorer, documents: Sequence[Labelled], threshold: float, seed: int = SEED) -> dict[str, Row]:
    """Per transformation, the documents flagged before and after: blocks to 80 %, clean ones in any paragraph.

    ``score`` gets documents and may choose a model by their id; it is called once for the documents as they are, and
    once a transformation. Those that change no document are left out.
    """
    before = _flagged_ids(score, documents, threshold)
    rows = {}
    for name in TRANSFORMATIONS:
        if changed := transformed(documents, name, seed):
            rows[name] = _row(changed, before, _flagged_ids(score, changed, threshold))
    return rows


def _flagged_ids(score: Scorer, documents: Sequence[Labelled], threshold: float) -> set[str]:
    result = score(documents)
    block = documents_found(result, len(documents), threshold)
    hits = np.bincount(result.document, result.scored.score >= threshold, len(documents)) > 0
    return {d.id for d, found, hit in zip(documents, block, hits, strict=True) if (found if any(d.labels) else hit)}


def _row(changed: Sequence[Labelled], before: set[str], after: set[str]) -> Row:
    groups = [document.group for document in changed]
    first, second = (share([d.id in flagged for d in changed], groups) for flagged in (before, after))
    own = {document.id for document in changed}
    return Row(first, second, tuple(sorted(own & before - after)), tuple(sorted(own & after - before)))


def report(title: str, rows: dict[str, Row]) -> str:
    """The rows as Markdown."""
    head = ("", "before", "after", "points", "95 % interval of after", "n", "groups", "lost", "gained")
    lines = [
        (
            name, f"{row.before.value:.1%}", f"{row.after.value:.1%}", f"{row.points:+.1f}",
            f"{row.after.low:.1%} to {row.after.high:.1%}", str(row.after.n), str(row.after.n_groups),
            str(len(row.lost)), str(len(row.gained)),
        )
        for name, row in rows.items()
    ]  # fmt: skip
    return f"### {title}\n\n{lines_of(head, lines, markdown=True)}\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        prog="python -m training.robustness", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", help="model folder; default: the shipped one")
    parser.add_argument("--out-of-fold", action="store_true", help="all groups, by models fitted without them")
    parser.add_argument("--ids", action="store_true", help="also name the blocks lost and gained")
    add_fits_options(parser)
    options = parse_with_data(parser, arguments)
    model = Filter(options.model).model
    prepared = pipeline.prepare(options.data, pipeline.SETTINGS)
    side, documents = "test split", prepared.test
    score: Scorer = lambda chosen: pipeline.score(model, chosen)  # noqa: E731
    if options.out_of_fold:
        fitted = fits_of(options, prepared, model)
        score, side, documents = by_fold(model, fitted, prepared), "out of fold", [*prepared.dev, *prepared.test]
    point = model.points["balanced"]
    print(signature(model), end="\n\n")
    recall = table(score, injected(documents), point)
    print(report(f"Recall at balanced by transformation, blocks alone, {side}", recall), flush=True)
    if options.ids:
        for name, row in recall.items():
            print(f"- {name}: lost {', '.join(row.lost) or 'none'}; gained {', '.join(row.gained) or 'none'}")
    false = table(lambda chosen: pipeline.score(model, chosen), clean_sample(prepared.test), point)
    print(report("Clean paragraphs flagged at balanced by transformation, test split", false))


if __name__ == "__main__":
    main()

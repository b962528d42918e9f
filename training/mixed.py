"""Mixed paragraphs: blocks glued to genuine text on one line, ``python -m training.mixed --data DIR``.

Each real injected block of one paragraph is put behind, before and into a genuine paragraph of its language and side;
lists of places drawn at random go behind and before genuine Chinese paragraphs. Found means that 80 % of a block lies
in the flagged spans; that and what is flagged of the genuine text are counted in characters, blanks among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training import gazetteer
from training.corpus import injected
from training.draw import Rng, pick, some
from training.evaluate import signature
from training.kept_fits import Scorer, ask
from training.pipeline import Prepared
from unstuff.evaluation import FOUND_SHARE, Share, percent, share, share_table, table
from unstuff.labels import Labelled
from unstuff.measure import Result
from unstuff.model import Model
from unstuff.page import Page

SEED = 11
PLACES = ("behind", "before", "inside")
JOINTS = ("", " ", "  ")
MIN_BLOCK_CHARS = 20
HOST_CHARS = (80, 600)
N_PLACES = (6, 8, 13, 20, 40)
N_LISTS = 40  # of each length and place, in each fold and in the test split
LIST_PLACES = ("behind", "before")
LIST_SEPARATORS = ("| ", "| ", " | ", "|", " ")  # the prototype's, and what else tails of places are seen with


class Mixed(NamedTuple):
    """A genuine paragraph with a block in it."""

    document: Labelled
    block: tuple[int, int]  # half-open offsets into its text
    place: str
    n_places: int = 0  # of a list of places


class Outcome(NamedTuple):
    """What became of mixed paragraphs, one row each."""

    found: NDArray[np.bool_]
    left: NDArray[np.bool_]  # 80 % of the genuine text is not flagged
    genuine_share: NDArray[np.float64]  # of the genuine text, what is flagged


def mix(blocks: Sequence[Labelled], hosts: Sequence[Labelled], seed: int = SEED) -> list[Mixed]:
    """Each block of one paragraph in genuine paragraphs of its language, English ones where there is none."""
    rng = np.random.default_rng(seed)
    by_lang: dict[str, list[str]] = {}
    for host in filter(_is_host, hosts):
        by_lang.setdefault(host.lang, []).append(host.page.text)
    found = []
    for document in blocks:
        if len(document.labels) == 1 and len(document.page.text) >= MIN_BLOCK_CHARS:
            pool = by_lang.get(document.lang) or by_lang["en"]
            found += [_mixed(document, pool[int(rng.integers(len(pool)))], place, rng) for place in PLACES]
    return found


def place_lists(hosts: Sequence[Labelled], n: int = N_LISTS, seed: int = SEED) -> list[Mixed]:
    """Lists of Chinese places drawn at random, n of each length and place, glued to genuine Chinese paragraphs.

    Each counts to the group of its paragraph, by whose fold it is scored.
    """
    rng = np.random.default_rng([seed + 1, n])
    names = [p.name for p in gazetteer.load() if p.country == "CN" and p.level > 0 and not p.short]
    chinese = [host for host in hosts if host.lang == "zh" and _is_host(host)]
    found = []
    for n_places in N_PLACES:
        for place in LIST_PLACES:
            for host in some(rng, chinese, n):
                text = pick(rng, LIST_SEPARATORS).join(some(rng, names, n_places))
                block = replace(host, page=Page.from_text(text), family="places")
                found.append(_mixed(block, host.page.text, place, rng)._replace(n_places=n_places))
    return found


def _is_host(document: Labelled) -> bool:
    low, high = HOST_CHARS
    return document.kind == "paragraph" and len(document.labels) == 1 and low <= len(document.page.text) <= high


def _mixed(document: Labelled, host: str, place: str, rng: Rng) -> Mixed:
    joint = JOINTS[int(rng.integers(len(JOINTS)))]
    cut = {"behind": len(host), "before": 0, "inside": _sentence_end(host)}[place]
    before, after = host[:cut], host[cut:]
    before += joint if before else ""
    text = document.page.paragraphs[0].text
    page = Page.from_text(before + text + (joint + after if after else ""))
    mixed = Labelled(document.id, page, (True,), document.group, document.family, document.source, "mixed")
    return Mixed(mixed, (len(before), len(before) + len(text)), place)


def _sentence_end(host: str) -> int:
    """The sentence end nearest to the middle, else the middle."""
    ends = [i + 1 for i, char in enumerate(host) if char in ".!?。！？" and 20 < i < len(host) - 20]
    return min(ends, key=lambda end: abs(end - len(host) // 2), default=len(host) // 2)


def outcome(mixed: Sequence[Mixed], result: Result, threshold: float) -> Outcome:
    """What is flagged of each block and of the text beside it; ``result`` has one row each, in their order."""
    flagged = result.scored.score >= threshold
    start, stop = np.array([one.block for one in mixed]).T
    low, high = result.spans.T
    inside = np.maximum(np.minimum(high, stop) - np.maximum(low, start), 0) * flagged
    genuine = ((high - low) * flagged - inside) / np.maximum(result.n_chars - (stop - start), 1)
    return Outcome(inside >= FOUND_SHARE * (stop - start), genuine <= 1 - FOUND_SHARE, genuine)


def figures(mixed: Sequence[Mixed], result: Result, threshold: float) -> dict[str, Share]:
    """Blocks found and genuine text left, all together and by place."""
    found, left, _ = outcome(mixed, result, threshold)
    groups = np.array([one.document.group for one in mixed], object)
    place = np.array([one.place for one in mixed])
    told = {"block found": found, "found, and 80 % of the genuine text left": found & left}
    shares: dict[str, Share] = {}
    for name, own in told.items():
        shares[name] = share(own, groups)
        shares |= {f"{name}: {where}": share(own[place == where], groups[place == where]) for where in PLACES}
    return shares


def list_rows(mixed: Sequence[Mixed], result: Result, threshold: float) -> Iterator[tuple[str, ...]]:
    """A line for each length and place of lists of places: named, flagged with the text beside it, missed."""
    found, left, genuine = outcome(mixed, result, threshold)
    groups = np.array([one.document.group for one in mixed], object)
    kind = np.array([f"{one.n_places} places {one.place}" for one in mixed])
    for name in dict.fromkeys(kind.tolist()):
        own = kind == name
        named = share((found & left)[own], groups[own])
        shares = (found[own] & ~left[own]).mean(), (~found[own]).mean(), genuine[own].mean()
        interval = f"{percent(named.low)} to {percent(named.high)}"
        yield name, percent(named.value), interval, *map(percent, shares), str(named.n), str(named.n_groups)


def report(model: Model, score: Scorer, prepared: Prepared) -> str:
    """The tables at balanced; ``score`` may give a document to the model that was not fitted on its group."""
    documents = [*prepared.dev, *prepared.test]
    fold = {document.id: k for document, k in zip(prepared.dev, prepared.fold.tolist(), strict=True)}
    mixed: list[Mixed] = []
    lists: list[Mixed] = []
    for k in sorted({-1, *fold.values()}):
        own = [document for document in documents if fold.get(document.id, -1) == k]
        mixed += mix(injected(own), own, SEED + k)
        lists += place_lists(own, seed=SEED + k)
    point = model.points["balanced"]
    shares = figures(mixed, scored(mixed, score), point)
    rows = list_rows(lists, scored(lists, score), point)
    head = ("", "part named", "95 % interval", "whole flagged", "missed", "genuine text flagged", "n", "groups")
    return "\n".join((
        "### Real blocks in genuine paragraphs, at balanced, out of fold\n",
        share_table("", shares, markdown=True),
        "\n### Lists of places glued to genuine Chinese paragraphs, at balanced, out of fold\n",
        table(head, rows, markdown=True),
        "",
    ))  # fmt: skip


def scored(mixed: Sequence[Mixed], score: Scorer) -> Result:
    """Mixed paragraphs scored, in their order."""
    result = score([one.document for one in mixed])
    return result.take(np.argsort(result.document, kind="stable"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, out of fold."""
    model, score, prepared = ask("mixed", __doc__, arguments)
    print(signature(model), report(model, score, prepared), sep="\n\n")


if __name__ == "__main__":
    main()

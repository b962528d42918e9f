"""Leave one family out: recall on a family that neither its real blocks nor their generated imitations taught.

A generated family is left out with the real ones whose grammar or topic it imitates (see the observed grammar in the
data's README). Families that mix topics stay, and draw other words in place of the topic that is left out;
lists of trades stay without those that are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np

from training import generate, pipeline
from training.evaluate import POINT
from training.evaluate.recall import mean_share, read_blocks
from training.evaluate.values import Figure, Figures
from training.families import FAMILIES
from training.pipeline import Prepared
from training.protocols.fits import Fit, subset
from training.slots import TOPICS
from training.trades import TRADES
from unstuff.evaluation import Share, share
from unstuff.labels import Labelled
from unstuff.model import Model
from unstuff.page import Page

N_FRESH = 200  # blocks drawn anew of each family that is generated only
SEED = 11
_STAND_IN = "service_city"  # words of trades, in place of a topic that is left out


class LeftOut(NamedTuple):
    """What is left out at once."""

    generated: tuple[str, ...]
    real: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()  # of training/trades.py: "language trade", as shell patterns


_GAMBLING = ("casino", "betting", "lottery")
# What wares_en and loans_essays speak of: loans, essays, downloads, and the services among their slots.
_WARES = (
    *("* loans", "* essays", "* crypto", "* streaming", "* diet"),
    *("* accounts", "* coupons", "* documents", "* invoices", "* seo", "* replica"),
)
_ADULT_ZH = ("zh* adult", "zh* escorts", "zh* dating")


def _gambling(*languages: str) -> tuple[str, ...]:
    return tuple(f"{language} {trade}" for language in languages for trade in _GAMBLING)


LEFT_OUT: Mapping[str, LeftOut] = {
    # adult_cn_tail stays, with the same phrases under a tail's sentence: "adult_cn, both" takes it out too.
    "adult_cn": LeftOut(
        ("adult_cn_head",), ("adult_cn", "adult_cn_pipe", "html_cn_hijack_head", "adult_cn_gist"), trades=_ADULT_ZH
    ),
    "cn_tail_thanks": LeftOut(("adult_cn_tail", "place_tail_cn"), ("cn_tail_thanks",), trades=_ADULT_ZH),
    "comment_links": LeftOut(("comment_links",), ("comment_links",)),
    "pharma_hidden": LeftOut(("spliced", "pharma_list"), ("pharma_hidden",), ("pharma_list",), ("* pharma", "* diet")),
    "replica": LeftOut(
        ("spun_anchors", "replica_en", "replica_ja"),
        ("replica_hidden", "replica_meta"),
        ("replica_en", "replica_ja"),
        ("* replica",),
    ),
    # The languages of casino_world; Indonesian, Turkish, Thai, Vietnamese, Korean and Chinese have topics of their own.
    "gambling_blogroll": LeftOut(
        ("blogroll", "casino_world", "anchor_names"),
        ("gambling_blogroll",),
        ("casino_world",),
        _gambling("en", "de", "es", "fr", "pt", "it", "nl", "pl", "ja", "ar", "hi", "hi-latn"),
    ),
    "slot_id": LeftOut(
        ("slot_id", "repeated_anchor"),
        ("slot_hidden", "slot_anchor_list", "gambling_id_cats"),
        ("slot_id",),
        _gambling("id"),
    ),
    "slot_ko": LeftOut(
        ("gambling_ko", "illicit_ko", "contacts", "domains"),
        ("slot_ko_board", "drug_hashtags_ko"),
        ("gambling_ko", "illicit_ko"),
        ("ko *",),
    ),
    "gambling_vi": LeftOut(("gambling_vi", "glued"), ("gambling_vi",), ("gambling_vi",), _gambling("vi")),
}
# Not in the macro mean. The first takes out all Chinese adult phrases; the others were never met as a real block that
# is beyond doubt, and are measured on blocks drawn anew.
BESIDE: Mapping[str, LeftOut] = {
    "adult_cn, both": LeftOut(
        ("adult_cn_head", "adult_cn_tail"),
        ("adult_cn", "adult_cn_pipe", "html_cn_hijack_head", "adult_cn_gist", "cn_tail_thanks"),
        trades=_ADULT_ZH,
    ),
    "place tails": LeftOut(("place_tail_cn", "place_tail_world")),
    "sold_links": LeftOut(
        ("sold_links", "gambling_cn", "brand_titles", "seo_cn"),
        ("gambling_cn_links",),
        ("gambling_cn", "seo_cn"),
        (*_gambling("zh*"), "zh* seo"),
    ),
    "trades in cities": LeftOut(
        ("service_city_world", "trade_cn"), (), ("service_city_world", "trade_cn"), ("* services", "* escorts")
    ),
    "wares and loans": LeftOut(
        ("wares_en", "wares_world", "loans_essays"), (), ("wares_en", "wares_world", "loans_essays"), _WARES
    ),
    "obfuscated": LeftOut(("obfuscated", "emoji_list")),
}
_GENERATED = ("place tails", "sold_links", "trades in cities", "wares and loans", "obfuscated")


def measure(name: str, prepared: Prepared, fit: Fit) -> Figures:
    """Recall on one family left out, by a model fitted without it."""
    out = {**LEFT_OUT, **BESIDE}[name]
    kept = without_real(prepared, out.real)
    with without_generated(out):
        model = fit(kept)
    if name in _GENERATED:
        return {f"family/{name}, generated": Figure(*generated_recall(model, prepared, out))}
    injected, native = real_recall(model, [*prepared.dev, *prepared.test], out.real)
    return {f"family/{name}": Figure(*injected), f"family/{name}, native": Figure(*native)}


def without_real(prepared: Prepared, families: Sequence[str]) -> Prepared:
    """Without the spam of the families, and of the campaigns that have any of them."""
    groups = {d.group for d in (*prepared.dev, *prepared.test) if d.family in families}
    keep = [not (any(d.labels) and (d.family in families or d.group in groups)) for d in prepared.dev]
    return subset(prepared, keep)


@contextmanager
def without_generated(out: LeftOut) -> Iterator[None]:
    """Draw none of the families and trades, and other words for the topics, as long as the context lasts."""
    families, topics, trades = dict(FAMILIES), dict(TOPICS), dict(TRADES)
    for name in out.generated:
        del FAMILIES[name]
    TOPICS.update(dict.fromkeys(out.topics, TOPICS[_STAND_IN]))
    for trade in trades:
        if any(fnmatchcase(" ".join(trade), pattern) for pattern in out.trades):
            del TRADES[trade]
    try:
        yield
    finally:
        FAMILIES.clear()
        FAMILIES.update(families)
        TOPICS.update(topics)
        TRADES.clear()
        TRADES.update(trades)


def real_recall(model: Model, documents: Sequence[Labelled], families: Sequence[str]) -> tuple[Share, Share]:
    """Recall on real blocks alone, doubtful ones left out: injected ones, and native spam."""
    own = [d for d in documents if d.kind == "positive" and d.family in families]
    if not own:
        return share([], []), share([], [])
    blocks = read_blocks(pipeline.score(model, own), own, model.points[POINT])
    injected, native = (share(blocks.found[rows], blocks.group[rows]) for rows in (~blocks.native, blocks.native))
    return injected, native


def generated_recall(model: Model, prepared: Prepared, out: LeftOut, seed: int = SEED) -> Share:
    """Recall on blocks drawn anew, every one a group of its own."""
    drawn = generate.generate(np.random.default_rng(seed), N_FRESH, prepared.vocabulary, out.generated)
    own = [as_document(i, block) for i, block in enumerate(drawn)]
    blocks = read_blocks(pipeline.score(model, own), own, model.points[POINT])
    return share(blocks.found, blocks.group)


def as_document(number: int, block: generate.Block) -> Labelled:
    """A block alone, a group of its own."""
    page = Page.from_text("\n".join(block.lines))
    return Labelled(f"{block.family} {number}", page, block.labels, f"generated {number}", family=block.family)


def macro(figures: Figures) -> Figures:
    """Mean over the families with real injected blocks; and with native spam as more families."""
    injected = {name: figures[key].share for name in LEFT_OUT if (key := f"family/{name}") in figures}
    native = {name: figures[key].share for name in LEFT_OUT if (key := f"family/{name}, native") in figures}
    every = {**injected, **{f"{name}, native": own for name, own in native.items() if not injected[name].n}}
    return {
        "family macro": Figure(*mean_share(injected)),
        "family macro, with families of native spam alone": Figure(*mean_share(every)),
    }

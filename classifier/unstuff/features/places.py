"""Place names: how much of a paragraph is a list of them, and whether the list looks drawn at random.

Naming places does not make a list injected. A random draw mixes provinces, follows neither the official nor the
alphabetical order, and completes nothing; an honest list mostly does one of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.features.batch import Batch, Spans, count_distinct, share
from unstuff.hashing import CodeSet, HashIndex, distinct

NAMES = (
    "place_item_share",
    "foreign_item_share",
    "log_place_items",
    "place_char_share",
    "place_short_share",
    "log_provinces",
    "provinces_a_place",
    "neighbour_province_share",
    "province_incoherence",
    "code_order",
    "pinyin_order",
    "place_completeness",
    "province_name_share",
    "random_draw",
    "kept_together",
    "foreign_draw",
    "ordered_list",
    "complete_list",
)

_COLUMN = {name: i for i, name in enumerate(NAMES)}

# Regions of the shipped gazetteer below this number are the provinces of China; the others are whole countries, in
# which neighbours always share a region, so that mixing says nothing. Regions of own names are provinces too.
N_PROVINCES = 34

# Endings of county-level and prefecture-level names; a name inside running text is looked for before them alone.
_ENDINGS = CodeSet.of("县市区旗州盟省")
_EMBEDDED_CHARS = np.arange(2, 9)


class Hits(NamedTuple):
    """Place names found in a batch, in order."""

    paragraph: NDArray[np.int64]  # (n_hits,)
    row: NDArray[np.int64]  # (n_hits,) row of the gazetteer


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Place names by hash, ascending; see ``SOURCES.md`` for where they come from."""

    index: HashIndex
    mask: NDArray[np.uint64]  # bit r: a place of this name lies in region r; none from 64 on
    region: NDArray[np.int64]  # the first of them
    parent: NDArray[np.int64]
    level: NDArray[np.uint8]  # 0 province or state, 1 prefecture or city, 2 county
    code: NDArray[np.int64]  # rank in official order
    pinyin: NDArray[np.int64]  # rank in alphabetical order
    short: NDArray[np.bool_]  # without its ending; could be an ordinary word
    parent_size: NDArray[np.int64]
    region_names: tuple[str, ...]
    is_province: NDArray[np.bool_]  # (n_regions,) whether it is one of several of a country, which lists may mix

    @classmethod
    def from_tables(cls, tables: Mapping[str, NDArray[Any]]) -> Gazetteer:
        """Read a model's tables; only those with own names have ``place_region`` and ``region_is_province``."""
        names = tables["region_names"]
        is_province = tables.get("region_is_province")
        return cls(
            HashIndex(tables["place_hash"]),
            tables["place_mask"],
            first_regions(tables),
            tables["place_parent"].astype(np.int64),
            tables["place_level"],
            tables["place_code"].astype(np.int64),
            tables["place_pinyin"].astype(np.int64),
            tables["place_short"].astype(bool),
            tables["parent_size"].astype(np.int64),
            tuple(str(name) for name in names),
            np.arange(len(names)) < N_PROVINCES if is_province is None else is_province.astype(bool),
        )

    def tables(self) -> dict[str, NDArray[Any]]:
        """The arrays that :meth:`from_tables` reads."""
        return {
            "place_hash": self.index.keys,
            "place_mask": self.mask,
            "place_region": self.region.astype(np.uint16),
            "place_parent": self.parent.astype(np.uint16),
            "place_level": self.level,
            "place_code": self.code.astype(np.uint32),
            "place_pinyin": self.pinyin.astype(np.uint32),
            "place_short": self.short.astype(np.uint8),
            "parent_size": self.parent_size.astype(np.uint16),
            "region_names": np.array(self.region_names),
            "region_is_province": self.is_province.astype(np.uint8),
        }

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Row of each hash, -1 where it is no place."""
        return self.index.find(hashes)

    def in_one_region(self, rows: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether the places of two rows share a region, pair by pair."""
        same: NDArray[np.bool_] = self.region[rows] == self.region[others]
        same |= (self.mask[rows] & self.mask[others]) != 0
        return same


def first_regions(tables: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """Number of the first region that each place of a model's tables lies in."""
    region = tables.get("place_region")
    return _lowest_bit(tables["place_mask"]) if region is None else region.astype(np.int64)


def _lowest_bit(mask: NDArray[np.uint64]) -> NDArray[np.int64]:
    lowest = mask & (~mask + np.uint64(1))
    return np.asarray(np.log2(np.maximum(lowest, np.uint64(1)).astype(np.float64)), np.int64)


def extract(batch: Batch, gazetteer: Gazetteer) -> NDArray[np.float32]:
    """Features (n_paragraphs, len(NAMES)); most paragraphs name no place, and cost next to nothing."""
    hits, item_chars = item_hits(batch, gazetteer)
    in_items, in_text = batch.total(item_chars, hits.paragraph), _embedded_chars(batch, gazetteer)
    text_chars = batch.total(batch.items.n_chars, batch.items.paragraph)
    rows = np.zeros((len(batch), len(NAMES)), np.float32)
    rows[:, _COLUMN["place_char_share"]] = np.minimum(share(np.maximum(in_items, in_text), text_chars), 1.0)
    named, paragraph = np.unique(hits.paragraph, return_inverse=True)
    if len(named):
        n_items = batch.count(batch.items.paragraph)[named]
        columns = _listed(gazetteer, Hits(paragraph, hits.row), n_items)
        for name, column in columns.items():
            rows[named, _COLUMN[name]] = column
    return rows


def _listed(gazetteer: Gazetteer, hits: Hits, n_items: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """What the places among the items of some paragraphs say; hits count these paragraphs from 0."""
    n = len(n_items)
    region = gazetteer.region[hits.row]
    home = gazetteer.is_province[region]
    n_hits, n_home = _count(hits.paragraph, n), _count(hits.paragraph[home], n)
    n_provinces = count_distinct(region[home].astype(np.uint64), hits.paragraph[home], n)
    columns = {
        "place_item_share": share(n_hits, n_items),
        "foreign_item_share": share(n_hits - n_home, n_items),
        "log_place_items": np.log1p(n_hits),
        "place_short_share": share(_count(hits.paragraph[gazetteer.short[hits.row]], n), n_hits),
        "log_provinces": np.log1p(n_provinces),
        "provinces_a_place": share(n_provinces, n_home),
        "province_name_share": share(_count(hits.paragraph[home & (gazetteer.level[hits.row] == 0)], n), n_hits),
        "place_completeness": _completeness(gazetteer, hits, n),
    }
    columns |= _mixing(gazetteer, Hits(hits.paragraph[home], hits.row[home]), region[home], n)
    columns |= _order(gazetteer, hits, n)
    return columns | _lists(columns)


def _count(paragraph: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    return np.bincount(paragraph, minlength=n)


def item_hits(batch: Batch, gazetteer: Gazetteer) -> tuple[Hits, NDArray[np.int64]]:
    """The items that are place names, and their lengths in code points."""
    items: Spans = batch.items
    rows = gazetteer.find(batch.item_hashes)
    found = rows >= 0
    return Hits(items.paragraph[found], rows[found]), items.n_chars[found]


def _embedded_chars(batch: Batch, gazetteer: Gazetteer) -> NDArray[np.int64]:
    """Code points of each paragraph in the longest place names that end in 县, 市, 区, …, delimited or not."""
    last = np.flatnonzero(_ENDINGS.has(batch.codes))
    if not len(last):
        return np.zeros(len(batch), np.int64)
    paragraph = batch.paragraph_of_char[last]
    ends = np.repeat(last + 1, len(_EMBEDDED_CHARS))
    starts = ends - np.tile(_EMBEDDED_CHARS, len(last))
    # What would begin before its paragraph holds padding, and is no name; before the batch there is none.
    found = (gazetteer.find(batch.span_hash(np.maximum(starts, 0), ends)) >= 0) & (starts >= 0)
    lengths = found.reshape(len(last), -1) * _EMBEDDED_CHARS
    return batch.total(lengths.max(axis=1), paragraph)


def _neighbours(hits: Hits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places followed by another of their paragraph, and the paragraph of each such pair."""
    left = np.flatnonzero(hits.paragraph[1:] == hits.paragraph[:-1])
    return left, hits.paragraph[left]


def _mixing(gazetteer: Gazetteer, hits: Hits, region: NDArray[np.int64], n: int) -> dict[str, NDArray[np.float64]]:
    """Neighbours in the list that share a province, against a random draw's chance."""
    left, paragraph = _neighbours(hits)
    n_pairs = _count(paragraph, n)
    same = share(_count(paragraph[gazetteer.in_one_region(hits.row[left], hits.row[left + 1])], n), n_pairs)
    n_regions = len(gazetteer.region_names)
    cells, per_province = np.unique(hits.paragraph * n_regions + region, return_counts=True)
    n_hits = _count(hits.paragraph, n)
    n_alike = np.bincount(cells // max(n_regions, 1), per_province * per_province, n).astype(np.int64) - n_hits
    by_chance = share(n_alike, n_hits * (n_hits - 1))
    mixed = (1.0 - same) * np.minimum(_odds(by_chance, same), 1.0)
    return {
        "neighbour_province_share": same,
        # 1 where neighbours share a province no oftener than chance would have it, 0 where provinces are kept together.
        "province_incoherence": np.where(n_pairs >= 3, mixed, 0.0),
    }


def _order(gazetteer: Gazetteer, hits: Hits, n: int) -> dict[str, NDArray[np.float64]]:
    """How far neighbours ascend, or descend, in official and in alphabetical order: 0 as by chance, 1 always."""
    left, paragraph = _neighbours(hits)
    n_pairs = _count(paragraph, n)

    def ascending(rank: NDArray[np.int64]) -> NDArray[np.float64]:
        ranks = rank[hits.row]
        up = share(_count(paragraph[ranks[left + 1] > ranks[left]], n), n_pairs)
        return np.where(n_pairs >= 3, np.abs(2 * up - 1), 0.0)

    return {"code_order": ascending(gazetteer.code), "pinyin_order": ascending(gazetteer.pinyin)}


def _odds(by_chance: NDArray[np.float64], found: NDArray[np.float64]) -> NDArray[np.float64]:
    return (by_chance + 0.05) / (found + 0.05)


def _completeness(gazetteer: Gazetteer, hits: Hits, n: int) -> NDArray[np.float64]:
    """Mean over the list's places of the share of their parent's divisions that the list names."""
    n_parents = len(gazetteer.parent_size) + 1
    n_rows = len(gazetteer.index) + 1
    pairs = distinct(hits.paragraph * n_rows + hits.row)
    paragraph, row = pairs // n_rows, pairs % n_rows
    cells, named = np.unique(paragraph * n_parents + gazetteer.parent[row], return_counts=True)
    size = np.maximum(gazetteer.parent_size[cells % n_parents], 1)
    # Parts per million: sums of whole numbers do not depend on the order or the batch.
    complete = (np.minimum(named / size, 1.0) * 1e6).astype(np.int64) * named
    paragraph = cells // n_parents
    return np.bincount(paragraph, complete, n) / np.maximum(np.bincount(paragraph, named, n), 1) / 1e6


def _lists(columns: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Combinations that tell a random draw from honest lists."""
    size = np.minimum(columns["log_place_items"] / np.log(12.0), 1.0)
    home = (columns["place_item_share"] - columns["foreign_item_share"]) * size
    foreign = columns["foreign_item_share"] * size
    ordered = np.maximum(columns["code_order"], columns["pinyin_order"])
    loose = np.maximum(1.0 - ordered, 0.0) * (1.0 - columns["place_completeness"])
    return {
        "random_draw": home * columns["province_incoherence"] * loose,
        "kept_together": home * (1.0 - columns["province_incoherence"]),
        "foreign_draw": foreign * loose,
        "ordered_list": columns["place_item_share"] * size * ordered,
        "complete_list": columns["place_item_share"] * size * columns["place_completeness"],
    }


def describe(batch: Batch, gazetteer: Gazetteer, n_named: int = 3) -> list[str]:
    """Evidence in words, one a paragraph: "38 of 40 items are place names of 21 provinces (河北, …)"."""
    hits, _ = item_hits(batch, gazetteer)
    n_items, n_hits = batch.count(batch.items.paragraph), batch.count(hits.paragraph)
    n_regions = len(gazetteer.region_names)
    cells = distinct(hits.paragraph * n_regions + gazetteer.region[hits.row])
    bounds = np.searchsorted(cells, np.arange(len(batch) + 1) * n_regions)
    named = (cells % max(n_regions, 1)).tolist()
    rows = zip(n_items.tolist(), n_hits.tolist(), bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    return [_told(own, found, named[low:high], gazetteer.region_names, n_named) for own, found, low, high in rows]


def _told(n_items: int, n_hits: int, named: Sequence[int], region_names: Sequence[str], n_named: int) -> str:
    if not named:
        return f"none of {n_items} items is a place name"
    unit = ("province" if named[-1] < N_PROVINCES else "region") + "s" * (len(named) > 1)
    names = ", ".join([region_names[region] for region in named[:n_named]])
    more = ", …" if len(named) > n_named else ""
    return f"{n_hits} of {n_items} items are place names of {len(named)} {unit} ({names}{more})"

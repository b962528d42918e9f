"""What must hold between the tables of a model, so that no look-up in them can fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from unstuff.arrays import Expected, Unusable
from unstuff.features.places import first_regions
from unstuff.normalise import N_CLASSES, N_CODE_POINTS, CharClass

EXPECTED = {
    "map_from": Expected("uint32"),
    "map_to": Expected("uint32"),
    "look_alike_from": Expected("uint32"),
    "look_alike_to": Expected("uint32"),
    "class_starts": Expected("uint32"),
    "class_ids": Expected("uint8"),
    "place_hash": Expected("uint64"),
    "place_mask": Expected("uint64"),
    "place_parent": Expected("uint16"),
    "place_level": Expected("uint8"),
    "place_code": Expected("uint32"),
    "place_pinyin": Expected("uint32"),
    "place_short": Expected("uint8"),
    "parent_size": Expected("uint16"),
    "region_names": Expected("str"),
    "function_words": Expected("uint64"),
    "function_chars": Expected("uint32"),
    # Of tables with own names; see unstuff.gazetteer.
    "place_region": Expected("uint16", is_optional=True),
    "region_is_province": Expected("uint8", is_optional=True),
}
_TOGETHER = (
    ("map_from", "map_to"),
    ("look_alike_from", "look_alike_to"),
    ("class_starts", "class_ids"),
    *(("place_hash", f"place_{of}") for of in ("mask", "region", "parent", "level", "code", "pinyin", "short")),
    ("region_names", "region_is_province"),
)
_ASCENDING = ("map_from", "look_alike_from", "class_starts", "function_chars", "place_hash", "function_words")
_CODE_POINTS = ("map_from", "map_to", "look_alike_from", "look_alike_to", "class_starts", "function_chars")

Tables = Mapping[str, NDArray[Any]]


def check(tables: Tables) -> None:
    """Raise :class:`Unusable` for tables that contradict each other or point to what is not there."""
    for one, other in _TOGETHER:
        if other in tables and len(tables[one]) != len(tables[other]):
            raise Unusable(f"{other} and {one} differ in length")
    for name in _ASCENDING:
        if not (tables[name][1:] > tables[name][:-1]).all():
            raise Unusable(f"{name} does not ascend")
    for name in _CODE_POINTS:
        if int(tables[name].max(initial=0)) >= N_CODE_POINTS:
            raise Unusable(f"{name} holds code points beyond U+10FFFF")
    _check_characters(tables)
    _check_places(tables)


def _check_characters(tables: Tables) -> None:
    """Zero is padding, and nothing else is."""
    starts, ids = tables["class_starts"], tables["class_ids"]
    covers = len(ids) > 1 and starts[0] == 0 and starts[1] == 1 and int(ids.max()) < N_CLASSES
    if not covers or ids[0] != CharClass.PADDING or (ids[1:] == CharClass.PADDING).any():
        raise Unusable("class_ids are not those of all code points")
    if (tables["map_from"] == 0).any() or (tables["look_alike_to"] == 0).any():
        raise Unusable("map_from or look_alike_to holds the code point of padding")


def _check_places(tables: Tables) -> None:
    n_regions, parents = len(tables["region_names"]), tables["place_parent"]
    if not len(parents):
        return
    if int(parents.max()) >= len(tables["parent_size"]):
        raise Unusable("a parent of a place is not in its table")
    if ("place_region" in tables) != ("region_is_province" in tables):
        raise Unusable("place_region and region_is_province go together")
    if int(tables["place_mask"].max()) >> n_regions:
        raise Unusable(f"place_mask names regions beyond the {n_regions} of region_names")
    if int(first_regions(tables).max()) >= n_regions:
        raise Unusable("a region of a place is not in its table")

"""Own place names: read from a file, and added to a model's table of places.

What is added counts as the model's own places do. Names that the model knows already keep what it knows of them, so
that a list of such names changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.errors import InputError
from unstuff.features.batch import Batch
from unstuff.features.places import Gazetteer
from unstuff.model import Model
from unstuff.normalise import Normaliser
from unstuff.page import Paragraph

Tables = dict[str, NDArray[Any]]

# Bounds on what a file may hold: 500,000 names take 3 s and 300 MB to add (2026-11, 2 cores).
MAX_BYTES = 1 << 26
MAX_NAMES = 500_000
MAX_NAME_CHARS = 100
_MAX_REGIONS = 1 << 15
_BATCH_NAMES = 1 << 14
# What names without a region lie in. As in whole countries, neighbours always share it, so that mixing says nothing.
_NO_REGION = "own names"
_OWN_PARENT_SIZE = 0xFFFF
_COUNTY = 2


class OwnName(NamedTuple):
    """A place name, its region ("" when none was given), and where it stands, for errors."""

    name: str
    region: str
    where: str


def read_names(path: str | Path) -> list[OwnName]:
    """The names of a UTF-8 file: one a line, after a tab the region it lies in; lines that begin with # are remarks.

    Raises :class:`InputError` naming file and line for what cannot be used.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"gazetteer {str(path)!r} cannot be read: {error.strerror or error}") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"gazetteer {str(path)!r} has more than {MAX_BYTES >> 20} MB; leave out what is not needed")
    names = list(_names(path, content.removeprefix(b"\xef\xbb\xbf")))
    if len(names) > MAX_NAMES:
        raise InputError(f"gazetteer {str(path)!r} has {len(names)} names, at most {MAX_NAMES} are read")
    return names


def _names(path: Path, content: bytes) -> Iterator[OwnName]:
    for number, raw in enumerate(content.split(b"\n"), 1):
        where = f"{path}:{number}"
        try:
            line = raw.decode("utf-8").strip("\r ")
        except UnicodeDecodeError as error:
            raise InputError(f"{where}: not UTF-8 ({error.reason} at byte {error.start})") from error
        if line.strip() and not line.startswith("#"):
            yield _name(line, where)


def _name(line: str, where: str) -> OwnName:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > 2:
        raise InputError(f"{where}: {len(cells)} fields found; a name is expected, or a name, a tab and a region")
    name, region = cells[0], cells[1] if len(cells) == 2 else ""
    if not 2 <= len(name) <= MAX_NAME_CHARS:
        raise InputError(
            f"{where}: name {name[:20]!r} has length {len(name)}, 2 to {MAX_NAME_CHARS} characters are expected"
        )
    if len(region) > MAX_NAME_CHARS or not region.isprintable():
        raise InputError(f"{where}: region {region[:20]!r} is not a short printable word")
    return OwnName(name, region, where)


def extend(tables: Mapping[str, NDArray[Any]], names: Sequence[OwnName], normaliser: Normaliser) -> Tables:
    """The arrays of a model's table of places with names added: ``place_*``, ``parent_size`` and ``region_*``.

    ``tables`` is ``tables.npz`` as read, or what :meth:`Gazetteer.tables` gives; the result replaces what it holds
    under the same names. Names of one region belong together, and a list that mixes regions at random looks injected.
    A region of the model ("河北", "Japan") is joined; any other is one of the user's own. How complete a list is
    cannot be told of own names. Of a name given twice the first counts; without one new name the arrays come back as
    they were.

    Raises :class:`InputError` for a name that no item of a list can be: one with a separator in it.
    """
    table = Gazetteer.from_tables(tables)
    hashes = _hashes(names, normaliser)
    firsts = np.unique(hashes, return_index=True)[1]
    new = np.sort(firsts[table.find(hashes[firsts]) < 0])
    before = table.tables()
    if not len(new):
        return before
    regions = _Regions(table)
    region = np.array([regions.number(names[i]) for i in new.tolist()], np.int64)
    added = _rows(table, hashes[new], region, [names[i].name for i in new.tolist()])
    joined = {key: np.concatenate((before[key], column)).astype(before[key].dtype) for key, column in added.items()}
    order = np.argsort(joined["place_hash"])
    return {
        **{key: column[order] for key, column in joined.items()},
        "parent_size": np.append(before["parent_size"], before["parent_size"].dtype.type(_OWN_PARENT_SIZE)),
        "region_names": np.array(regions.names),
        "region_is_province": np.array(regions.is_province, np.uint8),
    }


def with_names(model: Model, names: Sequence[OwnName]) -> Model:
    """The model with names added to its places; the model itself where it knows them all."""
    extractor = model.extractor
    before = extractor.gazetteer
    gazetteer = Gazetteer.from_tables(extend(before.tables(), names, extractor.normaliser))
    n_added = len(gazetteer.index) - len(before.index)
    if not n_added:
        return model
    digest = hashlib.sha256(repr([(name.name, name.region) for name in names]).encode("utf-8", "surrogatepass"))
    return replace(
        model,
        name=f"{model.name} with {n_added:,} own names",
        extractor=replace(extractor, gazetteer=gazetteer),
        config={**model.config, "gazetteer": digest.hexdigest()},
    )


def _hashes(names: Sequence[OwnName], normaliser: Normaliser) -> NDArray[np.uint64]:
    """Hash of each name as the items of lists have it; some at a time, since a batch takes a kilobyte a name."""
    parts = [_hashes_of(names[i : i + _BATCH_NAMES], normaliser) for i in range(0, len(names), _BATCH_NAMES)]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _hashes_of(names: Sequence[OwnName], normaliser: Normaliser) -> NDArray[np.uint64]:
    batch = Batch.of([Paragraph(name.name, 0, len(name.name)) for name in names], normaliser)
    n_items = batch.count(batch.items.paragraph)
    for i in np.flatnonzero(n_items != 1)[:1].tolist():
        what = f"is {n_items[i]} items of a list; give each on a line" if n_items[i] else "holds nothing to be found"
        raise InputError(f"{names[i].where}: name {names[i].name[:20]!r} {what}")
    return batch.item_hashes


class _Regions:
    """Numbers of regions by name: the model's, then the user's own as they are met."""

    def __init__(self, table: Gazetteer) -> None:
        self.names = list(table.region_names)
        self.is_province = table.is_province.tolist()
        self._numbers = {name: i for i, name in enumerate(self.names)}

    def number(self, name: OwnName) -> int:
        region = name.region or _NO_REGION
        if region not in self._numbers:
            if len(self.names) >= _MAX_REGIONS:
                raise InputError(f"{name.where}: region {region!r} is one too many, {_MAX_REGIONS} are kept")
            self._numbers[region] = len(self.names)
            self.names.append(region)
            self.is_province.append(bool(name.region))
        return self._numbers[region]


def _rows(table: Gazetteer, hashes: NDArray[np.uint64], region: NDArray[np.int64], names: list[str]) -> Tables:
    """The columns of new rows. Their order in a file says nothing, so that both orders are the alphabetical one."""
    n_known, n_new = len(table.index), len(hashes)
    rank = np.empty(n_new, np.int64)
    rank[sorted(range(n_new), key=lambda i: (names[i].casefold(), i))] = np.arange(n_known, n_known + n_new)
    return {
        "place_hash": hashes,
        "place_mask": np.where(region < 64, np.uint64(1) << np.minimum(region, 63).astype(np.uint64), np.uint64(0)),
        "place_region": region,
        "place_parent": np.full(n_new, len(table.parent_size)),
        "place_level": np.full(n_new, _COUNTY),
        "place_code": rank,
        "place_pinyin": rank,
        "place_short": np.zeros(n_new),
    }

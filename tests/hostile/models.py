"""Model folders that are bombs, forged or no files: each is refused in words before it costs anything."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from tests.hostile.case import Case
from tests.hostile.corruption import FILES, MODES, OTHER, REFUSED, SAME, Folder, corrupt
from unstuff import Filter, ModelError, artifact

_N_CORRUPTIONS = 100
Change = Callable[[Path], None]


def refused(what: str, change: Change, error: str) -> Case:
    """A folder that is changed, sealed with new checksums, and refused for what was changed."""
    return Case(f"model: {what}", partial(_make, change, error), _is_refused)


def _make(change: Change, error: str, at: Path) -> tuple[Path, str]:
    folder = Folder(at / "model").path
    change(folder)
    return folder, error


def _is_refused(made: tuple[Path, str]) -> str:
    folder, error = made
    try:
        Filter(model=folder)
    except ModelError as found:
        assert error in str(found), found
        return f'"{str(found).removeprefix(f"model {str(folder)!r}: ")[:160]}"'
    raise AssertionError("the folder was read")


def _sealed(folder: Path, **settings: Any) -> None:
    config = orjson.loads((folder / "config.json").read_bytes())
    artifact.seal(folder, config | settings)


def _entries(folder: Path, name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(folder / name) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def _write(folder: Path, name: str, entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in entries.items():
            archive.writestr(each, data)
    _sealed(folder)


def _npy(dtype: str, shape: str, data: bytes) -> bytes:
    header = f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}}}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


def with_array(name: str, key: str, data: bytes) -> Change:
    """One array replaced by these bytes."""
    return partial(_with_array, name, key, data)


def _with_array(name: str, key: str, data: bytes, folder: Path) -> None:
    _write(folder, name, _entries(folder, name) | {f"{key}.npy": data})


def _bomb(folder: Path) -> None:
    """An array of 256 MB in 256 kB."""
    _with_array("tables.npz", "place_hash", _npy("<u8", f"({1 << 25},)", bytes(1 << 28)), folder)


def _lying_header(folder: Path) -> None:
    """The directory says that the array of 256 MB has 100 bytes."""
    _bomb(folder)
    content = (folder / "tables.npz").read_bytes()
    size = struct.pack("<I", (1 << 28) + len(_npy("<u8", f"({1 << 25},)", b"")))
    (folder / "tables.npz").write_bytes(content.replace(size, struct.pack("<I", 100)))
    _sealed(folder)


def _large_archive(folder: Path) -> None:
    with (folder / "model.npz").open("ab") as file:
        file.truncate(80 << 20)
    _sealed(folder)


def _pickled(folder: Path) -> None:
    arrays = dict(np.load(folder / "model.npz")) | {"intercepts": np.array([{"not": "data"}], dtype=object)}
    np.savez(folder / "model.npz", **arrays)
    _sealed(folder)


def _collisions(folder: Path) -> None:
    """Hashes that all want one place of the index: without a bound, minutes of probing."""
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    hashes = np.sort(np.array([k * inverse % 2**64 for k in range(100_000)], np.uint64))
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, hashes, (1, 0), allow_pickle=False)
    _with_array("tables.npz", "function_words", buffer.getvalue(), folder)


def _replaced(name: str, make: Callable[[Path], object], folder: Path) -> None:
    (folder / name).unlink()
    make(folder / name)


def _linked_to(name: str, target: str) -> Change:
    return partial(_replaced, name, partial(_link, target))


def _link(target: str, path: Path) -> None:
    path.symlink_to(target)


def _raw_config(content: bytes, folder: Path) -> None:
    (folder / "config.json").write_bytes(content)


def _setting(key: str, value: Any, folder: Path) -> None:
    _sealed(folder, **{key: value})


def _corrupted(folder: Folder) -> str:
    """Random damage to every file, in both modes."""
    told = []
    for name in FILES:
        for mode in MODES:
            counted = corrupt(folder, name, mode, _N_CORRUPTIONS, seed=7)
            assert set(counted) <= {REFUSED, SAME, OTHER}, counted
            told.append(f"{name} {mode} {counted[REFUSED]}+{counted[SAME]}+{counted[OTHER]}")
    return f"refused + original verdicts + others: {', '.join(told)}"


def _in_folder(at: Path) -> Folder:
    return Folder(at / "model")


_POINTS = {"precise": 0.9, "balanced": 0.5, "sensitive": 0.1}
_EVIDENCE = {name: {"threshold": 0.5, "asked": "1 in 2", "supported": "1 in 2"} for name in _POINTS}
_ZEROS = bytes(24)
_HUGE = _npy("<f8", f"({2**62},)", _ZEROS)
_LONGER = _npy("<u8", "(9,)", _ZEROS)
_NO_NUMBERS = _npy("<f8", "(3,)", b"\xff" * 24)
_NO_CHARACTERS = _npy("<U1", "(6,)", b"\xff" * 24)
_DEEP = b'{"a":' * 300 + b"1" + b"}" * 300
FOLDERS = (
    refused("zip bomb, 256 MB in 256 kB", _bomb, "tables.npz: holds more than"),
    refused("zip that lies about its sizes", _lying_header, "tables.npz: is damaged"),
    refused("archive of 80 MB", _large_archive, "model.npz is larger than"),
    refused("header with a huge shape", with_array("model.npz", "intercepts", _HUGE), "expected float64 (3,)"),
    refused("more rows than data", with_array("tables.npz", "place_hash", _LONGER), "holds 24 bytes"),
    refused("pickled objects", _pickled, "intercepts is object (1,), expected float64"),
    refused("big-endian", with_array("model.npz", "intercepts", _npy(">f8", "(3,)", _ZEROS)), "intercepts is >f8 (3,)"),
    refused("two dimensions", with_array("model.npz", "intercepts", _npy("<f8", "(3, 1)", _ZEROS)), "float64 (3, 1)"),
    refused("weights that are not finite", with_array("model.npz", "intercepts", _NO_NUMBERS), "not finite"),
    refused("an array more", with_array("model.npz", "more", _npy("<f8", "(3,)", _ZEROS)), "holds 'more', which"),
    refused("characters that are none", with_array("tables.npz", "region_names", _NO_CHARACTERS), "are none"),
    refused("hashes that collide", _collisions, "chosen to collide"),
    refused("configuration of 2 MB", partial(_raw_config, b" " * (2 << 20)), "config.json is larger than"),
    refused("configuration nested 100,000 deep", partial(_raw_config, b"[" * 100_000), "config.json cannot be read"),
    refused("configuration nested 300 deep", partial(_raw_config, _DEEP), "config.json cannot be read"),
    refused("NaN in the configuration", partial(_raw_config, b'{"protocol": NaN}'), "config.json cannot be read"),
    refused("points that are no numbers", partial(_setting, "points", {**_POINTS, "precise": "0.9"}), "points is"),
    refused("points out of range", partial(_setting, "points", {**_POINTS, "precise": 1e300}), "points is"),
    refused("points that are missing", partial(_setting, "points", {"balanced": 0.5}), "points is"),
    refused("a prevalence that is none", partial(_setting, "prevalence", True), "prevalence is True"),
    refused("a name with controls", partial(_setting, "name", "\x1b[2J"), "name is '\\x1b[2J'"),
    refused("a name that is none", partial(_setting, "name", ["x"]), "name is ['x']"),
    refused("a band upside down", partial(_setting, "segmentation_band", [7, -3]), "segmentation_band is [7, -3]"),
    refused("evidence that is missing", partial(_setting, "point_evidence", None), "point_evidence is None"),
    refused("evidence without n", partial(_setting, "point_evidence", _EVIDENCE), "point_evidence is {'balanced'"),
    refused("another number of buckets", partial(_setting, "n_buckets", "many"), "n_buckets is 'many', expected 5"),
    refused("adaptations that are none", partial(_setting, "adapted", 5), "adapted is 5, expected a list"),
    refused("a pipe for a file", partial(_replaced, "model.npz", os.mkfifo), "model.npz is no regular file"),
    refused("a pipe for the configuration", partial(_replaced, "config.json", os.mkfifo), "config.json is no regular"),
    refused("a link in a circle", _linked_to("model.npz", "model.npz"), "cannot be read"),
    refused("a link to a device", _linked_to("tables.npz", "/dev/zero"), "no regular file"),
)  # fmt: skip
CASES: tuple[Case, ...] = (
    *FOLDERS,
    Case(f"model: {_N_CORRUPTIONS} corruptions of each file, twice", _in_folder, _corrupted),
)

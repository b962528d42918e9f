"""Random damage to a model folder, and what comes of it: ``python -m tests.hostile.corruption [-n N] [FILE…]``.

``stale``: bytes of a file are changed and its checksum is not. ``sealed``: an attacker changes what the file holds (an
array's bytes, form or values; a value of the configuration) and computes all checksums anew.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import random
import shutil
import struct
import sys
import tempfile
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from unstuff import Filter, ModelError, artifact
from unstuff.evaluation import table

FILES = ("model.npz", "tables.npz", "config.json", "importance.npz", "metrics.json", "README.md")
MODES = ("stale", "sealed")
REFUSED, SAME, OTHER = "refused", "original verdicts", "other verdicts"
_DATA = Path(__file__).parents[1] / "data"
# Place names, Chinese without separators, look-alikes, parted letters, entities, short lines: every table is looked up.
PROBE = (_DATA / "town_news.txt").read_text("utf-8")[-900:] + (
    "\n濟(jì)南天气永年县论坛壤塘县乐陵市彰武县龙岩市宣恩县长岭县肃南日韩欧美国产精品久久\n"
    "с а ѕ і n о sl\u03bft&#20037;\n"
    "slot gacor\njudi bola\npoker\ntogel\nThe library opened today, and the loan of books is free.\n"
)
_EDGES = (0, 1, -1, 2**15, 2**16 - 1, 2**31 - 1, 2**32 - 1, 2**63 - 1, 0x110000, 0xD800)
_REALS = (0.0, -0.0, math.nan, math.inf, -math.inf, 6.5e4, -6.5e4, 1e6, 1e-40)
_TYPES = ("|O", ">f4", ">u4", "<f8", "<U1", "<U999999", "|V8", "<i8", "<m8[s]", "<c16", "|b1", "<f2")
_SHAPES = ((), (0,), (-1,), (1,), (2**62,), (10**30,), (3, 3), (393216, 1))
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 2, 0.5, 1e308, 2**63, "", "x", "x" * 100_000, "\x1b[2J\u202e", [], {}, [0, 0], [3, -3],
    [None, 1], [True, 1e300], {"a": 1}, {"balanced": 0.5}, "0" * 64,
)  # fmt: skip


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Some bytes flipped, cut, swapped or put in."""
    n = len(content)
    a, b = sorted((rng.randrange(n + 1), rng.randrange(n + 1))) if n else (0, 0)
    kind = rng.choice(("flip", "cut", "lose", "swap", "insert", "overwrite"))
    if kind == "flip" and n:
        changed = bytearray(content)
        for _ in range(rng.choice((1, 1, 2, 8, 64))):
            changed[rng.randrange(n)] ^= 1 << rng.randrange(8)
        return bytes(changed)
    if kind == "cut":
        return content[:a]
    if kind == "lose":
        return content[:a] + content[a + rng.choice((1, 2, 16, b - a)) :]
    if kind == "swap":
        size = min(rng.choice((1, 4, 64)), b - a)
        return content[:a] + content[b : b + size] + content[a + size : b] + content[a : a + size] + content[b + size :]
    put = rng.choice((rng.randbytes(rng.choice((1, 4, 32))), bytes(8), b"\xff" * 8, content[a : a + 16], b'",[{'))
    return content[:a] + put + content[a + (len(put) if kind == "overwrite" else 0) :]


def forged(name: str, content: bytes, rng: random.Random) -> bytes:
    """The file with something else in it, in its own form."""
    if rng.random() < 0.2:
        return damaged(content, rng)
    if name.endswith(".npz"):
        return _forged_archive(content, rng)
    if name.endswith(".json"):
        return _forged_json(content, rng)
    return damaged(content, rng)


def _forged_archive(content: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(each.filename, archive.read(each)) for each in archive.infolist()]
    i = rng.randrange(len(entries))
    name, data = entries[i]
    kind = rng.choice(("values", "values", "values", "bytes", "form", "length", "entries"))
    if kind == "entries":
        entries = rng.choice((entries[:i] + entries[i + 1 :], [*entries, entries[i]], [*entries, ("more.npy", data)]))
    else:
        forge = {"values": _forged_values, "bytes": damaged, "form": _forged_form, "length": _forged_length}[kind]
        entries[i] = name, forge(data, rng)
    return _zipped(entries, rng)


def _zipped(entries: list[tuple[str, bytes]], rng: random.Random) -> bytes:
    sink = io.BytesIO()
    warnings.filterwarnings("ignore", "Duplicate name")
    with zipfile.ZipFile(sink, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)), compresslevel=1) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()


def _forged_values(data: bytes, rng: random.Random) -> bytes:
    """An array of its own form with some or all of its values replaced, moved or scaled."""
    array = np.load(io.BytesIO(data), allow_pickle=False).copy()
    some = [rng.randrange(len(array)) for _ in range(rng.choice((1, 3, 50)))] if len(array) else []
    if array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            array[rng.choice((some, slice(None)))] = np.array(rng.choice(_REALS)).astype(array.dtype)
    elif array.dtype.kind == "U":
        array.view(np.uint32)[: rng.randrange(1, 40)] = rng.choice((0, 0x1B, 0x202E, 0xD800, 0x10FFFF, 0x110000))
    else:
        edge = rng.choice((*_EDGES, rng.getrandbits(64)))
        values = np.array(edge % (1 << 8 * array.dtype.itemsize), array.dtype)
        array[rng.choice((some, some, slice(None)))] = values
    if rng.random() < 0.2:
        array = rng.choice((array[::-1], np.sort(array), np.roll(array, 1)))
    return _npy(array)


def _forged_form(data: bytes, rng: random.Random) -> bytes:
    """The bytes of an array under another type or shape."""
    array: np.ndarray[Any, Any] = np.load(io.BytesIO(data), allow_pickle=False)
    form = {"descr": array.dtype.str, "fortran_order": False, "shape": array.shape}
    form |= rng.choice(({"descr": rng.choice(_TYPES)}, {"shape": rng.choice(_SHAPES)}, {"fortran_order": True}))
    header = rng.choice((repr(form), repr(form), "(" * 900, "{" + repr(form), repr({**form, "more": 1}))).encode()
    return b"".join((b"\x93NUMPY\x01\x00", struct.pack("<H", len(header)), header, array.tobytes()))


def _forged_length(data: bytes, rng: random.Random) -> bytes:
    array = np.load(io.BytesIO(data), allow_pickle=False)
    n = rng.choice((0, 1, len(array) // 2, max(len(array) - 1, 0)))
    return _npy(rng.choice((array[:n], np.append(array, array[:1]), np.append(array, array))))


def _npy(array: np.ndarray[Any, Any]) -> bytes:
    sink = io.BytesIO()
    np.lib.format.write_array(sink, np.ascontiguousarray(array), (1, 0), allow_pickle=False)
    return sink.getvalue()


def _forged_json(content: bytes, rng: random.Random) -> bytes:
    """A value somewhere in it replaced or gone."""
    root = orjson.loads(content)
    inner = root
    while True:
        key = rng.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if isinstance(inner[key], dict | list) and inner[key] and rng.random() < 0.7:
            inner = inner[key]
            continue
        if rng.random() < 0.15:
            del inner[key]
        else:
            inner[key] = rng.choice((*_VALUES, _nested(rng.choice((10, 300)))))
        return json.dumps(root).encode()  # orjson writes nothing as deep


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


class Folder:
    """A model folder that is damaged again and again."""

    def __init__(self, path: Path) -> None:
        shutil.copytree(artifact.shipped(), path, dirs_exist_ok=True)
        self.path = path
        self.contents = {name: (path / name).read_bytes() for name in FILES}
        self._original = Filter(model=path).score_text(PROBE, reasons=True)

    def outcome(self, changed: dict[str, bytes], *, sealed: bool) -> str:
        """What comes of the folder with these files in it. Whatever else is raised is a broken promise."""
        try:
            for name, content in changed.items():
                (self.path / name).write_bytes(content)
            if sealed:
                self._seal()
            return self._outcome()
        finally:
            for name in {*changed, "config.json"}:
                (self.path / name).write_bytes(self.contents[name])

    def _seal(self) -> None:
        try:
            config = orjson.loads((self.path / "config.json").read_bytes())
            forged_sums = config["checksums"] != orjson.loads(self.contents["config.json"])["checksums"]
            if forged_sums or config["protocol"] != artifact.PROTOCOL:  # sealing would write over what was forged
                config["checksum"] = artifact.config_checksum(config)
                (self.path / "config.json").write_bytes(orjson.dumps(config))
            else:
                artifact.seal(self.path, config)
        except (ValueError, TypeError, KeyError):  # it is no configuration any more
            return

    def _outcome(self) -> str:
        try:
            scorer = Filter(model=self.path)
        except ModelError:
            return REFUSED
        verdicts = scorer.score_text(PROBE, reasons=True)
        for verdict in verdicts:
            assert math.isfinite(verdict.score) and 0 <= verdict.score <= 1
            assert math.isfinite(verdict.raw_score) and 0 <= verdict.raw_score <= 1
            assert all(math.isfinite(reason.weight) for reason in verdict.reasons)
        return SAME if verdicts == self._original else OTHER


def corrupt(folder: Folder, name: str, mode: str, n: int, seed: int) -> Counter[str]:
    """Outcomes of so many corruptions of one file; a broken promise is named by its seed."""
    counted: Counter[str] = Counter()
    for i in range(n):
        rng = random.Random(f"{seed} {name} {mode} {i}")
        changed = content = folder.contents[name]
        while changed == content:
            changed = damaged(content, rng) if mode == "stale" else forged(name, content, rng)
        try:
            outcome = folder.outcome({name: changed}, sealed=mode == "sealed")
            assert mode == "sealed" or outcome != OTHER, "a change went unnoticed"
        except Exception as error:
            outcome = f"BROKEN by seed {seed} {name} {mode} {i}: {type(error).__name__}: {error}"[:160]
        counted[outcome] += 1
    return counted


def main(arguments: list[str]) -> int:
    """Corrupt each file in both modes and print the outcomes."""
    parser = argparse.ArgumentParser("python -m tests.hostile.corruption", description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("-n", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    rows, broken = [], 0
    with tempfile.TemporaryDirectory() as folder:
        model = Folder(Path(folder, "model"))
        for name in options.files:
            for mode in MODES:
                counted = corrupt(model, name, mode, options.n, options.seed)
                others = [key for key in counted if key not in (REFUSED, SAME, OTHER)]
                broken += len(others)
                row = (name, mode, *(f"{counted[key]:,}" for key in (REFUSED, SAME, OTHER)), "; ".join(others) or "0")
                rows.append(row)
                print(*row, file=sys.stderr, flush=True)
    print(table(("file", "checksums", REFUSED, SAME, OTHER, "broken promises"), rows, markdown=True))
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

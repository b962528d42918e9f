"""A model folder, damaged as the input says: it is refused in words, or it gives scores that are probabilities."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from tests.hostile.corruption import FILES, MODES, OTHER, Folder, damaged, forged

_PLACE = tempfile.TemporaryDirectory()
_MODEL = Folder(Path(_PLACE.name, "model"))


class _Guided(random.Random):
    """Chance that is read from an input, so that the fuzzer steers it; zeros when the input is used up."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._data, self._at = data, 0

    def getrandbits(self, k: int, /) -> int:
        n_bytes = (k + 7) // 8
        taken = self._data[self._at : self._at + n_bytes]
        self._at += n_bytes
        return int.from_bytes(taken, "little") & ((1 << k) - 1)

    def random(self) -> float:
        return self.getrandbits(16) / (1 << 16)


def check(data: bytes) -> None:
    """Damage one of the files that are read, with its checksum stale or computed anew."""
    rng = _Guided(data)
    name, mode = rng.choice(FILES[:3]), rng.choice(MODES)
    content = _MODEL.contents[name]
    changed = damaged(content, rng) if mode == "stale" else forged(name, content, rng)
    outcome = _MODEL.outcome({name: changed}, sealed=mode == "sealed")
    assert mode == "sealed" or outcome != OTHER

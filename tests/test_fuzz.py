"""The seeds of the fuzz targets keep the targets' promises; new inputs are looked for by ``python -m tests.fuzz``."""

import random
from importlib import import_module
from pathlib import Path

import pytest

from tests.fuzz.__main__ import SEEDS, TARGETS

PATHS = sorted(path for target in TARGETS for path in (SEEDS / target).iterdir())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_seed_keeps_the_promises(path: Path) -> None:
    import_module(f"tests.fuzz.{path.parent.name}").check(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_seeds_keep_the_promises(target: str) -> None:
    check = import_module(f"tests.fuzz.{target}").check
    rng = random.Random(5)
    seeds = [path.read_bytes() for path in PATHS if path.parent.name == target]
    for _ in range(30):
        one, other = rng.choice(seeds), rng.choice(seeds)
        at, until = rng.randrange(len(one) + 1), rng.randrange(len(other) + 1)
        check(one[:at] + rng.randbytes(rng.randrange(3)) + other[until:])

"""A model folder that appears under its name when it is complete, and what its configuration says of the fit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from unstuff import features
from unstuff.durable import part_of
from unstuff.errors import InputError
from unstuff.evaluation import Threshold
from unstuff.features import context, ngrams, words
from unstuff.fit.points import evidence, thresholds
from unstuff.fit.settings import Settings
from unstuff.stages import WordStage

FILES = frozenset({"README.md", "config.json", "importance.npz", "metrics.json", "model.npz", "tables.npz"})
"""What a model folder holds."""


def config_of(
    name: str, settings: Settings, points: Mapping[str, Threshold], seed: int | list[int], stage: WordStage | None
) -> dict[str, Any]:
    """What ``config.json`` says of a fit, but for protocol and checksums."""
    return {
        "name": name,
        "points": thresholds(points),
        "point_evidence": evidence(points),
        "features": list(features.NAMES),
        "context_features": list(context.NAMES),
        "n_buckets": ngrams.N_BUCKETS,
        "prevalence": settings.prevalence,
        "settings": {field.name: getattr(settings, field.name) for field in fields(settings)},
        "versions": versions(),
        "seed": seed,
        "word_features": list(words.NAMES),
        # Raw log-odds between which undelimited Chinese is cut into words.
        "segmentation_band": [stage.low, stage.high] if stage is not None else None,
    }


def versions() -> dict[str, str]:
    """The libraries that a fit's numbers come from."""
    import jieba
    import numpy
    import scipy
    import sklearn

    packages: tuple[Any, ...] = (jieba, numpy, scipy, sklearn)
    return {package.__name__: package.__version__ for package in packages}


def check_target(folder: Path) -> None:
    """Refuse to write over anything but a model folder, and where nothing can be written."""
    shown = repr(str(folder))
    if folder.is_symlink():
        raise InputError(f"{shown} is a link; give the folder that it leads to: {str(folder.resolve())!r}")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{shown} is a file; give a folder that is new, empty or a model folder")
    own = folder.resolve()
    if Path.cwd().is_relative_to(own):
        raise InputError(f"{shown} is the folder that the command runs in, or above it; give another")
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if names and "config.json" not in names:
        raise InputError(f"{shown} holds other files and no model; give a folder that is new or empty")
    if others := sorted(names - FILES):
        raise InputError(
            f"{shown} holds {others[0]!r} beside a model, which would be lost; move it, or give another folder"
        )
    above = next(parent for parent in own.parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise InputError(f"{shown} cannot be made: {str(above)!r} is {'read-only' if above.is_dir() else 'a file'}")


@contextmanager
def complete_folder(folder: Path) -> Iterator[Path]:
    """A new folder beside the one to be written, which takes its name at the end; nothing is left on an error."""
    check_target(folder)
    own = folder.resolve()
    own.parent.mkdir(parents=True, exist_ok=True)
    # Of two commands that write one folder neither has the other's files in it: the last to come stays.
    part = part_of(own)
    old = part.with_suffix(".old")
    part.mkdir()
    try:
        yield part
        _take_place(part, own, old)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _take_place(part: Path, folder: Path, old: Path) -> None:
    """Give a folder the name of another, which goes; where that fails it has its name again."""
    try:
        if folder.is_dir():
            folder.replace(old)
        part.replace(folder)
    except BaseException:
        if old.is_dir() and not folder.exists():
            old.replace(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)

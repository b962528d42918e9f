"""A model folder that appears under its name when it is complete, and what its configuration says of the fit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from unstuff import features
from unstuff.errors import InputError
from unstuff.evaluation import Threshold
from unstuff.features import context, ngrams, words
from unstuff.fit.points import evidence, thresholds
from unstuff.fit.settings import Settings
from unstuff.stages import WordStage


def config_of(
    name: str, settings: Settings, points: Mapping[str, Threshold], seed: int, stage: WordStage | None
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
    """Refuse to write over anything that is not a model folder."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InputError(f"{str(folder)!r} is a file; give a folder that is new, empty or a model folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "config.json").is_file():
        raise InputError(f"{str(folder)!r} holds other files and no model; give a folder that is new or empty")


@contextmanager
def complete_folder(folder: Path) -> Iterator[Path]:
    """A new folder beside the one to be written, which takes its name at the end; nothing is left on an error."""
    check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    part, old = (folder.with_name(f"{folder.name}.{end}") for end in ("part", "old"))
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        yield part
        if folder.is_dir():
            folder.replace(old)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)

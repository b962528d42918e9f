"""A model folder on disk: layout, protocol, checksums. Reading one never runs code from it.

A folder holds ``model.npz`` (weights), ``tables.npz`` (normalisation, classes, gazetteer, function words),
``importance.npz`` (how much genuine text uses each weight; read for adapting alone), ``config.json`` (names,
thresholds, protocol, the checksum of every other file and of itself), ``metrics.json`` and ``README.md`` (the card).
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from unstuff import features, tables
from unstuff.arrays import MAX_FILE_BYTES, Expected, Unusable, unpack
from unstuff.errors import ModelError
from unstuff.features import Extractor, context, words
from unstuff.features.ngrams import N_BUCKETS
from unstuff.model import Model, ParagraphModel, WordStage

# Raised when an older reader would misread a newer folder: other features, other arrays, another meaning.
PROTOCOL = 9
_MAX_CONFIG_BYTES = 1 << 20
IMPORTANCE = "importance.npz"
_MAX_NAME_CHARS = 200
NAME = f"a printable name of at most {_MAX_NAME_CHARS} characters"
_POINTS = ("precise", "balanced", "sensitive")
_SHA256 = re.compile("[0-9a-f]{64}")

_WEIGHTS = {
    "gram_weights": Expected("float16", N_BUCKETS),
    "dense_weights": Expected("float32", len(features.NAMES)),
    "context_weights": Expected("float32", len(context.NAMES)),
    "word_weights": Expected("float32", len(words.NAMES) + 1),  # of the raw log-odds, then of each feature
    "word_bucket_weights": Expected("float16", words.N_WORD_BUCKETS),
    "intercepts": Expected("float64", 3),
}
_IMPORTANCE = {"content": Expected("uint8", N_BUCKETS)}


def shipped() -> Path:
    """Folder of the model that comes with the package."""
    data = Path(str(resources.files("unstuff"))) / "data"
    folders = sorted(path.parent for path in data.glob("*/config.json"))
    if not folders:
        raise ModelError(f"no model is shipped in {str(data)!r}; reinstall unstuff or give a model folder")
    return folders[-1]


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays so that equal arrays give equal bytes: sorted names, no dates."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(arrays[name]), (1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)


def write(folder: Path, model: Model, tables: Mapping[str, NDArray[Any]], config: Mapping[str, Any]) -> None:
    """Write a model's numbers, its tables and its configuration into an existing folder."""
    stage = model.paragraph.words
    arrays: dict[str, NDArray[Any]] = {
        "gram_weights": model.paragraph.gram_weights.astype(np.float16),
        "dense_weights": model.paragraph.dense_weights.astype(np.float32),
        "context_weights": model.context_weights.astype(np.float32),
        "intercepts": np.array(
            [model.paragraph.intercept, model.context_intercept, stage.intercept if stage is not None else 0.0]
        ),
        **word_arrays(stage),
    }
    save_arrays(folder / "model.npz", arrays)
    save_arrays(folder / "tables.npz", tables)
    if model.importance is not None:
        write_importance(folder, model.importance)
    seal(folder, config)


def write_importance(folder: Path, importance: NDArray[np.uint8]) -> None:
    """Write how much genuine text uses each weight, beside a model's numbers."""
    save_arrays(folder / IMPORTANCE, {"content": importance})


def seal(folder: Path, config: Mapping[str, Any]) -> None:
    """Write ``config.json`` with the protocol, the checksums of the folder's other files, and its own."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "config.json")
    sealed = {**config, "protocol": PROTOCOL, "checksums": {path.name: _sha256(path.read_bytes()) for path in files}}
    sealed["checksum"] = config_checksum(sealed)
    (folder / "config.json").write_bytes(_json(sealed) + b"\n")


def read(folder: str | Path) -> Model:
    """Read and verify a model folder; :class:`ModelError` says what is wrong with it."""
    folder = Path(folder)
    _check_is_model(folder)
    with _named(folder):
        return _read(folder)


def _check_is_model(folder: Path) -> None:
    if not os.path.exists(folder / "config.json"):  # noqa: PTH110, which raises nothing for forbidden folders
        raise ModelError(f"{str(folder)!r} is no model folder: it has no config.json")


def read_adaptable(folder: str | Path) -> Model:
    """A model with the importance of its weights, which :func:`read` leaves out.

    Raises :class:`ModelError` for a model without it.
    """
    folder = Path(folder)
    model = read(folder)
    if IMPORTANCE not in model.config["checksums"]:
        raise ModelError(
            f"model {model.name!r} in {str(folder)!r} cannot be adapted: it has no {IMPORTANCE}, which says how much "
            "genuine text uses each weight; train it anew or choose a model from models/README.md"
        )
    with _named(folder):
        return replace(model, importance=_read_arrays(folder, IMPORTANCE, _IMPORTANCE, model.config)["content"])


def _read(folder: Path) -> Model:
    config = _read_config(folder)
    weights = _read_arrays(folder, "model.npz", _WEIGHTS, config)
    extractor = _extractor(_read_arrays(folder, "tables.npz", tables.EXPECTED, config))
    first, second, _ = weights["intercepts"].tolist()
    dense = weights["dense_weights"].astype(np.float64)
    return Model(
        name=config["name"],
        extractor=extractor,
        paragraph=ParagraphModel(
            weights["gram_weights"].astype(np.float64), dense, first, _word_stage(weights, config)
        ),
        context_weights=weights["context_weights"].astype(np.float64),
        context_intercept=second,
        points=config["points"],
        config=config,
    )


def read_tables(folder: str | Path) -> dict[str, NDArray[Any]]:
    """The tables of a model folder, verified as :func:`read` does."""
    folder = Path(folder)
    with _named(folder):
        return _read_arrays(folder, "tables.npz", tables.EXPECTED, _read_config(folder))


def state(folder: str | Path) -> str:
    """What tells a model folder from any other, and from what it was before: its configuration knows all its files."""
    folder = Path(folder)
    _check_is_model(folder)
    with _named(folder):
        return _sha256(_content(folder, "config.json", _MAX_CONFIG_BYTES))


def checksum(folder: str | Path, name: str) -> str:
    """Checksum of a file of a model folder, as its configuration states it."""
    folder = Path(folder)
    with _named(folder):
        return str(_read_config(folder)["checksums"].get(name, ""))


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    """Errors say which model they are about."""
    try:
        yield
    except Unusable as error:
        raise ModelError(f"model {str(folder)!r}: {error}") from error


def word_arrays(stage: WordStage | None) -> dict[str, NDArray[Any]]:
    """The word stage as ``model.npz`` holds it, but for its intercept; zeros where there is none."""
    if stage is None:
        stage = WordStage(0.0, 0.0, 0.0, np.zeros(len(words.NAMES)), np.zeros(words.N_WORD_BUCKETS), 0.0)
    return {
        "word_weights": np.append(stage.raw_weight, stage.dense_weights).astype(np.float32),
        "word_bucket_weights": stage.bucket_weights.astype(np.float16),
    }


def _word_stage(weights: Mapping[str, NDArray[Any]], config: Mapping[str, Any]) -> WordStage | None:
    band = config.get("segmentation_band")
    if band is None:
        return None
    raw, *dense = weights["word_weights"].astype(np.float64).tolist()
    buckets = weights["word_bucket_weights"].astype(np.float64)
    return WordStage(band[0], band[1], raw, np.array(dense), buckets, float(weights["intercepts"][2]))


def _extractor(found: Mapping[str, NDArray[Any]]) -> Extractor:
    try:
        tables.check(found)
        return Extractor.from_tables(found)
    except ValueError as error:
        raise Unusable(f"tables.npz: {error}") from error


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        config = orjson.loads(_content(folder, "config.json", _MAX_CONFIG_BYTES))
        own_checksum = config_checksum(config) if isinstance(config, dict) else ""
    except (orjson.JSONDecodeError, TypeError) as error:  # TypeError: nested deeper than orjson writes
        raise Unusable(f"config.json cannot be read ({error})") from error
    if not isinstance(config, dict) or type(config.get("protocol")) is not int:
        raise Unusable("config.json has no protocol number")
    if config["protocol"] != PROTOCOL:
        name = str(config.get("name", ""))[:_MAX_NAME_CHARS]
        way_out = "upgrade unstuff" if config["protocol"] > PROTOCOL else "train it anew"
        raise ModelError(
            f"model {name!r} in {str(folder)!r} has protocol {config['protocol']}, this version reads {PROTOCOL}; "
            f"{way_out} or choose a model from models/README.md"
        )
    if config.get("checksum") != own_checksum:
        raise Unusable("config.json was changed (its checksum differs); get the model anew")
    for key, names in {
        "features": features.NAMES,
        "context_features": context.NAMES,
        "word_features": words.NAMES,
    }.items():
        if config.get(key) != list(names):
            raise Unusable(f"its {key} are not those of this version")
    for key, (is_right, expected) in _SETTINGS.items():
        if not is_right(config.get(key)):
            raise Unusable(f"config.json: {key} is {_short(config.get(key))}, expected {expected}")
    return config


def is_name(value: Any) -> bool:
    """Whether a model can be called so."""
    return isinstance(value, str) and 0 < len(value) <= _MAX_NAME_CHARS and value.isprintable()


def _is_number(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _is_points(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == set(_POINTS) and all(_is_number(x, 0, 1) for x in value.values())


def _is_evidence(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == set(_POINTS) and all(map(_is_evidence_of_one, value.values()))


def _is_evidence_of_one(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _is_number(value.get("threshold"), 0, 1)
        and is_name(value.get("asked"))
        and is_name(value.get("supported"))
        and type(value.get("n")) is int
    )


def _is_band(value: Any) -> bool:
    """Whether it is a pair of log-odds, or None."""
    if value is None:
        return True
    bounds = isinstance(value, list) and len(value) == 2 and all(_is_number(x, -1e6, 1e6) for x in value)
    return bounds and value[0] <= value[1]


def _is_checksums(value: Any) -> bool:
    return isinstance(value, dict) and all(
        is_name(name) and isinstance(own, str) and _SHA256.fullmatch(own) for name, own in value.items()
    )


def _is_adapted(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(change, dict) for change in value))


# What is read of config.json beside features and checksum, and what it has to be.
_SETTINGS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "name": (is_name, NAME),
    "points": (_is_points, f"thresholds in [0, 1] for {', '.join(_POINTS)}"),
    "point_evidence": (_is_evidence, f"threshold, asked, supported and n for {', '.join(_POINTS)}"),
    "n_buckets": (lambda value: type(value) is int and value == N_BUCKETS, str(N_BUCKETS)),
    "prevalence": (lambda value: _is_number(value, 0, 1), "a share in [0, 1]"),
    "segmentation_band": (_is_band, "[low, high] or null"),
    "checksums": (_is_checksums, "SHA-256 by file name"),
    "adapted": (_is_adapted, "a list of objects, if there is one"),
}


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _MAX_NAME_CHARS else f"{shown[:_MAX_NAME_CHARS]}…"


def _read_arrays(
    folder: Path, name: str, expected: Mapping[str, Expected], config: Mapping[str, Any]
) -> dict[str, NDArray[Any]]:
    """The arrays of one file, which is the one that the configuration knows."""
    content = _content(folder, name, MAX_FILE_BYTES)
    if _sha256(content) != config["checksums"].get(name):
        raise Unusable(f"{name} was changed (its checksum differs); get the model anew")
    try:
        return unpack(content, expected)
    except Unusable as error:
        raise Unusable(f"{name}: {error}") from error


def _content(folder: Path, name: str, limit: int) -> bytes:
    """The bytes of a file in the folder, which may be a link, as in caches of downloads, but no pipe or device."""
    try:
        with open(folder / name, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unusable(f"{name} is no regular file")
            content = file.read(limit + 1)
    except OSError as error:
        raise Unusable(f"{name} cannot be read ({error.strerror})") from error
    if len(content) > limit:
        raise Unusable(f"{name} is larger than the {limit} bytes that a model's may have")
    return content


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # of a pipe nobody need write


def _json(config: Mapping[str, Any]) -> bytes:
    return orjson.dumps(config, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def config_checksum(config: Mapping[str, Any]) -> str:
    """The checksum of a configuration, without the one in it."""
    return _sha256(_json({key: value for key, value in config.items() if key != "checksum"}))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

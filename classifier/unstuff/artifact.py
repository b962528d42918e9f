"""A model folder on disk: layout, protocol, checksums. Reading one never runs code from it.

A folder holds ``model.npz`` (weights), ``tables.npz`` (normalisation, classes, gazetteer, function words),
``config.json`` (names, thresholds, protocol, the checksum of every other file and of itself), ``metrics.json``
and ``README.md`` (the model card).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from unstuff import features
from unstuff.errors import ModelError
from unstuff.features import Extractor, context, words
from unstuff.features.ngrams import N_BUCKETS
from unstuff.features.places import Gazetteer
from unstuff.model import Model, ParagraphModel, WordStage

# Raised when an older reader would misread a newer folder: other features, other arrays, another meaning.
PROTOCOL = 2
_MAX_ARRAY_BYTES = 64 << 20

# Name -> dtype and shape; None stands for any length.
_WEIGHTS: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "gram_weights": ("float16", (N_BUCKETS,)),
    "dense_weights": ("float32", (len(features.NAMES),)),
    "context_weights": ("float32", (len(context.NAMES),)),
    "word_weights": ("float32", (len(words.NAMES) + 1,)),  # of the raw log-odds, then of each feature
    "word_bucket_weights": ("float16", (words.N_WORD_BUCKETS,)),
    "intercepts": ("float64", (3,)),
}
_TABLES: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "map_from": ("uint32", (None,)),
    "map_to": ("uint32", (None,)),
    "look_alike_from": ("uint32", (None,)),
    "look_alike_to": ("uint32", (None,)),
    "class_starts": ("uint32", (None,)),
    "class_ids": ("uint8", (None,)),
    "traditional": ("uint32", (None,)),
    "simplified": ("uint32", (None,)),
    "place_hash": ("uint64", (None,)),
    "place_mask": ("uint64", (None,)),
    "place_parent": ("uint16", (None,)),
    "place_level": ("uint8", (None,)),
    "place_code": ("uint32", (None,)),
    "place_pinyin": ("uint32", (None,)),
    "place_short": ("uint8", (None,)),
    "parent_size": ("uint16", (None,)),
    "region_names": ("str", (None,)),
    "function_words": ("uint64", (None,)),
    "function_chars": ("uint32", (None,)),
}
# Of tables with own names; see unstuff.gazetteer.
_OWN_TABLES: dict[str, tuple[str, tuple[int | None, ...]]] = {
    "place_region": ("uint16", (None,)),
    "region_is_province": ("uint8", (None,)),
}


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
    seal(folder, config)


def seal(folder: Path, config: Mapping[str, Any]) -> None:
    """Write ``config.json`` with the protocol, the checksums of the folder's other files, and its own."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "config.json")
    sealed = {**config, "protocol": PROTOCOL, "checksums": {path.name: _sha256(path.read_bytes()) for path in files}}
    sealed["checksum"] = _own_checksum(sealed)
    (folder / "config.json").write_bytes(_json(sealed) + b"\n")


def read(folder: str | Path) -> Model:
    """Read and verify a model folder; :class:`ModelError` says what is wrong with it."""
    folder = Path(folder)
    config = _read_config(folder)
    weights = _read_arrays(folder, "model.npz", _WEIGHTS, config)
    tables = _read_arrays(folder, "tables.npz", _TABLES, config)
    _check_tables(folder, tables)
    first, second, _ = weights["intercepts"].tolist()
    dense = weights["dense_weights"].astype(np.float64)
    return Model(
        name=config["name"],
        extractor=Extractor.from_tables(tables),
        paragraph=ParagraphModel(
            weights["gram_weights"].astype(np.float64), dense, first, _word_stage(folder, weights, config)
        ),
        context_weights=weights["context_weights"].astype(np.float64),
        context_intercept=second,
        points=config["points"],
        config=config,
    )


def read_tables(folder: str | Path) -> dict[str, NDArray[Any]]:
    """The tables of a model folder, verified as :func:`read` does."""
    folder = Path(folder)
    return _read_arrays(folder, "tables.npz", _TABLES, _read_config(folder))


def checksum(folder: str | Path, name: str) -> str:
    """Checksum of a file of a model folder, as its configuration states it."""
    return str(_read_config(Path(folder)).get("checksums", {}).get(name, ""))


def word_arrays(stage: WordStage | None) -> dict[str, NDArray[Any]]:
    """The word stage as ``model.npz`` holds it, but for its intercept; zeros where there is none."""
    if stage is None:
        stage = WordStage(0.0, 0.0, 0.0, np.zeros(len(words.NAMES)), np.zeros(words.N_WORD_BUCKETS), 0.0)
    return {
        "word_weights": np.append(stage.raw_weight, stage.dense_weights).astype(np.float32),
        "word_bucket_weights": stage.bucket_weights.astype(np.float16),
    }


def _word_stage(folder: Path, weights: Mapping[str, NDArray[Any]], config: Mapping[str, Any]) -> WordStage | None:
    band = config.get("segmentation_band")
    if band is None:
        return None
    if not isinstance(band, list) or len(band) != 2 or not all(isinstance(bound, int | float) for bound in band):
        raise ModelError(f"model {str(folder)!r}: segmentation_band is {band!r}, expected [low, high] or null")
    raw, *dense = weights["word_weights"].astype(np.float64).tolist()
    buckets = weights["word_bucket_weights"].astype(np.float64)
    return WordStage(band[0], band[1], raw, np.array(dense), buckets, float(weights["intercepts"][2]))


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    if not path.is_file():
        raise ModelError(f"{str(folder)!r} is no model folder: it has no config.json")
    try:
        config = orjson.loads(path.read_bytes())
    except (orjson.JSONDecodeError, OSError) as error:
        raise ModelError(f"model {str(folder)!r}: config.json cannot be read ({error})") from error
    if not isinstance(config, dict) or not isinstance(config.get("protocol"), int):
        raise ModelError(f"model {str(folder)!r}: config.json has no protocol number")
    if config["protocol"] != PROTOCOL:
        raise ModelError(
            f"model {str(config.get('name', folder))!r} has protocol {config['protocol']}, this version reads "
            f"{PROTOCOL}; upgrade unstuff or choose a model from models/README.md"
        )
    if config.get("checksum") != _own_checksum(config):
        raise ModelError(f"model {str(folder)!r}: config.json was changed (its checksum differs); get the model anew")
    expected = {"features": features.NAMES, "context_features": context.NAMES, "word_features": words.NAMES}
    for key, names in expected.items():
        if config.get(key) != list(names):
            raise ModelError(f"model {str(folder)!r}: its {key} are not those of this version")
    return config


def _read_arrays(
    folder: Path, name: str, expected: Mapping[str, tuple[str, tuple[int | None, ...]]], config: Mapping[str, Any]
) -> dict[str, NDArray[Any]]:
    """Arrays of one file, each checked for presence, type, shape and finiteness."""
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(f"model {str(folder)!r}: {name} cannot be read ({error.strerror})") from error
    if _sha256(content) != config.get("checksums", {}).get(name):
        raise ModelError(f"model {str(folder)!r}: {name} was changed (its checksum differs); get the model anew")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAX_ARRAY_BYTES:
                raise ModelError(f"model {str(folder)!r}: {name} holds more than {_MAX_ARRAY_BYTES} bytes")
        with np.load(io.BytesIO(content), allow_pickle=False) as loaded:
            arrays = {key: loaded[key] for key in loaded.files}
    except (ValueError, zipfile.BadZipFile, OSError) as error:
        raise ModelError(f"model {str(folder)!r}: {name} is damaged ({error})") from error
    own = _OWN_TABLES if arrays.keys() & _OWN_TABLES else {}
    for key, (dtype, shape) in {**expected, **own}.items():
        _check_array(f"model {str(folder)!r}: {name}: {key}", arrays.get(key), dtype, shape)
    return arrays


def _check_array(where: str, array: NDArray[Any] | None, dtype: str, shape: tuple[int | None, ...]) -> None:
    if array is None:
        raise ModelError(f"{where} is missing")
    right_type = array.dtype.kind == "U" if dtype == "str" else array.dtype == np.dtype(dtype)
    right_shape = array.ndim == len(shape) and all(
        want in (None, have) for want, have in zip(shape, array.shape, strict=True)
    )
    if not right_type or not right_shape:
        raise ModelError(f"{where} is {array.dtype} {array.shape}, expected {dtype} {shape}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise ModelError(f"{where} holds values that are not finite")


def _check_tables(folder: Path, tables: Mapping[str, NDArray[Any]]) -> None:
    """Lengths that belong together, and indices within what they index."""
    n_places = len(tables["place_hash"])
    pairs = [
        *((f"place_{key}", "place_hash") for key in ("mask", "region", "parent", "level", "code", "pinyin", "short")),
        ("look_alike_from", "look_alike_to"),
        ("region_is_province", "region_names"),
    ]
    for key, other in pairs:
        if key in tables and len(tables[key]) != len(tables[other]):
            raise ModelError(f"model {str(folder)!r}: tables.npz: {key} and {other} differ in length")
    limit = 0x110000
    code_points = (
        "map_from", "map_to", "look_alike_from", "look_alike_to", "class_starts", "traditional", "simplified",
        "function_chars",
    )  # fmt: skip
    if any(len(tables[key]) and int(tables[key].max()) >= limit for key in code_points):
        raise ModelError(f"model {str(folder)!r}: tables.npz holds code points beyond U+10FFFF")
    if n_places and int(tables["place_parent"].max()) >= len(tables["parent_size"]):
        raise ModelError(f"model {str(folder)!r}: tables.npz: a parent of a place is not in its table")
    if n_places and int(Gazetteer.from_tables(tables).region.max()) >= len(tables["region_names"]):
        raise ModelError(f"model {str(folder)!r}: tables.npz: a region of a place is not in its table")


def _json(config: Mapping[str, Any]) -> bytes:
    return orjson.dumps(config, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def _own_checksum(config: Mapping[str, Any]) -> str:
    return _sha256(_json({key: value for key, value in config.items() if key != "checksum"}))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

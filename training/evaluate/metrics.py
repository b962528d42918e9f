"""``metrics.json`` of a model folder: figures as data, what they were made with, every look at the test split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from training.evaluate.report import signature
from training.evaluate.sides import TEST
from training.evaluate.values import Figures, as_json, from_json
from unstuff.model import Model

HEADLINE = (
    "recall/alone/micro",
    "recall/alone/macro",
    "recall/in_pages/micro",
    "pages/f1",
    "pages/mirror_content",
    "hard/balanced/all",
    "hard/precise/all",
    "clean_paragraphs/balanced/all",
    "clean_pages/balanced/all",
    "calibration/stated/ece",
)
Look = dict[str, Any]


def write(path: Path, model: Model, figures: Figures, earlier: Sequence[Look]) -> None:
    """Write the figures; the looks are the earlier ones and this one, unless it repeats one of them."""
    own = look(model, figures)
    looks = [*earlier, *([] if own in earlier else [own])]
    parts = {
        "signature": orjson.dumps(signature(model)),
        "looks": orjson.dumps(looks, option=orjson.OPT_INDENT_2),
        "figures": b"{\n" + b",\n".join(_line(name, row) for name, row in as_json(figures).items()) + b"\n}",
    }
    path.write_bytes(b"{\n" + b",\n".join(_line(name, part) for name, part in parts.items()) + b"\n}\n")


def _line(name: str, value: Any) -> bytes:
    """A member of an object; there are a thousand figures, so each has one line."""
    return orjson.dumps(name) + b": " + (value if isinstance(value, bytes) else orjson.dumps(value))


def look(model: Model, figures: Figures) -> Look:
    """One look at the test split: what was scored, and the headline.

    ``config`` is the checksum of the configuration sealed with the arrays alone: that of the finished folder covers
    the file that the look stands in.
    """
    return {
        "release": model.name,
        "config": str(model.config.get("checksum", "")),
        "weights": str(model.config.get("checksums", {}).get("model.npz", "")),
        "figures": as_json({name: figures[f"{TEST}/{name}"] for name in HEADLINE if f"{TEST}/{name}" in figures}),
    }


def looks(folder: Path) -> list[Look]:
    """The looks logged in a model folder; none where it has no log yet."""
    path = folder / "metrics.json"
    found = orjson.loads(path.read_bytes()).get("looks", []) if path.is_file() else []
    return list(found)


def read(folder: Path) -> Figures:
    """The figures of a model folder; none where there are none as data."""
    path = folder / "metrics.json"
    rows = orjson.loads(path.read_bytes()).get("figures", {}) if path.is_file() else {}
    return from_json(rows) if isinstance(rows, Mapping) else {}

"""Models as ``unstuff train`` makes them, other settings of a Filter, and documents that each judges differently."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from tests.test_fit import documents, keywords
from tests.test_gazetteer import HARBOUR, INJECTED, NAMES, REGION_OF
from unstuff.labels import as_json

Settings = dict[str, Any]

CHOICES = ("trained", "adapted", "named")


def choices(folder: Path) -> dict[str, Settings]:
    """Settings of a Filter by name.

    A model fitted on a few labelled pages, with a threshold; the shipped one adapted and given names of places; the
    shipped one with those names beside it, at another point.
    """
    labelled, names = folder / "labelled.jsonl", folder / "names.tsv"
    rows = [as_json(document) for document in documents(4, 60)]
    labelled.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    names.write_text("".join(f"{name}\t{region}\n" for name, region in REGION_OF.items()), "utf-8")
    _train(labelled, folder / "trained", "--folds", "2", "--test-share", "0")
    _train(labelled, folder / "adapted", "--from", "default", "--gazetteer", str(names))
    return {
        "trained": {"model": str(folder / "trained"), "threshold": 0.5},
        "adapted": {"model": str(folder / "adapted")},
        "named": {"gazetteer": str(names), "point": "sensitive"},
    }


def as_options(settings: Settings) -> list[str]:
    """Settings as the command line takes them."""
    return [word for name, value in settings.items() for word in (f"--{name}", str(value))]


def _train(labelled: Path, folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "unstuff", "train", str(labelled), "-o", str(folder), "-q", *options]
    subprocess.run(command, check=True, capture_output=True)


def texts() -> list[dict[str, Any]]:
    """Blocks alone, on a page, one item a line, and glued to prose; and content."""
    rng = np.random.default_rng(6)
    pages = ["\n".join(paragraph.text for paragraph in d.page.paragraphs) for d in documents(7, 12)]
    prose = "Ships are unloaded at the south quay, said the harbour master on Monday, which takes about a day longer. "
    glued = f"{prose}The crane on the north quay will be out of use until the new winch arrives. {keywords(rng)}"
    lines = "\n".join([HARBOUR, *rng.choice(NAMES, 20), HARBOUR])
    own = {"places": INJECTED, "glued": glued, "lines": lines, "harbour": HARBOUR, "empty": ""}
    return [
        {"id": name, "text": text} for name, text in (own | {f"page-{i}": page for i, page in enumerate(pages)}).items()
    ]


def htmls() -> list[dict[str, Any]]:
    """The same as pages with links."""
    return [
        {"id": row["id"], "html": _marked_up(row["text"]), "url": f"http://site.example/{row['id']}"}
        for row in texts()
        if row["text"]
    ]


def _marked_up(text: str) -> str:
    first, *others = text.split("\n")
    linked = first.replace("|", '</a> <a href="http://other.example/">')
    return f"<html><body><p>{linked}</p>{''.join(f'<div>{line}</div>' for line in others)}</body></html>"

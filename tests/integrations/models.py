"""Two models as ``unstuff train`` makes them, and documents that they judge differently."""

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

MODELS = ("trained", "adapted")


def train(folder: Path) -> dict[str, Path]:
    """A model fitted on a few labelled pages, and the shipped one adapted and given names of places."""
    labelled, names = folder / "labelled.jsonl", folder / "names.tsv"
    rows = [as_json(document) for document in documents(4, 60)]
    labelled.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    names.write_text("".join(f"{name}\t{region}\n" for name, region in REGION_OF.items()), "utf-8")
    _train(labelled, folder / "trained", "--folds", "2", "--test-share", "0")
    _train(labelled, folder / "adapted", "--from", "default", "--gazetteer", str(names))
    return {name: folder / name for name in MODELS}


def _train(labelled: Path, folder: Path, *options: str) -> None:
    command = [sys.executable, "-m", "unstuff", "train", str(labelled), "-o", str(folder), "-q", *options]
    subprocess.run(command, check=True, capture_output=True)


def texts() -> list[dict[str, Any]]:
    """Blocks alone, on a page, one item a line, and glued to prose; and content."""
    rng = np.random.default_rng(6)
    pages = ["\n".join(paragraph.text for paragraph in d.page.paragraphs) for d in documents(7, 12)]
    glued = f"The crane on the north quay will be out of use until the new winch arrives. {keywords(rng)}"
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

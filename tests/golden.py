"""Golden feature rows: ``python -m tests.golden`` writes them anew after a wanted change of the extractor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from unstuff import Filter, Page
from unstuff.features import NAMES, Extractor

FILE = Path(__file__).parent / "data" / "features.json"
PAGES = ("town_news.txt", "town_news.html", "clean_page.html")


def rows(extractor: Extractor) -> dict[str, Any]:
    """Dense features and the sums of the buckets of every paragraph of the repo's own pages."""
    found: dict[str, Any] = {}
    for name in PAGES:
        content = (FILE.parent / name).read_bytes()
        page = Page.from_html(content) if name.endswith("html") else Page.from_text(content.decode())
        batch = extractor.batch(page.paragraphs)
        features = extractor.extract(batch)
        for i, row in enumerate(features.dense.tolist()):
            own = features.grams.buckets[:, batch.starts[i] : batch.ends[i]]
            found[f"{name}:{i}"] = {
                "dense": {key: round(value, 6) for key, value in zip(NAMES, row, strict=True) if value},
                "buckets": int(own.sum()),
                "edges": int(features.grams.edges[features.grams.edge_paragraph == i].sum()),
            }
    return found


def read() -> dict[str, Any]:
    """The rows as they were written."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(rows(Filter().model.extractor), ensure_ascii=False, indent=1) + "\n", "utf-8")

"""Verdicts as rows of Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from unstuff.crawl.work import Outcome, Refuse
from unstuff.sources import Chunk, Result, Written, escape_surrogates, need

Schema = Any  # pyarrow.Schema


def schema() -> Schema:
    """The columns: the fields of a line of JSON in their order, and the error of a document that cannot be read."""
    arrow = need("parquet")
    reason = arrow.struct([("name", arrow.string()), ("weight", arrow.float64()), ("detail", arrow.string())])
    return arrow.schema(
        [
            ("id", arrow.string()),
            ("paragraph", arrow.int32()),
            ("start", arrow.int64()),
            ("end", arrow.int64()),
            ("spans", arrow.list_(arrow.list_(arrow.int64()))),
            ("kind", arrow.string()),
            ("hidden", arrow.bool_()),
            ("label", arrow.string()),
            ("score", arrow.float64()),
            ("raw_score", arrow.float64()),
            ("reasons", arrow.list_(reason)),
            ("text", arrow.string()),
            ("error", arrow.string()),
        ]
    )


@dataclass(frozen=True, slots=True)
class VerdictRows:
    """A row a paragraph, or a document that cannot be read."""

    found_only: bool

    def write(self, chunk: Chunk, results: Sequence[Result], refuse: Refuse) -> Outcome:
        """The rows of a chunk."""
        rows = [row for result in results for row in self._rows(result)]
        batch = need("parquet").RecordBatch.from_pylist(rows, schema())
        return Outcome([Written(results[0].document.source, [batch])] if rows else [])

    def _rows(self, result: Result) -> Iterator[dict[str, Any]]:
        document, _, verdicts = result
        identity = _string(str(document.id))
        if document.error:
            yield {"id": identity, "error": _string(document.error)}
        for verdict in verdicts:
            if verdict.found or not self.found_only:
                yield {
                    "id": identity,
                    "paragraph": verdict.paragraph,
                    "start": verdict.start,
                    "end": verdict.end,
                    "spans": verdict.spans,
                    "kind": verdict.kind,
                    "hidden": verdict.hidden,
                    "label": verdict.label,
                    "score": verdict.score,
                    "raw_score": verdict.raw_score,
                    "reasons": [
                        {"name": reason.name, "weight": reason.weight, "detail": _string(reason.detail)}
                        for reason in verdict.reasons
                    ],
                    "text": _string(verdict.text),
                }


def _string(text: str) -> str:
    r"""A string that is UTF-8: lone surrogates are written as ``\udXXX``."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return escape_surrogates(text)
    return text

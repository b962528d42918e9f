"""Arrow tables with verdicts, for hosts that hand out Arrow: one list of structs a document, built column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, TypeVar

from unstuff.errors import InputError
from unstuff.filter import Filter, Verdict
from unstuff.integrations import scoring
from unstuff.integrations.extras import extra
from unstuff.integrations.scoring import Outcome

with extra("parquet", "pyarrow", module="arrow"):
    import pyarrow as pa

Table = TypeVar("Table", pa.Table, pa.RecordBatch)

_REASON = pa.struct({"name": pa.string(), "weight": pa.float64(), "detail": pa.string()})
_VERDICT = pa.struct(
    {
        "paragraph": pa.int32(),
        "start": pa.int32(),
        "end": pa.int32(),
        "spans": pa.list_(pa.list_(pa.int32())),
        "kind": pa.string(),
        "hidden": pa.bool_(),
        "label": pa.string(),
        "score": pa.float64(),
        "raw_score": pa.float64(),
        "reasons": pa.list_(_REASON),
        "text": pa.string(),
    }
)
_NO_UTF8 = "is no UTF-8; repair it, or give html=True for a page"
VERDICTS = pa.list_(_VERDICT)
"""The type of a column of verdicts; the fields are those of a line of ``unstuff score`` without its id."""


@dataclass(frozen=True)
class Columns:
    """Which column is read, as what, and where verdicts and errors go.

    ``clean`` also replaces the column that is read by its content without keyword blocks; offsets refer to what it was.
    """

    text: str = "text"
    html: bool = False
    url: str | None = None
    verdicts: str = "verdicts"
    error: str = "unstuff_error"
    found_only: bool = False
    clean: bool = False

    def check(self, names: Sequence[str]) -> None:
        """Raise :class:`InputError` unless a table with columns of these names can be read and added to."""
        for role in ("text", "url", "verdicts", "error"):
            name = getattr(self, role)
            if not isinstance(name, str) and (role != "url" or name is not None):
                raise InputError(f"{role} is {type(name).__name__}, expected the name of a column")
        for name in filter(None, (self.text, self.url)):
            if name not in names:
                raise InputError(f"there is no column {name!r}; the columns are {', '.join(names)}")
            if names.count(name) > 1:
                raise InputError(f"{names.count(name)} columns are called {name!r}; rename all but the one to be read")
        for name, others in ((self.verdicts, names), (self.error, [*names, self.verdicts])):
            if name in others:
                raise InputError(f"there is a column {name!r} already; choose another name for what is added")


def annotate(table: Table, scorer: Filter, columns: Columns) -> Table:
    """The table with a column of verdicts (null where a document was not scored) and one of errors (null elsewhere)."""
    contents = _values(table.column(columns.text))
    urls = _values(table.column(columns.url)) if columns.url else None
    outcomes = scoring.score(scorer, contents, html=columns.html, urls=urls, found_only=columns.found_only)
    if not columns.html and _is_text(table.schema.field(columns.text).type):
        outcomes = [
            Outcome(None, (), _NO_UTF8) if isinstance(content, bytes) else outcome
            for content, outcome in zip(contents, outcomes, strict=True)
        ]
    if columns.clean:
        cleaned, outcomes = _clean(contents, outcomes)
        at = table.schema.get_field_index(columns.text)
        field = table.schema.field(at)
        table = table.set_column(at, field, _array(cleaned, field.type))
    errors = pa.array([outcome.error or None for outcome in outcomes], pa.string())
    verdicts = verdict_column([None if each.page is None else each.verdicts for each in outcomes])
    return table.append_column(columns.verdicts, verdicts).append_column(columns.error, errors)


def _clean(contents: Iterable[Any], outcomes: Iterable[Outcome]) -> tuple[list[Any], list[Outcome]]:
    """Cleaned contents, with the outcomes; a content that cannot be cleaned stays and says so."""
    cleaned, known = [], []
    for content, outcome in zip(contents, outcomes, strict=True):
        try:
            cleaned.append(scoring.clean(content, outcome))
            known.append(outcome)
        except Exception as error:
            cleaned.append(content)
            known.append(Outcome(None, (), f"cannot be cleaned: {error!r}"))
    return cleaned, known


def _values(column: Any) -> list[Any]:
    """A column's values; strings that are no UTF-8, which Arrow does not check for, as bytes."""
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        return [_decoded(value) for value in column.cast(pa.binary()).to_pylist()]
    return values


def _decoded(value: bytes | None) -> str | bytes | None:
    try:
        return value.decode() if value is not None else None
    except UnicodeDecodeError:
        return value


def _is_text(kind: pa.DataType) -> bool:
    of = kind.value_type if hasattr(kind, "value_type") else kind
    return bool(pa.types.is_string(of) or pa.types.is_large_string(of) or pa.types.is_string_view(of))


def _is_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """What :func:`_values` came from, with other values."""
    if _is_binary(kind) or not any(isinstance(v, bytes) for v in values):
        return pa.array(values, kind)
    binary = pa.array([v.encode() if isinstance(v, str) else v for v in values], pa.binary())
    return binary.cast(kind, safe=False)


def verdict_column(documents: Sequence[Sequence[Verdict] | None]) -> pa.ListArray:
    """Verdicts of documents as an array of type ``VERDICTS``, one list each, null for None."""
    verdicts = [verdict for document in documents for verdict in document or ()]
    reasons = [reason for verdict in verdicts for reason in verdict.reasons]
    spans = [span for verdict in verdicts for span in verdict.spans]
    edges = _lists([2] * len(spans), pa.array(list(chain.from_iterable(spans)), pa.int32()))
    terms = {
        "name": pa.array([each.name for each in reasons], pa.string()),
        "weight": pa.array([each.weight for each in reasons], pa.float64()),
        "detail": _strings([each.detail for each in reasons]),
    }
    plain = ("paragraph", "start", "end", "kind", "hidden", "label", "score", "raw_score")
    children = {name: pa.array([getattr(each, name) for each in verdicts], _VERDICT.field(name).type) for name in plain}
    children["spans"] = _lists([len(each.spans) for each in verdicts], edges)
    children["reasons"] = _lists([len(each.reasons) for each in verdicts], _struct(_REASON, terms))
    children["text"] = _strings([each.text for each in verdicts])
    mask = pa.array([document is None for document in documents], pa.bool_())
    return _lists([len(document or ()) for document in documents], _struct(_VERDICT, children), mask)


def _struct(kind: pa.StructType, children: dict[str, pa.Array]) -> pa.StructArray:
    return pa.StructArray.from_arrays([children[field.name] for field in kind], fields=list(kind))


def _lists(lengths: Iterable[int], values: pa.Array, mask: pa.Array | None = None) -> pa.ListArray:
    offsets = pa.array(accumulate(lengths, initial=0), pa.int32())
    return pa.ListArray.from_arrays(offsets, values, mask=mask)


def _strings(values: Sequence[str]) -> pa.Array:
    """Strings; lone surrogates, which Arrow cannot hold, become U+FFFD."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([each.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for each in values])

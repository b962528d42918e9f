"""PySpark: a column of verdicts, or a cleaned column, by ``mapInArrow``.

The model is loaded once in a Python worker; documents are scored together over Arrow batches. What a document gets
depends on nothing but the document: partitions, batches and lost workers change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from unstuff.errors import InputError
from unstuff.integrations import scoring
from unstuff.integrations.extras import extra
from unstuff.integrations.scoring import Settings

with extra("spark", "pyspark", "pyarrow"):
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import BinaryType, CalendarIntervalType, StringType, StructField, StructType

    from unstuff.integrations.arrow import Columns, annotate

_VERDICTS = (
    "array<struct<paragraph: int, `start`: int, `end`: int, spans: array<array<int>>, kind: string, hidden: boolean,"
    " label: string, score: double, raw_score: double,"
    " reasons: array<struct<name: string, weight: double, detail: string>>, text: string>>"
)


def score(
    df: DataFrame,
    text: str = "text",
    *,
    html: bool = False,
    url: str | None = None,
    verdicts: str = "verdicts",
    error: str = "unstuff_error",
    found_only: bool = False,
    model: str | None = None,
    point: str | None = None,
    threshold: float | None = None,
    gazetteer: str | None = None,
) -> DataFrame:
    """The frame with a column of verdicts, an array of structs in reading order, and one of errors.

    Parameters
    ----------
    df
        Any frame without calendar intervals; rows, their order in a partition, and all columns stay.
    text
        The column that is read: strings, or with ``html`` pages as strings or binary.
    url
        With ``html``, the column of the pages' addresses.
    verdicts, error
        Names of the columns added. A document that cannot be scored (null included) has null verdicts, and its error.
    found_only
        Only the verdicts on keyword blocks.
    model, point, threshold, gazetteer
        As in :class:`unstuff.Filter`; a model folder and a file of place names must be readable at the same path by
        driver and workers.

    Raises :class:`InputError` for columns that do not fit and :class:`ModelError` for a model that cannot be used.
    """
    columns = Columns(text, html, url, verdicts, error, found_only)
    return _mapped(df, columns, Settings(model, point, threshold, gazetteer))


def clean(
    df: DataFrame,
    text: str = "text",
    *,
    html: bool = False,
    url: str | None = None,
    verdicts: str = "verdicts",
    error: str = "unstuff_error",
    found_only: bool = True,
    model: str | None = None,
    point: str | None = None,
    threshold: float | None = None,
    gazetteer: str | None = None,
) -> DataFrame:
    """The frame with its column ``text`` without keyword blocks, and what went in the column of verdicts.

    Takes and raises what :func:`score` does. Offsets refer to the text as it was; a document that cannot be scored
    keeps its text.
    """
    columns = Columns(text, html, url, verdicts, error, found_only)
    return _mapped(df, replace(columns, clean=True), Settings(model, point, threshold, gazetteer))


def _mapped(df: DataFrame, columns: Columns, settings: Settings) -> DataFrame:
    if not hasattr(df, "mapInArrow"):
        raise InputError(f"a {type(df).__name__} was given, expected a DataFrame of Spark")
    columns.check(df.columns)
    _check_names(df, columns)
    _check_types(df, columns)
    scoring.scorer(settings)  # what is wrong with them is said here, not by a worker
    # By position: Spark reads a dot in a name as a field of a struct, and takes no name that two columns have.
    names = [*df.columns, columns.verdicts, columns.error]
    numbered = [f"c{number}" for number in range(len(names))]
    inner = _renamed(columns, dict(zip(names, numbered, strict=True)))
    kept = StructType(
        [
            StructField(name, field.dataType, field.nullable, field.metadata)
            for name, field in zip(numbered[:-2], df.schema.fields, strict=True)
        ]
    )
    added = StructType.fromDDL(f"{inner.verdicts} {_VERDICTS}, {inner.error} string")

    def annotated(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        scorer = scoring.scorer(settings)
        for batch in batches:
            yield annotate(batch, scorer, inner)

    return df.toDF(*kept.names).mapInArrow(annotated, StructType([*kept.fields, *added.fields])).toDF(*names)


def _renamed(columns: Columns, to: dict[str, str]) -> Columns:
    url = to[columns.url] if columns.url else None
    return replace(columns, text=to[columns.text], url=url, verdicts=to[columns.verdicts], error=to[columns.error])


def _check_names(df: DataFrame, columns: Columns) -> None:
    """By default Spark takes names that differ in case alone for one; it quotes names by backticks."""
    taken = set(map(str.lower, df.columns))
    for name in (columns.verdicts, columns.error):
        if name.lower() in taken or "`" in name:
            raise InputError(f"column {name!r} cannot be added, by case or a backtick; choose another name for it")
        taken.add(name.lower())


def _check_types(df: DataFrame, columns: Columns) -> None:
    for field in df.schema.fields:
        if isinstance(field.dataType, CalendarIntervalType):
            raise InputError(
                f"column {field.name!r} is interval, which Arrow has no type for; cast it, or select others"
            )
    if columns.html and columns.url and not isinstance(address := df.schema[columns.url].dataType, StringType):
        raise InputError(f"column {columns.url!r} is {address.simpleString()}, expected string")
    kind: Any = df.schema[columns.text].dataType
    if not isinstance(kind, (StringType, BinaryType) if columns.html else StringType):
        expected = "string or binary" if columns.html else "string"
        raise InputError(f"column {columns.text!r} is {kind.simpleString()}, expected {expected}")

"""Ray Data: callable classes for ``map_batches(..., batch_format="pyarrow")``; each actor loads its model once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from unstuff.errors import InputError
from unstuff.filter import Filter
from unstuff.integrations.extras import extra

with extra("ray", "ray", "pyarrow"):
    import pyarrow as pa
    import ray.data  # noqa: F401  what is missing is said here, not by an actor

    from unstuff.integrations.arrow import Columns, annotate


class UnstuffScorer:
    """Adds a column of verdicts, a list of structs in reading order, and one of errors, to batches of documents.

    Parameters
    ----------
    text
        The column that is read: strings, or with ``html`` pages as strings or binary.
    url
        With ``html``, the column of the pages' addresses.
    verdicts, error
        Names of the columns added. A document that cannot be scored (null included) has null verdicts, and its error.
    found_only
        Only the verdicts on keyword blocks.
    model, point, threshold, gazetteer
        As in :class:`unstuff.Filter`; a model folder and a file of place names must be readable by the actors.
    """

    def __init__(
        self,
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
    ) -> None:
        self._columns = Columns(text, html, url, verdicts, error, found_only)
        self._scorer = Filter(model, point, threshold, gazetteer)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """A batch with its verdicts. Raises :class:`InputError` for columns or batches that do not fit."""
        if not isinstance(batch, pa.Table):
            raise InputError(f"a batch is {type(batch).__name__}; call map_batches with batch_format='pyarrow'")
        self._columns.check(batch.column_names)
        return annotate(batch, self._scorer, self._columns)


class UnstuffCleaner(UnstuffScorer):
    """Takes the keyword blocks out of a column, and adds what went as a column of verdicts, and one of errors.

    Takes what :class:`UnstuffScorer` does. Offsets refer to the text as it was; a document that cannot be scored keeps
    its text.
    """

    def __init__(self, text: str = "text", *, found_only: bool = True, **options: Any) -> None:
        super().__init__(text, found_only=found_only, **options)
        self._columns = replace(self._columns, clean=True)

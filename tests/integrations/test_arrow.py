"""Columns of Arrow: what is text by its type, and what is not."""

from typing import Any

import pytest

from unstuff import Filter

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from unstuff.integrations.arrow import Columns, annotate


def error_of(column: Any, scorer: Filter) -> str:
    table = annotate(pa.table({"text": column}), scorer, Columns("text"))
    return table.column(Columns("text").error).to_pylist()[0] or ""


def test_bytes_are_told_as_what_their_column_holds(scorer: Filter) -> None:
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        assert error_of(pa.array([b"ok \xff"]).cast(kind, safe=False), scorer).startswith("is no UTF-8")
    dictionary = pa.array(["a"]).dictionary_encode()
    assert error_of(dictionary, scorer) == ""
    for kind in (pa.binary(), pa.large_binary(), pa.binary_view(), pa.binary(3)):
        assert error_of(pa.array([b"abc"], kind), scorer).startswith("is bytes, expected a string")

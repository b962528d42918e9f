"""Columns of Arrow that hold text."""

from __future__ import annotations

import base64
from typing import Any

from unstuff.extras import need


def is_text(kind: Any) -> bool:
    """Whether a type is string or binary, also in a dictionary."""
    types = need("parquet").types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    tests = (types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary)
    return any(test(kind) for test in tests)


def values(column: Any) -> list[Any]:
    """The values of a column; all as bytes where one of its strings is no UTF-8."""
    try:
        found: list[Any] = column.to_pylist()
    except UnicodeDecodeError:  # Arrow does not check what a file calls UTF-8
        found = _as_binary(column).to_pylist()
    return found


def _as_binary(column: Any) -> Any:
    pyarrow = need("parquet")
    if pyarrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pyarrow.large_binary())


def replaced(column: Any, changes: dict[int, bytes]) -> Any:
    """The column with some of its values replaced, in its own type."""
    pyarrow = need("parquet")
    types, kind = pyarrow.types, column.type
    binary = _as_binary(column).to_pylist()
    for i, value in changes.items():
        binary[i] = value
    inner = kind.value_type if types.is_dictionary(kind) else kind
    large = types.is_large_string(inner) or types.is_large_binary(inner)
    array = pyarrow.array(binary, pyarrow.large_binary() if large else pyarrow.binary())
    if types.is_string(inner) or types.is_large_string(inner):
        array = array.view(inner)  # unlike a cast, it leaves invalid UTF-8 elsewhere in the column alone
    elif inner != array.type:
        array = array.cast(inner)
    return array.dictionary_encode().cast(kind) if types.is_dictionary(kind) else array


def plain(value: Any) -> Any:
    """A value as JSON can have it; bytes in base 64."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {str(key): plain(own) for key, own in value.items()}
    if isinstance(value, list | tuple):
        return [plain(own) for own in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)

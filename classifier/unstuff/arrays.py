"""Bytes of an ``.npz`` file -> arrays that are exactly those expected; everything else is refused.

NumPy's own reader follows what a file says of itself: any names, types and sizes. Here a file's word counts for nothing
until it is what is expected of it, and nothing is unpacked before its size is known to be in bounds. Nothing is ever
unpickled.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from unstuff.errors import ModelError

# Room for the half million names that a user may add; the shipped model's longest table has 11,000 rows.
MAX_ROWS = 1 << 20
MAX_FILE_BYTES = 32 << 20
_MAX_BYTES = 64 << 20  # unpacked
_MAX_HEADER_BYTES = 1024
_MAX_NAME_CHARS = 64
# Log-odds beyond it mean nothing, and what is computed from larger numbers need not be finite.
_MAX_WEIGHT = 1e6
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IS_ENCRYPTED = 0x1


class Unusable(ModelError):
    """What is wrong with a file of a model, before it is said which model it is."""


class Expected(NamedTuple):
    """The type of an array, "str" for strings of any length, and how many rows it has; None: any number."""

    dtype: str
    n_rows: int | None = None
    is_optional: bool = False


def unpack(content: bytes, expected: Mapping[str, Expected]) -> dict[str, NDArray[Any]]:
    """The arrays of a file, by name. Raises :class:`Unusable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = _entries(archive, expected)
            return {name: _array(_unpacked(archive, entry), expected[name], name) for name, entry in entries.items()}
    except Unusable:
        raise
    except Exception as error:  # zipfile and NumPy's header raise a dozen kinds for damaged bytes
        raise Unusable(f"is damaged ({error or type(error).__name__})") from error


def _entries(archive: zipfile.ZipFile, expected: Mapping[str, Expected]) -> dict[str, zipfile.ZipInfo]:
    """The archive's entries by name of the array, none of them unpacked yet."""
    entries = archive.infolist()
    found = {entry.filename.removesuffix(".npy"): entry for entry in entries}
    for name, own in expected.items():
        if name not in found and not own.is_optional:
            raise Unusable(f"{name} is missing")
    if len(entries) > len(found) or not found.keys() <= expected.keys():
        other = next((name for name in found if name not in expected), "an array twice")
        raise Unusable(f"holds {other[:_MAX_NAME_CHARS]!r}, which is not expected")
    if sum(entry.file_size for entry in entries) > _MAX_BYTES:
        raise Unusable(f"holds more than {_MAX_BYTES} bytes")
    if any(entry.compress_type not in _PACKINGS or entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise Unusable("is packed otherwise than by deflate")
    return found


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """As many bytes as the directory says; ``ZipFile.read`` unpacks the rest too before it finds that there is more."""
    with archive.open(entry) as file:
        return file.read(entry.file_size + 1)


def _array(data: bytes, expected: Expected, name: str) -> NDArray[Any]:
    file = io.BytesIO(data)
    version = np.lib.format.read_magic(file)
    if version != (1, 0):
        raise Unusable(f"{name} is in version {version} of NumPy's format, expected (1, 0)")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file, max_header_size=_MAX_HEADER_BYTES)
    _check_form(name, shape, dtype, expected)
    if len(data) - file.tell() != shape[0] * dtype.itemsize:
        raise Unusable(f"{name} holds {len(data) - file.tell()} bytes, expected {shape[0] * dtype.itemsize}")
    array = np.frombuffer(data, dtype, shape[0], file.tell())
    _check_values(name, array)
    return array


def _check_form(name: str, shape: tuple[int, ...], dtype: np.dtype[Any], expected: Expected) -> None:
    is_str = dtype.kind == "U" and dtype.isnative and 0 < dtype.itemsize <= 4 * _MAX_NAME_CHARS
    right_type = is_str if expected.dtype == "str" else dtype == np.dtype(expected.dtype)
    right_shape = len(shape) == 1 and (
        0 <= shape[0] <= MAX_ROWS if expected.n_rows is None else shape[0] == expected.n_rows
    )
    if not right_type or not right_shape:
        rows = f"at most {MAX_ROWS}" if expected.n_rows is None else f"{expected.n_rows}"
        raise Unusable(f"{name} is {str(dtype)[:_MAX_NAME_CHARS]} {shape[:3]}, expected {expected.dtype} ({rows},)")


def _check_values(name: str, array: NDArray[Any]) -> None:
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise Unusable(f"{name} holds values that are not finite")
    if array.dtype.kind == "f" and float(np.abs(array).max(initial=0)) > _MAX_WEIGHT:
        raise Unusable(f"{name} holds values beyond {_MAX_WEIGHT:,.0f}")
    if array.dtype.kind == "U" and (array.view(np.uint32) > 0x10FFFF).any():
        raise Unusable(f"{name} holds characters that are none")

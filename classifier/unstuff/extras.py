"""Libraries that come with an extra: imported when they are needed, or answered with the pip command."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from unstuff.errors import MissingExtra

_PACKAGE = {"parquet": "pyarrow", "warc": "fastwarc", "zstd": "zstandard", "remote": "fsspec"}


def need(extra: str, module: str = "") -> Any:
    """The module (default: the extra's package). Raises :class:`MissingExtra` with the command that installs it."""
    package = _PACKAGE[extra]
    try:
        return import_module(module or package)
    except ImportError as error:
        raise MissingExtra.of(extra, package) from error

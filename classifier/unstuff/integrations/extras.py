"""What a host's module says when its host is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from unstuff.errors import MissingExtra


@contextmanager
def extra(name: str, *packages: str, module: str = "") -> Iterator[None]:
    """Imports of an extra's packages, inside.

    ``packages`` are the names they are imported by (default: the extra's own), ``module`` is the integration that needs
    them (default: that of the extra's name). Raises :class:`MissingExtra` with the pip command for one that is missing;
    another missing module, such as a dependency of the host, is reported as it is.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in (packages or (name,)):
            raise
        raise MissingExtra.of(name, missing, f"integrations.{module or name}") from error

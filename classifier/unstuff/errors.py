"""The errors unstuff raises on purpose. Each message says what was given, what is expected and what to do."""

from __future__ import annotations


class UnstuffError(Exception):
    """Base of every error that unstuff raises on purpose."""


class InputError(UnstuffError, ValueError):
    """A document, label file or option that cannot be used as given."""


class ModelError(UnstuffError, ValueError):
    """A model folder that is missing, damaged, or of a protocol this version does not read."""


class MissingExtra(UnstuffError, ImportError):
    """A feature whose optional dependency is not installed; the message holds the pip command."""

    @classmethod
    def of(cls, extra: str, package: str, what: str = "") -> MissingExtra:
        """The error that ``what`` needs a package of an extra."""
        return cls(f"{what} needs {package}, which is not installed; run: pip install 'unstuff[{extra}]'".lstrip())

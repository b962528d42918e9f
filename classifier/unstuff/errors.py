"""The errors unstuff raises on purpose. Each message says what was given, what is expected and what to do."""


class UnstuffError(Exception):
    """Base of every error that unstuff raises on purpose."""


class InputError(UnstuffError, ValueError):
    """A document, label file or option that cannot be used as given."""


class ModelError(UnstuffError, ValueError):
    """A model folder that is missing, damaged, or of a protocol this version does not read."""


class MissingExtra(UnstuffError, ImportError):
    """A feature whose optional dependency is not installed; the message holds the pip command."""

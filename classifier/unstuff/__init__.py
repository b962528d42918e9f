"""unstuff finds keyword blocks injected into web pages for search engines, paragraph by paragraph."""

from unstuff.caps import Caps
from unstuff.errors import InputError, MissingExtra, ModelError, UnstuffError
from unstuff.filter import Filter, Verdict
from unstuff.page import Page, Paragraph
from unstuff.reasons import Reason

__version__ = "0.1.0"

__all__ = [
    "Caps",
    "Filter",
    "InputError",
    "MissingExtra",
    "ModelError",
    "Page",
    "Paragraph",
    "Reason",
    "UnstuffError",
    "Verdict",
    "__version__",
]

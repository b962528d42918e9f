"""HTML -> ``Page``, and HTML without some of its text. One paragraph builder serves both.

Bytes are decoded (``encoding``), parsed under a clock (``parsing``), and turned into paragraphs event by event
(``paragraphs``), block by block (``blocks``), with the evidence of ``visibility`` and ``sites``; ``removal`` records
the same events.
"""

from unstuff.html.reading import read
from unstuff.html.removal import remove, removed_markup
from unstuff.html.sites import registrable_domain

__all__ = ["read", "registrable_domain", "remove", "removed_markup"]

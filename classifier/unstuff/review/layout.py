"""The page's HTML: template, style, script, and what is asked and was said as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from unstuff.excerpt import printable
from unstuff.report.assets import BASE_CSS, BASE_JS, as_json, joined, policy, script
from unstuff.review.subject import Candidate

_FOLDER = Path(__file__).parent


class Page:
    """The page about some candidates; ``about`` is what stands in its head: model, threshold, the answers' file."""

    def __init__(self, candidates: Sequence[Candidate], about: Mapping[str, Any]) -> None:
        self._items = [candidate.shown for candidate in candidates]
        self._about = dict(about)
        self._style = joined(BASE_CSS, _FOLDER / "review.css")
        self._script = script(BASE_JS, _FOLDER / "review.js")
        self.policy = policy(self._style, self._script, "connect-src 'self'", "frame-ancestors 'none'")

    def html(self, given: Mapping[str, str]) -> bytes:
        """The page with what was said so far."""
        asked = {"items": self._items, "given": list(given.items()), "about": self._about}
        page = Template(joined(_FOLDER / "review.html")).substitute(
            style=self._style,
            script=self._script,
            made=escape(printable(self._about["made"])),
            asked=as_json(asked),
        )
        return page.encode()

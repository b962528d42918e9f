"""The report's HTML around its data: template, style and script, and the policy that lets nothing else run."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from unstuff.excerpt import printable
from unstuff.report.assets import BASE_CSS, BASE_JS, as_json, joined, policy, script
from unstuff.report.overview import overview
from unstuff.report.record import COLUMNS, Limits
from unstuff.report.tally import Tally

if TYPE_CHECKING:
    from unstuff.report import Made

_FOLDER = Path(__file__).parent
_SCRIPTS = ("page.js", "table.js", "document.js")
# Where texts go: between the page and its end.
_TEXTS = "<!-- texts -->\n"


def head(made: Made, tally: Tally, limits: Limits, rows: list[list[Any]]) -> bytes:
    """All that stands before the texts."""
    style, code = joined(BASE_CSS, _FOLDER / "page.css"), script(BASE_JS, *(_FOLDER / name for name in _SCRIPTS))
    page = Template(_template()[0]).substitute(
        policy=policy(style, code),
        style=style,
        script=code,
        made=escape(printable(str(made))),
        overview=overview(tally, limits, made.threshold),
        index=as_json({"columns": COLUMNS, "rows": rows, "max_mb": limits.max_mb}),
    )
    return page.encode()


def tail() -> bytes:
    """All that stands after the texts."""
    return _template()[1].encode()


@cache
def _template() -> tuple[str, str]:
    before, _, after = joined(_FOLDER / "page.html").partition(_TEXTS)
    return before, after

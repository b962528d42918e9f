"""The report's HTML around its data: template, style and script, and the policy that lets nothing else run."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from unstuff.excerpt import printable
from unstuff.report.overview import overview
from unstuff.report.record import COLUMNS, Limits
from unstuff.report.tally import Tally
from unstuff.sources import dumps

if TYPE_CHECKING:
    from unstuff.report import Made

_FOLDER = Path(__file__).parent
# Where texts go: between the page and its end.
_TEXTS = "<!-- texts -->\n"


def head(made: Made, tally: Tally, limits: Limits, rows: list[list[Any]]) -> bytes:
    """All that stands before the texts."""
    style, script = _asset("page.css"), _script()
    page = Template(_template()[0]).substitute(
        policy=_policy(style, script),
        style=style,
        script=script,
        made=escape(printable(_signature(made))),
        overview=overview(tally, limits, made.threshold),
        index=_json({"columns": COLUMNS, "rows": rows, "max_mb": limits.max_mb}),
    )
    return page.encode()


def tail() -> bytes:
    """All that stands after the texts."""
    return _template()[1].encode()


def data(name: str, value: Any) -> bytes:
    """An element with a value as JSON, which the browser keeps and does not run."""
    return f'<script type="application/json" id="{name}">{_json(value)}</script>\n'.encode()


def _json(value: Any) -> str:
    """JSON that cannot end or open an element: it has no "<" in it."""
    return dumps(value).decode().strip().replace("<", "\\u003c")


def _policy(style: str, script: str) -> str:
    """Content security: this script, this style, and nothing from anywhere; no HTML made from text."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _signature(made: Made) -> str:
    point = f"operating point {made.point}" if made.point else "threshold given"
    return f"unstuff {made.unstuff}, model {made.model} ({made.checksum}), {point}, threshold {made.threshold:.6f}"


@cache
def _script() -> str:
    """The parts of the script in one function, so that nothing of the document's can take their names."""
    parts = "\n".join(map(_asset, ("page.js", "table.js", "document.js")))
    return f'\n"use strict";\n(() => {{\n{parts}}})();\n'


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


@cache
def _template() -> tuple[str, str]:
    before, _, after = _asset("page.html").partition(_TEXTS)
    return before, after

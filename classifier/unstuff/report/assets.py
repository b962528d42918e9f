"""What pages for a browser are made of: style, script, data, and the policy that lets nothing else run."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from unstuff.sources import dumps

# Pages share a style and a script.
BASE_CSS = Path(__file__).with_name("base.css")
BASE_JS = Path(__file__).with_name("base.js")


@cache
def joined(*paths: Path) -> str:
    """The text of files, one after the other."""
    return "".join(path.read_text("utf-8") for path in paths)


@cache
def script(*paths: Path) -> str:
    """The parts of a script in one function, so that nothing of the document's can take their names."""
    return f'\n"use strict";\n(() => {{\n{joined(*paths)}}})();\n'


def policy(style: str, script: str, *more: str) -> str:
    """Content security: this script, this style, and nothing from anywhere; no HTML made from text."""
    directives = (
        "default-src 'none'",
        f"script-src {_hash(script)}",
        f"style-src {_hash(style)}",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join((*directives, *more))


def as_json(value: Any) -> str:
    """JSON that cannot end or open an element: it has no "<" in it."""
    return dumps(value).decode().strip().replace("<", "\\u003c")


def data(name: str, value: Any) -> bytes:
    """An element with a value as JSON, which the browser keeps and does not run."""
    return f'<script type="application/json" id="{name}">{as_json(value)}</script>\n'.encode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

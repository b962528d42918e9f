"""A value as a line of JSON, and back; lone surrogates of page text survive both ways."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import asdict
from typing import Any

import orjson

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def load(line: bytes) -> Any:
    """The value of a line of JSON. Raises ValueError or RecursionError."""
    line = line.removeprefix(codecs.BOM_UTF8)
    try:
        return orjson.loads(line)
    except ValueError:  # orjson takes no escapes of lone surrogates and no NaN
        return json.loads(line.decode())


def dumps(value: Any) -> bytes:
    r"""One line of JSON; lone surrogates are written as ``\udXXX`` escapes."""
    try:
        return orjson.dumps(value) + b"\n"
    except TypeError:  # orjson takes no lone surrogates and no integers beyond 64 bits
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=asdict)
        return escape_surrogates(text).encode() + b"\n"


def escape_surrogates(text: str) -> str:
    r"""The text with lone surrogates as ``\udXXX``."""
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)

"""What one document may cost: how much of it is looked at, and what is said where that is not all.

The caps count, and the one clock among them runs only while the parser does: how busy the machine is changes nothing.
All real pages that were measured stay far below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from numbers import Integral, Real

from unstuff.errors import InputError


@dataclass(frozen=True, slots=True)
class Caps:
    """Upper bounds of what is looked at in one document; the rest is kept, not judged, and said to be cut.

    The defaults bound a document to 5 s and 500 MB on one core of 2026 (``python -m tests.hostile``). In 646 real HTML
    pages the largest were 70,147 code points of text, 1,032 paragraphs, 313,371 code points of markup, 8,916 tags,
    72,560 steps, and 82,384 code points of style sheets.
    """

    document_chars: int = 1 << 21
    """Code points of a text, or of the text of an HTML page."""
    document_paragraphs: int = 1 << 17
    """Paragraphs of a document."""
    markup_chars: int = 1 << 23
    """Code points of HTML that are parsed."""
    markup_tags: int = 1 << 19
    """Tags of HTML, each ``<`` counted; the text of an iframe is markup once more, and counts again."""
    end_tag_steps: int = 1 << 26
    """Stray end tags, each times the elements open where it stands, which the parser goes through for it."""
    style_chars: int = 1 << 20
    """Code points of style sheets that are read for rules that hide."""
    word_chars: int = 1 << 18
    """Code points cut into words, of a document longer than a window."""
    explained_paragraphs: int = 1 << 11
    """Paragraphs that reasons are worked out for."""
    parse_s: float = 5.0
    """Seconds of processor time that parsing HTML takes, the last resort for what the others do not bound."""

    def __post_init__(self) -> None:
        for cap in fields(self):
            value = getattr(self, cap.name)
            is_float = isinstance(cap.default, float)
            what = "number" if is_float else "whole number"
            if not isinstance(value, Real if is_float else Integral) or not value > 0:  # type: ignore[operator]
                raise InputError(f"cap {cap.name} is {value!r}, expected a {what} above 0")


DEFAULT = Caps()
_WHAT: Mapping[str, str] = {
    "document_chars": "its text is too long",
    "document_paragraphs": "it has too many paragraphs",
    "markup_chars": "its markup is too long",
    "markup_tags": "it has too many tags",
    "end_tag_steps": "it has too many stray end tags under open elements",
    "style_chars": "its style sheets are too long",
    "word_chars": "too much of it would have to be cut into words",
    "explained_paragraphs": "it has too many paragraphs to give reasons for",
    "parse_s": "parsing it took too long",
}


def told(cut_by: Iterable[str]) -> str:
    """What was cut of a document in words, and the options that raise the caps; "" when nothing was."""
    causes = [f"{_WHAT[name]} (--cap {name}=N raises the limit)" for name in cut_by]
    return f"was not looked at to its end: {'; '.join(causes)}" if causes else ""


def parsed(settings: Iterable[str]) -> Caps:
    """Caps from settings such as "document_chars=1000000"; the others keep their defaults."""
    kinds = {cap.name: type(getattr(DEFAULT, cap.name)) for cap in fields(Caps)}
    found: dict[str, float] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in kinds:
            raise InputError(f"cap {name!r} is unknown; there are {', '.join(kinds)}")
        try:
            found[name] = kinds[name](value)
        except ValueError:
            raise InputError(
                f"cap {setting!r} is no NAME=N with a number, such as {name}={getattr(DEFAULT, name)}"
            ) from None
    return Caps(**found)  # type: ignore[arg-type]  # each value is of its field's type

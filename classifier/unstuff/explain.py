"""Verdicts for people: a document's paragraphs with the flagged ones marked, and why. Plain text where no terminal is.

Page text is hostile: control characters, terminal escapes and direction marks in it are shown, never sent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from unstuff.filter import Verdict
from unstuff.mirror import find_signs
from unstuff.sources import Result

if TYPE_CHECKING:
    from rich.text import Text

_CONTENT_CHARS = 60
_FLAGGED_CHARS = 240
_N_REASONS = 6
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # letters of Persian and Indic scripts, and emoji, need them
_INDENT = " " * 8


def printable(text: str) -> str:
    r"""The text with what could steer a terminal written as escapes: ``\x1b``, ``\u202e``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    if unicodedata.category(char) not in _UNSAFE or char in _JOINERS:
        return char
    return char.encode("unicode_escape", "surrogatepass").decode()


def shorten(text: str, n_chars: int) -> str:
    """At most ``n_chars`` characters of a text, with its white space in one line."""
    # Long texts are cut before they are looked at; runs of white space may cost some of what is shown.
    text = " ".join(text[: 2 * n_chars + 1].split())
    return printable(text if len(text) <= n_chars else text[: n_chars - 1] + "…")


def show(result: Result, file: TextIO, *, all_reasons: bool = False) -> None:
    """Print a document's paragraphs, the reasons of the flagged ones (or of all), and a closing line."""
    from rich.console import Console

    console = Console(file=file, highlight=False, markup=False, emoji=False, soft_wrap=True)
    # Captured, since rich ends the program with exit code 1 when it meets a closed pipe.
    with console.capture() as captured:
        for line in _lines(result, all_reasons):
            console.print(line)
    file.write(captured.get())


def _lines(result: Result, all_reasons: bool) -> Iterator[Text]:
    from rich.text import Text

    yield Text(printable(str(result.document.id)), "bold")
    yield Text()
    for verdict in result.verdicts:
        yield _paragraph(verdict)
        if verdict.found or all_reasons:
            yield from _reasons(verdict, all_reasons)
    yield Text()
    yield Text(_summary(result), "bold")
    signs = find_signs(result.page.text if result.page else "")
    if signs.found:
        yield Text(f"the page looks like a mirror: {signs.describe()}", "yellow")
    if result.page and result.page.truncated:
        yield Text("the page was too costly to parse to its end; what follows was not looked at", "yellow")


def _paragraph(verdict: Verdict) -> Text:
    from rich.text import Text

    notes = (verdict.kind if verdict.kind in ("title", "meta") else "", "hidden" if verdict.hidden else "")
    note = f"({', '.join(filter(None, notes))}) " if any(notes) else ""
    text = note + shorten(verdict.text, _FLAGGED_CHARS if verdict.found else _CONTENT_CHARS)
    mark, style = (">", "bold red") if verdict.found else (" ", "dim" if verdict.hidden else "")
    return Text(f"{mark} {verdict.paragraph:4d}  {verdict.score:6.4f}  {text}", style)


def _reasons(verdict: Verdict, all_reasons: bool) -> Iterator[Text]:
    from rich.text import Text

    shown = [reason for reason in verdict.reasons if all_reasons or reason.weight >= 0.05]
    for reason in shown if all_reasons else shown[:_N_REASONS]:
        weight = f"{_INDENT}{reason.name:16s} {reason.weight:+6.1f}  "
        yield Text.assemble((weight, "yellow"), printable(reason.detail))


def _summary(result: Result) -> str:
    n, n_found = len(result.verdicts), sum(verdict.found for verdict in result.verdicts)
    if not n:
        return "no paragraphs"
    paragraphs = "paragraph" if n == 1 else "paragraphs"
    blocks = "is a keyword block" if n_found == 1 else "are keyword blocks"
    return f"{n_found or 'none'} of {n} {paragraphs} {blocks}"

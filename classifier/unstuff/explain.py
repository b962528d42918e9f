"""Verdicts for people: a document's paragraphs with the flagged ones marked, and why. Plain where no terminal is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from unstuff.caps import told
from unstuff.excerpt import excerpt, printable
from unstuff.filter import Verdict
from unstuff.mirror import find_signs
from unstuff.sources import Result

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_CONTENT_CHARS = 60
_FLAGGED_CHARS = 240
_N_REASONS = 6
_INDENT = " " * 8
_BESIDE_CELLS = 100  # reasons stand beside their paragraph on terminals so wide, else under it


def show(result: Result, file: TextIO, *, all_reasons: bool = False) -> None:
    """Print a document's paragraphs, the reasons of the flagged ones (or of all), and a closing line."""
    from rich.console import Console

    console = Console(file=file, highlight=False, markup=False, emoji=False, soft_wrap=True)
    beside = console.is_terminal and console.width >= _BESIDE_CELLS
    # Captured, since rich ends the program with exit code 1 when it meets a closed pipe.
    with console.capture() as captured:
        console.print(_heading(result))
        for verdict in result.verdicts:
            _show_paragraph(console, verdict, all_reasons, beside)
        for line in _closing(result):
            console.print(line)
    file.write(captured.get())


def _heading(result: Result) -> Text:
    from rich.text import Text

    return Text(printable(str(result.document.id)) + "\n", "bold")


def _closing(result: Result) -> Iterator[Text]:
    from rich.text import Text

    yield Text("\n" + _summary(result), "bold")
    signs = find_signs(result.page.looked_at if result.page else "")
    if signs.found:
        yield Text(f"the page looks like a mirror: {signs.describe()}", "yellow")
    if result.page and result.page.truncated:
        yield Text(f"the document {told(result.page.cut_by)}", "yellow")


def _show_paragraph(console: Console, verdict: Verdict, all_reasons: bool, beside: bool) -> None:
    from rich.text import Text

    number, text = _number(verdict), _text(verdict)
    reasons = list(_reasons(verdict, all_reasons)) if verdict.found or all_reasons else []
    if reasons and beside:
        console.print(_side_by_side(number, text, reasons), soft_wrap=False)
        return
    console.print(Text.assemble(number, text))  # + would give the number's style to both
    for name, detail in reasons:
        console.print(_INDENT, name, detail, sep="")


def _side_by_side(number: Text, text: Text, reasons: list[tuple[Text, Text]]) -> RenderableType:
    from rich.table import Table

    grid, beside = Table.grid(expand=True, padding=(0, 2, 0, 0)), Table.grid()
    for name, detail in reasons:
        beside.add_row(name, detail)
    beside.columns[0].no_wrap = True
    beside.columns[1].overflow = "fold"
    number.rstrip()
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(ratio=1)
    grid.add_row(number, text, beside)
    return grid


def _number(verdict: Verdict) -> Text:
    from rich.text import Text

    mark = ">" if verdict.found else " "
    return Text(f"{mark} {verdict.paragraph:4d}  {verdict.score:6.4f}  ", "bold red" if verdict.found else "")


def _text(verdict: Verdict) -> Text:
    from rich.text import Text

    notes = (verdict.kind if verdict.kind in ("title", "meta") else "", "hidden" if verdict.hidden else "")
    line = Text(f"({', '.join(filter(None, notes))}) " if any(notes) else "")
    shown = excerpt(verdict, _FLAGGED_CHARS if verdict.found else _CONTENT_CHARS).pieces
    partly = verdict.found and len(shown) > 1
    for piece in shown:
        # Brackets tell the part also where there is no colour.
        text = f"[[{piece.text}]]" if partly and piece.injected else piece.text
        line.append(text, "bold red" if piece.injected else "dim" if verdict.hidden else "")
    return line


def _reasons(verdict: Verdict, all_reasons: bool) -> Iterator[tuple[Text, Text]]:
    from rich.text import Text

    shown = [reason for reason in verdict.reasons if all_reasons or reason.weight >= 0.05]
    for reason in shown if all_reasons else shown[:_N_REASONS]:
        yield Text(f"{reason.name:16s} {reason.weight:+6.1f}  ", "yellow"), Text(printable(reason.detail))


def _summary(result: Result) -> str:
    n, n_found = len(result.verdicts), sum(verdict.found for verdict in result.verdicts)
    if not n:
        return "no paragraphs"
    paragraphs = "paragraph" if n == 1 else "paragraphs"
    blocks = "is a keyword block" if 1 in (n, n_found) else "are keyword blocks"
    return f"{n_found or 'none'} of {n} {paragraphs} {blocks}"

"""Rows and shares as aligned text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from unstuff.evaluation.intervals import Share, percent

# Markup of Markdown and HTML inside a line, underscores within words aside, and what makes an address a link.
_MARKUP = re.compile(r"[\\`*\[\]<>&|~$]|(?<![^\W_])_|_(?![^\W_])|(?<=http):|(?<=https):|(?<=ftp):|(?<=www)\.", re.I)


def as_markdown(text: str) -> str:
    """Plain text of one line as Markdown that shows it as it is: no markup, no HTML, no live link."""
    return _MARKUP.sub(r"\\\g<0>", text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], markdown: bool = False) -> str:
    """Rows of plain text under a head, aligned or as Markdown."""
    lines = [list(head), *map(list, rows)]
    if markdown:
        cells = [list(map(as_markdown, line)) for line in lines]
        cells.insert(1, ["---"] * len(head))
        return "\n".join("| " + " | ".join(line) + " |" for line in cells)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def share_table(
    name: str, shares: Mapping[str, Share] | Iterable[tuple[str, Share]], what: str = "share", markdown: bool = False
) -> str:
    """One line a share: name, share, 95 % interval, n, groups; where n is 0, n alone."""
    rows = []
    for key, found in shares.items() if isinstance(shares, Mapping) else shares:
        interval = f"{percent(found.low)} to {percent(found.high)}" if found.n else ""
        rows.append((key, percent(found.value), interval, str(found.n), str(found.n_groups)))
    return table((name, what, "95 % interval", "n", "groups"), rows, markdown)

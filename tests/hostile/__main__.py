"""A table of hostile inputs with time, peak memory and outcome: ``python -m tests.hostile [WORDS…]``.

Words choose the cases whose names hold one of them. Exits with 1 when a promise was broken, with 2 when no name holds a
word. Linux only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.hostile import files, growth, models, pages, places, texts
from tests.hostile.case import Case, measure
from unstuff.evaluation import table

CASES: tuple[Case, ...] = (
    *texts.CASES, *pages.CASES, *growth.CASES, *files.CASES, *places.CASES, *models.CASES,
)  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Measure the chosen cases and print them."""
    chosen = [case for case in CASES if not words or any(word in case.name for word in words)]
    if not chosen:
        print("no case has such a name; there are:", *(case.name for case in CASES), sep="\n  ", file=sys.stderr)
        return 2
    rows = []
    for case in chosen:
        print(case.name, file=sys.stderr)
        rows.append(measure(case))
    cells = [
        (m.name, f"{m.seconds:.2f}", f"{m.peak_mb:.0f}", m.outcome if m.kept else f"BROKEN: {m.outcome}") for m in rows
    ]
    print(table(("input", "seconds", "peak MB", "outcome"), cells, markdown=True))
    return int(not all(m.kept for m in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

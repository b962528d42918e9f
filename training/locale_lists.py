"""Countries, languages, currencies and months as pages of the world list them: ``python -m training.locale_lists``.

What is flagged of lists in languages that the generator draws no names of (``honest/locales.py`` has the others), by
what the list holds, by how it is laid out and by language. Each list stands under two sentences of filler.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from training.draw import Rng, between, some
from training.evaluate import POINTS, flagged_at, signature
from training.honest.locales import month_names, names
from unstuff import Filter
from unstuff.evaluation import table

LOCALES = ("af", "am", "be", "cy", "eu", "ga", "gl", "gu", "is", "kn", "km", "ky", "lo", "mk", "ml", "mn", "mr", "my",
           "ne", "pa", "si", "sq", "uz", "zu")  # fmt: skip
TABLES = ("territories", "languages", "currencies", "months")
SIZES = (8, 20, 60)
SEED = 23
# {x} an item. Between links side by side a page has white space or nothing.
LAYOUTS = {
    "links side by side": ("", '<a href="/{n}">{x}</a>'),
    "links and spaces": (" ", '<a href="/{n}">{x}</a>'),
    "list of links": ("", '<li><a href="/{n}">{x}</a></li>'),
    "drop-down": ("", "<option>{x}</option>"),
    "commas": (", ", "{x}"),
    "bars": (" | ", "{x}"),
    "one a line": ("<br>", "{x}"),
}
_TEXT = "<p>{0}</p><p>{0}</p>"
_FILLER = "The hall is open on weekdays from nine to five, and tickets are sold at the door or by post."


class Listed(NamedTuple):
    """A page with a list, and what it is."""

    html: str
    locale: str
    table: str
    layout: str


def pages(rng: Rng) -> Iterator[Listed]:
    """A page of every locale, table, size and layout; lists of one size hold the same names in all layouts."""
    for locale in LOCALES:
        for kind in TABLES:
            every = months(rng, locale) if kind == "months" else names(locale, kind)
            for size in SIZES:
                items = every[:size] if kind == "months" else sorted(some(rng, every, size))
                for layout, (joint, form) in LAYOUTS.items():
                    body = joint.join(form.format(n=n, x=escape(item)) for n, item in enumerate(items))
                    yield Listed(f"{_TEXT.format(_FILLER)}<div>{body}</div>", locale, kind, layout)


def months(rng: Rng, locale: str) -> list[str]:
    """The months of five years, the last first, with how many posts each has."""
    own = month_names(locale)
    return [f"{own[-1 - at % 12]} {2026 - at // 12} ({between(rng, 1, 99)})" for at in range(60)]


def rows(scorer: Filter, listed: Sequence[Listed]) -> Iterator[tuple[str, ...]]:
    """A row of all lists, then one each for what they hold, for each layout and each language with any flagged."""
    scores = np.array([
        max((verdict.score for verdict in verdicts if verdict.text != _FILLER), default=0.0)
        for verdicts in scorer.score_htmls(one.html for one in listed)
    ])  # fmt: skip
    locales = np.array([one.locale for one in listed])
    marks = {"all": np.ones(len(listed), bool)}
    for column in ("table", "layout", "locale"):
        of = np.array([getattr(one, column) for one in listed])
        marks |= {f"{column} {name}": of == name for name in dict.fromkeys(of.tolist())}
    for name, own in marks.items():
        if name.startswith("locale") and not (scores[own] >= scorer.model.points["balanced"]).any():
            continue
        yield name, str(int(own.sum())), *flagged_at(scorer.model.points, scores[own], locales[own])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m training.locale_lists", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--model", help="model folder; default: the shipped one")
    scorer = Filter(parser.parse_args(arguments).model)
    head = ("lists", "n", *(f"flagged at {point}" for point in POINTS))
    found = rows(scorer, list(pages(np.random.default_rng(SEED))))
    print(signature(scorer.model), table(head, found, markdown=True), sep="\n\n")


if __name__ == "__main__":
    main()

"""Whether the shipped model keeps its floors: ``python -m training.gate --data DIR``.

Nothing is fitted. The test split and the pages written by hand are scored anew; figures out of fold and those of the
protocols are the ones that the release wrote into metrics.json. The repository's own pages are checked always, and
alone where there is no data: then the gate says NOT GATED. Exits with 1 when a floor is breached, a page is wrong, or
the data is not the data that the floors were pinned with.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from training import corpus
from training.corpus import add_data_option
from training.evaluate import Figures, metrics, of_sides, signature, test_side
from training.floors import FILE, Floor, Floors, changelog_line, data_checksum, loosened, updated
from unstuff import Filter, Page, artifact
from unstuff.errors import ModelError, UnstuffError
from unstuff.evaluation import percent, table
from unstuff.model import Model

ROOT = Path(__file__).parents[1]
OWN_PAGES = ROOT / "tests" / "data"
CHANGELOG = ROOT / "CHANGELOG.md"
_COMPUTED = ("test/", "written/")


# --- the repository's own pages -------------------------------------------------------------------------------------


def own_pages(folder: Path = OWN_PAGES) -> Iterator[tuple[str, Page, list[int]]]:
    """The pages that ship with the repository: name, page, numbers of the injected paragraphs."""
    for name, labels in orjson.loads((folder / "labels.json").read_bytes()).items():
        content = (folder / name).read_bytes()
        if name.endswith(".jsonl"):
            for row in map(orjson.loads, content.splitlines()):
                page = Page.from_html(row["html"], row["url"]) if "html" in row else Page.from_text(row["text"])
                yield f"{name}: {row['id']}", page, labels[row["id"]]
        else:
            yield (
                name,
                Page.from_html(content) if name.endswith(".html") else Page.from_text(content.decode()),
                labels[""],
            )


def wrong_pages(scorer: Filter) -> list[str]:
    """A line for every own page with other paragraphs flagged than those injected."""
    wrong = []
    pages = list(own_pages())
    for (name, _, injected), verdicts in zip(pages, scorer.score_pages(page for _, page, _ in pages), strict=True):
        found = [verdict.paragraph for verdict in verdicts if verdict.found]
        if found != injected:
            wrong.append(f"{name}: paragraphs {found} flagged, {injected} injected")
    return wrong


# --- the data -------------------------------------------------------------------------------------------------------


def all_figures(model: Model, folder: Path, data: Path) -> Figures:
    """What was measured now, and from the model folder what takes fitting."""
    path = folder / "metrics.json"
    if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != _sealed_checksum(model):
        raise ModelError(
            f"model {str(folder)!r}: metrics.json was changed (its checksum differs); release the model anew"
        )
    released = {name: own for name, own in metrics.read(folder).items() if not name.startswith(_COMPUTED)}
    documents = corpus.load(data)
    return released | of_sides([test_side(model, corpus.split(documents)["test"])], model, documents)


def _sealed_checksum(model: Model) -> str:
    return str(model.config.get("checksums", {}).get("metrics.json", ""))


def report(floors: Floors, figures: Figures) -> str:
    """A line a floor."""
    rows = [_row(floor, figures) for floor in floors.floors]
    return table(("figure", "limit", "found", "n", "groups", "mark", ""), rows)


def _row(floor: Floor, figures: Figures) -> tuple[str, ...]:
    figure = figures.get(floor.figure)
    found, n, groups = "", "", ""
    if figure is not None:
        interval = f" ({percent(figure.low)} to {percent(figure.high)})" if floor.of == "value" and figure.n else ""
        found, n, groups = f"{_shown(floor.value_of(figure))}{interval}", str(figure.n), str(figure.groups)
    name = floor.figure + (f" ({floor.of})" if floor.of != "value" else "")
    origin = "" if floor.figure.startswith(_COMPUTED) else " (from metrics.json)"
    sign = "<=" if floor.is_ceiling else ">="
    limit = "not pinned" if floor.limit is None else f"{sign} {_shown(floor.limit)}"
    verdict = floor.breach(figures) or ("ok" if floor.limit is not None else "")
    reason = f"; misses its mark: {floor.exception}" if floor.misses_mark and floor.exception else ""
    return name, limit, found + origin, n, groups, "" if floor.mark is None else _shown(floor.mark), verdict + reason


def _shown(value: float) -> str:
    return percent(value) or "n=0"


def gated(floors: Floors, figures: Figures, checksum: str) -> bool:
    """Print the table and what is wrong; whether nothing is."""
    print(report(floors, figures))
    for point, where in floors.elsewhere.items():
        print(f"Not gated, measured elsewhere: mark {point}: {where}")
    if checksum != floors.data:
        print(f"The data is not what the floors were pinned with: {checksum[:12]}, expected {floors.data[:12]}")
    n_breached = sum(bool(floor.breach(figures)) for floor in floors.floors)
    print(f"{n_breached} of {len(floors.floors)} floors breached")
    return checksum == floors.data and not n_breached


# --- new floors -----------------------------------------------------------------------------------------------------


def update(floors: Floors, figures: Figures, model: Model, checksum: str, allow_lower: bool) -> list[str]:
    """Pin the floors to the figures, unless one would be loosened without leave; the reasons against it.

    The changelog must have a line of each that is loosened behind the first mention of the model: an earlier model may
    have needed the same one.
    """
    made_with = signature(model)
    new = Floors(tuple(updated(floor, figures) for floor in floors.floors), checksum, made_with, floors.elsewhere)
    against = []
    log = CHANGELOG.read_text("utf-8").partition(model.name)[2]
    for before, after in loosened(floors, new) if not floors.provisional else ():
        line = changelog_line(before, after)
        if not allow_lower:
            against.append(f"would be lowered: {line}; give --allow-lower")
        elif line not in log:
            against.append(f"CHANGELOG.md has no line with: {line}")
    if not against:
        new.write(FILE)
    return against


def main(arguments: Sequence[str] | None = None) -> int:
    """Gate, or pin new floors."""
    parser = argparse.ArgumentParser(
        prog="python -m training.gate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_data_option(parser)
    parser.add_argument("--model", type=Path, help="model folder; default: the shipped one")
    parser.add_argument("--require-data", action="store_true", help="fail where there is no data")
    parser.add_argument("--update", action="store_true", help="pin floors to the figures found; floors only tighten")
    parser.add_argument("--allow-lower", action="store_true", help="with --update: also loosen, as CHANGELOG.md says")
    options = parser.parse_args(arguments)
    if options.allow_lower and not options.update:
        parser.error("--allow-lower is for --update")
    has_data = options.data is not None and (Path(options.data) / "positives.jsonl").is_file()
    if not has_data and (options.require_data or options.update):
        parser.error("there is no collected data; use --data DIR or set UNSTUFF_DATA")
    try:
        return run(options, has_data)
    except UnstuffError as error:
        parser.error(str(error))


def run(options: argparse.Namespace, has_data: bool) -> int:
    """The exit code."""
    folder = options.model or artifact.shipped()
    scorer = Filter(folder)
    print(signature(scorer.model))
    wrong = wrong_pages(scorer)
    print(*wrong, f"Own pages: {len(wrong)} of {len(list(own_pages()))} wrong", sep="\n")
    if not has_data:
        print("NOT GATED: there is no collected data; the repository's own pages alone were checked")
        return int(bool(wrong))
    floors, figures = Floors.read(FILE), all_figures(scorer.model, folder, Path(options.data))
    checksum = data_checksum(Path(options.data))
    if options.update:
        against = update(floors, figures, scorer.model, checksum, options.allow_lower)
        if against:
            print("Nothing was written.", *against, sep="\n")
            return 1
        floors = Floors.read(FILE)
    return int(not gated(floors, figures, checksum) or bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())

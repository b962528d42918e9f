"""What ``unstuff train`` writes into a model folder, and what it says of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from unstuff import artifact, card, sources
from unstuff.cli.evaluate import plain, report, signature_of
from unstuff.evaluation import as_markdown, percent, table
from unstuff.excerpt import printable, shorten
from unstuff.filter import Filter
from unstuff.labels import Labelled
from unstuff.measure import Measured, figures, measure
from unstuff.model import Model

if TYPE_CHECKING:  # scikit-learn takes a second to load
    from unstuff.fit import Adapted, Trained

_MADE_BY = "unstuff train"
_UNNAMED = "(source not given)"
_N_SHOWN = 10
_MISTAKE_CHARS = 60
_SOURCE_CHARS = 100
_ADVICE = (
    "Until the bounds are met, delete nothing unseen: look at what --point sensitive flags. Content of more groups "
    "brings them nearer; whole honest pages are the quickest to label."
)
_SEALED = ("checksum", "checksums", "protocol")  # what a folder adds to its configuration


class Outcome(NamedTuple):
    """A model, how well it does, and what is to be known of it."""

    model: Model  # with its configuration
    fitted_on: Sequence[Labelled]
    measured: Measured
    note: str
    limits: Sequence[str]
    text: str  # what is printed before the figures
    extra: dict[str, Any]  # of metrics.json


def of_training(found: Trained, documents: Sequence[Labelled]) -> Outcome:
    """A model fitted on labelled documents."""
    from unstuff.fit import counts, n_shared

    config = found.model.config
    where = "groups that were not fitted on" if found.is_test else "every group, by a fit without its fold"
    labelled = counts(documents)
    note = _grouping(documents)
    note += f"Labelled: {_told(labelled)}. Fitted on: {_told(config['fitted_on'])}. Measured: {where}."
    if n := n_shared(documents):
        note += f" {n:,} texts stand in more than one group: fitted on in one, they are measured in another."
    unsupported = list(_unsupported(config))
    limits = (f"Only text like the {len(documents):,} labelled documents was ever seen.", *unsupported)
    advice = [_ADVICE] if unsupported else []
    text = "\n".join([note, "", _points(found), *(f"\n{line}" for line in unsupported + advice), "", *_highest(found)])
    return Outcome(found.model, found.fitted_on, found.measured, note, limits, text, {"labelled": labelled})


def _grouping(documents: Sequence[Labelled]) -> str:
    """What is said of documents that have no group but their id."""
    named = {document.group for document in documents if document.group != document.id}
    ids = Counter(document.id for document in documents if document.group not in named)
    if not ids:
        return ""
    some = f"{ids.total():,} of {len(documents):,} documents have no group: "
    if n_repeated := sum(n > 1 for n in ids.values()):
        return f"{some}those of one id are one group (ids of several: {n_repeated:,}). "
    return "Each document is its own group. " if len(ids) == len(documents) else f"{some}each is its own. "


def _highest(found: Trained) -> Iterator[str]:
    """The content that keeps thresholds up."""
    yield "Content with the highest scores out of fold; one wrong label among it raises the thresholds:"
    for mistake in found.highest:
        at = f"{printable(mistake.id)}, paragraph {mistake.paragraph}"
        yield f"{mistake.score:.4f}  {at}: {shorten(mistake.text, _MISTAKE_CHARS)}"


def of_adaptation(base: Model, adapted: Adapted, documents: Sequence[Labelled], name: str) -> Outcome:
    """A model adapted to corrections."""
    before, after = (measure(Filter(model), documents) for model in (base, adapted.model))
    change = _change(base, adapted, before, after)
    config = {key: value for key, value in base.config.items() if key not in _SEALED}
    config |= {"name": name, "adapted": [*(base.config.get("adapted") or ()), change]}
    note = (
        f"Adapted from {base.name} ({base.config['checksum'][:12]}) with {_told(change['corrections'])}. Operating "
        "points, calibration and bounds are that model's and were not measured anew; the figures are of the "
        "corrections themselves. What that model was fitted on is in its card."
    )
    text = "\n".join([note, "", *_said(change), *_still_wrong(after)])
    model = replace(adapted.model, name=name, config=config)
    return Outcome(model, documents, after, note, (note,), text, {"adapted": change})


def _change(base: Model, adapted: Adapted, before: Measured, after: Measured) -> dict[str, Any]:
    from unstuff.fit import counts

    was, now = (measured.flagged == measured.result.scored.label for measured in (before, after))
    return {
        "from": base.name,
        "from_checksum": base.config["checksum"],
        "corrections": counts(after.documents),
        "right_before": int(was.sum()),
        "right_after": int(now.sum()),
        "made_wrong": int((was & ~now).sum()),
        "weights_moved": int(np.count_nonzero(adapted.change)),
        "largest_change": float(np.abs(adapted.change).max()),
    }


def _said(change: Mapping[str, Any]) -> Iterator[str]:
    n = change["corrections"]["paragraphs"]
    yield (
        f"paragraphs right: before {change['right_before']:,} of {n:,}, now {change['right_after']:,}; "
        f"made wrong: {change['made_wrong']:,}"
    )
    yield f"weights moved: {change['weights_moved']:,}, at most by {change['largest_change']:.2f}"


def _still_wrong(measured: Measured) -> Iterator[str]:
    """The corrections that are not followed, the first ones."""
    own = [(document, i) for document in measured.documents for i in range(len(document.labels))]
    wrong = np.flatnonzero(measured.flagged != measured.result.scored.label).tolist()
    for row in wrong[:_N_SHOWN]:
        document, i = own[row]
        is_now = "flagged" if measured.flagged[row] else "not flagged"
        yield f"still wrong: {printable(document.place or document.id)}, paragraph {i} is {is_now}"
    if len(wrong) > _N_SHOWN:
        yield f"and {len(wrong) - _N_SHOWN} more still wrong"


def _told(counted: Mapping[str, int]) -> str:
    return (
        "{documents:,} documents in {groups:,} groups, {paragraphs:,} paragraphs, {keyword_block_paragraphs:,} of them "
        "in keyword blocks"
    ).format(**counted)


def _points(found: Trained) -> str:
    rows = [
        (
            name,
            f"{point['threshold']:.6f}",
            point["asked"],
            point["supported"],
            f"{point['n_flagged']:,} of {point['n']:,}",
            percent(found.recall[name].value),
        )
        for name, point in found.model.config["point_evidence"].items()
    ]
    return table(("point", "threshold", "bound asked", "95 % upper bound", "content flagged", "blocks found"), rows)


def _unsupported(config: Mapping[str, Any]) -> Iterator[str]:
    """What the labelled content was too little for."""
    for name, point in config["point_evidence"].items():
        if point["meets"]:
            continue
        yield (
            f"{name}: {point['n']:,} content paragraphs support a bound of {point['supported']}, not the "
            f"{point['asked']} asked for, which takes about {_needed(point)} like them; its threshold flags "
            f"{point['n_flagged'] or 'none'} of them."
        )


def _needed(point: Mapping[str, Any]) -> str:
    """How many content paragraphs a bound takes, to two digits."""
    asked, supported = (int(point[key].removeprefix("1 in ").replace(",", "")) for key in ("asked", "supported"))
    rounded = float(f"{point['n'] * asked / supported:.1e}")
    return f"{int(rounded):,}"


def write(part: Path, outcome: Outcome, tables: Mapping[str, Any]) -> str:
    """Every file of the folder; returns what is printed."""
    config = outcome.model.config
    artifact.write(part, outcome.model, tables, config)
    # The folder's checksum depends on its figures and its card, which cannot hold it.
    signature, found = signature_of(Filter(outcome.model), outcome.measured), figures(outcome.measured)
    metrics = {"signature": signature, **outcome.extra, "figures": found._asdict()}
    (part / "metrics.json").write_bytes(sources.dumps(plain(metrics)))
    described = {**config, "protocol": artifact.PROTOCOL}
    n_bytes = sum(path.stat().st_size for path in part.glob("*.npz"))
    shown = report(signature, found, markdown=True)
    limits = list(map(as_markdown, outcome.limits))
    text = card.write(described, shown, _sources(outcome.fitted_on), limits, n_bytes, _MADE_BY, outcome.note)
    (part / "README.md").write_text(text, "utf-8")
    artifact.seal(part, config)
    signature = signature_of(Filter(artifact.read(part)), outcome.measured)
    return f"{outcome.text}\n\n{report(signature, found, markdown=False)}".rstrip()


def _sources(documents: Sequence[Labelled]) -> list[tuple[str, int, str]]:
    """Paragraphs of each source; their licences are whoever's labels these are to know."""
    fitted = Counter[str]()
    for document in documents:
        fitted[shorten(document.source, _SOURCE_CHARS) or _UNNAMED] += len(document.labels)
    return [(source, n, "not stated") for source, n in fitted.most_common()]

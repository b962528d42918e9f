"""Attribute files for the dolma toolkit, which it is not needed for.

The mixer replaces spans ``[start, end, score]`` of code points. A span that is all of its line is written with the
break that ends the line, so that an empty ``replacement`` leaves what ``Filter.clean_text`` leaves. Only here do spans
take their breaks.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from unstuff import sources
from unstuff.durable import appearing
from unstuff.errors import InputError
from unstuff.filter import Filter, Verdict, cuts
from unstuff.sources import Reading, Result

ATTRIBUTE = "unstuff__keyword_block"
_FOLDER = "/documents/"


def attributes(id: str | int | float, text: str, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """One line of an attribute file: ``{"id", "attributes": {"unstuff__keyword_block": [[start, end, score], ...]}}``.

    Spans are ascending and disjoint half-open code-point offsets into ``text``, which ``verdicts`` refer to; the score
    is that of the span's paragraph.
    """
    scores = {span: verdict.score for verdict in verdicts for span in verdict.spans}
    spans = sorted(scores)
    found = [[*cut, scores[span]] for span, cut in zip(spans, cuts(text, spans), strict=True)]
    return {"id": id, "attributes": {ATTRIBUTE: found}}


def line(result: Result) -> dict[str, Any]:
    """The line of a document, also of one that could not be scored: no attribute, which is not the same as no spans.

    It must be there, since the mixer pairs lines up with documents by their number.
    """
    document, page, verdicts = result
    if page and not page.is_html:  # offsets of HTML are not into a text that the mixer has
        return attributes(document.id, page.text, verdicts)
    return {"id": document.id, "attributes": {}}


def write(documents: str | Path, scorer: Filter, name: str = "unstuff") -> Path:
    """Score a file of dolma documents (JSON Lines, gzipped or not) into its attribute file, and say where that is.

    The path must have a folder ``documents``, not as its first part: ``attributes/<name>`` takes its place, wherever
    it stands, as in the mixer's search for the attributes of the path that it is given. Lines are in the order of the
    documents, one each; the file appears when it is complete. Raises :class:`InputError` for a file that cannot be read
    to its end.
    """
    # The folder "documents" itself loses the stroke behind it that tells where it is.
    target = None if Path(documents).is_dir() else _target(Path(documents).as_posix(), name)
    if not target or not Path(documents).is_file():
        raise InputError(
            f"{str(documents)!r} is no file that is there; give each file of a folder or pattern by itself"
        )
    read = sources.read(sources.find([str(documents)]), Reading(form="jsonl"))
    # No name and date in it: equal input, equal bytes.
    with appearing(target) as stream, gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
        for result in sources.score(scorer, read, found_only=True):
            if result.document.lost:
                raise InputError(f"{result.document.source.name!r} {result.document.error}")
            packed.write(sources.dumps(line(result)))
    return target


def _target(documents: str, name: str) -> Path:
    if _FOLDER not in documents:
        raise InputError(
            f"{documents!r} has no '{_FOLDER}' in it; dolma finds attributes by putting attributes/<name> in its place"
        )
    if documents.endswith(".zst"):
        raise InputError(
            f"{documents!r} is packed by Zstandard, attributes are packed by gzip; pack the documents so too"
        )
    return Path(documents.replace(_FOLDER, f"/attributes/{name}/"))

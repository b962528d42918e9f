"""The report's first part: figures, charts and what was left out, as HTML that needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from unstuff.evaluation import percent
from unstuff.excerpt import printable
from unstuff.report.charts import bar, histogram
from unstuff.report.record import Limits
from unstuff.report.tally import MAX_HOSTS, N_BINS, Tally

_N_HOSTS = 10


def overview(tally: Tally, limits: Limits, threshold: float) -> str:
    """Figures and charts of all documents, listed or not."""
    return "\n".join(
        [
            _figures(tally),
            '<div class="charts">',
            _scores(tally, threshold),
            _reasons(tally),
            _hosts(tally),
            "</div>",
            _left_out(tally, limits),
        ]
    )


def _figures(tally: Tally) -> str:
    figures = [
        ("documents", tally.n_documents, ""),
        ("with keyword blocks", tally.n_pages_found, _share(tally.n_pages_found, tally.n_documents)),
        ("paragraphs", tally.n_paragraphs, ""),
        ("keyword blocks", tally.n_blocks, _share(tally.n_blocks, tally.n_paragraphs)),
        ("look like mirrors", tally.n_mirrors, _share(tally.n_mirrors, tally.n_documents)),
        ("could not be read", tally.n_errors, _share(tally.n_errors, tally.n_documents)),
    ]
    cells = "".join(
        f"<div><dt>{name}</dt><dd>{n:,}{f' <small>{share}</small>' if share else ''}</dd></div>"
        for name, n, share in figures
    )
    return f'<dl class="figures">{cells}</dl>'


def _share(n: int, total: int) -> str:
    return percent(n / total) if n and total else ""


def _scores(tally: Tally, threshold: float) -> str:
    if not tally.n_paragraphs:
        return _figure("Scores of all paragraphs", "<p>No paragraphs.</p>")
    rows = ((f"{i / N_BINS:.2f} to {(i + 1) / N_BINS:.2f}", f"{n:,}") for i, n in enumerate(tally.bins) if n)
    numbers = f"<details><summary>The figures</summary>{_table(('Score', 'Paragraphs'), rows)}</details>"
    return _figure("Scores of all paragraphs, logarithmic scale", histogram(tally.bins, threshold) + numbers)


def _reasons(tally: Tally) -> str:
    if not tally.n_blocks:
        return _figure("Main reasons of keyword blocks", "<p>No keyword blocks.</p>")
    ranked = tally.reasons.most_common()
    rows = ((escape(name), f"{n:,}", bar(n / ranked[0][1])) for name, n in ranked)
    return _figure("Main reasons of keyword blocks", _table(("Reason", "Blocks", ""), rows))


def _hosts(tally: Tally) -> str:
    title = "Hosts with most pages with keyword blocks"
    worst = tally.worst_hosts(_N_HOSTS)
    if not worst:
        known = "None." if tally.has_hosts else "No document has an address; JSON Lines give it in a field (--url-key)."
        return _figure(title, f"<p>{known}</p>")
    rows = (
        (escape(printable(name)), f"{n_found:,} of {n:,}", f"{n_blocks:,}", bar(n_found / n))
        for name, n, n_found, n_blocks in worst
    )
    beyond = f"<p>Pages of hosts met after the first {MAX_HOSTS:,}: {tally.n_uncounted_hosts:,}, not counted here.</p>"
    table = _table(("Host", "Pages", "Blocks", ""), rows)
    return _figure(title, table + (beyond if tally.n_uncounted_hosts else ""))


def _figure(caption: str, body: str) -> str:
    return f"<figure><figcaption>{caption}</figcaption>{body}</figure>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells of HTML; the first of a row is its head."""
    names = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    return f"<table><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"


def _left_out(tally: Tally, limits: Limits) -> str:
    items = "".join(f"<li>{item}</li>" for item in _items(tally, limits))
    return f"<aside><h2>Left out of this file</h2><ul>{items}</ul></aside>" if items else ""


def _items(tally: Tally, limits: Limits) -> Iterator[str]:
    """What was cut, each with the option that cuts it; the figures above count all of it."""
    left_out = tally.left_out
    if limits.found_only:
        yield "documents without keyword blocks (--found-only)"
    cuts = (
        (left_out.pages, f"documents beyond the first {limits.max_pages:,}", "--max-pages"),
        (left_out.pages_found, "of them with keyword blocks", "--found-only lists no others"),
        (left_out.texts, f"texts of documents, once {limits.max_mb:,} MB were full", "--max-mb"),
        (left_out.paragraphs, f"paragraphs of pages with more than {limits.max_paragraphs:,}", "--max-paragraphs"),
        (left_out.content_chars, f"characters of content longer than {limits.content_chars:,}", "--content-chars"),
        (left_out.block_chars, f"characters of keyword blocks longer than {limits.block_chars:,}", "--block-chars"),
    )
    for n, what, option in cuts:
        if n:
            yield f"{what}: {n:,} ({option})"

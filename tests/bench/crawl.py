"""The paper figure: what a monthly web crawl costs, from a measured speed and a stated size."""

from __future__ import annotations

from collections.abc import Mapping

from tests.bench.tables import Row, Table

# Common Crawl announced 2.64 billion pages and 394 TiB of uncompressed content for December 2024
# (commoncrawl.org/blog/december-2024-crawl-archive-now-available). It states no uncompressed size of the text: the
# default is an assumption, 8 TiB of compressed WET files (they are 6 to 9) that gzip made 2.5 times smaller, which is
# 8.3 kB of text a page.
TEXT_TIB = 20.0
COMPRESSED_TIB = 8.0
N_PAGES = 2.64e9
_TIB = 2.0**40


def core_hours(text_tib: float, megabytes_a_second: float) -> float:
    """Hours of one core for so much text at this speed."""
    return text_tib * _TIB / 1e6 / megabytes_a_second / 3600


def crawl(speeds: Mapping[str, float], text_tib: float = TEXT_TIB) -> Table:
    """Core-hours at each measured speed in MB/s."""
    rows: list[Row] = [
        {"": name, "MB/s": speed, "core-hours": core_hours(text_tib, speed)} for name, speed in speeds.items()
    ]
    kilobytes = text_tib * _TIB / N_PAGES / 1e3
    note = (
        f"Assumed: {text_tib:g} TiB of text, uncompressed, which is {kilobytes:.1f} kB for each of 2.64 billion pages "
        "(December 2024); reading, decompressing and writing not counted."
    )
    return Table("One monthly Common Crawl as WET text", note, rows)

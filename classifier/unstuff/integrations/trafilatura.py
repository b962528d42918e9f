"""trafilatura: pages cleaned before extraction, and what is extracted scored after it.

Before, the evidence of markup, links and hidden text is there, and metadata fields are cleaned too. After, what is
judged is what is kept. ``extract`` does both.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from unstuff.filter import Filter, Verdict
from unstuff.integrations.extras import extra

with extra("trafilatura"):
    import trafilatura

Html = TypeVar("Html", bound=str | bytes)


class Extraction(NamedTuple):
    """What was extracted from a page without its keyword blocks, and the verdicts on that, offsets into ``text``.

    ``text`` is None where trafilatura found no main text.
    """

    text: str | None
    verdicts: list[Verdict]


def clean(html: Html, scorer: Filter, url: str | None = None) -> Html:
    """The page without the nodes flagged, for any of trafilatura's functions; as it was where nothing is flagged.

    Bytes stay in their encoding, str stays str. Raises :class:`InputError` for packed bytes, which trafilatura would
    unpack: give them unpacked.
    """
    cleaned: Html = scorer.clean_html(html, url)  # type: ignore[assignment]
    return cleaned


def extract(html: str | bytes, scorer: Filter, url: str | None = None, **options: Any) -> Extraction:
    """``trafilatura.extract`` of the cleaned page, with its ``options``, and verdicts on the text that it gives.

    With an output format that is no plain text (``output_format="xml"``) its markup is scored as text. Raises
    :class:`InputError` as :func:`clean` does.
    """
    text = trafilatura.extract(clean(html, scorer, url), url=url, **options)
    return Extraction(text, scorer.score_text(text) if text else [])

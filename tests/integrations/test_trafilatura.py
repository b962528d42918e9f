"""Before and after trafilatura's own extraction."""

import gzip
import zlib
from pathlib import Path

import pytest

from tests.integrations import models, need

need("trafilatura")

import trafilatura

from tests.integrations.conftest import score_by_command
from unstuff import Filter, InputError, Page
from unstuff.integrations import scoring
from unstuff.integrations.trafilatura import clean, extract

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def news() -> str:
    return (DATA / "town_news.html").read_text("utf-8")


def test_the_block_is_gone_before_extraction(town_news: str, scorer: Filter) -> None:
    lines = [line for line in town_news.split("\n") if line]
    html = f"<html><body><article>{''.join(f'<p>{line}</p>' for line in lines)}</article></body></html>"
    before, after = trafilatura.extract(html), trafilatura.extract(clean(html, scorer))
    assert before is not None
    assert lines[-1].rstrip("| ") in before
    assert after == "\n".join(before.split("\n")[:-1])


def test_bytes_stay_bytes_of_their_encoding(news: str, scorer: Filter) -> None:
    encoded = news.replace("utf-8", "gb18030").encode("gb18030")
    cleaned = clean(encoded, scorer)
    assert [each.text for each in Page.from_html(cleaned).paragraphs] == [
        each.text for each in Page.from_html(clean(news, scorer)).paragraphs
    ]


@pytest.mark.parametrize("choice", [None, *models.CHOICES])
def test_extracted_texts_are_scored_as_the_command_line_scores_them(
    choice: str | None, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings = request.getfixturevalue("choices")[choice] if choice else {}
    pages = models.htmls() if choice else request.getfixturevalue("htmls")
    scorer = Filter(**settings)
    extracted = {row["id"]: extract(row["html"], scorer, row["url"], favor_recall=True) for row in pages}
    documents = [{"id": name, "text": each.text} for name, each in extracted.items() if each.text]
    assert documents
    said = score_by_command(documents, tmp_path / "extracted.jsonl", *models.as_options(settings))
    for name, records in said.items():
        assert list(map(scoring.record, extracted[name].verdicts)) == records


def test_packed_pages_are_refused_since_trafilatura_would_unpack_them(news: str, scorer: Filter) -> None:
    for packed in (gzip.compress(news.encode()), zlib.compress(news.encode())):
        assert trafilatura.extract(packed)
        with pytest.raises(InputError, match="unpack it"):
            extract(packed, scorer)


def test_a_page_without_main_text_has_no_verdicts(scorer: Filter) -> None:
    assert extract("<html><body></body></html>", scorer) == (None, [])

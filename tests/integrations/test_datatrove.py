"""The filter in datatrove's own executor, readers and writers."""

import io
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.integrations import need

need("datatrove")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, WarcReader
from datatrove.pipeline.writers import JsonlWriter

from tests.integrations.hosts import read_jsonl, write_jsonl
from tests.integrations.test_scoring import Crashing
from unstuff import Filter, InputError, Page
from unstuff.caps import DEFAULT
from unstuff.integrations.datatrove import UnstuffFilter

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def documents(town_news: str) -> list[dict[str, Any]]:
    block = town_news.splitlines()[-1]
    return [
        {"id": "mixed", "text": town_news},
        {"id": "clean", "text": "A quiet day at the harbour."},
        {"id": "spam", "text": block},
    ]


def run(step: UnstuffFilter, documents: list[dict[str, Any]], folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What comes out, by document, and the step's counts."""
    write_jsonl(folder / "in" / "0.jsonl", documents)
    steps = [JsonlReader(str(folder / "in")), step, JsonlWriter(str(folder / "out"), compression=None)]
    stats = LocalPipelineExecutor(steps, logging_dir=str(folder / "log")).run()
    counts = {name: each.total for name, each in stats.stats[1].stats.items()}
    return {row["id"]: row for row in read_jsonl(folder / "out")}, counts


def test_annotating_keeps_texts_and_adds_what_was_found(
    documents: list[dict[str, Any]], scorer: Filter, tmp_path: Path
) -> None:
    rows, counts = run(UnstuffFilter(), documents, tmp_path)
    assert {name: row["text"] for name, row in rows.items()} == {row["id"]: row["text"] for row in documents}
    verdicts = scorer.score_text(documents[0]["text"])
    note = rows["mixed"]["metadata"]["unstuff"]
    assert (note["n_paragraphs"], note["n_flagged"]) == (len(verdicts), 1)
    assert note["verdicts"][0]["spans"] == [list(verdicts[-1].spans[0])]
    assert note["verdicts"][0]["score"] == verdicts[-1].score
    assert rows["clean"]["metadata"]["unstuff"]["verdicts"] == []
    assert (counts["flagged"], counts["flagged_paragraphs"], counts["forwarded"]) == (2, 2, 3)


def test_cleaning_takes_blocks_out_and_drops_what_is_nothing_else(
    documents: list[dict[str, Any]], scorer: Filter, tmp_path: Path
) -> None:
    excluded = JsonlWriter(str(tmp_path / "excluded"), compression=None)
    rows, counts = run(UnstuffFilter("clean", exclusion_writer=excluded), documents, tmp_path)
    assert rows.keys() == {"mixed", "clean"}
    assert rows["mixed"]["text"] == scorer.clean_text(documents[0]["text"]) != documents[0]["text"]
    assert (counts["cleaned"], counts["dropped"], counts["dropped_only_keyword_blocks"]) == (1, 1, 1)
    (dropped,) = read_jsonl(tmp_path / "excluded")
    assert dropped["text"] == documents[2]["text"]
    assert dropped["metadata"]["filter_reason"] == "only_keyword_blocks"
    assert dropped["metadata"]["unstuff"]["n_flagged"] == 1


def test_dropping_counts_the_reason_and_excludes(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    excluded = JsonlWriter(str(tmp_path / "excluded"), compression=None)
    rows, counts = run(UnstuffFilter("drop", exclusion_writer=excluded), documents, tmp_path)
    assert rows.keys() == {"clean"}
    assert counts["dropped_keyword_block"] == 2
    assert [row["id"] for row in read_jsonl(tmp_path / "excluded")] == ["mixed", "spam"]


@pytest.mark.parametrize(("share", "kept"), [(0.0, {"clean"}), (0.9, {"mixed", "clean"}), (1.0, {"mixed", "clean"})])
def test_documents_go_from_a_share_on(
    documents: list[dict[str, Any]], tmp_path: Path, share: float, kept: set[str]
) -> None:
    rows, _ = run(UnstuffFilter("drop", drop_share=share), documents, tmp_path)
    assert rows.keys() == kept


def test_a_page_that_was_not_read_to_its_end_is_not_dropped_for_what_was(town_news: str) -> None:
    block = town_news.splitlines()[-1]
    step = UnstuffFilter("clean", html=True)
    step._scorer = Filter(caps=replace(DEFAULT, markup_chars=len(block) + 20))
    doc = Document(f"<p>{block}</p>{' ' * 20}<p>A quiet day at the harbour.</p>", "a")
    assert step.filter(doc) is True
    assert "A quiet day at the harbour." in doc.text
    assert doc.metadata["unstuff"]["cut_by"]
    assert doc.metadata["unstuff"]["flagged_share"] == 1  # of what was read
    step._scorer = Filter(caps=replace(DEFAULT, explained_paragraphs=1))
    assert step.filter(Document(f"<p>{block}</p><p>{block}</p>", "b")) == (False, "only_keyword_blocks")


def test_pages_of_a_warc_file_are_read_as_html(scorer: Filter, tmp_path: Path) -> None:
    need("warcio", "magic", "cchardet")
    html = (DATA / "town_news.html").read_bytes()
    write_warc(tmp_path / "warc" / "0.warc.gz", {"http://site.example/news": html})
    steps = [
        WarcReader(str(tmp_path / "warc")),
        UnstuffFilter("clean", html=True, found_only=False),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    LocalPipelineExecutor(steps, logging_dir=str(tmp_path / "log")).run()
    (row,) = read_jsonl(tmp_path / "out")
    verdicts = scorer.score_html(html, "http://site.example/news")
    note = row["metadata"]["unstuff"]
    assert [each["score"] for each in note["verdicts"]] == [each.score for each in verdicts]
    assert note["n_flagged"] >= 1
    kept = [each.text for each in verdicts if not each.found]
    assert [each.text for each in Page.from_html(row["text"]).paragraphs] == kept


def test_what_cannot_be_scored_is_kept_and_counted() -> None:
    step = UnstuffFilter("drop")
    step._scorer = Crashing()
    batch: list[Any] = [Document("CRASH", "a"), Document("fine", "b"), Document(None, "c")]
    assert step.filter_batch(batch) == [True, True, True]
    errors = [doc.metadata["unstuff"].get("error") for doc in batch]
    assert errors == ["cannot be scored: RuntimeError('no memory')", None, "is null"]
    assert step.stats.stats["unscored"].total == 2


def test_the_model_is_loaded_by_the_worker_that_asks() -> None:
    step = UnstuffFilter(point="precise")
    assert step._scorer is None
    assert step.scorer.point == "precise"
    sent = pickle.loads(pickle.dumps(step))
    assert sent._scorer is None
    assert sent.filter(Document("fine", "a")) is True


def test_wrong_options_are_refused() -> None:
    with pytest.raises(InputError, match="mode 'delete' is unknown; give one of annotate, clean, drop"):
        UnstuffFilter("delete")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="point '' is unknown"):
        UnstuffFilter(point="").filter(Document("fine", "a"))
    with pytest.raises(InputError, match=r"drop_share 2 is no number in \[0, 1\]"):
        UnstuffFilter(drop_share=2)


def write_warc(path: Path, pages: dict[str, bytes]) -> None:
    """Pages as response records."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path.parent.mkdir(parents=True)
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, html in pages.items():
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            payload = io.BytesIO(html)
            named = {"WARC-Identified-Payload-Type": "text/html"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=payload, http_headers=headers, warc_headers_dict=named
                )
            )

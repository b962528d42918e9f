"""What all hosts rely on: outcomes of batches with contents that cannot be scored."""

import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from unstuff import Filter, ModelError, Page, artifact
from unstuff.caps import Caps
from unstuff.errors import InputError
from unstuff.filter import Judged
from unstuff.integrations import scoring


class Crashing(Filter):
    """Fails on every batch with a page that says so."""

    def judge_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[Judged]:
        pages = list(pages)
        if any("CRASH" in page.text for page in pages):
            raise RuntimeError("no memory")
        return super().judge_pages(pages, reasons=reasons, found_only=found_only)


def test_one_bad_document_takes_no_other_down(town_news: str) -> None:
    contents = ["a", town_news, "CRASH", None, 3, town_news, b"bytes"]
    outcomes = scoring.score(Crashing(), contents)
    assert [each.error for each in outcomes] == [
        "", "", "cannot be scored: RuntimeError('no memory')", "is null", "is int, expected a string", "",
        "is bytes, expected a string",
    ]  # fmt: skip
    expected = Filter().score_text(town_news)
    assert outcomes[1].verdicts == outcomes[5].verdicts == expected
    assert [each.page is None for each in outcomes] == [False, False, True, True, True, False, True]


def test_what_goes_beyond_a_cap_is_told(town_news: str, caplog: pytest.LogCaptureFixture) -> None:
    capped = Filter(caps=Caps(document_chars=20))
    outcomes = scoring.score(capped, ["a short one", town_news, None, f"<p>{town_news}"])
    notes = [scoring.annotation(each) for each in outcomes]
    assert [note.get("cut_by") for note in notes] == [[], ["document_chars"], None, ["document_chars"]]
    assert caplog.messages == [
        f"document {number} of 4 was not looked at to its end: document_chars" for number in (2, 4)
    ]
    page = scoring.score(capped, [f"<p>{town_news}"], html=True)[0].page
    assert page is not None
    assert page.cut_by == ("document_chars",)


def test_pages_are_read_with_their_addresses(scorer: Filter) -> None:
    html = '<p>See <a href="http://a.example/x">the list of all that there is</a></p>'
    urls = ["http://a.example/", None, 7]
    outcomes = scoring.score(scorer, [html, html.encode(), html], html=True, urls=urls)
    assert [each.page.url if each.page else "" for each in outcomes] == ["http://a.example/", None, None]
    assert [each.page.paragraphs[0].links[0].outbound for each in outcomes if each.page] == [False, True, True]


def test_a_page_that_cannot_be_parsed_is_told(scorer: Filter, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Page:
        raise RecursionError("too deep")

    monkeypatch.setattr(Page, "from_html", broken)
    assert scoring.score(scorer, ["<p>"], html=True)[0].error == "cannot be parsed: RecursionError('too deep')"


def test_a_packed_page_is_told(scorer: Filter, town_news: str) -> None:
    html = f"<p>{town_news}".encode()
    packed, read = scoring.score(scorer, [gzip.compress(html), html], html=True)
    assert packed.page is None
    assert "looks like binary data (application/gzip); unpack it" in packed.error
    assert not read.error


def test_cleaning_is_that_of_the_filter(scorer: Filter, town_news: str) -> None:
    for text in (town_news, f"{town_news}\r\nmore", "nothing here"):
        assert scoring.clean(text, scoring.score(scorer, [text])[0]) == scorer.clean_text(text)
    html = f"<body><p>{'</p><p>'.join(town_news.split(chr(10)))}</p></body>"
    outcome = scoring.score(scorer, [html], html=True)[0]
    assert scoring.clean(html, outcome) == scorer.clean_html(html) != html
    assert scoring.clean(None, scoring.score(scorer, [None])[0]) is None


def test_a_record_holds_every_field_of_a_verdict(scorer: Filter, town_news: str) -> None:
    verdict = scorer.score_text(town_news)[-1]
    expected = verdict._asdict() | {"spans": [list(span) for span in verdict.spans]}
    expected["reasons"] = [asdict(reason) for reason in verdict.reasons]
    assert scoring.record(verdict) == expected
    assert list(scoring.record(verdict)) == list(verdict._fields)


def test_the_flagged_share_counts_no_white_space(scorer: Filter, town_news: str) -> None:
    block = town_news.splitlines()[-1]
    outcome = scoring.score(scorer, [town_news])[0]
    assert outcome.flagged_share == len("".join(block.split())) / len("".join(town_news.split()))
    assert scoring.score(scorer, [""])[0].flagged_share == 0
    unscored = scoring.score(scorer, [None])[0].flagged_share
    assert unscored != unscored


def test_a_model_that_was_trained_anew_is_loaded_anew(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(artifact.shipped(), folder)
    settings = scoring.Settings(str(folder))
    before = scoring.scorer(settings)
    assert scoring.scorer(settings) is before
    config = json.loads((folder / "config.json").read_bytes())
    artifact.seal(folder, {**config, "points": dict.fromkeys(config["points"], 0.125)})
    assert scoring.scorer(settings).threshold == 0.125 != before.threshold


def test_a_file_of_names_that_changed_is_read_anew(tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    settings = scoring.Settings(gazetteer=str(names))
    with pytest.raises(InputError, match=r"names\.tsv' cannot be read: No such file"):
        scoring.scorer(settings)
    names.write_text("Northmark\n")
    before = scoring.scorer(settings)
    assert scoring.scorer(settings) is before
    names.write_text("Northmark\nSouthmark\n")
    known, now = (len(each.model.extractor.gazetteer.index) for each in (before, scoring.scorer(settings)))
    assert now == known + 1


def test_few_models_are_kept() -> None:
    for number in range(40):
        scoring.scorer(scoring.Settings(threshold=number / 40))
    assert scoring.loaded.cache_info().currsize <= 10


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"is no model folder: it has no config\.json"):
        scoring.scorer(scoring.Settings(str(tmp_path)))

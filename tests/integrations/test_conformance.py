"""Every host says of a document what ``unstuff score`` says of it, with the shipped model and with other settings."""

from pathlib import Path
from typing import Any

import pytest

from tests.integrations import models
from tests.integrations.conftest import score_by_command
from tests.integrations.hosts import HOSTS, Asked
from unstuff import Filter

CASES = [(name, form) for name, host in HOSTS.items() for form in ("text", "html") if form == "text" or host.takes_html]


@pytest.mark.parametrize(("host", "form"), CASES)
def test_verdicts_are_those_of_the_command_line(
    host: str, form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    html = form == "html"
    documents = request.getfixturevalue("htmls" if html else "texts")
    records: dict[str, Any] = request.getfixturevalue("html_records" if html else "text_records")
    _same(host, Asked(documents, html), records, request, tmp_path)


@pytest.mark.parametrize(
    ("host", "form", "choice"),
    [(*case, choice) for case in CASES for choice in models.CHOICES if case[1] == "text" or choice == "adapted"],
)
def test_settings_and_models_of_the_command_line_score_alike_everywhere(
    host: str,
    form: str,
    choice: str,
    choices: dict[str, models.Settings],
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> None:
    html, settings = form == "html", choices[choice]
    documents = models.htmls() if html else models.texts()
    if not HOSTS[host].takes_addresses:
        documents = [{key: row[key] for key in row if key != "url"} for row in documents]
    records = score_by_command(documents, tmp_path / "asked.jsonl", *models.as_options(settings))
    _same(host, Asked(documents, html, settings), records, request, tmp_path)


def test_the_settings_judge_differently(choices: dict[str, models.Settings], tmp_path: Path) -> None:
    shipped, trained, adapted, named = (
        score_by_command(models.texts(), tmp_path / "asked.jsonl", *models.as_options(settings))
        for settings in ({}, *choices.values())
    )
    said = shipped["places"][-1], trained["places"][-1], adapted["places"][-1], named["places"][-1]
    assert [record["label"] for record in said] == ["content", *["keyword_block"] * 3]
    assert all("Northmark" in record["reasons"][0]["detail"] for record in (said[2], said[3]))
    for name in ("places", "glued"):
        assert len({records[name][-1]["score"] for records in (shipped, trained, adapted)}) == 3
    # What follows the last sentence, from the blank on.
    glued = adapted["glued"][-1]
    assert glued["spans"] == [[glued["text"].index("arrives.") + len("arrives."), glued["end"]]]
    # The threshold and the point are not those of "balanced".
    for records, settings in ((trained, {"model": choices["trained"]["model"]}), (named, {})):
        scorer = Filter(**settings)
        scores = {(r["label"], r["score"] >= scorer.threshold) for found in records.values() for r in found}
        assert len(scores) == 3


def _same(host: str, asked: Asked, records: dict[str, Any], request: pytest.FixtureRequest, tmp_path: Path) -> None:
    said = HOSTS[host].run(asked, request, tmp_path)
    assert said.keys() == records.keys()
    for document, verdicts in records.items():
        assert said[document] == HOSTS[host].view(verdicts), document

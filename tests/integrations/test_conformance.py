"""Every host says of a document what ``unstuff score`` says of it, with the shipped model and with others."""

from pathlib import Path
from typing import Any

import pytest

from tests.integrations import models
from tests.integrations.conftest import score_by_command
from tests.integrations.hosts import HOSTS, Asked

CASES = [(name, form) for name, host in HOSTS.items() for form in ("text", "html") if form == "text" or host.takes_html]


@pytest.mark.parametrize(("host", "form"), CASES)
def test_verdicts_are_those_of_the_command_line(
    host: str, form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    html = form == "html"
    documents = request.getfixturevalue("htmls" if html else "texts")
    records: dict[str, Any] = request.getfixturevalue("html_records" if html else "text_records")
    _same(host, Asked(documents, html), records, request, tmp_path)


@pytest.mark.parametrize("model", models.MODELS)
@pytest.mark.parametrize(("host", "form"), CASES)
def test_a_model_trained_by_the_command_line_scores_alike_everywhere(
    host: str, form: str, model: str, own_models: dict[str, Path], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    html, folder = form == "html", str(own_models[model])
    documents = models.htmls() if html else models.texts()
    if not HOSTS[host].takes_addresses:
        documents = [{key: row[key] for key in row if key != "url"} for row in documents]
    records = score_by_command(documents, tmp_path / "asked.jsonl", "--model", folder)
    _same(host, Asked(documents, html, folder), records, request, tmp_path)


def test_the_models_judge_differently(own_models: dict[str, Path], tmp_path: Path) -> None:
    options = [(), *(("--model", str(folder)) for folder in own_models.values())]
    said = [score_by_command(models.texts(), tmp_path / "asked.jsonl", *each) for each in options]
    places, glued = ([each[name][-1] for each in said] for name in ("places", "glued"))
    assert len({record["score"] for record in places}) == len({record["score"] for record in glued}) == len(said)
    assert [record["label"] for record in places] == ["content", "keyword_block", "keyword_block"]
    assert "Northmark" in places[-1]["reasons"][0]["detail"]
    # What follows the last sentence, from the blank on.
    assert glued[-1]["spans"] == [[glued[-1]["text"].index("arrives.") + len("arrives."), glued[-1]["end"]]]


def _same(host: str, asked: Asked, records: dict[str, Any], request: pytest.FixtureRequest, tmp_path: Path) -> None:
    said = HOSTS[host].run(asked, request, tmp_path)
    assert said.keys() == records.keys()
    for document, verdicts in records.items():
        assert said[document] == HOSTS[host].view(verdicts), document

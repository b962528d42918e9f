"""Every host says of a document what ``unstuff score`` says of it."""

from pathlib import Path
from typing import Any

import pytest

from tests.integrations.hosts import HOSTS

CASES = [(name, form) for name, host in HOSTS.items() for form in ("text", "html") if form == "text" or host.takes_html]


@pytest.mark.parametrize(("host", "form"), CASES)
def test_verdicts_are_those_of_the_command_line(
    host: str, form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    html = form == "html"
    documents = request.getfixturevalue("htmls" if html else "texts")
    records: dict[str, Any] = request.getfixturevalue("html_records" if html else "text_records")
    said = HOSTS[host].run(documents, html, request, tmp_path)
    assert said.keys() == records.keys()
    for document, verdicts in records.items():
        assert said[document] == HOSTS[host].view(verdicts), document

"""training/RECIPE.md is followed, command by command, and what training/LABELS.md says can be read."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.review.pages import answer, asked, is_block, pages, started, write
from unstuff.labels import read_labelled

TRAINING = Path(__file__).parents[1] / "training"
RECIPE = (TRAINING / "RECIPE.md").read_text("utf-8")


def commands(text: str) -> list[str]:
    """What stands after a prompt, in order."""
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A crawl: a sample to learn from, another of other sites, and labels of many sites."""
    for name, site in (("sample", "site"), ("check", "other")):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "pages.jsonl", pages(site=site))
    labelled = [json.dumps(labelled_page(page)) for i in range(12) for page in pages(10, f"third{i}")]
    (tmp_path / "labelled.jsonl").write_text("\n".join(labelled), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def labelled_page(page: dict[str, str]) -> dict[str, Any]:
    """A page with the truth about its lines."""
    lines = page["text"].split("\n")
    labels = ["keyword_block" if is_block(line) else "content" for line in lines]
    paragraphs = [{"text": line, "label": label} for line, label in zip(lines, labels, strict=True)]
    return {"id": page["id"], "group": page["url"].split("/")[2], "paragraphs": paragraphs}


def review(arguments: list[str]) -> None:
    """What a person does who knows the truth about the pages."""
    with started(*arguments) as (program, url):
        for item in asked(url):
            text = "".join(piece if isinstance(piece, str) else piece[0] for piece in item["lines"][0]["text"])
            answer(url, item["key"], "keyword_block" if is_block(text) else "content")
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0


def follow(command: str) -> str:
    """What a command prints."""
    verb, *arguments = shlex.split(command)[1:]
    if verb == "review":
        review(arguments)
        return ""
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 0, f"{command}: {run.stderr}"
    return run.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_the_recipe_can_be_followed(folder: Path) -> None:
    printed = {command: follow(command) for command in commands(RECIPE)}
    assert len(printed) == 11
    assert (folder / "report.html").stat().st_size > 10_000
    for name, site in (("corrections.jsonl", "site"), ("check.jsonl", "other")):
        documents = list(read_labelled([folder / name]))
        assert len(documents) >= 20 and {document.group[:-9] for document in documents} == {site}
        assert all(is_block(document.page.text) == document.labels[0] for document in documents)
    assert "model my-model" in printed["unstuff evaluate --model my-model/ check.jsonl"]
    assert "model own-model" in printed["unstuff evaluate --model own-model/ check.jsonl"]
    assert "blocks found" in printed["unstuff train labelled.jsonl -o own-model/"]
    assert "newly flagged" in printed["unstuff compare default my-model/ check/"]
    found = [json.loads(line)["text"] for line in (folder / "verdicts.jsonl").read_text("utf-8").splitlines()]
    assert len(found) >= 24 and all(map(is_block, found))


def test_no_command_of_the_recipe_is_left_out() -> None:
    assert RECIPE.count("unstuff ") == sum(command.count("unstuff ") for command in commands(RECIPE))


def test_the_examples_of_labels_are_labelled_data(tmp_path: Path) -> None:
    text = (TRAINING / "LABELS.md").read_text("utf-8")
    (block,) = re.findall(r"^```jsonl\n(.*?)^```", text, re.M | re.S)
    path = tmp_path / "examples.jsonl"
    path.write_text(block, "utf-8")
    labels = [document.labels for document in read_labelled([path])]
    assert len(labels) >= 12
    assert (True,) in labels and (False,) in labels
    run = subprocess.run(
        [sys.executable, "-m", "unstuff", "evaluate", str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr

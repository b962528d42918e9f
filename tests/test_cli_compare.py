"""``unstuff compare``: what it prints of documents that two models judge differently."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import DATA, StandIn, lines_of, run, unstuff, written
from unstuff import InputError, Page, Verdict, artifact


class TwoModels(StandIn):
    """The model "new/" reads full-width bars as bars; the shipped one does not."""

    def __init__(self, model: Any = None, *decision: Any, **options: Any) -> None:
        if model not in (None, "new/"):
            raise InputError(f"{model!r} is no model folder")
        super().__init__(None, *decision, **options)
        self.wide = model == "new/"
        self.model.name = "new" if self.wide else "old"

    def _of(self, page: Page, i: int, reasons: bool) -> Verdict:
        if self.wide:
            page = Page.from_text(page.text.replace("|", "/").replace("｜", "|"))
        return super()._of(page, i, reasons)


@pytest.fixture(autouse=True)
def two_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.cli.Filter", TwoModels)


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    same = written(tmp_path / "same.txt", "开馆\n闭馆\n")
    lines = '{"id": "l\\u001b", "text": "a\\nb\\n甲｜乙｜丙｜丁"}\n\n{"id":\n{"id": "n", "text": "甲|乙|丙|丁"}\n'
    return [same, written(tmp_path / "b.jsonl", lines)]


def test_text_names_what_changes_and_sums_it_up(inputs: list[Path]) -> None:
    result = run("compare", "default", "new/", *inputs)
    assert result.exit_code == 2, "one line cannot be read"
    lines = result.stdout.splitlines()
    assert lines[:6] == [
        "l\\x1b",
        "+    2  0.1000 -> 0.9000  甲｜乙｜丙｜丁",
        "",
        "n",
        "-    0  0.9000 -> 0.1000  甲|乙|丙|丁",
        "",
    ]
    assert lines[6:9] == [
        "old: old (), threshold 0.500000",
        "new: new (), threshold 0.500000",
        "documents 4 (1 not read), paragraphs 6, newly flagged 1, no longer flagged 1",
    ]
    assert lines[9].startswith("both agree on 66.7 % (")
    assert lines[9].endswith("), n=6 paragraphs of 3 documents")
    assert "b.jsonl:3: is no JSON" in result.stderr


def test_jsonl_has_a_line_a_change_and_the_summary(inputs: list[Path]) -> None:
    first, error, second, last = lines_of(run("compare", "default", "new/", *inputs, "--format", "jsonl"))
    assert first == {
        "id": "l\x1b", "paragraph": 2, "start": 4, "end": 11, "change": "newly_flagged", "old_score": 0.1,
        "new_score": 0.9, "text": "甲｜乙｜丙｜丁",
    }  # fmt: skip
    assert list(error) == ["id", "error"]
    assert (second["id"], second["change"]) == ("n", "no_longer_flagged")
    summary = last["summary"]
    assert (summary["old"]["model"], summary["new"]["model"]) == ("old", "new")
    assert (summary["documents"], summary["unread"], summary["paragraphs"]) == (4, 1, 6)
    assert (summary["newly_flagged"], summary["no_longer_flagged"]) == (1, 1)
    assert summary["agreement"]["value"] == pytest.approx(4 / 6)
    assert 0 < summary["agreement"]["low"] < 4 / 6 < summary["agreement"]["high"] < 1


def test_stdin_output_and_exit_code(tmp_path: Path) -> None:
    output = tmp_path / "changes.txt"
    changed = run("compare", "default", "new/", "-o", output, "--fail-on-found", stdin="甲|乙|丙|丁")
    assert (changed.exit_code, changed.stdout) == (1, "")
    assert "no longer flagged 1" in output.read_text("utf-8")
    same = run("compare", "new/", "new/", "--fail-on-found", stdin="甲|乙|丙|丁")
    assert same.exit_code == 0
    assert "newly flagged 0, no longer flagged 0" in same.stdout
    assert "both agree on 100.0 % (" in same.stdout


def test_without_paragraphs_there_is_no_share() -> None:
    assert run("compare", "default", "new/", stdin="").stdout.endswith("both agree on n=0 paragraphs of 0 documents\n")
    (last,) = lines_of(run("compare", "default", "new/", "--format", "jsonl", stdin=""))
    assert last["summary"]["agreement"] == {"n": 0, "n_groups": 0}


def test_wrong_usage_is_named(inputs: list[Path]) -> None:
    for arguments, message in (
        (("default",), "Missing argument 'NEW'"),
        (("default", "nowhere/", inputs[0]), "'nowhere/' is no model folder"),
        (("nowhere/", "default", inputs[0]), "'nowhere/' is no model folder"),
        (("default", "new/", "missing.txt"), "missing.txt: no such file or folder"),
        (("default", "new/", inputs[0], "-o", inputs[0]), "is an input too; choose another name for the output"),
        (("default", "new/", "--point", "precise", "--threshold", "1"), "--threshold cannot be used with --point"),
    ):
        result = run("compare", *arguments, stdin="")
        assert result.exit_code == 2
        assert message in result.stderr.splitlines()[-1]


def test_many_documents_keep_their_own_verdicts(tmp_path: Path) -> None:
    texts = ["甲｜乙｜丙｜丁" if i % 3 == 0 else "开馆" for i in range(2000)]
    rows = "\n".join(json.dumps({"id": i, "text": text}) for i, text in enumerate(texts))
    *changes, last = lines_of(run("compare", "default", "new/", "--format", "jsonl", stdin=rows))
    assert [change["id"] for change in changes] == list(range(0, 2000, 3))
    assert last["summary"]["documents"] == 2000


def test_the_shipped_model_agrees_with_itself() -> None:
    result = unstuff("compare", "default", "default", DATA)
    assert result.returncode == 0
    assert b"newly flagged 0, no longer flagged 0\nboth agree on 100.0 % (" in result.stdout


@pytest.mark.parametrize("first", [True, False])
def test_a_model_of_another_protocol_is_refused_in_words(tmp_path: Path, first: bool) -> None:
    folder = Path(shutil.copytree(artifact.shipped(), tmp_path / "old"))
    config = json.loads((folder / "config.json").read_bytes())
    (folder / "config.json").write_text(json.dumps({**config, "protocol": artifact.PROTOCOL - 1}), "utf-8")
    models = (folder, "default") if first else ("default", folder)
    result = unstuff("compare", *models, "-o", tmp_path / "changes.txt", DATA)
    assert (result.returncode, result.stdout) == (2, b"")
    (line,) = result.stderr.decode().splitlines()
    assert f"in {str(folder)!r} has protocol {artifact.PROTOCOL - 1}, this version reads {artifact.PROTOCOL}" in line
    assert "train it anew" in line
    assert not (tmp_path / "changes.txt").exists()

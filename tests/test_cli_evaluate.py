"""``unstuff evaluate``: its three forms, and what it says of labels that it cannot use."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.test_cli import BLOCK, StandIn, run, written
from unstuff import __version__


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.cli.Filter", StandIn)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    paragraphs = [{"text": "新馆开放", "label": "content"}, {"text": BLOCK, "label": "keyword_block"}]
    bar = {"text": "a|b|c|d \u001b[2J", "label": "content", "kind": "menu\u001b", "lang": "en", "source": "s|t"}
    rows = [
        {"id": "page", "family": "places", "paragraphs": paragraphs},
        bar,
        {"text": "甲县 乙县", "label": "keyword_block"},
    ]
    return written(tmp_path / "labelled.jsonl", "\n".join(map(json.dumps, rows)))


def test_text_has_the_signature_and_every_table(labelled: Path) -> None:
    result = run("evaluate", labelled)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == f"unstuff {__version__}, model stand-in, 2 features, point balanced, threshold 0.500000"
    assert lines[1] == "3 documents in 3 groups, 4 paragraphs, 2 keyword blocks"
    titles = (
        "Keyword blocks found, by family", "Spans", "Content paragraphs flagged, by kind",
        "Content paragraphs flagged, by language", "Content paragraphs flagged, by source", "Calibration",
        "Content with the highest scores", "Keyword blocks with the lowest scores",
    )  # fmt: skip
    assert [line for line in lines if line in titles] == list(titles)
    assert any(line.split()[:3] == ["places", "100.0", "%"] for line in lines)
    assert any(line.startswith("(not given)") for line in lines)
    assert f"0.9000  flagged  {labelled}:2  0          menu\\x1b  a|b|c|d \\x1b[2J" in lines
    assert "\x1b" not in result.stdout


def test_markdown_keeps_bars_in_their_cells(labelled: Path) -> None:
    lines = run("evaluate", labelled, "--format", "markdown", "--point", "precise").stdout.splitlines()
    assert "### Calibration" in lines
    assert "point precise, threshold 0.990000" in lines[0]
    (row,) = [line for line in lines if line.startswith("| s\\|t")]
    assert row.replace("\\|", "").count("|") == 6


def test_markdown_holds_no_markup_of_pages(tmp_path: Path) -> None:
    bar = "a|b|c|<script>x</script> ![y](http://z.example)"
    rows = [{"text": bar, "label": "content", "source": "<b>s"}, {"id": "<i>", "text": "x", "label": "keyword_block"}]
    path = written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    shown = MarkdownIt("commonmark").enable("table").render(run("evaluate", path, "--format", "markdown").stdout)
    assert set(re.findall(r"<(\w+)", shown)) <= {"h3", "p", "br", "table", "thead", "tbody", "tr", "th", "td"}
    assert html.escape(bar) in shown
    assert "<td>&lt;b&gt;s</td>" in shown


def test_json_is_one_object_without_nan(labelled: Path, tmp_path: Path) -> None:
    output = tmp_path / "figures.json"
    assert run("evaluate", labelled, "--format", "json", "--worst", "1", "-o", output).stdout == ""
    found = json.loads(output.read_bytes())
    assert list(found) == [
        "signature", "recall", "spans", "false_positives", "calibration", "bins", "worst_content", "worst_blocks",
    ]  # fmt: skip
    assert found["signature"]["point"] == "balanced"
    assert found["recall"]["all"] == {**found["recall"]["all"], "value": 0.5, "n": 2, "n_groups": 2}
    assert list(found["false_positives"]) == ["kind", "lang", "source"]
    assert all(list(shares) == ["all", "each"] for shares in (found["recall"], *found["false_positives"].values()))
    assert found["worst_content"][0]["text"] == "a|b|c|d \u001b[2J"
    (block,) = found["worst_blocks"]
    assert (block["text"], block["right"]) == ("甲县 乙县", False)


def test_of_many_lines_the_rest_is_counted(tmp_path: Path) -> None:
    rows = [{"text": "x", "label": "content", "source": f"{'s' * 200}{i}"} for i in range(35)]
    lines = run("evaluate", written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))).stdout.splitlines()
    assert sum(line.startswith("sss") for line in lines) == 29
    assert "6 more lines in --format json" in lines
    assert max(map(len, lines)) < 170


def test_where_n_is_0_there_is_no_share(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"text": "x", "label": "content"}')
    lines = run("evaluate", path).stdout.splitlines()
    assert "F1: n=0" in lines
    assert any(line.split() == ["all", "0", "0"] for line in lines)
    figures = json.loads(run("evaluate", path, "--format", "json").stdout)
    assert figures["recall"]["all"] == {"value": None, "low": None, "high": None, "n": 0, "n_groups": 0}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a.jsonl: no labelled documents; a line is a paragraph or a page with labels"),
        ("{", "a.jsonl, line 1: not valid JSON"),
        ('{"text": "x", "label": "spam"}', "line 1: label 'spam' is not one of 'keyword_block', 'content'"),
        ('{"text": "x"}', "line 1: a paragraph without label"),
        ('{"label": "content"}', "line 1: one of text, paragraphs and html is expected, none of them found"),
    ],
)
def test_labels_that_cannot_be_used_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path / "a.jsonl", content)
    result = run("evaluate", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr.splitlines()[-1]


def test_wrong_usage_is_named(labelled: Path, tmp_path: Path) -> None:
    for arguments, message in (
        ((), "Missing argument 'LABELLED...'"),
        ((tmp_path / "none.jsonl",), "none.jsonl cannot be read: No such file or directory"),
        ((labelled, "--model", "nowhere/"), "'nowhere/' is no model folder"),
        ((labelled, "--point", "precise", "--threshold", "0.5"), "--threshold cannot be used with --point"),
        ((labelled, "--worst", "-1"), "-1 is not in the range"),
        ((labelled, "-o", labelled), "is an input too; choose another name for the output"),
    ):
        result = run("evaluate", *arguments)
        assert result.exit_code == 2
        assert message in result.stderr.splitlines()[-1]


def test_the_shipped_model_is_evaluated_without_scikit_learn(labelled: Path) -> None:
    code = (
        "import sys; from unstuff.cli import main; main(['evaluate', sys.argv[1]], standalone_mode=False);"
        "print(sorted({'rich', 'sklearn', 'scipy', 'jieba', 'joblib'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code, labelled], capture_output=True, check=True).stdout
    assert shown.splitlines()[-1] == b"[]"

"""``unstuff train``: what it writes, what it says, what it refuses."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.test_cli import run, written
from tests.test_fit import documents
from unstuff import Filter, artifact
from unstuff.cli import outcome
from unstuff.fit import complete_folder
from unstuff.labels import as_json, read_labelled

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
FILES = ["README.md", "config.json", "importance.npz", "metrics.json", "model.npz", "tables.npz"]
LIST = "甲县| 乙县| 丙县| 永年县| 论坛| 壤塘县| 乐陵市| 彰武县| 龙岩市| 宣恩县"
MISSED = "rent a boat split | boat rental hvar | boat hire trogir | boat trip brac"


def lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def rows(n: int = 64) -> list[dict[str, Any]]:
    return [as_json(document) for document in documents(1, n)]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("labelled") / "labelled.jsonl", lines(rows()))


@pytest.fixture(scope="module")
def trained(labelled: Path) -> Path:
    """A model trained by the command line, and beside it what was printed."""
    folder = labelled.parent / "own"
    result = run("train", labelled, "-o", folder, "--folds", "2", "-q")
    assert (result.exit_code, result.stderr) == (0, "")
    written(folder.with_suffix(".txt"), result.stdout)
    return folder


@pytest.fixture
def corrections(tmp_path: Path) -> Path:
    page = {
        "id": "page",
        "paragraphs": [
            {"text": "we met at the station", "label": "content"},
            {"text": MISSED, "label": "keyword_block"},
        ],
    }
    return written(tmp_path / "corrections.jsonl", lines([{"text": LIST, "label": "content"}, page]))


# a model of one's own


def test_the_folder_is_a_model_with_figures_and_a_card(trained: Path) -> None:
    assert sorted(path.name for path in trained.iterdir()) == FILES
    assert not list(trained.parent.glob("*.part"))
    model = artifact.read(trained)
    assert model.name == "own"
    assert model.config["fitted_on"]["groups"] < 64
    assert model.points["precise"] >= model.points["balanced"] >= model.points["sensitive"]
    assert artifact.checksum(trained, "tables.npz") == artifact.checksum(artifact.shipped(), "tables.npz")
    metrics = json.loads((trained / "metrics.json").read_bytes())
    assert metrics["figures"]["recall"]["all"]["n"] == metrics["signature"]["n_blocks"] > 0
    card = (trained / "README.md").read_text("utf-8")
    assert "Made by `unstuff train`" in card
    assert f"| (source not given) | {model.config['fitted_on']['paragraphs']} |" in card


def test_the_checksum_that_is_printed_is_that_of_the_folder(trained: Path, labelled: Path) -> None:
    said = f"model own ({artifact.read(trained).config['checksum'][:12]}), "
    assert said in trained.with_suffix(".txt").read_text("utf-8")
    assert said in run("evaluate", labelled, "--model", trained).stdout
    assert "model own, " in (trained / "README.md").read_text("utf-8")
    assert json.loads((trained / "metrics.json").read_bytes())["signature"]["checksum"] is None


def test_what_n_cannot_support_is_said_on_the_terminal_and_in_the_card(trained: Path) -> None:
    said = "content paragraphs support a bound of 1 in"
    shown, card = trained.with_suffix(".txt").read_text("utf-8"), (trained / "README.md").read_text("utf-8")
    assert shown.startswith("Each document is its own group. Labelled: 64 documents in 64 groups")
    for text in (shown, card):
        assert text.count(said) == 3
        assert "not the 1 in 20,000 asked for, which takes about " in text
    assert "delete nothing unseen: look at what --point sensitive flags" in shown
    assert "Keyword blocks found, by family" in shown


def test_every_point_says_what_it_finds_and_flags_out_of_fold(trained: Path) -> None:
    lines = trained.with_suffix(".txt").read_text("utf-8").splitlines()
    head = lines.index(next(line for line in lines if line.startswith("point ")))
    assert lines[head].endswith("content flagged  blocks found")
    found = [float(line.split()[-2]) for line in lines[head + 1 : head + 4]]
    assert found == sorted(found)
    assert found[-1] > 50
    config = json.loads((trained / "config.json").read_bytes())
    flagged = [point["n_flagged"] for point in config["point_evidence"].values()]
    assert [int(line.split()[-5]) for line in lines[head + 1 : head + 4]] == flagged


def test_two_runs_give_the_same_bytes_whatever_the_jobs(trained: Path, labelled: Path, tmp_path: Path) -> None:
    arguments = ("--folds", "2", "--jobs", "2", "--name", "own", "-q")
    assert run("train", labelled, "-o", tmp_path / "again", *arguments).exit_code == 0
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (trained / name).read_bytes(), name


def test_groups_are_never_cut_and_the_seed_chooses_them(labelled: Path, tmp_path: Path) -> None:
    grouped = [{**row, "group": f"host {i // 4}"} for i, row in enumerate(rows())]
    path = written(tmp_path / "grouped.jsonl", lines(grouped))
    names = []
    for seed in (0, 1):
        folder = tmp_path / str(seed)
        result = run("train", path, "-o", folder, "--folds", "2", "--seed", str(seed), "-v")
        assert result.exit_code == 0
        assert "its own group" not in result.stdout
        assert "paragraph stage: fold 2 of 2" in result.stderr
        assert artifact.read(folder).config["fitted_on"]["documents"] % 4 == 0
        names.append((folder / "model.npz").read_bytes())
    assert names[0] != names[1]


JOINED = "documents have no group: those of one id are one group (ids of several:"


@pytest.mark.parametrize(
    ("ids", "groups", "said"),
    [
        ("abcd", ["", "", "", ""], "Each document is its own group. "),
        ("abcd", ["x", "x", "y", ""], "1 of 4 documents have no group: each is its own. "),
        ("abab", ["", "", "", ""], f"4 of 4 {JOINED} 2). "),
        ("aabc", ["", "", "x", "x"], f"2 of 4 {JOINED} 1). "),
        ("abcd", ["a", "a", "y", "y"], ""),
    ],
)
def test_documents_without_a_group_are_told(tmp_path: Path, ids: str, groups: list[str], said: str) -> None:
    rows = [
        {"id": own, "group": group, "text": "x", "label": "content"} for own, group in zip(ids, groups, strict=True)
    ]
    assert outcome._grouping(list(read_labelled([written(tmp_path / "a.jsonl", lines(rows))]))) == said


def test_texts_of_several_groups_are_counted(labelled: Path, trained: Path, tmp_path: Path) -> None:
    said = "texts stand in more than one group: fitted on in one, they are measured in another."
    assert said not in trained.with_suffix(".txt").read_text("utf-8")
    shared = [{"text": f"the cat sat on mat {i // 2}", "label": "content", "group": f"host {i}"} for i in range(6)]
    path = written(tmp_path / "more.jsonl", lines(shared))
    result = run("train", labelled, path, "-o", tmp_path / "m", "--folds", "2", "-q")
    assert f". 3 {said}" in result.stdout
    assert f". 3 {said}" in (tmp_path / "m" / "README.md").read_text("utf-8")


def test_without_a_test_part_every_group_is_measured_out_of_fold(labelled: Path, tmp_path: Path) -> None:
    result = run("train", labelled, "-o", tmp_path / "m", "--folds", "2", "--test-share", "0", "--prevalence", "0.2")
    counted = [line for line in result.stdout.splitlines() if line.startswith("64 documents in 64 groups")]
    assert len(counted) == 1
    assert "Measured: every group, by a fit without its fold" in result.stdout
    assert artifact.read(tmp_path / "m").config["prevalence"] == 0.2
    assert result.stderr == f"unstuff: model m written to {tmp_path / 'm'}\n"


# adapted to corrections


def test_corrections_are_followed_and_genuine_text_stays(corrections: Path, tmp_path: Path) -> None:
    result = run("train", "--from", "default", corrections, "-o", tmp_path / "adapted")
    assert result.exit_code == 0
    assert "paragraphs right: before 1 of 3, now 3; made wrong: 0" in result.stdout
    assert f"unstuff compare default {tmp_path / 'adapted'} FILE" in result.stderr
    old, new = artifact.read(artifact.shipped()), artifact.read(tmp_path / "adapted")
    assert new.paragraph.intercept == old.paragraph.intercept
    assert (new.paragraph.dense_weights == old.paragraph.dense_weights).all()
    assert (new.context_weights == old.context_weights).all()
    assert new.points == old.points
    scorer = Filter(new)
    assert [verdict.label for verdict in scorer.score_text(f"{LIST}\n\n{MISSED}")][1] == "keyword_block"
    assert scorer.score_text(LIST)[0].label == "content"
    unlike = "Die Sitzung beginnt um acht."
    assert scorer.score_text(unlike)[0].score == pytest.approx(Filter().score_text(unlike)[0].score, rel=0.05)
    kept, own = (folder / artifact.IMPORTANCE for folder in (artifact.shipped(), tmp_path / "adapted"))
    assert own.read_bytes() == kept.read_bytes()


def test_the_command_that_compares_can_be_copied(corrections: Path, tmp_path: Path) -> None:
    own = tmp_path / "my model; 2"
    result = run("train", "--from", "default", corrections, "-o", own)
    assert f"unstuff compare default '{own}' FILE" in result.stderr


def test_the_folder_says_what_it_was_adapted_from(corrections: Path, tmp_path: Path) -> None:
    run("train", "--from", "default", corrections, "-o", tmp_path / "one")
    assert run("train", "--from", tmp_path / "one", corrections, "-o", tmp_path / "two").exit_code == 0
    first, second = artifact.read(tmp_path / "two").config["adapted"]
    shipped = artifact.read(artifact.shipped())
    assert (first["from"], first["from_checksum"]) == (shipped.name, shipped.config["checksum"])
    assert first["corrections"] == {"documents": 2, "groups": 2, "paragraphs": 3, "keyword_block_paragraphs": 1}
    assert second["from"] == "one"
    assert f"Adapted from one ({second['from_checksum'][:12]})" in (tmp_path / "two" / "README.md").read_text("utf-8")
    metrics = json.loads((tmp_path / "two" / "metrics.json").read_bytes())
    assert metrics["adapted"] == second


def test_what_is_still_wrong_is_named(tmp_path: Path) -> None:
    alike = [(LIST, "keyword_block"), (f"\u200b{LIST}", "content"), (f"{LIST}\u200b", "content")]  # read as one
    path = written(tmp_path / "c.jsonl", lines([{"text": text, "label": label} for text, label in alike]))
    result = run("train", "--from", "default", path, "-o", tmp_path / "m")
    assert f"still wrong: {path}:1, paragraph 0 is not flagged" in result.stdout.splitlines()


def test_a_model_can_be_adapted_in_its_place(corrections: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(artifact.shipped(), tmp_path / "own"))
    before = artifact.read(own).config["checksum"]
    result = run("train", "--from", own, corrections, "-o", f"{tmp_path}/./own/")
    assert result.exit_code == 0
    assert "compare" not in result.stderr, "a model compared with itself"
    assert artifact.read(own).config["adapted"][0]["from_checksum"] == before
    assert [path.name for path in tmp_path.glob("own*")] == ["own"]


def test_a_model_without_importance_is_scored_with_and_not_adapted(corrections: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(artifact.shipped(), tmp_path / "old"))
    config = artifact.read(old).config
    (old / artifact.IMPORTANCE).unlink()
    artifact.seal(old, config)
    assert Filter(old).score_text(LIST)
    result = run("train", "--from", old, corrections, "-o", tmp_path / "m")
    assert result.exit_code == 2
    assert "cannot be adapted: it has no importance.npz" in result.stderr
    assert not (tmp_path / "m").exists()


# what is refused


CONTENT = [{"text": f"line {i} of prose", "label": "content"} for i in range(40)]
BLOCKS = [{"text": f"a{i}|b{i}|c{i}|d{i}", "label": "keyword_block"} for i in range(40)]


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        ([], (), "no labelled paragraphs; a line is a paragraph or a page with labels"),
        ([{"id": "x", "paragraphs": []}], (), "no labelled paragraphs"),
        ([{"id": "x", "paragraphs": []}], ("--from", "default"), "no labelled paragraphs"),
        (CONTENT, (), "all 40 paragraphs have one label, none is keyword_block; a fit needs both"),
        ([*CONTENT, *BLOCKS[:5]], (), "5 of 45 paragraphs are keyword_block, a fit needs at least 20"),
        ([*CONTENT, *BLOCKS[:22]], (), "18 of 50 paragraphs beside a test part of 20% are keyword_block, a fit needs"),
        ([*CONTENT, *BLOCKS, {**BLOCKS[3], "label": "content"}], (), "leave out one of each\n  "),
        ([{**row, "group": "one"} for row in CONTENT + BLOCKS], (), "1 groups cannot be divided into 5 folds beside"),
        ([*CONTENT, *({**row, "group": "b"} for row in BLOCKS)], (), "keyword_block paragraphs are of 1 group"),
        ([*CONTENT, *BLOCKS], ("--folds", "1"), "1 is not in the range"),
        ([*CONTENT, *BLOCKS], ("--from", "default", "--folds", "3"), "--folds cannot be used with --from"),
        ([*CONTENT, *BLOCKS], ("--from", "nowhere"), "'nowhere' is no model folder"),
    ],
)  # fmt: skip
def test_what_cannot_be_fitted_on_is_named(
    tmp_path: Path, given: list[dict[str, Any]], options: tuple[str, ...], message: str
) -> None:
    path = written(tmp_path / "a.jsonl", lines(given))
    result = run("train", path, "-o", tmp_path / "m", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert not (tmp_path / "m").exists()


@pytest.mark.parametrize("options", [(), ("--from", "default")])
def test_conflicting_labels_are_shown_with_file_and_line(tmp_path: Path, options: tuple[str, ...]) -> None:
    one = written(tmp_path / "one.jsonl", lines([*CONTENT, *BLOCKS]))
    other = written(tmp_path / "other.jsonl", "\n" + lines([{**BLOCKS[0], "label": "content", "id": "x"}]))
    result = run("train", *options, one, other, "-o", tmp_path / "m")
    assert result.exit_code == 2
    assert f"{one}:41 keyword_block, {other}:2 content: 'a0|b0|c0|d0'" in result.stderr


def test_a_short_line_of_pages_may_have_both_labels(tmp_path: Path) -> None:
    from unstuff.fit.usable import check_conflicts

    pages = [
        {"paragraphs": [{"text": "仁化县", "label": label}, {"text": f"line {label}", "label": label}]}
        for label in ("content", "keyword_block")
    ]
    check_conflicts(list(read_labelled([written(tmp_path / "a.jsonl", lines(pages))])))


def test_only_a_model_folder_is_written_over(
    labelled: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = written(tmp_path / "notes" / "todo.txt", "x")
    own = Path(shutil.copytree(trained, tmp_path / "own"))
    answers = written(own / "answers.jsonl", "x")
    link = tmp_path / "link"
    link.symlink_to(own)
    monkeypatch.chdir(tmp_path / "notes")
    for output, message in (
        (notes.parent, "is the folder that the command runs in, or above it"),
        (".", "is the folder that the command runs in, or above it"),
        ("..", "is the folder that the command runs in, or above it"),
        (notes, "is a file"),
        (link, f"is a link; give the folder that it leads to: {str(own)!r}"),
        (notes / "model", f"cannot be made: {str(notes)!r} is a file"),
        (own, "holds 'answers.jsonl' beside a model, which would be lost"),
    ):
        result = run("train", labelled, "-o", output)
        assert result.exit_code == 2
        assert message in result.stderr
    monkeypatch.chdir(tmp_path)
    assert "holds other files and no model" in run("train", labelled, "-o", "notes").stderr
    assert notes.read_text() == answers.read_text() == "x"


def test_a_forbidden_place_is_refused_before_the_fit(labelled: Path, tmp_path: Path) -> None:
    forbidden = tmp_path / "forbidden"
    forbidden.mkdir(mode=0o500)
    # Root may write anywhere: it is asked as somebody else.
    code = f"""
import os, pathlib
if os.getuid() == 0:
    os.access = lambda path, mode: pathlib.Path(path).stat().st_mode & 0o222 != 0
from unstuff.cli import main
main(["train", {str(labelled)!r}, "-o", {str(forbidden / "a" / "model")!r}])
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 2
    assert f"cannot be made: {str(forbidden)!r} is read-only" in shown.stderr


def test_a_name_that_no_model_can_have_is_refused_before_the_fit(tmp_path: Path) -> None:
    result = run("train", tmp_path / "none.jsonl", "-o", tmp_path / "m", "--name", "a\nb")
    assert result.exit_code == 2
    assert "a model cannot be called 'a\\nb', expected a printable name of at most 200 characters" in result.stderr


def test_two_at_once_leave_one_whole_model(corrections: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    with complete_folder(own) as first:
        assert run("train", "--from", "default", corrections, "-o", own).exit_code == 0
        shutil.copytree(artifact.shipped(), first, dirs_exist_ok=True)
    assert artifact.read(own).name == artifact.shipped().name
    assert [path.name for path in tmp_path.glob("own*")] == ["own"]


def test_a_folder_that_cannot_take_its_name_leaves_the_old_one(tmp_path: Path) -> None:
    own = Path(shutil.copytree(artifact.shipped(), tmp_path / "own"))
    with pytest.raises(FileNotFoundError), complete_folder(own) as part:
        part.rmdir()
    assert artifact.read(own).name == artifact.shipped().name
    assert [path.name for path in tmp_path.glob("own*")] == ["own"]


def test_an_interrupt_leaves_the_old_folder(corrections: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(shutil.copytree(artifact.shipped(), tmp_path / "own"))

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("unstuff.card.write", interrupted)
    assert run("train", "--from", "default", corrections, "-o", own).exit_code == 130
    assert [path.name for path in tmp_path.glob("own*")] == ["own"]
    assert artifact.read(own).name == artifact.shipped().name


def test_help_has_examples_and_loads_no_scikit_learn() -> None:
    code = (
        "import sys; from unstuff.cli import main; main(['train', '--help'], standalone_mode=False);"
        "print(sorted({'sklearn', 'scipy', 'jieba'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.decode()
    assert "unstuff train --from default corrections.jsonl -o adapted/" in shown
    assert shown.splitlines()[-1] == "[]"


def test_config_is_read_as_json_again(trained: Path) -> None:
    assert orjson.loads((trained / "config.json").read_bytes())["settings"]["n_folds"] == 2

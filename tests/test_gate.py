"""Floors: what they hold, when they breach, how they move; and the gate's command."""

from __future__ import annotations

import json
import math
import os
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("confusable_homoglyphs", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("opencc", reason="training is not installed: pip install 'unstuff[training]'")
pytest.importorskip("pypinyin", reason="training is not installed: pip install 'unstuff[training]'")

from tests.test_cli import StandIn
from training import floors, gate
from training.evaluate import Figure
from training.floors import Floor, Floors, changelog_line, data_checksum, loosened, updated
from unstuff import Filter
from unstuff.errors import InputError

FOUND = {
    "recall": Figure(0.912, 0.8, 0.97, 50, 20),
    "hard": Figure(0.002, 0.0, 0.01, 1000, 90),
    "clean": Figure(0.0001, 0.0, 0.001, 40_000, 900, 0.00019),
    "empty": Figure(math.nan, math.nan, math.nan, 0, 0),
}
RECALL = Floor("recall", at_least=0.9)
HARD = Floor("hard", at_most=0.004, is_ceiling=True)


def test_floors_and_ceilings_hold_or_breach() -> None:
    assert RECALL.breach(FOUND) == HARD.breach(FOUND) == ""
    assert RECALL.with_limit(0.92).breach(FOUND) == HARD.with_limit(0.001).breach(FOUND) == "breach"
    assert replace(RECALL, figure="other").breach(FOUND) == "not measured"
    assert replace(RECALL, figure="empty").breach(FOUND) == "breach"
    assert Floor("clean", at_most=0.0002, of="bound", is_ceiling=True).breach(FOUND) == ""
    assert Floor("clean", at_most=0.00015, of="bound", is_ceiling=True).breach(FOUND) == "breach"


def test_a_limit_that_misses_its_mark_says_why() -> None:
    below = replace(RECALL, mark=0.97)
    assert "without a reason" in below.breach(FOUND)
    assert replace(below, exception="too few campaigns").breach(FOUND) == ""
    assert replace(RECALL, mark=0.9).breach(FOUND) == ""
    assert replace(HARD, mark=0.003).misses_mark
    assert not replace(HARD, mark=0.004).misses_mark
    assert Floor("later", mark=0.8, exception="not pinned").breach(FOUND) == ""


def test_new_limits_leave_a_row_and_only_tighten() -> None:
    assert updated(Floor("recall"), FOUND).at_least == pytest.approx(0.912 - 1 / 50)
    assert updated(replace(HARD, at_most=None), FOUND).at_most == pytest.approx(0.003)
    assert updated(Floor("clean", of="bound", is_ceiling=True), FOUND).at_most == pytest.approx(0.0002, abs=1e-9)
    assert updated(RECALL, FOUND) == RECALL
    assert updated(RECALL.with_limit(0.5), FOUND).at_least == pytest.approx(0.892)
    assert updated(RECALL.with_limit(0.95), FOUND).at_least == pytest.approx(0.892)
    assert updated(replace(RECALL, figure="empty"), FOUND).at_least == 0.9


def test_a_limit_stands_at_a_mark_that_is_reached_and_loses_its_exception() -> None:
    excused = Floor("recall", at_least=0.5, mark=0.9, exception="few")
    assert updated(excused, FOUND) == replace(excused, at_least=0.9, exception="")
    assert updated(replace(excused, mark=0.95), FOUND).exception == "few"
    assert updated(Floor("hard", mark=0.002, is_ceiling=True), FOUND).at_most == 0.002


def pinned(*own: Floor, provisional: bool = False) -> Floors:
    return Floors(own, "sum", "signature", {"4": "elsewhere"}, provisional)


def test_the_file_reads_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    own = pinned(RECALL, replace(HARD, of="bound", mark=0.005, done_when="3"), Floor("later", exception="x"))
    own.write(path)
    assert Floors.read(path) == own
    assert "exception" not in json.loads(path.read_text())["floors"][0]
    path.write_text(json.dumps({"floors": [{"figure": "f"}], "data": "", "pinned_with": "", "elsewhere": {}}))
    with pytest.raises(InputError, match="at_least and at_most"):
        Floors.read(path)


def test_loosened_floors_are_told() -> None:
    old = pinned(RECALL, HARD)
    assert list(loosened(old, pinned(RECALL.with_limit(0.95), HARD.with_limit(0.001)))) == []
    assert [after.limit for _, after in loosened(old, pinned(RECALL.with_limit(0.8), HARD.with_limit(None)))] == [
        0.8,
        None,
    ]


def test_lowering_needs_leave_and_a_line_in_the_changelog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "FILE", tmp_path / "floors.json")
    monkeypatch.setattr(gate, "CHANGELOG", tmp_path / "CHANGELOG.md")
    old = pinned(RECALL.with_limit(0.95), HARD)
    (line,) = (changelog_line(before, after) for before, after in [(old.floors[0], updated(old.floors[0], FOUND))])
    assert line == "recall (value) from 0.95 to 0.892"
    (tmp_path / "CHANGELOG.md").touch()
    new = Filter().model
    assert "--allow-lower" in gate.update(old, FOUND, new, "sum", allow_lower=False)[0]
    for no_reason in ("# Changelog\n", f"- An earlier model: {line}\n- {new.name}\n"):
        (tmp_path / "CHANGELOG.md").write_text(no_reason)
        assert line in gate.update(old, FOUND, new, "sum", allow_lower=True)[0]
    assert not (tmp_path / "floors.json").exists()
    (tmp_path / "CHANGELOG.md").write_text(f"- {new.name}\n- Floor {line}: other data\n")
    assert gate.update(old, FOUND, new, "sum", allow_lower=True) == []
    assert Floors.read(tmp_path / "floors.json").floors[0].at_least == 0.892
    assert gate.update(replace(old, provisional=True), FOUND, new, "sum", allow_lower=False) == []
    assert not Floors.read(tmp_path / "floors.json").provisional


def test_the_gate_fails_on_a_breach_and_on_other_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert gate.gated(pinned(RECALL, HARD), FOUND, "sum")
    assert not gate.gated(pinned(RECALL, HARD), FOUND, "other")
    assert "not what the floors were pinned with" in capsys.readouterr().out
    assert not gate.gated(pinned(RECALL.with_limit(0.99)), FOUND, "sum")
    shown = capsys.readouterr().out
    assert "breach" in shown
    assert "91.2 % (80.0 % to 97.0 %) (from metrics.json)" in shown
    assert "mark 4: elsewhere" in shown


def test_the_checksum_is_over_names_and_contents_of_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "a.jsonl").write_text("1")
    first = data_checksum(tmp_path)
    (tmp_path / "README.md").write_text("2")
    assert data_checksum(tmp_path) == first
    (tmp_path / "html" / "b.jsonl.gz").write_text("2")
    second = data_checksum(tmp_path)
    (tmp_path / "html" / "b.jsonl.gz").rename(tmp_path / "html" / "c.jsonl.gz")
    assert len({first, second, data_checksum(tmp_path)}) == 3


def test_own_pages_are_labelled_and_checked() -> None:
    pages = {name: (page, injected) for name, page, injected in gate.own_pages()}
    assert len(pages) == 7
    assert [len(injected) for _, injected in pages.values()] == [1, 1, 0, 0, 1, 0, 0]
    page, (last,) = pages["town_news.txt"]
    assert page.paragraphs[last].text.startswith("通渭县| ")
    wrong = gate.wrong_pages(StandIn())
    assert all("flagged" in line for line in wrong)


@pytest.fixture
def no_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNSTUFF_DATA", raising=False)
    monkeypatch.setattr(gate, "Filter", lambda folder: StandIn())
    monkeypatch.setattr(gate, "signature", lambda model: "stand-in")


@pytest.mark.usefixtures("no_data")
def test_without_data_own_pages_alone_are_gated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gate, "wrong_pages", lambda scorer: [])
    assert gate.main([]) == 0
    assert "NOT GATED" in capsys.readouterr().out
    monkeypatch.setattr(gate, "wrong_pages", lambda scorer: ["page: wrong"])
    assert gate.main([]) == 1
    for arguments in (["--require-data"], ["--update"], ["--allow-lower"]):
        with pytest.raises(SystemExit) as caught:
            gate.main(arguments)
        assert caught.value.code == 2


def test_the_shipped_floors_name_every_mark() -> None:
    own = Floors.read(floors.FILE)
    assert {floor.done_when for floor in own.floors} - {""} == {"1", "2", "3", "6"}
    assert set(own.elsewhere) == {"4", "5", "7", "8"}
    assert not [floor.figure for floor in own.floors if floor.misses_mark and not floor.exception]


@pytest.mark.skipif("UNSTUFF_DATA" not in os.environ, reason="UNSTUFF_DATA is not set")
def test_the_floors_were_pinned_with_this_data() -> None:
    assert data_checksum(Path(os.environ["UNSTUFF_DATA"])) == Floors.read(floors.FILE).data

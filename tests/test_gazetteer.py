"""Own place names: what a file may hold, and what they change."""

from __future__ import annotations

import json
import pickle
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests.test_cli import run, written
from unstuff import Filter, InputError, ModelError, artifact, gazetteer
from unstuff.cli import main

DATA = Path(__file__).parent / "data"
HARBOUR = (
    "Harbour log, week 14\n"
    "Two fishing boats came in on Tuesday with engine trouble and left again on Friday.\n"
    "The crane on the north quay will be out of use until the new cable arrives."
)
FIRST = ("Bracken", "Olden", "Thorn", "Wether", "Marl", "Quill", "Fenn", "Hask", "Lunn", "Dray")
NAMES = [first + last for first in FIRST for last in ("ford", "haven", "wick", "combe")]
REGIONS = ("Northmark", "Eastvale", "Southreach", "Westfold", "Midlow", "Farholm", "Upland", "Lowsea")
REGION_OF = {name: REGIONS[i % len(REGIONS)] for i, name in enumerate(NAMES)}
DRAWN = random.Random(3).sample(NAMES, len(NAMES))
INJECTED = f"{HARBOUR}\n{'| '.join(DRAWN)}|"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text("# made up\n" + "".join(f"{name}\t{region}\n" for name, region in REGION_OF.items()), "utf-8")
    return path


def pages() -> list[str]:
    records = [json.loads(line) for line in (DATA / "pages.jsonl").read_text("utf-8").splitlines()]
    return [(DATA / "town_news.txt").read_text("utf-8"), *(record["text"] for record in records if "text" in record)]


def test_a_list_of_own_names_is_found_by_them(own: Path) -> None:
    before, after = Filter().score_text(INJECTED)[-1], Filter(gazetteer=own).score_text(INJECTED)[-1]
    assert before.label == "content" and after.found
    assert after.score > 0.99 > 0.5 > before.score
    assert after.reasons[0].name == "place_names"
    assert after.reasons[0].detail.startswith("40 of 40 items are place names of 8 regions (")


def test_names_without_a_region_are_of_one(own: Path) -> None:
    own.write_text("\n".join(NAMES), "utf-8")
    reasons = {reason.name: reason.detail for reason in Filter(gazetteer=own).score_text(INJECTED)[-1].reasons}
    assert reasons["place_names"] == "40 of 40 items are place names of 1 region (own names)"


def test_a_list_that_keeps_to_one_region_stays_content(own: Path) -> None:
    one = [name for name, region in REGION_OF.items() if region == "Upland"]
    text = f"{HARBOUR}\nThe ferry calls at {', '.join(one)}."
    assert not any(verdict.found for verdict in Filter(gazetteer=own).score_text(text))


def test_pages_without_own_names_do_not_change(own: Path) -> None:
    before, after = Filter(), Filter(gazetteer=own)
    for text in [HARBOUR, *pages()]:
        assert after.score_text(text, reasons=True) == before.score_text(text, reasons=True)


@pytest.mark.parametrize("content", ["永年县\n乐陵市\tNorthmark\nTOKYO\n\n", "# nothing yet\n"])
def test_names_that_the_model_knows_change_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.tsv"
    path.write_text(content, "utf-8")
    same = Filter(gazetteer=path)
    assert same.model.name == Filter().model.name
    for text in [INJECTED, *pages()]:
        assert same.score_text(text, reasons=True) == Filter().score_text(text, reasons=True)


def test_a_region_of_the_model_is_joined(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("石桥岭县\t河北\n", "utf-8")
    table = Filter(gazetteer=path).model.extractor.gazetteer
    known = Filter().model.extractor.gazetteer
    row = int(np.flatnonzero(~known.index.has(table.index.keys))[0])
    assert table.region_names == known.region_names
    assert table.region_names[table.region[row]] == "河北"
    hebei = np.flatnonzero((table.mask & table.mask[row]) != 0)
    assert len(hebei) > 100 and table.in_one_region(np.full(len(hebei), row), hebei).all()


def test_names_of_any_script_and_width_are_found(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes("\ufeff石橋嶺縣\r\nКамнегорск-Заречный\r\nบ้านหินงาม\r\n".encode())
    text = "石桥岭县、КАМНЕГОРСК-ЗАРЕЧНЫЙ、บ้านหินงาม"
    reasons = {reason.name: reason.detail for reason in Filter(gazetteer=path, threshold=0).score_text(text)[0].reasons}
    assert reasons["place_names"].startswith("3 of 3 items")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Oldenford\n\xff\xfe\n", r"own\.tsv:2: not UTF-8 \(invalid start byte at byte 0\)"),
        (b"# a\nx\n", r"own\.tsv:2: name 'x' has length 1, 2 to 100 characters are expected"),
        (b"a" * 101, r"own\.tsv:1: name 'aaaaaaaaaaaaaaaaaaaa' has length 101"),
        (b"\n\nOldenford\tUpland\tmore\n", r"own\.tsv:3: 3 fields found; a name is expected, or a name, a tab"),
        (b"Oldenford\tUp\x00land\n", r"own\.tsv:1: region 'Up\\x00land' is not a short printable word"),
        (b"Oldenford\nMarlwick | Marlford\n", r"own\.tsv:2: name 'Marlwick \| Marlford' is 2 items of a list; give"),
        (b"||\n", r"own\.tsv:1: name '\|\|' holds nothing to be found"),
    ],
)
def test_bad_lines_are_named(own: Path, content: bytes, message: str) -> None:
    own.write_bytes(content)
    with pytest.raises(InputError, match=message):
        Filter(gazetteer=own)


def test_files_too_large_or_missing_are_refused(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        Filter(gazetteer=own.with_name("none.tsv"))
    monkeypatch.setattr(gazetteer, "MAX_NAMES", 39)
    with pytest.raises(InputError, match="has 40 names, at most 39 are read"):
        Filter(gazetteer=own)
    monkeypatch.setattr(gazetteer, "MAX_BYTES", 1 << 6)
    with pytest.raises(InputError, match="has more than 0 MB"):
        Filter(gazetteer=own)


def test_extended_tables_can_be_stored_in_a_model(own: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(artifact.shipped(), tmp_path / "model"))
    with np.load(folder / "tables.npz") as loaded:
        tables = dict(loaded)
    names = gazetteer.read_names(own)
    extended = {**tables, **gazetteer.extend(tables, names, Filter().model.extractor.normaliser)}
    assert len(extended["place_hash"]) == len(tables["place_hash"]) + len(NAMES)
    assert (np.diff(extended["place_hash"].astype(object)) > 0).all()
    artifact.save_arrays(folder / "tables.npz", extended)
    artifact.seal(folder, Filter().model.config)
    assert Filter(folder).score_text(INJECTED, reasons=True) == Filter(gazetteer=own).score_text(INJECTED, reasons=True)
    assert Filter(folder, gazetteer=own).model.name == Filter(folder).model.name  # all of them are known now


def test_extending_twice_is_extending_once(own: Path) -> None:
    names, model = gazetteer.read_names(own), Filter().model
    tables, normaliser = model.extractor.gazetteer.tables(), model.extractor.normaliser
    once = gazetteer.extend(tables, names, normaliser)
    again = gazetteer.extend(gazetteer.extend(tables, names[:20], normaliser), names, normaliser)
    twice = gazetteer.extend(once, [*names, *names], normaliser)
    assert all((twice[key] == once[key]).all() for key in once)
    for key in ("place_hash", "place_region", "region_names", "region_is_province"):
        assert (again[key] == once[key]).all(), key


def test_a_stored_region_beyond_the_table_is_refused(own: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(artifact.shipped(), tmp_path / "model"))
    tables = Filter(gazetteer=own).model.extractor.gazetteer.tables()
    with np.load(folder / "tables.npz") as loaded:
        tables = {**loaded, **tables}
    tables["place_region"][5] = len(tables["region_names"])
    artifact.save_arrays(folder / "tables.npz", tables)
    artifact.seal(folder, Filter().model.config)
    with pytest.raises(ModelError, match="a region of a place is not in its table"):
        Filter(folder)


def test_a_filter_with_own_names_can_be_pickled(own: Path) -> None:
    scorer = Filter(gazetteer=own)
    assert pickle.loads(pickle.dumps(scorer)).score_text(INJECTED) == scorer.score_text(INJECTED)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_verbs_take_a_gazetteer(own: Path, jobs: str) -> None:
    page = own.with_name("page.txt")
    page.write_text(INJECTED, "utf-8")
    run = CliRunner().invoke(main, ["score", "--found-only", "--jobs", jobs, "--gazetteer", str(own), str(page)])
    assert run.exit_code == 0 and run.stdout.count("\n") == 1
    assert "place_names" in run.stdout
    cleaned = CliRunner().invoke(main, ["clean", "--gazetteer", str(own), str(page)])
    assert cleaned.stdout == HARBOUR + "\n"


def test_the_command_line_names_the_bad_line(own: Path) -> None:
    own.write_text("Oldenford\nx\n", "utf-8")
    run = CliRunner().invoke(main, ["explain", "--gazetteer", str(own), str(DATA / "town_news.txt")])
    assert run.exit_code == 2
    assert "own.tsv:2: name 'x' has length 1" in run.stderr


def test_train_stores_the_names_in_the_model(own: Path, tmp_path: Path) -> None:
    corrections = written(tmp_path / "corrections.jsonl", '{"text": "we met at the station", "label": "content"}')
    for options in ((), ("--gazetteer", own)):
        result = run("train", "--from", "default", corrections, *options, "-o", tmp_path / "model", "-q")
        assert (result.exit_code, result.stderr) == (0, "")
        assert Filter(tmp_path / "model").score_text(INJECTED)[-1].found == bool(options)
    assert json.loads((tmp_path / "model" / "config.json").read_bytes())["gazetteer"]


def test_train_refuses_a_bad_gazetteer(tmp_path: Path) -> None:
    bad = written(tmp_path / "bad.tsv", "a\tb\tc\n")
    corrections = written(tmp_path / "corrections.jsonl", '{"text": "we met at the station", "label": "content"}')
    result = run("train", "--from", "default", corrections, "--gazetteer", bad, "-o", tmp_path / "model")
    assert result.exit_code == 2
    assert "bad.tsv:1: 3 fields found" in result.stderr
    assert not (tmp_path / "model").exists()

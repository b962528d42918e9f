"""Model folders: what is refused, and in which words."""

import pickle
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from numpy.typing import NDArray

from tests.hostile import corruption, models
from tests.hostile.case import Case
from unstuff import Filter, ModelError, artifact
from unstuff.features import ngrams, words
from unstuff.model import WordStage

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(artifact.shipped(), tmp_path / "model"))


def test_the_shipped_model_is_the_released_one() -> None:
    shipped = artifact.shipped()
    released = ROOT / "models" / shipped.name
    assert sorted(path.name for path in shipped.iterdir()) == sorted(path.name for path in released.iterdir())
    for path in shipped.iterdir():
        assert path.read_bytes() == (released / path.name).read_bytes(), path.name


def test_the_shipped_model_is_at_most_three_megabytes() -> None:
    assert sum(path.stat().st_size for path in artifact.shipped().iterdir()) <= 3_000_000


@pytest.mark.parametrize("folder_of", sorted((ROOT / "models").glob("*/config.json")), ids=lambda p: p.parent.name)
def test_every_released_model_loads(folder_of: Path) -> None:
    assert artifact.read(folder_of.parent).name == folder_of.parent.name


@pytest.mark.parametrize("name", ["model.npz", "tables.npz"])
def test_a_changed_file_is_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=f"{name} was changed"):
        Filter(model=folder)


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / "tables.npz").unlink()
    with pytest.raises(ModelError, match=r"tables\.npz cannot be read"):
        Filter(model=folder)


def test_a_changed_threshold_is_refused(folder: Path) -> None:
    config = orjson.loads((folder / "config.json").read_bytes())
    config["points"]["balanced"] = 0.0
    (folder / "config.json").write_bytes(orjson.dumps(config))
    with pytest.raises(ModelError, match=r"config\.json was changed"):
        Filter(model=folder)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"protocol": "1"}'])
def test_a_damaged_config_is_refused(folder: Path, content: bytes) -> None:
    (folder / "config.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"config\.json"):
        Filter(model=folder)


@pytest.mark.parametrize(("step", "way_out"), [(1, "upgrade unstuff"), (-1, "train it anew")])
def test_another_protocol_is_refused_in_words(folder: Path, step: int, way_out: str) -> None:
    config = orjson.loads((folder / "config.json").read_bytes())
    config["protocol"] = artifact.PROTOCOL + step
    (folder / "config.json").write_bytes(orjson.dumps(config))
    said = (
        f"in {str(folder)!r} has protocol {artifact.PROTOCOL + step}, this version reads {artifact.PROTOCOL}; {way_out}"
    )
    with pytest.raises(ModelError, match=re.escape(said)):
        Filter(model=folder)


def test_pickled_arrays_are_never_loaded(folder: Path) -> None:
    arrays = dict(np.load(folder / "model.npz"))
    arrays["intercepts"] = np.array([{"not": "data"}], dtype=object)
    np.savez(folder / "model.npz", **arrays)
    artifact.seal(folder, orjson.loads((folder / "config.json").read_bytes()))
    with pytest.raises(ModelError, match="intercepts is object"):
        Filter(model=folder)


def test_arrays_of_another_shape_are_refused(folder: Path) -> None:
    arrays = dict(np.load(folder / "model.npz"))
    arrays["dense_weights"] = arrays["dense_weights"][:-1]
    artifact.save_arrays(folder / "model.npz", arrays)
    artifact.seal(folder, orjson.loads((folder / "config.json").read_bytes()))
    with pytest.raises(ModelError, match="dense_weights is float32"):
        Filter(model=folder)


@pytest.mark.parametrize("band", [[1.0], "all", [0.0, None]])
def test_a_band_that_is_none_is_refused(folder: Path, band: object) -> None:
    config = orjson.loads((folder / "config.json").read_bytes())
    artifact.seal(folder, {**config, "segmentation_band": band})
    with pytest.raises(ModelError, match="segmentation_band"):
        Filter(model=folder)


def test_a_word_stage_is_read_as_it_was_written(folder: Path) -> None:
    rng = np.random.default_rng(1)
    dense = rng.normal(size=len(words.NAMES)).astype(np.float32).astype(np.float64)
    buckets = rng.normal(size=words.N_WORD_BUCKETS).astype(np.float16).astype(np.float64)
    stage = WordStage(-3.0, 7.0, 1.5, dense, buckets, 0.25)
    arrays = dict(np.load(folder / "model.npz")) | artifact.word_arrays(stage)
    arrays["intercepts"][2] = stage.intercept
    artifact.save_arrays(folder / "model.npz", arrays)
    config = orjson.loads((folder / "config.json").read_bytes())
    artifact.seal(folder, {**config, "segmentation_band": [stage.low, stage.high]})
    read = artifact.read(folder).paragraph.words
    assert read is not None
    pairs: list[tuple[Any, Any]] = list(zip(stage, read, strict=True))
    for mine, its in pairs:
        assert np.array_equal(mine, its)
    artifact.seal(folder, {**config, "segmentation_band": None})
    assert artifact.read(folder).paragraph.words is None


def test_saved_arrays_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {"b": np.arange(9), "a": np.ones((2, 3), np.float16)}
    artifact.save_arrays(tmp_path / "one.npz", arrays)
    artifact.save_arrays(tmp_path / "two.npz", {"a": arrays["a"], "b": arrays["b"]})
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


@pytest.mark.parametrize("case", models.FOLDERS, ids=lambda case: case.name.replace(" ", "-"))
def test_a_hostile_folder_is_refused_in_words(tmp_path: Path, case: Case) -> None:
    assert case.run(case.make(tmp_path))


@pytest.mark.parametrize("mode", corruption.MODES)
@pytest.mark.parametrize(("name", "n"), [("model.npz", 30), ("tables.npz", 30), ("config.json", 30), ("README.md", 3)])
def test_random_damage_is_refused_or_changes_nothing_unnoticed(tmp_path: Path, name: str, n: int, mode: str) -> None:
    counted = corruption.corrupt(corruption.Folder(tmp_path / "model"), name, mode, n, seed=2)
    assert set(counted) <= {corruption.REFUSED, corruption.SAME, corruption.OTHER}
    assert counted[corruption.REFUSED] > n // 3 or name == "README.md"


def test_a_model_is_read_through_links_as_caches_have_them(folder: Path, tmp_path: Path) -> None:
    linked = tmp_path / "snapshot"
    linked.mkdir()
    for path in folder.iterdir():
        (linked / path.name).symlink_to(path)
    assert artifact.read(linked).name == artifact.read(folder).name


def test_reading_a_model_never_unpickles(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a pickle was read")

    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    assert Filter(model=folder).score_text("x")


def test_importance_is_read_for_adapting_alone(folder: Path) -> None:
    assert artifact.read(folder).importance is None
    importance = artifact.read_adaptable(folder).importance
    assert importance is not None
    assert importance.dtype == np.uint8
    (folder / artifact.IMPORTANCE).write_bytes(b"damaged")
    assert Filter(folder).score_text("one line")
    with pytest.raises(ModelError, match=r"importance\.npz was changed"):
        artifact.read_adaptable(folder)


def test_importance_of_another_form_is_refused(folder: Path) -> None:
    config = artifact.read(folder).config
    for array in (np.zeros(3, np.uint8), np.zeros(ngrams.N_BUCKETS, np.float32)):
        artifact.save_arrays(folder / artifact.IMPORTANCE, {"content": array})
        artifact.seal(folder, config)
        with pytest.raises(ModelError, match=r"importance\.npz: content is .*, expected uint8 \(524288,\)"):
            artifact.read_adaptable(folder)


def test_a_model_without_importance_is_read_and_not_adapted(folder: Path) -> None:
    (folder / artifact.IMPORTANCE).unlink()
    artifact.seal(folder, artifact.read(folder).config)
    assert Filter(folder).score_text("one line")
    with pytest.raises(ModelError, match=r"cannot be adapted: it has no importance\.npz"):
        artifact.read_adaptable(folder)

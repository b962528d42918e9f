"""The shipped public suffix list is rewritten when that is asked for, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import public_suffixes


def test_asking_for_help_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(public_suffixes, "TARGET", tmp_path / "shipped.txt")
    with pytest.raises(SystemExit, match=r"^0$"):
        public_suffixes.main(["--help"])
    assert not list(tmp_path.iterdir())


def test_the_list_is_written_where_asked(tmp_path: Path) -> None:
    pytest.importorskip("publicsuffixlist", reason="training is not installed: pip install 'unstuff[training]'")
    shipped = public_suffixes.TARGET.read_bytes()
    public_suffixes.main(["--output", str(tmp_path / "own.txt")])
    assert "\nxn--55qx5d.cn\n" in (tmp_path / "own.txt").read_text("ascii")
    assert public_suffixes.TARGET.read_bytes() == shipped

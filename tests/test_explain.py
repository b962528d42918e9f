"""What people are shown of a document: shortened, harmless, injected parts marked, reasons beside or under them."""

import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_report import HOSTILE, scored, verdict
from unstuff import explain
from unstuff.excerpt import Piece, excerpt
from unstuff.sources import Result

PART = verdict("开头的正文。甲县| 乙县| 丙县|后面的正文。", 1, found=True, spans=((6, 17),))
TERMINAL = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}


def shown(result: Result, monkeypatch: pytest.MonkeyPatch, **env: str) -> str:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    file = io.StringIO()
    explain.show(result, file)
    return file.getvalue()


def test_only_the_injected_part_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    result = scored("a", [verdict("正文", 0), PART])
    assert "开头的正文。[[甲县| 乙县| 丙县|]]后面的正文。" in shown(result, monkeypatch)
    coloured = shown(result, monkeypatch, **TERMINAL, COLUMNS="80")
    assert "开头的正文。\x1b[1;31m[[甲县| 乙县| 丙县|]]\x1b[0m后面的正文。" in coloured
    plain = shown(result, monkeypatch, **TERMINAL, COLUMNS="80", NO_COLOR="1")
    assert "[31m" not in plain
    assert "[33m" not in plain


def test_reasons_stand_beside_their_paragraph_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    result = scored("a", [verdict("甲县| 乙县|" * 20, 0, found=True)])
    wide = shown(result, monkeypatch, **TERMINAL, COLUMNS="120").splitlines()
    assert "甲县" in wide[2]
    assert "list_form" in wide[2]
    narrow = shown(result, monkeypatch, **TERMINAL, COLUMNS="90").splitlines()
    assert "list_form" not in narrow[2]
    assert "list_form" in narrow[3]


@pytest.mark.parametrize("columns", ["60", "140"])
def test_a_terminal_gets_no_control_of_a_page(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    texts = [*HOSTILE, "\x1b]0;title\x07\x9b31m\u2066\u202a\ufeff\U000e0041"]
    result = scored("\x1b[2J\u202e", [verdict(text, n, found=True) for n, text in enumerate(texts)])
    assert not {char for char in shown(result, monkeypatch) if control(char)} - {"\n"}
    coloured = shown(result, monkeypatch, **TERMINAL, COLUMNS=columns)
    styles = set(re.findall(r"\x1b\[([0-9;]*)m", coloured))
    assert styles == {"0", "1", "1;31", "33"}
    assert not {char for char in re.sub(r"\x1b\[[0-9;]*m", "", coloured) if control(char)} - {"\n"}
    assert "\\U000e0041" in coloured.replace("\n", "").replace(" ", "")


def control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"}


def test_long_parts_and_what_surrounds_them_are_cut() -> None:
    text = "前" * 50 + "甲" * 50 + "中" * 50 + "乙" * 50 + "后" * 50
    pieces, n_left_out = excerpt(verdict(text, found=True, spans=((50, 100), (150, 200))), 80)
    assert pieces == [
        Piece("…" + "前" * 20, False),
        Piece("甲" * 50, True),
        Piece("中" * 20 + "…", False),
        Piece("乙" * 30 + "…", True),
        Piece("…", False),
    ]
    assert n_left_out == 250 - 20 - 50 - 20 - 30


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=6), st.integers(1, 80))
def test_what_is_shown_and_what_is_left_out_is_the_whole(text: str, cuts: list[int], n_chars: int) -> None:
    bounds = sorted({min(cut, len(text)) for cut in cuts})
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    pieces, n_left_out = excerpt(verdict(text, found=bool(spans), spans=spans), n_chars)
    assert n_left_out >= 0
    assert not any(control(char) for piece in pieces for char in piece.text if char not in "\u200c\u200d")
    if len(text) <= n_chars // 4:
        assert n_left_out == 0
        assert [piece.injected for piece in pieces].count(True) == len(spans)

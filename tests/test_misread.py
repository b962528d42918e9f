"""Wrongly decoded and percent-encoded text is read as what it says, and no other text is touched."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from unstuff import Filter, misread
from unstuff.normalise import encode

SPAM = "久久精品国产亚洲 | 一区二区三区 | 在线免费观看视频 | 国产精品自拍"
CYRILLIC = "Казино онлайн, игровые автоматы на деньги"


def decoded_of(raw: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """As the normaliser calls it."""
    return misread.decode(raw, np.flatnonzero(np.isin(raw, misread.signs())))


def read(text: str) -> str:
    """The text as features see it."""
    raw, _ = encode([text])
    decoded = decoded_of(raw)
    assert len(decoded) == len(raw)
    assert (decoded[raw == 0] == 0).all()
    return "".join(map(chr, decoded[(decoded != 0) & (decoded != 0xFEFF)].tolist()))


@pytest.mark.parametrize("text", [SPAM, CYRILLIC])
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_utf8_read_as_one_byte_a_character(text: str, encoding: str) -> None:
    assert read(text.encode().decode("latin-1")) == text
    garbled = text.encode().decode(encoding, "replace")
    same = sum(a == b for a, b in zip(read(garbled), text, strict=True))
    assert same >= 0.75 * len(text)  # Windows-1252 has no character for five bytes


def test_gbk_read_as_latin_1_and_utf8_read_as_gbk() -> None:
    assert read(SPAM.encode("gbk").decode("latin-1")) == SPAM
    # Of bytes in odd number before a bar, GBK takes the bar along.
    garbled = SPAM.encode().decode("gbk", "replace")
    assert len(set(read(garbled)) & set(SPAM)) >= 0.7 * len(set(SPAM))


def test_percent_encoded() -> None:
    escaped = "".join(f"%{byte:02X}" for byte in SPAM.encode())
    assert read(escaped) == SPAM
    assert read("slot%20gacor%2c%20100%") == "slot gacor, 100%"
    assert read("%E4%B9 %C0%80 %ED%A0%80 %4 %zz %") == "%E4%B9 %C0%80 %ED%A0%80 %4 %zz %"


@pytest.mark.parametrize(
    "text",
    [
        "»Spaß« und »Maß« – Fuß«, Größe, Übermut, Äpfel, schön",
        "déjà vu, créée, naïveté, Noël, à côté, où, garçon",
        "São Paulo, Canção, coração, às vezes, Ação",
        "ÞÞÞ þþþ ðð ÆÆÆ ööö",
        "Ïðèâåò, êàê äåëà? Ýòî êîäèðîâêà 1251",  # read by nobody here: windows-1251, not GBK
        "久久精品 á é í ó ú",
        "洹水、浞、溧阳市、涪陵区、潇湘、淞沪、渑池、泸州",
        "100% de réduction, 5%-10%",
        "",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    raw, _ = encode([text])
    assert decoded_of(raw) is raw


def test_each_paragraph_is_told_by_itself() -> None:
    garbled, plain = SPAM.encode().decode("latin-1"), "Spaß« et «É»"
    both, _ = encode([plain, garbled, plain])
    alone = [decoded_of(encode([text])[0]) for text in (plain, garbled, plain)]
    assert (decoded_of(both) == np.concatenate(alone)).all()


@pytest.mark.parametrize(
    "pieces",
    [
        ["涔呬箙", "涔呬箙", "鐨", "的", "字"],
        ["ä¹…", "Ã©", "é", "»", "\ufffd", "a"],
        ["¾Ã", "¹ú", "²ú", "Ã", "a"],
        ["%E4%B9%85", "%E4", "%", "9"],
    ],
)
def test_what_a_paragraph_is_read_as_does_not_depend_on_the_batch(pieces: list[str]) -> None:
    rng = np.random.default_rng(5)
    texts = ["".join(rng.choice(pieces, int(rng.integers(1, 24))).tolist()) for _ in range(400)]
    alone = [decoded_of(encode([text])[0]) for text in texts]
    assert any((decoded != encode([text])[0]).any() for text, decoded in zip(texts, alone, strict=True))
    for n in (2, 7, 400):
        for start in range(0, 400, n):
            together = decoded_of(encode(texts[start : start + n])[0])
            assert (together == np.concatenate(alone[start : start + n])).all()


@pytest.mark.parametrize("codes", [range(0x80, 0x100), range(0xE4, 0xF5), [0xE4, 0x80, 0xFFFD, 0x25, 0x41, 0x2122]])
def test_no_bytes_break_it(codes: Sequence[int]) -> None:
    rng = np.random.default_rng(3)
    for n in (1, 2, 3, 7, 400):
        read("".join(map(chr, rng.choice(list(codes), n).tolist())))


def test_a_wrongly_decoded_block_scores_as_it_does_when_read() -> None:
    scorer = Filter()
    (plain,), (garbled,) = scorer.score_text(SPAM), scorer.score_text(SPAM.encode("gbk").decode("latin-1"))
    assert plain.score > 0.9
    assert garbled.score > 0.9
    assert garbled.spans == ((garbled.start, garbled.end),)

"""Signs of a mirror: counted where they stand, enough of them only in mirrors. All texts are written for the test."""

import pytest

from unstuff.mirror import MirrorSigns, find_signs

MIRROR = "縣(xiàn)里的圖書館(guǎn)昨天開(kāi)放，讀(dú)者可以借閱(yuè)各類(lèi)圖書。館內(nèi)設(shè)有座位。"
HONEST = (
    "县里的图书馆昨天开放，读者可以借阅各类图书。",
    "縣裡的圖書館昨天開放，讀者可以借閱各類圖書。",
    "“重庆”的“重”读作重(chóng)，“银行”的“行”读作行(háng)，不要读错，多音字要看上下文才能读准。",
    "「銀行」的「銀」讀作銀(yín)，「長輩」的「長」讀作長(zhǎng)，初學者常常讀錯，平時要多加練習。",
    "如圖(a)所示，變數(an)與變數(bn)的關係見圖(b)，門(door)、電腦(pc)、網(web)、書(book)、車(car)、鐵(fe)。",
    "漢(hàn)語(yǔ)課(kè)學(xué)習(xí)詞(cí)語(yǔ)",  # ruby text: a gloss on every character
    "你好?我很好?他呢?都好?谢谢?再见?",
    "",
)


def test_a_mirror_is_found_and_described() -> None:
    signs = find_signs(f"{MIRROR}確?定的時(shí)間因?yàn)天氣而改\ufffd\n")
    assert (signs.n_glosses, signs.n_traditional, signs.n_dropped, signs.found) == (9, 9, 3, True)
    assert signs.describe() == "9 pinyin glosses after Traditional characters, 3 dropped characters"


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_no_mirror(text: str) -> None:
    assert not find_signs(text).found


def test_lost_characters_alone_are_no_mirror() -> None:
    signs = find_signs("確?定的時間改\ufffd了，" * 100)
    assert (signs.n_dropped, signs.n_glosses, signs.found) == (200, 0, False)


@pytest.mark.parametrize(
    ("text", "n_glosses", "n_traditional"),
    [
        ("濟(jì)南", 1, 1),
        ("濟（jì）南", 1, 1),
        ("濟(ji\u0300)南", 1, 1),
        ("綠(lǜ)色", 1, 1),
        ("新(xīn)聞", 1, 0),
        ("濟 (jì)南", 0, 0),
        ("濟(JÌ)南", 0, 0),
        ("濟(cafè)南", 0, 0),
        ("濟南(jǐnán)", 0, 0),
        ("a(jì)", 0, 0),
        ("濟(jì", 0, 0),
    ],
)
def test_a_gloss_is_one_bracketed_syllable_with_its_tone(text: str, n_glosses: int, n_traditional: int) -> None:
    signs = find_signs(text)
    assert (signs.n_glosses, signs.n_traditional) == (n_glosses, n_traditional)


def test_words_for_counts() -> None:
    assert MirrorSigns(9, 3, 1, 1).describe() == (
        "1 pinyin gloss after Traditional characters, 2 pinyin glosses after other characters, 1 dropped character"
    )
    assert MirrorSigns(0, 0, 0, 0).describe() == "no sign of a mirror"
    assert MirrorSigns(0, 0, 0, 0).gloss_share == 0.0

"""places.tsv as the gazetteer's users rely on it, and the arrays built from it."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from training import gazetteer
from training.gazetteer import Place
from unstuff.features.batch import Batch
from unstuff.features.places import Gazetteer
from unstuff.normalise import CLASS_MASK, N_CLASSES, N_CODE_POINTS, CharClass, Normaliser
from unstuff.page import Paragraph

PLACES = gazetteer.load()
PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南"
    " 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门"
)


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    """The arrays of tables.npz, rebuilt."""
    pytest.importorskip("opencc", reason="tables are built from OpenCC's characters: pip install 'unstuff[training]'")
    from training import tables

    return tables.build()


def rows(name: str) -> list[Place]:
    return [place for place in PLACES if place.name == name]


def found(arrays: dict[str, np.ndarray], text: str) -> list[bool]:
    """Whether each item of the text is a place by hash."""
    batch = Batch.of([Paragraph(text, 0, len(text))], Normaliser.from_tables(arrays))
    return [bool(row >= 0) for row in Gazetteer.from_tables(arrays).find(batch.item_hashes)]


def test_places_are_well_formed() -> None:
    for place in PLACES:
        assert all(str(cell) == str(cell).strip() != "" for cell in place), place
        assert len(place.name) >= 2, place
        assert place.level in (0, 1, 2), place
        assert "  " not in place.name, place


def test_no_place_is_listed_twice() -> None:
    counts = Counter((place.name, place.region, place.level, place.code) for place in PLACES)
    assert [key for key, n in counts.items() if n > 1] == []


def test_reading_and_writing_agree(tmp_path: Path) -> None:
    gazetteer.save(PLACES, tmp_path / "places.tsv")
    assert (tmp_path / "places.tsv").read_bytes() == gazetteer.PLACES.read_bytes()
    with pytest.raises(ValueError, match="does not begin with the header"):
        gazetteer.load(gazetteer.WORDS)


def test_china_has_34_provinces_in_official_order() -> None:
    provinces = [place for place in PLACES if place.country == "CN" and place.level == 0 and not place.short]
    assert [place.region for place in provinces] == sorted(PROVINCES.split(), key=_official_order)
    assert [place.code for place in provinces] == sorted(place.code for place in provinces)
    assert {place.parent for place in provinces} == {"中国"}
    shorts = {place.name for place in PLACES if place.country == "CN" and place.level == 0 and place.short}
    assert shorts == set(PROVINCES.split())


def _official_order(province: str) -> int:
    return PROVINCES.split().index(province)


@pytest.mark.parametrize(
    ("name", "region", "parent", "current"),
    [
        ("永年县", "河北", "邯郸市", False),
        ("汉沽区", "天津", "天津市", False),
        ("梁平县", "重庆", "重庆市", False),
        ("肃南", "甘肃", "张掖市", True),
        ("耿马", "云南", "临沧市", True),
        ("太仆寺旗", "内蒙古", "锡林郭勒盟", True),
        ("济源市", "河南", "河南省", True),
        ("油尖旺区", "香港", "香港特别行政区", True),
        ("北投区", "台湾", "台北市", True),
        ("襄樊市", "湖北", "湖北省", False),
    ],
)
def test_known_places(name: str, region: str, parent: str, current: bool) -> None:
    assert [(place.region, place.parent, place.current) for place in rows(name)] == [(region, parent, current)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("肃南裕固族自治县", ["肃南", "肃南县"]),
        ("双江拉祜族佤族布朗族傣族自治县", ["双江", "双江县"]),
        ("巴音郭楞蒙古自治州", ["巴音郭楞", "巴音郭楞州"]),
        ("东乡族自治县", ["东乡", "东乡县"]),
        ("鄂伦春自治旗", ["鄂伦春", "鄂伦春旗"]),
        ("梅里斯达斡尔族区", ["梅里斯", "梅里斯区"]),
        ("内蒙古自治区", ["内蒙古"]),
        ("广西壮族自治区", ["广西"]),
        ("浦东新区", ["浦东"]),
        ("永年县", ["永年"]),
        ("郊区", []),
        ("滑县", []),
        ("市中区", []),
        ("和平区", []),
    ],
)
def test_short_forms(name: str, expected: list[str]) -> None:
    assert gazetteer.short_forms(name) == expected


def test_placeholders_and_zones_are_no_places() -> None:
    names = {place.name for place in PLACES}
    assert not names & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "苏州工业园区", "郊"}


@pytest.mark.parametrize(
    ("country", "n"), [("JP", 47), ("KR", 17), ("VN", 34), ("TH", 77), ("ID", 38), ("TR", 81), ("US", 51)]
)
def test_divisions_of_other_countries_are_complete(country: str, n: int) -> None:
    divisions = [place for place in PLACES if place.country == country and place.level == 0 and place.current]
    assert {place.code for place in divisions} == set(range(1, n + 1))
    assert len({place.region for place in divisions}) == 1
    assert len({place.parent for place in divisions}) == 1


def test_parents_are_told_apart_by_name() -> None:
    regions: dict[str, set[str]] = {}
    for place in PLACES:
        if place.level:
            regions.setdefault(place.parent, set()).add(place.region)
    assert {parent for parent, found_in in regions.items() if len(found_in) > 1} == set()


def test_names_are_found_as_they_stand_in_a_list(arrays: dict[str, np.ndarray]) -> None:
    assert (
        found(arrays, "永年县| 汉沽区| 肃南| New York| đắk lắk| DAK LAK| กรุงเทพ| 서울| 東京都| İstanbul") == [True] * 10
    )
    assert found(arrays, "臺北市、烏魯木齊市、濟(jì)南市、ＬＯＮＤＯＮ") == [True] * 4
    assert found(arrays, "论坛| 市辖区| 县| apple| 手机") == [False] * 5


def test_every_name_is_one_item_of_a_list(arrays: dict[str, np.ndarray]) -> None:
    names = list(dict.fromkeys(place.name for place in PLACES))
    batch = Batch.of([Paragraph(name, 0, len(name)) for name in names], Normaliser.from_tables(arrays))
    n_items = batch.count(batch.items.paragraph)
    assert [name for name, n in zip(names, n_items, strict=True) if n != 1] == []
    assert (Gazetteer.from_tables(arrays).find(batch.item_hashes) >= 0).all()


def test_a_shared_name_lies_in_all_its_regions(arrays: dict[str, np.ndarray]) -> None:
    table = Gazetteer.from_tables(arrays)
    text = "鼓楼区"
    batch = Batch.of([Paragraph(text, 0, len(text))], Normaliser.from_tables(arrays))
    mask = int(table.mask[table.find(batch.item_hashes)[0]])
    named = {name for i, name in enumerate(table.region_names) if mask >> i & 1}
    assert named == {place.region for place in rows(text)} == {"江苏", "福建", "河南"}


def test_parents_count_their_current_children(arrays: dict[str, np.ndarray]) -> None:
    table = Gazetteer.from_tables(arrays)
    names = ["北京市", "东城区", "玄武区", "東京都", "永年区"]
    batch = Batch.of([Paragraph(name, 0, len(name)) for name in names], Normaliser.from_tables(arrays))
    sizes = table.parent_size[table.parent[table.find(batch.item_hashes)]]
    assert sizes.tolist() == [34, 16, 11, 47, 18]


def test_arrays_have_the_form_the_package_reads(arrays: dict[str, np.ndarray]) -> None:
    n_names = len(arrays["place_hash"])
    assert 8_000 < n_names < 20_000
    assert (np.diff(arrays["place_hash"].astype(object)) > 0).all()
    for name in ("place_mask", "place_parent", "place_level", "place_code", "place_pinyin", "place_short"):
        assert arrays[name].shape == (n_names,)
    assert (arrays["place_mask"] != 0).all()
    assert len(arrays["region_names"]) <= 64
    assert int(arrays["place_parent"].max()) < len(arrays["parent_size"])
    assert sorted(arrays["place_code"].tolist()) == list(range(n_names))
    assert sorted(arrays["place_pinyin"].tolist()) == list(range(n_names))
    assert (np.diff(arrays["function_words"].astype(object)) > 0).all()
    assert 500 < len(arrays["function_words"]) <= 1_500
    assert "的" in set(map(chr, arrays["function_chars"]))


def test_every_function_word_is_one_run_of_letters(arrays: dict[str, np.ndarray]) -> None:
    from training import tables

    classes = Normaliser.from_tables(arrays).classes & CLASS_MASK
    for language, word in tables.function_words():
        letters = {int(classes[ord(char)]) for char in word}
        assert len(letters) == 1, (language, word)
        assert CharClass.HANGUL in letters or min(letters) >= CharClass.LATIN, (language, word)
        assert max(letters) <= CharClass.OTHER_LETTER, (language, word)


def test_a_code_point_has_the_class_of_what_it_becomes(arrays: dict[str, np.ndarray]) -> None:
    assert arrays["class_starts"][0] == 0
    assert (np.diff(arrays["class_starts"].astype(np.int64)) > 0).all()
    assert int(arrays["class_ids"].max()) < N_CLASSES
    lengths = np.diff(np.append(arrays["class_starts"].astype(np.int64), N_CODE_POINTS))
    classes = np.repeat(arrays["class_ids"], lengths)
    kept = arrays["map_to"] != 0
    assert (classes[arrays["map_from"][kept]] == classes[arrays["map_to"][kept]]).all()
    assert not np.isin(arrays["map_to"][kept], arrays["map_from"]).any()
    assert np.flatnonzero(classes == CharClass.PADDING).tolist() == [0]


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        ("县縣〇々𠀀", CharClass.HAN),
        ("あアーｱ", CharClass.KANA),
        ("한ㅋ", CharClass.HANGUL),
        ("aÀđıＡ🅰Ⅷ", CharClass.LATIN),
        ("жЁ", CharClass.CYRILLIC),
        ("กำ่ๆ", CharClass.THAI),
        ("عَ", CharClass.ARABIC),
        ("αकािא", CharClass.OTHER_LETTER),
        ("0９①½٣", CharClass.DIGIT),
        (".。!！?？:：'\"“（(]】《…।", CharClass.SENTENCE),
        ("|｜丨_,，、;；/\\·・•※★>»#+=~～*\t│\ue000\uf8ff", CharClass.SEPARATOR),
        ("-–—－", CharClass.DASH),
        ("$€→🎰♥@&%<✓", CharClass.SYMBOL),
        ("\ud800\x01", CharClass.OTHER),
        (" \u00a0\u3000\n\u2028", CharClass.SPACE),
    ],
)
def test_classes(arrays: dict[str, np.ndarray], chars: str, expected: int) -> None:
    classes = Normaliser.from_tables(arrays).classes & CLASS_MASK
    assert {char: int(classes[ord(char)]) for char in chars} == dict.fromkeys(chars, expected)


def test_rebuilding_gives_the_same_bytes(arrays: dict[str, np.ndarray], tmp_path: Path) -> None:
    from training import tables

    tables.write(arrays, tmp_path / "first.npz")
    tables.write(tables.build(), tmp_path / "second.npz")
    assert (tmp_path / "first.npz").read_bytes() == (tmp_path / "second.npz").read_bytes()
    assert (tmp_path / "first.npz").stat().st_size < 1_000_000

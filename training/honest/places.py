"""Lists of places: complete or of one region, in some order, with a heading, numbers or addresses."""

from __future__ import annotations

from training.blocks import Draft
from training.draw import Rng, between, chance, digits, pick, shuffled, size, some, weighted
from training.honest import words
from training.honest.layout import CJK_LIST, lay_out
from training.honest.people import person_cn
from training.slots import CITIES
from training.vocabulary import Vocabulary, short_name


def _pinyin(name: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(name))


def _chinese_provinces(rng: Rng, vocabulary: Vocabulary) -> list[str]:
    places = vocabulary.places
    if chance(rng, 0.3) or not places.provinces:
        groups = list(words.REGIONS_CN.items())
        named = chance(rng, 0.4)
        return [name for region, names in groups for name in ([region, *names] if named else names)]
    ordered = list(places.provinces if chance(rng, 0.6) else places.by_pinyin)
    if chance(rng, 0.5):
        ordered = [short_name(name) for name in ordered]
    if chance(rng, 0.3):
        ordered = [name for name in ordered if not name.startswith(("香港", "澳门", "台湾"))]
    return ordered


def provinces(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Every province, by official code, pinyin or region, full or short, with a suffix at times."""
    items = _chinese_provinces(rng, vocabulary)
    suffix = pick(rng, words.CITY_CHANNELS) if chance(rng, 0.15) else ""
    if chance(rng, 0.08):
        items = shuffled(rng, items)
    return lay_out(
        rng,
        [item + suffix for item in items],
        heads=("全国各省", "省份", "选择省份", "按地区查找", "全国", "所在地区", "各省市"),
    )


def _group(rng: Rng, groups: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    parent = pick(rng, list(groups))
    return parent, list(groups[parent])


def _spaced(name: str) -> str:
    """A name of two characters as wide as one of three, as printed tables have it: 吉 县 beside 永年县."""
    return " ".join(name) if len(name) == 2 else name


def county_list(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """All counties of one or a few neighbouring prefectures, in official order, with or without a heading."""
    groups = list(vocabulary.places.counties.items())
    start = between(rng, 0, len(groups) - 1)
    chosen = groups[start : start + weighted(rng, {1: 5.0, 2: 1.0, 4: 1.0})]
    items: list[str] = []
    headed, short, spaced = len(chosen) > 1 and chance(rng, 0.6), chance(rng, 0.2), chance(rng, 0.15)
    for parent, group in chosen:
        names = [short_name(name) if short else name for name in group]
        names = [_spaced(name) for name in names] if spaced else names
        items += [f"{parent}：{names[0]}", *names[1:]] if headed else names
    parent = chosen[0][0]
    heads = (f"{parent}", f"{parent}辖", f"{parent}行政区划", "下辖区县", "区县导航", f"{parent}各县区", "周边县市")
    return lay_out(rng, items, heads=heads)


def chosen_counties(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Counties that a province names for an aid or a pilot, prefecture by prefecture, their number before them."""
    groups = list(vocabulary.places.counties.items())
    start, n_groups = between(rng, 0, len(groups) - 1), between(rng, 2, 7)
    chosen = groups[start : start + n_groups]
    names = [name for _, group in chosen for name in some(rng, group, between(rng, 1, max(1, len(group) // 2)))]
    if chance(rng, 0.5):
        names = [_spaced(name) for name in names]
    head = _spaced(short_name(chosen[0][0])) + pick(
        rng, (f" {len(names)} ", f"（{len(names)}个）：", f"{len(names)}个 ")
    )
    names[0] = head + names[0]
    return lay_out(
        rng, names, {"、": 6, " ": 2, "，": 1, "\n": 0.5}, ("扶持县名单", "试点县名单", "名单如下", "重点县")
    )


def prefectures(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """All prefectures of a province, or of several provinces in turn, each with its heading."""
    groups = list(vocabulary.places.prefectures.items())
    start = between(rng, 0, len(groups) - 1)
    chosen = groups[start : start + weighted(rng, {1: 4.0, 3: 1.0, 8: 1.0})]
    short = chance(rng, 0.5)
    items: list[str] = []
    for parent, names in chosen:
        items += ([short_name(parent)] if len(chosen) > 1 or chance(rng, 0.3) else []) + [
            short_name(name) if short else name for name in names
        ]
    suffix = pick(rng, words.CITY_CHANNELS) if chance(rng, 0.15) else ""
    return lay_out(
        rng, [item + suffix for item in items], heads=("所辖城市", "地市", "城市列表", "下辖地级市", "各地市")
    )


def city_nav(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """City navigation of a portal: big cities, often with one channel on each."""
    n = size(rng, 6, len(words.HOT_CITIES), 22)
    items = list(words.HOT_CITIES[:n]) if chance(rng, 0.6) else some(rng, words.HOT_CITIES, n)
    suffix = pick(rng, words.CITY_CHANNELS) if chance(rng, 0.6) else ""
    if chance(rng, 0.1):
        items = [pick(rng, items) + name for name in some(rng, words.CITY_CHANNELS, 12)]
        return lay_out(rng, items, heads=words.CITY_HEADS)
    items += ["更多"] if chance(rng, 0.2) else []
    return lay_out(
        rng, [item + suffix for item in items], heads=words.CITY_HEADS, position=pick(rng, ("tail", "anywhere"))
    )


def city_index(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Cities under the first letter of their pinyin."""
    cities = sorted(some(rng, words.HOT_CITIES, between(rng, 15, 50)), key=_pinyin)
    items, last = [], ""
    for city in cities:
        letter = _pinyin(city)[0][0].upper()
        items += ([letter] if letter != last else []) + [city]
        last = letter
    return lay_out(rng, items, heads=words.CITY_HEADS)


def states_world(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """All states, prefectures or provinces of another country, complete and in order."""
    items = list(words.STATES[pick(rng, list(words.STATES))])
    suffix = pick(rng, ("天気", " weather", " jobs", " Immobilien")) if chance(rng, 0.15) else ""
    return lay_out(
        rng,
        [item + suffix for item in items],
        heads=(
            "Select a state",
            "地域から探す",
            "지역",
            "Bundesländer",
            "Provincias",
            "Tỉnh thành",
            "İller",
            "Provinsi",
            "Regions",
        ),
    )


def towns_world(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Branches or towns of one country, alphabetical or as served by one firm."""
    names = some(rng, CITIES[pick(rng, list(CITIES))], size(rng, 5, 40, 14))
    items = sorted(names) if chance(rng, 0.75) else names
    heads = (
        "We deliver to",
        "Areas we cover",
        "Our branches",
        "Standorte",
        "Unsere Filialen",
        "Nuestras sedes",
        "対応エリア",
        "店舗一覧",
        "매장 안내",
        "Chi nhánh",
        "Cabang kami",
        "Şubelerimiz",
        "Наши филиалы",
        "Weather warning for",
        "Nos agences",
    )
    return lay_out(rng, items, heads=heads)


def stations(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Stops of a line."""
    if chance(rng, 0.7):
        items = some(rng, words.STATIONS, size(rng, 6, 40, 20))
        items = [item + "站" for item in items] if chance(rng, 0.3) else items
        line = f"{between(rng, 1, 950)}路"
        heads = (
            f"{line}公交站点",
            f"{line}途经站点",
            f"地铁{between(rng, 1, 20)}号线",
            "沿线车站",
            "停靠站",
            f"{line}（首班6:00 末班22:00）",
        )
    else:
        items = some(rng, CITIES[pick(rng, ("CITYJA", "CITYDE", "CITYKO", "CITYEN", "CITYCN"))], size(rng, 5, 30, 12))
        heads = ("停車駅", "Halte", "정차역", "Calling at", "途经", "Route")
    separators = {
        " - ": 3.0,
        "-": 2.0,
        "→": 2.0,
        "——": 1.5,
        " ": 2.0,
        "、": 3.0,
        "\n": 2.0,
        "|": 1.0,
        " | ": 1.0,
        " – ": 1.0,
        ">": 0.4,
        "|.": 0.6,
    }
    return lay_out(rng, items, separators, heads)


def service_area(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """A firm's area within one or two provinces, said in a sentence."""
    parent, names = _group(rng, vocabulary.places.prefectures)
    _, counties = _group(rng, vocabulary.places.counties)
    listed = "、".join(some(rng, names + counties, size(rng, 4, 26, 10)))
    forms = (
        f"本公司业务覆盖{parent}的{listed}等地。",
        f"服务范围：{listed}",
        f"送货区域包括{listed}，其他地区请电话咨询。",
        f"{pick(rng, words.UNITS_CN)}服务网点：{listed}。",
        f"受冷空气影响，{listed}有小到中雨，局地大雨。",
        f"中国气象局发布预警：{listed}等地部分地区有雷暴大风。",
        f"适宜在{listed}种植。",
        f"涉及{listed}，请过往车辆绕行。",
        f"抗震设防烈度为7度的有：{listed}。",
        f"以下地区入选名单：{listed}。",
    )
    return Draft([pick(rng, forms)], "", honest=True)


def places_across(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Honest lists over several provinces: rankings, risk areas, pilot lists; with province, number or explanation."""
    rows = []
    for _ in range(size(rng, 4, 30, 10)):
        parent, names = _group(rng, vocabulary.places.counties)
        rows.append((parent, pick(rng, names)))
    style = between(rng, 0, 5)
    if style == 5:
        return lay_out(rng, sorted((name for _, name in rows), key=_pinyin), CJK_LIST)
    if style == 0:
        items = [
            f"{rank} {parent}{name} {between(rng, 500, 9999) / 100}" for rank, (parent, name) in enumerate(rows, 1)
        ]
    elif style == 1:
        items = [f"{parent}{name}" for parent, name in sorted(rows)]
    elif style == 2:
        items = [f"{parent}{name}{pick(rng, words.STREETS)}{between(rng, 1, 300)}号" for parent, name in rows]
    elif style == 3:
        items = [f"{parent}：{name}" for parent, name in rows]
    else:
        items = [f"{name}（{parent}）" for parent, name in rows]
    heads = (
        "中高风险地区",
        "试点县名单",
        "全国百强县",
        "获奖单位",
        "各地服务点",
        "名单如下",
        "示范区名单",
        "停电通知范围",
    )
    return lay_out(rng, items, {"\n": 6, "、": 3, "；": 2, " ": 2, ",": 1, " | ": 1}, heads)


def _phone(rng: Rng) -> str:
    return f"0{digits(rng, 2, 3)}-{digits(rng, 7, 8)}"


def dealers(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Branches with addresses and phones."""
    cities = some(rng, words.HOT_CITIES, size(rng, 3, 24, 8))
    form = pick(
        rng,
        (
            "{city}分公司 {street}{n}号 {phone}",
            "{city}办事处：{phone}",
            "{city}：{street}{n}号，电话{phone}",
            "{city} {phone}",
            "{city}经销商 {name} {phone}",
        ),
    )
    items = [
        form.format(
            city=city, street=pick(rng, words.STREETS), n=between(rng, 1, 400), phone=_phone(rng), name=person_cn(rng)
        )
        for city in cities
    ]
    return lay_out(
        rng, items, {"\n": 6, " | ": 1, "；": 1, " ": 2}, ("销售网点", "各地分公司", "联系方式", "经销商名录")
    )


def codes(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Post, plate and dialling codes of one province's places."""
    parent, names = _group(rng, vocabulary.places.counties if chance(rng, 0.6) else vocabulary.places.prefectures)
    first = between(rng, 10, 85) * 10000
    form = pick(
        rng,
        (
            "{name}:{code}",
            "{name} {code}",
            "- {name}：{code}",
            "{name}（0{dial}）",
            "{name} | {letter} | {code}",
            "{code} {name}",
        ),
    )
    items = [
        form.format(name=name, code=first + 100 * row, dial=between(rng, 310, 999), letter=chr(65 + row % 26))
        for row, name in enumerate(names)
    ]
    return lay_out(
        rng,
        items,
        {"\n": 4, " ": 3, " - ": 1, ",": 1, "、": 1, " | ": 1},
        (f"{parent}邮编", "邮政编码", "车牌代码", "区号查询"),
    )

"""Lists whose items share a word or a form: numbered lines, routes, jobs by town, works of an author, models of a make.

Injected lists repeat a head as well, and sell something; these name stops, products, pages and people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from training.blocks import Draft, made_up_name
from training.draw import Rng, between, chance, digits, letters, pick, size, some
from training.honest import locales, menus, words
from training.honest.layout import CJK_LIST, LIST_SEPARATORS, lay_out
from training.honest.people import person, person_cn
from training.slots import terms
from training.vocabulary import Vocabulary

# One item a line, as timetables and boards print them, and then as any list.
_LINES = {"\n": 14.0}

_NUMBERED = terms(
    "Line {n};Ligne {n};Ligne {n};Ligne {n};Ligne {n};Ligne {n};Linie {n};Línea {n};Linea {n};Linha {n};Lijn {n};"
    "Linia {n};Линия {n};Маршрут {n};Hat {n};{n}号线;{n}路;{n}號線;{n}番線;{n}号車;{n}호선;Tuyến {n};Jalur {n};"
    "สาย {n};Route {n};Bus {n};Zone {n};Room {n};Hall {n};Halle {n};Salle {n};Sala {n};Gate {n};Platform {n};"
    "Gleis {n};Quai {n};Voie {n};Volume {n};Vol. {n};Tome {n};Band {n};Tomo {n};Том {n};Cilt {n};第{n}巻;第{n}卷;"
    "第{n}册;Issue {n};Numéro {n};Nummer {n};Número {n};Numero {n};Выпуск {n};Sayı {n};第{n}号;第{n}期;Lesson {n};"
    "Leçon {n};Lektion {n};Lección {n};Lezione {n};Lição {n};Lekcja {n};Урок {n};Ders {n};第{n}课;第{n}課;"
    "Lesson {n:02d};Kapitel {n};Chapitre {n};Capítulo {n};Capitolo {n};Rozdział {n};Глава {n};Bölüm {n};Unit {n};"
    "Unité {n};Einheit {n};Module {n};Step {n};Étape {n};Schritt {n};Stage {n};Round {n};Journée {n};Spieltag {n};"
    "Jornada {n};Giornata {n};Kolejka {n};Тур {n};第{n}节;第{n}轮;Week {n};Semaine {n};Woche {n};Semana {n};Day {n};"
    "Jour {n};Tag {n};Año {n};Grade {n};Klasse {n};{n}年级;{n}年生;{n}학년;Kelas {n};Lớp {n};Article {n};"
    "Artikel {n};Artículo {n};Section {n};Annex {n};Anlage {n};Annexe {n};Anexo {n};Table {n};Tableau {n};"
    "Tabelle {n};Figure {n};Abbildung {n};Appartement {n};Building {n};Block {n};Haus {n};Bâtiment {n};{n}号楼;"
    "{n}号館;{n}동;Floor {n};Étage {n};{n}. Stock;{n}F;{n}階;{n}층;Level {n};Team {n};Group {n};Groupe {n};"
    "Gruppe {n};Grupo {n};Группа {n};Questions {n};Question {n};Frage {n};Exercise {n};Übung {n};Exercice {n};"
    "Ejercicio {n};Picture {n};Photo {n};Bild {n};Foto {n};图{n};表{n};写真{n}"
)

_COUNTRY_PAGES: dict[str, tuple[str, ...]] = {
    "en": terms(
        "History of {x};Geography of {x};Economy of {x};Flag of {x};Embassy of {x};Tourism in {x};"
        "{x} national football team;Visa for {x};Time in {x};Republic of {x};{x} Airlines;Our office in {x};"
        "Delivery to {x};Calling code of {x};Doing business in {x};List of cities in {x};Religion in {x};"
        "Music of {x};Visa policy of {x};"
        "Rail transport in {x};{x} at the Olympics"
    ),
    "zh": terms(
        "{x}历史;{x}地理;{x}经济;{x}国旗;{x}大使馆;{x}国家足球队;{x}国家男子篮球队;{x}城市列表;{x}行政区划;"
        "{x}奥林匹克代表团;"
        "{x}航空公司;{x}公司;{x}分公司;{x}签证;{x}时间;{x}银行;{x}电影;{x}小说;亚洲/{x};{x}分站;驻{x}办事处;{x}留学"
    ),
    "zh_Hant": terms(
        "{x}歷史;{x}地理;{x}經濟;{x}國旗;{x}大使館;{x}國家足球隊;{x}城市列表;{x}行政區劃;奧運會{x}代表團;"
        "{x}航空公司;{x}公司;{x}分公司;{x}簽證;{x}時間;{x}電影;美洲/{x};駐{x}辦事處;{x}留學"
    ),
    "ja": terms(
        "{x}の歴史;{x}の地理;{x}の経済;{x}の国旗;{x}の国歌;サッカー{x}代表;{x}の都市の一覧;駐{x}大使館;{x}の鉄道;"
        "ラグビー{x}代表;{x}料理;"
        "{x}支社;{x}航空;{x}映画;{x}時間;{x}ビザ;{x}現地法人"
    ),
    "ko": terms(
        "{x}의 역사;{x}의 지리;{x}의 경제;{x}의 국기;{x} 축구 국가대표팀;{x} 대사관;{x}의 도시 목록;"
        "{x} 비자;{x} 시간;{x} 항공;{x} 지사;{x} 영화"
    ),
    "de": terms(
        "Geschichte: {x};Flagge: {x};Botschaft {x};Fußballnationalmannschaft {x};Wirtschaft {x};Reiseziel {x};"
        "Visum für {x};Zeit in {x};Republik {x};Niederlassung {x};Versand nach {x}"
    ),
    "fr": terms(
        "Histoire : {x};Drapeau : {x};Ambassade : {x};Équipe de football : {x};Géographie : {x};Économie : {x};"
        "Visa pour : {x};République : {x};Heure : {x};Notre agence : {x};Livraison : {x}"
    ),
    "es": terms(
        "Historia de {x};Bandera de {x};Selección de fútbol de {x};Economía de {x};Embajada de {x};Geografía de {x};"
        "República de {x};Visado para {x};Hora en {x};Oficina en {x};Envíos a {x}"
    ),
    "pt": terms(
        "História de {x};Bandeira de {x};Seleção de futebol de {x};Economia de {x};Embaixada de {x};"
        "Geografia de {x};"
        "República de {x};Visto para {x};Hora em {x};Escritório em {x};Entrega em {x}"
    ),
    "it": terms(
        "Storia di {x};Bandiera di {x};Nazionale di calcio di {x};Economia di {x};Ambasciata di {x};"
        "Geografia di {x};"
        "Repubblica di {x};Visto per {x};Ora in {x};Sede in {x};Spedizione in {x}"
    ),
    "nl": terms(
        "Geschiedenis van {x};Vlag van {x};Nederlandse ambassade in {x};Voetbalelftal van {x};Economie van {x};"
        "Visum {x};Tijd in {x};Republiek {x};Vestiging {x}"
    ),
    "pl": terms(
        "Historia: {x};Flaga: {x};Reprezentacja: {x};Gospodarka: {x};Ambasada: {x};Geografia: {x};"
        "Wiza: {x};Czas: {x};Republika: {x};Oddział: {x}"
    ),
    "ru": terms(
        "История: {x};Флаг: {x};Сборная: {x};Экономика: {x};Посольство: {x};География: {x};"
        "Виза: {x};Время: {x};Республика {x};Филиал: {x};Доставка: {x}"
    ),
    "sv": terms("Historia: {x};Flagga: {x};Ambassad: {x};Visa till {x};Visa {x};Tid i {x};Republiken {x}"),
    "tr": terms(
        "{x} tarihi;{x} bayrağı;{x} millî futbol takımı;{x} ekonomisi;{x} büyükelçiliği;{x} coğrafyası;"
        "{x} vizesi;{x} saati;{x} Cumhuriyeti;{x} şubesi"
    ),
    "id": terms(
        "Sejarah {x};Bendera {x};Tim nasional sepak bola {x};Ekonomi {x};Kedutaan Besar {x};Geografi {x};"
        "Visa {x};Waktu {x};Republik {x};Kantor {x}"
    ),
    "vi": terms(
        "Lịch sử {x};Quốc kỳ {x};Đội tuyển bóng đá quốc gia {x};Kinh tế {x};Đại sứ quán {x};Địa lý {x};"
        "Thị thực {x};Giờ {x};Cộng hòa {x};Chi nhánh {x};Công ty {x}"
    ),
    "ar": terms(
        "تاريخ {x};علم {x};منتخب {x};اقتصاد {x};سفارة {x};جغرافيا {x};"
        "شركة {x};توقيت {x};جمهورية {x};فرع {x};تأشيرة {x}"
    ),
    "th": terms(
        "ประวัติศาสตร์{x};ธงชาติ{x};ฟุตบอลทีมชาติ{x};เศรษฐกิจ{x};สถานทูต{x};"
        "วีซ่า{x};เวลา{x};สาธารณรัฐ{x};สาขา{x};บริษัท{x}"
    ),
}  # fmt: skip

_ROUTES = (
    "{a} – {b}",
    "{a} – {b}",
    "{a}-{b}",
    "{a} - {b}",
    "{a} → {b}",
    "{a} / {b}",
    "{a}—{b}",
    "{a} ⇄ {b}",
    "{a} > {b}",
)
_ROUTES_OF = {
    "zh": (*_ROUTES, "{a}至{b}", "{a}到{b}", "{a}～{b}", "{a}-{b}高铁", "{a}—{b} {h:02d}:{m:02d}"),
    "ja": (*_ROUTES, "{a}～{b}", "{a}から{b}", "{a}⇔{b}", "{a}発 {b}行き"),
    "ko": (*_ROUTES, "{a} ~ {b}", "{a}→{b}", "{a}행 {b}"),
    # "Ligne" is a word of spam too ("en ligne").
    **dict.fromkeys(
        ("fr", "es", "it", "pt"), (*_ROUTES, "Ligne {n} : {a} – {b}", "L{n} {a} - {b}", "{h}h{m:02d} {a} – {b}")
    ),
}
_ROUTE_FORMS = (*_ROUTES, "{a} to {b}", "{h:02d}:{m:02d} {a} – {b}", "{a} – {b} {h:02d}:{m:02d}", "{a} – {b} ({n} km)")
_ROUTE_HEADS = terms(
    "Routes;Timetables;Bus lines;Flights;Destinations;Strecken;Verbindungen;Fahrpläne;Lignes;Horaires;Rutas;Líneas;"
    "Linee;Tratte;Trajetos;Trasy;Маршруты;Расписание;Seferler;Hatlar;路線;時刻表;线路;班次;航线;노선;Tuyến xe;Rute"
)

_JOBS = ("{j} / {c}", "{j} – {c}", "{j} - {c}", "{j} ({c})", "{j}, {c}", "{c}: {j}", "{j} | {e} | {c}", "{j}, {e}, {c}")
_JOB_HEADS = terms(
    "Vacancies;Jobs;Open positions;Latest jobs;Stellenangebote;Offene Stellen;Offres d'emploi;Empleo;Vacantes;Vagas;"
    "Offerte di lavoro;Vacatures;Oferty pracy;Вакансии;İş ilanları;招聘职位;最新职位;職缺;求人一覧;求人情報;"
    "채용 정보;Việc làm;Lowongan"
)

_POETS = terms(
    "李白;杜甫;王维;孟浩然;白居易;李商隐;杜牧;王昌龄;岑参;高适;韦应物;刘禹锡;柳宗元;苏轼;辛弃疾;陆游;李清照;欧阳修;"
    "王安石;黄庭坚"
)
_POEMS = terms(
    "静夜思;春晓;望岳;登高;春望;月夜;秋兴;江雪;送别;鹿柴;相思;渭城曲;山居秋暝;终南别业;琵琶行;长恨歌;锦瑟;夜雨寄北;"
    "无题;山行;清明;赤壁;出塞;从军行;凉州词;枫桥夜泊;登鹳雀楼;黄鹤楼;竹枝词;乌衣巷;水调歌头;念奴娇;青玉案;破阵子;"
    "示儿;游山西村;声声慢;如梦令;醉翁亭;泊船瓜洲;登岳阳楼;题西林壁;惠崇春江晚景;饮湖上初晴后雨;送元二使安西;"
    "过故人庄;寻隐者不遇;早发白帝城;望天门山;将进酒"
)
_SONGS = terms(
    "Yesterday;Michelle;Something;Help!;Imagine;Hello;Angie;Heroes;Changes;Jolene;Roxanne;Africa;Hurt;Creep;Clocks;"
    "Yellow;One;Vertigo;Waterloo;Fernando;Money;Time;Wish You Were Here;Space Oddity;Life on Mars?;Starman;"
    "Under Pressure;Respect"
)

_TITLED_CN = ("{t} {a}", "{t} {a}", "{t}　{a}", "{t}（{a}）", "{a}：{t}", "{a}《{t}》")
_TITLED = ("{a} – {t}", "{a} - {t}", "{t} – {a}", "{t} by {a}", "{a}: {t}", "{t} ({a})")

_MAKES = terms(
    "Canon;Nikon;Olympus;Panasonic;Sony;Fujifilm;Epson;Brother;HP;Dell;Lenovo;Acer;Asus;Toshiba;Samsung;LG;Philips;"
    "Bosch;Siemens;Makita;Logitech;Creative;Kodak;Casio;Yamaha;Roland;Pioneer;Denon;Sharp;Hitachi;Ricoh;Kyocera;"
    "Xerox;Lexmark;Garmin;TP-Link;Netgear;D-Link;Cisco;ZyXEL;Huawei;ZTE;Intel;AMD;NVIDIA;Realtek;Broadcom;Qualcomm;"
    "Motorola;Nokia;Siemens;Honeywell;Fiat;Ford;Opel;Peugeot;Renault;Toyota;Honda;Nissan;Mazda;Suzuki;Subaru;Kia;"
    "Hyundai;Skoda;Seat;Audi;BMW;Volvo;Dacia;Jeep;Chevrolet;Dodge;Alfa Romeo;Citroën;Mitsubishi;John Deere;"
    "Husqvarna;Stihl;Kärcher"
)
_THINGS = terms(
    "Printer;Scanner;Camera;Digital Camera;Voice Recorder;Video Recorder;Webcam;Keyboard;Mouse;Wireless Mouse;"
    "Headset;Monitor;Hard Drive;Flash Drive;Card Reader;Network Adapter;Router;Modem;Sound Card;Graphics Card;Tuner;"
    "Controller;Gamepad;Docking Station;Hub;Receiver;Projector;Drill;Vacuum Cleaner;Washing Machine;Dishwasher;"
    "Chainsaw;Tractor"
)
_SERIES = terms(
    "Cargo;Combi;Kombi;Break;Coupé;Cabrio;Sedan;Touring;Sport;Estate;Van;Pro;Plus;Max;Mini;Lite;Ultra;HD;Quad;Duo;"
    "Elite;Classic;Premium;Basic;Eco;XL;SE;GT;TDI;Hybrid;4x4;Mk II;G2;2-in-1;Series;Edition"
)

_LABELS = terms(
    "Download;Download;Read more;Details;More;View;View details;Learn more;See all;Reply;Share;Like;Edit;Delete;"
    "Open;Close;Add to cart;Add to basket;Buy now;Sold out;New;Sale;Free;Loading;Play;Next;Show more;Quote;Report;"
    "PDF;Link;Image;Lorem ipsum dolor sit amet;Title;Heading;Your text here;Placeholder;Item;Test;Sticky header;"
    "Untitled;Advertisement;Herunterladen;Weiterlesen;Mehr erfahren;Details anzeigen;In den Warenkorb;Antworten;"
    "Télécharger;Lire la suite;En savoir plus;Ajouter au panier;Répondre;Descargar;Leer más;Ver más;"
    "Añadir al carrito;Responder;Scarica;Leggi tutto;Aggiungi al carrello;Baixar;Leia mais;Saiba mais;Comprar;"
    "Lees verder;Pobierz;Czytaj więcej;Do koszyka;Скачать;Подробнее;Читать далее;В корзину;Ответить;İndir;"
    "Devamını oku;Sepete ekle;下载;立即下载;查看详情;阅读全文;更多;回复;收藏;标题;描述内容详情;标题 描述内容;"
    "点击查看;加入购物车;立即购买;暂无图片;下載;閱讀更多;加入購物車;もっと見る;詳細を見る;続きを読む;ダウンロード;"
    "カートに入れる;返信;더보기;자세히 보기;다운로드;장바구니;답글;Xem thêm;Tải về;Chi tiết;Selengkapnya;Unduh;"
    "อ่านต่อ;ดาวน์โหลด;اقرأ المزيد;تحميل"
)

_VENUES = terms(
    "Zepp;市民会館;文化会館;アリーナ;City Hall;Arena;Stadthalle;Salle Pleyel;Zénith;Teatro;Palau;Olympia;O2 Academy;"
    "Theatre Royal;Town Hall;Philharmonie;Kulturhaus;Дворец культуры;剧院;体育馆;大剧院;音乐厅;文化中心;예술의전당;"
    "Congress Centre"
)
_DATES = (
    "{d}.{m}.",
    "{d:02d}.{m:02d}.26",
    "{m}/{d}",
    "{d}/{m}",
    "{m}月{d}日",
    "{m}月{d}日(土)",
    "{d} May",
    "{d}. Juni",
    "{d} mars",
)


def _separators(language: str, favoured: dict[str, float] = _LINES) -> dict[str, float]:
    return {**(CJK_LIST if language in menus.DENSE else LIST_SEPARATORS), **favoured}


def numbered(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Lines, volumes, rooms or versions of one thing by number, in their order or as a network counts them."""
    form = pick(rng, _NUMBERED) if chance(rng, 0.65) else _numbered_name(rng)
    first = pick(rng, (1, 1, 1, between(rng, 2, 120)))
    n = size(rng, 3, 40, 10)
    numbers = list(range(first, first + n))
    if chance(rng, 0.35):
        numbers = sorted(set(rng.integers(1, pick(rng, (30, 100, 999)), n).tolist()))
    tails = ("a", "b", "A", " bis", ".1", ".04", " SP1", "s") if chance(rng, 0.15) else ("",)
    items = [form.format(n=number) + pick(rng, tails) for number in numbers]
    return lay_out(rng, items, {**LIST_SEPARATORS, "、": 3.0, "\n": 8.0, " ": 8.0})


def _numbered_name(rng: Rng) -> str:
    name = made_up_name(rng)
    parts = some(rng, (*_SERIES, *_THINGS, "Issue", "Game Pac", "OS", "Linux"), pick(rng, (0, 1, 1, 2)))
    width = pick(rng, ("", "", ":02d", ":03d"))
    return " ".join((name, *parts, f"{{n{width}}}"))


def country_pages(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Articles of an encyclopedia or pages of a ministry on many countries, each named alike."""
    locale = pick(rng, tuple(_COUNTRY_PAGES))
    form = pick(rng, _COUNTRY_PAGES[locale])
    countries = some(rng, locales.names(locale, "territories"), size(rng, 4, 50, 14))
    items = [form.format(x=name) for name in (sorted(countries) if chance(rng, 0.7) else countries)]
    return lay_out(rng, items, _separators(locale.replace("_", "-")))


@cache
def _city_rows(language: str) -> tuple[menus.Row, ...]:
    """Lists of cities of one country or region, in a language."""
    listed = [row for kind in ("nation", "nation", "towns") for row in menus.rows_of(kind, language)]
    known = [menus.Row(language, "cities", (), cities) for own, cities in menus.cities() if own == language]
    return (*listed, *known)


def _towns(rng: Rng, vocabulary: Vocabulary, language: str) -> Sequence[str]:
    if language == "zh" and chance(rng, 0.6):
        prefectures = vocabulary.places.prefectures
        chosen = some(rng, tuple(prefectures), pick(rng, (1, 1, 3, 30)))
        names = [name for province in chosen for name in prefectures[province]]
        return [name.removesuffix("市") for name in names] if chance(rng, 0.5) else names
    return pick(rng, _city_rows(language)).items


@cache
def _city_languages() -> tuple[str, ...]:
    own = dict.fromkeys(language for language, _ in menus.cities())
    return (*own, "zh", "zh", "ja", "ja", "ko", "tr")


def routes(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Lines of a bus firm, trains or flights, from town to town or all from one."""
    language = pick(rng, _city_languages())
    towns = _towns(rng, vocabulary, language)
    hub = pick(rng, towns) if chance(rng, 0.4) else ""
    forms = _ROUTES_OF.get(language, _ROUTE_FORMS)
    form = pick(rng, forms)
    items = [
        form.format(
            a=hub or pick(rng, towns),
            b=pick(rng, towns),
            h=between(rng, 4, 23),
            m=between(rng, 0, 59),
            n=between(rng, 8, 900),
        )
        for _ in range(size(rng, 3, 40, 10))
    ]
    return lay_out(rng, items, _separators(language), _ROUTE_HEADS)


def jobs_by_city(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Vacancies of a job board or of a firm: the job, the town, at times who offers it."""
    row = pick(rng, [row for row in menus.rows_of("jobs") if row.language in _city_languages()])
    towns = _towns(rng, vocabulary, row.language)
    form = pick(rng, _JOBS)
    town = pick(rng, towns) if chance(rng, 0.2) else ""
    items = [
        form.format(j=pick(rng, row.items), c=town or pick(rng, towns), e=_employer(rng, row.language))
        for _ in range(size(rng, 3, 30, 9))
    ]
    return lay_out(rng, items, _separators(row.language, {"\n": 40.0}), _JOB_HEADS)


def _employer(rng: Rng, language: str) -> str:
    if language == "zh":
        return pick(rng, words.UNITS_CN)
    return f"{made_up_name(rng)}{pick(rng, (' GmbH', ' Ltd', ' Inc.', ' S.A.', ' AG', ' Group', '株式会社'))}"


def tour_dates(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Where a tour, a fair or a course stops, with the day and the house."""
    language = pick(rng, _city_languages())
    towns = some(rng, _towns(rng, vocabulary, language), size(rng, 3, 24, 8))
    date, with_venue = pick(rng, _DATES), chance(rng, 0.5)
    form = pick(rng, ("{t} {c}", "{t} {c}", "{c} {t}", "{t}: {c}", "{t} – {c}", "{c} ({t})"))
    items = []
    for town in towns:
        place = f"{town}{pick(rng, (', ', ' ', '・'))}{pick(rng, _VENUES)}" if with_venue else town
        items.append(form.format(t=date.format(d=between(rng, 1, 28), m=between(rng, 1, 12)), c=place))
    return lay_out(rng, items, _separators(language, {"\n": 30.0}))


def cities_by_size(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The cities of one country or region in the order in which they are always told, or those of one region alone."""
    # Injected lists of Chinese places are in no order; honest ones of places.py are.
    language = pick(rng, [*(one for one in _city_languages() if one != "zh"), "ja", "ja"])
    row = pick(rng, _city_rows(language))
    n = size(rng, 4, len(row.items), 12)
    start = 0 if chance(rng, 0.6) else between(rng, 0, max(len(row.items) - n, 0))
    heads = [*row.heads, *(head for other in menus.rows_of("_areas", language) for head in other.items)]
    return lay_out(rng, row.items[start : start + n], _separators(language), heads)


def by_one_author(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Poems, songs or books with their author, most by one: a table of contents, a play list, a shelf."""
    chinese = chance(rng, 0.5)
    titles = _POEMS if chinese else pick(rng, (_SONGS, words.TITLES))
    forms = _TITLED_CN if chinese else _TITLED
    make: Callable[[], str] = (
        (lambda: pick(rng, _POETS) if chance(rng, 0.7) else person_cn(rng)) if chinese else (lambda: person(rng))
    )
    author, alike = make(), chance(rng, 0.6)
    form = pick(rng, forms)
    items = [
        form.format(t=title, a=author if alike or chance(rng, 0.3) else make())
        for title in some(rng, titles, size(rng, 3, 26, 9))
    ]
    return lay_out(rng, items, _separators("zh" if chinese else "en"))


def models_of_a_make(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Devices, cars or tools, the maker named with each: tables of drivers, price lists, spare parts."""
    makes = some(rng, _MAKES, pick(rng, (1, 1, 1, 2, 6)))
    thing = pick(rng, _THINGS)
    one_thing = chance(rng, 0.5)
    items = []
    for _ in range(pick(rng, (1, 1, size(rng, 3, 40, 10), size(rng, 3, 40, 10)))):
        parts = (
            [pick(rng, makes), thing if one_thing else pick(rng, _THINGS)]
            if chance(rng, 0.6)
            else [pick(rng, makes), made_up_name(rng)]
        )
        parts += [pick(rng, _SERIES)] * chance(rng, 0.4)
        parts += [_code(rng)] * chance(rng, 0.7)
        items.append(" ".join(parts))
    return lay_out(rng, items, {**LIST_SEPARATORS, "\n": 16.0})


def _code(rng: Rng) -> str:
    head = letters(rng, 1, 4).upper()
    return f"{head}{pick(rng, ('', '', '-', ' '))}{digits(rng, 1, 4)}{pick(rng, ('', '', 'S', 'PC', 'i', 'x', ' II'))}"


def repeated_label(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """One button, label or placeholder as often as a page shows it, at times two in turn."""
    label = pick(rng, _LABELS)
    turn = [label, pick(rng, _LABELS)] if chance(rng, 0.2) else [label]
    items = turn * between(rng, 2, 20)
    return lay_out(rng, items, {"\n": 8.0, " ": 8.0, " | ": 1.0, "": 1.0, ", ": 0.5})

"""What documentation and descriptions of software list: variants of one name, formats, commands, modules."""

from __future__ import annotations

from training.blocks import Draft, host, made_up_name
from training.draw import Rng, between, chance, digits, letters, pick, size, some, weighted
from training.honest.layout import lay_out
from training.slots import SYLLABLES, terms
from training.vocabulary import Vocabulary

_STYLES = terms(
    "Regular;Bold;Italic;Bold Italic;Light;Light Italic;Medium;SemiBold;ExtraBold;Black;Thin;Condensed;Extended;"
    "Oblique;Book;Heavy;Mono;Sans;Serif;Sans Mono;Display;Text;Caption;Slab;Rounded;UI;UI Bold;UI Condensed;Narrow"
)
_SCRIPTS = terms(
    "CJK JP;CJK SC;CJK TC;CJK KR;Arabic;Hebrew;Devanagari;Bengali;Thai;Lao;Khmer;Tamil;Telugu;Georgian;Armenian;"
    "Ethiopic;Cyrillic;Greek;Math;Symbols;Emoji;Gurmukhi;Kannada;Malayalam;Myanmar;Sinhala;Tibetan;Cherokee;Gothic;Runic"
)
_EDITIONS = terms(
    "Server;Workstation;Home;Pro;Professional;Enterprise;Ultimate;Lite;Mini;Plus;Max;Ultra;SE;Classic;Standard;Deluxe;"
    "Starter;Education;Embedded;Mobile;Desktop;Cloud;LTS;Beta;2000;2003 Server;2008;2012 R2;XP;NT;10;11;95;98;7;8.1"
)
_PARTS = terms(
    "core;common;data;dev;doc;dbg;utils;tools;plugins;plugins-extra;skins2;client;server;daemon;libs;python3;perl;java;"
    "qt;gtk;gnome;kde;x11;nox;cli;gui;l10n;lang;themes;examples;bin;base;full;minimal;extra;contrib;ssl;mysql;sqlite3"
)
_FORMATS = terms(
    "PDF - Portable Document Format;EPUB;HTML;XHTML;Rich Text;Plain text;Word 97-2003;Word 2007;Word XML Document;"
    "Excel 97-2003;Excel 2007 XML;CSV;dBASE;OpenDocument Text;OpenDocument Spreadsheet;OpenDocument Presentation;"
    "PowerPoint 97;PowerPoint 2007;PNG - Portable Network Graphic;JPEG;GIF;TIFF;SVG - Scalable Vector Graphics;"
    "BMP - Windows Bitmap;WebP;EPS - Encapsulated PostScript;WMF;EMF;DXF;MathML;Writer 8;Calc 8;Impress 8;"
    "Draw 8;XML;JSON;YAML;Markdown;ODF"
)
_USES = terms(
    "Writer;Calc;Impress;Draw;Writer/Web;Template;AutoPlay;VBA;Text;mono;stereo;64-bit;32-bit;read only;import;export"
)
_TYPES = terms("application;image;text;audio;video;font")
_TOOLS = terms(
    "audio;video;image;text;file;disk;network;printer;mail;font;backup;archive;package;window;clock;calendar;terminal;"
    "keyboard;password;password manager;proxy server;web server;database;spell;music;photo;game;chess;patience;log"
)
_DOES = terms(
    "editor;viewer;player;converter;manager;browser;client;server;daemon;library;library for C;module;plugin;applet;"
    "configuration editor;configuration tool;monitor;analyser;generator;compressor;amp simulator;tuner;indicator"
)
_SAYS = terms(
    "generic {t} {d};{t} {d} for X11;simple {t} {d};lightweight {t} {d};{t} {d} (documentation);free {t} {d};"
    "command line {t} {d};{t} {d} - development files;fast {t} {d} written in C;{t} {d}, shared library;{t} and {u} {d}"
)
_LEADS = terms(
    "This package contains the following;It includes;The following are supported;本软件包包括;"
    "本套件包含以下字型;以下の書体を含みます;Dieses Paket enthält;Ce paquet contient;"
    "Este paquete contiene;Este pacote contém;Этот пакет содержит;Il pacchetto contiene;Pakiet zawiera;"
    "Bu paket şunları içerir;다음을 포함합니다;Các kiểu chữ trong gói;Formats;Supported formats;支持的格式"
)
# What is said around the path, then the words of its steps: of the menu, then of what follows.
_CHOOSE = (
    ("Choose {x}.", ("File,Edit,View,Insert,Format,Table,Tools", "Paragraph,Page,Character,Fields", "Borders,More")),
    ("{x}", ("File,Edit,View,Insert,Format,Tools,Help", "Export,Print,Preferences,Macros,Styles", "Custom,All")),
    ("选择「{x}」", ("文件,编辑,视图,插入,格式,表格,工具", "字段,段落,页面,字符,选项", "页码,边框,自定义")),
    ("選擇 [{x}]", ("檔案,編輯,檢視,插入,格式,工具", "欄位,段落,頁面,選項,巨集", "頁碼,邊框,自訂")),
    ("{x} を選択します。", ("ファイル,編集,表示,挿入,書式,ツール", "段落,ページ,オプション", "外枠,その他")),
    ("Wählen Sie {x}.", ("Datei,Bearbeiten,Ansicht,Einfügen,Extras", "Absatz,Seite,Zeichen,Optionen", "Rahmen,Mehr")),
    ("Cliquez sur {x}", ("Fichier,Édition,Affichage,Outils", "Paragraphe,Page,Champs,Options", "Bordures,Autres")),
    ("Выберите {x}", ("Файл,Правка,Вид,Вставка,Сервис", "Абзац,Страница,Поля,Параметры", "Границы,Другие")),
)
_SAID = (
    "",
    "See also: ",
    "SEE ALSO ",
    "相关命令：",
    "本软件包包括以下工具：",
    "関連項目: ",
    "Commands: ",
    "Siehe auch: ",
)
_MARKS = ("* ", "* ", "- ", "• ", "", "", "")


def variants(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """One name in all its styles, editions or sizes: fonts, systems, models, as descriptions list them."""
    stem = " ".join(made_up_name(rng) for _ in range(pick(rng, (1, 1, 2))))
    stems = (
        [stem]
        if chance(rng, 0.6)
        else [stem, f"{stem} {pick(rng, _STYLES)}", f"{made_up_name(rng)} {pick(rng, _STYLES)}"]
    )
    kinds = pick(rng, ((_STYLES,), (_SCRIPTS,), (_SCRIPTS, _STYLES), (_EDITIONS,), (_EDITIONS, _STYLES)))
    n = size(rng, 4, 60, 12)
    items = [" ".join((pick(rng, stems), *(pick(rng, kind) for kind in kinds))) for _ in range(n)]
    if chance(rng, 0.2):
        items = [f"{stem} {digits(rng, 1, 4)}{pick(rng, ('', '', 'S', 'i', ' Pro', ' mm'))}" for _ in range(n)]
    return _bulleted(rng, list(dict.fromkeys(items)))


def file_formats(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """The formats that a program reads, or the cells of a table of them."""
    names = some(rng, _FORMATS, size(rng, 3, len(_FORMATS), 9))
    form = pick(rng, ("{f}", "{f} ({u})", "{f} ({u})", "{t}/{e} ({e})", "{f}_{u}", ".{e}", "{f} (.{e})"))
    items = [
        form.format(f=name, u=pick(rng, _USES), t=pick(rng, _TYPES), e=name.split()[0].lower()[:4]) for name in names
    ]
    return _bulleted(rng, items)


def packages(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Parts of a program, or what some programs are, each a line or all in one sentence."""
    if chance(rng, 0.5):
        stem = "".join(pick(rng, SYLLABLES) for _ in range(2))
        items = [f"{stem}{pick(rng, '-_.-')}{part}" for part in some(rng, _PARTS, size(rng, 3, 25, 8))]
        return _bulleted(rng, items)
    items = [
        pick(rng, _SAYS).format(t=pick(rng, _TOOLS), d=pick(rng, _DOES), u=pick(rng, _TOOLS))
        for _ in range(pick(rng, (1, 1, 1, 2, between(rng, 3, 20))))
    ]
    if chance(rng, 0.4):
        items = [f"{made_up_name(rng)} {item}" for item in items]
    if len(items) == 1:
        return Draft(items, "\n", position="middle", honest=True)
    return _bulleted(rng, items)


def commands(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Commands, functions and pages of a manual by name, at times behind a few words."""
    section = pick(rng, ("", "", "(1)", " (8)", "()", "(3)"))
    stem = pick(rng, ("", "", letters(rng, 2, 4), letters(rng, 2, 5) + "_"))
    items = [stem + letters(rng, 2, 8) + section for _ in range(size(rng, 4, 100, 16))]
    items[0] = pick(rng, _SAID) + items[0]
    return Draft(items, weighted(rng, {", ": 4.0, " ": 4.0, ",": 2.0, "\n": 1.5}), position="tail", honest=True)


def menu_path(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Where a command is found, as manuals say it."""
    said, (menus, *steps) = pick(rng, _CHOOSE)
    joint = pick(rng, (" - ", " > ", " ▸ ", " → ", "-", "/"))
    lines = []
    for _ in range(pick(rng, (1, 1, 2, 6))):
        path = joint.join((pick(rng, menus.split(",")), *(pick(rng, step.split(",")) for step in some(rng, steps, 2))))
        lines.append(said.format(x=path))
    return Draft(lines, "\n", position="middle", honest=True)


def resources(rng: Rng, vocabulary: Vocabulary) -> Draft:
    """Where to read on: names and addresses, on one line or in turn."""
    joint = pick(rng, (" - ", ": ", " ", "\n", "\n"))
    items = []
    for _ in range(size(rng, 2, 30, 7)):
        name = f"{made_up_name(rng)} {pick(rng, (*_TOOLS, *_DOES))}".title()
        address = f"http{pick(rng, ('', 's'))}://{host(rng)}/{letters(rng, 0, 7)}"
        items += [f"{name}{joint}{address}"] if joint != "\n" else [name, address]
    return Draft(items, "\n" if joint == "\n" else pick(rng, ("\n", "\n", ", ", " | ")), honest=True)


def _bulleted(rng: Rng, items: list[str]) -> Draft:
    """One item a line behind a mark, as descriptions have them, or as any list."""
    if chance(rng, 0.55):
        mark = pick(rng, _MARKS)
        lead = (pick(rng, _LEADS) + pick(rng, (":", ":", "：", "")),) if chance(rng, 0.5) else ()
        return Draft([mark + item for item in items], "\n", lead=lead, linked=[False] * len(items), honest=True)
    return lay_out(rng, items, {"\n": 4.0, ", ": 3.0, " | ": 2.0, " ": 1.5, "; ": 1.0, "、": 0.7, "|": 1.0, " · ": 0.7})

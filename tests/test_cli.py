"""What users of the command line rely on: outputs, messages, exit codes. A stand-in flags lines with three bars."""

import gzip
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import pytest
from click.testing import CliRunner, Result

from tests.carriers import unpacked
from unstuff import Filter, InputError, Page, Reason, Verdict, __version__
from unstuff.caps import DEFAULT, Caps
from unstuff.cli import VERBS, main
from unstuff.excerpt import printable, shorten
from unstuff.filter import Judged

DATA = Path(__file__).parent / "data"
# Settings of the outer shell that would colour what the tests read.
PLAIN: dict[str, str | None] = {"FORCE_COLOR": None, "NO_COLOR": None, "TTY_COMPATIBLE": None}
BLOCK = "甲县| 乙县| 丙县|"
POINTS = {"precise": 0.99, "balanced": 0.5, "sensitive": 0.2}
KEYS = [
    "id", "paragraph", "start", "end", "spans", "kind", "hidden", "label", "score", "raw_score", "reasons", "text",
]  # fmt: skip


class StandIn(Filter):
    """Flags paragraphs with three bars at every threshold up to 0.9; its reasons are two."""

    def __init__(
        self,
        model: Any = None,
        point: str | None = None,
        threshold: float | None = None,
        gazetteer: Any = None,
        caps: Caps = DEFAULT,
    ) -> None:
        self.caps = caps
        if model is not None:
            raise InputError(f"{model!r} is no model folder")
        self.point = None if threshold is not None else point or "balanced"
        self.threshold = POINTS[self.point] if self.point else float(threshold or 0)
        config = {
            "protocol": 1,
            "checksums": {"model.npz": "ab12"},
            "features": ["n_items"],
            "context_features": ["near_end"],
        }
        self.model: Any = SimpleNamespace(name="stand-in", points=POINTS, config=config)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (None, self.point, None if self.point else self.threshold, self.caps)

    def judge_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[Judged]:
        for page in pages:
            for verdicts in self.score_pages([page], reasons=reasons):
                yield Judged(page, [verdict for verdict in verdicts if verdict.found or not found_only])

    def score_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[list[Verdict]]:
        for page in pages:
            if "CRASH" in page.text:
                raise KeyboardInterrupt
            yield [self._of(page, i, reasons) for i in range(len(page.paragraphs))]

    def _of(self, page: Page, i: int, reasons: bool) -> Verdict:
        text, start, end, kind, hidden, *_ = page.paragraphs[i]
        score = 0.9 if text.count("|") >= 3 else 0.1
        found = score >= self.threshold
        why = (Reason("place_names", 4.125, "3 of 3 items"), Reason("page", -0.5, "\x1b[2J"))
        spans = ((start, end),) if found else ()
        label = "keyword_block" if found else "content"
        given = why if found or reasons else ()
        return Verdict(i, start, end, spans, kind, bool(hidden), label, score, score / 2, given, text)


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.cli.Filter", StandIn)


def run(*arguments: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    result = CliRunner().invoke(main, list(map(str, arguments)), input=stdin, env={**PLAIN, **(env or {})})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path / "page.txt", f"新馆开放\r\n\r\n  {BLOCK} \r\n完\r\n")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    content = f'{{"id": "a", "text": "one\\n{BLOCK}\\ntwo", "n": 1.50}}\n{{"id": "b", "text": \n\n{{"text": "three"}}\n'
    return written(tmp_path / "pages.jsonl", content)


# score


def test_score_writes_a_line_a_paragraph_in_the_order_of_the_contract(page: Path) -> None:
    result = run("score", page)
    first, block, last = lines_of(result)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert list(first) == KEYS
    assert first == {
        "id": str(page), "paragraph": 0, "start": 0, "end": 4, "spans": [], "kind": "text", "hidden": False,
        "label": "content", "score": 0.1, "raw_score": 0.05, "reasons": [], "text": "新馆开放",
    }  # fmt: skip
    assert (block["label"], block["spans"], block["text"]) == ("keyword_block", [[10, 21]], BLOCK)
    assert block["reasons"][0] == {"name": "place_names", "weight": 4.125, "detail": "3 of 3 items"}
    assert last["paragraph"] == 2


def test_the_shipped_model_has_a_word(page: Path) -> None:
    assert run("score", "--model", "default", page).stdout == run("score", page).stdout
    assert run("score", "--model", "mine", page).exit_code == 2


def test_score_reads_stdin_and_names_it_so(page: Path) -> None:
    for arguments in ((), ("-",)):
        assert {line["id"] for line in lines_of(run("score", *arguments, stdin=page.read_bytes()))} == {"-"}


def test_score_found_only_and_pages(page: Path) -> None:
    block, summary = lines_of(run("score", "--found-only", "--pages", page))
    assert block["text"] == BLOCK
    assert summary == {"id": str(page), "page": {"n_paragraphs": 3, "n_flagged": 1, "mirror": None, "truncated": False}}


MIRROR = "圖書館(guǎn)昨天開(kāi)門(mén)的時(shí)間(jiān)有變(biàn)化\n新規(guī)定\n"


def test_a_mirror_is_told_of_the_page_and_flags_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", MIRROR)
    *verdicts, last = lines_of(run("score", "--pages", path))
    assert [verdict["label"] for verdict in verdicts] == ["content", "content"]
    assert list(last["page"]) == ["n_paragraphs", "n_flagged", "mirror", "truncated"]
    assert last["page"]["mirror"] == {
        "n_han": 16, "n_glosses": 7, "n_traditional": 7, "n_dropped": 0, "gloss_share": 0.4375,
    }  # fmt: skip
    closing = "the page looks like a mirror: 7 pinyin glosses after Traditional characters"
    assert run("explain", path).stdout.splitlines()[-2] == closing


def test_score_gives_an_error_in_its_place_and_goes_on(pages: Path, page: Path, tmp_path: Path) -> None:
    result = run("score", pages, tmp_path / "missing.txt", page)
    ids = [line["id"] for line in lines_of(result)]
    assert ids == ["a", "a", "a", f"{pages}:2", f"{pages}:4", str(tmp_path / "missing.txt"), *[str(page)] * 3]
    errors = {line["id"]: line["error"] for line in lines_of(result) if "error" in line}
    assert errors[f"{pages}:2"].startswith("is no JSON")
    assert errors[str(tmp_path / "missing.txt")] == "no such file or folder"
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == "unstuff: 2 of 5 documents could not be read"
    assert len(result.stderr.splitlines()) == 3
    assert run("score", "-q", pages).stderr == ""


def test_score_of_an_empty_page_is_nothing(tmp_path: Path) -> None:
    for name in ("empty.txt", "empty.html", "empty.jsonl", "empty.txt.gz"):
        result = run("score", written(tmp_path / name, gzip.compress(b"") if name.endswith("gz") else ""))
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_score_keeps_lone_surrogates_and_number_ids(tmp_path: Path) -> None:
    (line,) = run("score", stdin='{"id": 7, "text": "县\\ud800"}').stdout.splitlines()
    assert line.startswith('{"id":7,')
    assert line.endswith('"text":"县\\ud800"}')


def test_output_goes_to_a_file_gzipped_by_its_name(page: Path, tmp_path: Path) -> None:
    plain, packed = tmp_path / "out.jsonl", tmp_path / "new" / "out.jsonl.gz"
    assert run("score", page, "-o", plain).stdout == run("score", page, "-o", packed).stdout == ""
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes() == run("score", page).stdout_bytes
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("verb", ["score", "clean", "report", "compare"])
def test_output_is_packed_as_its_name_says(page: Path, tmp_path: Path, verb: str) -> None:
    models = ("default", "default") if verb == "compare" else ()
    names = ("plain", "packed.gz", "packed.zst", "packed.ZST")
    for name in names:
        assert run(verb, *models, page, "-o", tmp_path / name).exit_code == 0
    plain, *packed = (unpacked(tmp_path / name) for name in names)
    assert packed == [plain] * 3


# exit codes and messages


def test_fail_on_found(page: Path, tmp_path: Path) -> None:
    for verb in ("score", "clean", "explain"):
        assert run(verb, page).exit_code == 0
        assert run(verb, "--fail-on-found", page).exit_code == 1
        assert run(verb, "--fail-on-found", "--threshold", "0.95", page).exit_code == 0
    assert run("score", "--fail-on-found", page, tmp_path / "missing").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--point", "precise", "--threshold", "0.5"), "Error: --threshold cannot be used with --point"),
        (("--point", "exact"), "'exact' is not one of 'precise', 'balanced', 'sensitive'"),
        (("--threshold", "2"), "2.0 is not in the range 0<=x<=1"),
        (("--encoding", "klingon"), "'klingon' is no text encoding; try utf-8, gb18030 or big5"),
        (("--model", "nowhere/"), "unstuff: 'nowhere/' is no model folder"),
        (("missing.txt",), "unstuff: missing.txt: no such file or folder"),
        (("",), "unstuff: an input has an empty name; name a file or folder, '.' for this one, or '-' for stdin"),
        (("\x1b[2Jx.txt",), "unstuff: \\x1b[2Jx.txt: no such file or folder"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: tuple[str, ...], message: str) -> None:
    for verb in ("score", "clean", "explain"):
        result = run(verb, *arguments, stdin="")
        assert result.exit_code == 2
        assert message in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
@pytest.mark.parametrize(
    ("verb", "option"),
    [("score", "--part-mb"), ("clean", "--drop-pages"), ("score", "--threshold"), ("train", "--test-share"),
     ("train", "--prevalence")],
)  # fmt: skip
def test_numbers_are_finite(page: Path, tmp_path: Path, verb: str, option: str, number: str) -> None:
    result = run(verb, option, number, page, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert f"Invalid value for '{option}'" in result.stderr


def test_parts_may_be_of_any_size(page: Path, tmp_path: Path) -> None:
    assert run("score", "--resume", "--part-mb", "1e305", page, "-o", tmp_path / "out").exit_code == 0


def test_folders_without_pages_and_binary_files_are_named(tmp_path: Path) -> None:
    picture = written(tmp_path / "in" / "a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert "in: holds no pages; give files, or" in run("score", tmp_path / "in").stderr
    assert "a.png: looks like a binary file (image/png); give text" in run("score", picture).stderr


def test_many_errors_are_counted_not_told(tmp_path: Path) -> None:
    result = run("score", written(tmp_path / "a.jsonl", "{\n" * 1000))
    assert len(result.stdout.splitlines()) == 1000
    assert len(result.stderr.splitlines()) == 11
    assert result.stderr.endswith("1000 of 1000 documents could not be read\n")


def test_an_interrupt_ends_with_130_and_leaves_no_output(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "CRASH")
    assert run("score", path, "-o", tmp_path / "out").exit_code == 130
    assert list(tmp_path.iterdir()) == [path]


def test_verbose_says_what_was_read(page: Path) -> None:
    expected = "unstuff: documents 1, paragraphs 3, keyword blocks 1 (place_names 1), errors 0; 0.0 MB in 0:00, "
    said = run("score", "-v", page).stderr
    assert said.startswith(expected)
    assert said.endswith(" MB/s; model stand-in\n")


# clean


def test_clean_takes_the_block_with_its_line_and_nothing_else(page: Path) -> None:
    assert run("clean", page).stdout_bytes == "新馆开放\r\n\r\n完\r\n".encode()
    assert run("clean", "--point", "precise", page).stdout_bytes == page.read_bytes()


@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030", "utf-16", "big5"])
def test_clean_writes_the_encoding_it_read(tmp_path: Path, codec: str) -> None:
    text = "圖書館今天開放，市民可以免費借閱圖書。\n{}\n完\n"
    path = written(tmp_path / "a.txt", text.format(BLOCK).replace("县", "縣").encode(codec))
    assert run("clean", path).stdout_bytes == text.replace("{}\n", "").encode(codec)


def test_clean_of_json_lines_edits_the_field_and_keeps_broken_lines(pages: Path, tmp_path: Path) -> None:
    result = run("clean", pages)
    expected = pages.read_bytes().replace(f"{BLOCK}\\n".encode(), b"")
    assert (result.exit_code, result.stdout_bytes) == (2, expected)
    rejected = tmp_path / "rejected"
    result = run("clean", pages, "--rejected", rejected)
    assert rejected.read_bytes() == b'{"id": "b", "text": \n'
    assert result.stdout_bytes == expected.replace(rejected.read_bytes(), b"")


def test_clean_keeps_what_went_so_that_it_can_be_put_back(page: Path, tmp_path: Path) -> None:
    audit = tmp_path / "removed.jsonl"
    kept = run("clean", page, "--removed", audit).stdout_bytes.decode()
    (gone,) = map(json.loads, audit.read_text("utf-8").splitlines())
    assert list(gone) == ["id", "paragraph", "start", "end", "text", "score", "reasons"]
    assert kept[: gone["start"]] + gone["text"] + kept[gone["start"] :] == page.read_bytes().decode()


def test_clean_html_keeps_the_other_paragraphs(tmp_path: Path) -> None:
    html = f"<!DOCTYPE html><html><body><p>新馆开放</p><div>{BLOCK}</div><p>完</p></body></html>"
    path = written(tmp_path / "a.html", html.encode("gb18030"))
    result = run("clean", path, "--encoding", "gb18030", "--removed", tmp_path / "removed")
    page = Page.from_html(result.stdout_bytes, encoding="gb18030")
    assert [paragraph.text for paragraph in page.paragraphs] == ["新馆开放", "完"]
    text, markup = map(json.loads, (tmp_path / "removed").read_bytes().splitlines())
    assert (text["text"], markup["markup"]) == (BLOCK, [f"<div>{BLOCK}</div>"])
    record = json.dumps({"id": 1, "html": html})
    line = json.loads(run("clean", stdin=record).stdout)
    assert [paragraph.text for paragraph in Page.from_html(line["html"]).paragraphs] == ["新馆开放", "完"]


def test_clean_of_a_folder_mirrors_its_names(tmp_path: Path) -> None:
    written(tmp_path / "in" / "a.txt", f"a\n{BLOCK}\n")
    written(tmp_path / "in" / "sub" / "b.txt.gz", gzip.compress(f"b\n{BLOCK}".encode()))
    written(tmp_path / "in" / "c.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = run("clean", tmp_path / "in", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"a\n"
    assert gzip.decompress((tmp_path / "out" / "sub" / "b.txt.gz").read_bytes()) == b"b\n"
    assert not (tmp_path / "out" / "c.txt").exists()


def test_rejected_lines_of_two_inputs_stay_lines(tmp_path: Path) -> None:
    paths = [written(tmp_path / "in" / name, "{broken") for name in ("a.jsonl", "b.jsonl")]
    assert run("clean", *paths, "-o", tmp_path / "out", "--rejected", tmp_path / "rejected").exit_code == 2
    assert (tmp_path / "rejected").read_bytes() == b"{broken\n{broken\n"


@pytest.mark.parametrize("content", ["", json.dumps({"text": BLOCK}) + "\n", "{\n"])
def test_clean_replaces_the_old_output_where_nothing_is_left(tmp_path: Path, content: str) -> None:
    path, old = written(tmp_path / "in" / "a.jsonl", content), written(tmp_path / "out" / "a.jsonl", "old")
    options = ("--drop-pages", "0.5", "--rejected", tmp_path / "rejected")
    for target in (old, tmp_path / "out", tmp_path / "a.jsonl.gz"):
        run("clean", *options, path, "-o", target)
    assert old.read_bytes() == gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == b""


def test_clean_goes_on_beside_a_folder_without_pages(page: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("clean", tmp_path / "empty", page, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "empty: holds no pages" in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["page.txt"]


def test_clean_refuses_outputs_that_would_lose_something(page: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other" / "page.txt", "x")
    for arguments, message in (
        ((page, other), "several inputs or a folder need a folder to write to: --output DIR"),
        ((tmp_path,), "several inputs or a folder need a folder to write to: --output DIR"),
        ((page, other, "-o", page), "several inputs or a folder need a folder to write to: --output DIR"),
        ((page, page, "-o", tmp_path / "out"), f"cannot both be written to '{tmp_path / 'out'}'; write them to two"),
        ((page, "-o", page), "is an input too; choose another name for the output"),
        ((page, "--removed", page), "is an input too; choose another name for the output"),
        ((page, "-o", tmp_path), "is an input too; choose another name for the output"),
        ((f"file://{page}", "-o", page), "is an input too; choose another name for the output"),
    ):
        before = page.read_bytes()
        result = run("clean", *arguments)
        assert result.exit_code == 2
        assert message in result.stderr.splitlines()[-1]
        assert page.read_bytes() == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        (["crawl/1/html/page.txt", "page.txt"], ["crawl/1/html/page.txt", "page.txt"]),
        (["crawl/[12]/**/*.txt"], ["1/html/page.txt", "2/html/page.txt", "2/other.txt"]),
        (["crawl/1", "crawl/2"], ["1/html/page.txt", "2/html/page.txt", "2/other.txt"]),
        (["crawl/1/html", "crawl/1/../2/html"], ["1/html/page.txt", "2/html/page.txt"]),
        (["crawl/2", "crawl/3"], ["2/html/page.txt", "2/other.txt", "3/other.txt/page.txt"]),
        (["crawl/1/html", "crawl/2/html", "crawl/3"], ["1/html/page.txt", "2/html/page.txt", "3/other.txt/page.txt"]),
    ],
)
def test_clean_tells_inputs_of_one_name_apart_by_their_folders(
    inputs: list[str], targets: list[str], tmp_path: Path
) -> None:
    names = ("1/html/page.txt", "2/html/page.txt", "2/other.txt", "3/other.txt/page.txt")
    for name in (*(f"crawl/{name}" for name in names), "page.txt"):
        written(tmp_path / name, name)
    out = tmp_path / "out"
    assert run("clean", *(tmp_path / name for name in inputs), "-o", out).exit_code == 0
    found = {str(path.relative_to(out)): path.read_text() for path in out.rglob("*.txt") if path.is_file()}
    assert sorted(found) == targets
    assert all(content.endswith(name) for name, content in found.items())


# explain and info


def test_explain_marks_the_block_and_says_why(page: Path) -> None:
    assert run("explain", page).stdout.splitlines() == [
        str(page),
        "",
        "     0  0.1000  新馆开放",
        f">    1  0.9000  {BLOCK}",
        "        place_names        +4.1  3 of 3 items",
        "     2  0.1000  完",
        "",
        "1 of 3 paragraphs is a keyword block",
        "",
    ]


def test_explain_colours_terminals_unless_told_not_to(page: Path) -> None:
    red = "\x1b[1;31m>"
    terminal = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert red in run("explain", page, env=terminal).stdout
    assert red not in run("explain", page, env={**terminal, "NO_COLOR": "1"}).stdout
    assert "\x1b" not in run("score", page, env=terminal).stdout


def test_explain_verbose_gives_every_reason_and_escapes_it(page: Path) -> None:
    shown = run("explain", "-v", page).stdout
    assert shown.count("place_names") == 3
    assert "-0.5  \\x1b[2J" in shown


def test_explain_of_an_empty_page(tmp_path: Path) -> None:
    result = run("explain", written(tmp_path / "a.txt", ""))
    assert (result.exit_code, result.stdout.splitlines()[2:]) == (0, ["", "no paragraphs", ""])


def test_explain_sends_no_control_characters_of_a_page(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.txt", "a\x1b]0;x\x07b\x9b2J [red]\u202ec\u2066d\0\ufeff\n[/] :smile: \x1b[31m| | | |\n"
    )
    shown = run("explain", path).stdout
    assert "a\\x1b]0;x\\x07b\\x9b2J [red]\\u202ec\\u2066d\\x00\\ufeff" in shown
    assert "[/] :smile: \\x1b[31m| | | |" in shown
    assert set(shown) <= {"\n", *filter(str.isprintable, shown)}


def test_text_is_shortened_and_made_printable() -> None:
    assert shorten("一\n\t二  三", 10) == "一 二 三"
    assert shorten("一二三四五六", 4) == "一二三…"
    assert printable("\ud800 می\u200cخواهم") == "\\ud800 می\u200cخواهم"


def test_info_names_model_points_checksums_and_features() -> None:
    shown = run("info").stdout
    for part in (__version__, "stand-in (protocol 1)", "0.500000 (balanced)", "precise      0.990000",
                 "model.npz      sha256 ab12", "n_items near_end"):  # fmt: skip
        assert part in shown
    assert "0.300000 (given)" in run("info", "--threshold", "0.3").stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples(verb: str) -> None:
    shown = run(verb, "--help").stdout
    examples = shown.split("Examples:\n")[1].split("\n\n")[0].splitlines()
    assert len(examples) >= 2
    assert all(f"unstuff {verb}" in line for line in examples)


@pytest.mark.parametrize("verb", VERBS)
def test_quiet_and_verbose_are_offered_where_they_are_read(verb: str) -> None:
    options = run(verb, "--help").stdout.split("Options:\n")[1]
    is_run = verb not in ("evaluate", "info")
    assert is_run == ("-q, --quiet" in options) == ("-v, --verbose" in options)


def test_version() -> None:
    assert run("--version").stdout == f"unstuff {__version__}\n"


# the program itself, with the shipped model


def unstuff(*arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> Any:
    command: Sequence[str] = [sys.executable, "-m", "unstuff", *map(str, arguments)]
    inherited = {name: value for name, value in os.environ.items() if name not in PLAIN}
    return subprocess.run(command, input=stdin, capture_output=True, env={**inherited, **(env or {})}, check=False)


def test_the_sample_pages_have_one_block_at_the_end() -> None:
    result = unstuff("score", DATA / "town_news.txt", DATA / "town_news.html")
    lines = list(map(json.loads, result.stdout.splitlines()))
    for name in ("town_news.txt", "town_news.html"):
        labels = [line["label"] for line in lines if line["id"] == str(DATA / name)]
        assert labels == ["content"] * (len(labels) - 1) + ["keyword_block"]
    assert result.stderr == b""


def test_the_honest_sample_page_has_none_and_the_lines_have_one() -> None:
    assert unstuff("score", "--fail-on-found", DATA / "clean_page.html").returncode == 0
    found = unstuff("score", "--found-only", DATA / "pages.jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in found] == ["notice"]


def test_found_only_prints_the_lines_of_score_that_are_no_content(tmp_path: Path) -> None:
    broken = written(tmp_path / "broken.jsonl", '{"text": "甲县| 乙县|"}\n{"text":\n{"text": null}\n\n{"text": ""}\n')
    for options in ((), ("--pages",), ("--threshold", "0.0001"), ("--cap", "explained_paragraphs=1")):
        every = unstuff("score", *options, DATA, broken).stdout.splitlines()
        found = unstuff("score", "--found-only", *options, DATA, broken).stdout.splitlines()
        assert found == [line for line in every if json.loads(line).get("label") != "content"]
        assert len(every) > len(found) > 3


def test_clean_of_the_sample_is_the_article_byte_for_byte() -> None:
    content = (DATA / "town_news.txt").read_bytes()
    assert unstuff("clean", "-", stdin=content).stdout == b"".join(content.splitlines(keepends=True)[:-1])


def test_explain_is_plain_in_a_pipe_and_without_unicode() -> None:
    result = unstuff("explain", DATA / "town_news.txt", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert result.returncode == 0
    assert b"\x1b" not in result.stdout
    assert result.stdout.rstrip().endswith(b"paragraphs is a keyword block")


@pytest.mark.parametrize("verb", ["score", "clean", "explain"])
def test_a_closed_pipe_is_quiet(tmp_path: Path, verb: str) -> None:
    path = written(tmp_path / "long.txt", "一行很普通的文字。\n" * 20_000)
    command = [sys.executable, "-m", "unstuff", verb, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("closed", "code"), [("<&-", 0), (">&-", 2), ("2>&-", 0), ("<&- 2>&-", 0), ("<&- >&- 2>&-", 2)]
)
def test_standard_streams_may_be_closed(closed: str, code: int) -> None:
    line = f'"$0" -m unstuff score --found-only "$1" {closed}'
    result = subprocess.run(
        ["sh", "-c", line, sys.executable, DATA / "town_news.txt"], capture_output=True, check=False
    )
    assert result.returncode == code
    assert len(result.stdout.splitlines()) == (code == 0)
    assert result.stderr == (b"unstuff: output: Bad file descriptor\n" if closed == ">&-" else b"")


@pytest.mark.parametrize("option", ["--version", "--help", "score --help"])
def test_what_is_said_of_itself_may_go_nowhere(option: str) -> None:
    line = f'"$0" -m unstuff {option} >&-'
    result = subprocess.run(["sh", "-c", line, sys.executable], capture_output=True, check=False)
    assert result.returncode in (0, 2)


def test_score_starts_without_the_libraries_it_does_not_need() -> None:
    code = (
        "import sys; from unstuff.cli import main; main(['score'], standalone_mode=False);"
        "print(sorted({'rich', 'sklearn', 'scipy', 'jieba', 'joblib', 'pyarrow', 'fastwarc'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], input=b"x", capture_output=True, check=True).stdout
    line, heavy = shown.splitlines()
    assert (json.loads(line)["text"], heavy) == ("x", b"[]")


def test_two_outputs_never_share_a_file(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    result = unstuff("clean", DATA / "town_news.txt", "-o", kept, "--removed", kept)
    assert result.returncode == 2
    assert b"is another output too" in result.stderr
    assert not kept.exists()


@pytest.mark.parametrize(
    ("verb", "option"),
    [("score", "--gazetteer"), ("clean", "--allow-hosts"), ("score", "--deny-hosts"), ("report", "--files-from"),
     ("evaluate", "--gazetteer"), ("review", "--gazetteer")],
)  # fmt: skip
def test_no_output_takes_the_place_of_a_file_that_an_option_names(
    page: Path, tmp_path: Path, verb: str, option: str
) -> None:
    listed = written(tmp_path / "listed", f"{page}\n")
    result = run(verb, option, listed, page, "-o", listed)
    assert result.exit_code == 2
    assert f"{str(listed)!r} is an input too; choose another name for the output" in result.stderr
    assert listed.read_text("utf-8") == f"{page}\n"


def test_outputs_may_share_a_device(page: Path, tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o600, os.makedev(1, 3))
        device.write_bytes(b"")
    except PermissionError:
        pytest.skip("devices cannot be made here")
    assert run("clean", page, "-o", device, "--removed", device).exit_code == 0
    assert device.is_char_device()


@pytest.mark.parametrize("verb", ["score", "report", "explain"])
def test_a_folder_is_read_without_the_file_that_stdout_goes_to(tmp_path: Path, verb: str) -> None:
    written(tmp_path / "page.txt", "one")
    with (tmp_path / "out.jsonl").open("wb") as out:
        result = piped(out, verb, ".", folder=tmp_path)
    assert result.returncode == 0
    assert result.stderr == b"unstuff: out.jsonl: is the output too, and is left out\n"
    assert b"one" in (tmp_path / "out.jsonl").read_bytes()


@pytest.mark.parametrize("arguments", [("pages.jsonl",), ("link.jsonl",), (".",), ()])
def test_an_input_that_stdout_goes_to_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = written(tmp_path / "pages.jsonl", '{"text": "x"}\n')
    (tmp_path / "link.jsonl").symlink_to(path)
    with path.open("ab") as out, path.open("rb") as stdin:
        result = piped(out, "score", *arguments, folder=tmp_path, stdin=stdin)
    assert result.returncode == 2
    assert b"is the output too; choose another name for the output" in result.stderr
    assert path.read_text("utf-8") == '{"text": "x"}\n'


def piped(out: BinaryIO, *arguments: str, folder: Path, stdin: BinaryIO | None = None) -> Any:
    """The command line with its stdout going to a file."""
    command = [sys.executable, "-m", "unstuff", *arguments]
    return subprocess.run(
        command, cwd=folder, stdin=stdin or subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, check=False,
        timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("verb", ["clean", "score", "report", "compare", "evaluate"])
def test_no_file_beside_the_output_is_lost_to_its_temporary_name(tmp_path: Path, verb: str) -> None:
    labelled = json.dumps({"text": BLOCK, "label": "keyword_block"}) + "\n"
    beside = written(tmp_path / "out.jsonl.part", labelled)
    models = ("default", "default") if verb == "compare" else ()
    assert run(verb, *models, beside, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert beside.read_text("utf-8") == labelled
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "out.jsonl.part"]


@pytest.mark.parametrize("name", ["n" * 251 + ".txt", "县" * 85])
@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_a_name_may_be_as_long_as_the_system_lets_it(
    page: Path, tmp_path: Path, name: str, resume: tuple[str, ...]
) -> None:
    long = page.rename(tmp_path / name)
    assert run("clean", *resume, long, written(tmp_path / "b.txt", ""), "-o", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / name).stat().st_size > 0
    assert run("report", long, "-o", tmp_path / "reports" / name).exit_code == 0


def test_a_slash_behind_the_name_of_the_output_makes_it_a_folder(page: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        assert run("clean", written(tmp_path / name, name), "-o", f"{tmp_path}/cleaned/").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "cleaned").iterdir()) == ["a.txt", "b.txt"]
    assert "is a folder; name a file, or add --resume" in run("score", page, "-o", f"{tmp_path}/scores/").stderr
    assert "is the name of a folder; name a file" in run("report", page, "-o", f"{tmp_path}/report/").stderr
    assert not (tmp_path / "scores").exists() and not (tmp_path / "report").exists()


def test_outputs_are_paths_here_or_stdout(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for verb in ("clean", "score", "report"):
        assert run(verb, page, "-o", "-").stdout_bytes == run(verb, page).stdout_bytes != b""
    for arguments in (
        ("clean", page, "-o", "s3://bucket/x"), ("score", page, "-o", ""), ("clean", page, "--removed", "-"),
        ("review", page, "-o", "-"), ("train", page, "-o", "file:///x"),
    ):  # fmt: skip
        result = run(*arguments)
        assert result.exit_code == 2
        assert "is no path to write to; name one on this machine" in result.stderr
    assert list(tmp_path.iterdir()) == [page]


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_json_lines_of_wide_characters_are_refused_once(tmp_path: Path, codec: str) -> None:
    path = written(tmp_path / "a.jsonl", ('{"text": "a"}\n' * 9).encode(codec))
    for arguments in ((path,), ("--input", "jsonl", path)):
        (error,) = lines_of(run("score", *arguments))
        assert "JSON Lines must be UTF-8: convert it, or read it with --input text" in error["error"]


def test_json_lines_in_utf_16_are_refused_in_words() -> None:
    result = unstuff("score", stdin='{"id": "z", "text": "a"}\n'.encode("utf-16"))
    assert result.returncode == 2
    assert b"JSON Lines must be UTF-8" in result.stderr


def test_a_field_without_a_value_is_no_field() -> None:
    result = unstuff("score", stdin=b'{"id": "n", "text": null, "html": "<p>x</p>"}\n')
    assert result.returncode == 0
    assert json.loads(result.stdout)["kind"] == "body"


def test_reasons_of_a_long_run_of_lines_are_given_once_for_all() -> None:
    lines = "\n".join(f"行{i} 文字" for i in range(2000))
    verdicts = [
        json.loads(line) for line in unstuff("score", "--threshold", "0", stdin=lines.encode()).stdout.splitlines()
    ]
    assert len(verdicts) == 2000
    assert len({json.dumps([r["detail"] for r in v["reasons"] if r["name"] == "list_form"]) for v in verdicts}) == 1

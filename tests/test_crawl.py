"""Whole crawls: workers that die, runs that are killed, inputs that are damaged; nothing lost, nothing twice."""

import gzip
import io
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests import carriers
from tests.carriers import BLOCK, conversion, info, response, zst
from tests.test_cli import StandIn, run, written
from unstuff import Page, Verdict
from unstuff.crawl import manifest
from unstuff.sources import JsonField

DATA = Path(__file__).parent / "data"
MAIN = "UNSTUFF_TEST_MAIN"


class Deadly(StandIn):
    """Kills the worker that meets a page with KILL, and fails on one with FAIL."""

    def score_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[list[Verdict]]:
        pages = list(pages)
        for page in pages:
            if "KILL" in page.text and os.environ[MAIN] != str(os.getpid()):
                os.kill(os.getpid(), signal.SIGKILL)
            if "FAIL" in page.text:
                raise ZeroDivisionError("by nothing")
        return super().score_pages(pages, reasons=reasons)


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MAIN, str(os.getpid()))
    monkeypatch.setattr("unstuff.cli.Filter", Deadly)


def corpus(folder: Path, n_files: int = 6, n_documents: int = 40) -> Path:
    """Files of several forms."""
    for i in range(n_files):
        texts = [f"第{i}册第{j}篇\n{BLOCK}\n完{'。' * (j % 7)}" for j in range(n_documents)]
        lines = "".join(json.dumps({"id": f"{i}-{j}", "text": text}) + "\n" for j, text in enumerate(texts))
        written(folder / f"{i}.jsonl", lines)
        written(folder / f"{i}.wet.gz", gzip.compress(info() + b"".join(map(conversion, texts))))
        written(folder / f"{i}.parquet", carriers.parquet([{"text": text, "n": i} for text in texts]))
        written(folder / f"{i}.txt", texts[0])
        written(folder / f"{i}.warc", response(f"<p>{i}</p><p>{BLOCK}</p>".encode(), n=i))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != manifest.NAME
    }


# workers


@pytest.mark.parametrize("layout", ["jsonl", "parquet"])
def test_jobs_change_no_byte_of_verdicts(tmp_path: Path, layout: str) -> None:
    folder = corpus(tmp_path / "in")
    for jobs in ("1", "2"):
        result = run("score", "--jobs", jobs, "--format", layout, folder, "-o", tmp_path / jobs)
        assert result.exit_code == 0, result.stderr
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_jobs_change_no_byte_of_what_is_cleaned(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    for jobs in ("1", "2"):
        gone = tmp_path / jobs / "gone.jsonl.zst"
        result = run("clean", "--jobs", jobs, folder, "-o", tmp_path / jobs / "out", "--removed", gone)
        assert result.exit_code == 0, result.stderr
    assert tree(tmp_path / "1") == tree(tmp_path / "2")
    assert len(tree(tmp_path / "1")) == 31


def test_documents_that_kill_their_worker_are_errors_and_the_others_are_not(tmp_path: Path) -> None:
    n, killers = 4, {1}
    texts = ["KILL" if i in killers else f"{i}\n{BLOCK}" for i in range(n)]
    lines = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts))
    paths = [written(tmp_path / "a.jsonl", lines), written(tmp_path / "b.jsonl", '{"id": "b", "text": "b"}\n')]
    result = run("score", "--pages", "--jobs", "2", *paths)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    errors = {line["id"]: line["error"] for line in found if "error" in line}
    assert set(errors) == {f"{paths[0]}:{i + 1}" for i in killers}
    assert all("killed the process that read it" in error for error in errors.values())
    ids = [line["id"] for line in found if "error" in line or "page" in line]
    assert ids == [*(f"{paths[0]}:{i + 1}" if i in killers else i for i in range(n)), "b"]


def test_a_document_that_kills_its_worker_is_not_lost_to_cleaning(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"text": "a"}\n{"text": "KILL"}\n')
    result = run("clean", "--jobs", "2", path, "--rejected", tmp_path / "rejected")
    assert (result.exit_code, result.stdout) == (2, '{"text": "a"}\n')
    assert (tmp_path / "rejected").read_text() == '{"text": "KILL"}\n'


def test_a_document_that_cannot_be_scored_is_an_error_and_never_clean(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"id": 1, "text": "a"}\n{"id": 2, "text": "FAIL"}\n{"id": 3, "text": "c"}\n')
    result = run("score", path)
    first, failed, last = map(json.loads, result.stdout.splitlines())
    assert (first["label"], last["label"], result.exit_code) == ("content", "content", 2)
    assert failed == {"id": 2, "error": "cannot be scored: ZeroDivisionError: by nothing"}


def test_a_document_that_cannot_be_written_is_an_error_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: JsonField, spans: object, caps: object) -> bytes:
        raise IndexError("out of range")

    monkeypatch.setattr(JsonField, "without", fail)
    content = f'{{"text": "a"}}\n{{"text": "{BLOCK}"}}\n{{"text": "c"}}\n'
    path = written(tmp_path / "a.jsonl", content)
    result = run("clean", path)
    assert (result.exit_code, result.stdout) == (2, content)
    assert "a.jsonl:2: failed: IndexError: out of range" in result.stderr


# resume


ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "unstuff", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)


def finish(*arguments: str | Path) -> None:
    with start(*arguments) as process:
        _, said = process.communicate()
    assert process.returncode == 0, said.decode()


def killed_at_random(arguments: list[str | Path], n_kills: int, longest_s: float, seed: int) -> int:
    """Run to the end through kills; how many met a run that was going on."""
    moments = random.Random(seed)
    n_met = 0
    for _ in range(n_kills):
        with start(*arguments) as process:
            time.sleep(moments.uniform(0.2, longest_s))
            n_met += process.poll() is None
            process.kill()
    finish(*arguments)
    return n_met


def long_corpus(folder: Path) -> Path:
    """Files in which the shipped model finds blocks."""
    corpus(folder, 3, 40)
    block = (DATA / "town_news.txt").read_text("utf-8").splitlines()[-1]
    paragraph = "图书馆今天开放，市民可以免费借阅图书。\n" * 30
    for k in range(6):
        lines = "".join(json.dumps({"id": i, "text": f"{k}-{i}\n{paragraph}{block}"}) + "\n" for i in range(100))
        written(folder / f"long{k}.jsonl.gz", gzip.compress(lines.encode()))
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "--found-only"),
        ("score", "--found-only", "--format", "parquet"),
        ("clean", "--removed", "gone.jsonl", "--rejected", "rejected.gz", "--jobs", "2"),
    ],
)
def test_a_run_that_is_killed_goes_on_and_loses_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = long_corpus(tmp_path / "in")
    whole, killed = tmp_path / "whole", tmp_path / "killed"

    def of(target: Path) -> list[str | Path]:
        named = [target / "side" / name if name.endswith((".jsonl", ".gz")) else name for name in arguments]
        return [*named, "--resume", "--part-mb", "0.1", "-o", target / "out", folder]

    began = time.monotonic()
    finish(*of(whole))
    killed_at_random(of(killed), 3, time.monotonic() - began, seed=len(arguments))
    assert tree(killed) == tree(whole)
    assert len(tree(whole)) > 3


def children(process: subprocess.Popen[bytes]) -> list[str]:
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    with start("score", "--jobs", "2", long_corpus(tmp_path / "in"), "-o", tmp_path / "out") as process:
        while len(workers := children(process)) < 3:  # with loky's tracker of resources
            assert process.poll() is None
        time.sleep(1)
        process.kill()
    for _ in range(100):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            return
        time.sleep(0.1)
    pytest.fail(f"{workers} go on")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_told_to_end_leaves_nothing_half_written(tmp_path: Path, jobs: str) -> None:
    with start("clean", "--jobs", jobs, long_corpus(tmp_path / "in"), "-o", tmp_path / "out") as process:
        while not list((tmp_path / "out").glob("*.part")):
            assert process.poll() is None
            time.sleep(0.01)
        process.terminate()
    assert process.returncode == 128 + signal.SIGTERM
    assert not list((tmp_path / "out").glob("*.part"))


def test_an_output_that_is_a_link_stays_one(tmp_path: Path) -> None:
    path, kept = written(tmp_path / "a.jsonl", '{"text": "x"}\n'), written(tmp_path / "kept", "old")
    for arguments in (("clean", path), ("score", path), ("score", "--format", "parquet", path), ("report", path)):
        link = tmp_path / f"link-{'-'.join(map(str, arguments[:-1]))}"
        link.symlink_to(kept)
        kept.write_text("old")
        assert run(*arguments, "-o", link).exit_code == 0
        assert link.is_symlink() and kept.read_bytes() != b"old"


@pytest.mark.parametrize("verb", [("score", "--format", "parquet"), ("clean",)])
def test_parquet_is_written_to_a_pipe_that_is_named(tmp_path: Path, verb: tuple[str, ...]) -> None:
    path, pipe = written(tmp_path / "a.parquet", ROWS), tmp_path / "pipe"
    os.mkfifo(pipe)
    with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as reader:
        result = run(*verb, path, "-o", pipe)
        data = reader.read()
    assert result.exit_code == 0, result.stderr
    assert pipe.is_fifo()
    assert pq.read_table(io.BytesIO(data)).num_rows == 50


def test_verdicts_on_a_slow_pipe_do_not_wait_for_its_end() -> None:
    command = [sys.executable, "-m", "unstuff", "score", "--jobs", "2"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        assert process.stdin and process.stdout
        for patience_s in (1, 3, 10, 60):  # fewer than are read ahead
            process.stdin.write(b'{"text": "x"}\n')
            process.stdin.flush()
            if select.select([process.stdout], [], [], patience_s)[0]:
                break
        else:
            pytest.fail("nothing came before the end of the input")
        process.stdin.close()
        assert process.stdout.readline().startswith(b'{"id":"-:1"')


def test_resuming_changes_nothing_of_the_result(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    lines = run("score", folder).stdout_bytes
    assert run("score", "--resume", "--part-mb", "0.001", folder, "-o", tmp_path / "parts").exit_code == 0
    parts = tree(tmp_path / "parts")
    assert list(parts) == [f"part-{i:05d}.jsonl" for i in range(len(parts))]
    assert len(parts) > 3
    assert b"".join(parts.values()) == lines
    assert (
        "is complete already" in run("score", "--resume", "--part-mb", "0.001", folder, "-o", tmp_path / "parts").stderr
    )
    for folder_of, options in (("plain", ()), ("resumed", ("--resume", "--part-mb", "0.001"))):
        assert run("clean", *options, folder, "-o", tmp_path / folder_of).exit_code == 0
    assert tree(tmp_path / "plain") == tree(tmp_path / "resumed")


def test_what_cannot_be_resumed_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "x")
    target = tmp_path / "out"
    assert "--resume needs a folder to write to: --output DIR" in run("score", "--resume", path).stderr
    assert "--resume cannot be used with stdin" in run("clean", "--resume", "-o", target, stdin="x").stderr
    removed = target / manifest.NAME
    assert "is another output too" in run("clean", "--resume", "--removed", removed, "-o", target, path).stderr
    assert run("score", "--resume", "-o", target, path).exit_code == 0
    other = run("score", "--resume", "--found-only", "-o", target, path)
    assert other.exit_code == 2
    assert "is of a run with other inputs, options or model; name another folder" in other.stderr
    written(path, "changed")
    assert "is of a run with other inputs" in run("score", "--resume", "-o", target, path).stderr
    assert "is a folder; name a file, or add --resume" in run("score", "-o", target, path).stderr


@pytest.mark.parametrize(
    ("verb", "gone"),
    [(("score",), "part-00001.jsonl"), (("score", "--format", "dolma"), "0.jsonl"), (("clean",), "1.wet.gz"),
     (("clean",), "removed")],
)  # fmt: skip
def test_a_run_whose_files_are_gone_is_not_called_complete(tmp_path: Path, verb: tuple[str, ...], gone: str) -> None:
    folder, target = corpus(tmp_path / "in"), tmp_path / "out"
    written(folder / "damaged.jsonl.gz", b"\x1f\x8b")  # which nothing is written for
    sides = ("--removed", target / "removed") if verb == ("clean",) else ()
    arguments = (*verb, "--resume", "--part-mb", "0.001", folder, "-o", target, *sides)
    assert run(*arguments).exit_code == 2
    before = tree(target)
    assert "is complete already" in run(*arguments).stderr
    (target / gone).unlink()
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"this run was complete, but 1 of its {len(before)} files are gone; remove" in result.stderr
    (target / manifest.NAME).unlink()
    if verb == ("clean",):
        assert run(*arguments).exit_code == 2
        assert tree(target) == before


def test_a_run_over_names_that_are_no_utf_8_can_be_resumed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xcf\xd8.jsonl"))
    texts = [f"{i} {'x' * 40_000}" for i in range(100)]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in [*texts, "CRASH"]))
    date = path.stat().st_mtime_ns
    arguments = ("clean", "--resume", "--part-mb", "0.5", path, "-o", tmp_path / "out")
    assert run(*arguments).exit_code == 130
    path.write_bytes(path.read_bytes().replace(b"CRASH", b"calm."))
    os.utime(path, ns=(date, date))
    assert run(*arguments).exit_code == 0
    assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_parts_of_two_runs_are_never_mixed(tmp_path: Path) -> None:
    folder, target = corpus(tmp_path / "in"), tmp_path / "out"
    assert run("score", "--resume", "--part-mb", "0.001", folder, "-o", target).exit_code == 0
    before = tree(target)
    (target / manifest.NAME).unlink()
    result = run("score", "--resume", folder, "-o", target)
    assert result.exit_code == 2
    assert f"{str(target)!r} holds part-00001.jsonl and no manifest of its run; empty the folder" in result.stderr
    assert tree(target) == before
    for name in list(before)[1:]:
        (target / name).unlink()
    assert run("score", "--resume", folder, "-o", target).exit_code == 0  # the first part is written anew
    assert b"".join(tree(target).values()) == b"".join(before.values())


@pytest.mark.parametrize("name", ["part-00000.jsonl", "part-00000.parquet", manifest.NAME])
def test_no_part_takes_the_place_of_an_input(tmp_path: Path, name: str) -> None:
    content = ROWS if name.endswith(".parquet") else b'{"text": "x"}\n'
    path, link = written(tmp_path / "out" / name, content), tmp_path / "link"
    link.symlink_to(path)
    layout = "parquet" if name.endswith(".parquet") else "jsonl"
    for given in (path, link):
        result = run("score", "--resume", "--format", layout, given, "-o", path.parent)
        assert result.exit_code == 2
        assert f"{str(path)!r} is an input too; choose another name for the output" in result.stderr
    assert path.read_bytes() == content


# damaged and unusual inputs


LINES = "".join(f'{{"id": {i}, "text": "{"x" * 100}"}}\n' for i in range(50)).encode()
RECORDS = b"".join(conversion(f"{i}", n=i) for i in range(50))
N_TEN = sum(len(conversion(f"{i}", n=i)) for i in range(10))
ROWS = carriers.parquet([{"text": str(i)} for i in range(50)], row_group_size=10)
TWICE = carriers.table_bytes(pa.table([pa.array(["x"])] * 2, ["text", "text"]))


def with_length(length: bytes) -> bytes:
    """The records, the first with a wrong length."""
    return RECORDS.replace(b"Content-Length: 1\r", b"Content-Length: %s\r" % length, 1)


@pytest.mark.parametrize(
    ("name", "content", "n_read", "error"),
    [
        ("a.jsonl.gz", gzip.compress(LINES, 0)[:-200], 48, "is damaged: it ends in the middle of the packed data; get"),
        ("a.jsonl.gz", gzip.compress(LINES) + b"junk", 50, "is damaged: other bytes follow the packed data"),
        ("a.jsonl.zst", zst(LINES[:2000]) + zst(LINES)[:-3], 16, "is damaged: it ends in the middle of the packed"),
        ("a.txt.gz", gzip.compress(b"x" * 1000)[:-9], 0, "is damaged: it ends"),
        ("a.wet", RECORDS[:-5], 49, "is cut short: it has 1 of 2 bytes; get the file anew"),
        ("a.wet.gz", gzip.compress(RECORDS, 0)[:-400], 48, "is damaged: it ends"),
        ("a.wet", RECORDS[:N_TEN] + b"junk\r\n" + RECORDS[N_TEN:], 50, "is no WARC record"),
        ("a.wet", with_length(b"99999"), 49, "is cut short: it has 5 of 99999"),
        ("a.wet", with_length(b"9" * 20), 49, "is a damaged record: its head has no end or no usable"),
        ("a.wet", with_length(b"?"), 49, "is a damaged record: its head"),
        ("a.parquet", ROWS[:-20], 0, "is damaged: "),
        ("a.parquet", ROWS[:400] + b"\xff" * 60 + ROWS[460:], 30, "is damaged: "),
        ("a.parquet", carriers.parquet([{"text": 7}]), 0, "column 'text' is int64, expected string or binary"),
        ("a.parquet", TWICE, 0, "has 2 columns 'text', expected one; rename the others"),
        ("a.parquet", carriers.parquet([{"body": "x"}]), 0, "has no column 'text' or 'html'; it has body; name its"),
        ("a.parquet", carriers.parquet([{"text": "x"}, {"text": None}]), 1, "has no value in text"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_an_error_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, n_read: int, error: str
) -> None:
    path, after = written(tmp_path / name, content), written(tmp_path / "z.txt", "fine")
    result = run("score", path, after)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    errors = [line["error"] for line in lines if "error" in line]
    assert any(each.startswith(error) for each in errors), errors
    assert str(path) in result.stderr
    assert len(lines) - len(errors) == n_read + 1
    assert lines[-1]["text"] == "fine"


def test_what_was_read_of_a_damaged_file_is_cleaned_and_nothing_else_is_lost(tmp_path: Path) -> None:
    cut = RECORDS[:-5]
    path = written(tmp_path / "a.wet", cut)
    assert run("clean", path).stdout_bytes == cut
    result = run("clean", path, "--rejected", tmp_path / "rejected")
    assert result.stdout_bytes + (tmp_path / "rejected").read_bytes() == cut
    lines = LINES.replace(b'"x', b'"x\\n' + BLOCK.encode() + b"\\nx", 1)
    packed = written(tmp_path / "a.jsonl.gz", gzip.compress(lines, 0)[:-200])
    assert LINES.startswith(run("clean", packed).stdout_bytes.replace(b'"x\\nx', b'"x', 1))


def test_rows_that_are_no_utf8_are_errors_or_kept(tmp_path: Path) -> None:
    good, bad = f"x\n{BLOCK}".encode(), b"\xff broken \xff"
    column = pa.array([good, bad], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    assert run("clean", tmp_path / "a.parquet", "-o", tmp_path / "out.parquet").exit_code == 0
    cleaned = pq.read_table(tmp_path / "out.parquet").column("text").cast(pa.binary()).to_pylist()
    assert cleaned == [b"x\n", bad]


def test_rejected_rows_are_lines_of_json(tmp_path: Path) -> None:
    path = written(tmp_path / "a.parquet", carriers.parquet([{"text": "x", "b": b"\0"}, {"text": None, "b": b"\1"}]))
    result = run("clean", path, "-o", tmp_path / "out.parquet", "--rejected", tmp_path / "rejected")
    assert result.exit_code == 2
    assert json.loads((tmp_path / "rejected").read_text()) == {"text": None, "b": "AQ=="}


def test_rows_of_views_can_be_rejected(tmp_path: Path) -> None:
    schema = pa.schema([("text", pa.string_view()), ("n", pa.int8())])
    rows = [{"text": text, "n": n} for n, text in enumerate(["x", None, f"y\n{BLOCK}", None, "z" * 20])]
    path = written(tmp_path / "a.parquet", carriers.parquet(rows, schema))
    result = run("clean", path, "-o", tmp_path / "out.parquet", "--rejected", tmp_path / "rejected")
    assert result.exit_code == 2
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.schema == schema
    assert table.to_pylist() == [{"text": "x", "n": 0}, {"text": "y\n", "n": 2}, {"text": "z" * 20, "n": 4}]
    only_null = written(tmp_path / "b.parquet", carriers.parquet(rows[1:2], schema))
    run("clean", only_null, "-o", tmp_path / "none.parquet", "--rejected", tmp_path / "rejected")
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0


def test_a_library_that_fails_is_an_error_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("text")

    monkeypatch.setattr("unstuff.sources.parquet.chunks", fail)
    path, after = written(tmp_path / "a.parquet", ROWS), written(tmp_path / "z.txt", "fine")
    result = run("score", path, after)
    assert result.exit_code == 2
    assert f"{path}: cannot be read on: KeyError: 'text'" in result.stderr
    assert json.loads(result.stdout.splitlines()[-1])["text"] == "fine"


def test_parquet_is_read_from_a_pipe_that_is_named(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(pipe.write_bytes, ROWS)
        result = run("score", pipe)
        writing.result()
    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) == 50


@pytest.mark.parametrize(("module", "extra", "name"), [
    ("pyarrow", "parquet", "a.parquet"), ("fastwarc", "warc", "a.wet"), ("zstandard", "zstd", "a.txt.zst"),
    ("fsspec", "remote", "memory://a.txt"),
])  # fmt: skip
def test_a_missing_extra_is_answered_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, extra: str, name: str
) -> None:
    contents = {"a.parquet": ROWS, "a.wet": RECORDS, "a.txt.zst": zst(b"x")}
    path = name if name.startswith("memory") else str(written(tmp_path / name, contents[name]))
    for loaded in [each for each in sys.modules if each.split(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    result = run("score", path, written(tmp_path / "b.txt", "fine"))
    error, fine = map(json.loads, result.stdout.splitlines())
    assert error == {
        "id": path,
        "error": f"needs {module}, which is not installed; run: pip install 'unstuff[{extra}]'",
    }
    assert fine["text"] == "fine"
    if extra == "parquet":
        assert "pip install 'unstuff[parquet]'" in run("score", "--format", "parquet", tmp_path / "b.txt").stderr


# inputs


def test_lists_patterns_and_addresses(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.txt", "c.jsonl"):
        written(tmp_path / name, '{"text": "c"}' if "jsonl" in name else name)
    listing = written(tmp_path / "list", f"{tmp_path}/a.txt\n\n{tmp_path}/c.jsonl\n")
    ids = [json.loads(line)["text"] for line in run("score", "--files-from", listing).stdout.splitlines()]
    assert ids == ["a.txt", "c"]
    assert run("score", "--files-from", "-", stdin=f"{tmp_path}/a.txt\n").stdout.count("a.txt") == 2
    assert "list 'nowhere': no such file" in run("score", "--files-from", "nowhere").stderr
    found = [json.loads(line)["text"] for line in run("score", f"{tmp_path}/**/*.txt").stdout.splitlines()]
    assert found == ["a.txt", "sub/b.txt"]
    result = run("score", "https://a.example/x.html", tmp_path / "a.txt")
    assert result.exit_code == 2
    assert "addresses are not fetched; let a crawler, wget or curl do that" in result.stdout


def test_patterns_go_into_folders_that_they_match(tmp_path: Path) -> None:
    for name in ("mirror/a/1.txt", "mirror/b/2.txt", "mirror/3.txt", "empty/c/d.png"):
        written(tmp_path / name, name[-5:])
    for pattern in ("mirror/*", "mirror/**"):
        found = [json.loads(line)["text"] for line in run("score", f"{tmp_path}/{pattern}").stdout.splitlines()]
        assert sorted(found) == ["1.txt", "2.txt", "3.txt"]
    for pattern, message in (("empty/*", "holds no pages"), ("empty/**/", "no such file or folder")):
        result = run("score", f"{tmp_path}/{pattern}")
        assert result.exit_code == 2 and message in result.stderr


@pytest.mark.parametrize("verb", ["score", "clean"])
def test_a_list_parted_by_nul_is_an_error(tmp_path: Path, verb: str) -> None:
    path = written(tmp_path / "a.txt", "x")
    result = run(verb, "--files-from", "-", "-o", tmp_path / "out", stdin=f"{path}\0{path}\0")
    assert result.exit_code == 2 and "is no name of a file" in result.stderr
    result = run(verb, "--files-from", "-", stdin=f"\ufeff{path}\n")
    assert result.exit_code == 0 and "x" in result.stdout


def test_names_in_a_list_need_not_be_utf_8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xcf\xd8.txt"
    Path(os.fsdecode(name)).write_bytes(b"x")
    result = run("score", "--files-from", "-", stdin=name + b"\r\n")
    assert result.exit_code == 0 and json.loads(result.stdout)["text"] == "x"


def test_what_becomes_parquet_has_the_name_that_was_looked_at(tmp_path: Path) -> None:
    path = written(tmp_path / "b.parquet", ROWS)
    assert "is an input too" in run("clean", path, "-o", tmp_path / "b.parquet.gz").stderr
    assert "is an input too" in run("score", "--format", "parquet", path, "-o", tmp_path / "b.parquet.zst").stderr
    assert path.read_bytes() == ROWS
    written(tmp_path / "b.parquet.gz", gzip.compress(ROWS))
    assert "b.parquet.gz' cannot both be written to" in run("clean", tmp_path, "-o", tmp_path / "out").stderr
    assert run("clean", tmp_path / "b.parquet.gz", "-o", f"{tmp_path}/out/").exit_code == 0
    assert list(tree(tmp_path / "out")) == ["b.parquet"]


def test_remote_paths_are_read_like_files(tmp_path: Path) -> None:
    import fsspec

    memory: Any = fsspec.filesystem("memory")
    contents = {"a.txt": b"x", "b.parquet": ROWS, "sub/c.jsonl.gz": gzip.compress(LINES), "d.png": b""}
    for name, content in contents.items():
        memory.pipe(f"/crawl/{name}", content)
        written(tmp_path / "crawl" / name, content)
    local = [json.loads(line) | {"id": 0} for line in run("score", tmp_path / "crawl").stdout.splitlines()]
    remote = [json.loads(line) | {"id": 0} for line in run("score", "memory://crawl").stdout.splitlines()]
    assert len(local) == 101
    assert remote == local
    assert len(run("score", "memory://crawl/*.txt").stdout.splitlines()) == 1
    assert json.loads(run("score", f"file://{tmp_path}/crawl/a.txt").stdout)["text"] == "x"
    for nothing in ("file://", "file://" * 3000):
        assert json.loads(run("score", nothing).stdout)["error"] == "names no file"
    assert "no such file" in run("score", "memory://crawl/nothing.txt").stdout
    assert run("clean", "memory://crawl", "-o", tmp_path / "out").exit_code == 0
    assert tree(tmp_path / "out")["a.txt"] == b"x"


def test_attributes_for_dolma(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    written(folder / "a.jsonl.gz", gzip.compress(json.dumps({"id": "a", "text": f"x\n{BLOCK}\ny"}).encode() + b"\n{\n"))
    written(folder / "sub" / "b.jsonl", '{"id": "b", "text": "x"}\n')
    assert run("score", "--format", "dolma", folder, "-o", tmp_path / "attributes").exit_code == 2
    found = tree(tmp_path / "attributes")
    first, broken = map(json.loads, gzip.decompress(found["a.jsonl.gz"]).splitlines())
    assert first == {"id": "a", "attributes": {"unstuff__keyword_block": [[2, 14, 0.9]]}}
    assert broken["attributes"] == {}
    assert json.loads(found["sub/b.jsonl"]) == {"id": "b", "attributes": {"unstuff__keyword_block": []}}


def test_every_row_has_its_line_of_attributes(tmp_path: Path) -> None:
    rows = [{"id": f"r{i}", "text": None if i == 1 else "x"} for i in range(4)]
    path = written(tmp_path / "a.parquet", carriers.parquet(rows))
    lines = run("score", "--format", "dolma", path).stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["r0", "r1", "r2", "r3"]
    assert json.loads(lines[1])["attributes"] == {}


def test_the_summary_counts_by_reason(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", f"{BLOCK}\n\n{BLOCK}\nx")
    said = run("score", "-v", path).stderr
    assert "documents 1, paragraphs 3, keyword blocks 2 (place_names 2), errors 0; " in said
    assert run("score", "-v", "-q", path).stderr == ""

"""Names and places that are no ordinary files, files that change while they are read, and disks that are full."""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import threading
from pathlib import Path

from tests.hostile.case import Case
from tests.hostile.files import LINES
from tests.hostile.verbs import FINE, Ran, put, started, verb
from unstuff.sources import Reading, find, read

_LIMIT_BYTES = 1 << 16
NAMES = (b"two\nlines.txt", b"\x1b[2J\x1b]0;title\x07.txt", b"\xff\xfe.txt", "\u202egnp.txt".encode(), b"-n.txt")


def _goes_on(folder: Path, errors: dict[str, str], n_fine: int, jobs_of: tuple[str, ...] = ("1", "2")) -> str:
    """Score and clean a folder in which some files cannot be read."""
    for jobs in jobs_of:
        ran = verb("score", "--jobs", jobs, folder)
        found = {Path(line["id"]).name: line["error"] for line in ran.lines if "error" in line}
        assert found == errors, found
        assert [line["text"] for line in ran.lines if "text" in line] == [FINE.strip()] * n_fine
        assert ran.code == (2 if errors else 0), ran.err
        assert "\x1b" not in ran.err and "\u202e" not in ran.err
    out = folder.with_name("cleaned")
    assert verb("clean", folder, "-o", out).code == ran.code
    assert [path.read_text() for path in out.iterdir()] == [FINE] * n_fine
    assert "\x1b" not in verb("explain", folder).out.decode()
    said = "; ".join(sorted({f'"{error}"' for error in errors.values()})) or "nothing to say"
    return f"{said}; {n_fine} of {n_fine} other files scored and cleaned"


def _folder(at: Path) -> Path:
    for name in ("a.txt", "z.txt"):
        put(at / "pages" / name, FINE.encode())
    return at / "pages"


def _linked(at: Path) -> Path:
    folder = _folder(at)
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "nothing.txt").symlink_to("nowhere")
    (folder / "up").symlink_to("..", target_is_directory=True)
    return folder


def _links(folder: Path) -> str:
    errors = {"loop.txt": "Too many levels of symbolic links", "nothing.txt": "no such file or folder"}
    return _goes_on(folder, errors, 2)


def _with_pipe(at: Path) -> Path:
    folder = _folder(at)
    os.mkfifo(folder / "pipe.jsonl")
    return folder


def _pipe_in_folder(folder: Path) -> str:
    return _goes_on(folder, {"pipe.jsonl": "is no regular file; name it to have it read"}, 2)


def _pipe_that_is_named(folder: Path) -> str:
    """Packed, which a pipe has no position for."""
    pipe = folder / "pipe.jsonl"
    for verb_of in ("score", "explain"):
        threading.Thread(target=pipe.write_bytes, args=(gzip.compress(LINES),)).start()
        ran = verb(verb_of, pipe)
        assert ran.code == 0 and ran.out.count(b"The library opened today") == LINES.count(b"\n"), ran.err
    return f"{LINES.count(b'{')} of {LINES.count(b'{')} documents scored and shown"


def _devices(folder: Path) -> str:
    for device in ("/dev/zero", "/dev/urandom"):
        ran = verb("score", folder / "a.txt", device, folder / "z.txt")
        assert ran.code == 2 and "looks like a binary file" in ran.lines[1]["error"]
        assert [line["text"] for line in (ran.lines[0], ran.lines[2])] == [FINE.strip()] * 2
    return '"looks like a binary file"; 2 of 2 others scored'


def _named(at: Path) -> Path:
    folder = at / "pages"
    folder.mkdir()
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(FINE.encode())
    return folder


def _names(folder: Path) -> str:
    outcome = _goes_on(folder, {}, len(NAMES))
    assert sorted(os.fsencode(path.name) for path in folder.with_name("cleaned").iterdir()) == sorted(NAMES)
    page = folder.with_name("report.html")
    assert verb("report", folder, "-o", page).code == 0
    assert not {"\x1b", "\u202e"} & set(page.read_text("utf-8"))
    return f"{outcome}, under their names; escaped in explain and report"


def _forbidden(at: Path) -> Path:
    folder = _folder(at)
    for path in (folder, *folder.iterdir()):  # whatever the mask for new files
        path.chmod(0o755)
    put(folder / "secret.txt", b"x").chmod(0)
    at.chmod(0o777)
    for parent in at.parents:
        if parent.stat().st_uid == os.geteuid() != 0 or parent.name.startswith("pytest"):
            parent.chmod(parent.stat().st_mode | 0o111)
    return folder


def unreadable(folder: Path) -> str:
    """As root nothing is forbidden: then as somebody else, who cannot start Python where that is root's own."""
    import difflib  # noqa: F401, which click imports to say what is wrong

    for verb_of in ("score", "explain"):
        verb(verb_of, folder / "a.txt", folder / "missing.txt")  # all modules are loaded
    verb("clean", folder / "a.txt", folder / "missing.txt", "-o", folder.with_name("first"))
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        return _goes_on(folder, {"secret.txt": "Permission denied"}, 2, ("1",))
    finally:
        os.seteuid(was)


def _vanishing(folder: Path) -> str:
    put(folder / "m.txt", b"x")
    found = read(find([str(folder)]), Reading())
    (folder / "m.txt").unlink()
    documents = list(found)
    assert [document.error for document in documents] == ["", "no such file or folder", ""]
    return '"no such file or folder"; 2 of 2 others read'


def _growing(folder: Path) -> str:
    path = put(folder / "m.jsonl", LINES * 4_000)
    n_documents = 0
    with path.open("ab") as file:
        for i, document in enumerate(read(find([str(path)]), Reading())):
            assert not document.error or i >= LINES.count(b"\n") * 4_000
            n_documents += 1
            if i in (0, 6_000):
                file.write(LINES)
                file.flush()
    assert n_documents == LINES.count(b"\n") * 4_002
    return f"read to its new end, {n_documents:,} documents"


def _shrinking(folder: Path) -> str:
    path = put(folder / "m.jsonl", LINES * 4_000)
    documents = read(find([str(path), str(folder / "z.txt")]), Reading())
    next(documents)
    os.truncate(path, 0)
    last = list(documents)[-1]
    assert last.raw == FINE.encode() and not last.error
    return "read to its new end; 1 of 1 other read"


def _large(at: Path) -> Path:
    rng = random.Random(1)
    lines = (json.dumps({"text": f"The library opened today. {rng.randbytes(40).hex()}"}) for _ in range(2000))
    put(at / "pages.jsonl", "\n".join(lines).encode())
    block = "永年县| 论坛| 壤塘县| 乐陵市| 彰武县| 龙岩市| 宣恩县| 长岭县| 肃南|"
    line = json.dumps({"text": f"{FINE}{block}\n"}).encode() + b"\n"
    put(at / "blocks.jsonl", line * 400)
    return at


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT_BYTES, _LIMIT_BYTES))


def _full_disk(at: Path) -> str:
    """No file may have more than 64 kB: the system says so as it does of a full disk."""
    out = at / "out"
    pages, blocks = at / "pages.jsonl", at / "blocks.jsonl"
    runs = (
        ("score", pages, "-o", out / "s.jsonl"),
        ("score", "--jobs", "2", pages, "-o", out / "s.jsonl.zst", "--format", "parquet"),
        ("clean", pages, "-o", out / "c.jsonl"),
        ("clean", blocks, "-o", "/dev/null", "--removed", out / "removed.jsonl"),
        ("report", pages, "-o", out / "r.html"),
    )
    for arguments in runs:
        _is_refused(started(*arguments, before=_limit), str(out))
        assert not out.exists() or not list(out.iterdir()), list(out.iterdir())
    for verb_of in ("score", "clean"):
        folder = at / verb_of
        _is_refused(started(verb_of, "--resume", pages, "-o", folder, before=_limit), str(folder))
        assert {path.suffix for path in folder.iterdir()} <= {".part"}
        assert started(verb_of, "--resume", pages, "-o", folder).code == 0
        assert not list(folder.glob("*.part"))
    return "exit 2, the file is named; nothing under its name; --resume goes on when there is room"


def _is_refused(ran: Ran, name: str) -> None:
    assert ran.code == 2 and "File too large" in ran.err and name in ran.err, (ran.code, ran.err)
    assert "Traceback" not in ran.err, ran.err


def _full_stdout(at: Path) -> str:
    for arguments in (("score",), ("clean",), ("explain",), ("report",)):
        with Path("/dev/full").open("wb") as full:
            ran = started(*arguments, at / "blocks.jsonl", stdout=full)
        assert ran.code == 2 and "No space left on device" in ran.err and "Traceback" not in ran.err, ran
    return '"output: No space left on device", exit 2'


CASES: tuple[Case, ...] = (
    Case("links in a circle and to nowhere", _linked, _links),
    Case("a pipe in a folder", _with_pipe, _pipe_in_folder),
    Case("a packed pipe that is named", _with_pipe, _pipe_that_is_named),
    Case("devices without end", _folder, _devices),
    Case("names with breaks, controls, bidi, no UTF-8", _named, _names),
    Case("a file that may not be read", _forbidden, unreadable),
    Case("a file that vanishes", _folder, _vanishing),
    Case("a file that grows while read", _folder, _growing),
    Case("a file that shrinks while read", _folder, _shrinking),
    Case("a full disk", _large, _full_disk),
    Case("a full stdout", _large, _full_stdout),
)

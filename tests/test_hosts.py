"""Hosts: lists, and lines that the pages of one host share. A stand-in scores lines by what they say."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.carriers import response
from tests.test_cli import StandIn, run, written
from tests.test_sources import read
from unstuff import Page, Verdict
from unstuff.crawl.hosts import HostRules, Seen, Survey, digest

NAV = "首页 | 新闻 | 联系我们"
SPAM = "甲县| 乙县| 丙县|"
SCORES = {"spam": 0.9, "near": 0.4, "nav": 0.1}


class ByWord(StandIn):
    """A line's score is what its page says of it: "spam" on some pages is "near" on others."""

    def score_pages(
        self, pages: Iterable[Page], *, reasons: bool = False, found_only: bool = False
    ) -> Iterator[list[Verdict]]:
        for page in pages:
            found = super()._of
            word = next((word for word in SCORES if f"[{word}]" in page.text), "nav")
            yield [self._by(found(page, i, reasons), word) for i in range(len(page.paragraphs))]

    def _by(self, verdict: Verdict, word: str) -> Verdict:
        score = SCORES[word] if verdict.text == SPAM else 0.1
        found = score >= self.threshold
        spans = ((verdict.start, verdict.end),) if found else ()
        return verdict._replace(score=score, label="keyword_block" if found else "content", spans=spans, reasons=())


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unstuff.cli.Filter", ByWord)


def crawl(path: Path, words: Iterable[str], host: str = "a.example", same_body: bool = False) -> Path:
    lines = [
        {"id": i, "url": f"http://{host}/{i}", "text": f"{NAV}\n第{0 if same_body else i}篇 [{word}]\n{SPAM}"}
        for i, word in enumerate(words)
    ]
    return written(path, "".join(json.dumps(line) + "\n" for line in lines))


def flagged(*arguments: str | Path) -> list[tuple[int, str]]:
    result = run("score", "--found-only", *arguments)
    assert result.exit_code == 0, result.stderr
    return [(line["id"], line["text"]) for line in map(json.loads, result.stdout.splitlines())]


def test_a_line_flagged_on_most_pages_of_a_host_is_flagged_on_the_others_that_are_near(tmp_path: Path) -> None:
    path = crawl(tmp_path / "a.jsonl", ["spam", "spam", "near", "spam", "nav"])
    assert flagged(path) == [(0, SPAM), (1, SPAM), (3, SPAM)]
    assert flagged("--by-host", path) == [(0, SPAM), (1, SPAM), (2, SPAM), (3, SPAM)]
    lifted = json.loads(run("score", "--found-only", "--by-host", path).stdout.splitlines()[2])
    assert lifted["score"] == 0.5
    assert lifted["reasons"][0]["name"] == "host"
    assert lifted["reasons"][0]["detail"] == "the same line is flagged on 3 of 4 pages of a.example"
    assert lifted["spans"] == [[lifted["start"], lifted["end"]]]


@pytest.mark.parametrize(
    ("words", "same_body"),
    [
        (["near"] * 20, False),  # flagged nowhere
        (["nav"] * 20, False),
        (["spam", "spam", "near"], False),  # on too few pages
        (["spam"] * 3 + ["near"] * 9, False),  # on a minority
        (["spam"] * 9 + ["near"], True),  # one page many times
    ],
)
def test_being_shared_alone_flags_nothing(tmp_path: Path, words: list[str], same_body: bool) -> None:
    path = crawl(tmp_path / "a.jsonl", words, same_body=same_body)
    assert flagged("--by-host", path) == flagged(path)


def test_hosts_do_not_speak_for_each_other(tmp_path: Path) -> None:
    bad = crawl(tmp_path / "a.jsonl", ["spam"] * 5)
    good = crawl(tmp_path / "b.jsonl", ["near"] * 5, host="b.example")
    assert flagged("--by-host", bad, good) == flagged(bad, good)


def test_two_passes_need_inputs_that_can_be_read_twice(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, named in (("-", "stdin"), (str(tmp_path / "pipe"), repr(str(tmp_path / "pipe")))):
        for options in (("score", "--by-host"), ("clean", "--resume", "-o", tmp_path / "out")):
            result = run(*options, name, stdin="x")
            assert result.exit_code == 2
            assert f"{options[1]} cannot be used with {named}, which can be read only once; name files" in result.stderr


def test_lists_of_hosts(tmp_path: Path) -> None:
    path = crawl(tmp_path / "a.jsonl", ["spam", "nav"], host="www.a.example")
    hosts = written(tmp_path / "hosts", "# known\nhttps://A.example/x\n")
    assert flagged("--allow-hosts", hosts, path) == []
    assert len(flagged("--deny-hosts", hosts, path)) == 6
    other = written(tmp_path / "others", "example.org\n.a.example.org\n")
    assert flagged("--allow-hosts", other, "--deny-hosts", other, path) == flagged(path)
    denied: Any = json.loads(run("score", "--deny-hosts", hosts, path).stdout.splitlines()[0])
    assert (denied["label"], denied["score"]) == ("keyword_block", 0.1)
    assert denied["reasons"][0]["detail"] == "www.a.example is on the list of denied hosts"
    cleaned = run("clean", "--deny-hosts", hosts, "--drop-pages", "1", path)
    assert cleaned.stdout == ""
    assert "list of hosts 'nowhere' cannot be read" in run("score", "--deny-hosts", "nowhere", path).stderr


@pytest.mark.parametrize(
    "line",
    ["\ufeffmünchen.example", "xn--mnchen-3ya.example:8080", "*.MÜNCHEN.example", ".münchen.example",
     "u@münchen.example", "münchen.example/x", "https://u:p@münchen.example:80/x#y", "münchen.example.  # a town"],
)  # fmt: skip
@pytest.mark.parametrize("host", ["www.münchen.example", "xn--mnchen-3ya.example"])
def test_every_way_to_name_a_host_names_it(tmp_path: Path, line: str, host: str) -> None:
    path = crawl(tmp_path / "a.jsonl", ["spam"], host=host)
    others = "[::1]\n127.0.0.1\n192.0.2.1/x\n127.0.0.1:8080/24\nlocalhost\n"
    assert flagged("--allow-hosts", written(tmp_path / "hosts", f"{line}\n{others}"), path) == []


@pytest.mark.parametrize(
    "line",
    ["a.example, b.example", "ftp://a.example", "*a.example", ":80", "a..example", "/x", "http:a.example",
     "192.0.2.0/24", "2001:db8::/32", "[2001:DB8::]/32"],
)  # fmt: skip
def test_a_line_that_names_no_host_is_an_error(tmp_path: Path, line: str) -> None:
    hosts = written(tmp_path / "hosts", f"b.example\n\n{line}\n")
    result = run("score", "--deny-hosts", hosts, crawl(tmp_path / "a.jsonl", ["spam"]))
    assert result.exit_code == 2
    assert f"list of hosts '{hosts}', line 3: {line!r} is no host; give one a line" in result.stderr


def test_lists_for_documents_without_hosts_are_warned_of_once(tmp_path: Path) -> None:
    hosts = written(tmp_path / "hosts", "a.example")
    files = [written(tmp_path / f"{name}.txt", SPAM) for name in "ab"]
    result = run("score", "--allow-hosts", hosts, *files)
    assert result.exit_code == 0
    assert result.stderr.count("no document has a host, so hosts changed nothing") == 1
    assert run("score", "--allow-hosts", hosts, *files, crawl(tmp_path / "a.jsonl", ["spam"])).stderr == ""


def test_a_name_that_is_an_address_has_its_host(tmp_path: Path) -> None:
    rows = [{"id": f"http://{name}/1", "text": f"[spam]\n{SPAM}"} for name in ("a.example", "b.example")]
    path = written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    found = flagged("--allow-hosts", written(tmp_path / "hosts", "a.example"), path)
    assert [str(name) for name, _ in found] == ["http://b.example/1"]


def test_addresses_of_records_may_stand_between_angle_brackets(tmp_path: Path) -> None:
    page = f'<p>第1篇 [spam]</p><p><a href="http://a.example/1">{SPAM}</a></p>'.encode()
    (document,) = read(written(tmp_path / "a.warc", response(page, url="<http://a.example/> ")))
    assert (document.url, document.host) == ("http://a.example/", "a.example")
    assert document.body
    assert [link.outbound for paragraph in document.body.page().paragraphs for link in paragraph.links] == [False]


def test_a_survey_keeps_what_is_flagged_on_most_but_not_all() -> None:
    survey = Survey()
    line, everywhere = digest("a"), digest("b")
    for i in range(4):
        survey.add([Seen("h", digest(str(i)), ((line, i > 0), (everywhere, True)))])
    assert survey.shared() == {("h", line): (3, 4)}
    assert not HostRules().shared

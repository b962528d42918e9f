"""Who may talk to the server, and what it says to those who may not."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from unstuff import InputError
from unstuff.labels import read_labelled
from unstuff.review import Answers, Candidate, Page, Server

HOSTILE = "</script><script>alert(1)</script>"
ASKED = Candidate(
    "a",
    {"key": "a", "why": "unsure", "id": HOSTILE, "lines": [{"text": [HOSTILE]}]},
    {"text": "One.", "id": "x#0", "key": "a"},
)
JSON = "application/json"
ANSWER = json.dumps({"key": "a", "label": "content"})


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    answers = Answers(tmp_path / "corrections.jsonl")
    answers.ask([ASKED])
    page = Page([ASKED], {"made": "<b>made</b>", "threshold": 0.5, "file": "corrections.jsonl"})
    with Server(0, answers) as found:
        thread = threading.Thread(target=found.serve, args=(page, 0.01))
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def ask(server: Server, method: str, path: str, body: str | None = None, **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    found = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, None if body is None else body.encode(), found)
    response = connection.getresponse()
    return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read().decode())


def post(server: Server, body: str = ANSWER, **headers: str) -> Reply:
    origin = f"http://127.0.0.1:{server.port}"
    return ask(server, "POST", f"/{server.token}/answer", body, **{"Origin": origin, "Content_Type": JSON, **headers})


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.url == f"http://127.0.0.1:{server.port}/{server.token}/"
    assert len(server.token) >= 32


def test_tokens_differ(server: Server) -> None:
    with Server(0, server.answers) as other:
        assert other.token != server.token


def test_the_page_is_there_with_its_policy(server: Server) -> None:
    reply = ask(server, "GET", f"/{server.token}/")
    assert reply.status == 200 and reply.headers["content-type"] == "text/html; charset=utf-8"
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "connect-src 'self'" in policy
    assert "unsafe" not in policy and "http:" not in policy
    assert reply.headers["referrer-policy"] == "no-referrer" and reply.headers["cache-control"] == "no-store"
    assert "<script>alert" not in reply.body and "&lt;b&gt;made" in reply.body


@pytest.mark.parametrize("path", ["/", "x", "/wrong/", "/wrong/answer", "//", "/é/", "/?token={token}", "/{token}x/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_requests_without_the_token_are_refused(server: Server, method: str, path: str) -> None:
    path = path.format(token=server.token).encode().decode("latin-1")
    raw = f"{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 0\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(raw.encode("latin-1"))
        reply = connection.makefile("rb").read().decode("latin-1")
    assert reply.split(" ")[1] == "403"
    assert server.token not in reply and "One." not in reply


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "[::1]:{port}"]
)
def test_other_hosts_are_refused(server: Server, host: str) -> None:
    host = host.format(port=server.port)
    reply = ask(server, "GET", f"/{server.token}/", Host=host)
    assert (reply.status, reply.body) == (403, "this host is not served")
    assert post(server, Host=host, Origin=f"http://{host}").status == 403
    assert server.answers.given() == {}


def test_a_forwarded_port_is_this_machine_too(server: Server) -> None:
    host = f"localhost:{server.port}"
    assert ask(server, "GET", f"/{server.token}/", Host=host).status == 200
    assert post(server, Host=host, Origin=f"http://{host}").status == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", ""]
)
def test_answers_from_other_pages_are_refused(server: Server, origin: str) -> None:
    reply = post(server, Origin=origin.format(port=server.port))
    assert (reply.status, reply.body) == (403, "answers are taken from the page alone")
    assert server.answers.given() == {} and not server.answers.path.exists()


def test_an_answer_is_written(server: Server) -> None:
    assert post(server).status == 200
    assert [document.labels for document in read_labelled([server.answers.path])] == [(False,)]
    assert post(server, json.dumps({"key": "a", "label": None})).status == 200
    assert server.answers.path.read_bytes() == b""


@pytest.mark.parametrize(
    ("body", "headers", "status", "message"),
    [
        ("{", {}, 400, "not valid JSON"),
        ("[]", {}, 400, "an answer is {"),
        ('{"key": 1, "label": "content"}', {}, 400, "an answer is {"),
        ('{"key": "a"}', {}, 400, "an answer is {"),
        ('{"key": "b", "label": "content"}', {}, 409, "is not one of what is asked about; load the page again"),
        ('{"key": "a", "label": "spam"}', {}, 409, "label 'spam' is not one of"),
        (ANSWER, {"Content_Type": "text/plain"}, 415, "an answer is JSON"),
        (" " * 10_001, {}, 413, "at most 10000 bytes"),
        (ANSWER, {"Content_Length": "-1"}, 411, "an answer has a length"),
    ],
)
def test_what_is_no_answer_is_named(
    server: Server, body: str, headers: dict[str, str], status: int, message: str
) -> None:
    reply = post(server, body, **headers)
    assert reply.status == status and message in reply.body
    assert server.answers.given() == {}


def test_other_addresses_and_methods_are_not_served(server: Server) -> None:
    assert ask(server, "GET", f"/{server.token}/answer").status == 404
    assert ask(server, "GET", f"/{server.token}/../../etc/passwd").status == 404
    assert ask(server, "POST", f"/{server.token}/", "{}").status == 404
    assert ask(server, "OPTIONS", f"/{server.token}/answer").status == 501
    assert ask(server, "DELETE", f"/{server.token}/").status == 501


def test_a_disk_that_is_full_is_said(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        reply = post(server)
    assert reply.status == 500 and "corrections.jsonl: No space left on device" in reply.body
    assert post(server).status == 200


def test_a_port_in_use_is_named(server: Server) -> None:
    with pytest.raises(InputError, match=f"port {server.port} cannot be listened on: Address already in use; choose"):
        Server(server.port, server.answers)

"""The page's server: one page, one kind of answer, for one browser on this machine.

It listens on 127.0.0.1 alone. Every address begins with a random token, and requests that name another host (DNS
rebinding) or come from another page are refused.
"""

from __future__ import annotations

import hmac
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer

import orjson

from unstuff.errors import InputError
from unstuff.review.answers import Answers
from unstuff.review.layout import Page

HOST = "127.0.0.1"
_MAX_BODY_BYTES = 10_000
_TIMEOUT_S = 30
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Refused(Exception):
    """A request that is not answered, and how it is told so."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


class Server(ThreadingHTTPServer):
    """Serves a page and takes answers; port 0 is any free one. Raises :class:`InputError` for a port in use.

    The port is taken at once, so that one in use is known of before a long run; requests wait for :meth:`serve`.
    """

    daemon_threads = True

    page: Page

    def __init__(self, port: int, answers: Answers) -> None:
        self.token = secrets.token_urlsafe(24)
        self.answers = answers
        try:
            super().__init__((HOST, port), _Exchange)
        except OSError as error:
            raise InputError(f"port {port} cannot be listened on: {error.strerror or error}; choose another") from error

    def serve(self, page: Page, poll_s: float = 0.5) -> None:
        """Serve a page until :meth:`shutdown` or an interrupt."""
        self.page = page
        self.serve_forever(poll_s)

    def server_bind(self) -> None:
        """Bind without asking the network for the machine's name, as HTTPServer would."""
        TCPServer.server_bind(self)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle is no error."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def port(self) -> int:
        """The port listened on."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"http://{HOST}:{self.port}/{self.token}/"


class _Exchange(BaseHTTPRequestHandler):
    """One request and its answer."""

    server: Server
    server_version = "unstuff"
    sys_version = ""
    timeout = _TIMEOUT_S

    def do_GET(self) -> None:
        """Give the page."""
        self._answer(self._page)

    def do_POST(self) -> None:
        """Take an answer."""
        self._answer(self._take)

    def _answer(self, make: Callable[[], tuple[str, bytes]]) -> None:
        try:
            self._check_sender()
            self._send(HTTPStatus.OK, *make())
        except Refused as refused:
            self._send(refused.status, "text/plain", str(refused).encode())

    def _check_sender(self) -> None:
        """Refuse who does not know the token or did not come by this machine's address."""
        host = self.headers.get("Host", "")
        if host not in (f"{HOST}:{self.server.port}", f"localhost:{self.server.port}"):
            raise Refused(HTTPStatus.FORBIDDEN, "this host is not served")
        token = self.path.split("/")[1] if self.path.startswith("/") else ""
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            raise Refused(HTTPStatus.FORBIDDEN, "the address has no valid token; use the one that was printed")

    def _page(self) -> tuple[str, bytes]:
        if self.path != f"/{self.server.token}/":
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such page")
        return "text/html", self.server.page.html(self.server.answers.given())

    def _take(self) -> tuple[str, bytes]:
        if self.path != f"/{self.server.token}/answer":
            raise Refused(HTTPStatus.NOT_FOUND, "there is no such page")
        if self.headers.get("Origin") != f"http://{self.headers['Host']}":
            raise Refused(HTTPStatus.FORBIDDEN, "answers are taken from the page alone")
        if self.headers.get_content_type() != "application/json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "an answer is JSON")
        key, label = self._body()
        try:
            self.server.answers.give(key, label)
        except InputError as error:
            raise Refused(HTTPStatus.CONFLICT, str(error)) from error
        except OSError as error:
            message = f"{error.filename or self.server.answers.path}: {error.strerror or error}"
            raise Refused(HTTPStatus.INTERNAL_SERVER_ERROR, message) from error
        return "application/json", b"{}"

    def _body(self) -> tuple[str, str | None]:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise Refused(HTTPStatus.LENGTH_REQUIRED, "an answer has a length")
        if int(length) > _MAX_BODY_BYTES:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"an answer has at most {_MAX_BODY_BYTES} bytes")
        try:
            found = orjson.loads(self.rfile.read(int(length)))
        except orjson.JSONDecodeError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, f"not valid JSON ({error})") from error
        match found:
            case {"key": str(key), "label": str() | None as label}:
                return key, label
        raise Refused(HTTPStatus.BAD_REQUEST, 'an answer is {"key": …, "label": …}')

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.server.page.policy)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the token stands in the addresses."""

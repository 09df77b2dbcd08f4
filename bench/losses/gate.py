"""A line between a browser and a server that fails in the way it is told to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR

PORTAL = b"<!doctype html><title>Gratis wifi</title><h1>Welkom op het gratis netwerk</h1>"
PROBLEM = b'{"status":%d,"title":"Het lukt nu niet"}'
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True)
class Fault:
    """What happens to a request that carries items, as long as the line is ill.

    ``arrives`` says whether the server gets it; ``cut`` what is left of the answer, from nothing
    to all; ``status`` and ``body`` replace the answer; ``silence`` is how long nothing comes.
    """

    arrives: bool
    status: int | None = None
    body: bytes = b""
    kind: str = "application/problem+json"
    cut: float | None = None
    silence: float = 0.0


class Gate:
    """Passes everything on to one port of this machine, but for what its fault says."""

    def __init__(self, carries: Callable[[str, str], bool]) -> None:
        self.carries = carries
        self.behind = 0
        self.fault: Fault | None = None
        self.struck = 0
        self._server = _Server(self)
        self.port = int(self._server.server_address[1])
        self.url = f"http://localhost:{self.port}"

    def __enter__(self) -> Gate:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep still: browsers that are killed break off what they asked."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        gate = self.server.gate
        fault = gate.fault if gate.carries(self.command, self.path) else None
        if fault is None:
            body = self._body()
            return self._tell(*self._forward(body))
        gate.struck += 1
        return self._strike(fault)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = _pass  # noqa: N815

    def _strike(self, fault: Fault) -> None:
        if not fault.arrives and fault.status is None and not fault.silence:
            # Half of it came through; then the line is gone.
            self.rfile.read(int(self.headers.get("Content-Length", "0")) // 2)
            return self._hang_up()
        body = self._body()
        status, headers, said = self._forward(body) if fault.arrives else (0, [], b"")
        time.sleep(fault.silence)
        if fault.status is not None:
            answer = fault.body or PROBLEM % fault.status
            extra = [("Retry-After", "1")] if fault.status in {429, 503} else []
            return self._tell(fault.status, [("Content-Type", fault.kind), *extra], answer)
        if fault.cut:
            return self._tell(status, headers, said, until=int(len(said) * fault.cut))
        return self._hang_up()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def _forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        line = HTTPConnection("127.0.0.1", self.server.gate.behind, timeout=60)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        # The server behind must answer one request per line; what was said stays as it was.
        line.request(self.command, self.path, body or None, {**headers, "Connection": "close"})
        answer = line.getresponse()
        said = answer.read()
        line.close()
        kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in HOP_BY_HOP]
        return answer.status, kept, said

    def _tell(
        self, status: int, headers: list[tuple[str, str]], said: bytes, until: int | None = None
    ) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command == "HEAD" or status == 304:
            return
        self.wfile.write(said if until is None else said[:until])
        if until is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(SHUT_RDWR)

    def log_message(self, *_args: object) -> None:
        """Keep still."""

"""A system that listens to events, for tests: a real server on 127.0.0.1 that may misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What it says to one event; ``cut`` hangs up instead, after having taken the event."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait: float = 0
    cut: bool = False


@dataclass(frozen=True)
class Heard:
    path: str
    headers: dict[str, str]
    event: dict[str, Any]


class Listening:
    """Use it in a ``with`` statement. ``heard`` holds all that arrived, whatever was answered.

    ``answers`` is what to say to the next events; after those it says ``usual``.
    """

    def __init__(self, usual: Answer | None = None) -> None:
        self.heard: list[Heard] = []
        self.answers: deque[Answer] = deque()
        self.usual = usual or Answer()
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.url = f"{self.origin}/berichten"

    def __enter__(self) -> Listening:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def ids(self) -> list[str]:
        return [one.event["id"] for one in self.heard]


def _handler(listening: Listening) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with listening.lock:
                listening.heard.append(Heard(self.path, headers, json.loads(body)))
                answer = listening.answers.popleft() if listening.answers else listening.usual
            time.sleep(answer.wait)
            if answer.cut:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler

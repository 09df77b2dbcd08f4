"""The server of a peer, as plain as its documentation has it: what arrives is put down.

``POST /items`` keeps every request, as a server does that knows nothing of repeats. ``/push`` and
``/pull`` are the two ends of RxDB's tutorial for replication over HTTP.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Shelf:
    """Serves pages and keeps what they send."""

    def __init__(self, pages: Path) -> None:
        self.pages = pages
        self.rows: list[str] = []
        self.documents: dict[str, dict[str, Any]] = {}
        self.lock = threading.Lock()
        self._server = _Server(self)
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Shelf:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def push(self, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Write what does not conflict, and return what is there instead of the rest."""
        conflicts = []
        with self.lock:
            for change in changes:
                new, assumed = change["newDocumentState"], change.get("assumedMasterState")
                real = self.documents.get(new["id"])
                same = real and assumed and real["updatedAt"] == assumed["updatedAt"]
                if real and not same:
                    conflicts.append(real)
                else:
                    self.documents[new["id"]] = new
                    self.rows.append(new["id"])
        return conflicts

    def pull(self, updated_at: float, last: str, limit: int) -> dict[str, Any]:
        """Return what is newer than the checkpoint, and the next checkpoint."""
        with self.lock:
            newer = sorted(
                (one["updatedAt"], one["id"])
                for one in self.documents.values()
                if (one["updatedAt"], one["id"]) > (updated_at, last)
            )[:limit]
            found = [self.documents[name] for _, name in newer]
        time, name = newer[-1] if newer else (updated_at, last)
        return {"documents": found, "checkpoint": {"id": name, "updatedAt": time}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        shelf = self.server.shelf
        told = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        if self.path == "/push":
            return self._say(shelf.push(told))
        with shelf.lock:
            shelf.rows.append(told["id"])
        return self._say({"id": told["id"]})

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/pull":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            limit = int(asked.get("limit", "100"))
            return self._say(
                self.server.shelf.pull(float(asked["updatedAt"]), asked.get("id", ""), limit)
            )
        file = self.server.shelf.pages / address.path.lstrip("/")
        if not file.is_file():
            return self.send_error(404)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return self._send(file.read_bytes(), kind)

    def _say(self, value: Any) -> None:
        self._send(json.dumps(value).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Service-Worker-Allowed", "/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep still."""

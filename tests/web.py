"""Real web processes on the databases of one test, and requests that reach them over a socket."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx

from server.db import db
from tests.factories import Phone

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
# As in the Procfile.
AS_DEPLOYED = ("--config=python:server.web", "--worker-class=gthread", "--threads=4")


class Web:
    """gunicorn on a free port of this machine, for as long as a ``with`` block lasts.

    ``as_deployed`` gives it the kind of workers that the Procfile does.
    """

    def __init__(
        self,
        environ: dict[str, str],
        folder: Path,
        *,
        app: str = "server.app:create_app()",
        workers: int = 2,
        as_deployed: bool = False,
        port: int | None = None,
        root: Path = ROOT,
    ) -> None:
        self.port = port or free_port()
        self.root = root
        self.url = f"http://127.0.0.1:{self.port}/api/v1"
        self.client = httpx.Client(base_url=self.url, timeout=PATIENCE, verify=False)
        self.log = folder / f"web-{self.port}.log"
        self.environ = {**os.environ, **environ}
        self._command = [
            str(Path(sys.executable).parent / "gunicorn"),
            "--no-control-socket",
            f"--workers={workers}",
            f"--bind=127.0.0.1:{self.port}",
            # Loading once and forking is many times quicker than loading in each worker.
            "--preload",
            *(AS_DEPLOYED if as_deployed else ()),
            app,
        ]

    def __enter__(self) -> Web:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self.root,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.client.close()
        if self._process.poll() is None:
            # Without a goodbye: it is quicker, and what was promised has to be on disk already.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """End the way a platform ends it: what is being answered is answered."""
        self._process.terminate()
        self._process.wait(PATIENCE)

    def sync(self, phone: Phone, *items: dict[str, Any], **more: Any) -> httpx.Response:
        """Do one round trip of a phone, as ``Phone.sync`` does."""
        return self.post(phone, "/sync", phone.request(*items, **more))

    def post(self, phone: Phone, path: str, body: Any) -> httpx.Response:
        return self.client.post(path, json=body, headers=phone.headers())

    def cut(self, phone: Phone, *items: dict[str, Any]) -> None:
        """Send a round trip and hang up before anything comes back."""
        request = httpx.Request(
            "POST", f"{self.url}/sync", json=phone.request(*items), headers=phone.headers()
        )
        head = [f"POST {request.url.path} HTTP/1.1"]
        head += [f"{name}: {value}" for name, value in request.headers.items()]
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall("\r\n".join([*head, "", ""]).encode() + request.content)

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                if self.client.get("/health").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError(self.log.read_text())


def at_once(times: int, work: Callable[[int], Any]) -> list[Any]:
    """Do work in this many threads that start together; return what each got."""
    # An open transaction of the test would keep the web processes from SQLite's write lock.
    db.session.commit()
    start = Barrier(times)

    def wait_and_work(number: int) -> Any:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(wait_and_work, range(times)))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

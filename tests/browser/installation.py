"""A whole installation of its own: databases, web processes and clock, as on a server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PATIENCE = 90.0
# What lets a process begin at another moment.
MOVED = Path(__file__).with_name("moved")


class Installation:
    """Signaalkaart running on a free port of this machine, until ``stop``."""

    def __init__(self, folder: Path, push_origin: str) -> None:
        self.folder = folder
        self.database = folder / "signaalkaart.sqlite"
        # A copy: building the app meanwhile cannot mix two versions, and a test may release one.
        self.pwa = folder / "pwa"
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.environ = {
            **os.environ,
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "KEY_RING_URL": f"sqlite:///{folder / 'keyring.sqlite'}",
            "MASTER_KEY_FILE": str(folder / "master.key"),
            "PWA_DIR": str(self.pwa),
            "PUSH_TEST_ORIGIN": push_origin,
            # The tests run at night too.
            "QUIET_HOURS": "00:00-00:00",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.cookie = ""
        self.moved_by: timedelta | None = None

    def move_to(self, moment: datetime) -> None:
        """Let everything that is started from now on begin at this moment, and go on from there."""
        self.moved_by = moment - datetime.now(UTC)
        paths = (str(MOVED), str(ROOT), os.environ.get("PYTHONPATH", ""))
        self.environ |= {
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "MOVED_BY_SECONDS": str(self.moved_by.total_seconds()),
        }

    def now(self) -> datetime:
        """Return the moment it is in this installation."""
        return datetime.now(UTC) + (self.moved_by or timedelta(0))

    def prepare(self) -> None:
        """Set everything up without starting anything."""
        shutil.copytree(ROOT / "pwa" / "dist", self.pwa)
        self.run("setup")

    def start(self) -> None:
        self.prepare()
        self.start_web()
        self.start_clock()
        self.wait()

    def start_web(self) -> None:
        self.processes["web"] = self.spawn(
            "web",
            str(BIN / "gunicorn"),
            "--no-control-socket",
            "--config=python:server.web",
            "--worker-class=gthread",
            "--threads=4",
            "--workers=2",
            f"--bind=127.0.0.1:{self.port}",
            "server.app:create_app()",
        )

    def start_clock(self) -> None:
        self.processes["clock"] = self.spawn("clock", sys.executable, "-m", "server.clock")

    def wait_for_web(self) -> None:
        """Wait until the web answers, whatever a clock would say."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/kaarten", timeout=2):
                    return
            except urllib.error.HTTPError:
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise TimeoutError("the web did not come up")

    def stop_web(self) -> None:
        end(self.processes.pop("web"))

    def stop(self) -> None:
        for process in self.processes.values():
            end(process)

    def wait(self) -> None:
        """Wait until the web answers and the clock has been at work."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/api/v1/health", timeout=2) as answer:
                    if json.load(answer)["status"] == "ok":
                        return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.1)
        raise TimeoutError("the installation did not come up")

    def run(self, *words: str) -> str:
        """Run the administrator's command and return what it printed."""
        return subprocess.run(
            [BIN / "signaalkaart", *words],
            cwd=ROOT,
            env=self.environ,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def invite(
        self,
        role: str,
        name: str,
        card: str | None = None,
        kind: str = "gemeente",
        mail: str | None = None,
        organisation: str = "Verzonnen organisatie",
    ) -> str:
        """Invite an invented person and return the link."""
        body = {
            "role": role,
            "name": name,
            "card": card,
            "organisation": {"name": organisation, "kind": kind},
            "mail": mail,
        }
        self.cookie = self.cookie or self._sign_in()
        return str(self._post("invitations", body)[0]["link"])

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the database beside the running server, without touching it."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(sql, values).fetchall()

    def change(self, sql: str, *values: Any) -> None:
        """Change the database behind the back of everybody."""
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute(sql, values)

    def _sign_in(self) -> str:
        """Come in as the beheerder, who was invited from the terminal; return the cookie."""
        words = ["--role", "beheerder", "--name", "Beheer Verzonnen", "--kind", "gemeente"]
        printed = self.run("invite", *words, "--organisation", "Verzonnen organisatie")
        link = next(word for word in printed.split() if word.startswith(self.url))
        token = link.rsplit("/", 1)[1]
        body = {"invitation": token, "device": str(uuid4()), "app_version": "0"}
        return self._post("sessions", body)[1].partition(";")[0]

    def _post(self, path: str, body: dict[str, Any]) -> tuple[dict[str, Any], str]:
        request = urllib.request.Request(
            f"{self.url}/api/v1/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Cookie": self.cookie},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer), answer.headers.get("Set-Cookie", "")

    def logs(self) -> str:
        """Return everything the processes wrote."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def spawn(self, name: str, *command: str, **environ: str) -> subprocess.Popen[bytes]:
        """Start a process of this installation; it is for who starts it to end it."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env={**self.environ, **environ},
                stdout=log,
                stderr=subprocess.STDOUT,
            )


@contextmanager
def running(folder: Path, push_origin: str) -> Iterator[Installation]:
    """Start an installation with nobody in it, and end it."""
    installation = Installation(folder, push_origin)
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and end it when it does not listen."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""A whole installation of its own: databases, web processes and clock, as on a server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PATIENCE = 30.0


class Installation:
    """Signaalkaart running on a free port of this machine, until ``stop``."""

    def __init__(self, folder: Path, push_origin: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.environ = {
            **os.environ,
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "DATABASE_URL": f"sqlite:///{folder / 'signaalkaart.sqlite'}",
            "KEY_RING_URL": f"sqlite:///{folder / 'keyring.sqlite'}",
            "MASTER_KEY_FILE": str(folder / "master.key"),
            "PUSH_TEST_ORIGIN": push_origin,
            # The tests run at night too.
            "QUIET_HOURS": "00:00-00:00",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        self.run("setup")
        self.start_web()
        self.processes["clock"] = self._spawn("clock", sys.executable, "-m", "server.clock")
        self.wait()

    def start_web(self) -> None:
        self.processes["web"] = self._spawn(
            "web",
            str(BIN / "gunicorn"),
            "--no-control-socket",
            "--workers=2",
            f"--bind=127.0.0.1:{self.port}",
            "server.app:create_app()",
        )

    def stop_web(self) -> None:
        _end(self.processes.pop("web"))

    def stop(self) -> None:
        for process in self.processes.values():
            _end(process)

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

    def invite(self, role: str, name: str, card: str | None = None, kind: str = "gemeente") -> str:
        """Invite an invented person and return the link."""
        words = ["invite", "--role", role, "--name", name, "--kind", kind]
        words += ["--organisation", "Verzonnen organisatie"]
        words += ["--card", card] if card else []
        printed = self.run(*words)
        return next(word for word in printed.split() if word.startswith(self.url))

    def logs(self) -> str:
        """Return everything the processes wrote."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def _spawn(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdout=log, stderr=subprocess.STDOUT
            )


def _end(process: subprocess.Popen[bytes]) -> None:
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

"""A whole installation to disturb: databases, web processes, clocks and the way in for the run."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TypeVar

import httpx
import psycopg
import sqlalchemy as sa
from flask import Flask

from server import keyring
from server.app import create_app
from server.config import Config
from server.db import db
from tests.faults import planted
from tests.faults.board import Board
from tests.faults.gate import Gate
from tests.faults.store import Store
from tests.faults.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PATIENCE = 60.0
TRIES = 60
# Where the clocks note what they brought and could not write down.
UNWRITTEN = "unwritten"
Result = TypeVar("Result")


class House:
    """The server's side of a run. What it does for the run itself it does until it worked.

    Whoever changes something at the desk or about people is inside ``order``; a backup is put back
    while nobody is. Who stops a process holds ``power``.
    """

    def __init__(
        self, folder: Path, store: Store, public_port: int, push: str, tally: Tally, plant: str
    ) -> None:
        self.folder = folder
        self.store = store
        self.tally = tally
        self.port = _free_port()
        self.board = Board(folder / "board")
        self.order = Gate()
        self.power = threading.RLock()
        for met in ("full", "slow", UNWRITTEN):
            (folder / met).touch()
        self.clock_pids = folder / "clocks"
        self.environ = {
            **os.environ,
            **store.urls,
            "MASTER_KEY_FILE": str(folder / "master.key"),
            "PUBLIC_URL": f"http://localhost:{public_port}",
            "PUSH_TEST_ORIGIN": push,
            "QUIET_HOURS": "00:00-00:00",
            "FAULT_BOARD": str(folder / "board"),
            "FAULT_HITS": str(folder),
            "PLANT": plant,
        }
        self._web: subprocess.Popen[bytes] | None = None
        self._clocks: subprocess.Popen[bytes] | None = None

    def start(self, clocks: int = 2) -> None:
        """Make the databases and start everything; return when the web answers."""
        subprocess.run([BIN / "signaalkaart", "setup"], cwd=ROOT, env=self.environ, check=True)
        if self.environ["PLANT"] == "unguarded":
            planted.unlock(self.folder / "signaalkaart.sqlite")
        self.config = Config.from_env(self.environ, ROOT)
        self.app: Flask = create_app(self.config)
        self.start_web()
        self._clocks = self._spawn(
            "clocks", sys.executable, "-m", "tests.faults.served", str(clocks), str(self.clock_pids)
        )
        self.wait()

    def start_web(self) -> None:
        self._web = self._spawn(
            "web",
            str(BIN / "gunicorn"),
            "--no-control-socket",
            "--config=python:server.web",
            "--worker-class=gthread",
            "--threads=4",
            "--workers=2",
            "--preload",
            "--backlog=512",
            f"--bind=127.0.0.1:{self.port}",
            "tests.faults.served:web()",
        )

    def stop(self) -> None:
        for process in (self._web, self._clocks):
            if process is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        keyring.ring().close()
        with self.app.app_context():
            db.engine.dispose()

    def wait(self) -> None:
        """Wait until the web answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(httpx.TransportError):
                url = f"http://127.0.0.1:{self.port}/api/v1/cards"
                if httpx.get(url, timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise TimeoutError((self.folder / "web.log").read_text()[-3000:])

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Be inside the app, on the databases themselves."""
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.rollback()
                db.session.remove()

    def do(self, work: Callable[[], Result]) -> Result:
        """Do something inside the app, as often as it takes while the database comes and goes."""
        for attempt in range(TRIES):
            try:
                with self.inside():
                    return work()
            except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
                raise
            # A database that is killed says so in many ways, often only at the next question.
            except (sa.exc.SQLAlchemyError, psycopg.Error, keyring.KeyRingError):
                if attempt == TRIES - 1:
                    raise
                time.sleep(0.5)
        raise AssertionError("no try was the last one")

    def kill_web(self, dice: Random, whole: bool) -> None:
        """Kill one worker, or all of the web, without a word."""
        with self.power:
            assert self._web is not None
            if whole or self._web.poll() is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._web.pid, signal.SIGKILL)
                self._web.wait()
                self.start_web()
            else:
                workers = _children(self._web.pid)
                if not workers:
                    return
                _kill(dice.choice(workers))
            self.tally.add("web killed")

    def kill_clock(self, dice: Random) -> None:
        """Kill one of the clocks."""
        pids = [int(pid) for pid in self.clock_pids.read_text().split()]
        if pids and _kill(pid := dice.choice(pids)):
            self.tally.killed[pid] = time.monotonic()
            self.tally.add("clock killed")

    def kill_database(self, dice: Random, whole: bool) -> None:
        """Kill a process of PostgreSQL, or all of it; it recovers by itself or is started again."""
        with self.power:
            if self.store.kill(dice, whole):
                self.tally.add("database killed")

    def met(self, disk: str) -> int:
        """Return how often something met a disk that was ``full`` or ``slow`` so far."""
        return (self.folder / disk).stat().st_size

    def logs(self) -> str:
        return "".join(path.read_text()[-4000:] for path in sorted(self.folder.glob("*.log")))

    def _spawn(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

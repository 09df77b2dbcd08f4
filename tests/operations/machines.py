"""An installation of several machines: web processes, clocks, and phones that do not give up."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.factories import Phone
from tests.proxies import Proxy
from tests.web import ROOT

PATIENCE = 60.0
PAUSE = 0.05
# A phone may hand in two hundred items a day.
BREAK = 0.4


class Clock:
    """One clock process, for as long as a ``with`` block lasts or until it is killed."""

    def __init__(
        self,
        environ: dict[str, str],
        log: Path,
        module: str = "server.clock",
        root: Path = ROOT,
    ) -> None:
        self.log = log
        self._file = log.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", module], cwd=root, env=environ, stdout=self._file,
            stderr=subprocess.STDOUT,
        )  # fmt: skip

    def __enter__(self) -> Clock:
        wait_until(lambda: "De klok loopt." in self.log.read_text(), self.log)
        return self

    def __exit__(self, *_fault: object) -> None:
        self.kill()
        self._file.close()

    def kill(self) -> None:
        """End it without a word, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as a platform does."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)

    def lines(self, text: str) -> list[dict[str, Any]]:
        """Return what it wrote down in these words."""
        return lines(self.log, text)


def lines(log: Path, text: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [line for line in found if text in line["text"]]


def wait_until(holds: Callable[[], object], about: object = "", seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(str(about))
        time.sleep(PAUSE)


class Reporter:
    """A phone that hands in one report after another, each until it hears what became of it."""

    def __init__(self, phone: Phone, proxy: Proxy) -> None:
        self.phone = phone
        self.sent: dict[str, str] = {}
        self.heard: Counter[int] = Counter()
        self._proxy = proxy
        self._headers = phone.headers()
        # The key is asked once, before anything is replaced.
        phone.key()

    def report_until(self, done: threading.Event) -> None:
        while not done.is_set():
            item = self.phone.observation()
            # Every second one twice: the answer to the first was lost.
            for _ in range(1 + len(self.sent) % 2):
                self.sent[item["id"]] = self._hand_in(item)
            done.wait(BREAK)

    def _hand_in(self, item: dict[str, Any]) -> str:
        body = self.phone.request(item)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                answer = self._proxy.request(
                    "POST", "/api/v1/sync", json=body, headers=self._headers
                )
            except httpx.TransportError:
                self.heard[0] += 1
                continue
            self.heard[answer.status_code] += 1
            if answer.status_code == 200:
                return str(answer.json()["outcomes"][0]["result"])
            time.sleep(PAUSE)
        raise TimeoutError(str(self.heard))


class Reporting:
    """Phones that all report from the beginning of a ``with`` block until they are told to stop."""

    def __init__(self, phones: list[Phone], proxy: Proxy) -> None:
        self.reporters = [Reporter(phone, proxy) for phone in phones]
        self._done = threading.Event()
        self._threads = [
            threading.Thread(target=one.report_until, args=(self._done,)) for one in self.reporters
        ]

    def __enter__(self) -> Reporting:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()


def copy_of_the_app(folder: Path) -> Path:
    """Return a copy of the server that can be made into the next version."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "server", folder / "server", ignore=ignored)
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert text.count(old) == 1, (file, old)
    file.write_text(text.replace(old, new))

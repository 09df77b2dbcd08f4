"""A browser that keeps its profile on disk, so that it can die and start again."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright

PATIENCE = 10.0
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-quic"]


def executable() -> str:
    """Return where Chromium is."""
    return os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Profile:
    """Starts a browser on one folder; after ``kill`` the next one starts where it died."""

    def __init__(self, driver: Playwright, folder: Path) -> None:
        self.driver = driver
        self.folder = folder
        self.process = 0

    def new_context(self, **wishes: Any) -> BrowserContext:
        """Start the browser."""
        context = self.driver.chromium.launch_persistent_context(
            self.folder, executable_path=executable(), args=FLAGS, **wishes
        )
        self.process = _process(context)
        return context

    def kill(self) -> None:
        """End the browser at once, with all its helpers, as a system short of memory does."""
        assert os.getpgid(self.process) == self.process != os.getpgid(0)
        os.killpg(self.process, signal.SIGKILL)
        end = time.monotonic() + PATIENCE
        while _lives(self.process) and time.monotonic() < end:
            time.sleep(0.01)

    def end(self) -> None:
        """End the browser if there is one; what waits for it hears that it is gone."""
        with contextlib.suppress(ProcessLookupError):
            if self.process:
                self.kill()


def _process(context: BrowserContext) -> int:
    browser = context.browser
    assert browser
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return next(int(process["id"]) for process in found if process["type"] == "browser")


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True

"""Other engines than Chromium, as a Linux distribution has them, driven over WebDriver.

Playwright drives only browsers that were changed for it. Firefox is spoken to over Marionette, its
own wire for WebDriver; WebKitGTK over HTTP, through WebKitWebDriver.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.browser import certificate
from tests.browser.installation import BIN, Installation, end
from tests.web import free_port

PATIENCE = 60.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# Calls an asynchronous function of the page with one argument; a fault is an answer too.
CALL = """
const [part, done] = arguments;
(%s)(part).then((value) => done({ value }), (fault) => done({ fault: String(fault) }));
"""
# A connection that is still open would outlive the switch as long as it is used.
SWITCH = """
Services.io.offline = %s;
Services.obs.notifyObservers(null, "net:prune-all-connections");
"""
IS_REACHED = "() => fetch('/api/v1/health', { cache: 'no-store' }).then(() => true, () => false)"


class Engine:
    """One window of a browser on the app."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self.installation = installation
        self.url = installation.url
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def ask(self, command: str, **details: Any) -> Any:
        """Give a WebDriver command; return the value it answers with."""
        raise NotImplementedError

    def offline(self) -> None:
        """Take the network away."""
        raise NotImplementedError

    def online(self) -> None:
        """Give it back."""
        raise NotImplementedError

    def open(self, path: str) -> None:
        """Load the app anew on this screen."""
        self.ask("Navigate", url="about:blank")
        self.ask("Navigate", url=self.url + path)

    def run(self, function: str, part: Any = None) -> Any:
        """Call an asynchronous function in the page."""
        answer = self.ask("ExecuteAsyncScript", script=CALL % function, args=[part])
        assert "fault" not in answer, answer["fault"]
        return answer.get("value")

    def tap(self, xpath: str) -> None:
        """Tap this, once it is there."""
        found = wait(lambda: self._find(xpath), xpath)
        self.ask("ElementClick", id=found[ELEMENT])

    def tap_button(self, text: str) -> None:
        self.tap(f"//button[contains(., '{text}')]")

    def expect(self, text: str) -> None:
        """Wait until this stands on the screen."""
        shown: list[str] = []

        def look() -> bool:
            shown.append(self.run("async () => document.body.innerText"))
            return text in shown[-1]

        try:
            wait(look, text)
        except TimeoutError:
            raise AssertionError(f"{text!r} is not in:\n{shown[-1]}") from None

    def _find(self, xpath: str) -> dict[str, str]:
        found: list[dict[str, str]] = self.ask("FindElements", using="xpath", value=xpath)
        return found[0] if found else {}

    def start(self, *command: str, **environ: str) -> None:
        self.processes.append(
            subprocess.Popen(
                command,
                env={**os.environ, **environ},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def close(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait(PATIENCE)


class Firefox(Engine):
    """Firefox without a window, that trusts the push service of the tests."""

    def __init__(self, installation: Installation, folder: Path, push_address: str) -> None:
        super().__init__(installation, folder)
        preferences = {
            "marionette.port": 0,
            "dom.push.serverURL": push_address,
            "dom.push.connection.enabled": True,
            "dom.push.testing.allowInsecureServerURL": True,
            "permissions.default.desktop-notification": 1,
            "alerts.useSystemBackend": False,
            # Offline is offline, also for this machine itself, and until we say otherwise.
            "network.disable-localhost-when-offline": True,
            "network.manage-offline-status": False,
        }
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in preferences.items()]
        (folder / "user.js").write_text("\n".join(lines))
        words = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
        self.start(found("firefox-esr", "firefox"), *words, "--profile", str(folder))
        port = wait(lambda: _read(folder / "MarionetteActivePort"), "Firefox")
        self.connection = socket.create_connection(("127.0.0.1", int(port)), PATIENCE)
        self.stream = self.connection.makefile("rb")
        self.number = 0
        self._hear()
        self.ask("NewSession", capabilities={})

    def ask(self, command: str, **details: Any) -> Any:
        """Speak Marionette: the length of a message, a colon, and the message."""
        return self._say(f"WebDriver:{command}", details)

    def offline(self) -> None:
        self._switch("true")
        wait(lambda: not self.run(IS_REACHED), "no network")

    def online(self) -> None:
        self._switch("false")

    def _switch(self, off: str) -> None:
        self._say("Marionette:SetContext", {"value": "chrome"})
        self.ask("ExecuteScript", script=SWITCH % off, args=[])
        self._say("Marionette:SetContext", {"value": "content"})

    def _say(self, command: str, details: dict[str, Any]) -> Any:
        self.number += 1
        message = json.dumps([0, self.number, command, details]).encode()
        self.connection.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, fault, answer = self._hear()
        assert fault is None, (command, fault)
        return answer["value"] if isinstance(answer, dict) and "value" in answer else answer

    def _hear(self) -> Any:
        size = b""
        while (letter := self.stream.read(1)) != b":":
            size += letter
        return json.loads(self.stream.read(int(size)))

    def close(self) -> None:
        self.stream.close()
        self.connection.close()
        super().close()


class WebKit(Engine):
    """MiniBrowser of WebKitGTK on a screen of its own."""

    PATHS = {  # noqa: RUF012
        "Navigate": "url",
        "ExecuteAsyncScript": "execute/async",
        "FindElements": "elements",
    }

    def __init__(self, installation: Installation, folder: Path) -> None:
        super().__init__(installation, folder)
        self.port = free_port()
        self.url = f"https://localhost:{self.port}"
        self.certificate = certificate.make(folder)
        self.online()
        port = free_port()
        self.start(found("WebKitWebDriver"), f"--port={port}", "--host=127.0.0.1",
                   DISPLAY=self._screen(), HOME=str(folder))  # fmt: skip
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)
        wait(self._is_up, "WebKitWebDriver")
        options = {"binary": mini_browser(), "args": ["--automation"]}
        wishes = {"webkitgtk:browserOptions": options, "acceptInsecureCerts": True}
        answer = self._post("/session", {"capabilities": {"alwaysMatch": wishes}})
        self.session = f"/session/{answer['sessionId']}"

    def ask(self, command: str, **details: Any) -> Any:
        """Speak WebDriver over HTTP."""
        if command == "ElementClick":
            return self._post(f"{self.session}/element/{details['id']}/click", {})
        return self._post(f"{self.session}/{self.PATHS[command]}", details)

    # No driver takes this browser's network away, so the server goes. It is one of its own, over
    # https: unlike the others this engine keeps no secure cookie from plain http.
    def offline(self) -> None:
        end(self.web)

    def online(self) -> None:
        self.web = self.installation.spawn(
            "webkit",
            str(BIN / "gunicorn"),
            "--no-control-socket",
            f"--certfile={self.certificate}",
            f"--keyfile={self.certificate}",
            f"--bind=127.0.0.1:{self.port}",
            "server.app:create_app()",
            PUBLIC_URL=self.url,
        )

    def _screen(self) -> str:
        reader, writer = os.pipe()
        words = ["-displayfd", str(writer), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
        self.processes.append(
            subprocess.Popen([found("Xvfb"), *words], pass_fds=[writer], stderr=subprocess.DEVNULL)
        )
        os.close(writer)
        with os.fdopen(reader) as stream:
            return f":{stream.readline().strip()}"

    def _is_up(self) -> bool:
        try:
            return self.client.get("/status").is_success
        except httpx.TransportError:
            return False

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        return answer.json()["value"]

    def close(self) -> None:
        self.client.delete(self.session)
        self.client.close()
        self.offline()
        super().close()


def found(*names: str) -> str:
    """Return where the first of these programs is, or nothing."""
    return next((path for name in names if (path := shutil.which(name))), "")


def mini_browser() -> str:
    """Return where WebKitGTK's own browser is, or nothing."""
    return next(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")), "")


def wait(look: Callable[[], Any], what: str) -> Any:
    """Return what was looked for, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.1)
    raise TimeoutError(f"never came: {what}")


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""

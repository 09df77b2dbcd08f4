"""Start the whole app on this machine: keys, tables, demo data, web and clock.

`make run` calls this. Web and clock come from the Procfile, so that what runs here is what runs on
a server. Ctrl-C ends everything.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
START_SECONDS = 60
STOP_SECONDS = 20
# Honcho cannot yet pass a signal on while it is still starting its processes.
HONCHO_READY_SECONDS = 2


class StopAskedError(Exception):
    """Somebody pressed Ctrl-C or ended this process."""


def main() -> int:
    """Run until somebody stops it; the exit code is for the shell."""
    port = _port(os.environ.get("PORT", "8000"))
    if port is None:
        return 1
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_stop)
    environ = {"PUBLIC_URL": f"http://localhost:{port}", **os.environ, "HOST": "127.0.0.1"}
    try:
        links = _prepare(environ)
    except StopAskedError:
        return 130
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    return _serve(port, environ, links)


def _port(text: str) -> int | None:
    """Check that the port is a free one, and say so in one sentence when it is not."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        print(f"PORT={text} is geen poort. Kies een getal, bijvoorbeeld: make run PORT=8001")
        return None
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            print(f"Poort {port} is niet vrij. Kies een andere: make run PORT={port % 65535 + 1}")
            return None
    return port


def _ask_stop(number: int, _frame: object) -> None:
    raise StopAskedError(number)


def _prepare(environ: dict[str, str]) -> str:
    """Make keys, tables and demo data; return the sign-in links as text."""
    run = [sys.executable, "-m", "honcho", "run", str(BIN / "signaalkaart")]
    subprocess.run([*run, "setup"], cwd=ROOT, env=environ, check=True)
    demo = subprocess.run(
        [*run, "demo"], cwd=ROOT, env=environ, check=False, stdout=subprocess.PIPE, text=True
    )
    # Beside real people there are no demo data; the app itself runs all the same.
    return demo.stdout.strip()


def _serve(port: int, environ: dict[str, str], links: str) -> int:
    """Run web and clock until the end, whoever brings that end."""
    started = time.monotonic()
    # In a session of its own Ctrl-C reaches only us, and we end the rest in good order.
    honcho = subprocess.Popen(
        [sys.executable, "-m", "honcho", "start", "web", "clock"],
        cwd=ROOT,
        env={**environ, "PORT": str(port)},
        start_new_session=True,
    )
    try:
        if _wait_for_answer(port, honcho):
            print(f"\nDe signaalkaart staat op http://localhost:{port}\n{links}\n", flush=True)
            print("Stoppen: Ctrl-C", flush=True)
            return honcho.wait()
        if honcho.poll() is None:
            print("De signaalkaart geeft geen antwoord. Kijk hierboven wat er misgaat.")
            _stop(honcho, started)
        return honcho.returncode or 1
    except StopAskedError:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _stop(honcho, started)
        return 0


def _wait_for_answer(port: int, honcho: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and honcho.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/api/v1/health", headers={"Host": f"localhost:{port}"})
            if "status" in json.load(connection.getresponse()):
                return True
        except (OSError, ValueError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    return False


def _stop(honcho: subprocess.Popen[bytes], started: float) -> None:
    time.sleep(max(0.0, started + HONCHO_READY_SECONDS - time.monotonic()))
    if honcho.poll() is None:
        honcho.send_signal(signal.SIGINT)
    try:
        honcho.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        honcho.kill()


if __name__ == "__main__":
    sys.exit(main())

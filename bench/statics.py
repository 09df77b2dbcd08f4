"""The cards as the app serves them, beside the same bytes as a file."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench.server import Person, Town, sign_in
from bench.table import Line, percentile
from tests.browser.installation import BIN, ROOT, end
from tests.web import free_port

Work = Callable[[], tuple[float, list[float]]]

CLIENTS, EACH, ROUNDS = 4, 150, 3
PATH = "/api/v1/cards"


def measure(town: Town, folder: Path) -> list[Line]:
    """Ask for all cards, whole and when nothing changed, and for a file with the same bytes."""
    reporter = sign_in(town, "melder", "Bo Verzonnen", "boa")
    answer = reporter.http.get(PATH, headers=reporter.headers).raise_for_status()
    (folder / "static").mkdir(parents=True)
    (folder / "static" / "cards").write_bytes(answer.content)
    known = {"If-None-Match": answer.headers["ETag"]}
    with ExitStack() as stack:
        nginx = stack.enter_context(_nginx(folder))
        bare = stack.enter_context(_bare(folder))
        works: dict[str, Work] = {
            "ours": lambda: _ask(town.port, PATH, _headers(reporter), 200),
            "known": lambda: _ask(town.port, PATH, {**_headers(reporter), **known}, 304),
            "nginx": lambda: _ask(nginx, "/cards", {}, 200),
            "bare": lambda: _ask(bare, "/cards", {}, 200),
        }
        found: dict[str, list[float]] = {name: [] for name in works}
        rates: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name, work in works.items():
                rate, times = work()
                found[name] += times
                rates[name].append(rate)
    best = {name: max(all_of_it) for name, all_of_it in rates.items()}
    told = {
        name: f"{best[name]:,.0f}/s (p95 {percentile(found[name], 0.95):.1f} ms)" for name in works
    }
    return [
        Line(
            f"all cards, {len(answer.content) / 1000:.0f} kB, {CLIENTS} clients",
            f"{told['ours']}; when nothing changed {told['known']}",
            peer=f"nginx with a file {told['nginx']}; the same bytes from gunicorn {told['bare']}",
            ratio=f"{best['ours'] / best['nginx']:.0%}, {best['ours'] / best['bare']:.0%}",
            durability="ours looks up who asks and which cards are theirs; a phone asks the "
            "whole once and hears from each round trip whether they changed",
        )
    ]


def _headers(person: Person) -> dict[str, str]:
    return {"Cookie": person.headers["Cookie"]}


def _ask(port: int, path: str, headers: dict[str, str], status: int) -> tuple[float, list[float]]:
    """Ask many times over connections that stay; return how many a second, and each time."""
    times: list[float] = []
    faults: list[int] = []

    def work() -> None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            for _ in range(EACH):
                start = time.perf_counter()
                line.request("GET", path, headers=headers)
                answer = line.getresponse()
                answer.read()
                times.append((time.perf_counter() - start) * 1000)
                if answer.status != status:
                    faults.append(answer.status)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    assert not faults, faults[:5]
    return CLIENTS * EACH / took, times


@contextmanager
def _nginx(folder: Path) -> Iterator[int]:
    """Serve the folder with nginx; one process, as many as it wants of the machine."""
    script = str(ROOT / "tools" / "proxies.sh")
    program = subprocess.run([script, "nginx"], text=True, stdout=subprocess.PIPE, check=True)
    port = free_port()
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"worker_processes auto; pid {folder / 'pid'}; events {{}}\n"
        f"http {{ {temporary} access_log off; default_type application/json; sendfile on;\n"
        f"keepalive_requests 100000; server {{ listen 127.0.0.1:{port}; "
        f"root {folder / 'static'}; }} }}\n"
    )
    words = ["-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    process = subprocess.Popen(
        [
            program.stdout.strip(),
            *words,
            "-g",
            "daemon off; user root;" if _root() else "daemon off;",
        ],
        stderr=subprocess.DEVNULL,
    )
    yield from _serving(process, port)


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    """Serve the same file from gunicorn with the Procfile's workers, and nothing before it."""
    port = free_port()
    (folder / "bare.py").write_text(
        "from pathlib import Path\n"
        f"FILE = Path({str(folder / 'static' / 'cards')!r})\n"
        "def app(environ, start):\n"
        "    body = FILE.read_bytes()\n"
        "    start('200 OK', [('Content-Type', 'application/json'),\n"
        "                     ('Content-Length', str(len(body)))])\n"
        "    return [body]\n"
    )
    process = subprocess.Popen(
        [
            str(BIN / "gunicorn"),
            "--no-control-socket",
            "--worker-class=gthread",
            "--threads=4",
            "--workers=2",
            f"--chdir={folder}",
            f"--bind=127.0.0.1:{port}",
            "bare:app",
        ],
        stderr=subprocess.DEVNULL,
    )
    yield from _serving(process, port)


def _serving(process: subprocess.Popen[bytes], port: int) -> Iterator[int]:
    try:
        limit = time.monotonic() + 20
        while not _answers(port):
            if time.monotonic() > limit or process.poll() is not None:
                raise TimeoutError(f"nothing listens at {port}")
            time.sleep(0.1)
        yield port
    finally:
        end(process)


def _answers(port: int) -> bool:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=2)) as line:
            line.request("GET", "/cards")
            return line.getresponse().status == 200
    except OSError:
        return False


def _root() -> bool:
    return os.geteuid() == 0

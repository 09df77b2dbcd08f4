"""The pages that measure in the browser, and PouchDB's server behind one of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.installation import ROOT

NODE = str(ROOT / "tools" / "node.sh")


def build(folder: Path) -> Path:
    """Build the pages from the app's own modules and return where they are."""
    pages = folder / "pages"
    # The second leaves what the first made.
    for config in ("../bench/vite.config.mjs", "../bench/worker.config.mjs"):
        words = ["node_modules/.bin/vite", "build", "--config", config, "--outDir", str(pages)]
        subprocess.run([NODE, *words], check=True, stdout=subprocess.DEVNULL)
    return pages


@contextmanager
def peer_server(folder: Path, pages: Path) -> Iterator[str]:
    """Run express-pouchdb on a free port of 127.0.0.1 and give its address."""
    words = ["node", "../bench/peer-server.mjs", str(folder / "pouchdb"), str(pages)]
    process = subprocess.Popen([NODE, *words], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(10)

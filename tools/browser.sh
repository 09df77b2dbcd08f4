#!/bin/sh
# Prints the Chromium that drives the browser tests; brings one in when the machine has none.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python="$root/.venv/bin/python"

# A browser that lacks a shared library prints no version either.
works() { [ -n "$1" ] && [ -x "$1" ] && "$1" --version >/dev/null 2>&1; }

installed() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name") && works "$path" && echo "$path" && return
    done
    path=$("$python" -c '
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)') && works "$path" && echo "$path"
}

from_system() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || return 1
        as_root="sudo -n"
    fi
    $as_root apt-get update -q &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -q -y --no-install-recommends chromium
}

if [ -n "${CHROMIUM:-}" ]; then
    works "$CHROMIUM" && echo "$CHROMIUM" && exit 0
    echo "CHROMIUM wijst naar $CHROMIUM, maar die start niet." >&2
    exit 1
fi
installed && exit 0
echo "Geen Chromium gevonden; die wordt nu opgehaald." >&2
"$python" -m playwright install chromium </dev/null >&2 && installed && exit 0
from_system </dev/null >&2 && installed && exit 0
echo "De browsertests hebben Chromium nodig, en ophalen lukt hier niet." \
    "Installeer chromium, of zet CHROMIUM op het pad ervan." >&2
exit 1

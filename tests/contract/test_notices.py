"""What others look for at a fixed address, and what the web server tells of itself."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from server.app import ROOT
from server.config import Config, ConfigError
from server.db import now

SECURITY = "/.well-known/security.txt"


def fields_of(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_security_txt_says_whom_to_write_to(client: FlaskClient) -> None:
    answer = client.get(SECURITY)
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    fields = fields_of(answer.text)
    assert fields["Contact"] == "mailto:beveiliging@signaalkaart.example"
    assert fields["Canonical"] == f"http://localhost:8000{SECURITY}"
    assert fields["Preferred-Languages"] == "nl, en"
    assert answer.text.endswith("\n")


def test_security_txt_stays_valid_for_less_than_a_year(client: FlaskClient) -> None:
    expires = fields_of(client.get(SECURITY).text)["Expires"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", expires)
    left = datetime.fromisoformat(expires) - now()
    assert timedelta(days=90) < left < timedelta(days=365)


@pytest.mark.parametrize("contact", ["mailto:a@b.example", "https://gemeente.example/melden"])
def test_a_gemeente_names_its_own_contact(contact: str) -> None:
    config = Config.from_env({"SECURITY_CONTACT": contact}, Path("/nergens"))
    assert config.security_contact == contact


@pytest.mark.parametrize(
    "contact", ["", "a@b.example", "http://a.example", "mailto:a@b\nContact: c"]
)
def test_a_contact_that_is_none_is_refused_at_start(contact: str) -> None:
    with pytest.raises(ConfigError, match="SECURITY_CONTACT"):
        Config.from_env({"SECURITY_CONTACT": contact}, Path("/nergens"))


def test_search_engines_find_the_cards_for_everybody_and_nothing_else(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text.splitlines() == [
        "User-agent: *",
        "Allow: /jongeren$",
        "Allow: /ouders$",
        "Allow: /openbaar/",
        "Disallow: /",
    ]


def test_core_hide_implementation_the_web_server_does_not_name_itself(
    environ: dict[str, str], tmp_path: Path
) -> None:
    line = re.search("^web: (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE)
    assert line is not None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    paths = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": paths, "PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "1"}
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(
            ["sh", "-c", line[1]], cwd=ROOT, env={**os.environ, **environ, **own}, stderr=log
        )
    try:
        answer = _patiently(f"http://127.0.0.1:{port}/robots.txt")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert answer.headers["Server"] == "signaalkaart"
    assert "gunicorn" not in str(answer.headers)


def _patiently(url: str) -> httpx.Response:
    end = time.monotonic() + 60
    while True:
        try:
            return httpx.get(url, timeout=30)
        except httpx.TransportError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)

"""Signing in with a passkey: the question, and the answer that opens a session."""

from __future__ import annotations

import time
from uuid import uuid4

import httpx

from bench.server import Town, sign_in
from bench.table import Line, p50_p95, percentile
from tests.authenticator import Authenticator

TURNS = 50


def measure(town: Town) -> list[Line]:
    """Come in over and over, each time on a new device, over a connection that is already there."""
    person = sign_in(town, "melder", "Bo Verzonnen", "boa")
    passkey = Authenticator(origin=town.url, user=person.id)
    asked = person.call("POST", "/passkeys/questions", {})["options"]
    person.call("POST", "/passkeys", {"credential": passkey.create(asked)})
    with httpx.Client(base_url=f"{town.url}/api/v1", timeout=60) as http:
        laps = [_come_in(http, passkey) for _ in range(TURNS)]
    p95 = percentile(laps, 0.95)
    return [
        Line(
            "signing in with a passkey, both requests",
            p50_p95(laps),
            "p95 < 300 ms",
            p95 < 300,
            durability="question used up, counter, session and audit row on the disk",
        )
    ]


def _come_in(http: httpx.Client, passkey: Authenticator) -> float:
    device = str(uuid4())
    start = time.perf_counter()
    question = http.post("/passkeys/sign-in-questions", json={"device": device})
    asked = time.perf_counter() - start
    credential = passkey.get(question.raise_for_status().json()["options"])
    body = {"device": device, "app_version": "0.1.0", "credential": credential}
    start = time.perf_counter()
    http.post("/passkeys/sessions", json=body).raise_for_status()
    http.cookies.clear()
    return (asked + time.perf_counter() - start) * 1000

"""Somebody asks what is kept of them: a name, looked for in everything that is sealed."""

from __future__ import annotations

import time
from uuid import uuid4

import httpx

from bench.server import Person, Town, sign_in
from bench.table import Line, p50_p95, percentile
from server import sealing
from server.sealing import SealKey
from tests.authenticator import Authenticator

TURNS = 7
OBSERVATIONS = 2_000
AT_ONCE = 50
FIRST = ("Flip", "Doris", "Kareltje", "Mees", "Noor", "Yara", "Daan", "Saar", "Thijs", "Fenna")
LAST = ("Verzonnenzoon", "Bedacht", "Fantasia", "Denkbeeld", "Nepstra", "Verzinsel", "Fictief")
TEXTS = (
    "Een jongen telde briefjes bij de fietsenkelder en keek steeds om zich heen.",
    "Twee meiden kregen een nieuwe telefoon van een oudere jongen in een grijze auto.",
    "Hij komt sinds een maand niet meer op training en heeft dure schoenen aan.",
    "In de pauze wisselen ze tasjes bij het hek. Daarna gaat er één weg op een scooter.",
)


def measure(town: Town) -> list[Line]:
    """Hand in observations about many people, and look for one of them, spelled wrong."""
    _fill(town)
    desk = sign_in(town, "procesregisseur", "Samira Voorbeeld")
    _prove(town, desk)
    laps = [_look(desk) for _ in range(TURNS)]
    p95 = percentile(laps, 0.95)
    return [
        Line(
            f"looking for a person in {OBSERVATIONS:,} sealed observations, one worker",
            p50_p95(laps),
            "< 1 s",
            p95 < 1000,
            durability="one audit row for the search and one for each hit on the disk",
        )
    ]


def _prove(town: Town, desk: Person) -> None:
    """Set up a passkey; who proves to be there gets a new session in the same answer."""
    passkey = Authenticator(origin=town.url, user=desk.id)
    asked = desk.call("POST", "/passkeys/questions", {})["options"]
    body = {"credential": passkey.create(asked)}
    answer = desk.http.post("/api/v1/passkeys", json=body, headers=desk.headers)
    answer.raise_for_status()
    desk.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]


def _look(desk: Person) -> float:
    start = time.perf_counter()
    wanted = {"name": "Kareltje Verzonnezoon", "reason": "access"}
    answer = desk.call("POST", "/rights/searches", wanted)
    took = time.perf_counter() - start
    if answer["opened"] != OBSERVATIONS or not answer["items"]:
        raise AssertionError("the search did not see what was handed in")
    return took * 1000


def _fill(town: Town) -> None:
    boa = sign_in(town, "melder", "Bo Verzonnen", "boa")
    boa.http.timeout = httpx.Timeout(120)
    key = boa.key()
    for start in range(0, OBSERVATIONS, AT_ONCE):
        items = [_observation(boa, key, number) for number in range(start, start + AT_ONCE)]
        boa.call("POST", "/sync", boa.request(items))


def _observation(boa: Person, key: SealKey, number: int) -> dict[str, object]:
    item = boa.observation(key)
    item_id = str(uuid4())
    name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
    written = {
        "v": 1,
        "what": " ".join(TEXTS[(number + step) % len(TEXTS)] for step in range(1 + number % 4)),
        "where": "achter de verzonnen fietsenkelder",
        "at": "2026-11-21T21:42",
        "persons": [{"name": name, "age": "16_17", "description": "rode fiets, zwarte jas"}],
        "answers": {"informed": "no", "without_name": False, "call_back": True},
    }
    sealed = sealing.seal(key, "observation", item_id, boa.id, written)
    return {**item, "id": item_id, "sealed": sealed}

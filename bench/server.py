"""An installation as the Procfile starts it, and people who speak to it without a browser."""

from __future__ import annotations

import base64
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from server import sealing
from server.sealing import SealKey
from tests.browser.installation import BIN, ROOT, Installation

WRITTEN = {
    "v": 1,
    "what": "Een verzonnen jongen telde briefjes bij de fietsenkelder en keek steeds om zich heen.",
    "where": "achter de verzonnen fietsenkelder",
    "at": "2026-11-21T21:42",
    "persons": [
        {"name": "Flip Verzonnenzoon", "age": "16_17", "description": "rode fiets, zwarte jas"}
    ],
    "answers": {"informed": "no", "without_name": False, "call_back": True},
}


SYLLABLES = ("ba", "do", "fi", "ga", "ju", "ka", "le", "mo", "ni", "po", "ri", "su", "ta", "zo")
AREAS = sorted(
    {
        code
        for file in (ROOT / "content" / "gebieden").glob("*.geojson")
        for code in re.findall(r"BU\d{8}", file.read_text())
    }
)

PATIENCE = 120.0
SELDOM = {"bring-mail", "send-events"}


def nickname(number: int) -> str:
    """Return an invented name; two thousand in a row differ, and few of them look alike."""
    parts = []
    number = number * 1009 % len(SYLLABLES) ** 3
    for _ in range(3):
        number, rest = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[rest])
    return "".join(parts).capitalize()


class Town(Installation):
    """Starts what the Procfile says; ``unlimited`` lifts the daily limit of a device."""

    def __init__(self, folder: Path, push_origin: str, *, unlimited: bool = False) -> None:
        super().__init__(folder, push_origin)
        folder.mkdir(parents=True)
        self.unlimited = unlimited
        self.environ["PATH"] = f"{BIN}:{self.environ['PATH']}"
        self.environ["PYTHONPATH"] = str(ROOT)
        self.environ.pop("WEB_CONCURRENCY", None)

    def start_web(self) -> None:
        web = _command("web")
        if self.unlimited:
            web = web.replace("python:server.web", "python:bench.unlimited")
        self.processes["web"] = self.spawn("web", "sh", "-c", web)

    def start_clock(self) -> None:
        self.processes["clock"] = self.spawn("clock", "sh", "-c", _command("clock"))

    def wait(self) -> None:
        """Wait until the web answers and the clock did everything it begins with.

        What it does every ten or twenty seconds for a mail server and another system, which there
        are none of here, is not waited for: with fourteen installations that is four minutes.
        """
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self._behind() - SELDOM:
                return
            time.sleep(0.1)
        raise TimeoutError("the installation did not come up")

    def _behind(self) -> set[str]:
        """Return what is not well, by name."""
        try:
            checks = httpx.get(f"{self.url}/api/v1/health", timeout=5).json()["checks"]
        except (httpx.HTTPError, ValueError, KeyError):
            return {"web"}
        late = checks.pop("clock").removeprefix("behind: ").split(", ")
        return {*late, *checks.values()} - {"ok"}


def _command(name: str) -> str:
    """Return what the Procfile starts under this name."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)[name]


@dataclass
class Person:
    """Somebody on one device of their own."""

    http: httpx.Client
    id: str
    device: str
    headers: dict[str, str]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.http.request(method, f"/api/v1{path}", json=body, headers=self.headers)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def observation(self, key: SealKey, number: int | None = None) -> dict[str, Any]:
        """Return a sealed observation as a phone sends it.

        All are about one youth, unless a number says about whom and where.
        """
        item_id = str(uuid4())
        written, area = WRITTEN, "BU02670101"
        if number is not None:
            written = {**WRITTEN, "persons": [{"name": nickname(number), "age": "16_17"}]}
            area = AREAS[number % len(AREAS)]
        return {
            "kind": "observation",
            "id": item_id,
            "by": self.id,
            "made_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "card": "boa",
            "card_version": 1,
            "signals": ["BOA-08", "BOA-16"],
            "protective": ["P-15"],
            "area": area,
            "date": "2026-11-21",
            "basis": "seen",
            "desk": "sociaal",
            "urgency": "this_week",
            "sealed": sealing.seal(key, "observation", item_id, self.id, written),
        }

    def request(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the body of one round trip."""
        return {
            "device": self.device,
            "app_version": "0.1.0",
            "unsent": len(items),
            "cursor": 0,
            "epoch": None,
            "sent_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "items": items,
        }

    def key(self) -> SealKey:
        told = self.call("POST", "/sync", self.request([]))["seal_key"]
        return SealKey(told["id"], base64.b64decode(told["public_key"]))


def sign_in(
    town: Installation,
    role: str,
    name: str,
    card: str | None = None,
    http: httpx.Client | None = None,
) -> Person:
    """Invite somebody and use the invitation on a new device; ``http`` is for who makes many."""
    token = town.invite(role, name, card).rsplit("/", 1)[1]
    device = str(uuid4())
    http = http or httpx.Client(base_url=town.url, timeout=60)
    body = {"invitation": token, "device": device, "app_version": "0.1.0"}
    answer = http.post("/api/v1/sessions", json=body)
    answer.raise_for_status()
    # One client may serve many people: whose cookie goes along is said with every request.
    http.cookies.clear()
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    told = answer.json()
    headers = {"Cookie": cookie, "Authorization": f"Bearer {told['delivery_key']}"}
    return Person(http, told["person"]["id"], device, headers)

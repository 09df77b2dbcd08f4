"""What happens in an invented town, whoever lives it: a week in browsers, or years in seconds.

Every step asks the API of the app through ``Ask``: a page does, and so does a client in the
process itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import uuid4

from tests.browser.invented_week import Seen

# Every so many reports the desk still has a question, and waits for the reporter.
ASKED_EVERY = 24
ANSWERS = ("watching", "contact", "taken_up", "no_follow_up")
CASE_TITLE = "Tasjes bij de bankjes"
DECISION = "Zwiep krijgt een mentor op school."

# What stands around the case: kind, where, name, role; and what is between the first and the rest.
AROUND = (
    ("person", "subject", "Zwiep", "jongere"),
    ("person", "family", "Bea Verzonnen", "moeder"),
    ("person", "friends", "Fladdermuis", "vriend"),
    ("institution", "school", "Verzonnen College", "school"),
    ("person", "school", "Nel Nepstra", "mentor"),
    ("institution", "club", "VV Bedacht", "voetbalclub"),
    ("place", "area", "De bankjes", "ontmoetingsplek"),
)
BETWEEN = (
    ("support", "steun"),
    ("plain", "vrienden"),
    ("plain", "leerling"),
    ("support", "vertrouwt"),
    ("unsure", "gestopt?"),
    ("new", "elke avond"),
)


class Ask(Protocol):
    """Asks the API something as somebody who is signed in, and returns what it answers."""

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        """Ask."""


def plain_part(seen: Seen, card: str, version: int, signals: Sequence[str]) -> dict[str, Any]:
    """Return what of an observation is not sealed."""
    return {
        "card": card,
        "card_version": version,
        "signals": list(signals),
        "protective": [],
        "area": seen.area,
        "date": seen.day.isoformat(),
        "basis": "seen",
        "desk": seen.desk,
        "urgency": "this_week",
    }


def sealed_part(seen: Seen) -> dict[str, Any]:
    """Return what of an observation goes into the envelope."""
    return {**seen.written, "at": f"{seen.day.isoformat()}T20:15"}


def deal_with(ask: Ask, observation: str, turn: int) -> None:
    """Open an observation, answer its reporter and close it, or wait for an answer."""
    path = f"/observations/{observation}"
    ask("POST", f"{path}/openings", {"purpose": "handle"})
    if turn % ASKED_EVERY == 0:
        asked = {"kind": "question", "text": "Zag je dit vaker op deze plek?"}
        ask("POST", f"{path}/feedback", {"id": str(uuid4()), **asked})
        return
    kind = ANSWERS[turn % len(ANSWERS)]
    plain = ask("POST", f"{path}/feedback", {"id": str(uuid4()), "kind": kind})
    ask("POST", f"{path}/states", {"state": "closed", "version": plain["version"]})


def draw_network(ask: Ask, case: str, today: date) -> None:
    """Draw who and what is around a case."""
    path = f"/cases/{case}"
    since = (today - timedelta(days=20)).isoformat()
    for kind, zone, name, role in AROUND:
        version = ask("GET", path)["version"]
        node = {"kind": kind, "zone": zone, "name": name, "role": role}
        ask("POST", f"{path}/nodes", {"version": version, "since": since, **node})
    nodes = ask("POST", f"{path}/openings", {"purpose": "work"})["nodes"]
    first, *others = [one["id"] for one in nodes]
    for other, (kind, label) in zip(others, BETWEEN, strict=True):
        version = ask("GET", path)["version"]
        edge = {"from_id": first, "to_id": other, "kind": kind, "label": label}
        ask("POST", f"{path}/edges", {"version": version, "since": since, **edge})

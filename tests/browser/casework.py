"""A case in town, with a network around it and something that was agreed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from playwright.sync_api import Page

if TYPE_CHECKING:
    from tests.browser.town import Town


def start(town: Town) -> str:
    """Start a case as the desk; return its id."""
    body = {"id": str(uuid4()), "kind": "youth", "title": "Fiets van Zwiep"}
    return str(town.call("desk", "POST", "/cases", body)["id"])


def put(town: Town, case: str, what: str, **body: Any) -> None:
    version = town.call("desk", "GET", f"/cases/{case}")["version"]
    town.call("desk", "POST", f"/cases/{case}/{what}", {"version": version, **body})


def add(town: Town, case: str, name: str, role: str, **more: Any) -> str:
    """Put somebody or something in the network; return its id."""
    node = {"kind": "person", "zone": "family", "since": "2026-11-01", **more}
    put(town, case, "nodes", name=name, role=role, **node)
    opened = town.call("desk", "POST", f"/cases/{case}/openings", {"purpose": "work"})
    return str(opened["nodes"][-1]["id"])


def join(town: Town, case: str, one: str, other: str, kind: str, label: str, since: str) -> None:
    put(town, case, "edges", from_id=one, to_id=other, kind=kind, label=label, since=since)


def surround(town: Town, case: str) -> None:
    """Draw a small network: a youth, a mother, a club and somebody nobody knows."""
    youth = add(town, case, "Zwiep", "jongere", zone="subject")
    mother = add(town, case, "Mia Verzonnen", "moeder")
    club = add(town, case, "FC Bedacht", "voetbalclub", kind="institution", zone="club")
    man = add(town, case, "Onbekend", "onbekende man", zone="area", since="2026-11-10")
    join(town, case, youth, mother, "support", "steun", "2026-11-01")
    join(town, case, youth, club, "unsure", "gestopt?", "2026-11-01")
    join(town, case, youth, man, "new", "stuurt aan?", "2026-11-10")


def agree(town: Town, **place: str) -> None:
    """Agree on an action and a goal, in a case or for a school, a club or a wijk."""
    kind = town.call("desk", "GET", "/cases/choices")["actions"][0]["id"]
    me = town.call("desk", "GET", "/session")["person"]["id"]
    soon = (town.installation.now() + timedelta(days=10)).date().isoformat()
    action = {"kind": kind, "text": "Bellen met de trainer.", "owner": me, "due_on": soon}
    town.call("desk", "POST", "/actions", {"id": str(uuid4()), **action, **place})
    goal = {"term": "short", "text": "Weer naar de training."}
    town.call("desk", "POST", "/goals", {"id": str(uuid4()), **goal, **place})


def crowd(page: Page, count: int) -> None:
    """Let every case that is opened on this page have a network of this many points."""
    zones = ["subject", *("friends", "area", "school") * count][:count]
    nodes = [
        {"id": str(number), "kind": "person", "zone": zone, "letter": "A", "name": None}
        | {"since": "2026-11-01", "until": None, "role": "vriend", "cases": []}
        for number, zone in enumerate(zones)
    ]
    edges = [
        {"id": f"e{number}", "from_id": "0", "to_id": str(number), "kind": "plain"}
        | {"since": "2026-11-01", "until": None, "label": "kent"}
        for number in range(1, count)
    ]
    opened: dict[str, Any] = {"masked": True, "title": "Druk", "text": None, "texts": {}}
    opened |= {"decisions": [], "events": []}
    page.route(
        "**/openings", lambda route: route.fulfill(json={**opened, "nodes": nodes, "edges": edges})
    )

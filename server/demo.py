"""Invented people and observations to try the product with; they never stand beside real ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import sqlalchemy as sa

from server import areas
from server.db import db, new_id, now
from server.keyring import ring
from server.observations import answering
from server.observations.opening import open_observation
from server.people import invitations
from server.people import service as people
from server.people.models import Person, Session
from server.people.sessions import Caller
from server.sync import service as sync
from server.sync.visitor import Visitor
from server.workdays import local_day

GEMEENTE = ("gemeente", "Gemeente (demo)")
PEOPLE = (
    ("Bo Verzonnen", "melder", *GEMEENTE, "boa"),
    ("Doris Bedacht", "melder", "school", "Het Fictief College", "onderwijs"),
    ("Coen Nepstra", "melder", "club", "VV Verzinsel", "sport"),
    ("Conny Fantasia", "contactpersoon", "club", "VV Verzinsel", "sport"),
    ("Samira Voorbeeld", "procesregisseur", *GEMEENTE, None),
    ("Mark Proefman", "adviseur-oov", *GEMEENTE, None),
    ("Kees Denkbeeld", "kernteam", *GEMEENTE, None),
    ("Petra Schijn", "projectleider", *GEMEENTE, None),
    ("Bart Droom", "bestuur", *GEMEENTE, None),
    ("Bea Testers", "beheerder", *GEMEENTE, None),
)
# (author, age in days, plain part, what was written); an area is a place in the list of areas.
OBSERVATIONS: tuple[tuple[str, int, dict[str, Any], dict[str, Any]], ...] = (
    (
        "Bo Verzonnen",
        9,
        {
            "card": "boa",
            "signals": ["BOA-11"],
            "area": 0,
            "basis": "seen",
            "urgency": "can_wait",
        },
        {"what": "Korte ontmoetingen bij het bankje. Drie keer op één avond.", "where": ""},
    ),
    (
        "Doris Bedacht",
        3,
        {
            "card": "onderwijs",
            "signals": ["OND-05", "OND-09"],
            "protective": ["P-10"],
            "area": None,
            "basis": "heard",
            "urgency": "this_week",
        },
        {
            "what": "Een leerling heeft ineens dure schoenen. Na schooltijd wacht steeds dezelfde "
            "auto.",
            "where": "Bij het hek van de school",
            "persons": [
                {"name": "Fladder", "age": "12_15", "description": "Gele jas, rode rugzak"}
            ],
        },
    ),
    (
        "Coen Nepstra",
        1,
        {
            "card": "sport",
            "signals": ["SPO-08"],
            "protective": ["P-12"],
            "area": 1,
            "basis": "suspected",
            "urgency": "this_week",
        },
        {
            "what": "Een onbekende staat na elke training bij de parkeerplaats.",
            "where": "Sportpark",
        },
    ),
    (
        "Bo Verzonnen",
        0,
        {
            "card": "boa",
            "signals": ["BOA-08", "BOA-16"],
            "protective": ["P-15"],
            "area": 1,
            "basis": "seen",
            "urgency": "today",
        },
        {
            "what": "Iemand in een grijze auto roept de jongen en geeft hem een tasje.",
            "where": "Parkeerplaats bij het fietspad",
            "persons": [{"name": "Zwiep", "age": "12_15", "description": "Rode fiets met krat"}],
        },
    ),
)


class RealPeople(Exception):  # noqa: N818
    """There are real people in this database, so no invented ones may come in."""


def load() -> list[tuple[str, str]]:
    """Load the invented people and observations once; return a fresh token per person."""
    if db.session.scalar(sa.select(Person.id).where(Person.demo.is_(False)).limit(1)):
        raise RealPeople(
            "In deze database staan echte mensen. Demogegevens horen daar niet bij. "
            "Kies een andere DATABASE_URL om te proberen."
        )
    if db.session.scalar(sa.select(Person.id).limit(1)) is None:
        _load_once()
    persons = db.session.scalars(sa.select(Person).where(Person.ended_at.is_(None))).unique()
    by_name = {people.name_of(person): person for person in persons}
    links = []
    for name, role, _kind, _organisation, card in PEOPLE:
        issued = invitations.issue(None, by_name[name])
        links.append((f"{role}{f' ({card})' if card else ''}", issued.token))
    db.session.commit()
    return links


def _load_once() -> None:
    for name, role, kind, organisation, card in PEOPLE:
        people.add_person(
            name=name, role=role, kind=kind, organisation=organisation, card=card, demo=True
        )
    db.session.commit()
    sessions = {name: _sign_in(name) for name in ("Bo Verzonnen", "Doris Bedacht", "Coen Nepstra")}
    ids = [_send(sessions[row[0]], *row[1:]) for row in OBSERVATIONS]
    desk = _sign_in("Samira Voorbeeld")
    open_observation(desk, ids[0], "handle")
    answering.respond(desk, ids[0], feedback_id=new_id(), kind="watching", text=None)


def _sign_in(name: str) -> Session:
    """Give an invented person a session on a device that nobody holds."""
    person = next(
        person
        for person in db.session.scalars(sa.select(Person)).unique()
        if people.name_of(person) == name
    )
    issued = invitations.issue(None, person)
    device = str(uuid5(NAMESPACE_URL, f"signaalkaart-demo/{person.id}"))
    caller = Caller(device, None, "demo")
    return people.sign_in(token=issued.token, code=None, caller=caller).session


def _send(session: Session, days: int, plain: dict[str, Any], written: dict[str, Any]) -> str:
    item_id, author = new_id(), session.person_id
    made_at: datetime = now() - timedelta(days=days, hours=2)
    value = {
        "v": 1,
        "at": made_at.strftime("%Y-%m-%dT%H:%M"),
        "persons": [],
        "answers": {"informed": "unknown", "without_name": False, "call_back": False},
        **written,
    }
    item = {
        "kind": "observation",
        "id": item_id,
        "by": author,
        "made_at": made_at.isoformat(),
        "card_version": 1,
        "protective": [],
        "date": local_day(made_at).isoformat(),
        "desk": "sociaal",
        **plain,
        "area": None if plain["area"] is None else sorted(areas.library().codes)[plain["area"]],
        "sealed": ring().seal("observation", item_id, author, value),
    }
    request = {
        "items": [item],
        "sent_at": now(),
        "epoch": None,
        "cursor": 0,
        "app_version": "demo",
        "unsent": 1,
    }
    device = Visitor(session.device_id, revoked=False, synced_at=None, app_version=None, unsent=0)
    sync.exchange(device, request)
    return item_id

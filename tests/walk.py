"""What a walk past every address needs: records that are somebody's, and bodies that fit.

A new address with an id in it needs a line in ``RECORDS``, unless it is there already; one whose
body cannot be made from its schema needs a line in ``BODIES``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask
from marshmallow import Schema, fields, validate
from werkzeug.routing import Rule

from server.bundles.models import Bundle, BundleMember
from server.cases import words
from server.cases.models import Action, Case, Edge, Goal, Node, Participant
from server.db import db, new_id, now
from server.desk.models import SavedFilter
from server.effect.halves import Half
from server.effect.models import EffectGoal, EffectValue
from server.meetings.models import AgendaGuest, AgendaItem, Meeting
from server.notes.models import Note
from server.notify.models import MailAddress
from server.observations.models import Feedback, Observation
from server.people import service as people
from server.people.models import Device, DevicePerson, Passkey, Person, Session
from server.reports.models import Quarter
from server.rights.models import Objection
from server.systems.models import SystemKey
from server.training.models import Wish
from server.workdays import local_day
from tests.factories import Phone, add_phone

SCHOOL, CLUB = "Verzonnen school", "Verzonnen club"
QUARTER = "2026-Q3"


@dataclass(frozen=True)
class Visit:
    """Somebody at an address that is about the records of ``owner``."""

    caller: Phone
    owner: Phone

    @property
    def own(self) -> bool:
        return self.caller is self.owner


def _device(visit: Visit) -> str:
    """A second device, so that the first still works when this one is gone."""
    device = Device(id=new_id(), delivery_key_hash=new_id().encode()[:32])
    db.session.add(device)
    db.session.flush()
    db.session.add(DevicePerson(device_id=device.id, person_id=visit.owner.person))
    return device.id


def _passkey(visit: Visit) -> str:
    passkey = Passkey(
        id=new_id(),
        person_id=visit.owner.person,
        device_id=visit.owner.device,
        credential_id=new_id().encode(),
        public_key=b"",
        sign_count=0,
        synced=False,
    )
    db.session.add(passkey)
    return passkey.id


def _late_item(visit: Visit) -> str:
    stray = visit.owner.observation(card="weg")
    visit.owner.sync(stray)
    return str(stray["id"])


def _filter(visit: Visit) -> str:
    kept = SavedFilter(person_id=visit.owner.person, name=new_id(), asked={"view": "late"})
    db.session.add(kept)
    db.session.flush()
    return kept.id


def _meeting(visit: Visit) -> str:
    """A running meeting, with one point that was put before the owner."""
    meeting = Meeting(id=new_id(), starts_at=now(), state="running", started_at=now())
    db.session.add(meeting)
    db.session.flush()
    point = AgendaItem(
        id=new_id(), meeting_id=meeting.id, position=1, kind="round", subject_id=meeting.id
    )
    db.session.add(point)
    db.session.flush()
    put = AgendaGuest(item_id=point.id, person_id=visit.owner.person, by_id=visit.owner.person)
    db.session.add(put)
    db.session.flush()
    return meeting.id


def _point(visit: Visit) -> str:
    """The point of the meeting that was made last for this owner."""
    latest = (
        sa.select(AgendaGuest.item_id)
        .where(AgendaGuest.person_id == visit.owner.person)
        .order_by(AgendaGuest.at.desc())
        .limit(1)
    )
    return str(db.session.scalar(latest))


def _wish(visit: Visit) -> str:
    wish = Wish(id=new_id(), person_id=visit.owner.person, kind=new_id()[:20], made_at=now())
    db.session.add(wish)
    return wish.id


def _objection(visit: Visit) -> str:
    objection = Objection(
        id=new_id(),
        observation_id=visit.owner.send(),
        kind="objection",
        made_on=local_day(now()),
        noted_by=visit.caller.person,
    )
    db.session.add(objection)
    return objection.id


def _bundle(visit: Visit) -> str:
    inside = [visit.owner.send(), visit.owner.send()]
    bundle = Bundle(reasons=["by_hand"], made_by=visit.owner.person)
    db.session.add(bundle)
    db.session.flush()
    db.session.add_all(
        BundleMember(bundle_id=bundle.id, observation_id=each, added_by=visit.owner.person)
        for each in inside
    )
    return bundle.id


def _feedback(visit: Visit) -> str:
    feedback = Feedback(
        id=new_id(), observation_id=visit.owner.send(), by_id=visit.owner.person, kind="watching"
    )
    db.session.add(feedback)
    return feedback.id


def _of_the_desk(visit: Visit) -> str:
    """The caller, or a colleague at the desk."""
    if visit.own:
        return visit.caller.person
    issued = people.invite(
        None, name="Collega Verzonnen", role="adviseur-oov", kind="gemeente", organisation="G"
    )
    return issued.invitation.person_id


def _unreachable(visit: Visit) -> str:
    """The owner, whose mail server refused an address."""
    db.session.execute(sa.delete(MailAddress).filter_by(person_id=visit.owner.person))
    db.session.add(
        MailAddress(
            person_id=visit.owner.person,
            address_sealed="",
            refused_at=now(),
            refused_status=550,
        )
    )
    return visit.owner.person


def _case(visit: Visit) -> str:
    """An open case the owner works on."""
    case_id, by = new_id(), visit.owner.person
    number = (db.session.scalar(sa.select(sa.func.max(Case.number))) or 0) + 1
    sealed = words.seal("case", case_id, by, title="Verzonnen", text=None)
    db.session.add(Case(id=case_id, number=number, kind="youth", by_id=by, text_sealed=sealed))
    db.session.flush()
    db.session.add(Participant(case_id=case_id, person_id=by, part="core", by_id=by))
    db.session.flush()
    return case_id


def _latest_case(visit: Visit) -> str:
    latest = sa.select(Case.id).where(Case.by_id == visit.owner.person)
    return str(db.session.scalar(latest.order_by(Case.number.desc()).limit(1)))


def _node(visit: Visit) -> str:
    """Somebody in the case that was made last for this owner."""
    case_id, by, node_id = _latest_case(visit), visit.owner.person, new_id()
    known = sa.select(sa.func.count(Node.id)).where(Node.case_id == case_id)
    db.session.add(
        Node(
            id=node_id,
            case_id=case_id,
            identity_id=new_id(),
            kind="person",
            zone="friends",
            letter=db.session.scalar(known),
            since=local_day(now()),
            by_id=by,
            text_sealed=words.seal("node", node_id, by, name="Zwiep", role="vriend"),
        )
    )
    db.session.flush()
    return node_id


def _edge(visit: Visit) -> str:
    edge_id, by = new_id(), visit.owner.person
    db.session.add(
        Edge(
            id=edge_id,
            case_id=_latest_case(visit),
            from_id=_node(visit),
            to_id=_node(visit),
            kind="plain",
            since=local_day(now()),
            by_id=by,
            text_sealed=words.seal("edge", edge_id, by, label="kent"),
        )
    )
    return edge_id


def _action(visit: Visit) -> str:
    """An action for a wijk that the owner does."""
    action_id, by = new_id(), visit.owner.person
    action = Action(
        id=action_id,
        about="area",
        pillar="prevention",
        kind="gesprek",
        owner_id=by,
        due_on=local_day(now()),
        by_id=by,
        text_sealed=words.seal("action", action_id, by, text="Verzonnen"),
    )
    db.session.add(action)
    return action_id


def _goal(visit: Visit) -> str:
    goal_id, by = new_id(), visit.owner.person
    sealed = words.seal("goal", goal_id, by, text="Verzonnen")
    db.session.add(Goal(id=goal_id, about="area", term="short", by_id=by, text_sealed=sealed))
    return goal_id


def _quarter() -> str:
    """A quarter of which there are figures."""
    if db.session.get(Quarter, QUARTER) is None:
        db.session.add(Quarter(id=QUARTER))
        db.session.flush()
    return QUARTER


def _note(visit: Visit) -> str:
    """What the owner's organisation was told of a quarter."""
    organisation = db.session.get_one(Person, visit.owner.person).organisation_id
    known = sa.select(Note.id).where(Note.organisation_id == organisation)
    found = db.session.scalar(known)
    if found is None:
        note = Note(quarter=_quarter(), organisation_id=organisation, answers={})
        db.session.add(note)
        db.session.flush()
        found = note.id
    return found


def _system(visit: Visit) -> str:
    key = SystemKey(
        name="Verzonnen",
        key_hash=new_id().encode()[:32],
        made_by=visit.owner.person,
        ends_on=local_day(now()),
    )
    db.session.add(key)
    db.session.flush()
    return key.id


# By the name of the id in an address: make one that is the owner's, and return it.
RECORDS: dict[str, Callable[[Visit], str]] = {
    "meeting_id": _meeting,
    "point_id": _point,
    "observation_id": lambda visit: visit.owner.send(shielded=True),
    "item_id": _late_item,
    "filter_id": _filter,
    "person_id": lambda visit: visit.owner.person,
    "device_id": _device,
    "passkey_id": _passkey,
    "wish_id": _wish,
    "feedback_id": _feedback,
    "bundle_id": _bundle,
    "record_id": lambda visit: visit.owner.send(),
    "objection_id": _objection,
    "case_id": _case,
    "node_id": _node,
    "edge_id": _edge,
    "action_id": _action,
    "goal_id": _goal,
    "note_id": _note,
    "system_id": _system,
}


def _guest() -> str:
    """Somebody who reports and is no member."""
    mine = sa.select(Person.id).where(Person.role == "melder", Person.ended_at.is_(None))
    return str(db.session.scalar(mine.limit(1)) or new_id())


# Where the same name means something narrower.
PARTICULAR: dict[tuple[str, str], Callable[[Visit], str]] = {
    ("feedback.go_away", "person_id"): _of_the_desk,
    ("feedback.come_back", "person_id"): _of_the_desk,
    ("notify.forget_mail_refusal", "person_id"): _unreachable,
}

Body = dict[str, Any]


def _two_nodes(case_id: str) -> Body:
    by = db.session.get_one(Case, case_id).by_id
    names = [new_id(), new_id()]
    db.session.add_all(
        Node(
            id=name,
            case_id=case_id,
            identity_id=new_id(),
            kind="person",
            zone="friends",
            letter=letter,
            since=local_day(now()),
            by_id=by,
            text_sealed=words.seal("node", name, by, name="Zwiep", role="vriend"),
        )
        for letter, name in enumerate(names)
    )
    return {"from_id": names[0], "to_id": names[1]}


def _closed(case_id: str) -> Body:
    case = db.session.get_one(Case, case_id)
    case.closed_on, case.outcome = local_day(now()), "better"
    return {}


def _version(model: type[EffectGoal] | type[EffectValue]) -> int:
    return db.session.scalar(sa.select(sa.func.max(model.version))) or 0


# By the endpoint of an address: what to send, as far as its schema does not say it.
BODIES: dict[str, Callable[[Visit, Mapping[str, str]], Body]] = {
    "observations.open_observation": lambda visit, _ids: {
        "purpose": "own" if visit.own else "consult"
    },
    "observations.open_late": lambda _visit, _ids: {"purpose": "consult"},
    "latebox.settle_late": lambda _visit, _ids: {"how": "observation", "card": "boa"},
    "bundles.merge_bundles": lambda visit, _ids: {"bundle": _bundle(visit)},
    "observations.change_state": lambda _visit, ids: {
        "version": db.session.get_one(Observation, ids["observation_id"]).version
    },
    "observations.hand_over": lambda _visit, ids: {
        "version": db.session.get_one(Observation, ids["observation_id"]).version
    },
    "referrals.refer": lambda _visit, ids: {
        "version": db.session.get_one(Observation, ids["observation_id"]).version,
        "to": "politie",
        "ground": "convenant",
        "shared": "Kenteken en tijd.",
    },
    "rights.correct": lambda _visit, ids: {
        "version": db.session.get_one(Observation, ids["observation_id"]).version
    },
    "bundles.make_bundle": lambda visit, _ids: {
        "observations": [visit.owner.send(), visit.owner.send()]
    },
    "bundles.add_members": lambda visit, _ids: {"observations": [visit.owner.send()]},
    "bundles.reject_suggestion": lambda visit, _ids: {"observation": visit.owner.send()},
    "bundles.open_bundle": lambda _visit, _ids: {"purpose": "consult"},
    "meetings.evaluate_meeting": lambda _visit, _ids: {"answers": {}},
    "meetings.evaluate_year": lambda _visit, _ids: {"answers": {}},
    "meetings.set_attendance": lambda visit, _ids: {"persons": [visit.caller.person]},
    "meetings.put_before": lambda _visit, _ids: {"person": _guest()},
    "cases.identify_node": lambda _visit, _ids: {"same_as": None},
    "cases.move_case": lambda _visit, _ids: {"phase": "analysis"},
    "cases.tick_asked": lambda _visit, _ids: {"asked": []},
    "cases.add_sources": lambda visit, _ids: {"observations": [visit.owner.send()]},
    "cases.add_participant": lambda visit, _ids: {"person": visit.owner.person, "part": "agenda"},
    "cases.add_edge": lambda _visit, ids: _two_nodes(ids["case_id"]),
    "cases.add_decision": lambda _visit, _ids: {"ground": "convenant"},
    "cases.reopen_case": lambda _visit, ids: _closed(ids["case_id"]),
    "plans.add_action": lambda visit, _ids: {
        "kind": "gesprek",
        "about": "area",
        "owner": visit.caller.person,
    },
    "plans.add_goal": lambda _visit, _ids: {"about": "area"},
    "plans.change_action": lambda visit, _ids: {"owner": visit.owner.person},
    "briefings.print_briefing": lambda _visit, _ids: {"kind": "raad", "quarter": _quarter()},
    "briefings.write_story": lambda _visit, _ids: {"quarter": _quarter(), "text": "", "seen": []},
    "effect.set_goal": lambda _visit, _ids: {"over": 20, "version": _version(EffectGoal)},
    "effect.set_value": lambda _visit, _ids: {
        "half": "2026-H1",
        "over": 20,
        "version": _version(EffectValue),
    },
    "effect.answer_survey": lambda _visit, _ids: {
        "half": str(Half.of(local_day(now()))),
        "answers": None,
    },
    "people.invite": lambda _visit, _ids: {
        "role": "melder",
        "organisation": {"kind": "club", "name": CLUB},
        "card": None,
        "mail": None,
    },
    "people.invite_list": lambda _visit, _ids: {
        "csv": "naam;rol;organisatie;soort\nNieuw Verzonnen;melder;Verzonnen club;club"
    },
    "sync.sync": lambda visit, _ids: visit.caller.request(),
    "notify.subscribe": lambda _visit, _ids: {
        "endpoint": "https://127.0.0.1/x",
        "keys": {"p256dh": "x", "auth": "x"},
    },
}


@dataclass
class People:
    """Somebody in every role, and others whose records they should or should not reach."""

    app: Flask
    known: dict[str, Phone] = field(default_factory=dict)

    def caller(self, role: str) -> Phone:
        """Return somebody with a role, signed in and just confirmed; contactpersonen at a club."""
        kind = "club" if role in {"contactpersoon", "melder"} else "gemeente"
        return self._living(f"caller {role}", role, kind, CLUB if kind == "club" else "Gemeente")

    def colleague(self) -> Phone:
        return self._living("colleague", "melder", "club", CLUB)

    def stranger(self) -> Phone:
        return self._living("stranger", "melder", "school", SCHOOL)

    def _living(self, name: str, role: str, kind: str, organisation: str) -> Phone:
        """Return the same one as before, unless an address just ended their session."""
        phone = self.known.get(name)
        if phone is None or not self._confirm(phone):
            phone = add_phone(self.app, role, kind=kind, organisation=organisation)
            self.known[name] = phone
            self._confirm(phone)
        return phone

    def _confirm(self, phone: Phone) -> bool:
        """Note that they proved to be there; say whether they are signed in at all."""
        living = (
            sa.update(Session)
            .where(Session.device_id == phone.device, Session.ended_at.is_(None))
            .values(confirmed_at=now())
            .returning(Session.id)
        )
        found = db.session.scalars(living).all()
        db.session.commit()
        return bool(found)


def records(rule: Rule) -> list[str]:
    """Return the names of the ids in an address."""
    return sorted(re.findall(r"<uuid:(\w+)>", rule.rule))


def filled(rule: Rule, ids: Mapping[str, str] | None = None) -> str:
    """Return an address with ids in it, of nobody's records where none are given."""
    path = re.sub(r"<uuid:(\w+)>", lambda found: (ids or {}).get(found[1]) or new_id(), rule.rule)
    return re.sub(r"<int:\w+>", "2026", path)


def visit_address(
    rule: Rule, method: str, endpoint: str, schema: Schema | None, visit: Visit
) -> tuple[int, Any]:
    """Ask one address as somebody, about somebody's record; return status and answer."""
    missing = set(records(rule)) - RECORDS.keys()
    assert not missing, (
        f"{method} {rule.rule}: give RECORDS in tests/walk.py a line for {sorted(missing)} that "
        "makes one of the owner's and returns its id."
    )
    made = {name: PARTICULAR.get((endpoint, name), RECORDS[name]) for name in records(rule)}
    ids = {name: make(visit) for name, make in made.items()}
    db.session.commit()
    body = {**body_for(schema), **BODIES.get(endpoint, lambda *_: {})(visit, ids)}
    db.session.commit()
    sent = {"json": body} if method != "GET" else {}
    answer = visit.caller.client.open(filled(rule, ids), method=method, **sent)
    return answer.status_code, answer.get_json(silent=True)


def schema_of(view: Any) -> Any:
    """Return what flask-smorest reads the body with, or None."""
    parameters = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    found = [one["schema"] for one in parameters if one["in"] == "json"]
    return (found[0]() if isinstance(found[0], type) else found[0]) if found else None


def body_for(schema: Schema | None) -> Body:
    """Return the least that a schema asks for."""
    if schema is None:
        return {}
    return {
        one.data_key or name: _value(one)
        for name, one in schema.load_fields.items()
        if one.required
    }


def _value(one: fields.Field[Any]) -> Any:
    choices = [check.choices for check in one.validators if isinstance(check, validate.OneOf)]
    if choices:
        return next(iter(choices[0]))
    if isinstance(one, fields.Nested):
        return body_for(one.schema)
    if isinstance(one, fields.List):
        return [_value(one.inner)]
    for kind, value in (
        (fields.UUID, new_id()),
        (fields.Boolean, True),
        (fields.Integer, 1),
        (fields.DateTime, now().isoformat()),
        (fields.Date, local_day(now()).isoformat()),
        (fields.Dict, {}),
    ):
        if isinstance(one, kind):
            return value
    return "verzonnen"

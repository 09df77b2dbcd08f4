"""Every address, in every role, about one's own record and somebody else's: as the table says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from server.access.permissions import ACTIONS, ANYONE, DELIVERY_KEY, Scope
from server.audit import AuditEvent
from server.db import db, new_id
from server.people.models import ROLES, Session
from tests.factories import Phone
from tests.walk import People, Visit, filled, records, schema_of, visit_address
from tools.permissions import PLACE, document

# Whose record an address may be about, and which scopes reach it.
WHOSE = {
    "own": {Scope.OWN, Scope.ALL},
    "colleague's": {Scope.ORGANISATION, Scope.ALL},
    "stranger's": {Scope.ALL},
}
TURNED_AWAY = {401, 403, 404}
# What only some may read and is about nobody who reported or was reported.
ABOUT_NOBODY = {
    "cases.show_case_choices",
    "feedback.list_absences",
    "feedback.show_answer_figures",
    "meetings.list_evaluations",
    "meetings.list_meetings",
    "meetings.show_meeting",
    "referrals.show_choices",
}


def addresses(app: Flask) -> Iterator[tuple[str, Rule, Any]]:
    """Return method, rule and view of everything that can be asked."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule, app.view_functions[rule.endpoint]


def behind_the_door(app: Flask) -> Iterator[tuple[str, Rule, Any]]:
    """Return the addresses that are not for anyone."""
    return (
        (method, rule, view)
        for method, rule, view in addresses(app)
        if ANYONE not in ACTIONS[view.action].may
    )


def test_every_address_has_a_row_in_the_table(app: Flask) -> None:
    nameless = [
        f'{method} {rule.rule}: write @allow("<action>") above {view.__name__}() in '
        f"{view.__module__}, with an action of ACTIONS in server/access/permissions.py; "
        f"if none fits, add "
        f'\'"<action>": Action("<wat iemand doet, in het Nederlands>", only(<rollen>))\' there, '
        f"and run .venv/bin/python -m tools.permissions"
        for method, rule, view in addresses(app)
        if getattr(view, "action", None) not in ACTIONS
    ]
    assert nameless == [], "\n".join(nameless)


def test_every_action_has_an_address(app: Flask) -> None:
    assert {getattr(view, "action", None) for *_, view in addresses(app)} >= ACTIONS.keys()


def test_the_table_in_the_papers_is_the_one_in_the_code(app: Flask) -> None:
    assert PLACE.read_text() == document(app), "run .venv/bin/python -m tools.permissions"


def test_the_kernteam_and_who_sees_figures_only_read_no_observation_but_their_own() -> None:
    for role in ("kernteam", "projectleider", "bestuur", "beheerder", "contactpersoon", "melder"):
        assert ACTIONS["open_observation"].may[role] is Scope.OWN
        for action in ("read_inbox", "answer_observations", "open_late_items", "read_late_box"):
            assert role not in ACTIONS[action].may


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
def test_every_address_does_what_the_table_says(app: Flask, covenant: None, role: str) -> None:
    people = People(app)
    wrong = []
    for method, rule, view in behind_the_door(app):
        scope = ACTIONS[view.action].may.get(role)
        for whose, reached_by in WHOSE.items():
            if whose != "own" and not records(rule):
                continue
            if whose == "own" and scope is Scope.ORGANISATION and records(rule):
                # Nobody looks after themselves.
                continue
            caller = people.caller(role)
            owner = {"own": caller, "colleague's": people.colleague()}.get(whose, people.stranger())
            status, answer = visit_address(
                rule, method, rule.endpoint, schema_of(view), Visit(caller, owner)
            )
            assert not (records(rule) and status == 400 and "invalid_params" in answer), (
                f"{method} {rule.rule}: give BODIES in tests/walk.py a body for "
                f"{rule.endpoint!r}: {answer['invalid_params']}"
            )
            may = scope is not None and (not records(rule) or scope in reached_by)
            # What somebody at a desk reported is for a colleague: a condition, no lack of right.
            own_report = whose == "own" and (answer or {}).get("code") == "own_report"
            # What makes paper is not on every machine.
            broken = status >= 500 and (answer or {}).get("code") != "paper"
            if broken or (status not in TURNED_AWAY or own_report) != may:
                expected = f"may ({scope.value})" if may and scope else "may not"
                wrong.append(
                    f"{role} {expected} {view.action!r} of a record that is {whose}, but "
                    f"{method} {rule.rule} answers {status} {answer}"
                )
    assert wrong == [], "\n".join(wrong)


@pytest.mark.thorough
@pytest.mark.parametrize("role", ["procesregisseur", "kernteam", "projectleider", "beheerder"])
def test_whoever_reads_about_others_leaves_a_line_in_the_log(app: Flask, role: str) -> None:
    people = People(app)
    silent = []
    for method, rule, view in behind_the_door(app):
        if method != "GET" or ACTIONS[view.action].may.get(role) is not Scope.ALL:
            continue
        if rule.endpoint in ABOUT_NOBODY:
            continue
        visit = Visit(people.caller(role), people.stranger())
        before = _lines_of(visit.caller)
        status, _answer = visit_address(rule, method, rule.endpoint, None, visit)
        if status != 200 or _lines_of(visit.caller) == before:
            silent.append(
                f"GET {rule.rule}: end {view.__name__}() with audit.looking.look(caller(), "
                f'"show" or "list", "<what>", ...); where it is about nobody, put '
                f"{rule.endpoint!r} in ABOUT_NOBODY ({status})"
            )
    assert silent == [], "\n".join(silent)


@pytest.mark.thorough
def test_what_asks_for_proof_is_refused_without_it_in_every_role(app: Flask) -> None:
    people = People(app)
    for method, rule, view in behind_the_door(app):
        action = ACTIONS[view.action]
        for role in action.may if action.fresh else ():
            caller = people.caller(role)
            db.session.execute(
                sa.update(Session)
                .where(Session.device_id == caller.device)
                .values(confirmed_at=None)
            )
            answer = caller.client.open(filled(rule), method=method, json={})
            assert (answer.status_code, answer.json["code"]) == (403, "confirm"), rule.rule


def test_a_delivery_key_hands_in_and_opens_nothing_else(app: Flask, boa: Phone) -> None:
    client = app.test_client()
    key = {"Authorization": f"Bearer {boa.delivery_key}"}
    for method, rule, view in behind_the_door(app):
        if DELIVERY_KEY in ACTIONS[view.action].may:
            continue
        answer = client.open(filled(rule), method=method, json={}, headers=key)
        assert answer.status_code == 401, (method, rule.rule)


def test_without_session_or_key_only_what_is_for_anyone_answers(client: FlaskClient) -> None:
    for method, rule, _view in behind_the_door(client.application):
        body = {"device": new_id(), "items": []}
        answer = client.open(filled(rule), method=method, json=body)
        assert answer.status_code == 401, (method, rule.rule)


def _lines_of(phone: Phone) -> int:
    mine = sa.select(sa.func.count()).select_from(AuditEvent).filter_by(person_id=phone.person)
    return db.session.scalar(mine) or 0

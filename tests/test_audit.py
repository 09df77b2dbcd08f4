"""The log: only added to, chained and signed, and it gives away nobody."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import Result
from flask import Flask

from server import audit
from server.audit import AuditEvent, chain, export
from server.audit.models import AuditCheckpoint, AuditLink
from server.audit.verify import verify
from server.db import db, now
from server.observations.models import Observation, OpeningNote
from server.observations.service import erase, receipt_code
from server.people import service as people
from server.people.models import Person, Session
from tests.conftest import lies_in
from tests.factories import Phone, add_phone, sign_in

BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)


def prove(phone: Phone) -> None:
    """Have somebody show that it is them, just now."""
    mine = sa.update(Session).where(Session.device_id == phone.device)
    db.session.execute(mine.values(confirmed_at=now()))
    db.session.commit()


def fill(count: int = 3) -> list[int]:
    """Write some rows, link them, and return their ids."""
    for _ in range(count):
        audit.log(None, "open", "observation", purpose="handle")
    db.session.commit()
    chain.extend()
    ids = list(db.session.scalars(sa.select(AuditLink.event_id).order_by(AuditLink.position)))
    db.session.commit()
    return ids


def around_the_guards(statement: sa.Executable) -> None:
    """Do what the database refuses, the way somebody with all its rights would."""
    db.session.commit()
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.execute(statement)
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            return
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, text in triggers:
            connection.exec_driver_sql(text)


@pytest.mark.parametrize("model", [AuditEvent, AuditLink, AuditCheckpoint])
def test_the_database_refuses_to_change_or_delete_what_was_logged(app: Flask, model) -> None:
    fill()
    chain.make_checkpoint()
    column = next(iter(sa.inspect(model).primary_key))
    for statement in (sa.update(model).values({column: column}), sa.delete(model)):
        with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
            db.session.execute(statement)
        db.session.rollback()


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit_event", "audit_link", "audit_checkpoint"])
def test_the_database_refuses_to_empty_the_log(app: Flask, table: str) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
        db.session.execute(sa.text(f"TRUNCATE {table}"))


def test_a_whole_log_is_found_whole(app: Flask, boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    chain.make_checkpoint()
    found = verify()
    assert found.fault is None
    assert found.rows == db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    assert (found.checkpoints, found.waiting) == (1, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "own"},
        {"outcome": "broken_seal"},
        {"count": 2},
        {"at": BEGIN},
        {"person_id": "00000000-0000-4000-8000-000000000000"},
        {"device_id": "00000000-0000-4000-8000-000000000000"},
        {"action": "close"},
        {"subject_kind": "person"},
        {"subject_id": "00000000-0000-4000-8000-000000000000"},
        {"note_digest": bytes(32)},
    ],
)
def test_the_first_changed_row_is_named(app: Flask, change: dict[str, object]) -> None:
    ids = fill(4)
    around_the_guards(sa.update(AuditEvent).where(AuditEvent.id.in_(ids[1:3])).values(**change))
    fault = verify().fault
    assert fault is not None
    assert fault.startswith(f"Regel {ids[1]} van ")
    assert fault.endswith("is veranderd.")


def test_the_first_missing_row_is_named(app: Flask) -> None:
    ids = fill(4)
    around_the_guards(sa.delete(AuditEvent).where(AuditEvent.id.in_(ids[1:3])))
    assert verify().fault == f"Regel {ids[1]} ontbreekt."


def test_a_row_that_was_taken_out_with_its_link_leaves_a_gap(app: Flask) -> None:
    ids = fill(4)
    around_the_guards(sa.delete(AuditEvent).where(AuditEvent.id == ids[1]))
    around_the_guards(sa.delete(AuditLink).where(AuditLink.event_id == ids[1]))
    assert verify().fault == f"Schakel 2 ontbreekt (na regel {ids[0]})."


def test_a_tail_that_was_cut_off_is_shorter_than_what_was_signed(app: Flask) -> None:
    ids = fill(4)
    chain.make_checkpoint()
    around_the_guards(sa.delete(AuditEvent).where(AuditEvent.id.in_(ids[2:])))
    around_the_guards(sa.delete(AuditLink).where(AuditLink.event_id.in_(ids[2:])))
    fault = verify().fault or ""
    assert f"na regel {ids[1]}" in fault
    assert "waren er 4, nu 2" in fault


def test_a_chain_that_was_made_again_does_not_fit_what_was_signed(app: Flask) -> None:
    ids = fill(4)
    chain.make_checkpoint()
    around_the_guards(sa.update(AuditEvent).where(AuditEvent.id == ids[1]).values(purpose="own"))
    around_the_guards(sa.delete(AuditLink))
    chain.extend(whole=True)
    assert "opnieuw gemaakt" in (verify().fault or "")


def test_a_checkpoint_that_was_forged_has_no_good_signature(app: Flask) -> None:
    fill()
    chain.make_checkpoint()
    around_the_guards(sa.update(AuditCheckpoint).values(position=2))
    assert "handtekening" in (verify().fault or "")


def test_a_row_that_was_put_in_between_later_is_named(app: Flask) -> None:
    fill()
    with db.engine.begin() as connection:
        row = audit.row(None, "open", "observation")
        connection.execute(sa.insert(AuditEvent), [{**row, "at": now() - timedelta(days=3)}])
        stray = connection.scalar(sa.select(sa.func.max(AuditEvent.id)))
    assert verify().fault == (
        f"Regel {stray} staat niet in de ketting. Is hij er later bij gezet, of stond de klok?"
    )


def test_what_committed_late_still_finds_its_place(app: Flask) -> None:
    ids = fill(3)
    around_the_guards(sa.delete(AuditLink))
    with db.engine.begin() as connection:
        # Number 2 was given out first and committed last.
        for position, event_id in enumerate((ids[0], ids[2]), start=1):
            previous = connection.scalar(
                sa.select(AuditLink.hash).order_by(AuditLink.position.desc()).limit(1)
            )
            event = connection.execute(sa.select(AuditEvent).where(AuditEvent.id == event_id)).one()
            connection.execute(
                sa.insert(AuditLink).values(
                    position=position,
                    event_id=event_id,
                    hash=chain.next_hash(previous or chain.GENESIS, position, event),
                )
            )
    assert chain.extend() == 1
    assert verify().fault is None


def test_a_batch_is_no_limit(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "BATCH", 2)
    monkeypatch.setattr("server.audit.verify.BATCH", 2)
    monkeypatch.setattr(export, "BATCH", 2)
    assert len(fill(5)) == 5
    assert verify().rows == 5
    assert len(list(export.lines(None, None))) == 5


def test_of_two_that_extend_the_chain_at_once_neither_fails(app: Flask) -> None:
    for _ in range(30):
        audit.log(None, "open", "observation", purpose="handle")
        db.session.commit()
        together = threading.Barrier(4)
        faults: list[Exception] = []

        def extend(together: threading.Barrier, faults: list[Exception]) -> None:
            with app.app_context():
                together.wait()
                try:
                    chain.extend()
                except sa.exc.DBAPIError as fault:
                    faults.append(fault)

        threads = [threading.Thread(target=extend, args=(together, faults)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
    assert verify().fault is None


def test_after_two_years_one_checkpoint_is_what_the_chain_begins_with(app: Flask) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        for days in range(5):
            clock.move_to(BEGIN + timedelta(days=days))
            fill(2)
            chain.make_checkpoint()
        assert chain.prune(BEGIN + timedelta(days=3)) == 6
        points = db.session.scalars(sa.select(AuditCheckpoint).order_by(AuditCheckpoint.day)).all()
        assert [(point.day.day, point.start) for point in points] == [
            (7, True),
            (8, False),
            (9, False),
        ]
        assert (verify().fault, verify().rows) == (None, 4)
        assert chain.prune(BEGIN + timedelta(days=3)) == 0
        fill(1)
        assert chain.prune(BEGIN + timedelta(days=5)) == 4
        assert (verify().fault, verify().rows) == (None, 1)


def test_pruning_leaves_the_guards_as_they_were(app: Flask) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        fill(2)
        chain.make_checkpoint()
        clock.shift(timedelta(days=2))
        fill(2)
        chain.prune(now())
        with pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
            db.session.execute(sa.delete(AuditEvent))


def test_what_no_checkpoint_covers_is_not_pruned(app: Flask) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        fill(2)
        clock.shift(timedelta(days=800))
        assert chain.prune(now()) == 0


def test_a_start_nobody_signed_is_a_fault(app: Flask) -> None:
    ids = fill(4)
    around_the_guards(sa.delete(AuditEvent).where(AuditEvent.id == ids[0]))
    around_the_guards(sa.delete(AuditLink).where(AuditLink.event_id == ids[0]))
    assert verify().fault == "Schakel 1 ontbreekt."


# What somebody writes beside the reason


def test_a_note_is_sealed_with_the_record_and_only_its_digest_is_logged(
    app: Flask, config, boa: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    path = f"/observations/{observation}/openings"
    body = {"purpose": "consult", "note": "Gebeld met Kwibus over de fiets."}
    answer = adviseur.post(path, body)
    assert answer.status_code == 201, answer.json
    assert [note["text"] for note in answer.json["notes"]] == [body["note"]]
    assert boa.post(path, {"purpose": "own"}).json["notes"] == []
    event = db.session.scalars(sa.select(AuditEvent).filter_by(purpose="consult")).one()
    assert event.note_digest is not None
    assert (event.subject_id, event.device_id) == (observation, adviseur.device)
    assert b"Kwibus" not in lies_in(config.database_url)


def test_deleting_the_record_takes_the_note_and_leaves_the_chain_valid(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    regisseur.post(
        f"/observations/{observation}/openings", {"purpose": "handle", "note": "Voor het overleg."}
    )
    chain.make_checkpoint()
    erase(observation, "withdrawn")
    db.session.commit()
    assert db.session.scalars(sa.select(OpeningNote)).all() == []
    assert verify().fault is None


def test_every_opening_and_every_change_is_one_row_with_its_device(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    regisseur.post(
        f"/observations/{observation}/feedback",
        {"id": "0b9f6a1e-6a53-4a6e-9d3c-0f8a4f7b2c11", "kind": "watching"},
    )
    rows = db.session.execute(
        sa.select(AuditEvent.action, AuditEvent.person_id, AuditEvent.device_id)
        .where(AuditEvent.subject_id == observation)
        .order_by(AuditEvent.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("receive", boa.person, boa.device),
        ("open", regisseur.person, regisseur.device),
        ("respond", regisseur.person, regisseur.device),
    ]


# Who looked at mine


def test_a_person_sees_who_looked_by_role_and_not_by_name(
    app: Flask, boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    boa.post(f"/observations/{observation}/openings", {"purpose": "own"})
    answer = boa.get("/account/log")
    assert answer.status_code == 200, answer.json
    (opened,) = [row for row in answer.json["items"] if row["action"] == "open"]
    assert opened["purpose"] == "handle"
    assert opened["receipt"] == receipt_code(observation)
    assert opened["by"] == {
        "role_label": "Procesregisseur sociaal domein",
        "organisation": "Verzonnen organisatie",
    }
    name = people.name_of(db.session.get_one(Person, regisseur.person))
    assert name not in answer.text
    assert regisseur.person not in answer.text
    assert [row for row in teacher.get("/account/log").json["items"] if row["receipt"]] == []


def test_what_was_done_with_the_own_account_is_in_there(app: Flask) -> None:
    boa = add_phone(app, "melder")
    actions = {row["action"] for row in boa.get("/account/log").json["items"]}
    assert "invite" in actions
    assert "sign_in" not in actions


def test_who_comes_in_under_a_name_elsewhere_is_seen_by_who_bears_it(
    app: Flask, boa: Phone
) -> None:
    beheerder = add_phone(app, "beheerder", card=None)
    prove(beheerder)
    again = beheerder.post(f"/people/{boa.person}/invitations", {})
    assert again.status_code == 201, again.json
    sign_in(app, again.json["link"].rsplit("/", 1)[1])
    newest = boa.get("/account/log").json["items"][0]
    assert (newest["action"], newest["receipt"]) == ("sign_in", None)


def test_what_was_done_about_others_a_reporter_does_not_hear(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    for action, outcome in (("refer", "veilig-thuis"), ("note_informing", "not_yet:inquiry")):
        audit.log(regisseur.person, action, "observation", observation, outcome=outcome)
    db.session.commit()
    seen = boa.get("/account/log").json["items"]
    assert [(one["action"], one["outcome"]) for one in seen][:2] == [
        ("note_informing", "done"),
        ("other", "done"),
    ]


def test_the_own_log_comes_in_pages(app: Flask, boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    for _ in range(3):
        regisseur.post(f"/observations/{observation}/openings", {"purpose": "handle"})
    first = boa.get("/account/log?limit=2").json
    rest = boa.get(f"/account/log?limit=50&cursor={first['next']}").json
    assert len(first["items"]) == 2
    assert rest["next"] is None
    assert len(boa.get("/account/log").json["items"]) == 2 + len(rest["items"])


# The commands


def test_verify_says_what_it_found_and_fails_on_a_fault(
    app: Flask, command: Callable[..., Result]
) -> None:
    ids = fill(3)
    chain.make_checkpoint()
    fine = command("audit", "verify")
    assert (fine.exit_code, fine.output) == (
        0,
        "Het logboek klopt: 3 regels, 1 controlepunten. 0 regels wachten nog op de klok.\n",
    )
    around_the_guards(sa.update(AuditEvent).where(AuditEvent.id == ids[0]).values(count=7))
    bad = command("audit", "verify")
    assert bad.exit_code == 1
    assert f"Regel {ids[0]} " in bad.output


def test_an_export_has_one_valid_line_per_row_and_names_nobody(
    app: Flask, boa: Phone, regisseur: Phone, command: Callable[..., Result]
) -> None:
    observation = boa.send()
    regisseur.post(
        f"/observations/{observation}/openings", {"purpose": "handle", "note": "Over Zwiep."}
    )
    count = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    result = command("audit", "export", "--register", "https://gemeente.example/avg/")
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert len(rows) == count
    for row in rows:
        bytes.fromhex(row["trace_id"])
        assert (len(row["trace_id"]), len(row["span_id"])) == (32, 16)
        assert row["status"] in {"Ok", "Unset", "Error"}
        assert row["end_time"] >= row["start_time"] > 1_700_000_000_000
        uri = row["attributes"]["dpl.core.processing_activity_id"]
        assert uri.startswith("https://gemeente.example/avg/")
        assert row["attributes"]["dpl.core.data_subject_id_type"].startswith("urn:signaalkaart:")
    secrets = [observation, boa.person, regisseur.person, boa.device, "Zwiep", "Samira", "Bo "]
    assert not [secret for secret in secrets if secret in result.output]
    opened = [row for row in rows if row["name"] == "open observation"]
    assert opened[0]["attributes"]["signaalkaart.purpose"] == "handle"
    received = [row for row in rows if row["name"] == "receive observation"]
    subject = "dpl.core.data_subject_id"
    assert opened[0]["attributes"][subject] == received[0]["attributes"][subject]
    last = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.action, last.count) == ("export", count)


def test_an_export_keeps_to_the_days_that_were_asked_for(app: Flask) -> None:
    with time_machine.travel(BEGIN, tick=False) as clock:
        for _ in range(3):
            fill(1)
            clock.shift(timedelta(days=1))
    day = date(2026, 1, 6)
    assert len(list(export.lines(day, day))) == 1
    assert len(list(export.lines(day, None))) == 2


def test_the_clock_chains_all_day_and_signs_every_night(app: Flask) -> None:
    from server.clock.process import JOBS

    names = {job.name for job in JOBS}
    assert {"chain-log", "sign-log"} <= names
    audit.log(None, "open", "observation")
    db.session.commit()
    for name in ("chain-log", "sign-log"):
        next(job for job in JOBS if job.name == name).function()
    assert verify() == type(verify())(rows=1, checkpoints=1, waiting=0, fault=None)


def test_the_clock_goes_through_the_log_every_week_and_a_fault_makes_health_red(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    from server.clock import process as clock

    job = next(job for job in clock.JOBS if job.name == "verify-log")
    with time_machine.travel(BEGIN, tick=False) as moving:
        ids = fill(3)
        clock.run(app, job)
        assert "verify-log" not in clock.late_jobs(now())
        around_the_guards(sa.update(AuditEvent).where(AuditEvent.id == ids[1]).values(count=7))
        moving.shift(timedelta(days=7))
        clock.run(app, job)
        assert "verify-log" in clock.late_jobs(now())
        assert f"Regel {ids[1]} van" in caplog.text


def test_no_observation_is_needed_to_keep_the_log(app: Flask, boa: Phone) -> None:
    observation = boa.send()
    erase(observation, "withdrawn")
    db.session.commit()
    assert db.session.get(Observation, observation) is None
    assert db.session.scalars(sa.select(AuditEvent).filter_by(subject_id=observation)).all()

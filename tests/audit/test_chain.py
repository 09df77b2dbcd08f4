"""The log: only added to, chained and signed."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import audit
from server.audit import AuditEvent, chain, export
from server.audit.models import AuditCheckpoint, AuditLink
from server.audit.verify import verify
from server.db import db, now
from tests.audit.steps import BEGIN, around_the_guards, fill
from tests.factories import Phone


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


def test_a_changed_row_is_named_by_the_day_it_was_here(app: Flask) -> None:
    ids = fill(1)
    after_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    around_the_guards(sa.update(AuditEvent).values(at=after_midnight))
    assert verify().fault == f"Regel {ids[0]} van 2026-11-23 is veranderd."


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

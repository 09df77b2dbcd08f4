"""What outlives its month is sealed again before the key goes; the rest goes with it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import keyring, sealing
from server.audit import AuditEvent
from server.backup import service as backup
from server.config import Config
from server.db import Base, db, now
from server.keyring import (
    KeyDestroyed,
)
from server.keyring.store import seal_key
from server.observations.models import (
    Addition,
    Feedback,
    LateItem,
    Observation,
    OpeningNote,
)
from server.people import service as people
from server.people.models import Person
from server.retention import keys as destroying
from server.retention import resealing
from tests.factories import WRITTEN, Phone, add_phone
from tests.keyring.rings import PLACE, fill, rows

LONG = timedelta(days=800)  # past the day of the key of the month the app began in


def test_every_sealed_column_is_sealed_again_before_its_key_goes() -> None:
    there = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("sealed")
    }
    known = {(place.model.__tablename__, place.column) for place in resealing.PLACES}
    assert there == known


def test_what_outlives_its_month_still_opens(
    app: Flask, boa: Phone, adviseur: Phone, regisseur: Phone
) -> None:
    observation = fill(boa, adviseur)
    key = db.session.get_one(Observation, observation).key_id
    with time_machine.travel(now() + LONG):
        (done,) = [one for one in destroying.destroy_due() if one.period.id == key]
        assert (done.unreadable, keyring.ring().knows(key)) == (0, False)
        row = db.session.get_one(Observation, observation)
        assert row.key_id != key
        ring = keyring.ring()
        assert ring.open(row.sealed, "observation", row.id, row.author_id) == WRITTEN
        assert people.name_of(db.session.get_one(Person, boa.person)) == "Bo Verzonnen"
        for model, kind, person in (
            (Addition, "addition", "author_id"),
            (Feedback, "feedback", "by_id"),
            (OpeningNote, "note", "by_id"),
        ):
            other = db.session.scalars(sa.select(model)).one()
            sealed = other.sealed if model is Addition else other.text_sealed
            assert ring.open(sealed, kind, other.id, getattr(other, person))
        logged = db.session.scalars(sa.select(AuditEvent).filter_by(action="destroy")).all()
        assert key in {event.outcome for event in logged}


def test_after_sealing_again_a_repeat_is_still_known(app: Flask, boa: Phone) -> None:
    item = boa.observation()
    boa.sync(item)
    with time_machine.travel(now() + LONG):
        destroying.destroy_due()
        answer = boa.sync(item, signed_in=False)
        assert answer.json["outcomes"][0]["result"] == "known"


def test_what_waits_in_the_late_box_is_sealed_again_too(app: Flask, boa: Phone) -> None:
    item = boa.observation(card="zeilen")
    boa.sync(item)
    with time_machine.travel(now() + LONG):
        destroying.destroy_due()
        late = db.session.get_one(LateItem, item["id"])
        assert late.body["sealed"] != item["sealed"]
        opened = keyring.ring().open(late.body["sealed"], "observation", late.id, boa.person)
        assert opened == WRITTEN


def test_more_than_a_batch_is_sealed_again(
    app: Flask, boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "BATCH", 2)
    boa.sync(*[boa.observation() for _ in range(5)])
    key = boa.key().id
    before = resealing.survivors(key)
    with time_machine.travel(now() + LONG):
        assert resealing.reseal(key) == (before, 0)
        assert resealing.survivors(key) == 0


def test_a_key_stays_until_all_that_lives_on_is_under_another(
    app: Flask, boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    observation, key = boa.send(), boa.key().id
    with time_machine.travel(now() + LONG):
        with monkeypatch.context() as patch:
            patch.setattr(resealing, "_write", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                destroying.destroy_due()
        db.session.rollback()
        assert keyring.ring().knows(key)
        destroying.destroy_due()
        assert not keyring.ring().knows(key)
        row = db.session.get_one(Observation, observation)
        assert keyring.ring().open(row.sealed, "observation", row.id, row.author_id) == WRITTEN


def test_a_ring_that_was_put_back_loses_the_key_again(app: Flask, boa: Phone) -> None:
    key = boa.key().id
    ring = keyring.ring()
    (before,) = [row for row in rows(ring, seal_key) if row.id == key]
    with time_machine.travel(now() + LONG):
        destroying.destroy_due()
        with ring._engine.begin() as connection:
            connection.execute(
                seal_key.update()
                .where(seal_key.c.id == key)
                .values(wrapped_private=before.wrapped_private, destroyed_at=None)
            )
        assert ring.knows(key)
        destroying.destroy_due()
        assert not ring.knows(key)


def test_what_is_damaged_stops_no_key_from_going(app: Flask, boa: Phone) -> None:
    observation = boa.send()
    row = db.session.get_one(Observation, observation)
    row.sealed = sealing.seal(boa.key(), "observation", PLACE[1], boa.person, {"v": 1})
    db.session.commit()
    with time_machine.travel(now() + LONG):
        (done,) = [one for one in destroying.destroy_due() if one.period.id == boa.key().id]
        assert done.unreadable == 1


def test_a_destroyed_month_is_unreadable_in_an_old_copy_of_its_rows(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    copy = db.session.get_one(Observation, observation).sealed
    with time_machine.travel(now() + LONG):
        destroying.destroy_due()
        row = db.session.get_one(Observation, observation)
        row.sealed = copy
        desk = add_phone(app, "procesregisseur", card=None)
        answer = desk.post(f"/observations/{observation}/openings", {"purpose": "handle"})
        assert (answer.json["opened"], answer.json["problem"]) == (None, "unknown_key")


@pytest.mark.sqlite
def test_a_destroyed_month_is_unreadable_in_a_restored_backup(
    app: Flask, config: Config, boa: Phone, tmp_path: Path
) -> None:
    observation = boa.send()
    db.session.commit()
    backup.back_up(config.database_url, tmp_path / "copy.sqlite")
    with time_machine.travel(now() + LONG):
        destroying.destroy_due()
        db.session.remove()
        db.engine.dispose()
        backup.restore(config.database_url, tmp_path / "copy.sqlite")
        row = db.session.get_one(Observation, observation)
        with pytest.raises(KeyDestroyed):
            keyring.ring().open(row.sealed, "observation", row.id, row.author_id)


def test_a_phone_that_was_offline_for_ten_weeks_still_delivers(
    app: Flask, boa: Phone, regisseur: Phone
) -> None:
    item = boa.observation()
    with time_machine.travel(now() + timedelta(weeks=10)):
        keyring.ring().ensure(now())
        answer = boa.sync(item, signed_in=False)
        assert answer.json["outcomes"] == [
            {"id": item["id"], "result": "stored", "receipt": answer.json["outcomes"][0]["receipt"]}
        ]
        assert answer.json["seal_key"]["id"] != boa.key().id
        opened = regisseur.post(f"/observations/{item['id']}/openings", {"purpose": "handle"})
        assert opened.json["opened"] == WRITTEN


def test_a_phone_that_comes_after_its_key_is_gone_loses_nothing(app: Flask, boa: Phone) -> None:
    item = boa.observation()
    with time_machine.travel(now() + LONG):
        destroying.destroy_due()
        outcome = boa.sync(item, signed_in=False).json["outcomes"][0]
        assert (outcome["result"], outcome["reason"]) == ("stored", "late:unknown_key")
        assert db.session.get_one(LateItem, item["id"]).body["sealed"] == item["sealed"]

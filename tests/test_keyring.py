"""The key ring: a key per month, private halves never bare, a start that says what is wrong."""

from __future__ import annotations

import base64
import multiprocessing
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import time_machine
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from flask import Flask

from server import backup, cli, keyring, sealing
from server.audit import AuditEvent
from server.config import Config
from server.db import Base, db, now, reading
from server.keyring import (
    KeyDestroyed,
    KeyRing,
    KeyRingError,
    MasterKey,
    MasterKeyError,
    UnknownKey,
    make_master_key,
    read_master_key,
)
from server.keyring import keys as ring_module
from server.keyring.store import meta, seal_key, vapid_pair
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
from server.sealing import BrokenSeal, NotBase64
from tests.conftest import lies_in
from tests.factories import WRITTEN, Phone, add_phone

SECRET = bytes(range(32))
PLACE = ("observation", "0b9f6a1e-6a53-4a6e-9d3c-0f8a4f7b2c11", "5d0c4a52-2f0e-4a9e-8a55-64c1f3a7")
MID_NOVEMBER = datetime(2026, 11, 14, 12, tzinfo=UTC)
# In winter Amsterdam is an hour ahead of UTC.
DECEMBER_BEGINS = datetime(2026, 11, 30, 23, tzinfo=UTC)


@pytest.fixture
def url(make_database: Callable[[str], str]) -> str:
    return make_database("keyring")


@pytest.fixture
def ring(url: str) -> Iterator[KeyRing]:
    ring = KeyRing.at(url, MasterKey(SECRET))
    yield ring
    ring.close()


def rows(ring: KeyRing, table: sa.Table) -> list[sa.Row]:
    with reading(), ring._engine.begin() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c[0])))


def destroy(ring: KeyRing, key_id: str) -> None:
    with ring._engine.begin() as connection:
        connection.execute(
            seal_key.update()
            .where(seal_key.c.id == key_id)
            .values(wrapped_private=None, destroyed_at=MID_NOVEMBER)
        )
    # It happened a while ago, in another process.
    ring._current = None


def test_a_month_gets_one_key_however_often_it_is_asked_for(ring):
    key = ring.ensure(MID_NOVEMBER)
    assert ring.ensure(MID_NOVEMBER) == key
    assert ring.current(MID_NOVEMBER + timedelta(days=10)) == key
    assert key.id.startswith("2026-11-")
    assert len(key.id) == len("2026-11-3f9c")
    assert len(key.public_key) == 65
    assert len(rows(ring, seal_key)) == 1


def test_asking_for_the_current_key_makes_it_when_the_clock_did_not(ring):
    assert ring.current(MID_NOVEMBER).id.startswith("2026-11-")


def test_a_month_begins_at_midnight_in_amsterdam(ring):
    last = ring.current(DECEMBER_BEGINS - timedelta(seconds=1))
    first = ring.current(DECEMBER_BEGINS)
    assert (last.id[:7], first.id[:7]) == ("2026-11", "2026-12")
    summer = datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert ring.current(summer).id.startswith("2026-07-")


def test_the_next_key_is_made_two_days_early_and_published_on_the_first(ring):
    november = ring.ensure(DECEMBER_BEGINS - timedelta(days=2, seconds=1))
    assert len(rows(ring, seal_key)) == 1
    assert ring.ensure(DECEMBER_BEGINS - timedelta(days=2)) == november
    december = rows(ring, seal_key)[1]
    assert december.publish_from == DECEMBER_BEGINS
    assert ring.current(DECEMBER_BEGINS - timedelta(seconds=1)) == november
    assert ring.current(DECEMBER_BEGINS).id == december.id


def test_last_months_key_keeps_opening(ring):
    november, december = ring.current(MID_NOVEMBER), ring.current(DECEMBER_BEGINS)
    sealed = sealing.seal(november, *PLACE, {"v": 1})
    assert november != december
    assert ring.open(sealed, *PLACE) == {"v": 1}


def test_a_key_lives_as_long_as_what_a_late_phone_brings(url, ring):
    ring.ensure(MID_NOVEMBER)
    assert rows(ring, seal_key)[0].destroy_on == date(2028, 8, 30)
    brief = KeyRing.at(url, MasterKey(SECRET), retention_months=1)
    brief.ensure(datetime(2026, 12, 5, tzinfo=UTC))
    brief.close()
    assert rows(ring, seal_key)[1].destroy_on == date(2027, 2, 1) + timedelta(days=90)


def test_what_is_sealed_on_the_server_opens_only_at_its_own_place(ring):
    sealed = ring.seal(*PLACE, {"v": 1, "text": "één"})
    assert ring.open(sealed, *PLACE) == {"v": 1, "text": "één"}
    with pytest.raises(BrokenSeal):
        ring.open(sealed, "feedback", *PLACE[1:])
    with pytest.raises(NotBase64):
        ring.open("geen base64", *PLACE)


def test_a_key_of_another_ring_is_unknown(ring, make_database):
    other = KeyRing.at(make_database("other"), MasterKey(SECRET))
    sealed = other.seal(*PLACE, {"v": 1})
    other.close()
    assert not ring.knows(sealing.parse(sealed).key_id)
    with pytest.raises(UnknownKey):
        ring.open(sealed, *PLACE)


def test_a_destroyed_key_opens_nothing(ring):
    key = ring.ensure(MID_NOVEMBER)
    sealed = sealing.seal(key, *PLACE, {"v": 1})
    destroy(ring, key.id)
    assert not ring.knows(key.id)
    with pytest.raises(KeyDestroyed):
        ring.open(sealed, *PLACE)
    with pytest.raises(KeyRingError, match="De sleutel van 2026-11 is vernietigd"):
        ring.current(MID_NOVEMBER)


def test_a_process_seals_to_a_key_that_another_rotated_to_within_a_second(ring, monkeypatch):
    old = ring.current(MID_NOVEMBER)
    other = KeyRing(ring._engine, MasterKey(SECRET), 18)
    new = other.rotate(MID_NOVEMBER)
    assert new.id != old.id
    assert ring.current(MID_NOVEMBER) == old
    later = ring_module.time.monotonic() + 1.1
    monkeypatch.setattr(ring_module.time, "monotonic", lambda: later)
    assert ring.current(MID_NOVEMBER) == new


def test_a_process_forgets_a_key_that_another_destroyed_within_a_minute(ring, monkeypatch):
    key = ring.ensure(MID_NOVEMBER)
    sealed = sealing.seal(key, *PLACE, {"v": 1})
    assert ring.open(sealed, *PLACE) == {"v": 1}
    destroy(ring, key.id)
    later = ring_module.time.monotonic() + 60
    monkeypatch.setattr(ring_module.time, "monotonic", lambda: later)
    with pytest.raises(KeyDestroyed):
        ring.open(sealed, *PLACE)
    assert ring._opened == {}


def test_another_process_with_the_same_master_key_opens_the_same(url, ring):
    sealed = ring.seal(*PLACE, {"v": 1})
    second = KeyRing.at(url, MasterKey(SECRET))
    assert second.open(sealed, *PLACE) == {"v": 1}
    assert second.vapid() == ring.vapid()
    assert second.lookup_hash("mail", "a@b.nl") == ring.lookup_hash("mail", "a@b.nl")
    second.close()


def test_a_key_can_be_made_inside_a_request_that_only_reads(ring):
    with reading():
        assert ring.current(MID_NOVEMBER).id.startswith("2026-11-")
        assert ring.vapid()


def test_the_store_holds_no_private_key(url, ring):
    key = ring.ensure(MID_NOVEMBER)
    pem, _ = ring.vapid()
    private_keys = [ring._private_key(key.id), load_pem_private_key(pem, password=None)]
    ring.close()
    stored = lies_in(url)
    assert key.public_key in stored
    for private_key in private_keys:
        scalar = private_key.private_numbers().private_value.to_bytes(32)
        der = private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        for form in (scalar, scalar.hex().encode(), base64.b64encode(scalar), der, pem):
            assert form not in stored
    assert SECRET not in stored


def test_a_wrapped_key_cannot_take_anothers_place(ring, caplog):
    november, december = ring.current(MID_NOVEMBER), ring.current(DECEMBER_BEGINS)
    swapped = rows(ring, seal_key)[0].wrapped_private
    with ring._engine.begin() as connection:
        connection.execute(
            seal_key.update().where(seal_key.c.id == december.id).values(wrapped_private=swapped)
        )
    assert ring.knows(november.id)
    assert not ring.knows(december.id)
    with pytest.raises(UnknownKey):
        ring.open(sealing.seal(december, *PLACE, {"v": 1}), *PLACE)
    assert f"Sleutel {december.id} in de sleutelring is beschadigd" in caplog.text


@pytest.mark.sqlite
def test_only_its_owner_can_read_the_file_of_the_store(ring, tmp_path):
    ring.ensure(MID_NOVEMBER)
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}


def test_the_push_pair_is_made_once_and_fits_together(ring):
    pem, public = ring.vapid()
    private_key = load_pem_private_key(pem, password=None)
    assert isinstance(private_key, ec.EllipticCurvePrivateKey)
    raw = base64.urlsafe_b64decode(public + "=")
    assert ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw) == (
        private_key.public_key()
    )
    assert ring.vapid() == (pem, public)
    assert len(rows(ring, vapid_pair)) == 1


@pytest.mark.parametrize("same", ["jan de vries", "  Jan  de\tVRIES ", "Ｊan de Vries"])
def test_a_lookup_sees_no_difference_in_case_spaces_or_form(ring, same):
    assert ring.lookup_hash("name", same) == ring.lookup_hash("name", "Jan de Vries")


def test_a_lookup_tells_names_purposes_and_master_keys_apart(ring, make_database):
    other = KeyRing.at(make_database("other"), MasterKey(bytes(32)))
    other.close()
    hashes = {
        ring.lookup_hash("name", "Jan"),
        ring.lookup_hash("name", "Janneke"),
        ring.lookup_hash("mail", "Jan"),
        other.lookup_hash("name", "Jan"),
    }
    assert len(hashes) == 4
    assert {len(each) for each in hashes} == {32}


def test_a_composed_and_a_decomposed_letter_look_up_the_same(ring):
    assert ring.lookup_hash("name", "Zoë") == ring.lookup_hash("name", "Zoe\u0308")


# How the server starts


def test_setup_makes_a_master_key_once_for_its_owner_only(tmp_path):
    path = tmp_path / "var" / "master.key"
    assert make_master_key(path)
    first = path.read_bytes()
    assert not make_master_key(path)
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(first)) == 32
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_the_environment_goes_before_the_file(tmp_path, url, ring):
    path = tmp_path / "master.key"
    make_master_key(path)
    KeyRing.at(url, read_master_key(base64.b64encode(SECRET).decode(), path)).close()
    with pytest.raises(MasterKeyError, match="past niet bij deze sleutelring"):
        KeyRing.at(url, read_master_key(None, path))


def test_a_missing_master_key_says_how_to_make_one(tmp_path):
    with pytest.raises(MasterKeyError, match=r"ontbreekt: .* signaalkaart setup"):
        read_master_key(None, tmp_path / "master.key")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_master_key_others_can_reach_is_refused(tmp_path, mode):
    path = tmp_path / "master.key"
    make_master_key(path)
    path.chmod(mode)
    with pytest.raises(MasterKeyError, match=r"Anderen op deze computer .* chmod 600"):
        read_master_key(None, path)


def test_an_unreadable_master_key_is_refused(tmp_path):
    with pytest.raises(MasterKeyError, match="niet te lezen"):
        read_master_key(None, tmp_path)


def test_a_master_key_of_another_length_is_refused(tmp_path):
    path = tmp_path / "master.key"
    with pytest.raises(MasterKeyError, match="MASTER_KEY heeft de verkeerde lengte: 16 bytes"):
        read_master_key(base64.b64encode(bytes(16)).decode(), path)
    path.write_bytes(b"")
    path.chmod(0o600)
    with pytest.raises(MasterKeyError, match=r"master\.key heeft de verkeerde lengte: 0 bytes"):
        read_master_key(None, path)


def test_a_master_key_that_is_no_base64_is_refused(tmp_path):
    with pytest.raises(MasterKeyError, match="geen geldige base64"):
        read_master_key("dit is geen sleutel", tmp_path / "master.key")


def test_no_message_about_the_master_key_shows_it(tmp_path):
    secret = base64.b64encode(bytes(range(16))).decode()
    with pytest.raises(MasterKeyError) as caught:
        read_master_key(secret, tmp_path / "master.key")
    assert secret not in str(caught.value)


def test_a_wrong_master_key_is_noticed_at_start(url, ring):
    with pytest.raises(MasterKeyError, match="De hoofdsleutel past niet bij deze sleutelring"):
        KeyRing.at(url, MasterKey(bytes(32)))


def test_a_ring_of_another_version_is_refused(url, ring):
    with ring._engine.begin() as connection:
        connection.execute(meta.update().where(meta.c.name == "version").values(value="2"))
    with pytest.raises(KeyRingError, match="andere versie"):
        KeyRing.at(url, MasterKey(SECRET))


def test_a_ring_that_cannot_be_reached_says_so_without_the_password(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyRingError, match="is niet te openen"):
        KeyRing.at(f"sqlite:///{tmp_path / 'file' / 'keyring.sqlite'}", MasterKey(SECRET))
    with pytest.raises(KeyRingError, match="is niet te openen") as caught:
        KeyRing.at("postgresql+psycopg://ring:geheim@127.0.0.1:1/ring", MasterKey(SECRET))
    assert "geheim" not in str(caught.value)


# Several processes


def ensure_with_others(url: str, barrier, answers) -> None:
    barrier.wait()
    ring = KeyRing.at(url, MasterKey(SECRET))
    barrier.wait()
    key = ring.ensure(DECEMBER_BEGINS - timedelta(days=1))
    answers.put((key.id, ring.vapid()[1], ring.open(ring.seal(*PLACE, {"v": 1}), *PLACE)))
    ring.close()


@pytest.mark.thorough
def test_processes_that_start_at_once_make_one_ring_with_one_key_a_month(url):
    spawning = multiprocessing.get_context("spawn")
    barrier, answers = spawning.Barrier(3), spawning.Queue()
    children = [
        spawning.Process(target=ensure_with_others, args=(url, barrier, answers)) for _ in range(3)
    ]
    for child in children:
        child.start()
    given = [answers.get(timeout=30) for _ in children]
    for child in children:
        child.join(30)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert given[0] == given[1] == given[2]
    ring = KeyRing.at(url, MasterKey(SECRET))
    months = [row.month for row in rows(ring, seal_key)]
    ring.close()
    assert len(months) == len(set(months))
    assert months[:2] == ["2026-11", "2026-12"]


def test_a_forked_process_opens_connections_of_its_own(ring, monkeypatch):
    monkeypatch.setattr(keyring, "_current", None)
    keyring.use(ring)
    sealed = ring.seal(*PLACE, {"v": 1})
    parents_pool = ring._engine.pool
    child = os.fork()
    if child == 0:
        same = keyring.ring()._engine.pool is parents_pool
        fine = not same and ring.open(sealed, *PLACE) == {"v": 1}
        os._exit(0 if fine else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert ring._engine.pool is parents_pool
    assert keyring.ring().open(sealed, *PLACE) == {"v": 1}


def test_asking_for_a_ring_before_the_app_opened_one_is_an_error(monkeypatch):
    monkeypatch.setattr(keyring, "_current", None)
    with pytest.raises(KeyRingError, match="nog niet geopend"):
        keyring.ring()


# Taking over, signing, looking up


def test_a_new_key_takes_over_at_once_and_the_old_one_still_opens(ring):
    first = ring.ensure(MID_NOVEMBER)
    sealed = sealing.seal(first, *PLACE, {"v": 1})
    second = ring.rotate(MID_NOVEMBER)
    third = ring.rotate(MID_NOVEMBER + timedelta(hours=1))
    assert len({first.id, second.id, third.id}) == 3
    assert ring.current(MID_NOVEMBER + timedelta(days=1)) == third
    assert ring.current(MID_NOVEMBER + timedelta(minutes=5)) == second
    assert ring.open(sealed, *PLACE) == {"v": 1}
    assert ring.ensure(MID_NOVEMBER + timedelta(days=2)) == third
    assert ring.current(DECEMBER_BEGINS).id.startswith("2026-12-")


def test_the_ring_signs_and_knows_its_own_signature(url, ring, make_database):
    signature = ring.sign(b"tot hier")
    second = KeyRing.at(url, MasterKey(SECRET))
    assert second.is_signed(signature, b"tot hier")
    assert not second.is_signed(signature, b"tot daar")
    second.close()
    other = KeyRing.at(make_database("other"), MasterKey(SECRET))
    assert not other.is_signed(signature, b"tot hier")
    other.close()


def test_a_name_is_found_under_every_living_period_and_under_no_destroyed_one(ring):
    with time_machine.travel(MID_NOVEMBER, tick=False):
        november, stored = ring.period_hash("name", "Zwiep")
    with time_machine.travel(DECEMBER_BEGINS, tick=False):
        december, fresh = ring.period_hash("name", " zwiep")
    assert november != december
    assert stored != fresh
    assert ring.period_hashes("name", "ZWIEP") == {november: stored, december: fresh}
    assert stored not in ring.period_hashes("mail", "Zwiep").values()
    ring.destroy(november, MID_NOVEMBER + timedelta(days=800))
    assert ring.period_hashes("name", "Zwiep") == {december: fresh}


def test_a_key_is_not_destroyed_before_its_day(ring):
    key = ring.ensure(MID_NOVEMBER)
    day = ring.periods()[0].destroy_on
    with pytest.raises(KeyRingError, match="nog niet gekomen"):
        ring.destroy(key.id, datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1))
    assert ring.knows(key.id)


def test_what_was_destroyed_is_in_no_file_of_the_ring(url, ring):
    key = ring.ensure(MID_NOVEMBER)
    wrapped = rows(ring, seal_key)[0].wrapped_private
    assert wrapped in raw_files(url)
    ring.destroy(key.id, MID_NOVEMBER + timedelta(days=800))
    assert rows(ring, seal_key)[0].destroyed_at is not None
    ring.close()
    # What PostgreSQL wrote ahead is gone with its own archive, within 35 days.
    assert wrapped not in raw_files(url, logs=False)


def test_the_states_of_a_key_follow_the_calendar(ring):
    ring.ensure(DECEMBER_BEGINS - timedelta(days=1))
    november, december = ring.periods()
    moment = DECEMBER_BEGINS - timedelta(days=1)
    assert (november.state(moment), december.state(moment)) == ("current", "coming")
    assert november.state(DECEMBER_BEGINS) == "open"
    assert november.state(MID_NOVEMBER + timedelta(days=800)) == "due"
    ring.destroy(november.id, MID_NOVEMBER + timedelta(days=800))
    assert ring.periods()[0].state(moment) == "gone"


# A clock that is a year off


@pytest.mark.parametrize("days", [-365, 365])
def test_a_clock_a_year_off_loses_no_key_and_comes_back_to_the_right_one(ring, days):
    key = ring.ensure(MID_NOVEMBER)
    sealed = sealing.seal(key, *PLACE, {"v": 1})
    wrong = ring.ensure(MID_NOVEMBER + timedelta(days=days))
    sealed_then = sealing.seal(wrong, *PLACE, {"v": 2})
    assert wrong != key
    assert ring.current(MID_NOVEMBER + timedelta(hours=1)) == key
    assert ring.open(sealed, *PLACE) == {"v": 1}
    assert ring.open(sealed_then, *PLACE) == {"v": 2}


# The whole app: what one store is worth without the other


SEEDED = ("Zwiep", "Kwibus", "Flierefluit", "Bo Verzonnen", "grijze auto", "Wiebelaar")
LONG = timedelta(days=800)  # past the day of the key of the month the app began in


def fill(boa: Phone, adviseur: Phone) -> str:
    """Write the seeded names wherever somebody can write."""
    observation = boa.send()
    boa.sync(boa.addition(observation, "Ook Kwibus was erbij."))
    adviseur.post(
        f"/observations/{observation}/openings",
        {"purpose": "consult", "note": "Gebeld over Flierefluit."},
    )
    adviseur.post(
        f"/observations/{observation}/feedback",
        {"id": PLACE[1], "kind": "watching", "text": "Dank, Wiebelaar doet mee."},
    )
    return observation


def raw_files(url: str, *, logs: bool = True) -> bytes:
    """Return what lies on the disk of the database: its files, not only its rows."""
    found = lies_in(url)
    if url.startswith("sqlite:///"):
        return found
    address = url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        folder, number = connection.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    connection.close()
    places = [Path(folder) / "base" / str(number)]
    if logs:
        places.append(Path(folder) / "pg_wal")
    files = [file for place in places if place.is_dir() for file in place.iterdir()]
    return found + b"".join(file.read_bytes() for file in files if file.is_file())


def test_the_database_without_the_ring_gives_no_name_away(
    app: Flask, config: Config, boa: Phone, adviseur: Phone, tmp_path: Path
) -> None:
    observation = fill(boa, adviseur)
    db.session.commit()
    found = raw_files(config.database_url)
    if config.database_url.startswith("sqlite"):
        backup.back_up(config.database_url, tmp_path / "copy.sqlite")
        found += (tmp_path / "copy.sqlite").read_bytes()
    assert observation.replace("-", "").encode() in found.replace(b"-", b"")
    assert [name for name in SEEDED if name.encode() in found] == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 1


def test_the_ring_gives_no_name_away_either(
    app: Flask, config: Config, boa: Phone, adviseur: Phone
) -> None:
    fill(boa, adviseur)
    found = raw_files(config.key_ring_url)
    assert [name for name in SEEDED if name.encode() in found] == []


def test_with_another_ring_nothing_of_the_database_opens(
    app: Flask, boa: Phone, adviseur: Phone, make_database: Callable[[str], str]
) -> None:
    fill(boa, adviseur)
    other = KeyRing.at(make_database("other"), MasterKey(SECRET))
    other.ensure(now())
    places = [
        (row.text_sealed, "feedback", row.id, row.by_id)
        for row in db.session.scalars(sa.select(Feedback))
    ] + [
        (row.sealed, "observation", row.id, row.author_id)
        for row in db.session.scalars(sa.select(Observation))
    ]
    assert len(places) == 2
    for place in places:
        with pytest.raises(UnknownKey):
            other.open(*place)
    other.close()


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


# The commands


@pytest.fixture
def command(app: Flask, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("server.cli.create_app", lambda _config: app)

    def run(*words: str) -> Result:
        db.session.commit()
        return CliRunner().invoke(cli.cli, words, catch_exceptions=False)

    return run


def test_the_keys_are_listed_with_their_day(app: Flask, command: Callable[..., Result]) -> None:
    result = command("keys", "list")
    key = keyring.ring().current(now())
    assert f"{key.id:<16} {key.id[:7]:<10} verzegelt" in result.output
    assert "weg op" in result.output


def test_a_key_can_be_replaced_at_once(
    app: Flask, boa: Phone, command: Callable[..., Result]
) -> None:
    before = boa.key().id
    result = command("keys", "rotate", "--yes")
    after = boa.sync().json["seal_key"]["id"]
    assert after != before
    assert f"Nieuwe sleutel: {after}" in result.output
    # The phone had not heard of it yet.
    assert boa.sync(boa.observation()).json["outcomes"][0]["result"] == "stored"


def test_a_dry_run_says_what_would_go_and_destroys_nothing(
    app: Flask, boa: Phone, command: Callable[..., Result]
) -> None:
    boa.send()
    key = boa.key().id
    assert command("keys", "destroy").output == "Geen sleutel waarvan de dag er is.\n"
    with time_machine.travel(now() + LONG):
        # The observation and the name of who wrote it.
        said = command("keys", "destroy", "--dry-run").output
        assert f"Zou vernietigen: {key}. Opnieuw verzegeld: 2." in said
        assert keyring.ring().knows(key)
        assert (
            f"Vernietigd: {key}. Opnieuw verzegeld: 2."
            in command("keys", "destroy", "--yes").output
        )
        assert not keyring.ring().knows(key)
        assert "vernietigd: 20" in command("keys", "list").output


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.unlink(), "De hoofdsleutel ontbreekt"),
        (lambda path: path.chmod(0o644), "chmod 600"),
        (lambda path: path.write_bytes(base64.b64encode(bytes(32))), "past niet bij deze"),
        (lambda path: (path.unlink(), path.mkdir()), "niet te lezen"),
    ],
)
def test_a_start_without_the_right_master_key_is_one_sentence(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, spoil, sentence: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MASTER_KEY", "")
    spoil(Path(environ["MASTER_KEY_FILE"]))
    monkeypatch.setattr("sys.argv", ["signaalkaart", "keys", "list"])
    with pytest.raises(SystemExit, match=sentence):
        cli.main()

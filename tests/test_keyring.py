"""The key ring: a key per month, private halves never bare, a start that says what is wrong."""

from __future__ import annotations

import base64
import multiprocessing
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from server import keyring, sealing
from server.db import reading
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
from server.sealing import BrokenSeal, NotBase64
from tests.conftest import lies_in

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

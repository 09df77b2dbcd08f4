"""A key per month: made in time, open as long as needed, destroyed on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from server import sealing
from server.db import reading
from server.keyring import (
    KeyDestroyed,
    KeyRing,
    KeyRingError,
    MasterKey,
    UnknownKey,
)
from server.keyring import keys as ring_module
from server.keyring.store import seal_key
from server.sealing import BrokenSeal, NotBase64
from tests.keyring.rings import (
    DECEMBER_BEGINS,
    MID_NOVEMBER,
    PLACE,
    SECRET,
    destroy,
    raw_files,
    rows,
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


def test_a_new_key_never_gets_the_id_of_another(ring, monkeypatch):
    first = ring.ensure(MID_NOVEMBER)
    drawn = iter([first.id[-4:], first.id[-4:], "0000" if first.id[-4:] != "0000" else "0001"])
    monkeypatch.setattr(ring_module.secrets, "token_hex", lambda _size: next(drawn))
    second = ring.rotate(MID_NOVEMBER)
    assert second.id != first.id
    assert ring.current(MID_NOVEMBER + timedelta(days=1)) == second


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

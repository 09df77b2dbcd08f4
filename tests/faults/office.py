"""What happens to people, keys and machines during a run, in the order of the plan."""

from __future__ import annotations

import contextlib
import threading
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from random import Random

import sqlalchemy as sa

from server import audit
from server.backup import again
from server.db import db, now
from server.devices import service as devices
from server.errors import Problem
from server.keyring import KeyRingError, ring
from server.keyring.store import seal_key
from server.people import invitations, sessions
from server.people import service as people
from server.people.models import Device, Person, Session
from server.retention import keys
from server.workdays import local_day
from tests.faults.house import House
from tests.faults.phones import Phone

ROLES = ("melder", "contactpersoon", "kernteam", "projectleider")
# Old keys stay for a while, so that most of what was sealed to them is in before they go.
KEYS_KEPT = 4
SHIFTS = (-7200.0, -900.0, 900.0, 7200.0)


class Office:
    """Does what the plan says, one thing after the other in each part of the house."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.dice = Random(f"{seed}/office")
        self.phones: list[Phone] = []
        self._people: dict[str, str] = {}
        self._inviting = threading.Lock()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self.faults: list[BaseException] = []
        self._copies = 0
        self._gone = 0
        # While a copy is about to be made nobody is shut out.
        self._keeping = False

    def invite(self, who: str) -> str:
        """Return a fresh invitation for somebody of the run, who is made when new."""
        with self._inviting, self.house.order:
            return self.house.do(lambda: self._invite(who))

    def _invite(self, who: str) -> str:
        if who not in self._people:
            issued = people.invite(
                None, name=f"Melder Verzonnen {who}", role="melder", kind="gemeente",
                organisation="Verzonnen", card="boa",
            )  # fmt: skip
            self._people[who] = _invited(issued.token)
            return issued.token
        issued = invitations.issue(None, db.session.get_one(Person, self._people[who]))
        db.session.commit()
        return issued.token

    def keep_going(
        self, happens: list[str], seconds: float, lacking: Callable[[], list[str]] = list
    ) -> None:
        """Let these things happen, spread over so many seconds, in a thread of their own.

        After them it goes on at that pace with what is still lacking.
        """
        thread = threading.Thread(target=self._go, args=(happens, seconds, lacking), daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(90)

    def _go(self, happens: list[str], seconds: float, lacking: Callable[[], list[str]]) -> None:
        begin, pace = time.monotonic(), seconds / len(happens)
        for number, kind in enumerate(happens):
            due = begin + pace * (number + 0.5)
            if not self._do(kind, max(0.01, due - time.monotonic())):
                return
        while kinds := lacking():
            if not self._do(self.dice.choice(kinds), pace):
                return

    def _do(self, kind: str, wait: float) -> bool:
        """Do one thing after a wait; say whether to go on."""
        if self._stop.wait(wait):
            return False
        try:
            HAPPENS[kind](self)
        except Exception as fault:  # noqa: BLE001
            # The run fails for it in the end; until then the rest is still worth seeing.
            traceback.print_exc()
            self.faults.append(fault)
        return True

    # What happens, by its name in the plan.

    def kill_web(self) -> None:
        self.house.kill_web(self.dice, whole=self.dice.random() < 0.05)

    def kill_clock(self) -> None:
        self.house.kill_clock(self.dice)

    def kill_database(self) -> None:
        self.house.kill_database(self.dice, whole=self.dice.random() < 0.1)

    def fill_disk(self) -> None:
        self._let_disk_be("full", 1.0, 0.8, "disk full")

    def slow_disk(self) -> None:
        """Hold every other commit open for a moment, with the locks it has."""
        self._let_disk_be("slow", 0.5, 1.2, "slow disk")

    def _let_disk_be(self, disk: str, odds: float, seconds: float, kind: str) -> None:
        before = self.house.met(disk)
        self.house.board.write(disk, odds)
        self._stop.wait(seconds)
        self.house.board.write(disk, 0)
        self._stop.wait(0.2)
        self.house.tally.add(kind, self.house.met(disk) - before)

    def shift_clock(self) -> None:
        self.house.board.write("shift", self.dice.choice(SHIFTS))
        self.house.tally.add("server's clock shifted")
        self._stop.wait(0.5)
        self.house.board.write("shift", 0)

    def end_session(self) -> None:
        self._with_phone("session ended", lambda phone: _sign_out(phone.device))

    def change_role(self) -> None:
        role = self.dice.choice(ROLES)
        self._with_phone("role changed", lambda phone: _set_role(phone.person, role))

    def wipe(self) -> None:
        """Shut a phone out; it is counted when it was emptied."""

        def revoke(phone: Phone) -> None:
            if not phone.door.acquire(blocking=False):
                return
            try:
                phone.revoked = _shut_out(phone.person, phone.device)
            finally:
                phone.door.release()

        if self._keeping:
            return
        fit = [one for one in self.phones if not one.may_be_handed_on and not one.revoked]
        self._with_phone(None, revoke, fit)

    def _with_phone(
        self, kind: str | None, work: Callable[[Phone], None], fit: list[Phone] | None = None
    ) -> None:
        with self.house.order:
            ready = [one for one in (fit if fit is not None else self.phones) if one.person]
            if not ready:
                return
            phone = self.dice.choice(ready)
            self.house.do(lambda: work(phone))
            if kind:
                self.house.tally.add(kind)

    def rotate(self) -> None:
        with self.house.order:
            self.house.do(lambda: ring().rotate(now()))
            self.house.tally.add("key rotated")

    def destroy(self) -> None:
        """Let the day of the oldest key come; where there are too few newer ones, make one.

        A clock may be first, so what counts is how many are gone since the last time.
        """
        with self.house.order:
            self.house.do(_destroy_oldest)
            gone = self.house.do(_destroyed)
        self.house.tally.add("key destroyed", gone - self._gone)
        if gone == self._gone:
            self.rotate()
        self._gone = gone

    def restore(self) -> None:
        """Keep a copy, let phones hand in, and put the copy back as a new life of the database."""
        self._keeping = True
        try:
            if self._until_all_are_wiped():
                with self.house.order.alone():
                    self._keep_and_put_back()
        finally:
            self._keeping = False

    def _keep_and_put_back(self) -> None:
        if any(phone.revoked for phone in self.phones):
            return
        self._copies += 1
        with self.house.power:
            self.house.store.keep(self._copies)
        self._stop.wait(3)
        begin = time.monotonic()
        with self.house.power:
            self.house.store.put_back(self._copies)
        self.house.tally.restores.append((begin, time.monotonic()))
        self.house.do(_after_restore)
        self.house.tally.add("backup restored", len(self.phones))

    def _until_all_are_wiped(self) -> bool:
        # What a phone handed in and then erased is in no backup from before that.
        end = time.monotonic() + 120
        while any(phone.revoked for phone in self.phones):
            if time.monotonic() > end or self._stop.wait(0.2):
                return False
        return True


def _invited(token: str) -> str:
    found = db.session.scalar(
        sa.select(invitations.Invitation.person_id).where(
            invitations.Invitation.token_hash == invitations.digest(token)
        )
    )
    assert found is not None
    return str(found)


def _sign_out(device: str) -> None:
    found = db.session.scalar(
        sa.select(Session).where(Session.device_id == device, Session.ended_at.is_(None))
    )
    sessions.sign_out(found)


def _shut_out(person: str, device: str) -> bool:
    """Shut somebody out on a device; say whether it is, because it may not be there any more."""
    # At an earlier try it may have been done without anybody hearing of it.
    with contextlib.suppress(Problem):
        devices.revoke(None, db.session.get_one(Person, person), device)  # type: ignore[arg-type]
    db.session.rollback()
    found = db.session.get(Device, device)
    return found is not None and found.revoked_at is not None


def _set_role(person: str, role: str) -> None:
    db.session.execute(sa.update(Person).where(Person.id == person).values(role=role))
    db.session.commit()


def _destroy_oldest() -> None:
    alive = [one for one in ring().periods() if one.destroyed_at is None]
    past = [one for one in alive if one.state(now()) == "open"]
    # At a try that the database did not survive its day may have been set already.
    if not keys.due():
        if len(past) <= KEYS_KEPT:
            return
        day = local_day(now()) - timedelta(days=1)
        with ring()._engine.begin() as connection:
            connection.execute(
                seal_key.update().where(seal_key.c.id == past[0].id).values(destroy_on=day)
            )
    with contextlib.suppress(KeyRingError):
        keys.destroy_due()


def _destroyed() -> int:
    return sum(one.destroyed_at is not None for one in ring().periods())


def _after_restore() -> None:
    audit.log(None, "restore", "installation")
    db.session.commit()
    again.after_restore()


HAPPENS = {
    "web killed": Office.kill_web,
    "clock killed": Office.kill_clock,
    "database killed": Office.kill_database,
    "disk full": Office.fill_disk,
    "slow disk": Office.slow_disk,
    "server's clock shifted": Office.shift_clock,
    "session ended": Office.end_session,
    "role changed": Office.change_role,
    "device wiped": Office.wipe,
    "key rotated": Office.rotate,
    "key destroyed": Office.destroy,
    "backup restored": Office.restore,
}

"""The desk at work during a run: it opens, answers, closes, decides, and tries again."""

from __future__ import annotations

import contextlib
import threading
import time
import traceback
import uuid
from random import Random
from typing import Any

import httpx
import sqlalchemy as sa

from server.db import db, now
from server.observations.models import Feedback, Observation
from server.people import service as people
from server.people.models import Session
from server.people.sessions import REPORTER_TERM
from tests.faults.house import House
from tests.faults.journal import Answered, Journal

PATIENCE = 20.0
# A disk is full for 0.8 seconds at a time; what stays wrong longer is a fault.
TRIES, PAUSE = 5, 1.0
KINDS = ("read", "watching", "contact", "taken_up", "no_follow_up", "question")
AHEAD = 40


class Colleague:
    """One person at a desk, who holds on to what was begun until it is done."""

    def __init__(self, house: House, journal: Journal, role: str, number: int, seed: int) -> None:
        self.house = house
        self.journal = journal
        self.desk = "sociaal" if role == "procesregisseur" else "veiligheid"
        self.dice = Random(f"{seed}/desk/{role}/{number}")
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{house.port}/api/v1", timeout=PATIENCE
        )
        self.role, self.name = role, f"Loket Verzonnen {number}"
        self._come_in()

    def _come_in(self) -> None:
        def invite() -> str:
            return people.invite(
                None, name=self.name, role=self.role, kind="gemeente", organisation="Verzonnen"
            ).token

        device = str(uuid.UUID(int=self.dice.getrandbits(128), version=4))
        for _ in range(TRIES):
            # Whoever meets a full disk at the door comes again, with an invitation of that moment.
            body = {"invitation": self.house.do(invite), "device": device, "app_version": "0"}
            answer = self.client.post("/sessions", json=body)
            if not answer.is_server_error:
                break
            time.sleep(PAUSE)
        answer.raise_for_status()
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self.client.headers["Cookie"] = cookie
        self.house.do(lambda: _stay(device))

    def work(self) -> None:
        """Take up one observation and do the next thing with it."""
        with self.house.order:
            found = self.house.do(self._pick)
            if found is None:
                return
            with contextlib.suppress(httpx.TransportError):
                self._handle(*found)

    def _pick(self) -> tuple[str, str, int, bool, bool] | None:
        """Return an open observation of this desk, looked up on the side to save reading."""
        rows = db.session.execute(
            sa.select(
                Observation.id,
                Observation.state,
                Observation.version,
                Observation.withdrawal_asked_at.is_not(None),
                Observation.answered_at.is_not(None),
            )
            .where(Observation.state != "closed", Observation.desk == self.desk)
            .order_by(Observation.received_at)
            .limit(AHEAD)
        ).all()
        return tuple(self.dice.choice(rows)) if rows else None

    def _handle(self, one: str, state: str, version: int, asked: bool, answered: bool) -> None:
        if asked:
            decision = self.dice.choice(("erase", "keep"))
            if decision == "erase":
                # Whether or not the answer comes back, it may be gone from here on.
                self.journal.erased.add(one)
            self._post(one, "withdrawals", {"decision": decision, "version": version})
        elif state == "new" and self.dice.random() < 0.3:
            self._post(one, "openings", {"purpose": "handle"})
        elif answered and self.dice.random() < 0.5:
            self._post(one, "states", {"state": "closed", "version": version, "reason": None})
        else:
            self._answer(one)

    def _answer(self, one: str) -> None:
        known = list(self.journal.answers.values())
        waiting = [a for a in known if a.observation == one and not a.sure]
        fresh = str(uuid.UUID(int=self.dice.getrandbits(128), version=4))
        answer = waiting[0] if waiting else Answered(fresh, one, self.dice.choice(KINDS))
        self.journal.answers[answer.id] = answer
        text = "Wil je nog iets vertellen?" if answer.kind == "question" else None
        body = {"id": answer.id, "kind": answer.kind, "text": text}
        if self._post(one, "feedback", body).status_code == 201:
            answer.sure = True

    def _post(self, one: str, what: str, body: dict[str, Any]) -> httpx.Response:
        path = f"/observations/{one}/{what}"
        answer = self.client.post(path, json=body)
        if answer.status_code == 401:
            # After a restore everybody at the desk comes in anew.
            self._come_in()
            answer = self.client.post(path, json=body)
        return answer


class Desk:
    """All colleagues, each in a thread of their own until told to stop."""

    def __init__(self, house: House, journal: Journal, seed: int, pause: float) -> None:
        self._pause = pause
        self._stop = threading.Event()
        self.faults: list[BaseException] = []
        roles = ("procesregisseur", "adviseur-oov", "procesregisseur")
        self._colleagues = [
            Colleague(house, journal, role, number, seed) for number, role in enumerate(roles)
        ]

    def start(self) -> None:
        self._threads = [
            threading.Thread(target=self._work, args=(one,), daemon=True)
            for one in self._colleagues
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def finish(self) -> None:
        """Send again every answer of which nobody heard whether it went."""
        first = self._colleagues[0]
        stored = first.house.do(lambda: set(db.session.scalars(sa.select(Feedback.id))))
        for answer in first.journal.answers.values():
            answer.sure = answer.sure or answer.id in stored

    def _work(self, one: Colleague) -> None:
        while not self._stop.wait(one.dice.uniform(0.5, 1.5) * self._pause):
            try:
                one.work()
            except Exception as fault:  # noqa: BLE001
                traceback.print_exc()
                self.faults.append(fault)


def _stay(device: str) -> None:
    """Terms of sessions have tests of their own; here one lasts as long as the run."""
    db.session.execute(
        sa.update(Session)
        .where(Session.device_id == device)
        .values(expires_at=now() + REPORTER_TERM)
    )
    db.session.commit()

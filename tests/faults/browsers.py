"""A few real browsers in a run, with the app as it ships, worker and all."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from random import Random
from typing import Any

from playwright.sync_api import Error, sync_playwright

from tests.browser import reporting
from tests.browser.phone import Phone
from tests.browser.profile import FLAGS, executable
from tests.faults.journal import Journal, Made
from tests.faults.office import Office
from tests.faults.pushes import Pushes
from tests.faults.tally import Tally

FIRST = 1000
MOST = 120
PATIENCE = 90.0
# Everything the store of a browser holds, opened with the keys that never leave it.
CONTENTS = """
async () => {
  const wait = (asked) => new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const db = await wait(indexedDB.open('signaalkaart'));
  const store = (name) => db.transaction(name).objectStore(name);
  const open = async (key, { iv, data }) =>
    new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data));
  const { person } = await (await fetch('/api/v1/session')).json();
  const device = await wait(store('keys').get('device'));
  const own = await wait(store('keys').get(`person:${person.id}`));
  const rows = await wait(store('items').getAll());
  const mine = await wait(store('mine').getAll());
  const answer = {
    person: person.id,
    device: await wait(store('meta').get('device')),
    rows: await Promise.all(rows.map(async ({ wire, ...row }) => (
      { ...row, text: await open(device, wire) }))),
    told: await Promise.all(mine.map(async (row) => JSON.parse(await open(own, row.snapshot)))),
  };
  db.close();
  return answer;
}
"""


class Door:
    """What a browser of the tests wants to know of an installation."""

    # Its clock goes like that of the machine.
    moved_by = None

    def __init__(self, url: str, office: Office) -> None:
        self.url = url
        self._office = office

    def invite(self, role: str, name: str, card: str | None = None) -> str:
        return f"{self.url}/#/uitnodiging/{self._office.invite(name)}"


class Browsers(threading.Thread):
    """Lives in a thread of its own, which is the only one that may speak to the browsers."""

    def __init__(
        self, count: int, url: str, office: Office, journal: Journal, tally: Tally, push: Pushes,
        seed: int, pause: float,
    ) -> None:  # fmt: skip
        super().__init__(daemon=True)
        self._count = count
        self._door = Door(url, office)
        self._journal = journal
        self._tally = tally
        self._push = push
        self._dice = Random(f"{seed}/browsers")
        self._pause = pause
        self._made = [0] * count
        self.ready, self.stop, self.rest = (threading.Event() for _ in range(3))
        self.contents: dict[int, dict[str, Any]] = {}
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=executable(), args=FLAGS)
                phones = [Phone(browser, self._door, self._push) for _ in range(self._count)]
                for number, phone in enumerate(phones):
                    phone.sign_in("melder", f"browser-{number}", reporting.CARD)
                self.ready.set()
                self._live(phones)
                self.rest.wait()
                for number, phone in enumerate(phones):
                    self.contents[FIRST + number] = self._settled(FIRST + number, phone)
                browser.close()
        except Exception as fault:  # noqa: BLE001
            self.fault = fault
        finally:
            self.ready.set()

    def _live(self, phones: list[Phone]) -> None:
        while not self.stop.wait(self._pause):
            number = self._dice.randrange(self._count)
            phone, choice = phones[number], self._dice.random()
            with contextlib.suppress(Error):
                if choice < 0.6 and self._made[number] < MOST:
                    self._made[number] += 1
                    self._report(number, phone, offline=choice < 0.2)
                elif choice < 0.8:
                    phone.page.close()
                    phone.page = phone.new_page()
                    phone.page.goto("/#/mijn")
                    self._tally.add("phone killed")
                else:
                    phone.page.reload()

    def _report(self, number: int, phone: Phone, *, offline: bool) -> None:
        if offline:
            phone.offline()
        try:
            for one in reporting.report_fast(phone.page, 1):
                self._journal.made(Made(one, "observation", FIRST + number, "", "", {}))
        finally:
            phone.online()

    def _settled(self, number: int, phone: Phone) -> dict[str, Any]:
        """Open the app until nothing waits on it any more; return what it holds."""
        end = time.monotonic() + PATIENCE
        while True:
            phone.page.goto("/#/mijn")
            phone.page.reload()
            phone.page.wait_for_timeout(3000)
            held: dict[str, Any] = phone.page.evaluate(CONTENTS)
            waiting = any(row["state"] == "queued" for row in held["rows"])
            if not waiting or time.monotonic() > end:
                break
        for row in held["rows"]:
            self._know(number, held["person"], row)
        return {**held, "list": []}

    def _know(self, number: int, person: str, row: dict[str, Any]) -> None:
        """Note what was sealed; who reported on a screen that then failed never heard its id."""
        made = self._journal.items.get(row["id"])
        if made is None:
            made = Made(row["id"], row["kind"], number, person, "", {})
            self._journal.made(made)
        made.person, made.item = person, json.loads(row["text"])

"""The phones of a run: they live in Node, and here is told what each does and what it said."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.journal import Journal, Made
from tests.faults.plan import Step, on_a_phone
from tests.faults.pushes import Pushes
from tests.faults.tally import Tally

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0
DAY = 86_400_000
# A device may hand in two hundred new items a day; that limit has tests of its own.
MOST = 170
WRITES_ON = 0.3
DESKS = ("sociaal", "veiligheid")
FIELDS = {
    "card": "boa", "card_version": 1, "signals": ["BOA-08"], "protective": [], "area": None,
    "date": "2026-11-21", "basis": "seen", "urgency": "this_week", "shielded": False,
}  # fmt: skip


class Fault(Exception):  # noqa: N818
    """A phone could not do what it was asked."""


class Host:
    """One process of Node with many phones in it."""

    def __init__(self, folder: Path, url: str, journal: Journal) -> None:
        self._command = [
            str(ROOT / "tools" / "node.sh"), "node", str(folder / "host.mjs"), url,
            str(folder / "app.js"), str(folder / "worker.js"),
        ]  # fmt: skip
        self._journal = journal
        self._numbers = itertools.count()
        self._waiting: dict[int, asyncio.Future[Any]] = {}

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=2**26,
            env={**os.environ, "NODE_NO_WARNINGS": "1"},
        )
        self._listening = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        self._listening.cancel()

    async def ask(self, phone: int, does: str, given: object = None) -> Any:
        """Have a phone do something; return what it said, or raise Fault."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        wish = {"n": number, "phone": phone, "does": does, "with": given}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(wish).encode() + b"\n")
        await self._process.stdin.drain()
        try:
            return await asyncio.wait_for(self._waiting[number], PATIENCE)
        except TimeoutError as late:
            raise Fault(f"phone {phone} takes too long to {does}") from late
        finally:
            del self._waiting[number]

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            waiting = self._waiting.get(said["n"])
            if waiting is None:
                if said["n"] < 0:
                    self._journal.phone_faults.append(said["fault"])
            elif waiting.done():
                continue
            elif "fault" in said:
                waiting.set_exception(Fault(said["fault"]))
            else:
                waiting.set_result(said["result"])


class Phone:
    """One phone and the person it belongs to; every third is now and then handed on to a guest."""

    def __init__(
        self,
        number: int,
        host: Host,
        journal: Journal,
        tally: Tally,
        push: Pushes,
        invite: Callable[[str], str],
        seed: int,
        people: int = 0,
    ) -> None:
        self.number = number
        self.host = host
        self.journal = journal
        self.tally = tally
        self.push = push
        # Gives an invitation for the owner or the guest of a phone.
        self.invite = invite
        self.seed = seed
        self.dice = Random(f"{seed}/items/{number}")
        # The first eight share four people, or all share so many.
        self.owner = f"{number % people if people else number // 2 if number < 8 else number}"
        self.user = self.owner
        self.person = ""
        self.device = ""
        self.made = 0
        self.observations: list[str] = []
        # Shut out by the desk: it must be emptied before anybody signs in on it again. Who signs in
        # or shuts out holds the door.
        self.revoked = False
        self.door = threading.Lock()
        self.may_be_handed_on = number % 3 == 0

    async def ask(self, does: str, given: object = None) -> Any:
        return await self.host.ask(self.number, does, given)

    async def begin(self) -> None:
        await self.ask("start")
        await self.sign_in()

    async def sign_in(self) -> None:
        """Come in with a new invitation, as often as it takes."""
        await asyncio.to_thread(self.door.acquire)
        try:
            await self._come_in()
        finally:
            self.door.release()

    async def _come_in(self) -> None:
        for _attempt in range(100):
            token = await asyncio.to_thread(self.invite, self.user)
            try:
                said = await self.ask("sign in", token)
            except Fault:
                await asyncio.sleep(0.5)
                continue
            if said["device"] != self.device:
                # To the server it is another device now.
                self.made = 0
            # Whoever was shut out and is let in again before the phone heard of it need not erase.
            self.revoked = False
            self.person, self.device = said["person"], said["device"]
            await self._subscribe()
            return
        raise Fault(f"phone {self.number} could not sign in")

    async def _subscribe(self) -> None:
        browser = self.push.subscribe()
        for _attempt in range(20):
            try:
                await self.ask("subscribe", browser.to_json())
            except Fault:
                await asyncio.sleep(0.3)
            else:
                self.push.listens(browser)
                return

    async def live(self, pause: float, until: Callable[[], bool]) -> None:
        """Go through the plan of this phone until told to stop."""
        for number, step in enumerate(on_a_phone(self.seed, self.number, pause)):
            await asyncio.sleep(step.pause)
            if until():
                return
            if number % 5 == 4 or self.revoked:
                await self.see()
            if self.revoked:
                await self.sync(step)
            # Now and then somebody still writes on a phone that was shut out.
            if self.person and (not self.revoked or step.choice < WRITES_ON):
                await STEPS[step.does](self, step)

    async def see(self) -> None:
        """Look who is signed in, as the app does when it opens, and come in again if nobody is."""
        try:
            seen = await self.ask("look")
        except Fault:
            return
        if seen["person"] is None and self.revoked:
            self.tally.add("device wiped")
            self.journal.wiped[self.device] = self.number
            self.revoked = False
        if seen["state"] != "in" and not self.revoked:
            await self.sign_in()

    async def make(self, step: Step) -> None:
        if self.made >= MOST:
            await self.sync(step)
            return
        fields = {**FIELDS, "desk": DESKS[step.choice < 0.5]}
        one = await self._keep("observation", self._written(), {"fields": fields})
        if one is not None:
            self.observations.append(one)

    async def add(self, step: Step) -> None:
        if not self.observations or self.made >= MOST:
            await self.sync(step)
            return
        parent = self.observations[int(step.choice * len(self.observations))]
        what = {"v": 1, "text": f"Nog iets {self.dice.getrandbits(40):x}"}
        await self._keep("addition", what, {"fields": {}, "parent": parent})

    def _written(self) -> dict[str, Any]:
        words = f"Verzonnen {self.dice.getrandbits(40):x}"
        answers = {"informed": "no", "without_name": True, "call_back": False}
        at = "2026-11-21T20:41"
        return {
            "v": 1, "what": words, "where": "Plein", "at": at, "persons": [], "answers": answers
        }  # fmt: skip

    def _new_id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    async def _keep(self, kind: str, what: dict[str, Any], more: dict[str, Any]) -> str | None:
        one = self._new_id()
        parent = more.get("parent")
        try:
            said = await self.ask("make", {"id": one, "what": what, **more})
        except Fault:
            # Nobody was signed in on it any more, so nothing was promised either.
            return None
        item = said["item"]
        self.made += 1
        self.journal.made(Made(one, kind, self.number, item["by"], self.device, item, what, parent))
        return one

    async def withdraw(self, step: Step) -> None:
        if not self.observations or self.made >= MOST:
            await self.sync(step)
            return
        one = self.observations.pop(int(step.choice * len(self.observations)))
        try:
            said = await self.ask("withdraw", one)
        except Fault:
            return
        made = self.journal.items[one]
        # What was added to it and had not arrived yet was taken back with it.
        for other in list(self.journal.items.values()):
            if other.parent == one and other.phone == self.number:
                other.sure = other.sure and other.id in said["arrived"]
        if said["result"] == "removed":
            made.removed = True
            return
        made.withdrawn = True
        self.made += 1
        for withdrawal in said["withdrawals"]:
            person = made.person
            self.journal.items.setdefault(
                withdrawal,
                Made(withdrawal, "withdrawal", self.number, person, self.device, {}, parent=one),
            )

    async def sync(self, step: Step) -> None:
        await self._try("sync")

    async def crowd(self, step: Step) -> None:
        if await self._try("crowd"):
            self.tally.add("two tabs and the worker")

    async def _try(self, does: str) -> bool:
        try:
            await self.ask(does)
        except Fault:
            return False
        return True

    async def kill(self, step: Step) -> None:
        """Kill the app in the middle of what it does, and open it again."""
        doing = self._make_unsure() if step.choice < 0.3 else self._try("sync")
        waiting = asyncio.ensure_future(doing)
        await asyncio.sleep(step.choice * 0.05)
        await self.ask("kill")
        waiting.cancel()
        await self.ask("start")
        self.tally.add("phone killed")

    async def _make_unsure(self) -> None:
        """Make something without waiting until the phone says that it is kept."""
        one = self._new_id()
        self.journal.unsure.add(one)
        self.made += 1
        more = {"fields": {**FIELDS, "desk": DESKS[0]}}
        with contextlib.suppress(Fault):
            await self.ask("make", {"id": one, "what": self._written(), **more})

    async def shift(self, step: Step) -> None:
        """Set its clock up to a day and a half off."""
        await self.ask("shift", round((step.choice - 0.5) * 3 * DAY))
        self.tally.add("phone's clock shifted")

    async def hand_on(self, step: Step) -> None:
        """Sign out, with whatever waits on it, and let somebody else in."""
        if not self.may_be_handed_on:
            await self.sync(step)
            return
        if await self._try("sign out"):
            self.user = f"guest-{self.number}" if self.user == self.owner else self.owner
            self.observations.clear()
            await self.sign_in()
            self.tally.add("phone handed on")

    async def sync_now(self) -> None:
        await self._try("sync")

    async def contents(self) -> dict[str, Any]:
        """Return all that this phone holds and shows."""
        return dict(await self.ask("contents"))


STEPS = {
    "make": Phone.make,
    "add": Phone.add,
    "withdraw": Phone.withdraw,
    "sync": Phone.sync,
    "crowd": Phone.crowd,
    "kill": Phone.kill,
    "shift": Phone.shift,
    "hand on": Phone.hand_on,
}

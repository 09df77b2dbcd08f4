"""An installation with somebody in every role, and reports in every state they can be in."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from server import sealing
from server.sealing import SealKey
from tests.browser import casework, insight
from tests.browser.accessibility import equip
from tests.browser.installation import ROOT, Installation
from tests.browser.phone import Phone
from tests.push_service import PushService

# who → role, name, own card, kind of organisation
PEOPLE: dict[str, tuple[str, str, str | None, str]] = {
    "boa": ("melder", "Bo Verzonnen", "boa", "gemeente"),
    "teacher": ("melder", "Doris Bedacht", "onderwijs", "school"),
    "coach": ("melder", "Coen Nepstra", "sport", "club"),
    "offline": ("melder", "Otto Verzonnen", "boa", "gemeente"),
    "desk": ("procesregisseur", "Samira Voorbeeld", None, "gemeente"),
    "other desk": ("adviseur-oov", "Mark Proefman", None, "gemeente"),
    "team": ("kernteam", "Kees Denkbeeld", None, "gemeente"),
    "keeper": ("beheerder", "Bea Testers", None, "gemeente"),
    "leader": ("projectleider", "Lars Verzonnen", None, "gemeente"),
    "board": ("bestuur", "Bas Denkbeeld", None, "gemeente"),
    "contact": ("contactpersoon", "Conny Fantasia", "sport", "club"),
}
BOA, TEACHER, COACH, OFFLINE = "boa", "teacher", "coach", "offline"
DESK, OTHER, TEAM, KEEPER, CONTACT = "desk", "other desk", "team", "keeper", "contact"
LEADER, BOARD = "leader", "board"
NOBODY = "nobody"
IPHONE = "iphone"
APPLE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)

CALL = """
async ([method, path, body]) => {
    const answer = await fetch('/api/v1' + path, {
        method,
        headers: body === null ? {} : { 'Content-Type': 'application/json' },
        body: body === null ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
}
"""
FORGET_DRAFTS = """
() => new Promise((done) => {
    const request = indexedDB.open('signaalkaart');
    request.onsuccess = () => {
        const drafts = request.result.transaction('drafts', 'readwrite');
        drafts.objectStore('drafts').clear();
        drafts.oncomplete = () => { request.result.close(); done(); };
    };
})
"""


@contextmanager
def build(
    folder: Path, browser: Browser, push: PushService, moment: datetime | None = None
) -> Iterator[Town]:
    """Start an installation with nobody in it, where one card is open to everybody.

    At ``moment``, when that is given. At the end no phone in it may have seen a fault.
    """
    installation = Installation(folder, push.origin)
    if moment:
        installation.move_to(moment)
    installation.environ["CONTENT_DIR"] = open_one_card(folder)
    # A gemeente that sends mail; in this town nobody asks for any.
    installation.environ |= {"SMTP_URL": "smtp://127.0.0.1:9", "MAIL_FROM": "a@stad.example"}
    town = Town(browser, installation, push)
    try:
        installation.start()
        yield town
        assert [fault for phone in town.phones.values() for fault in phone.faults] == []
    finally:
        town.close()
        installation.stop()


class Town:
    """Everybody's phone, signed in when it is first asked for, and what they reported."""

    def __init__(self, browser: Browser, installation: Installation, push: PushService) -> None:
        self.around = (browser, installation, push)
        self.installation = installation
        self.phones: dict[str, Phone] = {}
        self.ids: dict[str, str] = {}

    def phone(self, who: str) -> Phone:
        """Return somebody's phone."""
        if who not in self.phones:
            more = {"user_agent": APPLE} if who == IPHONE else {}
            phone = Phone(*self.around, reduced_motion="reduce", **more)
            equip(phone.context)
            self.phones[who] = phone
            phone.open("/#/kaarten")
            if who in PEOPLE:
                role, name, card, kind = PEOPLE[who]
                link = self.installation.invite(role, name, card, kind)
                enter(phone, link)
                self.ids["used"] = link.rsplit("/", 1)[1]
        return self.phones[who]

    def call(self, who: str, method: str, path: str, body: Any = None) -> Any:
        """Ask the server something as this person."""
        return self.phone(who).page.evaluate(CALL, [method, path, body])

    def invitation(self) -> str:
        """Return the token of an invitation that nobody used yet."""
        return self.installation.invite("melder", "Nina Nieuw", "sport").rsplit("/", 1)[1]

    def fill(self) -> None:
        """Report and answer until there is something in every state."""
        self.ids["received"] = self.send("boa", urgency="today")
        self.ids["read"] = self.send("boa", signals=["BOA-11"], area=None)
        self.ids["feedback"] = self.send("boa", signals=["BOA-03"])
        self.ids["question"] = self.send("boa", signals=["BOA-05"])
        self.ids["answered"] = self.send("boa", signals=["BOA-06"], basis="heard")
        self.ids["withdrawn"] = self.send("boa", signals=["BOA-12"])
        school = {"card": "onderwijs", "protective": ["P-10"]}
        self.ids["closed"] = self.send("teacher", signals=["OND-05", "OND-09"], **school)
        self.ids["open"] = self.send("teacher", signals=["OND-11"], **school)
        self.ids["late"] = self.send("coach", card="judo", signals=["JUD-01"])
        self.ids["entered"] = self.enter_call()
        for name in ("read", "feedback", "question", "answered", "withdrawn", "open"):
            self.open_envelope(name)
        self.answer("feedback", "watching", "Fijn dat je dit deelt.")
        self.answer("question", "question", "Zag je dit vaker op deze plek?")
        asked = self.answer("answered", "question", "Was er iemand bij?")
        self.add("answered", asked)
        self.hand_in("boa", kind="withdrawal", parent=self.ids["withdrawn"])
        self.installation.run("overlap", "run")
        together = {"observations": [self.ids["feedback"], self.ids["closed"]]}
        self.ids["bundle"] = self.call("desk", "POST", "/bundles", together)["id"]
        self.meet()
        self.work()
        insight.publish(self)
        insight.set_goals(self)
        insight.ask_reporters(self)
        insight.connect(self)

    def meet(self) -> None:
        """Plan a meeting, hold one and end one."""
        soon = (self.installation.now() + timedelta(days=3)).isoformat()
        for name in ("meeting ended", "meeting", "meeting planned"):
            body = {"starts_at": soon, "place": "Kamer 2.14"}
            meeting = self.call("desk", "POST", "/meetings", body)["id"]
            self.ids[name.replace(" ", "_")] = meeting
            own = {"id": str(uuid4()), "title": "Wie spreekt de club?"}
            self.call("desk", "POST", f"/meetings/{meeting}/agenda", own)
        for name, states in (("meeting_ended", ("running", "ended")), ("meeting", ("running",))):
            path = f"/meetings/{self.ids[name]}"
            for version, state in enumerate(states, start=1):
                moved = {"state": state, "version": version}
                self.call("desk", "POST", f"{path}/states", moved)
        found = {"answers": {"O-01": "yes", "O-02": "partly", "O-03": "no"}, "words": "Te kort."}
        self.call("other desk", "PUT", f"/meetings/{self.ids['meeting_ended']}/evaluation", found)

    def work(self) -> None:
        """Start a case, with a network and something agreed."""
        self.ids["case"] = casework.start(self)
        casework.surround(self, self.ids["case"])
        casework.agree(self, case=self.ids["case"])
        casework.agree(self, about="school")

    def enter_call(self) -> str:
        """Enter what somebody told the desk by phone; return its id."""
        item_id, person = str(uuid4()), self.call("desk", "GET", "/session")["person"]["id"]
        written = {
            "v": 1,
            "what": "Elke avond staat er een auto bij het pleintje.",
            "at": "2026-11-20",
            "reporter": {"name": "Bea Bedacht", "contact": "06 00 00 00 00"},
        }
        entry = {
            "id": item_id,
            "made_at": "2026-11-20T20:50:00Z",
            "source": "phone",
            "reporter": True,
            "card": "gemeente-intern",
            "card_version": 1,
            "signals": [],
            "protective": [],
            "area": "BU02670102",
            "date": "2026-11-20",
            "basis": "seen",
            "desk": "sociaal",
            "urgency": "this_week",
            "sealed": self.seal("desk", "observation", item_id, person, written),
        }
        return str(self.call("desk", "POST", "/observations", entry)["id"])

    def seal(self, who: str, kind: str, item_id: str, by: str, written: dict[str, Any]) -> str:
        """Close an envelope the way an app does."""
        told = self.call(who, "GET", "/cards")["seal_key"]
        key = SealKey(told["id"], base64.b64decode(told["public_key"]))
        return sealing.seal(key, kind, item_id, by, written)

    def open_envelope(self, name: str) -> None:
        self.call("desk", "POST", f"/observations/{self.ids[name]}/openings", {"purpose": "handle"})

    def answer(self, name: str, kind: str, text: str) -> str:
        """Answer a report as the desk; return the id of the answer."""
        body = {"id": str(uuid4()), "kind": kind, "text": text}
        self.call("desk", "POST", f"/observations/{self.ids[name]}/feedback", body)
        return body["id"]

    def send(self, who: str, **changes: Any) -> str:
        """Report something as the app would; return its id."""
        written = changes.pop("written", None) or {
            "v": 1,
            "what": "Iemand in een grijze auto geeft de jongen een tasje.",
            "where": "Parkeerplaats bij het fietspad",
            "at": "2026-11-20T21:42",
            "persons": [{"name": "Zwiep", "age": "12_15", "description": "Rode fiets met krat"}],
            "answers": {"informed": "no", "without_name": False, "call_back": True},
        }
        plain = {
            "card": "boa",
            "card_version": 1,
            "signals": ["BOA-08", "BOA-16"],
            "protective": ["P-15"],
            "area": "BU02670102",
            "date": "2026-11-20",
            "basis": "seen",
            "desk": "sociaal",
            "urgency": "this_week",
        }
        return self.hand_in(who, kind="observation", written=written, **{**plain, **changes})

    def add(self, name: str, question: str) -> None:
        written = {"v": 1, "text": "Ja, er stond een oudere jongen bij."}
        parent = self.ids[name]
        self.hand_in("boa", kind="addition", written=written, parent=parent, question=question)

    def hand_in(self, who: str, *, written: dict[str, Any] | None = None, **item: Any) -> str:
        """Seal an item like the app and hand it in; return its id."""
        session = self.call(who, "GET", "/session")
        item = {"id": str(uuid4()), "by": session["person"]["id"], **item}
        item["made_at"] = "2026-11-20T20:50:00Z"
        if written:
            item["sealed"] = self.seal(who, item["kind"], item["id"], item["by"], written)
        request = {"device": session["device"], "app_version": "0", "unsent": 1, "items": [item]}
        (outcome,) = self.call(who, "POST", "/sync", request)["outcomes"]
        assert outcome["result"] == "stored"
        return str(item["id"])

    def save_offline(self) -> None:
        """Let somebody without network seal a report; it waits on that phone."""
        phone = self.phone("offline")
        page = phone.page
        phone.wait_for_worker()
        phone.offline()
        fresh(page, "/#/melden/boa/1")
        page.get_by_role("radio", name="Nee", exact=True).check()
        page.get_by_label("Vertel wat je zag of hoorde").fill("Twee jongens wisselen een tasje.")
        page.locator("#basis-seen").check()
        page.get_by_role("button", name="Verder: waar en wanneer").click()
        page.locator("#buurt").select_option("unknown")
        page.get_by_role("button", name="Verder: wie").click()
        page.locator("#spoed-today").check()
        page.get_by_role("button", name="Verder: nakijken").click()
        page.get_by_role("button", name="Verzegel en verstuur").click()
        expect(page.get_by_role("heading", name="Je melding is verzegeld")).to_be_visible()
        self.ids["saved"] = urlsplit(page.url).fragment.rsplit("/", 1)[1]

    def close(self) -> None:
        for phone in self.phones.values():
            phone.close()


def enter(phone: Phone, link: str) -> None:
    """Follow an invitation and wait until the own cards are there."""
    page = phone.page
    page.goto("/#/" + urlsplit(link).fragment.removeprefix("/"))
    with page.expect_response("**/api/v1/cards"):
        page.get_by_role("button", name="Ja, log in op dit toestel").click()
    page.wait_for_url(lambda url: "uitnodiging" not in url)


def fresh(page: Page, path: str) -> None:
    """Open the app anew on a screen, without anything that was typed or ticked before."""
    page.evaluate(FORGET_DRAFTS)
    page.evaluate("path => history.replaceState(null, '', path)", path)
    page.reload()
    expect(page.locator("h1")).to_be_visible()


def open_one_card(folder: Path) -> str:
    """Copy the content and let everybody read one of its cards; return where it is."""
    copy = folder / "content"
    shutil.copytree(ROOT / "content", copy)
    settings = copy / "gemeente.toml"
    closed = settings.read_text()
    settings.write_text(closed.replace("open_cards = []", 'open_cards = ["sport"]'))
    assert settings.read_text() != closed
    return str(copy)

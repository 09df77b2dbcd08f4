"""A year of reports, answers and work through the real services, on a clock of its own.

``make year`` lives it in seconds, looks as an attacker would for the one report that was planted,
in everything that comes out, and takes the pictures of figures, papers and letters.
"""

from __future__ import annotations

import io
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from pypdf import PdfReader

from server.app import create_app
from server.config import Config
from server.db import db, new_id, now
from server.keyring import ring
from server.notes import counting as note_counting
from server.notes import service as notes
from server.people.models import Person, Session
from server.reports import counting, publishing
from server.reports.suppression import LEAST
from tests.browser.installation import ROOT, Installation
from tests.browser.phone import LAPTOP, PHONE, Phone
from tests.browser.profile import FLAGS, executable
from tests.browser.town import enter
from tests.browser.week import say, settle, shoot, shoot_paper
from tests.conftest import Browser
from tests.factories import Phone as Reporter
from tests.factories import add_phone
from tests.push_service import PushService

FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
AFTER = datetime(2026, 10, 1, 5, tzinfo=UTC)
NEWEST = "2026-Q3"
A_WEEK = 11
FOREVER = datetime(2040, 1, 1, tzinfo=UTC)
# Name, kind, card and how many people report there.
ORGANISATIONS = (
    ("Gemeente Verzonnen", "gemeente", "boa", 9),
    ("Verzonnen College", "school", "onderwijs", 7),
    ("Bedacht Lyceum", "school", "onderwijs", 3),
    ("VV Nergens", "club", "sport", 7),
    ("Jongerenwerk Fantasia", "jongerenwerk", "jongerenwerk", 6),
)
SIGNALS = {
    "boa": ["BOA-03", "BOA-05", "BOA-06", "BOA-08", "BOA-11", "BOA-12"],
    "onderwijs": ["OND-02", "OND-05", "OND-09", "OND-11"],
    "sport": ["SPO-01", "SPO-08", "SPO-14"],
    "jongerenwerk": ["JJW-01", "JJW-03", "JJW-05"],
}
AREAS = ("BU02670101", "BU02670102", "BU02670103", "BU02670201", "BU02670301", None)
# What becomes more in the summer.
RISING = ("BU02670102", "BOA-08")
ANSWERS = ("watching", "watching", "watching", "contact", "contact", "taken_up", "no_follow_up")
RECEIVERS = (("jeugdhulp", "toestemming"), ("jeugdhulp", "toestemming"), ("halt", "convenant"))
STORY = (
    "Een jongen had ineens dure schoenen en kwam later thuis. Een trainer zag dat hij schrok van "
    "elk berichtje, en belde de gemeente. Iemand ging met hem en zijn moeder praten. Nu werkt hij "
    "in het weekend in een winkel. Er was één gesprek voor nodig, en iemand die niet wegkeek."
)
PLANTED = ("BU02670302", "SPO-05")


@dataclass
class Year:
    """The people, and everything that came out of their year."""

    app: Flask
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    reporters: list[tuple[str, Reporter]] = field(default_factory=list)

    def begin(self) -> None:
        """Let everybody in on the first day."""
        with time_machine.travel(_moment(FIRST) - timedelta(days=14), tick=False):
            ring().ensure(now())
            self.desk = add_phone(self.app, "procesregisseur", name="Samira Voorbeeld", card=None)
            self.leader = add_phone(self.app, "projectleider", name="Petra Bedacht", card=None)
            for name, kind, card, size in ORGANISATIONS:
                for _ in range(size):
                    phone = add_phone(self.app, "melder", card=card, kind=kind, organisation=name)
                    self.reporters.append((card, phone))
        db.session.execute(sa.update(Session).values(expires_at=FOREVER))
        db.session.commit()

    def live(self) -> None:
        """Report, answer and work, week by week; count as the clock does, publish when due."""
        for day in _weeks():
            with time_machine.travel(_moment(day), tick=False) as traveller:
                ring().ensure(now())
                for _card, phone in self.reporters:
                    phone.seal_key = None
                sent = [self.report(day) for _ in range(self.busy(day))]
                if day == date(2026, 8, 5):
                    self.plant()
                traveller.shift(timedelta(days=self.chance.choice((1, 2, 4, 6))))
                for one in sent:
                    self.answer(one)
                self.work(day, sent)
                traveller.shift(timedelta(hours=2))
                counting.count_new()
                note_counting.count_new()
                publishing.publish_due()
                notes.make_due()
        with time_machine.travel(AFTER, tick=False):
            publishing.publish_due()
            notes.make_due()
            self.write()

    def busy(self, day: date) -> int:
        """Return how much is reported in this week: more in the summer."""
        return A_WEEK + (8 if day.month in (7, 8, 9) else 0)

    def report(self, day: date) -> str:
        card, phone = self.chance.choice(self.reporters)
        area, signal = self.chance.choice(AREAS), self.chance.choice(SIGNALS[card])
        if day.month in (7, 8, 9) and self.chance.random() < 0.4:
            card, phone = self.chance.choice([one for one in self.reporters if one[0] == "boa"])
            area, signal = RISING
        return self.send(phone, card=card, area=area, signals=[signal], date=day.isoformat())

    def send(self, phone: Reporter, **changes: Any) -> str:
        item = phone.observation(**changes, protective=[], made_at=now().isoformat())
        outcome = phone.sync(item, signed_in=False).json["outcomes"][0]
        assert outcome["result"] == "stored", outcome
        return str(item["id"])

    def answer(self, observation: str) -> None:
        given = {"id": new_id(), "kind": self.chance.choice(ANSWERS), "text": None}
        ask(self.desk, f"/observations/{observation}/feedback", given)

    def work(self, day: date, sent: list[str]) -> None:
        """Agree on actions, bring somebody in and begin cases, as a kernteam does."""
        for kind in self.chance.sample(("gesprek", "voorlichting", "toezicht"), k=2):
            action = {"id": new_id(), "kind": kind, "text": "Verzonnen", "about": "area"}
            due = (day + timedelta(days=20)).isoformat()
            ask(self.desk, "/actions", {**action, "owner": self.desk.person, "due_on": due})
        to, ground = self.chance.choice(RECEIVERS)
        version = self.desk.get(f"/observations/{sent[0]}").json["version"]
        told = {
            "id": new_id(),
            "version": version,
            "to": to,
            "ground": ground,
            "shared": "Verzonnen.",
        }
        ask(self.desk, f"/observations/{sent[0]}/referrals", told)
        if day.day <= 14:
            case = {"id": new_id(), "kind": "place", "title": "Verzonnen plek"}
            ask(self.desk, "/cases", {**case, "observations": sent[:2]})

    def plant(self) -> None:
        """Have one coach report once, in a buurt and with a signal that nobody else had."""
        coach = next(phone for card, phone in self.reporters if card == "sport")
        area, signal = PLANTED
        self.answer(self.send(coach, card="sport", area=area, signals=[signal]))

    def write(self) -> None:
        seen = ["Iemand"]  # a word of the story, and the first name of an invented reporter
        body = {"quarter": NEWEST, "version": 0, "text": STORY, "read_over": True, "seen": seen}
        answer = self.leader.client.put("/api/v1/stories", json=body)
        assert answer.status_code == 200, answer.json


def ask(phone: Reporter, path: str, body: dict[str, Any]) -> Any:
    answer = phone.post(path, body)
    assert answer.status_code < 300, (path, answer.json)
    return answer.json


def look_for_the_planted_one(year: Year) -> dict[str, int]:
    """Look in every output as somebody who subtracts would; return how much was looked through."""
    cells, texts = 0, []
    quarters = year.leader.get("/figures").json["periods"]
    assert NEWEST in quarters, quarters
    for first, last in [(one, one) for one in quarters] + [(quarters[-1], quarters[0])]:
        shown = year.leader.get(f"/figures?first={first}&last={last}").json["shown"]
        for table in shown["tables"]:
            values = {cell["key"]: cell["value"] for cell in table["cells"]}
            cells += len(values)
            if first == last:
                _check_tree(table["name"], values)
    for quarter in quarters:
        for kind in ("driehoek", "raad"):
            shown = year.leader.get(f"/briefings?kind={kind}&quarter={quarter}").json["shown"]
            texts.append(shown["text"])
    for _card, phone in year.reporters:
        told = phone.get("/notes").json["items"]
        texts += ["\n".join(_flat(note["sheet"])) for note in told]
    small = re.compile(r": [1-4]$|^[1-4]$|\b[1-4] keer\b", re.M)
    assert not [text for text in texts if small.search(text)]
    return {"cellen": cells, "teksten": len(texts)}


def _check_tree(name: str, values: dict[str, int | None]) -> None:
    """No number under five is shown, and none follows by subtracting parts from their whole."""
    assert not {1, 2, 3, 4} & set(values.values()), name
    for key, whole in values.items():
        depth = key.count("/") + 1 if key else 0
        parts = [
            value
            for other, value in values.items()
            if other and other.count("/") == depth and (not key or other.startswith(f"{key}/"))
        ]
        if whole is not None and parts:
            rest = whole - sum(value or 0 for value in parts)
            assert rest == 0 or rest >= LEAST, (name, key, rest)


def _flat(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    else:
        for one in part.values() if isinstance(part, dict) else part:
            yield from _flat(one)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def _weeks() -> Iterator[date]:
    day = FIRST
    while day <= LAST - timedelta(days=7):
        yield day
        day += timedelta(days=7)


def sign_in(installation: Installation, browser: Chromium, push: PushService, **who: Any) -> Phone:
    """Let somebody in, in a browser of their own."""
    size = who.pop("size")
    phone = Phone(browser, installation, push, size=size, reduced_motion="reduce")
    phone.open("/#/kaarten")
    enter(phone, installation.invite(**who))
    return phone


def picture(page: Page, name: str) -> None:
    settle(page)
    page.wait_for_timeout(300)
    shoot(page, name, "jaar")


def take_pictures(
    playwright: Playwright, installation: Installation, browser: Chromium, push: PushService
) -> None:
    """Look at what bestuur, projectleider and reporters see of the year."""
    board = sign_in(
        installation, browser, push, size=LAPTOP, role="projectleider", name="Paul Verzonnen"
    )
    page = board.page
    board.open("/#/kwartaalcijfers?vanaf=2025-Q4&tot=2026-Q3")
    expect(page.locator(".choropleth").first).to_be_visible()
    picture(page, "cijfers")
    page.locator(".choropleth").first.scroll_into_view_if_needed()
    picture(page, "kaart")
    for kind, name in (("driehoek", "driehoek"), ("raad", "raad")):
        board.open(f"/#/brieven?soort={kind}&kwartaal={NEWEST}")
        expect(page.locator(".sheet")).to_be_visible()
        if kind == "driehoek":
            picture(page, "brieven")
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name="Maak de PDF").click()
        file = installation.folder / f"{name}.pdf"
        waiting.value.save_as(file)
        pages = PdfReader(io.BytesIO(file.read_bytes())).pages
        assert len(pages) == 1
        shoot_paper(playwright, file, name, "jaar")
    coach = sign_in(
        installation,
        browser,
        push,
        size=PHONE,
        role="melder",
        name="Coen Nepstra",
        card="sport",
        kind="club",
        organisation="VV Nergens",
    )
    coach.open("/#/mijn")
    expect(coach.page.get_by_text("Nieuw: de brief over het 3e kwartaal")).to_be_visible()
    coach.open("/#/brief")
    expect(coach.page.locator(".sheet").first).to_be_visible()
    picture(coach.page, "brief")
    assert (board.faults, coach.faults) == ([], [])


def main() -> None:
    """Live one year."""
    expect.set_options(timeout=20_000)
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        PushService() as push,
        sync_playwright() as playwright,
    ):
        installation = Installation(Path(folder), push.origin)
        installation.prepare()
        app = create_app(Config.from_env(installation.environ, ROOT))
        app.test_client_class = Browser
        with app.app_context():
            year = Year(app)
            year.begin()
            year.live()
            people = db.session.scalar(sa.select(sa.func.count(Person.id)))
            say(f"Een jaar van {people} mensen.")
            say(f"Nagezocht: {look_for_the_planted_one(year)}, en niemand gevonden.")
            db.session.remove()
            db.engine.dispose()
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            installation.start_web()
            installation.wait_for_web()
            take_pictures(playwright, installation, browser, push)
        finally:
            browser.close()
            installation.stop()
    say(f"Een jaar in {time.monotonic() - begun:.0f} seconden.")


if __name__ == "__main__":
    os.environ.setdefault("TZ", "Europe/Amsterdam")
    sys.exit(main())

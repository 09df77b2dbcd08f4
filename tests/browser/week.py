"""A whole week through the real app: forty reporters, one desk, one meeting, and everybody hears.

``make week`` runs it and leaves the pictures in docs/screens.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

from server import sealing
from server.sealing import SealKey
from server.workdays import local_day
from tests.browser.installation import ROOT, Installation
from tests.browser.invented_week import CARDS, OVERLAPS, REPORTERS, Seen, invent
from tests.browser.phone import LAPTOP, Phone
from tests.browser.pictures import settle, shoot, shoot_paper
from tests.browser.profile import FLAGS, executable
from tests.browser.town_life import (
    ANSWERS,
    CASE_TITLE,
    DECISION,
    deal_with,
    draw_network,
    plain_part,
    sealed_part,
)
from tests.push_service import PushService

PATIENCE = 150.0


@dataclass
class Reporter:
    """Somebody with a phone, without its screen: what it says to the server is the same."""

    installation: Installation
    number: int
    sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.card, kind, place = CARDS[self.number]
        name = f"Melder Verzonnen {self.number + 1}"
        link = self.installation.invite("melder", name, self.card, kind, organisation=place)
        self.device = str(uuid4())
        self.client = httpx.Client(base_url=f"{self.installation.url}/api/v1", timeout=60)
        body = {"invitation": link.rsplit("/", 1)[1], "device": self.device}
        answer = self.client.post("/sessions", json={**body, "app_version": "0.1.0"})
        answer.raise_for_status()
        self.person = answer.json()["person"]["id"]
        self.client.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]
        self.client.headers["Authorization"] = f"Bearer {answer.json()['delivery_key']}"
        cards = {one["id"]: one for one in self.client.get("/cards").json()["cards"]}
        self.version = cards[self.card]["version"]
        self.signals = [one["id"] for one in cards[self.card]["signals"]]
        told = self.sync()["seal_key"]
        self.key = SealKey(told["id"], base64.b64decode(told["public_key"]))

    def sync(self, *items: dict[str, Any], cursor: int = 0) -> dict[str, Any]:
        """Do one round trip."""
        body = {
            "device": self.device,
            "app_version": "0.1.0",
            "unsent": len(items),
            "cursor": cursor,
            "epoch": None,
            "sent_at": datetime.now(UTC).isoformat(),
            "items": list(items),
        }
        answer = self.client.post("/sync", json=body)
        answer.raise_for_status()
        return dict(answer.json())

    def report(self, seen: Seen) -> str:
        """Seal what was seen and hand it in; return its id."""
        item = str(uuid4())
        first = (seen.overlap or 0) % (len(self.signals) - 2)
        signals = self.signals[first : first + 2]
        written = sealed_part(seen)
        told = self.sync(
            {
                "kind": "observation",
                "id": item,
                "by": self.person,
                "made_at": datetime.now(UTC).isoformat(),
                **plain_part(seen, self.card, self.version, signals),
                "sealed": sealing.seal(self.key, "observation", item, self.person, written),
            }
        )
        assert told["outcomes"][0]["result"] == "stored", told["outcomes"]
        self.sent.append(item)
        return item

    def close(self) -> None:
        """Hang up."""
        self.client.close()

    def heard(self) -> dict[str, list[str]]:
        """Return what this reporter was told of each own report, as a new phone would hear it."""
        told: dict[str, list[str]] = {}
        cursor, more = 0, True
        while more:
            answer = self.sync(cursor=cursor)
            for change in answer["changes"]:
                if change.get("kind", "observation") == "observation":
                    told[change["id"]] = [one["kind"] for one in change.get("feedback", [])]
            cursor, more = answer["cursor"], answer["more"]
        return told


class Laptop:
    """Somebody of the gemeente in a real browser; some of it goes over the same session unseen."""

    def __init__(self, phone: Phone, role: str, name: str) -> None:
        self.phone, self.page = phone, phone.page
        phone.sign_in(role, name=name)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the API from the page, with the session of who is signed in on it."""
        answer = self.page.evaluate(
            """async ({method, path, body}) => {
                const sent = method === "GET" ? {} : {
                    headers: {"Content-Type": "application/json"}, body: JSON.stringify(body ?? {}),
                };
                const answer = await fetch("/api/v1" + path, {method, ...sent});
                const text = await answer.text();
                return {status: answer.status, body: text ? JSON.parse(text) : null};
            }""",
            {"method": method, "path": path, "body": body},
        )
        assert answer["status"] < 400, (method, path, answer)
        return answer["body"]


@dataclass
class Week:
    """The installation in which it all happens, and what is known of it."""

    installation: Installation
    make_phone: Callable[..., Phone]
    seen: list[Seen] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    reporters: list[Reporter] = field(default_factory=list)
    minutes: Path | None = None

    def report(self) -> None:
        """Let everybody report what they saw."""
        self.reporters = [Reporter(self.installation, number) for number in range(REPORTERS)]
        areas = self.reporters[0].client.get("/areas").json()["features"]
        codes = sorted(one["id"] for one in areas if one["id"].startswith("BU"))
        self.seen = invent(codes, local_day(datetime.now(UTC)))
        self.ids = [self.reporters[one.reporter].report(one) for one in self.seen]

    def overlapping(self, number: int) -> list[str]:
        """Return the ids of the observations that are about one of the six."""
        return [
            item for item, one in zip(self.ids, self.seen, strict=True) if one.overlap == number
        ]

    def bundle(self, desk: Laptop) -> list[str]:
        """Bundle the six as the desk is advised to; return the ids of the bundles."""
        made = []
        for number, size in enumerate(OVERLAPS):
            first, *others = self.overlapping(number)
            advised = wait_for(
                lambda item=first: _advised(desk, item),  # type: ignore[misc]
                lambda found, wanted=set(others): found is not None and wanted <= found.keys(),
            )
            assert len(others) == size - 1
            reasons = sorted({word for item in others for word in advised[item]})
            body = {"observations": [first, *others], "reasons": reasons}
            made.append(desk.ask("POST", "/bundles", body)["id"])
        return made


def _advised(desk: Laptop, item: str) -> dict[str, list[str]] | None:
    """Return what looks like an observation and why, or None while nobody looked yet."""
    told = desk.ask("GET", f"/observations/{item}/suggestions")
    if not told["ready"]:
        return None
    return {one["observation"]["id"]: one["reasons"] for one in told["items"]}


def wait_for(ask: Callable[[], Any], fits: Callable[[Any], bool]) -> Any:
    """Ask until the clock has done its work."""
    end = time.monotonic() + PATIENCE
    while True:
        found = ask()
        if fits(found):
            return found
        assert time.monotonic() < end, found
        time.sleep(1)


def run(week: Week) -> None:
    """Let the week go by and look at the end what became of everything."""
    week.report()
    say(f"{len(week.ids)} meldingen van {REPORTERS} melders")
    desk = Laptop(week.make_phone(size=LAPTOP), "procesregisseur", "Samira Voorbeeld")
    safety = Laptop(week.make_phone(size=LAPTOP), "adviseur-oov", "Mark Proefman")
    bundles = week.bundle(desk)
    say(f"{len(bundles)} bundels")
    look_around(desk, week.overlapping(0)[0], bundles[0])
    hold_meeting(week, desk, bundles)
    say("overleg gehouden")
    work_on_case(desk)
    answer_everybody(week, desk, safety)
    check(week, desk)
    say("iedere melder heeft antwoord")


def look_around(desk: Laptop, observation: str, bundle: str) -> None:
    """Take the pictures of the desk before the meeting."""
    page = desk.page
    desk.phone.open("/#/postvak")
    expect(page.locator(".mail li").first).to_be_visible()
    settle(page)
    shoot(page, "postvak")
    desk.phone.open(f"/#/postvak/{observation}")
    page.get_by_role("button", name="Open de envelop").click()
    expect(page.get_by_role("heading", name="Antwoord aan de melder")).to_be_visible()
    settle(page)
    shoot(page, "melding")
    desk.phone.open(f"/#/bundels/{bundle}")
    page.wait_for_load_state("networkidle")
    settle(page)
    shoot(page, "bundel")


def hold_meeting(week: Week, desk: Laptop, bundles: list[str]) -> None:
    """Prepare, hold and end one meeting; its minutes name nobody."""
    page = desk.page
    soon = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    meeting = desk.ask("POST", "/meetings", {"starts_at": soon, "place": "Kamer 2.14"})
    on_it = {one["subject_id"] for one in meeting["agenda"] if one["kind"] == "bundle"}
    assert on_it == set(bundles), meeting["agenda"]
    own = {"id": str(uuid4()), "title": "Wie spreekt de club?"}
    agenda = desk.ask("POST", f"/meetings/{meeting['id']}/agenda", own)["agenda"]

    desk.phone.open(f"/#/overleg/{meeting['id']}")
    expect(page.get_by_text("Wie spreekt de club?")).to_be_visible()
    settle(page)
    shoot(page, "agenda")
    page.get_by_role("button", name="Begin het overleg").click()
    for turn, point in enumerate(agenda):
        expect(page.get_by_text(f"Punt {turn + 1} van {len(agenda)}")).to_be_visible()
        if point["kind"] == "bundle":
            expect(page.get_by_text("Waarom samen")).to_be_visible()
            expect(page.get_by_text("jongere A").first).to_be_visible()
            if turn == 0:
                settle(page)
                shoot(page, "overleg")
            decide(page, begins=turn == 0)
        else:
            page.get_by_label("Besproken").check()
        page.get_by_role("button", name="Leg vast en ga verder").click()
        expect(page.get_by_text("besproken", exact=True)).to_have_count(turn + 1)
    page.get_by_role("button", name="Stop overleg").click()
    judge(page)
    read_minutes(week, desk, meeting["id"])


def decide(page: Page, *, begins: bool) -> None:
    """Decide on a bundle: it becomes a case with a first action, or it is watched."""
    page.get_by_label("Casus beginnen" if begins else "Blijven volgen").check()
    page.get_by_label("Grond").select_option("convenant")
    page.get_by_label("Wat spreken we af?").fill(DECISION)
    if begins:
        page.get_by_label("Titel van de casus").fill(CASE_TITLE)
        page.get_by_text("Actie afspreken").click()
        page.get_by_label("Wat", exact=True).fill("Mentor spreekt Zwiep")
        page.get_by_label("Soort").select_option("gesprek")
        page.get_by_label("Wie", exact=True).select_option(index=1)
        soon = local_day(datetime.now(UTC)) + timedelta(days=10)
        page.get_by_label("Vóór").fill(soon.isoformat())


def judge(page: Page) -> None:
    """Answer the three questions after the meeting."""
    expect(page.get_by_role("heading", name="Na dit overleg")).to_be_visible()
    for one in page.locator("form.judge fieldset").all():
        one.get_by_label("Ja").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Je antwoorden zijn bewaard.")).to_be_visible()
    settle(page)
    shoot(page, "terugblik")


def read_minutes(week: Week, desk: Laptop, meeting: str) -> None:
    """Fetch the minutes the way a person does, and look for names in them."""
    desk.phone.open(f"/#/overleg/{meeting}")
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("button", name="Maak het verslag (PDF)").click()
    file = week.installation.folder / "verslag.pdf"
    waiting.value.save_as(file)
    week.minutes = file
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "Bundel" in text
    assert "krijgt een mentor op school." in text
    assert "Actie: " in text
    for one in week.seen:
        for person in one.written["persons"]:
            assert person["name"] not in text, person["name"]


def work_on_case(desk: Laptop) -> None:
    """Draw what is around the case that began at the meeting, and take pictures of it."""
    (case,) = desk.ask("GET", "/cases")["items"]
    draw_network(desk.ask, case["id"], local_day(datetime.now(UTC)))
    page = desk.page
    desk.phone.open(f"/#/casussen/{case['id']}")
    expect(page.get_by_role("heading", name="Netwerk")).to_be_visible()
    expect(page.locator(".net canvas").first).to_be_visible()
    settle(page)
    shoot(page, "casus")
    page.locator(".netbox").scroll_into_view_if_needed()
    page.get_by_role("heading", name="Netwerk").evaluate("one => one.scrollIntoView()")
    page.get_by_role("button", name="Alles", exact=True).click()
    settle(page)
    shoot(page, "netwerk")


def answer_everybody(week: Week, desk: Laptop, safety: Laptop) -> None:
    """Give feedback to every reporter, and close what needs no more."""
    for turn, (item, one) in enumerate(zip(week.ids, week.seen, strict=True), start=1):
        deal_with((safety if one.desk == "veiligheid" else desk).ask, item, turn)


def check(week: Week, desk: Laptop) -> None:
    """Nothing is left lying, and nobody is left without a word."""
    for item in week.ids:
        plain = desk.ask("GET", f"/observations/{item}")
        waits = plain["waiting"] and any(one["kind"] == "question" for one in plain["timeline"])
        assert plain["state"] == "closed" or waits, plain
    for reporter in week.reporters:
        heard = reporter.heard()
        for item in reporter.sent:
            assert set(heard.get(item, [])) & {*ANSWERS, "question"}, (reporter.number, heard)
        reporter.close()


def say(text: str) -> None:
    print(text, flush=True)


def give_room(folder: Path) -> str:
    """Copy the content with room to read a whole week in minutes; return where it is."""
    copy = folder / "content"
    shutil.copytree(ROOT / "content", copy)
    settings = copy / "gemeente.toml"
    text = settings.read_text()
    for name, most in (("openings_per_hour", 1000), ("openings_per_day", 5000)):
        now = next(line for line in text.splitlines() if line.startswith(f"{name} ="))
        text = text.replace(now, f"{name} = {most}")
    settings.write_text(text)
    return str(copy)


@contextmanager
def installed(folder: Path, browser: Browser) -> Iterator[Week]:
    """Give an installation of its own, with a push service and browsers, until the block ends."""
    with ExitStack() as ending, PushService() as push:
        installation = Installation(folder, push.origin)
        installation.environ["CONTENT_DIR"] = give_room(folder)
        ending.callback(installation.stop)
        installation.start()
        made: list[Phone] = []

        def make_phone(**wishes: Any) -> Phone:
            made.append(Phone(browser, installation, push, **wishes))
            return made[-1]

        yield Week(installation, make_phone)
        faults = [fault for phone in made for fault in phone.faults]
        assert faults == [], faults


def main() -> None:
    """Run one week."""
    expect.set_options(timeout=20_000)
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        with installed(Path(folder), browser) as week:
            run(week)
            browser.close()
            assert week.minutes is not None
            shoot_paper(playwright, week.minutes)
    say(f"Een week in {time.monotonic() - begun:.0f} seconden.")


if __name__ == "__main__":
    sys.exit(main())

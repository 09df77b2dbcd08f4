"""Record what the phone of this version says and hears: ``python -m tests.browser.record``.

Everything that is asked of the server in a real browser is written down, from the first visit to
signing out with a report still waiting. ``tests/test_conversations.py`` plays it to the server of
every later version. Run it once, before a version is released.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from playwright.sync_api import Page, Request, Response, Route, expect, sync_playwright

from server.config import Config
from server.keyring import KeyRing, read_master_key
from server.keyring.keys import _dump
from server.version import VERSION
from tests import conversation
from tests.browser import reporting
from tests.browser.installation import ROOT, Installation
from tests.browser.phone import Phone
from tests.browser.profile import FLAGS, executable
from tests.push_service import PushService

API = "/api/v1"
PERSON = {"role": "melder", "name": "Bo Verzonnen", "card": reporting.CARD}
# Nothing listens there; what is recorded may not depend on a port that was free that day.
PUSH_ORIGIN = "http://127.0.0.1:9"
STILL = 0.5
# The worker would send beside the page, whenever the system likes.
NO_BACKGROUND_SYNC = "delete ServiceWorkerRegistration.prototype.sync"


class Recorder:
    """Writes down what one phone asks and what it hears, in the order in which answers came."""

    def __init__(self, phone: Phone) -> None:
        self.page: Page = phone.page
        self.origin = phone.push.origin
        self.steps: list[dict[str, Any]] = []
        self._under_way = 0
        self._heard: list[Response] = []
        self._changed = time.monotonic()
        phone.context.on("request", lambda request: self._count(request, 1))
        phone.context.on("requestfinished", lambda request: self._count(request, -1))
        # A request of which nobody reads the body, such as a 304, also ends as one that failed.
        phone.context.on("requestfailed", lambda request: self._count(request, -1))
        phone.context.on("response", self._hear)

    def settle(self) -> None:
        """Wait until the phone has nothing more to ask, and write down what it asked."""
        self._changed = time.monotonic()
        while self._under_way or time.monotonic() - self._changed < STILL:
            self.page.wait_for_timeout(50)
        heard, self._heard = self._heard, []
        for answer in heard:
            has_body = "json" in answer.headers.get("content-type", "")
            self._write(answer.request, answer.status, answer.text() if has_body else "null")

    def sync(self) -> None:
        """Have the phone ask what is new, as it does when the network returns."""
        self.page.evaluate("dispatchEvent(new Event('online'))")
        self.settle()

    def lose_answer(self, route: Route) -> None:
        """Let a request arrive and its answer get lost: it was given, and nobody heard it."""
        answer = route.fetch()
        self._write(route.request, answer.status, answer.text())
        self.steps[-1]["lost"] = True
        route.abort("connectionreset")

    def _count(self, request: Request, by: int) -> None:
        if f"{API}/" in request.url:
            self._under_way += by
            self._changed = time.monotonic()

    def _hear(self, answer: Response) -> None:
        if f"{API}/" in answer.url:
            self._heard.append(answer)

    def _write(self, request: Request, status: int, text: str) -> None:
        path = urlsplit(request.url).path.removeprefix(API)
        says = (request.post_data or "null").replace(self.origin, PUSH_ORIGIN)
        self.steps.append(
            {
                "asks": f"{request.method} {path}",
                "with_key": "authorization" in request.headers,
                "with_etag": "if-none-match" in request.headers,
                "says": json.loads(says),
                "status": status,
                "hears": conversation.settled(path, json.loads(text)),
            }
        )


class Desk:
    """The other side, which is not recorded: only what it did is."""

    def __init__(self, recorder: Recorder, installation: Installation) -> None:
        self.recorder = recorder
        self.client = httpx.Client(base_url=installation.url + API)
        link = installation.invite("procesregisseur", "Samira Voorbeeld")
        body = {"invitation": link.rsplit("/", 1)[1], "device": str(uuid4())}
        answer = self.client.post("/sessions", json=body)
        # httpx keeps a Secure cookie from http, also where a browser does not.
        self.client.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]

    def act(self, deed: str, observation: str, **more: str) -> str:
        """Do something that the phone hears of; return the id of the answer, if it is one."""
        step = {"desk": deed, "observation": observation, **more}
        if deed == "answers":
            step["id"] = str(uuid4())
        conversation.act(step, self._ask)
        self.recorder.steps.append(step)
        self.recorder.sync()
        return step.get("id", "")

    def _ask(self, method: str, path: str, body: Any) -> Any:
        answer = self.client.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None


def tell(phone: Phone, recorder: Recorder, desk: Desk, link: str) -> None:
    """Walk through everything a reporter does, waiting after each step until the phone is still."""
    page = phone.page
    phone.open("/#/kaarten")
    recorder.settle()
    phone.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    page.get_by_role("button", name="Log in op dit toestel").click()
    expect(page.get_by_role("link", name="Open de kaart")).to_be_visible()
    recorder.settle()

    read = reporting.report(page)
    recorder.settle()
    [lost] = report_with_lost_answer(phone, recorder)
    phone.offline()
    [unread, other] = reporting.report_fast(page, 2)
    add(page, read, "Ze waren er weer.")
    phone.online()
    recorder.settle()

    desk.act("opens", read)
    desk.act("answers", read, kind="watching", text="Fijn dat je dit deelt.")
    desk.act("opens", lost)
    desk.act("answers", lost, kind="question", text="Zag je dit vaker op deze plek?")
    page.goto(f"/#/mijn/{lost}")
    page.get_by_label("Jouw antwoord").fill("Ja, elke vrijdagavond.")
    page.get_by_role("button", name="Verzegel en stuur antwoord").click()
    recorder.settle()
    page.goto(f"/#/mijn/{read}")
    page.get_by_role("button", name="Lees terug wat je schreef").click()
    recorder.settle()

    withdraw(page, unread)
    recorder.settle()
    withdraw(page, read)
    recorder.settle()
    desk.act("keeps", read)
    desk.act("opens", other)

    page.goto("/#/instellingen")
    page.get_by_role("switch", name="Bij een antwoord of vraag").click()
    page.get_by_role("button", name="Stuur een proefseintje").click()
    recorder.settle()
    page.reload()
    recorder.settle()
    leave_with_a_report_waiting(phone, recorder)


def report_with_lost_answer(phone: Phone, recorder: Recorder) -> list[str]:
    """Report while the answer gets lost once, so that the phone repeats it."""
    phone.context.route(f"**{API}/sync", recorder.lose_answer, times=1)
    ids = reporting.report_fast(phone.page, 1)
    recorder.settle()
    recorder.sync()
    return ids


def add(page: Page, observation: str, text: str) -> None:
    page.goto(f"/#/mijn/{observation}/aanvullen")
    page.get_by_label("Jouw aanvulling").fill(text)
    page.get_by_role("button", name="Verzegel en stuur aanvulling").click()
    expect(page.get_by_text("Verzegeld. We versturen het vanzelf.")).to_be_visible()


def withdraw(page: Page, observation: str) -> None:
    page.goto(f"/#/mijn/{observation}")
    page.get_by_role("button", name="Trek deze melding in").click()
    page.get_by_role("button", name="Ja, trek in").click()


def leave_with_a_report_waiting(phone: Phone, recorder: Recorder) -> None:
    """Sign out while a report could not be sent: it is delivered without a session."""
    page = phone.page
    phone.context.route(f"**{API}/sync", cut)
    reporting.report_fast(page, 1)
    page.goto("/#/instellingen")
    page.get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Ja, log uit").click()
    page.wait_for_url("**/#/kaarten")
    recorder.settle()
    phone.context.unroute(f"**{API}/sync", cut)
    recorder.sync()


def cut(route: Route) -> None:
    """Break the line before the request arrived."""
    route.abort("connectionreset")


def leave_out_what_may_be_left_out(folder: Path) -> str:
    """Copy the content, one card without what is optional; return where it is."""
    copy = folder / "content"
    shutil.copytree(ROOT / "content", copy)
    card = copy / "signaalkaarten" / "sport.toml"
    optional = re.compile(r"^note = .*\n", re.MULTILINE)
    card.write_text(optional.sub("", card.read_text()))
    return str(copy)


def record(installation: Installation, push: PushService) -> dict[str, Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        phone = Phone(browser, installation, push)
        phone.context.add_init_script(NO_BACKGROUND_SYNC)
        recorder = Recorder(phone)
        link = installation.invite(PERSON["role"], PERSON["name"], PERSON["card"])
        tell(phone, recorder, Desk(recorder, installation), link)
        assert phone.faults == []
        browser.close()
    signed_in = next(step for step in recorder.steps if step.get("asks") == "POST /sessions")
    return {
        "version": VERSION,
        "person": {"id": signed_in["hears"]["person"]["id"], **PERSON},
        "organisation": {"kind": "gemeente", "name": "Verzonnen organisatie"},
        "invitation": link.rsplit("/", 1)[1],
        "seal_key": seal_key(installation),
        "steps": recorder.steps,
    }


def seal_key(installation: Installation) -> dict[str, str]:
    """Return the key to which this phone sealed; a throwaway, so that the server can open it."""
    config = Config.from_env(installation.environ, ROOT)
    master_key = read_master_key(config.master_key, config.master_key_file)
    ring = KeyRing.at(config.key_ring_url, master_key)
    key_id = installation.rows("SELECT key_id FROM observation LIMIT 1")[0][0]
    private_key = base64.b64encode(_dump(ring._private_key(key_id))).decode()
    ring.close()
    return {"id": key_id, "private_key": private_key}


def main() -> None:
    with TemporaryDirectory() as folder, PushService() as push:
        installation = Installation(Path(folder), push.origin)
        try:
            content = leave_out_what_may_be_left_out(installation.folder)
            installation.environ["CONTENT_DIR"] = content
            installation.start()
            recorded = record(installation, push)
        finally:
            installation.stop()
    file = conversation.FOLDER / recorded["version"] / conversation.FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{file.relative_to(ROOT)}: {len(recorded['steps'])} stappen")


if __name__ == "__main__":
    main()

"""Record what the phone of this version says, hears and keeps: ``python -m tests.browser.record``.

Everything that is asked of the server in a real browser is written down, from the first visit to
signing out with a report still waiting. ``tests/test_conversations.py`` plays it to the server of
every later version. What lies in the phone's store while things wait is written down too, and
``pwa/src/stores.test.ts`` opens it with every later app. Run it before a version is released.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect, sync_playwright

from server.config import Config
from server.keyring import KeyRing, read_master_key
from server.keyring.pairs import dump
from server.version import VERSION
from tests import conversation
from tests.browser import kept_store, reporting
from tests.browser.desk import Desk
from tests.browser.installation import ROOT, Installation
from tests.browser.phone import Phone
from tests.browser.profile import FLAGS, executable
from tests.browser.recorder import API, Recorder
from tests.push_service import PushService

STORES = ROOT / "pwa" / "src" / "testing" / "stores"
PERSON = {"role": "melder", "name": "Bo Verzonnen", "card": reporting.CARD}
DRAFT = "Nog niet af."
# The worker would send beside the page, whenever the system likes.
NO_BACKGROUND_SYNC = "delete ServiceWorkerRegistration.prototype.sync"


def tell(phone: Phone, recorder: Recorder, desk: Desk, link: str) -> dict[str, Any]:
    """Walk through everything a reporter does, waiting after each step until the phone is still.

    Return what the phone's store held when most of it was in use.
    """
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

    recorder.meanwhile(desk.act("opens", read))
    recorder.meanwhile(desk.act("answers", read, kind="watching", text="Fijn dat je dit deelt."))
    recorder.meanwhile(desk.act("opens", lost))
    recorder.meanwhile(
        desk.act("answers", lost, kind="question", text="Zag je dit vaker op deze plek?")
    )
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
    recorder.meanwhile(desk.act("keeps", read))
    recorder.meanwhile(desk.act("opens", other))

    page.goto("/#/instellingen")
    page.get_by_role("switch", name="Bij een antwoord of vraag").click()
    page.get_by_role("button", name="Stuur een proefseintje").click()
    recorder.settle()
    page.reload()
    recorder.settle()
    kept = keep_things_waiting(phone, other)
    phone.online()
    recorder.settle()
    leave_with_a_report_waiting(phone, recorder)
    return kept


def keep_things_waiting(phone: Phone, observation: str) -> dict[str, Any]:
    """Leave a report, an addition and a draft unsent; return what the store then holds."""
    page = phone.page
    phone.offline()
    [waiting] = reporting.report_fast(page, 1)
    add(page, observation, "En nog een keer.")
    page.goto(f"/#/melden/{reporting.CARD}/1")
    page.get_by_label("Vertel wat je zag of hoorde").fill(DRAFT)
    expect(page.get_by_text("Concept bewaard op dit toestel")).to_be_visible()
    kept = kept_store.dump(page)
    return {**kept, "draft": {"card": reporting.CARD, "text": DRAFT}, "report": waiting}


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


def record(installation: Installation, push: PushService) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the conversation, and the store."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        phone = Phone(browser, installation, push)
        phone.context.add_init_script(NO_BACKGROUND_SYNC)
        phone.context.add_init_script(kept_store.EXTRACTABLE_KEYS)
        recorder = Recorder(phone)
        link = installation.invite(PERSON["role"], PERSON["name"], PERSON["card"])
        with Desk(installation) as desk:
            kept = tell(phone, recorder, desk, link)
        assert phone.faults == []
        browser.close()
    signed_in = next(step for step in recorder.steps if step.get("asks") == "POST /sessions")
    said = {
        "version": VERSION,
        "person": {"id": signed_in["hears"]["person"]["id"], **PERSON},
        "organisation": {"kind": "gemeente", "name": "Verzonnen organisatie"},
        "invitation": link.rsplit("/", 1)[1],
        "seal_key": seal_key(installation),
        "steps": recorder.steps,
    }
    return said, kept


def seal_key(installation: Installation) -> dict[str, str]:
    """Return the key to which this phone sealed; a throwaway, so that the server can open it."""
    config = Config.from_env(installation.environ, ROOT)
    master_key = read_master_key(config.master_key, config.master_key_file)
    ring = KeyRing.at(config.key_ring_url, master_key)
    key_id = installation.rows("SELECT key_id FROM observation LIMIT 1")[0][0]
    private_key = base64.b64encode(dump(ring._private_key(key_id))).decode()
    ring.close()
    return {"id": key_id, "private_key": private_key}


def main() -> None:
    with TemporaryDirectory() as folder, PushService() as push:
        installation = Installation(Path(folder), push.origin)
        try:
            content = leave_out_what_may_be_left_out(installation.folder)
            installation.environ["CONTENT_DIR"] = content
            installation.start()
            said, kept = record(installation, push)
        finally:
            installation.stop()
    write(conversation.FOLDER / VERSION / conversation.FILE, said)
    write(STORES / f"{VERSION}.json", kept)


def write(file: Path, found: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()

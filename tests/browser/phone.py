"""A phone or laptop in a real browser, with a push service of the tests behind it."""

from __future__ import annotations

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import ledger
from tests.browser.installation import PATIENCE, Installation
from tests.push_service import Browser as Subscription
from tests.push_service import PushService

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 900}
# In Strijland, Nijkerk.
SOMEWHERE = {"latitude": 52.2236, "longitude": 5.4786, "accuracy": 20}

# No push service can be reached from here; everything else of the Push API stays real.
SUBSCRIBE = """
(() => {
  let on = false;
  const subscription = {
    endpoint: %(json)s.endpoint,
    toJSON: () => (%(json)s),
    unsubscribe: async () => { on = false; return true; },
  };
  PushManager.prototype.subscribe = async () => { on = true; return subscription; };
  PushManager.prototype.getSubscription = async () => (on ? subscription : null);
})();
"""

# The clock of the page agrees with that of an installation at another moment; it ticks on.
ONE_MILLISECOND = timedelta(milliseconds=1)
MOVED = """
(() => {
  const Real = Date;
  const now = () => Real.now() + %d;
  globalThis.Date = class Date extends Real {
    constructor(...parts) {
      super(...(parts.length ? parts : [now()]));
    }
    static now() {
      return now();
    }
  };
})();
"""

# The worker has the shell, and the store holds the areas and all cards of who is signed in.
READY = """
async () => {
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller) await new Promise((done) => {
    serviceWorker.addEventListener('controllerchange', done, { once: true });
  });
  const wait = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result);
  });
  const database = await wait(indexedDB.open('signaalkaart'));
  const told = (await (await fetch('/api/v1/cards')).json()).cards.length;
  const kept = async (name) =>
    (await wait(database.transaction('content').objectStore('content').get(name)))?.body;
  while (!(await kept('areas')) || (await kept('cards'))?.cards.length !== told) {
    await new Promise((done) => setTimeout(done, 20));
  }
  database.close();
}
"""


CLOSE_ALL = """
async () => {
  const worker = await navigator.serviceWorker.ready;
  for (const shown of await worker.getNotifications()) shown.close();
  while ((await worker.getNotifications()).length) await new Promise((done) => setTimeout(done));
}
"""
SHOWN = """
async (patience) => {
  const worker = await navigator.serviceWorker.ready;
  const until = Date.now() + patience;
  while (Date.now() < until) {
    if ((await worker.getNotifications()).length) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}
"""


class Browser(Protocol):
    """What opens a browser's window: one that forgets, or one that keeps a profile on disk."""

    def new_context(self, **wishes: Any) -> BrowserContext:
        """Open a window."""


class Phone:
    """One person's browser. ``page`` is the open app."""

    def __init__(
        self,
        browser: Browser,
        installation: Installation,
        push: PushService,
        *,
        size: dict[str, int] = PHONE,
        scheme: str = "light",
        **more: Any,
    ) -> None:
        self.installation = installation
        self.push = push
        self.subscription: Subscription = push.subscribe()
        self.context: BrowserContext = browser.new_context(
            viewport=size,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            color_scheme=scheme,
            geolocation=SOMEWHERE,
            permissions=["geolocation", "notifications"],
            base_url=installation.url,
            **more,
        )
        self.context.add_init_script(SUBSCRIBE % {"json": json.dumps(self.subscription.to_json())})
        if installation.moved_by:
            self.context.add_init_script(MOVED % (installation.moved_by // ONE_MILLISECOND))
        self.faults: list[str] = []
        self.registration = ""
        self.page: Page = self.new_page()

    def new_page(self) -> Page:
        """Open one more tab; what goes wrong in it counts as a fault of this phone."""
        page = self.context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        return page

    def _note(self, message: Any) -> None:
        # A failed request is the network's word, not a fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def open(self, path: str) -> None:
        """Go to a screen of the app and wait until it has drawn."""
        self.page.goto(path)
        expect(self.page.locator("h1")).to_be_visible()

    def sign_in(self, role: str, name: str = "Bo Verzonnen", card: str | None = None) -> None:
        """Follow an invitation the way a person does, and wait until the app works offline."""
        link = self.installation.invite(role, name, card)
        self.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
        self.page.get_by_role("button", name="Log in op dit toestel").click()
        expect(self.page).not_to_have_url(link)
        if card:
            expect(self.page.get_by_role("link", name="Open de kaart")).to_be_visible()
        self.wait_for_worker()

    def wait_for_worker(self) -> None:
        """Wait until this phone can do without network."""
        self.page.evaluate(READY)

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def slow_down(self, *, kbit: int, delay_ms: int) -> None:
        """Give the open page a line of this many kbit a second, both ways."""
        bytes_a_second = kbit * 1000 / 8
        self.context.new_cdp_session(self.page).send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": delay_ms,
                "downloadThroughput": bytes_a_second,
                "uploadThroughput": bytes_a_second,
            },
        )

    def receive_push(self, number: int = 0, seconds: float = 15) -> dict[str, Any]:
        """Hand this phone's message with this number to the browser, opened as a browser would."""
        plain = self.read_push(number, seconds)
        self.deliver_push(plain)
        return dict(json.loads(plain))

    def read_push(self, number: int = 0, seconds: float = 15) -> str:
        """Open this phone's message with this number; the browser does not hear of it."""
        path = urlsplit(self.subscription.endpoint).path
        mine: list[Any] = []
        seen = 0
        while len(mine) <= number:
            messages = self.push.wait(seen + 1, seconds)
            seen = len(messages)
            mine = [message for message in messages if message.path == path]
        return self.subscription.open(mine[number].body).decode()

    def deliver_push(self, plain: str) -> None:
        """Hand a message to the worker as the browser does, whatever it says; wait until it shows.

        On a busy machine the driver's message sometimes starts no worker; then it is handed over
        again, as a push service does with what was not taken.
        """
        self.page.evaluate(CLOSE_ALL)
        for _try in range(3):
            self._wake("deliverPushMessage", data=plain)
            if self.page.evaluate(SHOWN, 8_000):
                return
        raise TimeoutError("The browser showed nothing.")

    def dispatch_sync(self) -> None:
        """Wake the worker as the system does when there is a network again."""
        self._wake("dispatchSyncEvent", tag="outbox", lastChance=False)

    def person(self) -> str:
        """Return the id of who is signed in."""
        return str(
            self.page.evaluate(
                "async () => (await (await fetch('/api/v1/session')).json()).person.id"
            )
        )

    def wait_until_arrived(self, ids: list[str]) -> None:
        """Wait until the server holds these, looking beside the phone."""
        end = time.monotonic() + PATIENCE
        while ledger.stored(self.installation, ids) != ids:
            assert time.monotonic() < end, ledger.stored(self.installation, ids)
            self.page.wait_for_timeout(20)

    def tap_notification(self) -> None:
        """Tap the newest notification the way the browser tells the worker."""
        # Drivers cannot reach the system's own notification area; the event is the real one.
        worker = self.context.service_workers[-1]
        worker.evaluate(
            """async () => {
                const until = Date.now() + 20000;
                let shown = [];
                while (!shown.length && Date.now() < until) {
                    shown = await self.registration.getNotifications();
                }
                const {tag} = shown.at(-1);
                self.dispatchEvent(new NotificationEvent('notificationclick',
                    {notification: shown.at(-1)}));
                // It closes in its own time; the next one must not be taken for it.
                while (Date.now() < until) {
                    shown = await self.registration.getNotifications({tag});
                    if (!shown.length) break;
                }
            }"""
        )

    def notifications(self) -> list[str]:
        """Wait until the browser shows something; return the sentences it shows."""
        shown: list[str] = self.page.evaluate(
            """async () => {
                const worker = await navigator.serviceWorker.ready;
                for (let turn = 0; turn < 400; turn++) {
                    const shown = await worker.getNotifications();
                    if (shown.length) return shown.map(({body}) => body);
                    await new Promise(done => setTimeout(done, 50));
                }
                return [];
            }"""
        )
        return shown

    def _wake(self, event: str, **details: Any) -> None:
        session = self.context.new_cdp_session(self.page)
        session.on("ServiceWorker.workerRegistrationUpdated", self._note_registration)
        session.send("ServiceWorker.enable")
        end = time.monotonic() + PATIENCE
        while not self.registration and time.monotonic() < end:
            self.page.wait_for_timeout(10)
        where = {"origin": self.installation.url, "registrationId": self.registration}
        session.send(f"ServiceWorker.{event}", {**where, **details})
        session.detach()

    def _note_registration(self, event: dict[str, Any]) -> None:
        for part in event["registrations"]:
            if not part.get("isDeleted"):
                self.registration = part["registrationId"]

    def shoot(self, name: str) -> None:
        """Take a picture of the screen, when the run is asked for pictures."""
        folder = os.environ.get("SCREENS")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def close(self) -> None:
        self.context.close()

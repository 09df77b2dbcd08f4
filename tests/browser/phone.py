"""A phone or laptop in a real browser, with a push service of the tests behind it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.browser.installation import Installation
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
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note)

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
        self.wait_for_worker()

    def wait_for_worker(self) -> None:
        self.page.evaluate(
            """() => navigator.serviceWorker.controller ? true : new Promise(done =>
                navigator.serviceWorker.addEventListener('controllerchange', () => done(true)))"""
        )

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def receive_push(self, number: int = 0, seconds: float = 15) -> dict[str, Any]:
        """Hand this phone's message with this number to the browser, opened as a browser would."""
        path = urlsplit(self.subscription.endpoint).path
        mine: list[Any] = []
        seen = 0
        while len(mine) <= number:
            messages = self.push.wait(seen + 1, seconds)
            seen = len(messages)
            mine = [message for message in messages if message.path == path]
        plain = self.subscription.open(mine[number].body).decode()
        self._deliver(plain)
        return dict(json.loads(plain))

    def _deliver(self, plain: str) -> None:
        with self._workers() as (session, registration):
            session.send(
                "ServiceWorker.deliverPushMessage",
                {
                    "origin": self.installation.url,
                    "registrationId": registration,
                    "data": plain,
                },
            )

    def tap_notification(self) -> None:
        """Tap the newest notification the way the browser tells the worker."""
        assert self.notifications()
        # Drivers cannot reach the system's own notification area; the event is the real one.
        worker = self.context.service_workers[-1]
        worker.evaluate(
            """async () => {
                const shown = await self.registration.getNotifications();
                self.dispatchEvent(new NotificationEvent('notificationclick',
                    {notification: shown.at(-1)}));
            }"""
        )

    def notifications(self) -> list[str]:
        """Wait until the browser shows something; return the sentences it shows."""
        shown: list[str] = self.page.evaluate(
            """async () => {
                const worker = await navigator.serviceWorker.ready;
                for (let turn = 0; turn < 100; turn++) {
                    const shown = await worker.getNotifications();
                    if (shown.length) return shown.map(({body}) => body);
                    await new Promise(done => setTimeout(done, 50));
                }
                return [];
            }"""
        )
        return shown

    @contextmanager
    def _workers(self) -> Iterator[tuple[CDPSession, str]]:
        session = self.context.new_cdp_session(self.page)
        found: list[str] = []
        session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: found.extend(
                part["registrationId"]
                for part in event["registrations"]
                if not part.get("isDeleted")
            ),
        )
        session.send("ServiceWorker.enable")
        self.page.wait_for_timeout(50)
        yield session, found[-1]
        session.detach()

    def shoot(self, name: str) -> None:
        """Take a picture of the screen, when the run is asked for pictures."""
        folder = os.environ.get("SCREENS")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png")

    def close(self) -> None:
        self.context.close()

"""Two tabs and a worker share one outbox; the worker keeps to its own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Response, expect

from tests.browser import ledger, reporting
from tests.browser.phone import Phone
from tests.browser.wire import Wire
from tests.push_service import PushService

MANY = 30
CACHED = """
async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(new URL(request.url).pathname);
  }
  return found;
}
"""
LEFT_ALONE = """
async () => {
  const windows = { type: 'window', includeUncontrolled: true };
  while ((await clients.matchAll(windows)).length) await new Promise((done) => setTimeout(done));
}
"""
OPENING = """
() => {
  self.opening = new Promise((done) => { clients.openWindow = async (url) => done(url); });
}
"""


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", card=reporting.CARD)
    return phone


def test_two_tabs_and_the_worker_deliver_each_of_thirty_items_once(phone: Phone) -> None:
    phone.offline()
    ids = reporting.report_fast(phone.page, MANY)
    other = phone.new_page()
    other.goto("/#/mijn")
    expect(other.locator("a.item")).to_have_count(MANY)
    wire = Wire(phone.context)
    phone.online()
    phone.dispatch_sync()
    expect(other.locator("a.item", has_text="Ontvangen")).to_have_count(MANY)
    phone.page.goto("/#/mijn")
    expect(phone.page.locator("a.item", has_text="Ontvangen")).to_have_count(MANY)
    assert sorted(wire.delivered()) == sorted(ids)
    assert [ledger.times_received(phone.installation, item) for item in ids] == [1] * MANY


def test_the_worker_delivers_with_no_page_open(phone: Phone) -> None:
    phone.offline()
    [observation] = reporting.report_fast(phone.page, 1)
    phone.page.goto("about:blank")
    wire = Wire(phone.context)
    phone.online()
    phone.dispatch_sync()
    phone.wait_until_arrived([observation])
    assert wire.delivered() == [observation]
    assert all(request.service_worker for request in wire.requests)


def test_the_worker_leaves_the_api_and_others_and_all_but_reading_alone(
    make_phone: Callable[..., Phone], push: PushService
) -> None:
    # The page's own policy allows no other origin at all; here the worker stands alone.
    phone = make_phone(bypass_csp=True)
    phone.sign_in("melder", card=reporting.CARD)
    answers: list[Response] = []
    phone.page.on("response", lambda one: answers.append(one))
    phone.page.reload()
    reporting.report(phone.page)
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    phone.page.evaluate(
        """async (other) => {
            await fetch('/manifest.webmanifest');
            await fetch('/manifest.webmanifest', {method: 'HEAD'});
            await fetch(other, {mode: 'no-cors'});
        }""",
        push.origin,
    )
    by_worker = {(one.request.method, one.url): one.from_service_worker for one in answers}
    own = phone.installation.url
    assert by_worker["GET", f"{own}/"]
    assert by_worker["GET", f"{own}/manifest.webmanifest"]
    alone = {way for way, by in by_worker.items() if not by}
    assert alone == {
        ("GET", f"{own}/api/v1/session"),
        ("GET", f"{own}/api/v1/cards"),
        ("GET", f"{own}/api/v1/areas"),
        ("GET", f"{own}/api/v1/expectations"),
        ("POST", f"{own}/api/v1/sync"),
        ("HEAD", f"{own}/manifest.webmanifest"),
        ("GET", f"{push.origin}/"),
    }


def test_no_answer_of_the_api_is_kept_where_the_next_person_can_read_it(phone: Phone) -> None:
    reporting.report(phone.page)
    expect(phone.page.get_by_text("Ontvangen")).to_be_visible()
    phone.page.reload()
    kept = phone.page.evaluate(CACHED)
    assert "/index.html" in kept
    assert not [path for path in kept if path.startswith("/api/")]


def test_a_push_without_sense_still_shows_a_notification(phone: Phone) -> None:
    for body in ("", "<html>", "null", "[]", '{"kind": 7, "url": {}}'):
        phone.deliver_push(body)
        assert phone.notifications() == ["Er is nieuws voor je."]


def test_a_tap_on_a_notification_opens_only_pages_of_this_app(phone: Phone) -> None:
    for url in ("https://elders.example/", "//elders.example/#/mijn", "javascript:alert(1)", ""):
        assert open_by_tap(phone, url) == "/#/kaarten"
    assert open_by_tap(phone, "/#/mijn") == "/#/mijn"


def open_by_tap(phone: Phone, url: str) -> str:
    """Tap a notification that wants this address, and return the page that came."""
    phone.open("/#/instellingen")
    phone.deliver_push(json.dumps({"kind": "feedback", "tag": "one", "url": url}))
    assert phone.notifications() == ["Er is een antwoord voor je."]
    phone.tap_notification()
    phone.page.wait_for_url(lambda now: not now.endswith("/#/instellingen"))
    return phone.page.url.removeprefix(phone.installation.url)


def test_a_tap_with_no_page_open_starts_the_app_on_the_right_page(phone: Phone) -> None:
    phone.deliver_push(json.dumps({"kind": "question", "tag": "one", "url": "/#/mijn"}))
    assert phone.notifications() == ["Er is een vraag voor je."]
    worker = phone.context.service_workers[-1]
    worker.evaluate(OPENING)
    phone.page.goto("about:blank")
    worker.evaluate(LEFT_ALONE)
    phone.tap_notification()
    assert worker.evaluate("() => self.opening") == "/#/mijn"

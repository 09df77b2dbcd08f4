"""What stands on the screen first, and that it waits for nothing it can do without."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.installation import Installation

BEHIND = re.compile(r"/assets/(after|work)-")
CARD = "boa"


def bar(page: Page) -> str:
    """Return the bar with the emergency number as HTML."""
    return str(page.locator("section.alarmbar").evaluate("bar => bar.outerHTML"))


def test_the_emergency_number_stands_there_before_any_script(
    browser: Browser, installation: Installation
) -> None:
    bare = browser.new_context(java_script_enabled=False, base_url=installation.url)
    page = bare.new_page()
    page.goto("/")
    expect(page.get_by_role("link", name="Nu gevaar? Bel 112")).to_be_visible()
    before = bar(page)
    bare.close()

    context = browser.new_context(base_url=installation.url)
    page = context.new_page()
    page.goto("/")
    expect(page.locator("h1")).to_be_attached()
    assert bar(page) == before
    context.close()


def test_a_card_is_whole_while_what_sends_is_not_there_yet(
    browser: Browser, installation: Installation
) -> None:
    # Without a worker each chunk comes from the server, so that it can be held up.
    context = browser.new_context(base_url=installation.url, service_workers="block")
    page = context.new_page()
    link = installation.invite("melder", "Bo Verzonnen", CARD)
    page.goto("/#/" + urlsplit(link).fragment.removeprefix("/"))
    page.get_by_role("button", name="Log in op dit toestel").click()
    expect(page.get_by_role("link", name="Open de kaart")).to_be_visible()

    held: list[Route] = []
    released: list[bool] = []
    asked: list[str] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    context.route(BEHIND, hold)
    context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto("about:blank")
    page.goto(f"/#/kaart/{CARD}")
    page.locator(".tick label").first.click()
    expect(page.get_by_text("1 signaal gekozen")).to_be_visible()
    expect(page.get_by_role("heading", name="Bellen", exact=True)).to_be_visible()
    assert "/api/v1/sync" not in asked

    with page.expect_request("**/api/v1/sync"):
        released.append(True)
        for route in held:
            route.continue_()
    context.close()

"""On the home screen: what the system asks of an app, and the way in on an iPhone."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.installation import Installation
from tests.browser.phone import Phone
from tests.browser.profile import Profile
from tests.push_service import PushService

SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)
HOME_SCREEN = "Object.defineProperty(navigator, 'standalone', { value: true });"


@pytest.fixture
def phone(
    driver: Playwright, installation: Installation, push: PushService, tmp_path: Path
) -> Iterator[Phone]:
    """A browser with a profile: the other kind may install nothing."""
    phone = Phone(Profile(driver, tmp_path / "profile"), installation, push)
    phone.sign_in("melder", card="boa")
    yield phone
    phone.close()
    assert phone.faults == []


def size_of(phone: Phone, path: str) -> tuple[int, int]:
    """Return the width and height that a PNG of the server says it has."""
    answer = phone.context.request.get(urljoin(phone.installation.url, path))
    assert answer.headers["content-type"] == "image/png"
    width, height = struct.unpack(">II", answer.body()[16:24])
    return width, height


def test_the_system_may_install_the_app_with_its_icons_and_it_starts_without_network(
    phone: Phone,
) -> None:
    session = phone.context.new_cdp_session(phone.page)
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    manifest = json.loads(told["data"])
    assert manifest["name"] == manifest["short_name"] == "Signaalkaart"
    assert (manifest["lang"], manifest["display"]) == ("nl", "standalone")
    assert (manifest["id"], manifest["scope"]) == ("/", "/")

    icons = {(icon["sizes"], icon["purpose"]): icon["src"] for icon in manifest["icons"]}
    assert set(icons) == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for (sizes, _), path in icons.items():
        assert "{}x{}".format(*size_of(phone, path)) == sizes
    apple = phone.page.locator("link[rel=apple-touch-icon]").get_attribute("href")
    assert size_of(phone, str(apple)) == (180, 180)

    phone.offline()
    phone.page.close()
    phone.page = phone.new_page()
    phone.open(manifest["start_url"])
    expect(phone.page.get_by_role("link", name="Open de kaart")).to_be_visible()


def test_on_an_iphone_the_home_screen_app_signs_in_with_a_code_and_only_then_is_it_used(
    make_phone: Callable[..., Phone], installation: Installation
) -> None:
    safari = make_phone(user_agent=SAFARI, has_touch=True, is_mobile=True)
    link = installation.invite("melder", "Ida Verzonnen", "boa")
    safari.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    expect(safari.page.get_by_role("heading", name="Zet de app eerst op je")).to_be_visible()
    safari.page.get_by_role("button", name="Toon mijn code").tap()
    code = safari.page.locator("p.code").inner_text()
    assert uses(installation) == 0
    assert timedelta(minutes=14) < term(installation) <= timedelta(minutes=15)

    app = make_phone(user_agent=SAFARI, has_touch=True, is_mobile=True)
    app.context.add_init_script(HOME_SCREEN)
    app.open("/#/inloggen")
    app.page.get_by_label("Code of link").fill(code.lower())
    app.page.get_by_role("button", name="Log in").tap()
    expect(app.page.get_by_role("link", name="Open de kaart")).to_be_visible()
    assert uses(installation) == 1

    # The same link or code lets nobody else in.
    safari.page.get_by_role("button", name="Maak een nieuwe code").tap()
    expect(safari.page.get_by_text("Deze uitnodiging is al gebruikt.")).to_be_visible()


def uses(installation: Installation) -> int:
    """Return how often the newest invitation was used."""
    newest = "SELECT used_at IS NOT NULL FROM invitation ORDER BY made_at DESC LIMIT 1"
    return int(installation.rows(newest)[0][0])


def term(installation: Installation) -> timedelta:
    """Return how long the newest code works, from now."""
    newest = "SELECT expires_at FROM invitation_code ORDER BY rowid DESC LIMIT 1"
    [[expires]] = installation.rows(newest)
    [[now]] = installation.rows("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")
    return datetime.fromisoformat(expires) - datetime.fromisoformat(now)

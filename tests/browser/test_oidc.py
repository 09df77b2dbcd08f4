"""The gemeente's own sign-in in a real browser: to another site, and back with strict cookies."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from joserfc.jwk import ECKey
from playwright.sync_api import Browser, expect

from tests.browser.installation import Installation
from tests.browser.phone import LAPTOP, Phone
from tests.oidc_provider import CLIENT, LEVEL, OidcProvider
from tests.push_service import PushService


@pytest.fixture
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OidcProvider]:
    with OidcProvider(ECKey.generate_key("P-256")) as running:
        yield running


@pytest.fixture
def make_laptop(
    provider: OidcProvider,
    browser: Browser,
    push: PushService,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], Phone]]:
    """Laptops on the installation of a gemeente with a sign-in of its own."""
    folder = tmp_path_factory.mktemp("oidc")
    (folder / "oidc.pem").write_bytes(provider.client_key.as_pem(private=True))
    gemeente = Installation(folder, push.origin)
    gemeente.environ |= {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_PRIVATE_KEY_FILE": str(folder / "oidc.pem"),
        "OIDC_ACR": LEVEL,
    }
    opened: list[Phone] = []

    def make() -> Phone:
        opened.append(Phone(browser, gemeente, push, size=LAPTOP))
        return opened[-1]

    try:
        gemeente.start()
        gemeente.invite("procesregisseur", "Samira Voorbeeld", mail="samira@gemeente.example")
        yield make
    finally:
        for laptop in opened:
            laptop.close()
        gemeente.stop()


def test_staff_go_to_the_gemeente_and_come_back_at_their_desk(
    make_laptop: Callable[[], Phone], provider: OidcProvider
) -> None:
    laptop = make_laptop()
    laptop.open("/#/inloggen")
    laptop.page.get_by_role("button", name="Log in met je account van de gemeente").click()
    expect(laptop.page.get_by_role("link", name="Postvak").first).to_be_visible()
    assert "Samira Voorbeeld" in laptop.page.locator("body").inner_text()
    assert laptop.faults == []

    # Somebody of the gemeente whom nobody invited hears what to do.
    provider.lie = {"sub": "iemand anders", "email": "ander@gemeente.example"}
    other = make_laptop()
    other.open("/#/inloggen")
    other.page.get_by_role("button", name="Log in met je account van de gemeente").click()
    expect(other.page.get_by_text("Dit mailadres heeft nog geen uitnodiging.")).to_be_visible()
    other.shoot("onbekend")

"""Coming in on a phone, and staying in without network."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.phone import Phone


def test_an_invitation_leads_to_the_own_card_and_the_app_starts_offline(
    make_phone: Callable[..., Phone],
) -> None:
    phone = make_phone()
    phone.sign_in("melder", card="boa")
    expect(phone.page.get_by_role("heading", name="Boa")).to_be_visible()
    phone.offline()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="Boa")).to_be_visible()

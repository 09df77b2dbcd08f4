"""A finger or face for a phone in a browser, to make passkeys with."""

from __future__ import annotations

from playwright.sync_api import CDPSession

from tests.browser.phone import Phone

PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_authenticator(phone: Phone) -> tuple[CDPSession, str]:
    """Let this phone have a finger or face to ask for."""
    session = phone.context.new_cdp_session(phone.page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})
    return session, made["authenticatorId"]

"""What the standard asks of a passkey's answer: the right question, place and person, and proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, options_to_json_dict, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from server.errors import Invalid

# An answer of a stranger may be broken in any way; the library names only some of them.
BROKEN = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True)
class Place:
    """The site a passkey is for: its address, and the name people know it by."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""


def creation_options(
    place: Place, person_id: str, name: str, challenge: bytes, known: Sequence[bytes]
) -> dict[str, Any]:
    """Return what ``navigator.credentials.create`` takes."""
    options = webauthn.generate_registration_options(
        rp_id=place.host,
        rp_name=place.name,
        user_id=person_id.encode(),
        user_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return options_to_json_dict(options)


def request_options(place: Place, challenge: bytes, known: Sequence[bytes] = ()) -> dict[str, Any]:
    """Return what ``navigator.credentials.get`` takes; without ``known`` the person chooses."""
    options = webauthn.generate_authentication_options(
        rp_id=place.host,
        challenge=challenge,
        user_verification=UserVerificationRequirement.REQUIRED,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return options_to_json_dict(options)


def challenge_in(credential: Mapping[str, Any]) -> bytes:
    """Return the challenge that an answer says it answers."""
    try:
        said = base64url_to_bytes(credential["response"]["clientDataJSON"])
        return bytes(parse_client_data_json(said).challenge)
    except BROKEN:
        raise refused() from None


def credential_id_in(credential: Mapping[str, Any]) -> bytes:
    """Return which passkey an answer says it comes from."""
    try:
        return bytes(base64url_to_bytes(credential["id"]))
    except BROKEN:
        raise refused() from None


def user_in(credential: Mapping[str, Any]) -> str | None:
    """Return the person an answer says it is of, when it does."""
    try:
        handle = credential["response"].get("userHandle")
        return base64url_to_bytes(handle).decode() if handle else None
    except BROKEN:
        raise refused() from None


def verify_new(
    place: Place, credential: Mapping[str, Any], challenge: bytes
) -> VerifiedRegistration:
    """Return the passkey that was made, or refuse it."""
    try:
        return webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except BROKEN:
        raise refused() from None


def verify(
    place: Place, credential: Mapping[str, Any], challenge: bytes, public_key: bytes
) -> VerifiedAuthentication:
    """Return what a known passkey signed, or refuse it.

    The counter is not judged here: a forged answer must not pass for a copy of the passkey.
    """
    try:
        return webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except BROKEN:
        raise refused() from None


def refused() -> Invalid:
    return Invalid(
        "Deze passkey werkt hier niet. Probeer het nog eens, of vraag een nieuwe uitnodiging.",
        code="passkey_refused",
    )

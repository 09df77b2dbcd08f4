"""Devices: your own, and those of the people you look after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.access.door import allow, caller
from server.audit import looking
from server.devices import schemas, service
from server.openapi import Blueprint
from server.people import invitations, roster
from server.people import service as people
from server.people.routes import invitation_out
from server.people.schemas import InvitationOut, NothingIn

blp = Blueprint("devices", __name__, description="Toestellen.")


@blp.route("/devices")
@allow("own_account")
@blp.response(200, schemas.DevicesOut)
def list_own_devices() -> dict[str, Any]:
    """Laat je toestellen zien

    Waarop je inlogde, wanneer het toestel voor het laatst iets van zich liet horen, en wat er nog
    op wacht.
    """
    return {"items": [_device(seen) for seen in service.of(caller().person)]}


@blp.route("/devices/<uuid:device_id>", methods=["DELETE"])
@allow("own_account")
@blp.response(204)
def revoke_own_device(device_id: UUID) -> None:
    """Meld een toestel van jezelf af

    Je sessie en passkey op dat toestel werken niet meer. Wat er nog wacht wordt eerst verstuurd;
    daarna maakt het toestel zich leeg, behalve als iemand anders het ook gebruikt.
    """
    service.revoke(caller(), caller().person, str(device_id))


@blp.route("/devices/revocations", methods=["POST"])
@allow("own_account")
@blp.arguments(NothingIn)
@blp.response(201, schemas.RevokedOut)
def revoke_other_devices(_data: dict[str, Any]) -> dict[str, Any]:
    """Meld al je andere toestellen af

    Alleen dit toestel blijft ingelogd.
    """
    return {"revoked": service.revoke_others(caller())}


@blp.route("/devices/invitations", methods=["POST"])
@allow("own_keys")
@blp.arguments(NothingIn)
@blp.response(201, InvitationOut)
def add_device(_data: dict[str, Any]) -> dict[str, Any]:
    """Maak een QR-code voor een tweede toestel

    Voor jezelf, een kwartier geldig en één keer te gebruiken. Vraagt je passkey.
    """
    return invitation_out(invitations.issue_own(caller()))


@blp.route("/devices/in-need")
@allow("help_devices")
@blp.response(200, schemas.NeediesOut)
def list_devices_in_need() -> dict[str, Any]:
    """Laat zien welke toestellen hulp nodig hebben

    Er wacht iets dat niet verstuurd wordt, of seintjes komen niet meer aan.
    """
    items = [
        {
            **_device(seen),
            "person": seen.person.id,
            "name": people.name_of(seen.person),
            "needs": seen.needs,
        }
        for seen in service.in_need()
    ]
    looking.look(caller(), "list", "device", shown=[one["id"] for one in items])
    return {"items": items}


@blp.route("/people/<uuid:person_id>/devices")
@allow("look_after_people")
@blp.response(200, schemas.DevicesOut)
def list_devices_of(person_id: UUID) -> dict[str, Any]:
    """Laat iemands toestellen zien

    Een contactpersoon alleen die van melders van de eigen school of club.
    """
    person = roster.managed(caller().person, str(person_id))
    items = [_device(seen) for seen in service.of(person)]
    looking.look(caller(), "show", "person", str(person_id))
    return {"items": items}


@blp.route("/people/<uuid:person_id>/devices/<uuid:device_id>", methods=["DELETE"])
@allow("end_access")
@blp.response(204)
def revoke_device_of(person_id: UUID, device_id: UUID) -> None:
    """Meld iemands toestel af

    Bijvoorbeeld als het kwijt is. Wat er nog op wacht wordt eerst verstuurd. Vraagt je passkey.
    """
    person = roster.managed(caller().person, str(person_id))
    service.revoke(caller(), person, str(device_id))


@blp.route("/people/<uuid:person_id>", methods=["DELETE"])
@allow("end_access")
@blp.response(204)
@blp.alt_response(409, description="`self`: je eigen toegang stoppen kan niet.")
def end_access(person_id: UUID) -> None:
    """Stop iemands toegang

    Sessies en passkeys werken meteen niet meer. Meldingen die nog op een toestel wachten worden
    bezorgd en komen bij de nakomers. Vraagt je passkey.
    """
    service.end_access(caller(), roster.managed(caller().person, str(person_id)))


def _device(seen: service.Seen) -> dict[str, Any]:
    device = seen.device
    return {
        "id": device.id,
        "kind": device.kind,
        "here": device.id == caller().device_id,
        "signed_in": seen.signed_in,
        "made_at": device.made_at,
        "seen_at": seen.seen_at,
        "synced_at": device.synced_at,
        "app_version": device.app_version,
        "unsent": device.unsent,
        "push": seen.push,
    }

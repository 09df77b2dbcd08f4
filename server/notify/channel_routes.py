"""How somebody wants to be told: where, when, and at which mail address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response

from server import cards
from server.access.door import allow, caller
from server.audit import looking
from server.errors import Conflict
from server.notify import addresses, preferences, schemas
from server.notify.routes import blp
from server.people import service as people

__all__ = ["blp"]


@blp.route("/notifications/preferences")
@allow("own_account")
@blp.response(200, schemas.PreferencesOut)
def show_preferences() -> dict[str, Any]:
    """Laat zien hoe je seintjes krijgt

    Per onderwerp hoe je het hoort, je stille uren, het uur van de dagelijkse herinnering en je
    mailadres voor seintjes.
    """
    return _preferences()


@blp.route("/notifications/preferences", methods=["PUT"])
@allow("own_account")
@blp.arguments(schemas.PreferencesIn)
@blp.response(200, schemas.PreferencesOut)
def choose_preferences(data: dict[str, Any]) -> dict[str, Any]:
    """Kies hoe je seintjes krijgt

    `push` is een seintje op je toestellen, en mail als dat nergens aankomt. `mail` is alleen mail.
    `app` is alleen in de app. In je stille uren hoor je niets; dat komt daarna.
    """
    preferences.choose(caller().person, **data)
    return _preferences()


@blp.route("/notifications/mail-address", methods=["PUT"])
@allow("own_account")
@blp.arguments(schemas.MailIn)
@blp.response(202)
@blp.alt_response(409, description="`no_mail`: deze gemeente verstuurt geen mail.")
@blp.alt_response(429, description="Net al gevraagd, of vijf keer vandaag.")
def set_mail_address(data: dict[str, Any]) -> Response:
    """Vul je mailadres voor seintjes in

    Er gaat een code naar dit adres. Pas als je die invult, gaat er mail heen. Een adres dat er al
    stond, geldt niet meer.
    """
    if current_app.config["SIGNAALKAART"].smtp is None:
        raise Conflict("Deze gemeente verstuurt geen mail.", code="no_mail")
    addresses.set_address(caller().person, data["mail"])
    return make_response("", 202)


@blp.route("/notifications/mail-address/confirmations", methods=["POST"])
@allow("own_account")
@blp.arguments(schemas.CodeIn)
@blp.response(201, schemas.PreferencesOut)
@blp.alt_response(
    409, description="`none`: er is geen adres dat wacht. `expired`: vraag een nieuwe code."
)
def confirm_mail_address(data: dict[str, Any]) -> dict[str, Any]:
    """Vul de code uit de mail in

    De code geldt een dag en vijf pogingen.
    """
    addresses.confirm(caller().person, data["code"])
    return _preferences()


@blp.route("/notifications/mail-address", methods=["DELETE"])
@allow("own_account")
@blp.response(204)
def remove_mail_address() -> Response:
    """Haal je mailadres weg

    Er gaat geen mail meer heen. Nog een keer weghalen verandert niets.
    """
    addresses.remove(caller().person)
    return make_response("", 204)


@blp.route("/notifications/mail-refusals")
@allow("look_after_mail")
@blp.response(200, schemas.RefusalsOut)
def list_mail_refusals() -> dict[str, Any]:
    """Laat zien van wie de mail niet aankomt

    De mailserver weigerde hun adres. Zij krijgen een seintje op hun toestel, als dat kan. Het adres
    zelf staat er niet bij.
    """
    labels = cards.library().gemeente["role_labels"]
    items = [
        {
            "person": one.person.id,
            "name": people.name_of(one.person),
            "role_label": labels.get(one.person.role, one.person.role),
            "at": one.at,
            "status": one.status,
        }
        for one in addresses.refused()
    ]
    looking.look(caller(), "list", "mail_refusal", shown=[one["person"] for one in items])
    return {"items": items}


@blp.route(
    "/notifications/mail-refusals/<uuid:person_id>",
    methods=["DELETE"],
    parameters=[{"in": "path", "name": "person_id", "description": "Het id uit de lijst."}],
)
@allow("look_after_mail")
@blp.response(204)
def forget_mail_refusal(person_id: UUID) -> Response:
    """Probeer een geweigerd mailadres opnieuw

    Bijvoorbeeld als de mailbox vol was, of de mailserver verkeerd stond. Nog een keer verandert
    niets.
    """
    addresses.try_again(str(person_id))
    return make_response("", 204)


def _preferences() -> dict[str, Any]:
    person = caller().person
    mail = addresses.show(person)
    if current_app.config["SIGNAALKAART"].smtp is None:
        mail = {"state": "off", "address": None}
    return {**preferences.show(person), "mail": mail}

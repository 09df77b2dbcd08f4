"""Turn messages on this phone on and off, and try them."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response

from server.access.door import allow, caller
from server.notify import schemas, service
from server.openapi import Blueprint
from server.wire import OpenIn

blp = Blueprint("notify", __name__, description="Seintjes op de telefoon, zonder inhoud.")


@blp.route("/push/subscription", methods=["PUT"])
@allow("own_account")
@blp.arguments(schemas.SubscriptionIn)
@blp.response(204)
def subscribe(data: dict[str, Any]) -> Response:
    """Zet seintjes aan op dit toestel

    Bewaart waar de browser seintjes wil krijgen (`PushSubscription.toJSON()`). De telefoon stuurt
    dit bij elke start opnieuw; een toestel heeft één aanmelding, van wie er nu is ingelogd. Een
    seintje bevat alleen soort, kenmerk en adres in de app.
    """
    session = caller()
    service.subscribe(
        session.person,
        session.device_id,
        data["endpoint"],
        data["keys"]["p256dh"],
        data["keys"]["auth"],
        test_origin=current_app.config["SIGNAALKAART"].push_test_origin,
    )
    return make_response("", 204)


@blp.route("/push/subscription", methods=["DELETE"])
@allow("own_account")
@blp.response(204)
def unsubscribe() -> Response:
    """Zet seintjes uit op dit toestel

    Nog een keer uitzetten verandert niets. In de app blijft alles te lezen.
    """
    session = caller()
    service.unsubscribe(session.person, session.device_id)
    return make_response("", 204)


@blp.route("/push/tests", methods=["POST"])
@allow("own_account")
@blp.arguments(OpenIn)
@blp.response(202)
@blp.alt_response(409, description="`not_subscribed`: seintjes staan uit op dit toestel.")
@blp.alt_response(429, description="Net al gevraagd.")
def send_test(_nothing: dict[str, Any]) -> Response:
    """Vraag een proefseintje voor dit toestel

    Het komt binnen enkele tellen, hooguit één keer per tien tellen. Staan seintjes op dit toestel
    nog uit, dan is het antwoord 409 met code `not_subscribed`.
    """
    session = caller()
    service.send_test(session.person, session.device_id)
    return make_response("", 202)

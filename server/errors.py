"""What can go wrong, in words a person understands, and how it becomes an answer."""

from __future__ import annotations

import json
import logging
import traceback
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)


class Problem(Exception):  # noqa: N818
    """A request that cannot be done, with a Dutch sentence that says what to do.

    ``code`` names the cause for programs; ``invalid_params`` lists every faulty field as
    ``{"name": ..., "reason": ...}``.
    """

    status = 400
    title = "Dit klopt niet"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        invalid_params: list[dict[str, str]] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.invalid_params = invalid_params
        self.retry_after = retry_after


class Invalid(Problem):
    """What was sent does not have the right shape."""


def fault(name: str, reason: str, *, detail: str | None = None, code: str | None = None) -> Invalid:
    """Return what is wrong with one field.

    ``reason`` stands beside the field, and is the sentence of the whole answer too unless
    ``detail`` says that better. The cause is called after the field unless it has another ``code``.
    """
    return Invalid(
        detail or reason, code=code or name, invalid_params=[{"name": name, "reason": reason}]
    )


class NotSignedIn(Problem):
    status = 401
    title = "Je bent niet ingelogd"
    challenge = 'Cookie realm="signaalkaart"'


class UnknownDevice(NotSignedIn):
    challenge = 'Bearer realm="signaalkaart", Cookie realm="signaalkaart"'


class NotAllowed(Problem):
    status = 403
    title = "Dit mag je niet"


class NotConfirmed(NotAllowed):
    """Somebody is signed in, but did not just prove to be there."""

    def __init__(self) -> None:
        super().__init__("Laat eerst zien dat jij het bent, met je passkey.", code="confirm")


class NotFound(Problem):
    status = 404
    title = "Niet gevonden"


class NotAcceptable(Problem):
    status = 406
    title = "Dit antwoord bestaat niet"


class Conflict(Problem):
    status = 409
    title = "Iemand was je voor"


class TooLarge(Problem):
    status = 413
    title = "Te groot"


class WrongType(Problem):
    status = 415
    title = "Verkeerd soort bericht"


class Unavailable(Problem):
    status = 503
    title = "Dit werkt nu niet"


class TooMany(Problem):
    status = 429
    title = "Even wachten"


WORDS = {
    400: ("Dit klopt niet", "De server begrijpt dit bericht niet. Controleer wat je stuurt."),
    404: ("Niet gevonden", "Dit adres bestaat niet."),
    405: ("Dit kan hier niet", "Deze handeling kan niet op dit adres."),
    413: ("Te groot", "Dit bericht is te groot. Stuur minder tegelijk."),
    415: ("Verkeerd soort bericht", "Stuur JSON met Content-Type: application/json."),
    500: ("Er ging iets mis", "Het lukt nu niet. Dat ligt niet aan jou. Probeer het later weer."),
}


def problem_response(
    status: int,
    title: str,
    detail: str,
    *,
    code: str | None = None,
    invalid_params: list[dict[str, str]] | None = None,
) -> Response:
    """Return an application/problem+json answer (RFC 9457)."""
    body: dict[str, Any] = {"status": status, "title": title, "detail": detail}
    if code:
        body["code"] = code
    if invalid_params:
        body["invalid_params"] = invalid_params
    return Response(json.dumps(body), status=status, mimetype="application/problem+json")


def register(app: Flask) -> None:
    """Answer every error as a problem, without inner details."""
    app.register_error_handler(Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(RecursionError, answer_depth)
    app.register_error_handler(Exception, answer_fault)


def answer_problem(fault: Problem) -> Response:
    if _is_turned_away(fault):
        # Where and why, for who watches the log; not who, and nothing of what was sent.
        reason = fault.code or fault.status
        log.warning("Geweigerd: %s %s (%s)", request.method, request.endpoint, reason)
    response = problem_response(
        fault.status,
        fault.title,
        fault.detail,
        code=fault.code,
        invalid_params=fault.invalid_params,
    )
    if fault.retry_after:
        response.headers["Retry-After"] = str(fault.retry_after)
    if isinstance(fault, NotSignedIn):
        response.headers["WWW-Authenticate"] = fault.challenge
    return response


def _is_turned_away(fault: Problem) -> bool:
    """Say whether somebody was kept out; being asked for proof is an everyday thing."""
    code = fault.code or ""
    turned = isinstance(fault, (NotAllowed, TooMany)) and not isinstance(fault, NotConfirmed)
    return turned or code.startswith(("invitation_", "passkey_"))


def answer_http(fault: HTTPException) -> Response:
    status = fault.code or 500
    title, detail = WORDS.get(status, ("Dit kan niet", "De server kan niets met dit verzoek."))
    response = problem_response(
        status, title, detail, invalid_params=_named_faults(getattr(fault, "data", None))
    )
    for name, value in fault.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def answer_depth(_fault: RecursionError) -> Response:
    """Refuse a body with brackets in brackets without end."""
    return problem_response(400, *WORDS[400])


def answer_fault(fault: Exception) -> Response:
    # The message of an error may quote what people wrote; its kind and place may not.
    place = "".join(traceback.format_tb(fault.__traceback__))
    log.error("Onverwachte fout: %s\n%s", type(fault).__name__, place)
    return problem_response(500, *WORDS[500])


def _named_faults(data: Any) -> list[dict[str, str]] | None:
    """Turn webargs' nested messages into a flat list of field names with reasons."""
    messages = data.get("messages") if isinstance(data, dict) else None
    if not messages:
        return None
    faults: list[dict[str, str]] = []

    def walk(name: str, part: Any) -> None:
        if isinstance(part, dict):
            for key, value in part.items():
                walk(f"{name}.{key}" if name else str(key), value)
        else:
            reasons = part if isinstance(part, list) else [part]
            faults.extend({"name": name, "reason": str(reason)} for reason in reasons)

    for place in messages.values():
        walk("", place)
    return faults

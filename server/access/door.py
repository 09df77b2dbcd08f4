"""Who is asking, and may they: every view says its roles, and what says nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from server import errors
from server.access.permissions import ACTIONS, ANYONE, DELIVERY_KEY, SYSTEM_KEY, Action
from server.audit import looking
from server.db import db, reading
from server.errors import (
    NotAcceptable,
    NotAllowed,
    NotConfirmed,
    NotFound,
    NotSignedIn,
    Problem,
    TooMany,
    WrongType,
)
from server.people import sessions
from server.people.models import ROLES, Person, Session

View = TypeVar("View", bound=Callable[..., Any])

COOKIE = "__Host-session"
SIGNED_IN = "signed-in"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
ANSWERED_IN = ("application/json", "application/problem+json")


def allow(name: str) -> Callable[[View], View]:
    """Name the action a view is; ``permissions`` says who may do that, and after which proof."""
    action = ACTIONS[name]

    def mark(view: View) -> View:
        view.action = name  # type: ignore[attr-defined]
        view.allowed_roles = _roles(action)  # type: ignore[attr-defined]
        view.fresh = action.fresh  # type: ignore[attr-defined]
        return view

    return mark


def _roles(action: Action) -> frozenset[str]:
    """Return whom the door lets through; behind it a delivery key is looked at by the view."""
    may = action.may
    if SYSTEM_KEY in may:
        return frozenset({SYSTEM_KEY})
    if ANYONE in may or DELIVERY_KEY in may:
        return frozenset({ANYONE})
    return frozenset({SIGNED_IN}) if may.keys() >= set(ROLES) else frozenset(may)


def signed_in() -> Session | None:
    """Return the living session of this request, or None."""
    if "session" not in g:
        token = session_token()
        g.session = sessions.find(token) if token else None
    return cast("Session | None", g.session)


def signed_in_person() -> Person | None:
    """Return who is signed in, or None."""
    session = signed_in()
    return session.person if session else None


def caller() -> Session:
    """Return the session of a view that only signed-in people reach."""
    session = signed_in()
    if session is None:
        raise NotSignedIn("Log in om dit te zien. Je meldingen worden gewoon verstuurd.")
    return session


def session_token() -> str | None:
    """Return the token of the session that came with this request, living or not, or None."""
    return request.cookies.get(COOKIE) or None


def delivery_key() -> str | None:
    """Return the delivery key that came with this request, or None."""
    return _bearer()


def _bearer() -> str | None:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() or None if scheme.lower() == "bearer" else None


def register(app: Flask, admit_system: Callable[[str | None], str]) -> None:
    """Check origin, body type and role before every request.

    ``admit_system`` lets in a system by its key, or raises; people do not come in that way.
    """
    app.extensions["admit_system"] = admit_system
    app.before_request(_say_methods)
    app.before_request(_begin_transaction_kind)
    app.before_request(_check_answer)
    app.before_request(_check_write)
    app.before_request(_check_role)
    app.teardown_request(_end_transaction_kind)
    for kind in (NotAllowed, NotFound, TooMany):
        app.register_error_handler(kind, _log_refusal)


def _say_methods() -> ResponseReturnValue | None:
    """Answer OPTIONS to anyone: which methods there are is in the public description."""
    if request.method != "OPTIONS" or request.routing_exception is not None:
        return None
    allowed = current_app.make_default_options_response().headers["Allow"]
    return "", 204, {"Allow": allowed}


def _begin_transaction_kind() -> None:
    if request.method in SAFE_METHODS:
        g.reading = reading()
        g.reading.__enter__()


def _end_transaction_kind(_fault: BaseException | None) -> None:
    begun = g.pop("reading", None)
    if begun is not None:
        begun.__exit__(None, None, None)


def _check_write() -> None:
    """Refuse writes from other sites and writes that are not JSON: both keep forgers out."""
    # An address or method that does not exist is told so first.
    if request.method in SAFE_METHODS or request.routing_exception is not None:
        return
    own = current_app.config["SIGNAALKAART"].public_url
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if origin is not None:
        foreign = _host(origin) != _host(own)
    else:
        foreign = site not in {None, "same-origin", "none"}
    if foreign:
        raise NotAllowed("Dit verzoek komt van een ander adres. Open de signaalkaart zelf.")
    if request.method != "DELETE" and request.mimetype != "application/json":
        raise WrongType("Stuur JSON met Content-Type: application/json.")


def _check_answer() -> None:
    """Refuse to answer whoever cannot read JSON."""
    wanted = request.accept_mimetypes
    if request.path.startswith("/api/") and wanted and wanted.best_match(ANSWERED_IN) is None:
        raise NotAcceptable("De API antwoordt in JSON. Stuur Accept: application/json mee.")


def _log_refusal(fault: Problem) -> ResponseReturnValue:
    """Log who was kept from what; the lines of the system itself say only where and why."""
    db.session.rollback()
    session = signed_in()
    view = current_app.view_functions.get(request.endpoint or "")
    action = getattr(view, "action", None)
    # What is not there is not there for anybody; a record may also be somebody else's.
    if session and action and (request.view_args or not isinstance(fault, NotFound)):
        looking.look(session, "refuse", action, outcome=fault.code or str(fault.status))
    return errors.answer_problem(fault)


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _check_role() -> None:
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    roles: frozenset[str] = getattr(view, "allowed_roles", frozenset())
    if ANYONE in roles:
        return
    if SYSTEM_KEY in roles:
        current_app.extensions["admit_system"](_bearer())
        return
    person = caller().person
    if SIGNED_IN not in roles and person.role not in roles:
        raise NotAllowed("Dit hoort niet bij jouw rol.")
    within: timedelta | None = getattr(view, "fresh", None)
    if within is not None and not sessions.is_fresh(caller(), within):
        raise NotConfirmed()

"""Schemathesis' questions, asked of one installation by people who are there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import schemathesis
from flask import Flask
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from server.access.door import COOKIE
from server.db import db
from server.observations.models import Observation
from server.people import service as people
from server.people.models import ROLES
from tests.contract.conftest import DESCRIPTION
from tests.factories import Phone, add_phone

NOBODY = "nobody"


def accepts_what_it_describes(ctx: CheckContext, answer: Response, case: Case) -> bool | None:
    """What has the right shape is refused for a reason that has a name, or not at all."""
    if answer.status_code == 400 and "code" in answer.json():
        return None
    return positive_data_acceptance(ctx, answer, case)


STRICTER: dict[str, Any] = {
    "excluded_checks": [positive_data_acceptance],
    "additional_checks": [accepts_what_it_describes],
}
# A body may be wrong and too large at once; its size is looked at first.
REFUSED = [400, 401, 403, 404, 405, 406, 409, 413, 415, 428, 429]
SERVICES: list[Service] = []


def serve(environ: Any, start_response: Any) -> Any:
    """Pass a question on to the installation there is now; questions are made long before."""
    return SERVICES[-1].app.wsgi_app(environ, start_response)


def described() -> BaseSchema:
    """Return the description, to be asked of the installation there is by then."""
    config = SchemathesisConfig.from_dict(
        # Sessions that do not exist are tried on their own; here they would hide all the rest.
        {
            "seed": 1,
            "generation": {"with-security-parameters": False},
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
        }
    )
    api = schemathesis.openapi.from_path(DESCRIPTION, config=config)
    api.app = serve
    return api


@dataclass
class Service:
    """One installation with people, an observation and something in the late box."""

    app: Flask
    phones: dict[str, Phone] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    def __post_init__(self) -> None:
        for role in ROLES:
            self.sign_in(role)
        boa = self.phones["melder"]
        with self.app.app_context():
            self.known["observation_id"] = boa.send()
            stray = boa.observation(card="weg")
            boa.sync(stray)
            self.known["item_id"] = stray["id"]

    def ask(self, case: Case, role: str) -> None:
        """Ask one thing and hold the answer against the description."""
        self.fit(case, role)
        answer = case.call_and_validate(headers=self.headers(role), **STRICTER)
        self.recover(case, answer, role)

    def shake(self, case: Case, role: str) -> None:
        """Ask one thing; whatever the answer is, it is one of ours."""
        self.fit(case, role)
        answer = case.call(headers=self.headers(role))
        assert answer.status_code < 500, case.as_curl_command()
        self.recover(case, answer, role)

    def recover(self, case: Case, answer: Response, role: str) -> None:
        """Let whoever signed out or had their fill for today begin anew."""
        left = case.method == "DELETE" and case.path == "/session"
        if role in self.phones and (left or answer.status_code == 429):
            self.sign_in(role)

    def sign_in(self, role: str) -> None:
        with self.app.app_context():
            self.phones[role] = add_phone(self.app, role)

    def headers(self, role: str) -> dict[str, str]:
        """Return what tells Schemathesis that this session is a real one.

        Without a socket in between nobody unpacks an answer, so it is asked for as it is.
        """
        session = self._session(role)
        plain = {"Accept-Encoding": "identity"}
        return {**plain, "Cookie": f"{COOKIE}={session}"} if session else plain

    def _session(self, role: str) -> str | None:
        phone = self.phones.get(role)
        cookie = phone.client.get_cookie(COOKIE) if phone else None
        return cookie.value if cookie else None

    def fit(self, case: Case, role: str, *, linked: bool = False) -> None:
        """Let a question be about what is there, as far as it may be about anything.

        ``linked`` says that an earlier answer already gave it what it is about.
        """
        self.asked += 1
        session = self._session(role)
        if session:
            case.cookies = {**(case.cookies or {}), COOKIE: session}
        if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
            return
        for name in () if linked else self.known.keys() & (case.path_parameters or {}).keys():
            case.path_parameters = {**case.path_parameters, name: self.known[name]}
        if isinstance(case.body, dict):
            case.body = {**case.body, **self._facts(case.body, self.phones.get(role))}

    def _facts(self, body: dict[str, Any], phone: Phone | None) -> dict[str, Any]:
        """Return what a description cannot know: ids, numbers and tokens that exist."""
        facts: dict[str, Any] = {}
        with self.app.app_context():
            if "items" in body and phone:
                facts["device"] = phone.device
            if "invitation" in body:
                issued = people.invite(
                    None, name="Nieuw", role="melder", kind="club", organisation="Verzonnen"
                )
                facts["invitation"] = issued.token
            if "version" in body:
                facts["version"] = db.session.get_one(
                    Observation, self.known["observation_id"]
                ).version
        return facts

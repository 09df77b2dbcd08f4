"""Schemathesis asks what the description allows, and much that it forbids, in every role.

All its checks hold: status, type, headers and shape are as described, wrong input is refused and
right input is not, methods and sessions are what they are said to be, and nothing fails inside.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.core.transport import Response

from server.app import ROOT, create_app
from server.config import Config
from server.people.models import ROLES
from tests.conftest import Browser, Template, close, installation
from tests.contract.asking import NOBODY, SERVICES, STRICTER, Service, described
from tests.postgres import Postgres

pytestmark = pytest.mark.thorough

# The same questions every time: what fails here fails everywhere. `make fuzz` asks many others.
FUZZ = int(os.environ.get("FUZZ_EXAMPLES", "0"))
BOUNDED = settings(
    max_examples=FUZZ or 10,
    derandomize=not FUZZ,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
# Who reports, who reads reports and who manages are asked most; nobody is left out.
OFTEN = ("melder", "procesregisseur", "beheerder")
SELDOM = tuple(role for role in ROLES if role not in OFTEN)
API = described()


@pytest.fixture(scope="module")
def service(
    template: Template, tmp_path_factory: pytest.TempPathFactory, postgres: Postgres | None
) -> Iterator[Service]:
    """One installation for all questions."""
    with installation(template, tmp_path_factory.mktemp("contract"), postgres) as environ:
        app = create_app(Config.from_env(environ, ROOT))
        app.test_client_class = Browser
        app.config["PROPAGATE_EXCEPTIONS"] = False
        SERVICES.append(Service(app))
        yield SERVICES[-1]
        if FUZZ:
            with (ROOT / ".reports" / "fuzz.txt").open("a") as count:
                count.write(f"{SERVICES[-1].asked}\n")
        SERVICES.clear()
        close(app)


@pytest.mark.parametrize("role", [NOBODY, *OFTEN])
@API.parametrize()
@BOUNDED
def test_every_answer_is_as_described(case: Case, role: str, service: Service) -> None:
    _ask(case, role, service)


@pytest.mark.parametrize("role", SELDOM)
@API.parametrize()
@settings(BOUNDED, max_examples=FUZZ or 3)
def test_in_every_other_role_too(case: Case, role: str, service: Service) -> None:
    _ask(case, role, service)


def _ask(case: Case, role: str, service: Service) -> None:
    if FUZZ:
        service.shake(case, role)
    else:
        service.ask(case, role)


@pytest.mark.parametrize("role", ["procesregisseur", "melder"])
def test_every_answer_on_the_way_is_as_described(role: str, service: Service) -> None:
    class Way(API.as_state_machine()):  # type: ignore[misc]
        """Goes from answer to question along the links of the description."""

        def before_call(self, case: Case) -> None:
            service.fit(case, role, linked=True)

        def after_call(self, response: Response, case: Case) -> None:
            service.recover(case, response, role)

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"headers": service.headers(role)}

        def validate_response(self, response: Response, case: Case, **sent: Any) -> None:
            if FUZZ:
                assert response.status_code < 500, case.as_curl_command()
            else:
                case.validate_response(response, recorder=self.recorder, **sent, **STRICTER)

    Way.run(settings=settings(BOUNDED, max_examples=FUZZ or 10, stateful_step_count=8))

"""What goes wrong is logged by kind and place; what people wrote is in no log."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from server.db import db, new_id
from server.people import service as people
from server.people.models import Organisation
from server.sync import service as sync
from tests.factories import WRITTEN, Phone
from tests.web import ROOT, Web

NAME = "Zwiep"
WROTE = (NAME, "tasje", "Rode fiets", "Parkeerplaats", "Nog iets", "Fietsplan", "Verzonnen")


def test_a_fault_is_logged_by_kind_and_place_without_its_message(
    boa: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_request: Any) -> None:
        raise ValueError(f"cannot read '{NAME}'")

    monkeypatch.setattr(sync, "exchange", fail)
    answer = boa.sync()
    assert (answer.status_code, NAME in answer.text) == (500, False)
    record = next(record for record in caplog.records if record.name == "server.errors")
    assert "ValueError" in record.getMessage()
    assert "server/sync/routes.py" in record.getMessage()
    assert NAME not in caplog.text


def test_who_is_turned_away_leaves_where_and_why_and_nothing_else(
    app: Flask, client: FlaskClient, boa: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    device = new_id()
    answers = [
        client.post("/api/v1/sessions", json={"code": NAME, "device": device, "app_version": "1"}),
        boa.get("/inbox"),
        client.post("/api/v1/sync", json={}, headers={"Origin": "https://elders.example"}),
        boa.post(f"/observations/{new_id()}/openings", {"purpose": "own"}),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 403, 404]
    said = [record.getMessage() for record in caplog.records if record.name == "server.errors"]
    assert said == [
        "Geweigerd: POST people.sign_in (invitation_unknown)",
        "Geweigerd: GET observations.show_inbox (403)",
        "Geweigerd: POST sync.sync (403)",
    ]
    assert not [word for word in (NAME, device, boa.person) if word in caplog.text]


def test_a_constraint_that_quotes_the_row_is_not_logged_with_it(
    boa: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_request: Any) -> None:
        for _ in range(2):
            db.session.add(Organisation(kind="club", name=NAME))
        db.session.flush()

    monkeypatch.setattr(sync, "exchange", fail)
    assert boa.sync().status_code == 500
    assert "IntegrityError" in caplog.text
    assert NAME not in caplog.text


@pytest.mark.thorough
def test_the_logs_of_a_whole_run_hold_nothing_that_people_wrote(
    environ: dict[str, str], tmp_path: Path, boa: Phone, regisseur: Phone
) -> None:
    issued = people.invite(
        None, name=f"{NAME} Verzonnen", role="melder", kind="club", organisation="VV Fietsplan"
    )
    db.session.commit()
    deployed = Web(environ, tmp_path, as_deployed=True)
    with deployed as web, (tmp_path / "clock.log").open("wb") as log:
        clock = subprocess.Popen(
            [sys.executable, "-m", "server.clock"],
            cwd=ROOT, env=web.environ, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            work_and_err(web, boa, regisseur, issued.token)
            # The same without the tables where it would have to end up.
            with db.engine.begin() as connection:
                connection.execute(sa.text("ALTER TABLE notification RENAME TO away"))
            answers = work_and_err(web, boa, regisseur, issued.token)
            assert 500 in answers
            wait_for("Taak deliver is mislukt", tmp_path / "clock.log")
        finally:
            clock.kill()
            clock.wait()
    logs = "".join(path.read_text() for path in tmp_path.glob("*.log"))
    assert "Onverwachte fout" in logs
    secrets = (*WROTE, issued.token, issued.code, boa.delivery_key, boa.person)
    assert [secret for secret in secrets if secret in logs] == []
    assert boa.headers()["Cookie"].split("=")[1] not in logs


def work_and_err(web: Web, boa: Phone, regisseur: Phone, token: str) -> set[int]:
    """Do what people do, well and badly; return the statuses that came back."""
    observation = boa.observation(note=NAME)
    path = f"/observations/{observation['id']}"
    organisation = {"name": "VV Fietsplan", "kind": "club"}
    text = f"Wij spraken met {NAME}."
    requests: list[tuple[Phone, str, Any]] = [
        (boa, "/sync", boa.request(observation, boa.addition(observation["id"]))),
        (boa, "/sync", boa.request({**observation, "by": NAME}, {**observation, "kind": NAME})),
        (boa, "/sync", {"device": NAME, "items": NAME}),
        (boa, "/sessions", {"invitation": token, "device": new_id(), "app_version": "0.1.0"}),
        (boa, "/sessions", {"code": NAME, "device": NAME}),
        (boa, "/invitations", {"name": NAME, "role": "melder", "organisation": organisation}),
        (boa, f"/observations/{NAME}/openings", {"purpose": "own"}),
        (boa, f"{path}/openings", {"purpose": "own"}),
        (regisseur, f"{path}/openings", {"purpose": "handle"}),
        (regisseur, f"{path}/feedback", {"id": new_id(), "kind": "contact", "text": text}),
        (regisseur, f"{path}/feedback", {"id": new_id(), "kind": "question", "text": "Waar?"}),
        (regisseur, f"{path}/states", {"state": NAME, "version": 1}),
        (boa, "/push/tests", {}),
    ]
    statuses = {web.post(phone, path, body).status_code for phone, path, body in requests}
    statuses.add(web.client.get(f"/inbox?card={NAME}", headers=regisseur.headers()).status_code)
    broken: httpx.Response = web.client.post(
        "/sync", content=f'{{"{NAME}', headers={"Content-Type": "application/json"}
    )
    return statuses | {broken.status_code}


def wait_for(text: str, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while text not in log.read_text():
        if time.monotonic() > end:
            raise TimeoutError(log.read_text())
        time.sleep(0.1)


def test_what_is_written_holds_all_that_the_logs_are_searched_for() -> None:
    """The search above would find nothing if the words it looks for were never sent."""
    sent = f"{WRITTEN} Nog iets. VV Fietsplan Verzonnen"
    assert [word for word in WROTE if word not in sent] == []
    assert logging.getLogger("sqlalchemy.engine").getEffectiveLevel() > logging.INFO

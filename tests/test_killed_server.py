"""The web process dies at any moment of a delivery: phone and database still agree afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from server.audit import AuditEvent
from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations.models import (
    Addition,
    Feedback,
    LateItem,
    Observation,
    ObservationEvent,
    Receipt,
)
from tests.factories import Phone
from tests.web import Web

pytestmark = pytest.mark.thorough


@pytest.fixture
def order(tmp_path: Path) -> Path:
    """The file that tells the web process at which moment to die."""
    return tmp_path / "die-at"


@pytest.fixture
def web(environ: dict[str, str], tmp_path: Path, boa: Phone, order: Path) -> Iterator[Web]:
    doomed = {**environ, "DIE_AT": str(order)}
    with Web(doomed, tmp_path, app="tests.sabotage:mortal()", workers=1) as web:
        yield web


def ask(web: Web, phone: Phone, path: str, body: Any) -> dict[str, Any] | None:
    """Return what the server answers, or None when it died over it."""
    try:
        answer = web.post(phone, path, body)
    except httpx.TransportError:
        return None
    assert answer.is_success, answer.text
    return dict(answer.json())


def send(web: Web, phone: Phone, *items: dict[str, Any]) -> dict[str, Any] | None:
    """Do a round trip; return the answer, or None when the server died over it."""
    answer = ask(web, phone, "/sync", phone.request(*items))
    if answer is not None:
        assert {outcome["result"] for outcome in answer["outcomes"]} <= {"stored", "known"}
        phone.cursor = answer["cursor"]
    return answer


def traces(*items: dict[str, Any]) -> Counter[str]:
    """Count everything that receiving these items leaves behind."""
    ids = [item["id"] for item in items]
    columns = {
        "receipt": Receipt.item_id,
        "observation": Observation.id,
        "addition": Addition.id,
        "late": LateItem.id,
        "audit": AuditEvent.subject_id,
        "timeline": ObservationEvent.observation_id,
    }
    found = Counter(
        {
            name: db.session.scalar(sa.select(sa.func.count()).where(column.in_(ids)))
            for name, column in columns.items()
        }
    )
    found["told"] = db.session.scalar(sa.select(sa.func.count()).select_from(Notification))
    db.session.commit()
    return found


def let_days_pass() -> None:
    """Have all seintjes sent, and keep the day's limit out of the way."""
    db.session.execute(sa.delete(Notification))
    db.session.execute(sa.update(Receipt).values(received_at=now() - timedelta(days=2)))
    db.session.commit()


def test_whenever_the_web_process_dies_each_item_is_there_whole_and_once(
    web: Web, order: Path, boa: Phone, regisseur: Phone
) -> None:
    whole = {
        "receipt": 4, "observation": 1, "addition": 1, "late": 1, "audit": 4,
        "timeline": 2, "told": 2,
    }  # fmt: skip
    left: list[dict[str, int]] = []
    mine: dict[str, dict[str, Any]] = {}
    withdrawn, lived = boa.send(), None
    while lived is None:
        observation, late = boa.observation(), boa.observation(card="bestaat-niet")
        items = [boa.addition(observation["id"]), observation, late, boa.withdrawal(withdrawn)]
        let_days_pass()
        order.write_text(str(len(left) + 1))
        lived = send(web, boa, *items)
        left.append(traces(*items))
        heard = lived or send(web, boa, *items)
        assert heard is not None
        assert traces(*items) == whole
        mine |= {change["id"]: change for change in heard["changes"]}
        assert mine[withdrawn] == {"kind": "removed", "id": withdrawn}
        assert [row["id"] for row in mine[observation["id"]]["additions"]] == [items[0]["id"]]
        withdrawn = observation["id"]
    nothing = dict.fromkeys(whole, 0)
    assert [traced for traced in left if traced not in (nothing, whole)] == []
    # Most moments come before the commit; at some, only the answer was lost.
    assert left.count(nothing) > 15
    assert left.count(whole) > 1
    stored = set(db.session.scalars(sa.select(Observation.id)))
    assert {key for key, change in mine.items() if change["kind"] == "observation"} == stored


def test_whenever_it_dies_an_answer_of_the_desk_is_given_once(
    web: Web, order: Path, boa: Phone, regisseur: Phone
) -> None:
    moment, lived = 0, None
    while lived is None:
        moment += 1
        observation = boa.send()
        path, answer = f"/observations/{observation}/feedback", {"id": new_id(), "kind": "watching"}
        let_days_pass()
        order.write_text(str(moment))
        lived = ask(web, regisseur, path, answer)
        assert lived or ask(web, regisseur, path, answer)
        stored = db.session.scalars(sa.select(Feedback).filter_by(observation_id=observation))
        assert [row.id for row in stored] == [answer["id"]]
        told = db.session.scalars(sa.select(Notification))
        assert [row.tag for row in told] == [f"feedback-{observation}"]
    assert moment > 10

"""Events for another system: each arrives, under one id, and nothing can be read from them."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import cards
from server.clock.process import JOBS
from server.db import db, new_id, now
from server.events import courier, service
from server.events.models import KINDS, OutgoingEvent
from server.events.webhook import Event, Outcome, Sender, written
from server.reports.models import Figure
from server.reports.models import Quarter as Published
from server.systems import releasing
from tests.factories import Phone, add_phone
from tests.listener import Answer, Listening

FIGURES = "http://localhost:8000/api/v1/published-figures"
OIN = "00000009999999990000"
MORNING = datetime(2026, 11, 24, 6, 10, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 5, 10, tzinfo=UTC)


@pytest.fixture
def listens(app: Flask) -> Iterator[None]:
    """The gemeente told which system is to hear of events."""
    library = cards.library()
    before = library.events
    told = {"oin": OIN, "url": "https://berichten.voorbeeldstad.example/in"}
    object.__setattr__(library, "events", told)
    yield
    object.__setattr__(library, "events", before)


@pytest.fixture
def listening() -> Iterator[Listening]:
    with Listening() as one:
        yield one


def sender(to: Listening, patience: float = 5, token: str | None = None) -> Sender:
    return Sender(to.url, token, test_origin=to.origin, patience=patience)


def nothing_yet(_quarter: str) -> None:
    """The figures of no quarter are published."""


def anybody(_quarter: str) -> bool:
    """So many people reported in every quarter that its total is shown."""
    return True


def happen(count: int, kind: str = "observation") -> None:
    for _ in range(count):
        service.note(kind)
    db.session.commit()


def released(count: int = 5, kind: str = "observation") -> set[str]:
    """Have so many events released now, and return their ids."""
    happen(count, kind)
    assert service.release_due(lambda _quarter: dict.fromkeys(KINDS, count), anybody) == count
    ids = set(db.session.scalars(sa.select(OutgoingEvent.id)))
    # What reads here would keep a clock of another thread from writing.
    db.session.commit()
    return ids


def bring(to: Listening, patience: float = 5) -> None:
    while courier.deliver_due(sender(to, patience), "clock", FIGURES):
        pass


def outcomes() -> list[str | None]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(OutgoingEvent.outcome)))


def test_nobody_is_told_anything_unless_the_gemeente_asks_for_it(app: Flask, boa: Phone) -> None:
    assert cards.library().events is None
    for _ in range(6):
        boa.send()
    assert service.release_due(nothing_yet, anybody) == 0
    assert outcomes() == []


def test_an_observation_and_its_event_are_stored_together_or_not_at_all(
    listens: None, boa: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    boa.send()
    assert outcomes() == [None]

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("server.sync.placing.Batch.tell_desks", fail)
    assert boa.sync(boa.observation()).status_code == 500
    assert outcomes() == [None]


def test_a_repeated_observation_and_a_repeated_answer_make_one_event(
    listens: None, boa: Phone, regisseur: Phone
) -> None:
    item = boa.observation()
    boa.sync(item)
    boa.sync(item)
    answer = {"id": new_id(), "kind": "watching"}
    for _ in range(2):
        regisseur.post(f"/observations/{item['id']}/feedback", answer)
    kinds = db.session.scalars(sa.select(OutgoingEvent.kind)).all()
    assert sorted(kinds) == ["feedback", "observation"]


def test_while_a_quarter_lasts_observations_go_by_fives_and_five_stay_behind(
    listens: None,
) -> None:
    with time_machine.travel(MORNING, tick=False):
        went = []
        for count in (9, 1, 4, 1, 12, 0):
            happen(count)
            went.append(service.release_due(nothing_yet, anybody))
    assert went == [0, 5, 0, 5, 10, 0]
    rows = db.session.scalars(sa.select(OutgoingEvent.released_at))
    assert Counter(rows) == {MORNING: 20, None: 7}


def test_feedback_and_what_is_left_of_a_quarter_wait_for_its_figures(listens: None) -> None:
    with time_machine.travel(MORNING, tick=False):
        happen(13)
        happen(40, "feedback")
        assert service.release_due(nothing_yet, anybody) == 5
    with time_machine.travel(NEW_YEAR, tick=False):
        happen(3)
        assert service.release_due(nothing_yet, anybody) == 0
        told = {"2026-Q4": {"observation": 13, "feedback": 38}}
        assert service.release_due(told.get, anybody) == 8 + 38
        assert service.release_due(told.get, anybody) == 0
    rows = db.session.execute(
        sa.select(OutgoingEvent.kind, OutgoingEvent.quarter, OutgoingEvent.released_at)
    )
    assert Counter(map(tuple, rows)) == {
        ("observation", "2026-Q4", MORNING): 5,
        ("observation", "2026-Q4", NEW_YEAR): 8,
        ("feedback", "2026-Q4", NEW_YEAR): 38,
        ("observation", "2027-Q1", None): 3,
    }


@pytest.mark.parametrize(
    ("noted", "total"),
    [(4, None), (30, None), (13, 14), (13, 9)],
    ids=["hidden", "hidden by what came in", "nobody listened at first", "many were withdrawn"],
)
def test_what_the_figures_do_not_say_never_goes(
    listens: None, noted: int, total: int | None
) -> None:
    with time_machine.travel(MORNING, tick=False):
        happen(noted, "feedback")
        happen(min(noted, 13))
        went = service.release_due(nothing_yet, anybody)
    with time_machine.travel(NEW_YEAR, tick=False):
        told = {"observation": total, "feedback": None}
        assert service.release_due(lambda _quarter: told, anybody) == 0
    assert len(outcomes()) == went


def test_an_event_waits_without_a_moment_and_in_no_order(listens: None, boa: Phone) -> None:
    """Who takes the database along sees how many wait, and not when or of whom."""
    sent = [boa.send() for _ in range(8)]
    rows = db.session.execute(sa.text("SELECT * FROM outgoing_event")).mappings().all()
    kept = {name for row in rows for name, value in row.items() if value not in {None, 0}}
    assert kept == {"id", "kind", "quarter"}
    assert {row["quarter"] for row in rows} == {service.quarter_at(now())}
    assert not {str(row["id"]) for row in rows} & set(sent)
    if db.engine.dialect.name == "sqlite":
        with pytest.raises(sa.exc.OperationalError):
            db.session.execute(sa.text("SELECT rowid FROM outgoing_event"))


def test_an_event_holds_only_that_something_happened(
    listens: None, boa: Phone, listening: Listening
) -> None:
    sent = [boa.send() for _ in range(5)]
    with time_machine.travel(MORNING, tick=False):
        service.release_due(lambda _quarter: dict.fromkeys(KINDS, 5), anybody)
        courier.deliver_due(sender(listening, token="geheim-voor-de-toets"), "clock", FIGURES)
    assert len(listening.heard) == 5
    for one in listening.heard:
        assert one.path == "/berichten"
        assert one.headers["content-type"] == "application/cloudevents+json; charset=UTF-8"
        assert one.headers["authorization"] == "Bearer geheim-voor-de-toets"
        assert one.event == {
            "specversion": "1.0",
            "id": one.event["id"],
            "source": f"urn:nld:oin:{OIN}:systeem:signaalkaart",
            "type": "nl.jeugd-signalen.melding-ontvangen.v1",
            "time": "2026-11-24T06:10:00Z",
            "dataref": FIGURES,
        }
        text = json.dumps([one.event, one.headers])
        for secret in (*sent, boa.person, boa.device, "boa", "BU", "WK"):
            assert secret not in text
    assert outcomes() == ["delivered"] * 5


def test_feedback_is_told_as_feedback() -> None:
    told = json.loads(written(Event("x", "feedback", MORNING), "urn:x", FIGURES))
    assert told["type"] == "nl.jeugd-signalen.terugkoppeling-gegeven.v1"


@pytest.mark.thorough
@pytest.mark.parametrize(
    "answer",
    [
        Answer(500),
        Answer(401),
        Answer(302, {"Location": "http://127.0.0.1:9/elders"}),
        Answer(200, {"Content-Type": "text/html"}, b"<h1>Inloggen op de wifi</h1>"),
        Answer(cut=True),
        Answer(wait=0.6),
        Answer(429, {"Retry-After": "30"}),
    ],
    ids=["500", "401", "redirect", "html", "hang up", "slow", "429"],
)
def test_what_was_not_taken_is_brought_again_with_the_same_id(
    listens: None, listening: Listening, answer: Answer
) -> None:
    ids = released()
    listening.answers.append(answer)
    bring(listening, patience=0.3)
    # After one that was not taken the others wait: it is the same system.
    assert len(listening.heard) == 1
    assert outcomes() == [None] * 5
    with time_machine.travel(now() + timedelta(minutes=2)):
        bring(listening)
    assert set(listening.ids) == ids
    assert listening.ids.count(listening.ids[0]) == 2
    assert outcomes() == ["delivered"] * 5


@pytest.mark.thorough
def test_pauses_grow_to_six_hours_and_after_a_week_it_is_given_up(
    listens: None, listening: Listening
) -> None:
    released()
    listening.usual = Answer(503)
    begin = moment = now()
    pauses = []
    while None in outcomes():
        with time_machine.travel(moment, tick=False):
            bring(listening)
        due = db.session.scalar(sa.select(sa.func.max(OutgoingEvent.due_at)))
        pauses.append(due - moment)
        moment = due
    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(pauses) == timedelta(hours=6)
    assert timedelta(days=6) < moment - begin < timedelta(days=9)
    # Each time one of them was tried, never all.
    assert len(listening.heard) == courier.TRIES
    assert outcomes() == ["given_up"] * 5


@pytest.mark.thorough
def test_who_says_410_hears_nothing_more_until_somebody_tries_again(
    app: Flask, listens: None, listening: Listening
) -> None:
    ids = released(9)
    listening.answers.append(Answer(410))
    bring(listening)
    assert len(listening.heard) == 1
    assert outcomes() == ["gone"] * 9
    keeper = add_phone(app, "beheerder")
    shown = keeper.get("/events").json
    assert (shown["missed"], shown["sending"], shown["last_status"]) == (9, 0, 410)
    assert keeper.post("/events/retries", {}).json == {"again": 9}
    bring(listening)
    assert set(listening.ids) == ids
    assert outcomes() == ["delivered"] * 9
    assert keeper.get("/events").json["missed"] == 0


def test_who_looks_after_it_does_not_see_how_many_wait(app: Flask, listens: None) -> None:
    """Fewer than five waiting events are as many observations as nobody may know of."""
    keeper = add_phone(app, "beheerder")
    none = keeper.get("/events").json
    for _ in range(3):
        service.note("observation")
    db.session.commit()
    assert keeper.get("/events").json == none
    assert none["on"] is True
    assert none["address"] == "https://berichten.voorbeeldstad.example/in"


@pytest.mark.thorough
def test_two_clocks_bring_each_event_once(app: Flask, listens: None, listening: Listening) -> None:
    ids = released(20)
    listening.usual = Answer(wait=0.02)
    start = threading.Barrier(2)

    def keep_time(owner: str) -> None:
        with app.app_context():
            start.wait()
            while courier.deliver_due(sender(listening), owner, FIGURES):
                pass

    clocks = [threading.Thread(target=keep_time, args=(name,)) for name in ("een", "twee")]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    bring(listening)
    assert sorted(listening.ids) == sorted(ids)


@pytest.mark.thorough
def test_what_a_dead_clock_held_is_brought_by_the_next(listens: None, listening: Listening) -> None:
    ids = released()
    courier._claim("dood")
    db.session.commit()
    bring(listening)
    assert listening.heard == []
    with time_machine.travel(now() + courier.LEASE + timedelta(seconds=1)):
        bring(listening)
    assert set(listening.ids) == ids


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://binnen.voorbeeldstad.example/in", "10.0.0.8"),
        ("https://binnen.voorbeeldstad.example/in", "127.0.0.1"),
        ("https://binnen.voorbeeldstad.example/in", "fd00::1"),
        ("https://binnen.voorbeeldstad.example/in", "169.254.169.254"),
        ("http://buiten.voorbeeldstad.example/in", "192.0.2.1"),
        ("https://localhost/in", "127.0.0.1"),
        ("https://iemand@buiten.voorbeeldstad.example/in", "192.0.2.1"),
    ],
)
def test_an_address_inside_or_without_tls_is_never_asked(url: str, address: str) -> None:
    asked = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [address]

    result = Sender(url, None, resolve=resolve, patience=0.5).send(b"{}")
    assert (result.outcome, result.status) == (Outcome.LATER, None)
    assert asked in ([], ["binnen.voorbeeldstad.example"])


@pytest.mark.thorough
def test_what_was_brought_is_forgotten_after_a_month(listens: None, listening: Listening) -> None:
    released()
    bring(listening)
    service.remove_old()
    assert len(outcomes()) == 5
    with time_machine.travel(now() + timedelta(days=31)):
        service.remove_old()
    assert outcomes() == []


@pytest.mark.thorough
def test_what_went_is_kept_until_its_quarter_is_published(
    listens: None, listening: Listening
) -> None:
    """Otherwise as many would go once more: nobody would know how many went already."""
    october = datetime(2026, 10, 6, 6, 10, tzinfo=UTC)
    with time_machine.travel(october, tick=False):
        happen(17)
        assert service.release_due(nothing_yet, anybody) == 10
        bring(listening)
    with time_machine.travel(NEW_YEAR, tick=False):
        service.remove_old()
        assert service.release_due(lambda _quarter: dict.fromkeys(KINDS, 17), anybody) == 7
        service.remove_old()
    assert outcomes() == [None] * 7


def test_what_waits_is_forgotten_when_nobody_listens_any_more(app: Flask) -> None:
    db.session.add(OutgoingEvent(kind="observation", quarter="2026-Q4"))
    db.session.commit()
    service.release_due(nothing_yet, anybody)
    assert outcomes() == []


def test_the_clock_releases_brings_and_forgets() -> None:
    names = {job.name for job in JOBS}
    assert names >= {"send-events", "release-events", "remove-old-events", "publish-survey"}


@pytest.mark.parametrize(("never", "told"), [(6, 12), (None, None)])
def test_who_never_got_feedback_is_in_the_figures_and_in_no_event(
    app: Flask, never: int | None, told: int | None
) -> None:
    db.session.add(Published(id="2026-Q4"))
    db.session.flush()
    counts = {("answer", ""): 18, ("answer", "never"): never, ("card", ""): 30}
    for (name, path), count in counts.items():
        db.session.add(Figure(quarter="2026-Q4", name=name, path=path, count=count))
    db.session.commit()
    assert releasing.published("2026-Q4") == {"observation": 30, "feedback": told}

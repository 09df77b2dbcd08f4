"""The kernteam meets: in its rhythm, over an agenda that fills itself, and nobody sees too much."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import cards, sealing
from server.audit import AuditEvent
from server.bundles.models import Bundle, BundleMember
from server.cases.models import Action, Case, CaseSource
from server.db import db, new_id, now
from server.keyring import ring
from server.meetings import agenda, feed, planning
from server.meetings.models import AgendaItem, Meeting
from server.meetings.rhythm import Rhythm
from server.notify.models import Notification
from server.people.models import Person, Session
from server.retention import resealing
from server.workdays import AMSTERDAM, add_workdays, is_workday, local_day
from tests.factories import Phone, add_phone

TUESDAY = Rhythm(date(2026, 11, 24), 2, time(9), 60, "Gemeentehuis")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def team(app: Flask) -> Phone:
    return add_phone(app, "kernteam", name="Kees Bedacht", card=None)


@pytest.fixture
def leader(app: Flask) -> Phone:
    return add_phone(app, "projectleider", name="Pien Proef", card=None)


@pytest.fixture
def meeting(app: Flask, regisseur: Phone) -> str:
    answer = regisseur.post("/meetings", {"starts_at": in_days(1)})
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def in_days(days: float) -> str:
    return (now() + timedelta(days=days)).isoformat()


def show(phone: Phone, meeting: str) -> dict[str, Any]:
    answer = phone.get(f"/meetings/{meeting}")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def points(phone: Phone, meeting: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["id"]) for one in show(phone, meeting)["agenda"]]


def kinds(phone: Phone, meeting: str) -> list[str]:
    return [kind for kind, _ in points(phone, meeting)]


def own(phone: Phone, meeting: str, title: str = "Mijn punt") -> str:
    item = new_id()
    answer = phone.post(f"/meetings/{meeting}/agenda", {"id": item, "title": title})
    assert answer.status_code == 201, answer.json
    return item


def move(phone: Phone, meeting: str, state: str) -> dict[str, Any]:
    version = show(phone, meeting)["version"]
    answer = phone.post(f"/meetings/{meeting}/states", {"state": state, "version": version})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def settle(phone: Phone, meeting: str, item: str, **more: Any) -> Any:
    known = {one["id"]: one["version"] for one in show(phone, meeting)["agenda"]}
    body = {"outcome": "discussed", "version": known[item], **more}
    return phone.post(f"/meetings/{meeting}/agenda/{item}/outcomes", body)


def bundle(regisseur: Phone, *phones: Phone, **changes: Any) -> str:
    made = Bundle(id=new_id(), reasons=["same_area", "same_name"], made_by=regisseur.person)
    db.session.add(made)
    for phone in phones:
        observation = phone.send(**changes)
        db.session.add(
            BundleMember(bundle_id=made.id, observation_id=observation, added_by=regisseur.person)
        )
    db.session.commit()
    return made.id


def prove(phone: Phone, moment: datetime | None) -> None:
    db.session.execute(
        sa.update(Session).where(Session.device_id == phone.device).values(confirmed_at=moment)
    )
    db.session.commit()


def all_meetings() -> list[Meeting]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Meeting).order_by(Meeting.starts_at)))


def audits(action: str) -> list[tuple[str, str | None, str | None]]:
    rows = db.session.execute(
        sa.select(AuditEvent.subject_kind, AuditEvent.subject_id, AuditEvent.purpose)
        .where(AuditEvent.action == action)
        .order_by(AuditEvent.id)
    )
    return [(row.subject_kind, row.subject_id, row.purpose) for row in rows]


def test_the_rhythm_falls_every_so_many_weeks_on_the_weekday_of_the_first() -> None:
    days = list(TUESDAY.slots(date(2026, 11, 25), date(2027, 1, 20)))
    assert days == [date(2026, 12, 8), date(2026, 12, 22), date(2027, 1, 5), date(2027, 1, 19)]
    assert list(TUESDAY.slots(date(2026, 1, 1), date(2026, 11, 24))) == [date(2026, 11, 24)]


def test_on_a_holiday_the_meeting_is_the_next_working_day() -> None:
    christmas = Rhythm(date(2026, 12, 25), 1, time(9), 60, "")
    assert christmas.start(date(2026, 12, 25)).date() == date(2026, 12, 28)
    assert all(is_workday(TUESDAY.start(day).date()) for day in TUESDAY.slots(*years(2026, 2030)))


def years(first: int, last: int) -> tuple[date, date]:
    return date(first, 1, 1), date(last, 1, 1)


def test_nine_in_the_morning_is_nine_before_and_after_the_clock_changes() -> None:
    rhythm = Rhythm(date(2027, 3, 23), 1, time(9), 60, "")
    starts = [rhythm.start(day) for day in rhythm.slots(date(2027, 3, 23), date(2027, 3, 30))]
    assert [one.astimezone(UTC).hour for one in starts] == [8, 7]
    assert {one.astimezone(AMSTERDAM).hour for one in starts} == {9}


@time_machine.travel(MONDAY, tick=False)
def test_the_clock_plans_what_comes_and_doing_it_again_changes_nothing(regisseur: Phone) -> None:
    planning.prepare()
    first = [(one.id, one.slot, one.starts_at) for one in all_meetings()]
    assert [slot for _, slot, _ in first] == list(
        TUESDAY.slots(date(2026, 11, 23), date(2027, 2, 15))
    )
    planning.prepare()
    assert [(one.id, one.slot, one.starts_at) for one in all_meetings()] == first


def test_a_clock_that_stood_still_for_two_days_doubles_no_meeting_and_no_reminder(
    regisseur: Phone, team: Phone
) -> None:
    def told() -> int:
        return (
            db.session.scalar(sa.select(sa.func.count()).where(Notification.kind == "meeting")) or 0
        )

    with time_machine.travel(MONDAY - timedelta(days=2), tick=False) as clock:
        planning.prepare()
        planned = len(all_meetings())
        assert told() == 0
        clock.move_to(MONDAY)
        planning.prepare()
        assert told() == 2
        # The news has gone out, so that nothing would merge any more.
        db.session.execute(sa.update(Notification).values(fanned_at=now()))
        db.session.commit()
        planning.prepare()
        planning.prepare()
        assert told() == 2
        assert len(all_meetings()) == planned
        # Off from just before the meeting until long after it: too late to tell of that one.
        clock.move_to(MONDAY + timedelta(days=2))
        planning.prepare()
        assert told() == 2
        assert len({one.slot for one in all_meetings()}) == len(all_meetings())


@time_machine.travel(MONDAY, tick=False)
def test_a_meeting_that_was_moved_by_hand_is_not_planned_again(regisseur: Phone) -> None:
    planning.prepare()
    first = all_meetings()[0]
    body = {"starts_at": in_days(3), "minutes": 90, "place": "Kamer 2", "version": 1}
    answer = regisseur.client.put(f"/api/v1/meetings/{first.id}", json=body)
    assert (answer.status_code, answer.json["minutes"]) == (200, 90)
    count = len(all_meetings())
    planning.prepare()
    assert len(all_meetings()) == count
    assert db.session.get_one(Meeting, first.id).place == "Kamer 2"
    again = regisseur.client.put(f"/api/v1/meetings/{first.id}", json=body)
    assert (again.status_code, again.json["code"]) == (409, "version")


@time_machine.travel(MONDAY, tick=False)
def test_another_rhythm_leaves_no_meeting_of_the_old_one_but_what_somebody_wrote_at(
    regisseur: Phone,
) -> None:
    planning.prepare()
    touched = all_meetings()[1]
    own(regisseur, touched.id)
    before = cards.library().meeting
    settings = {**(before or {}), "first": "2026-11-26", "every_weeks": 4}
    object.__setattr__(cards.library(), "meeting", settings)
    planning.prepare()
    object.__setattr__(cards.library(), "meeting", before)
    days = {one.slot.weekday() for one in all_meetings() if one.slot and one.id != touched.id}
    assert days == {3}
    assert touched.id in {one.id for one in all_meetings()}


def test_the_agenda_fills_itself_in_a_fixed_order(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    bundle(regisseur, boa, teacher, area="BU02670101")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        planning.prepare()
    found = show(regisseur, meeting)["agenda"]
    assert [one["kind"] for one in found] == ["bundle", "round"]
    assert "2 meldingen" in found[0]["detail"]
    assert found[0]["title"].startswith("Bundel ")


def test_late_observations_are_a_point_only_while_there_are(
    boa: Phone, regisseur: Phone, meeting: str
) -> None:
    boa.send()
    later = add_workdays(local_day(now()), 4)
    moment = datetime.combine(later, time(9), AMSTERDAM)
    answer = regisseur.post("/meetings", {"starts_at": (moment + timedelta(days=1)).isoformat()})
    prove(regisseur, None)
    with time_machine.travel(moment, tick=False):
        late = db.session.get_one(Meeting, answer.json["id"])
        agenda.fill(late)
        db.session.commit()
        rows = db.session.scalars(sa.select(AgendaItem).where(AgendaItem.meeting_id == late.id))
        assert [(one.kind, one.detail) for one in sorted(rows, key=lambda one: one.position)] == [
            ("late", "1 melding"),
            ("round", ""),
        ]


def test_what_was_taken_off_does_not_come_back(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    bundle(regisseur, boa, teacher)
    planning.prepare()
    (first, _) = points(regisseur, meeting)
    url = f"/api/v1/meetings/{meeting}/agenda/{first[1]}"
    assert regisseur.client.delete(url).status_code == 204
    planning.prepare()
    assert kinds(regisseur, meeting) == ["round"]
    assert regisseur.client.delete(url).status_code == 404


def test_a_bundle_that_is_gone_leaves_the_agenda(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    made = bundle(regisseur, boa, teacher)
    planning.prepare()
    db.session.get_one(Bundle, made).ended_at = now()
    db.session.commit()
    planning.prepare()
    assert kinds(regisseur, meeting) == ["round"]


def test_points_stand_where_somebody_puts_them_and_new_ones_do_not_push_them_around(
    boa: Phone, teacher: Phone, regisseur: Phone, leader: Phone, meeting: str
) -> None:
    one, two = own(regisseur, meeting, "Eerste"), own(leader, meeting, "Tweede")
    assert [item for _, item in points(regisseur, meeting)][:2] == [one, two]
    answer = leader.post(f"/meetings/{meeting}/agenda/{two}/moves", {"place": 1})
    assert [item["id"] for item in answer.json["agenda"]][:2] == [two, one]
    regisseur.post(f"/meetings/{meeting}/agenda/{two}/moves", {"place": 99})
    assert kinds(regisseur, meeting) == ["own", "round", "own"]
    bundle(regisseur, boa, teacher)
    planning.prepare()
    assert kinds(regisseur, meeting) == ["bundle", "own", "round", "own"]


def test_the_same_point_sent_twice_is_one_point(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    item = new_id()
    body = {"id": item, "title": "Een vraag"}
    for _ in range(2):
        assert regisseur.post(f"/meetings/{meeting}/agenda", body).status_code == 201
    assert kinds(regisseur, meeting).count("own") == 1
    other = team.post(f"/meetings/{meeting}/agenda", body)
    assert (other.status_code, other.json["code"]) == (409, "point_id")


@pytest.mark.parametrize("title", ["", "x" * 121, "twee\nregels", "\u2028", 7, None])
def test_a_title_that_is_no_line_of_text_is_refused(
    regisseur: Phone, meeting: str, title: object
) -> None:
    answer = regisseur.post(f"/meetings/{meeting}/agenda", {"id": new_id(), "title": title})
    assert answer.status_code == 400


def test_what_people_write_at_a_point_lies_sealed_and_no_get_shows_it(
    regisseur: Phone, team: Phone, leader: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting, "Zwiep en zijn broer")
    assert "Zwiep" not in str(show(regisseur, meeting))
    row = db.session.get_one(AgendaItem, item)
    assert row.title == ""
    assert "Zwiep" not in (row.text_sealed or "")
    opened = team.post(f"/meetings/{meeting}/openings", {}).json["items"]
    assert opened == [{"id": item, "title": "Zwiep en zijn broer", "note": None}]
    assert ("meeting", meeting, "meeting") in audits("open_agenda")
    assert leader.post(f"/meetings/{meeting}/openings", {}).status_code == 403


def test_a_meeting_begins_and_ends_once_and_what_was_not_discussed_goes_on(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    following = regisseur.post("/meetings", {"starts_at": in_days(8)}).json["id"]
    one, two = own(regisseur, meeting, "Besproken punt"), own(team, meeting, "Blijft liggen")
    early = settle(team, meeting, one)
    assert (early.status_code, early.json["code"]) == (409, "step")
    running = move(regisseur, meeting, "running")
    assert [person["name"] for person in running["present"]] == ["Samira Voorbeeld"]
    assert settle(team, meeting, one, note="Duidelijk").status_code == 201
    again = regisseur.post(f"/meetings/{meeting}/states", {"state": "running", "version": 2})
    assert (again.status_code, again.json["code"]) == (409, "step")
    assert move(regisseur, meeting, "ended")["ended_at"]
    assert kinds(regisseur, following) == ["own", "round"]
    opened = team.post(f"/meetings/{following}/openings", {}).json["items"]
    assert [row["title"] for row in opened] == ["Blijft liggen"]
    assert two != opened[0]["id"]
    late = regisseur.post(f"/meetings/{meeting}/agenda", {"id": new_id(), "title": "Te laat"})
    assert (late.status_code, late.json["code"]) == (409, "step")


def test_of_two_who_settle_a_point_at_once_the_second_hears_of_the_first(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting)
    move(regisseur, meeting, "running")
    body = {"outcome": "following", "note": "Ja", "version": 1}
    url = f"/meetings/{meeting}/agenda/{item}/outcomes"
    assert regisseur.post(url, body).status_code == 201
    second = team.post(url, {**body, "note": "Nee"})
    assert (second.status_code, second.json["code"]) == (409, "version")
    (row,) = team.post(f"/meetings/{meeting}/openings", {}).json["items"]
    assert row == {"id": item, "title": "Mijn punt", "note": "Ja"}
    assert team.post(url, {**body, "note": "Toch", "version": 2}).status_code == 201


def test_a_bundle_is_shown_with_letters_and_every_opening_is_logged(
    boa: Phone, teacher: Phone, regisseur: Phone, team: Phone, meeting: str
) -> None:
    written = {
        "v": 1,
        "what": "Zwiep geeft Wim Bedacht een tasje. ZWIEP lacht.",
        "persons": [{"name": "Zwiep", "age": "12_15"}, {"name": "Wim Bedacht", "age": "unknown"}],
    }
    bundle(regisseur, boa, teacher, written=written)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    answer = team.post(f"/meetings/{meeting}/agenda/{item}/openings", {})
    assert answer.status_code == 201, answer.json
    assert [one["text"] for one in answer.json["seen"]] == [
        "jongere A geeft persoon B een tasje. jongere A lacht."
    ] * 2
    assert answer.json["letters"] == ["jongere A", "persoon B"]
    assert answer.json["protective"]
    assert "Zwiep" not in str(answer.json)
    opened = [kind for kind, _, purpose in audits("open") if purpose == "meeting"]
    assert opened == ["observation", "observation"]
    assert audits("open_point") == [("agenda_item", item, "meeting")]


def test_a_name_takes_a_reason_and_proof_and_in_a_meeting_that_once(
    boa: Phone, teacher: Phone, regisseur: Phone, team: Phone, meeting: str
) -> None:
    bundle(regisseur, boa, teacher)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    move(regisseur, meeting, "running")
    url, body = f"/meetings/{meeting}/agenda/{item}/unmaskings", {"reason": "who_knows"}
    prove(team, None)
    refused = team.post(url, body)
    assert (refused.status_code, refused.json["code"]) == (403, "confirm")
    assert team.post(url, {"reason": "zomaar"}).status_code == 400
    prove(team, now())
    assert team.post(url, body).json == {"names": {"jongere A": "Zwiep"}}
    prove(team, now() - timedelta(hours=1))
    assert team.post(url, body).status_code == 201
    prove(regisseur, None)
    assert regisseur.post(url, body).status_code == 403
    move(regisseur, meeting, "ended")
    assert team.post(url, body).status_code == 403
    assert len([one for one in audits("open") if one[2] == "who_knows"]) == 4


def test_an_agenda_member_sees_only_what_was_put_before_them(
    app: Flask, covenant: None, boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    colleague = add_phone(app, "kernteam", name="Olga Verzonnen", card=None)
    outsider = add_phone(app, "kernteam", name="Otto Verzonnen", kind="om", card=None)
    bundle(regisseur, boa, teacher)
    planning.prepare()
    item = points(regisseur, meeting)[0][1]
    assert outsider.get("/meetings").json["items"] == []
    assert outsider.get(f"/meetings/{meeting}").status_code == 404
    put = f"/meetings/{meeting}/agenda/{item}/guests"
    offered = [one["id"] for one in show(regisseur, meeting)["candidates"]]
    assert offered == [outsider.person]
    assert show(colleague, meeting)["candidates"] == []
    member = regisseur.post(put, {"person": colleague.person})
    assert (member.status_code, member.json["code"]) == (400, "person")
    for _ in range(2):
        assert regisseur.post(put, {"person": outsider.person}).status_code == 201
    assert [one["id"] for one in outsider.get("/meetings").json["items"]] == [meeting]
    shown = show(outsider, meeting)
    assert [one["id"] for one in shown["agenda"]] == [item]
    assert (shown["member"], shown["present"], shown["possible"]) == (False, [], [])
    url = f"/meetings/{meeting}/agenda/{item}/openings"
    assert outsider.post(url, {}).status_code == 201
    other = points(regisseur, meeting)[1][1]
    assert outsider.post(f"/meetings/{meeting}/agenda/{other}/openings", {}).status_code == 404
    unmask = outsider.post(f"/meetings/{meeting}/agenda/{item}/unmaskings", {"reason": "who_knows"})
    assert unmask.status_code == 403
    assert regisseur.client.delete(f"/api/v1{put}/{outsider.person}").status_code == 204
    assert outsider.get(f"/meetings/{meeting}").status_code == 404
    assert regisseur.client.delete(f"/api/v1{put}/{outsider.person}").status_code == 404


def test_an_agenda_member_hears_once_that_something_is_put_before_them_and_not_what(
    app: Flask, covenant: None, boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    outsider = add_phone(app, "kernteam", name="Otto Verzonnen", kind="om", card=None)
    bundle(regisseur, boa, teacher)
    planning.prepare()
    puts = [f"/meetings/{meeting}/agenda/{one}/guests" for _, one, *_ in points(regisseur, meeting)]

    def told() -> list[tuple[str, str]]:
        asked = sa.select(Notification.kind, Notification.url)
        mine = asked.where(Notification.person_id == outsider.person)
        return [(row.kind, row.url) for row in db.session.execute(mine)]

    for put in puts[:2]:
        assert regisseur.post(put, {"person": outsider.person}).status_code == 201
    assert told() == [("put_before", f"/#/overleg/{meeting}")]
    # Of what was taken back before anybody was told, nobody is told.
    regisseur.client.delete(f"/api/v1{puts[0]}/{outsider.person}")
    assert len(told()) == 1
    regisseur.client.delete(f"/api/v1{puts[1]}/{outsider.person}")
    assert told() == []


def test_from_outside_the_gemeente_nobody_takes_part_without_a_covenant(
    app: Flask, regisseur: Phone, meeting: str
) -> None:
    police = add_phone(app, "kernteam", name="Piet Nep", kind="politie", card=None)
    assert police.get("/meetings").json["items"] == []
    assert police.get(f"/meetings/{meeting}").status_code == 404
    assert police.post("/calendar", {}).status_code == 404
    body = {"id": new_id(), "title": "Wij ook"}
    assert police.post(f"/meetings/{meeting}/agenda", body).status_code == 404


def test_the_three_questions_are_answered_after_the_meeting_and_shown_without_who(
    regisseur: Phone, team: Phone, meeting: str
) -> None:
    asked = [one["id"] for one in regisseur.get("/evaluations").json["questions"]]
    assert len(asked) == 3
    body = {"answers": dict.fromkeys(asked, "yes"), "words": "Zwiep kwam te kort"}
    url = f"/api/v1/meetings/{meeting}/evaluation"
    assert regisseur.client.put(url, json=body).json["code"] == "step"
    move(regisseur, meeting, "running")
    move(regisseur, meeting, "ended")
    assert regisseur.client.put(url, json={"answers": {asked[0]: "yes"}}).status_code == 400
    for _ in range(2):
        assert regisseur.client.put(url, json=body).status_code == 204
    other = {"answers": {**body["answers"], asked[0]: "no"}}
    assert team.client.put(url, json=other).status_code == 204
    (found,) = team.get("/evaluations").json["items"]
    assert (found["meeting"], found["count"]) == (meeting, 2)
    assert found["answers"][asked[0]] == {"yes": 1, "partly": 0, "no": 1}
    assert "Samira" not in str(team.get("/evaluations").json)
    words = team.post("/evaluations/openings", {"meeting": meeting}).json
    assert words == {"words": ["Zwiep kwam te kort"]}
    mine = {one["id"]: one["evaluated"] for one in team.get("/meetings").json["items"]}
    assert mine[meeting] is True


@time_machine.travel(MONDAY, tick=False)
def test_after_a_year_the_agenda_asks_to_look_back(regisseur: Phone, meeting: str) -> None:
    move(regisseur, meeting, "running")
    move(regisseur, meeting, "ended")
    refused = regisseur.client.put(
        "/api/v1/evaluations/years", json={"year": 1, "answers": {"J-01": "yes"}}
    )
    assert (refused.status_code, refused.json["code"]) == (409, "step")
    old = db.session.get_one(Meeting, meeting)
    old.starts_at = now() - timedelta(days=370)
    db.session.commit()
    # Before the meeting that the rhythm plans for the day after.
    following = regisseur.post("/meetings", {"starts_at": in_days(0.5)}).json["id"]
    assert kinds(regisseur, following) == ["year", "round"]
    answered = regisseur.client.put(
        "/api/v1/evaluations/years", json={"year": 1, "answers": {"J-01": "yes"}}
    )
    assert answered.status_code == 204
    planning.prepare()
    assert kinds(regisseur, following) == ["round"]


def feed_of(phone: Phone) -> str:
    url = str(phone.post("/calendar", {}).json["url"])
    return url[url.index("/calendar/") :]


def test_a_calendar_holds_times_and_places_and_not_a_word_of_what_about(
    app: Flask, regisseur: Phone, meeting: str
) -> None:
    own(regisseur, meeting, "Zwiep")
    address = feed_of(regisseur)
    answer = app.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["SUMMARY"] == "Overleg kernteam"
    assert "DESCRIPTION" not in event
    assert b"Zwiep" not in answer.data


def test_a_feed_is_one_persons_can_be_revoked_and_ends_with_their_access(
    app: Flask, regisseur: Phone, team: Phone, meeting: str
) -> None:
    first, other = feed_of(regisseur), feed_of(team)
    assert regisseur.get("/calendar").json["made_at"]
    second = feed_of(regisseur)
    client = app.test_client()
    assert [client.get(one).status_code for one in (first, second, other)] == [404, 200, 200]
    assert regisseur.client.delete("/api/v1/calendar").status_code == 204
    assert regisseur.get("/calendar").json == {"made_at": None}
    db.session.get_one(Person, team.person).ended_at = now()
    db.session.commit()
    assert [client.get(one).status_code for one in (second, other)] == [404, 404]
    assert client.get("/calendar/raad.ics").status_code == 404


@pytest.mark.parametrize(
    "place",
    [
        "Kamer 1; naast de kantine, links \\ rechts",
        "Café ’t Hoekje — zaal é🎈" * 4,
        "x" * 100,
        "BEGIN:VEVENT",
        "",
    ],
)
def test_whatever_a_place_is_called_the_calendar_can_be_read_back(place: str) -> None:
    starts = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    made = feed.write(
        [
            Meeting(
                id=new_id(), starts_at=starts, minutes=60, place=place, state="cancelled", version=3
            )
        ],
        "Nijkerk",
    )
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    (event,) = icalendar.Calendar.from_ical(made).walk("VEVENT")
    assert str(event.get("LOCATION", "")) == place
    assert event["DTSTART"].dt == starts
    # Over the night in which an hour is skipped a meeting still lasts what it lasts.
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=60)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)


def test_after_its_term_what_was_said_is_forgotten_and_when_was_met_is_not(
    regisseur: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting)
    assert planning.forget_old() == 0
    with time_machine.travel(now() + timedelta(days=400), tick=False):
        assert planning.forget_old() == 1
        assert planning.forget_old() == 0
    db.session.expire_all()
    assert db.session.get_one(AgendaItem, item).text_sealed is None
    assert len(all_meetings()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"starts_at": "morgen"},
        {"starts_at": "2020-01-01T09:00:00Z"},
        {"starts_at": "2099-01-01T09:00:00Z"},
        {"starts_at": "2026-12-01T09:00:00"},
        {"starts_at": "2026-12-01T09:00:00Z", "minutes": 0},
        {"starts_at": "2026-12-01T09:00:00Z", "place": "een\r\nATTENDEE:x"},
    ],
)
def test_a_meeting_without_a_time_that_can_be_is_refused(regisseur: Phone, body: Any) -> None:
    assert regisseur.post("/meetings", body).status_code == 400
    assert all_meetings() == []


def test_a_name_at_a_meeting_is_found_and_erased_for_who_asks_for_that(
    regisseur: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting, "Hoe gaat het met Zwiep?")
    body = {"name": "Zwiep", "reason": "access"}
    prove(regisseur, now())
    found = regisseur.post("/rights/searches", body)
    assert found.status_code == 201, found.json
    assert [(one["subject"], one["id"]) for one in found.json["items"]] == [("agenda_item", item)]
    erased = regisseur.post(
        f"/rights/records/{item}/erasures", {"subject": "agenda_item", "reason": "erasure"}
    )
    assert erased.status_code in {201, 204}, erased.json
    assert regisseur.post("/rights/searches", body).json["items"] == []
    assert kinds(regisseur, meeting) == ["own", "round"]


def test_what_was_said_is_sealed_again_before_its_months_key_goes(
    regisseur: Phone, meeting: str
) -> None:
    item = own(regisseur, meeting, "Nog eens kijken")
    old = db.session.get_one(AgendaItem, item).text_sealed or ""
    key = sealing.parse(old).key_id
    with time_machine.travel(now() + timedelta(days=40), tick=False):
        ring().ensure(now())
        done, failed = resealing.reseal(key)
    assert done >= 1
    assert failed == 0
    db.session.expire_all()
    fresh = db.session.get_one(AgendaItem, item).text_sealed or ""
    assert sealing.parse(fresh).key_id != key
    (row,) = regisseur.post(f"/meetings/{meeting}/openings", {}).json["items"]
    assert row["title"] == "Nog eens kijken"


def case(regisseur: Phone, number: int, **more: Any) -> str:
    made = Case(
        id=new_id(), number=number, kind="youth", by_id=regisseur.person, text_sealed="", **more
    )
    db.session.add(made)
    db.session.commit()
    return made.id


def test_cases_stand_in_the_order_of_their_phases_and_what_is_due_stands_apart(
    boa: Phone, teacher: Phone, regisseur: Phone, meeting: str
) -> None:
    made = bundle(regisseur, boa, teacher)
    late = case(regisseur, 1, phase="action")
    case(regisseur, 2, phase="analysis")
    case(regisseur, 3, phase="evaluation", evaluate_on=local_day(now()))
    case(regisseur, 4, phase="evaluation", closed_on=local_day(now()), outcome="better")
    source = db.session.scalars(sa.select(BundleMember.observation_id)).first()
    db.session.add(
        CaseSource(case_id=late, observation_id=source, bundle_id=made, by_id=regisseur.person)
    )
    db.session.add(
        Action(
            id=new_id(),
            case_id=late,
            about="case",
            pillar="care",
            kind="begeleiding",
            owner_id=regisseur.person,
            due_on=local_day(now()) - timedelta(days=1),
            by_id=regisseur.person,
            text_sealed="",
        )
    )
    db.session.commit()
    planning.prepare()
    found = [
        (one["kind"], one["title"], one["detail"]) for one in show(regisseur, meeting)["agenda"]
    ]
    assert [(kind, title) for kind, title, _ in found] == [
        ("actions", "Acties die over tijd zijn"),
        ("case", "Casus 2"),
        ("case", "Casus 1"),
        ("evaluation", "Evaluatie casus 3"),
        ("round", "Rondvraag"),
    ]
    assert [detail for *_, detail in found][:3] == ["1 actie", "analyse", "actie"]
    item = points(regisseur, meeting)[2][1]
    opened = regisseur.post(f"/meetings/{meeting}/agenda/{item}/openings", {})
    assert [one["text"].split()[0] for one in opened.json["seen"]] == ["Iemand"]

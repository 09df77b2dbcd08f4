"""A calendar of one's own, with times and places and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from flask import Flask

from server.db import db, new_id, now
from server.meetings import feed
from server.meetings.models import Meeting
from server.people.models import Person
from tests.factories import Phone
from tests.meetings.steps import own


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

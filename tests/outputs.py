"""Every number that goes out, by the address or the message it goes out with.

``OUTPUTS`` is the list: what gives figures stands in it or in ``NO_FIGURES``, and
tests/test_planted_case.py looks whether an address was forgotten.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from pypdf import PdfReader

from server.db import now
from server.events import courier
from server.events.webhook import Sender
from server.reports import service as reports
from server.workdays import local_day
from tests.authenticator import add_passkey, confirm
from tests.factories import Phone, add_phone
from tests.listener import Listening

API = "/api/v1"
METRICS_KEY = "een-sleutel-van-veertig-tekens-en-langer"
SHEET_NAMES = ("Meldingen", "Meldingen die antwoord kregen", "Daarvan op tijd")


class Told(NamedTuple):
    """A number that was read; ``table`` is empty where ``place`` is what people read."""

    period: str
    table: str
    place: str
    number: int


class Readers:
    """Somebody of every kind that hears of figures; ``coach`` is of the club of the case."""

    def __init__(self, app: Flask, coach: Phone) -> None:
        self.app, self.coach = app, coach

    @cache  # noqa: B019
    def phone(self, role: str) -> Phone:
        return add_phone(self.app, role, card=None)

    def get(self, role: str, path: str) -> Any:
        answer = (self.coach if role == "melder" else self.phone(role)).get(path)
        assert answer.status_code == 200, (path, answer.json)
        return answer.json

    def post(self, role: str, path: str, body: Any) -> Any:
        answer = self.phone(role).post(path, body)
        assert answer.status_code == 201, (path, answer.json)
        return answer


def numbers(value: Any, place: str = "") -> Iterator[Told]:
    """Yield every number in an answer, under the name it has there."""
    if isinstance(value, Mapping):
        for name, inside in value.items():
            yield from numbers(inside, f"{place}/{name}")
    elif isinstance(value, list):
        for inside in value:
            yield from numbers(inside, place)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield Told("", "", place, value)


def on_screen(readers: Readers) -> Iterator[Told]:
    names = sorted(reports.periods())
    for first, last in ((a, b) for a in names for b in names if a <= b):
        for against in names:
            path = f"/figures?first={first}&last={last}&against={against}"
            answer = readers.get("bestuur", path)
            for period in filter(None, (answer["shown"], answer["compared"])):
                yield from of_period(period)
            for said in answer["changes"]:
                yield from in_words(f"{first} {last}", said)


def of_period(period: Any) -> Iterator[Told]:
    name = f"{period['first']} {period['last']}"
    for table in period["tables"]:
        for cell in table["cells"]:
            for count in {cell["value"], cell["at_least"]} - {None}:
                yield Told(name, table["name"], cell["key"], count)
            for quarter, count in zip(period["quarters"], cell["by_quarter"], strict=True):
                if count is not None:
                    yield Told(f"{quarter} {quarter}", table["name"], cell["key"], count)


def of_rows(rows: Any) -> Iterator[Told]:
    for row in rows:
        if row["count"] not in ("", None):
            period = f"{row['quarter']} {row['quarter']}"
            yield Told(period, row["table"], row["key"], int(row["count"]))


def in_files(readers: Readers) -> Iterator[Told]:
    for form in ("csv", "json"):
        answer = readers.post("bestuur", "/figures/exports", {"form": form, "mark": True})
        content = answer.json["content"].lstrip("\ufeff")
        if form == "csv":
            yield from of_rows(csv.DictReader(io.StringIO(content), delimiter=";"))
        else:
            yield from of_rows(json.loads(content)["rows"])


def with_a_key(readers: Readers) -> Iterator[Told]:
    keeper = readers.phone("beheerder")
    confirm(keeper, add_passkey(keeper))
    ends_on = str(local_day(now()) + timedelta(days=30))
    made = readers.post("beheerder", "/systems", {"name": "Dashboard", "ends_on": ends_on})
    answer = readers.app.test_client().get(
        f"{API}/published-figures", headers={"Authorization": f"Bearer {made.json['secret']}"}
    )
    assert answer.status_code == 200
    yield from of_rows(answer.json["rows"])


def in_words(period: str, said: str) -> Iterator[Told]:
    """Yield what a sentence or a line says: a name and a number, or from which number to which."""
    for line in said.splitlines():
        for place, number in re.findall(r"(?:^- |: |^)([^:]+?)[:,] ([0-9]+)(?: keer)?\.?$", line):
            yield Told(period, "", place, int(number))
        for place, *both in re.findall(r": ([^:]+), van ([0-9]+) naar ([0-9]+)", line):
            yield from (Told(period, "", place, int(number)) for number in both)


def of_sheet(period: str, sheet: Any) -> Iterator[Told]:
    for section in (*sheet["figures"], *sheet["sections"]):
        for line in section["lines"]:
            yield from in_words(period, f"{line['name']}: {line['value']}")
        for said in section["said"]:
            yield from in_words(period, said)


def on_sheets(readers: Readers) -> Iterator[Told]:
    for kind, quarter in sheets():
        shown = readers.get("bestuur", f"/briefings?kind={kind}&quarter={quarter}")["shown"]
        yield from of_sheet(f"{quarter} {quarter}", shown["sheet"])
        yield from in_words(f"{quarter} {quarter}", shown["text"])


def sheets() -> list[tuple[str, str]]:
    return [(kind, quarter) for kind in ("driehoek", "raad") for quarter in reports.periods()]


def on_printed_sheets(readers: Readers) -> Iterator[Told]:
    for kind, quarter in sheets():
        made = readers.post("bestuur", "/briefings/prints", {"kind": kind, "quarter": quarter})
        yield from on_paper(f"{quarter} {quarter}", made.data)


def on_paper(period: str, made: bytes) -> Iterator[Told]:
    """Yield the number behind every name that can stand on paper."""
    pages = PdfReader(io.BytesIO(made)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    first, _, last = period.partition(" ")
    tables = reports.figures(first, last).tables
    places = {cell.label for table in tables for cell in table.cells}
    places |= {*SHEET_NAMES, *(table.title for table in tables)}
    for place in places:
        squeezed = re.escape("".join(place.split()))
        # A date or a quarter has no name of a place right before it.
        for number in re.findall(rf"{squeezed},?([0-9]+)", text):
            yield Told(period, "", place, int(number))
    for said, number in re.findall("‘([^’]+)’([0-9]+)keer", text):
        yield Told(period, "", said, int(number))


def in_notes(readers: Readers) -> Iterator[Told]:
    for note in readers.get("melder", "/notes")["items"]:
        yield from of_sheet(f"{note['quarter']} {note['quarter']}", note["sheet"])


def on_printed_notes(readers: Readers) -> Iterator[Told]:
    for note in readers.get("procesregisseur", "/notes/prints")["items"]:
        made = readers.post("procesregisseur", f"/notes/{note['id']}/prints", {})
        yield from on_paper(f"{note['quarter']} {note['quarter']}", made.data)


def of_effect(readers: Readers) -> Iterator[Told]:
    answer = readers.get("bestuur", "/effect")
    for half in answer["survey"]:
        for question in half["questions"]:
            yield from numbers(question, half["half"])
    for goal in answer["goals"]:
        yield from numbers([one["value"] for one in goal["values"]], f"goal {goal['goal']}")


def in_events(_readers: Readers) -> Iterator[Told]:
    """Yield how many events of a kind came on one day, as the system that listens logs them."""
    with Listening() as to:
        sender = Sender(to.url, None, test_origin=to.origin)
        while courier.deliver_due(sender, "clock", API):
            pass
        log = Counter((one.event["type"], one.event["time"]) for one in to.heard)
    for (kind, moment), count in log.items():
        yield Told(moment, "", kind, count)


def of_desk(readers: Readers) -> Iterator[Told]:
    yield from numbers(readers.get("procesregisseur", "/figures/answers"))


def for_the_operator(readers: Readers) -> Iterator[Told]:
    answer = readers.app.test_client().get(
        "/metrics", headers={"Authorization": f"Bearer {METRICS_KEY}"}
    )
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            place = " ".join([sample.name, *sample.labels.values()])
            yield Told("", "", place, int(sample.value))


def shown_to(role: str, path: str) -> Callable[[Readers], Iterator[Told]]:
    return lambda readers: numbers(readers.get(role, path))


Read = Callable[[Readers], Iterator[Told]]

# Where numbers stand that tell of nobody.
OUTPUTS: Mapping[str, Read] = {
    f"GET {API}/figures": on_screen,
    f"POST {API}/figures/exports": in_files,
    f"GET {API}/published-figures": with_a_key,
    f"GET {API}/briefings": on_sheets,
    f"POST {API}/briefings/prints": on_printed_sheets,
    f"GET {API}/notes": in_notes,
    f"POST {API}/notes/<uuid:note_id>/prints": on_printed_notes,
    f"GET {API}/effect": of_effect,
    f"GET {API}/expectations": shown_to("melder", "/expectations"),
    "events": in_events,
}
# Where numbers stand as they are, and the roles that may read them: the desk reads each report
# anyway, and the operator has the database.
LIVE: Mapping[str, tuple[Read, set[str]]] = {
    f"GET {API}/figures/answers": (of_desk, {"procesregisseur", "adviseur-oov"}),
    "GET /metrics": (for_the_operator, set()),
}
# What has no number in it at all.
NO_FIGURES: Mapping[str, tuple[str, str]] = {
    f"GET {API}/figures/columns": ("bestuur", "/figures/columns"),
    f"GET {API}/notes/prints": ("procesregisseur", "/notes/prints"),
    f"GET {API}/survey": ("melder", "/survey"),
    f"GET {API}/systems": ("beheerder", "/systems"),
    f"GET {API}/absences": ("procesregisseur", "/absences"),
}
# What counts only events that went out, which are in the list themselves.
OF_EVENTS = {f"GET {API}/events"}
# What takes something in; what it answers is what was sent, or how often it was done.
TAKES_IN = {
    f"POST {API}/{path}"
    for path in (
        "systems",
        "stories/checks",
        "survey",
        "events/retries",
        "bundles/<uuid:bundle_id>/feedback",
    )
}

"""One report unlike all others is planted, and looked for in everything that goes out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask

from server.reports import publishing, service
from server.reports.labels import label
from tests.factories import Phone, add_phone

pytestmark = pytest.mark.thorough

QUARTERS = ("2026-Q3", "2026-Q4")
MOMENTS = (datetime(2026, 8, 4, 10, tzinfo=UTC), datetime(2026, 10, 6, 10, tzinfo=UTC))
# Where nobody else reported from, with a card and a signal nobody else used.
BUURT, CARD, SIGNAL = "BU02670201", "sport", "SPO-01"
PLACES = {
    "area": f"WK026702/{BUURT}",
    "card": CARD,
    "organisation": "club",
}

Told = tuple[str, str, str]  # where it was read, the table and the place


@pytest.fixture
def bestuur(app: Flask) -> Phone:
    """The figures of two quarters, in the second of which the case was planted."""
    boas = [add_phone(app, "melder") for _ in range(3)]
    coaches = [add_phone(app, "melder", card=CARD, kind="club") for _ in range(3)]
    for moment in MOMENTS:
        with time_machine.travel(moment, tick=False):
            for boa in boas:
                boa.sync(*[boa.observation(area="BU02670101") for _ in range(8)], signed_in=False)
            if moment == MOMENTS[-1]:
                planted = coaches[0].observation(card=CARD, signals=[SIGNAL], area=BUURT)
                coaches[0].sync(planted, signed_in=False)
    with time_machine.travel(datetime(2027, 1, 1, 5, tzinfo=UTC), tick=False):
        assert publishing.publish_due() == list(QUARTERS)
    return add_phone(app, "bestuur", card=None)


def everything(phone: Phone) -> Iterator[tuple[Told, int]]:
    """Yield every number that can be read anywhere, with where it stands."""
    yield from on_screen(phone)
    yield from in_files(phone)


def on_screen(phone: Phone) -> Iterator[tuple[Told, int]]:
    for first, last in ((0, 0), (1, 1), (0, 1)):
        path = f"/figures?first={QUARTERS[first]}&last={QUARTERS[last]}"
        answer = phone.get(path).json
        for period in filter(None, (answer["shown"], answer["compared"])):
            for table in period["tables"]:
                for cell in table["cells"]:
                    spot = (path, table["name"], cell["key"])
                    for count in (cell["value"], cell["at_least"], *cell["by_quarter"]):
                        if count is not None:
                            yield spot, count


def in_files(phone: Phone) -> Iterator[tuple[Told, int]]:
    file = phone.post("/figures/exports", {"form": "csv"}).json["content"]
    for row in csv.DictReader(io.StringIO(file), delimiter=";"):
        if row["count"]:
            yield (f"csv {row['quarter']}", row["table"], row["key"]), int(row["count"])
    kept = json.loads(phone.post("/figures/exports", {"form": "json"}).json["content"])
    for row in kept["rows"]:
        if row["count"] is not None:
            yield (f"json {row['quarter']}", row["table"], row["key"]), row["count"]


def test_nothing_that_goes_out_holds_a_number_as_small_as_the_case(bestuur: Phone) -> None:
    read = list(everything(bestuur))
    assert {count for _, count in read} & {24, 25}, "there is something to read"
    assert [told for told, count in read if 0 < count < 5] == []


def test_where_the_case_is_no_output_says_anything_but_hidden(bestuur: Phone) -> None:
    read = list(everything(bestuur))
    for table, place in PLACES.items():
        own = {
            (where, count)
            for (where, name, key), count in read
            if name == table and key == place and "2026-Q4" in where and count > 0
        }
        assert own == set(), f"{table}: {own}"


def test_no_quarter_less_another_and_no_whole_less_its_parts_is_the_case(bestuur: Phone) -> None:
    for first, last in ((0, 0), (1, 1), (0, 1)):
        for table in service.figures(QUARTERS[first], QUARTERS[last]).tables:
            for whole in table.cells:
                depth = len(whole.path) + 1
                parts = [
                    one
                    for one in table.cells
                    if len(one.path) == depth and one.path[: depth - 1] == whole.path
                ]
                if parts and whole.value is not None:
                    rest = whole.value - sum(one.at_least for one in parts)
                    assert rest == 0 or rest >= 5, f"{table.name} {whole.key}: {rest} is left"


def test_no_sheet_names_the_place_or_the_number_of_the_case(bestuur: Phone) -> None:
    """On the sheets stands only what is shown; of a hidden place not even the name is needed."""
    for kind in ("driehoek", "raad"):
        answer = bestuur.get(f"/briefings?kind={kind}&quarter=2026-Q4")
        assert answer.status_code == 200
        text: Any = json.dumps(answer.json["shown"], ensure_ascii=False)
        buurt = label("area", ("WK026702", BUURT))
        assert buurt not in text
        assert ": 1 " not in text
        assert '"value": 1' not in text

"""What is new or rising: what grew most, once, and no place that was not there before."""

from __future__ import annotations

import pytest
from flask import Flask

from server.db import db
from server.reports import service
from server.reports.labels import label
from server.reports.models import Figure, Quarter

Q3, Q4 = "2026-Q3", "2026-Q4"


@pytest.fixture(autouse=True)
def quarters(app: Flask) -> None:
    db.session.add_all([Quarter(id=Q3), Quarter(id=Q4)])
    db.session.commit()


def published(name: str, **places: tuple[int | None, int | None]) -> None:
    """Have places published with what they held in the one quarter and in the other."""
    for path, counts in places.items():
        for quarter, count in zip((Q3, Q4), counts, strict=True):
            key = path.replace("_", "/")
            db.session.add(Figure(quarter=quarter, name=name, path=key, count=count))
    db.session.commit()


def told(**more: tuple[str, ...]) -> list[str]:
    return service.changes(service.figures(Q4, Q4), service.figures(Q3, Q3), **more)


def test_what_grew_most_comes_first_whatever_table_it_is_in() -> None:
    published("signal", gedrag=(10, 20))
    published("area", WK026701=(20, 60))
    published("card", boa=(0, 30), sport=(30, 31))
    assert told() == [
        "Meer dan ervoor: Nijkerk-stad, van 20 naar 60.",
        "Nieuw in de cijfers: Boa, 30.",
        "Meer dan ervoor: Gedrag, van 10 naar 20.",
    ]


def test_a_group_and_what_is_in_it_are_not_both_told() -> None:
    """They are the same reports: the part when it is all of it, else the whole."""
    concept = label("signal", ("contacten", "oudere-vrienden"))
    published("signal", **{"contacten": (0, 20), "contacten_oudere-vrienden": (0, 20)})
    published("area", WK026701=(10, 40), WK026701_BU02670101=(5, 25), WK026701_BU02670102=(5, 15))
    assert told() == [
        "Meer dan ervoor: Nijkerk-stad, van 10 naar 40.",
        f"Nieuw in de cijfers: {concept}, 20.",
    ]


def test_of_one_table_two_are_told_so_that_the_others_are_heard() -> None:
    groups = ("gedrag", "contacten", "geld-en-spullen", "plek-en-tijd")
    published("signal", **{one: (10, 90 - place) for place, one in enumerate(groups)})
    published("area", WK026701=(10, 20))
    published("card", boa=(10, 18))
    lines = told()
    assert [line.split(": ")[1].split(",")[0] for line in lines] == [
        *(label("signal", (one,)) for one in groups[:2]),
        "Nijkerk-stad",
        "Boa",
    ]


def test_a_place_that_was_not_there_before_is_not_new_in_the_figures() -> None:
    """A card that was made or a buurt that CBS split held nothing because it did not exist."""
    published("card", boa=(10, 10))
    db.session.add(Figure(quarter=Q4, name="card", path="sport", count=12))
    db.session.commit()
    assert told() == []


def test_what_either_quarter_hides_is_not_told() -> None:
    published("card", boa=(None, 20), sport=(20, None), other=(0, 20))
    published("area", none=(5, 5), WK026701=(8, 12))
    assert told() == []


def test_who_may_not_name_areas_asks_for_the_other_tables() -> None:
    published("signal", gedrag=(10, 20))
    published("area", WK026701=(20, 60))
    assert told(tables=("signal", "card")) == ["Meer dan ervoor: Gedrag, van 10 naar 20."]

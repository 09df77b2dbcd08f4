"""The share that was on time is told from what is published, and tells no more than that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.db import db
from server.reports import publishing, service
from server.reports.models import Counted, Figure, Tally
from server.reports.models import Quarter as Published
from server.reports.places import Path
from server.reports.publishing import grow, hide_opened
from server.reports.shares import share
from tests.factories import add_phone
from tests.test_suppression import splits

LEAVES: tuple[Path, ...] = (("on_time", "2"), ("on_time", "10"), ("late", "10"), ("never",))
World = tuple[int, ...]
Shown = tuple[tuple[Path, int | None], ...]


def worlds() -> Iterator[World]:
    for total in range(23):
        yield from splits(total, len(LEAVES))


def as_published(world: World) -> dict[Path, int | None]:
    return hide_opened(grow(dict(zip(LEAVES, world, strict=True))), "on_time")


def alike() -> dict[Shown, list[World]]:
    """Return every table that can be published, with the worlds that show it."""
    found: dict[Shown, list[World]] = {}
    for world in worlds():
        found.setdefault(tuple(sorted(as_published(world).items())), []).append(world)
    return found


def table_of(shown: Mapping[Path, int | None]) -> service.Table:
    counts = {path: {"2026-Q4": count} for path, count in shown.items()}
    return service.Table("answer", "", "", tuple(service._cells("answer", counts, ["2026-Q4"])))


def told(shown: Mapping[Path, int | None]) -> str:
    found = share(table_of(shown), "on_time")
    return f"{found.count}, {found.said}" if found else "verborgen"


def test_beside_the_days_of_what_was_on_time_no_hidden_number_follows() -> None:
    for shown, possible in alike().items():
        hidden = {path for path, count in shown if count is None}
        for at, leaf in enumerate(LEAVES):
            numbers = {world[at] for world in possible}
            if leaf in hidden:
                assert len(numbers) > 1
                assert 0 in numbers


def test_what_was_on_time_together_is_shown_only_where_it_follows_from_what_is_shown() -> None:
    for world in worlds():
        shown = as_published(world)
        parts = [shown[path] for path in LEAVES if path[0] == "on_time"]
        others = [shown[path] for path in LEAVES if path[0] != "on_time"]
        follows = None not in parts or None not in [*others, shown[()]]
        assert shown[("on_time",)] == (sum(world[: len(parts)]) if follows else None)


def test_what_is_said_is_true_in_every_world_that_shows_the_same() -> None:
    said = set()
    for shown, possible in alike().items():
        found = share(table_of(dict(shown)), "on_time")
        if found is None:
            continue
        said.add(found.is_)
        real = [
            (world[0] + world[1], 100 * (world[0] + world[1]) / sum(world)) for world in possible
        ]
        if found.is_ == "exactly":
            assert {count for count, _ in real} == {found.count}
        elif found.is_ == "least":
            assert all(found.count <= count and found.percent <= part for count, part in real)
        else:
            assert all(found.count >= count and found.percent >= part for count, part in real)
    assert said == {"exactly", "least", "most"}


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        ({(): 61, ("on_time",): 61}, "61, 100%"),
        ({(): 61, ("on_time",): None, ("on_time", "2"): 50}, "50, 81% of meer"),
        ({(): 61, ("on_time",): None, ("late",): 40, ("never",): 5}, "16, 27% of minder"),
        ({(): 61, ("on_time",): None, ("on_time", "2"): 30, ("late",): 20}, "verborgen"),
        ({(): 61, ("on_time",): None, ("late",): None}, "verborgen"),
        ({(): None, ("on_time",): None}, "verborgen"),
        ({(): 0, ("on_time",): 0}, "verborgen"),
        ({}, "verborgen"),
    ],
)
def test_a_share_is_told_as_far_as_what_is_shown_goes(
    shown: dict[Path, int | None], sentence: str
) -> None:
    assert told(shown) == sentence


def publish_answers(counts: Mapping[str, int]) -> None:
    for table in (Figure, Published, Tally):
        db.session.execute(sa.delete(table))
    db.session.merge(Counted(what="received", until=datetime(2027, 1, 2, tzinfo=UTC)))
    came = sum(counts.values())
    people = ("ann", "bo", "cas")
    rows = {
        "answer": counts,
        "card": {"boa": came},
        "crossing": {"gemeente/boa/none": came},
        "reporter": {f"gemeente/boa/none/{one}": came for one in people},
        "reporter-area": {f"none/{one}": came for one in people},
    }
    for name, numbers in rows.items():
        for path, count in numbers.items():
            db.session.add(Tally(quarter="2026-Q4", name=name, path=path, count=count))
    db.session.commit()
    with time_machine.travel("2027-01-02T03:00:00Z", tick=False):
        assert publishing.publish_due() == ["2026-Q4"]


def test_two_quarters_that_are_published_the_same_read_the_same_on_every_page(app: Flask) -> None:
    """Of few that were late it is told how many were on time at least, whoever was late."""
    leader = add_phone(app, "projectleider", card=None)
    fast = {"on_time/2": 40, "on_time/5": 12}
    pages = set()
    for slow in (
        {"on_time/10": 8, "late/longer": 2, "never": 1},
        {"on_time/10": 7, "never": 4},
        {"on_time/10": 4, "on_time/longer": 3, "late/10": 4},
    ):
        publish_answers(fast | slow)
        told = [leader.get(f"/briefings?kind={kind}").json for kind in ("driehoek", "raad")]
        texts = [one["shown"]["text"] for one in told]
        assert all("op tijd beantwoord: 82% of meer" in text for text in texts)
        pages.add((*texts, leader.get("/figures").text))
    assert len(pages) == 1

"""The convenant: without one that still runs, cases stay within the gemeente."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from server import cards
from server.db import now
from server.people.covenant import Covenant, may_see_cases
from server.people.models import ORGANISATION_KINDS, Organisation, Person
from tests.editing import copy_content, edit

LAST = date(2027, 12, 31)
COVENANT = Covenant("Verzonnen convenant", LAST)


def somebody(kind: str) -> Person:
    return Person(role="kernteam", organisation=Organisation(kind=kind, name="Ergens"))


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_others_than_the_gemeente_see_cases_while_the_convenant_runs(kind: str) -> None:
    own = kind == "gemeente"
    person = somebody(kind)
    assert may_see_cases(person, None, date(2026, 11, 21)) is own
    assert may_see_cases(person, COVENANT, LAST) is True
    assert may_see_cases(person, COVENANT, date(2028, 1, 1)) is own


def test_who_left_sees_no_cases() -> None:
    person = somebody("gemeente")
    person.ended_at = now()
    assert may_see_cases(person, COVENANT, LAST) is False


def test_the_convenant_stands_in_gemeente_toml(tmp_path: Path) -> None:
    content = copy_content(tmp_path)
    try:
        cards.start(content)
        assert Covenant.of(cards.library().covenant) is None
        edit(content, "gemeente.toml", "# [covenant]", "[covenant]")
        edit(content, "gemeente.toml", '# name = "Convenant', 'name = "Convenant')
        edit(content, "gemeente.toml", "# ends = JJJJ-MM-DD", "ends = 2027-12-31")
        cards.start(content)
        covenant = Covenant.of(cards.library().covenant)
        assert covenant == Covenant("Convenant aanpak jonge aanwas", LAST)
        edit(content, "gemeente.toml", "ends = 2027-12-31", 'ends = "ooit"')
        assert any("covenant.ends" in fault for fault in cards.check(content))
    finally:
        cards.start(Path(__file__).resolve().parent.parent / "content")

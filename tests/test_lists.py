"""A list of people to invite: whole or not at all, with every fault by its line."""

from __future__ import annotations

import pytest

from server.errors import Invalid
from server.people import lists
from server.people.models import Organisation, Person

HEAD = "naam;rol;organisatie;soort;kaart;mail"
GOOD = "Doris Bedacht;melder;Het Fictief College;school;onderwijs;doris@fictief.example"
BEHEERDER = Person(role="beheerder")
CONTACT = Person(
    role="contactpersoon", card="sport", organisation=Organisation(kind="club", name="VV Verzinsel")
)


def read(*lines: str, by: Person = BEHEERDER) -> list[lists.Wish]:
    return lists.read(by, "\n".join(lines), {"boa", "onderwijs", "sport"}.__contains__)


def faults(*lines: str, by: Person = BEHEERDER) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        read(*lines, by=by)
    assert caught.value.code == "rows"
    return [(fault["name"], fault["reason"]) for fault in caught.value.invalid_params or []]


def test_a_list_from_a_spreadsheet_is_read_whatever_its_commas() -> None:
    for comma in ";,\t":
        (wish,) = read(*(line.replace(";", comma) for line in (f"\ufeff{HEAD}", GOOD, "")))
        assert (wish.line, wish.name, wish.role, wish.kind) == (
            2,
            "Doris Bedacht",
            "melder",
            "school",
        )
        assert wish.mail == "doris@fictief.example"


def test_roles_and_columns_may_be_written_the_way_people_do() -> None:
    (wish,) = read("Soort;NAAM;Rol;Organisatie", "Gemeente;Mark;Adviseur OOV;Nijkerk")
    assert (wish.role, wish.kind, wish.card, wish.mail) == ("adviseur-oov", "gemeente", None, None)


def test_every_fault_is_named_with_its_line() -> None:
    found = faults(
        HEAD,
        GOOD,
        ";baas;;school;;",
        "",
        "Kees;beheerder;VV Verzinsel;club;weg;geen adres",
        "Coen;melder;VV Verzinsel;club;sport;DORIS@fictief.example",
        "Te;melder;veel;club;sport;;vakken",
    )
    assert [line for line, _ in found] == [
        "regel 3",
        "regel 3",
        "regel 3",
        "regel 5",
        "regel 5",
        "regel 5",
        "regel 6",
        "regel 7",
    ]
    reasons = [reason for _, reason in found]
    assert "De naam ontbreekt." in reasons
    assert "Een beheerder hoort niet bij een organisatie van de soort club." in reasons
    assert "De kaart ‘weg’ bestaat niet." in reasons
    assert "Het mailadres klopt niet." in reasons
    assert "Dit mailadres staat ook op regel 2." in reasons


def test_a_name_over_two_lines_does_not_shift_the_numbers() -> None:
    found = faults(HEAD, '"Doris\nBedacht";melder;College;school;;', ";melder;College;school;;")
    assert [line for line, _ in found] == ["regel 2", "regel 4"]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([""], "regel 1"),
        ([HEAD], "regel 2"),
        (["naam;rol", GOOD], "regel 1"),
        ([HEAD, *[GOOD] * 201], "regel 202"),
        ([HEAD, '"' + "x" * 200_000], "regel 2"),
    ],
    ids=["empty", "head only", "column missing", "too long", "unreadable"],
)
def test_a_list_that_is_no_list_is_refused(lines: list[str], line: str) -> None:
    assert faults(*lines)[0][0] == line


def test_a_contactpersoon_gives_names_only_and_cannot_reach_further() -> None:
    (wish,) = read("naam;rol;organisatie;soort", "Coen;beheerder;Gemeente;gemeente", by=CONTACT)
    assert (wish.role, wish.organisation, wish.kind, wish.card) == (
        "melder",
        "VV Verzinsel",
        "club",
        "sport",
    )

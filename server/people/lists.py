"""A list of people to invite, as somebody keeps it in a spreadsheet: read whole, or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from server.errors import Invalid
from server.people.models import ORGANISATION_KINDS, ROLES, Person

MOST_ROWS = 200
COLUMNS = {
    "naam": "name",
    "rol": "role",
    "organisatie": "organisation",
    "soort": "kind",
    "kaart": "card",
    "mail": "mail",
    "e-mail": "mail",
    "email": "mail",
}
MAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,180}\.[^\s@<>,;\".]{2,}")


@dataclass(frozen=True)
class Wish:
    """Somebody to invite, and the line of the list they stand on."""

    line: int
    name: str
    role: str
    organisation: str
    kind: str
    card: str | None
    mail: str | None


def read(by: Person, text: str, knows_card: Callable[[str], bool]) -> list[Wish]:
    """Return everybody on the list; raise Invalid with every fault and its line number.

    For a contactpersoon role, organisation and kind are their own, and need no column.
    """
    rows = list(_rows(text))
    if not rows:
        raise faulty([(1, "Hier staat nog niemand.")])
    columns = [COLUMNS.get(cell.strip().casefold().lstrip("\ufeff")) for cell in rows[0][1]]
    _check_columns(columns, own=by.role == "contactpersoon")
    if len(rows) - 1 > MOST_ROWS:
        raise faulty([(rows[MOST_ROWS + 1][0], f"Nodig hooguit {MOST_ROWS} mensen tegelijk uit.")])
    faults: list[tuple[int, str]] = []
    wishes = []
    for line, cells in rows[1:]:
        told = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
        if by.role == "contactpersoon":
            told |= {
                "role": "melder",
                "organisation": by.organisation.name,
                "kind": by.organisation.kind,
                "card": told.get("card") or by.card or "",
            }
        wish = _wish(line, told)
        faults += [(line, reason) for reason in _faults_of(wish, len(cells), columns, knows_card)]
        wishes.append(wish)
    faults += _repeats(wishes)
    if not wishes:
        faults = [(2, "Hier staat nog niemand onder de kop.")]
    if faults:
        raise faulty(sorted(faults))
    return wishes


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return the lines that hold something, with their number; spreadsheets differ in commas."""
    first = text.lstrip("\ufeff\n\r ").partition("\n")[0]
    comma = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=comma)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise faulty([(line, "Deze regel is niet te lezen.")]) from None


def _check_columns(columns: list[str | None], *, own: bool) -> None:
    needed = {"name"} if own else {"name", "role", "organisation", "kind"}
    missing = [shown for shown, name in COLUMNS.items() if name in needed - set(columns)]
    if missing:
        raise faulty([(1, f"In de kop ontbreekt: {', '.join(missing)}.")])


def _wish(line: int, told: dict[str, str]) -> Wish:
    return Wish(
        line=line,
        name=told.get("name", ""),
        role=re.sub(r"[\s_]+", "-", told.get("role", "").casefold()),
        organisation=told.get("organisation", ""),
        kind=told.get("kind", "").casefold(),
        card=told.get("card", "").casefold() or None,
        mail=told.get("mail", "") or None,
    )


def _faults_of(
    wish: Wish, cells: int, columns: list[str | None], knows_card: Callable[[str], bool]
) -> Iterator[str]:
    if cells > len(columns):
        yield "Er staan meer vakken dan in de kop. Zet tekst met een komma tussen aanhalingstekens."
    yield from _line("De naam", wish.name)
    yield from _line("De organisatie", wish.organisation)
    yield from _listed("De rol", wish.role, ROLES)
    yield from _listed("De soort", wish.kind, ORGANISATION_KINDS)
    if wish.role in ROLES and wish.kind in ORGANISATION_KINDS and not fits(wish.role, wish.kind):
        yield f"Een {wish.role} hoort niet bij een organisatie van de soort {wish.kind}."
    if wish.card is not None and not knows_card(wish.card):
        yield f"De kaart ‘{wish.card[:40]}’ bestaat niet."
    if wish.mail is not None and not MAIL.fullmatch(wish.mail):
        yield "Het mailadres klopt niet."


def _line(what: str, text: str) -> Iterator[str]:
    if not text:
        yield f"{what} ontbreekt."
    elif len(text) > 200 or re.search(r"[\x00-\x1f\x7f]", text):
        yield f"{what} is te lang of heeft vreemde tekens."


def _listed(what: str, word: str, words: Collection[str]) -> Iterator[str]:
    if not word:
        yield f"{what} ontbreekt."
    elif word not in words:
        yield f"{what} ‘{word[:40]}’ kennen we niet. Kies uit: {', '.join(words)}."


def _repeats(wishes: list[Wish]) -> list[tuple[int, str]]:
    first: dict[str, int] = {}
    faults = []
    for wish in wishes:
        if wish.mail is None:
            continue
        line = first.setdefault(wish.mail.casefold(), wish.line)
        if line != wish.line:
            faults.append((wish.line, f"Dit mailadres staat ook op regel {line}."))
    return faults


def fits(role: str, kind: str) -> bool:
    """Say whether somebody with this role can work for an organisation of this kind."""
    if role == "contactpersoon":
        return kind in {"school", "club"}
    if role in {"melder", "kernteam"}:
        return True
    return kind == "gemeente"


def faulty(faults: list[tuple[int, str]]) -> Invalid:
    """Return the fault of a list, with the line of each."""
    count = len({line for line, _ in faults})
    return Invalid(
        f"Er is niemand uitgenodigd. Kijk naar {count} {'regel' if count == 1 else 'regels'}.",
        code="rows",
        invalid_params=[{"name": f"regel {line}", "reason": reason} for line, reason in faults],
    )

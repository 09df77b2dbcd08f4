"""How the tables of the figures and their parts are called, for who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from server import cards
from server.reports.counting import NONE, OTHER, known_areas

ALL = "Alles bij elkaar"
REST = "De rest hiervan"

# In this order on screen and on paper: what the table is about, and what its rows are.
TABLES: Mapping[str, tuple[str, str]] = {
    "signal": ("Wat er is gezien", "Soort signaal"),
    "area": ("Waar", "Wijk en buurt"),
    "card": ("Met welke kaart", "Kaart"),
    "organisation": ("Van wie", "Soort organisatie"),
    "answer": ("Wanneer de melder antwoord kreeg", "Termijn"),
}

ORGANISATIONS = {
    "gemeente": "Gemeente",
    "school": "School",
    "club": "Club",
    "politie": "Politie",
    "jongerenwerk": "Jongerenwerk",
    "om": "Openbaar Ministerie",
}
ANSWERS = {
    "on_time": "Op tijd",
    "late": "Te laat",
    "2": "Binnen 2 werkdagen",
    "5": "Binnen 3 tot 5 werkdagen",
    "10": "Binnen 6 tot 10 werkdagen",
    "longer": "Later",
}
NOTHING = {"signal": "Geen signaal aangekruist", "area": "Geen buurt ingevuld"}


def label(table: str, path: Sequence[str]) -> str:
    """Return the name of one place; what is no more keeps the code it is known by."""
    if not path:
        return ALL
    last = path[-1]
    if last == NONE:
        return NOTHING.get(table, "Onbekend")
    if last == OTHER:
        return REST if len(path) > 1 else "Iets anders"
    return _NAMED[table](path).get(last, last)


def _signal(path: Sequence[str]) -> Mapping[str, str]:
    library = cards.library()
    if len(path) == 1:
        groups: Mapping[str, str] = library.gemeente["group_labels"]
        return groups
    return {one["id"]: one["name"] for one in library.concepts}


def _card(_path: Sequence[str]) -> Mapping[str, str]:
    return {name: card["title"] for name, card in cards.library().cards.items()}


_NAMED: Mapping[str, Callable[[Sequence[str]], Mapping[str, str]]] = {
    "signal": _signal,
    "area": lambda _path: known_areas(),
    "card": _card,
    "organisation": lambda _path: ORGANISATIONS,
    "answer": lambda _path: ANSWERS,
}

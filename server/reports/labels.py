"""How the tables of the figures and their parts are called, for who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from server import areas, cards
from server.reports.places import NONE, OTHER

ALL = "Alles bij elkaar"
REST = "De rest hiervan"

# In this order on screen and on paper: what the table is about, and what its rows are.
TABLES: Mapping[str, tuple[str, str]] = {
    "signal": ("Wat er is gezien", "Soort signaal"),
    "area": ("Waar", "Wijk en buurt"),
    "card": ("Met welke kaart", "Kaart"),
    "organisation": ("Van wie", "Soort organisatie"),
    "answer": ("Of en wanneer de melder antwoord kreeg", "Termijn"),
    "referral": ("Wie erbij is gehaald", "Wie"),
    "bundle": ("Bundels die gemaakt zijn", "Hoe gevonden"),
    "became": ("Wat er van bundels werd", "Uitkomst"),
    "case": ("Casussen die begonnen", "Waarover"),
    "phase": ("Casussen die naar een volgende fase gingen", "Fase"),
    "outcome": ("Casussen die gesloten zijn", "Uitkomst"),
    "action": ("Acties die zijn afgesproken", "Pijler"),
    "removal": ("Meldingen die zijn gewist", "Op tijd of te laat"),
}

ORGANISATIONS = {
    "gemeente": "Gemeente",
    "school": "School",
    "club": "Club",
    "politie": "Politie",
    "jongerenwerk": "Jongerenwerk",
    "om": "Openbaar Ministerie",
    "entered": "Anders binnengekomen",
}
ANSWERS = {
    "on_time": "Op tijd",
    "late": "Te laat",
    "2": "Binnen 2 werkdagen",
    "5": "Binnen 3 tot 5 werkdagen",
    "10": "Binnen 6 tot 10 werkdagen",
    "longer": "Later",
    "never": "Nooit beantwoord",
}
WORK = {
    "suggested": "Voorgesteld door de app",
    "by_hand": "Zelf gevonden",
    "case": "Werd een casus",
    "apart": "Uit elkaar zonder casus",
    "youth": "Een jongere",
    "group": "Een groep",
    "place": "Een plek",
    "analysis": "Analyse",
    "decision": "Besluitvorming",
    "action": "Actie",
    "evaluation": "Evaluatie",
    "better": "Het gaat beter",
    "handed_over": "Overgedragen",
    "no_ground": "Geen reden om verder te gaan",
    "other": "Anders",
    "prevention": "Preventie",
    "repression": "Repressie",
    "care": "Hulpverlening",
    "in_time": "Op tijd",
    "late": "Te laat",
}
NOTHING = {"signal": "Geen signaal aangetikt", "area": "Geen buurt ingevuld"}


def label(table: str, path: Sequence[str]) -> str:
    """Return the name of one place; what is no more keeps the code it is known by."""
    if not path:
        return ALL
    last = path[-1]
    if last == NONE:
        return NOTHING.get(table, "Onbekend")
    if last == OTHER:
        return REST if len(path) > 1 else "Iets anders"
    return _NAMED.get(table, _work)(path).get(last, last)


def _work(_path: Sequence[str]) -> Mapping[str, str]:
    return WORK


def _referral(_path: Sequence[str]) -> Mapping[str, str]:
    return {one["id"]: one["name"] for one in cards.library().referrals["to"]}


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
    "area": lambda _path: areas.library().names,
    "card": _card,
    "organisation": lambda _path: ORGANISATIONS,
    "answer": lambda _path: ANSWERS,
    "referral": _referral,
}

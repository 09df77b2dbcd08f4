"""How the tables of the figures and their parts are called, for who reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from server import areas, cards
from server.reports.places import NONE, OTHER

ALL = "Alles bij elkaar"
REST = "De rest hiervan"


class About(NamedTuple):
    """What a table is about, what its rows are, what is counted in it, and when that counts."""

    title: str
    of: str
    unit: str
    counted: str


REPORTS = "meldingen"
RECEIVED = "als de melding binnenkomt"

# In this order on screen and on paper.
TABLES: Mapping[str, About] = {
    "signal": About("Wat er is gezien", "Soort signaal", REPORTS, RECEIVED),
    "area": About("Waar", "Wijk en buurt", REPORTS, RECEIVED),
    "card": About("Met welke kaart", "Kaart", REPORTS, RECEIVED),
    "organisation": About("Van wie", "Soort organisatie", REPORTS, RECEIVED),
    "answer": About(
        "Of en wanneer de melder antwoord kreeg",
        "Termijn",
        REPORTS,
        "als de melder het eerste antwoord krijgt, of als de melding zonder antwoord wordt gewist",
    ),
    "referral": About(
        "Wie erbij is gehaald",
        "Wie",
        "keren",
        "als het loket iemand bij een melding haalt; per melding kan dat vaker zijn",
    ),
    "bundle": About(
        "Bundels die gemaakt zijn", "Hoe gevonden", "bundels", "als de bundel wordt gemaakt"
    ),
    "became": About(
        "Wat er van bundels werd",
        "Uitkomst",
        "bundels",
        "als er voor het eerst een casus van de bundel komt, of als hij zonder casus uit elkaar "
        "gaat",
    ),
    "case": About("Casussen die begonnen", "Waarover", "casussen", "als de casus begint"),
    "phase": About(
        "Casussen die naar een volgende fase gingen",
        "Fase",
        "keren",
        "elke keer dat een casus naar een volgende of een eerdere fase gaat",
    ),
    "outcome": About(
        "Casussen die gesloten zijn",
        "Uitkomst",
        "keren",
        "elke keer dat een casus wordt gesloten",
    ),
    "action": About(
        "Acties die zijn afgesproken", "Pijler", "acties", "als de actie wordt afgesproken"
    ),
    "removal": About(
        "Meldingen die zijn gewist",
        "Op tijd of te laat",
        REPORTS,
        "als de melding wordt gewist omdat de bewaartermijn voorbij is",
    ),
    "overdue": About(
        "Wat gewist had moeten zijn",
        "Wat er nog staat",
        "meldingen, casussen en nakomers",
        "op de laatste dag van het kwartaal, als het er dan nog staat en meer dan acht dagen "
        "eerder gewist had moeten zijn",
    ),
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
OVERDUE = {"observation": "Meldingen", "case": "Casussen", "late_item": "Nakomers"}
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
    "overdue": lambda _path: OVERDUE,
}

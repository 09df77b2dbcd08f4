"""The part of the one table (``permissions``) that is about figures, and who hears of them."""

from __future__ import annotations

from server.access.actions import DESK, FRESH, SYSTEM_KEY, Action, Scope, only

INSIGHT: dict[str, Action] = {
    "see_figures": Action(
        "De cijfers per kwartaal zien",
        only(*DESK, "projectleider", "bestuur", scope=Scope.YES),
        "Kleine aantallen zijn voor iedereen verborgen.",
    ),
    "export_figures": Action(
        "De cijfers per kwartaal meenemen als bestand",
        only(*DESK, "projectleider", "bestuur", scope=Scope.YES),
        "Kleine aantallen zijn ook daar verborgen. Komt in het logboek.",
    ),
    "read_published": Action(
        "De gepubliceerde cijfers lezen, als systeem van de gemeente",
        {SYSTEM_KEY: Scope.YES},
        "Met een sleutel van de beheerder, hooguit 60 keer per uur. Elke vraag komt in het "
        "logboek.",
    ),
    "look_after_systems": Action(
        "Zien welke systemen een sleutel hebben en of berichten aan een ander systeem aankomen; "
        "opgegeven berichten opnieuw versturen",
        only("beheerder"),
    ),
    "make_system_keys": Action(
        "Een sleutel voor een systeem maken of intrekken",
        only("beheerder"),
        "De sleutel leest alleen gepubliceerde cijfers en stopt vanzelf.",
        fresh=FRESH,
    ),
    "see_effect": Action(
        "De doelen van de aanpak zien, en wat melders antwoordden",
        only(*DESK, "projectleider", "bestuur", scope=Scope.YES),
        "Kleine aantallen zijn voor iedereen verborgen.",
    ),
    "enter_effect": Action(
        "Vastleggen hoe een doel wordt gemeten, en de waarde per half jaar",
        only("projectleider", scope=Scope.YES),
    ),
    "answer_survey": Action(
        "Twee keer per jaar een paar vragen beantwoorden of overslaan",
        only("melder", "contactpersoon", scope=Scope.YES),
        "Antwoorden staan los van wie ze gaf.",
    ),
    "read_briefings": Action(
        "Het A4 voor de driehoek en voor de raad zien en printen",
        only(*DESK, "projectleider", "bestuur", scope=Scope.YES),
        "Met dezelfde verborgen aantallen als de cijfers.",
    ),
    "write_stories": Action(
        "Een verhaal naast de cijfers schrijven, en laten nakijken op namen",
        only("procesregisseur", "projectleider", scope=Scope.YES),
        "Pas als je zegt dat niemand te herkennen is. Het nakijken opent de namen van wie meedoet, "
        "en laat er geen zien.",
    ),
    "read_notes": Action(
        "Lezen wat meldingen van de eigen organisatie opleverden",
        only("melder", "contactpersoon", scope=Scope.ORGANISATION),
        "Aantallen alleen als het over vijf mensen of meer gaat.",
    ),
    "hand_out_notes": Action(
        "De kwartaalbrief van een organisatie printen",
        {"procesregisseur": Scope.ALL, "contactpersoon": Scope.ORGANISATION},
    ),
}

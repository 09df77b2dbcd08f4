"""Who may do what, and with whose records: the one table.

The door (``access``) and the services ask it, a test walks every address in every role and expects
exactly this, and docs/security/rechten.md is written from it by ``tools/permissions.py``.
"""

from __future__ import annotations

from server.access.actions import (
    ANYONE,
    DELIVERY_KEY,
    DESK,
    FRESH,
    SYSTEM_KEY,
    Action,
    Scope,
    everybody,
    only,
)
from server.access.insight import INSIGHT

# Whoever asks the table gets what stands in it from here.
__all__ = [
    "ACTIONS",
    "ANYONE",
    "DELIVERY_KEY",
    "DESK",
    "FRESH",
    "SYSTEM_KEY",
    "Action",
    "Scope",
    "everybody",
    "only",
    "scope_of",
]

LOOKING_AFTER = {"beheerder": Scope.ALL, "contactpersoon": Scope.ORGANISATION}

CASEWORK = {
    "procesregisseur": Scope.ALL,
    "adviseur-oov": Scope.OWN,
    "kernteam": Scope.OWN,
}

ACTIONS: dict[str, Action] = {
    "look_around": Action(
        "De app openen; kaarten, buurten en de beschrijving van de API lezen",
        {ANYONE: Scope.YES},
        "Zonder sessie alleen de kaarten die de gemeente openzet.",
    ),
    "read_metrics": Action(
        "Meetwaarden van de installatie lezen: wachtrijen, termijnen en duur van verzoeken",
        {ANYONE: Scope.YES},
        "Alleen met de meetsleutel van de installatie; zonder die is er niets te lezen.",
    ),
    "come_in": Action(
        "Binnenkomen met een uitnodiging, een passkey of het account van de gemeente",
        {ANYONE: Scope.OWN},
        "Raden gaat steeds langzamer.",
    ),
    "leave": Action("Uitloggen", {ANYONE: Scope.OWN}),
    "hand_in": Action(
        "Meldingen, aanvullingen en intrekkingen inleveren; horen wat er met eigen meldingen is",
        {DELIVERY_KEY: Scope.OWN, **everybody(Scope.OWN)},
        "De bezorgsleutel levert alleen in, voor wie op dat toestel inlogde. Horen vraagt een "
        "sessie.",
    ),
    "own_account": Action(
        "Eigen gegevens, toestellen, passkeys en logboek zien; een toestel afmelden; kiezen hoe je "
        "seintjes krijgt",
        everybody(Scope.OWN),
    ),
    "own_keys": Action(
        "Een toestel toevoegen of een passkey weghalen", everybody(Scope.OWN), fresh=FRESH
    ),
    "own_export": Action(
        "Meenemen wat er van jezelf is bewaard", everybody(Scope.OWN), fresh=FRESH
    ),
    "own_removal": Action(
        "Het eigen account verwijderen",
        only("melder", "contactpersoon", scope=Scope.OWN),
        "Van wie bij de gemeente werkt, stopt de beheerder de toegang.",
        fresh=FRESH,
    ),
    "open_observation": Action(
        "De tekst van een melding openen",
        {**everybody(Scope.OWN), **only(*DESK)},
        "Met een reden; het andere loket kiest meedenken of vervangen.",
    ),
    "open_reporters": Action(
        "Zien wie een afgeschermde melder is",
        only("procesregisseur"),
        "Met een reden; anderen zien alleen “Afgeschermde melder”.",
        fresh=FRESH,
    ),
    "read_inbox": Action("Het postvak en het open deel van meldingen zien", only(*DESK)),
    "answer_observations": Action(
        "Een melding oppakken, beantwoorden, doorgeven, afronden of een intrekking beslissen; "
        "vastleggen wie erbij is gehaald",
        only(*DESK),
        "Niet bij een eigen melding, zolang er een collega is.",
    ),
    "keep_filters": Action(
        "Eigen filters voor het postvak bewaren en weghalen", only(*DESK, scope=Scope.OWN)
    ),
    "be_present": Action(
        "Zien wie van het loket een melding ook open heeft",
        only(*DESK),
        "Alleen op dat moment; na een minuut is het weg.",
    ),
    "enter_observations": Action(
        "Invoeren wat op een andere manier kwam dan door de app", only(*DESK)
    ),
    "see_bundles": Action(
        "Bundels zien, en welke meldingen op elkaar lijken",
        only(*DESK),
        "Zonder getal of rangorde.",
    ),
    "bundle_observations": Action(
        "Meldingen bundelen, uit een bundel halen, of vastleggen dat ze niet bij elkaar horen",
        only(*DESK),
    ),
    "open_bundles": Action(
        "De tekst van alle meldingen in een bundel openen",
        only(*DESK),
        "Met een reden; voor een melding van het andere loket meedenken of vervangen.",
    ),
    "read_late_box": Action("De lijst met nakomers zien", only(*DESK)),
    "open_late_items": Action("Een nakomer openen", only(*DESK), "Met een reden."),
    "settle_late_items": Action(
        "Een nakomer een plek geven of afsluiten",
        only(*DESK),
        "Met een reden; niet wat je zelf stuurde, zolang er een collega is.",
    ),
    "exercise_rights": Action(
        "Een persoon zoeken in alles wat verzegeld is, meegeven wat er is bewaard, verbeteren, "
        "wissen en bezwaar vastleggen",
        only("procesregisseur"),
        "Met een reden; de melder en andere personen blijven eruit.",
        fresh=FRESH,
    ),
    "note_informing": Action(
        "Vastleggen of de jongere of ouder is geïnformeerd, en zien of er bezwaar loopt",
        only(*DESK),
    ),
    "see_cases": Action(
        "De fase van een casus zien, wie meewerkt en wat de fase vraagt",
        {**CASEWORK, "projectleider": Scope.ALL, "melder": Scope.OWN, "contactpersoon": Scope.OWN},
        "Van buiten de gemeente alleen zolang het convenant loopt; het OM alleen wat een overleg "
        "aan hem voorlegt.",
    ),
    "open_cases": Action(
        "De tekst en het netwerk van een casus openen, met letters voor namen",
        {**CASEWORK, "melder": Scope.OWN, "contactpersoon": Scope.OWN},
        "Met een reden. Wie alleen aan deze casus meewerkt, zolang die open is.",
    ),
    "unmask_cases": Action(
        "De namen in een casus zien",
        CASEWORK,
        "Met een reden en een passkey; tijdens een overleg één keer per casus.",
        fresh=FRESH,
    ),
    "start_cases": Action("Een casus beginnen", only(*DESK, "kernteam")),
    "work_on_cases": Action(
        "Een casus, het netwerk, de fase, besluiten en wie meewerkt vastleggen; "
        "sluiten en heropenen",
        CASEWORK,
        "Sluiten kan alleen als elke melder antwoord kreeg.",
    ),
    "choose_participants": Action(
        "Zien wie aan een casus kan meewerken, om iemand te kiezen",
        only(*DESK),
        "Van buiten de gemeente alleen zolang het convenant loopt.",
    ),
    "add_to_cases": Action(
        "Meldingen in een casus zetten",
        {"procesregisseur": Scope.ALL, "adviseur-oov": Scope.OWN},
    ),
    "see_plans": Action(
        "Acties en doelen zien: soort, pijler, wie en wanneer",
        {
            **only(*DESK, "kernteam", "projectleider"),
            "melder": Scope.OWN,
            "contactpersoon": Scope.OWN,
        },
        "In een casus alleen voor wie eraan meewerkt. Een projectleider ziet de tekst niet.",
    ),
    "plan": Action(
        "Acties en doelen afspreken, voor een casus, school, club of wijk",
        only(*DESK, "kernteam", "projectleider"),
    ),
    "do_actions": Action(
        "Een actie afvinken, verzetten of overdragen",
        {
            **only(*DESK, "kernteam", "projectleider"),
            "melder": Scope.OWN,
            "contactpersoon": Scope.OWN,
        },
    ),
    "see_meetings": Action(
        "Zien wanneer het kernteam overlegt en wat er op de agenda staat",
        {**only(*DESK, "kernteam", "projectleider"), "melder": Scope.OWN},
        "Wie geen lid is, zoals het OM, ziet alleen wat aan hem is voorgelegd. Van buiten de "
        "gemeente alleen zolang het convenant loopt.",
    ),
    "open_agenda": Action(
        "De tekst bij een punt openen, met letters voor namen",
        {**only(*DESK, "kernteam"), "melder": Scope.OWN},
        "Wie geen lid is, alleen wat aan hem is voorgelegd.",
    ),
    "prepare_meetings": Action(
        "Punten op de agenda zetten, verplaatsen en weghalen",
        only(*DESK, "kernteam", "projectleider"),
    ),
    "lead_meetings": Action(
        "Een overleg plannen, verzetten, beginnen en stoppen; vastleggen wie er is",
        only(*DESK, "projectleider"),
    ),
    "record_meetings": Action(
        "Bij een punt vastleggen wat er is besloten; het verslag maken",
        only(*DESK, "kernteam"),
    ),
    "unmask_agenda": Action(
        "De namen bij een punt zien",
        only(*DESK, "kernteam"),
        "Met een reden en een passkey; tijdens een overleg één keer per punt.",
    ),
    "put_before": Action("Een punt voorleggen aan wie geen lid is", only(*DESK)),
    "evaluate_meetings": Action(
        "De vragen na een overleg en over een jaar beantwoorden, en zien hoe dat liep",
        only(*DESK, "kernteam", "projectleider"),
        "Zonder wie wat antwoordde.",
    ),
    "own_calendar": Action(
        "De overleggen aan de eigen agenda koppelen",
        only(*DESK, "kernteam", "projectleider", scope=Scope.OWN),
    ),
    "read_calendar": Action(
        "Zien wanneer en waar het kernteam overlegt",
        {ANYONE: Scope.YES},
        "Alleen met het geheime adres van een lid.",
    ),
    **INSIGHT,
    "handle_wishes": Action("Wensen voor een training zien en afhandelen", only(*DESK)),
    "invite": Action(
        "Mensen uitnodigen, los of met een lijst",
        LOOKING_AFTER,
        "Een contactpersoon nodigt alleen melders uit.",
    ),
    "look_after_people": Action(
        "Zien wie meedoet en met welke toestellen",
        LOOKING_AFTER,
        "Een contactpersoon ziet alleen melders.",
    ),
    "export_people": Action(
        "Meenemen wie meedoet, met welke rol, als bestand",
        LOOKING_AFTER,
        "Een contactpersoon krijgt alleen melders.",
        fresh=FRESH,
    ),
    "end_access": Action(
        "Toegang of een toestel van iemand stoppen, of iemand opnieuw uitnodigen",
        LOOKING_AFTER,
        "Een contactpersoon gaat alleen over melders.",
        fresh=FRESH,
    ),
    "rate_answers": Action(
        "Zeggen of een antwoord op een eigen melding nuttig was", everybody(Scope.OWN)
    ),
    "be_away": Action(
        "Zien wie van het loket er is, en iemand van het loket op afwezig zetten",
        only(*DESK),
        "Vervangen kan alleen wie zelf van een loket is.",
    ),
    "look_after_mail": Action(
        "Zien van wie de mail niet aankomt, en het opnieuw proberen",
        only("beheerder"),
        "Het adres zelf staat er niet bij.",
    ),
    "help_devices": Action("Zien welke toestellen hulp nodig hebben", only("beheerder")),
}


def scope_of(action: str, role: str) -> Scope | None:
    """Return with whose records a role may do something, or None when it may not at all."""
    return ACTIONS[action].may.get(role)

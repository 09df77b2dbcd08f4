"""The screens of who reads the reports and works on them, and of who invites."""

from __future__ import annotations

from tests.browser.steps import (
    Screen,
    Step,
    choose,
    explain,
    open_menu,
    press,
    see,
    select,
    tick,
    unfold,
    write,
)
from tests.browser.town import BOA, CONTACT, DESK, KEEPER, OTHER, TEAM

ENVELOPE = press("Open de envelop")
OPENED = (ENVELOPE, see("Antwoord aan de melder"))
SEND = press("Stuur terugkoppeling")
LIST = see("open meldingen")


def inbox(name: str, path: str, *steps: Step, who: str = DESK, wide: bool = True) -> Screen:
    """The list, whose first heading says how much there is; the title says where that is."""
    return Screen(name, who, "/postvak" + path, steps, wide, "Postvak")


def report(name: str, which: str, *steps: Step, wide: bool = True) -> Screen:
    """One report alone: the first heading is its place."""
    return Screen(name, DESK, f"/postvak/{{{which}}}", steps, wide, "Melding")


NAMED = (tick("zin-watching"), write("eigen", "We zien Zwiep."), SEND, see("Haal die weg"))
ASKED = (tick("zin-question"), write("eigen", "Waar was dat?"), see("noemt niemand"))
UNANSWERED = (press("Afronden"), see("Kies waarom"), press("Rond af zonder"), see("Kies een reden"))
BROUGHT_IN = see("De signaalkaart verstuurt niets.")
HOW = see("Kies hoe je het vertelde.")
TOGETHER = see("Waarom samen")
MEETINGS = (
    Screen("overleg", DESK, "/overleg", (see("Komt eraan"), unfold), True),
    Screen("overleg telefoon", DESK, "/overleg", (press("Koppel mijn"), see("Kopieer dit adres"))),
    Screen("agenda", DESK, "/overleg/{meeting_planned}", (see("Wie spreekt de club?"),), True),
    Screen(
        "agenda telefoon",
        DESK,
        "/overleg/{meeting_planned}",
        (press("Zet op de agenda"), see("Schrijf in een paar woorden")),
    ),
    Screen("agenda van wie voorzit", DESK, "/overleg/{meeting}", (see("Aanwezig"),), True),
    Screen("overleg bezig", DESK, "/overleg/{meeting}/bezig?punt=1", (TOGETHER,), True, "Overleg"),
    Screen(
        "overleg bezig telefoon",
        DESK,
        "/overleg/{meeting}/bezig?punt=1",
        (TOGETHER, press("Toon een naam"), see("Waarom wil je")),
        title="Overleg",
    ),
    Screen(
        "overleg besluit",
        DESK,
        "/overleg/{meeting}/bezig?punt=1",
        (TOGETHER, press("Leg vast"), see("Kies wat we doen.")),
        True,
        "Overleg",
    ),
    Screen("terugblik", DESK, "/overleg/terugblik", (press("Lees wat"), see("Te kort.")), True),
    Screen(
        "terugblik invullen",
        DESK,
        "/overleg/terugblik?van={meeting_ended}",
        (press("Bewaar"), see("Kies een antwoord.")),
    ),
)
CASE = see("Wat vraagt")
CASES = (
    Screen("casussen", DESK, "/casussen", (see("Signalering"), unfold), True),
    Screen("casussen telefoon", DESK, "/casussen", (see("Signalering"),)),
    Screen("casussen melder", BOA, "/casussen", (see("Je werkt niet mee"),)),
    Screen("casus", DESK, "/casussen/{case}", (CASE, unfold), True, "Casus"),
    Screen("casus telefoon", DESK, "/casussen/{case}", (CASE,), title="Casus"),
    Screen(
        "casus namen",
        DESK,
        "/casussen/{case}",
        (CASE, press("Toon namen"), see("Waarom wil je de namen zien?")),
        True,
        "Casus",
    ),
    Screen("acties", DESK, "/acties", (see("Bellen met de trainer"), unfold), True),
    Screen("acties telefoon", DESK, "/acties", (see("Bellen met de trainer"),)),
)
AT_DESK = (
    inbox("postvak", "", LIST),
    inbox("postvak niets", "/?view=late", see("Hier staat nu niets")),
    inbox("postvak bijna gewist", "/?view=expiring", see("Hier staat nu niets")),
    inbox("postvak dicht", "/{closed}", see("nog dicht")),
    inbox("postvak toetsen", "", press("alle toetsen")),
    inbox("postvak menu", "", LIST, open_menu),
    inbox("postvak andermans", "/{closed}", ENVELOPE, see("Kies een reden."), who=OTHER),
    report("postvak open", "open", *OPENED),
    report("antwoord leeg", "open", *OPENED, SEND, see("Kies een zin.")),
    report("antwoord met naam", "open", *OPENED, *NAMED),
    report("antwoord vraag", "answered", *OPENED, *ASKED),
    report("afronden zonder antwoord", "open", *OPENED, *UNANSWERED),
    report("postvak beantwoord", "feedback", *OPENED),
    report("postvak ingetrokken", "withdrawn", *OPENED),
    inbox("postvak telefoon", "", LIST, unfold, wide=False),
    report("melding dicht telefoon", "closed", see("nog dicht"), wide=False),
    report("melding open telefoon", "open", *OPENED, wide=False),
    Screen("bundels", DESK, "/bundels", (see("Bundel Groot Corlaer"),), True),
    Screen("bundel", DESK, "/bundels/{bundle}", (see("Lijkt hier ook op"),), True, "Bundel"),
    Screen(
        "bundel open",
        DESK,
        "/bundels/{bundle}",
        (press("Open alle enveloppen"), see("grijze auto")),
        True,
        "Bundel",
    ),
    Screen(
        "bundel eruit halen",
        DESK,
        "/bundels/{bundle}",
        (press("Haal eruit"), see("uit de bundel halen?")),
        True,
        "Bundel",
    ),
    Screen(
        "bundel andermans",
        OTHER,
        "/bundels/{bundle}",
        (press("Open alle enveloppen"), see("Kies een reden.")),
        True,
        "Bundel",
    ),
    report("postvak erbij halen", "open", *OPENED, press("Haal iemand erbij"), BROUGHT_IN),
    report("postvak overdragen", "open", *OPENED, press("Geef aan het loket"), see("Geef door")),
    report("postvak uitleg", "open", *OPENED, explain, see("Kan het ook zijn")),
    report("postvak ingevoerd", "entered", *OPENED, tick("zin-watching"), press("Vink af"), HOW),
    Screen("meer", DESK, "/meer", (see("Wie wil voorlichting"),), True),
    Screen("meer telefoon", DESK, "/meer", (see("Wie wil voorlichting"),)),
    Screen("invoeren", DESK, "/invoeren", (unfold, see("Wat beschermt")), True),
    Screen("invoeren telefoon", DESK, "/invoeren", (tick("bron-phone"), see("mailadres"))),
    Screen(
        "invoeren fouten",
        DESK,
        "/invoeren",
        (press("Verzegel en bewaar"), see("Kijk nog even naar 4 dingen")),
        True,
    ),
    Screen("nakomers", DESK, "/nakomers", (see("Kwam aan op"),), True),
    Screen("cijfers loket", DESK, "/cijfers", (see("Nuttig volgens de melder"),), True),
    Screen("cijfers loket telefoon", DESK, "/cijfers", (see("Nuttig volgens de melder"),)),
    Screen(
        "afwezig",
        DESK,
        "/afwezig",
        (press("Zet op afwezig"), press("Bewaar"), see("Kies de")),
        True,
    ),
    Screen("afwezig telefoon", DESK, "/afwezig", (press("Zet op afwezig"), see("Wie vervangt?"))),
    Screen("wensen", DESK, "/wensen", (see("Wie wil voorlichting"),), True),
    Screen("nakomers reden", DESK, "/nakomers", (press("Open"), see("Waarom open je dit?")), True),
    Screen("nakomers open", DESK, "/nakomers", (press("Open"), ENVELOPE, see("grijze auto")), True),
    Screen(
        "nakomers afhandelen",
        DESK,
        "/nakomers",
        (
            press("Open"),
            ENVELOPE,
            choose("Maak er een gewone melding van"),
            press("Leg vast"),
            see("Kies een kaart."),
        ),
        True,
    ),
    Screen(
        "postvak filter bewaren",
        DESK,
        "/postvak/?view=late",
        (unfold, press("Bewaar dit filter"), see("Zet er geen namen van mensen in")),
        True,
        title="Postvak",
    ),
    *MEETINGS,
    *CASES,
    Screen("rechten", DESK, "/rechten", (press("Zoek in alles"), see("Vul een naam in")), True),
    Screen("rechten telefoon", DESK, "/rechten", (see("Zoek de naam op"),)),
    Screen("rechten adviseur", OTHER, "/rechten", (see("De procesregisseur zoekt"),), True),
    Screen("rechten informeren", DESK, "/rechten/informeren", (see("Verteld op"),), True),
    Screen("rechten melding", DESK, "/rechten/melding/{open}", (see("Wat klopt er wel?"),), True),
    Screen(
        "rechten vervangen",
        DESK,
        "/rechten/melding/{open}",
        (see("Wat klopt er wel?"), tick("vervang"), see("Haal persoon 1 weg")),
        True,
    ),
    Screen("uitnodigen", KEEPER, "/uitnodigen", (), True),
    Screen("mensen", KEEPER, "/uitnodigen/mensen", (see("Doet mee sinds"), unfold), True),
    Screen("lijst", KEEPER, "/uitnodigen/lijst", (), True),
    Screen(
        "lijst fout",
        KEEPER,
        "/uitnodigen/lijst",
        (press("Nodig iedereen uit"), see("Er is niemand uitgenodigd")),
        True,
    ),
    Screen("uitnodigen fouten", KEEPER, "/uitnodigen", (press("Maak de uitnodiging"),), True),
    Screen(
        "uitgenodigd",
        CONTACT,
        "/uitnodigen",
        (
            write("u-name", "Nina Nieuw"),
            select("u-kind", "club"),
            press("Maak de uitnodiging"),
            see("Uitnodiging voor Nina Nieuw"),
        ),
        True,
    ),
    Screen("zonder scherm", TEAM, "/postvak", (see("Jouw scherm is er nog niet"),), True),
)

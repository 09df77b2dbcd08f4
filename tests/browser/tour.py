"""Every screen of the app, in every state that looks different."""

from __future__ import annotations

from tests.browser.steps import (
    Screen,
    Step,
    again,
    choose,
    end_session,
    explain,
    follow,
    go,
    open_menu,
    press,
    see,
    select,
    tick,
    unfold,
    write,
)
from tests.browser.town import IPHONE, NOBODY

LEADER = "leader"
BOA, TEACHER, COACH, OFFLINE = "boa", "teacher", "coach", "offline"
DESK, OTHER, TEAM, KEEPER, CONTACT = "desk", "other desk", "team", "keeper", "contact"

NOT_INVITED = (
    Screen("kaarten zonder uitnodiging", NOBODY, "/kaarten", (see("Wie kun je bellen?"),)),
    Screen("kaart voor iedereen", NOBODY, "/kaart/sport", (unfold,)),
    Screen("zoeken zonder uitnodiging", NOBODY, "/kaarten", (write("zoek", "bang"), see("Sport"))),
    Screen("melden zonder uitnodiging", NOBODY, "/melden/sport"),
    Screen("kaart die er niet is", NOBODY, "/kaart/boa"),
    Screen("scherm dat er niet is", NOBODY, "/nergens", (see("Dit is er niet"),)),
    Screen("mijn zonder uitnodiging", NOBODY, "/mijn", (see("Wie kun je bellen?"),)),
    Screen("instellingen uitgelogd", NOBODY, "/instellingen"),
    Screen("beginscherm", NOBODY, "/beginscherm"),
    Screen("beginscherm iPhone", IPHONE, "/beginscherm"),
    Screen("inloggen", NOBODY, "/inloggen"),
    Screen("inloggen ingelogd", BOA, "/inloggen"),
    Screen("inloggen fout", NOBODY, "/inloggen", (press("Log in"), see("Vul de 8 letters"))),
    Screen("uitnodiging", NOBODY, "/uitnodiging/{invitation}"),
    Screen(
        "uitnodiging gebruikt",
        NOBODY,
        "/uitnodiging/{used}",
        (press("Ja, log in"), see("al gebruikt")),
    ),
    Screen(
        "uitnodiging iPhone",
        IPHONE,
        "/uitnodiging/{invitation}",
        (press("Toon mijn code"), see("Jouw code")),
    ),
    Screen("terug van de inlogdienst", NOBODY, "/aanmelden", (see("Je bent niet ingelogd"),)),
    Screen("postvak uitgelogd", NOBODY, "/postvak"),
)

NEXT = follow("Wat doe ik nu?")
CARDS = (
    Screen("kaarten", BOA, "/kaarten", (see("Andere kaarten"),)),
    Screen("kaart boa leeg", BOA, "/kaart/boa"),
    Screen("kaart boa gekozen", BOA, "/kaart/boa", (tick("BOA-08", "BOA-12", "P-15"), unfold)),
    Screen("kaart boa wapen", BOA, "/kaart/boa", (tick("BOA-17"),)),
    Screen(
        "kaart boa gewist",
        BOA,
        "/kaart/boa",
        (tick("BOA-08"), press("Wis keuze"), see("Keuze gewist")),
    ),
    Screen("kaart onderwijs leeg", TEACHER, "/kaart/onderwijs"),
    Screen("kaart onderwijs gekozen", TEACHER, "/kaart/onderwijs", (tick("OND-05"), unfold)),
    Screen("kaart sport leeg", COACH, "/kaart/sport"),
    Screen("kaart sport gekozen", COACH, "/kaart/sport", (tick("SPO-08", "SPO-01"), unfold)),
    Screen("kaart gemeente leeg", BOA, "/kaart/gemeente-intern", (see("Schuldhulp"),)),
    Screen(
        "kaart gemeente één lijst",
        BOA,
        "/kaart/gemeente-intern",
        (tick("lezer-leerplicht", "vorm-list"), see("Meer signalen"), unfold),
    ),
    Screen("kaart gevonden", BOA, "/kaart/sport/SPO-14", (see("niet meer naar school"),)),
    Screen("zoeken", BOA, "/kaarten", (write("zoek", "pimpas"), see("rekening lenen"))),
    Screen("zoeken niets", BOA, "/kaarten", (write("zoek", "xqzv"), see("Niets gevonden voor"))),
    Screen("oefenen", BOA, "/oefenen", (see("situaties"),)),
    Screen("wens", BOA, "/oefenen", (press("Training"), see("De gemeente weet het"))),
    Screen("oefenen vraag", BOA, "/oefenen/boa", (see("Situatie 1 van"),)),
    Screen(
        "oefenen uitleg",
        BOA,
        "/oefenen/boa",
        (
            press("Ik wacht af"),
            see("Kijk nog eens"),
            press("Ik maak een praatje"),
            see("Op de kaart"),
        ),
    ),
    Screen("route", BOA, "/route", (see("Goed om te weten"),)),
    Screen("wat nu zonder keuze", BOA, "/watnu/boa"),
    Screen("wat nu rood", BOA, "/kaart/boa", (tick("BOA-17"), NEXT, see("dreiging"), unfold)),
    Screen("wat nu oranje", BOA, "/kaart/boa", (tick("BOA-08"), NEXT, unfold)),
    Screen("wat nu geel", BOA, "/kaart/boa", (tick("BOA-01"), NEXT, unfold)),
    Screen("wat nu groen", BOA, "/kaart/boa", (tick("BOA-12"), NEXT, unfold)),
)

FAST = (tick("BOA-08"), follow("Melden"), see("Hoe weet je dit?"))
SEAL = press("Verzegel en verstuur")
REPORT = (
    Screen("melden snel", BOA, "/kaart/boa", (*FAST, unfold)),
    Screen("melden snel fouten", BOA, "/kaart/boa", (*FAST, SEAL, see("Kijk nog even naar 3"))),
    Screen("melden stap 1", BOA, "/melden/boa/1"),
    Screen("melden stap 1 fouten", BOA, "/melden/boa/1", (press("Verder"), see("even naar 3"))),
    Screen("melden opsporing", BOA, "/melden/boa/1", (tick("opsporing-yes"), see("eigen systeem"))),
    Screen("melden stap 2", BOA, "/melden/boa/2", (press("Waar ben ik?"), see("waarschijnlijk"))),
    Screen(
        "melden stap 2 fouten",
        BOA,
        "/melden/boa/2",
        (tick("moment-earlier"), press("Verder"), see("Kijk nog even naar 2 dingen")),
    ),
    Screen("melden stap 3", BOA, "/melden/boa/3"),
    Screen(
        "melden stap 3 kind",
        BOA,
        "/melden/boa/3",
        (select("leeftijd-0", "under_12"), see("geen straf"), press("Nog iemand")),
    ),
    Screen("melden stap 3 sport", COACH, "/melden/sport/3", (tick("naam-nodig-yes"),)),
    Screen(
        "melden stap 4",
        BOA,
        "/melden/boa/1",
        (write("wat", "Een tasje."), go("/melden/boa/4"), see("Klopt dit?")),
    ),
    Screen("melden stap 4 fouten", BOA, "/melden/boa/4", (SEAL, see("Kijk nog even naar 4"))),
    Screen(
        "melden hervat",
        BOA,
        "/melden/boa/1",
        (write("wat", "Een tasje."), see("Concept bewaard"), again, see("Je was hier al")),
    ),
)

REPLY = "Verzegel en stuur antwoord"
MINE = (
    Screen("verzegeld ontvangen", BOA, "/verzegeld/{received}", (see("Bonnummer"),)),
    Screen("mijn leeg", TEAM, "/mijn", (see("Nog geen meldingen"),)),
    Screen("mijn gevuld", BOA, "/mijn", (see("Voor jou"), see("Bij de gemeente"))),
    Screen(
        "mijn met concept",
        BOA,
        "/melden/boa/1",
        (
            write("wat", "Een tasje."),
            see("Concept bewaard"),
            go("/mijn"),
            see("Nog niet af"),
        ),
    ),
    Screen("melding ontvangen", BOA, "/mijn/{received}", (see("Wat wil je doen?"),)),
    Screen("melding gelezen", BOA, "/mijn/{read}", (see("Wat wil je doen?"),)),
    Screen("melding terugkoppeling", BOA, "/mijn/{feedback}", (see("We kijken mee"),)),
    Screen("melding vraag", BOA, "/mijn/{question}", (see("Zag je dit vaker"),)),
    Screen(
        "melding vraag fout",
        BOA,
        "/mijn/{question}",
        (press(REPLY), see("Schrijf eerst wat je wilt sturen.")),
    ),
    Screen("melding beantwoord", BOA, "/mijn/{answered}", (see("Jouw antwoord"),)),
    Screen("melding aanvullen", BOA, "/mijn/{feedback}", (press("Vul deze melding aan"),)),
    Screen(
        "melding teruglezen", BOA, "/mijn/{feedback}", (press("Lees terug"), see("grijze auto"))
    ),
    Screen("melding intrekken", BOA, "/mijn/{received}", (press("Trek deze melding in"),)),
    Screen("melding ingetrokken", BOA, "/mijn/{withdrawn}", (see("beslist of hij weg kan"),)),
    Screen("brief", BOA, "/brief", (see("We kijken mee"), unfold)),
    Screen("seintjes", BOA, "/seintjes", (see("Mailadres"),)),
    Screen("seintjes loket", DESK, "/seintjes", (see("Herinnering aan wat"),), True),
    Screen("instellingen", BOA, "/instellingen", (see("Bij een antwoord of vraag"),)),
    Screen("vragen", BOA, "/vragen", (see("Mijn meldingen"),)),
    Screen("wat is er nieuw", BOA, "/nieuw", (see("Versie 0.1.0"),)),
    Screen("gegevens", BOA, "/gegevens", (see("Neem je gegevens mee"),)),
    Screen(
        "gegevens verwijderen",
        BOA,
        "/gegevens",
        (press("Verwijder mijn account"), see("Wil je je account verwijderen?")),
    ),
    Screen("gegevens loket", DESK, "/gegevens", (see("Vraag de beheerder"),)),
    Screen("wie keek er", BOA, "/wiekeek", (see("Je bent uitgenodigd"),)),
    Screen("passkey", BOA, "/passkey", (see("Nu niet"),)),
    Screen("toestellen", BOA, "/toestellen", (see("Dit toestel."),)),
    Screen("uitloggen", BOA, "/instellingen", (press("Uitloggen"), see("Wil je uitloggen?"))),
)

NO_NETWORK = (
    Screen("kaarten zonder bereik", OFFLINE, "/kaarten", (see("1 melding niet verstuurd"),)),
    Screen("verzegeld bewaard", OFFLINE, "/verzegeld/{saved}", (see("Bewaard op dit toestel"),)),
    Screen("mijn zonder bereik", OFFLINE, "/mijn", (see("Onderweg"),)),
    Screen("melding bewaard", OFFLINE, "/mijn/{saved}", (see("Nog niet verstuurd"),)),
    Screen(
        "uitloggen met onverstuurd",
        OFFLINE,
        "/instellingen",
        (press("Uitloggen"), see("Wil je uitloggen?")),
    ),
)
REFUSED = (
    Screen("mijn met kijk even", OFFLINE, "/mijn", (see("Kijk hier even naar"),)),
    Screen("kijk", OFFLINE, "/kijk/{saved}", (see("andere versie"),)),
    Screen(
        "kijk weghalen", OFFLINE, "/kijk/{saved}", (press("Haal weg"), see("Wil je deze versie"))
    ),
)

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
    Screen("kwartalen", DESK, "/kwartaalcijfers", (see("Meer dan ervoor"),), True),
    Screen("kwartalen telefoon", DESK, "/kwartaalcijfers", (see("Bewaar als CSV"),)),
    Screen("effect", DESK, "/effect", (see("Zou je een signaal melden?"),), True),
    Screen("effect telefoon", DESK, "/effect", (see("Jongeren nemen hulp aan"),)),
    Screen(
        "effect invullen",
        LEADER,
        "/effect",
        (
            press("Kies hoe je meet"),
            write("start-awareness", "veel"),
            press("Bewaar"),
            see("Schrijf een heel getal van 0"),
        ),
        True,
    ),
    Screen(
        "effect half jaar",
        LEADER,
        "/effect",
        (press("Vul een half jaar in"), see("Welk half jaar?")),
    ),
    Screen("koppelingen", KEEPER, "/koppelingen", (see("Dit staat uit."),), True),
    Screen(
        "koppelingen nieuw",
        KEEPER,
        "/koppelingen",
        (
            see("Dashboard van de gemeente"),
            press("Maak een sleutel"),
            press("Maak de sleutel"),
            see("Schrijf op welk systeem"),
        ),
    ),
    Screen("brieven", DESK, "/brieven", (see("Om te bespreken"),), True),
    Screen("brieven telefoon", DESK, "/brieven?soort=raad", (see("Hoe u deze cijfers leest"),)),
    Screen(
        "brieven verhaal",
        DESK,
        "/brieven",
        (
            write("verhaal", "Toen kwam Zwiep op dinsdag langs."),
            see("lijkt een naam"),
            press("Bewaar het verhaal"),
            see("Vink eerst aan dat je hebt nagelezen"),
        ),
        True,
    ),
    Screen("brieven contactpersoon", CONTACT, "/brieven", (see("2e kwartaal"),), True),
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

# These end the session for good, so they come last.
ENDED = (
    Screen("mijn na einde sessie", COACH, "/mijn", (end_session, see("Log in om antwoorden"))),
    Screen("postvak na einde sessie", OTHER, "/postvak", (end_session, see("Je bent uitgelogd"))),
)

SCREENS = (*NOT_INVITED, *CARDS, *REPORT, *MINE, *NO_NETWORK, *REFUSED, *AT_DESK, *ENDED)

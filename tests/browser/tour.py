"""Every screen of the app, in every state that looks different."""

from __future__ import annotations

from tests.browser.steps import (
    Screen,
    again,
    end_session,
    follow,
    go,
    press,
    see,
    select,
    tick,
    unfold,
    write,
)
from tests.browser.tour_of_insight import INSIGHT
from tests.browser.tour_of_the_desk import AT_DESK
from tests.browser.town import BOA, COACH, DESK, IPHONE, NOBODY, OFFLINE, OTHER, TEACHER, TEAM

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

# These end the session for good, so they come last.
ENDED = (
    Screen("mijn na einde sessie", COACH, "/mijn", (end_session, see("Log in om antwoorden"))),
    Screen("postvak na einde sessie", OTHER, "/postvak", (end_session, see("Je bent uitgelogd"))),
)

SCREENS = (*NOT_INVITED, *CARDS, *REPORT, *MINE, *NO_NETWORK, *REFUSED, *AT_DESK, *INSIGHT, *ENDED)

"""The screens of figures: who looks at them, who is asked, and which system reads along."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps import Screen, Step, press, see, tick, write
from tests.browser.town import BOA, BOARD, CONTACT, DESK, KEEPER, LEADER, TEACHER

ALL_SEEN = see("Zou je een signaal melden?")
ANSWERED: tuple[Step, ...] = (
    tick("vraag-knows-yes", "vraag-dares-partly", "vraag-hears-none", "vraag-helps-yes"),
)
SURVEY = (
    Screen("mijn met vragen", BOA, "/mijn", (see("Wat vind jij van de signaalkaart?"),)),
    Screen("vragen", BOA, "/vragen", (ALL_SEEN,)),
    Screen(
        "vragen fouten", BOA, "/vragen", (ALL_SEEN, press("Verstuur"), see("Kies een antwoord."))
    ),
    Screen(
        "vragen gedaan",
        TEACHER,
        "/vragen",
        (ALL_SEEN, *ANSWERED, press("Verstuur"), see("Dank je wel")),
    ),
    Screen("vragen geweest", TEACHER, "/vragen", (see("Geen vragen"),)),
)

# A year, beside the year before it; a column for each of its quarters.
YEAR = "/kwartaalcijfers?vanaf=2025-Q4&tot=2026-Q3"
NONE = see("zijn er geen cijfers")


def see_chart(page: Page) -> None:
    """Wait for the columns, which are there when more than one quarter is shown."""
    expect(page.locator(".columns svg").first).to_be_visible()


def see_hidden_column(page: Page) -> None:
    expect(page.locator(".columns__hidden").first).to_be_visible()


FIGURES = (
    Screen("kwartalen", DESK, "/kwartaalcijfers", (see("Meer dan ervoor"),), True),
    Screen("kwartalen telefoon", DESK, "/kwartaalcijfers", (see("Bewaar als CSV"),)),
    Screen("kwartalen bestuur", BOARD, YEAR, (see_chart,), True),
    Screen("kwartalen bestuur telefoon", BOARD, YEAR, (see_chart,)),
    Screen("kwartalen wijken", BOARD, f"{YEAR}&tabel=area", (see_chart,), True),
    Screen("kwartalen wijk", BOARD, f"{YEAR}&tabel=area&wijk=WK026701", (see_chart,), True),
    Screen(
        "kwartalen wijk verborgen",
        BOARD,
        "/kwartaalcijfers?vanaf=2024-Q4&tot=2025-Q3&tabel=area&wijk=WK026701",
        (see_chart, see_hidden_column),
        True,
    ),
    Screen("kwartalen snelheid", BOARD, f"{YEAR}&tabel=answer", (see_chart, see("Op tijd")), True),
    Screen("kwartalen niets", BOARD, "/kwartaalcijfers?vanaf=2019-Q1&tot=2019-Q4", (NONE,), True),
    Screen("effect bestuur", BOARD, "/effect", (ALL_SEEN,), True),
    Screen("brieven bestuur", BOARD, "/brieven", (see("Om te bespreken"),), True),
)
EFFECT_AND_LETTERS = (
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
)
INSIGHT = (*SURVEY, *FIGURES, *EFFECT_AND_LETTERS)

"""What stands on the sheet for the driehoek and in the letter to the council: figures, a story."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server import cards
from server.briefings.sheet import STORY, Line, Section, Sheet, quarter_name
from server.reports import service as reports
from server.reports.service import HIDING, WARNING, Cell, Figures

KINDS = ("driehoek", "raad")
HIDDEN = "verborgen"
# What was done: the tables whose total is told, and how many parts of each.
DONE = {"action": 3, "referral": 2, "case": 0, "outcome": 0}
# A longer list is for the page with all figures.
MOST_ROWS, MOST_CHANGES = 4, 4
NOTHING_TO_COMPARE = "Er zijn nog geen cijfers van het kwartaal ervoor om dit mee te vergelijken."
NOTHING_STANDS_OUT = "Er valt niets op, vergeleken met het kwartaal ervoor."
WHY_A_LETTER = (
    "In deze brief leest u wat er in dit kwartaal is gemeld en gedaan om te voorkomen dat "
    "jongeren in de drugscriminaliteit belanden."
)
NO_PROOF = (
    "Een melding is een zorg van iemand, geen bewezen feit. Soms blijkt er iets anders aan de "
    "hand. Veel wordt nooit gemeld."
)
OF_THE_STORY = "Dit verhaal is verzonnen, of zo verteld dat niemand te herkennen is."


def compose(kind: str, quarter: str, story: str) -> Sheet:
    """Return the sheet of one kind about one quarter; an empty story leaves no room open."""
    return _KINDS[kind](reports.figures(quarter, quarter), story)


def shown(cell: Cell | None) -> str:
    """Return how a number is said; what is hidden is said to be hidden."""
    return HIDDEN if cell is None or cell.value is None else str(cell.value)


def came_in(figures: Figures) -> list[Line]:
    """Return how much came in, how much of it was settled, and how much of that in time."""
    answers = figures.table("answer")
    return [
        Line("Meldingen", shown(figures.table("card").cell(""))),
        Line("Beantwoord, of gewist zonder antwoord", shown(answers.cell(""))),
        Line("Daarvan op tijd beantwoord", shown(answers.cell("on_time"))),
        Line("Daarvan nooit beantwoord", shown(answers.cell("never"))),
    ]


def largest(figures: Figures, table: str, most: int = MOST_ROWS) -> list[Line]:
    """Return the largest parts of a table that may be shown and have a name."""
    cells = [
        cell
        for cell in figures.table(table).cells
        if len(cell.path) == 1 and cell.value and cell.key not in ("none", "other")
    ]
    cells.sort(key=lambda cell: (-(cell.value or 0), cell.label))
    return [Line(cell.label, shown(cell)) for cell in cells[:most]]


def was_done(figures: Figures) -> list[Line]:
    """Return what was done, table by table: each total, and its largest parts."""
    lines = []
    for name, parts in DONE.items():
        table = next((one for one in figures.tables if one.name == name), None)
        whole = table.cell("") if table else None
        if table is None or whole is None or whole.value == 0:
            continue
        lines.append(Line(table.title, shown(whole)))
        lines += [Line(f"Waarvan: {one.name}", one.value) for one in largest(figures, name, parts)]
    return lines


def done(title: str, figures: Figures) -> list[Section]:
    """Return what was done under a heading, if anything of it may be told."""
    lines = was_done(figures)
    return [Section(title, lines=lines)] if lines else []


def what_changed(figures: Figures) -> list[str]:
    """Return in words what is new or rising, with what that may also mean."""
    before = reports.compared(figures)
    if before is None:
        return [NOTHING_TO_COMPARE]
    said = reports.changes(figures, before)[:MOST_CHANGES]
    return [*(said or [NOTHING_STANDS_OUT]), WARNING]


def _story(title: str, text: str) -> list[Section]:
    return [Section(title, said=(text, OF_THE_STORY), voice=STORY)] if text else []


def _driehoek(figures: Figures, story: str) -> Sheet:
    gemeente = cards.library().gemeente["name"]
    return Sheet(
        title=f"Jonge aanwas in {gemeente}, {quarter_name(figures.first)}",
        to="Voor de driehoek: burgemeester, politie en Openbaar Ministerie",
        opening=("Wat mensen meldden, wat ermee is gedaan en wat om een besluit vraagt.",),
        figures=(
            Section("Meldingen en antwoorden", lines=came_in(figures)),
            *_parts(figures, ("signal", "Meest gemeld"), ("area", "Waar het meest")),
            *done("Wat er is gedaan", figures),
        ),
        sections=(
            Section("Nieuw of meer", said=what_changed(figures)),
            *_story("Een verhaal", story),
            Section(
                "Om te bespreken",
                said=(
                    "Herkennen politie en Openbaar Ministerie dit beeld?",
                    "Wat krijgt het komende kwartaal voorrang, en wie doet dat?",
                ),
            ),
        ),
        closing=(HIDING, "Veel wordt nooit gemeld. Dat zie je niet in deze cijfers."),
    )


def _raad(figures: Figures, story: str) -> Sheet:
    gemeente = cards.library().gemeente["name"]
    return Sheet(
        title=f"Aanpak jonge aanwas, {quarter_name(figures.first)}",
        to=f"Raadsinformatiebrief aan de gemeenteraad van {gemeente}",
        opening=(WHY_A_LETTER,),
        # Which wijk it was is for the driehoek: in a public letter it marks who lives there.
        figures=(
            Section("Wat wij hoorden", lines=came_in(figures)),
            *_parts(figures, ("signal", "Meest gemeld")),
            *done("Wat wij deden", figures),
        ),
        sections=(
            Section("Nieuw of meer", said=what_changed(figures)),
            *_story("Een verhaal uit de praktijk", story),
            Section("Hoe u deze cijfers leest", said=(NO_PROOF, HIDING)),
        ),
        signed=f"Burgemeester en wethouders van {gemeente}",
    )


def _parts(figures: Figures, *tables: tuple[str, str]) -> list[Section]:
    found = [(title, largest(figures, name)) for name, title in tables]
    return [Section(title, lines=lines) for title, lines in found if lines]


_KINDS: Mapping[str, Callable[[Figures, str], Sheet]] = {"driehoek": _driehoek, "raad": _raad}

"""What stands on the sheet for the driehoek and in the letter to the council: figures, a story."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from server import cards
from server.briefings.sheet import STORY, Line, Section, Sheet, quarter_name
from server.reports import service as reports
from server.reports.quarters import Quarter
from server.reports.service import HIDING, Cell, Figures, Table
from server.reports.shares import share

KINDS = ("driehoek", "raad")
HIDDEN = "verborgen"
# What was done: the tables whose total is told, and how many parts of each.
DONE = {"action": 3, "referral": 2, "case": 0, "outcome": 0}
CASES = ("case", "outcome")
# On a screen it heads a table; beside one number it would be a question.
NAMES = {"referral": "Hulp erbij gehaald"}
# In what something can be new or more.
RISING = ("signal", "area", "card")
PLACES = ("area",)
# A longer list is for the page with all figures.
MOST_ROWS, MOST_CHANGES = 4, 4
QUARTERS = 4
EACH_ONCE = "Elke melding telt één keer, bij het ernstigste signaal."
WARNING = (
    "Deze cijfers tellen wat mensen meldden. Meer meldingen kan betekenen dat er meer gebeurt. Het "
    "kan ook betekenen dat mensen beter opletten."
)
NOTHING_TO_COMPARE = "Er zijn nog geen cijfers van het kwartaal ervoor om dit mee te vergelijken."
NOTHING_STANDS_OUT = "Er valt niets op."
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
    """Return how much came in, and how much of what is settled was answered in time."""
    answers = figures.table("answer")
    settled, soon = (answers.cell(key) for key in ("", "on_time/2"))
    fast = [Line("Waarvan binnen 2 werkdagen", shown(soon))] if soon and soon.value else []
    return [
        Line("Meldingen", shown(figures.table("card").cell(""))),
        Line("Beantwoord, of gewist zonder antwoord", shown(settled)),
        Line("Daarvan op tijd beantwoord", _on_time(answers)),
        *fast,
        Line("Daarvan nooit beantwoord", shown(answers.cell("never"))),
    ]


def _on_time(answers: Table) -> str:
    """Return how much was on time with its share, or as much of the share as can be told."""
    found = share(answers, "on_time")
    if found is None:
        return HIDDEN
    return f"{found.count} ({found.said})" if found.is_ == "exactly" else found.said


def last_quarters(figures: Figures) -> list[Section]:
    """Return what came in and was answered in this quarter and the three before it."""
    first = Quarter.named(figures.last).plus(1 - QUARTERS)
    over = reports.figures(str(first), figures.last)
    lines = [
        Line(quarter_name(quarter), ", ".join(_in_quarter(over, at)))
        for at, quarter in enumerate(over.quarters)
    ]
    return [Section("Laatste vier kwartalen", lines=lines[::-1])] if len(lines) > 1 else []


def _in_quarter(over: Figures, at: int) -> tuple[str, str]:
    came = over.table("card").cell("")
    count = came.by_quarter[at] if came else None
    on_time = share(over.table("answer"), "on_time", at)
    return (
        f"meldingen {HIDDEN}" if count is None else f"{count} meldingen",
        f"{on_time.said} op tijd beantwoord" if on_time else f"op tijd beantwoord {HIDDEN}",
    )


def largest(figures: Figures, table: str, most: int = MOST_ROWS) -> list[Line]:
    """Return the largest parts of a table that may be shown and have a name."""
    cells = [
        cell
        for cell in figures.table(table).cells
        if len(cell.path) == 1 and cell.value and cell.key not in ("none", "other")
    ]
    cells.sort(key=lambda cell: (-(cell.value or 0), cell.label))
    return [Line(cell.label, shown(cell)) for cell in cells[:most]]


def was_done(figures: Figures, leave_out: Collection[str] = ()) -> list[Line]:
    """Return what was done, table by table: each total, and its largest parts."""
    lines = []
    for name, parts in DONE.items():
        table = figures.table(name)
        whole = table.cell("")
        if name in leave_out or whole is None or whole.value == 0:
            continue
        lines.append(Line(NAMES.get(name, table.title), shown(whole)))
        lines += [Line(f"Waarvan: {one.name}", one.value) for one in largest(figures, name, parts)]
    return lines


def done(title: str, figures: Figures, leave_out: Collection[str] = ()) -> list[Section]:
    """Return what was done under a heading, if anything of it may be told."""
    lines = was_done(figures, leave_out)
    return [Section(title, lines=lines)] if lines else []


def new_or_more(figures: Figures, leave_out: Collection[str] = ()) -> list[Section]:
    """Return in words what is new or rising, with what that may also mean."""
    before = reports.compared(figures)
    said = [NOTHING_TO_COMPARE] if before is None else _changes(figures, before, leave_out)
    return [Section("Nieuw of meer", said=(*said, WARNING))]


def _changes(figures: Figures, before: Figures, leave_out: Collection[str]) -> list[str]:
    """Return what is new or rising, each time with what it is and since when."""
    said: list[str] = []
    room = MOST_CHANGES
    for name in (one for one in RISING if one not in leave_out):
        found = reports.changes(figures, before, (name,))[:room]
        room -= len(found)
        said += [f"{figures.table(name).of}. {one}" for one in found]
    since = f"Vergeleken met het {quarter_name(before.first)}."
    return [since, *(said or [NOTHING_STANDS_OUT])]


def _story(title: str, text: str) -> list[Section]:
    return [Section(title, said=(text, OF_THE_STORY), voice=STORY)] if text else []


def _driehoek(figures: Figures, story: str) -> Sheet:
    gemeente = cards.library().gemeente["name"]
    return Sheet(
        title=f"Jonge aanwas in {gemeente}, {quarter_name(figures.first)}",
        to="Voor de driehoek: burgemeester, politie en Openbaar Ministerie",
        opening=("Wat mensen meldden, wat ermee is gedaan en twee vragen om te bespreken.",),
        figures=(
            Section("Meldingen en antwoorden", lines=came_in(figures)),
            *_parts(figures, ("signal", "Meest gemeld"), ("area", "Waar het meest")),
            *done("Wat er is gedaan", figures),
        ),
        sections=(
            *last_quarters(figures),
            *new_or_more(figures),
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
            *last_quarters(figures),
            *new_or_more(figures, leave_out=PLACES),
            *_story("Een verhaal uit de praktijk", story),
            Section("Hoe u deze cijfers leest", said=(NO_PROOF, HIDING)),
        ),
        signed=f"Burgemeester en wethouders van {gemeente}",
    )


def _parts(figures: Figures, *tables: tuple[str, str]) -> list[Section]:
    found = [(name, title, largest(figures, name)) for name, title in tables]
    return [
        Section(title, said=(EACH_ONCE,) if name == "signal" else (), lines=lines)
        for name, title, lines in found
        if lines
    ]


_KINDS: Mapping[str, Callable[[Figures, str], Sheet]] = {"driehoek": _driehoek, "raad": _raad}

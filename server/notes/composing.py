"""What one organisation reads about a quarter: its own answers where that tells of nobody."""

from __future__ import annotations

from collections.abc import Mapping

from server import cards
from server.briefings.composing import CASES, PLACES, came_in, done, new_or_more
from server.briefings.sheet import Line, Section, Sheet, quarter_name
from server.db import db
from server.notes.counting import LED_TO
from server.notes.models import Note, NotedQuarter
from server.reports import service as reports
from server.reports.service import HIDING, Figures

FEW = (
    "Over één school, club of team vertellen we alleen iets als het over genoeg mensen gaat. Zo is "
    "niemand te herkennen. Daarom lees je hier over {whom}."
)
ALL = "de hele gemeente"
KINDS = {
    "gemeente": "de medewerkers van de gemeente",
    "school": "alle scholen samen",
    "club": "alle clubs samen",
    "politie": "de politie",
    "jongerenwerk": "het jongerenwerk",
    "om": "het Openbaar Ministerie",
}
REST = "Andere antwoorden tellen we hier niet. Het gaat om te weinig mensen, of om niemand."
GO_ON = "Twijfel je over iets wat je ziet? Melden mag ook als je het niet zeker weet."


def compose(note: Note) -> Sheet:
    """Return what an organisation reads: of itself, or else of its kind, or else of everybody."""
    gemeente = cards.library().gemeente
    figures = reports.figures(note.quarter, note.quarter)
    kind = note.organisation.kind
    noted = db.session.get(NotedQuarter, note.quarter)
    of_kind = noted.of_kinds.get(kind, {}) if noted else {}
    about = KINDS[kind] if of_kind else ALL
    if note.answers:
        own = _own("Jullie meldingen", note.organisation.name, note.answers)
    else:
        own = _own("Meldingen als die van jullie", about, of_kind) if of_kind else ()
    return Sheet(
        title="Wat er met meldingen gebeurde",
        to=f"Voor {note.organisation.name}, {quarter_name(note.quarter)}",
        opening=() if note.answers else (FEW.format(whom=about),),
        figures=(*own, *_of_all(figures)),
        sections=new_or_more(figures, leave_out=PLACES),
        closing=(
            HIDING,
            f"{GO_ON} Eerst overleggen kan ook: bel {gemeente['phone']}.",
        ),
        signed=f"Gemeente {gemeente['name']}",
    )


def _own(title: str, whom: str, answers: Mapping[str, int]) -> tuple[Section, ...]:
    """Return which answers reporters got; the rest is not even said to be."""
    sentences = cards.library().gemeente["feedback"]
    lines = [
        Line(f"‘{sentences[kind]}’", f"{answers[kind]} keer") for kind in LED_TO if kind in answers
    ]
    said = (f"Dit antwoordden we op meldingen van {whom}:",)
    rest = [Section("De rest", said=(REST,))] if len(answers) < len(LED_TO) else []
    return (Section(title, said=said, lines=lines), *rest)


def _of_all(figures: Figures) -> tuple[Section, ...]:
    return (
        Section("In de hele gemeente", lines=came_in(figures)),
        # What became a case is for who works on it.
        *done("Wat er is gedaan", figures, leave_out=CASES),
    )

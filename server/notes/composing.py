"""What one organisation reads about a quarter: its own answers where that tells of nobody."""

from __future__ import annotations

from collections.abc import Mapping

from server import cards
from server.briefings.composing import came_in, done, what_changed
from server.briefings.sheet import Line, Section, Sheet, quarter_name
from server.notes.counting import LED_TO
from server.notes.models import Note
from server.reports import service as reports
from server.reports.service import HIDING, Figures

OF_ALL = (
    "Over één school, club of team vertellen we alleen iets als het over genoeg mensen gaat. Zo is "
    "niemand te herkennen. Daarom lees je hier over de hele gemeente."
)
REST = "Andere antwoorden tellen we hier niet. Het gaat om te weinig mensen, of om niemand."
GO_ON = "Twijfel je over iets wat je ziet? Melden mag ook als je het niet zeker weet."


def compose(note: Note) -> Sheet:
    """Return what an organisation reads."""
    gemeente = cards.library().gemeente
    figures = reports.figures(note.quarter, note.quarter)
    return Sheet(
        title="Wat er met meldingen gebeurde",
        to=f"Voor {note.organisation.name}, {quarter_name(note.quarter)}",
        opening=() if note.answers else (OF_ALL,),
        figures=(*_own(note.organisation.name, note.answers), *_of_all(figures)),
        sections=(Section("Nieuw of meer", said=what_changed(figures)),),
        closing=(
            HIDING,
            f"{GO_ON} Eerst overleggen kan ook: bel {gemeente['phone']}.",
        ),
        signed=f"Gemeente {gemeente['name']}",
    )


def _own(name: str, answers: Mapping[str, int]) -> tuple[Section, ...]:
    """Return which answers reporters of this organisation got; the rest is not even said to be."""
    if not answers:
        return ()
    sentences = cards.library().gemeente["feedback"]
    lines = [
        Line(f"‘{sentences[kind]}’", f"{answers[kind]} keer") for kind in LED_TO if kind in answers
    ]
    said = (f"Dit antwoordden we op meldingen van {name}:",)
    rest = [Section("De rest", said=(REST,))] if len(answers) < len(LED_TO) else []
    return (Section("Jullie meldingen", said=said, lines=lines), *rest)


def _of_all(figures: Figures) -> tuple[Section, ...]:
    return (
        Section("In de hele gemeente", lines=came_in(figures)),
        *done("Wat er is gedaan", figures),
    )

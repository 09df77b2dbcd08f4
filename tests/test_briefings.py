"""The sheets for the driehoek and the council: published figures, and a story that names nobody."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from server import areas, cards
from server.audit import AuditEvent
from server.briefings import service, sheet
from server.briefings.composing import KINDS
from server.briefings.models import Story
from server.briefings.sheet import Sheet
from server.db import db
from server.errors import Unavailable
from server.reports.models import Figure, Quarter
from tests.factories import Phone, add_phone

Q3, Q4 = "2026-Q3", "2026-Q4"
STORY = "Een jongen kreeg dure schoenen. Een trainer belde. Nu gaat het beter."
# By table and path: what was published; None is hidden.
PUBLISHED: dict[str, dict[str, int | None]] = {
    "card": {"": 47, "boa": 41, "sport": None},
    "answer": {"": 31, "on_time": None, "late": None},
    "signal": {"": 47, "contacten": 29, "geld-en-spullen": 11, "gedrag": None, "none": 7},
    "area": {"": 47, "WK026701": 33, "WK026702": None},
    "organisation": {"": 47, "gemeente": None, "club": None},
    "action": {"": 17, "prevention": 9, "care": 8, "repression": 0},
    "referral": {"": None},
}


def publish(quarter: str, figures: dict[str, dict[str, int | None]]) -> None:
    db.session.add(Quarter(id=quarter))
    db.session.flush()
    for name, cells in figures.items():
        for path, count in cells.items():
            db.session.add(Figure(quarter=quarter, name=name, path=path, count=count))
    db.session.commit()


@pytest.fixture
def published(app: Flask) -> None:
    fewer: dict[str, dict[str, int | None]] = {
        "signal": {"": 22, "contacten": 8, "geld-en-spullen": 10, "gedrag": None},
        "card": {"": 22, "boa": 15, "sport": None},
        "area": {"": 22, "WK026701": 9, "WK026702": None},
        "answer": {"": 20, "on_time": 18, "on_time/2": 12, "late": None},
    }
    publish(Q3, {**PUBLISHED, **fewer})
    publish(Q4, PUBLISHED)


@pytest.fixture
def leader(app: Flask) -> Phone:
    return add_phone(app, "projectleider", name="Petra Verzonnen", card=None)


def ask(phone: Phone, kind: str = "driehoek") -> Any:
    answer = phone.get(f"/briefings?kind={kind}")
    assert answer.status_code == 200, answer.json
    return answer.json["shown"]


def write(phone: Phone, text: str, version: int = 0, **more: Any) -> Any:
    body = {"quarter": Q4, "version": version, "text": text, "read_over": True, "seen": []}
    return phone.client.put("/api/v1/stories", json={**body, **more})


def lines_of(shown: Any) -> dict[str, str]:
    return {
        line["name"]: line["value"]
        for section in (*shown["sheet"]["figures"], *shown["sheet"]["sections"])
        for line in section["lines"]
    }


@pytest.mark.usefixtures("published")
def test_what_is_hidden_in_the_figures_is_hidden_on_paper(leader: Phone) -> None:
    for kind in KINDS:
        shown = ask(leader, kind)
        lines = lines_of(shown)
        assert lines["Meldingen"] == "47"
        assert lines["Daarvan op tijd beantwoord"] == "verborgen"
        assert lines["Acties die zijn afgesproken"] == "17"
        assert lines["Waarvan: Preventie"] == "9"
        assert lines["Hulp erbij gehaald"] == "verborgen"
        assert lines["Beantwoord, of gewist zonder antwoord"] == "31"
        assert "Vergeleken met het 3e kwartaal van 2026." in shown["text"]
        assert "Soort signaal. Meer dan ervoor: Contacten, van 8 naar 29." in shown["text"]
        assert "Elke melding telt één keer, bij het ernstigste signaal." in shown["text"]
        assert "Deze cijfers tellen wat mensen meldden." in shown["text"]
        assert "Het kan ook betekenen dat mensen beter opletten." in shown["text"]
        assert "Aantallen onder de 5 zijn verborgen" in shown["text"]


@pytest.mark.usefixtures("published")
def test_the_council_does_not_read_which_wijk_it_was(leader: Phone) -> None:
    """A wijk of which more was reported stands in the figures, and beside them for who decides."""
    of_those_who_decide = ask(leader)["text"]
    assert "Waar het meest" in of_those_who_decide
    assert re.search(r"Wijk en buurt\. Meer dan ervoor: .+, van 9 naar 33\.", of_those_who_decide)
    letter = ask(leader, "raad")
    assert "Waar het meest" not in letter["text"]
    assert named_areas(letter["text"]) == []


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
def test_the_letter_to_the_council_names_no_wijk_on_paper(leader: Phone, letters: Path) -> None:
    assert leader.person
    printed = {}
    for kind in KINDS:
        reader = PdfReader(io.BytesIO(sheet.as_pdf(service.show(kind, Q4).sheet, letters)))
        printed[kind] = " ".join(reader.pages[0].extract_text().split())
    assert named_areas(printed["driehoek"])
    assert named_areas(printed["raad"]) == []


def named_areas(text: str) -> list[str]:
    """Return which wijken and buurten are named, beside the gemeente that one may be called by."""
    own = cards.library().gemeente["name"]
    rest = re.sub(rf"\b{own}(?!-)\b", "", text)
    return [name for name in areas.library().names.values() if name != own and name in rest]


@pytest.mark.usefixtures("published")
def test_without_a_quarter_before_it_still_says_what_more_may_mean(leader: Phone) -> None:
    for kind in KINDS:
        answer = leader.get(f"/briefings?quarter={Q3}&kind={kind}").json["shown"]
        assert "geen cijfers van het kwartaal ervoor" in answer["text"]
        assert "Deze cijfers tellen wat mensen meldden." in answer["text"]
        assert "Het kan ook betekenen dat mensen beter opletten." in answer["text"]


@pytest.mark.usefixtures("published")
def test_a_share_is_told_only_of_two_numbers_that_are_both_shown(leader: Phone) -> None:
    assert lines_of(ask(leader))["Daarvan op tijd beantwoord"] == "verborgen"
    answer = leader.get(f"/briefings?quarter={Q3}").json["shown"]
    lines = lines_of(answer)
    assert lines["Daarvan op tijd beantwoord"] == "18 (90%)"
    assert lines["Waarvan binnen 2 werkdagen"] == "12"


@pytest.mark.usefixtures("published")
def test_the_quarters_before_stand_beside_it_the_newest_first(leader: Phone) -> None:
    for kind in KINDS:
        sections = {one["title"]: one["lines"] for one in ask(leader, kind)["sheet"]["sections"]}
        assert sections["Laatste vier kwartalen"] == [
            {
                "name": "4e kwartaal van 2026",
                "value": "47 meldingen, op tijd beantwoord verborgen",
            },
            {"name": "3e kwartaal van 2026", "value": "22 meldingen, 90% op tijd beantwoord"},
        ]
    publish("2026-Q1", PUBLISHED)
    publish("2025-Q4", PUBLISHED)
    assert "2025" not in ask(leader)["text"], "four, also where one of them is missing"
    alone = leader.get("/briefings?quarter=2025-Q4").json["shown"]
    assert "Laatste vier kwartalen" not in alone["text"]


def test_without_figures_there_is_no_sheet_and_a_sentence(leader: Phone) -> None:
    answer = leader.get("/briefings").json
    assert (answer["periods"], answer["shown"]) == ([], None)
    assert leader.get(f"/briefings?quarter={Q4}").status_code == 404
    assert leader.get("/briefings?quarter=gisteren").status_code == 400
    assert leader.post("/briefings/prints", {"kind": "raad", "quarter": Q4}).status_code == 404
    assert write(leader, STORY).status_code == 404


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
def test_a_quarter_without_data_still_has_a_sheet(leader: Phone) -> None:
    publish("2027-Q1", {"card": {"": None}, "answer": {"": None, "on_time": None}})
    shown = ask(leader)
    assert shown["quarter"] == "2027-Q1"
    lines = lines_of(shown)
    assert lines.pop("1e kwartaal van 2027") == ", ".join(
        f"{one} verborgen" for one in ("meldingen", "op tijd beantwoord")
    )
    assert {lines.pop(f"{one}e kwartaal van 2026")[:2] for one in (3, 4)} == {"22", "47"}
    assert lines == {
        "Meldingen": "verborgen",
        "Beantwoord, of gewist zonder antwoord": "verborgen",
        "Daarvan op tijd beantwoord": "verborgen",
        "Daarvan nooit beantwoord": "verborgen",
    }


@pytest.mark.usefixtures("published")
def test_a_story_with_a_name_is_kept_only_after_it_was_read_over(app: Flask, leader: Phone) -> None:
    add_phone(app, "melder", name="Coen Nepstra", card="sport", kind="club", organisation="Nepclub")
    text = f"{STORY} Nepstra hielp, en de nepclub ook."
    answer = write(leader, text)
    assert (answer.status_code, answer.json["code"]) == (400, "names_somebody")
    assert "‘Nepstra’, ‘nepclub’" in answer.json["detail"]
    checked = leader.post("/stories/checks", {"text": text}).json
    seen = [one["words"] for one in checked["giveaways"]]
    assert seen == ["Nepstra", "nepclub"]
    assert write(leader, text, seen=seen, read_over=False).json["code"] == "read_over"
    assert write(leader, STORY, read_over=False).json["code"] == "read_over"
    assert db.session.get(Story, Q4) is None
    assert write(leader, text, seen=seen).json["version"] == 1


@pytest.mark.usefixtures("published")
def test_a_wijk_or_a_stranger_that_begins_a_sentence_is_asked_about(leader: Phone) -> None:
    own = cards.library().gemeente["name"]
    wijk = next(
        one
        for one in areas.library().names.values()
        if re.fullmatch(r"[A-Z][a-z]+", one) and one != own
    )
    text = f"{STORY} {wijk} was het ook. Zwiep kwam langs. Hij was 14 jaar. {own} hielp."
    found = leader.post("/stories/checks", {"text": text}).json["giveaways"]
    assert [(one["kind"], one["words"]) for one in found] == [
        ("address", wijk), ("name", "Zwiep"), ("age", "14 jaar"),
    ]  # fmt: skip


@pytest.mark.usefixtures("published")
def test_the_second_of_two_who_write_loses_nothing(leader: Phone, regisseur: Phone) -> None:
    assert write(leader, STORY).json["version"] == 1
    late = write(regisseur, "Een ander verhaal.")
    assert (late.status_code, late.json["code"]) == (409, "version")
    story = ask(regisseur)["story"]
    assert (story["text"], story["by"], story["version"]) == (STORY, "Petra Verzonnen", 1)
    assert write(regisseur, "Een ander verhaal.", version=1).json["version"] == 2


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
def test_a_story_stands_on_both_sheets_and_can_be_taken_out(leader: Phone) -> None:
    write(leader, f"  {STORY}\n")
    for kind in KINDS:
        assert STORY in ask(leader, kind)["text"]
    assert write(leader, "", version=1, read_over=False).json["text"] == ""
    assert "verhaal" not in ask(leader)["text"].lower()


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
def test_a_story_goes_with_the_figures_of_its_quarter(leader: Phone) -> None:
    write(leader, STORY)
    assert service.remove_old() == 0
    for number in range(12):
        publish(f"{2027 + number // 4}-Q{number % 4 + 1}", {})
    assert service.remove_old() == 1
    assert db.session.get(Story, Q4) is None


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
def test_writing_checking_and_reading_stand_in_the_log_without_the_text(leader: Phone) -> None:
    write(leader, STORY)
    ask(leader)
    rows = db.session.scalars(sa.select(AuditEvent)).all()
    done = {(one.action, one.subject_kind, one.purpose, one.person_id) for one in rows}
    assert ("write", "story", None, leader.person) in done
    assert ("see", "briefing", "driehoek", leader.person) in done
    assert ("open", "person", "story_check", None) in done


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
def test_too_long_is_said_before_it_is_printed(leader: Phone) -> None:
    text = "Het ging beter. " * 60
    assert leader.post("/stories/checks", {"text": text}).json["over"] == 59
    answer = write(leader, text)
    assert (answer.status_code, answer.json["code"]) == (400, "too_long")
    assert "Haal 59 letters weg." in answer.json["detail"]
    assert service.over("regel\n" * 12) > 0, "short lines take room too"
    assert service.over("x" * service.LONGEST) == 0


@pytest.mark.usefixtures("published")
@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_sheet_is_one_tagged_side_that_says_what_the_text_says(
    leader: Phone, letters: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The most figures there can be, and a story of as many lines as is let through."""
    long = "Een lange naam voor een soort signaal"
    monkeypatch.setattr("server.reports.service.label", lambda _table, path: f"{long} {path}")
    everywhere = {f"p{number}": 10 + number for number in range(8)}
    for name in ("signal", "area", "action", "referral", "case", "outcome"):
        db.session.execute(sa.delete(Figure).where(Figure.name == name))
        for quarter, times in ((Q3, 1), (Q4, 3)):
            for path, count in {"": 99, **everywhere}.items():
                row = Figure(quarter=quarter, name=name, path=path, count=count * times)
                db.session.add(row)
    for quarter in ("2026-Q1", "2026-Q2"):
        publish(quarter, {"card": {"": 4999}, "answer": {"": 4999}})
    db.session.add(Figure(quarter=Q4, name="answer", path="on_time/2", count=28))
    db.session.commit()
    lines = ["Het ging beter met hem. " * 3] * 9 + ["Nu wel."]
    text = "\n".join(line.strip() for line in lines)
    assert write(leader, text).status_code == 200
    shown = service.show(kind, Q4)
    reader = PdfReader(io.BytesIO(sheet.as_pdf(shown.sheet, letters)))
    assert len(reader.pages) == 1
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("nl")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == shown.sheet.title
    printed = "".join(reader.pages[0].extract_text().split())
    for section in (*shown.sheet.figures, *shown.sheet.sections):
        for said in (section.title, *section.said):
            assert "".join(said.split()) in printed, said
        for line in section.lines:
            assert "".join(f"{line.name}{line.value}".split()) in printed, line


@pytest.mark.thorough
def test_what_does_not_fit_is_said_and_not_printed_on_two_sides(letters: Path) -> None:
    much = Sheet("Titel", "Aan", ("Een zin. " * 2000,))
    with pytest.raises(Unavailable) as fault:
        sheet.as_pdf(much, letters)
    assert fault.value.code == "too_long"


def test_without_letters_a_sentence_says_that_no_paper_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as fault:
        sheet.as_pdf(Sheet("Titel", "Aan"), tmp_path)
    assert fault.value.code == "paper"

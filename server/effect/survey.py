"""A few questions to reporters, twice a year. What they answer leads back to nobody.

Who was asked stands in one table, and what was answered in another, in sealed envelopes without a
person, a device or a moment. Nobody opens one before the half year is over. Then all are opened
at once, counted, published with the rules of the figures, and gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from server import audit
from server.db import db, insert_into, new_id, now, table
from server.effect.halves import Half
from server.effect.models import SurveyPaper, SurveyResult
from server.errors import Conflict
from server.keyring import ring
from server.people.models import Person, SurveyAsked
from server.reports.suppression import Node, hide
from server.workdays import local_day

QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "knows": (
        "Weet je wat je met een signaal kunt?",
        {"yes": "Ja", "partly": "Een beetje", "no": "Nee"},
    ),
    "dares": (
        "Zou je een signaal melden?",
        {"yes": "Ja", "partly": "Misschien", "no": "Nee"},
    ),
    "hears": (
        "Hoor je wat er met je melding gebeurt?",
        {"yes": "Ja", "partly": "Soms", "no": "Nee", "none": "Ik meldde nog niets"},
    ),
    "helps": (
        "Helpt de signaalkaart je in je werk?",
        {"yes": "Ja", "partly": "Een beetje", "no": "Nee"},
    ),
}
# Which goal of the approach a question measures: the share that says yes.
MEASURES = {"awareness": "knows", "willingness": "dares"}
# The last two months of each half year.
OFFERED_IN = (5, 6, 11, 12)
# Whose phone had no signal at the end of the half year still counts.
SETTLED = timedelta(days=14)
KEPT = 6  # half years
TOGETHER = "all"


def offered_to(person: Person) -> str | None:
    """Return the half year somebody is asked about now, or None."""
    today = local_day(now())
    half = str(Half.of(today))
    asked = sa.exists().where(SurveyAsked.person_id == person.id, SurveyAsked.half == half)
    if today.month not in OFFERED_IN or db.session.scalar(sa.select(asked)):
        return None
    return half


def answer(person: Person, half: str, answers: Mapping[str, str] | None) -> None:
    """Put a paper in, or skip; a second time in one half year changes nothing.

    Nothing of it is logged: a line with a person and a moment would undo the envelope.
    """
    if half not in _open_halves():
        raise Conflict("Deze vragen zijn voorbij.", code="closed")
    fresh = db.session.scalar(
        insert_into(table(SurveyAsked))
        .values(person_id=person.id, half=half)
        .on_conflict_do_nothing()
        .returning(table(SurveyAsked).c.half)
    )
    if fresh is not None and answers is not None:
        paper = new_id()
        envelope = ring().seal("survey", paper, half, {"v": 1, **answers})
        db.session.add(SurveyPaper(id=paper, half=half, envelope=envelope))
    db.session.commit()


def _open_halves() -> set[str]:
    """Return the half years that answers may still come in for."""
    moment = now()
    current = Half.of(local_day(moment))
    before = current.before()
    open_before = moment < before.ends_at + SETTLED and str(before) not in _published()
    return {str(current), *([str(before)] if open_before else [])}


def publish_due() -> list[str]:
    """Publish each half year that is over, once, and throw away what it was counted from."""
    papers = set(db.session.scalars(sa.select(SurveyPaper.half).distinct()))
    asked = set(db.session.scalars(sa.select(SurveyAsked.half).distinct()))
    over = sorted(half for half in papers | asked if now() >= Half.named(half).ends_at + SETTLED)
    published = _published()
    for half in over:
        if half in papers and half not in published:
            _publish(half)
        db.session.execute(sa.delete(SurveyPaper).filter_by(half=half))
        db.session.execute(sa.delete(SurveyAsked).filter_by(half=half))
    old = sorted(_published())[:-KEPT]
    db.session.execute(sa.delete(SurveyResult).where(SurveyResult.half.in_(old)))
    db.session.commit()
    return over


def _publish(half: str) -> None:
    papers = db.session.scalars(sa.select(SurveyPaper).filter_by(half=half)).all()
    filled = [ring().open(one.envelope, "survey", one.id, half) for one in papers]
    for question, (_text, choices) in QUESTIONS.items():
        counts = Counter(one.get(question) for one in filled)
        parts = {choice: Node(counts[choice]) for choice in choices}
        tree = Node(sum(part.count for part in parts.values()), parts)
        db.session.add_all(
            SurveyResult(
                half=half, question=question, choice="/".join(path) or TOGETHER, count=count
            )
            for path, count in hide(tree).items()
        )
    audit.log(None, "publish_survey", "survey")


def results() -> list[dict[str, Any]]:
    """Return what was published, the newest half year first."""
    found: dict[str, dict[str, dict[str, int | None]]] = {}
    for row in db.session.scalars(sa.select(SurveyResult)):
        found.setdefault(row.half, {}).setdefault(row.question, {})[row.choice] = row.count
    return [
        {
            "half": half,
            "questions": [
                {
                    "question": question,
                    "total": found[half][question].get(TOGETHER),
                    "choices": [
                        {"choice": choice, "count": found[half][question].get(choice)}
                        for choice in choices
                    ],
                }
                for question, (_text, choices) in QUESTIONS.items()
                if question in found[half]
            ],
        }
        for half in sorted(found, reverse=True)
    ]


def said_yes() -> dict[str, list[dict[str, Any]]]:
    """Return per goal, for each half year, which percentage said yes.

    It is worked out from two numbers that were published, or it is not there.
    """
    counts = {
        (row.half, row.question, row.choice): row.count
        for row in db.session.scalars(sa.select(SurveyResult))
    }
    halves = sorted({half for half, _question, _choice in counts})
    return {
        goal: [
            {
                "half": half,
                "question": question,
                "value": round(100 * yes / whole),
                "over": whole,
            }
            for half in halves
            if (yes := counts.get((half, question, "yes"))) is not None
            and (whole := counts.get((half, question, TOGETHER)))
        ]
        for goal, question in MEASURES.items()
    }


def questions() -> list[dict[str, Any]]:
    """Return the questions with their choices, as they are asked."""
    return [
        {
            "id": question,
            "text": text,
            "choices": [{"id": choice, "text": said} for choice, said in choices.items()],
        }
        for question, (text, choices) in QUESTIONS.items()
    ]


def _published() -> set[str]:
    return set(db.session.scalars(sa.select(SurveyResult.half).distinct()))

"""Goals with a value per half year, and answers that nobody can tie to anybody."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server.audit import AuditEvent
from server.db import db, now
from server.effect import service, survey
from server.effect.halves import Half
from server.effect.models import EffectGoal, EffectValue, SurveyPaper, SurveyResult
from server.keyring import ring
from server.people.models import Person, SurveyAsked
from server.reports.models import Figure, Quarter
from tests.authenticator import add_passkey, confirm
from tests.conftest import lies_in
from tests.factories import Phone, add_phone

NOVEMBER = datetime(2026, 11, 22, 9, tzinfo=UTC)
OVER = datetime(2027, 1, 16, 4, 15, tzinfo=UTC)
YES = {"knows": "yes", "dares": "yes", "hears": "yes", "helps": "yes"}
NO = {"knows": "no", "dares": "no", "hears": "none", "helps": "partly"}


@pytest.fixture
def leader(app: Flask) -> Phone:
    return add_phone(app, "projectleider", card=None)


def put(phone: Phone, path: str, body: dict[str, Any]) -> Any:
    return phone.client.put(f"/api/v1/effect/{path}", json=body)


def goal(leader: Phone, name: str) -> dict[str, Any]:
    return next(one for one in leader.get("/effect").json["goals"] if one["goal"] == name)


def paper(answers: dict[str, str] | None, half: str = "2026-H2") -> dict[str, Any]:
    return {"half": half, "answers": answers}


def reporters(app: Flask, count: int) -> list[Phone]:
    return [add_phone(app, "melder") for _ in range(count)]


def counted(question: str = "knows") -> dict[str, int | None]:
    rows = sa.select(SurveyResult.choice, SurveyResult.count).filter_by(question=question)
    return dict(db.session.execute(rows).all())


def publish(moment: datetime = OVER) -> list[str]:
    with time_machine.travel(moment, tick=False):
        return survey.publish_due()


# ---- goals ----


def test_a_goal_has_a_measure_a_baseline_and_a_value_per_half_year(leader: Phone) -> None:
    with time_machine.travel(NOVEMBER):
        told = {"goal": "awareness", "measure": "Vragen aan melders", "baseline": 40}
        told |= {"over": 60, "version": 0}
        assert put(leader, "goals", told).status_code == 204
        for half, value in (("2026-H1", 44), ("2026-H2", 52)):
            sent = {"goal": "awareness", "half": half, "value": value, "over": 60, "version": 0}
            assert put(leader, "values", sent).status_code == 204
        found = goal(leader, "awareness")
    assert (found["measure"], found["baseline"], found["version"]) == ("Vragen aan melders", 40, 1)
    assert found["baseline_over"] == 60
    assert [(one["half"], one["value"], one["over"]) for one in found["values"]] == [
        ("2026-H1", 44, 60),
        ("2026-H2", 52, 60),
    ]
    changes = sa.select(AuditEvent.outcome).where(AuditEvent.action == "change")
    assert db.session.scalars(changes).all() == [
        "awareness",
        "awareness 2026-H1",
        "awareness 2026-H2",
    ]


def test_who_did_not_see_the_last_change_does_not_undo_it(leader: Phone) -> None:
    sent = {"goal": "willingness", "measure": "Vragen", "baseline": 10, "over": 9, "version": 0}
    assert put(leader, "goals", sent).status_code == 204
    late = put(leader, "goals", {**sent, "baseline": 90})
    assert (late.status_code, late.json["code"]) == (409, "version")
    assert put(leader, "goals", {**sent, "baseline": 12, "version": 1}).status_code == 204
    assert goal(leader, "willingness")["baseline"] == 12


@pytest.mark.thorough
def test_of_two_who_enter_the_same_half_year_at_once_one_is_told(app: Flask, leader: Phone) -> None:
    other = add_phone(app, "projectleider", card=None)
    sent = {"goal": "willingness", "half": "2026-H1", "value": 50, "over": 9, "version": 0}
    start, statuses = threading.Barrier(2), []

    def enter(phone: Phone, value: int) -> None:
        start.wait()
        statuses.append(put(phone, "values", {**sent, "value": value}).status_code)

    db.session.commit()
    both = [
        threading.Thread(target=enter, args=(phone, value))
        for phone, value in ((leader, 1), (other, 2))
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(statuses) == [204, 409]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_few_young_people_only_that_they_are_few_is_kept(leader: Phone, count: int) -> None:
    """Zero looks the same, so that nothing of the number is left to find."""
    sent = {"goal": "help_accepted", "half": "2026-H1", "value": count, "version": 0}
    assert put(leader, "values", sent).status_code == 204
    [kept] = goal(leader, "help_accepted")["values"]
    assert kept == {"half": "2026-H1", "value": None, "few": True, "over": None, "version": 1}
    rows = db.session.execute(sa.text("SELECT value FROM effect_value")).scalars().all()
    assert rows == [None]


@pytest.mark.parametrize("path", ["goals", "values"])
def test_who_saves_again_what_was_few_keeps_that_it_was_few(leader: Phone, path: str) -> None:
    """The number is not there to be sent back, so that it is few is."""
    more = {"measure": "Tellen"} if path == "goals" else {"half": "2026-H1"}
    name = "baseline" if path == "goals" else "value"
    sent = {"goal": "help_accepted", **more, name: 3, "version": 0}
    assert put(leader, path, sent).status_code == 204
    again = {**sent, name: None, "few": True, "version": 1}
    assert put(leader, path, again).status_code == 204
    found = goal(leader, "help_accepted")
    kept = found if path == "goals" else found["values"][0]
    assert (kept[name], kept["baseline_few" if path == "goals" else "few"]) == (None, True)
    # Who empties the field does take it away.
    assert put(leader, path, {**again, "few": False, "version": 2}).status_code == 204
    found = goal(leader, "help_accepted")
    kept = found if path == "goals" else found["values"][0]
    assert (kept[name], kept["baseline_few" if path == "goals" else "few"]) == (None, False)


@pytest.mark.parametrize(
    "wrong", [{"goal": "awareness", "value": None}, {"goal": "help_accepted", "value": 7}]
)
def test_few_is_of_a_count_and_has_no_number(leader: Phone, wrong: dict[str, Any]) -> None:
    sent = {"half": "2026-H1", "few": True, "version": 0, **wrong}
    answer = put(leader, "values", sent)
    assert answer.status_code == 400
    assert [one["name"] for one in answer.json["invalid_params"]] == ["few"]


@pytest.mark.parametrize("path", ["goals", "values"])
@pytest.mark.parametrize("goal_name", ["awareness", "willingness"])
def test_a_percentage_of_fewer_than_five_people_is_not_kept(
    leader: Phone, path: str, goal_name: str
) -> None:
    more = {"measure": "x", "baseline": 50} if path == "goals" else {"half": "2026-H1", "value": 50}
    sent = {"goal": goal_name, "version": 0, **more}
    for over in (None, 0, 1, 4):
        answer = put(leader, path, {**sent, "over": over})
        assert answer.status_code == 400
        [wrong] = answer.json["invalid_params"]
        assert wrong["name"] == "over"
        assert wrong["reason"] == (
            "Schrijf over hoeveel mensen dit percentage gaat." if over is None else service.TOO_FEW
        )
    assert (goal(leader, goal_name)["baseline"], goal(leader, goal_name)["values"]) == (None, [])
    assert put(leader, path, {**sent, "over": 5}).status_code == 204


def test_what_takes_a_percentage_away_says_nothing_of_people(leader: Phone) -> None:
    sent = {"goal": "awareness", "half": "2026-H1", "value": 50, "over": 40, "version": 0}
    assert put(leader, "values", sent).status_code == 204
    gone = {**sent, "value": None, "over": None, "version": 1}
    assert put(leader, "values", gone).status_code == 204
    [kept] = goal(leader, "awareness")["values"]
    assert (kept["value"], kept["few"], kept["over"]) == (None, False, None)


def test_a_count_is_not_over_people(leader: Phone) -> None:
    sent = {"goal": "help_accepted", "half": "2026-H1", "value": 9, "over": 3, "version": 0}
    assert put(leader, "values", sent).status_code == 204
    [kept] = goal(leader, "help_accepted")["values"]
    assert (kept["value"], kept["over"]) == (9, None)


@pytest.mark.parametrize(
    ("value", "over", "told"),
    [(50, 40, 40), (12, 40, None), (88, 40, None), (13, 40, 40), (100, 40, None), (0, 900, None)],
)
def test_over_how_many_is_told_only_where_no_small_number_follows(
    leader: Phone, value: int, over: int, told: int | None
) -> None:
    sent = {"goal": "awareness", "half": "2026-H1", "value": value, "over": over, "version": 0}
    assert put(leader, "values", sent).status_code == 204
    [kept] = goal(leader, "awareness")["values"]
    assert (kept["value"], kept["over"]) == (value, told)


def test_a_percentage_from_before_this_was_asked_is_hidden_until_somebody_says_it(
    leader: Phone,
) -> None:
    by = db.session.get_one(Person, leader.person).id
    db.session.add_all(
        [
            EffectGoal(goal="awareness", measure="x", baseline=33, by_id=by),
            EffectValue(goal="awareness", half="2026-H1", value=50, by_id=by),
            EffectValue(goal="help_accepted", half="2026-H1", value=9, by_id=by),
        ]
    )
    db.session.commit()
    found = goal(leader, "awareness")
    assert (found["baseline"], found["baseline_few"]) == (None, True)
    [kept] = found["values"]
    assert (kept["value"], kept["few"], kept["version"]) == (None, True, 1)
    assert goal(leader, "help_accepted")["values"][0]["value"] == 9
    sent = {"goal": "awareness", "half": "2026-H1", "value": 50, "over": 40, "version": 1}
    assert put(leader, "values", sent).status_code == 204
    assert goal(leader, "awareness")["values"][0]["value"] == 50


def test_a_value_can_be_taken_away_again(leader: Phone) -> None:
    sent = {"goal": "help_accepted", "half": "2026-H1", "value": 7, "version": 0}
    put(leader, "values", sent)
    assert put(leader, "values", {**sent, "value": None, "version": 1}).status_code == 204
    [kept] = goal(leader, "help_accepted")["values"]
    assert (kept["value"], kept["few"]) == (None, False)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("values", {"half": "2031-H1"}),
        ("values", {"half": "2019-H2"}),
        ("values", {"half": "2026-H3"}),
        ("values", {"half": "2026-H1\n"}),
        ("values", {"value": 101}),
        ("values", {"value": -1}),
        ("values", {"value": 1.5}),
        ("values", {"goal": "feedback_time"}),
        ("goals", {"measure": "  "}),
        ("goals", {"measure": "x" * 201}),
        ("goals", {"measure": "a\x00b"}),
        ("goals", {"baseline": 101}),
        ("goals", {"over": 4}),
        ("goals", {"over": -1}),
        ("values", {"over": 4}),
        ("values", {"over": None}),
        ("values", {"over": 9.5}),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    leader: Phone, path: str, wrong: dict[str, Any]
) -> None:
    sent = {"goal": "awareness", "over": 9, "version": 0}
    more = {"half": "2026-H1", "value": 1} if path == "values" else {"measure": "x", "baseline": 1}
    answer = put(leader, path, {**sent, **more, **wrong})
    assert answer.status_code == 400
    assert [one["name"] for one in answer.json["invalid_params"]] == list(wrong)


def test_the_time_to_feedback_comes_from_what_the_figures_show(leader: Phone) -> None:
    rows = {
        "2026-Q1": (40, 30),
        "2026-Q2": (60, 50),
        "2026-Q3": (20, None),
        "2026-Q4": (20, 20),
        "2027-Q1": (9, 9),
    }
    for quarter, (whole, on_time) in rows.items():
        db.session.add(Quarter(id=quarter))
        db.session.flush()
        db.session.add(Figure(quarter=quarter, name="answer", path="", count=whole))
        db.session.add(Figure(quarter=quarter, name="answer", path="on_time", count=on_time))
    db.session.commit()
    assert service.answered_on_time() == {"2026-H1": (80, False), "2026-H2": (None, True)}
    shown = goal(leader, "feedback_time")
    assert shown["entered"] is False
    assert [one["value"] for one in shown["values"]] == [80, None]
    assert (shown["baseline"], shown["baseline_half"]) == (80, "2026-H1")


def test_the_time_to_feedback_begins_where_somebody_says_and_is_measured_by_the_figures(
    leader: Phone,
) -> None:
    before = goal(leader, "feedback_time")
    assert (before["baseline"], before["baseline_half"]) == (None, None)
    assert before["measure"] == service.MEASURE_OF_FIGURES
    sent = {"goal": "feedback_time", "measure": before["measure"], "baseline": 55, "version": 0}
    sent["over"] = 40
    other = put(leader, "goals", {**sent, "measure": "Gevraagd aan melders"})
    assert [one["name"] for one in other.json["invalid_params"]] == ["measure"]
    assert put(leader, "goals", sent).status_code == 204
    found = goal(leader, "feedback_time")
    assert (found["baseline"], found["baseline_half"]) == (55, None)


def test_a_goal_is_told_which_share_of_reporters_says_yes(leader: Phone) -> None:
    for half, yes, whole in (("2026-H1", 15, 24), ("2026-H2", None, 6), ("2027-H1", None, None)):
        for question in ("knows", "dares"):
            for choice, count in (("all", whole), ("yes", yes)):
                db.session.add(
                    SurveyResult(half=half, question=question, choice=choice, count=count)
                )
    db.session.commit()
    known = [{"half": "2026-H1", "question": "knows", "value": 62, "over": 24}]
    assert goal(leader, "awareness")["said_yes"] == known
    assert goal(leader, "willingness")["said_yes"] == [{**known[0], "question": "dares"}]
    assert goal(leader, "help_accepted")["said_yes"] == []
    # It is beside what was entered, and never in its place.
    assert goal(leader, "awareness")["values"] == []


def test_only_a_projectleider_enters_and_no_reporter_sees(app: Flask, boa: Phone) -> None:
    sent = {"goal": "awareness", "half": "2026-H1", "value": 1, "over": 9, "version": 0}
    assert put(add_phone(app, "bestuur", card=None), "values", sent).status_code == 403
    assert add_phone(app, "bestuur", card=None).get("/effect").status_code == 200
    assert boa.get("/effect").status_code == 403


# ---- the survey ----


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("day", "half"),
    [
        ("2026-04-30T09:00:00Z", None),
        ("2026-05-01T09:00:00Z", "2026-H1"),
        ("2026-06-30T21:00:00Z", "2026-H1"),
        ("2026-06-30T22:30:00Z", None),
        ("2026-11-22T09:00:00Z", "2026-H2"),
        ("2026-12-31T22:30:00Z", "2026-H2"),
        ("2026-12-31T23:30:00Z", None),
    ],
)
def test_it_is_offered_at_the_end_of_each_half_year(boa: Phone, day: str, half: str | None) -> None:
    with time_machine.travel(day, tick=False):
        told = boa.get("/survey").json
    assert told["half"] == half
    assert bool(told["questions"]) == bool(half)


@pytest.mark.parametrize("answers", [YES, None], ids=["answered", "skipped"])
def test_who_answered_or_skipped_is_not_asked_again_that_half_year(
    boa: Phone, answers: dict[str, str] | None
) -> None:
    with time_machine.travel(NOVEMBER):
        assert boa.get("/survey").json["half"] == "2026-H2"
        assert boa.post("/survey", paper(answers)).status_code == 204
        assert boa.get("/survey").json == {"half": None, "questions": []}
    with time_machine.travel(datetime(2027, 5, 2, 9, tzinfo=UTC)):
        assert survey.offered_to(db.session.get_one(Person, boa.person)) == "2027-H1"


def test_who_takes_along_what_is_kept_sees_that_they_were_asked_and_not_what_they_said(
    boa: Phone,
) -> None:
    with time_machine.travel(NOVEMBER):
        boa.post("/survey", paper(YES))
        confirm(boa, add_passkey(boa))
        told = boa.post("/account/exports", {})
    assert told.json["asked"] == ["2026-H2"]
    assert "partly" not in told.text
    assert "knows" not in told.text


@pytest.mark.thorough
def test_the_same_paper_twice_counts_once(app: Flask) -> None:
    with time_machine.travel(NOVEMBER):
        for phone in reporters(app, 5):
            for _ in range(2):
                assert phone.post("/survey", paper(YES)).status_code == 204
            # Who changes their mind, or another phone of theirs that was offline, adds nothing.
            assert phone.post("/survey", paper(NO)).status_code == 204
    publish()
    assert counted() == {"all": 5, "yes": 5, "partly": 0, "no": 0}


def test_nothing_is_shown_before_the_half_year_is_over(app: Flask, leader: Phone) -> None:
    with time_machine.travel(NOVEMBER):
        for phone in reporters(app, 6):
            phone.post("/survey", paper(YES))
    assert publish(datetime(2027, 1, 14, tzinfo=UTC)) == []
    assert leader.get("/effect").json["survey"] == []
    assert publish() == ["2026-H2"]
    [shown] = leader.get("/effect").json["survey"]
    assert shown["half"] == "2026-H2"
    assert shown["questions"][0]["total"] == 6


@pytest.mark.thorough
def test_what_was_published_never_changes_and_its_papers_are_gone(app: Flask) -> None:
    phones = reporters(app, 6)
    with time_machine.travel(NOVEMBER):
        for phone in phones[:5]:
            phone.post("/survey", paper(YES))
    publish()
    before = counted()
    for model in (SurveyPaper, SurveyAsked):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0
    with time_machine.travel(OVER):
        late = phones[5].post("/survey", paper(NO))
    assert (late.status_code, late.json["code"]) == (409, "closed")
    assert publish(OVER + timedelta(days=40)) == []
    assert counted() == before


@pytest.mark.thorough
def test_a_phone_that_was_offline_at_the_turn_of_the_year_still_counts(app: Flask) -> None:
    *phones, last = reporters(app, 5)
    with time_machine.travel(NOVEMBER):
        for phone in phones:
            phone.post("/survey", paper(YES))
    with time_machine.travel(datetime(2027, 1, 9, tzinfo=UTC)):
        assert last.post("/survey", paper(YES)).status_code == 204
    publish()
    assert counted()["all"] == 5


@pytest.mark.thorough
@pytest.mark.parametrize("half", ["2025-H2", "2026-H1", "2027-H1"])
def test_another_half_year_is_closed(boa: Phone, half: str) -> None:
    with time_machine.travel(NOVEMBER):
        assert boa.post("/survey", paper(YES, half)).status_code == 409


@pytest.mark.thorough
@pytest.mark.parametrize("count", [1, 4])
def test_of_fewer_than_five_nothing_is_shown(app: Flask, leader: Phone, count: int) -> None:
    with time_machine.travel(NOVEMBER):
        for phone in reporters(app, count):
            phone.post("/survey", paper(YES))
    publish()
    [shown] = leader.get("/effect").json["survey"]
    numbers = {one["total"] for one in shown["questions"]}
    numbers |= {choice["count"] for one in shown["questions"] for choice in one["choices"]}
    assert numbers == {None}


@pytest.mark.thorough
def test_one_answer_among_many_does_not_follow_from_the_rest(app: Flask) -> None:
    *others, one = reporters(app, 13)
    with time_machine.travel(NOVEMBER):
        for number, phone in enumerate(others):
            phone.post("/survey", paper(YES if number % 2 else {**YES, "knows": "partly"}))
        one.post("/survey", paper(NO))
    publish()
    found = counted()
    assert found["all"] == 13
    assert found["no"] is None
    # With the total and the rest of the answers it would follow, so another one is hidden too.
    assert sum(count is None for count in found.values()) >= 2


def test_papers_before_and_after_one_answer_tell_nothing_of_it(
    app: Flask, environ: dict[str, str]
) -> None:
    """Who has the database of yesterday and today, and knows who answered, reads no answer."""
    first, second = reporters(app, 2)
    with time_machine.travel(NOVEMBER):
        first.post("/survey", paper(YES))
        one = db.session.execute(sa.select(SurveyPaper.envelope)).scalar_one()
        second.post("/survey", paper(NO))
    two = set(db.session.scalars(sa.select(SurveyPaper.envelope))) - {one}
    assert {len(one)} == {len(other) for other in two}
    db.session.commit()
    kept = lies_in(environ["DATABASE_URL"])
    for word in ("dares", "helps", "partly"):
        assert word.encode() not in kept


def test_a_paper_has_no_person_device_moment_or_order(app: Flask) -> None:
    phones = reporters(app, 6)
    with time_machine.travel(NOVEMBER):
        for phone in phones:
            phone.post("/survey", paper(YES))
    papers = db.session.execute(sa.text("SELECT * FROM survey_paper")).mappings().all()
    assert set(papers[0]) == {"id", "half", "envelope"}
    asked = db.session.execute(sa.text("SELECT * FROM survey_asked")).mappings().all()
    assert set(asked[0]) == {"person_id", "half"}
    inside = [
        ring().open(str(one.envelope), "survey", one.id, one.half)
        for one in db.session.scalars(sa.select(SurveyPaper))
    ]
    assert inside == [{"v": 1, **YES}] * 6
    people = {phone.person for phone in phones}
    assert not people & {str(one["id"]) for one in papers}
    if db.engine.dialect.name == "sqlite":
        for name in ("survey_paper", "survey_asked"):
            with pytest.raises(sa.exc.OperationalError):
                db.session.execute(sa.text(f"SELECT rowid FROM {name}"))


def test_the_log_does_not_say_who_answered_or_when(boa: Phone) -> None:
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent))
    with time_machine.travel(NOVEMBER):
        boa.get("/survey")
        boa.post("/survey", paper(YES))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == before


@pytest.mark.thorough
@pytest.mark.parametrize(
    "answers",
    [
        {},
        {**YES, "knows": "maybe"},
        {**YES, "more": "x"},
        {"knows": "yes"},
        "yes",
        {**YES, "knows": None},
    ],
)
def test_a_paper_with_something_else_on_it_is_refused(boa: Phone, answers: Any) -> None:
    with time_machine.travel(NOVEMBER):
        assert boa.post("/survey", paper(answers)).status_code == 400
        assert boa.get("/survey").json["half"] == "2026-H2"


@pytest.mark.thorough
def test_two_papers_of_one_person_at_once_count_once(app: Flask, boa: Phone) -> None:
    start = threading.Barrier(2)

    def send() -> None:
        start.wait()
        boa.client.post("/api/v1/survey", json=paper(YES))

    with time_machine.travel(NOVEMBER):
        both = [threading.Thread(target=send) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SurveyPaper)) == 1


def test_halves_follow_the_calendar_people_live_by() -> None:
    half = Half.of(date(2026, 7, 1))
    assert (str(half), str(half.before()), half.quarters) == (
        "2026-H2",
        "2026-H1",
        ("2026-Q3", "2026-Q4"),
    )
    assert half.before().ends_at == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert half.ends_at == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert Half.of_quarter("2026-Q2") == half.before()


@pytest.mark.thorough
def test_only_six_half_years_are_kept(app: Flask) -> None:
    for year in range(2022, 2027):
        for number in (1, 2):
            db.session.add(
                SurveyResult(half=f"{year}-H{number}", question="knows", choice="all", count=9)
            )
    db.session.commit()
    publish(now())
    kept = {one["half"] for one in survey.results()}
    assert len(kept) == survey.KEPT
    assert min(kept) == "2024-H1"

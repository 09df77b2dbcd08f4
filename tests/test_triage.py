"""The desk: read, answer, ask, close; and every reporter hears back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from server import audit
from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations.models import Feedback, Observation
from tests.factories import Phone


def opened(phone: Phone, observation: str, purpose: str = "handle"):
    return phone.post(f"/observations/{observation}/openings", {"purpose": purpose})


def answer(phone: Phone, observation: str, kind: str = "watching", text: str | None = None, **more):
    body = {"id": new_id(), "kind": kind, "text": text, **more}
    return phone.post(f"/observations/{observation}/feedback", body)


def move(phone: Phone, observation: str, state: str, reason: str | None = None):
    version = phone.get(f"/observations/{observation}").json["version"]
    body = {"state": state, "version": version, "reason": reason}
    return phone.post(f"/observations/{observation}/states", body)


def told(phone: Phone) -> dict:
    """Return what the reporter's phone knows of its only observation."""
    phone.cursor = 0
    return phone.sync().json["changes"][0]


def queued(person: str) -> list[tuple[str, str]]:
    rows = db.session.scalars(sa.select(Notification).filter_by(person_id=person))
    return [(row.kind, row.url) for row in rows]


def test_a_new_observation_tells_the_desk_once(boa: Phone, regisseur: Phone) -> None:
    boa.send()
    boa.send()
    assert queued(regisseur.person) == [("observation", "/#/postvak")]


def test_the_other_desk_is_told_of_what_is_for_it(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    boa.send(desk="veiligheid")
    assert queued(regisseur.person) == []
    assert len(queued(adviseur.person)) == 1


def test_no_list_or_record_holds_sealed_text(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    answer(regisseur, observation, text="Dank je wel.")
    for path in ("/inbox", f"/observations/{observation}"):
        body = regisseur.get(path).text
        for secret in ("Zwiep", "tasje", "Dank je wel", "sealed"):
            assert secret not in body


def test_opening_shows_the_text_and_is_logged(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    body = opened(regisseur, observation).json
    assert body["opened"]["persons"][0]["name"] == "Zwiep"
    row = db.session.scalars(
        sa.select(audit.AuditEvent).filter_by(action="open", subject_id=observation)
    ).one()
    assert (row.person_id, row.purpose, row.outcome) == (regisseur.person, "handle", "done")


def test_the_first_opening_counts_as_read_and_the_reporter_hears_it(
    boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    assert told(boa)["state"] == "new"
    opened(regisseur, observation)
    assert told(boa)["state"] == "read"


def test_the_other_desk_must_say_why_it_opens(boa: Phone, adviseur: Phone) -> None:
    observation = boa.send()
    refused = opened(adviseur, observation)
    assert (refused.status_code, refused.json["code"]) == (400, "purpose")
    assert opened(adviseur, observation, "consult").status_code == 201


def test_reporters_reread_their_own_and_nobody_elses(boa: Phone, teacher: Phone) -> None:
    observation = boa.send()
    assert opened(boa, observation, "own").json["opened"]["where"] == "Parkeerplaats"
    assert opened(teacher, observation, "own").status_code == 404
    assert opened(boa, observation, "handle").status_code == 403


def test_a_desk_cannot_pretend_to_be_the_reporter(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    assert opened(regisseur, observation, "own").status_code == 403


def test_rereading_does_not_count_as_read(boa: Phone) -> None:
    observation = boa.send()
    opened(boa, observation, "own")
    assert told(boa)["state"] == "new"


def test_feedback_reaches_the_reporter_with_a_seintje(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    assert answer(regisseur, observation, text="Fijn dat je dit deelt.").status_code == 201
    change = told(boa)
    assert change["feedback"][0]["kind"] == "watching"
    assert change["feedback"][0]["text"] == "Fijn dat je dit deelt."
    assert change["state"] == "in_progress"
    assert queued(boa.person) == [("feedback", f"/#/mijn/{observation}")]


def test_the_same_feedback_twice_is_given_once(boa: Phone, regisseur: Phone) -> None:
    observation, feedback = boa.send(), new_id()
    for _ in range(3):
        assert answer(regisseur, observation, id=feedback).status_code == 201
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 1


def test_the_desks_own_words_lie_sealed_in_the_database(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    answer(regisseur, observation, text="Fijn dat je dit deelt.")
    row = db.session.scalars(sa.select(Feedback)).one()
    assert "Fijn" not in row.text_sealed


@pytest.mark.parametrize("text", ["We kennen Zwiep.", "zwiep is gezien", "ZWIEP!"])
def test_feedback_may_not_name_somebody_from_the_observation(
    boa: Phone, regisseur: Phone, text: str
) -> None:
    refused = answer(regisseur, boa.send(), text=text)
    assert (refused.status_code, refused.json["code"]) == (400, "names_somebody")
    assert refused.json["invalid_params"][0]["name"] == "text"


def test_ordinary_words_of_a_nickname_do_not_block_feedback(boa: Phone, regisseur: Phone) -> None:
    written = {"v": 1, "what": "x", "persons": [{"name": "man met pet"}]}
    observation = boa.send(written=written)
    assert answer(regisseur, observation, text="We kijken met aandacht.").status_code == 201
    assert answer(regisseur, observation, text="De man met pet kennen we.").status_code == 400


def test_closing_without_feedback_is_impossible(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    refused = move(regisseur, observation, "closed")
    assert (refused.status_code, refused.json["code"]) == (409, "feedback_owed")
    answer(regisseur, observation, "read")
    assert move(regisseur, observation, "closed").json["code"] == "feedback_owed"
    answer(regisseur, observation, "no_follow_up")
    assert move(regisseur, observation, "closed").status_code == 201


def test_the_database_itself_refuses_closing_without_feedback(boa: Phone) -> None:
    observation = boa.send()
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(
            sa.update(Observation).where(Observation.id == observation).values(state="closed")
        )
    db.session.rollback()


@pytest.mark.parametrize("reason", ["left", "told_by_phone", "no_contact_wished"])
def test_closing_with_a_reason_why_nobody_can_be_told(
    boa: Phone, regisseur: Phone, reason: str
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    assert move(regisseur, observation, "closed", reason).json["state"] == "closed"
    details = [event["detail"] for event in told_timeline(regisseur, observation)]
    assert f"closed:{reason}" in details


def told_timeline(phone: Phone, observation: str) -> list[dict]:
    return phone.get(f"/observations/{observation}").json["timeline"]


def test_the_second_of_two_editors_is_told_and_loses_nothing(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    seen = adviseur.get(f"/observations/{observation}").json["version"]
    move(regisseur, observation, "in_progress")
    second = adviseur.post(
        f"/observations/{observation}/states", {"state": "in_progress", "version": seen}
    )
    assert (second.status_code, second.json["code"]) == (409, "version")
    assert "Een collega" in second.json["detail"]


def test_a_question_waits_for_the_reporter_and_an_answer_comes_back(
    boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    assert answer(regisseur, observation, "question").json["code"] == "question_empty"
    answer(regisseur, observation, "question", "Zag je dit vaker op deze plek?")
    assert regisseur.get("/inbox?view=waiting").json["counts"]["waiting"] == 1
    question = told(boa)["feedback"][0]
    reply = boa.addition(observation, "Ja, elke vrijdag.", question=question["id"])
    boa.sync(reply)
    item = regisseur.get("/inbox").json["items"][0]
    assert (item["waiting"], item["new_addition"]) == (False, True)
    addition = opened(regisseur, observation).json["additions"][0]
    assert (addition["text"], addition["question"]) == ("Ja, elke vrijdag.", question["id"])


def test_an_addition_reopens_what_was_closed(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    answer(regisseur, observation, "no_follow_up")
    move(regisseur, observation, "closed")
    boa.sync(boa.addition(observation))
    assert told(boa)["state"] == "in_progress"


def test_a_read_answer_still_owes_feedback(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    answer(regisseur, observation, "read")
    item = regisseur.get(f"/observations/{observation}").json
    assert (item["state"], item["answered"]) == ("read", False)


def test_terms_count_working_days_and_skip_dutch_holidays(boa: Phone) -> None:
    with time_machine.travel("2026-12-24T10:00:00+01:00"):
        observation = boa.send()
    row = db.session.get_one(Observation, observation)
    # 25 and 26 December are holidays, 27 is a Sunday.
    assert (row.read_by, row.answer_by) == (date(2026, 12, 29), date(2027, 1, 11))


def test_what_is_late_is_shown_as_late(boa: Phone, regisseur: Phone) -> None:
    boa.send()
    assert regisseur.get("/inbox").json["items"][0]["due"] == "none"
    with time_machine.travel(now() + timedelta(days=8)):
        page = regisseur.get("/inbox?view=late").json
    assert (len(page["items"]), page["items"][0]["due"], page["counts"]["late"]) == (1, "late", 1)


def test_the_inbox_filters_by_card_area_desk_urgency_and_age(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    first = boa.send()
    second = teacher.send(card="onderwijs", area=None, desk="veiligheid", urgency="can_wait")

    def ids(query: str) -> list[str]:
        return [item["id"] for item in regisseur.get(f"/inbox?{query}").json["items"]]

    assert ids("card=boa") == ids("area=BU02670101") == ids("urgency=today") == [first]
    assert ids("desk=veiligheid") == ids("card=onderwijs") == [second]
    assert ids("olderThan=2") == []
    assert set(ids("view=new")) == {first, second}


def test_mine_holds_what_i_opened_and_still_owe(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    assert len(regisseur.get("/inbox?view=mine").json["items"]) == 1
    assert adviseur.get("/inbox?view=mine").json["items"] == []
    answer(regisseur, observation)
    assert regisseur.get("/inbox?view=mine").json["items"] == []


def test_pages_follow_each_other_without_gap_or_double(boa: Phone, regisseur: Phone) -> None:
    sent = {boa.send() for _ in range(7)}
    seen: list[str] = []
    cursor = ""
    while True:
        page = regisseur.get(f"/inbox?limit=3{cursor}").json
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == 7
    assert set(seen) == sent


@pytest.mark.parametrize(
    "query", ["view=alles", "limit=0", "olderThan=-1", "cursor=onzin", "card=%27%3B"]
)
def test_a_strange_filter_gets_a_sentence_not_a_crash(regisseur: Phone, query: str) -> None:
    refused = regisseur.get(f"/inbox?{query}")
    assert refused.status_code == 400
    assert refused.json["detail"]


def test_what_does_not_fit_waits_in_the_late_box_for_the_desk(boa: Phone, regisseur: Phone) -> None:
    item = boa.observation(card="bestaat-niet")
    boa.sync(item)
    box = regisseur.get("/late-box").json["items"]
    assert [(row["id"], row["reason"]) for row in box] == [(item["id"], "unknown_card")]
    body = regisseur.post(f"/late-box/{item['id']}/openings", {"purpose": "handle"}).json
    assert body["opened"]["where"] == "Parkeerplaats"
    assert "sealed" not in body["plain"]
    assert ("observation", "/#/nakomers") in queued(regisseur.person)


def test_a_clock_that_is_off_is_shown(boa: Phone, regisseur: Phone) -> None:
    boa.sync(boa.observation(), sent_at=(now() - timedelta(hours=3)).isoformat())
    assert regisseur.get("/inbox").json["items"][0]["skewed"] is True


def test_strange_text_from_the_desk_is_refused_in_words(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    for text in ("x" * 1001, "a\x00b"):
        refused = answer(regisseur, observation, text=text)
        assert refused.status_code == 400
        assert refused.json["invalid_params"][0]["name"] == "text"


def decide(phone: Phone, observation: str, decision: str):
    version = phone.get(f"/observations/{observation}").json["version"]
    body = {"decision": decision, "version": version}
    return phone.post(f"/observations/{observation}/withdrawals", body)


def asked_back(boa: Phone, regisseur: Phone) -> str:
    """Return an observation that was read and that its reporter wants back."""
    observation = boa.send()
    opened(regisseur, observation)
    boa.sync(boa.withdrawal(observation))
    return observation


def test_the_desk_may_erase_what_a_reporter_wants_back(boa: Phone, regisseur: Phone) -> None:
    observation = asked_back(boa, regisseur)
    assert regisseur.get("/inbox").json["items"][0]["withdrawal"] is True
    assert decide(regisseur, observation, "erase").status_code == 204
    assert regisseur.get(f"/observations/{observation}").status_code == 404
    assert told(boa) == {"kind": "removed", "id": observation}
    assert ("feedback", "/#/mijn") in queued(boa.person)


def test_the_desk_may_keep_it_and_the_reporter_hears_that(boa: Phone, regisseur: Phone) -> None:
    observation = asked_back(boa, regisseur)
    assert decide(regisseur, observation, "keep").status_code == 204
    assert told(boa)["withdrawal"] == "kept"
    kinds = [event["kind"] for event in told_timeline(regisseur, observation)]
    assert kinds[-1] == "withdrawal_kept"
    assert decide(regisseur, observation, "erase").json["code"] == "step"


def test_a_withdrawal_is_decided_on_what_was_seen(boa: Phone, regisseur: Phone) -> None:
    observation = asked_back(boa, regisseur)
    body = {"decision": "erase", "version": 1}
    refused = regisseur.post(f"/observations/{observation}/withdrawals", body)
    assert (refused.status_code, refused.json["code"]) == (409, "version")


def test_what_is_late_for_reading_stands_before_what_has_an_answer_due(
    boa: Phone, regisseur: Phone
) -> None:
    first = boa.send()
    opened(regisseur, first)
    second = boa.send()
    ids = [item["id"] for item in regisseur.get("/inbox").json["items"]]
    assert ids == [second, first]
    answer(regisseur, second)
    ids = [item["id"] for item in regisseur.get("/inbox").json["items"]]
    assert ids == [first, second]


def test_the_timeline_says_why_it_was_opened(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    events = {event["kind"]: event["detail"] for event in told_timeline(regisseur, observation)}
    assert events["opened"] == "handle"

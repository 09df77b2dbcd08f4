"""What belongs together: suggested in words, decided by somebody, and never told to a reporter."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from server import audit, cards
from server.bundles import overlap, service
from server.bundles.models import (
    Bundle,
    BundleMember,
    OverlapEntry,
    OverlapMark,
    OverlapPair,
)
from server.db import db, new_id, now
from server.errors import Conflict, NotFound
from server.keyring import ring
from server.observations.models import Observation, ObservationEvent, OpeningNote
from server.observations.service import erase
from server.people.models import Session
from server.retention import keys
from server.retention.resealing import PLACES, reseal
from server.sealing import parse
from server.workdays import local_day
from tests.conftest import ROOT
from tests.factories import WRITTEN, Phone, add_phone


def about(*names: str) -> dict:
    persons = [{"name": name, "age": "12_15", "description": ""} for name in names]
    return {**WRITTEN, "persons": persons}


def suggested(phone: Phone, observation: str) -> dict[str, list[str]]:
    overlap.run()
    answer = phone.get(f"/observations/{observation}/suggestions")
    assert answer.status_code == 200, answer.json
    return {one["observation"]["id"]: one["reasons"] for one in answer.json["items"]}


def bundle(phone: Phone, *observations: str, **more):
    return phone.post("/bundles", {"observations": list(observations), **more})


def session_of(phone: Phone) -> Session:
    return db.session.scalars(sa.select(Session).filter_by(device_id=phone.device)).one()


def take_out(phone: Phone, made: dict, observation: str):
    return phone.client.delete(f"/api/v1/bundles/{made['id']}/members/{observation}")


def reject(phone: Phone, observation: str, other: str):
    return phone.post(f"/observations/{observation}/rejections", {"observation": other})


@pytest.mark.parametrize("other", ["Zwieb", "de Zwiep Verzonnen"])
def test_a_name_is_found_however_it_is_spelled(
    boa: Phone, teacher: Phone, regisseur: Phone, other: str
) -> None:
    seen = boa.send()
    heard = teacher.send(card="onderwijs", signals=["OND-01"], written=about(other))
    assert suggested(regisseur, heard).keys() == {seen}
    assert suggested(regisseur, seen).keys() == {heard}


def test_two_people_who_share_a_first_name_or_a_surname_are_not_taken_for_one(
    boa: Phone, regisseur: Phone
) -> None:
    boa.send(signals=["BOA-08"], written=about("Daan Verzonnen"))
    boa.send(signals=["BOA-08"], written=about("Sem Verzonnen"))
    other = boa.send(signals=["BOA-08"], written=about("Daan Bedacht"))
    assert suggested(regisseur, other) == {}


@pytest.mark.thorough
def test_no_name_known_is_no_name_in_common(boa: Phone, regisseur: Phone) -> None:
    boa.send(signals=["BOA-08"], written=about("onbekend", "jongen"))
    other = boa.send(signals=["BOA-08"], written=about("Onbekende jongen"))
    assert suggested(regisseur, other) == {}


def test_the_reasons_are_words_of_what_two_have_in_common(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    seen = boa.send(date="2026-11-07")
    again = boa.send()
    other = teacher.send(
        card="onderwijs", signals=["OND-01"], area="BU02670102", written=about("Zwieb")
    )
    found = suggested(regisseur, again)
    assert found[seen] == ["same_area", "within_3_weeks", "signals_2", "same_name"]
    assert found[other] == ["same_wijk", "within_week", "like_name"]


def test_signals_on_two_cards_are_the_same_when_they_are_about_the_same(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    """Their ids differ from card to card; the concept is what two professionals both saw."""
    library = cards.library().cards
    of_boa = {row["concept"]: row["id"] for row in library["boa"]["signals"]}
    of_school = {row["concept"]: row["id"] for row in library["onderwijs"]["signals"]}
    both = sorted(of_boa.keys() & of_school.keys())[:2]
    nameless = about()
    seen = boa.send(signals=[of_boa[one] for one in both], written=nameless)
    heard = teacher.send(
        card="onderwijs", signals=[of_school[one] for one in both], written=nameless
    )
    assert suggested(regisseur, heard) == {seen: ["same_area", "within_week", "signals_2"]}


@pytest.mark.thorough
def test_nothing_that_is_shown_is_a_number_or_a_rank(boa: Phone, regisseur: Phone) -> None:
    earlier, latest = boa.send(date="2026-11-01"), boa.send(date="2026-11-20")
    middle = boa.send(date="2026-11-10")
    overlap.run()
    items = regisseur.get(f"/observations/{middle}/suggestions").json["items"]
    assert [one["observation"]["id"] for one in items] == [latest, earlier]
    assert {frozenset(one) for one in items} == {frozenset({"observation", "reasons", "bundle"})}


def test_a_rejected_suggestion_never_comes_back(boa: Phone, regisseur: Phone) -> None:
    one, other = boa.send(), boa.send()
    assert suggested(regisseur, one).keys() == {other}
    assert reject(regisseur, one, other).status_code == 204
    assert reject(regisseur, other, one).status_code == 204
    assert suggested(regisseur, one) == suggested(regisseur, other) == {}
    overlap.forget(one)
    db.session.commit()
    assert suggested(regisseur, one) == {}


@pytest.mark.thorough
def test_who_is_rejected_for_a_bundle_is_rejected_for_all_in_it(
    boa: Phone, regisseur: Phone
) -> None:
    first, second, third = boa.send(), boa.send(), boa.send()
    overlap.run()
    bundle(regisseur, first, second)
    items = regisseur.get(f"/observations/{third}/suggestions").json["items"]
    assert len(items) == 1, "a bundle is shown once"
    reject(regisseur, third, items[0]["observation"]["id"])
    assert suggested(regisseur, third) == {}


def test_a_bundle_says_why_and_shows_the_plain_part_only(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    seen, heard = boa.send(), teacher.send(card="onderwijs", signals=["OND-01"])
    overlap.run()
    made = bundle(regisseur, seen, heard, note="Het gaat om Zwiep.")
    assert made.status_code == 201, made.json
    assert made.json["reasons"] == ["same_area", "within_week", "same_name"]
    for path in ("/bundles", f"/bundles/{made.json['id']}"):
        told = regisseur.get(path).text
        assert not any(secret in told for secret in ("Zwiep", "tasje", "sealed"))
    row = regisseur.get("/bundles").json["items"][0]
    assert (row["members"], row["answered"], row["areas"]) == (2, 0, ["BU02670101"])
    assert suggested(regisseur, seen) == {}


def test_everything_in_a_bundle_opens_with_one_reason_and_is_logged_one_by_one(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    seen, heard = boa.send(), teacher.send(card="onderwijs", signals=["OND-01"])
    made = bundle(regisseur, seen, heard, note="Het gaat om Zwiep.").json
    answer = regisseur.post(f"/bundles/{made['id']}/openings", {"purpose": "handle"})
    assert answer.status_code == 201, answer.json
    assert answer.json["note"] == "Het gaat om Zwiep."
    assert [one["opened"]["where"] for one in answer.json["openings"]] == ["Parkeerplaats"] * 2
    rows = db.session.scalars(
        sa.select(audit.AuditEvent.subject_id).filter_by(action="open", purpose="handle")
    )
    assert set(rows) == {seen, heard}


@pytest.mark.thorough
def test_one_reason_is_not_enough_for_what_is_at_the_other_desk(
    boa: Phone, adviseur: Phone, regisseur: Phone
) -> None:
    made = bundle(regisseur, boa.send(), boa.send(desk="veiligheid")).json
    path = f"/bundles/{made['id']}/openings"
    assert regisseur.post(path, {"purpose": "handle"}).json["code"] == "purpose"
    assert regisseur.post(path, {"purpose": "consult"}).status_code == 201


def test_what_is_taken_out_stays_known_and_a_bundle_of_one_ends(
    boa: Phone, regisseur: Phone
) -> None:
    ids = [boa.send() for _ in range(3)]
    made = bundle(regisseur, *ids).json
    assert take_out(regisseur, made, ids[0]).status_code == 204
    shown = regisseur.get(f"/bundles/{made['id']}").json
    assert [one["observation"]["id"] for one in shown["taken_out"]] == [ids[0]]
    assert shown["taken_out"][0]["removed_by"]["name"] == "Samira Voorbeeld"
    assert shown["ended_at"] is None
    assert suggested(regisseur, ids[0]) == {}, "who took it out said that it does not belong there"
    assert take_out(regisseur, made, ids[1]).status_code == 204
    shown = regisseur.get(f"/bundles/{made['id']}").json
    assert shown["ended_at"] is not None
    assert (len(shown["members"]), len(shown["taken_out"])) == (0, 3)
    assert regisseur.get("/bundles").json["items"] == []
    again = take_out(regisseur, made, ids[1])
    assert (again.status_code, again.json["code"]) == (409, "not_in_it")
    assert bundle(regisseur, ids[0], ids[1]).status_code == 201


@pytest.mark.thorough
def test_the_timeline_of_the_desk_tells_of_bundling(boa: Phone, regisseur: Phone) -> None:
    one, other = boa.send(), boa.send()
    made = bundle(regisseur, one, other).json
    take_out(regisseur, made, one)
    kinds = [row["kind"] for row in regisseur.get(f"/observations/{one}").json["timeline"]]
    assert kinds[-2:] == ["bundled", "unbundled"]


def test_a_reporter_hears_nothing_of_bundles_and_keeps_an_answer_of_their_own(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    seen = boa.send()
    heard = teacher.send(card="onderwijs", signals=["OND-01"])
    for phone in (boa, teacher):
        phone.sync()
    before = (boa.cursor, teacher.cursor)
    made = bundle(regisseur, seen, heard).json
    reject(regisseur, seen, heard)
    assert boa.sync().json["changes"] == teacher.sync().json["changes"] == []
    answer = {"id": new_id(), "kind": "watching", "text": None}
    assert regisseur.post(f"/observations/{seen}/feedback", answer).status_code == 201
    assert teacher.sync().json["changes"] == []
    told = boa.sync().json["changes"]
    assert [one["id"] for one in told] == [seen]
    assert "bundle" not in str(told)
    take_out(regisseur, made, seen)
    assert boa.sync().json["changes"] == []
    assert before == (boa.cursor - 1, teacher.cursor)


def test_unbundling_after_feedback_takes_nothing_back(boa: Phone, regisseur: Phone) -> None:
    one, other = boa.send(), boa.send()
    made = bundle(regisseur, one, other).json
    answer = {"id": new_id(), "kind": "taken_up", "text": None}
    regisseur.post(f"/observations/{one}/feedback", answer)
    assert take_out(regisseur, made, one).status_code == 204
    shown = regisseur.get(f"/observations/{one}").json
    assert (shown["answered"], shown["state"]) == (True, "in_progress")
    boa.cursor = 0
    told = {row["id"]: row for row in boa.sync().json["changes"]}
    assert [given["kind"] for given in told[one]["feedback"]] == ["taken_up"]
    assert told[other]["feedback"] == []


def test_of_two_desks_that_bundle_at_once_the_second_hears_of_the_first(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    first, second, third = boa.send(), boa.send(), boa.send()
    made = bundle(regisseur, first, second).json
    late = bundle(adviseur, second, third)
    assert (late.status_code, late.json["code"]) == (409, "bundled")
    path = f"/bundles/{made['id']}/members"
    assert adviseur.post(path, {"observations": [third], "version": 1}).status_code == 201
    again = regisseur.post(path, {"observations": [boa.send()], "version": 1})
    assert (again.status_code, again.json["code"]) == (409, "version")


def test_an_observation_is_in_one_bundle_whatever_two_transactions_do(
    boa: Phone, regisseur: Phone
) -> None:
    one, other = boa.send(), boa.send()
    made = bundle(regisseur, one, other).json
    db.session.add(
        BundleMember(bundle_id=made["id"], observation_id=one, added_by=regisseur.person)
    )
    with pytest.raises(sa.exc.IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_what_retention_deleted_meanwhile_cannot_be_bundled_and_leaves_a_bundle(
    boa: Phone, regisseur: Phone
) -> None:
    first, second, third = boa.send(), boa.send(), boa.send()
    overlap.run()
    made = bundle(regisseur, first, second).json
    erase(first, "expired")
    db.session.commit()
    assert bundle(regisseur, first, third).status_code == 404
    assert regisseur.get("/bundles").json["items"] == []
    assert suggested(regisseur, third).keys() == {second}
    service.tidy()
    shown = regisseur.get(f"/bundles/{made['id']}").json
    assert shown["ended_at"] is not None
    erase(second, "expired")
    db.session.commit()
    service.tidy()
    assert regisseur.get(f"/bundles/{made['id']}").status_code == 404
    assert db.session.scalars(sa.select(OverlapPair)).all() == []
    assert db.session.scalars(sa.select(OverlapEntry.observation_id)).all() == [third]


def test_what_was_written_beside_a_bundle_lives_on_when_its_key_goes(
    boa: Phone, regisseur: Phone
) -> None:
    made = bundle(regisseur, boa.send(), boa.send(), note="Het gaat om Zwiep.").json
    row = db.session.get_one(Bundle, made["id"])
    assert "Zwiep" not in (row.note_sealed or "")
    old = row.key_id
    assert old == parse(row.note_sealed or "").key_id
    ring().rotate(now())
    reseal(old)
    db.session.expire_all()
    assert row.key_id != old
    answer = regisseur.post(f"/bundles/{made['id']}/openings", {"purpose": "handle"})
    assert answer.json["note"] == "Het gaat om Zwiep."
    assert any(place.model is Bundle for place in PLACES)


@pytest.mark.thorough
def test_the_index_holds_no_name_and_opens_are_one_line_in_the_log(
    boa: Phone, regisseur: Phone
) -> None:
    for _ in range(3):
        boa.send()
    overlap.run()
    overlap.run()
    marks = db.session.scalars(sa.select(OverlapMark.hash)).all()
    assert len({len(mark) for mark in marks}) == 1
    assert not any(word in mark.lower() for mark in marks for word in (b"zwiep", b"zwie"))
    rows = db.session.scalars(sa.select(audit.AuditEvent).filter_by(purpose="overlap_index")).all()
    assert [(row.person_id, row.count) for row in rows] == [(None, 3)]


def test_two_turns_that_coincide_take_an_observation_up_once(
    app: Flask, boa: Phone, regisseur: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = boa.send(), boa.send()
    find = overlap.find_alike

    def find_while_another_turn_runs(*given):
        # A clock whose time leapt took the turn for one that nobody runs any more.
        monkeypatch.setattr(overlap, "find_alike", find)
        with app.app_context():
            assert overlap.run() == 2
        return find(*given)

    monkeypatch.setattr(overlap, "find_alike", find_while_another_turn_runs)
    overlap.run()
    kept = set(db.session.scalars(sa.select(OverlapEntry.observation_id)))
    assert kept == {one, other}
    assert suggested(regisseur, one).keys() == {other}


@pytest.mark.thorough
def test_a_name_is_looked_up_under_every_key_that_lives(boa: Phone, regisseur: Phone) -> None:
    seen = boa.send()
    overlap.run()
    ring().rotate(now())
    boa.seal_key = None
    again = boa.send()
    assert suggested(regisseur, again).keys() == {seen}
    assert len(set(db.session.scalars(sa.select(OverlapEntry.key_id)))) == 2


@pytest.mark.thorough
def test_the_marks_die_with_their_key_and_what_lives_on_is_read_anew(
    boa: Phone, regisseur: Phone
) -> None:
    seen = boa.send()
    overlap.run()
    old = db.session.scalars(sa.select(OverlapEntry.key_id)).one()
    db.session.execute(sa.update(Observation).values(case_open=True))
    db.session.commit()
    with time_machine.travel(now() + timedelta(days=800), tick=True):
        keys.destroy_due()
        overlap.run()
        entry = db.session.scalars(sa.select(OverlapEntry)).one()
        assert (entry.observation_id, entry.key_id != old) == (seen, True)
        assert db.session.scalars(sa.select(OverlapMark.entry_id)).first() == entry.id


def test_switched_off_nothing_is_kept_or_suggested_and_bundling_still_works(
    boa: Phone, regisseur: Phone, tmp_path: Path
) -> None:
    one, other = boa.send(), boa.send()
    assert suggested(regisseur, one).keys() == {other}
    quiet = shutil.copytree(ROOT / "content", tmp_path / "content")
    settings = quiet / "gemeente.toml"
    told = settings.read_text()
    assert "suggestions = true" in told
    settings.write_text(told.replace("suggestions = true", "suggestions = false"))
    cards.start(quiet)
    try:
        answer = regisseur.get(f"/observations/{one}/suggestions").json
        assert (answer["on"], answer["items"]) == (False, [])
        overlap.run()
        for kept in (OverlapEntry, OverlapMark, OverlapPair):
            assert db.session.scalar(sa.select(sa.func.count()).select_from(kept)) == 0
        boa.send()
        overlap.run()
        assert db.session.scalars(sa.select(OverlapEntry)).all() == []
        made = bundle(regisseur, one, other)
        assert (made.status_code, made.json["reasons"]) == (201, ["by_hand"])
    finally:
        cards.start(ROOT / "content")


@pytest.mark.thorough
def test_an_unreadable_observation_is_still_found_by_where_and_when(
    boa: Phone, regisseur: Phone
) -> None:
    one, other = boa.send(), boa.send()
    row = db.session.get_one(Observation, other)
    row.sealed = boa.observation()["sealed"]
    db.session.commit()
    assert suggested(regisseur, one)[other] == ["same_area", "within_week", "signals_2"]


def test_an_observation_somebody_objects_to_is_suggested_to_nobody(
    boa: Phone, regisseur: Phone
) -> None:
    one, other = boa.send(), boa.send()
    assert suggested(regisseur, one).keys() == {other}
    db.session.get_one(Observation, other).objection_on = local_day(now())
    db.session.commit()
    assert suggested(regisseur, one) == suggested(regisseur, other) == {}


@pytest.mark.thorough
def test_a_new_observation_says_that_nobody_looked_yet(boa: Phone, regisseur: Phone) -> None:
    one = boa.send()
    answer = regisseur.get(f"/observations/{one}/suggestions").json
    assert (answer["on"], answer["ready"], answer["items"]) == (True, False, [])


def test_bundles_are_for_the_desks(boa: Phone, app: Flask) -> None:
    one = boa.send()
    team = add_phone(app, "kernteam", name="Kees Denkbeeld", card=None)
    for phone in (boa, team):
        assert phone.get("/bundles").status_code == 403
        assert phone.get(f"/observations/{one}/suggestions").status_code == 403
        assert bundle(phone, one, one).status_code == 403


@pytest.mark.thorough
@pytest.mark.parametrize(
    "body",
    [
        {"observations": []},
        {"observations": ["geen id", "ook niet"]},
        {"observations": [new_id()], "reasons": ["score_12"]},
        {"observations": [new_id(), new_id()], "score": 3},
    ],
)
def test_a_bundle_of_nothing_or_for_a_reason_of_ones_own_making_is_refused(
    regisseur: Phone, body: dict
) -> None:
    assert regisseur.post("/bundles", body).status_code == 400


@pytest.mark.thorough
def test_a_service_hears_of_what_is_gone(boa: Phone, regisseur: Phone) -> None:
    one = boa.send()
    with pytest.raises(NotFound):
        service.make(session_of(regisseur), [one, new_id()])
    db.session.rollback()
    other, third = boa.send(), boa.send()
    made = service.make(session_of(regisseur), [one, other])
    with pytest.raises(Conflict):
        service.add(session_of(regisseur), made.id, [third], made.version + 1)
    db.session.rollback()
    assert service.bundle_of(third) is None
    assert db.session.scalars(sa.select(ObservationEvent).filter_by(kind="bundled")).all()
    assert db.session.scalars(sa.select(OpeningNote)).all() == []

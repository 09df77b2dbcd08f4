"""What the desk does with one observation: two at once, handing over, bringing somebody in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from server import audit, cards
from server.db import db, new_id, now
from server.keyring import ring
from server.notify.models import Notification
from server.observations.corrections import Referral
from server.observations.models import Feedback, Observation, OpeningNote
from server.retention import resealing
from tests.factories import Phone, add_phone
from tests.test_triage import answer, move, opened, told

pytestmark = pytest.mark.thorough


def refer(phone: Phone, observation: str, **changes):
    version = phone.get(f"/observations/{observation}").json["version"]
    body = {
        "id": new_id(),
        "version": version,
        "to": "politie",
        "ground": "wettelijke-taak",
        "shared": "Kenteken en tijd.",
        **changes,
    }
    return phone.post(f"/observations/{observation}/referrals", body)


def hand_over(phone: Phone, observation: str, desk: str = "veiligheid", **more):
    version = phone.get(f"/observations/{observation}").json["version"]
    body = {"desk": desk, "version": version, **more}
    return phone.post(f"/observations/{observation}/handovers", body)


def test_of_two_who_close_at_once_the_second_is_told(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    answer(regisseur, observation)
    version = regisseur.get(f"/observations/{observation}").json["version"]
    body = {"state": "closed", "version": version, "reason": None}
    path = f"/observations/{observation}/states"
    assert regisseur.post(path, body).status_code == 201
    second = adviseur.post(path, body)
    assert (second.status_code, second.json["code"]) == (409, "version")
    lines = regisseur.get(f"/observations/{observation}").json["timeline"]
    assert [line["detail"] for line in lines].count("closed") == 1


def test_of_two_who_answer_at_once_only_the_first_reaches_the_reporter(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    version = regisseur.get(f"/observations/{observation}").json["version"]
    assert answer(regisseur, observation, version=version).status_code == 201
    second = answer(adviseur, observation, "taken_up", version=version)
    assert (second.status_code, second.json["code"]) == (409, "version")
    assert [one["kind"] for one in told(boa)["feedback"]] == ["watching"]
    seen = adviseur.get(f"/observations/{observation}").json["version"]
    assert answer(adviseur, observation, "taken_up", version=seen).status_code == 201


def test_a_repeat_is_the_same_answer_although_the_version_moved_on(
    boa: Phone, regisseur: Phone
) -> None:
    observation, feedback = boa.send(), new_id()
    version = regisseur.get(f"/observations/{observation}").json["version"]
    for _ in range(2):
        response = answer(regisseur, observation, id=feedback, version=version)
        assert response.status_code == 201
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 1


def test_answering_and_closing_are_one_step(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    done = answer(regisseur, observation, "no_follow_up", close=True)
    assert (done.json["state"], done.json["answered"]) == ("closed", True)


@pytest.mark.parametrize("kind", ["read", "question"])
def test_closing_with_a_sentence_that_says_nothing_yet_is_impossible(
    boa: Phone, regisseur: Phone, kind: str
) -> None:
    observation = boa.send()
    refused = answer(regisseur, observation, kind, text="Waar was dat?", close=True)
    assert (refused.status_code, refused.json["code"]) == (409, "feedback_owed")
    assert told(boa)["feedback"] == []
    assert move(regisseur, observation, "closed").status_code == 409


def test_the_other_desk_gets_it_with_a_note_that_is_sealed(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    given = hand_over(regisseur, observation, note="Kijk naar de plek.")
    assert (given.json["desk"], given.json["assignee"]) == ("veiligheid", None)
    assert given.json["timeline"][-1]["kind"] == "handed_over"
    told_of = db.session.scalars(
        sa.select(Notification.kind).where(Notification.person_id == adviseur.person)
    ).all()
    assert told_of == ["observation"]
    note = opened(adviseur, observation).json["notes"][0]
    assert (note["purpose"], note["text"]) == ("hand_over", "Kijk naar de plek.")
    assert "plek" not in db.session.scalars(sa.select(OpeningNote)).one().text_sealed
    assert hand_over(regisseur, observation).json["code"] == "step"


def test_whom_the_desk_brought_in_is_kept_with_the_ground_and_what_was_shared(
    boa: Phone, regisseur: Phone
) -> None:
    observation = boa.send()
    opened(regisseur, observation)
    body = refer(regisseur, observation).json
    assert (body["timeline"][-1]["kind"], body["timeline"][-1]["detail"]) == ("referred", "politie")
    [referral] = opened(regisseur, observation).json["referrals"]
    assert referral["shared"] == "Kenteken en tijd."
    assert (referral["to"], referral["ground"]) == ("politie", "wettelijke-taak")
    assert "Kenteken" not in db.session.scalars(sa.select(Referral)).one().text_sealed
    logged = sa.select(audit.AuditEvent).filter_by(action="refer", subject_id=observation)
    assert db.session.scalars(logged).one().outcome == "politie"
    assert opened(boa, observation, "own").json["referrals"] == []


def test_what_was_shared_outlives_the_key_of_its_month(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    refer(regisseur, observation)
    before = db.session.scalars(sa.select(Referral.text_sealed)).one()
    done, failed = resealing.reseal(ring().current(now()).id)
    assert (done > 1, failed) == (True, 0)
    assert db.session.scalars(sa.select(Referral.text_sealed)).one() != before
    [referral] = opened(regisseur, observation).json["referrals"]
    assert referral["shared"] == "Kenteken en tijd."


def test_the_same_referral_twice_is_one(boa: Phone, regisseur: Phone) -> None:
    observation, referral = boa.send(), new_id()
    for _ in range(2):
        assert refer(regisseur, observation, id=referral).status_code == 201
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Referral)) == 1
    elsewhere = refer(regisseur, boa.send(), id=referral)
    assert (elsewhere.status_code, elsewhere.json["code"]) == (409, "referral_id")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to": "brandweer"}, "to"),
        ({"ground": "toestemming"}, "ground"),
        ({"shared": "  "}, "shared"),
        ({"shared": ""}, "shared"),
    ],
)
def test_a_referral_needs_a_ground_that_fits_and_says_what_was_shared(
    boa: Phone, regisseur: Phone, change: dict[str, str], field: str
) -> None:
    refused = refer(regisseur, boa.send(), **change)
    assert refused.status_code == 400
    assert [one["name"] for one in refused.json["invalid_params"]] == [field]


def test_a_referral_on_an_older_version_is_not_kept(boa: Phone, regisseur: Phone) -> None:
    observation = boa.send()
    refused = refer(regisseur, observation, version=99)
    assert (refused.status_code, refused.json["code"]) == (409, "version")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Referral)) == 0


def test_every_receiver_and_ground_can_be_chosen(regisseur: Phone) -> None:
    choices = regisseur.get("/referrals/choices").json
    grounds = {ground["id"] for ground in choices["grounds"]}
    assert len(choices["to"]) == 11
    assert all(set(receiver["grounds"]) <= grounds for receiver in choices["to"])


def test_what_somebody_at_the_desk_reported_is_for_a_colleague(
    regisseur: Phone, adviseur: Phone
) -> None:
    observation = regisseur.send()
    assert regisseur.get(f"/observations/{observation}").json["own"] is True
    assert opened(regisseur, observation, "own").status_code == 201
    deeds = (
        opened(regisseur, observation),
        answer(regisseur, observation),
        hand_over(regisseur, observation),
        refer(regisseur, observation),
        move(regisseur, observation, "in_progress"),
    )
    assert {(one.status_code, one.json["code"]) for one in deeds} == {(403, "own_report")}
    opened(adviseur, observation, "cover")
    assert answer(adviseur, observation).status_code == 201
    assert told(regisseur)["feedback"][0]["kind"] == "watching"


def test_who_is_the_only_one_at_the_desk_is_not_locked_out(regisseur: Phone) -> None:
    observation = regisseur.send()
    assert opened(regisseur, observation).status_code == 201
    assert answer(regisseur, observation).status_code == 201


def test_what_happened_nearby_is_told_with_what_is_the_same(
    app, boa: Phone, regisseur: Phone
) -> None:
    teacher = add_phone(app, "melder", kind="school", card="onderwijs")
    here = {"area": "BU02670101", "signals": ["BOA-05"], "date": "2026-11-10"}
    middle = boa.send(**here)
    same = boa.send(**{**here, "date": "2026-11-12"})
    district = boa.send(**{**here, "area": "BU02670102", "signals": ["BOA-01"]})
    boa.send(**{**here, "date": "2026-08-01"})
    teacher.send(card="onderwijs", area="BU02679999", signals=["OND-01"], date="2026-11-10")
    found = regisseur.get(f"/observations/{middle}/nearby").json["items"]
    assert [(one["item"]["id"], one["reasons"], one["days"]) for one in found] == [
        (same, ["area", "concept"], 2),
        (district, ["district"], 0),
    ]
    assert "sealed" not in regisseur.get(f"/observations/{middle}/nearby").text


def test_an_observation_of_the_first_day_there_is_has_neighbours_too(
    boa: Phone, regisseur: Phone
) -> None:
    first, last = boa.send(date="0001-01-01"), boa.send(date="9999-12-31")
    for observation in (first, last):
        assert regisseur.get(f"/observations/{observation}/nearby").status_code == 200


def test_signals_are_explained_as_the_card_said_then(
    boa: Phone, regisseur: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    observation = boa.send(signals=["BOA-08"])
    words = regisseur.get(f"/observations/{observation}").json["words"]
    now_says = next(row for row in cards.library().cards["boa"]["signals"] if row["id"] == "BOA-08")
    assert words["signals"][0]["text"] == now_says["text"]
    assert words["signals"][0]["could_be"] == now_says["could_be"]
    then = {"BOA-08": "Zo stond het er.", "BOA-08 kan dit zijn": "Dit kon het zijn."}
    monkeypatch.setitem(cards.library().cards["boa"], "version", 2)
    monkeypatch.setitem(cards.library().earlier, "boa", {1: then})
    words = regisseur.get(f"/observations/{observation}").json["words"]
    assert (words["version"], words["signals"][0]["text"]) == (1, "Zo stond het er.")
    assert words["signals"][0]["could_be"] == "Dit kon het zijn."


@pytest.mark.parametrize("group", ["contacten", "gedrag"])
def test_the_list_can_be_narrowed_to_a_kind_of_signal(
    boa: Phone, regisseur: Phone, group: str
) -> None:
    signals = {row["group"]: row["id"] for row in cards.library().cards["boa"]["signals"]}
    wanted = boa.send(signals=[signals[group]])
    boa.send(signals=[signals["geld-en-spullen"]])
    boa.send(signals=[])
    items = regisseur.get(f"/inbox?group={group}").json["items"]
    assert [item["id"] for item in items] == [wanted]
    assert regisseur.get("/inbox?group=kleding").status_code == 400


def test_what_goes_soon_stands_in_the_order_in_which_it_goes(boa: Phone, regisseur: Phone) -> None:
    ids = [boa.send() for _ in range(3)]
    today = db.session.get_one(Observation, ids[0]).date
    for days, one in zip((5, 1, 3), ids, strict=True):
        db.session.get_one(Observation, one).keep_until = today + timedelta(days=days)
    db.session.commit()
    seen, cursor = [], ""
    while True:
        page = regisseur.get(f"/inbox?view=expiring&limit=1{cursor}").json
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == [ids[1], ids[2], ids[0]]

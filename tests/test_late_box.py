"""What arrived and did not fit: a desk gives it a place, or says why it needs none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from server.audit import AuditEvent
from server.db import db, new_id, now
from server.notify.models import Notification
from server.observations.models import Addition, LateItem, Observation, Receipt
from server.people.models import Person
from tests.factories import WRITTEN, Phone


def settle(who: Phone, item: str, how: str, **more: Any) -> Any:
    return who.post(f"/late-box/{item}/settlements", {"how": how, **more})


def settled(who: Phone, item: str, how: str, **more: Any) -> str | None:
    answer = settle(who, item, how, **more)
    assert answer.status_code == 201, answer.json
    found: str | None = answer.json["observation"]
    return found


def waiting(desk: Phone) -> list[str]:
    items = desk.get("/late-box").json["items"]
    return [one["id"] for one in items if one["settled_at"] is None]


def stray(phone: Phone, **changes: Any) -> str:
    """Hand in a report on a card that is not there."""
    item = phone.observation(card="weg", **changes)
    phone.sync(item)
    return str(item["id"])


def lost_addition(phone: Phone) -> str:
    """Hand in an addition whose report is gone."""
    item = phone.addition(new_id(), "Hij was er weer.")
    phone.sync(item)
    return str(item["id"])


def late_addition(phone: Phone, parent: str) -> str:
    """Hand in an addition to a report that is there, after its reporter's access ended."""
    item = phone.addition(parent, "Hij was er weer.")
    ended = sa.update(Person).where(Person.id == phone.person)
    db.session.execute(ended.values(ended_at=now()))
    db.session.commit()
    phone.sync(item, signed_in=False)
    db.session.execute(ended.values(ended_at=None))
    db.session.commit()
    return str(item["id"])


def test_a_report_on_an_unknown_card_becomes_an_ordinary_one_on_the_card_that_is_chosen(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    item = stray(boa)
    assert settle(regisseur, item, "observation").json["code"] == "card"
    assert settle(regisseur, item, "observation", card="ook-weg").json["code"] == "card"
    assert settled(regisseur, item, "observation", card="sport", desk="veiligheid") == item
    assert waiting(regisseur) == []
    shown = regisseur.get(f"/observations/{item}").json
    assert (shown["card"], shown["desk"], shown["state"]) == ("sport", "veiligheid", "new")
    assert shown["reporter"]["name"] == "Bo Verzonnen"
    assert [line["kind"] for line in shown["timeline"]] == ["received", "from_late_box"]
    opened = adviseur.post(f"/observations/{item}/openings", {"purpose": "handle"}).json
    assert opened["opened"]["what"] == WRITTEN["what"]
    kept = db.session.get_one(Observation, item)
    assert kept.extra["sent"] == {"card": "weg", "card_version": 1}


def test_the_phone_hears_of_it_as_of_any_report_and_sending_it_again_changes_nothing(
    boa: Phone, regisseur: Phone
) -> None:
    item = boa.observation(card="weg")
    assert boa.sync(item).json["outcomes"][0]["reason"] == "late:unknown_card"
    settled(regisseur, item["id"], "observation", card="boa")
    again = boa.sync(item).json
    assert again["outcomes"][0]["result"] == "known"
    assert [(one["id"], one["state"]) for one in again["changes"]] == [(item["id"], "new")]
    answer = {"id": new_id(), "kind": "watching"}
    assert regisseur.post(f"/observations/{item['id']}/feedback", answer).status_code == 201
    assert boa.sync().json["changes"][0]["feedback"][0]["kind"] == "watching"
    assert db.session.scalar(sa.select(sa.func.count(Observation.id))) == 1


def test_what_came_after_access_ended_is_taken_over_and_can_be_closed(
    boa: Phone, regisseur: Phone
) -> None:
    item = boa.observation()
    db.session.execute(sa.update(Person).where(Person.id == boa.person).values(ended_at=now()))
    boa.sync(item, signed_in=False)
    assert waiting(regisseur) == [item["id"]]
    settled(regisseur, item["id"], "observation")
    assert regisseur.get("/inbox").json["counts"]["late_box"] == 0
    regisseur.post(f"/observations/{item['id']}/openings", {"purpose": "handle"})
    version = regisseur.get(f"/observations/{item['id']}").json["version"]
    closing = {"state": "closed", "version": version, "reason": "left"}
    closed = regisseur.post(f"/observations/{item['id']}/states", closing)
    assert closed.json["state"] == "closed"


def test_an_addition_goes_with_a_report_of_the_same_reporter_and_of_nobody_else(
    boa: Phone, teacher: Phone, regisseur: Phone
) -> None:
    other, mine, theirs = boa.send(), boa.send(), teacher.send()
    item = late_addition(boa, mine)
    parents = regisseur.get(f"/late-box/{item}/parents").json["items"]
    assert [one["id"] for one in parents] == [mine, other]
    assert settle(regisseur, item, "addition", parent=theirs).json["code"] == "parent"
    assert settle(regisseur, item, "addition").status_code == 400
    assert settled(regisseur, item, "addition", parent=mine) == mine
    opened = regisseur.post(f"/observations/{mine}/openings", {"purpose": "handle"}).json
    assert [one["text"] for one in opened["additions"]] == ["Hij was er weer."]
    told = {one["id"]: one for one in boa.sync().json["changes"]}
    assert [one["id"] for one in told[mine]["additions"]] == [item]
    assert waiting(regisseur) == []


def test_an_addition_that_opens_a_closed_report_again_is_told_to_its_desk(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    mine = boa.send(desk="veiligheid")
    item = late_addition(boa, mine)
    db.session.execute(sa.delete(Notification))
    db.session.commit()
    settled(regisseur, item, "addition", parent=mine)
    told = sa.select(Notification.kind).where(Notification.person_id == adviseur.person)
    assert db.session.scalars(told).all() == ["addition"]


def test_of_who_may_be_shielded_no_other_report_is_offered(boa: Phone, regisseur: Phone) -> None:
    mine = boa.send()
    lost = lost_addition(boa)
    boa.send(shielded=True)
    late = late_addition(boa, mine)
    for item in (lost, late):
        assert regisseur.get(f"/late-box/{item}/parents").json["items"] == []
        assert settle(regisseur, item, "addition", parent=mine).json["code"] == "parent"


def test_an_addition_without_its_report_becomes_one_and_stays_shielded(
    boa: Phone, regisseur: Phone
) -> None:
    item = lost_addition(boa)
    assert settled(regisseur, item, "observation", card="boa") == item
    shown = regisseur.get(f"/observations/{item}").json
    assert shown["reporter"]["shielded"] is True
    opened = regisseur.post(f"/observations/{item}/openings", {"purpose": "handle"}).json
    assert opened["opened"]["what"] == "Hij was er weer."
    assert [one["id"] for one in boa.sync().json["changes"]] == [item]
    assert db.session.scalar(sa.select(sa.func.count(Addition.id))) == 0


def test_what_is_told_or_closed_stays_in_the_list_and_the_phone_hears_that_it_was_read(
    boa: Phone, regisseur: Phone
) -> None:
    called, double = stray(boa), stray(boa)
    assert settle(regisseur, called, "told").status_code == 400
    assert settle(regisseur, called, "told", reason="known").status_code == 400
    assert settled(regisseur, called, "told", reason="phone") is None
    assert settled(regisseur, double, "closed", reason="known") is None
    rows = {one["id"]: one for one in regisseur.get("/late-box").json["items"]}
    assert {id_: row["settled_as"] for id_, row in rows.items()} == {
        called: "phone",
        double: "known",
    }
    assert rows[called]["settled_by"]["name"] == "Samira Voorbeeld"
    assert regisseur.get("/inbox").json["counts"]["late_box"] == 0
    changes = boa.sync().json["changes"]
    assert {(one["id"], one["state"], one["card"]) for one in changes} == {
        (called, "closed", "weg"),
        (double, "closed", "weg"),
    }
    logged = db.session.scalars(
        sa.select(AuditEvent.outcome).where(AuditEvent.action == "settle")
    ).all()
    assert sorted(str(one) for one in logged) == ["known", "phone"]


def test_the_second_of_two_who_settle_is_told_that_a_colleague_did(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    item, other = stray(boa), stray(boa)
    settled(regisseur, item, "closed", reason="not_ours")
    late = settle(adviseur, item, "told", reason="mail")
    assert (late.status_code, late.json["code"]) == (409, "settled")
    settled(regisseur, other, "observation", card="boa")
    assert settle(adviseur, other, "closed", reason="known").status_code == 404


def test_the_sender_is_named_to_call_unless_shielded(boa: Phone, regisseur: Phone) -> None:
    def sender(item: str) -> Any:
        opened = regisseur.post(f"/late-box/{item}/openings", {"purpose": "handle"})
        return opened.json["sender"]

    mine = boa.send()
    assert sender(stray(boa))["name"] == "Bo Verzonnen"
    assert sender(late_addition(boa, mine))["name"] == "Bo Verzonnen"
    assert sender(stray(boa, shielded=True))["name"] == "Afgeschermde melder"
    # Whether what it belonged to was shielded, nobody can say any more.
    assert sender(lost_addition(boa))["name"] == "Afgeschermde melder"
    boa.send(shielded=True)
    assert sender(late_addition(boa, mine))["name"] == "Afgeschermde melder"


def test_of_what_nobody_can_read_or_knows_no_report_is_made(boa: Phone, regisseur: Phone) -> None:
    broken = boa.observation(card="weg", sealed="AAAA")
    stranger = boa.observation(by=new_id())
    odd = boa.observation(date="gisteren")
    boa.sync(broken, stranger, odd)
    codes = {
        item["id"]: settle(regisseur, item["id"], "observation", card="boa").json["code"]
        for item in (broken, stranger, odd)
    }
    assert codes == {
        broken["id"]: "unreadable",
        stranger["id"]: "unknown_author",
        odd["id"]: "shape",
    }
    assert sorted(waiting(regisseur)) == sorted(codes)
    for item in codes:
        assert settled(regisseur, item, "closed", reason="unreadable") is None
    # What has no shape a phone could show stays received there.
    assert {one["id"] for one in boa.sync().json["changes"]} == {broken["id"]}


def test_who_sent_it_leaves_it_to_a_colleague(
    boa: Phone, regisseur: Phone, adviseur: Phone
) -> None:
    own = stray(regisseur)
    refused = settle(regisseur, own, "closed", reason="known")
    assert (refused.status_code, refused.json["code"]) == (403, "own_report")
    assert settled(adviseur, own, "closed", reason="known") is None


@pytest.mark.parametrize("role", ["told", "closed"])
def test_what_was_settled_goes_at_its_term_and_nothing_was_owed(
    app: Flask, boa: Phone, regisseur: Phone, role: str
) -> None:
    from server.retention import removal

    item = stray(boa)
    reason = {"told": "phone", "closed": "known"}[role]
    settled(regisseur, item, role, reason=reason)
    long_ago = now() - timedelta(days=800)
    db.session.execute(sa.update(LateItem).values(received_at=long_ago))
    db.session.commit()
    assert removal.remove_late_items() == 1
    assert db.session.get_one(Receipt, item).gone_reason == "expired"

"""Give an item of the late box the place it would have had, with what the desk chose."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from server import cards, sealing, workdays
from server.db import db, now
from server.errors import Conflict, fault
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations import keeping, reporter
from server.observations.models import (
    Addition,
    LateItem,
    Observation,
    ObservationEvent,
    Receipt,
)
from server.observations.service import group_bits, hold, mark_changed, take_addition, tell_desk
from server.people.models import Person
from server.sealing import SealError
from server.sync import items as shape
from server.sync.items import Misfit


def as_observation(
    by: Person, item: LateItem, *, card: str | None, desk: str | None
) -> Observation:
    """Make it an ordinary report of its author, whose terms begin now."""
    if db.session.get(Person, item.author_id) is None:
        raise Conflict(
            "We weten niet wie dit stuurde. Voer de melding zelf in, en sluit dit af.",
            code="unknown_author",
        )
    plain, sealed = _report_of(item, card) if item.kind == "addition" else _sent(item, card)
    observation = _observation(item, {**plain, "desk": desk or plain["desk"]}, sealed)
    db.session.delete(item)
    db.session.flush()
    db.session.add(observation)
    db.session.flush()
    for at, kind, who in (
        (item.received_at, "received", item.author_id),
        (now(), "from_late_box", by.id),
    ):
        db.session.add(ObservationEvent(observation_id=observation.id, at=at, kind=kind, by_id=who))
    mark_changed(observation.id, observation.author_id)
    tell_desk(observation.desk, "observation")
    return observation


def as_addition(item: LateItem, parent_id: str) -> Observation:
    """Put an addition with an earlier report of the same author."""
    parent = hold(parent_id)
    mine = parent is not None and parent.author_id == item.author_id and parent.source == "app"
    if item.kind != "addition" or parent is None or not mine or reporter.is_shielded(item):
        raise Conflict("Dit hoort niet bij die melding. Kies een andere.", code="parent")
    try:
        plain = shape.plain_addition(item.body)
    except Misfit:
        raise _shapeless() from None
    sealed = _envelope(item)
    db.session.delete(item)
    db.session.flush()
    moment = now()
    db.session.add(
        Addition(
            **plain,
            id=item.id,
            observation_id=parent.id,
            author_id=item.author_id,
            question_id=shape.reference(item.body, "question"),
            sealed=sealed,
            key_id=sealing.parse(sealed).key_id,
            received_at=item.received_at,
        )
    )
    _note_addition(parent, item.author_id, moment)
    mark_changed(parent.id, parent.author_id)
    tell_desk(parent.desk, "addition")
    return parent


def _note_addition(parent: Observation, author_id: str, moment: datetime) -> None:
    """Write on the timeline that more was told, and that a closed report is open again for it."""
    terms = cards.library().gemeente["terms"]
    due = workdays.add_workdays(workdays.local_day(moment), terms["answer_days"])
    reopened = take_addition(parent, moment, due)
    steps = [("state", None, "in_progress")] if reopened else []
    for kind, by, detail in (*steps, ("addition", author_id, None)):
        db.session.add(
            ObservationEvent(
                observation_id=parent.id, at=moment, kind=kind, by_id=by, detail=detail
            )
        )


def _sent(item: LateItem, card: str | None) -> tuple[dict[str, Any], str]:
    """Return what a phone sent as a report; only a card we do not have is chosen anew."""
    if item.kind != "observation":
        raise Conflict("Van dit bericht kan geen melding worden gemaakt.", code="kind")
    try:
        plain = shape.plain_observation(item.body)
    except Misfit:
        raise _shapeless() from None
    if not cards.library().knows(plain["card"]):
        sent = {name: plain[name] for name in ("card", "card_version")}
        # What was sent is kept beside it, as every field is that has no place of its own.
        plain = {**plain, **_chosen(card), "extra": {**plain["extra"], "sent": sent}}
    return plain, _envelope(item)


def _report_of(item: LateItem, card: str | None) -> tuple[dict[str, Any], str]:
    """Return a report made of an addition whose own report is gone, sealed anew as one."""
    try:
        plain = shape.plain_addition(item.body)
        opened = ring().open(_envelope(item), item.kind, item.id, item.author_id)
    except Misfit:
        raise _shapeless() from None
    except (UnknownKey, KeyDestroyed, SealError):
        raise _unreadable() from None
    words = {"v": 1, "what": str(opened.get("text") or "")}
    return {
        **plain,
        **_chosen(card),
        "signals": [],
        "protective": [],
        "area": None,
        "date": workdays.local_day(plain["made_at"]),
        "basis": "suspected",
        "desk": "sociaal",
        "urgency": "this_week",
        # Whether the report it belonged to was shielded is not known any more.
        "shielded": True,
    }, ring().seal("observation", item.id, item.author_id, words)


def _chosen(card: str | None) -> dict[str, Any]:
    if card is None or not cards.library().knows(card):
        raise fault("card", "Kies een kaart die er is.", detail="Kies bij welke kaart dit hoort.")
    return {"card": card, "card_version": cards.library().cards[card]["version"]}


def _observation(item: LateItem, plain: dict[str, Any], sealed: str) -> Observation:
    moment = now()
    today = workdays.local_day(moment)
    terms = cards.library().gemeente["terms"]
    read_by = workdays.add_workdays(today, terms["read_days"])
    received = item.received_at
    return Observation(
        **plain,
        id=item.id,
        author_id=item.author_id,
        device_id=db.session.get_one(Receipt, item.id).device_id or item.author_id,
        source="app",
        signal_groups=group_bits(plain["card"], plain["signals"]),
        sealed=sealed,
        key_id=sealing.parse(sealed).key_id,
        received_at=received,
        state_at=moment,
        read_by=read_by,
        answer_by=workdays.add_workdays(today, terms["answer_days"]),
        due_on=read_by,
        keep_until=keeping.last_day(keeping.Terms.of_gemeente(), received, received),
    )


def _envelope(item: LateItem) -> str:
    """Return its envelope as it came; one without a head nobody will ever open."""
    sealed = str(item.body.get("sealed"))
    try:
        sealing.parse(sealed)
    except SealError:
        raise _unreadable() from None
    return sealed


def _shapeless() -> Conflict:
    return Conflict(
        "Dit bericht heeft een vorm die we niet kennen. Voer de melding zelf in, en sluit dit af.",
        code="shape",
    )


def _unreadable() -> Conflict:
    return Conflict(
        "De tekst is niet te lezen, dus er valt niets over te nemen. Bel de melder, of sluit dit "
        "af.",
        code="unreadable",
    )

"""What the desk does for somebody who asks what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from server import audit, sealing
from server.bundles import overlap
from server.db import db, new_id, now
from server.errors import Conflict, Invalid, NotFound, fault
from server.keyring import Act, ring
from server.names.likeness import Name
from server.notify import service as notify
from server.observations import limits
from server.observations import service as observations
from server.observations.corrections import Correction
from server.observations.models import Observation, ObservationEvent, Receipt
from server.people import service as people
from server.people.models import Person, Session
from server.rights import erasing
from server.rights import search as searching
from server.rights.records import RECORDS, plain_of
from server.rights.search import Texts, Wanted
from server.sealing import SealError, TooLarge


def search(session: Session, wanted: Wanted, reason: str) -> dict[str, Any]:
    """Look for a person in all that is sealed, and log the search and every record it found."""
    if not wanted.names():
        raise fault("name", "Vul minstens één letter in.", detail="Vul een naam in.")
    by, device, search_id = session.person_id, session.device_id, new_id()
    # Opening takes a second; meanwhile nobody waits for this transaction.
    db.session.rollback()
    found = searching.look_for(wanted)
    keys = sorted(found.reasons, key=lambda key: searching.best(found.reasons[key]))
    rows = [
        audit.row(
            by,
            "search",
            "person_search",
            search_id,
            purpose=reason,
            outcome=f"{len(keys)} found",
            device_id=device,
            count=found.opened,
        )
    ]
    rows += _rows(by, device, "find", keys, reason)
    audit.log_all(rows)
    items = [
        {**plain, "reasons": found.reasons[(plain["subject"], plain["id"])]}
        for plain in plain_of(keys)
    ]
    db.session.commit()
    return {"id": search_id, "opened": found.opened, "shut": found.shut, "items": items}


def review(
    session: Session, wanted: Wanted, records: Sequence[Mapping[str, str]], reason: str
) -> list[dict[str, Any]]:
    """Open what is held about a person in these records, for the desk to go through.

    A record without that name in it stays shut. Who reported and the other people in it are left
    out; where a text names one of them, that is said, so that it can be made black.
    """
    limits.check(session, "review")
    asked = [(record["subject"], record["id"]) for record in records]
    keys = [key for key in asked if searching.holds(*key, wanted)]
    by, device = session.person_id, session.device_id
    shown = plain_of(keys)
    there = [(plain["subject"], plain["id"]) for plain in shown]
    audit.log_all(_rows(by, device, "review", there, reason))
    db.session.commit()
    names = wanted.names()
    return [{**plain, **_held(plain["subject"], plain["id"], names)} for plain in shown]


def note_export(session: Session, records: Sequence[Mapping[str, str]], reason: str) -> None:
    """Log that the desk made a file of these records on its own device."""
    keys = [(record["subject"], record["id"]) for record in records]
    audit.log_all(_rows(session.person_id, session.device_id, "export", keys, reason))
    db.session.commit()


def correct(
    session: Session,
    observation_id: str,
    *,
    text: str,
    version: int,
    replacement: Mapping[str, Any] | None,
) -> None:
    """Put an observation right: beside what the reporter wrote, or in its place.

    What is replaced is gone; the digest of what was received stays, so a repeat is still known.
    """
    observation = hold(observation_id)
    if observation.version != version:
        raise Conflict(
            "Een collega heeft deze melding net ook veranderd. Laad de melding opnieuw.",
            code="version",
        )
    by = session.person
    correction_id = new_id()
    try:
        sealed = ring().seal("correction", correction_id, by.id, {"v": 1, "text": text})
        if replacement is not None:
            _replace(observation, replacement)
    except TooLarge:
        raise Invalid("Deze tekst is te lang. Maak hem korter.", code="too_large") from None
    db.session.add(
        Correction(
            id=correction_id,
            observation_id=observation.id,
            by_id=by.id,
            text_sealed=sealed,
            replaced=replacement is not None,
        )
    )
    observation.version += 1
    outcome = "replaced" if replacement is not None else "beside"
    note(observation, "corrected", by.id, outcome)
    log(session, "correct", observation.id, outcome=outcome)
    db.session.commit()


def erase(session: Session, subject: str, record_id: str, reason: str) -> None:
    """Delete a record for good, leave a tombstone, and tell its reporter in a fixed sentence."""
    if subject in erasing.WRITTEN:
        erasing.erase_words(subject, record_id)
        ring().lasting.note(Act("words", record_id, subject=subject))
        log(session, "delete", record_id, subject, purpose=reason, outcome="erased")
        db.session.commit()
        return
    receipt = db.session.get(Receipt, record_id)
    if receipt is None or db.session.get(RECORDS[subject].model, record_id) is None:
        raise NotFound("Dit is er niet meer.")
    if subject == "observation" and hold(record_id).case_open:
        raise Conflict("Deze melding zit in een casus. Haal hem daar eerst uit.", code="in_case")
    author_id = receipt.author_id
    observations.erase(record_id, "erased")
    if db.session.get(Person, author_id) is not None:
        observations.mark_changed(record_id, author_id)
        notify.queue([author_id], "feedback", f"gone-{record_id}", "/#/mijn")
    log(session, "delete", record_id, subject, purpose=reason, outcome="erased")
    db.session.commit()


def _held(subject: str, record_id: str, names: Name) -> dict[str, Any]:
    """Return what a record says of a person, passage by passage, and what to make black in it."""
    opened = [
        (envelope, searching.read(value))
        for envelope in searching.envelopes(subject, record_id)
        if (value := envelope.open()) is not None
    ]
    others, persons, left_out = _writers(envelope.person for envelope, _ in opened), [], 0
    for _, texts in opened:
        mine = [one for one in texts.persons if names.strength(one["name"], is_name=True)]
        persons += mine
        strangers = [one["name"] for one in texts.persons if one not in mine]
        left_out += len(strangers)
        others += [Name(name) for name in strangers]
    return {
        "persons": persons,
        "left_out": left_out,
        "passages": [
            {
                "kind": envelope.kind,
                "field": name,
                "text": text,
                "black": _black(text, names, others),
            }
            for envelope, texts in opened
            for name, text in _passages(texts, persons)
        ],
    }


def _passages(texts: Texts, persons: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    yield from texts.passages
    for one in texts.persons:
        if one in persons and one["description"].strip():
            yield "description", one["description"]


def _writers(ids: Iterator[str]) -> list[Name]:
    """Return the names of who wrote in a record: reporter and colleagues."""
    there = (db.session.get(Person, person_id) for person_id in sorted(set(ids)))
    return [Name(people.name_of(one)) for one in there if one and one.name_sealed is not None]


def _black(text: str, names: Name, others: Sequence[Name]) -> list[str]:
    """Return the words of a text that name somebody else, as they stand there."""
    own = set(names.spans(text))
    return sorted(
        {text[slice(*span)] for other in others for span in other.spans(text) if span not in own}
    )


def _replace(observation: Observation, replacement: Mapping[str, Any]) -> None:
    try:
        opened = ring().open(
            observation.sealed, "observation", observation.id, observation.author_id
        )
    except SealError:
        raise Conflict("Deze melding is niet meer te lezen.", code="shut") from None
    value = {**opened, **{name: part for name, part in replacement.items() if part is not None}}
    observation.sealed = ring().seal("observation", observation.id, observation.author_id, value)
    observation.key_id = sealing.parse(observation.sealed).key_id
    # What was hashed of the names is not true any more.
    overlap.forget(observation.id)


def hold(observation_id: str) -> Observation:
    """Return an observation that nobody else changes until commit."""
    observation = observations.hold(observation_id)
    if observation is None:
        raise NotFound("Deze melding bestaat niet meer.")
    return observation


def note(observation: Observation, kind: str, by_id: str, detail: str) -> None:
    """Add a line to the timeline, in the caller's transaction."""
    db.session.add(
        ObservationEvent(
            observation_id=observation.id, at=now(), kind=kind, by_id=by_id, detail=detail
        )
    )


def log(
    session: Session, action: str, record_id: str, kind: str = "observation", **more: Any
) -> None:
    """Write in the log who did this, in the caller's transaction."""
    audit.log(session.person_id, action, kind, record_id, device_id=session.device_id, **more)


def _rows(
    by: str, device: str, action: str, keys: Sequence[tuple[str, str]], reason: str
) -> list[dict[str, Any]]:
    return [
        audit.row(by, action, subject, record_id, purpose=reason, device_id=device)
        for subject, record_id in keys
    ]

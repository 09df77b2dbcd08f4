"""The shape of the round trip; items are read one by one, so that one bad item harms no other."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from server.observations.models import FEEDBACK_KINDS, GONE_REASONS, STATES
from server.sync.shapes import ANY_ITEM
from server.wire import (
    Id,
    Moment,
    OpenIn,
    Out,
    Part,
    Row,
    Shape,
    Text,
    Whole,
    at_most,
    between,
    one_of,
)

MOST_ITEMS = 50


class Anything(fields.Raw):
    """Whatever it is, nothing included: each item is judged on its own."""

    def _validate_missing(self, value: Any) -> None:
        """Let it through."""


class SyncIn(OpenIn):
    """A newer phone may say more than this server knows."""

    device = Id(required=True)
    app_version = Text(load_default="", validate=Shape(r"^[ -~]{0,40}$", error="Ongeldige versie."))
    by = Id(
        allow_none=True,
        metadata={
            "description": "Wie dit toestel laat zien, of niemand (`null`). Is de sessie van een "
            "ander, dan blijft `changes` leeg en `cursor` gelijk."
        },
    )
    unsent = Whole(
        load_default=0,
        validate=between(0, 1_000_000),
        metadata={"description": "Hoeveel er op dit toestel wacht, dit verzoek meegeteld."},
    )
    cursor = Whole(
        load_default=0,
        validate=between(0, 2**53),
        metadata={"description": "Tot waar dit toestel alles heeft gehoord; 0 is vanaf het begin."},
    )
    epoch = Text(
        load_default=None,
        allow_none=True,
        validate=at_most(36),
        metadata={
            "description": "De `epoch` van het vorige antwoord. Is hij anders: alles opnieuw."
        },
    )
    sent_at = Moment(load_default=None, allow_none=True)
    items = Row(
        Anything(metadata={"anyOf": ANY_ITEM}),
        load_default=list,
        validate=validate.Length(
            max=MOST_ITEMS, error="Stuur hooguit 50 meldingen tegelijk. De rest mag daarna."
        ),
    )


class OutcomeOut(Out):
    id = fields.String(
        required=True,
        metadata={"description": "Zoals ingestuurd; bij `refused` hooguit 100 tekens."},
    )
    result = fields.String(
        required=True, validate=one_of(("stored", "known", "conflict", "refused"))
    )
    receipt = fields.String(metadata={"example": "7K2-4MX"})
    reason = fields.String(
        metadata={
            "description": (
                "Bij `stored`: `late:` en waarom het bij de nakomers ligt. Bij `refused`: "
                "`id`, `shape`, `sealed`, `too_large` of `unstorable`."
            )
        }
    )


class ToldFeedbackOut(Out):
    id = Id(required=True)
    kind = fields.String(required=True, validate=one_of(FEEDBACK_KINDS))
    text = fields.String(required=True, allow_none=True)
    useful = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Wat de melder ervan zei, met één tik."},
    )
    at = Moment(required=True)


class ToldAdditionOut(Out):
    id = Id(required=True)
    at = Moment(required=True)
    question = Id(required=True, allow_none=True)


class ChangeOut(Out):
    """A full snapshot; of what was removed only that it is gone, since when and why."""

    kind = fields.String(required=True, validate=one_of(("observation", "removed")))
    id = Id(required=True)
    receipt = fields.String()
    card = fields.String()
    card_version = fields.Integer()
    area = fields.String(allow_none=True)
    date = fields.Date()
    signals = fields.Integer(metadata={"description": "Hoeveel er zijn aangetikt."})
    state = fields.String(validate=one_of(STATES))
    received_at = Moment()
    made_at = Moment()
    read_by = fields.Date()
    answer_by = fields.Date()
    feedback = fields.List(Part(ToldFeedbackOut))
    additions = fields.List(Part(ToldAdditionOut))
    withdrawal = fields.String(allow_none=True, validate=one_of(("requested", "kept")))
    reason = fields.String(
        validate=one_of(GONE_REASONS[1:]),
        metadata={
            "description": "Bij `removed`: de bewaartermijn is voorbij (`expired`), of die is "
            "voorbij zonder het antwoord dat je nog kreeg (`missed`)."
        },
    )
    at = Moment(metadata={"description": "Bij een `reason`: sinds wanneer het weg is."})


class SealKeyOut(Out):
    id = fields.String(required=True, metadata={"example": "2026-11-3f9c"})
    public_key = fields.String(required=True, metadata={"description": "Punt op P-256, base64."})


class SyncOut(Out):
    outcomes = fields.List(
        Part(OutcomeOut),
        required=True,
        metadata={"description": "Eén per onderdeel, in dezelfde volgorde."},
    )
    person = Id(
        required=True,
        allow_none=True,
        metadata={"description": "Van wie de sessie is, en dus ook `changes` en `cursor`."},
    )
    changes = fields.List(Part(ChangeOut), required=True)
    cursor = fields.Integer(required=True)
    more = fields.Boolean(required=True, metadata={"description": "Vraag meteen nog eens."})
    epoch = Id(required=True)
    cards_version = fields.String(required=True)
    seal_key = Part(SealKeyOut, required=True)
    server_time = Moment(required=True)
    wipe = fields.Boolean(
        required=True,
        metadata={"description": "De toegang van dit toestel is beëindigd: wis alles."},
    )

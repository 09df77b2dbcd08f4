"""What the desk sends when it enters something: the plain part, and the envelope."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import validate

from server.observations.models import BASES, DESKS, SOURCES, URGENCIES
from server.sealing import SEALED_LIMIT
from server.sync.items import AREA_CODE, CARD_ID, MOST_IDS, SIGNAL_ID
from server.wire import Day, Flag, Id, In, Moment, Row, Shape, Text, Whole, between, one_of

CHOSEN = "Kies iets uit de lijst."


def _whole(pattern: re.Pattern[str]) -> Shape:
    """Ask of a whole value what a delivery asks of it."""
    return Shape(f"^(?:{pattern.pattern})$", error=CHOSEN)


def _ids() -> Row:
    return Row(
        Text(validate=_whole(SIGNAL_ID)),
        required=True,
        validate=validate.Length(max=MOST_IDS, error="Kies er hooguit {max}."),
    )


def _word(words: tuple[str, ...], **kwargs: Any) -> Text:
    return Text(required=True, validate=one_of(words), **kwargs)


class EntryIn(In):
    id = Id(required=True, metadata={"description": "Gemaakt door het scherm; twee keer is één."})
    made_at = Moment(required=True)
    source = _word(SOURCES[1:], metadata={"description": "Hoe het binnenkwam."})
    reporter = Flag(
        required=True,
        metadata={"description": "Er is een melder die antwoord krijgt; wie, staat in `sealed`."},
    )
    card = Text(required=True, validate=_whole(CARD_ID))
    card_version = Whole(required=True, validate=between(1, 999_999))
    signals = _ids()
    protective = _ids()
    area = Text(required=True, allow_none=True, validate=_whole(AREA_CODE))
    date = Day(required=True)
    basis = _word(BASES)
    desk = _word(DESKS)
    urgency = _word(URGENCIES)
    sealed = Text(
        required=True,
        validate=validate.Length(min=1, max=SEALED_LIMIT, error="Deze tekst is te lang."),
        metadata={"description": "De verzegelde envelop, gemaakt als die van een telefoon."},
    )

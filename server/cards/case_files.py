"""What may stand in the file of cases: what each phase asks, and the kinds of action."""

from __future__ import annotations

from collections import Counter
from typing import Any

import marshmallow as ma

from server.cards.kinds import Sourced
from server.content.fields import Strict, Text, like, one_of, part, row

NAME = r"[a-z]+(-[a-z]+)*"
PHASES = ("signalling", "analysis", "decision", "action", "evaluation")
PILLARS = ("prevention", "repression", "care")


class AskFile(Sourced):
    id = like(NAME, "kies een id zoals steun-beschreven.", required=True, longest=40)
    phase = one_of(PHASES, required=True)
    text = Text(required=True, longest=160)


class ActionFile(Sourced):
    id = like(NAME, "kies een id zoals begeleiding.", required=True, longest=40)
    pillar = one_of(PILLARS, required=True)
    text = Text(required=True, longest=80)


class CaseworkFile(Strict):
    asks = row(part(AskFile), required=True, least=1)
    actions = row(part(ActionFile), required=True, least=1)

    @ma.validates_schema(skip_on_field_errors=True)
    def name_once(self, data: dict[str, Any], **_kwargs: Any) -> None:
        for key in ("asks", "actions"):
            for name, times in Counter(one["id"] for one in data[key]).items():
                if times > 1:
                    raise ma.ValidationError(f"{name} staat er twee keer in.", key)

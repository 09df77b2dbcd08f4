"""What may stand in terugkoppeling.toml: the ready sentences for reporters, which name nobody."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from server.content.fields import Strict, Text, one_of, part, row
from server.names.giveaways import capitals

# The kinds of feedback that are stored; server.observations.models has the same.
KINDS = ("read", "watching", "contact", "taken_up", "no_follow_up", "question")
LONGEST = 80


class Sentence(Text):
    """One ready sentence: short, without a full stop, and about nobody by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(longest=LONGEST, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if text.endswith("."):
            raise ma.ValidationError("laat de punt aan het eind weg; die zet de app erachter.")
        named = next(capitals(text), None)
        if named:
            raise ma.ValidationError(
                f"noem hier niemand: {named.words} lijkt een naam. "
                "Een vaste zin gaat naar iedereen."
            )
        return text


class SentenceFile(Strict):
    kind = one_of(KINDS, required=True)
    text = Sentence(required=True)


class FeedbackFile(Strict):
    sentences = row(part(SentenceFile), required=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def have_one_per_kind(self, data: dict[str, Any], **_kwargs: Any) -> None:
        kinds = [sentence["kind"] for sentence in data["sentences"]]
        for kind in KINDS:
            if kinds.count(kind) != 1:
                raise ma.ValidationError(
                    f"zet hier precies één zin voor {kind}; nu zijn het er {kinds.count(kind)}.",
                    "sentences",
                )

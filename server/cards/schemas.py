"""What may stand in the file of one card, and in the file with situations to practise with."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from server.cards.kinds import DESKS, EMBLEMS, GROUPS, NAMES, WEIGHTS, Sourced, references
from server.content.fields import Day, Strict, Switch, Text, Whole, like, one_of, part, row

LEAST_TOP, MOST_TOP = 5, 6
CHOICE_ID = r"[a-z]+(-[a-z]+)*"


class ChoiceFile(Strict):
    id = like(CHOICE_ID, "kies een id zoals leerplicht.", required=True)
    name = Text(required=True, longest=40)


class SignalFile(Sourced):
    id = like(r"[A-Z]{3}-\d{2}", "kies een id zoals BOA-05.", required=True)
    group = one_of(GROUPS, required=True)
    concept = Text(required=True)
    text = Text(required=True)
    weight = one_of(WEIGHTS, required=True)
    top = Switch(load_default=False)
    choices = references(least=1, required=False)
    could_be = Text()
    could_also_be = Text()
    caution = Text()
    alarm = Text()


class FormFile(Strict):
    wpg = Switch(required=True)
    names = one_of(NAMES, required=True)
    desk = one_of(DESKS, required=True)


class ConversationFile(Sourced):
    moment = Text(required=True)
    say = Text(required=True)
    ask = row(Text(), required=True, least=1)


class SharingFile(Sourced):
    id = Text(required=True, longest=40)
    question = Text()
    text = Text(required=True)


class ProtocolFile(Sourced):
    id = like(r"K-\d{2}", "kies een id zoals K-01.", required=True)
    name = Text(required=True, longest=60)
    text = Text(required=True)


class CardFile(Sourced):
    title = Text(required=True, longest=40)
    audience = Text(required=True, longest=80)
    emblem = one_of(EMBLEMS, required=True)
    version = Whole(1, 9999, required=True)
    public = Switch(load_default=False)
    reviewed_on = Day(required=True)
    review_by = Day(required=True)
    review_note = Text()
    # What a reader asks; it heads the page that everybody may read.
    headline = Text(longest=60)
    intro = Text(required=True)
    note = Text()
    tip = Text(required=True)
    choices = row(part(ChoiceFile), load_default=list)
    risk_factors = references()
    protective_factors = references()
    steps = row(Text(), required=True, least=1)
    conversation = part(ConversationFile, required=True)
    sharing = row(part(SharingFile), required=True)
    sharing_rules = references()
    do = references()
    dont = references()
    pitfalls = references()
    meldcode = Switch(load_default=False)
    protocols = row(part(ProtocolFile), load_default=list)
    afraid = references(least=1)
    figures = references()
    words = references()
    contacts = references(least=1)
    form = part(FormFile, required=True)
    signals = row(part(SignalFile), required=True, least=1)

    @ma.validates_schema(skip_on_field_errors=True)
    def choose_what_comes_first(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Every reader sees five or six signals first, also who chose a part of the card."""
        for choice in [one["id"] for one in data["choices"]] or [None]:
            top = sum(
                signal["top"] and (choice is None or choice in signal.get("choices", [choice]))
                for signal in data["signals"]
            )
            if not LEAST_TOP <= top <= MOST_TOP:
                who = f" voor {choice}" if choice else ""
                raise ma.ValidationError(
                    f"geef {LEAST_TOP} of {MOST_TOP} signalen{who} top = true; nu zijn het er "
                    f"{top}.",
                    "signals",
                )

    @ma.validates_schema(skip_on_field_errors=True)
    def review_after_the_last_review(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["review_by"] <= data["reviewed_on"]:
            raise ma.ValidationError("kies een datum na ‘reviewed_on’.", "review_by")


class AnswerFile(Strict):
    text = Text(required=True)
    right = Switch(required=True)
    explanation = Text(required=True)


class SituationFile(Sourced):
    id = like(r"OEF-[A-Z]{3}-\d{2}", "kies een id zoals OEF-BOA-01.", required=True)
    text = Text(required=True)
    question = Text(required=True)
    signals = references()
    choices = row(part(AnswerFile), required=True, least=2)

    @ma.validates_schema(skip_on_field_errors=True)
    def have_a_right_answer(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if not any(choice["right"] for choice in data["choices"]):
            raise ma.ValidationError("geef minstens één antwoord right = true.", "choices")


class PracticeFile(Strict):
    situations = row(part(SituationFile), required=True, least=5)

"""What may stand in the files of content/: one schema for every kind of file."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from server.content.fields import Day, Strict, Switch, Text, Whole, like, names, one_of, part, row

WEIGHTS = ("licht", "opvallend", "ernstig")
STATUSES = ("B", "V", "E")
GROUPS = (
    "gedrag",
    "geld-en-spullen",
    "contacten",
    "plek-en-tijd",
    "school-en-werk",
    "lichaam-en-veiligheid",
)
EMBLEMS = ("boa", "onderwijs", "sport", "jongerenwerk", "gemeente", "ouders", "jongeren")
DESKS = ("sociaal", "veiligheid")
NAMES = ("open", "behind_question")
LEVELS = ("red", "orange", "yellow", "green")
SURROUNDINGS = (
    "individu",
    "gezin",
    "vrienden",
    "school",
    "vrije tijd",
    "werk",
    "buurt",
    "online",
    "omgeving",
    "hulp",
)
ROLES = (
    "melder",
    "contactpersoon",
    "procesregisseur",
    "adviseur-oov",
    "kernteam",
    "projectleider",
    "bestuur",
    "beheerder",
)

TIME = r"([01]\d|2[0-3])\.[0-5]\d"
TIME_HINT = "schrijf een tijd zoals 08.30."


def _reference_list(least: int = 0) -> fields.List[Any]:
    return row(Text(longest=40), required=True, least=least)


class _Sourced(Strict):
    """Something that rests on a source, or says that it is a proposal of our own."""

    status = one_of(STATUSES, required=True)
    sources = _reference_list()

    @ma.validates_schema(skip_on_field_errors=True)
    def need_source(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["status"] != "E" and not data["sources"]:
            raise ma.ValidationError("noem minstens één bron, of kies status E.", "sources")


class SignalFile(_Sourced):
    id = like(r"[A-Z]{3}-\d{2}", "kies een id zoals BOA-05.", required=True)
    group = one_of(GROUPS, required=True)
    concept = Text(required=True)
    text = Text(required=True)
    weight = one_of(WEIGHTS, required=True)
    caution = Text()
    alarm = Text()


class FormFile(Strict):
    wpg = Switch(required=True)
    names = one_of(NAMES, required=True)
    desk = one_of(DESKS, required=True)


class CardFile(Strict):
    title = Text(required=True, longest=40)
    audience = Text(required=True, longest=80)
    emblem = one_of(EMBLEMS, required=True)
    version = Whole(1, 9999, required=True)
    reviewed_on = Day(required=True)
    review_note = Text()
    intro = Text(required=True)
    note = Text()
    tip = Text(required=True)
    sources = _reference_list()
    risk_factors = _reference_list()
    protective_factors = _reference_list()
    steps = row(Text(), required=True, least=1)
    do = _reference_list()
    dont = _reference_list()
    pitfalls = _reference_list()
    contacts = _reference_list(least=1)
    form = part(FormFile, required=True)
    signals = row(part(SignalFile), required=True, least=1)


class FactorFile(_Sourced):
    id = like(r"[RP]-\d{2}", "kies een id zoals R-05 of P-05.", required=True)
    level = one_of(SURROUNDINGS, required=True)
    text = Text(required=True)


class FactorsFile(Strict):
    risk_note = Text(required=True)
    risk = row(part(FactorFile), required=True)
    protective = row(part(FactorFile), required=True)


class SentenceFile(_Sourced):
    id = like(r"[HNV]-\d{2}", "kies een id zoals H-05, N-05 of V-05.", required=True)
    text = Text(required=True)


class LevelFile(_Sourced):
    name = Text(required=True, longest=20)
    title = Text(required=True, longest=40)
    when = Text(required=True, longest=60)
    text = Text(required=True)
    steps = row(Text(), required=True, least=1)
    contacts = _reference_list(least=1)


class LevelsFile(Strict):
    red = part(LevelFile, required=True)
    orange = part(LevelFile, required=True)
    yellow = part(LevelFile, required=True)
    green = part(LevelFile, required=True)


class AdviceFile(Strict):
    review_note = Text(required=True)
    levels = part(LevelsFile, required=True)
    cautions = names(Text(), required=True)
    do = row(part(SentenceFile), required=True)
    dont = row(part(SentenceFile), required=True)
    pitfalls = row(part(SentenceFile), required=True)


class SourceFile(Strict):
    title = Text(required=True)
    url = like(r"https?://\S+", "schrijf een adres dat met https:// begint.", longest=400)


class ContactFile(Strict):
    class Meta(Strict.Meta):
        # A word that Python keeps for itself cannot be an attribute.
        include = {"for": Text(required=True, longest=80)}  # noqa: RUF012

    id = like(r"[a-z]+(-[a-z]+)*", "kies een id zoals veilig-thuis.", required=True)
    name = Text(required=True, longest=60)
    number = like(
        r"algemeen|\d[\d -]*\d", "schrijf een nummer zoals 0900-8844, of ‘algemeen’.", longest=20
    )
    url = like(r"https://\S+", "schrijf een adres dat met https:// begint.")
    checked = Switch(required=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def need_a_way(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if "number" not in data and "url" not in data:
            raise ma.ValidationError("geef een number, een url of allebei.", "number")


class DeskHoursFile(Strict):
    class Meta(Strict.Meta):
        include = {"from": like(TIME, TIME_HINT, required=True)}  # noqa: RUF012

    text = Text(required=True, longest=80)
    days = row(Whole(1, 7), required=True, least=1)
    until = like(TIME, TIME_HINT, required=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def close_after_opening(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["until"] <= data["from"]:
            raise ma.ValidationError("kies een tijd na ‘from’.", "until")


class TermsFile(Strict):
    read_days = Whole(1, 60, required=True)
    answer_days = Whole(1, 60, required=True)


class GroundsFile(Strict):
    unused = Text(required=True)
    no_follow_up = Text(required=True)
    case = Text(required=True)
    audit = Text(required=True)
    session = Text(required=True)


class RetentionFile(Strict):
    # A key is destroyed on a day that no gemeente can move; nothing outside a case goes past it.
    unused_months = Whole(1, 18, required=True)
    no_follow_up_weeks = Whole(1, 26, required=True)
    case_months = Whole(1, 60, required=True)
    audit_months = Whole(6, 60, required=True)
    session_days = Whole(1, 90, required=True)
    grounds = part(GroundsFile, required=True)


class SwitchesFile(Strict):
    offline_recording = Switch(required=True)
    draft_hours = Whole(0, 168, required=True)


class GemeenteFile(Strict):
    name = Text(required=True, longest=60)
    code = like(r"GM\d{4}", "schrijf de CBS-code, zoals GM0267.", required=True)
    phone = like(r"\d[\d -]*\d", "schrijf een nummer zoals 033 - 247 22 22.", required=True)
    theme = like(r"[a-z]+(-[a-z]+)*", "kies een naam zoals ‘voorbeeld’.", required=True)
    open_cards = _reference_list()
    contacts = row(part(ContactFile), required=True, least=1)
    desk_hours = part(DeskHoursFile, required=True)
    terms = part(TermsFile, required=True)
    retention = part(RetentionFile, required=True)
    role_labels = part(
        Strict.from_dict({role: Text(required=True, longest=60) for role in ROLES}, name="Roles"),
        required=True,
    )
    group_labels = part(
        Strict.from_dict(
            {group: Text(required=True, longest=60) for group in GROUPS}, name="Groups"
        ),
        required=True,
    )
    switches = part(SwitchesFile, required=True)


# Two files whose keys are free: they hold a table of names.
SOURCES_FILE = names(part(SourceFile))
CONCEPTS_FILE = names(Text(longest=80))

"""What may stand in gemeente.toml: everything that is different elsewhere."""

from __future__ import annotations

import re
from typing import Any

import marshmallow as ma

from server.cards.kinds import GROUPS, ROLES, references
from server.cards.theme import ThemeFile
from server.content.fields import Day, Strict, Switch, Text, Whole, like, part, row

TIME = r"([01]\d|2[0-3])\.[0-5]\d"
TIME_HINT = "schrijf een tijd zoals 08.30."
MAIN_NUMBER = "algemeen"
# 112, 14 + area code, 0800 and 0900, and ten digits for the rest.
DUTCH_NUMBER = re.compile(r"112|140\d{2,3}|0[89]00(\d{4}|\d{7})|0[1-9]\d{8}")


class Number(Text):
    """A Dutch phone number as people write it; ``also`` is a word that stands for another one."""

    def __init__(self, *, also: str = "", **kwargs: Any) -> None:
        super().__init__(longest=20, **kwargs)
        self.also = also

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        digits = re.sub(r" - | |-", "", text)
        if (self.also and text == self.also) or DUTCH_NUMBER.fullmatch(digits):
            return text
        or_else = f", of ‘{self.also}’" if self.also else ""
        raise ma.ValidationError(f"schrijf een nummer zoals 0900-8844{or_else}.")


class ContactFile(Strict):
    class Meta(Strict.Meta):
        # A word that Python keeps for itself cannot be an attribute.
        include = {"for": Text(required=True, longest=80)}  # noqa: RUF012

    id = like(r"[a-z]+(-[a-z]+)*", "kies een id zoals veilig-thuis.", required=True)
    name = Text(required=True, longest=60)
    number = Number(also=MAIN_NUMBER)
    url = like(
        r"https://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", "schrijf een adres dat met https:// begint."
    )
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
    # Besides weekends and public holidays, such as the bridge day of this town hall.
    closed = row(Day(), load_default=list)

    @ma.validates_schema(skip_on_field_errors=True)
    def close_after_opening(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["until"] <= data["from"]:
            raise ma.ValidationError("kies een tijd na ‘from’.", "until")


class TermsFile(Strict):
    read_days = Whole(1, 60, required=True)
    answer_days = Whole(1, 60, required=True)
    # So many working days too late, and the other desk hears of it.
    escalate_days = Whole(1, 30, load_default=2)


class GroundsFile(Strict):
    unused = Text(required=True)
    no_follow_up = Text(required=True)
    case = Text(required=True)
    audit = Text(required=True)
    session = Text(required=True)
    account = Text(required=True)


class RetentionFile(Strict):
    # A key is destroyed on a day that no gemeente can move; nothing outside a case goes past it.
    unused_months = Whole(1, 18, required=True)
    no_follow_up_weeks = Whole(1, 26, required=True)
    case_months = Whole(1, 60, required=True)
    audit_months = Whole(6, 60, required=True)
    session_days = Whole(1, 90, required=True)
    account_months = Whole(1, 24, required=True)
    grounds = part(GroundsFile, required=True)


class CovenantFile(Strict):
    name = Text(required=True, longest=120)
    ends = Day(required=True)


class ReadingFile(Strict):
    openings_per_hour = Whole(5, 1000, required=True)
    openings_per_day = Whole(5, 5000, required=True)


class MeetingFile(Strict):
    # The weekday of the first one is the weekday of all.
    first = Day(required=True)
    every_weeks = Whole(1, 12, required=True)
    at = like(TIME, TIME_HINT, required=True)
    minutes = Whole(15, 480, required=True)
    place = Text(required=True, longest=100)


class SwitchesFile(Strict):
    offline_recording = Switch(required=True)
    draft_hours = Whole(0, 168, required=True)


class BundlesFile(Strict):
    suggestions = Switch(required=True)


class EventsFile(Strict):
    # The number under which the gemeente is known to other systems of the government.
    oin = like(r"\d{20}", "schrijf het OIN: 20 cijfers.", required=True)
    url = like(
        r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?(/\S*)?",
        "schrijf een adres dat met https:// begint.",
        required=True,
    )


class EmbedFile(Strict):
    sites = row(
        like(
            r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?",
            "schrijf alleen het adres van de site, zoals https://www.voorbeeldstad.nl.",
        ),
        required=True,
        least=1,
    )


class GemeenteFile(Strict):
    based_on = Text(longest=200)
    name = Text(required=True, longest=60)
    code = like(r"GM\d{4}", "schrijf de CBS-code: GM en vier cijfers.", required=True)
    phone = Number(required=True)
    theme = part(ThemeFile, required=True)
    open_cards = references()
    # Without it no other system is told anything.
    events = part(EventsFile)
    # Without it no other site shows a card inside its own page.
    embed = part(EmbedFile)
    contacts = row(part(ContactFile), required=True, least=1)
    desk_hours = part(DeskHoursFile, required=True)
    terms = part(TermsFile, required=True)
    retention = part(RetentionFile, required=True)
    reading = part(ReadingFile, required=True)
    # Without one, nobody from outside the gemeente works on a case.
    covenant = part(CovenantFile)
    # Without it no meeting plans itself.
    meeting = part(MeetingFile)
    # Without it suggestions are on.
    bundles = part(BundlesFile)
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

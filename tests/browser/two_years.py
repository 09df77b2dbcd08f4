"""The story of the week, quarter after quarter through the real services, on a clock of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import time_machine
from flask import Flask

from server.bundles import overlap
from server.db import db, new_id, now
from server.effect import survey
from server.keyring import ring
from server.notes import counting as note_counting
from server.notes import service as notes
from server.people.models import Session
from server.reports import counting, publishing
from server.retention import removal, warning
from server.workdays import local_day
from tests.browser.invented_week import CARDS, OVERLAPS, Seen, invent
from tests.browser.town_life import (
    ASKED_EVERY,
    CASE_TITLE,
    DECISION,
    deal_with,
    draw_network,
    plain_part,
    sealed_part,
)
from tests.cases.steps import confirm
from tests.factories import Phone as Reporter
from tests.factories import add_phone

# The first day of each quarter, and how much of the week of 120 observations happens in it.
QUARTERS = {
    date(2024, 10, 1): 60,
    date(2025, 1, 1): 55,
    date(2025, 4, 1): 70,
    date(2025, 7, 1): 60,
    date(2025, 10, 1): 75,
    date(2026, 1, 1): 70,
    date(2026, 4, 1): 95,
    date(2026, 7, 1): 120,
}
RISES_FROM = date(2026, 4, 1)
# What becomes more then.
RISING = ("BU02670102", "BOA-08")
NEWEST = "2026-Q3"
A_YEAR = ("2025-Q4", NEWEST)
# When somebody looks back: reporters are asked what they think in this month.
AFTER = datetime(2026, 11, 12, 8, tzinfo=UTC)
FOREVER = datetime(2040, 1, 1, tzinfo=UTC)
WEEKS = 13
# More happens in some buurten than in others, and in three of the wijken hardly anything.
AREAS = [
    *["BU02670101", "BU02670102", "BU02670103", "BU02670201", "BU02670301"] * 3,
    *["BU02670104", "BU02670107", "BU02670202", "BU02670203", "BU02670402", "BU02670501"],
]
# Of each so many reports one is answered late, and one never.
LATE_EVERY, NEVER_EVERY = 5, 17
REFERRED_EVERY = 8
RECEIVERS = (("jeugdhulp", "toestemming"), ("jeugdhulp", "toestemming"), ("halt", "convenant"))
# What is agreed for each case, and how it goes on until it closes.
AGREED = ("gesprek", "toezicht", "begeleiding")
PHASES = ("analysis", "decision", "action", "evaluation")
OUTCOMES = ("better", "better", "handed_over")
# Weeks in which nothing was deleted, because the clock was ill.
STANDSTILL = (date(2026, 2, 1), date(2026, 2, 20))
STORY = (
    "Een jongen had ineens dure schoenen en kwam later thuis. Een trainer zag dat hij schrok van "
    "elk berichtje, en belde de gemeente. Iemand ging met hem en zijn moeder praten. Nu werkt hij "
    "in het weekend in een winkel. Er was één gesprek voor nodig, en iemand die niet wegkeek."
)
# In a buurt and with a signal that nobody else has.
PLANTED = ("BU02670302", "SPO-05")
PLANTED_IN = date(2026, 8, 5)
ON_PAPER = {"v": 1, "what": "Elke avond staat er een auto.", "at": "", "persons": []}


@dataclass
class Waiting:
    """A report whose answer is due."""

    due: datetime
    observation: str
    turn: int
    desk: str


@dataclass
class TwoYears:
    """The people, what waits for them, and everything that came out of their two years."""

    app: Flask
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    reporters: list[Reporter] = field(default_factory=list)
    signals: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    cases: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)
    turn: int = 0

    def begin(self) -> None:
        """Let everybody in before the first day."""
        first = min(QUARTERS)
        with time_machine.travel(_moment(first) - timedelta(days=14), tick=False):
            ring().ensure(now())
            self.desk = add_phone(self.app, "procesregisseur", name="Samira Voorbeeld", card=None)
            self.safety = add_phone(self.app, "adviseur-oov", name="Mark Proefman", card=None)
            self.leader = add_phone(self.app, "projectleider", name="Petra Bedacht", card=None)
            self.keeper = add_phone(self.app, "beheerder", name="Bea Testers", card=None)
            for card, kind, name in CARDS:
                phone = add_phone(self.app, "melder", card=card, kind=kind, organisation=name)
                self.reporters.append(phone)
            for (card, *_where), phone in zip(CARDS, self.reporters, strict=True):
                if card not in self.signals:
                    cards = {one["id"]: one for one in phone.get("/cards").json["cards"]}
                    ids = [one["id"] for one in cards[card]["signals"]]
                    self.signals[card] = [one for one in ids if one != PLANTED[1]]
        db.session.execute(sa.update(Session).values(expires_at=FOREVER))
        db.session.commit()

    def live(self) -> None:
        """Live the week's story in each quarter, and let the clock do its work every week."""
        for number, (first, count) in enumerate(QUARTERS.items()):
            told = stretch(invent(AREAS, first, seed=2026 + number)[:count], first)
            overlapping: list[list[str]] = [[] for _ in OVERLAPS]
            for week in range(WEEKS):
                day = first + timedelta(days=7 * week)
                with time_machine.travel(_moment(day), tick=False) as traveller:
                    self.renew_keys()
                    for one in (one for at, one in told if at == week):
                        item = self.report(one)
                        if one.overlap is not None:
                            overlapping[one.overlap].append(item)
                    self.enter_call(day)
                    if day == PLANTED_IN:
                        self.plant()
                    traveller.shift(timedelta(days=self.chance.choice((1, 2, 4, 6)), hours=1))
                    self.answer_due()
                    self.work(week, overlapping)
                    self.ask_reporters(day)
                    traveller.shift(timedelta(hours=2))
                    self.tick(day)

    def look_back(self) -> None:
        """Publish what is over, write a story and the goals, and give a system a key."""
        day = max(QUARTERS) + timedelta(days=7 * WEEKS)
        while day < AFTER.date():
            with time_machine.travel(_moment(day), tick=False):
                ring().ensure(now())
                self.tick(day)
            day += timedelta(days=7)
        with time_machine.travel(AFTER, tick=False):
            ring().ensure(now())
            self.tick(AFTER.date())
            self.write_story()
            self.set_goals()
            confirm(self.keeper)
            key = {"name": "Dashboard van de gemeente", "ends_on": "2027-06-30"}
            self.ask(self.keeper, "POST", "/systems", key)

    def ask(self, who: Reporter, method: str, path: str, body: Any = None) -> Any:
        """Ask the API as somebody, and count what was done."""
        answer = who.client.open(f"/api/v1{path}", method=method, json=body)
        assert answer.status_code < 300, (method, path, answer.json)
        return answer.json if answer.data else None

    def ask_desk(self, method: str, path: str, body: Any = None) -> Any:
        return self.ask(self.desk, method, path, body)

    def ask_safety(self, method: str, path: str, body: Any = None) -> Any:
        return self.ask(self.safety, method, path, body)

    def count(self, what: str) -> None:
        self.counted[what] = self.counted.get(what, 0) + 1

    def renew_keys(self) -> None:
        """Have every phone seal to the key of this month, as it hears of it when it syncs."""
        ring().ensure(now())
        first = self.reporters[0]
        first.seal_key = None
        key = first.key()
        for phone in (*self.reporters, self.desk):
            phone.seal_key = key

    def report(self, seen: Seen) -> str:
        """Have a reporter send what was seen."""
        self.turn += 1
        card = CARDS[seen.reporter][0]
        known = self.signals[card]
        at = seen.overlap if seen.overlap is not None else self.turn
        signals = known[at % (len(known) - 2) :][:2]
        if card == "boa" and seen.day >= RISES_FROM and self.chance.random() < 0.5:
            seen, signals = replace(seen, area=RISING[0]), [RISING[1]]
        item = self.send(self.reporters[seen.reporter], seen, card, signals)
        self.wait_for_answer(item, seen)
        return item

    def send(self, phone: Reporter, seen: Seen, card: str, signals: list[str]) -> str:
        made_at = now().isoformat()
        plain = plain_part(seen, card, 1, signals)
        item = phone.observation(**plain, made_at=made_at, written=sealed_part(seen))
        outcome = phone.sync(item, signed_in=False).json["outcomes"][0]
        assert outcome["result"] == "stored", outcome
        self.count("meldingen")
        return str(item["id"])

    def wait_for_answer(self, item: str, seen: Seen) -> None:
        """Note when the desk will answer; what goes into a case is answered in time."""
        if seen.overlap is None and self.turn % NEVER_EVERY == 0:
            self.count("nooit beantwoord")
            return
        late = seen.overlap is None and self.turn % LATE_EVERY == 0
        self.count("laat beantwoord" if late else "op tijd beantwoord")
        due = now() + timedelta(days=28 if late else 0)
        # A case cannot close while the desk still has a question.
        asked = seen.overlap is not None and self.turn % ASKED_EVERY == 0
        self.waiting.append(Waiting(due, item, self.turn + asked, seen.desk))

    def answer_due(self) -> None:
        """Answer what is due, and tell who else must know."""
        due = [one for one in self.waiting if one.due <= now()]
        self.waiting = [one for one in self.waiting if one.due > now()]
        for one in due:
            ask = self.ask_safety if one.desk == "veiligheid" else self.ask_desk
            if one.turn % REFERRED_EVERY == 0:
                self.refer(ask, one)
            deal_with(ask, one.observation, one.turn)

    def refer(self, ask: Any, one: Waiting) -> None:
        """Bring somebody in."""
        path = f"/observations/{one.observation}"
        to, ground = RECEIVERS[one.turn // REFERRED_EVERY % len(RECEIVERS)]
        told = {"id": new_id(), "version": ask("GET", path)["version"], "shared": "Verzonnen."}
        ask("POST", f"{path}/referrals", {**told, "to": to, "ground": ground})
        self.count("doorverwezen")

    def enter_call(self, day: date) -> None:
        """Enter what somebody told the desk by phone."""
        seen = Seen(0, None, self.chance.choice(AREAS), day, "sociaal", ON_PAPER)
        item = new_id()
        entry = {
            "id": item,
            "made_at": now().isoformat(),
            "source": "phone",
            "reporter": False,
            **plain_part(seen, "boa", 1, self.signals["boa"][:1]),
            "sealed": self.desk.seal("observation", item, sealed_part(seen)),
        }
        self.ask_desk("POST", "/observations", entry)
        self.count("door het loket ingevoerd")

    def work(self, week: int, overlapping: list[list[str]]) -> None:
        """Bundle what is about the same, take it up in cases, and let those go on."""
        for case in list(self.cases):
            self.go_on_with(case)
        # The last that saw it did so two weeks after the first.
        number, rest = divmod(week - 2, 2)
        if rest or not 0 <= number < len(OVERLAPS) or len(overlapping[number]) < 2:
            return
        overlap.run()
        bundle = self.ask_desk("POST", "/bundles", {"observations": overlapping[number]})
        self.count("bundels")
        if number == len(OVERLAPS) - 1:
            for one in overlapping[number][1:]:
                self.ask_desk("DELETE", f"/bundles/{bundle['id']}/members/{one}")
            return
        kind = "place" if number == 1 else "youth"
        case = {"id": new_id(), "kind": kind, "title": CASE_TITLE, "bundle": bundle["id"]}
        self.begin_case(self.ask_desk("POST", "/cases", case)["id"], draws=number == 0)

    def begin_case(self, case: str, *, draws: bool) -> None:
        """Decide, agree on actions and, for some, draw what is around it."""
        self.cases[case] = 0
        self.count("casussen")
        decided = {"id": new_id(), "ground": "convenant", "text": DECISION}
        self.ask_desk("POST", f"/cases/{case}/decisions", decided)
        due = (local_day(now()) + timedelta(days=20)).isoformat()
        for kind in AGREED:
            action = {"id": new_id(), "kind": kind, "text": "Verzonnen", "case": case}
            self.ask_desk("POST", "/actions", {**action, "owner": self.desk.person, "due_on": due})
            self.count("acties")
        if draws:
            draw_network(self.ask_desk, case, local_day(now()))

    def go_on_with(self, case: str) -> None:
        """Move a case one phase on, every other week; after the last one it closes."""
        turn = self.cases[case]
        self.cases[case] += 1
        if turn % 2:
            return
        version = self.ask_desk("GET", f"/cases/{case}")["version"]
        if turn // 2 < len(PHASES):
            phase = {"version": version, "phase": PHASES[turn // 2]}
            self.ask_desk("POST", f"/cases/{case}/phases", phase)
            return
        outcome = OUTCOMES[len(self.cases) % len(OUTCOMES)]
        closing = {"version": version, "outcome": outcome, "text": "Weer op school."}
        self.ask_desk("POST", f"/cases/{case}/closings", closing)
        del self.cases[case]
        self.count("casussen gesloten")

    def plant(self) -> None:
        """Have one coach report once, in a buurt and with a signal that nobody else has."""
        number = next(at for at, (card, *_where) in enumerate(CARDS) if card == "sport")
        seen = invent(AREAS, local_day(now()))[0]
        seen = replace(seen, reporter=number, area=PLANTED[0], day=local_day(now()), desk="sociaal")
        item = self.send(self.reporters[number], seen, "sport", [PLANTED[1]])
        deal_with(self.ask_desk, item, 1)

    def ask_reporters(self, day: date) -> None:
        """Have reporters say in June and December what they think: more are content each time."""
        if day.month not in (6, 12) or day.day > 7:
            return
        half = f"{day.year}-H{1 if day.month == 6 else 2}"
        content = 12 + 5 * (2 * (day.year - 2024) + (day.month == 12))
        for number, phone in enumerate(self.reporters):
            said = "yes" if number < content else "partly" if number < 33 else "no"
            answers = {"knows": said, "dares": said, "hears": said, "helps": said}
            self.ask(phone, "POST", "/survey", {"half": half, "answers": answers})

    def tick(self, day: date) -> None:
        """Do what the clock of the app does."""
        counting.count_new()
        note_counting.count_new()
        if not STANDSTILL[0] <= day <= STANDSTILL[1]:
            warning.work_out_days()
            warning.warn()
            removal.remove_observations()
        publishing.publish_due()
        notes.make_due()
        survey.publish_due()

    def write_story(self) -> None:
        seen = ["Iemand"]  # a word of the story, and the first name of an invented reporter
        body = {"quarter": NEWEST, "version": 0, "text": STORY, "read_over": True, "seen": seen}
        self.ask(self.leader, "PUT", "/stories", body)

    def set_goals(self) -> None:
        """Say how goals are measured, where they began and how far they came."""
        for goal, measure, begun, values in (
            ("awareness", "Vragen aan melders", 35, (41, 56, 64)),
            ("willingness", "Vragen aan melders", 40, (43, 58, 61)),
            ("help_accepted", "Tellen bij jeugdhulp", 6, (7, 9, 14)),
        ):
            told = {"goal": goal, "measure": measure, "baseline": begun, "over": 80, "version": 0}
            self.ask(self.leader, "PUT", "/effect/goals", told)
            for half, value in zip(("2025-H1", "2025-H2", "2026-H1"), values, strict=True):
                found = {"goal": goal, "half": half, "value": value, "over": 80, "version": 0}
                self.ask(self.leader, "PUT", "/effect/values", found)


def stretch(week: list[Seen], first: date) -> list[tuple[int, Seen]]:
    """Spread a week over a quarter; who saw the same do so a week after each other."""
    return sorted(_weeks(week, first), key=lambda told: told[0])


def _weeks(week: list[Seen], first: date) -> Iterator[tuple[int, Seen]]:
    before: dict[int, int] = {}
    for turn, one in enumerate(week):
        at = turn * WEEKS // len(week)
        if one.overlap is not None:
            at = min(WEEKS - 1, 2 * one.overlap + before.get(one.overlap, 0))
            before[one.overlap] = before.get(one.overlap, 0) + 1
        yield at, replace(one, day=first + timedelta(days=7 * at))


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)

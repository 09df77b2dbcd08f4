"""Forty invented reporters and what they saw in a week: six things were seen by more than one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

REPORTERS = 40
OBSERVATIONS = 120
# How many reporters saw each of the six.
OVERLAPS = (3, 2, 3, 2, 2, 3)
# Who reports with which card, and where they work.
CARDS = (
    *[("boa", "gemeente", "Team toezicht Verzonnen")] * 14,
    *[("onderwijs", "school", "Verzonnen College")] * 12,
    *[("sport", "club", "VV Bedacht")] * 8,
    *[("jongerenwerk", "jongerenwerk", "Jongerenwerk Nepstad")] * 6,
)
NICKNAMES = ("Zwiep", "Fladdermuis", "Knoest", "Bramzijger", "Tuimel", "Oosterdop")
OTHERS = ("Grutje", "Wolkmans", "Pannekoek", "Hefboom", "Jolmer", "Dikkertje", "Sjaakbos", "Vonk")
SEEN = (
    "{wie} krijgt een tasje van iemand in een auto en loopt snel weg.",
    "{wie} staat elke avond bij de bankjes. Mensen komen en gaan.",
    "{wie} heeft ineens drie telefoons en een dure jas.",
    "{wie} wordt opgewacht door een man op een scooter.",
    "{wie} vraagt anderen om een bankpas te lenen.",
)
AGES = ("12_15", "16_17", "18_25")


@dataclass(frozen=True)
class Seen:
    """One observation before it is sealed; ``overlap`` is which of the six it is about, if any."""

    reporter: int
    overlap: int | None
    area: str
    day: date
    desk: str
    written: dict[str, Any]


def invent(areas: list[str], today: date, seed: int = 2026) -> list[Seen]:
    """Return what was seen, each reporter three times; the same seed gives the same week."""
    chance = Random(seed)
    free = [number for number in range(REPORTERS) for _ in range(OBSERVATIONS // REPORTERS)]
    chance.shuffle(free)
    week: list[Seen] = []
    places = chance.sample(areas, len(OVERLAPS))
    for number, size in enumerate(OVERLAPS):
        # Each of them saw it apart, on another day.
        for turn in range(size):
            known = {CARDS[one.reporter][0] for one in week if one.overlap == number}
            reporter = next(one for one in free if CARDS[one][0] not in known)
            free.remove(reporter)
            day = today - timedelta(days=1 + 3 * turn)
            written = _write(chance, NICKNAMES[number], number)
            week.append(Seen(reporter, number, places[number], day, "sociaal", written))
    for turn, reporter in enumerate(free):
        name = chance.choice(OTHERS) if turn % 7 == 0 else None
        week.append(
            Seen(
                reporter,
                None,
                chance.choice(areas),
                today - timedelta(days=chance.randrange(1, 7)),
                "veiligheid" if turn % 3 == 0 else "sociaal",
                _write(chance, name, turn),
            )
        )
    return week


def _write(chance: Random, name: str | None, turn: int) -> dict[str, Any]:
    text = SEEN[turn % len(SEEN)].format(wie=name or "Een jongen")
    person = {"name": name, "age": chance.choice(AGES), "description": "Rode fiets met krat"}
    return {
        "v": 1,
        "what": text,
        "where": "Bij de bankjes",
        "at": "",
        "persons": [person] if name else [],
        "answers": {"informed": "no", "without_name": not name, "call_back": False},
    }

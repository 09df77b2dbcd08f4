"""Every place in which something can count: one of them in each table, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from server import areas, cards
from server.cards.kinds import GROUPS
from server.cases.models import KINDS, OUTCOMES, PHASES, PILLARS
from server.people.models import ORGANISATION_KINDS

NONE, OTHER = "none", "other"
WEIGHTS = ("ernstig", "opvallend", "licht")
# How long an answer took, in working days: up to and including each of these, or longer.
DAYS = (2, 5, 10)
# What becomes of a bundle, and how it was found.
BECAME = ("case", "apart")
FOUND = ("suggested", "by_hand")
IN_TIME, LATE = "in_time", "late"
# Of an answer; ``in_time`` is of removing.
ON_TIME = "on_time"
# The reporter was owed an answer, and it was deleted before one came.
NEVER = "never"
# What is still there at the end of a quarter and should have been deleted (``retention.overdue``).
OVERDUE = ("observation", "case", "late_item")
# No organisation of a reporter: somebody called, wrote or came by, and the desk entered it.
ENTERED = "entered"

Path = tuple[str, ...]


def places(name: str) -> list[Path]:
    """Return every place of a table, whether anything counts there or not.

    A place that showed only when something counts there would tell that something does.
    """
    return _PLACES[name]()


def wholes_first(name: str) -> list[Path]:
    """Return every place with the wholes it is in, each whole ahead of its parts."""
    found = {path[:length]: None for path in places(name) for length in range(len(path) + 1)}
    first = {path: number for number, path in enumerate(found)}
    return sorted(found, key=lambda path: (first[path[:1]], len(path)))


def _organisations() -> list[Path]:
    return [*((kind,) for kind in ORGANISATION_KINDS), (ENTERED,), (OTHER,)]


def _cards() -> list[Path]:
    return [*((card,) for card in cards.library().cards), (OTHER,)]


def _areas() -> list[Path]:
    known = known_areas()
    wijken = sorted({district_of(code) for code in known})
    inside = [(district_of(code), code) for code in sorted(set(known) - set(wijken))]
    return [*inside, *((wijk, OTHER) for wijk in wijken), (NONE,), (OTHER,)]


def _signals() -> list[Path]:
    """Return each concept in each group that a card has it in."""
    signals = (one for card in cards.library().cards.values() for one in card["signals"])
    inside = sorted({(one["group"], one["concept"]) for one in signals})
    return [*inside, *((group, OTHER) for group in GROUPS), (NONE,), (OTHER,)]


def _answers() -> list[Path]:
    took = [*(str(days) for days in DAYS), "longer"]
    return [*((share, days) for share in (ON_TIME, LATE) for days in took), (NEVER,)]


def _referrals() -> list[Path]:
    return [*((one["id"],) for one in cards.library().referrals["to"]), (OTHER,)]


def _words(words: Iterable[str]) -> Callable[[], list[Path]]:
    return lambda: [(word,) for word in words]


_PLACES: Mapping[str, Callable[[], list[Path]]] = {
    "card": _cards,
    "organisation": _organisations,
    "area": _areas,
    "signal": _signals,
    "answer": _answers,
    "bundle": _words(FOUND),
    "became": _words(BECAME),
    "case": _words(KINDS),
    "phase": _words(PHASES[1:]),
    "outcome": _words(OUTCOMES),
    "action": _words(PILLARS),
    "referral": _referrals,
    "removal": _words((IN_TIME, LATE)),
    "overdue": _words(OVERDUE),
}


def of_area(code: str | None) -> Path:
    """Return the place of an area: its wijk, and in it its buurt."""
    if code is None:
        return (NONE,)
    code = areas.library().now.get(code, code)
    if code not in known_areas():
        return (OTHER,)
    district = district_of(code)
    return (district, code if code != district else OTHER)


def district_of(code: str) -> str:
    """Return the wijk of a buurt, or of itself; CBS writes the one within the other."""
    return f"WK{code[2:8]}"


def known_areas() -> dict[str, str]:
    """Return the name of every wijk and buurt there is now, by code."""
    about = [feature["properties"] for feature in areas.library().features]
    return {one["statcode"]: one["statnaam"] for one in about}


def of_signals(card: str, ids: Iterable[str]) -> Path:
    """Return the place of the most serious signal: its group, and in it its concept."""
    known = {one["id"]: one for one in cards.library().cards.get(card, {}).get("signals", ())}
    ticked = [known[one] for one in ids if one in known]
    if not ticked:
        return (NONE,)
    first = min(ticked, key=lambda one: WEIGHTS.index(one["weight"]))
    return (first["group"], first["concept"])


def current(path: Path) -> Path:
    """Return the place of an area as CBS calls it now.

    What went to another wijk stays where it was, or that wijk's parts would no longer add up.
    """
    now = areas.library().now
    found = tuple(now.get(step, step) for step in path)
    moved = len(found) > 1 and found != path and district_of(found[1]) != found[0]
    return path if moved else found


def fitting(known: Iterable[Path], path: Path) -> Path:
    """Return where something counts now that was counted in a place that may be no more."""
    there = set(known)
    path = current(path)
    if path in there:
        return path
    return (path[0], OTHER) if (path[0], OTHER) in there else (OTHER,)

"""What goes wrong, and when: all of it follows from the seed, so that a run can be repeated.

What each request of each phone runs into, what each phone does next and in what order the house is
disturbed is the same for the same seed. How the processes of the machine take turns is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

# On the wire, with how often each comes up beside the others.
WIRE = {
    "cut before the request": 6,
    "cut inside the request": 6,
    "cut after the request": 8,
    "half an answer": 8,
    "silence": 6,
    "delay": 6,
    "repeated": 8,
    "reordered": 6,
    "HTML with 200": 6,
    "JSON of somebody else": 5,
    "5xx": 7,
    "429": 5,
    "403 or 408": 5,
}
# Of so many requests that hand something in, one goes wrong; of the others fewer do.
HANDING_IN, ASKING = 0.6, 0.5

# In the house: how often each is done at full length, each group beside the others. What a kind
# counts is told in docs/faults.md.
PROCESSES = {"web killed": 240, "clock killed": 215}
DATABASE = {"database killed": 205}
PEOPLE = {
    "session ended": 220,
    "role changed": 212,
    "device wiped": 260,
}
KEYS = {"key rotated": 240, "key destroyed": 240}
WORLD = {"disk full": 80, "server's clock shifted": 215}
DISK = {"slow disk": 120}
# Where nothing else happens in the house, its disk is slow most of the time.
CALM = {"slow disk": 240}
BACKUP = {"backup restored": 8}
# On the phones themselves, counted where they happen.
PHONE = ("phone killed", "phone's clock shifted", "phone handed on", "two tabs and the worker")
PUSH = ("push refused", "push kept waiting")


@dataclass(frozen=True)
class Trouble:
    """One thing that goes wrong on the wire; ``choice`` settles what the kind leaves open."""

    kind: str
    choice: float
    passed_on: bool


def on_the_wire(seed: int, phone: str, number: int, *, hands_in: bool) -> Trouble | None:
    """Return what becomes of a phone's request of that number, or None when all goes well."""
    dice = Random(f"{seed}/wire/{phone}/{number}")
    if dice.random() >= (HANDING_IN if hands_in else ASKING):
        return None
    kind = dice.choices(list(WIRE), list(WIRE.values()))[0]
    return Trouble(kind, dice.random(), dice.random() < 0.5)


def in_the_house(seed: int, counts: dict[str, int], share: float) -> list[str]:
    """Return what happens in a part of the house, in order; ``share`` is of the full length."""
    happens = [kind for kind, count in counts.items() for _ in range(max(2, round(count * share)))]
    Random(f"{seed}/house/{'/'.join(counts)}").shuffle(happens)
    return happens


@dataclass(frozen=True)
class Step:
    """What a phone does next, after a pause in seconds."""

    does: str
    pause: float
    choice: float


STEPS = {
    "make": 30,
    "add": 8,
    "withdraw": 6,
    "sync": 34,
    "crowd": 7,
    "kill": 6,
    "shift": 6,
    "hand on": 16,
}


def on_a_phone(seed: int, phone: int, pause: float) -> Iterator[Step]:
    """Yield what a phone does, for ever."""
    dice = Random(f"{seed}/phone/{phone}")
    while True:
        does = dice.choices(list(STEPS), list(STEPS.values()))[0]
        yield Step(does, dice.uniform(0.3, 1.7) * pause, dice.random())

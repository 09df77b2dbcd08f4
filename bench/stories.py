"""Invents observations of which is known which belong together.

A story is one youth whom several people report on; most observations stand alone. What goes wrong
between life and report is done here without looking at what the server does about it: the rules of
``misspell`` come from how people write names they heard, not from ``server.bundles.spelling``.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(text.split())


# How many observations a story has, out of a hundred stories.
SIZES = {2: 40, 3: 30, 4: 15, 5: 10, 6: 5}
AGES = ("12_15", "16_17", "18_25", "unknown")
# Common and less common first names, the most common first; they are taken accordingly.
FIRST_NAMES = words(
    "Daan Sem Mohammed Noah Levi Finn Lucas Milan Luuk Jayden Mees Sam Youssef Bram Thijs Ali Tim "
    "Jesse Julian Ruben Amir Lars Stijn Adam Emma Julia Sara Tess Zoë Fatima Lotte Noor Eva Anna "
    "Kevin Dylan Rico Damian Jordy Ricardo Mick Niels Ibrahim Hamza Ilias Bilal Mehmet Emre Yusuf "
    "Jakub Kacper Oskar Dawid Tomasz Xavi Giovanni Romano Quincy Jermaine Delano Wesley Joey "
    "Maikel Sjoerd Jelle Wietse Gijs Teun Pieter Cornelis Hendrik Willem Robin Sven Mila Yara Lynn "
    "Femke Naomi Chantal Priscilla Aaliyah Nisa Elif Zeynep Samira Hanna"
)
SURNAMES = words(
    "Verzonnen Bedacht Voorbeeld Denkbeeld Proefman Testers Fantasia Nepstra Schijn Doenalsof "
    "Zogenaamd Fictief"
)
# Some nicknames are given to many; most are made of these, so that many differ in one letter.
COMMON_NICKNAMES = words("Rooie Smokey Lange Kleine Bolle Mo Prof Blacka Juice Flaco Dikke Tiny")
ONSETS = words("b d f g h j k l m n p r s t v w z bl br dr fl gr kl kr pr sj sl sm sn sp st tr zw")
VOWELS = words("a e i o u aa ee ie oe oo ij ei eu ui ou")
CODAS = words("k l m n p r s t ng nk ks ts mp rt ps f")
TAILS = ("", "", "", "o", "y", "ie", "er", "a")
NOBODY = ("onbekend", "?", "jongen", "weet ik niet", "NN", "meisje", "geen idee")
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
HEARD = (
    ("ij", "ei"), ("ei", "ij"), ("ou", "au"), ("au", "ou"), ("ie", "i"), ("ee", "e"), ("aa", "a"),
    ("oo", "o"), ("k", "c"), ("c", "k"), ("ck", "k"), ("ks", "x"), ("f", "v"), ("v", "f"),
    ("s", "z"), ("z", "s"), ("y", "ie"), ("ie", "y"), ("oe", "u"), ("j", "y"), ("ph", "f"),
    ("th", "t"), ("sj", "sh"), ("d", "t"), ("g", "ch"), ("i", "ie"), ("w", "v"), ("eu", "u"),
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """What stands in the content of a gemeente: cards, the concept of each signal, and areas."""

    cards: Mapping[str, Mapping[str, str]]
    areas: Sequence[str]


@dataclass(frozen=True)
class Wishes:
    """How much of what goes wrong."""

    observations: int = 2000
    stories: int = 300
    days: int = 365
    named: float = 1.0
    first_name: float = 0.25
    misspelt: float = 0.3
    wrong_area: float = 0.2
    no_area: float = 0.03


@dataclass
class Invented:
    """One observation; ``story`` is None where nobody else reported the same."""

    number: int
    story: int | None
    card: str
    signals: list[str]
    area: str | None
    day: date
    persons: list[dict[str, str]] = field(default_factory=list)


def invent(world: World, seed: int, wishes: Wishes | None = None) -> list[Invented]:
    """Return observations in the order in which they came in."""
    return _Inventor(world, random.Random(seed), wishes or Wishes()).invent()


def true_pairs(invented: Sequence[Invented]) -> set[tuple[int, int]]:
    """Return the pairs that belong together, as numbers, the lower first."""
    stories: dict[int, list[int]] = {}
    for one in invented:
        if one.story is not None:
            stories.setdefault(one.story, []).append(one.number)
    return {pair for numbers in stories.values() for pair in combinations(sorted(numbers), 2)}


class _Inventor:
    def __init__(self, world: World, rng: random.Random, wishes: Wishes) -> None:
        self.world, self.rng, self.wishes = world, rng, wishes
        # Most reports come from a few areas.
        self.crowds = [1 / (rank + 3) for rank in range(len(world.areas))]
        self.areas = rng.sample(list(world.areas), len(world.areas))

    def invent(self) -> list[Invented]:
        rng, made = self.rng, []
        sizes = rng.choices(list(SIZES), list(SIZES.values()), k=self.wishes.stories)
        for story, size in enumerate(sizes):
            made += self._story(story, size)
        while len(made) < self.wishes.observations:
            made += self._story(None, 1)
        made = sorted(made[: self.wishes.observations], key=lambda one: one.day)
        for number, one in enumerate(made):
            one.number = number
        return made

    def _story(self, story: int | None, size: int) -> list[Invented]:
        rng = self.rng
        name, area = self._name(), self._area()
        concepts = sorted({one for card in self.world.cards.values() for one in card.values()})
        theme = set(rng.sample(concepts, 8))
        span = rng.randint(7, 56)
        begin = rng.randrange(self.wishes.days - span)
        age = rng.choice(AGES[:3])
        return [
            self._observation(story, name, age, area, theme, begin + rng.randrange(span))
            for _ in range(size)
        ]

    def _observation(
        self, story: int | None, name: str, age: str, area: str, theme: set[str], day: int
    ) -> Invented:
        rng, wishes = self.rng, self.wishes
        card = rng.choice(sorted(self.world.cards))
        persons = []
        if rng.random() < wishes.named:
            persons.append(self._person(name, age))
        elif rng.random() < 0.3:
            persons.append({"name": rng.choice(NOBODY), "age": "unknown", "description": ""})
        if rng.random() < 0.2:
            persons.append(self._person(self._name(), rng.choice(AGES)))
        where: str | None = area
        if rng.random() < wishes.wrong_area:
            where = rng.choice([one for one in self.world.areas if one != area])
        if rng.random() < wishes.no_area:
            where = None
        first = date(2026, 1, 5)
        return Invented(
            0, story, card, self._signals(card, theme), where, first + timedelta(day), persons
        )

    def _signals(self, card: str, theme: set[str]) -> list[str]:
        """Return what somebody with this card ticks: mostly of the theme, as far as it is on it."""
        rng, signals = self.rng, self.world.cards[card]
        fitting = sorted(one for one, concept in signals.items() if concept in theme)
        chosen = []
        for _ in range(rng.choices((1, 2, 3, 4), (25, 40, 25, 10))[0]):
            pool = fitting if fitting and rng.random() < 0.65 else sorted(signals)
            chosen.append(rng.choice(pool))
        return sorted(set(chosen))

    def _person(self, name: str, age: str) -> dict[str, str]:
        rng = self.rng
        written = misspell(name, rng) if rng.random() < self.wishes.misspelt else name
        if rng.random() < 0.1:
            # Somebody has one surname, whoever writes it down.
            written = f"{written} {SURNAMES[sum(map(ord, name)) % len(SURNAMES)]}"
        elif rng.random() < 0.05:
            written = f"{rng.choice(('kleine', 'lange', 'grote'))} {written}"
        if rng.random() < 0.1:
            written = written.lower()
        known = age if rng.random() < 0.8 else rng.choice(AGES)
        return {"name": written, "age": known, "description": ""}

    def _name(self) -> str:
        rng = self.rng
        if rng.random() < self.wishes.first_name:
            return rng.choices(FIRST_NAMES, [1 / (rank + 5) for rank in range(len(FIRST_NAMES))])[0]
        if rng.random() < 0.05:
            return rng.choice(COMMON_NICKNAMES)
        return "".join(map(rng.choice, (ONSETS, VOWELS, CODAS, TAILS))).capitalize()

    def _area(self) -> str:
        return self.rng.choices(self.areas, self.crowds)[0]


def misspell(name: str, rng: random.Random) -> str:
    """Return a name as somebody writes it who heard it, or typed it in a hurry."""
    written = name
    for _ in range(1 if rng.random() < 0.85 else 2):
        if len(written) < 2:
            written += written
        written = rng.choice((_mishear, _mishear, _double, _drop, _swap, _slip, _cut))(written, rng)
    return written.capitalize()


def _mishear(name: str, rng: random.Random) -> str:
    plain = name.lower()
    fitting = [(heard, spelt) for heard, spelt in HEARD if heard in plain]
    if not fitting:
        return _slip(name, rng)
    heard, spelt = rng.choice(fitting)
    return plain.replace(heard, spelt, 1)


def _double(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name))
    return name[:at] + name[at] + name[at:]


def _drop(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name))
    return name[:at] + name[at + 1 :]


def _swap(name: str, rng: random.Random) -> str:
    at = rng.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _slip(name: str, rng: random.Random) -> str:
    """Hit the key beside it."""
    at = rng.randrange(len(name))
    letter = name[at].lower()
    row = next((keys for keys in KEYS if letter in keys), KEYS[0])
    place = row.find(letter)
    beside = [row[near] for near in (place - 1, place + 1) if 0 <= near < len(row)]
    return name[:at] + rng.choice(beside) + name[at + 1 :]


def _cut(name: str, rng: random.Random) -> str:
    """Call somebody shorter, or longer."""
    if len(name) > 5 and rng.random() < 0.5:
        return name[:-2]
    return name + rng.choice(("ie", "tje", "o", "y", "ke"))


def written(one: Invented) -> dict[str, Any]:
    """Return what is sealed of it."""
    return {
        "v": 1,
        "what": "Iemand in een grijze auto gaf hem een tasje.",
        "where": "",
        "at": f"{one.day.isoformat()}T21:42",
        "persons": one.persons,
        "answers": {"informed": "no", "without_name": False, "call_back": False},
    }

"""Whether what was written may be somebody's name, however it was spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"\w+(?:['’]\w+)*")
# Letters that no accent can be taken from.
OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# They belong to a name, but nobody is recognised by them when they are written small.
PARTICLES = {
    *("van", "de", "der", "den", "het", "ten", "ter", "te", "la", "le", "du", "dos", "da", "di"),
    *("el", "al", "ben", "bin", "ibn", "en"),
}
# What sounds the same is written in more than one way; the first that fits counts.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ij|ei|ey|y", "i"),
        (r"ouw|auw|au|ou|oe", "u"),
        (r"ie|ee", "i"),
        (r"ph|v", "f"),
        (r"sch|sj|sh", "s"),
        (r"ch|gh", "g"),
        (r"th|dt|d$", "t"),
        (r"ck|qu|q", "k"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"dj", "j"),
        (r"(?<=\w)j", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=\w{3})e$", ""),
    )
)
# In this order: the whole name as written, the whole name in another spelling, some words of it.
STRENGTHS = ("same", "alike", "part")
# Which name, which word of it, and whether it was written the same.
Place = tuple[int, int, bool]


def fold(word: str) -> str:
    """Return a word without the differences that people do not hear or see."""
    plain = unicodedata.normalize("NFKD", word).casefold().translate(OTHER_LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())


def sound_of(plain: str) -> str:
    """Return roughly how a folded word is said in Dutch."""
    for pattern, sound in SOUNDS:
        plain = pattern.sub(sound, plain)
    return plain


class Name:
    """Somebody's names, each one whole: a full name, and perhaps a nickname.

    What was worked out for a word is kept as long as this object lives, and no longer.
    """

    def __init__(self, *names: str) -> None:
        self._names = [parts for name in names if (parts := _parts(name))]
        self._seen: dict[tuple[str, bool], frozenset[Place]] = {}

    def strength(self, text: str, *, is_name: bool = False) -> str | None:
        """Return how well a text holds the name, as one of ``STRENGTHS``, or None.

        ``is_name`` says that the text is a name itself; elsewhere a word that only resembles one
        must have a capital.
        """
        found: set[Place] = set()
        for written in WORD.findall(text):
            found |= self._places(written, is_name)
        strengths = [self._whole(index, found) for index in range(len(self._names))]
        return min(filter(None, strengths), key=STRENGTHS.index, default=None)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where in a text a word of the name stands."""
        return [word.span() for word in WORD.finditer(text) if self._places(word.group(), False)]

    def __bool__(self) -> bool:
        return bool(self._names)

    def _whole(self, index: int, found: set[Place]) -> str | None:
        here = {(part, exact) for name, part, exact in found if name == index}
        if not here:
            return None
        there = {part for part, _ in here}
        if len(there) < len(self._names[index]):
            return "part"
        return "same" if all((part, True) in here for part in there) else "alike"

    def _places(self, written: str, is_name: bool) -> frozenset[Place]:
        key = (written, is_name)
        if key not in self._seen:
            loose = is_name or written[0].isupper()
            self._seen[key] = frozenset(self._find(fold(written), loose))
        return self._seen[key]

    def _find(self, plain: str, loose: bool) -> Iterator[Place]:
        sound = sound_of(plain)
        for name, parts in enumerate(self._names):
            for index, part in enumerate(parts):
                if plain == part.plain:
                    yield name, index, True
                elif is_like(sound, part.sound, loose=loose):
                    yield name, index, False


@dataclass(frozen=True)
class _Part:
    plain: str
    sound: str


def _parts(name: str) -> list[_Part]:
    written = WORD.findall(name)
    proper = [word for word in written if word not in PARTICLES] or written
    return [_Part(word, sound_of(word)) for word in dict.fromkeys(map(fold, proper)) if word]


def is_like(one: str, other: str, *, loose: bool = True) -> bool:
    """Say whether two sounds may be one name: equal, or with so few faults as the length allows."""
    shortest = min(len(one), len(other))
    if shortest < 3:
        return False
    if one == other:
        return True
    most = 0 if shortest < 4 else 1 if shortest < 8 else 2
    return loose and abs(len(one) - len(other)) <= most and _faults(one, other) <= most


def _faults(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many, or changed places with the next.

    Source: optimal string alignment, after Damerau (1964).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, there in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and (letter, there) == (other[j - 2], one[i - 2]):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]

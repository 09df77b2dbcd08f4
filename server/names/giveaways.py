"""What in a text may tell who it is about: names, addresses, days, ages, numbers.

It is a help for who reads a text over, and proves nothing: nobody is safe because no rule fits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from server.names.likeness import PARTICLES, WORD, fold

NAMES = Path(__file__).resolve().parent / "names.txt"
KINDS = ("name", "organisation", "address", "day", "age", "number")

# A capital after the first word: in Dutch that is a name, or a letter word.
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]*")
BEGINS = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'“”‘’(•*-]*$")
LETTER_WORD = re.compile(r"[A-Z]{2,5}")

MONTH = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "jan|feb|mrt|apr|aug|sept?|okt|nov|dec"
)
WEEKDAY = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
STREET = "straat|laan|weg|plein|hof|steeg|kade|dijk|pad|singel|plantsoen|gracht|dreef|erf|park"
AGES = (
    "acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|"
    "twintig|eenentwintig|tweeëntwintig|drieëntwintig"
)
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w)@\w{2,}")),
    ("number", re.compile(r"(?<![\w-])(?:\+31|0031|0)[\s-]?[1-9](?:[\s-]?\d){7,8}(?!\d)")),
    # A number plate has letters and digits.
    ("number", re.compile(
        r"\b(?=[A-Za-z\d-]*\d)(?=[A-Za-z\d-]*[A-Za-z])[A-Za-z\d]{1,3}-[A-Za-z\d]{2,3}-[A-Za-z\d]{1,2}\b"
    )),
    ("address", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")),
    ("address", re.compile(rf"\b[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*(?:{STREET})\b(?: \d+\w?)?")),
    ("address", re.compile(rf"\b\w{{2,}}(?:{STREET}) \d+\w?\b", re.I)),
    ("day", re.compile(rf"\b\d{{1,2}}(?:e|ste|de)? (?:{MONTH})\b(?: \d{{4}})?", re.I)),
    ("day", re.compile(r"\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b")),
    ("day", re.compile(rf"\b(?:afgelopen|vorige|laatste|op) (?:{WEEKDAY})(?:\w+)?\b", re.I)),
    ("day", re.compile(r"\b\d{1,2}[.:]\d{2} uur\b", re.I)),
    ("age", re.compile(r"\b(?:klas|groep|brugklas) ?\d\w?\b", re.I)),
    ("age", re.compile(r"\b(?:vmbo|mavo|havo|vwo|mbo)[ -]?\d\b", re.I)),
)  # fmt: skip
AGE = re.compile(rf"\b(?:\d{{1,2}}|{AGES})[ -]?(?:jarigen?|jaar)\b", re.I)
# An age says who it is about once it stands beside where somebody goes.
GOES_TO = re.compile(
    r"\b\w*(?:school|college|lyceum|klas|club|vereniging|team|trainer|leraar|mentor)\w*\b", re.I
)


@dataclass(frozen=True, order=True)
class Giveaway:
    """Words of a text that may tell who it is about, and where they stand."""

    start: int
    end: int
    kind: str
    words: str


def find(
    text: str,
    *,
    people: Iterable[str] = (),
    organisations: Iterable[str] = (),
    known: Collection[str] = (),
) -> list[Giveaway]:
    """Return what may tell who a text is about, in the order of the text.

    ``people`` are names of people who take part here, ``organisations`` where they work; ``known``
    are words with a capital that tell nothing, such as the name of the gemeente.
    """
    found = [
        *_patterns(text),
        *_named(text, organisations),
        *_people(text, people),
        *(one for one in capitals(text) if not LETTER_WORD.fullmatch(one.words)),
    ]
    harmless = {fold(word) for name in known for word in WORD.findall(name)}
    told = [one for one in found if one.kind != "name" or fold(one.words) not in harmless]
    return _apart(told)


def capitals(text: str) -> Iterator[Giveaway]:
    """Find the words with a capital that do not begin a sentence."""
    for word in CAPITAL.finditer(text):
        before = text[: word.start()]
        if (before[-1:].isspace() or not before[-1:].isalnum()) and not BEGINS.search(before):
            yield Giveaway(word.start(), word.end(), "name", word.group())


def _patterns(text: str) -> Iterator[Giveaway]:
    for kind, pattern in PATTERNS:
        for hit in pattern.finditer(text):
            yield Giveaway(hit.start(), hit.end(), kind, hit.group())
    if GOES_TO.search(text):
        for hit in AGE.finditer(text):
            yield Giveaway(hit.start(), hit.end(), "age", hit.group())


def _named(text: str, organisations: Iterable[str]) -> Iterator[Giveaway]:
    for name in organisations:
        for hit in re.finditer(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.I):
            if hit.group():
                yield Giveaway(hit.start(), hit.end(), "organisation", hit.group())


def _people(text: str, people: Iterable[str]) -> Iterator[Giveaway]:
    usual, with_capital = _usual()
    here = {
        folded
        for name in people
        for at, word in enumerate(WORD.findall(name))
        if len(folded := fold(word)) > (2 if at else 1) and folded not in PARTICLES
    }
    for word in WORD.finditer(text):
        # "Samira’s" is Samira.
        written = re.split("['’]", word.group())[0]
        folded = fold(written)
        known = folded in usual or (
            written[:1].isupper() and (folded in with_capital or folded in here)
        )
        if known:
            yield Giveaway(word.start(), word.start() + len(written), "name", written)


@lru_cache(maxsize=1)
def _usual() -> tuple[frozenset[str], frozenset[str]]:
    """Return the usual names, and those that only count with a capital."""
    lines = NAMES.read_text("utf-8").splitlines()
    names = " ".join(line for line in lines if not line.startswith("#")).split()
    # Two letters are a word as often as a name.
    plain = {fold(name) for name in names if not name.endswith("*") and len(name) > 2}
    return frozenset(plain), frozenset(fold(name.strip("*")) for name in names)


def _apart(found: list[Giveaway]) -> list[Giveaway]:
    """Return what was found without what lies inside something else; the longest stays."""
    kept: list[Giveaway] = []
    for one in sorted(set(found), key=lambda one: (one.start, one.start - one.end, one.kind)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept

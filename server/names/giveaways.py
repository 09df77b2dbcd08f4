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
BEGINNINGS = NAMES.with_name("beginnings.txt")
KINDS = ("name", "organisation", "address", "day", "age", "number")

# A capital after the first word: in Dutch that is a name, or a letter word.
CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’-]*")
BEGINS = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'“”‘’(•*-]*$")
PARTS = re.compile(r", | en |/| \(tot ")
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
SPAN = "geleden|later|jonger|ouder|lang|terug"
YOUTH = "jongen|meisje|kind|jongere|leerling|zoon|dochter|broer|broertje|zus|zusje|neef|nicht"
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
    # What is so many years ago or older is no age.
    ("age", re.compile(
        rf"\b(?:\d{{1,2}}|{AGES})(?:[ -]?jarigen?|[ -]?jaar(?! (?:{SPAN})))\b", re.I
    )),
    ("age", re.compile(rf"\b(?:{YOUTH}) van (?:\d{{1,2}}|{AGES})\b(?! jaar)", re.I)),
    ("age", re.compile(r"\b(?:klas|groep|brugklas) ?\d\w?\b", re.I)),
    ("age", re.compile(r"\b(?:vmbo|mavo|havo|vwo|mbo)[ -]?\d\b", re.I)),
)  # fmt: skip


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
    areas: Iterable[str] = (),
    known: Collection[str] = (),
) -> list[Giveaway]:
    """Return what may tell who a text is about, in the order of the text.

    ``people`` are names of people who take part here, ``organisations`` where they work, ``areas``
    what wijken and buurten are called; ``known`` are words with a capital that tell nothing, such
    as the name of the gemeente.
    """
    harmless = {fold(word) for name in known for word in WORD.findall(name)}
    # CBS calls one area after several: each of them tells where it was.
    parts = {part.strip() for name in areas for part in PARTS.split(name)}
    found = [
        *_patterns(text),
        *_named(text, organisations, "organisation"),
        *_named(text, (part for part in parts if fold(part) not in harmless), "address"),
        *_people(text, people),
        *(
            one
            for one in (*capitals(text), *_beginnings(text))
            if not LETTER_WORD.fullmatch(one.words)
        ),
    ]
    told = [one for one in found if one.kind != "name" or fold(one.words) not in harmless]
    return _apart(told)


def capitals(text: str) -> Iterator[Giveaway]:
    """Find the words with a capital that do not begin a sentence."""
    for word in CAPITAL.finditer(text):
        before = text[: word.start()]
        if (before[-1:].isspace() or not before[-1:].isalnum()) and not BEGINS.search(before):
            yield Giveaway(word.start(), word.end(), "name", word.group())


def _beginnings(text: str) -> Iterator[Giveaway]:
    """Find the words that begin a sentence and are no ordinary word, here or in the same text."""
    ordinary = _ordinary() | {fold(word) for word in WORD.findall(text) if word[0].islower()}
    for word in CAPITAL.finditer(text):
        before = text[: word.start()]
        if not before[-1:].isalnum() and BEGINS.search(before):
            written = re.split("['’]s?\\b", word.group())[0]
            if not {fold(written), fold(word.group())} & ordinary:
                yield Giveaway(word.start(), word.start() + len(written), "name", written)


def _patterns(text: str) -> Iterator[Giveaway]:
    for kind, pattern in PATTERNS:
        for hit in pattern.finditer(text):
            yield Giveaway(hit.start(), hit.end(), kind, hit.group())


def _named(text: str, names: Iterable[str], kind: str) -> Iterator[Giveaway]:
    for name in names:
        for hit in re.finditer(rf"(?<!\w){re.escape(name.strip())}(?!\w)", text, re.I):
            if hit.group():
                yield Giveaway(hit.start(), hit.end(), kind, hit.group())


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
    names = _words_of(NAMES)
    # Two letters are a word as often as a name.
    plain = {fold(name) for name in names if not name.endswith("*") and len(name) > 2}
    return frozenset(plain), frozenset(fold(name.strip("*")) for name in names)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Return the ordinary words that a sentence begins with."""
    return frozenset(fold(word) for word in _words_of(BEGINNINGS))


def _words_of(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return " ".join(line for line in lines if not line.startswith("#")).split()


def _apart(found: list[Giveaway]) -> list[Giveaway]:
    """Return what was found without what lies inside something else; the longest stays."""
    kept: list[Giveaway] = []
    for one in sorted(set(found), key=lambda one: (one.start, one.start - one.end, one.kind)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept

"""Everything an editor should know before publishing: faults, hard sentences, spelling, dates."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from server import cards
from server.cards import service
from server.cards.models import Tables
from server.content.folders import SETTINGS, Folder
from server.editing.changes import moved_concepts
from server.editing.passages import Passage, passages, with_line
from server.editing.readable import (
    LEAST_EASE,
    LONGEST_MEAN,
    faults_in,
    mean_length,
    reading_ease,
    sentences,
)
from server.editing.spelling import OWN_WORDS, unknown_words

TAG = re.compile(r"</?[a-zA-Z][^>]*>|&[a-z]+;")
# A mean over fewer sentences says nothing.
LEAST_SENTENCES = 10
NO_DICTIONARY = (
    "Let op: de spelling is niet gecontroleerd. Op deze computer staat geen hunspell met "
    "Nederlandse woordenlijst (hunspell-nl)."
)


def check(root: Path, today: date) -> tuple[list[str], list[str]]:
    """Return the faults of a folder of content, and notes that stop nobody."""
    faults = cards.check(root)
    if faults:
        return [with_line(root, fault) for fault in faults], []
    found: list[str] = []
    tables = service.read(root, found)
    found = [*_overdue(tables, today), *_other_meaning(tables)]
    found = [with_line(root, fault) for fault in found]
    texts = list(passages(root))
    found.extend(_hard_to_read(texts))
    found.extend(_markup(texts))
    notes = _untried(tables)
    misspelled = _misspelled(root, texts)
    if misspelled is None:
        return found, [*notes, NO_DICTIONARY]
    return found + misspelled, notes


def _untried(tables: Tables) -> list[str]:
    contacts = tables.file(SETTINGS)["contacts"]
    names = [contact["name"] for contact in contacts if not contact["checked"]]
    if not names:
        return []
    sentence = (
        f"Let op: deze contacten heeft nog niemand geprobeerd: {'; '.join(names)}. "
        "Bel of open ze, en zet dan checked = true in gemeente.toml."
    )
    return [sentence]


def _overdue(tables: Tables, today: date) -> list[str]:
    return [
        f"{tables.places[f'signaalkaarten/{name}.toml']}, review_by: de kaart moest vóór "
        f"{card['review_by']} opnieuw zijn bekeken. Doe dat en zet reviewed_on en review_by."
        for name, card in tables.cards.items()
        if date.fromisoformat(card["review_by"]) < today
    ]


def _other_meaning(tables: Tables) -> list[str]:
    found = []
    for name, signal, was, now in moved_concepts(tables):
        number = [row["id"] for row in tables.cards[name]["signals"]].index(signal)
        found.append(
            f"{tables.places[f'signaalkaarten/{name}.toml']}, signals[{number}].concept: "
            f"{signal} was {was} en is nu {now}. Is het iets anders? Kies dan een nieuw id."
        )
    return found


def _hard_to_read(texts: list[Passage]) -> list[str]:
    said = [text for text in texts if text.is_sentence]
    found = [_at(text, fault) for text in said for fault in faults_in(text.text)]
    files: dict[str, list[str]] = defaultdict(list)
    for text in said:
        files[text.place].append(text.text)
    for place, read in files.items():
        if sum(len(sentences(text)) for text in read) < LEAST_SENTENCES:
            continue
        mean, ease = mean_length(read), reading_ease(read)
        if mean > LONGEST_MEAN:
            found.append(
                f"{place}: een zin heeft gemiddeld {_comma(mean)} woorden. "
                f"Blijf onder {_comma(LONGEST_MEAN)}."
            )
        if ease < LEAST_EASE:
            found.append(
                f"{place}: de leesbaarheid (Flesch-Douma) is {_comma(ease)}. "
                f"Kies kortere woorden, tot minstens {_comma(LEAST_EASE)}."
            )
    return found


def _markup(texts: list[Passage]) -> list[str]:
    return [
        _at(text, f"lezers zien de tekens ‘{tag}’ letterlijk. Schrijf gewone tekst.")
        for text in texts
        for tag in TAG.findall(text.text)
    ]


def _misspelled(root: Path, texts: list[Passage]) -> list[str] | None:
    own_words = Folder.at(root, []).find(OWN_WORDS)[1]
    unknown = unknown_words((text.text for text in texts), own_words)
    if unknown is None:
        return None
    found = []
    for word in sorted(unknown):
        whole = re.compile(
            rf"(?<!\w){re.escape(word).replace(chr(39), '[’' + chr(39) + ']')}(?!\w)"
        )
        # A word that stands in many places is told once.
        first = next((text for text in texts if whole.search(text.text)), None)
        sentence = f"‘{word}’ staat niet in de woordenlijst. Klopt het? Zet het in {OWN_WORDS}."
        found.append(_at(first, sentence) if first else f"{root.name}: {sentence}")
    return found


def _at(text: Passage, sentence: str) -> str:
    return f"{text.place}, regel {text.line}, {text.path}: {sentence}"


def _comma(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")

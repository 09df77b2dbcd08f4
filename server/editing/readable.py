"""Signs that a text is hard to read: long sentences, long words, and the language of officials.

They point at what to read again; whether it is B1 only a reader can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_SENTENCE = 15
LONGEST_MEAN = 10.0
LEAST_EASE = 60.0
# A quotation closes after its full stop.
SENTENCE_END = re.compile(r"(?:(?<=[.?!…])|(?<=[.?!…][’”)]))\s+")
WORD = re.compile(r"[^\W_](?:[\w’'.,-]*[^\W_])?")
# Two vowels that make one sound; any other two next to each other are two syllables.
VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|ie|oo|uu|eu|oe|ou|au|ei|ij|ui|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.I
)
# What an official writes, and what a reader says.
OFFICIALESE = {
    "aangaande": "over",
    "alsmede": "en",
    "alvorens": "voordat",
    "betreffende": "over",
    "casuïstiek": "verhalen uit de praktijk",
    "conform": "volgens",
    "derhalve": "dus",
    "desbetreffende": "deze",
    "dienen": "moeten",
    "dient": "moet",
    "diverse": "verschillende",
    "eveneens": "ook",
    "geschieden": "gebeuren",
    "geschiedt": "gebeurt",
    "hetgeen": "wat",
    "hieromtrent": "hierover",
    "implementeren": "invoeren",
    "inclusief": "met",
    "indien": "als",
    "indicator": "signaal",
    "indicatoren": "signalen",
    "initiëren": "beginnen",
    "inzake": "over",
    "jegens": "tegen",
    "middels": "met",
    "mits": "als",
    "momenteel": "nu",
    "multidisciplinair": "samen",
    "omtrent": "over",
    "onderhavige": "deze",
    "reeds": "al",
    "respectievelijk": "en",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "trachten": "proberen",
    "verstrekken": "geven",
    "vigerende": "geldende",
    "voornoemde": "deze",
    "wederom": "weer",
    "wijziging": "verandering",
    "zodoende": "zo",
    "zulks": "dat",
}


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in SENTENCE_END.split(text.strip()) if WORD.search(part)]


def words(text: str) -> list[str]:
    """Return the words of a text, numbers included."""
    return WORD.findall(text)


def syllables(word: str) -> int:
    """Return about how many syllables a Dutch word has; a number counts as one."""
    return max(1, len(VOWELS.findall(word)))


def mean_length(texts: Iterable[str]) -> float:
    """Return how many words a sentence has on average."""
    lengths = [len(words(sentence)) for text in texts for sentence in sentences(text)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def reading_ease(texts: Iterable[str]) -> float:
    """Return the Flesch-Douma score: Flesch's formula with Douma's figures for Dutch (1960)."""
    said = [sentence for text in texts for sentence in sentences(text)]
    counted = [word for sentence in said for word in words(sentence)]
    if not counted:
        return 100.0
    per_word = sum(syllables(word) for word in counted) / len(counted)
    return 206.835 - 77.0 * per_word - 0.93 * len(counted) / len(said)


def faults_in(text: str) -> list[str]:
    """Return a Dutch sentence for everything in a text that makes it hard to read."""
    found = []
    for sentence in sentences(text):
        length = len(words(sentence))
        if length > LONGEST_SENTENCE:
            begin = " ".join(sentence.split()[:4])
            found.append(
                f"deze zin heeft {length} woorden, kies er hoogstens {LONGEST_SENTENCE}: "
                f"‘{begin} …’."
            )
    for word in words(text):
        better = OFFICIALESE.get(word.lower())
        if better:
            found.append(f"‘{word}’ is ambtelijke taal. Schrijf liever ‘{better}’.")
    return found

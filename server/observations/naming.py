"""Does a text for the reporter name somebody the reporter wrote down?"""

from __future__ import annotations

import re
import unicodedata

from server import audit
from server.errors import fault
from server.keyring import KeyDestroyed, UnknownKey, ring
from server.observations.models import Observation
from server.sealing import SealError


def check_names(observation: Observation, text: str) -> None:
    """Refuse a text that holds a name the reporter wrote down; the system opens the seal for it."""
    audit.log(None, "open", "observation", observation.id, purpose="feedback_check")
    said = _words(text)
    if any(_is_named(name, said) for name in _names(observation)):
        sentence = "In deze zin staat een naam uit de melding. Haal die weg."
        raise fault("text", sentence, code="names_somebody")


def _is_named(name: str, said: list[str]) -> bool:
    """Say whether a proper word of the name, or else the whole name, stands in what was said."""
    proper = [word for word in re.findall(r"\w+", name) if word[0].isupper() and len(word) > 2]
    if proper:
        return any(part in said for word in proper for part in _words(word))
    whole = _words(name)
    starts = range(len(said) - len(whole) + 1)
    return bool(whole) and any(said[at : at + len(whole)] == whole for at in starts)


def _names(observation: Observation) -> list[str]:
    try:
        opened = ring().open(
            observation.sealed, "observation", observation.id, observation.author_id
        )
    except (UnknownKey, KeyDestroyed, SealError):
        return []
    persons = opened.get("persons")
    if not isinstance(persons, list):
        return []
    return [
        str(person.get("name"))
        for person in persons
        if isinstance(person, dict) and person.get("name")
    ]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))

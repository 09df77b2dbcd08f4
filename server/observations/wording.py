"""The texts of signals and factors as they stood on the card when somebody reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server import cards
from server.observations.models import Observation

COULD_BE, COULD_ALSO_BE = "kan dit zijn", "kan het ook zijn"


def words_of(observation: Observation) -> dict[str, Any]:
    """Return the texts of the card version that was reported with.

    When that version was never kept, the texts of now are told with their own version; what is in
    neither has none.
    """
    library = cards.library()
    card = library.cards.get(observation.card, {})
    version = observation.card_version
    kept = library.earlier.get(observation.card, {}).get(version)
    if kept is None or card.get("version") == version:
        return _of_now(card, observation)
    return _of_then(kept, card, observation)


def _of_now(card: Mapping[str, Any], observation: Observation) -> dict[str, Any]:
    signals = {row["id"]: row for row in card.get("signals", [])}
    factors = {row["id"]: row for row in card.get("protective_factors", [])}
    names = ("text", "group", "could_be", "could_also_be")
    return {
        "version": card.get("version"),
        "signals": [
            {"id": one, **{name: signals.get(one, {}).get(name) for name in names}}
            for one in observation.signals
        ],
        "protective": [
            {"id": one, "text": factors.get(one, {}).get("text")} for one in observation.protective
        ],
    }


def _of_then(
    kept: Mapping[str, str], card: Mapping[str, Any], observation: Observation
) -> dict[str, Any]:
    groups = {row["id"]: row["group"] for row in card.get("signals", [])}
    return {
        "version": observation.card_version,
        "signals": [
            {
                "id": one,
                "text": kept.get(one),
                "group": groups.get(one),
                "could_be": kept.get(f"{one} {COULD_BE}"),
                "could_also_be": kept.get(f"{one} {COULD_ALSO_BE}"),
            }
            for one in observation.signals
        ],
        "protective": [{"id": one, "text": kept.get(one)} for one in observation.protective],
    }

"""What stands above the parts of a card: a parent is spoken to differently from a boa."""

from __future__ import annotations

from server.cards.models import Card

HEADINGS = {
    "seen": "Wat zie of hoor je?",
    "look": "Waar let je op?",
    "more": "Nog {count} dingen om op te letten",
    "doing": "Wat doe je?",
    "steps": "Zo werkt het voor jou",
    "pitfalls": "Zo vergis je je niet",
    "risk": "Wat maakt een jongere kwetsbaar?",
    "protective": "Wat beschermt een jongere?",
    "call": "Wie kun je bellen?",
    "talk": "Zo begin je een gesprek",
}
OWN = {
    "ouders": {
        "seen": "Waar kun je op letten?",
        "look": "Waar kun je op letten?",
        "doing": "Wat kun je doen?",
        "steps": "Wat kun je doen?",
        "risk": "Wat maakt een kind kwetsbaar?",
        "protective": "Wat beschermt je kind?",
        "call": "Bellen of chatten",
    },
    "jongeren": {
        "seen": "Herken je dit?",
        "look": "Herken je dit?",
        "more": "Nog {count} dingen die je kunt herkennen",
        "doing": "Wat kun je doen?",
        "steps": "Wat kun je doen?",
        "pitfalls": "Goed om te weten",
        "risk": "Wat maakt het moeilijker?",
        "protective": "Wat helpt jou?",
        "call": "Bellen of chatten",
    },
}


def headings(card: Card) -> dict[str, str]:
    """Return the headings in the voice of this card."""
    told = {**HEADINGS, **OWN.get(card["emblem"], {})}
    headline = card["headline"] or card["audience"]
    return {**told, "headline": headline}

"""The colours a gemeente brings along: all of them, readable, and nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any

import marshmallow as ma

from server.content.fields import Strict, Text, like, part

COLOUR = re.compile(r"#[0-9a-f]{6}", re.I)
FROM_ELSEWHERE = re.compile(r"url\s*\(|@import|image-set|//", re.I)
# Custom properties of the phone that may differ. Alarm and levels are the same everywhere.
TOKENS = (
    "--sk-page",
    "--sk-surface",
    "--sk-ink",
    "--sk-ink-2",
    "--sk-accent",
    "--sk-accent-hover",
    "--sk-accent-bg",
    "--sk-holder",
    "--sk-on-holder",
    "--sk-on-holder-2",
    "--sk-holder-button",
    "--sk-on-holder-button",
)
TEXT, PART = 7.0, 4.5
# Which colour is read on which, and how far apart (WCAG contrast) they must be.
PAIRS = (
    ("--sk-ink", "--sk-page", TEXT),
    ("--sk-ink", "--sk-surface", TEXT),
    ("--sk-ink", "--sk-accent-bg", TEXT),
    ("--sk-on-holder", "--sk-holder", TEXT),
    ("--sk-on-holder-button", "--sk-holder-button", TEXT),
    ("--sk-ink-2", "--sk-page", PART),
    ("--sk-ink-2", "--sk-surface", PART),
    ("--sk-accent", "--sk-page", PART),
    ("--sk-accent", "--sk-surface", PART),
    ("--sk-accent-hover", "--sk-surface", PART),
    ("--sk-on-holder-2", "--sk-holder", PART),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = []
    for start in (1, 3, 5):
        value = int(colour[start : start + 2], 16) / 255
        shares.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * shares[0] + 0.7152 * shares[1] + 0.0722 * shares[2]


class Colour(Text):
    """One colour, written out; whatever would fetch something is refused by name."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if FROM_ELSEWHERE.search(text):
            raise ma.ValidationError("een thema mag niets van elders laden. Schrijf een kleur.")
        if not COLOUR.fullmatch(text):
            raise ma.ValidationError("schrijf een kleur zoals #08323c.")
        return text.lower()


_Colours = Strict.from_dict({token: Colour(required=True) for token in TOKENS}, name="Tokens")


class ColoursFile(_Colours):  # type: ignore[misc, valid-type]
    """The colours for day or for night."""

    @ma.validates_schema(skip_on_field_errors=True)
    def be_readable(self, data: dict[str, str], **_kwargs: Any) -> None:
        faults: dict[str, list[str]] = {}
        for ink, ground, least in PAIRS:
            reached = contrast(data[ink], data[ground])
            if reached < least:
                said = f"{reached:.1f}".replace(".", ",")
                wanted = f"{least:.1f}".replace(".", ",")
                faults.setdefault(ink, []).append(
                    f"het contrast met {ground} is {said}. Dat moet minstens {wanted} zijn."
                )
        if faults:
            raise ma.ValidationError(faults)


class ThemeFile(Strict):
    """A name alone means the colours the phone has of itself."""

    name = like(r"[a-z]+(-[a-z]+)*", "kies een naam zoals ‘voorbeeld’.", required=True)
    light = part(ColoursFile)
    dark = part(ColoursFile)

    @ma.validates_schema(skip_on_field_errors=True)
    def be_whole(self, data: dict[str, Any], **_kwargs: Any) -> None:
        for one, other in (("light", "dark"), ("dark", "light")):
            if one in data and other not in data:
                raise ma.ValidationError("geef kleuren voor dag én voor nacht.", other)

"""The areas of one gemeente."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Library:
    """The areas in which an observation can lie, and where their borders come from.

    ``names`` holds how each is called, those of before too; ``now`` what each of those is today.
    """

    features: list[dict[str, Any]]
    source: str
    names: Mapping[str, str]
    now: Mapping[str, str]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(feature["id"] for feature in self.features)

    def as_json(self) -> dict[str, Any]:
        """Return a GeoJSON FeatureCollection (RFC 7946) that also says its source."""
        return {"type": "FeatureCollection", "source": self.source, "features": self.features}

"""What may stand in a file with areas, and what an area looks like in the API."""

from __future__ import annotations

import math
from typing import Any

import marshmallow as ma
from marshmallow import fields

from server.content.fields import MISSING, Loose, Text, like, one_of, part, row
from server.wire import Out

KINDS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
# Anything outside is not in the Netherlands: most likely longitude and latitude changed places.
LONGITUDES = (3.0, 7.5)
LATITUDES = (50.5, 53.8)
SMALLEST_RING = 4


class Border(fields.Field[dict[str, Any]]):
    """A GeoJSON Polygon or MultiPolygon within the Netherlands, every ring closed."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        try:
            polygons = {"Polygon": lambda found: [found], "MultiPolygon": list}[value["type"]](
                value["coordinates"]
            )
            fits = bool(polygons) and all(rings and all(map(_fits, rings)) for rings in polygons)
        except (KeyError, TypeError, ValueError, IndexError):
            fits = False
        if not fits:
            raise ma.ValidationError(
                "teken een (Multi)Polygon in Nederland, met gesloten grenzen en de lengte voorop."
            )
        return dict(value)


def _fits(ring: list[tuple[float, float]]) -> bool:
    return (
        len(ring) >= SMALLEST_RING
        and ring[0] == ring[-1]
        and all(
            math.isfinite(lon)
            and LONGITUDES[0] <= lon <= LONGITUDES[1]
            and LATITUDES[0] <= lat <= LATITUDES[1]
            for lon, lat in ring
        )
    )


class AboutFile(Loose):
    statcode = like(
        r"GM\d{4}|WK\d{6}|BU\d{8}", "schrijf een CBS-code, zoals BU99990106.", required=True
    )
    statnaam = Text(required=True)
    soort = one_of(tuple(KINDS.values()), required=True)

    @ma.validates_schema(skip_on_field_errors=True)
    def match_code(self, data: dict[str, Any], **_kwargs: Any) -> None:
        kind = KINDS[data["statcode"][:2]]
        if data["soort"] != kind:
            raise ma.ValidationError(f"{data['statcode']} is een {kind}.", "soort")


class AreaFile(Loose):
    properties = part(AboutFile, required=True)
    geometry = Border(required=True, error_messages={"required": MISSING})


class CollectionFile(Loose):
    type = one_of(("FeatureCollection",), required=True)
    source = Text(required=True)
    features = row(part(AreaFile), required=True, least=1)


class AboutOut(Out):
    statcode = fields.String(required=True, metadata={"example": "BU99990106"})
    statnaam = fields.String(required=True)
    soort = fields.String(required=True, metadata={"enum": ["wijk", "buurt"]})


class AreaOut(Out):
    type = fields.String(required=True, metadata={"enum": ["Feature"]})
    id = fields.String(required=True)
    properties = fields.Nested(AboutOut, required=True)
    geometry = fields.Dict(required=True)


class AreasOut(Out):
    type = fields.String(required=True, metadata={"enum": ["FeatureCollection"]})
    source = fields.String(required=True, metadata={"description": "Toon deze regel bij de kaart."})
    features = fields.List(fields.Nested(AreaOut), required=True)

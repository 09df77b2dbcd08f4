"""Areas come whole, with their source, and a bad file never takes them away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from server import areas
from server.areas import service
from server.content import kept
from tests.editing import CONTENT, copy_content, edit

FILE = "gebieden/nijkerk.geojson"
PLACE = f"content/{FILE}"
LAST = "features[38]"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_content(tmp_path)


def test_nijkerk_has_its_five_wijken_and_thirty_three_buurten() -> None:
    library = service.load(CONTENT)
    kinds = [feature["properties"]["soort"] for feature in library.features]
    assert (kinds.count("wijk"), kinds.count("buurt"), len(kinds)) == (5, 33, 38)
    assert "BU02670106" in library.codes
    assert "GM0267" not in library.codes


def test_the_source_of_the_borders_comes_along() -> None:
    assert service.load(CONTENT).as_json()["source"] == "Bron: CBS / Kadaster, 2025"


def test_an_area_says_its_code_name_and_kind() -> None:
    features = {feature["id"]: feature for feature in service.load(CONTENT).features}
    properties = features["BU02670106"]["properties"]
    assert properties == {"statcode": "BU02670106", "statnaam": "Centrum", "soort": "buurt"}


FAULTS = {
    "a code that is none": (
        '"statcode":"BU02670505"',
        '"statcode":"Middelaar"',
        (
            f"{LAST}.properties.statcode: schrijf een CBS-code, zoals BU99990106. "
            "Het gaat om BU02670505."
        ),
    ),
    "a code of another kind": (
        '"statnaam":"Hoevelaken-Middelaar","gmCode":"GM0267","soort":"buurt"',
        '"statnaam":"Hoevelaken-Middelaar","gmCode":"GM0267","soort":"wijk"',
        f"{LAST}.properties.soort: BU02670505 is een buurt. Het gaat om BU02670505.",
    ),
    "a code of another gemeente": (
        '"statcode":"BU02670505"',
        '"statcode":"BU01640505"',
        f"{LAST}.properties.statcode: BU01640505 ligt niet in GM0267 uit gemeente.toml.",
    ),
    "a code that stands twice": (
        '"statcode":"BU02670505"',
        '"statcode":"BU02670504"',
        f"{LAST}.properties.statcode: BU02670504 staat er twee keer in.",
    ),
    "latitude before longitude": (
        "[[[5.485,52.175],",
        "[[[52.175,5.485],",
        (
            f"{LAST}.geometry: teken een (Multi)Polygon in Nederland, met gesloten grenzen en de "
            "lengte voorop. Het gaat om BU02670505."
        ),
    ),
    "a border that is not closed": (
        "[5.485,52.172],[5.485,52.175]]]}}\n]}",
        "[5.485,52.172]]]}}\n]}",
        (
            f"{LAST}.geometry: teken een (Multi)Polygon in Nederland, met gesloten grenzen en de "
            "lengte voorop. Het gaat om BU02670505."
        ),
    ),
    "no source": (
        '"source":"Bron: CBS / Kadaster, 2025",',
        "",
        "source: deze sleutel ontbreekt.",
    ),
    "another kind of GeoJSON": (
        '"FeatureCollection"',
        '"Feature"',
        "type: kies FeatureCollection.",
    ),
    "a bracket too few": (
        "]]]}}\n]}",
        "]]]}}\n}",
        "regel 41, teken 1: dit is geen geldige JSON.",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_once_with_file_and_key(
    content: Path, old: str, new: str, told: str
) -> None:
    edit(content, FILE, old, new)
    assert areas.check(content) == [f"{PLACE}, {told}"]


@pytest.mark.parametrize(
    "geometry",
    [
        "null",
        "[]",
        '{"type":"Polygon"}',
        '{"type":"Point","coordinates":[5.4,52.2]}',
        '{"type":"Polygon","coordinates":[]}',
        '{"type":"Polygon","coordinates":[[]]}',
        '{"type":"Polygon","coordinates":[[5,52]]}',
        '{"type":"Polygon","coordinates":[[["a","b"],["a","b"],["a","b"],["a","b"]]]}',
        '{"type":"Polygon","coordinates":[[[5,NaN],[5,NaN],[5,NaN],[5,NaN]]]}',
        '{"type":["Polygon"],"coordinates":{}}',
        '{"type":"MultiPolygon","coordinates":[[[[5,52],[5.1,52],[5.1,52.1],[5,52.2]]]]}',
    ],
)
def test_what_is_no_border_is_a_fault_and_never_a_crash(content: Path, geometry: str) -> None:
    feature = (
        '{"properties":{"statcode":"BU02670999","statnaam":"Nergens","soort":"buurt"},'
        f'"geometry":{geometry}}}'
    )
    edit(content, FILE, '"features":[\n', f'"features":[\n{feature},\n')
    [fault] = areas.check(content)
    assert fault.startswith(f"{PLACE}, features[0].geometry: ")


def test_several_files_lie_side_by_side(content: Path) -> None:
    (content / "gebieden/extra.geojson").write_text(
        '{"type":"FeatureCollection","source":"Bron: gemeente","features":[{"type":"Feature",'
        '"properties":{"statcode":"BU02670999","statnaam":"Nieuw","soort":"buurt"},"geometry":'
        '{"type":"MultiPolygon","coordinates":[[[[5.4,52.2],[5.5,52.2],[5.5,52.3],[5.4,52.2]]]]}'
        "}]}"
    )
    library = service.load(content)
    assert len(library.codes) == 39
    assert library.source == "Bron: gemeente · Bron: CBS / Kadaster, 2025"


def test_brackets_without_end_are_a_fault_and_never_a_crash(content: Path) -> None:
    (content / FILE).write_text("[" * 200_000)
    assert areas.check(content) == [
        f"{PLACE}: dit is geen geldige JSON, er zitten te veel haken in elkaar."
    ]


def test_a_list_is_no_collection(content: Path) -> None:
    (content / FILE).write_text("[]")
    assert areas.check(content) == [f"{PLACE}: dit is geen FeatureCollection."]


def test_a_bad_file_leaves_the_last_good_areas_up(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SECONDS_BETWEEN_LOOKS", 0.0)
    shelf = kept.Kept(service.load)
    shelf.start(content)
    edit(content, FILE, '"FeatureCollection"', '"Feature"')
    assert len(shelf.value().codes) == 38
    assert shelf.faults() == [f"{PLACE}, type: kies FeatureCollection."]


def test_anybody_gets_the_areas_once(client: FlaskClient) -> None:
    first = client.get("/api/v1/areas")
    body: Any = first.json
    assert first.status_code == 200
    assert (body["type"], len(body["features"])) == ("FeatureCollection", 38)
    assert first.headers["Cache-Control"] == "no-store"
    again = client.get("/api/v1/areas", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_answer_has_the_shape_the_api_promises(client: FlaskClient) -> None:
    spec: Any = client.get("/api/v1/openapi.json").json
    body: Any = client.get("/api/v1/areas").json
    promised = spec["components"]["schemas"]
    assert set(body) == set(promised["AreasOut"]["properties"])
    assert set(body["features"][0]) == set(promised["AreaOut"]["properties"])
    assert set(body["features"][0]["properties"]) == set(promised["AboutOut"]["properties"])

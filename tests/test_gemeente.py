"""Another gemeente is another folder: nothing of the first one stands in the code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server import areas, cards
from server.app import create_app
from server.cards import service, theme
from server.content import kept
from tests.conftest import close
from tests.editing import CONTENT, copy_content, edit

ROOT = CONTENT.parent
DELFT = Path(__file__).resolve().parent / "data" / "content-delft"


@pytest.fixture
def delft(tmp_path: Path) -> Path:
    """A copy of the folder of Delft that builds on a copy of the content, both to be spoiled."""
    copy_content(tmp_path)
    folder = copy_content(tmp_path, DELFT)
    edit(folder, "gemeente.toml", "../../../content", "../content")
    return folder


def test_one_setting_points_the_server_at_another_gemeente(app: Flask) -> None:
    config = replace(app.config["SIGNAALKAART"], content_dir=DELFT)
    other = create_app(config)
    try:
        with other.test_client() as client:
            shown: Any = client.get("/api/v1/cards").json
            places: Any = client.get("/api/v1/areas").json
    finally:
        close(other)
        cards.start(CONTENT)
        areas.start(CONTENT)
    assert shown["gemeente"]["name"] == "Delft"
    assert shown["gemeente"]["role_labels"]["procesregisseur"] == "JGZ-regisseur"
    # Boa’s read along without an invitation here; parents and youths do so everywhere.
    assert [card["id"] for card in shown["cards"]] == ["boa", "jongeren", "ouders"]
    assert "JGZ-regisseur" in json.dumps(shown["route"])
    assert "binnen 1 werkdagen" in json.dumps(shown["route"])
    assert {area["properties"]["statcode"][2:6] for area in places["features"]} == {"0503"}
    assert len(places["features"]) == 13


def test_the_other_gemeente_is_called_by_its_own_names_everywhere() -> None:
    body = service.load(DELFT).as_json(open_only=False)
    for card in body["cards"]:
        del card["sources"]
    said = json.dumps(body, ensure_ascii=False)
    for foreign in ("Nijkerk", "0267", "247 22", "procesregisseur sociaal domein", "JGZ-Regisseur"):
        assert foreign not in said, foreign


def test_nothing_of_one_gemeente_stands_in_the_code() -> None:
    local = re.compile(r"nijkerk|0267|247 22 22|corlaer|gelderland", re.I)
    code = [
        *(ROOT / "server").rglob("*.py"),
        *(path for path in (ROOT / "pwa" / "src").rglob("*.*") if _is_shipped(path)),
    ]
    assert len(code) > 150
    assert not [str(path) for path in code if local.search(path.read_text(encoding="utf-8"))]


def _is_shipped(path: Path) -> bool:
    return path.suffix in {".ts", ".tsx", ".css", ".html"} and not (
        ".test." in path.name or "testing" in path.parts
    )


def test_a_gemeente_may_write_a_card_of_its_own_beside_what_it_builds_on(delft: Path) -> None:
    (delft / "signaalkaarten").mkdir()
    own = delft / "signaalkaarten" / "sport.toml"
    own.write_bytes((CONTENT / "signaalkaarten/sport.toml").read_bytes())
    edit(delft, "signaalkaarten/sport.toml", "Geef de speler een taak", "Geef hem een rol")
    library = service.load(delft)
    assert library.cards["sport"]["tip"].startswith("Geef hem een rol")
    assert set(library.cards) == set(service.load(CONTENT).cards)


def test_a_fault_is_told_with_the_folder_it_stands_in(delft: Path) -> None:
    edit(delft, "gemeente.toml", 'id = "keerpunt"', 'id = "kruispunt"')
    faults = cards.check(delft)
    assert (
        "content/signaalkaarten/boa.toml, contacts[5]: keerpunt staat niet in "
        "content-delft/gemeente.toml, onder contacts." in faults
    )


def test_a_change_in_the_folder_it_builds_on_is_seen_too(
    delft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SECONDS_BETWEEN_LOOKS", 0.0)
    shelf = kept.Kept(service.load)
    shelf.start(delft)
    edit(delft.parent / "content", "signaalkaarten/boa.toml", "Groet, maak een praatje.", "Groet.")
    assert shelf.value().cards["boa"]["tip"] == "Groet."


def test_a_folder_does_not_build_on_one_that_builds_on_another(delft: Path) -> None:
    third = copy_content(delft.parent, DELFT, "content-derde")
    edit(third, "gemeente.toml", "../../../content", "../content-delft")
    assert cards.check(third)[0] == (
        "content-derde/gemeente.toml, based_on: ../content-delft bouwt zelf ook op een andere "
        "map. Kies die map."
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"--sk-accent" = "#0b4ea2"\n',
            "",
            "theme.light.--sk-accent: deze sleutel ontbreekt.",
        ),
        (
            '"#0b4ea2"',
            '"url(https://elders.example/kleur.css)"',
            "theme.light.--sk-accent: een thema mag niets van elders laden. Schrijf een kleur.",
        ),
        ('"#0b4ea2"', '"blauw"', "theme.light.--sk-accent: schrijf een kleur zoals #08323c."),
        (
            '"#101a2c"',
            '"#6b7280"',
            "theme.light.--sk-ink: het contrast met --sk-page is 4,3. Dat moet minstens 7,0 zijn.",
        ),
        (
            '"--sk-ink" = "#101a2c"',
            '"--sk-ink" = "#101a2c"\n"--sk-alarm" = "#00ff00"',
            "theme.light.--sk-alarm: deze sleutel kennen we niet. Bedoel je --sk-holder?",
        ),
    ],
)
def test_a_theme_that_cannot_be_read_or_loads_from_elsewhere_is_named(
    delft: Path, old: str, new: str, told: str
) -> None:
    edit(delft, "gemeente.toml", old, new)
    assert f"content-delft/gemeente.toml, {told}" in cards.check(delft)


def test_a_theme_for_the_day_needs_one_for_the_night(delft: Path) -> None:
    text = (delft / "gemeente.toml").read_text()
    night = text[text.index("[theme.dark]") : text.index("[[contacts]]")]
    edit(delft, "gemeente.toml", night, "")
    assert cards.check(delft) == [
        "content-delft/gemeente.toml, theme.dark: geef kleuren voor dag én voor nacht."
    ]


def test_contrast_is_what_wcag_says_it_is() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert theme.contrast("#ffffff", "#ffffff") == pytest.approx(1.0)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)

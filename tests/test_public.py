"""The cards without an invitation: pages that keep nothing, ask nothing and run nothing."""

from __future__ import annotations

import gzip
import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import areas, cards
from server.app import create_app
from server.cards import service
from server.content import kept
from server.public import colours, emblems
from server.public.drawing import Drawer
from tests.conftest import Browser, close
from tests.editing import CONTENT, copy_content, edit
from tests.factories import Phone

ROOT = CONTENT.parent
DELFT = Path(__file__).resolve().parent / "data" / "content-delft"
LIBRARY = service.load(CONTENT)
PAGES = ["/ouders", "/jongeren", "/embed/ouders", "/papier/ouders", "/nergens"]


@pytest.fixture
def delft(app: Flask) -> Any:
    """The server of another gemeente, where boa's read along and a site may frame the cards."""
    other = create_app(replace(app.config["SIGNAALKAART"], content_dir=DELFT))
    other.test_client_class = Browser
    yield other.test_client()
    close(other)
    cards.start(CONTENT)
    areas.start(CONTENT)


def directives(answer: Any) -> dict[str, str]:
    rules = answer.headers["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (rule.partition(" ") for rule in rules)}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_sets_no_cookie_runs_no_script_and_fetches_nothing_elsewhere(
    client: FlaskClient, page: str
) -> None:
    answer = client.get(page)
    policy = directives(answer)
    assert "Set-Cookie" not in answer.headers
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == policy["font-src"] == policy["img-src"] == "'self'"
    assert policy["form-action"] == policy["base-uri"] == "'none'"
    assert policy.get("script-src") == ("'self'" if page.startswith("/papier") else None)
    assert policy["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"
    fetched = re.findall(
        r'(?:src|<link[^>]*rel="(?:stylesheet|icon)"[^>]*href)="([^"]*)"', answer.text
    )
    assert fetched
    assert all(address.startswith("/") and not address.startswith("//") for address in fetched)
    assert " style=" not in answer.text


@pytest.mark.parametrize("name", ["ouders", "jongeren"])
def test_everything_on_the_card_stands_on_its_page(client: FlaskClient, name: str) -> None:
    card = LIBRARY.cards[name]
    text = html.unescape(client.get(f"/{name}").text)
    wanted = [card["headline"], card["intro"], card["note"], *card["steps"]]
    wanted += [*card["do"], *card["dont"], *card["pitfalls"]]
    for row in card["signals"]:
        wanted += [row["text"], row["could_be"], row["could_also_be"]]
    for key in ("protective_factors", "risk_factors", "afraid", "figures"):
        wanted += [row["text"] for row in card[key]]
    wanted += [row["text"] for row in card["sharing"]["questions"]]
    missing = [one for one in wanted if one not in text]
    assert not missing


def test_every_number_is_one_tap_away_and_no_form_is_there(client: FlaskClient) -> None:
    text = client.get("/ouders").text
    for number in ("112", "08002000", "08007000", "09008844", "0332472222"):
        assert f'href="tel:{number}"' in text
    assert "<form" not in text
    assert "<input" not in text
    assert "#/melden" not in text


def test_a_card_that_is_not_open_shows_numbers_and_nothing_of_the_card(client: FlaskClient) -> None:
    for page in ("/boa", "/embed/boa", "/papier/boa", "/bestaat-niet"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert "Deze kaart is er niet" in answer.text
        assert 'href="tel:08007000"' in answer.text
        assert LIBRARY.cards["boa"]["signals"][0]["text"] not in answer.text


def test_who_is_not_invited_reads_an_opened_card_with_numbers_in_place_of_the_form(
    delft: FlaskClient,
) -> None:
    answer = delft.get("/boa")
    assert answer.status_code == 200
    assert "Dat kan met een uitnodiging" in answer.text
    assert "Meld Misdaad Anoniem" in answer.text
    assert "015 - 000 00 00" in answer.text
    assert "Gemeente Delft" in answer.text
    assert "033 - 247 22 22" not in answer.text


def test_only_who_signed_in_prints_a_card_that_is_not_open(boa: Phone) -> None:
    answer = boa.client.get("/papier/boa", headers=boa.headers())
    assert answer.status_code == 200
    assert LIBRARY.cards["boa"]["signals"][0]["text"] in html.unescape(answer.text)
    assert "private" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/ouders", headers={"Accept-Encoding": "gzip"})
    assert len(first.data) < 12_000
    assert b"<!doctype html>" in gzip.decompress(first.data)
    assert "public" in first.headers["Cache-Control"]
    again = client.get("/ouders", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    (address,) = re.findall(r'rel="stylesheet" href="([^"]+)"', client.get("/ouders").text)
    assert client.get(address).mimetype == "text/css"
    assert client.get("/openbaar/geheim.css").status_code == 404


def test_only_sites_that_the_gemeente_named_may_frame_a_card(delft: FlaskClient) -> None:
    framed = delft.get("/embed/ouders")
    assert directives(framed)["frame-ancestors"] == "https://www.delft.example"
    assert "X-Frame-Options" not in framed.headers
    for page in ("/ouders", "/papier/ouders", "/", "/api/v1/cards"):
        assert delft.get(page).headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "site",
    ["http://www.nijkerk.eu", "https://*.nijkerk.eu", "https://nijkerk.eu/pagina"],
)
def test_a_site_that_is_no_address_of_its_own_is_told(tmp_path: Path, site: str) -> None:
    content = copy_content(tmp_path)
    edit(content, "gemeente.toml", "open_cards = []", "open_cards = []\nembed = { sites = ['@'] }")
    edit(content, "gemeente.toml", "'@'", json.dumps(site))
    (fault,) = service.check(content)
    assert "gemeente.toml, embed.sites[0]: schrijf alleen het adres van de site" in fault


def test_html_in_a_text_is_shown_as_text(tmp_path: Path) -> None:
    content = copy_content(tmp_path)
    edit(content, "signaalkaarten/ouders.toml", "Weet waar je kind is", "<b>Weet</b> <script>1")
    edit(content, "signaalkaarten/ouders.toml", "Pubers veranderen.", "<img src=x onerror=1>")
    drawer = Drawer(service.load(content), "https://kaart.example")
    for text in (
        drawer.page("ouders", "/s"),
        drawer.frame("ouders", "/s"),
        drawer.paper("ouders", "/s"),
    ):
        assert "<img" not in text
        assert "<script>1" not in text
        assert "&lt;img src=x" in text


def test_the_colours_of_the_gemeente_are_on_the_pages(delft: FlaskClient) -> None:
    for name in ("kaart.css", "papier.css"):
        css = delft.get(f"/openbaar/{name}").text
        assert "--sk-holder: #0a2f66" in css
        assert "--sk-holder: #0a2247" in css
        assert "url(http" not in css


def test_without_a_theme_pages_have_the_colours_and_signs_of_the_app() -> None:
    style = ROOT / "pwa" / "src" / "style"
    night = (style / "tokens-dark.css").read_text().split("/* … or")[0]
    for own, file in ((colours.LIGHT, (style / "tokens.css").read_text()), (colours.DARK, night)):
        told = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", file))
        assert {name: told[name] for name in own if name in told} == {
            name: value for name, value in own.items() if name in told
        }
        assert len(told.keys() & own.keys()) > 12
    drawn = (ROOT / "pwa" / "src" / "parts" / "Dots.tsx").read_text()
    assert dict(re.findall(r'^  (\w+): "(M[\d MLZ]+)",$', drawn, re.M)) == emblems.LINES


OUDERS = "signaalkaarten/ouders.toml"
# What an editor got wrong, and the one sentence about it.
SPOILED: dict[str, tuple[str, str, str, str]] = {
    "an id twice": (OUDERS, '"OUD-02"', '"OUD-01"', "OUD-01 staat al bij"),
    "an unknown group": (OUDERS, '"plek-en-tijd"', '"overal"', "group: kies gedrag"),
    "no source": (OUDERS, '["KEER", "SBO"]', "[]", "sources: noem minstens één bron"),
    "an unknown key": (OUDERS, "headline =", "headlin =", "Bedoel je headline?"),
    "a text of a megabyte": (
        OUDERS,
        "Maak je je zorgen over je kind?",
        "a" * 1_000_000,
        "dit bestand is groter dan 1 MB",
    ),
    "a text without end": (
        OUDERS,
        "Veel ouders denken:",
        "Veel ouders denken " * 99,
        "intro: schrijf één regel van 1 tot 300 tekens",
    ),
    "a theme from elsewhere": (
        "gemeente.toml",
        'name = "voorbeeld"',
        'name = "voorbeeld"\nlight = { "--sk-ink" = "url(https://elders.example/a)" }',
        "een thema mag niets van elders laden",
    ),
}


@pytest.fixture
def edited(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A running server, and the folder it reads at every look."""
    monkeypatch.setattr(kept, "SECONDS_BETWEEN_LOOKS", 0)
    content = copy_content(tmp_path)
    other = create_app(replace(app.config["SIGNAALKAART"], content_dir=content))
    other.test_client_class = Browser
    yield other.test_client(), content
    close(other)
    cards.start(CONTENT)
    areas.start(CONTENT)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", SPOILED)
def test_whatever_an_editor_gets_wrong_the_page_of_before_stays_up(edited: Any, kind: str) -> None:
    client, content = edited
    before = client.get("/ouders").text
    file, old, new, told = SPOILED[kind]
    edit(content, file, old, new)
    assert client.get("/ouders").text == before
    said = [fault for fault in cards.faults() if told in fault]
    assert len(said) == 1
    assert said[0].startswith("content/")


@pytest.mark.thorough
def test_a_file_in_another_encoding_leaves_the_page_of_before_up(edited: Any) -> None:
    client, content = edited
    before = client.get("/ouders").text
    path = content / OUDERS
    path.write_bytes(path.read_text().encode("utf-16"))
    assert client.get("/ouders").text == before
    (said,) = cards.faults()
    assert "ouders.toml" in said
    assert "UTF-8" in said

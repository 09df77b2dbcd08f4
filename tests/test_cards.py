"""Cards stay up while somebody edits them; a phone gets them whole, and only when they changed."""

from __future__ import annotations

import gzip
import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.cards import service
from server.content import kept
from server.content.files import ContentError
from tests.editing import CONTENT, copy_content, edit
from tests.factories import Phone

BOA = "signaalkaarten/boa.toml"
SPORT = "signaalkaarten/sport.toml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_content(tmp_path)


@pytest.fixture
def always_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "SECONDS_BETWEEN_LOOKS", 0.0)


def test_the_first_start_with_a_bad_file_fails_with_every_sentence(content: Path) -> None:
    edit(content, BOA, 'weight = "licht"', 'weight = "zwaar"')
    edit(content, SPORT, 'desk = "sociaal"', 'desk = "balie"')
    with pytest.raises(ContentError) as fault:
        kept.Kept(service.load).start(content)
    assert "boa.toml, signals[1].weight: kies licht" in str(fault.value)
    assert "sport.toml, form.desk: kies sociaal" in str(fault.value)


@pytest.mark.usefixtures("always_look")
def test_a_good_change_is_seen_without_a_restart(content: Path) -> None:
    shelf = kept.Kept(service.load)
    shelf.start(content)
    before = shelf.value()
    edit(content, BOA, "Groet, maak een praatje.", "Zeg gedag.")
    assert shelf.value().cards["boa"]["tip"] == "Zeg gedag."
    assert shelf.value().version != before.version
    assert shelf.faults() == []


@pytest.mark.usefixtures("always_look")
def test_a_bad_file_leaves_the_last_good_version_up_until_it_is_mended(
    content: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shelf = kept.Kept(service.load)
    shelf.start(content)
    before = shelf.value()
    edit(content, BOA, 'weight = "licht"', 'weight = "zwaar"')
    with caplog.at_level(logging.WARNING):
        assert shelf.value() is before
        assert shelf.value() is before
    sentence = (
        "content/signaalkaarten/boa.toml, signals[1].weight: kies licht, opvallend of ernstig. "
        "Het gaat om BOA-02."
    )
    assert shelf.faults() == [sentence]
    assert [sentence in record.getMessage() for record in caplog.records] == [True]
    edit(content, BOA, 'weight = "zwaar"', 'weight = "licht"')
    assert shelf.value().version == before.version
    assert shelf.faults() == []


@pytest.mark.usefixtures("always_look")
def test_a_deleted_file_leaves_the_last_good_version_up(content: Path) -> None:
    shelf = kept.Kept(service.load)
    shelf.start(content)
    (content / "factoren.toml").unlink()
    assert shelf.value().knows("boa")
    assert shelf.faults() == ["content/factoren.toml: dit bestand ontbreekt."]


def test_the_disk_is_looked_at_every_few_seconds_only(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = kept.Kept(service.load)
    shelf.start(content)
    looks: list[Path] = []
    monkeypatch.setattr(kept, "_state_of_files", looks.append)
    for _ in range(100):
        shelf.value()
    assert looks == []


def test_asking_before_the_start_says_so() -> None:
    with pytest.raises(RuntimeError, match="call start"):
        kept.Kept(service.load).value()


def test_the_version_follows_the_text_and_nothing_else(content: Path) -> None:
    before = service.load(content).version
    edit(content, BOA, "# Signaalkaart", "# De signaalkaart")
    assert service.load(content).version == before
    edit(content, "factoren.toml", "Voelt steun van zijn ouders.", "Voelt steun thuis.")
    assert service.load(content).version != before


def test_a_card_gets_its_shared_texts_from_one_place(content: Path) -> None:
    edit(content, "factoren.toml", "Voelt steun van zijn ouders.", "Voelt steun thuis.")
    library = service.load(content)
    for name in ("boa", "onderwijs", "sport", "jongerenwerk", "gemeente-intern"):
        texts = [factor["text"] for factor in library.cards[name]["protective_factors"]]
        assert "Voelt steun thuis." in texts


def test_a_card_may_say_the_same_thing_in_its_own_voice(content: Path) -> None:
    edit(content, "factoren.toml", "Je kind voelt dat je achter hem staat.", "Je kind voelt steun.")
    library = service.load(content)
    texts = {
        name: {factor["id"]: factor["text"] for factor in card["protective_factors"]}
        for name, card in library.cards.items()
    }
    assert texts["ouders"]["P-05"] == "Je kind voelt steun."
    assert texts["boa"]["P-05"] == "Voelt steun van zijn ouders."


def test_what_a_signal_could_be_comes_from_its_concept_unless_it_says_so_itself() -> None:
    library = service.load(CONTENT)
    could_be = {
        signal["id"]: signal["could_be"]
        for card in library.cards.values()
        for signal in card["signals"]
    }
    assert could_be["BOA-04"] == could_be["OND-06"] == could_be["SPO-07"]
    assert could_be["GEM-06"] != could_be["GEM-07"]


def test_html_in_a_text_stays_text(content: Path) -> None:
    edit(content, BOA, "Groet, maak een praatje.", "Groet <b>iedereen</b>.")
    assert service.load(content).cards["boa"]["tip"] == "Groet <b>iedereen</b>."


def test_a_card_may_have_a_review_note_of_its_own(content: Path) -> None:
    edit(
        content,
        BOA,
        "reviewed_on = 2026-11-21",
        'reviewed_on = 2026-12-01\nreview_note = "Getoetst door een jeugdboa."',
    )
    library = service.load(content)
    assert library.cards["boa"]["review_note"] == "Getoetst door een jeugdboa."
    assert library.cards["boa"]["reviewed_on"] == "2026-12-01"
    assert "Nog niet getoetst" in library.cards["sport"]["review_note"]


def test_the_library_knows_its_cards_signals_and_protective_factors() -> None:
    library = service.load(CONTENT)
    assert library.knows("boa")
    assert not library.knows("../boa")
    assert "BOA-05" in library.signal_ids("boa")
    assert "BOA-05" not in library.signal_ids("sport")
    assert "P-01" in library.protective_ids("boa")
    assert library.signal_ids("bestaat-niet") == frozenset()


def test_a_visitor_without_a_session_sees_the_public_cards_only(client: FlaskClient) -> None:
    answer = client.get("/api/v1/cards")
    assert answer.status_code == 200
    assert answer.json is not None
    assert [card["id"] for card in answer.json["cards"]] == ["jongeren", "ouders"]
    assert "Set-Cookie" not in answer.headers
    assert answer.json["gemeente"]["name"] == "Nijkerk"


def test_a_visitor_sees_the_cards_the_gemeente_opened(content: Path) -> None:
    edit(content, "gemeente.toml", "open_cards = []", 'open_cards = ["sport"]')
    library = service.load(content)
    shown = [card["id"] for card in library.as_json(open_only=True)["cards"]]
    assert shown == ["jongeren", "ouders", "sport"]
    assert len(library.as_json(open_only=False)["cards"]) == 7


def test_who_is_signed_in_gets_every_card_and_the_key_to_seal_with(boa: Phone) -> None:
    answer = boa.client.get("/api/v1/cards")
    assert answer.json is not None
    assert [card["id"] for card in answer.json["cards"]] == [
        "boa",
        "gemeente-intern",
        "jongeren",
        "jongerenwerk",
        "onderwijs",
        "ouders",
        "sport",
    ]
    assert set(answer.json["seal_key"]) == {"id", "public_key"}


def test_cards_that_did_not_change_are_not_sent_again(client: FlaskClient, boa: Phone) -> None:
    first = boa.client.get("/api/v1/cards")
    assert first.headers["Cache-Control"] == "no-store"
    assert "Cookie" in first.headers["Vary"]
    etag = first.headers["ETag"]
    again = boa.client.get("/api/v1/cards", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    # A visitor's answer is another one, so it has an ETag of its own.
    visitor = client.get("/api/v1/cards", headers={"If-None-Match": etag})
    assert visitor.status_code == 200


def test_a_phone_that_understands_gzip_gets_the_cards_in_at_most_sixty_kilobytes(
    boa: Phone,
) -> None:
    plain = boa.client.get("/api/v1/cards")
    small = boa.client.get("/api/v1/cards", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) <= 60_000
    assert gzip.decompress(small.data) == plain.data
    assert small.headers["ETag"] == plain.headers["ETag"]
    assert "Accept-Encoding" in small.headers["Vary"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    again = boa.client.get("/api/v1/cards", headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_the_answer_has_the_shape_the_api_promises(app: Flask, boa: Phone) -> None:
    with app.test_client() as client:
        spec: Any = client.get("/api/v1/openapi.json").json
    promised = spec["components"]["schemas"]
    body: Any = boa.client.get("/api/v1/cards").json

    def compare(value: dict[str, Any], schema: str) -> None:
        assert set(value) == set(promised[schema]["properties"])

    compare(body, "CardsOut")
    compare(body["gemeente"], "GemeenteOut")
    compare(body["gemeente"]["contacts"][0], "ContactOut")
    compare(body["gemeente"]["desk_hours"], "DeskHoursOut")
    compare(body["gemeente"]["theme"], "ThemeOut")
    compare(body["concepts"][0], "ConceptOut")
    compare(body["words"][0], "WordOut")
    compare(body["route"], "RouteOut")
    compare(body["route"]["steps"][0], "StepOut")
    for card in body["cards"]:
        compare(card, "CardOut")
        compare(card["form"], "CardFormOut")
        compare(card["signals"][0], "SignalOut")
        compare(card["risk_factors"][0], "FactorOut")
        compare(card["protective_factors"][0], "ProtectiveOut")
        compare(card["conversation"], "ConversationOut")
        compare(card["sharing"], "SharingOut")
        compare(card["afraid"][0], "WayOut")
        compare(card["figures"][0], "FigureOut")
        for situation in card["practice"]:
            compare(situation, "SituationOut")
            compare(situation["choices"][0], "AnswerOut")
        compare(card["levels"][0], "LevelOut")
        compare(card["sources"][0], "SourceOut")

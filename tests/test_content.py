"""The committed cards are whole, sourced, readable, and say each thing in one place."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server import cards
from server.cards import kinds, service
from server.content.folders import Folder
from server.editing.items import items_of
from server.people.models import ROLES
from tests.editing import CONTENT

DATA = Path(__file__).resolve().parent / "data"
LIBRARY = service.load(CONTENT)
TABLES = service.read(CONTENT, [])
CARDS = LIBRARY.cards.values()
PROFESSIONAL = ("boa", "gemeente-intern", "jongerenwerk", "onderwijs", "sport")
PUBLIC = ("jongeren", "ouders")
# No dot, so that ‘033 - 247 22 22’ is one and ‘08.30’ none.
PHONE_NUMBER = re.compile(r"\d(?:[ -]{0,3}\d){6,}")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def toml_files() -> list[Path]:
    return sorted(CONTENT.rglob("*.toml"))


def texts(value: Any) -> Iterator[str]:
    """Every text that stands in a table, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:])[’ ]+", text) if part]


def read_aloud(card: dict[str, Any]) -> list[str]:
    """What a reader of a card reads as running text."""
    return [
        *(card[key] for key in ("intro", "tip", "risk_note", "review_note")),
        *filter(None, [card["note"]]),
        *(signal["text"] for signal in card["signals"]),
        *(signal[key] for signal in card["signals"] for key in ("caution", "alarm") if signal[key]),
        *(factor["text"] for key in ("risk_factors", "protective_factors") for factor in card[key]),
        *(step for level in card["levels"] for step in [level["text"], *level["steps"]]),
        *(line for key in ("steps", "do", "dont", "pitfalls") for line in card[key]),
    ]


def test_every_committed_file_is_good() -> None:
    assert cards.check(CONTENT) == []


def test_there_is_a_card_for_every_audience_with_all_its_signals() -> None:
    assert {card["id"]: len(card["signals"]) for card in CARDS} == {
        "boa": 17,
        "gemeente-intern": 18,
        "jongeren": 16,
        "jongerenwerk": 17,
        "onderwijs": 18,
        "ouders": 18,
        "sport": 17,
    }


def test_a_signal_keeps_its_id_for_ever() -> None:
    """Observations point at these ids. Add new ones to the list; never take one away."""
    promised = (DATA / "signal_ids.txt").read_text().split()
    found = [signal["id"] for card in CARDS for signal in card["signals"]]
    assert sorted(found) == sorted(promised)
    assert len(set(found)) == len(found)


def test_every_group_and_weight_of_signals_is_on_every_card() -> None:
    for card in CARDS:
        assert {signal["group"] for signal in card["signals"]} == set(kinds.GROUPS)
        assert {signal["weight"] for signal in card["signals"]} == set(kinds.WEIGHTS)


def test_cards_share_the_concept_of_what_they_see_alike() -> None:
    concept = {signal["id"]: signal["concept"] for card in CARDS for signal in card["signals"]}
    assert concept["OND-05"] == concept["SPO-05"] == concept["BOA-05"]
    assert concept["OND-06"] == concept["SPO-07"] == concept["BOA-04"]
    used_on = Counter(
        name for card in CARDS for name in {signal["concept"] for signal in card["signals"]}
    )
    assert set(used_on) == {concept["id"] for concept in LIBRARY.concepts}
    assert sum(count > 1 for count in used_on.values()) >= 10


def test_only_a_weapon_sounds_the_alarm() -> None:
    alarms = {s["id"]: s["alarm"] for card in CARDS for s in card["signals"] if s["alarm"]}
    assert set(alarms) == {"BOA-17", "OND-18"}
    assert all("wapen? Bel 112." in alarm for alarm in alarms.values())


def test_signals_that_many_youths_show_say_so() -> None:
    careful = {s["id"] for card in CARDS for s in card["signals"] if s["caution"]}
    assert {"BOA-12", "BOA-14"} <= careful


def test_a_card_says_that_a_risk_factor_is_no_proof() -> None:
    for card in CARDS:
        assert "Een risicofactor is geen bewijs en geen oorzaak." in card["risk_note"]
        assert "De meeste jongeren met risico’s doen niets strafbaars." in card["risk_note"]


def test_a_card_says_that_nobody_reviewed_it_yet() -> None:
    for card in CARDS:
        assert card["review_note"] == "Nog niet getoetst door een vakdeskundige of een jurist."
        assert card["reviewed_on"] == "2026-11-21"


def test_no_card_names_what_somebody_is_instead_of_does() -> None:
    """Culture, origin and health are never a signal about one person."""
    left_out = re.compile(
        r"\b(drill|rap|straattaal|kapsel|merkkleding|afkomst|geloof|moskee|allochtoon|buurt"
        r"|buikpijn|depress\w*|alleenstaand\w*|huidskleur|pet|capuchon)\b",
        re.I,
    )
    assert not [s["text"] for card in CARDS for s in card["signals"] if left_out.search(s["text"])]


def test_every_card_has_the_four_levels_in_the_same_order() -> None:
    for card in CARDS:
        assert [level["id"] for level in card["levels"]] == ["red", "orange", "yellow", "green"]
        assert card["levels"][0]["contacts"][0] == "alarm"


def test_every_form_fits_its_audience() -> None:
    forms = {card["id"]: card["form"] for card in CARDS}
    assert forms["boa"] == {"wpg": True, "names": "open", "desk": "sociaal"}
    assert forms["onderwijs"] == {"wpg": False, "names": "open", "desk": "sociaal"}
    assert forms["sport"] == {"wpg": False, "names": "behind_question", "desk": "sociaal"}


def test_every_source_that_is_described_is_used_and_the_other_way_round() -> None:
    described = set(read("bronnen.toml"))
    used = set()
    for path in toml_files():
        if path.name != "bronnen.toml":
            used |= set(re.findall(r'"([^"]+)"', " ".join(_source_lists(path))))
    assert described == used


def _source_lists(path: Path) -> list[str]:
    return re.findall(r"^sources = \[(.*?)\]", path.read_text(encoding="utf-8"), re.M | re.S)


def test_a_card_lists_every_source_it_rests_on_once() -> None:
    for card in CARDS:
        codes = [source["code"] for source in card["sources"]]
        assert len(codes) == len(set(codes))
        assert {"Z2"} <= set(codes)


def test_what_is_our_own_proposal_is_kept_and_marked() -> None:
    signals = [
        row for path in toml_files() for row in tomllib.loads(path.read_text()).get("signals", [])
    ]
    own = {row["id"] for row in signals if row["status"] == "E"}
    assert own == {"SPO-06", "SPO-13", "GEM-03", "GEM-07", "GEM-09"}


def test_whether_something_is_our_own_proposal_is_for_editors_and_not_for_readers() -> None:
    def keys(value: Any) -> Iterator[str]:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from keys(inner) if isinstance(inner, dict | list) else ()
        yield from value if isinstance(value, dict) else ()

    assert "status" not in set(keys(LIBRARY.as_json(open_only=False)))


def test_a_phone_number_stands_in_the_settings_of_the_gemeente_only() -> None:
    for path in toml_files():
        if path.name != "gemeente.toml":
            rest = re.sub(r"^(url|reviewed_on|review_by) = .*$", "", path.read_text(), flags=re.M)
            assert not PHONE_NUMBER.findall(rest), path.name


def test_no_number_of_a_contact_stands_twice_in_the_settings() -> None:
    settings = (CONTENT / "gemeente.toml").read_text(encoding="utf-8")
    numbers = PHONE_NUMBER.findall(re.sub(r"\b\d{4}-\d\d-\d\d\b", "", settings))
    assert len(numbers) == len(set(numbers)) == 5


def test_contacts_with_the_general_number_follow_it() -> None:
    contacts = {contact["id"]: contact for contact in LIBRARY.gemeente["contacts"]}
    for name in ("gemeente", "procesregisseur", "adviseur-oov"):
        assert contacts[name]["number"] == LIBRARY.gemeente["phone"] == "033 - 247 22 22"
    assert contacts["keerpunt"]["number"] == ""
    assert contacts["alarm"]["number"] == "112"


def test_no_contact_counts_as_tried_before_somebody_tried_it() -> None:
    assert len(LIBRARY.unchecked) == len(LIBRARY.gemeente["contacts"])


def test_no_sentence_stands_in_two_places() -> None:
    found = Counter(
        text
        for path in toml_files()
        for text in set(texts(tomllib.loads(path.read_text(encoding="utf-8"))))
        if len(text.split()) >= 5
    )
    assert not [text for text, count in found.items() if count > 1]


def test_the_settings_name_every_role_and_no_other() -> None:
    assert set(LIBRARY.gemeente["role_labels"]) == set(ROLES) == set(kinds.ROLES)


def test_the_terms_and_switches_are_what_was_agreed() -> None:
    assert LIBRARY.gemeente["terms"] == {"read_days": 2, "answer_days": 10, "escalate_days": 2}
    assert LIBRARY.gemeente["switches"] == {"offline_recording": True, "draft_hours": 72}
    assert LIBRARY.open_cards == set(PUBLIC)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card["id"]))
def test_the_sentences_of_a_card_are_short(card: dict[str, Any]) -> None:
    lengths = [len(sentence.split()) for text in read_aloud(card) for sentence in sentences(text)]
    assert sum(lengths) / len(lengths) <= 10
    assert max(lengths) <= 15


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card["id"]))
def test_the_texts_of_a_card_are_spelled_with_care(card: dict[str, Any]) -> None:
    for text in read_aloud(card):
        assert text.rstrip("’")[-1] in ".?!", text
        assert "'" not in text, text
        assert "  " not in text, text
        assert not re.search(r"\bu\b|\buw\b", text), text


def test_sport_is_the_shortest_card_of_professionals() -> None:
    length = {
        name: sum(len(text) for text in read_aloud(LIBRARY.cards[name])) for name in PROFESSIONAL
    }
    assert min(length, key=lambda name: length[name]) == "sport"


def test_all_cards_together_are_at_most_sixty_kilobytes_on_the_line() -> None:
    body = json.dumps(LIBRARY.as_json(open_only=False), ensure_ascii=False).encode()
    assert len(gzip.compress(body, 6)) <= 60_000


def test_five_or_six_signals_come_first_for_every_reader() -> None:
    for card in CARDS:
        for choice in [one["id"] for one in card["choices"]] or [None]:
            first = [
                signal["id"]
                for signal in card["signals"]
                if signal["top"] and (choice is None or choice in signal["choices"])
            ]
            assert 5 <= len(first) <= 6, (card["id"], choice)


def test_only_the_card_of_the_gemeente_asks_who_you_are() -> None:
    assert {card["id"] for card in CARDS if card["choices"]} == {"gemeente-intern"}
    card = LIBRARY.cards["gemeente-intern"]
    assert [choice["id"] for choice in card["choices"]] == [
        "jeugdconsulent",
        "leerplicht",
        "schuldhulp",
    ]
    assert all(signal["choices"] for signal in card["signals"])


def test_every_signal_says_what_it_could_be_and_something_ordinary_it_could_also_be() -> None:
    for card in CARDS:
        for signal in card["signals"]:
            assert signal["could_be"] != signal["could_also_be"]
            assert signal["could_be"][-1] == signal["could_also_be"][-1] == "."


def test_every_protective_factor_leads_to_one_small_thing_to_do_now() -> None:
    for card in CARDS:
        assert card["protective_factors"]
        for factor in card["protective_factors"]:
            assert 1 <= len(sentences(factor["now"])) <= 2, factor


def test_every_card_asks_the_four_questions_before_sharing() -> None:
    for card in CARDS:
        questions = card["sharing"]["questions"]
        assert [row["id"] for row in questions] == ["D-01", "D-02", "D-03", "D-04"]
        assert all(row["question"].endswith("?") for row in questions)


def test_every_card_helps_who_is_afraid_without_a_name() -> None:
    for card in CARDS:
        ways = [way["contact"] for way in card["afraid"]]
        assert "meld-misdaad-anoniem" in ways
        if not card["public"]:
            assert "procesregisseur" in ways, "reporting shielded"


def test_every_card_starts_a_conversation_explains_words_and_shows_figures_with_a_source() -> None:
    words = {word["id"] for word in LIBRARY.words}
    for card in CARDS:
        assert card["conversation"]["say"].startswith("‘")
        assert set(card["words"]) <= words
        assert card["words"]
        assert card["figures"]
        assert all(figure["source"] for figure in card["figures"])


def test_the_meldcode_stands_where_it_applies_and_the_protocol_at_schools() -> None:
    with_code = {card["id"] for card in CARDS if card["meldcode"]}
    assert with_code == {"onderwijs", "jongerenwerk", "gemeente-intern"}
    protocols = {row["name"] for row in LIBRARY.cards["onderwijs"]["protocols"]}
    assert "De Veilige School" in protocols


@pytest.mark.parametrize("name", PROFESSIONAL)
def test_every_professional_practises_with_at_least_five_invented_situations(name: str) -> None:
    practice = LIBRARY.cards[name]["practice"]
    assert len(practice) >= 5
    places = [[answer["right"] for answer in one["choices"]].index(True) for one in practice]
    assert len(set(places)) > 1, "the right answer must not always stand in the same place"
    assert all(answer["explanation"] for one in practice for answer in one["choices"])


def test_the_public_cards_help_and_do_not_frighten() -> None:
    assert {card["id"] for card in CARDS if card["public"]} == set(PUBLIC)
    assert LIBRARY.cards["jongeren"]["intro"].startswith("De meeste jongeren zeggen nee")
    for name in PUBLIC:
        assert "keerpunt" in LIBRARY.cards[name]["contacts"]
    said = " ".join(read_aloud(LIBRARY.cards["jongeren"]))
    assert not re.search(r"\bgeen straf\b(?! krijgt)", said)


def test_a_public_card_speaks_to_its_reader() -> None:
    for name in PUBLIC:
        card = LIBRARY.cards[name]
        for row in (*card["protective_factors"], *card["risk_factors"]):
            assert re.search(r"\b(je|jij|jullie|thuis)\b", row["text"], re.I), row
        assert not re.search(r"\bcollega\b", " ".join(read_aloud(card)))


def test_the_route_of_a_report_names_the_terms_of_this_gemeente() -> None:
    text = json.dumps(LIBRARY.route, ensure_ascii=False)
    assert "binnen 2 werkdagen" in text
    assert "Binnen 10 werkdagen" in text
    assert "{" not in text.replace('{"', "")


def test_every_item_on_every_card_keeps_its_mark_and_its_sources() -> None:
    for name in TABLES.cards:
        items = items_of(TABLES, name)
        assert len({item.id for item in items}) == len(items)
        for item in items:
            assert item.status in kinds.STATUSES
            assert item.sources or item.status == "E", item


def test_no_text_of_the_shared_files_waits_for_a_name_nobody_fills_in() -> None:
    said = json.dumps(LIBRARY.as_json(open_only=False), ensure_ascii=False)
    assert not re.findall(r"\{[a-z_-]+\}", said)
    assert Folder.at(CONTENT, []).base is None

"""Every mistake in content/ is told as a Dutch sentence with file and key, all of them at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from server import cards
from server.cards import service
from tests.editing import copy_content, edit

BOA = "signaalkaarten/boa.toml"
SPORT = "signaalkaarten/sport.toml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_content(tmp_path)


FAULTS = {
    "a weight that does not exist": (
        BOA,
        'weight = "licht"',
        'weight = "zwaar"',
        "signals[1].weight: kies licht, opvallend of ernstig. Het gaat om BOA-02.",
    ),
    "a group that does not exist": (
        BOA,
        'group = "contacten"',
        'group = "vrienden"',
        (
            "signals[7].group: kies gedrag, geld-en-spullen, "
            "contacten, plek-en-tijd, school-en-werk of lichaam-en-veiligheid. Het gaat om BOA-08."
        ),
    ),
    "a key that is spelled wrongly": (
        BOA,
        'note = "Een jongere',
        'nota = "Een jongere',
        "nota: deze sleutel kennen we niet. Bedoel je note?",
    ),
    "a key that is missing": (
        BOA,
        'tip = "Groet, maak een praatje."',
        "",
        "tip: deze sleutel ontbreekt.",
    ),
    "a text without words": (
        BOA,
        'tip = "Groet, maak een praatje."',
        'tip = " "',
        "tip: schrijf één regel van 1 tot 300 tekens, zonder spaties eromheen.",
    ),
    "a number where text belongs": (
        BOA,
        'title = "Boa"',
        "title = 7",
        "title: zet hier tekst tussen aanhalingstekens.",
    ),
    "text where a number belongs": (
        BOA,
        "version = ",
        'version = "1" # ',
        "version: kies een heel getal van 1 tot en met 9999.",
    ),
    "text where a date belongs": (
        BOA,
        "reviewed_on = 2026-11-21",
        'reviewed_on = "21 november"',
        "reviewed_on: zet hier een datum zoals 2026-11-21.",
    ),
    "text where on or off belongs": (
        BOA,
        "wpg = true",
        'wpg = "ja"',
        "form.wpg: kies true (ja) of false (nee), los geschreven.",
    ),
    "one word where a list belongs": (
        BOA,
        'sources = ["HO"]',
        'sources = "HO"',
        "signals[0].sources: zet hier een lijst tussen vierkante haken. Het gaat om BOA-01.",
    ),
    "an id of another shape": (
        BOA,
        'id = "BOA-01"',
        'id = "boa 1"',
        "signals[0].id: kies een id zoals BOA-05.",
    ),
    "a signal id used twice on one card": (
        BOA,
        'id = "BOA-02"',
        'id = "BOA-01"',
        (
            "signals[1].id: BOA-01 staat al bij "
            "content/signaalkaarten/boa.toml, signals[0]. Kies een ander id."
        ),
    ),
    "a signal id used on another card": (
        SPORT,
        'id = "SPO-02"',
        'id = "BOA-01"',
        (
            "signals[1].id: BOA-01 staat al bij "
            "content/signaalkaarten/boa.toml, signals[0]. Kies een ander id."
        ),
    ),
    "a factor named twice": (
        BOA,
        '["R-01", "R-04"',
        '["R-01", "R-01"',
        "risk_factors: R-01 staat er twee keer in.",
    ),
    "a source that is not described": (
        BOA,
        'sources = ["HO"]',
        'sources = ["HOO"]',
        "signals[0].sources[0]: HOO staat niet in content/bronnen.toml.",
    ),
    "a claim without a source": (
        BOA,
        'sources = ["HO"]',
        "sources = []",
        "signals[0].sources: noem minstens één bron, of kies status E. Het gaat om BOA-01.",
    ),
    "a risk factor that is not described": (
        BOA,
        '"R-22"',
        '"R-99"',
        "risk_factors[6]: R-99 staat niet in content/factoren.toml, onder risk.",
    ),
    "a risk factor in the place of a protective one": (
        BOA,
        '["P-01"',
        '["R-01"',
        "protective_factors[0]: R-01 staat niet in content/factoren.toml, onder protective.",
    ),
    "an advice that is not described": (
        BOA,
        '["N-01"',
        '["N-99"',
        "dont[0]: N-99 staat niet in content/handelingskader.toml, onder dont.",
    ),
    "a contact that is not described": (
        BOA,
        '"keerpunt"]',
        '"keerput"]',
        "contacts[5]: keerput staat niet in content/gemeente.toml, onder contacts.",
    ),
    "a contact of a level that is not described": (
        "handelingskader.toml",
        'contacts = ["alarm", "gemeente"]',
        'contacts = ["brandweer"]',
        "levels.red.contacts[0]: brandweer staat niet in content/gemeente.toml, onder contacts.",
    ),
    "a concept that is not described": (
        BOA,
        'concept = "several-phones"',
        'concept = "many-phones"',
        "signals[3].concept: many-phones staat niet in content/begrippen.toml.",
    ),
    "a caution that is not described": (
        BOA,
        'caution = "veel-jongeren"',
        'caution = "iedereen"',
        "signals[11].caution: iedereen staat niet in content/handelingskader.toml, onder cautions.",
    ),
    "an open card that does not exist": (
        "gemeente.toml",
        "open_cards = []",
        'open_cards = ["../../geheim"]',
        "open_cards[0]: er is geen kaart ../../geheim.",
    ),
    "a role without a label": (
        "gemeente.toml",
        'bestuur = "Bestuur"\n',
        "",
        "role_labels.bestuur: deze sleutel ontbreekt.",
    ),
    "a number that is no number": (
        "gemeente.toml",
        'number = "0900-8844"',
        'number = "de politie"',
        (
            "contacts[1].number: "
            "schrijf een nummer zoals 0900-8844, of ‘algemeen’. Het gaat om politie."
        ),
    ),
    "an address that runs a script": (
        "gemeente.toml",
        'url = "https://keerpunt.chat"',
        'url = "javascript:alert(1)"',
        "contacts[7].url: schrijf een adres dat met https:// begint. Het gaat om keerpunt.",
    ),
    "a contact that cannot be reached": (
        "gemeente.toml",
        'url = "https://keerpunt.chat"\n',
        "",
        "contacts[7].number: geef een number, een url of allebei. Het gaat om keerpunt.",
    ),
    "a desk that closes before it opens": (
        "gemeente.toml",
        'until = "17.00"',
        'until = "08.00"',
        "desk_hours.until: kies een tijd na ‘from’.",
    ),
    "a source without a title": (
        "bronnen.toml",
        'title = "Augeo: Feit of mening"\n',
        "",
        "AUG.title: deze sleutel ontbreekt.",
    ),
    "a quote that is not closed": (
        BOA,
        'title = "Boa"',
        'title = "Boa',
        (
            "regel 5, teken 13: dit is geen geldige TOML. "
            "Mist er een aanhalingsteken, een haakje of een =, of staat een sleutel er twee keer?"
        ),
    ),
    "a key that stands twice": (
        BOA,
        'title = "Boa"\n',
        'title = "Boa"\ntitle = "Boa"\n',
        (
            "regel 6, teken 14: dit is geen geldige TOML. "
            "Mist er een aanhalingsteken, een haakje of een =, of staat een sleutel er twee keer?"
        ),
    ),
}


FAULTS |= {
    "two signals too many in front": (
        BOA,
        'weight = "licht"\n',
        'weight = "licht"\ntop = true\n',
        "signals: geef 5 of 6 signalen top = true; nu zijn het er 7.",
    ),
    "a part of a card that does not exist": (
        "signaalkaarten/gemeente-intern.toml",
        'choices = ["jeugdconsulent", "leerplicht"]',
        'choices = ["jeugdconsulent", "leerplicht", "klantcontact"]',
        "signals[0].choices[2]: klantcontact staat niet bij choices.",
    ),
    "a question before sharing that is left out": (
        SPORT,
        'id = "D-04"',
        'id = "D-05"',
        "sharing: beantwoord de vragen D-01, D-02, D-03, D-04, in die volgorde.",
    ),
    "a word that is not explained": (
        BOA,
        '"W-01"',
        '"W-99"',
        "words[0]: W-99 staat niet in content/woorden.toml, onder words.",
    ),
    "a figure without a line for its source": (
        "cijfers.toml",
        'line = "Campagne Praat erover, Midden-Nederland, november 2025"\n',
        "",
        "figures[3].line: deze sleutel ontbreekt. Het gaat om C-04.",
    ),
    "a name nobody fills in": (
        "route.toml",
        "{read_days} werkdagen",
        "{dagen} werkdagen",
        (
            "steps[1].text: {dagen} kennen we niet. Kies uit {gemeente}, {nummer}, {read_days}, "
            "{answer_days}, {melder}, {contactpersoon}, {procesregisseur}, {adviseur-oov}, "
            "{kernteam}, {projectleider}, {bestuur}, {beheerder}."
        ),
    ),
    "the voice of a card that does not exist": (
        "factoren.toml",
        "[protective.own.ouders]",
        "[protective.own.oma]",
        "protective[0].own.oma: er is geen kaart oma.",
    ),
    "a situation without a right answer": (
        "oefenen/boa.toml",
        "right = true",
        "right = false",
        ("situations[0].choices: geef minstens één antwoord right = true. Het gaat om OEF-BOA-01."),
    ),
    "a situation about a signal of another card": (
        "oefenen/boa.toml",
        '"BOA-13"',
        '"SPO-13"',
        "situations[0].signals[0]: SPO-13 staat niet in content/signaalkaarten/boa.toml.",
    ),
    "a review before the last one": (
        BOA,
        "review_by = 2027-05-21",
        "review_by = 2026-05-21",
        "review_by: kies een datum na ‘reviewed_on’.",
    ),
    "a number no phone can call": (
        "gemeente.toml",
        'phone = "033 - 247 22 22"',
        'phone = "033 - 247 22"',
        "phone: schrijf een nummer zoals 0900-8844.",
    ),
    "a link that leads nowhere": (
        "bronnen.toml",
        'url = "https://keerpunt.chat/signalen-herkennen/"',
        'url = "https://keerpunt"',
        "KEER.url: schrijf een adres dat met https:// begint.",
    ),
    "a folder it builds on that is not there": (
        "gemeente.toml",
        'name = "Nijkerk"',
        'name = "Nijkerk"\nbased_on = "../nergens"',
        "based_on: in ../nergens staat geen andere map met inhoud.",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_once_with_file_and_key(
    content: Path, file: str, old: str, new: str, told: str
) -> None:
    edit(content, file, old, new)
    assert cards.check(content) == [f"content/{file}, {told}"]


def test_an_id_that_was_retired_never_comes_back(content: Path) -> None:
    with (content / "vervallen.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[retired]]\nid = "BOA-02"\non = 2026-11-21\nwas = "Iets anders."\n')
    assert cards.check(content) == [
        (
            "content/signaalkaarten/boa.toml, signals[1].id: BOA-02 is vervallen en staat in "
            "content/vervallen.toml. Kies een nieuw id."
        )
    ]


@pytest.mark.parametrize("written", ["{", "[]", '{"cards": {"boa": 1}}', "[" * 100_000])
def test_a_register_that_was_damaged_is_told_and_no_crash(content: Path, written: str) -> None:
    (content / "gepubliceerd.json").write_text(written)
    [fault] = cards.check(content)
    assert fault.startswith("content/gepubliceerd.json: dit bestand is beschadigd.")


def test_one_word_where_a_table_belongs_is_told(content: Path) -> None:
    settings = (content / "gemeente.toml").read_text()
    terms = settings[settings.index("[terms]") : settings.index("# ---- Hoe lang iets blijft")]
    edit(content, "gemeente.toml", terms, "")
    edit(content, "gemeente.toml", "open_cards = []", "open_cards = []\nterms = 10")
    edit(content, "bronnen.toml", "[AUG]\ntitle", "[AUG]\ntitel")
    assert cards.check(content) == [
        "content/gemeente.toml, terms: hier hoort een tabel met sleutels, geen losse waarde.",
        "content/bronnen.toml, AUG.title: deze sleutel ontbreekt.",
        "content/bronnen.toml, AUG.titel: deze sleutel kennen we niet. Bedoel je title?",
    ]


def test_all_faults_of_all_files_are_told_at_once(content: Path) -> None:
    edit(content, BOA, 'weight = "licht"', 'weight = "zwaar"')
    edit(content, BOA, 'status = "V"\nsources = ["HO"]', 'status = "X"\nsources = ["HO"]')
    edit(content, SPORT, 'desk = "sociaal"', 'desk = "balie"')
    edit(content, "gemeente.toml", "read_days = 2", "read_days = 0")
    assert cards.check(content) == [
        "content/signaalkaarten/boa.toml, signals[0].status: kies B, V of E. Het gaat om BOA-01.",
        (
            "content/signaalkaarten/boa.toml, signals[1].weight: kies licht, opvallend of ernstig. "
            "Het gaat om BOA-02."
        ),
        "content/signaalkaarten/sport.toml, form.desk: kies sociaal of veiligheid.",
        "content/gemeente.toml, terms.read_days: kies een heel getal van 1 tot en met 60.",
    ]


@pytest.mark.parametrize(
    "file",
    [
        "gemeente.toml",
        "factoren.toml",
        "handelingskader.toml",
        "bronnen.toml",
        "begrippen.toml",
        "woorden.toml",
        "cijfers.toml",
        "route.toml",
        "overleg.toml",
        "casus.toml",
        "doorverwijzen.toml",
        "vervallen.toml",
    ],
)
def test_a_missing_file_is_named_and_nothing_else(content: Path, file: str) -> None:
    (content / file).unlink()
    assert cards.check(content) == [f"content/{file}: dit bestand ontbreekt."]


def test_no_cards_at_all_is_a_fault(content: Path) -> None:
    for card in (content / "signaalkaarten").glob("*.toml"):
        card.unlink()
    assert service.check(content) == [
        "content/signaalkaarten: in deze map staat geen enkel .toml-bestand."
    ]
    (content / "signaalkaarten").rmdir()
    assert service.check(content) == ["content/signaalkaarten: deze map ontbreekt."]


def test_a_file_in_another_encoding_is_told_with_its_line(content: Path) -> None:
    path = content / BOA
    path.write_bytes(path.read_bytes().replace("één tas".encode(), "één tas".encode("latin-1")))
    line = path.read_bytes().split("één tas".encode("latin-1"))[0].count(b"\n") + 1
    place = f"content/signaalkaarten/boa.toml, regel {line}"
    assert cards.check(content) == [
        f"{place}: hier staat een teken dat geen UTF-8 is. Bewaar het bestand opnieuw als UTF-8."
    ]


def test_the_mark_some_editors_put_in_front_does_no_harm(content: Path) -> None:
    path = content / BOA
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert cards.check(content) == []


def test_a_link_out_of_content_is_not_followed(content: Path, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.toml"
    secret.write_text('wachtwoord = "niet tonen"')
    (content / "signaalkaarten/lek.toml").symlink_to(secret)
    assert cards.check(content) == [
        "content/signaalkaarten/lek.toml: dit bestand wijst naar een plek buiten content."
    ]


def test_a_link_that_goes_round_in_circles_is_a_fault(content: Path) -> None:
    path = content / "signaalkaarten/rond.toml"
    path.symlink_to(path)
    assert cards.check(content) == [
        (
            "content/signaalkaarten/rond.toml: dit bestand is niet te openen. "
            "Kijk of het een gewoon bestand is."
        )
    ]


def test_a_folder_with_the_name_of_a_card_is_a_fault(content: Path) -> None:
    (content / "signaalkaarten/map.toml").mkdir()
    assert cards.check(content) == [
        (
            "content/signaalkaarten/map.toml: dit bestand is niet te openen. "
            "Kijk of het een gewoon bestand is."
        )
    ]


def test_a_card_with_an_odd_file_name_is_a_fault_and_not_left_out(content: Path) -> None:
    shutil.copy(content / BOA, content / "signaalkaarten/Boa (kopie).toml")
    assert cards.check(content) == [
        (
            "content/signaalkaarten/Boa (kopie).toml: kies een naam met alleen kleine letters, "
            "cijfers en streepjes, zoals boa.toml."
        )
    ]


def test_a_huge_file_is_refused_before_it_is_read(content: Path) -> None:
    (content / "signaalkaarten/groot.toml").write_text("#" * 1_000_001)
    assert cards.check(content) == [
        "content/signaalkaarten/groot.toml: dit bestand is groter dan 1 MB. Maak het kleiner."
    ]


def test_check_tells_the_faults_of_areas_too(content: Path) -> None:
    (content / "gebieden/nijkerk.geojson").unlink()
    assert cards.check(content) == [
        "content/gebieden: in deze map staat geen enkel .geojson-bestand."
    ]

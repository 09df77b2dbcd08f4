"""What a text may tell about who it is about, and what it may say."""

from __future__ import annotations

import pytest

from server.names.giveaways import find

# CBS calls one area after several.
AREAS = ["Verzinoord, Schijnhoek en Nepveld", "Nepwijk-Zuid/De Doen", "Verzonnenstad"]
INVENTED = (
    "Een jongen kreeg ineens dure schoenen en kwam later thuis. Zijn moeder merkte dat hij niet "
    "meer sliep. Een trainer belde de gemeente. Iemand ging met hem praten. Nu helpt hij bij de "
    "club en gaat het beter. Dit gebeurt vaker dan je denkt: soms is één gesprek genoeg."
)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Toen kreeg Zwiep een tasje.", "name", "Zwiep"),
        ("Daarna belde samira de school.", "name", "samira"),
        ("Fatima’s broer kreeg hulp.", "name", "Fatima"),
        ("Roos vertelde het zelf.", "name", "Roos"),
        ("Nepstra vertelde het aan de boa.", "name", "Nepstra"),
        ("Bo vertelde het aan de boa.", "name", "Bo"),
        ("Hij speelt bij verzonnen boys in de zaal.", "organisation", "verzonnen boys"),
        ("Ze wonen in de Verzinlaan 12 in een flat.", "address", "Verzinlaan 12"),
        ("Het was bij verzinstraat 8a.", "address", "verzinstraat 8a"),
        ("Postcode 3861 AB dus.", "address", "3861 AB"),
        ("Op 12 maart 2026 kwam hij.", "day", "12 maart 2026"),
        ("Het was op 12-03-2026.", "day", "12-03-2026"),
        ("Hij kwam afgelopen dinsdag.", "day", "afgelopen dinsdag"),
        ("Hij kwam om 21.30 uur.", "day", "21.30 uur"),
        ("Een jongen van 15 jaar uit een klas.", "age", "15 jaar"),
        ("Een vijftienjarige die bij een club zit.", "age", "vijftienjarige"),
        ("Ze was 14 jaar.", "age", "14 jaar"),
        ("Veertien jaar was ze nog maar.", "age", "Veertien jaar"),
        ("Er kwam een 13-jarige langs.", "age", "13-jarige"),
        ("Het was een meisje van 16 met een fiets.", "age", "meisje van 16"),
        ("Zwiep kwam langs.", "name", "Zwiep"),
        ("Het ging mis. ‘Zwiep’s schoenen waren nieuw.’", "name", "Zwiep"),
        ("Verzinoord is een buurt.", "address", "Verzinoord"),
        ("In de nepwijk-zuid was het stil.", "address", "nepwijk-zuid"),
        ("Hij woont op Schijnhoek.", "address", "Schijnhoek"),
        ("Hij zit in klas 2b.", "age", "klas 2b"),
        ("Zij doet havo 4.", "age", "havo 4"),
        ("Bel 06 12 34 56 78.", "number", "06 12 34 56 78"),
        ("Mail naar iemand@voorbeeld.example dus.", "number", "iemand@voorbeeld.example"),
        ("Een auto met 12-ABC-3 reed weg.", "number", "12-ABC-3"),
        ("Hij heet @verzonnen_op_straat.", "number", "@verzonnen_op_straat"),
    ],
)
def test_what_may_tell_who_it_is_about_is_found(text: str, kind: str, words: str) -> None:
    found = find(text, people=["Bo van den Nepstra"], organisations=["Verzonnen Boys"], areas=AREAS)
    assert (kind, words) in {(one.kind, one.words) for one in found}
    assert all(text[one.start : one.end] == one.words for one in found)


def test_an_invented_story_is_let_through_without_a_word() -> None:
    people, organisations = ["Bo van den Nepstra"], ["Verzonnen Boys"]
    assert find(INVENTED, people=people, organisations=organisations, areas=AREAS) == []


def test_what_tells_nothing_is_not_found() -> None:
    text = "De gemeente Verzonnenstad en de GGD hielpen. Hij was onderweg en 15 jaar jonger."
    assert find(text, areas=AREAS, known=["Verzonnenstad"]) == []
    assert find("Drie jaar later was hij ouder.") == []
    assert [one.words for one in find(text)] == ["Verzonnenstad"]


def test_an_ordinary_word_may_begin_a_sentence() -> None:
    text = (
        "Zo’n gesprek helpt. Jongeren kregen geld. “Waarom?” vroeg iemand. Schoenen waren het "
        "eerst, en dure schoenen kosten geld. Ouders belden. Stil werd het. Eén keer. Buren zagen "
        "het. 2 keer. Vaak blijkt dat later. Thuis was er ruzie. Volgens hem niet. OM en GGD ook."
    )
    assert find(text) == []


def test_a_word_is_told_once_and_the_longest_stays() -> None:
    found = find("Dat was bij het Verzonnen College.", organisations=["Verzonnen College"])
    assert [one.words for one in found] == ["Verzonnen College"]


@pytest.mark.parametrize("text", ["", " \n", "A", "1-1-1-1-1-1", "@" * 4000, "Aa-1" * 1000])
def test_any_text_is_looked_through(text: str) -> None:
    assert all(one.words for one in find(text, people=["", "é"], organisations=["", " "]))

"""Who changes a text hears what is wrong, what changed, and what the phones will say of it."""

from __future__ import annotations

import json
import os
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cards import service
from server.cli import cli
from server.content.places import line_of, lines_of
from server.editing import checking, publishing, spelling
from server.editing.passages import passages
from server.editing.readable import faults_in, reading_ease, sentences, syllables
from tests.editing import CONTENT, copy_content, edit

pytestmark = pytest.mark.thorough

BOA = "signaalkaarten/boa.toml"
TODAY = date(2026, 11, 21)
# Knows every word but one, and says so the way hunspell does.
HUNSPELL = """#!/bin/sh
grep -o 'jongerre' || true
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, its contacts tried and its cards published for the first time; nobody changes it."""
    content = copy_content(tmp_path_factory.mktemp("published"))
    settings = content / "gemeente.toml"
    settings.write_text(settings.read_text().replace("checked = false", "checked = true"))
    (content / "gepubliceerd.json").unlink()
    for card in (content / "signaalkaarten").glob("*.toml"):
        card.write_text(re.sub(r"(?m)^version = \d+", "version = 1", card.read_text()))
    publishing.publish(content, service.read(content, []), TODAY)
    return content


@pytest.fixture
def content(tmp_path: Path, published: Path) -> Path:
    return copy_content(tmp_path, published)


@pytest.fixture
def hunspell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "bin" / "hunspell"
    program.parent.mkdir()
    program.write_text(HUNSPELL)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.fixture
def run(content: Path, hunspell: Path, monkeypatch: pytest.MonkeyPatch):
    """Run ``signaalkaart content`` on a copy that may be changed."""
    monkeypatch.setenv("CONTENT_DIR", str(content))
    monkeypatch.setattr("server.editing.cli._today", lambda: TODAY)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["content", *words])

    return run


def test_the_committed_content_is_good_and_published(hunspell: Path) -> None:
    faults, [untried] = checking.check(CONTENT, TODAY)
    assert faults == []
    assert untried.startswith("Let op: deze contacten heeft nog niemand geprobeerd: ")
    register = json.loads((CONTENT / "gepubliceerd.json").read_text(encoding="utf-8"))
    versions = {name: card["version"] for name, card in service.read(CONTENT, []).cards.items()}
    assert {name: card["version"] for name, card in register["cards"].items()} == versions


def test_the_first_publication_is_the_one_all_later_ones_are_compared_with(
    run, content: Path
) -> None:
    (content / "gepubliceerd.json").unlink()
    assert "Kaart boa is nog nooit gepubliceerd.\n" in run("diff").output
    assert "Kaart boa is voor het eerst gepubliceerd.\n" in run("publish").output
    assert service.load(content).cards["boa"]["version"] == 1


def test_what_phones_hear_of_a_long_change_is_short(run, content: Path) -> None:
    edit(content, "oefenen/boa.toml", "Ze lachen en draaien muziek.", "Ze lachen.")
    run("publish")
    [change] = service.load(content).cards["boa"]["changes"]
    [line] = change["lines"]
    assert line.startswith("Anders bij Oefenen: ‘Een groep jongeren hangt op het plein.")
    assert len(line) <= 110
    assert line.endswith(" …’")


def test_nothing_changed_since_the_last_publication(run) -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "Alle kaarten kloppen.\n")
    assert run("diff").output == "Er is niets veranderd.\n"


def test_a_fault_is_told_with_file_line_and_key(run, content: Path) -> None:
    edit(content, BOA, 'id = "BOA-02"\ngroup = "gedrag"', 'id = "BOA-02"\ngroup = "vrienden"')
    result = run("check")
    text = (content / BOA).read_text(encoding="utf-8")
    line = text[: text.index('group = "vrienden"')].count("\n") + 1
    assert result.exit_code == 1
    assert result.output.startswith(
        f"content/signaalkaarten/boa.toml, regel {line}, signals[1].group: kies gedrag, "
    )


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (
            "Groet iedereen die je op straat ziet en maak daarna met elke jongere nog een praatje.",
            "deze zin heeft 16 woorden, kies er hoogstens 15: ‘Groet iedereen die je …’.",
        ),
        (
            "Groet, alvorens je praat.",
            "‘alvorens’ is ambtelijke taal. Schrijf liever ‘voordat’.",
        ),
        (
            "Groet <b>iedere</b> jongere.",
            "lezers zien de tekens ‘<b>’ letterlijk. Schrijf gewone tekst.",
        ),
        (
            "Groet elke jongerre.",
            "‘jongerre’ staat niet in de woordenlijst. Klopt het? Zet het in eigen-woorden.txt.",
        ),
    ],
    ids=["a long sentence", "officialese", "markup", "a spelling mistake"],
)
def test_what_a_reader_would_stumble_over_is_told(run, content: Path, new: str, told: str) -> None:
    edit(content, BOA, "Groet, maak een praatje.", new)
    line = lines_of((content / BOA).read_text(encoding="utf-8"))["tip"]
    result = run("check")
    assert result.exit_code == 1
    assert f"content/signaalkaarten/boa.toml, regel {line}, tip: {told}" in result.output


def test_a_review_that_is_overdue_is_told(content: Path, hunspell: Path) -> None:
    edit(content, BOA, "review_by = 2027-05-21", "review_by = 2026-11-22")
    assert checking.check(content, date(2026, 11, 22)) == ([], [])
    [fault], _notes = checking.check(content, date(2026, 11, 23))
    assert "boa.toml, regel 10, review_by: de kaart moest vóór 2026-11-22" in fault


def test_a_signal_that_comes_to_mean_something_else_is_told(content: Path, hunspell: Path) -> None:
    edit(content, BOA, 'concept = "holds-on-to-bag"', 'concept = "fear"')
    [fault], _notes = checking.check(content, TODAY)
    assert "signals[0].concept: BOA-01 was holds-on-to-bag en is nu fear." in fault


@pytest.mark.parametrize("program", ["exit 1", 'echo "Can\'t open affix files" >&2'])
def test_without_a_dutch_dictionary_it_says_so_and_checks_the_rest(
    content: Path, hunspell: Path, program: str
) -> None:
    hunspell.write_text(f"#!/bin/sh\n{program}\n")
    assert checking.check(content, TODAY) == ([], [checking.NO_DICTIONARY])


def test_without_hunspell_there_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert spelling.unknown_words(["Tekst."], tmp_path / "geen.txt") is None


def test_a_word_of_the_own_list_is_no_mistake(tmp_path: Path, hunspell: Path) -> None:
    words = tmp_path / "eigen-woorden.txt"
    assert spelling.unknown_words(["Een jongerre."], words) == {"jongerre"}
    words.write_text("jongerre\n")
    assert spelling.unknown_words(["Een jongerre."], words) == set()


def test_diff_says_in_words_what_changed(run, content: Path) -> None:
    edit(content, BOA, "Groet, maak een praatje.", "Zeg gedag.")
    edit(content, BOA, 'weight = "licht"', 'weight = "opvallend"')
    assert run("diff").output.splitlines() == [
        "Kaart boa, sinds versie 1:",
        "  tip. Anders bij Begin: ‘Zeg gedag.’ Was: ‘Groet, maak een praatje.’.",
        "  BOA-02 gewicht. Anders bij Signalen: ‘opvallend’ Was: ‘licht’.",
    ]


def test_publishing_raises_the_version_and_tells_phones_what_changed(run, content: Path) -> None:
    edit(content, "factoren.toml", "Voelt steun van zijn ouders.", "Voelt steun thuis.")
    result = run("publish")
    assert result.exit_code == 0, result.output
    assert "Kaart boa is nu versie 2." in result.output
    library = service.load(content)
    assert library.cards["boa"]["version"] == 2
    assert library.cards["boa"]["changes"] == [
        {
            "version": 2,
            "on": "2026-11-21",
            "lines": ["Anders bij Wat beschermt: ‘Voelt steun thuis.’"],
        }
    ]
    # This card says it in its own voice, so nothing changed for its readers.
    assert library.cards["ouders"]["version"] == 1
    assert run("diff").output == "Er is niets veranderd.\n"
    assert run("publish").output == "Er is niets veranderd.\n"


def test_publishing_waits_until_everything_is_right(run, content: Path) -> None:
    edit(content, BOA, "Groet, maak een praatje.", "Groet <i>allen</i>.")
    before = (content / "gepubliceerd.json").read_bytes()
    result = run("publish")
    assert result.exit_code == 1
    assert (content / "gepubliceerd.json").read_bytes() == before
    assert "\nversion = 1\n" in (content / BOA).read_text()


def test_what_reports_of_an_earlier_version_point_at_stays_readable(run, content: Path) -> None:
    before = "De jongere groet"
    text = (content / BOA).read_text(encoding="utf-8")
    signal = tomllib.loads(text)["signals"][7]
    for number in (1, 2):
        edit(content, BOA, signal["text"], f"{before} {number}.")
        run("publish")
        signal["text"] = f"{before} {number}."
    kept = service.load(content).earlier["boa"]
    assert list(kept) == [1, 2]
    assert kept[2][signal["id"]] == f"{before} 1."
    assert kept[1][signal["id"]] == tomllib.loads(text)["signals"][7]["text"]
    assert kept[1][f"{signal['id']} kan dit zijn"]


def test_an_id_that_is_taken_away_is_written_down_and_never_comes_back(run, content: Path) -> None:
    text = (content / BOA).read_text(encoding="utf-8")
    start = text.index('[[signals]]\nid = "BOA-14"')
    signal = text[start : text.index("[[signals]]", start + 1)]
    edit(content, BOA, signal, "")
    assert "BOA-14 staat nergens meer. Na publiceren komt het nooit terug." in run("diff").output
    result = run("publish")
    assert "BOA-14 is vervallen en komt nooit terug." in result.output
    [retired] = tomllib.loads((content / "vervallen.toml").read_text())["retired"]
    assert (retired["id"], retired["on"]) == ("BOA-14", TODAY)
    assert retired["was"].startswith("Een onbekende jongere")
    edit(content, BOA, '[[signals]]\nid = "BOA-15"', f'{signal}[[signals]]\nid = "BOA-15"')
    assert "BOA-14 is vervallen en staat in content/vervallen.toml" in run("check").output


def test_a_gemeente_that_builds_on_another_publishes_what_is_its_own(
    run, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delft = copy_content(content.parent, Path(__file__).parent / "data" / "content-delft")
    edit(delft, "gemeente.toml", "../../../content", "../content")
    monkeypatch.setenv("CONTENT_DIR", str(delft))
    assert run("check").output.endswith("\nAlle kaarten kloppen.\n")
    assert run("diff").output == "Er is niets veranderd.\n"
    (delft / "factoren.toml").write_bytes((content / "factoren.toml").read_bytes())
    edit(delft, "factoren.toml", "Voelt steun van zijn ouders.", "Voelt steun thuis.")
    refused = run("publish")
    assert refused.exit_code == 1
    assert "content/signaalkaarten/boa.toml hoort bij een andere map" in refused.output


def test_a_review_list_shows_every_item_with_mark_source_and_room(
    run, content: Path, tmp_path: Path
) -> None:
    file = tmp_path / "lijst.html"
    edit(content, BOA, "Groet, maak een praatje.", "Groet & lach.")
    result = run("review", "boa", "--file", str(file))
    assert result.exit_code == 0, result.output
    page = file.read_text(encoding="utf-8")
    for said in ("BOA-05", "nu doen (eigen voorstel):", "OEF-BOA-01", "stap 2", "KEER, PACE"):
        assert said in page
    assert "Opmerking" in page
    assert "Groet &amp; lach." in page
    assert "{" not in page.split("</style>")[1]
    assert "src=" not in page
    unknown = run("review", "zeilen")
    assert unknown.exit_code == 1
    assert "Er is geen kaart ‘zeilen’. Kies uit boa, gemeente-intern" in unknown.output


def test_every_text_stands_on_the_line_it_is_said_to() -> None:
    seen = 0
    for passage in passages(CONTENT):
        line = (CONTENT / passage.file).read_text(encoding="utf-8").splitlines()[passage.line - 1]
        assert json.dumps(passage.text, ensure_ascii=False)[1:-1].replace('\\"', '"') in line
        seen += 1
    assert seen > 1000


def test_a_line_is_found_for_what_is_missing_too() -> None:
    lines = lines_of('title = "Boa"\n\n[[signals]]\nid = "X"\n\n[[signals]]\nid = "Y"\n')
    assert line_of(lines, "signals[1].id") == 7
    assert line_of(lines, "signals[1].weight") == 6
    assert line_of(lines, "nergens") == 1


@pytest.mark.parametrize(
    ("word", "count"),
    [("boa", 2), ("jongere", 3), ("ouders", 2), ("geïnteresseerd", 5), ("3", 1), ("vrij", 1)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_officials_score_lower_than_people() -> None:
    person = ["Kijk wat je ziet. Bel ons als je je zorgen maakt."]
    official = [
        "Ten aanzien van bovengenoemde problematiek verdient integrale samenwerking aanbeveling."
    ]
    assert reading_ease(person) > 80 > 20 > reading_ease(official)
    assert faults_in(person[0]) == []


def test_sentences_end_where_a_reader_stops() -> None:
    assert sentences("‘Hé, alles goed?’ Dat vraag je. Het is 08.30 uur…") == [
        "‘Hé, alles goed?’",
        "Dat vraag je.",
        "Het is 08.30 uur…",
    ]

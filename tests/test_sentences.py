"""The ready sentences for reporters: one per kind, about nobody, the same here and on the phone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from server import cards
from server.app import ROOT
from server.cards import feedback_files
from server.cards.service import load
from server.observations.models import FEEDBACK_KINDS

FILE = "terugkoppeling.toml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path / "content"


def edit(content: Path, old: str, new: str) -> list[str]:
    file = content / FILE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return cards.check(content)


def test_there_is_a_sentence_for_every_kind_of_feedback() -> None:
    assert feedback_files.KINDS == FEEDBACK_KINDS
    assert set(load(ROOT / "content").gemeente["feedback"]) == set(FEEDBACK_KINDS)


def test_a_phone_without_the_newest_cards_knows_the_same_sentences() -> None:
    words = (ROOT / "pwa" / "src" / "words.ts").read_text()
    block = words[words.index("export const FEEDBACK") : words.index("/** Why nothing is sent")]
    known = dict(re.findall(r'^  (\w+): "([^"]+)"', block, re.M))
    assert known == load(ROOT / "content").gemeente["feedback"]


def test_a_sentence_that_names_somebody_is_refused(content: Path) -> None:
    [fault] = edit(content, "We kijken mee", "Samira kijkt met Bo mee")
    assert fault.startswith(f"content/{FILE}, sentences[1].text: noem hier niemand: Bo lijkt")


def test_a_second_sentence_for_a_kind_and_a_missing_one_are_told(content: Path) -> None:
    [fault] = edit(content, 'kind = "watching"', 'kind = "read"')
    assert "precies één zin voor read; nu zijn het er 2." in fault


def test_a_changed_sentence_is_what_phones_get(content: Path) -> None:
    assert edit(content, "We kijken mee", "We letten op en kijken mee") == []
    assert load(content).gemeente["feedback"]["watching"] == "We letten op en kijken mee"


def test_a_sentence_without_its_dot_stays_without(content: Path) -> None:
    [fault] = edit(content, "We kijken mee", "We kijken mee.")
    assert "laat de punt aan het eind weg" in fault

"""Names are known again however they are spelled, and words that only resemble them are not."""

from __future__ import annotations

import pytest

from server.names.likeness import Name


@pytest.mark.parametrize(
    ("name", "written", "how"),
    [
        ("Zwiep", "zwiep", "same"),
        ("Çelik", "CELIK", "same"),
        ("Mohammed", "Mohamed", "alike"),
        ("Yusuf", "Joesoef", "alike"),
        ("Kees", "Cees", "alike"),
        ("Dijkstra", "Dykstra", "alike"),
        ("Flip Verzonnenzoon", "flip verzonnezoon", "alike"),
        ("Flip Verzonnenzoon", "Flip", "part"),
        ("Jan-Willem de Vries", "Jan Willem de Vries", "same"),
        ("Bo", "Bob", None),
        ("Daan", "Danny", None),
        ("de Vries", "de Boer", None),
    ],
)
def test_a_name_is_known_in_another_spelling(name: str, written: str, how: str | None) -> None:
    assert Name(name).strength(written, is_name=True) == how


def test_a_common_word_is_not_taken_for_a_name_that_resembles_it() -> None:
    assert Name("Peter").strength("Het gaat beter met hem") is None
    assert Name("Peter").strength("Ik sprak Petar en zijn broer") == "alike"

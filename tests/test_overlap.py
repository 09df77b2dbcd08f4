"""How much of what belongs together the index finds, on invented observations, beside a list."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from flask import Flask

from bench import overlap
from bench.stories import Wishes, invent, misspell, true_pairs
from server.bundles import spelling

FEWER = replace(Wishes(), observations=500, stories=75, days=120)


def alike(one: str, other: str) -> int:
    """Say how alike the index takes two names to be."""
    kept = spelling.stored([other])
    return max(
        (
            level
            for (text, part), level in spelling.sought([one]).items()
            if text in kept and not (part and kept[text])
        ),
        default=0,
    )


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Zwiep", "zwiep", spelling.SAME),
        ("Thijs", "Teis", spelling.SAME),
        ("Youssef", "Yoessef", spelling.SAME),
        ("Zoë", "zoe", spelling.SAME),
        ("Zwiep", "Zweip", spelling.SAME),
        ("Bram", "Barm", spelling.ALIKE),
        ("Zwiep", "Zwie", spelling.ALIKE),
        ("Zwiep", "Zwiepp", spelling.SAME),
        ("Zwiep", "Zwoep", spelling.ALIKE),
        ("Flip", "Flippie", spelling.ALIKE),
        ("kleine Moussa", "Moussa", spelling.SAME),
        ("Moussa Verzonnen", "Moussa", spelling.SAME),
        ("Daan Verzonnen", "Daan Bedacht", 0),
        ("Sem", "Sam", spelling.WEAK),
        ("Bo", "Jo", 0),
        ("onbekend", "onbekend", 0),
        ("geen idee", "geen idee", 0),
        ("Lange", "lange", spelling.SAME),
        ("", "", 0),
    ],
)
def test_two_spellings_are_taken_for_one_name_or_not(one: str, other: str, level: int) -> None:
    assert alike(one, other) == alike(other, one) == level


def test_a_seed_invents_the_same_world_every_time(app: Flask) -> None:
    one, other = (invent(overlap.world(), 5, FEWER) for _ in range(2))
    assert one == other
    assert invent(overlap.world(), 6, FEWER) != one
    assert len(one) == 500
    assert 150 < len(true_pairs(one)) < 450


def test_the_invented_world_is_as_wrong_as_it_says(app: Flask) -> None:
    made = invent(overlap.world(), 7, replace(FEWER, observations=2000, stories=300))
    clean = invent(
        overlap.world(), 7, replace(FEWER, observations=2000, stories=300, misspelt=0, wrong_area=0)
    )
    named = [person["name"] for one in clean for person in one.persons]
    assert len(named) > 2000
    stories: dict[int, set[str | None]] = {}
    for one in clean:
        if one.story is not None:
            stories.setdefault(one.story, set()).add(one.area)
    assert all(len(areas - {None}) == 1 for areas in stories.values())
    strayed = sum(one.area not in stories[one.story] for one in made if one.story is not None)
    assert 0 < strayed < len(made)


def test_to_misspell_is_to_write_another_name(app: Flask) -> None:
    rng = random.Random(3)
    written = [misspell("Youssef", rng) for _ in range(200)]
    assert sum(one != "Youssef" for one in written) > 180
    assert len(set(written)) > 40


@pytest.mark.thorough
def test_most_of_what_belongs_together_is_found_and_most_of_what_is_found_belongs(
    app: Flask,
) -> None:
    invented = invent(overlap.world(), overlap.SEED, FEWER)
    true = true_pairs(invented)
    ids = overlap.fill(invented, overlap.author())
    overlap.index_all()
    ours = overlap.Rate.of(overlap.found(ids), true)
    plain = overlap.Rate.of(overlap.baseline(invented), true)
    assert ours.recall >= 0.75, ours
    assert ours.precision >= 0.6, ours
    assert ours.recall > plain.recall, plain
    assert ours.precision > 3 * plain.precision, plain

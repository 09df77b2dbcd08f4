"""Who knows the rules and every number that is shown still finds no hidden one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.reports import suppression
from server.reports.suppression import LEAST, Node, hide

Shown = tuple[tuple[tuple[str, ...], int | None], ...]


def flat(counts: tuple[int, ...]) -> Node:
    return Node(sum(counts), {f"{place}": Node(count) for place, count in enumerate(counts)})


def deep(counts: tuple[tuple[int, ...], ...]) -> Node:
    parts = {f"{place}": flat(part) for place, part in enumerate(counts)}
    return Node(sum(part.count for part in parts.values()), parts)


def splits(total: int, places: int) -> Iterator[tuple[int, ...]]:
    """All ways to spread a number over so many places."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, places - 1):
            yield (first, *rest)


def values(node: Node, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], int]:
    found = {path: node.count}
    for key, part in node.parts.items():
        found |= values(part, (*path, key))
    return found


def as_shown(node: Node) -> Shown:
    return tuple(sorted(hide(node).items()))


def possible_values(worlds: list[Node]) -> Iterator[tuple[str, set[int]]]:
    """Yield each hidden place, with its number in all worlds that show the same."""
    alike: dict[Shown, list[Node]] = {}
    for world in worlds:
        alike.setdefault(as_shown(world), []).append(world)
    for shown, possible in alike.items():
        told = [values(world) for world in possible]
        for path, count in shown:
            if count is None:
                yield f"{path} in {told[0]}", {world[path] for world in told}


def find_recovered(worlds: list[Node]) -> list[str]:
    """Return every hidden number that is the same in all worlds that show the same."""
    return [where for where, numbers in possible_values(worlds) if len(numbers) == 1]


def find_more_than_zero(worlds: list[Node]) -> list[str]:
    """Return every hidden place in which something counts in all worlds that show the same."""
    return [where for where, numbers in possible_values(worlds) if 0 not in numbers]


@pytest.mark.parametrize("places", [1, 2, 3, pytest.param(4, marks=pytest.mark.thorough)])
def test_no_hidden_part_follows_from_what_is_shown(places: int) -> None:
    worlds = [flat(counts) for total in range(23) for counts in splits(total, places)]
    assert find_recovered(worlds) == []


@pytest.mark.parametrize("places", [1, 2, 3, pytest.param(4, marks=pytest.mark.thorough)])
def test_of_no_hidden_part_anybody_can_say_that_it_is_more_than_zero(places: int) -> None:
    worlds = [flat(counts) for total in range(23) for counts in splits(total, places)]
    assert find_more_than_zero(worlds) == []


@pytest.mark.thorough
def test_of_five_parts_none_that_is_hidden_is_known_to_be_more_than_zero() -> None:
    """With a border of three, so that what is shown stands beside every kind of hidden ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppression, "LEAST", 3)
        worlds = [flat(counts) for total in range(18) for counts in splits(total, 5)]
        assert find_more_than_zero(worlds) == []
        assert find_recovered(worlds) == []


def test_hiding_beside_a_zero_that_is_shown_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack itself is tried: zero beside twelve is shown, three beside nine is hidden."""

    def as_before(counts: Mapping[str, int], _few: Collection[str] = ()) -> set[str]:
        hidden = {key for key, count in counts.items() if count < LEAST}
        return set(counts) if any(counts[key] for key in hidden) else set()

    monkeypatch.setattr("server.reports.suppression.hidden_parts", as_before)
    worlds = [flat(counts) for total in range(15) for counts in splits(total, 2)]
    assert find_more_than_zero(worlds) != []


@pytest.mark.thorough
def test_no_hidden_part_of_a_part_follows_from_what_is_shown() -> None:
    worlds = [
        deep((counts[:2], counts[2:4], counts[4:]))
        for total in range(15)
        for counts in splits(total, 5)
    ]
    assert find_recovered(worlds) == []
    assert find_more_than_zero(worlds) == []


def wholes(
    shown: Mapping[tuple[str, ...], int | None],
) -> Iterator[tuple[int, list[int | None]]]:
    """Every whole that is shown, with its parts."""
    for path, count in shown.items():
        parts = [one for place, one in shown.items() if place[:-1] == path and place]
        if count is not None and parts:
            yield count, parts


counts = st.integers(0, 40)
trees = st.recursive(
    counts.map(Node),
    lambda part: st.lists(part, min_size=1, max_size=6).map(
        lambda parts: Node(
            sum(one.count for one in parts), {f"{at}": one for at, one in enumerate(parts)}
        )
    ),
    max_leaves=20,
)


@given(trees)
@settings(max_examples=200, deadline=None)
def test_subtracting_what_is_shown_leaves_no_small_number(tree: Node) -> None:
    shown = hide(tree)
    for whole, parts in wholes(shown):
        rest = whole - sum(part for part in parts if part is not None)
        hidden = parts.count(None)
        assert (hidden == 0 and rest == 0) or (hidden >= min(3, len(parts)) and rest >= LEAST)


@given(trees)
@settings(max_examples=200, deadline=None)
def test_no_small_number_is_shown_but_zeros_that_hide_nothing(tree: Node) -> None:
    told = values(tree)
    for path, count in hide(tree).items():
        assert count is None or count == told[path]
        if count is not None and count < LEAST:
            assert count == 0
            beside = [told[one] for one in told if one[:-1] == path[:-1] and len(one) == len(path)]
            assert all(one == 0 or one >= LEAST for one in beside)


def test_under_what_is_hidden_everything_is_hidden() -> None:
    tree = Node(12, {"a": Node(9, {"x": Node(9)}), "b": Node(3, {"y": Node(3)})})
    assert hide(tree) == {
        (): 12,
        ("a",): None,
        ("a", "x"): None,
        ("b",): None,
        ("b", "y"): None,
    }


def test_hiding_without_company_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack itself is tried: with only small numbers hidden it finds them."""
    monkeypatch.setattr(
        "server.reports.suppression.hidden_parts",
        lambda counts, _few: {key for key, count in counts.items() if count < LEAST},
    )
    worlds = [flat(counts) for total in range(12) for counts in splits(total, 3)]
    assert find_recovered(worlds) != []

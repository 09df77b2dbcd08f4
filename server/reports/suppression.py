"""Hide small numbers, and whatever gives them away by subtraction.

A number under ``LEAST`` is hidden, and then as much beside it as is needed to keep it hidden from
somebody who knows these rules, knows every number that is shown, and tries every world in which
exactly those would be shown. tests/test_suppression.py is that somebody.

It holds because of four things. Every observation counts in one place of a table, so that a table
is a tree in which parts add up to their whole. Among the parts of a whole either none is hidden, or
at least three are or both of two, and each of them could be zero. Under what is hidden everything
is hidden. And of each period a table is made once and never again (``service``): two dates or two
filters never show the same observations in another way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

LEAST = 5


@dataclass(frozen=True)
class Node:
    """How many observations count here; what counts in a part counts in its whole.

    ``few`` when so few people could have reported here that any number would be about one of them.
    """

    count: int
    parts: Mapping[str, Node] = field(default_factory=dict)
    few: bool = False


def hide(tree: Node) -> dict[tuple[str, ...], int | None]:
    """Return by path what may be shown of a tree, whose own path is empty; None is hidden.

    A zero is shown where all of three or more parts are zero or no small number, and is hidden like
    any other small number where they are not. So of no hidden place anybody can say that it is more
    than zero.
    """
    shown: dict[tuple[str, ...], int | None] = {}
    _hide(tree, (), tree.count >= LEAST and not tree.few, shown)
    return shown


def _hide(
    node: Node, path: tuple[str, ...], visible: bool, shown: dict[tuple[str, ...], int | None]
) -> None:
    shown[path] = node.count if visible else None
    counts = {key: part.count for key, part in node.parts.items()}
    hidden = hidden_parts(counts, {key for key, part in node.parts.items() if part.few})
    for key, part in node.parts.items():
        _hide(part, (*path, key), visible and key not in hidden, shown)


def hidden_parts(counts: Mapping[str, int], few: Collection[str] = ()) -> set[str]:
    """Return which parts of a shown whole have to be hidden."""
    hidden = {key for key, count in counts.items() if count < LEAST or key in few}
    # Of two parts a zero is hidden as well: beside it the other would be the whole, so that two
    # that are hidden would both be known to be more than zero.
    told = hidden if len(counts) > 2 else counts
    if not any(counts[key] for key in told):
        return set()
    # The smallest go along until nothing follows. Of numbers that are the same all go or none:
    # which one went would tell where the small number is not.
    for least in sorted({count for key, count in counts.items() if key not in hidden}):
        if not hidden or _could_each_be_zero(
            len(hidden), sum(counts[one] for one in hidden), least
        ):
            break
        hidden |= {key for key, count in counts.items() if count == least}
    return hidden


def _could_each_be_zero(hidden: int, together: int, least: int) -> bool:
    """Say whether each of so many hidden parts could be zero, for who knows these rules.

    ``least`` is the smallest part that is shown. Either the others are all small, or one of them is
    small and one went along with it; what goes along is smaller than what is shown.
    """
    small = LEAST - 1
    spread = together <= small * (hidden - 1) or together - small < least
    return hidden > 2 and together >= LEAST and spread
